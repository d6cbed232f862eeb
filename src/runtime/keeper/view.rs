//! A profile that is only looked at: another process holds it, or a newer version of the program wrote it.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Keeper, refusal};
use crate::{
    app::msg::{Access, Holder, Msg, Opened, Private},
    runtime::packs,
    store::{Error, Loaded, Options, RecoveryCode, Secret, Store},
};

impl Keeper {
    /// Shows what can be read of a profile that a newer version wrote.
    pub(super) fn look_at_newer(&self, secret: &Secret) -> Msg {
        match Store::open_read_only(&self.folder, secret, &Options::default()) {
            Ok(loaded) => self.seen(loaded, Access::Newer, !matches!(secret, Secret::None)),
            Err(_) => Msg::NotOpened(refusal(&Error::Newer)),
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
