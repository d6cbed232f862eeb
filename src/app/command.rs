//! The one table of commands. Keys, hint line, help, palette and the key page of the manual come from it.

use crokey::{KeyCombination, key};
use strum::{EnumDiscriminants, VariantArray};

/// Something the user can ask for. The outer variant is the scope, so each handler matches only its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumDiscriminants)]
#[strum_discriminants(
    name(Scope),
    derive(Hash, VariantArray),
    doc = "Where a key has its meaning."
)]
pub enum Command {
    /// Everywhere.
    Global(Global),
    /// On every screen, outside popups.
    Desk(Desk),
    /// Where a screen has several panes.
    Panes(Panes),
    /// Wherever a student is in hand.
    Student(Student),
    /// In any list.
    List(List),
    /// About the alerts of who is marked or in hand.
    Decide(Decide),
    /// In the list of tutees.
    Tutees(Tutees),
    /// Wherever tutees are listed.
    Roll(Roll),
    /// Where students and the slots of the policy cross.
    Meetings(Meetings),
    /// In the list of who needs a word.
    Triage(Triage),
    /// In the timeline.
    Timeline(Timeline),
    /// In a note being read.
    Note(Note),
    /// In the alerts.
    Alerts(Alerts),
    /// In a note being written in its pane.
    Writing(Writing),
    /// In any text of several lines.
    Text(Text),
    /// In the search line of the editor.
    Find(Find),
    /// In the filter over the tutees.
    Filter(Filter),
    /// In a list under a line of typed text: palette, help, hits, files.
    Choose(Choose),
    /// In a form.
    Form(Form),
    /// In a field of a form that is not a long text.
    Field(Field),
    /// In a question.
    Confirm(Confirm),
    /// In a menu.
    Menu(Menu),
    /// In the ledger of consents.
    Ledger(Ledger),
    /// In the file picker.
    Picker(Picker),
    /// While saying which column is what.
    Mapping(Mapping),
    /// While looking at what an import would do.
    DryRun(DryRun),
    /// In the list of a tutor's duties.
    Duties(Duties),
    /// In the list of rules.
    Feedback(Feedback),
    /// Before other numbers are taken.
    Trial(Trial),
    /// In the list of what was done.
    History(History),
    /// In the versions of a note.
    Versions(Versions),
}

impl Scope {
    /// The heading in help and manual.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Desk => "Every screen",
            Self::Panes => "Panes",
            Self::Student => "Student in hand",
            Self::Decide => "Deciding about alerts",
            Self::List => "Lists",
            Self::Tutees => "Tutees",
            Self::Roll => "Lists of tutees",
            Self::Meetings => "Meetings",
            Self::Triage => "Triage",
            Self::Timeline => "Timeline",
            Self::Note => "Note",
            Self::Alerts => "Alerts",
            Self::Writing => "Writing a note",
            Self::Text => "Text",
            Self::Find => "Search in a text",
            Self::Filter => "Filter",
            Self::Choose => "Search and choose",
            Self::Form => "Form",
            Self::Field => "Field of a form",
            Self::Confirm => "Question",
            Self::Menu => "Menu",
            Self::Ledger => "Consents and what was passed on",
            Self::Picker => "Choosing a file",
            Self::Mapping => "Columns of an import",
            Self::DryRun => "What an import would do",
            Self::Duties => "Duties of a tutor",
            Self::Feedback => "How right the rules are",
            Self::Trial => "What other numbers would do",
            Self::History => "What was done",
            Self::Versions => "Versions of a note",
        }
    }
}

/// Commands that work everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Global {
    Help,
    Palette,
    Desk,
    Triage,
    Meetings,
    Lock,
    Leave,
}

/// Commands of every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Desk {
    Filter,
    Search,
    StudentBefore,
    StudentAfter,
    Undo,
    Redo,
    AddStudent,
    AddTutor,
    EditMe,
    Policy,
    Years,
    Duties,
    Feedback,
    History,
    Calendar,
    Backup,
    Passphrase,
    Import,
    Back,
}

/// Commands between panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Panes {
    Next,
    Previous,
}

/// Commands about the student in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Student {
    Meeting,
    Note,
    Contact,
    Action,
    Refer,
    Concern,
    Praise,
    Consent,
    Consents,
    PassOn,
    Ladder,
    Letter,
    Summary,
    Central,
    Waive,
    Slot,
    Copy,
    Edit,
    Delete,
}

/// What is decided about the alerts of who is marked, or in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Decide {
    Snooze,
    Exempt,
    Wrong,
    Close,
    Assign,
    Escalate,
    Case,
    TakeBack,
}

/// Movement in any list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum List {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    First,
    Last,
}

/// Commands of the list of tutees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Tutees {
    Open,
    Group,
    Pin,
    SortBy,
}

/// Commands of any list of tutees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Roll {
    Mark,
    MarkAll,
    Sort,
    Scope,
    Export,
    Views,
    SaveView,
    Columns,
    ClearFilter,
}

/// Commands of the screen of meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Meetings {
    Open,
    NextSlot,
    PreviousSlot,
    NotYetMet,
    Student,
    Group,
    Invite,
    NextYear,
    PreviousYear,
}

/// Commands of the triage screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Triage {
    Step,
    Evidence,
    All,
    Open,
    Turn,
    SortBy,
}

/// Commands of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Timeline {
    Open,
    Done,
    Kinds,
}

/// Commands of a note being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Note {
    Write,
    Next,
    Previous,
    Versions,
}

/// Commands of the alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Alerts {
    Step,
    All,
}

/// Commands of a note being written in its pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Writing {
    Save,
    Confidentiality,
    Leave,
}

/// Commands of any text of several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Text {
    Left,
    Right,
    Up,
    Down,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    PageUp,
    PageDown,
    Start,
    End,
    Newline,
    DeleteBefore,
    DeleteAfter,
    DeleteWord,
    Undo,
    Redo,
    Find,
    Editor,
}

/// Commands of the search line of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Find {
    Next,
    Previous,
    Leave,
}

/// Commands of the filter over the tutees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Filter {
    Search,
}

/// Commands of a list under a line of typed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Choose {
    Accept,
    Leave,
    Next,
    Previous,
    PageDown,
    PageUp,
}

/// Commands of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Form {
    Save,
    NextField,
    PreviousField,
    Leave,
}

/// Commands of a field that is not a long text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Field {
    Accept,
    Toggle,
    Up,
    Down,
    Left,
    Right,
}

/// Commands of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Confirm {
    Yes,
    No,
}

/// Commands of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Menu {
    Choose,
    Leave,
}

/// Commands of the ledger of consents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Ledger {
    Edit,
    Withdraw,
    Record,
    PassOn,
    Leave,
}

/// Commands of the file picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Picker {
    Complete,
}

/// Commands while saying which column is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Mapping {
    NextMeaning,
    PreviousMeaning,
    Signals,
    Accept,
    Leave,
}

/// Commands of the list of a tutor's duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Duties {
    Step,
    Training,
    Absence,
    Term,
    Edit,
    Delete,
    School,
    Leave,
}

/// Commands of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Feedback {
    Number,
    Switch,
    Setting,
    Period,
    Leave,
}

/// Commands before other numbers are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Trial {
    Take,
    Leave,
}

/// Commands of the list of what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum History {
    Open,
    Undo,
    Redo,
    Leave,
}

/// Commands of the versions of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum Versions {
    Earlier,
    Later,
    Restore,
    Whole,
    ScrollDown,
    ScrollUp,
    Leave,
}

/// Commands while looking at what an import would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, VariantArray)]
#[expect(missing_docs, reason = "the table below holds one title per variant")]
pub enum DryRun {
    Import,
    SaveRejects,
    Leave,
}

/// Keys pressed one after the other.
pub type Sequence = &'static [KeyCombination];

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// What it does.
    pub command: Command,
    /// Its name for settings, in kebab-case.
    pub name: &'static str,
    /// Its title for help and palette.
    pub title: &'static str,
    /// Its label in the hint line; empty = not shown there.
    pub hint: &'static str,
    /// The sequences that start it.
    pub keys: &'static [Sequence],
}

impl Spec {
    /// The row of a command.
    #[must_use]
    pub fn of(command: Command) -> Option<&'static Self> {
        SPECS.iter().find(|spec| spec.command == command)
    }

    /// Where its keys have their meaning.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::from(self.command)
    }

    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }
}

const fn spec(
    command: Command,
    name: &'static str,
    title: &'static str,
    keys: &'static [Sequence],
) -> Spec {
    Spec { command, name, title, hint: "", keys }
}

/// Every command, in the order in which help shows them.
#[rustfmt::skip]
pub const SPECS: &[Spec] = &[
    spec(Command::Tutees(Tutees::Open),         "open-tutee",        "Open the timeline of the tutee",  &[&[key!(enter)]]).hint("open"),
    spec(Command::Tutees(Tutees::Group),        "group",             "Group meeting of who is marked",  &[&[key!(shift-m)]]),
    spec(Command::Tutees(Tutees::Pin),          "pin",               "Pin the tutee to the top, or not", &[&[key!(shift-p)]]),
    spec(Command::Tutees(Tutees::SortBy),       "sort-tutees-by",    "Choose what the tutees are sorted by", &[&[key!(g), key!(s)]]),
    spec(Command::Roll(Roll::Mark),             "mark-tutee",        "Mark the student",                &[&[key!(space)]]),
    spec(Command::Roll(Roll::MarkAll),          "mark-all",          "Mark all that are shown",         &[&[key!('*')]]),
    spec(Command::Roll(Roll::Sort),             "sort-tutees",       "Sort by the next column",         &[&[key!(s)]]).hint("sort"),
    spec(Command::Roll(Roll::Scope),            "scope",             "My tutees, my school, everybody", &[&[key!(shift-s)]]),
    spec(Command::Roll(Roll::Export),           "export-marked",     "Export who is marked to a file",  &[&[key!(shift-x)]]),
    spec(Command::Roll(Roll::Views),            "views",             "Saved views",                     &[&[key!(v)]]).hint("views"),
    spec(Command::Roll(Roll::SaveView),         "save-view",         "Save filter and order under a name", &[&[key!(shift-v)]]),
    spec(Command::Roll(Roll::Columns),          "columns",           "Choose which columns are shown",  &[&[key!(g), key!(v)]]),
    spec(Command::Roll(Roll::ClearFilter),      "clear-filter",      "Show all tutees again",           &[&[key!(esc)]]),
    spec(Command::Meetings(Meetings::Open),     "open-slot",         "Open the slot in hand",           &[&[key!(enter)]]).hint("open"),
    spec(Command::Meetings(Meetings::NextSlot), "next-slot",         "Next slot",                       &[&[key!(l)], &[key!(right)]]),
    spec(Command::Meetings(Meetings::PreviousSlot), "previous-slot", "Previous slot",                   &[&[key!(h)], &[key!(left)]]),
    spec(Command::Meetings(Meetings::NotYetMet), "not-yet-met",      "Only who has not met yet",        &[&[key!(f)]]).hint("not yet met"),
    spec(Command::Meetings(Meetings::Student),  "obligations",       "All obligations of the tutee",    &[&[key!(tab)], &[key!(backtab)]]).hint("all of the tutee"),
    spec(Command::Meetings(Meetings::Group),    "group-for-slot",    "Group meeting of who is marked, or has not met", &[&[key!(shift-m)]]).hint("group"),
    spec(Command::Meetings(Meetings::Invite),   "invite",            "Invite who is marked, or has not met", &[&[key!(i)]]).hint("invite"),
    spec(Command::Meetings(Meetings::NextYear), "next-year",         "Next academic year",              &[&[key!(']')], &[key!(ctrl-right)]]),
    spec(Command::Meetings(Meetings::PreviousYear), "previous-year", "Previous academic year",          &[&[key!('[')], &[key!(ctrl-left)]]),
    spec(Command::Triage(Triage::Step),         "triage-step",       "Do the next step of the row",     &[&[key!(enter)]]).hint("next step"),
    spec(Command::Triage(Triage::Evidence),     "evidence",          "Evidence of the student in hand", &[&[key!(tab)], &[key!(backtab)], &[key!(l)], &[key!(right)], &[key!(h)], &[key!(left)]]).hint("evidence"),
    spec(Command::Triage(Triage::All),          "all-rows",          "All, or only the first few of each tutor", &[&[key!(f)]]),
    spec(Command::Triage(Triage::Open),         "open-on-desk",      "Go to the student on the desk",   &[&[key!(o)]]).hint("open"),
    spec(Command::Triage(Triage::Turn),         "turn-order",        "Turn the order round",            &[&[key!(shift-r)]]),
    spec(Command::Triage(Triage::SortBy),       "sort-by",           "Choose the column to sort by",    &[&[key!(g), key!(s)]]),
    spec(Command::Timeline(Timeline::Open),     "open-entry",        "Open the entry",                  &[&[key!(enter)]]).hint("open"),
    spec(Command::Timeline(Timeline::Done),     "mark-done",         "Mark as done",                    &[&[key!(x)]]).hint("done"),
    spec(Command::Timeline(Timeline::Kinds),    "filter-kinds",      "Show only one kind of entry",     &[&[key!(f)]]),
    spec(Command::Note(Note::Write),            "write-note",        "Write on in the note",            &[&[key!(enter)], &[key!(i)]]).hint("write"),
    spec(Command::Note(Note::Next),             "next-note",         "Next note",                       &[&[key!(']')], &[key!(ctrl-right)]]),
    spec(Command::Note(Note::Previous),         "previous-note",     "Previous note",                   &[&[key!('[')], &[key!(ctrl-left)]]),
    spec(Command::Note(Note::Versions),         "note-versions",     "Earlier versions of the note",    &[&[key!(v)]]),
    spec(Command::Alerts(Alerts::Step),         "next-step",         "Do the next step",                &[&[key!(enter)]]).hint("next step"),
    spec(Command::Alerts(Alerts::All),          "all-alerts",        "All alerts, the quiet ones too, or the first few", &[&[key!(f)]]).hint("more"),

    spec(Command::Student(Student::Meeting),    "meeting",           "Record a meeting",                &[&[key!(m)]]).hint("meeting"),
    spec(Command::Student(Student::Note),       "note",              "Write a note",                    &[&[key!(n)]]).hint("note"),
    spec(Command::Student(Student::Contact),    "contact",           "Record another contact",          &[&[key!(c)]]).hint("contact"),
    spec(Command::Student(Student::Action),     "action",            "Add an action",                   &[&[key!(a)]]).hint("action"),
    spec(Command::Student(Student::Refer),      "refer",             "Refer to a service",              &[&[key!(r)]]).hint("refer"),
    spec(Command::Student(Student::Concern),    "concern",           "Raise a concern",                 &[&[key!('!')]]).hint("concern"),
    spec(Command::Student(Student::Praise),     "praise",            "Raise praise",                    &[&[key!('+')]]),
    spec(Command::Student(Student::Consent),    "consent",           "Record consent",                  &[&[key!(shift-c)]]),
    spec(Command::Student(Student::Consents),   "consents",          "Consents, and what was passed on", &[&[key!(g), key!(c)]]),
    spec(Command::Student(Student::PassOn),     "pass-on",           "Pass something on",               &[&[key!(p)]]),
    spec(Command::Student(Student::Ladder),     "ladder",            "Start a ladder, or take its next step", &[&[key!(t)]]).hint("ladder"),
    spec(Command::Student(Student::Letter),     "letter",            "Write a letter",                  &[&[key!(shift-l)]]),
    spec(Command::Student(Student::Summary),    "summary",           "Summary of the meeting for the student", &[&[key!(w)]]),
    spec(Command::Student(Student::Central),    "central-block",     "Block for the central system",    &[&[key!(b)]]),
    spec(Command::Student(Student::Waive),      "waive",             "Waive what is due, or take it back", &[&[key!(shift-w)]]),
    spec(Command::Student(Student::Slot),       "fill-slot",         "Choose which meeting fills which slot", &[&[key!('=')]]),
    spec(Command::Student(Student::Copy),       "copy",              "Copy to the clipboard",           &[&[key!(y)]]),
    spec(Command::Student(Student::Edit),       "edit",              "Edit what is selected",           &[&[key!(e)]]).hint("edit"),
    spec(Command::Student(Student::Delete),     "delete",            "Delete what is selected",         &[&[key!(d)]]),

    spec(Command::Decide(Decide::Snooze),       "snooze",            "Snooze the alert",                &[&[key!(z)]]).hint("snooze"),
    spec(Command::Decide(Decide::Exempt),       "exempt",            "Exempt from the signals for a time", &[&[key!(shift-z)]]),
    spec(Command::Decide(Decide::Wrong),        "not-right",         "Mark the alert, or one reason, as not right", &[&[key!(x)]]).hint("not right"),
    spec(Command::Decide(Decide::Close),        "close-alert",       "Close the alert with what came of it", &[&[key!(shift-d)]]).hint("close"),
    spec(Command::Decide(Decide::Assign),       "assign",            "Say who acts",                    &[&[key!(shift-o)]]),
    spec(Command::Decide(Decide::Escalate),     "escalate",          "Pass it to the senior tutor",     &[&[key!(shift-e)]]),
    spec(Command::Decide(Decide::Case),         "case",              "Open a case, or edit the open one", &[&[key!(shift-k)]]),
    spec(Command::Decide(Decide::TakeBack),     "take-back",         "Take a decision back",            &[&[key!(shift-u)]]),

    spec(Command::List(List::Down),             "down",              "Next entry",                      &[&[key!(j)], &[key!(down)]]),
    spec(Command::List(List::Up),               "up",                "Previous entry",                  &[&[key!(k)], &[key!(up)]]),
    spec(Command::List(List::HalfPageDown),     "half-page-down",    "Half a page down",                &[&[key!(ctrl-d)]]),
    spec(Command::List(List::HalfPageUp),       "half-page-up",      "Half a page up",                  &[&[key!(ctrl-u)]]),
    spec(Command::List(List::PageDown),         "page-down",         "A page down",                     &[&[key!(pagedown)]]),
    spec(Command::List(List::PageUp),           "page-up",           "A page up",                       &[&[key!(pageup)]]),
    spec(Command::List(List::First),            "first",             "First entry",                     &[&[key!(g), key!(g)], &[key!(home)]]),
    spec(Command::List(List::Last),             "last",              "Last entry",                      &[&[key!(shift-g)], &[key!(end)]]),

    spec(Command::Desk(Desk::Filter),           "filter",            "Filter the tutees",               &[&[key!('/')]]).hint("find"),
    spec(Command::Desk(Desk::Search),           "search",            "Search everything",               &[&[key!(ctrl-f)], &[key!(g), key!('/')]]),
    spec(Command::Desk(Desk::StudentBefore),    "student-before",    "Back to the student before",      &[&[key!('<')], &[key!(alt-left)]]),
    spec(Command::Desk(Desk::StudentAfter),     "student-after",     "On to the student after",         &[&[key!('>')], &[key!(alt-right)]]),
    spec(Command::Panes(Panes::Next),           "next-pane",         "Next pane",                       &[&[key!(tab)], &[key!(l)], &[key!(right)]]),
    spec(Command::Panes(Panes::Previous),       "previous-pane",     "Previous pane",                   &[&[key!(backtab)], &[key!(h)], &[key!(left)]]),
    spec(Command::Desk(Desk::Undo),             "undo",              "Undo the last change",            &[&[key!(u)]]).hint("undo"),
    spec(Command::Desk(Desk::Redo),             "redo",              "Redo",                            &[&[key!(ctrl-r)]]),
    spec(Command::Desk(Desk::AddStudent),       "add-student",       "Add a student",                   &[&[key!(shift-a)]]).hint("add"),
    spec(Command::Desk(Desk::AddTutor),         "add-tutor",         "Add a tutor",                     &[&[key!(g), key!(t)]]),
    spec(Command::Desk(Desk::EditMe),           "edit-me",           "Edit who works here",             &[&[key!(g), key!(w)]]),
    spec(Command::Desk(Desk::Policy),           "choose-policy",     "Choose which policy runs",        &[&[key!(g), key!(o)]]),
    spec(Command::Desk(Desk::Years),            "edit-years",        "Check or edit the term dates",    &[&[key!(g), key!(d)]]),
    spec(Command::Desk(Desk::Duties),           "duties",            "My duties as a tutor",            &[&[key!(g), key!(m)]]),
    spec(Command::Desk(Desk::Feedback),         "rules",             "How right the rules of the alerts are", &[&[key!(g), key!(r)]]),
    spec(Command::Desk(Desk::History),          "history",           "What was done, and when",         &[&[key!(g), key!(u)]]),
    spec(Command::Desk(Desk::Calendar),         "calendar-file",     "Calendar file of what is to come", &[&[key!(g), key!(x)]]),
    spec(Command::Desk(Desk::Backup),           "backup",            "Back everything up into one file", &[&[key!(g), key!(b)]]),
    spec(Command::Desk(Desk::Passphrase),       "passphrase",        "Change the passphrase",           &[&[key!(g), key!(p)]]),
    spec(Command::Desk(Desk::Import),           "import-students",   "Import students or signals",             &[&[key!(shift-i)]]).hint("import"),
    spec(Command::Desk(Desk::Back),             "back",              "Back, or quit",                   &[&[key!(q)]]),

    spec(Command::Writing(Writing::Save),       "save-note",         "Save the note",                   &[&[key!(ctrl-s)]]).hint("save"),
    spec(Command::Writing(Writing::Confidentiality), "confidentiality", "Change the confidentiality",   &[&[key!(ctrl-t)]]).hint("confidentiality"),
    spec(Command::Writing(Writing::Leave),      "leave-note",        "Stop writing",                    &[&[key!(esc)]]).hint("leave"),

    spec(Command::Form(Form::Save),             "save",              "Save",                            &[&[key!(ctrl-s)]]).hint("save"),
    spec(Command::Form(Form::NextField),        "next-field",        "Next field",                      &[&[key!(tab)]]).hint("next field"),
    spec(Command::Form(Form::PreviousField),    "previous-field",    "Previous field",                  &[&[key!(backtab)]]),
    spec(Command::Form(Form::Leave),            "leave-form",        "Leave the form",                  &[&[key!(esc)]]).hint("leave"),
    spec(Command::Field(Field::Toggle),         "toggle",            "Choose the next possibility",     &[&[key!(space)]]).hint("choose"),
    spec(Command::Field(Field::Accept),         "accept-field",      "Go on to the next field",         &[&[key!(enter)]]),
    spec(Command::Field(Field::Up),             "line-up",           "Previous line or field",          &[&[key!(up)]]),
    spec(Command::Field(Field::Down),           "line-down",         "Next line or field",              &[&[key!(down)]]),
    spec(Command::Field(Field::Left),           "field-left",        "Back in the line or choice",      &[&[key!(left)]]),
    spec(Command::Field(Field::Right),          "field-right",       "On in the line or choice",        &[&[key!(right)]]),

    spec(Command::Text(Text::Undo),             "undo-typing",       "Undo typing",                     &[&[key!(ctrl-z)]]).hint("undo"),
    spec(Command::Text(Text::Redo),             "redo-typing",       "Redo typing",                     &[&[key!(ctrl-y)]]),
    spec(Command::Text(Text::Find),             "find-in-text",      "Search in this text",             &[&[key!(ctrl-f)]]).hint("find"),
    spec(Command::Text(Text::Editor),           "external-editor",   "Write in your own editor",        &[&[key!(ctrl-e)]]),
    spec(Command::Text(Text::Newline),          "newline",           "New line",                        &[&[key!(enter)]]),
    spec(Command::Text(Text::Left),             "left",              "A character back",                &[&[key!(left)]]),
    spec(Command::Text(Text::Right),            "right",             "A character on",                  &[&[key!(right)]]),
    spec(Command::Text(Text::Up),               "text-up",           "A line up",                       &[&[key!(up)]]),
    spec(Command::Text(Text::Down),             "text-down",         "A line down",                     &[&[key!(down)]]),
    spec(Command::Text(Text::WordLeft),         "word-left",         "A word back",                     &[&[key!(ctrl-left)], &[key!(alt-b)]]),
    spec(Command::Text(Text::WordRight),        "word-right",        "A word on",                       &[&[key!(ctrl-right)], &[key!(alt-f)]]),
    spec(Command::Text(Text::LineStart),        "line-start",        "Start of the line",               &[&[key!(home)], &[key!(ctrl-a)]]),
    spec(Command::Text(Text::LineEnd),          "line-end",          "End of the line",                 &[&[key!(end)]]),
    spec(Command::Text(Text::PageUp),           "text-page-up",      "A page up in the text",           &[&[key!(pageup)]]),
    spec(Command::Text(Text::PageDown),         "text-page-down",    "A page down in the text",         &[&[key!(pagedown)]]),
    spec(Command::Text(Text::Start),            "text-start",        "Start of the text",               &[&[key!(ctrl-home)]]),
    spec(Command::Text(Text::End),              "text-end",          "End of the text",                 &[&[key!(ctrl-end)]]),
    spec(Command::Text(Text::DeleteBefore),     "delete-before",     "Delete the character before",     &[&[key!(backspace)], &[key!(shift-backspace)], &[key!(ctrl-h)]]),
    spec(Command::Text(Text::DeleteAfter),      "delete-after",      "Delete the character after",      &[&[key!(delete)]]),
    spec(Command::Text(Text::DeleteWord),       "delete-word",       "Delete the word before",          &[&[key!(ctrl-w)], &[key!(alt-backspace)], &[key!(ctrl-backspace)]]),
    spec(Command::Find(Find::Next),             "find-next",         "Next place",                      &[&[key!(enter)], &[key!(down)]]).hint("next"),
    spec(Command::Find(Find::Previous),         "find-previous",     "Previous place",                  &[&[key!(up)]]).hint("previous"),
    spec(Command::Find(Find::Leave),            "leave-find",        "Back to the text",                &[&[key!(esc)]]).hint("back"),

    spec(Command::Filter(Filter::Search),       "filter-to-search",  "Search everything instead",       &[&[key!('/')]]).hint("search everything"),
    spec(Command::Choose(Choose::Accept),       "accept",            "Take what is selected",           &[&[key!(enter)]]).hint("take"),
    spec(Command::Choose(Choose::Leave),        "leave",             "Leave",                           &[&[key!(esc)]]).hint("leave"),
    spec(Command::Choose(Choose::Next),         "next",              "Next",                            &[&[key!(down)], &[key!(ctrl-n)]]),
    spec(Command::Choose(Choose::Previous),     "previous",          "Previous",                        &[&[key!(up)]]),
    spec(Command::Choose(Choose::PageDown),     "next-page",         "Next page",                       &[&[key!(pagedown)]]),
    spec(Command::Choose(Choose::PageUp),       "previous-page",     "Previous page",                   &[&[key!(pageup)]]),
    spec(Command::Confirm(Confirm::Yes),        "yes",               "Yes",                             &[&[key!(y)]]).hint("yes"),
    spec(Command::Confirm(Confirm::No),         "no",                "No",                              &[&[key!(n)], &[key!(esc)]]).hint("no"),

    spec(Command::Menu(Menu::Choose),           "choose",            "Go this way",                     &[&[key!(enter)]]).hint("choose"),
    spec(Command::Menu(Menu::Leave),            "leave-menu",        "Leave",                           &[&[key!(esc)], &[key!(q)]]).hint("leave"),
    spec(Command::Ledger(Ledger::Record),       "record-consent",    "Record consent",                  &[&[key!(n)], &[key!(shift-c)]]).hint("new consent"),
    spec(Command::Ledger(Ledger::Withdraw),     "withdraw-consent",  "Withdraw the consent, as of today", &[&[key!(w)]]).hint("withdraw"),
    spec(Command::Ledger(Ledger::Edit),         "edit-consent",      "Edit the consent",                &[&[key!(enter)], &[key!(e)]]).hint("edit"),
    spec(Command::Ledger(Ledger::PassOn),       "pass-on-now",       "Pass something on",               &[&[key!(p)]]).hint("pass on"),
    spec(Command::Ledger(Ledger::Leave),        "leave-ledger",      "Leave",                           &[&[key!(esc)], &[key!(q)]]).hint("leave"),
    spec(Command::Picker(Picker::Complete),     "complete",          "Complete the name",               &[&[key!(tab)]]).hint("complete"),
    spec(Command::Mapping(Mapping::NextMeaning), "next-meaning",     "Next meaning of the column",      &[&[key!(right)], &[key!(space)], &[key!(l)]]).hint("change"),
    spec(Command::Mapping(Mapping::PreviousMeaning), "previous-meaning", "Previous meaning of the column", &[&[key!(left)], &[key!(h)]]),
    spec(Command::Mapping(Mapping::Signals),    "take-for-signals",  "Take the list for signals, or for students", &[&[key!(s)]]).hint("signals or students"),
    spec(Command::Mapping(Mapping::Accept),     "accept-mapping",    "Go on to the dry run",            &[&[key!(enter)], &[key!(ctrl-s)]]).hint("go on"),
    spec(Command::Mapping(Mapping::Leave),      "leave-mapping",     "Leave without importing",         &[&[key!(esc)], &[key!(q)]]).hint("leave"),
    spec(Command::DryRun(DryRun::Import),       "import",            "Import",                          &[&[key!(ctrl-s)]]).hint("import"),
    spec(Command::DryRun(DryRun::SaveRejects),  "save-rejects",      "Save the rejected rows to a file", &[&[key!(w)]]).hint("save rejects"),
    spec(Command::DryRun(DryRun::Leave),        "leave-dry-run",     "Leave without importing",         &[&[key!(esc)], &[key!(q)]]).hint("leave"),

    spec(Command::Duties(Duties::Step),         "duty-step",         "Do the next step of the duty",    &[&[key!(enter)]]).hint("next step"),
    spec(Command::Duties(Duties::Training),     "record-training",   "Record a training",               &[&[key!(t)]]).hint("training"),
    spec(Command::Duties(Duties::Absence),      "record-absence",    "Record an absence",               &[&[key!(a)]]).hint("absence"),
    spec(Command::Duties(Duties::Term),         "record-office",     "Record a term of office",         &[&[key!(o)]]).hint("term"),
    spec(Command::Duties(Duties::Edit),         "edit-duty-record",  "Edit the record behind the duty", &[&[key!(e)]]).hint("edit"),
    spec(Command::Duties(Duties::Delete),       "delete-duty-record", "Delete the record behind the duty", &[&[key!(d)]]),
    spec(Command::Duties(Duties::School),       "school-duties",     "My duties, or those of the school", &[&[key!(tab)], &[key!(s)]]).hint("school"),
    spec(Command::Duties(Duties::Leave),        "leave-duties",      "Leave the duties",                &[&[key!(esc)], &[key!(q)]]).hint("leave"),

    spec(Command::Feedback(Feedback::Number),   "change-number",     "Change a number of the rule",     &[&[key!(enter)], &[key!(e)]]).hint("change"),
    spec(Command::Feedback(Feedback::Switch),   "switch-rule",       "Switch the rule off, or on again", &[&[key!(x)]]).hint("off or on"),
    spec(Command::Feedback(Feedback::Setting),  "setting",           "More or fewer alerts, and how many rows", &[&[key!(s)]]).hint("how many"),
    spec(Command::Feedback(Feedback::Period),   "period",            "Count other weeks",               &[&[key!(tab)], &[key!(p)]]).hint("weeks"),
    spec(Command::Feedback(Feedback::Leave),    "leave-rules",       "Leave the rules",                 &[&[key!(esc)], &[key!(q)]]).hint("leave"),
    spec(Command::Trial(Trial::Take),           "take-numbers",      "Take the other numbers",          &[&[key!(ctrl-s)], &[key!(enter)]]).hint("take"),
    spec(Command::Trial(Trial::Leave),          "leave-numbers",     "Leave the numbers as they are",   &[&[key!(esc)], &[key!(q)]]).hint("leave"),
    spec(Command::History(History::Open),       "open-done",         "Go to the student",               &[&[key!(enter)]]).hint("go to"),
    spec(Command::History(History::Undo),       "undo-done",         "Undo the last change",            &[&[key!(u)]]).hint("undo"),
    spec(Command::History(History::Redo),       "redo-done",         "Redo",                            &[&[key!(ctrl-r)]]).hint("redo"),
    spec(Command::History(History::Leave),      "leave-history",     "Leave",                           &[&[key!(esc)], &[key!(q)]]).hint("leave"),
    spec(Command::Versions(Versions::Earlier),  "earlier-version",   "The version before",              &[&[key!(j)], &[key!(down)]]).hint("earlier"),
    spec(Command::Versions(Versions::Later),    "later-version",     "The version after",               &[&[key!(k)], &[key!(up)]]),
    spec(Command::Versions(Versions::Restore),  "restore-version",   "Take this version again",         &[&[key!(enter)]]).hint("take again"),
    spec(Command::Versions(Versions::Whole),    "whole-version",     "The whole text, or what changed", &[&[key!(tab)]]).hint("whole text"),
    spec(Command::Versions(Versions::ScrollDown), "version-down",    "Scroll the text down",            &[&[key!(pagedown)], &[key!(ctrl-d)], &[key!(space)]]),
    spec(Command::Versions(Versions::ScrollUp), "version-up",        "Scroll the text up",              &[&[key!(pageup)], &[key!(ctrl-u)]]),
    spec(Command::Versions(Versions::Leave),    "leave-versions",    "Leave",                           &[&[key!(esc)], &[key!(q)]]).hint("leave"),

    spec(Command::Global(Global::Palette),      "palette",           "Command palette",                 &[&[key!(':')], &[key!(ctrl-p)]]).hint("command"),
    spec(Command::Global(Global::Help),         "help",              "Help",                            &[&[key!('?')], &[key!(f1)]]).hint("help"),
    spec(Command::Global(Global::Desk),         "desk",              "Desk",                            &[&[key!(1)], &[key!(f2)]]),
    spec(Command::Global(Global::Triage),       "triage",            "Triage",                          &[&[key!(2)], &[key!(f3)]]),
    spec(Command::Global(Global::Meetings),     "meetings",          "Meetings",                        &[&[key!(3)], &[key!(f4)]]),
    spec(Command::Global(Global::Lock),         "lock",              "Lock",                            &[&[key!(ctrl-l)]]),
    spec(Command::Global(Global::Leave),        "quit",              "Quit",                            &[&[key!(ctrl-c)]]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Every command there is, from the enums themselves.
    fn every() -> Vec<Command> {
        fn all<T: VariantArray + Copy>(outer: fn(T) -> Command) -> Vec<Command> {
            T::VARIANTS.iter().map(|inner| outer(*inner)).collect()
        }
        Scope::VARIANTS
            .iter()
            .flat_map(|scope| match scope {
                Scope::Global => all(Command::Global),
                Scope::Desk => all(Command::Desk),
                Scope::Panes => all(Command::Panes),
                Scope::Student => all(Command::Student),
                Scope::Decide => all(Command::Decide),
                Scope::List => all(Command::List),
                Scope::Tutees => all(Command::Tutees),
                Scope::Roll => all(Command::Roll),
                Scope::Meetings => all(Command::Meetings),
                Scope::Triage => all(Command::Triage),
                Scope::Timeline => all(Command::Timeline),
                Scope::Note => all(Command::Note),
                Scope::Alerts => all(Command::Alerts),
                Scope::Writing => all(Command::Writing),
                Scope::Text => all(Command::Text),
                Scope::Find => all(Command::Find),
                Scope::Filter => all(Command::Filter),
                Scope::Choose => all(Command::Choose),
                Scope::Form => all(Command::Form),
                Scope::Field => all(Command::Field),
                Scope::Confirm => all(Command::Confirm),
                Scope::Menu => all(Command::Menu),
                Scope::Ledger => all(Command::Ledger),
                Scope::Picker => all(Command::Picker),
                Scope::Mapping => all(Command::Mapping),
                Scope::DryRun => all(Command::DryRun),
                Scope::Duties => all(Command::Duties),
                Scope::Feedback => all(Command::Feedback),
                Scope::Trial => all(Command::Trial),
                Scope::History => all(Command::History),
                Scope::Versions => all(Command::Versions),
            })
            .collect()
    }

    #[test]
    fn every_command_has_exactly_one_row() {
        for command in every() {
            let rows = SPECS.iter().filter(|spec| spec.command == command).count();
            assert_eq!(rows, 1, "{command:?}");
        }
        assert_eq!(every().len(), SPECS.len());
    }

    #[test]
    fn every_name_is_unique_and_in_kebab_case() {
        let names: HashSet<&str> = SPECS.iter().map(|spec| spec.name).collect();
        assert_eq!(names.len(), SPECS.len());
        assert!(names.iter().all(|name| name.chars().all(|c| c == '-' || c.is_ascii_lowercase())));
    }

    #[test]
    fn every_command_has_a_key_and_a_title() {
        assert!(SPECS.iter().all(|spec| !spec.keys.is_empty() && !spec.title.is_empty()));
        assert!(SPECS.iter().all(|spec| spec.keys.iter().all(|keys| !keys.is_empty())));
    }

    /// What some layouts, such as the German, French and Nordic ones, have behind `AltGr` alone.
    const BEHIND_ALTGR: &str = "@#[]{}\\|~`^$€£";

    #[test]
    fn no_command_is_reached_by_altgr_alone() {
        let easy = |key: &KeyCombination| {
            let typed = key.codes.iter().filter_map(crossterm::event::KeyCode::as_char);
            typed.into_iter().all(|c| c.is_ascii() && !BEHIND_ALTGR.contains(c))
        };
        for spec in SPECS {
            assert!(spec.keys.iter().any(|keys| keys.iter().all(easy)), "{}", spec.name);
        }
    }
}
