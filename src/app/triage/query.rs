//! The line over the triage list: letters that find somebody, and terms such as `severity:urgent`. A term that means
//! nothing is told, never guessed.

use nucleo_matcher::{Matcher, Utf32Str, pattern::Pattern};

use super::row::{BETWEEN, Names, Row};
use crate::app::pane::tutees::{matcher, narrows, pattern};
use crate::domain::{
    alert::State,
    fold::fold,
    reason::{Reason, Severity},
    tutor::TutorId,
};

/// The terms, each with what may follow it.
const TERMS: [(&str, &str); 7] = [
    ("tutor", "part of a name"),
    ("severity", "urgent, soon or watch"),
    ("why", "part of a reason"),
    ("level", "3 to 8"),
    ("owner", "me, none or part of a name"),
    ("state", "new, continuing or easing"),
    ("snoozed", "yes or no"),
];

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Tutor(Vec<u32>),
    Severity(Severity),
    Why(String),
    Level(u8),
    Owner(Vec<u32>),
    Unowned,
    State(State),
    Snoozed(bool),
}

impl Term {
    /// Terms of one key are alternatives; of several keys all must hold.
    const fn key(&self) -> u8 {
        match self {
            Self::Tutor(_) => 0,
            Self::Severity(_) => 1,
            Self::Why(_) => 2,
            Self::Level(_) => 3,
            Self::Owner(_) | Self::Unowned => 4,
            Self::State(_) => 5,
            Self::Snoozed(_) => 6,
        }
    }

    fn holds(&self, row: &Row) -> bool {
        match self {
            Self::Tutor(places) => row.tutor.is_some_and(|place| places.contains(&place)),
            Self::Severity(severity) => row.alert.severity() == *severity,
            Self::Why(text) => {
                let mut told = row.alert.reasons.iter().flat_map(Reason::in_full);
                told.any(|evidence| fold(evidence).contains(&**text))
            }
            Self::Level(level) => row.level == Some(*level),
            Self::Owner(places) => row.owner.is_some_and(|place| places.contains(&place)),
            Self::Unowned => row.owner.is_none(),
            Self::State(state) => row.alert.state == *state,
            Self::Snoozed(quiet) => row.is_quiet() == *quiet,
        }
    }
}

/// What the line asks for.
#[derive(Clone, Default)]
pub struct Query {
    /// The line as it was typed.
    pub text: String,
    /// What of it means nothing, in sentences.
    pub wrong: Vec<String>,
    words: String,
    pattern: Option<Pattern>,
    terms: Vec<Term>,
}

impl Query {
    /// Reads a line.
    #[must_use]
    pub fn parse(text: &str, names: &Names, me: Option<TutorId>) -> Self {
        let mut query = Self { text: text.trim().to_owned(), ..Self::default() };
        for word in text.split_whitespace() {
            let Some((key, value)) = word.split_once(':').filter(|(key, _)| is_key(key)) else {
                query.words.extend([if query.words.is_empty() { "" } else { " " }, word]);
                continue;
            };
            // Half of a term is not wrong yet.
            if value.is_empty() && TERMS.iter().any(|(term, _)| *term == key) {
                continue;
            }
            match term(&key.to_lowercase(), &fold(value), names, me) {
                Ok(term) => query.terms.push(term),
                Err(wrong) => query.wrong.push(wrong),
            }
        }
        query.terms.sort_by_key(Term::key);
        query.pattern = (!query.words.is_empty()).then(|| pattern(&query.words));
        query
    }

    /// Whether it leaves everybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.pattern.is_none()
    }

    /// Whether it asks who is quiet, or who is not.
    #[must_use]
    pub fn asks_quiet(&self) -> bool {
        self.terms.iter().any(|term| matches!(term, Term::Snoozed(_)))
    }

    /// Whether everything that it leaves is left by the other as well.
    #[must_use]
    pub fn narrows(&self, other: &Self) -> bool {
        other.wrong.is_empty()
            && self.terms == other.terms
            && (other.pattern.is_none() || narrows(&other.words, &self.words))
    }

    /// Whether a row is left.
    #[must_use]
    pub fn holds(&self, row: &Row, seeker: &mut Seeker) -> bool {
        let mut keys = self.terms.chunk_by(|a, b| a.key() == b.key());
        keys.all(|one| one.iter().any(|term| term.holds(row)))
            && self.pattern.as_ref().is_none_or(|pattern| seeker.finds(pattern, &row.line))
    }
}

/// What finding needs again and again.
pub struct Seeker {
    matcher: Matcher,
    chars: Vec<char>,
}

impl Default for Seeker {
    fn default() -> Self {
        Self { matcher: matcher(), chars: Vec::new() }
    }
}

impl Seeker {
    /// Whether every word is found in one of the fields: letters of several fields make no word.
    fn finds(&mut self, pattern: &Pattern, line: &str) -> bool {
        let matcher = &mut self.matcher;
        pattern.atoms.iter().all(|atom| {
            let mut fields = line.split(BETWEEN);
            fields.any(|field| atom.score(Utf32Str::new(field, &mut self.chars), matcher).is_some())
        })
    }
}

/// Only letters before the colon: `10:30` is no term.
fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(char::is_alphabetic)
}

fn term(key: &str, value: &str, names: &Names, me: Option<TutorId>) -> Result<Term, String> {
    let wrong = || {
        let what = TERMS.iter().find(|(term, _)| *term == key).map(|(_, what)| *what);
        if let Some(what) = what {
            return format!("{key}: knows {what}");
        }
        let all: Vec<&str> = TERMS.iter().map(|(term, _)| *term).collect();
        format!("no term “{key}:”; there are {}", all.join(", "))
    };
    let by_name = || Some(names.named(value)).filter(|found| !found.is_empty());
    let found = match key {
        "tutor" => by_name().map(Term::Tutor),
        "severity" => {
            let all = [Severity::Urgent, Severity::Soon, Severity::Watch];
            all.into_iter().find(|one| one.words().starts_with(value)).map(Term::Severity)
        }
        "why" => Some(Term::Why(value.to_owned())),
        "level" => {
            let level = value.trim_start_matches('l').parse().ok();
            level.filter(|level| (3..=8).contains(level)).map(Term::Level)
        }
        "owner" if value == "none" => Some(Term::Unowned),
        "owner" if value == "me" => {
            me.and_then(|me| names.place(me)).map(|place| Term::Owner(vec![place]))
        }
        "owner" => by_name().map(Term::Owner),
        "state" => {
            let all = [State::New, State::Continuing, State::Easing];
            all.into_iter().find(|one| one.words().starts_with(value)).map(Term::State)
        }
        // Whatever quietens it: people look for what is gone from the list.
        "snoozed" => match value {
            "yes" | "y" => Some(Term::Snoozed(true)),
            "no" | "n" => Some(Term::Snoozed(false)),
            _ => None,
        },
        _ => None,
    };
    match found {
        Some(term) => Ok(term),
        None if matches!(key, "tutor" | "owner") && !value.is_empty() => {
            Err(format!("{key}: nobody is called {value}"))
        }
        None => Err(wrong()),
    }
}
