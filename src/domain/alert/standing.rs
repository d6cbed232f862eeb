//! Where a student stands on the list: points of the last weekly run, how that came about, and what quietens it.

use chrono::NaiveDate;

use crate::domain::{
    decision::{DecisionId, Verdict},
    time::show_day,
    word::Choice,
};

/// What the last weekly run found, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The most points of any module.
    pub points: u8,
    /// From how many points on there is an alert in that week.
    pub threshold: u8,
    /// The Monday of the week in which the evidence ends.
    pub week: NaiveDate,
    /// Whether points or a rule that asks for a look made an alert in that week.
    pub on: bool,
    /// Whether the evidence is too little for an alert.
    pub too_little: bool,
    /// Whether it is urgent at whatever time of the year.
    pub urgent: bool,
}

impl Standing {
    /// The band of the points in a word or two: never a probability.
    #[must_use]
    pub const fn band(&self) -> &'static str {
        match (self.too_little, self.on, self.points >= self.threshold) {
            (true, false, _) => "too little evidence",
            (_, true, true) if self.urgent => "urgent",
            (_, true, true) => "worth a check-in",
            (_, true, false) => "worth a look",
            (false, false, _) => "below the line",
        }
    }
}

/// How an alert came about since the run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// It was not there before.
    New,
    /// It was.
    Continuing,
    /// Its points are below the line again, for one run; after another it is gone.
    Easing,
}

impl State {
    /// The word for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Continuing => "continuing",
            Self::Easing => "easing",
        }
    }
}

/// Where the points go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trend {
    /// More than in the run before.
    Rising,
    /// As many.
    Same,
    /// Fewer.
    Falling,
    /// There is nothing to compare with.
    First,
}

impl Trend {
    /// The word for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Same => "the same",
            Self::Falling => "falling",
            Self::First => "first",
        }
    }

    /// The sign beside the points, one column wide; empty of meaning where there is nothing to compare with.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Rising => "↑",
            Self::Same => "=",
            Self::Falling => "↓",
            Self::First => " ",
        }
    }
}

/// What quietens an alert: a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The decision.
    pub decision: DecisionId,
    /// What was decided.
    pub verdict: Verdict,
    /// The first day on which it speaks again; none where it waits for other evidence.
    pub until: Option<NaiveDate>,
}

impl Quiet {
    /// It in words: `snoozed until 3 Dec`.
    #[must_use]
    pub fn words(&self, today: NaiveDate) -> String {
        let what = match self.verdict {
            Verdict::Snoozed { .. } => "snoozed",
            Verdict::Exempt { ground, .. } => {
                return self.until.map_or_else(
                    || ["exempt: ", ground.words()].concat(),
                    |day| format!("exempt until {}: {}", show_day(day, today), ground.words()),
                );
            }
            Verdict::Wrong(fault) => return ["marked as ", fault.words()].concat(),
            Verdict::Closed(close) => return ["closed: ", close.words()].concat(),
            Verdict::Assigned { .. } => "assigned",
        };
        match self.until {
            Some(day) => format!("{what} until {}", show_day(day, today)),
            None => [what, " until the evidence changes"].concat(),
        }
    }
}
