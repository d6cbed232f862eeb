//! The kinds of record, with their codes and words.

use strum::EnumIter;

use crate::domain::word::Choice;

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
    /// A module as it runs in a year.
    Module,
    /// One import of signals.
    Batch,
    /// How the score is used here.
    Tuning,
    /// A view of the triage list with a name.
    SavedView,
    /// What one source knows of a student’s engagement in a module.
    Engagement,
    /// What each week’s run found about a student.
    Results,
    /// A decision about an alert.
    Decision,
    /// A Student Success Action Plan.
    Case,
    /// What another program calls a student.
    Alias,
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
            Self::Module => 24,
            Self::Batch => 25,
            Self::Tuning => 26,
            Self::SavedView => 27,
            Self::Engagement => 28,
            Self::Results => 29,
            Self::Decision => 30,
            Self::Case => 31,
            Self::Alias => 32,
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
            Self::Module => "modules",
            Self::Batch => "imports of signals",
            Self::Tuning => "tunings",
            Self::SavedView => "saved views",
            Self::Engagement => "engagement",
            Self::Results => "weekly results",
            Self::Decision => "decisions",
            Self::Case => "cases",
            Self::Alias => "aliases",
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
            Self::Module => "module",
            Self::Batch => "import of signals",
            Self::Tuning => "tuning",
            Self::SavedView => "saved view",
            Self::Engagement => "engagement in a module",
            Self::Results => "weekly results",
            Self::Decision => "decision",
            Self::Case => "case",
            Self::Alias => "alias",
        }
    }
}
