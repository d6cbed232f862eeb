//! Another passphrase: what is told of it is what opens the profile from now on.

use zeroize::Zeroizing;

use super::{Keeper, sentence};
use crate::{
    app::msg::{Msg, Private},
    store::{Error, Rekeyed, Secret},
};

impl Keeper {
    /// Changes the passphrase; an empty one means none.
    pub fn change_passphrase(&mut self, old: Private, new: Private) -> Msg {
        let secret = |typed: Private| {
            if typed.0.is_empty() {
                Secret::None
            } else {
                Secret::Passphrase(Zeroizing::new(typed.0))
            }
        };
        let (old, new) = (secret(old), secret(new));
        match self.touch(|store, _| store.change_passphrase(&old, &new)) {
            Ok(changed) => told(changed),
            Err(error @ Error::UnsureKeys) => Msg::Failed(sentence(&error)),
            Err(error) => Msg::Failed(format!("The passphrase is as it was. {}", sentence(&error))),
        }
    }
}

/// That the new passphrase is in force, what failed all the same, and the code that is shown once.
fn told(Rekeyed { code, fault }: Rekeyed) -> Msg {
    let fault =
        fault.map_or_else(String::new, |error| format!(" One thing failed, though: {error}."));
    let Some(code) = code else { return Msg::Told(format!("The passphrase is changed.{fault}")) };
    let code = code.text();
    Msg::Told(format!(
        "The passphrase is set.{fault} Write down this recovery code, it is shown only now: {}",
        code.as_str()
    ))
}
