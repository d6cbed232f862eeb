//! The picture that a start shows before the records are loaded, and the keys that are pressed meanwhile.

use std::{fmt, iter, sync::Arc, time::Duration};

use crossterm::event::{KeyEvent, MouseEvent, MouseEventKind};
use ratatui::style::Style;

use super::{
    command::{Command, Desk, Global},
    keymap::Found,
    model::Model,
    msg::{Access, Effect, Msg, Timer},
    place::Place,
};
use crate::{
    domain::{records::Records, time::Now},
    exchange::packs::Packs,
};

/// So many keys are kept until the profile is open.
const EARLY: usize = 64;
/// An opening that takes longer than this is said to take a while.
const SHORT: Duration = Duration::from_millis(400);

/// A picture of the desk as it is when the program starts: runs of text of one style, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstPage {
    /// Columns of the screen it was made for.
    pub width: u16,
    /// Rows of that screen.
    pub height: u16,
    /// The rows from the top, each from the left.
    pub rows: Vec<Vec<(String, Style)>>,
}

/// Prints its size, never what it shows.
impl fmt::Debug for FirstPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FirstPage({} × {} …)", self.width, self.height)
    }
}

/// What a first page is made of.
#[derive(Clone)]
pub struct FirstPageWanted {
    /// Columns of the screen.
    pub width: u16,
    /// Rows of the screen.
    pub height: u16,
    /// What the profile holds.
    pub records: Arc<Records>,
    /// The policies and letters that can be chosen.
    pub packs: Arc<Packs>,
    /// Whether a passphrase protects the profile.
    pub sealed: bool,
    /// The moment.
    pub now: Now,
    /// The entry of the journal that the records are as of.
    pub written: u64,
    /// What the terminal has said of its background, as red, green and blue; whoever heard it fills it in.
    pub ground: Option<(u8, u8, u8)>,
    /// For how long.
    pub span: Span,
}

/// For which starts pages are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// For those of the day, when somebody waits.
    Today,
    /// For those of some days.
    Days,
}

impl PartialEq for FirstPageWanted {
    fn eq(&self, other: &Self) -> bool {
        (self.width, self.height, self.sealed, self.now, self.ground, self.span)
            == (other.width, other.height, other.sealed, other.now, other.ground, other.span)
    }
}

impl Eq for FirstPageWanted {}

/// Prints for which screen, never of what.
impl fmt::Debug for FirstPageWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FirstPageWanted({} × {} …)", self.width, self.height)
    }
}

/// The first page while it is shown, and the keys that wait for the records.
#[derive(Debug, Clone)]
pub struct Opening {
    /// What is shown.
    pub page: Arc<FirstPage>,
    /// Whether it takes so long that it is said.
    pub slow: bool,
    early: Vec<Early>,
}

/// What was done before the records were there.
#[derive(Debug, Clone, Copy)]
pub enum Early {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was clicked: on what stands there once the desk itself is drawn.
    Click(MouseEvent),
}

impl Model {
    /// Shows the first page until the profile is open.
    pub(super) fn show_first_page(&mut self, page: Arc<FirstPage>) -> Vec<Effect> {
        self.opening = Some(Opening { page, slow: false, early: Vec::new() });
        vec![Effect::Arm(Timer::Opening, SHORT)]
    }

    /// Whether the profile is on its way: nothing is loaded yet, and nothing was asked for but that.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.opening.is_some() || (self.locked && self.popups.is_empty())
    }

    /// Whether keys wait: for the records, or for the picture that a click was meant for.
    pub(super) const fn is_catching_up(&self) -> bool {
        self.opening.is_some() || !self.late.is_empty()
    }

    /// How far the records are, on the screen and in the journal, and the page of the next start.
    pub(super) fn follow_page(&mut self, msg: &Msg) -> Vec<Effect> {
        if let Msg::Loaded(percent) = msg {
            self.loaded = Some(*percent).filter(|_| self.locked);
        } else if let Msg::Written(entry) = msg {
            self.written = *entry;
        } else {
            return self.keep_first_page(Span::Days).into_iter().collect();
        }
        Vec::new()
    }

    /// What happens until the picture is drawn that an early click was meant for: keys and clicks wait behind it.
    fn heed_late(&mut self, msg: Msg) -> Vec<Effect> {
        let waits = if let Msg::Key(key) = msg {
            Early::Key(key)
        } else if let Msg::Mouse(mouse) = msg
            && matches!(mouse.kind, MouseEventKind::Down(_))
        {
            Early::Click(mouse)
        } else {
            return self.heed(msg);
        };
        if self.late.len() < EARLY {
            self.late.push(waits);
        }
        Vec::new()
    }

    /// What happens while the first page is shown: keys and clicks wait for the records, everything else is as ever.
    pub(super) fn heed_opening(&mut self, msg: Msg) -> Vec<Effect> {
        if self.opening.is_none() {
            return self.heed_late(msg);
        }
        if let Msg::Key(key) = msg {
            return self.early(key);
        }
        if let (Msg::Mouse(mouse), Some(opening)) = (&msg, &mut self.opening)
            && matches!(mouse.kind, MouseEventKind::Down(_))
            && opening.early.len() < EARLY
        {
            opening.early.push(Early::Click(*mouse));
        }
        if matches!(msg, Msg::Mouse(_) | Msg::Typed(_) | Msg::Paste(_)) {
            return Vec::new();
        }
        if let (Msg::Due(Timer::Opening), Some(opening)) = (&msg, &mut self.opening) {
            opening.slow = true;
        }
        if !matches!(msg, Msg::Opened(_) | Msg::NotOpened(_)) {
            return self.heed(msg);
        }
        let waited = self.opening.take().map(|opening| opening.early);
        let mut effects = vec![Effect::Disarm(Timer::Opening)];
        effects.extend(self.heed(msg));
        effects.extend(self.catch_up(waited.unwrap_or_default()));
        effects
    }

    /// A key that was pressed before the records are there: it waits for them, unless it quits.
    fn early(&mut self, key: KeyEvent) -> Vec<Effect> {
        let Some(opening) = &mut self.opening else { return Vec::new() };
        match self.keymap.find(Place::Tutees, &[key.into()], |_| true) {
            Found::Command(Command::Global(Global::Leave)) => return vec![Effect::Quit],
            Found::Command(Command::Desk(Desk::Back)) if opening.early.is_empty() => {
                return vec![Effect::Quit];
            }
            Found::Command(_) | Found::Prefix | Found::Nothing => {}
        }
        if opening.early.len() < EARLY {
            opening.early.push(Early::Key(key));
        }
        Vec::new()
    }

    /// The keys that waited count now, unless something is asked that nobody has seen yet; a click, and what came after
    /// it, once the desk is drawn.
    fn catch_up(&mut self, waited: Vec<Early>) -> Vec<Effect> {
        if self.locked || !self.popups.is_empty() {
            return Vec::new();
        }
        let mut effects = Vec::new();
        let mut waited = waited.into_iter();
        while let Some(next) = waited.next() {
            match next {
                Early::Key(key) => effects.extend(self.key(key)),
                Early::Click(_) => {
                    self.late = iter::once(next).chain(waited).collect();
                    effects.push(Effect::Arm(Timer::Opening, Duration::ZERO));
                    break;
                }
            }
        }
        effects
    }

    /// The desk is drawn: the clicks of before, and what came after them, count now.
    pub(super) fn catch_up_late(&mut self) -> Vec<Effect> {
        let late = std::mem::take(&mut self.late);
        if self.locked || !self.popups.is_empty() {
            return Vec::new();
        }
        let heeded = late.into_iter().map(|next| match next {
            Early::Key(key) => self.key(key),
            Early::Click(mouse) => self.mouse(mouse),
        });
        heeded.flatten().collect()
    }

    /// Has the first page of the next start made, if there is anything to show.
    pub(super) fn keep_first_page(&self, span: Span) -> Option<Effect> {
        let area = self.screen.area;
        let shown = !self.locked && self.opening.is_none() && self.access == Access::Write;
        if !shown || area.width == 0 || self.records.files().len() == 0 {
            return None;
        }
        Some(Effect::KeepFirstPage(Box::new(FirstPageWanted {
            width: area.width,
            height: area.height,
            records: Arc::clone(&self.records),
            packs: Arc::clone(&self.rules.packs),
            sealed: self.sealed,
            now: self.now,
            written: self.written,
            ground: None,
            span,
        })))
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton};

    use super::*;
    use crate::{
        app::{
            msg::{NotOpened, Opened},
            testing::Desk,
        },
        domain::write::fixture,
    };

    /// A program that shows the page of last time.
    fn opening() -> Desk {
        let mut desk = Desk::new();
        desk.model.locked = true;
        let rows = vec![vec![("Aisha Rahman".to_owned(), Style::new())]];
        let page = FirstPage { width: 80, height: 24, rows };
        desk.after(Msg::FirstPage(Arc::new(page)))
    }

    fn opened(drafts: Vec<crate::domain::draft::Draft>) -> Msg {
        Msg::Opened(Box::new(Opened {
            drafts,
            ..Opened::of(Arc::new(fixture::Desk::new().records))
        }))
    }

    #[test]
    fn keys_that_are_pressed_before_the_records_are_there_count_once_they_are() {
        let mut desk = opening().keys("m");
        assert!(desk.model.popups.is_empty());
        desk.send(Msg::Key(KeyEvent::from(KeyCode::Char('4'))));
        desk.send(opened(Vec::new()));
        assert!(desk.model.opening.is_none());
        assert!(desk.model.form().is_some(), "m opens the form");
        assert!(desk.effects.contains(&Effect::Disarm(Timer::Opening)));
    }

    #[test]
    fn a_click_on_the_first_page_counts_once_the_desk_is_drawn_and_keys_after_it_too() {
        let mut desk = opening();
        let (kind, modifiers) = (MouseEventKind::Down(MouseButton::Left), KeyModifiers::NONE);
        desk.send(Msg::Mouse(MouseEvent { kind, column: 8, row: 3, modifiers }));
        let mut desk = desk.keys("m");
        desk.send(opened(Vec::new()));
        assert!(desk.effects.contains(&Effect::Arm(Timer::Opening, Duration::ZERO)));
        assert!(desk.model.form().is_none());
        let _picture = desk.frame(80, 24);
        assert_eq!(desk.model.desk.tutees.cursor.selected, 0);
        desk.send(Msg::Due(Timer::Opening));
        assert_eq!(desk.model.desk.tutees.cursor.selected, 1, "the second row");
        assert!(desk.model.form().is_some(), "m opens the form");
    }

    #[test]
    fn a_key_behind_a_click_waits_for_the_same_picture() {
        let click = MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 3,
            row: 3,
            modifiers: KeyModifiers::NONE,
        };
        let desk = opening().after(Msg::Mouse(click)).after(opened(Vec::new())).keys("m");
        assert!(desk.model.form().is_none(), "the click has not counted yet");
        let desk = desk.after(Msg::Due(Timer::Opening));
        assert!(desk.model.form().is_some());
        assert!(!desk.model.is_catching_up());
        let mut locked = opening().after(Msg::Mouse(click)).after(opened(Vec::new()));
        locked.model.show_lock();
        assert!(!locked.model.is_catching_up());
    }

    #[test]
    fn a_program_that_is_still_opening_can_be_left() {
        for keys in ["q", "‹ctrl-c›", "j‹ctrl-c›"] {
            assert_eq!(opening().keys(keys).effects.last(), Some(&Effect::Quit), "{keys}");
        }
        assert_ne!(opening().keys("/q").effects.last(), Some(&Effect::Quit), "it is typed");
    }

    #[test]
    fn what_waited_is_forgotten_where_something_else_is_asked() {
        let why = NotOpened::Failed("the disk is full".to_owned());
        let desk = opening().keys("m⏎").after(Msg::NotOpened(why));
        assert!(desk.model.opening.is_none());
        assert_eq!(desk.model.popups.len(), 1);
        assert!(!desk.effects.contains(&Effect::Quit));
    }

    #[test]
    fn the_page_of_the_next_start_is_made_when_there_is_time_and_on_leaving() {
        let mut desk = Desk::new().after(opened(Vec::new()));
        assert!(desk.model.keep_first_page(Span::Days).is_none(), "nothing was drawn yet");
        desk.model.screen.area.width = 80;
        desk.model.screen.area.height = 24;
        desk.effects.clear();
        desk.send(Msg::FirstPageWanted);
        let [Effect::KeepFirstPage(wanted)] = &desk.effects[..] else { panic!("one page") };
        assert_eq!((wanted.width, wanted.height), (80, 24));
        let mut desk = desk.keys("q");
        assert!(matches!(desk.effects[..], [.., Effect::KeepFirstPage(_), Effect::Quit]));
        desk.model.lock();
        assert!(desk.model.keep_first_page(Span::Days).is_none(), "what is locked is not shown");
    }
}
