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
                if let Some(Popup::Form(form)) = self.popups.last_mut()
                    && form.kind == FormKind::Backup
                {
                    form.waiting = false;
                    self.popups.push(Popup::Confirm(Confirm::replacing(file)));
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
