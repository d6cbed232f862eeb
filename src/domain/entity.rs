//! Every record type is an entity: it has a kind and a typed id, and goes into a [`Record`].

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
    meeting::{Attendance, Meeting},
    note::Note,
    profile::{Mapping, Profile},
    record::{Kind, Record},
    referral::Referral,
    role_term::RoleTerm,
    slot_choice::SlotChoice,
    student::{Enrolment, Student},
    training::Training,
    tutor::{Allocation, Tutor},
    waiver::Waiver,
};

mod watch;

/// A record type: how it is put into, and found in, a [`Record`].
pub trait Entity: Clone + PartialEq + Into<Record> {
    /// Its kind.
    const KIND: Kind;

    /// Its identity.
    fn id(&self) -> Id<Self>;
}

impl From<Profile> for Record {
    fn from(it: Profile) -> Self {
        Self::Profile(it)
    }
}

impl Entity for Profile {
    const KIND: Kind = Kind::Profile;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Tutor> for Record {
    fn from(it: Tutor) -> Self {
        Self::Tutor(it)
    }
}

impl Entity for Tutor {
    const KIND: Kind = Kind::Tutor;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Calendar> for Record {
    fn from(it: Calendar) -> Self {
        Self::Calendar(it)
    }
}

impl Entity for Calendar {
    const KIND: Kind = Kind::Calendar;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Mapping> for Record {
    fn from(it: Mapping) -> Self {
        Self::Mapping(it)
    }
}

impl Entity for Mapping {
    const KIND: Kind = Kind::Mapping;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Student> for Record {
    fn from(it: Student) -> Self {
        Self::Student(it)
    }
}

impl Entity for Student {
    const KIND: Kind = Kind::Student;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Enrolment> for Record {
    fn from(it: Enrolment) -> Self {
        Self::Enrolment(it)
    }
}

impl Entity for Enrolment {
    const KIND: Kind = Kind::Enrolment;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Allocation> for Record {
    fn from(it: Allocation) -> Self {
        Self::Allocation(it)
    }
}

impl Entity for Allocation {
    const KIND: Kind = Kind::Allocation;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Meeting> for Record {
    fn from(it: Meeting) -> Self {
        Self::Meeting(it)
    }
}

impl Entity for Meeting {
    const KIND: Kind = Kind::Meeting;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Attendance> for Record {
    fn from(it: Attendance) -> Self {
        Self::Attendance(it)
    }
}

impl Entity for Attendance {
    const KIND: Kind = Kind::Attendance;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Contact> for Record {
    fn from(it: Contact) -> Self {
        Self::Contact(it)
    }
}

impl Entity for Contact {
    const KIND: Kind = Kind::Contact;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Note> for Record {
    fn from(it: Note) -> Self {
        Self::Note(it)
    }
}

impl Entity for Note {
    const KIND: Kind = Kind::Note;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Action> for Record {
    fn from(it: Action) -> Self {
        Self::Action(it)
    }
}

impl Entity for Action {
    const KIND: Kind = Kind::Action;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Referral> for Record {
    fn from(it: Referral) -> Self {
        Self::Referral(it)
    }
}

impl Entity for Referral {
    const KIND: Kind = Kind::Referral;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Consent> for Record {
    fn from(it: Consent) -> Self {
        Self::Consent(it)
    }
}

impl Entity for Consent {
    const KIND: Kind = Kind::Consent;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Flag> for Record {
    fn from(it: Flag) -> Self {
        Self::Flag(it)
    }
}

impl Entity for Flag {
    const KIND: Kind = Kind::Flag;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Waiver> for Record {
    fn from(it: Waiver) -> Self {
        Self::Waiver(it)
    }
}

impl Entity for Waiver {
    const KIND: Kind = Kind::Waiver;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<SlotChoice> for Record {
    fn from(it: SlotChoice) -> Self {
        Self::SlotChoice(it)
    }
}

impl Entity for SlotChoice {
    const KIND: Kind = Kind::SlotChoice;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Ladder> for Record {
    fn from(it: Ladder) -> Self {
        Self::Ladder(it)
    }
}

impl Entity for Ladder {
    const KIND: Kind = Kind::Ladder;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Letter> for Record {
    fn from(it: Letter) -> Self {
        Self::Letter(it)
    }
}

impl Entity for Letter {
    const KIND: Kind = Kind::Letter;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Disclosure> for Record {
    fn from(it: Disclosure) -> Self {
        Self::Disclosure(it)
    }
}

impl Entity for Disclosure {
    const KIND: Kind = Kind::Disclosure;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Training> for Record {
    fn from(it: Training) -> Self {
        Self::Training(it)
    }
}

impl Entity for Training {
    const KIND: Kind = Kind::Training;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<Absence> for Record {
    fn from(it: Absence) -> Self {
        Self::Absence(it)
    }
}

impl Entity for Absence {
    const KIND: Kind = Kind::Absence;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<RoleTerm> for Record {
    fn from(it: RoleTerm) -> Self {
        Self::RoleTerm(it)
    }
}

impl Entity for RoleTerm {
    const KIND: Kind = Kind::RoleTerm;

    fn id(&self) -> Id<Self> {
        self.id
    }
}

impl From<DutyDone> for Record {
    fn from(it: DutyDone) -> Self {
        Self::DutyDone(it)
    }
}

impl Entity for DutyDone {
    const KIND: Kind = Kind::DutyDone;

    fn id(&self) -> Id<Self> {
        self.id
    }
}
