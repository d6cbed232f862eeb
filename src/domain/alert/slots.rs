//! What the policy asks for and nobody has done, as reasons: a slot that is overdue, a tutor not allocated.

use chrono::NaiveDate;

use super::{LONG_OVERDUE, Owed, days};
use crate::domain::{
    obligation::{Obligation, Part, Status},
    policy::What,
    reason::{NextStep, Reason, ReasonKind, Severity},
};

/// Whether a meeting or contact meets it: what is due otherwise is no reason for a word with the student.
fn is_met_by_meeting(owed: Owed<'_>, one: &Obligation) -> bool {
    let what = owed.plan.duty(one).map(|duty| &duty.what);
    matches!(what, Some(What::Slot(_) | What::Count(_) | What::Contact))
}

/// Whether the policy has a meeting for the student in this year: then silence alone is no reason.
pub(super) fn rules(owed: Owed<'_>) -> bool {
    owed.all.iter().any(|one| one.status.is_expected() && is_met_by_meeting(owed, one))
}

/// A reason for each slot that is overdue and for which nothing is planned.
pub(super) fn of(owed: Owed<'_>, today: NaiveDate) -> Vec<Reason> {
    let late = owed.all.iter().filter(|one| one.status == Status::Overdue && one.planned.is_none());
    late.filter_map(|one| {
        let duty = owed.plan.duty(one)?;
        let next = match duty.what {
            What::Slot(_) | What::Count(_) | What::Contact => NextStep::Meet,
            What::Tutor => NextStep::Allocate,
            What::Filled(_) | What::Letter { .. } | What::Outcome { .. } => return None,
        };
        let late = -one.days_left(today);
        let clause = owed.plan.cited(one);
        let nth = match one.part {
            Part::Nth(number) => format!(" {number}"),
            Part::Whole | Part::Meeting(_) | Part::Allocation(_) => String::new(),
        };
        Some(Reason {
            kind: ReasonKind::Obligation,
            rule: ReasonKind::Obligation.rule(),
            scored: None,
            evidence: format!("{}{nth} overdue {} ({clause})", duty.name, days(late)),
            since: one.window.to,
            severity: if late > LONG_OVERDUE { Severity::Soon } else { Severity::Watch },
            next,
        })
    })
    .collect()
}
