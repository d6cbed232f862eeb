//! The filter over the tutees: fuzzy over name, number and programme. More letters narrow what is left.

use std::{cmp::Reverse, fmt};

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern},
};
use rayon::prelude::*;
use tui_input::Input;

use crate::domain::tutee::Tutee;

/// Rows that one thread scores at a time.
const CHUNK: usize = 512;

/// What narrows the list.
#[derive(Clone)]
pub struct Filter {
    /// The line that is typed.
    pub input: Input,
    /// Whether keys are typed into it.
    pub typing: bool,
    done: String,
    shown: Vec<u32>,
}

/// Prints how much is left, never what was typed.
impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} shown …", self.shown.len())
    }
}

/// Which characters of a row matched, counted in characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matched {
    /// In the name.
    pub name: Vec<usize>,
    /// In the number.
    pub number: Vec<usize>,
    /// In the programme.
    pub programme: Vec<usize>,
}

impl Filter {
    /// A filter that leaves everything.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self { input: Input::default(), typing: true, done: String::new(), shown: all(len) }
    }

    /// A filter in which this was typed; it leaves everything until it is followed.
    #[must_use]
    pub fn of(text: &str, len: usize) -> Self {
        Self { input: text.into(), typing: false, ..Self::new(len) }
    }

    /// How many rows are left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no row is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The row that is shown at this place.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<usize> {
        self.shown.get(place).map(|row| *row as usize)
    }

    /// Follows what was typed, if it is something else; says whether it was.
    pub fn follow(&mut self, rows: &[Tutee]) -> bool {
        let wanted = self.input.value().trim().to_owned();
        if wanted == self.done {
            return false;
        }
        let narrows = narrows(&self.done, &wanted);
        let among = if narrows { std::mem::take(&mut self.shown) } else { all(rows.len()) };
        self.shown = score(rows, &among, &wanted);
        self.done = wanted;
        true
    }

    /// Scores all rows again, because they are others.
    pub fn again(&mut self, rows: &[Tutee]) {
        self.shown = score(rows, &all(rows.len()), &self.done);
    }

    /// Finds what to highlight in the rows that are shown, if anything was typed.
    #[must_use]
    pub fn finder(&self) -> Option<Finder> {
        let typed = Some(self.done.as_str()).filter(|done| !done.is_empty())?;
        let (line, chars) = (String::new(), Vec::new());
        Some(Finder { pattern: pattern(typed), matcher: matcher(), line, chars })
    }
}

/// Finds in one row after the other what was typed: to make ready for it takes longer than to find.
pub struct Finder {
    pattern: Pattern,
    matcher: Matcher,
    line: String,
    chars: Vec<char>,
}

impl Finder {
    /// Which characters of a row matched.
    pub fn find(&mut self, row: &Tutee) -> Matched {
        let (mut matched, mut found) = (Matched::default(), Vec::new());
        write_line(row, &mut self.line);
        let text = Utf32Str::new(&self.line, &mut self.chars);
        self.pattern.indices(text, &mut self.matcher, &mut found);
        found.sort_unstable();
        found.dedup();
        // nucleo counts graphemes of text that is not ASCII; so are the fields measured.
        let name = Utf32Str::new(&row.name, &mut self.chars).len();
        let number = Utf32Str::new(&row.number, &mut self.chars).len();
        for index in found {
            let at = index as usize;
            if at < name {
                matched.name.push(at);
            } else if let Some(at) = at.checked_sub(name + 1).filter(|at| *at < number) {
                matched.number.push(at);
            } else if let Some(at) = at.checked_sub(name + number + 2) {
                matched.programme.push(at);
            }
        }
        matched
    }
}

fn all(len: usize) -> Vec<u32> {
    (0..u32::try_from(len).unwrap_or(u32::MAX)).collect()
}

/// Whether everything that matches the second matches the first.
pub(in crate::app) fn narrows(done: &str, wanted: &str) -> bool {
    let same_kind = |(done, wanted)| kind(done) == kind(wanted);
    let mut words = done.split_whitespace().zip(wanted.split_whitespace());
    !done.is_empty() && wanted.starts_with(done) && words.all(same_kind)
}

/// The rows that match, the best first, equal ones in the order of the list.
fn score(rows: &[Tutee], among: &[u32], wanted: &str) -> Vec<u32> {
    if wanted.is_empty() {
        return all(rows.len());
    }
    let pattern = pattern(wanted);
    let mut scored: Vec<(Reverse<u32>, u32)> = among
        .par_chunks(CHUNK)
        .flat_map_iter(|chunk| {
            let (mut matcher, mut line, mut chars) = (matcher(), String::new(), Vec::new());
            let mut scored = Vec::new();
            for index in chunk {
                let Some(row) = rows.get(*index as usize) else { continue };
                write_line(row, &mut line);
                let score = pattern.score(Utf32Str::new(&line, &mut chars), &mut matcher);
                scored.extend(score.map(|score| (Reverse(score), *index)));
            }
            scored
        })
        .collect();
    scored.par_sort_unstable();
    scored.into_iter().map(|(_, index)| index).collect()
}

fn write_line(row: &Tutee, line: &mut String) {
    line.clear();
    for field in [&row.name, " ", &row.number, " ", &row.programme] {
        line.push_str(field);
    }
}

pub(in crate::app) fn pattern(wanted: &str) -> Pattern {
    let atom =
        |word: &str| Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind(word), false);
    let mut pattern = Pattern::default();
    pattern.atoms = wanted.split_whitespace().map(atom).collect();
    pattern
}

/// Letters may stand apart; digits of a number stand together.
fn kind(word: &str) -> AtomKind {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { AtomKind::Substring } else { AtomKind::Fuzzy }
}

pub(in crate::app) fn matcher() -> Matcher {
    Matcher::new(Config::DEFAULT)
}
