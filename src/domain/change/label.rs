//! What changes are called, for undo and audit.

use strum::EnumIter;

use crate::domain::word::Choice;

/// What a change is called in the journal, for undo and audit: never a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter)]
pub enum Label {
    /// To set up the profile.
    SetUp,
    /// To import a tutee list.
    ImportStudents,
    /// To import everything.
    ImportAll,
    /// To add a student.
    AddStudent,
    /// To edit a student.
    EditStudent,
    /// To delete a student.
    DeleteStudent,
    /// To add a tutor.
    AddTutor,
    /// To edit a tutor.
    EditTutor,
    /// To delete a tutor.
    DeleteTutor,
    /// To allocate a tutor.
    Allocate,
    /// To record a meeting.
    RecordMeeting,
    /// To edit a meeting.
    EditMeeting,
    /// To delete a meeting.
    DeleteMeeting,
    /// To log a contact.
    LogContact,
    /// To edit a contact.
    EditContact,
    /// To delete a contact.
    DeleteContact,
    /// To write a note.
    WriteNote,
    /// To edit a note.
    EditNote,
    /// To delete a note.
    DeleteNote,
    /// To add an action.
    AddAction,
    /// To edit an action.
    EditAction,
    /// To tick an action.
    TickAction,
    /// To delete an action.
    DeleteAction,
    /// To refer to a service.
    Refer,
    /// To edit a referral.
    EditReferral,
    /// To note how a referral went.
    FollowUp,
    /// To delete a referral.
    DeleteReferral,
    /// To record a consent.
    RecordConsent,
    /// To edit a consent.
    EditConsent,
    /// To withdraw a consent.
    WithdrawConsent,
    /// To delete a consent.
    DeleteConsent,
    /// To raise a concern.
    RaiseConcern,
    /// To close a concern.
    CloseConcern,
    /// To record praise.
    GivePraise,
    /// To edit a concern or praise.
    EditFlag,
    /// To delete a concern or praise.
    DeleteFlag,
    /// To edit the calendar.
    EditCalendar,
    /// To remember a mapping.
    RememberMapping,
    /// To make the demo.
    Demo,
    /// To waive an obligation.
    Waive,
    /// To take a waiver back.
    Unwaive,
    /// To choose the slot that a meeting fills.
    ChooseSlot,
    /// To start a ladder.
    StartLadder,
    /// To take a step of a ladder.
    TakeStep,
    /// To end a ladder.
    EndLadder,
    /// To edit a ladder.
    EditLadder,
    /// To delete a ladder.
    DeleteLadder,
    /// To keep a letter.
    RecordLetter,
    /// To edit a letter.
    EditLetter,
    /// To delete a letter.
    DeleteLetter,
    /// To record a disclosure.
    Disclose,
    /// To edit a disclosure.
    EditDisclosure,
    /// To delete a disclosure.
    DeleteDisclosure,
    /// To record a training.
    RecordTraining,
    /// To edit a training.
    EditTraining,
    /// To delete a training.
    DeleteTraining,
    /// To record an absence.
    RecordAbsence,
    /// To edit an absence.
    EditAbsence,
    /// To delete an absence.
    DeleteAbsence,
    /// To record a term of office.
    RecordTerm,
    /// To edit a term of office.
    EditTerm,
    /// To delete a term of office.
    DeleteTerm,
    /// To record a duty as done.
    RecordDuty,
    /// To edit a duty that was done.
    EditDuty,
    /// To record a duty as not done.
    DeleteDuty,
    /// To choose the policy.
    ChoosePolicy,
    /// To import signals.
    ImportSignals,
    /// To edit a module.
    EditModule,
    /// To run the week: points and looks of every student.
    WeeklyRun,
    /// To snooze alerts.
    Snooze,
    /// To exempt from signals.
    Exempt,
    /// To mark alerts as not right.
    MarkWrong,
    /// To close alerts.
    CloseAlert,
    /// To assign alerts.
    Assign,
    /// To escalate alerts.
    Escalate,
    /// To take a decision about an alert back.
    TakeBackDecision,
    /// To open a case.
    OpenCase,
    /// To edit a case.
    EditCase,
    /// To close a case.
    CloseCase,
    /// To delete a case.
    DeleteCase,
    /// To change how the alerts are made.
    Tune,
    /// To save a view.
    SaveView,
    /// To rename a view.
    RenameView,
    /// To delete a view.
    DeleteView,
    /// To pin a student, or to take the pin away.
    Pin,
    /// To choose the columns of a list.
    ChooseColumns,
    /// To remember which commands were used.
    LearnTip,
}

impl Label {
    /// Whether it keeps what the program alone wants to know: undo skips it, and nothing is said of it.
    #[must_use]
    pub const fn is_quiet(self) -> bool {
        matches!(self, Self::LearnTip)
    }

    /// Whether a profile begins with such a change; it is never taken back.
    #[must_use]
    pub const fn is_beginning(self) -> bool {
        matches!(self, Self::SetUp | Self::Demo)
    }
}

impl Choice for Label {
    #[expect(clippy::too_many_lines, reason = "a table with a row for each label")]
    fn code(self) -> u8 {
        match self {
            Self::SetUp => 0,
            Self::ImportStudents => 1,
            Self::ImportAll => 2,
            Self::AddStudent => 3,
            Self::EditStudent => 4,
            Self::DeleteStudent => 5,
            Self::AddTutor => 6,
            Self::EditTutor => 7,
            Self::DeleteTutor => 8,
            Self::Allocate => 9,
            Self::RecordMeeting => 10,
            Self::EditMeeting => 11,
            Self::DeleteMeeting => 12,
            Self::LogContact => 13,
            Self::EditContact => 14,
            Self::DeleteContact => 15,
            Self::WriteNote => 16,
            Self::EditNote => 17,
            Self::DeleteNote => 18,
            Self::AddAction => 19,
            Self::EditAction => 20,
            Self::TickAction => 21,
            Self::DeleteAction => 22,
            Self::Refer => 23,
            Self::EditReferral => 24,
            Self::FollowUp => 25,
            Self::DeleteReferral => 26,
            Self::RecordConsent => 27,
            Self::EditConsent => 28,
            Self::WithdrawConsent => 29,
            Self::DeleteConsent => 30,
            Self::RaiseConcern => 31,
            Self::CloseConcern => 32,
            Self::GivePraise => 33,
            Self::EditFlag => 34,
            Self::DeleteFlag => 35,
            Self::EditCalendar => 36,
            Self::RememberMapping => 37,
            Self::Demo => 38,
            Self::Waive => 39,
            Self::Unwaive => 40,
            Self::ChooseSlot => 41,
            Self::StartLadder => 42,
            Self::TakeStep => 43,
            Self::EndLadder => 44,
            Self::EditLadder => 45,
            Self::DeleteLadder => 46,
            Self::RecordLetter => 47,
            Self::EditLetter => 48,
            Self::DeleteLetter => 49,
            Self::Disclose => 50,
            Self::EditDisclosure => 51,
            Self::DeleteDisclosure => 52,
            Self::RecordTraining => 53,
            Self::EditTraining => 54,
            Self::DeleteTraining => 55,
            Self::RecordAbsence => 56,
            Self::EditAbsence => 57,
            Self::DeleteAbsence => 58,
            Self::RecordTerm => 59,
            Self::EditTerm => 60,
            Self::DeleteTerm => 61,
            Self::RecordDuty => 62,
            Self::EditDuty => 63,
            Self::DeleteDuty => 64,
            Self::ChoosePolicy => 65,
            Self::ImportSignals => 66,
            Self::EditModule => 67,
            Self::WeeklyRun => 68,
            Self::Snooze => 80,
            Self::Exempt => 81,
            Self::MarkWrong => 82,
            Self::CloseAlert => 83,
            Self::Assign => 84,
            Self::Escalate => 85,
            Self::TakeBackDecision => 86,
            Self::OpenCase => 87,
            Self::EditCase => 88,
            Self::CloseCase => 89,
            Self::DeleteCase => 90,
            Self::Tune => 91,
            Self::SaveView => 92,
            Self::RenameView => 93,
            Self::DeleteView => 94,
            Self::Pin => 95,
            Self::ChooseColumns => 96,
            Self::LearnTip => 97,
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table with a row for each label")]
    fn words(self) -> &'static str {
        match self {
            Self::SetUp => "set up the profile",
            Self::ImportStudents => "import a tutee list",
            Self::ImportAll => "import everything",
            Self::AddStudent => "add a student",
            Self::EditStudent => "edit a student",
            Self::DeleteStudent => "delete a student",
            Self::AddTutor => "add a tutor",
            Self::EditTutor => "edit a tutor",
            Self::DeleteTutor => "delete a tutor",
            Self::Allocate => "allocate a tutor",
            Self::RecordMeeting => "record a meeting",
            Self::EditMeeting => "edit a meeting",
            Self::DeleteMeeting => "delete a meeting",
            Self::LogContact => "log a contact",
            Self::EditContact => "edit a contact",
            Self::DeleteContact => "delete a contact",
            Self::WriteNote => "write a note",
            Self::EditNote => "edit a note",
            Self::DeleteNote => "delete a note",
            Self::AddAction => "add an action",
            Self::EditAction => "edit an action",
            Self::TickAction => "tick an action",
            Self::DeleteAction => "delete an action",
            Self::Refer => "refer to a service",
            Self::EditReferral => "edit a referral",
            Self::FollowUp => "note how a referral went",
            Self::DeleteReferral => "delete a referral",
            Self::RecordConsent => "record a consent",
            Self::EditConsent => "edit a consent",
            Self::WithdrawConsent => "withdraw a consent",
            Self::DeleteConsent => "delete a consent",
            Self::RaiseConcern => "raise a concern",
            Self::CloseConcern => "close a concern",
            Self::GivePraise => "record praise",
            Self::EditFlag => "edit a concern or praise",
            Self::DeleteFlag => "delete a concern or praise",
            Self::EditCalendar => "edit the calendar",
            Self::RememberMapping => "remember a mapping",
            Self::Demo => "make the demo",
            Self::Waive => "waive an obligation",
            Self::Unwaive => "take a waiver back",
            Self::ChooseSlot => "choose the slot of a meeting",
            Self::StartLadder => "start a ladder",
            Self::TakeStep => "take a step of a ladder",
            Self::EndLadder => "end a ladder",
            Self::EditLadder => "edit a ladder",
            Self::DeleteLadder => "delete a ladder",
            Self::RecordLetter => "keep a letter",
            Self::EditLetter => "edit a letter",
            Self::DeleteLetter => "delete a letter",
            Self::Disclose => "record a disclosure",
            Self::EditDisclosure => "edit a disclosure",
            Self::DeleteDisclosure => "delete a disclosure",
            Self::RecordTraining => "record a training",
            Self::EditTraining => "edit a training",
            Self::DeleteTraining => "delete a training",
            Self::RecordAbsence => "record an absence",
            Self::EditAbsence => "edit an absence",
            Self::DeleteAbsence => "delete an absence",
            Self::RecordTerm => "record a term of office",
            Self::EditTerm => "edit a term of office",
            Self::DeleteTerm => "delete a term of office",
            Self::RecordDuty => "record a duty as done",
            Self::EditDuty => "edit a duty that was done",
            Self::DeleteDuty => "record a duty as not done",
            Self::ChoosePolicy => "choose the policy",
            Self::ImportSignals => "import signals",
            Self::EditModule => "edit a module",
            Self::WeeklyRun => "weekly run",
            Self::Snooze => "snooze alerts",
            Self::Exempt => "exempt from the signals",
            Self::MarkWrong => "mark alerts as not right",
            Self::CloseAlert => "close alerts",
            Self::Assign => "assign alerts",
            Self::Escalate => "escalate alerts",
            Self::TakeBackDecision => "take a decision back",
            Self::OpenCase => "open a case",
            Self::EditCase => "edit a case",
            Self::CloseCase => "close a case",
            Self::DeleteCase => "delete a case",
            Self::Tune => "change how alerts are made",
            Self::SaveView => "save a view",
            Self::RenameView => "rename a view",
            Self::DeleteView => "delete a view",
            Self::Pin => "pin a student, or not",
            Self::ChooseColumns => "choose columns",
            Self::LearnTip => "remember which commands were used",
        }
    }
}
