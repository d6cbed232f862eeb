//! The way back: students whose timeline or form was open, in the order in which one came to them.

use super::{
    model::{Model, Pane, View},
    msg::Effect,
    popup::Popup,
    status::Toast,
};
use crate::domain::{records::Records, student::StudentId};

/// Nobody walks further back.
const MOST: usize = 100;

/// Who was visited, and where on that way one stands.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    visited: Vec<StudentId>,
    at: usize,
}

/// Which way one goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To who was visited before.
    Back,
    /// To who was visited after.
    On,
}

impl Jumps {
    /// Remembers a student; what lay ahead is forgotten.
    pub fn visit(&mut self, student: StudentId) {
        if self.visited.get(self.at) == Some(&student) {
            return;
        }
        self.visited.truncate(self.at + 1);
        self.visited.push(student);
        if self.visited.len() > MOST {
            self.visited.remove(0);
        }
        self.at = self.visited.len() - 1;
    }

    /// Goes one student further that way, over those who are gone; none at its end.
    fn go(&mut self, way: Way, here: Option<StudentId>, records: &Records) -> Option<StudentId> {
        let there =
            |student: &StudentId| records.file(*student).is_some() && Some(*student) != here;
        let found = match way {
            // Who is in hand may only have been passed: the last one visited is one step back then.
            Way::Back => {
                (0..self.visited.len().min(self.at + 1)).rev().find(|at| self.is(*at, there))
            }
            Way::On => (self.at + 1..self.visited.len()).find(|at| self.is(*at, there)),
        }?;
        self.at = found;
        self.visited.get(found).copied()
    }

    fn is(&self, at: usize, there: impl Fn(&StudentId) -> bool) -> bool {
        self.visited.get(at).is_some_and(there)
    }
}

impl Model {
    /// Remembers the student in hand once somebody looks closer than at a row.
    pub(super) fn remember(&mut self) {
        if self.locked {
            self.jumps = Jumps::default();
            return;
        }
        let reads = self.view == View::Desk && !matches!(self.focus, Pane::Tutees | Pane::Alerts);
        let writes = matches!(self.popups.last(), Some(Popup::Form(_)));
        if let Some(student) = self.desk.student().filter(|_| reads || writes) {
            self.jumps.visit(student);
        }
    }

    /// Goes back, or on again, to a student who was visited.
    pub(super) fn walk(&mut self, way: Way) -> Vec<Effect> {
        let here = self.desk.student();
        let Some(student) = self.jumps.go(way, here, &self.records) else {
            let where_to = if way == Way::Back { "before" } else { "after" };
            return self.tell(Toast::said(format!("no other student was visited {where_to}")));
        };
        self.desk.select(&self.records, student);
        self.desk.alerts.turn_to(student);
        if self.view != View::Desk {
            self.turn_to(Pane::Timeline);
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::model::Pane;
    use crate::app::pane;
    use crate::app::testing::Desk;
    use crate::domain::demo::{Demo, Scale};
    use crate::fixture::{desk, today};

    fn in_hand(desk: &Desk) -> String {
        let student = desk.model.desk.student().unwrap();
        desk.model.records.file(student).unwrap().student.name.first().to_owned()
    }

    #[test]
    fn one_walks_back_and_on_between_students_who_were_visited_not_passed() {
        let desk = Desk::with(desk()).keys("sgg⏎⇤");
        let first = in_hand(&desk);
        let desk = desk.keys("jj⏎⇤");
        let third = in_hand(&desk);
        let desk = desk.keys("j<");
        assert_eq!(in_hand(&desk), third, "the fourth was only passed");
        let desk = desk.keys("<");
        assert_eq!(in_hand(&desk), first);
        let desk = desk.keys(">");
        assert_eq!(in_hand(&desk), third);
        let desk = desk.keys("‹alt-left›");
        assert_eq!(in_hand(&desk), first);
        let desk = desk.keys("<");
        assert_eq!(in_hand(&desk), first);
        assert!(desk.model.toast.is_some());
    }

    #[test]
    fn the_alerts_go_along() {
        let mut desk = Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ()));
        let records = Arc::clone(&desk.model.records);
        let selected = |desk: &Desk| desk.model.desk.alerts.selected().map(|alert| alert.student);
        let mut shown: Vec<_> = records.files().map(|file| file.student.id).collect();
        shown.retain(|student| {
            desk.model.desk.alerts.turn_to(*student);
            selected(&desk) == Some(*student)
        });
        for student in &shown[..2] {
            desk.model.desk.select(&records, *student);
            desk = desk.keys("⇥⇤");
        }
        pane::turn_to(&mut desk.model, Pane::Alerts);
        assert_eq!(selected(&desk), Some(shown[1]));
        let desk = desk.keys("<");
        assert_eq!((desk.model.desk.student(), selected(&desk)), (Some(shown[0]), Some(shown[0])));
    }

    #[test]
    fn locking_forgets_the_way() {
        let mut desk = Desk::with(desk()).keys("⏎‹ctrl-l›");
        desk.send(crate::app::Msg::Resized);
        assert!(desk.model.jumps.visited.is_empty());
    }
}
