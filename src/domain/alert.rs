//! Alerts: one row per student who needs a word, most urgent first. Derived, never stored.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    case::CaseId,
    file::StudentFile,
    meeting::Outcome,
    obligation::{Obligation, Plan},
    reason::{NextStep, Reason, Severity},
    records::Records,
    score::Card,
    student::{Status, StudentId},
    tutee::Scope,
    tutor::TutorId,
};

mod decided;
mod fingerprint;
mod ladders;
mod order;
mod people;
mod signals;
mod slots;
mod standing;

pub use fingerprint::{Fingerprint, Line, fingerprint};
pub use order::{Capped, cap, first};
pub use signals::standing;
pub use standing::{Quiet, Standing, State, Trend};

/// From which day on an overdue thing wants a word soon.
const LONG_OVERDUE: i64 = 14;

/// When silence becomes a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AlertSettings {
    /// Days without a meeting held.
    pub not_met_days: u16,
    /// Days in which a reply is awaited.
    pub reply_days: u16,
    /// From how many points on it is urgent, as the card in use says.
    pub urgent: u8,
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self { not_met_days: 42, reply_days: 7, urgent: 8 }
    }
}

impl AlertSettings {
    /// The same under a score card: what is urgent, it says.
    #[must_use]
    pub fn under(self, card: Option<&Card>) -> Self {
        Self { urgent: card.map_or(self.urgent, |card| card.alert.urgent), ..self }
    }
}

/// One student's row on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Who.
    pub student: StudentId,
    /// Why, the most urgent first; never empty.
    pub reasons: Vec<Reason>,
    /// Level 3 or 4, or new here: breaks ties, never adds weight.
    pub early: bool,
    /// Points of the last weekly run; none where no signals were imported.
    pub standing: Option<Standing>,
    /// How it came about since the run before.
    pub state: State,
    /// The day from which on it is on the list.
    pub first_seen: NaiveDate,
    /// In how many weekly runs it was there, this one included; 0 where no signal speaks.
    pub runs: u8,
    /// Where the points go.
    pub trend: Trend,
    /// What quietens it; a quiet alert comes last, and is shown on request.
    pub quiet: Option<Quiet>,
    /// Reasons that are quiet by themselves, because a person said so.
    pub hushed: Vec<Reason>,
    /// Who acts: whom it was assigned to, else the tutor.
    pub owner: Option<TutorId>,
    /// Whether it was passed upwards.
    pub escalated: bool,
    /// The case that is open.
    pub case: Option<CaseId>,
}

impl Alert {
    /// The highest severity of its reasons.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.reasons.first().map_or(Severity::Watch, |reason| reason.severity)
    }

    /// The severity that stands before the name; none while a decision quietens it.
    #[must_use]
    pub fn sign(&self) -> Option<Severity> {
        self.speaks().then(|| self.severity())
    }

    /// The next step of the most urgent reason.
    #[must_use]
    pub fn next(&self) -> Option<NextStep> {
        self.reasons.first().map(|reason| reason.next)
    }

    /// Its reasons without the prompts beside them.
    pub fn evidence(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| !reason.kind.is_prompt())
    }

    /// Since when the first of its reasons holds.
    #[must_use]
    pub fn since(&self) -> Option<NaiveDate> {
        self.evidence().map(|reason| reason.since).min()
    }

    /// Whether nothing quietens it.
    #[must_use]
    pub const fn speaks(&self) -> bool {
        self.quiet.is_none()
    }
}

/// What a policy asks for one student: its obligations of this academic year.
#[derive(Debug, Clone, Copy)]
pub struct Owed<'a> {
    /// The policy, laid over the calendars.
    pub plan: &'a Plan,
    /// What became of each obligation.
    pub all: &'a [Obligation],
}

/// Every alert of the students in scope, most urgent first.
#[must_use]
pub fn alerts(
    records: &Records,
    plan: Option<&Plan>,
    scope: &Scope,
    settings: AlertSettings,
    today: NaiveDate,
) -> Vec<Alert> {
    let files: Vec<_> = records.files().collect();
    let mut alerts: Vec<Alert> = files
        .into_par_iter()
        .filter(|file| scope.holds(records, file, today))
        .filter_map(|file| alert(records, plan, file, settings, today))
        .collect();
    alerts.par_sort_unstable_by(Alert::before);
    alerts
}

/// The alert of one student, if there is a reason. Who has left raises none.
#[must_use]
pub fn alert(
    records: &Records,
    plan: Option<&Plan>,
    file: &StudentFile,
    settings: AlertSettings,
    today: NaiveDate,
) -> Option<Alert> {
    let all = plan.map(|plan| plan.obligations(records, file, today)).unwrap_or_default();
    let owed = plan.map(|plan| Owed { plan, all: &all });
    alert_of(records, owed, file, settings, today)
}

/// The same, where the obligations of the student are at hand.
#[must_use]
pub fn alert_of(
    records: &Records,
    owed: Option<Owed<'_>>,
    file: &StudentFile,
    settings: AlertSettings,
    today: NaiveDate,
) -> Option<Alert> {
    let enrolment = file.enrolment(today);
    if enrolment.is_some_and(|enrolment| !enrolment.status.is_current()) {
        return None;
    }
    let policy = owed.map(|owed| &**owed.plan.policy());
    let ladders = ladders::of(records, policy, file, today);
    let next = signals::next(policy, file, &ladders);
    let found = signals::of(records, file, settings, (next, today));
    let mut reasons = people::concerns(file, today);
    reasons.extend(people::overdue_actions(file, today));
    reasons.extend(people::follow_ups(file, today));
    reasons.extend(people::unsettled(records, file, today));
    reasons.extend(ladders::with(people::no_reply(records, file, settings, today), ladders));
    if enrolment.is_none_or(|enrolment| enrolment.status != Status::Interrupted) {
        match owed.filter(|owed| slots::rules(*owed)) {
            Some(_) => {}
            None => reasons.extend(people::not_met(records, file, settings, today)),
        }
        reasons.extend(owed.into_iter().flat_map(|owed| slots::of(owed, today)));
    }
    let alone = reasons.is_empty() && found.as_ref().is_none_or(|found| found.reasons.is_empty());
    let prompts =
        if alone { Vec::new() } else { signals::prompts(records, policy, file, (next, today)) };
    let early = file.student.new_entrant == Some(true)
        || enrolment.is_some_and(|enrolment| matches!(enrolment.level, Some(3 | 4)));
    decided::settle(found, (reasons, prompts), early, (file, today))
}

/// The day of the last two-way contact: a meeting held, a reply; not an attempt.
#[must_use]
pub fn last_two_way(records: &Records, file: &StudentFile, today: NaiveDate) -> Option<NaiveDate> {
    let met = records
        .meetings_of(file)
        .filter(|(_, attendance)| attendance.outcome == Outcome::Held)
        .map(|(meeting, _)| meeting.on);
    let replied = file.contacts.iter().filter_map(|contact| contact.two_way());
    met.chain(replied).filter(|day| *day <= today).max()
}

fn late_by(days: i64, mine: bool) -> Severity {
    if mine || days > LONG_OVERDUE { Severity::Soon } else { Severity::Watch }
}

fn days(count: i64) -> String {
    if count == 1 { "1 day".into() } else { format!("{count} days") }
}

#[cfg(test)]
mod tests;
