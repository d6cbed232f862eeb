//! Which consent covers which recipient and purpose. A consent is read narrowly: what it does not name, it
//! does not allow.

use std::cmp::Reverse;

use super::{Exit, Recipient};
use crate::domain::{
    consent::{Consent, HowGiven},
    file::StudentFile,
    fold::fold,
    policy::RecipientKind,
    word::Choice,
};

/// The consent that covers this way out on its day; of several the one that ends last, then the first by id.
#[must_use]
pub fn consent<'a>(file: &'a StudentFile, exit: &Exit<'_>, written: bool) -> Option<&'a Consent> {
    let covers = |consent: &&Consent| {
        consent.holds(exit.day)
            && names(consent, exit.recipient)
            && same(&consent.purpose, exit.purpose)
            && (!written || is_written(consent.how))
    };
    let all = file.consents.iter().map(|held| &held.value).filter(covers);
    all.min_by_key(|consent| (consent.until.map(Reverse), consent.id))
}

/// Whether a consent given so is one in writing: an e-mail from the student's university address is.
#[must_use]
pub const fn is_written(how: HowGiven) -> bool {
    match how {
        HowGiven::InWriting | HowGiven::ByEmail => true,
        HowGiven::Spoken => false,
    }
}

/// Whether a consent names this recipient: by name, or by the office where a kind is one.
#[must_use]
pub fn names(consent: &Consent, recipient: Recipient<'_>) -> bool {
    let Recipient::Other(kind, name) = recipient else { return false };
    let by_name = !name.trim().is_empty() && same(&consent.recipient, name);
    by_name || is_office(kind, &consent.recipient)
}

/// Whether the text is what the office of this kind is called. A service, a process or somebody outside is
/// known by name only: a consent to one is none to another.
#[must_use]
pub(super) fn is_office(kind: RecipientKind, text: &str) -> bool {
    let called: &[&str] = match kind {
        RecipientKind::Student
        | RecipientKind::Service
        | RecipientKind::Process
        | RecipientKind::Outside => return false,
        RecipientKind::SeniorTutor => &["senior personal tutor", "school senior tutor"],
        RecipientKind::NewTutor => &["new personal tutor"],
        RecipientKind::ProgrammeLeader => &["course leader"],
        RecipientKind::ModuleLeader => &["module leaders"],
        RecipientKind::EngagementTeam => &["retention and engagement team"],
        RecipientKind::Registry | RecipientKind::CentralSystem => &[],
    };
    let text = plain(text);
    text == kind.words() || called.contains(&text.as_str())
}

/// What is closest to a consent for this way out, and what it lacks.
pub(super) fn nearest(file: &StudentFile, exit: &Exit<'_>) -> Option<String> {
    let all = file.consents.iter().map(|held| &held.value);
    let near = all.filter(|consent| names(consent, exit.recipient)).max_by_key(|consent| {
        (same(&consent.purpose, exit.purpose), consent.holds(exit.day), consent.on, consent.id)
    })?;
    let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
    let given = show(near.on);
    Some(match (near.withdrawn, near.until) {
        _ if !same(&near.purpose, exit.purpose) => {
            format!("The consent of {given} is for {}.", near.purpose)
        }
        (Some(day), _) if day <= exit.day => {
            format!("The consent of {given} was withdrawn on {}.", show(day))
        }
        (_, Some(day)) if day < exit.day => {
            format!("The consent of {given} ended on {}.", show(day))
        }
        _ if near.on > exit.day => format!("The consent of {given} does not hold yet."),
        _ => format!("The consent of {given} was spoken: it has to be in writing."),
    })
}

/// Whether two texts are the same but for case, accents, blanks and a leading “the”.
fn same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn plain(text: &str) -> String {
    let folded = fold(text);
    let mut words = folded.split_whitespace().peekable();
    if words.peek() == Some(&"the") {
        words.next();
    }
    words.collect::<Vec<_>>().join(" ")
}
