//! A count before a move: `5j` goes five entries down, `12G` to the twelfth.

use crokey::KeyCombination;

use super::area::Page;
use super::command::{
    Command, List, Mapping, Meetings, Note, Panes, Roll, Scope, Timeline, Tutees,
};
use super::keymap::{Found, printable};
use super::model::Model;
use super::msg::Effect;
use super::status::Toast;

/// No list is walked further by hand.
const MOST: u16 = 9999;
/// What is no list has fewer places to go to.
const MOST_TIMES: u16 = 99;

impl Model {
    /// Takes a digit of a count; false if the key is none. A digit that is a command of its own begins no count.
    pub(super) fn counts(&mut self, key: KeyCombination) -> bool {
        let place = self.place();
        let digit =
            printable(key).and_then(|c| c.to_digit(10)).and_then(|it| u16::try_from(it).ok());
        let Some(digit) = digit.filter(|_| self.pending.is_empty() && !place.takes_text()) else {
            return false;
        };
        let begun = match self.count {
            Some(count) => count,
            None if digit == 0 || !place.scopes().contains(&Scope::List) => return false,
            None if self.keymap.find(place, &[key], |_| true) != Found::Nothing => return false,
            None => 0,
        };
        self.count = Some(begun.saturating_mul(10).saturating_add(digit).min(MOST));
        true
    }

    /// Carries a command out as often as was counted, if it is a move.
    pub(super) fn run_counted(&mut self, command: Command) -> Vec<Effect> {
        let count = self.count.take().filter(|_| takes_count(command));
        match (command, count) {
            (Command::List(command), Some(count)) => self.go_counted(command, count.into()),
            (command, count) => {
                let idle = acts(command) && !self.applies(command);
                let (open, told) = (self.popups.len(), self.toast.clone());
                let times = count.unwrap_or(1).min(MOST_TIMES);
                let effects: Vec<Effect> = (0..times).flat_map(|_| self.run(command)).collect();
                let nothing = effects.is_empty() && self.toast == told && self.popups.len() == open;
                if idle && nothing {
                    return self.can_do_nothing(command);
                }
                effects
            }
        }
    }

    /// Says why a key did nothing; what was counted goes with it.
    pub(super) fn look_first(&mut self) -> Vec<Effect> {
        self.count = None;
        self.tell(Toast::failed("The records were read anew: look, then press it again."))
    }

    /// Says that a command has no meaning now: a key that does nothing at all leaves people wondering.
    pub(super) fn can_do_nothing(&mut self, command: Command) -> Vec<Effect> {
        let title = super::Spec::of(command).map_or("", |spec| spec.title);
        self.tell(Toast::failed(format!("\"{title}\" can do nothing here now.")))
    }

    /// Moves in a list in one step, however far: as by one page, of as many entries as were counted.
    fn go_counted(&mut self, command: List, count: usize) -> Vec<Effect> {
        let (down, by): (bool, &dyn Fn(Page) -> usize) = match command {
            List::Down => (true, &|_| count),
            List::Up => (false, &|_| count),
            List::HalfPageDown => (true, &|page| (page.rows / 2).max(1) * count),
            List::HalfPageUp => (false, &|page| (page.rows / 2).max(1) * count),
            List::PageDown => (true, &|page| page.rows.max(1) * count),
            List::PageUp => (false, &|page| page.rows.max(1) * count),
            // The first entry is the one with the number 1.
            List::First | List::Last => (true, &|_| count - 1),
        };
        let mut effects = Vec::new();
        if matches!(command, List::First | List::Last) {
            effects = self.run(Command::List(List::First));
            if count == 1 {
                return effects;
            }
        }
        let drawn = (self.screen.pages.clone(), self.screen.popup);
        for page in self.screen.pages.iter_mut().map(|(_, page)| page) {
            page.rows = by(*page);
        }
        self.screen.popup.rows = by(self.screen.popup);
        effects.extend(self.run(Command::List(if down { List::PageDown } else { List::PageUp })));
        (self.screen.pages, self.screen.popup) = drawn;
        effects
    }
}

/// Whether a count before it means anything.
#[must_use]
pub const fn takes_count(command: Command) -> bool {
    matches!(
        command,
        Command::List(_)
            | Command::Panes(Panes::Next | Panes::Previous)
            | Command::Note(Note::Next | Note::Previous)
            | Command::Meetings(
                Meetings::NextSlot
                    | Meetings::PreviousSlot
                    | Meetings::NextYear
                    | Meetings::PreviousYear
            )
            | Command::Mapping(Mapping::NextMeaning | Mapping::PreviousMeaning)
    )
}

/// Whether something is done about a student or about who is marked, so that nothing at all would be a surprise.
const fn acts(command: Command) -> bool {
    matches!(
        command,
        Command::Student(_)
            | Command::Decide(_)
            | Command::Tutees(Tutees::Group)
            | Command::Roll(Roll::Export)
            | Command::Timeline(Timeline::Done)
    )
}

#[cfg(test)]
mod tests {
    use crate::app::{testing::Desk, tip::Tips};
    use crate::domain::demo::{Demo, Scale};
    use crate::fixture::today;

    fn selected(keys: &str) -> usize {
        let records = Demo::new(Scale::Tutor, today()).records(|_, _| ());
        let mut desk = Desk::with(records);
        let _drawn = desk.frame(80, 24);
        desk.keys(keys).model.desk.tutees.cursor.selected
    }

    #[test]
    fn a_count_repeats_the_move_behind_it_and_nothing_else() {
        assert_eq!(selected("5j"), 5);
        assert_eq!(selected("5jj"), 6);
        assert_eq!(selected("9j4k"), 5);
        assert_eq!(selected("7↓"), 7);
        assert_eq!(selected("6G"), 5);
        assert_eq!(selected("7gg"), 6);
        assert_eq!(selected("9j6k4G"), 3);
        assert_eq!(selected("9999j"), selected("G"));
        assert_eq!(selected("40j"), selected("G"), "0 goes on, but begins nothing");
        assert_eq!(selected("0j"), 1);
        assert_eq!(selected("4‹ctrl-d›"), selected("‹ctrl-d›‹ctrl-d›‹ctrl-d›‹ctrl-d›"));
        assert_eq!(selected("G4‹ctrl-u›"), selected("G‹ctrl-u›‹ctrl-u›‹ctrl-u›‹ctrl-u›"));
    }

    #[test]
    fn any_other_key_gives_the_count_up() {
        assert_eq!(selected("5⎋j"), 1);
        let mut desk = Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ()));
        desk = desk.keys("5m");
        assert_eq!(desk.model.popups.len(), 1, "one form, not five");
        assert_eq!(desk.model.count, None);
    }

    #[test]
    fn a_digit_that_shows_a_screen_begins_no_count_and_typed_text_keeps_its_digits() {
        use crate::app::View;
        let desk = Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ()));
        assert_eq!(desk.keys("2").model.view, View::Triage);
        let desk = Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ())).keys("/55");
        assert_eq!(desk.model.count, None);
    }

    #[test]
    fn a_key_that_can_do_nothing_now_says_so() {
        let said = |desk: &Desk| desk.model.toast.as_ref().map(|toast| toast.text.clone());
        let mut desk = Desk::with(crate::fixture::desk()).keys("W");
        let nothing = "\"Waive what is due, or take it back\" can do nothing here now.";
        assert_eq!(said(&desk).as_deref(), Some(nothing));
        assert!(desk.frame(120, 36).contains(nothing));
        let desk = desk.keys("j");
        assert_eq!(said(&desk), None, "the next key takes it away");
        assert!(said(&desk.keys("X")).unwrap().contains("can do nothing here now"));
        let empty = Desk::with(crate::fixture::Fixture::new().records()).keys("m");
        assert!(said(&empty).unwrap().starts_with("\"Record a meeting\""));
        assert!(empty.effects.is_empty(), "no timer");
        let mut taught = Desk::with(crate::fixture::Fixture::new().records());
        taught.model.tips = Tips::new(true);
        let taught = taught.keys("m");
        assert!(said(&taught).unwrap().starts_with("\"Record a meeting\""));
        assert!(taught.effects.is_empty(), "nothing was learnt");
    }
}
