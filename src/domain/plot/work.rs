//! What became of each piece of work, by its due day.

use chrono::NaiveDate;

use super::Span;
use crate::domain::{
    file::StudentFile,
    module::Module,
    signal::{Entry, EvidenceDay, Mark},
};

/// One piece of work of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceOfWork {
    /// What it is called.
    pub name: String,
    /// In which module.
    pub module: String,
    /// The day it is due for this student, if anybody has said.
    pub due: Option<NaiveDate>,
    /// What became of it.
    pub fate: Fate,
    /// Its mark, once it is back.
    pub mark: Option<Mark>,
    /// Its share of the module in hundredths of a percent; 0 if unknown.
    pub weight: u16,
}

impl PieceOfWork {
    /// What became of it in words: past its day, a piece of which no source tells is not open, but not known.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> &'static str {
        let past = self.due.is_some_and(|due| due < today);
        if self.fate == Fate::Open && past { "not known" } else { self.fate.words() }
    }
}

/// What became of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Handed in in time.
    Handed,
    /// Handed in late.
    Late,
    /// Overdue and not handed in.
    Missing,
    /// Not due yet, or nobody knows.
    Open,
}

impl Fate {
    /// The words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Handed => "handed in",
            Self::Late => "late",
            Self::Missing => "missing",
            Self::Open => "open",
        }
    }
}

/// The work of a module in the order of its list; nothing where no source tells of work.
pub(super) fn of(span: Span, module: &Module, file: &StudentFile) -> Vec<PieceOfWork> {
    let of_module = || file.engagements.iter().filter(|held| held.module == module.id);
    let mut told = of_module().filter_map(|held| held.kept.work());
    let Some(mut work) = told.next() else { return Vec::new() };
    for other in told {
        work.merge(&other);
    }
    let today = module.day(span.today);
    let pieces = module.pieces().into_iter().zip(&module.tasks).enumerate();
    pieces
        .map(|(number, (piece, task))| {
            let entry = work.entries().iter().find(|entry| usize::from(entry.piece) == number);
            let none = Entry::new(u16::try_from(number).unwrap_or(u16::MAX));
            let entry = entry.unwrap_or(&none);
            let closes = piece.closes.extended(entry.extended);
            let known = entry.checked.max(Some(work.handed_until())).unwrap_or(EvidenceDay::START);
            let fate = match entry.handed {
                Some(handed) if handed > closes => Fate::Late,
                Some(_) => Fate::Handed,
                None if entry.mark.is_some() => Fate::Handed,
                None if closes < known.min(today) => Fate::Missing,
                None => Fate::Open,
            };
            PieceOfWork {
                name: task.name.clone(),
                module: module.shown().to_owned(),
                due: entry.extended.and_then(|day| module.date(day)).max(task.due),
                fate,
                mark: entry.mark.map(|marked| marked.mark),
                weight: piece.weight,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_which_no_source_tells_is_open_until_its_day_and_then_not_known() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let piece = |fate, due| PieceOfWork {
            name: String::new(),
            module: String::new(),
            due,
            fate,
            mark: None,
            weight: 0,
        };
        let today = day("2026-11-20");
        let words = |fate, due: Option<&str>| piece(fate, due.map(day)).words(today);
        assert_eq!(words(Fate::Open, Some("2026-11-20")), "open");
        assert_eq!(words(Fate::Open, None), "open");
        assert_eq!(words(Fate::Open, Some("2026-11-19")), "not known");
        assert_eq!(words(Fate::Missing, Some("2026-11-19")), "missing");
    }
}
