//! Which letters there are: those of the policy, and the general ones that it does not name.

use crate::domain::policy::{Policy, RecipientKind, Template};

use super::Letter;

/// The general letters: kind, name, recipient.
const GENERAL: &[(&str, &str, RecipientKind)] = &[
    ("summary", "Summary of a meeting", RecipientKind::Student),
    ("invitation", "Invitation to a meeting", RecipientKind::Student),
    ("group-invitation", "Invitation to a group meeting", RecipientKind::Student),
    ("missed-1", "Missed meeting, first letter", RecipientKind::Student),
    ("missed-2", "Missed meeting, second letter", RecipientKind::Student),
    ("concern", "How are you getting on?", RecipientKind::Student),
    ("plan-invitation", "Invitation to plan what helps", RecipientKind::Student),
    ("allocation-student", "Allocation of a tutor, to the student", RecipientKind::Student),
    ("allocation-registry", "Allocation of a tutor, to the registry", RecipientKind::Registry),
    ("change-student", "Change of tutor, to the student", RecipientKind::Student),
    ("change-registry", "Change of tutor, to the registry", RecipientKind::Registry),
    ("referral", "Referral to a service", RecipientKind::Service),
    ("handover", "Handover to a new tutor", RecipientKind::NewTutor),
    ("information-sheet", "Information sheet about tutoring", RecipientKind::Student),
    ("crisis-card", "Crisis card", RecipientKind::Student),
    (Letter::CENTRAL, "Block for the central record", RecipientKind::CentralSystem),
];

/// Every letter that can be written: the policy's own word goes before the general one.
#[must_use]
pub fn kinds(policy: Option<&Policy>) -> Vec<Template> {
    let own = policy.map_or(&[][..], |policy| &policy.letters);
    let known = |kind: &str| own.iter().find(|letter| letter.kind == kind);
    let general = GENERAL.iter().map(|(kind, name, to)| {
        known(kind).cloned().unwrap_or_else(|| Template {
            kind: (*kind).to_owned(),
            clause: String::new(),
            name: (*name).to_owned(),
            to: *to,
            file: format!("{kind}.txt"),
            system: String::new(),
        })
    });
    let further = own.iter().filter(|letter| GENERAL.iter().all(|(kind, ..)| *kind != letter.kind));
    general.chain(further.cloned()).collect()
}

/// The letter of this kind.
#[must_use]
pub fn kind(policy: Option<&Policy>, kind: &str) -> Option<Template> {
    kinds(policy).into_iter().find(|letter| letter.kind == kind)
}
