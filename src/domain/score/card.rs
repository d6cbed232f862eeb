//! A score card: every number of a score, as data.

use serde::{Deserialize, Serialize};

use strum::EnumIter;

use crate::domain::{signal::WeekEnd, word::Choice};

/// The numbers of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Card {
    /// What it is called.
    pub name: String,
    /// Online activity in the last two weeks.
    pub recent: Recent,
    /// Online activity since the start.
    pub since_start: SinceStart,
    /// Work not handed in.
    pub submissions: Submissions,
    /// Marks.
    pub marks: Marks,
    /// What was before this year.
    pub history: History,
    /// Sessions and tutorials.
    pub attendance: Attendance,
    /// When points become an alert.
    pub alert: Alert,
    /// Rules that ask for a look.
    pub look: Look,
}

/// Points for active days among the last 14.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recent {
    /// Days without any activity …
    pub none_for_days: u16,
    /// … and their points; nothing else of this block is added.
    pub none_points: u8,
    /// The least median of the peers that is compared with.
    pub peers_median_from: u8,
    /// At most so much of the peers' median …
    pub low_percent: u8,
    /// … is worth this.
    pub low_points: u8,
    /// Less than the median is worth this.
    pub below_points: u8,
}

/// Points for active days since the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SinceStart {
    /// At most so much of the peers' median …
    pub very_low_percent: u8,
    /// … is worth this.
    pub very_low_points: u8,
    /// At most so much of the peers' median …
    pub low_percent: u8,
    /// … is worth this.
    pub low_points: u8,
    /// A median below one active day in so many weeks counts as that.
    pub one_day_in_weeks: u8,
}

/// Points for work not handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Submissions {
    /// For one piece overdue, two, …; the last for all more.
    pub overdue: Vec<u8>,
}

/// Points for marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// For the weighted mean; the first that fits counts.
    pub bands: Vec<Band>,
    /// For no mark …
    pub none_points: u8,
    /// … while so many percent of the peers have one.
    pub none_peers_percent: u8,
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

/// Points for what was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct History {
    /// For taking the module again.
    pub repeating_points: u8,
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
