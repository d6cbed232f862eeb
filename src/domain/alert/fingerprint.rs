//! The evidence that a decision was made on: it holds until something is added to it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::{
    reason::{NextStep, Reason, ReasonKind},
    score::Rule,
};

/// The reasons of an alert at one moment, without their words, which may say another count of days tomorrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Taken")]
pub struct Fingerprint(Box<[Line]>);

/// What a take-out says of it: reason by reason, or, before version 4, all reasons as one number, of which none can be told.
#[derive(Deserialize)]
#[serde(untagged)]
enum Taken {
    Lines(Vec<Line>),
    Number(#[expect(dead_code, reason = "a number is recognised, and tells nothing")] u64),
}

impl From<Taken> for Fingerprint {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::Lines(lines) => Self::kept(lines),
            Taken::Number(_) => Self::default(),
        }
    }
}

/// One reason of a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// A stable number of its rule, with the module or the record that it is about.
    pub what: u64,
    /// Since when it held.
    pub since: NaiveDate,
    /// How many points it gave.
    pub points: u8,
}

/// The fingerprint of these reasons, in whatever order.
#[must_use]
pub fn fingerprint(reasons: &[Reason]) -> Fingerprint {
    let lines = evidence(reasons).flat_map(|reason| lines(reason, &reason.rule));
    Fingerprint::kept(lines.collect())
}

/// The reasons without the prompts beside them, which are no evidence unless they stand alone.
fn evidence(reasons: &[Reason]) -> impl Iterator<Item = &Reason> {
    let alone = reasons.iter().all(|reason| reason.kind.is_prompt());
    reasons.iter().filter(move |reason| alone || !reason.kind.is_prompt())
}

impl Fingerprint {
    /// The fingerprint as it was kept.
    #[must_use]
    pub fn kept(mut lines: Vec<Line>) -> Self {
        lines.sort_unstable();
        Self(lines.into())
    }

    /// Its lines, in a stable order.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.0
    }

    /// Whether nothing is among these reasons that it does not tell, and none of them has grown: that a reason is gone or
    /// gives fewer points is nothing new. `on` is the day on which it was taken.
    #[must_use]
    pub fn holds(&self, reasons: &[Reason], on: NaiveDate) -> bool {
        let tells = |line: &Line| {
            let same = |it: &Line| it.what == line.what && it.since >= line.since;
            self.0.iter().any(|it| same(it) && it.points >= line.points)
        };
        // Points are told in place of a rule that says the same and asks for a look, which comes forward as points fall. It
        // was there by then if its first week had ended.
        let was_said = |points: &Line| {
            let ended = points.since.checked_add_days(Days::new(7)).is_some_and(|day| day <= on);
            ended && self.0.iter().any(|it| it.what == points.what)
        };
        evidence(reasons).all(|reason| {
            let points = counterpart(reason).map(|rule| lines(reason, rule.key()));
            let points = points.unwrap_or_default();
            let told = lines(reason, &reason.rule);
            let was_said = |at: usize| points.get(at).is_some_and(was_said);
            told.iter().enumerate().all(|(at, line)| tells(line) || was_said(at))
        })
    }
}

/// The line of the score that says the same as a reason that asks for a look.
pub(super) const fn counterpart(reason: &Reason) -> Option<Rule> {
    if let ReasonKind::Look(rule) = reason.kind { rule.counterpart() } else { None }
}

/// A line of each module in which a reason holds, or of what it is about.
fn lines(reason: &Reason, rule: &str) -> Vec<Line> {
    let line = |about: &[u8], since: NaiveDate, points: u8| {
        let what = number(&[rule.as_bytes(), &[0], about].concat());
        Line { what, since, points }
    };
    match &reason.scored {
        Some(scored) if scored.each.is_empty() => {
            vec![line(&scored.module.bytes(), reason.since, scored.points)]
        }
        Some(scored) => {
            let each = scored.each.iter();
            each.map(|it| line(&it.module.bytes(), it.since, it.points)).collect()
        }
        None => {
            let day = || reason.since.to_string().into_bytes();
            vec![line(&about(reason.next).unwrap_or_else(day), reason.since, 0)]
        }
    }
}

fn number(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    blake3::Hasher::new().update(bytes).finalize_xof().fill(&mut first);
    u64::from_le_bytes(first)
}

/// The record that a reason is about; none where it is about a day. What to do next is none of the evidence where the
/// policy decides it.
fn about(next: NextStep) -> Option<Vec<u8>> {
    Some(match next {
        NextStep::GetInTouch(id) => id.bytes().to_vec(),
        NextStep::MarkDone(id) => id.bytes().to_vec(),
        NextStep::AskHowItWent(id) => id.bytes().to_vec(),
        NextStep::ContactAgain(id) => id.bytes().to_vec(),
        NextStep::SayOutcome(id) => id.bytes().to_vec(),
        NextStep::TakeStep(id, rung) => [&id.bytes(), format!("{rung:?}").as_bytes()].concat(),
        NextStep::EndLadder(id) => [&id.bytes()[..], b"end"].concat(),
        NextStep::CheckIn | NextStep::StartLadder | NextStep::Meet | NextStep::Allocate => {
            return None;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_take_out_is_read_reason_by_reason_and_one_number_for_all_tells_none() {
        let since = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let kept = Fingerprint::kept(vec![Line { what: 7, since, points: 4 }]);
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Fingerprint>(&text).unwrap(), kept);
        let old = u64::MAX.to_string();
        assert_eq!(serde_json::from_str::<Fingerprint>(&old).unwrap(), Fingerprint::default());
    }
}
