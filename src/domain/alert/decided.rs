//! What people decided about an alert: what is quiet, who acts, which case is open.

use std::cmp::Reverse;

use chrono::{Days, NaiveDate};

use super::{Alert, Quiet, State, Trend, fingerprint::counterpart, signals::Signalled};
use crate::domain::{
    decision::{Decision, Verdict},
    file::StudentFile,
    reason::{Reason, ReasonKind},
    weekly,
};

/// An alert is new for so many days.
const NEW_DAYS: i64 = 7;

/// The alert of all reasons, if there is any. What a decision quietens by itself stands beside them; where nothing is left,
/// the alert as a whole is quiet. Prompts come beside other reasons, and change nothing of what these make.
pub(super) fn settle(
    found: Option<Signalled>,
    (others, prompts): (Vec<Reason>, Vec<Reason>),
    early: bool,
    (file, today): (&StudentFile, NaiveDate),
) -> Option<Alert> {
    let state = state(found.as_ref(), &others, today);
    let mut reasons = others;
    let (mut standing, mut runs, mut trend, mut week) = (None, 0, Trend::First, today);
    if let Some(found) = found {
        (standing, runs, trend, week) = (Some(found.standing), found.runs, found.trend, found.week);
        reasons.extend(found.reasons);
    }
    let first_seen = reasons.iter().map(|reason| reason.since).min()?;
    reasons.extend(prompts);
    let points = |reason: &Reason| reason.scored.as_ref().map_or(0, |scored| scored.points);
    // What a person saw comes before what signals add up to.
    let seen = |it: &Reason| it.kind == ReasonKind::Concern;
    reasons.sort_by_key(|it| {
        (Reverse(it.severity), Reverse(seen(it)), Reverse(points(it)), it.kind, it.since)
    });
    let mut decisions: Vec<&Decision> = file.decisions.iter().map(|held| &held.value).collect();
    decisions.sort_by_key(|decision| (Reverse(decision.on), decision.id));
    let desk = Table { decisions: &decisions, file, week, today };
    let (reasons, hushed, quiet) = desk.quieten(reasons);
    let assigned = decisions.iter().find_map(|decision| match decision.verdict {
        Verdict::Assigned { to, escalated } if decision.on >= first_seen => Some((to, escalated)),
        Verdict::Assigned { .. }
        | Verdict::Snoozed { .. }
        | Verdict::Exempt { .. }
        | Verdict::Wrong(_)
        | Verdict::Closed(_) => None,
    });
    let tutor = || file.allocation(today).map(|allocation| allocation.tutor);
    let open = file.cases.iter().filter(|case| case.closed.is_none());
    Some(Alert {
        student: file.student.id,
        reasons,
        early,
        standing,
        state,
        first_seen,
        runs,
        trend,
        quiet,
        hushed,
        owner: assigned.map(|(to, _)| to).or_else(tutor),
        escalated: assigned.is_some_and(|(_, escalated)| escalated),
        case: open.max_by_key(|case| (case.opened, case.id)).map(|case| case.id),
    })
}

/// How the alert came about: as its signals did, unless something else has been there for longer.
fn state(found: Option<&Signalled>, others: &[Reason], today: NaiveDate) -> State {
    let first = others.iter().map(|reason| reason.since).min();
    let others = first.map(|first| match (today - first).num_days() {
        ..NEW_DAYS => State::New,
        _ => State::Continuing,
    });
    match (found.and_then(|found| found.state), others) {
        (Some(State::Continuing), _) | (_, Some(State::Continuing)) | (None, None) => {
            State::Continuing
        }
        (Some(state), None) | (_, Some(state)) => state,
    }
}

/// What the decisions of a student are laid against.
struct Table<'a> {
    /// The latest first.
    decisions: &'a [&'a Decision],
    file: &'a StudentFile,
    /// The Monday of the last run.
    week: NaiveDate,
    today: NaiveDate,
}

impl Table<'_> {
    /// The reasons that speak, those that are quiet by themselves, and what quietens all. Where all are quiet, they are told
    /// as the reasons.
    fn quieten(&self, all: Vec<Reason>) -> (Vec<Reason>, Vec<Reason>, Option<Quiet>) {
        if let Some(quiet) = self.as_a_whole(&all) {
            return (all, Vec::new(), Some(quiet));
        }
        let mut first = None;
        let quiet_by_itself = |reason: &Reason| {
            let quiet = self.by_itself(reason, &all);
            first = first.or(quiet);
            quiet.is_some()
        };
        let hushed: Vec<bool> = all.iter().map(quiet_by_itself).collect();
        let speaks = |(reason, hushed): (&Reason, &bool)| !hushed && !reason.kind.is_prompt();
        if !all.iter().zip(&hushed).any(speaks) {
            return (all, Vec::new(), first);
        }
        let (hushed, spoken): (Vec<_>, Vec<_>) = all.into_iter().zip(hushed).partition(|it| it.1);
        let only = |of: Vec<(Reason, bool)>| of.into_iter().map(|(reason, _)| reason).collect();
        (only(spoken), only(hushed), None)
    }

    /// What quietens the alert as a whole. A concern that was raised after a snooze ends it.
    fn as_a_whole(&self, all: &[Reason]) -> Option<Quiet> {
        let whole = self.decisions.iter().filter(|decision| decision.rule.is_empty());
        whole.copied().find_map(|decision| {
            let until = match decision.verdict {
                Verdict::Snoozed { until: Some(day) } => {
                    let raised =
                        |it: &Reason| it.kind == ReasonKind::Concern && it.since > decision.on;
                    (day > self.today && !all.iter().any(raised)).then_some(Some(day))
                }
                Verdict::Snoozed { until: None } | Verdict::Wrong(_) | Verdict::Closed(_) => {
                    decision.fingerprint.holds(all, decision.on).then_some(None)
                }
                Verdict::Exempt { .. } | Verdict::Assigned { .. } => None,
            };
            until.map(|until| quiet(decision, until))
        })
    }

    /// What quietens one reason: an exemption, where it follows from signals, or a decision about its rule.
    fn by_itself(&self, reason: &Reason, all: &[Reason]) -> Option<Quiet> {
        self.decisions.iter().copied().find_map(|decision| {
            let until = match decision.verdict {
                Verdict::Exempt { from, to, .. } => {
                    let now = from <= self.today && to.is_none_or(|to| to >= self.today);
                    let exempt = now || weekly::is_exempt(self.file, self.week);
                    let until = to.and_then(|to| to.checked_add_days(Days::new(1)));
                    (reason.kind.is_signal() && exempt).then_some(until)
                }
                Verdict::Snoozed { until: Some(day) } => {
                    (is_about(decision, reason) && day > self.today).then_some(Some(day))
                }
                Verdict::Snoozed { until: None } | Verdict::Wrong(_) | Verdict::Closed(_) => {
                    (is_about(decision, reason) && holds(decision, all)).then_some(None)
                }
                Verdict::Assigned { .. } => None,
            };
            until.map(|until| quiet(decision, until))
        })
    }
}

/// Whether a decision is about the rule of a reason, or about the points that say the same.
fn is_about(decision: &Decision, reason: &Reason) -> bool {
    let points = || counterpart(reason).is_some_and(|rule| rule.key() == decision.rule);
    decision.rule == reason.rule || points()
}

/// Whether nothing is added to the evidence of the rule that a decision is about.
fn holds(decision: &Decision, all: &[Reason]) -> bool {
    let of_it: Vec<Reason> = all.iter().filter(|it| is_about(decision, it)).cloned().collect();
    decision.fingerprint.holds(&of_it, decision.on)
}

fn quiet(decision: &Decision, until: Option<NaiveDate>) -> Quiet {
    Quiet { decision: decision.id, verdict: decision.verdict, until }
}
