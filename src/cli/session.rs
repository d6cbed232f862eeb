//! What every command starts from: where the profile is, what day it is, how to ask, where to print.

use chrono::NaiveDate;

use super::{
    args::Common,
    exit::{Exit, Failure, Outcome},
    out::Out,
    passphrase::Source,
};
use crate::{
    domain::{access::Viewer, records::Records, time::Now},
    runtime::{clock::Clock, paths::Paths},
};

/// One run of the program.
#[derive(Debug)]
pub struct Session {
    /// Where files are.
    pub paths: Paths,
    /// What time it is.
    pub clock: Clock,
    /// Where the passphrase comes from.
    pub passphrase: Source,
    /// Where to print.
    pub out: Out,
}

impl Session {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// When the home folder is unknown.
    pub fn new(common: &Common) -> Outcome<Self> {
        let paths = Paths::find(common.data.as_deref()).map_err(|_| {
            Failure::new(Exit::Failed, "The home folder is unknown: name a folder with --data.")
        })?;
        Ok(Self {
            paths,
            clock: Clock::new(common.today),
            passphrase: Source::of(common.passphrase_command.as_deref(), common.passphrase_fd),
            out: Out::standard(),
        })
    }

    /// The moment.
    #[must_use]
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// The day that rules see.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().today()
    }
}

/// Who looks: the owner of the profile.
///
/// # Errors
/// When nobody has set it up.
pub fn viewer(records: &Records) -> Outcome<Viewer> {
    Viewer::of(records)
        .ok_or_else(|| Failure::refused("Nobody works in this profile yet: run `tutelage init`."))
}
