//! The words of a session of lines: those of its own, and the names of the table of commands that need no screen.

use crate::app::{
    Command, SPECS, Scope, Spec,
    command::{Alerts, Desk, Global, Note, Roll, Student, Timeline, Tutees},
    form::pick,
};

/// A word of this session; all others are names of the table of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The choices.
    Menu,
    /// How this works.
    Help,
    /// Everything that can be done.
    Commands,
    /// What is planned today.
    Today,
    /// The tutees.
    List,
    /// Who needs a word.
    Alerts,
    /// The triage list with its columns.
    Triage,
    /// What became of each slot of the policy.
    Meetings,
    /// Mark students of the list that was printed last.
    Mark,
    /// Take marks away.
    Unmark,
    /// Who is marked.
    Marked,
    /// Search everything.
    Find,
    /// Everything about the student in hand.
    Timeline,
    /// An entry as a whole.
    Read,
    /// Why the student in hand needs a word.
    Why,
    /// A command of the table.
    Of(Command),
}

/// The words, each with what it does; those of a student come after the others in the menu.
pub const WORDS: &[(&str, Word, &str)] = &[
    ("today", Word::Today, "What is planned today, and how many need a word"),
    ("list", Word::List, "List the tutees; words behind it choose among them"),
    ("alerts", Word::Alerts, "List who needs a word, and why"),
    (
        "triage",
        Word::Triage,
        "The triage list: owner, ladder, what is due; words choose, all shows more",
    ),
    (
        "meetings",
        Word::Meetings,
        "The slots of the policy for each tutee; words choose among them, open too",
    ),
    ("mark", Word::Mark, "Mark students of the list: mark 1 3-5, or mark all"),
    ("marked", Word::Marked, "Say who is marked, and what can be done about all of them"),
    ("search", Word::Find, "Search everything; the words stand behind it"),
    ("add", Word::Of(Command::Desk(Desk::AddStudent)), "Add a student"),
    ("import", Word::Of(Command::Desk(Desk::Import)), "Import students or signals"),
    ("undo", Word::Of(Command::Desk(Desk::Undo)), "Undo the last change"),
    ("redo", Word::Of(Command::Desk(Desk::Redo)), "Redo"),
    ("commands", Word::Commands, "Name every command"),
    ("help", Word::Help, "Say how this works"),
    ("lock", Word::Of(Command::Global(Global::Lock)), "Lock"),
    ("quit", Word::Of(Command::Global(Global::Leave)), "Quit"),
    ("timeline", Word::Timeline, "Everything about the student in hand"),
    ("why", Word::Why, "Why the student in hand needs a word"),
    ("meeting", Word::Of(Command::Student(Student::Meeting)), "Record a meeting"),
    ("note", Word::Of(Command::Student(Student::Note)), "Write a note"),
    ("contact", Word::Of(Command::Student(Student::Contact)), "Record another contact"),
    ("action", Word::Of(Command::Student(Student::Action)), "Add an action"),
    ("refer", Word::Of(Command::Student(Student::Refer)), "Refer to a service"),
    ("concern", Word::Of(Command::Student(Student::Concern)), "Raise a concern"),
    ("summary", Word::Of(Command::Student(Student::Summary)), "Summary of the meeting"),
    ("letter", Word::Of(Command::Student(Student::Letter)), "Write a letter"),
    ("read", Word::Read, "Read an entry of the timeline: its number stands behind it"),
    ("done", Word::Of(Command::Timeline(Timeline::Done)), "Mark an entry of the timeline as done"),
    ("menu", Word::Menu, "Say the choices again"),
    ("unmark", Word::Unmark, "Take marks away: of numbers of the list, or all"),
    ("group", Word::Of(Command::Tutees(Tutees::Group)), "Group meeting of who is marked"),
    ("export", Word::Of(Command::Roll(Roll::Export)), "Export who is marked to a file"),
];

/// How many of the words are in the menu: without a student in hand, and with one.
pub const IN_MENU: (usize, usize) = (16, 26);

/// The words, with what each does.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().map(|(name, _, title)| (*name, *title))
}

/// How this works.
pub const HELP: &[&str] = &[
    "Type a command, a number of the list that was printed last, or a student's name or number.",
    "A command about a student is about the one in hand: type the name or number first.",
    "A number may stand behind a command: done 3, edit 2, snooze 1.",
    "mark 1 3-5 marks students of the list; contact marked, action marked, letter marked, snooze marked, group and \
     export are then about all of them.",
    "menu says the choices, commands names everything that can be done, Enter says who is in hand.",
];

/// The word or command that is meant, by its name or the beginning of it.
#[must_use]
pub fn word(typed: &str) -> Option<Word> {
    let typed = typed.to_lowercase();
    let exact = WORDS.iter().find(|(name, ..)| *name == typed);
    if let Some((_, word, _)) = exact {
        return Some(*word);
    }
    let named = || SPECS.iter().filter(|spec| is_of_desk(spec.command));
    let place = pick(named().map(|spec| spec.name), &typed).ok();
    let place = place.filter(|_| typed.parse::<usize>().is_err() && typed.len() > 2)?;
    named().nth(place).map(|spec| Word::Of(spec.command))
}

/// Whether words behind it mean something.
#[must_use]
pub const fn takes(word: Word) -> bool {
    matches!(
        word,
        Word::List | Word::Find | Word::Triage | Word::Meetings | Word::Mark | Word::Unmark
    )
}

/// The command about all who are marked, where there is one.
#[must_use]
pub const fn about_marked(command: Command) -> Option<Command> {
    if matches!(command, Command::Student(Student::Meeting)) {
        return Some(Command::Tutees(Tutees::Group));
    }
    let is = matches!(
        command,
        Command::Student(Student::Contact | Student::Action | Student::Letter)
            | Command::Tutees(Tutees::Group)
            | Command::Roll(Roll::Export)
            | Command::Desk(Desk::Calendar)
            | Command::Decide(_)
    );
    if is { Some(command) } else { None }
}

/// Whether the command is about all who are marked, and about nobody else.
#[must_use]
pub const fn needs_marks(command: Command) -> bool {
    matches!(command, Command::Tutees(Tutees::Group) | Command::Roll(Roll::Export))
}

/// Whether the command has a meaning without a screen.
fn is_of_desk(command: Command) -> bool {
    let of_screen = matches!(
        command,
        Command::Desk(Desk::Filter | Desk::Back | Desk::Search)
            | Command::Roll(
                Roll::Mark | Roll::MarkAll | Roll::Export | Roll::Columns | Roll::ClearFilter
            )
            | Command::Timeline(Timeline::Open)
            | Command::Note(Note::Next | Note::Previous)
            | Command::Alerts(Alerts::All)
    );
    let has_place = matches!(Scope::from(command), Scope::Desk | Scope::Roll);
    matches!(command, Command::Global(Global::Lock | Global::Leave))
        || (has_place || needs_student(command)) && !of_screen
}

/// Whether the command is about the student in hand.
#[must_use]
pub fn needs_student(command: Command) -> bool {
    matches!(
        Scope::from(command),
        Scope::Student | Scope::Decide | Scope::Timeline | Scope::Note | Scope::Alerts
    )
}

/// Everything that can be done, with its name.
#[must_use]
pub fn commands() -> Vec<String> {
    let own = WORDS.iter().filter(|(_, word, _)| !matches!(word, Word::Of(_)));
    let own = own.map(|(name, _, title)| format!("{name}: {title}"));
    let named = SPECS.iter().filter(|spec| is_of_desk(spec.command));
    own.chain(named.map(|Spec { name, title, .. }| format!("{name}: {title}"))).collect()
}
