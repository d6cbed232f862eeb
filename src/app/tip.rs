//! What a new desk lacks next, with the key for it: told beside the hints until it was done once in this profile.

use super::{
    command::{Command, Student},
    model::{Model, View},
};

/// So many students are looked through; who has more needs no tip.
const LOOKED_AT: usize = 500;

impl Model {
    /// The next useful key of a desk on which it was never used; none while somebody types or decides, and none once all of
    /// them were.
    #[must_use]
    pub fn tip(&self) -> Option<String> {
        let resting = self.popups.is_empty() && self.pending.is_empty() && !self.locked;
        if !resting || self.view != View::Desk || self.place().takes_text() {
            return None;
        }
        let (command, what) = self.lacks()?;
        let keys = self.keymap.label(command, self.place());
        (!keys.is_empty() && self.applies(command)).then(|| format!("try {keys}: {what}"))
    }

    /// What was never done in this profile, the first of it.
    fn lacks(&self) -> Option<(Command, &'static str)> {
        let files = || self.records.files().take(LOOKED_AT);
        if self.records.files().len() == 0 || files().len() < self.records.files().len() {
            return None;
        }
        let begun = files().any(|file| {
            !(file.attendances.is_empty() && file.notes.is_empty() && file.contacts.is_empty())
        });
        (!begun).then_some((Command::Student(Student::Meeting), "the first meeting"))
    }
}

#[cfg(test)]
mod tests {
    use crate::app::testing::Desk;
    use crate::domain::meeting::Outcome;
    use crate::domain::records::Records;
    use crate::fixture::{Fixture, ago};

    #[test]
    fn a_new_desk_tells_the_next_useful_key_until_it_was_used_once() {
        assert_eq!(Desk::with(Fixture::new().records()).model.tip(), None, "the panes say it");
        let mut desk = Desk::with(one(false));
        assert_eq!(desk.model.tip().unwrap(), "try m: the first meeting");
        assert!(desk.frame(80, 24).contains("try m: the first meeting"));
        assert_eq!(Desk::with(one(false)).keys(":").model.tip(), None, "somebody types");
        assert_eq!(Desk::with(one(true)).model.tip(), None, "it was used");
    }

    /// A desk with one tutee, who was met or not.
    fn one(met: bool) -> Records {
        let mut world = Fixture::new();
        let student = world.tutee("20481234", "Aisha Rahman", 4);
        if met {
            world.meeting(student, ago(9), Outcome::Held, "Progress review");
        }
        world.records()
    }
}
