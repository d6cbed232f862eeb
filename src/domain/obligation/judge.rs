//! What became of each obligation of one student in one academic year.

use chrono::{Days, NaiveDate};

use super::{
    By, Condition, Obligation, Part, Progress, Status,
    plan::{Plan, Year},
    seen::{Seen, State},
    slots::{self, Open},
    subject::Subject,
};
use crate::domain::{
    calendar::Span,
    file::StudentFile,
    policy::{Count, Detail, Duty, What, When},
    records::Records,
    student::Status as Standing,
    waiver::WaiverId,
};

/// An obligation that is being looked at.
pub(super) struct Asked {
    pub(super) obligation: Obligation,
    /// Why it is not asked for unless it has been met: the student is away.
    away: Option<Condition>,
}

impl Asked {
    /// What became of it in the end.
    pub(super) fn done(mut self) -> Obligation {
        if let Some(condition) = self.away.filter(|_| self.obligation.status.is_open()) {
            self.obligation.status = Status::NotApplicable(condition);
            self.obligation.planned = None;
        }
        self.obligation
    }
}

/// One student in one academic year, seen on one day.
pub(super) struct Case<'a> {
    pub(super) plan: &'a Plan,
    pub(super) year: &'a Year,
    pub(super) records: &'a Records,
    pub(super) file: &'a StudentFile,
    pub(super) subject: Subject<'a>,
    pub(super) today: NaiveDate,
}

impl Case<'_> {
    /// All obligations, in the order of the policy.
    pub(super) fn obligations(&self) -> Vec<Obligation> {
        let meetings = Seen::all(self.plan, self.records, self.file, self.today);
        let mut all = Vec::with_capacity(self.plan.policy().duties.len() + meetings.len());
        let mut open = Vec::new();
        for (place, duty) in self.plan.policy().duties.iter().enumerate() {
            match &duty.what {
                What::Letter { kind, per, days } => {
                    self.letters(&mut all, (place, duty), &meetings, (kind, *per, *days));
                }
                What::Outcome { days } => self.outcomes(&mut all, (place, duty), &meetings, *days),
                What::Slot(slot) => {
                    let asked = self.windows(place, duty);
                    open.extend(asked.into_iter().map(|asked| Open { asked, duty, slot }));
                }
                What::Count(_) | What::Tutor | What::Contact | What::Filled(_) => {
                    for mut asked in self.windows(place, duty) {
                        self.judge(&mut asked.obligation, duty, &meetings);
                        all.push(asked.done());
                    }
                }
            }
        }
        slots::fill(self, &meetings, &mut open);
        all.extend(open.into_iter().map(|open| open.asked.done()));
        all.sort_by_key(|obligation| (obligation.duty, obligation.part));
        all
    }

    /// The obligations of a duty with its own windows, before anything is known to meet them.
    fn windows(&self, place: usize, duty: &Duty) -> Vec<Asked> {
        let windows = self.year.windows(place, duty, self.subject.entry());
        if windows.is_empty()
            && let When::AfterEntry { days } = duty.when
        {
            return self.without_entry((place, duty), days).into_iter().collect();
        }
        let made = windows.into_iter().map(|(part, window)| {
            let own = self.subject.window(window, duty.late_days);
            self.make((place, duty), part, own.map_err(|condition| (window, condition)))
        });
        made.collect()
    }

    /// What is counted from the first day, for whom it is not known or lies in another year. A tutor is
    /// owed all the same, from the first day of the year; the rest was met then, or not.
    fn without_entry(&self, (place, duty): (usize, &Duty), days: u16) -> Option<Asked> {
        let year = self.year.span();
        if duty.what == What::Tutor {
            let to = year.from.checked_add_days(Days::new(days.into()))?;
            return Some(self.make((place, duty), Part::Whole, Ok(Span::new(year.from, to)?)));
        }
        let unknown = Err((year, Condition::EntryUnknown));
        self.subject.entry().is_none().then(|| self.make((place, duty), Part::Whole, unknown))
    }

    /// An obligation for a window: waived, not applicable, or open. A window that the student cannot
    /// have comes with the reason.
    pub(super) fn make(
        &self,
        (place, duty): (usize, &Duty),
        part: Part,
        window: Result<Span, (Span, Condition)>,
    ) -> Asked {
        let (span, cannot) = match window {
            Ok(span) => (span, None),
            Err((span, condition)) => (span, Some(condition)),
        };
        let mut obligation = Obligation {
            duty: place,
            part,
            year: self.year.begins,
            window: span,
            status: Status::open(span, self.today),
            planned: None,
            progress: None,
        };
        let mut away = None;
        if let Some(waiver) = self.waiver(&obligation, duty) {
            obligation.status = Status::Waived(waiver);
        } else {
            match self.subject.meets(&duty.who, span).and_then(|away| cannot.map_or(Ok(away), Err))
            {
                Ok(condition) => away = condition.filter(|it| !stays(part, *it)),
                Err(condition) => obligation.status = Status::NotApplicable(condition),
            }
        }
        Asked { obligation, away }
    }

    fn waiver(&self, obligation: &Obligation, duty: &Duty) -> Option<WaiverId> {
        let waivers = self.file.waivers.iter();
        waivers.filter(|it| obligation.is(duty, &it.duty)).map(|it| it.id).min()
    }

    /// What became of an obligation with a window of its own that is no slot.
    fn judge(&self, obligation: &mut Obligation, duty: &Duty, meetings: &[Seen<'_>]) {
        if !obligation.status.is_open() {
            return;
        }
        let by = match &duty.what {
            What::Count(count) => count_up(obligation, (duty, count), meetings),
            What::Tutor => self.tutor(obligation.window),
            What::Contact => self.contact(obligation.window, duty, meetings),
            What::Filled(detail) => self.filled(*detail),
            What::Slot(_) | What::Letter { .. } | What::Outcome { .. } => None,
        };
        if let Some(by) = by {
            obligation.status = Status::Met(by);
        }
    }

    /// The allocation of today, or of the end of the year when that is over; before the window has
    /// ended also one that is to begin in it.
    fn tutor(&self, window: Span) -> Option<By> {
        let day = self.today.min(self.year.span().to);
        let running = self.file.allocation(day).filter(|it| it.from <= self.today);
        let coming = || {
            let coming = self.file.allocations.iter();
            coming
                .filter(|it| day < it.from && it.from <= window.to)
                .min_by_key(|it| (it.from, it.id))
        };
        running.or_else(coming).map(|it| By::Allocation(it.id))
    }

    /// The first contact or meeting held since the window began: a later one makes good what was missed.
    fn contact(&self, window: Span, duty: &Duty, meetings: &[Seen<'_>]) -> Option<By> {
        let year = self.year.span();
        let counts = |on: NaiveDate| {
            window.from <= on && on <= self.today && (on <= year.to || on <= window.to)
        };
        let contact = self.file.contacts.iter().filter(|it| counts(it.on));
        let contact = contact.map(|it| (it.on, By::Contact(it.id), it.id.bytes()));
        let any = crate::domain::policy::Format::Either;
        let met = meetings
            .iter()
            .filter(|seen| seen.state == State::Held && counts(seen.on) && seen.is(any, duty.by));
        let met = met.map(|seen| (seen.on, By::Meeting(seen.id), seen.id.bytes()));
        contact.chain(met).min_by_key(|(on, _, id)| (*on, *id)).map(|(_, by, _)| by)
    }

    fn filled(&self, detail: Detail) -> Option<By> {
        match detail {
            Detail::PlacementContact => {
                let student = &self.file.student;
                (!student.placement_contacts.is_empty()).then(|| By::Student(student.id))
            }
            Detail::SecondDiscipline => {
                let enrolment = self.subject.enrolment(self.today)?;
                let filled = !enrolment.second_discipline.is_empty();
                filled.then_some(By::Enrolment(enrolment.id))
            }
        }
    }
}

/// Whether an obligation stands although the student is away: what happened is to be recorded, and sent
/// to who comes back.
fn stays(part: Part, away: Condition) -> bool {
    matches!(part, Part::Meeting(_)) && away == Condition::Status(Standing::Interrupted)
}

/// The meetings held in the window that count; met by the one that made up the number.
fn count_up(
    obligation: &mut Obligation,
    (duty, count): (&Duty, &Count),
    meetings: &[Seen<'_>],
) -> Option<By> {
    let window = obligation.window;
    let counted = |state: State| {
        meetings.iter().filter(move |seen| {
            seen.state == state
                && window.holds(seen.on)
                && (count.series_count || seen.series.is_none())
                && seen.is(count.format, duty.by)
        })
    };
    let held = u8::try_from(counted(State::Held).count()).unwrap_or(u8::MAX);
    obligation.progress = Some(Progress { held, of: count.at_least });
    obligation.planned = counted(State::Planned).next().map(|seen| seen.id);
    let last = usize::from(count.at_least).checked_sub(1)?;
    let by = counted(State::Held).nth(last).map(|seen| By::Meeting(seen.id));
    obligation.planned = obligation.planned.filter(|_| by.is_none());
    by
}
