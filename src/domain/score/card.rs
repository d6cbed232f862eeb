//! A score card: every number of a score, as data.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{Evidence, Measure, Median, Peers, Point};
use crate::domain::{signal::WeekEnd, word::Choice};

/// The most points that one reason may bring, so that a sum always fits.
pub const MOST_POINTS: u8 = 20;

/// The numbers of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Card {
    /// What it is called.
    pub name: String,
    /// What is measured, and the points for it, in the order in which reasons are told.
    #[serde(rename = "line")]
    pub lines: Vec<Line>,
    /// Sessions and tutorials.
    pub attendance: Attendance,
    /// When points become an alert.
    pub alert: Alert,
    /// Rules that ask for a look.
    pub look: Look,
}

/// One line of a card: a measure and its bands. It is one reason at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Line {
    /// What is measured.
    pub measure: Measure,
    /// No points while the line of this measure gives some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Measure>,
    /// Nothing is compared while the peers' median is below so many active days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peers_from: Option<u8>,
    /// A peers' median below one active day in so many weeks counts as that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_day_in_weeks: Option<u8>,
    /// The bands, the worst first; the first that fits counts.
    pub bands: Vec<Step>,
}

impl Line {
    /// A line that compares as soon as the peers' median is a day.
    #[must_use]
    pub fn new(measure: Measure, bands: Vec<Step>) -> Self {
        let peers_from = measure.is_of_peers().then_some(1);
        Self { measure, unless: None, peers_from, one_day_in_weeks: None, bands }
    }

    /// What is compared with; none where the peers did too little.
    pub(super) fn base(&self, weeks: u8, median: Median) -> Option<Median> {
        if self.peers_from.is_some_and(|from| median.is_below(from)) {
            return None;
        }
        let least = self.one_day_in_weeks;
        Some(least.map_or(median, |in_weeks| median.at_least_one_in(weeks, in_weeks)))
    }

    /// The points for somebody's evidence, with the reason.
    #[must_use]
    pub fn point(&self, evidence: &Evidence, peers: &Peers) -> Option<Point> {
        let reading = self.measure.read(self, evidence, peers)?;
        let band = self.bands.iter().find(|band| reading.is_beyond(band.limit))?;
        let why = self.measure.why(evidence, peers)?;
        let block = why.rule().block()?;
        (band.points > 0).then_some(Point { block, points: band.points, why })
    }
}

/// Points from a limit on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Step {
    /// The limit.
    pub limit: Limit,
    /// What is beyond it is worth this.
    pub points: u8,
}

/// From where on a band fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// So much or more.
    From(u16),
    /// Less than this.
    Below(u16),
    /// So much or less.
    UpTo(u16),
}

impl Limit {
    /// Its number.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::From(number) | Self::Below(number) | Self::UpTo(number) => number,
        }
    }
}

/// A [`Step`] as a file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    below: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_to: Option<u16>,
    points: u8,
}

impl TryFrom<Written> for Step {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let limit = match (written.from, written.below, written.up_to) {
            (Some(number), None, None) => Limit::From(number),
            (None, Some(number), None) => Limit::Below(number),
            (None, None, Some(number)) => Limit::UpTo(number),
            _ => return Err("a band has one limit: from, below or up-to"),
        };
        Ok(Self { limit, points: written.points })
    }
}

impl From<Step> for Written {
    fn from(step: Step) -> Self {
        let none = Self { from: None, below: None, up_to: None, points: step.points };
        match step.limit {
            Limit::From(number) => Self { from: Some(number), ..none },
            Limit::Below(number) => Self { below: Some(number), ..none },
            Limit::UpTo(number) => Self { up_to: Some(number), ..none },
        }
    }
}

/// Points below a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Band {
    /// The limit in percent.
    pub below: u8,
    /// What is below it is worth this.
    pub points: u8,
}

/// Points for attendance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attendance {
    /// How many of the last weeks count.
    pub weeks: u8,
    /// For the percentage of sessions attended; the first that fits counts.
    pub bands: Vec<Band>,
    /// So many compulsory tutorials missed in a row …
    pub tutorials_in_a_row: u8,
    /// … are worth this.
    pub tutorials_points: u8,
}

/// When points become an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Alert {
    /// The first week at whose end there are alerts.
    pub first_week: u8,
    /// The most that activity and attendance bring together.
    pub engagement_at_most: u8,
    /// From how many points on, at the start of the year.
    pub wide: u8,
    /// The same, for fewer alerts.
    pub standard: u8,
    /// The same, for fewer still.
    pub narrow: u8,
    /// From how many points on it is urgent, all year.
    pub urgent: u8,
    /// How the thresholds rise, in the order of weeks.
    pub stages: Vec<Stage>,
    /// With fewer peers than this the next wider circle is asked.
    pub peers_at_least: u8,
}

/// From when on a threshold is higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stage {
    /// The first week.
    pub from_week: u8,
    /// By how much it is higher than at the start.
    pub add: u8,
}

/// The numbers of the rules that ask for a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Look {
    /// The first week at whose end they apply.
    pub from_week: u8,
    /// Days without any activity …
    pub idle_days: u16,
    /// … while the peers' median is at least so many active days.
    pub idle_peers_median: u8,
    /// So many pieces overdue.
    pub overdue: u8,
    /// A mean mark below this.
    pub mean_below: u8,
    /// Days without any activity, whatever the peers do.
    pub none_for_days: u16,
}

/// How many alerts a tutor wants to see.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// More names, more of them without need.
    Wide,
    /// The default.
    Standard,
    /// Fewer names, most of them with need.
    Narrow,
}

impl Setting {
    /// All, from most to fewest alerts.
    pub const ALL: [Self; 3] = [Self::Wide, Self::Standard, Self::Narrow];
}

impl Choice for Setting {
    fn code(self) -> u8 {
        match self {
            Self::Wide => 0,
            Self::Standard => 1,
            Self::Narrow => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Standard => "standard",
            Self::Narrow => "narrow",
        }
    }
}

impl Card {
    /// From how many points on there is an alert at the end of a week; none before the first.
    #[must_use]
    pub fn threshold(&self, setting: Setting, week: WeekEnd) -> Option<u8> {
        let alert = &self.alert;
        let start = match setting {
            Setting::Wide => alert.wide,
            Setting::Standard => alert.standard,
            Setting::Narrow => alert.narrow,
        };
        let begun = alert.stages.iter().take_while(|stage| stage.from_week <= week.0);
        let add = begun.last().map_or(0, |stage| stage.add);
        (week.0 >= alert.first_week).then_some(start.saturating_add(add))
    }
}
