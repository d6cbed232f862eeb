//! A profile that is only looked at: another process holds it, a newer version of the program wrote it, or the disk
//! takes nothing.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Keeper, refusal, sentence};
use crate::{
    app::msg::{Access, Holder, Msg, Opened, Private},
    runtime::packs,
    store::{Error, Loaded, Options, RecoveryCode, Secret, Store},
};

impl Keeper {
    /// Shows what can be read of a profile that could not be opened for this reason, if it may be looked at.
    pub(super) fn look_instead(&self, secret: &Secret, why: &Error) -> Msg {
        let access = match why.unwritable() {
            Some(reason) => Access::Unwritable(reason),
            None if matches!(why, Error::Newer) => Access::Newer,
            None => return Msg::NotOpened(refusal(why)),
        };
        match Store::open_read_only(&self.folder, secret, &Options::default()) {
            Ok(mut loaded) => {
                if let (Access::Unwritable(_), Some(first)) = (&access, loaded.notices.first_mut())
                {
                    *first = format!("{} {first}", sentence(why));
                }
                self.seen(loaded, access, !matches!(secret, Secret::None))
            }
            // A disk that takes nothing is found out before the passphrase is tried.
            Err(error @ (Error::WrongPassphrase | Error::WrongRecoveryCode)) => {
                Msg::NotOpened(refusal(&error))
            }
            Err(_) => Msg::NotOpened(refusal(why)),
        }
    }

    /// What is told of a profile that is only looked at.
    fn seen(&self, Loaded { records, notices }: Loaded, access: Access, sealed: bool) -> Msg {
        let (packs, faults) = packs::find(&self.folder);
        Msg::Opened(Box::new(Opened {
            records: Arc::new(records),
            access,
            sealed,
            code: None,
            notices: [notices, faults].concat(),
            drafts: Vec::new(),
            packs: Arc::new(packs),
        }))
    }

    /// Opens the profile that another process holds, only to look.
    pub fn look(&mut self, typed: Option<Private>) -> Msg {
        let given = self.given.take();
        let typed = typed.or(given).map(|typed| Zeroizing::new(typed.0));
        let sealed = typed.is_some();
        let look = |secret| Store::open_read_only(&self.folder, &secret, &Options::default());
        let code = typed.as_ref().and_then(|typed| RecoveryCode::parse(typed).ok());
        let looked = match code.map(|code| look(Secret::Recovery(code))) {
            Some(Ok(loaded)) => Ok(loaded),
            Some(Err(_)) | None => look(typed.map_or(Secret::None, Secret::Passphrase)),
        };
        match looked {
            Ok(loaded) => {
                let holder = self.holder.clone().unwrap_or_else(unknown);
                self.seen(loaded, Access::ReadOnly(holder), sealed)
            }
            Err(error) => Msg::NotOpened(refusal(&error)),
        }
    }
}

fn unknown() -> Holder {
    Holder { process: 0, terminal: String::new(), since: String::new() }
}
