//! How a command ends: the exit codes, and the sentence that goes with them.

use std::{io, path::Path, process::ExitCode};

use crate::{
    domain::{plain::shown, write::FieldError},
    runtime::files::reason,
    store::Error,
};

/// The exit codes as `--help` and the manual show them.
pub const TABLE: &str = "\
Exit codes:
  0  done
  1  failed
  2  wrong arguments
  3  refused: a rejected row, an unknown student, a value that makes no sense
  4  another process holds the profile
  5  wrong or missing passphrase
  6  damaged data";

/// Why a command did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The reader of our output has gone; that is no failure.
    Unread,
    /// Something failed.
    Failed,
    /// The arguments make no sense.
    Usage,
    /// What was given cannot be taken.
    Refused,
    /// Another process holds the profile.
    Held,
    /// The passphrase is wrong or missing.
    Passphrase,
    /// Data are damaged.
    Damaged,
}

impl Exit {
    /// The number that the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Unread => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Refused => 3,
            Self::Held => 4,
            Self::Passphrase => 5,
            Self::Damaged => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// The end of a command that did not do what was asked: what happened and what to do, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which exit code.
    pub exit: Exit,
    /// What is printed; nothing if it has been said already.
    pub sentence: String,
}

impl Failure {
    /// A failure with its sentence.
    pub fn new(exit: Exit, sentence: impl Into<String>) -> Self {
        Self { exit, sentence: sentence.into() }
    }

    /// A failure about which everything has been printed.
    #[must_use]
    pub const fn said(exit: Exit) -> Self {
        Self { exit, sentence: String::new() }
    }

    /// What was given cannot be taken.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::new(Exit::Refused, sentence)
    }

    /// A file could not be read.
    #[must_use]
    pub fn unread(file: &Path, error: &io::Error) -> Self {
        if file == Path::new("-") && error.kind() == io::ErrorKind::NotFound {
            return Self::new(Exit::Failed, "Standard input is not read here: name a file.");
        }
        Self::new(Exit::Failed, format!("{} cannot be read: {}.", called(file), reason(error)))
    }

    /// A file could not be written.
    #[must_use]
    pub fn unwritten(file: &Path, error: &io::Error) -> Self {
        Self::new(Exit::Failed, format!("{} cannot be written: {}.", called(file), reason(error)))
    }

    /// The same failure, which says which file it is about.
    #[must_use]
    pub fn about(self, file: &Path) -> Self {
        Self { sentence: format!("{}: {}", called(file), self.sentence), ..self }
    }

    /// Our output could not be written.
    #[must_use]
    pub fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::said(Exit::Unread);
        }
        Self::new(Exit::Failed, format!("The output cannot be written: {}.", reason(error)))
    }

    /// The same failure of an output behind what is done, so that nobody does it a second time.
    #[must_use]
    pub fn after_all(self) -> Self {
        if self.sentence.is_empty() {
            return self;
        }
        Self { sentence: format!("{} What was asked for is done.", self.sentence), ..self }
    }
}

/// The name of a file as it was typed.
fn called(file: &Path) -> String {
    if file == Path::new("-") {
        return "standard input".to_owned();
    }
    shown(&file.display().to_string()).into_owned()
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error {
            Error::Held(_) | Error::ReadOnly => Exit::Held,
            Error::NeedsPassphrase
            | Error::WrongPassphrase
            | Error::WrongRecoveryCode
            | Error::Locked => Exit::Passphrase,
            Error::Damaged { .. } | Error::KeysLost => Exit::Damaged,
            Error::ProfileExists
            | Error::NotABackup
            | Error::NotEmpty
            | Error::NoSnapshot
            | Error::Stale
            | Error::TooLong
            | Error::Unfit(_)
            | Error::NothingToUndo
            | Error::NothingToRedo
            | Error::Erased => Exit::Refused,
            Error::NoProfile => {
                let sentence = "There is no profile in this folder yet: `tutelage init` makes one.";
                return Self::new(Exit::Failed, sentence);
            }
            Error::Io { .. }
            | Error::Engine { .. }
            | Error::Newer
            | Error::Full { .. }
            | Error::Dead
            | Error::Random
            | Error::UnsureKeys => Exit::Failed,
        };
        let words = if let Error::Io { doing, source } = &error {
            format!("could not {doing}: {}", reason(source))
        } else {
            error.to_string()
        };
        Self::new(exit, sentence(&words))
    }
}

impl From<Vec<FieldError>> for Failure {
    fn from(errors: Vec<FieldError>) -> Self {
        let lines = errors.into_iter().map(|FieldError { field, message }| match field {
            "" => message,
            field => format!("{field}: {message}"),
        });
        Self::refused(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// The words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// What a command gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_has_gone_is_no_failure() {
        let failure = Failure::output(&io::ErrorKind::BrokenPipe.into());
        assert_eq!((failure.exit.code(), failure.sentence.as_str()), (0, ""));
        assert_eq!(Failure::output(&io::ErrorKind::StorageFull.into()).exit, Exit::Failed);
    }

    #[test]
    fn a_command_that_reads_files_alone_says_so_of_standard_input() {
        let missing = io::ErrorKind::NotFound.into();
        let words = |file| Failure::unread(Path::new(file), &missing).sentence;
        assert_eq!(words("-"), "Standard input is not read here: name a file.");
        assert_eq!(words("a.csv"), "a.csv cannot be read: there is no such file or folder.");
    }

    #[test]
    fn every_exit_code_is_in_the_help() {
        for exit in [
            Exit::Unread,
            Exit::Failed,
            Exit::Usage,
            Exit::Refused,
            Exit::Held,
            Exit::Passphrase,
            Exit::Damaged,
        ] {
            assert!(TABLE.contains(&format!("\n  {}  ", exit.code())), "{exit:?}");
        }
    }
}
