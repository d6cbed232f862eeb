//! Who may see a record, and what may leave: one place for screen, search, command line and every export.

use chrono::NaiveDate;

use super::{
    file::StudentFile,
    flag::FlagKind,
    note::{Confidentiality, Note},
    policy::{Content, Policy, RecipientKind},
    record::Record,
    records::Records,
    tutor::{Role, TutorId},
    word::Choice,
};

mod consented;
mod gate;
mod permits;
mod told;

pub use consented::{consent, is_written, names};
pub use gate::{Exit, Permit, Recipient, Refusal, Why, may_leave};
pub use permits::{kind_of, permits};
pub use told::told;

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// Which tutor.
    pub tutor: TutorId,
    /// In which role.
    pub role: Role,
}

impl Viewer {
    /// The owner of the profile.
    #[must_use]
    pub fn of(records: &Records) -> Option<Self> {
        records.me().map(|me| Self { tutor: me.id, role: me.role })
    }
}

/// Whether the viewer may see a record of this file. Notes have levels; letters and disclosures may tell
/// what notes do, and are for the tutors of the student and for senior tutors.
#[must_use]
pub fn visible_to(viewer: Viewer, file: &StudentFile, record: &Record) -> bool {
    match record {
        Record::Note(note) => note_visible_to(viewer, file, note),
        Record::Letter(letter) => for_tutors(viewer, file, letter.tutor),
        Record::Disclosure(disclosure) => for_tutors(viewer, file, disclosure.tutor),
        Record::Decision(decision) => for_tutors(viewer, file, decision.tutor),
        Record::Case(case) => for_tutors(viewer, file, case.owner),
        Record::Profile(_)
        | Record::Tutor(_)
        | Record::Calendar(_)
        | Record::Mapping(_)
        | Record::Student(_)
        | Record::Enrolment(_)
        | Record::Allocation(_)
        | Record::Meeting(_)
        | Record::Attendance(_)
        | Record::Contact(_)
        | Record::Action(_)
        | Record::Referral(_)
        | Record::Consent(_)
        | Record::Flag(_)
        | Record::Waiver(_)
        | Record::SlotChoice(_)
        | Record::Ladder(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Module(_)
        | Record::Batch(_)
        | Record::Tuning(_)
        | Record::SavedView(_)
        | Record::Engagement(_)
        | Record::Results(_)
        | Record::Alias(_) => true,
    }
}

/// The same for a note, without making a record of it.
#[must_use]
pub fn note_visible_to(viewer: Viewer, file: &StudentFile, note: &Note) -> bool {
    if note.author == viewer.tutor {
        return true;
    }
    match note.confidentiality {
        Confidentiality::FactOnly | Confidentiality::Shared => true,
        Confidentiality::TutorAndSenior => for_tutors(viewer, file, note.author),
        Confidentiality::Restricted => false,
    }
}

/// Whether the viewer wrote it, tutors or tutored the student, or is a senior tutor.
#[must_use]
pub fn for_tutors(viewer: Viewer, file: &StudentFile, writer: TutorId) -> bool {
    writer == viewer.tutor
        || viewer.role == Role::SeniorTutor
        || file.allocations.iter().any(|allocation| allocation.tutor == viewer.tutor)
}

/// Whether a record of this file, seen by `viewer`, may leave this way: its level of confidentiality first,
/// then what the policy and the student allow.
///
/// # Errors
/// Why it may not, by which clause, and what would be needed.
pub fn record_may_leave(
    policy: Option<&Policy>,
    viewer: Viewer,
    file: &StudentFile,
    record: &Record,
    exit: &Exit<'_>,
) -> Result<Permit, Refusal> {
    if let Record::Note(note) = record
        && !note_may_leave(viewer, file, note, exit.recipient)
    {
        let level = note.confidentiality;
        let needed = format!("This note is {}: it does not go there.", level.words());
        return Err(gate::refusal(policy, Why::Confidential(level), "", needed));
    }
    if !matches!(record, Record::Note(_)) && !visible_to(viewer, file, record) {
        return Err(gate::refusal(policy, Why::Tutors, "", String::new()));
    }
    if matches!(exit.recipient, Recipient::Other(RecipientKind::Student, _))
        && matches!(record, Record::Flag(flag) if flag.kind == FlagKind::Concern)
    {
        return Err(gate::refusal(policy, Why::Concern, "", String::new()));
    }
    may_leave(policy, file, content_of(record), exit)
}

/// Whether the level of a note lets it go to the recipient; what is restricted goes to nobody else.
fn note_may_leave(
    viewer: Viewer,
    file: &StudentFile,
    note: &Note,
    recipient: Recipient<'_>,
) -> bool {
    let level = note.confidentiality;
    let open = matches!(level, Confidentiality::FactOnly | Confidentiality::Shared);
    note_visible_to(viewer, file, note)
        && match recipient {
            Recipient::Myself => true,
            Recipient::Other(
                RecipientKind::SeniorTutor | RecipientKind::NewTutor | RecipientKind::CentralSystem,
                _,
            ) => open || level == Confidentiality::TutorAndSenior,
            Recipient::Other(..) => open,
        }
}

/// What a record tells: the narrowest of the three that is true of all of it.
#[must_use]
pub fn content_of(record: &Record) -> Content {
    match record {
        Record::Profile(_)
        | Record::Tutor(_)
        | Record::Calendar(_)
        | Record::Mapping(_)
        | Record::Student(_)
        | Record::Enrolment(_)
        | Record::Allocation(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Module(_)
        | Record::Batch(_)
        | Record::Tuning(_)
        | Record::SavedView(_)
        | Record::Alias(_) => Content::Details,
        Record::Meeting(_) | Record::Attendance(_) | Record::SlotChoice(_) => Content::Fact,
        Record::Contact(contact) if contact.about.is_empty() => Content::Fact,
        Record::Note(note) if note.confidentiality == Confidentiality::FactOnly => Content::Fact,
        Record::Contact(_)
        | Record::Note(_)
        | Record::Action(_)
        | Record::Referral(_)
        | Record::Consent(_)
        | Record::Flag(_)
        | Record::Waiver(_)
        | Record::Ladder(_)
        | Record::Letter(_)
        | Record::Disclosure(_)
        | Record::Engagement(_)
        | Record::Results(_)
        | Record::Decision(_)
        | Record::Case(_) => Content::Substance,
    }
}

/// For what a consent is given that lets the record of a meeting keep what was said (ESX PT5).
pub const RECORDING: &str = "keeping what was said";

/// How a new note about this student starts: as the policy says, and with nothing but the fact where what
/// was said is kept only with the student's permission.
#[must_use]
pub fn usual_level(
    policy: Option<&Policy>,
    file: Option<&StudentFile>,
    today: NaiveDate,
) -> Confidentiality {
    let Some(policy) = policy else { return Confidentiality::TutorAndSenior };
    let usual = policy.confidentiality.value;
    if !policy.sharing.content_needs_consent {
        return usual;
    }
    let systems = policy.letters.iter().map(|letter| letter.system.as_str()).chain([""]);
    let agreed = systems.into_iter().any(|system| {
        let recipient = Recipient::Other(RecipientKind::CentralSystem, system);
        let kept = Exit { recipient, purpose: RECORDING, day: today };
        file.is_some_and(|file| consented::consent(file, &kept, false).is_some())
    });
    if !agreed {
        Confidentiality::FactOnly
    } else if usual == Confidentiality::FactOnly {
        Confidentiality::TutorAndSenior
    } else {
        usual
    }
}

#[cfg(test)]
mod tests;
