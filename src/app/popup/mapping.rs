//! Which column of a list of students or of signals says what: the guess, some rows to judge it by, and the user's corrections.

use std::{fmt, path::PathBuf, sync::Arc};

use crate::{
    app::{cursor::Cursor, importing::signals::SignalFile},
    domain::{engagement::Source, records::Records},
    exchange::{
        headers::Column,
        list::List,
        mapping::{Confidence, Guess, Mapping, header_key, signals_key},
        signals::{Told, guess_labels, meanings},
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
    /// What each column is taken for, of a list of students.
    pub mapping: Mapping,
    /// The list as signals and what each column is then, in words; none for a list of students.
    pub signals: Option<(SignalFile, Vec<String>)>,
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
            signals: None,
            confidence,
            protected: guess.protected,
            cursor: Cursor::default(),
            waiting: false,
            problem: None,
        }
    }

    /// The same for a list of signals.
    #[must_use]
    pub fn of_signals(mut file: SignalFile, records: &Records) -> Self {
        let key = signals_key(&file.list);
        let known = records.mappings().find(|mapping| mapping.header == key);
        let known = known.map(|mapping| mapping.columns.clone());
        let remembered = known.filter(|columns| columns.len() == file.list.width());
        let sure = if remembered.is_some() { Confidence::Sure } else { Confidence::Likely };
        file.source = Source::Other;
        let mut columns = Self::of(file.path.clone(), Arc::clone(&file.list), &Records::default());
        columns.remembered = remembered.is_some();
        let labels = remembered.unwrap_or_else(|| guess_labels(&file.list));
        let confidence = |label: &String| if label.is_empty() { Confidence::None } else { sure };
        columns.confidence = labels.iter().map(confidence).collect();
        columns.signals = Some((file, labels));
        columns
    }

    /// What a column is taken for, in words; none if it is left out.
    #[must_use]
    pub fn label(&self, column: usize) -> Option<&str> {
        match &self.signals {
            Some((_, labels)) => labels.get(column).map(String::as_str).filter(|it| !it.is_empty()),
            None => self.mapping.columns().get(column).copied().flatten().map(Column::label),
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

    /// What the marked column can be taken for.
    #[must_use]
    pub fn meanings(&self) -> Vec<&'static str> {
        match &self.signals {
            Some((_, labels)) => {
                let here = self.cursor.selected;
                let others = labels.iter().enumerate().filter(|(at, _)| *at != here);
                let taken: Vec<&str> = others.map(|(_, label)| label.as_str()).collect();
                meanings().into_iter().filter(|meaning| !taken.contains(meaning)).collect()
            }
            None => Column::ALL.iter().map(|column| column.label()).collect(),
        }
    }

    /// Takes the marked column for something, or leaves it out.
    pub fn say(&mut self, label: Option<&str>) {
        self.take(self.cursor.selected, label);
        self.problem = None;
    }

    /// Takes the marked column for the next or the previous thing, or for nothing.
    pub fn turn(&mut self, forward: bool) {
        let all = self.meanings();
        let current = self.label(self.cursor.selected);
        let at = current.and_then(|label| all.iter().position(|other| *other == label));
        let (at, choices) = (at.map_or(0, |at| at + 1), all.len() + 1);
        let next = if forward { at + 1 } else { at + choices - 1 } % choices;
        let label = next.checked_sub(1).and_then(|at| all.get(at)).copied();
        self.say(label);
    }

    /// Takes a column for something.
    fn take(&mut self, at: usize, label: Option<&str>) {
        match &mut self.signals {
            Some((_, labels)) => {
                if let Some(slot) = labels.get_mut(at) {
                    label.unwrap_or_default().clone_into(slot);
                }
            }
            None => self.mapping.set(at, label.and_then(Column::of_label)),
        }
        let left: Vec<bool> = (0..self.len()).map(|at| self.label(at).is_none()).collect();
        for (at, (slot, left)) in self.confidence.iter_mut().zip(left).enumerate() {
            if left {
                *slot = Confidence::None;
            } else if at == self.cursor.selected {
                *slot = Confidence::Sure;
            }
        }
    }

    /// The file as signals, with what its columns are said to be.
    #[must_use]
    pub fn said(&self) -> Option<SignalFile> {
        let (file, labels) = self.signals.clone()?;
        Some(SignalFile { told: Told { columns: labels, ..file.told }, ..file })
    }

    /// Whether the list can be read like this; if not, the problem is shown.
    pub fn check(&mut self) -> bool {
        if self.signals.is_some() {
            return true;
        }
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
    fn the_columns_of_signals_have_meanings_of_their_own() {
        let list = list("ID number,Day,Hours,Notes\n01,3/10/2025,4,x\n");
        let now = crate::app::testing::now_at(0);
        let file = SignalFile::any("x.csv".into(), list, now);
        let mut columns = Columns::of_signals(file, &Records::default());
        assert_eq!(columns.label(0), Some("student number"));
        columns.cursor.selected = 3;
        columns.turn(true);
        let first = columns.label(3).unwrap().to_owned();
        assert_eq!(columns.label(0), Some("student number"), "what a column is stays its own");
        assert_eq!(columns.said().unwrap().told.columns[3], first);
        assert_eq!((0..4).filter(|at| columns.label(*at) == Some(first.as_str())).count(), 1);
        assert!(columns.check());
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
