//! The way of a letter out of the program: every letter asks here, with the content that it carries.

use crate::domain::{
    access::{Exit, Permit, RECORDING, Recipient, Refusal, may_leave},
    policy::{Content, RecipientKind, Template},
};

use super::{Asked, Letter};

/// Whether a letter with such content may go to whom it is for; `name` is what a consent would call them.
///
/// # Errors
/// Why it may not, by which clause, and what would be needed.
pub fn may_go(asked: &Asked<'_>, name: &str, content: Content) -> Result<Permit, Refusal> {
    let exit = Exit {
        recipient: Recipient::Other(asked.letter.to, name),
        purpose: purpose(asked.letter),
        day: asked.today,
    };
    may_leave(asked.policy, asked.file, content, &exit)
}

/// For what the student is asked, in the words that a consent uses.
#[must_use]
pub fn purpose(letter: &Template) -> &str {
    match letter.kind.as_str() {
        Letter::CENTRAL => RECORDING,
        "referral" | "handover" => &letter.kind,
        _ => &letter.name,
    }
}

/// That a letter leaves for somebody other than the student: what is recorded of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// To whom.
    pub to: String,
    /// For what.
    pub purpose: String,
    /// What, in short: the letter by its name.
    pub what: String,
    /// What allows it.
    pub permit: Permit,
}

/// Prints what allows it, never to whom.
impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Told({:?} …)", self.permit.basis)
    }
}

/// What is recorded of a letter that leaves; nothing of one to the student.
#[must_use]
pub fn told(letter: &Template, name: &str, permit: Permit) -> Option<Told> {
    (letter.to != RecipientKind::Student).then(|| Told {
        to: Recipient::Other(letter.to, name).recorded(),
        purpose: purpose(letter).to_owned(),
        what: letter.name.clone(),
        permit,
    })
}
