//! What a consent is good for under a policy, in words: for the ledger.

use super::{consented::is_office, is_written};
use crate::domain::{
    consent::Consent,
    fold::fold,
    policy::{Content, Permission, Policy, RecipientKind},
};

/// What a consent permits: `what was said, in writing as LJMU 10 asks`. It says nothing of whether the
/// consent still holds.
#[must_use]
pub fn permits(policy: Option<&Policy>, consent: &Consent) -> String {
    let Some(policy) = policy else { return "to tell them, for this purpose".into() };
    let named = |system: &str| !system.is_empty() && fold(system) == fold(&consent.recipient);
    let central = policy.letters.iter().any(|letter| named(&letter.system));
    let kind = if central { RecipientKind::CentralSystem } else { kind_of(&consent.recipient) };
    let (may, clause) = match policy.sharing.rule(kind, Content::Substance) {
        Some(rule) => (rule.may, &rule.clause),
        None => (Permission::WrittenConsent, &policy.sharing.clause),
    };
    let cited = policy.cited(clause);
    match may {
        Permission::Allowed => format!("told without it ({cited})"),
        Permission::Never => format!("nothing: {cited} forbids it"),
        Permission::WrittenConsent if !is_written(consent.how) => {
            format!("nothing yet: {cited} asks for it in writing")
        }
        Permission::Consent | Permission::WrittenConsent => {
            format!("what was said, for this purpose ({cited})")
        }
    }
}

/// Which kind of recipient a name stands for: an office by what it is called, anybody else is a service.
#[must_use]
pub fn kind_of(name: &str) -> RecipientKind {
    let mut kinds = <RecipientKind as strum::IntoEnumIterator>::iter();
    kinds.find(|kind| is_office(*kind, name)).unwrap_or(RecipientKind::Service)
}
