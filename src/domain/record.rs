//! One record of any kind, whose it is, and its revision: what changes, journal and store speak of.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    absence::Absence,
    action::Action,
    alias::Alias,
    batch::Batch,
    calendar::Calendar,
    case::Case,
    consent::Consent,
    contact::Contact,
    decision::Decision,
    disclosure::Disclosure,
    duty_done::DutyDone,
    engagement::Engagement,
    flag::Flag,
    id::Id,
    ladder::Ladder,
    letter::Letter,
    meeting::{Attendance, Meeting, With},
    module::Module,
    note::Note,
    profile::{Mapping, Profile},
    referral::Referral,
    results::Results,
    role_term::RoleTerm,
    saved_view::SavedView,
    slot_choice::SlotChoice,
    student::{Enrolment, Student, StudentId},
    training::Training,
    tuning::Tuning,
    tutor::{Allocation, Tutor},
    waiver::Waiver,
};

mod kind;

pub use kind::Kind;

/// How often a record has been written; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Revision(pub u32);

impl Revision {
    /// The revision of a record that is new.
    pub const FIRST: Self = Self(1);

    /// The one after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// With whose key a record is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// The profile: nothing about a student.
    Profile,
    /// This student: gone when the student's key is destroyed.
    Student(StudentId),
}

/// Names one record of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId {
    /// Which kind.
    pub kind: Kind,
    /// The bytes of its id.
    pub bytes: [u8; 16],
}

/// A record of any kind.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum Record {
    /// Whose profile this is.
    Profile(Profile),
    /// A tutor.
    Tutor(Tutor),
    /// An academic year.
    Calendar(Calendar),
    /// A remembered mapping.
    Mapping(Mapping),
    /// A student.
    Student(Student),
    /// What a student studies.
    Enrolment(Enrolment),
    /// Who tutors whom.
    Allocation(Allocation),
    /// A meeting.
    Meeting(Meeting),
    /// A student’s part in a meeting.
    Attendance(Attendance),
    /// A contact.
    Contact(Contact),
    /// A note.
    Note(Note),
    /// An action.
    Action(Action),
    /// A referral.
    Referral(Referral),
    /// A consent.
    Consent(Consent),
    /// A concern or praise.
    Flag(Flag),
    /// A waiver.
    Waiver(Waiver),
    /// Which slot a meeting fills, chosen by hand.
    SlotChoice(SlotChoice),
    /// A ladder that was started.
    Ladder(Ladder),
    /// A letter.
    Letter(Letter),
    /// A disclosure.
    Disclosure(Disclosure),
    /// A training of a tutor.
    Training(Training),
    /// An absence of a tutor.
    Absence(Absence),
    /// A term of office of a tutor.
    RoleTerm(RoleTerm),
    /// A duty of a tutor that was done.
    DutyDone(DutyDone),
    /// A module as it runs in a year.
    Module(Module),
    /// One import of signals.
    Batch(Batch),
    /// How the score is used here.
    Tuning(Tuning),
    /// A view of the triage list with a name.
    SavedView(SavedView),
    /// What one source knows of a student’s engagement in a module.
    Engagement(Engagement),
    /// What each week’s run found about a student.
    Results(Results),
    /// A decision about an alert.
    Decision(Decision),
    /// A Student Success Action Plan.
    Case(Case),
    /// What another program calls a student.
    Alias(Alias),
}

impl Record {
    /// Its identity.
    #[must_use]
    pub fn id(&self) -> RecordId {
        let (kind, bytes) = match self {
            Self::Profile(it) => (Kind::Profile, it.id.bytes()),
            Self::Tutor(it) => (Kind::Tutor, it.id.bytes()),
            Self::Calendar(it) => (Kind::Calendar, it.id.bytes()),
            Self::Mapping(it) => (Kind::Mapping, it.id.bytes()),
            Self::Student(it) => (Kind::Student, it.id.bytes()),
            Self::Enrolment(it) => (Kind::Enrolment, it.id.bytes()),
            Self::Allocation(it) => (Kind::Allocation, it.id.bytes()),
            Self::Meeting(it) => (Kind::Meeting, it.id.bytes()),
            Self::Attendance(it) => (Kind::Attendance, it.id.bytes()),
            Self::Contact(it) => (Kind::Contact, it.id.bytes()),
            Self::Note(it) => (Kind::Note, it.id.bytes()),
            Self::Action(it) => (Kind::Action, it.id.bytes()),
            Self::Referral(it) => (Kind::Referral, it.id.bytes()),
            Self::Consent(it) => (Kind::Consent, it.id.bytes()),
            Self::Flag(it) => (Kind::Flag, it.id.bytes()),
            Self::Waiver(it) => (Kind::Waiver, it.id.bytes()),
            Self::SlotChoice(it) => (Kind::SlotChoice, it.id.bytes()),
            Self::Ladder(it) => (Kind::Ladder, it.id.bytes()),
            Self::Letter(it) => (Kind::Letter, it.id.bytes()),
            Self::Disclosure(it) => (Kind::Disclosure, it.id.bytes()),
            Self::Training(it) => (Kind::Training, it.id.bytes()),
            Self::Absence(it) => (Kind::Absence, it.id.bytes()),
            Self::RoleTerm(it) => (Kind::RoleTerm, it.id.bytes()),
            Self::DutyDone(it) => (Kind::DutyDone, it.id.bytes()),
            Self::Module(it) => (Kind::Module, it.id.bytes()),
            Self::Batch(it) => (Kind::Batch, it.id.bytes()),
            Self::Tuning(it) => (Kind::Tuning, it.id.bytes()),
            Self::SavedView(it) => (Kind::SavedView, it.id.bytes()),
            Self::Engagement(it) => (Kind::Engagement, it.id.bytes()),
            Self::Results(it) => (Kind::Results, it.id.bytes()),
            Self::Decision(it) => (Kind::Decision, it.id.bytes()),
            Self::Case(it) => (Kind::Case, it.id.bytes()),
            Self::Alias(it) => (Kind::Alias, it.id.bytes()),
        };
        RecordId { kind, bytes }
    }

    /// With whose key it is sealed.
    #[must_use]
    pub fn owner(&self) -> Owner {
        match self {
            Self::Profile(_)
            | Self::Tutor(_)
            | Self::Calendar(_)
            | Self::Mapping(_)
            | Self::Training(_)
            | Self::Absence(_)
            | Self::RoleTerm(_)
            | Self::DutyDone(_)
            | Self::Module(_)
            | Self::Batch(_)
            | Self::Tuning(_)
            | Self::SavedView(_) => Owner::Profile,
            Self::Student(it) => Owner::Student(it.id),
            Self::Enrolment(it) => Owner::Student(it.student),
            Self::Allocation(it) => Owner::Student(it.student),
            Self::Meeting(it) => match it.with {
                With::OneToOne(student) => Owner::Student(student),
                With::Group => Owner::Profile,
            },
            Self::Attendance(it) => Owner::Student(it.student),
            Self::Contact(it) => Owner::Student(it.student),
            Self::Note(it) => Owner::Student(it.student),
            Self::Action(it) => Owner::Student(it.student),
            Self::Referral(it) => Owner::Student(it.student),
            Self::Consent(it) => Owner::Student(it.student),
            Self::Flag(it) => Owner::Student(it.student),
            Self::Waiver(it) => Owner::Student(it.student),
            Self::SlotChoice(it) => Owner::Student(it.student),
            Self::Ladder(it) => Owner::Student(it.student),
            Self::Letter(it) => Owner::Student(it.student),
            Self::Disclosure(it) => Owner::Student(it.student),
            Self::Engagement(it) => Owner::Student(it.student),
            Self::Results(it) => Owner::Student(it.student),
            Self::Decision(it) => Owner::Student(it.student),
            Self::Case(it) => Owner::Student(it.student),
            Self::Alias(it) => Owner::Student(it.student),
        }
    }
}

/// Prints kind and id, never content.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id();
        write!(f, "{:?}({} …)", id.kind, Id::<()>::from_bytes(id.bytes))
    }
}
