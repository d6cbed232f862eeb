//! A profile that was opened anew after a failed write: its records can be other than those on the screen, so nothing is
//! done to a row before it was drawn.

use std::sync::Arc;

use super::{
    command::{Choose, Command},
    model::Model,
    msg::Effect,
    popup::{Menu, Popup, ledger},
};
use crate::domain::{records::Records, tutor_duty::TutorDutyState};

/// The row of a popup under its cursor, where the rows come from the records.
#[derive(PartialEq)]
enum Row {
    Ledger(ledger::Row),
    /// Another state of the same duty is the same row.
    Duty(Box<TutorDutyState>),
}

impl Row {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Duty(one), Self::Duty(two)) => (one.tutor, &one.code) == (two.tutor, &two.code),
            _ => self == other,
        }
    }
}

impl Model {
    /// Takes in what is on the disk after the profile was opened anew; what is open and typed stays.
    pub(super) fn reopened(&mut self, records: Arc<Records>, notices: &[String]) -> Vec<Effect> {
        if self.locked {
            return Vec::new();
        }
        let seen: Vec<Option<Row>> =
            self.popups.iter().map(|popup| self.row(popup, selected(popup))).collect();
        self.screen.stale |= self.records != records;
        self.records = records;
        self.take_rules(Arc::clone(&self.rules.packs));
        self.desk.fill(&self.records, self.now.today());
        self.find_again(&seen);
        if !notices.is_empty() {
            self.popups.insert(0, Popup::Menu(Menu::repaired(notices)));
        }
        Vec::new()
    }

    /// Whether a command would act on a row that nobody has seen: what is typed, and what leads elsewhere, never does.
    pub(super) fn is_unseen(&self, command: Command) -> bool {
        let acts = match command {
            Command::Global(_)
            | Command::Panes(_)
            | Command::Desk(_)
            | Command::Text(_)
            | Command::Find(_)
            | Command::Filter(_)
            | Command::Form(_)
            | Command::Field(_)
            | Command::Writing(_)
            | Command::Picker(_)
            | Command::Mapping(_)
            | Command::Confirm(_) => false,
            Command::Choose(command) => command == Choose::Accept,
            Command::Student(_)
            | Command::List(_)
            | Command::Decide(_)
            | Command::Tutees(_)
            | Command::Roll(_)
            | Command::Meetings(_)
            | Command::Triage(_)
            | Command::Timeline(_)
            | Command::Note(_)
            | Command::Alerts(_)
            | Command::Menu(_)
            | Command::Ledger(_)
            | Command::DryRun(_)
            | Command::Duties(_)
            | Command::Feedback(_)
            | Command::Trial(_)
            | Command::History(_)
            | Command::Versions(_) => true,
        };
        acts && self.screen.stale
    }

    /// Puts the cursor of every popup on the row that was under it, or inside the list that there is now.
    fn find_again(&mut self, seen: &[Option<Row>]) {
        let places = self.popups.iter().zip(seen).map(|(popup, seen)| {
            let len = popup.len(self);
            let same = |index: &usize| {
                let (now, then) = (self.row(popup, Some(*index)), seen.as_ref());
                now.zip(then).is_some_and(|(now, then)| now.is(then))
            };
            let found = seen.as_ref().and_then(|_| (0..len).find(same));
            found.or_else(|| selected(popup).map(|at| at.min(len.saturating_sub(1))))
        });
        let places: Vec<Option<usize>> = places.collect();
        for (popup, place) in self.popups.iter_mut().zip(places) {
            if let (Some(cursor), Some(place)) = (popup.cursor(), place) {
                cursor.selected = place;
            }
        }
    }

    fn row(&self, popup: &Popup, index: Option<usize>) -> Option<Row> {
        if let Popup::Ledger(ledger) = popup {
            return ledger.rows(self).get(index?).copied().map(Row::Ledger);
        }
        let Popup::Duties(duties) = popup else { return None };
        let duty = duties.rows(self).get(index?)?;
        Some(Row::Duty(Box::new(duty.clone())))
    }
}

/// Which row of a popup is selected.
fn selected(popup: &Popup) -> Option<usize> {
    popup.clone().cursor().map(|cursor| cursor.selected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::Msg;
    use crate::app::testing::Desk;
    use crate::domain::{
        change::{Builder, Change, Label, record_id},
        consent::ConsentId,
        record::{Owner, Record},
        student::StudentId,
    };
    use crate::fixture::{Fixture, ago, desk};

    fn with_consents() -> (Desk, StudentId) {
        let mut world = Fixture::new();
        let aisha = world.tutee("20481234", "Aisha Rahman", 4);
        for (days, to) in [(9, "Careers"), (6, "Wellbeing Team"), (3, "Disability Service")] {
            world.consent(aisha, ago(days), to, "support");
        }
        (Desk::with(world.records()), aisha)
    }

    fn consent(desk: &Desk) -> ConsentId {
        let Some(Popup::Ledger(ledger)) = desk.model.popups.last() else { panic!("no ledger") };
        ledger.consent(&desk.model).unwrap()
    }

    /// The records without this consent, as they would be on the disk.
    fn without(desk: &Desk, student: StudentId, gone: ConsentId) -> Msg {
        let mut change = Builder::new(Label::WithdrawConsent, &desk.model.records);
        change.delete(Owner::Student(student), record_id(gone));
        let mut records = (*desk.model.records).clone();
        records.apply(&change.build()).unwrap();
        Msg::Reopened(Arc::new(records), Vec::new())
    }

    fn changes(desk: &Desk) -> Vec<&Change> {
        let commits = desk.effects.iter().filter_map(|effect| {
            if let Effect::Commit(change) = effect { Some(change) } else { None }
        });
        commits.collect()
    }

    #[test]
    fn the_cursor_stays_on_its_row_when_rows_above_it_are_gone() {
        let (desk, aisha) = with_consents();
        let desk = desk.keys("gc");
        let first = consent(&desk);
        let desk = desk.keys("j");
        let seen = consent(&desk);
        let reopened = without(&desk, aisha, first);
        let desk = desk.after(reopened);
        assert_eq!(consent(&desk), seen);
    }

    #[test]
    fn nothing_is_done_to_a_row_before_it_was_drawn() {
        let (desk, aisha) = with_consents();
        let desk = desk.keys("gcG");
        let seen = consent(&desk);
        let reopened = without(&desk, aisha, seen);
        let mut desk = desk.after(reopened);
        let now = consent(&desk);
        assert_ne!(now, seen, "the last row is another one");
        desk = desk.keys("w");
        assert!(changes(&desk).is_empty(), "the key was meant for the row that is gone");
        let _: String = desk.frame(80, 24);
        desk = desk.keys("w");
        let touched: Vec<_> = changes(&desk)[0]
            .parts
            .iter()
            .filter_map(|part| part.after.as_ref())
            .map(Record::id)
            .collect();
        assert_eq!(touched, [record_id(now)]);
    }

    #[test]
    fn records_that_are_the_same_hold_no_key_up_and_typing_goes_on_in_any_case() {
        let (desk, aisha) = with_consents();
        let same = Arc::new((*desk.model.records).clone());
        let desk = desk.keys("gc").after(Msg::Reopened(same, Vec::new())).keys("w");
        assert_eq!(changes(&desk).len(), 1);
        let (desk, _) = with_consents();
        let desk = desk.keys("gc");
        let (gone, desk) = (consent(&desk), desk.keys("⎋n"));
        let reopened = without(&desk, aisha, gone);
        let desk = desk.after(reopened).keys("typed on");
        assert!(desk.form().value("text").contains("typed on"), "{}", desk.form().value("text"));
    }

    #[test]
    fn no_popup_points_behind_its_list() {
        for keys in ["gcG", "gmG", "guG", "‹ctrl-p›", "?", "gr", "‹ctrl-f›"] {
            let desk = Desk::with(desk()).keys(keys);
            let empty = Fixture::new().records();
            let mut desk = desk.after(Msg::Reopened(Arc::new(empty), Vec::new()));
            for popup in &desk.model.popups {
                let len = popup.len(&desk.model);
                assert!(selected(popup).is_none_or(|at| at < len.max(1)), "{keys}");
            }
            let _: String = desk.frame(80, 24);
            let _: Desk = desk.keys("jk⏎⎋");
        }
    }
}
