//! Clock and sheet: medians, ratios, targets, and how much more a larger profile costs.

use std::{
    fmt,
    hint::black_box,
    io::{self, Write},
    time::{Duration, Instant},
};

use tutelage::domain::demo::Scale;

use crate::world::World;

/// Fewer bytes are shown as such.
const KEPT_WHOLE: u64 = 100_000;

/// Times of the same thing done again and again.
pub struct Times(Vec<Duration>);

impl Times {
    /// Does a thing so many times.
    pub fn of<T>(times: usize, mut thing: impl FnMut(usize) -> T) -> Self {
        (0..times)
            .map(|round| {
                let start = Instant::now();
                let made = black_box(thing(round));
                let took = start.elapsed();
                // Taking it apart again is not what was asked for.
                drop(made);
                took
            })
            .collect()
    }

    /// The time that so many of a hundred stay within.
    pub fn within(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * percent / 100).copied().unwrap_or_default()
    }

    /// The median.
    pub fn median(&self) -> Duration {
        self.within(50)
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(times: I) -> Self {
        let mut all: Vec<Duration> = times.into_iter().collect();
        all.sort_unstable();
        Self(all)
    }
}

/// What was measured: times, amounts of memory or of what is sent, or how often something was.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Amount {
    Time(Duration),
    Bytes(u64),
    Count(u64),
}

impl Amount {
    #[expect(clippy::cast_precision_loss, reason = "a ratio of two digits is asked for")]
    fn value(self) -> f64 {
        match self {
            Self::Time(time) => time.as_secs_f64(),
            Self::Bytes(amount) | Self::Count(amount) => amount as f64,
        }
    }
}

impl From<Duration> for Amount {
    fn from(time: Duration) -> Self {
        Self::Time(time)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value();
        let shown = match self {
            Self::Time(_) if value < 1e-3 => format!("{:.1} µs", value * 1e6),
            Self::Time(_) if value < 1.0 => format!("{:.2} ms", value * 1e3),
            Self::Time(_) => format!("{value:.2} s"),
            Self::Bytes(bytes) if *bytes < KEPT_WHOLE => format!("{bytes} B"),
            Self::Bytes(_) => format!("{:.1} MiB", value / 1024.0 / 1024.0),
            Self::Count(count) => count.to_string(),
        };
        f.pad(&shown)
    }
}

/// Something to measure against.
pub struct Against {
    /// What it is.
    pub what: &'static str,
    /// What it took.
    pub took: Amount,
    /// The ratio that was promised, if one was.
    pub at_most: Option<f64>,
}

/// By how much a row may grow that is to be as quick in every profile.
const FLAT: f64 = 1.2;

/// Prints row by row, and keeps the rows for the growth.
pub struct Sheet {
    scale: Scale,
    rows: Vec<(Scale, String, Amount)>,
    /// The rows that are to be as quick in every profile.
    flat: Vec<String>,
    /// How many records there are.
    records: Vec<(Scale, usize)>,
}

impl Sheet {
    /// An empty sheet.
    pub const fn new() -> Self {
        Self { scale: Scale::Tutor, rows: Vec::new(), flat: Vec::new(), records: Vec::new() }
    }

    /// Begins the rows of a scale.
    pub fn part(&mut self, world: &World) {
        self.scale = world.scale;
        let counts = world.records.counts();
        let all: usize = counts.values().sum();
        self.records.push((self.scale, all));
        let name: &'static str = self.scale.into();
        say(&format!("\n{name}: {} students, {all} records", self.scale.students()));
    }

    /// A row: what took how long, and how that compares.
    pub fn row(&mut self, what: &str, took: impl Into<Amount>, against: &[Against]) {
        let took = took.into();
        self.rows.push((self.scale, what.to_owned(), took));
        say(&format!("  {what:<38}{took:>12}"));
        for other in against {
            let ratio = took.value() / other.took.value().max(f64::MIN_POSITIVE);
            let verdict = match other.at_most {
                Some(most) if ratio <= most => format!("at most {most}: kept"),
                Some(most) => format!("at most {most}: MISSED"),
                None => String::new(),
            };
            say(&format!("    {ratio:>8.2} × {:<44}{:>12}  {verdict}", other.what, other.took));
        }
    }

    /// The same, to be as quick in every profile.
    pub fn flat_row(&mut self, what: &str, took: impl Into<Amount>, against: &[Against]) {
        self.flat.push(what.to_owned());
        self.row(what, took, against);
    }

    /// A row with a bar of its own: what it may take at most.
    pub fn bar(&mut self, what: &str, took: impl Into<Amount>, at_most: Amount) {
        let took = took.into();
        self.rows.push((self.scale, what.to_owned(), took));
        let verdict = if took <= at_most { "kept" } else { "MISSED" };
        say(&format!("  {what:<38}{took:>12}  at most {at_most}: {verdict}"));
    }

    /// What a row took in the smallest profile of this run, if that was another one.
    pub fn smallest(&self, what: &str) -> Option<Amount> {
        let (scale, _, took) = self.rows.iter().find(|(_, name, _)| *name == what)?;
        (*scale != self.scale).then_some(*took)
    }

    /// How much more each row costs in a larger profile than in the smallest, and how much more it may: as its records
    /// times their logarithm, or hardly at all.
    pub fn growth(&self) {
        say("\ngrowth");
        for (place, (scale, what, took)) in self.rows.iter().enumerate() {
            let smaller = self.rows.iter().take(place).find(|(_, name, _)| name == what);
            let smaller = smaller.filter(|(_, _, first)| first.value() > 0.0);
            let Some((small, _, first)) = smaller else { continue };
            let name: &'static str = scale.into();
            let flat = self.flat.contains(what);
            let most = if flat { FLAT } else { self.weight(*scale) / self.weight(*small) };
            let ratio = took.value() / first.value();
            let verdict = if ratio <= most { "kept" } else { "MISSED" };
            say(&format!("  {what:<38}{ratio:>8.2} × in {name:<11}at most {most:.1}: {verdict}"));
        }
    }

    /// The records of a scale times their logarithm.
    #[expect(clippy::cast_precision_loss, reason = "a ratio of two digits is asked for")]
    fn weight(&self, scale: Scale) -> f64 {
        let found = self.records.iter().find(|(other, _)| *other == scale);
        let records = found.map_or(1.0, |(_, records)| *records as f64);
        records * records.ln().max(1.0)
    }
}

/// Prints a line; nobody listening is no reason to stop.
pub fn say(line: &str) {
    writeln!(io::stdout(), "{line}").ok();
}
