//! What one week's run finds about one student, over all modules.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::seats::Seat;
use crate::domain::{
    module::ModuleId,
    results::{Found, WeekResult},
    score::{self, Card, Evidence, Look, Peers, Rule, Score, Setting},
    signal::WeekEnd,
};

/// What the card and the tuning say.
#[derive(Debug, Clone)]
pub(super) struct Bench<'a> {
    /// The card.
    pub(super) card: &'a Card,
    /// How many alerts are wanted.
    pub(super) setting: Setting,
    /// Rules that are switched off, by their key.
    pub(super) off: &'a [String],
}

/// One module of one student, judged.
#[derive(Debug)]
struct Judged {
    module: ModuleId,
    latest: NaiveDate,
    threshold: u8,
    /// Whether the points alone make it an alert.
    over: bool,
    on: bool,
    score: Score,
    looks: Vec<Look>,
}

impl Bench<'_> {
    /// The week of a student, on if any module is. `judged` has each of the student's seats with its evidence and peers.
    pub(super) fn week<'a>(
        &self,
        judged: impl Iterator<Item = (&'a Seat<'a>, &'a Evidence, &'a Peers)>,
    ) -> Option<WeekResult> {
        joined(judged.map(|(seat, evidence, peers)| self.judge(seat, evidence, peers)).collect())
    }

    fn judge(&self, seat: &Seat<'_>, evidence: &Evidence, peers: &Peers) -> Judged {
        let (card, week) = (self.card, evidence.week);
        let score = score::score(card, evidence, peers);
        let mut looks = score::look::look(card, evidence, peers);
        looks.retain(|look| {
            let on = !self.off.iter().any(|key| key == look.rule.key());
            on && (!score.too_little || !needs_peers(look.rule))
        });
        let over = score.alerts(card, self.setting, week);
        let first = || card.threshold(self.setting, WeekEnd(card.alert.first_week));
        Judged {
            module: seat.module,
            latest: seat.latest,
            threshold: card.threshold(self.setting, week).or_else(first).unwrap_or(u8::MAX),
            over,
            on: over || !looks.is_empty(),
            score,
            looks,
        }
    }
}

/// The week of all modules: points and threshold are those of the module with the most points among the modules that are
/// over their own line, where any is; in another week of their year the others have another line.
fn joined(mut modules: Vec<Judged>) -> Option<WeekResult> {
    modules.sort_by_key(|it| {
        let points = Reverse((it.over, it.score.points, it.on));
        (it.score.too_little, points, it.threshold, it.module)
    });
    let top = modules.first()?;
    let on = modules.iter().any(|it| it.on);
    let listed = modules.iter().enumerate().filter(|(place, it)| *place == 0 || it.on);
    Some(WeekResult {
        week: top.latest,
        points: top.score.points,
        from: top.threshold,
        on,
        too_little: !on && modules.iter().all(|it| it.score.too_little),
        found: listed.flat_map(|(_, it)| found(it)).collect(),
    })
}

/// Whether a rule says something only where the peers did something: where they hardly were online nobody is quiet.
const fn needs_peers(rule: Rule) -> bool {
    matches!(rule, Rule::Gone | Rule::NeverSeen | Rule::Quiet)
}

fn found(judged: &Judged) -> impl Iterator<Item = Found> {
    let module = judged.module;
    let points = judged.score.reasons.iter().map(move |point| {
        let (why, numbers) = point.why.parts();
        Found { module, points: point.points, look: None, why, numbers }
    });
    let looks = judged.looks.iter().map(move |look| {
        let (rule, numbers) = look.parts();
        Found { module, points: 0, look: Some(rule), why: look.why.parts().0, numbers }
    });
    points.chain(looks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::signal::WeekEnd, exchange::card::builtin, fixture::day};

    #[test]
    fn a_module_over_its_own_line_makes_the_alert_even_beside_more_points_below_another() {
        let card = builtin("points v1").unwrap();
        let judged = |module: u8, week: u8, points: u8| {
            let threshold = card.threshold(Setting::Standard, WeekEnd(week)).unwrap();
            let over = points >= threshold;
            Judged {
                module: ModuleId::from_bytes([module; 16]),
                latest: day("2026-11-09"),
                threshold,
                over,
                on: over,
                score: Score { points, ..Score::default() },
                looks: Vec::new(),
            }
        };
        let (late, early) = (judged(1, 9, 5), judged(2, 3, 4));
        assert!(!late.over && early.over, "the line rises with the term");
        let week = joined(vec![late, early]).unwrap();
        assert_eq!((week.on, week.points, week.from), (true, 4, 4));
    }
}
