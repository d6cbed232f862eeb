//! Which columns the lists do without. What is chosen is kept in the profile; a narrow screen drops more by itself.

use std::collections::BTreeSet;

use super::{
    desk::Desk,
    forms::RecordForm,
    model::{Model, View},
    popup::FormKind,
    triage::Column,
};
use crate::domain::records::Records;

/// The lists whose columns can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum List {
    /// The list of tutees.
    Tutees,
    /// The triage list.
    Triage,
}

/// The columns of the list of tutees beside sign and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::VariantArray)]
pub enum About {
    /// The programme.
    Programme,
    /// The student number.
    Number,
    /// The level.
    Level,
    /// The slots met of those expected.
    Slots,
    /// The days since the last two-way contact.
    Days,
}

impl About {
    /// What it is called in the form.
    const fn title(self) -> &'static str {
        match self {
            Self::Programme => "Programme",
            Self::Number => "Student number",
            Self::Level => "Level",
            Self::Slots => "Slots met",
            Self::Days => "Days since the last contact",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Number => "number",
            Self::Level => "level",
            Self::Slots => "slots",
            Self::Days => "days",
        }
    }
}

impl List {
    /// The order under which its hidden columns are kept.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tutees => "columns tutees",
            Self::Triage => "columns triage",
        }
    }

    /// What its form is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tutees => "Columns of the tutees",
            Self::Triage => "Columns of triage",
        }
    }

    /// The columns that can be hidden, from the left: the word that is kept, and the title.
    #[must_use]
    pub fn columns(self) -> Vec<(String, &'static str)> {
        match self {
            Self::Tutees => <About as strum::VariantArray>::VARIANTS
                .iter()
                .map(|column| (column.word().to_owned(), column.title()))
                .collect(),
            Self::Triage => <Column as strum::VariantArray>::VARIANTS
                .iter()
                .filter(|column| **column != Column::Student)
                .map(|column| (kept(*column), column.title()))
                .collect(),
        }
    }
}

/// The word for a column of triage in the profile.
fn kept(column: Column) -> String {
    column.word().replace(' ', "-")
}

impl Desk {
    /// Takes in which columns are hidden.
    pub(super) fn take_columns(&mut self, records: &Records) {
        let hidden: BTreeSet<&str> = records.kept(List::Tutees.key()).collect();
        let all = <About as strum::VariantArray>::VARIANTS.iter();
        self.tutees.hidden = all.filter(|it| hidden.contains(it.word())).copied().collect();
        let hidden: BTreeSet<&str> = records.kept(List::Triage.key()).collect();
        let all = <Column as strum::VariantArray>::VARIANTS.iter();
        self.triage.hidden = all.filter(|it| hidden.contains(&*kept(**it))).copied().collect();
    }
}

/// Asks which columns the list on the screen shows.
pub(super) fn choose(model: &mut Model) {
    let list = if model.view == View::Triage { List::Triage } else { List::Tutees };
    model.open_form(FormKind::Record(RecordForm::Columns(list)));
}

#[cfg(test)]
mod tests {
    use crate::app::testing::Desk;
    use crate::domain::records::Records;
    use crate::fixture::desk as records;

    /// A desk on which the columns with these places were taken away; none has the keys of the form.
    fn without(records: Records, keys: &str) -> Desk {
        Desk::with(records).keys(keys).saved()
    }

    #[test]
    fn columns_of_the_tutees_are_chosen_stay_and_come_back_by_undo_of_the_choice() {
        let mut all = Desk::with(records());
        let usual = all.frame(120, 36);
        assert!(usual.contains("L4") && usual.contains("40 d"), "{usual}");
        let mut desk = without(records(), "gv↓↓ ↓↓ ‹ctrl-s›");
        let narrow = desk.frame(120, 36);
        let list = |picture: &str| -> String {
            picture.lines().map(|line| line.chars().take(36).collect::<String>() + "\n").collect()
        };
        assert!(!list(&narrow).contains("L4") && !list(&narrow).contains(" d "), "{narrow}");
        let mut again = Desk::with((*desk.model.records).clone());
        assert_eq!(list(&again.frame(120, 36)), list(&narrow));
        let mut back = again.keys("gv↓↓ ↓↓ ‹ctrl-s›").saved();
        assert_eq!(list(&back.frame(120, 36)), list(&usual));
        assert_eq!(back.model.records.saved_views().count(), 0);
    }

    #[test]
    fn what_is_hidden_makes_room_for_what_a_narrow_screen_drops() {
        let mut desk = without(records(), "gv↓↓ ↓ ↓ ‹ctrl-s›");
        let picture = desk.frame(90, 24);
        assert!(picture.contains("20481234"), "{picture}");
    }

    #[test]
    fn columns_of_triage_are_chosen_apart() {
        let mut desk = without(records(), "2gv↓ ↓ ‹ctrl-s›");
        let picture = desk.frame(120, 36);
        let head = picture.lines().find(|line| line.contains("Student")).unwrap();
        assert!(!head.contains("Why") && head.contains("Owner"), "{head}");
        assert!(desk.model.desk.tutees.hidden.is_empty());
    }
}
