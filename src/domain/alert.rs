//! Alerts: one row per student who needs a word, most urgent first. Derived, never stored.

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    action::Owner,
    case::CaseId,
    contact::{Contact, Reply},
    file::{Held, StudentFile},
    flag::Urgency,
    meeting::Outcome,
    obligation::{Obligation, Plan},
    reason::{NextStep, Reason, ReasonKind, Severity},
    records::Records,
    student::{Status, StudentId},
    time::show_day,
    tutee::Scope,
    tutor::TutorId,
    word::Choice,
};

mod fingerprint;
mod ladders;
mod slots;
mod standing;

pub use fingerprint::fingerprint;
pub use standing::{Quiet, Standing, State, Trend};

/// From which day on an overdue thing wants a word soon.
const LONG_OVERDUE: i64 = 14;

/// When silence becomes a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertSettings {
    /// Days without a meeting held.
    pub not_met_days: u16,
    /// Days in which a reply is awaited.
    pub reply_days: u16,
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self { not_met_days: 42, reply_days: 7 }
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

    /// The next step of the most urgent reason.
    #[must_use]
    pub fn next(&self) -> Option<NextStep> {
        self.reasons.first().map(|reason| reason.next)
    }

    /// Since when the first of its reasons holds.
    #[must_use]
    pub fn since(&self) -> Option<NaiveDate> {
        self.reasons.iter().map(|reason| reason.since).min()
    }

    /// The order of the list: severity, number of reasons that severe, ties, then who waits longest.
    #[must_use]
    pub fn before(&self, other: &Self) -> Ordering {
        let key = |alert: &Self| {
            let top = alert.severity();
            let as_severe = alert.reasons.iter().filter(|reason| reason.severity == top).count();
            (
                Reverse(top),
                Reverse(as_severe),
                Reverse(alert.early),
                alert.since(),
                Reverse(alert.reasons.len()),
                alert.student,
            )
        };
        key(self).cmp(&key(other))
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
    let mut reasons = concerns(file, today);
    reasons.extend(overdue_actions(file, today));
    reasons.extend(follow_ups(file, today));
    reasons.extend(unsettled(records, file, today));
    reasons.extend(ladders::with(
        no_reply(records, file, settings, today),
        ladders::of(records, owed.map(|owed| &**owed.plan.policy()), file, today),
    ));
    if enrolment.is_none_or(|enrolment| enrolment.status != Status::Interrupted) {
        match owed.filter(|owed| slots::rules(*owed)) {
            Some(_) => {}
            None => reasons.extend(not_met(records, file, settings, today)),
        }
        reasons.extend(owed.into_iter().flat_map(|owed| slots::of(owed, today)));
    }
    reasons.sort_by_key(|reason| (Reverse(reason.severity), reason.kind, reason.since));
    let early = file.student.new_entrant == Some(true)
        || enrolment.is_some_and(|enrolment| matches!(enrolment.level, Some(3 | 4)));
    let first_seen = reasons.iter().map(|reason| reason.since).min()?;
    Some(Alert {
        student: file.student.id,
        reasons,
        early,
        standing: None,
        state: State::Continuing,
        first_seen,
        trend: Trend::First,
        quiet: None,
        hushed: Vec::new(),
        owner: file.allocation(today).map(|allocation| allocation.tutor),
        escalated: false,
        case: None,
    })
}

fn concerns(file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
    let open = file.flags.iter().filter(|flag| flag.is_open_concern() && flag.on <= today);
    open.map(|flag| Reason {
        kind: ReasonKind::Concern,
        rule: ReasonKind::Concern.rule(),
        scored: None,
        evidence: [
            "concern ",
            &show_day(flag.on, today),
            if flag.raised_by.is_empty() { "" } else { ", " },
            &flag.raised_by,
            if flag.text.is_empty() { "" } else { ": " },
            first_line(&flag.text),
        ]
        .concat(),
        since: flag.on,
        severity: match flag.urgency {
            Urgency::Watch => Severity::Watch,
            Urgency::Soon => Severity::Soon,
            Urgency::Urgent => Severity::Urgent,
        },
        next: NextStep::GetInTouch(flag.id),
    })
    .collect()
}

fn overdue_actions(file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
    let overdue = file.actions.iter().filter(|action| action.is_overdue(today));
    overdue
        .filter_map(|action| {
            let due = action.due?;
            let mine = if action.owner == Owner::Tutor { "your action" } else { "action" };
            let late = (today - due).num_days();
            Some(Reason {
                kind: ReasonKind::OverdueAction,
                rule: ReasonKind::OverdueAction.rule(),
                scored: None,
                evidence: format!(
                    "{mine} {} overdue ({}): {}",
                    days(late),
                    show_day(due, today),
                    first_line(&action.what)
                ),
                since: due,
                severity: late_by(late, action.owner == Owner::Tutor),
                next: NextStep::MarkDone(action.id),
            })
        })
        .collect()
}

fn follow_ups(file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
    let due = file.referrals.iter().filter(|referral| referral.follow_up_due(today));
    due.filter_map(|referral| {
        let follow_up = referral.follow_up?;
        Some(Reason {
            kind: ReasonKind::FollowUp,
            rule: ReasonKind::FollowUp.rule(),
            scored: None,
            evidence: format!(
                "referred to {} {}, follow-up due {}",
                first_line(&referral.service),
                show_day(referral.on, today),
                show_day(follow_up, today)
            ),
            since: follow_up,
            severity: late_by((today - follow_up).num_days(), false),
            next: NextStep::AskHowItWent(referral.id),
        })
    })
    .collect()
}

fn no_reply(
    records: &Records,
    file: &StudentFile,
    settings: AlertSettings,
    today: NaiveDate,
) -> Option<Reason> {
    let reached = last_two_way(records, file, today);
    let waits = |contact: &Contact| match contact.reply {
        Reply::Awaited => (today - contact.on).num_days() >= i64::from(settings.reply_days),
        Reply::NoAnswer => true,
        Reply::Replied | Reply::NotNeeded => false,
    };
    let mut silent: Vec<&Held<Contact>> = file
        .contacts
        .iter()
        .filter(|contact| contact.on <= today && reached.is_none_or(|day| contact.on > day))
        .filter(|contact| waits(contact))
        .collect();
    silent.sort_by_key(|contact| (contact.on, contact.id));
    let (first, last) = (silent.first()?, silent.last()?);
    let listed: Vec<String> = silent
        .iter()
        .map(|contact| format!("{} {}", contact.channel.words(), show_day(contact.on, today)))
        .collect();
    Some(Reason {
        kind: ReasonKind::NoReply,
        rule: ReasonKind::NoReply.rule(),
        scored: None,
        evidence: format!("no reply to {}", listed.join(", ")),
        since: first.on,
        severity: match silent.len() {
            1 => Severity::Watch,
            2 => Severity::Soon,
            _ => Severity::Urgent,
        },
        next: NextStep::ContactAgain(last.id),
    })
}

/// Planned meetings whose day is past, of which nobody said whether they were held.
fn unsettled(records: &Records, file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
    let planned = records.meetings_of(file).filter(|(meeting, attendance)| {
        attendance.outcome == Outcome::Planned && meeting.on < today
    });
    planned
        .map(|(meeting, _)| Reason {
            kind: ReasonKind::Unsettled,
            rule: ReasonKind::Unsettled.rule(),
            scored: None,
            evidence: format!("planned {}: was it held?", show_day(meeting.on, today)),
            since: meeting.on,
            severity: late_by((today - meeting.on).num_days(), false),
            next: NextStep::SayOutcome(meeting.id),
        })
        .collect()
}

fn not_met(
    records: &Records,
    file: &StudentFile,
    settings: AlertSettings,
    today: NaiveDate,
) -> Option<Reason> {
    let allocation = file.allocation(today)?;
    let (mut last, mut planned) = (None, false);
    for (meeting, attendance) in records.meetings_of(file) {
        match attendance.outcome {
            Outcome::Held if meeting.on <= today => last = last.max(Some(meeting.on)),
            Outcome::Planned if meeting.on >= today => planned = true,
            Outcome::Held
            | Outcome::Planned
            | Outcome::MissedWithNotice
            | Outcome::Missed
            | Outcome::Cancelled
            | Outcome::Rescheduled => {}
        }
    }
    let since = last.unwrap_or(allocation.from);
    let silent = (today - since).num_days();
    if planned || silent < i64::from(settings.not_met_days) {
        return None;
    }
    Some(Reason {
        kind: ReasonKind::NotMet,
        rule: ReasonKind::NotMet.rule(),
        scored: None,
        evidence: match last {
            Some(day) => format!("not met since {}, {}", show_day(day, today), days(silent)),
            None => {
                format!("never met, tutee since {}, {}", show_day(since, today), days(silent))
            }
        },
        since,
        severity: Severity::Soon,
        next: NextStep::Meet,
    })
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

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
