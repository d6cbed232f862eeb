//! A backup made from within the program: by the same steps and in the same words as the command.

use std::path::Path;

use super::{Keeper, advice, sentence};
use crate::{
    app::msg::{BackedUp, Existing, Msg},
    runtime::{backups, files},
};

impl Keeper {
    /// Writes everything into a file.
    pub fn back_up(&mut self, file: &Path, existing: Existing) -> Msg {
        let file = files::home(file);
        if existing == Existing::Stays && file.exists() {
            return Msg::BackedUp(BackedUp::IsThere(file));
        }
        let clock = self.clock;
        let written = self.touch(|store, stamp| {
            let contents = backups::write(store, &file, stamp)?;
            Ok(backups::told(clock, contents, &file, store.has_passphrase()))
        });
        match written {
            Ok(said) => Msg::BackedUp(BackedUp::Done(said)),
            Err(error) => {
                Msg::Failed(format!("Nothing is backed up. {}{}", sentence(&error), advice(&error)))
            }
        }
    }
}
