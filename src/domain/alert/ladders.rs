//! Ladders that run, as reasons: the next step with its day and clause, or that it is over.

use chrono::NaiveDate;

use super::LONG_OVERDUE;
use crate::domain::{
    file::StudentFile,
    ladder::{self, Ladder, Next, State},
    policy::{LadderRule, Policy},
    reason::{NextStep, Reason, ReasonKind, Rung, Severity},
    records::Records,
    time::show_day,
    word::Choice,
};

/// The reasons of every ladder that runs; none without a policy, whose ladders they are.
pub(super) fn of(
    records: &Records,
    policy: Option<&Policy>,
    file: &StudentFile,
    today: NaiveDate,
) -> Vec<Reason> {
    let Some(policy) = policy else { return Vec::new() };
    let open = file.ladders.iter().filter(|ladder| ladder.is_open() && ladder.started <= today);
    open.map(|ladder| {
        let Some(rule) = policy.ladder(&ladder.ladder) else {
            let evidence = "a ladder runs that the policy does not have any more";
            return over(ladder, evidence, ladder.started);
        };
        match ladder::state(rule, ladder, records, file) {
            State::Due(next) => due(policy, rule, ladder, &next, today),
            State::Reached { on, how } => {
                let evidence = format!("{} {}", how.words(), show_day(on, today));
                over(ladder, &format!("{evidence}: {} has done its work", named(rule)), on)
            }
            State::Finished { until } => finished(rule, ladder, until, today),
            State::Ended => over(ladder, "the ladder is ended", today),
        }
    })
    .collect()
}

/// What no reply says is said by the ladder that runs because of it.
pub(super) fn with(no_reply: Option<Reason>, mut ladders: Vec<Reason>) -> Vec<Reason> {
    match ladders.first_mut() {
        None => no_reply.into_iter().collect(),
        Some(first) => {
            if let Some(silent) = no_reply
                && matches!(first.next, NextStep::TakeStep(..))
            {
                first.evidence.extend(["; ", &silent.evidence]);
                first.since = first.since.min(silent.since);
            }
            ladders
        }
    }
}

fn due(
    policy: &Policy,
    rule: &LadderRule,
    ladder: &Ladder,
    next: &Next<'_>,
    today: NaiveDate,
) -> Reason {
    let clause = if next.step.clause.is_empty() { &rule.clause } else { &next.step.clause };
    let cited = policy.cited(clause);
    let late = (today - next.due).num_days();
    Reason {
        kind: ReasonKind::Ladder,
        rule: ReasonKind::Ladder.rule(),
        scored: None,
        evidence: format!(
            "ladder {}: {}, due {}{}",
            next.place(),
            next.step.name,
            show_day(next.due, today),
            if cited.is_empty() { String::new() } else { format!(" ({cited})") },
        ),
        since: ladder.started,
        severity: match late {
            late if late > LONG_OVERDUE => Severity::Urgent,
            0.. => Severity::Soon,
            _ => Severity::Watch,
        },
        next: NextStep::TakeStep(ladder.id, Rung::from(&next.step.how)),
    }
}

fn finished(rule: &LadderRule, ladder: &Ladder, until: NaiveDate, today: NaiveDate) -> Reason {
    let steps = rule.steps.len();
    let evidence = format!("all {steps} steps of {} are taken", named(rule));
    let reason = over(ladder, &evidence, until);
    if until <= today { Reason { severity: Severity::Soon, ..reason } } else { reason }
}

fn over(ladder: &Ladder, evidence: &str, since: NaiveDate) -> Reason {
    Reason {
        kind: ReasonKind::Ladder,
        rule: ReasonKind::Ladder.rule(),
        scored: None,
        evidence: evidence.to_owned(),
        since: since.min(ladder.started),
        severity: Severity::Watch,
        next: NextStep::EndLadder(ladder.id),
    }
}

fn named(rule: &LadderRule) -> String {
    format!("the ladder “{}”", rule.name.to_lowercase())
}
