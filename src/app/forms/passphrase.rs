//! The form that changes the passphrase. Nothing typed here is shown, kept or printed.

use crate::{
    app::{
        form::{Field, Form, Line, LineKind},
        msg::{Effect, Private},
        popup::form::Errors,
    },
    domain::passphrase,
};

pub(crate) fn form() -> Form {
    let secret = |name, label| Field::new(name, label, Line::new(LineKind::Secret, ""));
    Form::new(
        "Change the passphrase",
        vec![
            secret("old", "Passphrase now").hint("or the recovery code; empty if there is none"),
            secret("passphrase", "New passphrase")
                .hint("at least 8 characters; a few words are better than one"),
            secret("again", "Once more"),
        ],
    )
}

pub(crate) fn submit(form: &Form) -> Result<Vec<Effect>, Errors> {
    let (old, new) = (form.value("old"), form.value("passphrase"));
    let mut errors = Errors::new();
    if let Err(error) = check(&new, &form.value("again")) {
        errors.push(error);
    } else if new == old {
        errors.push(("passphrase", "This is the passphrase as it is: take another.".into()));
    }
    if errors.is_empty() {
        Ok(vec![Effect::ChangePassphrase { old: Private(old), new: Private(new) }])
    } else {
        Err(errors)
    }
}

/// Checks a new passphrase that was typed twice.
///
/// # Errors
/// What is wrong with which of the two.
pub fn check(passphrase: &str, again: &str) -> Result<Private, (&'static str, String)> {
    passphrase::check(passphrase).map_err(|sentence| ("passphrase", sentence))?;
    if passphrase != again {
        return Err(("again", "This is not the same passphrase: type both again.".into()));
    }
    Ok(Private(passphrase.to_owned()))
}
