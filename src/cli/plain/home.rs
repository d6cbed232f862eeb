//! The desk as commands: who is in hand, what numbers mean, and every command of the table by its name.

use super::{
    lists,
    menu::{self, HELP, IN_MENU, WORDS, Word, needs_marks, needs_student, takes, word},
    talk::{Question, Turn},
    words::counted,
};
use crate::{
    app::{
        Command, Model, Pane, Typed,
        command::{Desk, Global, Roll, Timeline},
        popup::Popup,
    },
    cli::who,
    domain::{note::NoteId, record::Kind, student::StudentId, timeline::Filter},
};

mod boards;
mod marks;

/// How many lines of an alert are in the list of all.
const SHOWN: usize = 5;

/// What the numbers of the list that was printed last stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Rows {
    /// The choices of the menu.
    #[default]
    Menu,
    /// Students.
    Students(Vec<StudentId>),
    /// The entries of the timeline of the student in hand.
    Entries,
}

/// The desk as this session sees it.
#[derive(Debug, Clone, Default)]
pub struct Home {
    greeted: bool,
    /// The student in hand, once one was chosen.
    hand: Option<StudentId>,
    /// The student that the model had in hand at the last question.
    seen: Option<StudentId>,
    rows: Rows,
    /// Who is marked, in the order of the lists they were printed in.
    marks: Vec<StudentId>,
}

impl Home {
    /// What is said and asked at the desk.
    pub fn ask(&mut self, model: &Model) -> Question {
        let mut says = Vec::new();
        if model.locked {
            return Question {
                prompt: "The profile is not open. quit ends: ".into(),
                ..Default::default()
            };
        }
        let student = model.desk.student();
        if !self.greeted {
            (self.greeted, self.seen) = (true, student);
            says.push(format!(
                "tutelage, {}",
                model.records.me().map_or("nobody works here yet", |me| me.name.as_str())
            ));
            says.extend(lists::today(model));
            says.push("Type menu for the choices, help for how this works.".into());
        }
        let there = |student: &StudentId| model.records.file(*student).is_some();
        if self.hand.as_ref().is_some_and(|hand| !there(hand)) {
            (self.hand, self.seen) = (None, student);
        }
        if student != self.seen {
            (self.hand, self.seen) = (student, student);
            self.rows = Rows::Menu;
        }
        let hand = self.hand.map(|hand| lists::name(model, hand));
        let prompt =
            hand.map_or_else(|| "Command: ".to_owned(), |name| format!("{name}, command: "));
        Question { says, prompt, unseen: false }
    }

    /// Takes a line.
    pub fn hear(&mut self, turn: &mut Turn<'_>, line: &str) {
        if turn.model.locked {
            return turn.run(Command::Global(Global::Leave));
        }
        if line.is_empty() {
            return self.tell_hand(turn);
        }
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if let Ok(number) = line.parse::<usize>()
            && self.choose(turn, number)
        {
            return;
        }
        let number = rest.trim().parse::<usize>().ok();
        match word(first) {
            Some(Word::Of(command)) if rest.trim() == "marked" || needs_marks(command) => {
                self.about_marked(turn, command);
            }
            Some(word) if rest.is_empty() || takes(word) || number.is_some() => {
                if let Some(number) = number.filter(|_| !takes(word))
                    && !self.point(turn, number)
                {
                    return turn.say("There is no such number in the list that was printed last.");
                }
                self.obey(turn, word, rest.trim());
            }
            _ => self.meet(turn, line),
        }
    }

    fn obey(&mut self, turn: &mut Turn<'_>, word: Word, rest: &str) {
        match word {
            Word::Menu => self.menu(turn),
            Word::Help => HELP.iter().for_each(|help| turn.say(*help)),
            Word::Commands => turn.says.extend(menu::commands()),
            Word::Today => turn.says.extend(lists::today(turn.model)),
            Word::List => self.list(turn, rest),
            Word::Alerts => self.alerts(turn),
            Word::Triage => self.triage(turn, rest),
            Word::Meetings => self.meetings(turn, rest),
            Word::Mark => self.mark(turn, rest),
            Word::Unmark => self.unmark(turn, rest),
            Word::Marked => self.marked(turn),
            Word::Find => {
                turn.run(Command::Desk(Desk::Search));
                if !rest.is_empty() {
                    turn.send(Typed::Line(rest.to_owned()));
                }
            }
            Word::Of(command) if needs_student(command) && self.hand.is_none() => {
                turn.say("No student is in hand: type a name or number first, or list.");
            }
            Word::Of(command) => {
                turn.run(command);
                if matches!(command, Command::Roll(Roll::Scope | Roll::Sort)) {
                    self.list(turn, "");
                } else if command == Command::Timeline(Timeline::Kinds) {
                    self.timeline(turn);
                }
            }
            Word::Timeline | Word::Read | Word::Why if self.hand.is_none() => {
                turn.say("No student is in hand: type a name or number first, or list.");
            }
            Word::Timeline => self.timeline(turn),
            Word::Read => read(turn),
            Word::Why => {
                let why = self.hand.map(|hand| lists::alert(turn.model, hand)).unwrap_or_default();
                let nothing = why.is_empty();
                turn.says.extend(why);
                if nothing {
                    turn.say("Nothing is the matter: no alert.");
                }
            }
        }
    }

    /// What a number alone means; whether it means anything.
    fn choose(&mut self, turn: &mut Turn<'_>, number: usize) -> bool {
        if self.rows == Rows::Menu {
            let place = number.checked_sub(1).filter(|place| *place < self.in_menu());
            let Some((_, word, _)) = place.and_then(|place| WORDS.get(place)) else { return false };
            self.obey(turn, *word, "");
            return true;
        }
        let entries = self.rows == Rows::Entries;
        let known = self.point(turn, number);
        if known && entries {
            read(turn);
        } else if known {
            self.tell_hand(turn);
        }
        known
    }

    /// Takes the row with this number in hand.
    fn point(&mut self, turn: &mut Turn<'_>, number: usize) -> bool {
        let Some(place) = number.checked_sub(1) else { return false };
        match &self.rows {
            Rows::Menu => false,
            Rows::Students(students) => {
                let Some(student) = students.get(place).copied() else { return false };
                self.take(turn, student);
                true
            }
            Rows::Entries => {
                let there = place < turn.model.desk.timeline.entries.len();
                if there {
                    turn.send(Typed::Entry(place));
                }
                there
            }
        }
    }

    fn take(&mut self, turn: &mut Turn<'_>, student: StudentId) {
        turn.send(Typed::Take(student));
        (self.hand, self.seen) = (Some(student), turn.model.desk.student());
    }

    /// Whom a name or a number means.
    fn meet(&mut self, turn: &mut Turn<'_>, line: &str) {
        let found: Vec<StudentId> =
            who::meant(&turn.model.records, line).iter().map(|file| file.student.id).collect();
        match found.as_slice() {
            [student] => {
                self.take(turn, *student);
                self.rows = Rows::Menu;
                self.tell_hand(turn);
            }
            [] => turn.say(format!(
                "\"{line}\" is no command, and no student's name or number. Type help."
            )),
            many => {
                turn.say(format!("{} can be meant:", counted(many.len(), "student")));
                self.print(turn, many.to_vec());
            }
        }
    }

    /// Says what a search has led to: an entry as a whole, or who a student is.
    pub fn arrive(&mut self, turn: &mut Turn<'_>) {
        (self.hand, self.seen) = (turn.model.desk.student(), turn.model.desk.student());
        self.rows = Rows::Menu;
        let entry = turn.model.desk.timeline.selected();
        match entry.filter(|_| turn.model.focus == Pane::Timeline) {
            Some(entry) if entry.record.kind != Kind::Allocation => read(turn),
            _ => self.tell_hand(turn),
        }
    }

    fn tell_hand(&mut self, turn: &mut Turn<'_>) {
        let model = &*turn.model;
        let Some(file) = self.hand.and_then(|hand| model.records.file(hand)) else {
            return turn.say("No student is in hand. Type menu for the choices.");
        };
        let (head, alert) = (lists::head(file, model), lists::alert(model, file.student.id));
        let entries =
            counted(model.desk.timeline.entries.len(), "entry").replace("entrys", "entries");
        turn.say(format!("In hand: {head}."));
        turn.says.extend(alert.into_iter().skip(1));
        turn.say(format!("{entries} in the timeline: type timeline, or menu for the choices."));
    }

    const fn in_menu(&self) -> usize {
        if self.hand.is_some() { IN_MENU.1 } else { IN_MENU.0 }
    }

    fn menu(&mut self, turn: &mut Turn<'_>) {
        self.rows = Rows::Menu;
        let choices = (1..).zip(WORDS).take(self.in_menu());
        turn.says
            .extend(choices.map(|(number, (name, _, title))| format!("{number} {name}: {title}")));
    }

    fn list(&mut self, turn: &mut Turn<'_>, words: &str) {
        let model = &*turn.model;
        let tutees = &model.desk.tutees;
        let students = boards::chosen(model, words);
        let (scope, order) = (model.desk.scope.words(), tutees.sort().words());
        turn.say(format!("{scope} {order}: {} of {}.", students.len(), tutees.total()));
        self.print(turn, students);
    }

    fn print(&mut self, turn: &mut Turn<'_>, students: Vec<StudentId>) {
        let model = &*turn.model;
        let line = |student: &StudentId| match model.desk.tutees.find(*student) {
            Some(row) => lists::tutee(row, model),
            None => {
                model.records.file(*student).map_or_else(String::new, |it| lists::head(it, model))
            }
        };
        let lines: Vec<String> = students.iter().map(line).collect();
        turn.says
            .extend((1..).zip(lines).map(|(number, line): (usize, _)| format!("{number} {line}")));
        self.rows = Rows::Students(students);
    }

    fn alerts(&mut self, turn: &mut Turn<'_>) {
        let model = &*turn.model;
        let rows = model.desk.alerts.rows();
        let students: Vec<StudentId> = rows.iter().map(|row| row.student).collect();
        let mut says = Vec::new();
        for (number, student) in (1..).zip(&students) {
            let mut lines = lists::alert(model, *student).into_iter();
            let head: Option<String> = lines.next();
            says.extend(head.map(|head| format!("{number} {}", head.replace("  ", ", "))));
            let lines: Vec<String> = lines.collect();
            says.extend(lines.iter().take(SHOWN).cloned());
            if lines.len() > SHOWN {
                says.push(format!("and more: why {number} says all of it"));
            }
        }
        if says.is_empty() {
            says.push(if model.desk.tutees.total() == 0 {
                lists::nobody(model)
            } else {
                "Nobody needs a word: no open concern, nothing overdue, everybody met.".into()
            });
        } else {
            says.push("next-step and a number does what stands behind Next; snooze, not-right and close-alert decide.".into());
        }
        turn.says.extend(says);
        self.rows = Rows::Students(students);
    }

    fn timeline(&mut self, turn: &mut Turn<'_>) {
        let model = &*turn.model;
        let timeline = &model.desk.timeline;
        let only = if timeline.filter == Filter::All {
            String::new()
        } else {
            format!(", only {}", timeline.filter.words())
        };
        let name = self.hand.map(|hand| lists::name(model, hand)).unwrap_or_default();
        let mut says = vec![format!("Timeline of {name}{only}, the latest first")];
        says.extend(
            (1..).zip(&timeline.entries).map(|(number, entry): (usize, _)| {
                format!("{number} {}", lists::entry(entry, model))
            }),
        );
        if timeline.entries.is_empty() {
            says.push("Nothing is recorded yet.".into());
        }
        turn.says.extend(says);
        self.rows = Rows::Entries;
    }
}

/// The entry under the cursor as a whole, with what belongs to it; a look at a restricted note is recorded.
fn read(turn: &mut Turn<'_>) {
    let model = &*turn.model;
    let timeline = &model.desk.timeline;
    let here = timeline.cursor.selected;
    let below = timeline.entries.iter().skip(here + 1).take_while(|entry| entry.nested);
    let Some(first) = timeline.entries.get(here) else {
        return turn.say("Nothing is recorded yet.");
    };
    let shown: Vec<_> = std::iter::once(first).chain(below).collect();
    let texts: Vec<String> = shown.iter().map(|entry| lists::text(entry, model)).collect();
    let notes: Vec<(StudentId, NoteId)> =
        shown.iter().filter_map(|entry| Some(lists::note(entry, model)?.0)).collect();
    turn.says.extend(texts.iter().flat_map(|text| text.lines()).map(str::to_owned));
    turn.send(Typed::Read(notes));
}

/// The notes of which a search shows words, or a form the text.
#[must_use]
pub fn found(model: &Model) -> Vec<(StudentId, NoteId)> {
    match model.popups.last() {
        Some(Popup::Hits(hits)) => lists::notes_of(&hits.found.first),
        Some(Popup::Form(popup)) => {
            popup.notes(&model.records).map(|note| (note.student, note.id)).collect()
        }
        _ => Vec::new(),
    }
}
