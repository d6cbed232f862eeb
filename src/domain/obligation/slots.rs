//! Slots of one student filled with meetings: by hand first, then by day, format and series.

use chrono::NaiveDate;

use super::{
    By, Obligation, Status,
    fit::{Suits, fit},
    judge::{Asked, Case},
    plan::Year,
    seen::{Seen, State},
};
use crate::domain::{
    calendar::Span,
    duty_key::DutyKey,
    meeting::MeetingId,
    policy::{Duty, Slot},
};

/// A slot that is to be filled: its obligation, and what the policy says about it.
pub(super) struct Open<'a> {
    pub(super) asked: Asked,
    pub(super) duty: &'a Duty,
    pub(super) slot: &'a Slot,
}

impl Open<'_> {
    fn suits(&self, plan_series: &[String], seen: &Seen<'_>, year: &Year) -> Suits {
        let series = match seen.series.and_then(|place| plan_series.get(place)) {
            Some(series) => *series == self.slot.series,
            None => self.slot.series.is_empty(),
        };
        let near = year.span().holds(seen.on) || self.asked.obligation.window.holds(seen.on);
        if !(series && near && seen.is(self.slot.format, self.duty.by)) {
            Suits::No
        } else if seen.is_about(&self.slot.focus) {
            Suits::ByName
        } else {
            Suits::Yes
        }
    }
}

/// Fills the slots. Those that a person has chosen a meeting for come first, whatever the rule says.
pub(super) fn fill(case: &Case<'_>, meetings: &[Seen<'_>], slots: &mut [Open<'_>]) {
    let mut free: Vec<Seen<'_>> = meetings.to_vec();
    if !case.file.slot_choices.is_empty() {
        by_hand(case, &mut free, slots);
    }
    by_rule(case, &free, slots, State::Held);
    by_rule(case, &free, slots, State::Planned);
}

/// Takes the meetings about which a person has decided out of the free ones.
fn by_hand(case: &Case<'_>, free: &mut Vec<Seen<'_>>, slots: &mut [Open<'_>]) {
    free.retain(|seen| {
        let choice =
            case.file.slot_choices.iter().filter(|it| it.meeting == seen.id).min_by_key(|it| it.id);
        let Some(choice) = choice else { return true };
        let Some(key) = &choice.slot else { return false };
        if key.year != case.year.begins {
            return false;
        }
        let Some(open) = slots.iter_mut().find(|open| open.asked.obligation.is(open.duty, key))
        else {
            return !case.names_a_slot(key);
        };
        take(&mut open.asked.obligation, seen);
        false
    });
}

/// Notes a meeting at a slot that no other has met.
fn take(obligation: &mut Obligation, seen: &Seen<'_>) {
    if obligation.met_by().is_some() {
        return;
    }
    match seen.state {
        State::Held => {
            obligation.status = Status::Met(By::Meeting(seen.id));
            obligation.planned = None;
        }
        State::Planned => obligation.planned = obligation.planned.or(Some(seen.id)),
        State::Silent | State::Not => {}
    }
}

fn by_rule(case: &Case<'_>, free: &[Seen<'_>], slots: &mut [Open<'_>], state: State) {
    let taken = |id: MeetingId, slots: &[Open<'_>]| {
        slots.iter().any(|open| {
            open.asked.obligation.planned == Some(id)
                || open.asked.obligation.met_by() == Some(By::Meeting(id))
        })
    };
    let meetings: Vec<&Seen<'_>> =
        free.iter().filter(|seen| seen.state == state && !taken(seen.id, slots)).collect();
    if meetings.is_empty() {
        return;
    }
    let mut open: Vec<&mut Open<'_>> = slots
        .iter_mut()
        .filter(|open| {
            open.asked.obligation.status.is_open() && open.asked.obligation.planned.is_none()
        })
        .collect();
    let windows: Vec<Span> = open.iter().map(|open| open.asked.obligation.window).collect();
    let days: Vec<NaiveDate> = meetings.iter().map(|seen| seen.on).collect();
    let filled = fit(&windows, &days, |slot, meeting| {
        let pair = open.get(slot).zip(meetings.get(meeting));
        pair.map_or(Suits::No, |(open, seen)| open.suits(&case.plan.series, seen, case.year))
    });
    for (open, meeting) in open.iter_mut().zip(filled) {
        if let Some(seen) = meeting.and_then(|place| meetings.get(place)) {
            take(&mut open.asked.obligation, seen);
        }
    }
}

impl Case<'_> {
    /// Whether a key names a slot of the policy: one that is not asked of this student now. A key that
    /// names nothing is of another policy, and does not bind the meeting.
    fn names_a_slot(&self, key: &DutyKey) -> bool {
        let code = key.code.split_once('/').map_or(key.code.as_str(), |(code, _)| code);
        self.plan.policy().duty(code).is_some()
    }
}
