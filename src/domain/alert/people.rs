//! Reasons from what people wrote down: concerns, actions, referrals, meetings, contacts.

use chrono::NaiveDate;

use super::{AlertSettings, days, last_two_way, late_by};
use crate::domain::{
    action::Owner,
    contact::{Contact, Reply},
    file::{Held, StudentFile},
    flag::Urgency,
    meeting::Outcome,
    reason::{NextStep, Reason, ReasonKind, Severity},
    records::Records,
    time::show_day,
    word::Choice,
};

pub(super) fn concerns(file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
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

pub(super) fn overdue_actions(file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
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

pub(super) fn follow_ups(file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
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

pub(super) fn no_reply(
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
pub(super) fn unsettled(records: &Records, file: &StudentFile, today: NaiveDate) -> Vec<Reason> {
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

pub(super) fn not_met(
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

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
