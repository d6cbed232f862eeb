//! One record of any kind, whose it is, and its revision: what changes, journal and store speak of.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{
    absence::Absence,
    action::Action,
    calendar::Calendar,
    consent::Consent,
    contact::Contact,
    disclosure::Disclosure,
    duty_done::DutyDone,
    flag::Flag,
    id::Id,
    ladder::Ladder,
    letter::Letter,
    meeting::{Attendance, Meeting, With},
    note::Note,
    profile::{Mapping, Profile},
    referral::Referral,
    role_term::RoleTerm,
    slot_choice::SlotChoice,
    student::{Enrolment, Student, StudentId},
    training::Training,
    tutor::{Allocation, Tutor},
    waiver::Waiver,
    word::Choice,
};

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

/// The kinds of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter)]
pub enum Kind {
    /// Whose profile this is.
    Profile,
    /// A tutor.
    Tutor,
    /// An academic year.
    Calendar,
    /// A remembered mapping.
    Mapping,
    /// A student.
    Student,
    /// What a student studies.
    Enrolment,
    /// Who tutors whom.
    Allocation,
    /// A meeting.
    Meeting,
    /// A student’s part in a meeting.
    Attendance,
    /// A contact.
    Contact,
    /// A note.
    Note,
    /// An action.
    Action,
    /// A referral.
    Referral,
    /// A consent.
    Consent,
    /// A concern or praise.
    Flag,
    /// A waiver.
    Waiver,
    /// Which slot a meeting fills, chosen by hand.
    SlotChoice,
    /// A ladder that was started.
    Ladder,
    /// A letter.
    Letter,
    /// A disclosure.
    Disclosure,
    /// A training of a tutor.
    Training,
    /// An absence of a tutor.
    Absence,
    /// A term of office of a tutor.
    RoleTerm,
    /// A duty of a tutor that was done.
    DutyDone,
}

impl Choice for Kind {
    fn code(self) -> u8 {
        match self {
            Self::Profile => 0,
            Self::Tutor => 1,
            Self::Calendar => 2,
            Self::Mapping => 3,
            Self::Student => 4,
            Self::Enrolment => 5,
            Self::Allocation => 6,
            Self::Meeting => 7,
            Self::Attendance => 8,
            Self::Contact => 9,
            Self::Note => 10,
            Self::Action => 11,
            Self::Referral => 12,
            Self::Consent => 13,
            Self::Flag => 14,
            Self::Waiver => 15,
            Self::SlotChoice => 16,
            Self::Ladder => 17,
            Self::Letter => 18,
            Self::Disclosure => 19,
            Self::Training => 20,
            Self::Absence => 21,
            Self::RoleTerm => 22,
            Self::DutyDone => 23,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Tutor => "tutors",
            Self::Calendar => "calendars",
            Self::Mapping => "mappings",
            Self::Student => "students",
            Self::Enrolment => "enrolments",
            Self::Allocation => "allocations",
            Self::Meeting => "meetings",
            Self::Attendance => "attendances",
            Self::Contact => "contacts",
            Self::Note => "notes",
            Self::Action => "actions",
            Self::Referral => "referrals",
            Self::Consent => "consents",
            Self::Flag => "concerns and praise",
            Self::Waiver => "waivers",
            Self::SlotChoice => "slot choices",
            Self::Ladder => "ladders",
            Self::Letter => "letters",
            Self::Disclosure => "disclosures",
            Self::Training => "trainings",
            Self::Absence => "absences",
            Self::RoleTerm => "terms of office",
            Self::DutyDone => "duties done",
        }
    }
}

impl Kind {
    /// What one record of this kind is called.
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Tutor => "tutor",
            Self::Calendar => "calendar",
            Self::Mapping => "mapping",
            Self::Student => "student",
            Self::Enrolment => "enrolment",
            Self::Allocation => "allocation",
            Self::Meeting => "meeting",
            Self::Attendance => "attendance",
            Self::Contact => "contact",
            Self::Note => "note",
            Self::Action => "action",
            Self::Referral => "referral",
            Self::Consent => "consent",
            Self::Flag => "concern or praise",
            Self::Waiver => "waiver",
            Self::SlotChoice => "slot choice",
            Self::Ladder => "ladder",
            Self::Letter => "letter",
            Self::Disclosure => "disclosure",
            Self::Training => "training",
            Self::Absence => "absence",
            Self::RoleTerm => "term of office",
            Self::DutyDone => "duty done",
        }
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
            | Self::DutyDone(_) => Owner::Profile,
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
