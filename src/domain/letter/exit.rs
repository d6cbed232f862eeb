//! The way of a letter out of the program: every letter asks here, with the content that it carries.

use crate::domain::{
    access::{Exit, Permit, RECORDING, Recipient, Refusal, may_leave},
    policy::{Content, Template},
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
