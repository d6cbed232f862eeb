//! Letters on their way out of the profile: recorded, written, kept.

use super::{Keeper, advice, sentence};
use crate::{
    app::msg::{Committed, How, LetOut, Msg},
    domain::change::{Change, Label},
    runtime::files,
    store::Look,
};

impl Keeper {
    /// Lets letters out of the profile: what leaves is first recorded in the journal, then written, then what
    /// is kept about it is saved. What is told comes after what was committed.
    pub fn let_out(&mut self, out: LetOut) -> (Option<Msg>, Msg) {
        if let Some(why) = files::in_the_way(&out.to, &out.files) {
            return (None, Msg::NotCommitted(why));
        }
        let recorded =
            self.touch(|store, stamp| store.record_look(Look::Export, &out.letters, stamp));
        if let Err(error) = recorded {
            let why = format!("Nothing has left. {}{}", sentence(&error), advice(&error));
            return (None, Msg::NotCommitted(why));
        }
        let said = match files::save_letters(&out.to, &out.files) {
            Ok(said) => said,
            Err(why) => return (None, Msg::NotCommitted(why)),
        };
        let change = out.change.unwrap_or(Change { label: Label::EditLetter, parts: Vec::new() });
        let kept = if change.is_empty() {
            Msg::Committed(Box::new(Committed { change, how: How::Done }))
        } else {
            self.commit(change)
        };
        if let Msg::NotCommitted(why) = kept {
            return (None, Msg::NotCommitted(format!("{said} {why}")));
        }
        (Some(kept), Msg::Told(said))
    }
}
