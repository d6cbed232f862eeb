//! The main ways through the real program, as a tutor goes them: in a terminal, over quits, kills and locks.

mod alone;
mod day;
mod endings;
mod hands;
mod letters;
mod looks;
mod meetings;
mod opening;
mod policy;
mod signals;
mod survive;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use tempfile::{TempDir, tempdir};

use crate::pty::{Launch, Program, drafts, until};

const SAVE: &str = "\x13";
const LOCK: &str = "\x0c";
const REDO: &str = "\x12";
const CLEAR: &str = "\x15";
const QUIT: &str = "\x03";
const TODAY: &str = "2026-11-21";
const PASSPHRASE: &str = "correct horse battery";
const ASK: &str = "echo correct horse battery";

/// A list as a student record system gives it.
const LIST: &str = "SPR_CODE,Surname,Forename 1,Known as,Programme,Level,Email,Personal Tutor\n\
    20481234/1,Rahman,Aisha,,BSc Computer Science,4,a.rahman@example.ac.uk,Dr Amara Okafor\n\
    20481235/1,O'Connor,Benjamin,Ben,BSc Computer Science,4,b.oconnor@example.ac.uk,Dr Amara Okafor\n\
    00481236/1,陈,伟,,MSc Data Science,7,w.chen@example.ac.uk,Dr Amara Okafor\n";

/// A folder for a profile, and what lies beside it.
struct Home {
    folder: TempDir,
}

impl Home {
    /// No profile, and a tutee list.
    fn empty() -> Self {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("tutees.csv"), LIST).unwrap();
        Self { folder }
    }

    /// A sealed profile with the tutees of the list, made once and copied.
    fn with_tutees() -> Self {
        static PROFILE: OnceLock<Vec<(PathBuf, Option<Vec<u8>>)>> = OnceLock::new();
        let home = Self::empty();
        let files = PROFILE.get_or_init(|| {
            let made = Self::empty();
            made.run(&["init", "--name", "Dr Amara Okafor", "--passphrase-command", ASK]);
            let list = made.folder.path().join("tutees.csv");
            made.run(&[
                "import",
                "students",
                list.to_str().unwrap(),
                "--yes",
                "--passphrase-command",
                ASK,
            ]);
            let mut files = Vec::new();
            read_all(&made.data(), Path::new(""), &mut files);
            files
        });
        for (path, bytes) in files {
            let path = home.data().join(path);
            match bytes {
                None => fs::create_dir(&path).unwrap(),
                Some(bytes) => fs::write(&path, bytes).unwrap(),
            }
            let mode = if bytes.is_none() { 0o700 } else { 0o600 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
        home
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The program on the profile, not started yet.
    fn launch(&self) -> Launch {
        Launch::new(&self.data()).args(["--today", TODAY])
    }

    /// The program on the profile, opened with the passphrase, the desk on the screen.
    fn desk(&self) -> Program {
        unlocked(self.launch().start(), PASSPHRASE)
    }

    /// Runs a command on the profile and gives what it prints.
    fn run(&self, arguments: &[&str]) -> String {
        let ran = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tutelage"))
            .args(arguments)
            .args(["--today", TODAY, "--data"])
            .arg(self.data())
            .assert()
            .success();
        String::from_utf8(ran.get_output().stdout.clone()).unwrap()
    }

    /// What `check` says.
    fn check(&self) -> String {
        self.run(&["check", "--passphrase-command", ASK])
    }

    /// Waits until so many drafts are on the disk.
    fn until_drafts(&self, many: usize) {
        until("draft", || drafts(&self.data()) == many);
    }
}

/// Every folder and file below, by its path from there.
fn read_all(root: &Path, below: &Path, files: &mut Vec<(PathBuf, Option<Vec<u8>>)>) {
    files.push((below.to_owned(), None));
    for entry in fs::read_dir(root.join(below)).unwrap() {
        let below = below.join(entry.unwrap().file_name());
        if root.join(&below).is_dir() {
            read_all(root, &below, files);
        } else {
            files.push((below.clone(), Some(fs::read(root.join(&below)).unwrap())));
        }
    }
}

/// Types what opens the profile, and waits for the desk.
fn unlocked(mut program: Program, secret: &str) -> Program {
    program.see("Locked").press(secret).press("\r");
    program.wait("the desk", |screen| {
        let shown = screen.contents();
        !shown.contains("Locked") && shown.contains(" Desk  ")
    });
    program
}

/// Waits until the form is gone and its record saved.
fn saved(program: &mut Program) -> &mut Program {
    program.wait("saved", |screen| {
        let shown = screen.contents();
        shown.contains("✓ saved") && !shown.contains("Confidentiality")
    })
}

/// Leaves the desk by its key.
fn quit(mut program: Program) {
    program.press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_restored();
}

/// Searches everything for a word, goes to the hit, and waits for what is to be seen there.
fn find(program: &mut Program, word: &str, there: &str) {
    program.press("//").see("type words").press(word).see("· note, 21 Nov 2026");
    program.press("\r").wait(there, |screen| {
        let shown = screen.contents();
        !shown.contains("Search") && shown.contains(there)
    });
}
