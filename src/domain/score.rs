//! The score of an alert: whole points from a student's evidence, compared with their peers in the same week, each with the
//! reason that a tutor reads.
//!
//! [`Signals`](super::signal::Signals) → [`Evidence`] of one week → [`Peers`] of all of a group → [`Score`] by a [`Card`].
//! What a score may know, and why it can know nothing about who somebody is, says [`signal`](super::signal).

pub mod card;
pub mod evidence;
pub mod look;
pub mod measure;
pub mod peers;
pub mod rule;
pub mod why;

pub use card::{Card, Setting};
pub use evidence::Evidence;
pub use look::{Aside, Look};
pub use measure::Measure;
pub use peers::{Median, Peers};
pub use rule::Rule;
pub use why::Why;

use super::signal::WeekEnd;

/// The parts of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Block {
    /// Online activity in the last two weeks.
    Recent,
    /// Online activity since the start.
    SinceStart,
    /// Work not handed in.
    Submissions,
    /// Marks.
    Marks,
    /// What was before this year.
    History,
    /// Sessions and tutorials.
    Attendance,
}

impl Block {
    /// Whether it counts towards the most that engagement may bring.
    const fn is_engagement(self) -> bool {
        matches!(self, Self::Recent | Self::SinceStart | Self::Attendance)
    }
}

/// Points with their reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The part of the score.
    pub block: Block,
    /// How many; never 0.
    pub points: u8,
    /// Why; it prints as the words a tutor would use.
    pub why: Why,
}

/// What one week's evidence comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// The points, after the limit on engagement.
    pub points: u8,
    /// Where they come from, in the order of the card.
    pub reasons: Vec<Point>,
    /// Whether the evidence is too little for an alert: the peers were hardly online, and nothing was due.
    pub too_little: bool,
}

impl Score {
    /// Whether there is an alert under a setting.
    #[must_use]
    pub fn alerts(&self, card: &Card, setting: Setting, week: WeekEnd) -> bool {
        !self.too_little && card.threshold(setting, week).is_some_and(|from| self.points >= from)
    }

    /// Whether it is urgent, at whatever time of the year.
    #[must_use]
    pub const fn is_urgent(&self, card: &Card) -> bool {
        !self.too_little && self.points >= card.alert.urgent
    }
}

/// Scores the evidence of one student against that of the peers.
#[must_use]
pub fn score(card: &Card, evidence: &Evidence, peers: &Peers) -> Score {
    let mut reasons: Vec<Point> = Vec::new();
    for line in &card.lines {
        let rule_of = |measure: Measure| measure.why(evidence, peers).map(|why| why.rule());
        let other = line.unless.and_then(rule_of);
        if other.is_none_or(|other| reasons.iter().all(|point| point.why.rule() != other)) {
            reasons.extend(line.point(evidence, peers));
        }
    }
    let sessions = [attendance(card, evidence), tutorials(card, evidence)];
    reasons.extend(sessions.into_iter().flatten().filter(|point| point.points > 0));
    let sum = |engagement| {
        let of = reasons.iter().filter(|point| point.block.is_engagement() == engagement);
        of.fold(0_u8, |sum, point| sum.saturating_add(point.points))
    };
    let points = sum(true).min(card.alert.engagement_at_most).saturating_add(sum(false));
    let too_little = evidence.due == 0 && peers.recent.is_none_or(|median| median.is_below(1));
    let too_little = too_little && evidence.sessions.is_none_or(|(expected, _)| expected == 0);
    Score { points, reasons, too_little }
}

fn attendance(card: &Card, evidence: &Evidence) -> Option<Point> {
    let (expected, attended) = evidence.sessions.filter(|(expected, _)| *expected > 0)?;
    let share = |percent: u8| u32::from(percent) * u32::from(expected);
    let bands = &card.attendance.bands;
    let band = bands.iter().find(|band| 100 * u32::from(attended) < share(band.below))?;
    let why = Why::Attendance { attended, expected, weeks: card.attendance.weeks };
    Some(Point { block: Block::Attendance, points: band.points, why })
}

fn tutorials(card: &Card, evidence: &Evidence) -> Option<Point> {
    let (rule, missed) = (&card.attendance, evidence.tutorials_missed);
    let (points, why) = (rule.tutorials_points, Why::TutorialsMissed(missed));
    let in_a_row = rule.tutorials_in_a_row;
    (in_a_row > 0 && missed >= in_a_row).then_some(Point { block: Block::Attendance, points, why })
}

#[cfg(test)]
mod tests;
