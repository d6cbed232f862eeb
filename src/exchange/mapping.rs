//! Which column of a list says what: a guess from headers and content that the reader may correct.

use super::{
    Refusal,
    headers::{self, Column, Meaning},
    list::{self, List},
};

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Nothing is known about the column: it is left out.
    None,
    /// The name is often used for it, or the cells look like it.
    Likely,
    /// The name says it.
    Sure,
}

/// What each column means; a column without meaning is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<Option<Column>>,
}

impl Mapping {
    /// A mapping of these columns.
    #[must_use]
    pub fn new(columns: Vec<Option<Column>>) -> Self {
        Self { columns }
    }

    /// What each column means, in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[Option<Column>] {
        &self.columns
    }

    /// Says what a column means, or that it is left out; another column with that meaning loses it.
    pub fn set(&mut self, index: usize, column: Option<Column>) {
        if column.is_some() {
            self.columns
                .iter_mut()
                .filter(|other| **other == column)
                .for_each(|other| *other = None);
        }
        if let Some(slot) = self.columns.get_mut(index) {
            *slot = column;
        }
    }

    /// Where a column is in the file.
    #[must_use]
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|other| *other == Some(column))
    }

    /// Whether the rows can be read with it.
    ///
    /// # Errors
    ///
    /// When two columns mean the same, or no column says who a row is about.
    pub fn check(&self, list: &List) -> Result<(), Refusal> {
        for (second, column) in self.columns.iter().enumerate() {
            let Some(what) = column else { continue };
            if let Some(first) = self
                .columns
                .iter()
                .position(|other| other == column)
                .filter(|first| *first < second)
            {
                return Err(Refusal::TwiceMapped {
                    first: first + 1,
                    second: second + 1,
                    what: what.label(),
                });
            }
        }
        if self.position(Column::Number).is_none() && self.position(Column::Email).is_none() {
            let row =
                list.header_row().or_else(|| Some(list.rows().next()?.0.number())).unwrap_or(1);
            return Err(Refusal::NoIdentity { row, columns: list.width() });
        }
        Ok(())
    }

    /// What each column means in words, empty where it is left out: how a mapping is remembered.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.map_or("", Column::label).to_owned()).collect()
    }

    /// Reads what [`Mapping::labels`] gave; `None` when it names a column that this program does not know.
    #[must_use]
    pub fn of_labels(labels: &[String]) -> Option<Self> {
        let column = |label: &String| match label.as_str() {
            "" => Some(None),
            label => Column::of_label(label).map(Some),
        };
        labels.iter().map(column).collect::<Option<Vec<_>>>().map(Self::new)
    }
}

/// A guessed [`Mapping`] and how sure each column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What each column seems to mean.
    pub mapping: Mapping,
    /// How sure that is, column by column.
    pub confidence: Vec<Confidence>,
    /// The protected characteristics among the columns, by header: they are never imported.
    pub protected: Vec<String>,
}

impl Guess {
    /// Guesses from the headers, and from the cells where these say nothing.
    #[must_use]
    pub fn of(list: &List) -> Self {
        let headers = list.headers();
        let meanings: Vec<Option<Meaning>> =
            headers.iter().map(|header| headers::meaning(header)).collect();
        let mut guess = Self {
            mapping: Mapping::new(vec![None; headers.len()]),
            confidence: vec![Confidence::None; headers.len()],
            protected: Vec::new(),
        };
        for (header, meaning) in headers.iter().zip(&meanings) {
            if *meaning == Some(Meaning::Protected) {
                guess.protected.push((*header).to_owned());
            }
        }
        for column in Column::ALL {
            guess.take_strongest(*column, &meanings);
        }
        let unknown = |index: usize| {
            !matches!(meanings.get(index), Some(Some(Meaning::Protected | Meaning::Unused)))
        };
        guess.look_for(list, Column::Number, list::looks_like_number, unknown);
        guess.look_for(list, Column::Email, list::looks_like_email, unknown);
        guess
    }

    fn take_strongest(&mut self, column: Column, meanings: &[Option<Meaning>]) {
        let mut best: Option<(usize, u8)> = None;
        for (index, meaning) in meanings.iter().enumerate() {
            if let Some(Meaning::Of(of, strength)) = meaning
                && *of == column
                && best.is_none_or(|(_, most)| *strength > most)
            {
                best = Some((index, *strength));
            }
        }
        if let Some((index, strength)) = best {
            self.take(
                index,
                column,
                if strength > 1 { Confidence::Sure } else { Confidence::Likely },
            );
        }
    }

    fn take(&mut self, index: usize, column: Column, confidence: Confidence) {
        self.mapping.set(index, Some(column));
        if let Some(slot) = self.confidence.get_mut(index) {
            *slot = confidence;
        }
    }

    /// Takes the first free column whose first cells all look like what is missing.
    fn look_for(
        &mut self,
        list: &List,
        column: Column,
        like: fn(&str) -> bool,
        may: impl Fn(usize) -> bool,
    ) {
        const ENOUGH: usize = 50;
        if self.mapping.position(column).is_some() {
            return;
        }
        let found = (0..list.width()).filter(|index| may(*index)).find(|index| {
            let free = matches!(self.mapping.columns.get(*index), Some(None));
            let mut cells = list
                .rows()
                .map(|(row, _)| row.cell(*index))
                .filter(|cell| !cell.is_empty())
                .take(ENOUGH)
                .peekable();
            free && cells.peek().is_some() && cells.all(like)
        });
        if let Some(index) = found {
            self.take(index, column, Confidence::Likely);
        }
    }
}

/// What a header is remembered by: equal for equal columns in equal order, whatever the rows.
#[must_use]
pub fn header_key(list: &List) -> String {
    let headers: Vec<String> = list.headers().into_iter().map(headers::plain).collect();
    headers.join("|")
}

/// The same for a list of signals, whose columns mean other things.
#[must_use]
pub fn signals_key(list: &List) -> String {
    format!("signals|{}", header_key(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str) -> (List, Guess) {
        let list = List::read(text.as_bytes()).unwrap();
        let guess = Guess::of(&list);
        (list, guess)
    }

    fn shown(text: &str) -> String {
        guess(text).1.mapping.labels().join("|")
    }

    #[test]
    fn moodle_participants_are_known_in_any_order() {
        assert_eq!(
            shown("Email address,Last name,ID number,First name\na@example.org,R,01,A\n"),
            "e-mail|family name|student number|first name"
        );
    }

    #[test]
    fn of_several_sits_codes_the_one_that_says_the_most_is_taken() {
        let (_, guess) = guess("SCJ_CODE,SPR_CODE,STU_CODE,STU_SURN\n1/1,1/1,1,X\n");
        assert_eq!(guess.mapping.labels().join("|"), "|student number||family name");
        assert_eq!(shown("SCJ_CODE,SPR_CODE\n01/1,01/1\n"), "|student number");
    }

    #[test]
    fn a_list_without_a_header_is_known_by_its_cells() {
        let (list, guess) = guess("S1234567/1\nS7654321/2\n");
        assert_eq!(guess.mapping.labels().join("|"), "student number");
        assert_eq!(guess.confidence, [Confidence::Likely]);
        assert_eq!(guess.mapping.check(&list), Ok(()));
        assert_eq!(shown("20481234,Aisha Rahman,a@example.org\n"), "student number||e-mail");
    }

    #[test]
    fn protected_characteristics_are_never_mapped() {
        let (_, guess) = guess("Student ID,Name,Gender,Ethnicity\n1,A,F,x\n");
        assert_eq!(guess.mapping.labels().join("|"), "student number|full name||");
        assert_eq!(guess.protected, ["Gender", "Ethnicity"]);
    }

    #[test]
    fn a_list_that_names_nobody_is_refused_with_its_row() {
        let (list, guess) = guess("a,b,c\n1,2,3\n");
        assert_eq!(guess.mapping.check(&list), Err(Refusal::NoIdentity { row: 1, columns: 3 }));
    }

    #[test]
    fn a_corrected_column_takes_its_meaning_from_the_other() {
        let mut mapping = Mapping::new(vec![Some(Column::Number), None]);
        mapping.set(1, Some(Column::Number));
        assert_eq!(mapping.labels().join("|"), "|student number");
    }

    #[test]
    fn a_mapping_is_remembered_by_its_labels() {
        let mapping = Mapping::new(vec![Some(Column::TutorEmail), None, Some(Column::Number)]);
        assert_eq!(Mapping::of_labels(&mapping.labels()), Some(mapping));
        assert_eq!(Mapping::of_labels(&["shoe size".to_owned()]), None);
    }

    #[test]
    fn a_header_is_remembered_whatever_its_rows() {
        let print = |text| header_key(&guess(text).0);
        assert_eq!(print("ID number,Name\n1,A\n"), print("id_number,NAME\n2,B\n3,C\n"));
        assert_ne!(print("ID number,Name\n1,A\n"), print("Name,ID number\nA,1\n"));
    }
}
