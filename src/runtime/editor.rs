//! The user's own editor: the text lies in memory-backed files only, and nothing of it stays there.

use std::{
    env, fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
    sync::mpsc::Sender,
    thread,
};

use tempfile::TempDir;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::runtime::Event;

/// Why a text does not come back from the editor.
#[derive(Debug, Error)]
pub enum EditorError {
    /// No editor is named.
    #[error("No editor is named: set $VISUAL or $EDITOR, for instance to vim.")]
    Unnamed,
    /// There is nowhere to put the text.
    #[error(
        "There is no file system in memory here (/dev/shm or $XDG_RUNTIME_DIR), and a note is never written to a disk in the clear."
    )]
    NoMemory,
    /// It cannot be started.
    #[error("The editor cannot be started: {0}.")]
    Start(#[source] io::Error),
    /// It says that it failed.
    #[error("The editor ended with {0}; the text is as it was.")]
    Failed(ExitStatus),
    /// What it left cannot be read.
    #[error("What the editor left cannot be read ({0}); the text is as it was.")]
    Read(#[source] io::Error),
}

/// An editor at work.
#[derive(Debug)]
pub struct Outside {
    folder: TempDir,
    file: PathBuf,
    process: rustix::process::Pid,
    /// The text had no line end at its end; it gets one for the editor.
    open_end: bool,
}

impl Outside {
    /// Starts the editor on the text. [`Event::EditorEnded`] tells of its end.
    ///
    /// # Errors
    /// When there is no editor, or no place for the text.
    pub fn start(text: &str, events: Sender<Event>) -> Result<Self, EditorError> {
        let editor = ["VISUAL", "EDITOR"]
            .iter()
            .find_map(|name| env::var(name).ok().filter(|command| !command.trim().is_empty()))
            .ok_or(EditorError::Unnamed)?;
        let folder = memory_folder().ok_or(EditorError::NoMemory)?;
        let folder = tempfile::Builder::new()
            .prefix("tutelage-")
            .tempdir_in(folder)
            .map_err(EditorError::Start)?;
        let file = folder.path().join("note.md");
        let open_end = !text.is_empty() && !text.ends_with('\n');
        write_private(&file, text, open_end).map_err(EditorError::Start)?;
        let mut child = command(&editor, &file).spawn().map_err(EditorError::Start)?;
        let process = rustix::process::Pid::from_child(&child);
        let outside = Self { folder, file, process, open_end };
        let waiter = thread::Builder::new().name("editor".into()).spawn(move || {
            events.send(Event::EditorEnded(child.wait())).ok();
        });
        match waiter {
            Ok(_) => Ok(outside),
            Err(error) => {
                outside.stop();
                Err(EditorError::Start(error))
            }
        }
    }

    /// The text as the editor left it; its files are gone after that.
    ///
    /// # Errors
    /// When the editor failed, or left no text.
    pub fn text(&self, ended: io::Result<ExitStatus>) -> Result<String, EditorError> {
        let status = ended.map_err(EditorError::Read)?;
        if !status.success() {
            return Err(EditorError::Failed(status));
        }
        let mut text = fs::read_to_string(&self.file).map_err(EditorError::Read)?;
        if self.open_end && text.ends_with('\n') {
            text.pop();
        }
        Ok(text)
    }

    /// Ends the editor, because the program ends.
    pub fn stop(&self) {
        rustix::process::kill_process(self.process, rustix::process::Signal::TERM).ok();
    }
}

impl Drop for Outside {
    /// Overwrites whatever the editor has left; the folder then removes itself.
    fn drop(&mut self) {
        for entry in fs::read_dir(self.folder.path()).into_iter().flatten().flatten() {
            overwrite(&entry.path()).ok();
        }
    }
}

fn overwrite(path: &Path) -> io::Result<()> {
    let length = usize::try_from(fs::metadata(path)?.len()).unwrap_or(0);
    fs::OpenOptions::new().write(true).open(path)?.write_all(&vec![0; length])
}

fn write_private(path: &Path, text: &str, open_end: bool) -> io::Result<()> {
    let mut text = Zeroizing::new(text.as_bytes().to_vec());
    if open_end {
        text.push(b'\n');
    }
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(&text)
}

/// The editor with its own arguments, as a shell reads them, and the file.
fn command(editor: &str, file: &Path) -> Command {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(format!("exec {editor} \"$@\"")).arg("editor");
    if is_vim(editor) {
        // Swap, info, undo and backup files would keep the text on the disk.
        command.args(["-n", "-i", "NONE", "-c", "set noundofile nobackup nowritebackup"]);
    }
    command.arg(file);
    command
}

/// Whether the command is vim or neovim, by that name or by another that leads to it.
fn is_vim(editor: &str) -> bool {
    let Some(program) = editor.split_whitespace().next() else { return false };
    let folders = env::var_os("PATH").unwrap_or_default();
    let found =
        env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file());
    let real = found.and_then(|path| path.canonicalize().ok());
    [Some(Path::new(program)), real.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(|path| path.file_name()?.to_str())
        .any(|name| name.contains("vim"))
}

/// A folder whose files are in memory alone.
fn memory_folder() -> Option<PathBuf> {
    let own = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    [Some(PathBuf::from("/dev/shm")), own].into_iter().flatten().find(|folder| is_memory(folder))
}

#[cfg(target_os = "linux")]
fn is_memory(folder: &Path) -> bool {
    const TMPFS: u64 = 0x0102_1994;
    const RAMFS: u64 = 0x8584_58f6;
    let kind = rustix::fs::statfs(folder).ok().and_then(|fs| u64::try_from(fs.f_type).ok());
    kind.is_some_and(|kind| kind == TMPFS || kind == RAMFS)
}

#[cfg(not(target_os = "linux"))]
fn is_memory(_folder: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vim_keeps_no_files_of_its_own() {
        let arguments = |editor| format!("{:?}", command(editor, Path::new("/x/note.md")));
        assert!(arguments("/usr/bin/nvim -R").contains("\"-n\" \"-i\" \"NONE\""));
        assert!(!arguments("nano --mouse").contains("NONE"));
        assert!(arguments("nano --mouse").contains("exec nano --mouse"));
    }

    #[test]
    fn what_is_left_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "Aisha").unwrap();
        overwrite(&file).unwrap();
        assert_eq!(fs::read(&file).unwrap(), [0; 5]);
    }
}
