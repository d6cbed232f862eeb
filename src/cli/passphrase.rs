//! Where a passphrase comes from: the terminal, a command or a file descriptor; never an argument or the
//! environment, which others can read.

use std::{
    fs::File,
    io::{self, Read},
    process::{Command, Stdio},
};

use rustix::termios::{self, LocalModes, OptionalActions, Termios};
use zeroize::Zeroizing;

use super::exit::{Exit, Failure, Outcome};
use crate::domain::passphrase;

/// A passphrase; its memory is overwritten when it goes.
pub type Passphrase = Zeroizing<String>;

/// The longest line that is taken for a passphrase.
const LONGEST: usize = 4096;

/// Where to ask for a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The terminal, without showing what is typed.
    Prompt,
    /// The first line that a shell command prints.
    Command(String),
    /// The first line of an open file descriptor.
    Descriptor(u32),
}

impl Source {
    /// The source that the arguments name.
    #[must_use]
    pub fn of(command: Option<&str>, descriptor: Option<u32>) -> Self {
        match (command, descriptor) {
            (Some(command), _) => Self::Command(command.to_owned()),
            (None, Some(descriptor)) => Self::Descriptor(descriptor),
            (None, None) => Self::Prompt,
        }
    }

    /// Asks for a passphrase that exists.
    ///
    /// # Errors
    /// When none can be had.
    pub fn ask(&self, prompt: &str) -> Outcome<Passphrase> {
        match self {
            Self::Prompt => from_terminal(prompt),
            Self::Command(command) => from_command(command),
            Self::Descriptor(number) => from_descriptor(*number),
        }
    }

    /// Asks for a new passphrase; a person types it twice.
    ///
    /// # Errors
    /// When none can be had, it is too short, or the two differ.
    pub fn choose(&self) -> Outcome<Passphrase> {
        let chosen = self.ask("New passphrase: ")?;
        passphrase::check(&chosen).map_err(|sentence| refusal(&sentence))?;
        if *self == Self::Prompt && *self.ask("The same again: ")? != *chosen {
            return Err(refusal("The two passphrases differ; nothing was changed."));
        }
        Ok(chosen)
    }
}

fn refusal(sentence: &str) -> Failure {
    Failure::new(Exit::Passphrase, sentence)
}

/// A terminal that shows nothing of what is typed until this is dropped. The prompt comes after it, so
/// that not even the first letters of a quick hand are seen.
struct Unseen {
    terminal: File,
    before: Termios,
}

impl Unseen {
    fn begin() -> io::Result<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let before = termios::tcgetattr(&terminal)?;
        let mut unseen = before.clone();
        unseen.local_modes.remove(LocalModes::ECHO);
        termios::tcsetattr(&terminal, OptionalActions::Now, &unseen)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        // A terminal that is gone shows nothing either.
        termios::tcsetattr(&self.terminal, OptionalActions::Now, &self.before).ok();
    }
}

fn from_terminal(prompt: &str) -> Outcome<Passphrase> {
    let _unseen = Unseen::begin().ok();
    rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|_| {
        refusal(
            "There is no terminal to ask for the passphrase: use --passphrase-command or --passphrase-fd.",
        )
    })
}

fn from_command(command: &str) -> Outcome<Passphrase> {
    let failed = || refusal("The passphrase command failed.");
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|_| failed())?;
    let mut output = child.stdout.take().ok_or_else(failed)?;
    let line = first_line(&mut output);
    // What else it prints is thrown away, so that it does not fail for want of a reader.
    io::copy(&mut output, &mut io::sink()).map_err(|_| failed())?;
    let ended = child.wait().map_err(|_| failed())?;
    if ended.success() { line } else { Err(failed()) }
}

fn from_descriptor(number: u32) -> Outcome<Passphrase> {
    let file = File::open(format!("/dev/fd/{number}"))
        .map_err(|_| refusal("The file descriptor of the passphrase is not open."))?;
    first_line(file)
}

/// The first line without its end, read byte by byte: a buffer would keep a copy.
fn first_line(mut from: impl Read) -> Outcome<Passphrase> {
    let unreadable = || refusal("The passphrase cannot be read as text.");
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0]);
    while line.len() < LONGEST && from.read(&mut *byte).map_err(|_| unreadable())? == 1 {
        match *byte {
            [b'\n'] => break,
            [other] => line.push(other),
        }
    }
    let text = str::from_utf8(&line).map_err(|_| unreadable())?;
    Ok(Zeroizing::new(text.trim_end_matches('\r').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_line_counts_and_blanks_belong_to_it() {
        assert_eq!(*first_line(&b" correct horse \r\nsecond"[..]).unwrap(), " correct horse ");
    }

    #[test]
    fn a_command_that_fails_gives_no_passphrase() {
        let ask =
            |command: &str| Source::Command(command.into()).ask("").map(|text| text.to_string());
        assert_eq!(ask("printf secret"), Ok("secret".to_owned()));
        assert_eq!(ask("printf secret; exit 1").unwrap_err().exit, Exit::Passphrase);
    }

    #[test]
    fn a_new_passphrase_that_is_empty_or_short_is_refused() {
        for command in ["true", "echo zz"] {
            let refused = Source::Command(command.into()).choose().unwrap_err();
            assert_eq!(refused, refusal("Take at least 8 characters."));
        }
    }

    #[test]
    fn a_descriptor_that_is_not_open_is_refused_with_a_sentence() {
        assert!(Source::Descriptor(987).ask("").unwrap_err().sentence.contains("not open"));
    }
}
