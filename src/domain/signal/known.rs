//! Which days a source knows: between what one file ends with and another begins with nothing may be known.

use serde::{Deserialize, Serialize};

use super::EvidenceDay;

/// Days from one, up to and without another.
type Span = (EvidenceDay, EvidenceDay);

/// The days that a source knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Span>", into = "Vec<Span>")]
pub struct Known(Spans);

/// Nearly always one span, so it needs no memory of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Spans {
    One(Span),
    /// In their order, with a gap between any two; none or several.
    Other(Box<[Span]>),
}

impl Known {
    /// The days from one, up to and without another.
    #[must_use]
    pub const fn between(from: EvidenceDay, until: EvidenceDay) -> Self {
        Self(Spans::One((from, until)))
    }

    /// Every day before this one.
    #[must_use]
    pub const fn before(until: EvidenceDay) -> Self {
        Self::between(EvidenceDay::START, until)
    }

    /// The spans, in their order.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        match &self.0 {
            Spans::One(span) => std::slice::from_ref(span),
            Spans::Other(spans) => spans,
        }
    }

    /// The first day after all that is known; the earliest there is, if nothing is.
    #[must_use]
    pub fn until(&self) -> EvidenceDay {
        self.spans().last().map_or(EvidenceDay::START, |(_, until)| *until)
    }

    /// Whether every day from one up to another is known.
    #[must_use]
    pub fn covers(&self, from: EvidenceDay, until: EvidenceDay) -> bool {
        self.spans().iter().any(|span| span.0 <= from && until <= span.1)
    }

    /// Whether no day is known at all.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.spans().iter().all(|(from, until)| from >= until)
    }

    /// The days that both know.
    #[must_use]
    pub fn both(&self, other: &Self) -> Self {
        let with = |one: &Span| {
            let one = *one;
            other.spans().iter().map(move |two| (one.0.max(two.0), one.1.min(two.1)))
        };
        self.spans().iter().flat_map(with).collect::<Vec<_>>().into()
    }

    /// Adds the days that another knows.
    pub fn add(&mut self, other: &Self) {
        let covered = other.spans().iter().all(|(from, until)| self.covers(*from, *until));
        if !covered {
            *self = self.spans().iter().chain(other.spans()).copied().collect::<Vec<_>>().into();
        }
    }

    /// The same, seen from a module that starts so many days later.
    #[must_use]
    pub fn seen_from(&self, later: i16) -> Self {
        let seen = |day: EvidenceDay| match day {
            EvidenceDay::START | EvidenceDay::END => day,
            day => day.plus(-later),
        };
        let spans: Vec<Span> =
            self.spans().iter().map(|(from, until)| (seen(*from), seen(*until))).collect();
        spans.into()
    }
}

impl From<Vec<Span>> for Known {
    fn from(mut spans: Vec<Span>) -> Self {
        spans.retain(|(from, until)| from < until);
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
                Some(_) | None => joined.push(span),
            }
        }
        match joined.as_slice() {
            [span] => Self(Spans::One(*span)),
            _ => Self(Spans::Other(joined.into())),
        }
    }
}

impl From<Known> for Vec<Span> {
    fn from(known: Known) -> Self {
        known.spans().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(spans: &[(i16, i16)]) -> Known {
        let spans: Vec<Span> =
            spans.iter().map(|(from, until)| (EvidenceDay(*from), EvidenceDay(*until))).collect();
        spans.into()
    }

    #[test]
    fn what_lies_between_two_files_is_not_known_until_another_tells_it() {
        let mut known = of(&[(0, 20), (40, 60)]);
        let covers = |known: &Known| known.covers(EvidenceDay(0), EvidenceDay(60));
        assert!(!covers(&known) && known.until() == EvidenceDay(60));
        known.add(&of(&[(20, 40)]));
        assert!(covers(&known) && known == of(&[(0, 60)]));
    }

    proptest! {
        #[test]
        fn both_know_what_each_of_them_knows(
            one in prop::collection::vec((-50_i16..50, 0_i16..30), 0..4),
            other in prop::collection::vec((-50_i16..50, 0_i16..30), 0..4),
        ) {
            let known = |all: &[(i16, i16)]| {
                of(&all.iter().map(|(from, days)| (*from, from + days)).collect::<Vec<_>>())
            };
            let (one, other) = (known(&one), known(&other));
            let both = one.both(&other);
            for day in -60..90_i16 {
                let knows = |it: &Known| it.covers(EvidenceDay(day), EvidenceDay(day + 1));
                prop_assert_eq!(knows(&both), knows(&one) && knows(&other));
            }
            prop_assert_eq!(both.is_nothing(), both == of(&[]));
        }

        #[test]
        fn the_order_of_files_does_not_matter(
            files in prop::collection::vec((-50_i16..50, 0_i16..30), 0..8),
            turned in any::<prop::sample::Index>(),
        ) {
            let files: Vec<Known> = files.iter().map(|(from, days)| of(&[(*from, from + days)])).collect();
            let all = |files: &[Known]| {
                files.iter().fold(of(&[]), |mut all, file| {
                    all.add(file);
                    all
                })
            };
            let mut other = files.clone();
            if !other.is_empty() {
                other.rotate_left(turned.index(files.len()));
                other.reverse();
            }
            let (one, other) = (all(&files), all(&other));
            prop_assert_eq!(&one, &other);
            for day in -60..90_i16 {
                let span = (EvidenceDay(day), EvidenceDay(day + 1));
                let told = files.iter().any(|file| file.covers(span.0, span.1));
                prop_assert_eq!(one.covers(span.0, span.1), told);
            }
        }
    }
}
