//! Which column of a list says what: the guess, some rows to judge it by, and the user's corrections.

use std::{fmt, path::PathBuf, sync::Arc};

use crate::{
    app::cursor::Cursor,
    domain::records::Records,
    exchange::{
        headers::Column,
        list::List,
        mapping::{Confidence, Guess, Mapping, header_key},
    },
};

/// How many rows are shown to judge a column by.
const SAMPLES: usize = 3;

/// The columns of a list and what they are taken for.
#[derive(Clone)]
pub struct Columns {
    /// Where the list comes from.
    pub path: PathBuf,
    /// The list.
    pub list: Arc<List>,
    /// What each column is taken for.
    pub mapping: Mapping,
    /// How sure the guess was; corrected and remembered columns are sure.
    pub confidence: Vec<Confidence>,
    /// Headers that name a protected characteristic: never imported.
    pub protected: Vec<String>,
    /// Whether the mapping is the one of last time.
    pub remembered: bool,
    /// The marked column.
    pub cursor: Cursor,
    /// Whether it waits for the dry run.
    pub waiting: bool,
    /// Why the list cannot be read like this.
    pub problem: Option<String>,
}

/// Prints how many columns, never content.
impl fmt::Debug for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Columns({} …)", self.confidence.len())
    }
}

impl Columns {
    /// Guesses what the columns are, or remembers it from the last list with this header.
    #[must_use]
    pub fn of(path: PathBuf, list: Arc<List>, records: &Records) -> Self {
        let guess = Guess::of(&list);
        let key = header_key(&list);
        let known = records.mappings().find(|mapping| mapping.header == key);
        let remembered = known
            .and_then(|mapping| Mapping::of_labels(&mapping.columns))
            .filter(|mapping| mapping.columns().len() == list.width());
        let confidence = match &remembered {
            Some(mapping) => mapping
                .columns()
                .iter()
                .map(|column| column.map_or(Confidence::None, |_| Confidence::Sure))
                .collect(),
            None => guess.confidence,
        };
        Self {
            path,
            list,
            remembered: remembered.is_some(),
            mapping: remembered.unwrap_or(guess.mapping),
            confidence,
            protected: guess.protected,
            cursor: Cursor::default(),
            waiting: false,
            problem: None,
        }
    }

    /// How many columns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.confidence.len()
    }

    /// Whether there is no column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.confidence.is_empty()
    }

    /// Takes the marked column for the next or the previous thing, or for nothing.
    pub fn turn(&mut self, forward: bool) {
        let current = self.mapping.columns().get(self.cursor.selected).copied().flatten();
        let choices = Column::ALL.len() + 1;
        let at = current.map_or(0, |column| {
            Column::ALL.iter().position(|other| *other == column).map_or(0, |at| at + 1)
        });
        let next = if forward { at + 1 } else { at + choices - 1 } % choices;
        let column = next.checked_sub(1).and_then(|at| Column::ALL.get(at)).copied();
        self.mapping.set(self.cursor.selected, column);
        for (slot, column) in self.confidence.iter_mut().zip(self.mapping.columns()) {
            if column.is_none() {
                *slot = Confidence::None;
            }
        }
        if let Some(slot) = self.confidence.get_mut(self.cursor.selected) {
            *slot = if column.is_some() { Confidence::Sure } else { Confidence::None };
        }
        self.problem = None;
    }

    /// Whether the list can be read like this; if not, the problem is shown.
    pub fn check(&mut self) -> bool {
        self.problem = self.mapping.check(&self.list).err().map(|refusal| refusal.to_string());
        self.problem.is_none()
    }

    /// The first cells of a column that are not empty.
    #[must_use]
    pub fn samples(&self, column: usize) -> Vec<&str> {
        let cells = self.list.rows().map(|(row, _)| row.cell(column));
        cells.filter(|cell| !cell.is_empty()).take(SAMPLES).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Builder, Label},
        id::Id,
        profile,
    };

    fn list(text: &str) -> Arc<List> {
        Arc::new(List::read(text.as_bytes()).unwrap())
    }

    #[test]
    fn turning_a_column_goes_through_every_meaning_and_back_to_none() {
        let list = list("ID number,Nickname\n01,Ash\n");
        let mut columns = Columns::of("x.csv".into(), list, &Records::default());
        columns.cursor.selected = 1;
        let before = columns.mapping.clone();
        for _ in 0..=Column::ALL.len() {
            columns.turn(true);
        }
        assert_eq!(columns.mapping.columns().get(1), before.columns().get(1));
        columns.turn(false);
        columns.turn(true);
        assert_eq!(columns.mapping.columns().get(1), before.columns().get(1));
    }

    #[test]
    fn a_list_without_its_number_column_is_not_accepted() {
        let mut columns =
            Columns::of("x.csv".into(), list("ID number,Name\n01,Ash B\n"), &Records::default());
        assert!(columns.check());
        columns.turn(false);
        assert!(!columns.check());
        assert!(columns.problem.is_some());
    }

    #[test]
    fn the_mapping_of_last_time_is_remembered_by_its_header() {
        let list = list("Kennung,Ruf\n01,Ash\n");
        let remembered = profile::Mapping {
            id: Id::from_bytes([1; 16]),
            header: header_key(&list),
            columns: vec!["student number".into(), "preferred name".into()],
        };
        let mut records = Records::default();
        let change = Builder::new(Label::RememberMapping, &records).put(remembered).build();
        records.apply(&change).unwrap();
        let columns = Columns::of("x.csv".into(), list, &records);
        assert!(columns.remembered);
        assert_eq!(columns.mapping.position(Column::PreferredName), Some(1));
        assert_eq!(columns.samples(1), ["Ash"]);
    }
}
