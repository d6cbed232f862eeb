//! The editor for notes: whole characters, grouped undo, paste, search, a limit. Plain text in, plain text out.

mod window;

use std::fmt;

use tui_input::Input;
use tui_textarea::{CursorMove, Scrolling, TextArea};

use self::window::Window;
use super::command::{Find, Text};
use crate::domain::plain;
use crate::domain::time::Now;

pub use self::window::Pos;

/// What a note holds at most, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Typing that pauses for longer is undone apart.
const PAUSE_MS: i64 = 1_000;

const FULL: &str = "not taken: a note holds at most 64 KiB; begin another note";

/// One edit that can be taken back.
#[derive(Clone)]
struct Step {
    at: Pos,
    removed: String,
    inserted: String,
    /// Where the cursor stood.
    before: Pos,
}

/// What the last edit was, so that the next one can join its step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Typing,
    Deleting,
}

/// A text being written.
#[derive(Clone, Default)]
pub struct Editor {
    window: Window,
    done: Vec<Step>,
    undone: Vec<Step>,
    run: Option<(Run, i64)>,
    revision: u64,
    /// The search line, while it is open.
    pub find: Option<Input>,
    /// Why the last key did nothing.
    pub notice: Option<&'static str>,
}

impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Editor …")
    }
}

impl Editor {
    /// An editor over a text, with the cursor at its start.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { window: Window::new(&plain::lines(text)), ..Self::default() }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.window.text()
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.window.bytes() == 0
    }

    /// A number that grows with each change of the text.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where the cursor stands in the whole text.
    #[must_use]
    pub fn cursor(&self) -> Pos {
        self.window.cursor()
    }

    /// How many lines the text has, before wrapping.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.window.len()
    }

    /// The widget around the cursor; a long text is not all in it.
    #[must_use]
    pub fn area(&self) -> &TextArea<'static> {
        self.window.area()
    }

    /// Puts the cursor at a place of the whole text, or at the nearest there is.
    pub fn go(&mut self, to: Pos) {
        self.run = None;
        self.window.go(to);
        self.window.settle();
    }

    /// Puts the cursor at the end.
    pub fn go_end(&mut self) {
        self.go(Pos { row: usize::MAX, col: usize::MAX });
    }

    /// Puts the cursor at a cell of the drawn widget, counted from its top left corner.
    pub fn click(&mut self, row: u16, col: u16) {
        self.run = None;
        self.window.click(row, col);
    }

    /// Types one character.
    pub fn type_char(&mut self, c: char, now: Now) {
        if c != '\n' && c != '\t' && plain::is_unsafe(c) {
            return;
        }
        let word_begins =
            !c.is_whitespace() && self.window.before().is_none_or(char::is_whitespace);
        let joins = self.joins(Run::Typing, now) && !word_begins && c != '\n';
        let at = self.cursor();
        self.edit(at, at, c.encode_utf8(&mut [0; 4]), joins);
        self.run = Some((Run::Typing, now.utc_ms));
    }

    /// Inserts pasted text in one step.
    pub fn paste(&mut self, text: &str) {
        let at = self.cursor();
        self.run = None;
        self.edit(at, at, &plain::lines(text), false);
    }

    /// Takes another text in one step that can be undone.
    pub fn replace(&mut self, text: &str) {
        self.run = None;
        let end = self.window.end();
        self.edit(Pos::default(), end, &plain::lines(text), false);
    }

    /// Carries out one of the text commands; the search line and `$EDITOR` belong to the caller.
    pub fn run(&mut self, command: Text, now: Now) {
        self.notice = None;
        match command {
            Text::Left => self.go(self.window.left()),
            Text::Right => self.go(self.window.right()),
            Text::Up => self.step(CursorMove::Up),
            Text::Down => self.step(CursorMove::Down),
            Text::WordLeft => self.step(CursorMove::WordBack),
            Text::WordRight => self.step(CursorMove::WordForward),
            Text::LineStart => self.step(CursorMove::Head),
            Text::LineEnd => self.step(CursorMove::End),
            Text::PageUp => self.scroll(Scrolling::PageUp),
            Text::PageDown => self.scroll(Scrolling::PageDown),
            Text::Start => self.go(Pos::default()),
            Text::End => self.go_end(),
            Text::Newline => self.type_char('\n', now),
            Text::DeleteBefore => self.delete(self.window.left(), self.cursor(), now),
            Text::DeleteAfter => self.delete(self.cursor(), self.window.right(), now),
            Text::DeleteWord => {
                let end = self.cursor();
                self.step(CursorMove::WordBack);
                let start = self.cursor();
                self.window.go(end);
                self.delete(start, end, now);
            }
            Text::Undo => self.undo(),
            Text::Redo => self.redo(),
            Text::Find => self.find = Some(Input::default()),
            Text::Editor => {}
        }
    }

    /// Goes to the next place that reads like the search line, from the cursor on, round the end.
    /// Says whether there is one.
    pub fn find_next(&mut self, forward: bool, from_here: bool) -> bool {
        let query = self.find.as_ref().map(|input| input.value().to_owned()).unwrap_or_default();
        let found = self.window.find(&query, forward, from_here);
        if let Some(at) = found {
            self.go(at);
        }
        self.notice = (found.is_none() && !query.is_empty()).then_some("not in this text");
        found.is_some()
    }

    /// Carries out a command of the search line.
    pub fn run_find(&mut self, command: Find) {
        match command {
            Find::Next => drop(self.find_next(true, false)),
            Find::Previous => drop(self.find_next(false, false)),
            Find::Leave => self.close_find(),
        }
    }

    /// Closes the search line.
    pub fn close_find(&mut self) {
        self.find = None;
        self.window.find("", true, true);
    }

    fn step(&mut self, to: CursorMove) {
        self.run = None;
        self.window.step(to);
    }

    fn scroll(&mut self, by: Scrolling) {
        self.run = None;
        self.window.scroll(by);
    }

    fn joins(&self, run: Run, now: Now) -> bool {
        self.run.is_some_and(|(last, at)| last == run && now.utc_ms.saturating_sub(at) <= PAUSE_MS)
    }

    fn delete(&mut self, start: Pos, end: Pos, now: Now) {
        if start == end {
            return;
        }
        let joins = self.joins(Run::Deleting, now);
        self.edit(start, end, "", joins);
        self.run = Some((Run::Deleting, now.utc_ms));
    }

    fn edit(&mut self, start: Pos, end: Pos, text: &str, joins: bool) {
        self.notice = None;
        let before = self.cursor();
        if !text.is_empty() {
            let freed = if start == end { 0 } else { self.window.slice(start, end).len() };
            if self.window.bytes() - freed + text.len() > MAX_BYTES {
                self.notice = Some(FULL);
                return;
            }
        }
        let removed = self.window.splice(start, end, text);
        if removed.is_empty() && text.is_empty() {
            return;
        }
        self.revision += 1;
        self.undone.clear();
        let step = Step { at: start, removed, inserted: text.to_owned(), before };
        let joined = joins && self.done.last_mut().is_some_and(|last| last.join(&step));
        if !joined {
            self.done.push(step);
        }
    }

    fn undo(&mut self) {
        self.run = None;
        let Some(step) = self.done.pop() else {
            self.notice = Some("nothing left to undo in this text");
            return;
        };
        self.window.splice(step.at, step.at.after(&step.inserted), &step.removed);
        self.window.go(step.before);
        self.window.settle();
        self.revision += 1;
        self.undone.push(step);
    }

    fn redo(&mut self) {
        self.run = None;
        let Some(step) = self.undone.pop() else {
            self.notice = Some("nothing to redo in this text");
            return;
        };
        self.window.splice(step.at, step.at.after(&step.removed), &step.inserted);
        self.revision += 1;
        self.done.push(step);
    }
}

impl Step {
    /// Takes an edit that continues this one; says whether it does.
    fn join(&mut self, next: &Self) -> bool {
        if next.removed.is_empty()
            && self.removed.is_empty()
            && next.at == self.at.after(&self.inserted)
        {
            self.inserted.push_str(&next.inserted);
            return true;
        }
        if !next.inserted.is_empty() || !self.inserted.is_empty() {
            return false;
        }
        if next.at.after(&next.removed) == self.at {
            self.removed.insert_str(0, &next.removed);
            self.at = next.at;
            return true;
        }
        if next.at == self.at {
            self.removed.push_str(&next.removed);
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::widgets::Widget;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::app::testing::now_at;

    fn typed(editor: &mut Editor, text: &str) {
        for c in text.chars() {
            editor.type_char(c, now_at(0));
        }
    }

    #[test]
    fn typing_is_undone_by_words_and_pauses() {
        let mut editor = Editor::default();
        typed(&mut editor, "Settling in");
        editor.run(Text::Undo, now_at(0));
        assert_eq!(editor.text(), "Settling ");
        editor.run(Text::Redo, now_at(0));
        assert_eq!(editor.text(), "Settling in");
        editor.type_char('g', now_at(5_000));
        editor.run(Text::Undo, now_at(5_001));
        assert_eq!(editor.text(), "Settling in");
    }

    #[test]
    fn backspace_takes_a_whole_family() {
        let mut editor = Editor::new("a👨\u{200d}👩\u{200d}👧e\u{301}");
        editor.go_end();
        editor.run(Text::DeleteBefore, now_at(0));
        assert_eq!(editor.text(), "a👨\u{200d}👩\u{200d}👧");
        editor.run(Text::DeleteBefore, now_at(0));
        assert_eq!(editor.text(), "a");
        editor.run(Text::Undo, now_at(0));
        assert_eq!(editor.text(), "a👨\u{200d}👩\u{200d}👧e\u{301}");
    }

    #[test]
    fn a_paste_is_one_step_in_plain_text() {
        let mut editor = Editor::default();
        editor.paste("one\r\ntwo\rthree\u{1b}[2J\u{202e}");
        assert_eq!(editor.text(), "one\ntwo\nthree[2J");
        assert_eq!(editor.cursor(), Pos { row: 2, col: 8 });
        editor.run(Text::Undo, now_at(0));
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn a_full_note_says_so_and_keeps_what_it_has() {
        let mut editor = Editor::new(&"x".repeat(MAX_BYTES));
        editor.go_end();
        assert_eq!(editor.cursor().col, MAX_BYTES);
        editor.type_char('y', now_at(0));
        assert_eq!(editor.notice, Some(FULL));
        assert_eq!(editor.text().len(), MAX_BYTES);
        editor.run(Text::DeleteBefore, now_at(0));
        editor.type_char('y', now_at(0));
        assert!(editor.text().ends_with("xy"));
    }

    #[test]
    fn a_note_that_came_too_long_stays_whole() {
        let long = "ab\n".repeat(MAX_BYTES);
        assert_eq!(Editor::new(&long).text(), long);
    }

    #[test]
    fn search_goes_round_the_text_whatever_the_case() {
        let mut editor = Editor::new("Skills\nbook skills workshop\nnone");
        editor.run(Text::Find, now_at(0));
        editor.find = Some("skills".into());
        assert!(editor.find_next(true, true));
        assert_eq!(editor.cursor(), Pos { row: 0, col: 0 });
        assert!(editor.find_next(true, false));
        assert_eq!(editor.cursor(), Pos { row: 1, col: 5 });
        assert!(editor.find_next(true, false));
        assert_eq!(editor.cursor(), Pos { row: 0, col: 0 });
        assert!(editor.find_next(false, false));
        assert_eq!(editor.cursor(), Pos { row: 1, col: 5 });
        editor.find = Some("(".into());
        assert!(!editor.find_next(true, false));
        assert_eq!(editor.notice, Some("not in this text"));
    }

    #[test]
    fn a_long_note_is_edited_anywhere_and_stays_itself() {
        let text = (0..9_000).fold(String::new(), |text, n| text + &n.to_string() + "\n");
        let mut editor = Editor::new(&text);
        editor.go(Pos { row: 4_567, col: 4 });
        typed(&mut editor, " Ö");
        assert!(editor.text().contains("4567 Ö\n4568"));
        for _ in 0..700 {
            editor.run(Text::Down, now_at(0));
        }
        assert_eq!(editor.cursor().row, 4_567 + 700);
        editor.run(Text::Start, now_at(0));
        editor.run(Text::Undo, now_at(0));
        editor.run(Text::Undo, now_at(0));
        assert_eq!(editor.text(), text);
        editor.replace("short");
        assert_eq!(editor.line_count(), 1);
        editor.run(Text::Undo, now_at(0));
        assert_eq!(editor.text(), text);
    }

    #[test]
    fn a_key_in_a_long_note_takes_little_time() {
        let text = "a\n".repeat(12_000);
        let mut editor = Editor::new(&text);
        let area = Rect::new(0, 0, 80, 24);
        editor.go(Pos { row: 6_000, col: 0 });
        editor.area().render(area, &mut Buffer::empty(area));
        let begun = Instant::now();
        for _ in 0..50 {
            typed(&mut editor, "a ");
            editor.area().render(area, &mut Buffer::empty(area));
        }
        let each = begun.elapsed() / 100;
        assert!(each.as_millis() < 40, "{each:?} a key, unoptimised");
    }

    #[derive(Debug, Clone)]
    enum Act {
        Type(char),
        Paste(String),
        Run(Text),
    }

    fn act() -> impl Strategy<Value = Act> {
        let piece = prop_oneof![
            Just('a'),
            Just(' '),
            Just('\n'),
            Just('\u{301}'),
            Just('\u{200d}'),
            Just('👩'),
            Just('🇬'),
            Just('陈'),
            Just('\t'),
            any::<char>(),
        ];
        let commands = <Text as strum::VariantArray>::VARIANTS;
        prop_oneof![
            3 => piece.clone().prop_map(Act::Type),
            1 => proptest::collection::vec(piece, 0..8).prop_map(|chars| Act::Paste(chars.into_iter().collect())),
            4 => (0..commands.len()).prop_map(|at| Act::Run(commands[at])),
        ]
    }

    fn on_a_boundary(editor: &Editor) -> bool {
        let (text, at) = (editor.text(), editor.cursor());
        let line = text.split('\n').nth(at.row).unwrap();
        let byte = line.char_indices().nth(at.col).map_or(line.len(), |(byte, _)| byte);
        byte == line.len() || line.grapheme_indices(true).any(|(start, _)| start == byte)
    }

    proptest! {
        #[test]
        fn random_edits_never_split_a_character(
            text in "[a-z 👩\u{200d}🇬🇧e\u{301}\n]{0,40}",
            acts in proptest::collection::vec(act(), 0..60),
            width in 1u16..30,
        ) {
            let mut editor = Editor::new(&text);
            let area = Rect::new(0, 0, width, 5);
            for (steps, act) in (0..).zip(acts) {
                editor.area().render(area, &mut Buffer::empty(area));
                let before = editor.text();
                match act.clone() {
                    Act::Type(c) => editor.type_char(c, now_at(steps * 700)),
                    Act::Paste(pasted) => editor.paste(&pasted),
                    Act::Run(command) => editor.run(command, now_at(steps * 700)),
                }
                let after = editor.text();
                prop_assert!(on_a_boundary(&editor), "{act:?}: {before:?} {after:?} {:?}", editor.cursor());
                prop_assert_eq!(after.len(), editor.window.bytes());
                prop_assert!(!after.chars().any(|c| c != '\n' && c != '\t' && plain::is_unsafe(c)));
                if matches!(act, Act::Run(Text::DeleteBefore | Text::DeleteAfter)) && before != after {
                    let gone = before.graphemes(true).filter(|one| *one != "\r\n").count();
                    prop_assert!(after.chars().count() < before.chars().count() && gone > 0);
                }
            }
            let (end, done) = (editor.text(), editor.done.len());
            while !editor.done.is_empty() {
                editor.run(Text::Undo, now_at(0));
            }
            prop_assert_eq!(editor.text(), plain::lines(&text).into_owned());
            for _ in 0..done {
                editor.run(Text::Redo, now_at(0));
            }
            prop_assert_eq!(editor.text(), end);
        }

        #[test]
        fn any_text_round_trips(text in any::<String>()) {
            let kept = plain::lines(&text).into_owned();
            prop_assert_eq!(Editor::new(&text).text(), kept);
        }
    }
}
