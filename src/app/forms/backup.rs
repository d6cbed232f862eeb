//! The form that asks into which file everything is backed up.

use std::path::PathBuf;

use super::parts::line;
use crate::app::{
    form::Form,
    model::Model,
    msg::{BackedUp, Effect, Existing},
    popup::{Confirm, FormKind, Menu, Popup, form::Errors},
};

pub(crate) fn form(model: &Model) -> Form {
    let file = format!("~/tutelage-{}.backup", model.now.today());
    let opens = if model.sealed {
        "it is sealed: the passphrase or the recovery code of today opens it"
    } else {
        "it is not sealed: whoever gets it can read it"
    };
    let mut form = Form::new("Back up", vec![line("file", "File", &file).required().hint(opens)]);
    form.message = Some("Keep it on another disk; tutelage restore makes a profile of it.".into());
    form
}

pub(crate) fn submit(form: &Form) -> Result<Vec<Effect>, Errors> {
    let file = form.value("file");
    if file.trim().is_empty() {
        return Err(vec![("file", "Write where it is to be saved.".to_owned())]);
    }
    Ok(vec![Effect::BackUp(PathBuf::from(file.trim()), Existing::Stays)])
}

impl Model {
    /// Says what was backed up, or asks whether a file is replaced.
    pub(in crate::app) fn backed_up(&mut self, answer: BackedUp) -> Vec<Effect> {
        match answer {
            BackedUp::IsThere(file) => {
                let asks = |popup: &Popup| matches!(popup, Popup::Form(form) if form.kind == FormKind::Backup);
                let place = self.popups.iter().rposition(asks);
                if let Some(place) = place
                    && let Some(Popup::Form(form)) = self.popups.get_mut(place)
                {
                    form.waiting = false;
                    // Keys that are meant for the help or the palette over the form answer nothing.
                    self.popups.insert(place + 1, Popup::Confirm(Confirm::replacing(file)));
                }
            }
            BackedUp::Done(said) => {
                self.close_waiting(&|kind| *kind == FormKind::Backup);
                if !self.locked {
                    self.popups.push(Popup::Menu(Menu::backed_up(&said)));
                }
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Msg, Place, testing::Desk};

    /// A desk whose backup is underway, with this opened over the form since.
    fn over(keys: &str) -> Desk {
        let mut desk = Desk::new();
        desk.model.open_form(FormKind::Backup);
        let mut desk = desk.keys("‹ctrl-s›");
        assert!(desk.model.form().unwrap().waiting);
        desk.effects.clear();
        desk.keys(keys)
    }

    #[test]
    fn whether_a_file_is_replaced_is_asked_under_what_was_opened_over_the_form() {
        for above in ["", "‹f1›", "‹ctrl-p›"] {
            let mut desk = over(above);
            let place = desk.model.place();
            desk.send(Msg::BackedUp(BackedUp::IsThere("x.backup".into())));
            if !above.is_empty() {
                assert_eq!(desk.model.place(), place);
                desk = desk.keys("⎋");
            }
            assert_eq!(desk.model.place(), Place::Confirm);
            assert!(!desk.model.form().unwrap().waiting);
            let desk = desk.keys("y");
            assert_eq!(desk.effects, [Effect::BackUp("x.backup".into(), Existing::Replaced)]);
            assert!(desk.model.form().unwrap().waiting);
        }
    }

    #[test]
    fn a_backup_that_failed_is_not_waited_for_under_what_was_opened_over_the_form() {
        for above in ["", "‹f1›", "‹ctrl-p›"] {
            let desk = over(above).after(Msg::Failed("Nothing is backed up.".into()));
            let form = desk.model.form().unwrap();
            assert!(!form.waiting);
            assert_eq!(form.form.message.as_deref(), Some("Nothing is backed up."));
        }
    }
}
