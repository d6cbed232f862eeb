//! Where a ladder stands under its rule: which step is next and when, whether the student was reached, or
//! whether all is done. Pure, from the records and the working days of the calendars.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Ladder, LadderEnd};
use crate::domain::{
    file::StudentFile,
    meeting::Outcome,
    policy::{LadderRule, Policy, Step},
    records::Records,
};

/// The longest wait that is counted, in days.
const LONGEST_WAIT: usize = 400;

/// The step that is next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next<'a> {
    /// Which step of the ladder, from 0.
    pub at: u8,
    /// How many it has.
    pub of: usize,
    /// What the rule says of it.
    pub step: &'a Step,
    /// From which day on it is due.
    pub due: NaiveDate,
}

impl Next<'_> {
    /// Its place, as people count: `2 of 3`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{} of {}", u32::from(self.at) + 1, self.of)
    }
}

/// Where a ladder stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State<'a> {
    /// This step is next.
    Due(Next<'a>),
    /// The student answered or was met since it was started.
    Reached {
        /// On which day.
        on: NaiveDate,
        /// By which way.
        how: LadderEnd,
    },
    /// Every step is taken.
    Finished {
        /// The day on which the wait after the last one is over.
        until: NaiveDate,
    },
    /// It has been ended.
    Ended,
}

/// Where a ladder stands on its rule.
#[must_use]
pub fn state<'a>(
    rule: &'a LadderRule,
    ladder: &Ladder,
    records: &Records,
    file: &StudentFile,
) -> State<'a> {
    if !ladder.is_open() {
        return State::Ended;
    }
    if let Some((on, how)) = reached(ladder, records, file) {
        return State::Reached { on, how };
    }
    let last = ladder.taken.iter().max_by_key(|taken| (taken.step, taken.on));
    let due = last.map_or(ladder.started, |taken| {
        let wait = rule.steps.get(usize::from(taken.step)).map_or(0, |step| step.wait);
        after_working_days(records, taken.on, wait)
    });
    let at = last.map_or(0, |taken| taken.step.saturating_add(1));
    match rule.steps.get(usize::from(at)) {
        Some(step) => State::Due(Next { at, of: rule.steps.len(), step, due }),
        None => State::Finished { until: due },
    }
}

/// The step of a ladder that is next, if it is not over.
#[must_use]
pub fn next_step<'a>(
    rule: &'a LadderRule,
    ladder: &Ladder,
    records: &Records,
    file: &StudentFile,
) -> Option<Next<'a>> {
    match state(rule, ladder, records, file) {
        State::Due(next) => Some(next),
        State::Reached { .. } | State::Finished { .. } | State::Ended => None,
    }
}

/// The ladders of the policy that may be started with a student: those that do not run.
pub fn startable<'a>(
    policy: &'a Policy,
    file: &'a StudentFile,
) -> impl Iterator<Item = &'a LadderRule> {
    policy.ladders.iter().filter(|rule| {
        !file.ladders.iter().any(|ladder| ladder.is_open() && ladder.ladder == rule.code)
    })
}

/// The day on which the student was first reached since the ladder was started: by a reply, whatever it
/// answers, or by a meeting.
fn reached(
    ladder: &Ladder,
    records: &Records,
    file: &StudentFile,
) -> Option<(NaiveDate, LadderEnd)> {
    let replied = file.contacts.iter().filter_map(|contact| contact.two_way());
    let met = records
        .meetings_of(file)
        .filter(|(_, attendance)| attendance.outcome == Outcome::Held)
        .map(|(meeting, _)| meeting.on);
    let replied = replied.map(|day| (day, LadderEnd::Replied));
    let met = met.map(|day| (day, LadderEnd::Met));
    replied.chain(met).filter(|(day, _)| *day >= ladder.started).min()
}

/// The day that is so many working days after another: weekends, bank holidays and closures do not count.
#[must_use]
pub fn after_working_days(records: &Records, from: NaiveDate, wait: u8) -> NaiveDate {
    let works = |day: NaiveDate| {
        records.calendar(day).map_or_else(
            || !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
            |calendar| calendar.is_working_day(day),
        )
    };
    let Some(nth) = usize::from(wait).checked_sub(1) else { return from };
    let days = from.iter_days().skip(1).take(LONGEST_WAIT);
    let counted = days.filter(|day| works(*day)).nth(nth);
    counted.or_else(|| from.checked_add_days(Days::new(u64::from(wait)))).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        calendar::{Calendar, Span},
        contact::{Channel, Reply},
        id::Id,
        ladder::{Ended, Taken},
        policy::example::policy,
        record::Revision,
        student::StudentId,
        tutor::TutorId,
    };
    use crate::fixture::{Fixture, day};

    fn ladder(student: StudentId, taken: &[(u8, &str)]) -> Ladder {
        Ladder {
            id: Id::from_bytes([1; 16]),
            student,
            ladder: "not-reached".into(),
            why: "not seen".into(),
            started: day("2026-11-12"),
            tutor: TutorId::from_bytes([2; 16]),
            taken: taken
                .iter()
                .map(|(step, on)| Taken { step: *step, on: day(on), contact: None })
                .collect(),
            ended: None,
        }
    }

    fn told(taken: &[(u8, &str)], prepare: impl FnOnce(&mut Fixture, StudentId)) -> String {
        let mut world = Fixture::new();
        let student = world.tutee("1", "Ewa Nowak", 4);
        prepare(&mut world, student);
        let (records, policy) = (world.records(), policy());
        let (file, rule) = (records.file(student).unwrap(), policy.ladder("not-reached").unwrap());
        match state(rule, &ladder(student, taken), &records, file) {
            State::Due(next) => format!("{}: {}, {}", next.place(), next.step.name, next.due),
            State::Reached { on, how } => format!("{how:?} {on}"),
            State::Finished { until } => format!("finished {until}"),
            State::Ended => "ended".into(),
        }
    }

    #[test]
    fn each_step_is_due_when_the_working_days_after_the_one_before_are_over() {
        let nothing = |_: &mut Fixture, _| {};
        assert_eq!(told(&[], nothing), "1 of 3: e-mail, 2026-11-12");
        assert_eq!(told(&[(0, "2026-11-12")], nothing), "2 of 3: telephone, 2026-11-19");
        let two = [(0, "2026-11-12"), (1, "2026-11-19")];
        assert_eq!(told(&two, nothing), "3 of 3: Student Wellbeing Team, 2026-11-24");
        let three = [(0, "2026-11-12"), (1, "2026-11-19"), (2, "2026-11-24")];
        assert_eq!(told(&three, nothing), "finished 2026-12-01");
    }

    #[test]
    fn holidays_and_closures_are_waited_over() {
        let mut calendar = Calendar::example(Id::from_bytes([9; 16]), 2026).unwrap();
        calendar.holidays.push(day("2026-11-16"));
        calendar.closures.push(Span { from: day("2026-11-18"), to: day("2026-11-20") });
        let (records, _) = Records::gather([(Revision::FIRST, calendar.into())]);
        let end = after_working_days(&records, day("2026-11-12"), 5);
        assert_eq!(end, day("2026-11-25"));
    }

    #[test]
    fn a_reply_or_a_meeting_since_stops_it_and_one_before_does_not() {
        let taken = [(0, "2026-11-12")];
        let reply = |on: &'static str| {
            move |world: &mut Fixture, student| {
                world.contact(student, day(on), Channel::Phone, Reply::Replied);
            }
        };
        assert_eq!(told(&taken, reply("2026-11-11")), "2 of 3: telephone, 2026-11-19");
        assert_eq!(told(&taken, reply("2026-11-13")), "Replied 2026-11-13");
        let met = told(&taken, |world, student| {
            world.meeting(student, day("2026-11-17"), Outcome::Held, "");
        });
        assert_eq!(met, "Met 2026-11-17");
        let missed = told(&taken, |world, student| {
            world.meeting(student, day("2026-11-17"), Outcome::Missed, "");
        });
        assert_eq!(missed, "2 of 3: telephone, 2026-11-19");
    }

    #[test]
    fn what_has_been_ended_asks_for_nothing() {
        let mut world = Fixture::new();
        let student = world.tutee("1", "Ewa Nowak", 4);
        let (records, policy) = (world.records(), policy());
        let mut ladder = ladder(student, &[]);
        ladder.ended =
            Some(Ended { on: day("2026-11-13"), how: LadderEnd::Stopped, note: String::new() });
        let file = records.file(student).unwrap();
        let rule = policy.ladder("not-reached").unwrap();
        assert_eq!(state(rule, &ladder, &records, file), State::Ended);
    }

    proptest! {
        #[test]
        fn so_many_working_days_lie_between(offset in 0_u64..700, wait in 0_u8..30) {
            let records = Fixture::new().records();
            let from = day("2026-01-01") + Days::new(offset);
            let end = after_working_days(&records, from, wait);
            let weekdays = from.iter_days().skip(1).take_while(|day| *day <= end);
            let weekdays = weekdays.filter(|day| day.weekday().number_from_monday() <= 5).count();
            prop_assert_eq!(weekdays, usize::from(wait));
            prop_assert!(wait == 0 || end.weekday().number_from_monday() <= 5);
        }

        #[test]
        fn one_more_step_taken_never_makes_the_next_one_earlier(
            first in 0_u64..20,
            second in 0_u64..20,
        ) {
            let mut world = Fixture::new();
            let student = world.tutee("1", "Ewa Nowak", 4);
            let (records, policy) = (world.records(), policy());
            let file = records.file(student).unwrap();
            let rule = policy.ladder("not-reached").unwrap();
            let mut ladder = ladder(student, &[]);
            let mut before = next_step(rule, &ladder, &records, file).unwrap();
            for (step, days) in [(0, first), (1, first + second)] {
                let on = ladder.started + Days::new(days);
                ladder.taken.push(Taken { step, on, contact: None });
                let next = next_step(rule, &ladder, &records, file).unwrap();
                prop_assert_eq!(next.at, before.at + 1);
                prop_assert!(next.due >= on);
                before = next;
            }
        }
    }
}
