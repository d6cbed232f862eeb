//! The way of a letter out of the program: every letter asks here, with the content that it carries.

use crate::domain::{
    access::{Permit, RECORDING, Recipient, Refusal},
    disclosure::Basis,
    policy::{Content, RecipientKind, Template},
    write::disclosure,
};

use super::{Asked, Letter};

/// What is asked of the gate for a letter with such content; `name` is what a consent would call the recipient.
#[must_use]
pub fn of_gate(asked: &Asked<'_>, name: &str, content: Content) -> disclosure::Asked {
    disclosure::Asked {
        kind: asked.letter.to,
        to: name.to_owned(),
        purpose: purpose(asked.letter).to_owned(),
        content,
        on: asked.today,
    }
}

/// Whether a letter with such content may go to whom it is for.
///
/// # Errors
/// Why it may not, by which clause, and what would be needed.
pub fn may_go(asked: &Asked<'_>, name: &str, content: Content) -> Result<Permit, Refusal> {
    of_gate(asked, name, content).permit(asked.policy, asked.file, asked.risk.trim())
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
    /// The clause, or why somebody is at serious risk, where it is that which allows it.
    pub reason: String,
}

/// Prints what allows it, never to whom.
impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Told({:?} …)", self.permit.basis)
    }
}

/// What is recorded of a letter that leaves; nothing of one to the student, unless for a serious risk.
#[must_use]
pub fn told(asked: &Asked<'_>, name: &str, permit: Permit) -> Option<Told> {
    let (letter, at_risk) = (asked.letter, permit.basis == Basis::SeriousRisk);
    (letter.to != RecipientKind::Student || at_risk).then(|| Told {
        to: Recipient::Other(letter.to, name).recorded(),
        purpose: purpose(letter).to_owned(),
        what: letter.name.clone(),
        reason: if at_risk { asked.risk.to_owned() } else { permit.clause.clone() },
        permit,
    })
}
