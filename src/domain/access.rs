//! Who may see a record, and what may leave: one place for screen, search, command line and every export.

use chrono::NaiveDate;
use thiserror::Error;

use super::{
    consent::Consent,
    file::StudentFile,
    fold::fold,
    note::{Confidentiality, Note},
    record::Record,
    records::Records,
    tutor::{Role, TutorId},
    word::Choice,
};

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

/// To whom something would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient<'a> {
    /// The viewer's own take-out, on their own machine.
    Myself,
    /// The student.
    Student,
    /// A colleague.
    Colleague(Viewer),
    /// Anybody else, by the name that a consent would give.
    Other(&'a str),
}

/// Why something may not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Its level keeps it from this recipient.
    #[error("this note is {}", .0.words())]
    Confidential(Confidentiality),
    /// What was told of a student is for their tutors.
    #[error("this is for the tutors of the student and for senior tutors")]
    Tutors,
    /// What a person raised is not for the student as it stands.
    #[error("a concern does not go to the student as it was raised")]
    Concern,
    /// Nobody asked the student.
    #[error("the student has not consented to this recipient and purpose")]
    NoConsent,
}

/// Whether the viewer may see a record of this file. Notes have levels; letters and disclosures may tell
/// what notes do, and are for the tutors of the student and for senior tutors.
#[must_use]
pub fn visible_to(viewer: Viewer, file: &StudentFile, record: &Record) -> bool {
    match record {
        Record::Note(note) => note_visible_to(viewer, file, note),
        Record::Letter(letter) => for_tutors(viewer, file, letter.tutor),
        Record::Disclosure(disclosure) => for_tutors(viewer, file, disclosure.tutor),
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
        | Record::DutyDone(_) => true,
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

/// Whether a record of this file, seen by `viewer`, may go to the recipient for the purpose on this day.
///
/// # Errors
/// Why it may not.
pub fn may_leave(
    viewer: Viewer,
    file: &StudentFile,
    record: &Record,
    exit: &Exit<'_>,
) -> Result<(), Refused> {
    if let Record::Note(note) = record {
        note_may_leave(viewer, file, note, exit.recipient)?;
    } else if !visible_to(viewer, file, record) {
        return Err(Refused::Tutors);
    }
    match exit.recipient {
        Recipient::Colleague(colleague) if !visible_to(colleague, file, record) => {
            Err(Refused::Tutors)
        }
        Recipient::Myself | Recipient::Colleague(_) => Ok(()),
        Recipient::Student => match record {
            Record::Flag(flag) if flag.kind == super::flag::FlagKind::Concern => {
                Err(Refused::Concern)
            }
            Record::Flag(_)
            | Record::Profile(_)
            | Record::Tutor(_)
            | Record::Calendar(_)
            | Record::Mapping(_)
            | Record::Student(_)
            | Record::Enrolment(_)
            | Record::Allocation(_)
            | Record::Meeting(_)
            | Record::Attendance(_)
            | Record::Contact(_)
            | Record::Note(_)
            | Record::Action(_)
            | Record::Referral(_)
            | Record::Consent(_)
            | Record::Waiver(_)
            | Record::SlotChoice(_)
            | Record::Ladder(_)
            | Record::Letter(_)
            | Record::Disclosure(_)
            | Record::Training(_)
            | Record::Absence(_)
            | Record::RoleTerm(_)
            | Record::DutyDone(_) => Ok(()),
        },
        Recipient::Other(name) => {
            let covers = |consent: &Consent| {
                consent.holds(exit.day)
                    && fold(&consent.recipient) == fold(name)
                    && fold(&consent.purpose) == fold(exit.purpose)
            };
            let given = file.consents.iter().any(|consent| covers(consent));
            if given { Ok(()) } else { Err(Refused::NoConsent) }
        }
    }
}

/// One way out: to whom, for what, when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit<'a> {
    /// To whom.
    pub recipient: Recipient<'a>,
    /// For what, in the words that a consent would use.
    pub purpose: &'a str,
    /// On which day.
    pub day: NaiveDate,
}

fn note_may_leave(
    viewer: Viewer,
    file: &StudentFile,
    note: &Note,
    recipient: Recipient<'_>,
) -> Result<(), Refused> {
    let level = note.confidentiality;
    let open = matches!(level, Confidentiality::FactOnly | Confidentiality::Shared);
    let may = note_visible_to(viewer, file, note)
        && match recipient {
            Recipient::Myself => true,
            Recipient::Student | Recipient::Other(_) => open,
            Recipient::Colleague(colleague) => note_visible_to(colleague, file, note),
        };
    if may { Ok(()) } else { Err(Refused::Confidential(level)) }
}

#[cfg(test)]
mod tests;
