//! Whose students the lists of the desk show.

use super::Desk;
use crate::domain::{records::Records, tutee::Scope};

impl Desk {
    /// Shows the lists in the next scope: my tutees, my school, everybody.
    pub fn next_scope(&mut self, records: &Records) {
        let me = records.me();
        let school = me.map(|me| me.school.clone()).filter(|school| !school.is_empty());
        let next = match (&self.scope, me, school) {
            (Scope::MyTutees(_), _, Some(school)) => Scope::MySchool(school),
            (Scope::MyTutees(_) | Scope::MySchool(_), ..) | (Scope::All, None, _) => Scope::All,
            (Scope::All, Some(me), _) => Scope::MyTutees(me.id),
        };
        self.show_scope(records, next);
    }

    /// Shows the lists in this scope.
    pub fn show_scope(&mut self, records: &Records, scope: Scope) {
        self.scope = scope;
        self.fill(records, self.today);
        if self.student().is_none_or(|student| self.tutees.find(student).is_none()) {
            self.take(records, self.tutees.selected().map(|row| row.student));
        }
    }
}
