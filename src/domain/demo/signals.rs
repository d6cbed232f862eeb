//! Writes down the signals of one student: activity, sessions, work and marks of each module, and bands of engagement.

use super::{
    Scale,
    pace::{self, Learner, Pace, Piece},
    scribe::Scribe,
    study::{Course, WEEKS_LAST_YEAR},
};
use crate::domain::{
    engagement::{Engagement, Kept, Source, Told},
    signal::{
        Activity, Attendance, Entry, EvidenceDay, Mark, Marked, Presence, Ratings, Session, Work,
        ratings::HIGHEST,
    },
    student::{Mode, Status},
};

use super::Dice;

/// The sessions of a week: weekday, and minute of the day.
const SESSIONS: [(i16, u16); 6] = [(0, 600), (1, 660), (1, 840), (2, 540), (3, 840), (4, 780)];

/// The compulsory tutorial of every other week.
const TUTORIAL: (i16, u16) = (3, 720);

/// How many days after it was due a mark is given back.
const MARKED_AFTER: i16 = 14;

/// The week in which somebody who has interrupted was there for the last time, and one.
const INTERRUPTED: usize = 5;

/// Writes the signals of the student at this place.
pub(super) fn write(scribe: &mut Scribe<'_>, place: usize) {
    let demo = scribe.demo;
    let mut dice = Dice::new("signals", place);
    let paces = match demo.scale {
        Scale::Tutor => scribe.sketch.paces.clone(),
        Scale::School | Scale::University => pace::invent(&mut dice),
    };
    let away = (scribe.sketch.status == Status::Interrupted).then_some(INTERRUPTED);
    let learner = Learner::new(&mut dice, paces, away);
    let courses = demo.studies.of(&scribe.sketch);
    let mut writer = Writer { scribe, dice, learner };
    for (number, course) in courses.iter().enumerate() {
        writer.activity(course);
        if course.back == 0 && !course.module.tasks.is_empty() {
            writer.work(course, number);
        }
    }
    for back in [0, 1] {
        let some = courses.iter().any(|course| course.back == back);
        if let Some(whole) = demo.studies.whole(back).filter(|_| some) {
            writer.attendance(whole);
            if demo.scale == Scale::Tutor {
                writer.ratings(whole);
            }
        }
    }
}

struct Writer<'a, 'b> {
    scribe: &'a mut Scribe<'b>,
    dice: Dice,
    learner: Learner,
}

impl Writer<'_, '_> {
    fn put(&mut self, course: &Course, source: Source, fill: impl FnOnce(&mut Engagement)) {
        let Some((batch, _)) = course.import(source) else { return };
        let mut engagement = Engagement {
            id: self.dice.id(),
            student: self.scribe.student.id,
            module: course.module.id,
            source,
            batch,
            kept: Kept::default(),
            repeating: false,
        };
        fill(&mut engagement);
        self.scribe.put(engagement);
    }

    /// Until when a source knows of a course.
    fn until(course: &Course, source: Source) -> EvidenceDay {
        let fetched = course.import(source).map(|(_, day)| course.module.day(day));
        fetched.unwrap_or(EvidenceDay::START)
    }

    fn activity(&mut self, course: &Course) {
        let until = Self::until(course, Source::MoodleLog);
        let mut activity = Activity::new(until);
        for week in 0..weeks(course, until) {
            let start = 7 * i16::try_from(week).unwrap_or_default();
            let known = u32::try_from(until.0 - start).unwrap_or(0).min(7);
            let days = match self.learner.active(&mut self.dice, week) {
                _ if course.is_thin => self.learner.glance(&mut self.dice, week),
                days => days,
            };
            let mask = u8::MAX.checked_shr(8 - known).unwrap_or(0);
            activity.add(i8::try_from(week).unwrap_or(i8::MAX), days & mask);
        }
        self.put(course, Source::MoodleLog, |it| {
            it.kept = Told { activity: Some(activity), ..Told::default() }.into();
        });
    }

    fn work(&mut self, course: &Course, number: usize) {
        let until = Self::until(course, Source::MoodleGrades);
        let mut work = Work::new(until);
        for (place, piece) in course.module.pieces().iter().enumerate() {
            let mut entry = Entry::new(u16::try_from(place).unwrap_or(u16::MAX));
            match self.learner.piece(&mut self.dice, place, number) {
                Piece::Handed(days) => {
                    entry.handed = Some(piece.due.plus(days)).filter(|day| *day < until);
                }
                Piece::Extended(days) => entry.extended = Some(piece.due.plus(days)),
                Piece::Open => {}
            }
            let mark = Mark::hundredths(100 * self.learner.mark(&mut self.dice));
            let seen = entry.handed.map(|day| day.max(piece.due).plus(MARKED_AFTER));
            if let (Some(mark), Some(seen)) = (mark, seen.filter(|seen| *seen < until)) {
                entry.mark = Some(Marked { mark, seen, read: until });
            }
            if entry != Entry::new(entry.piece) {
                work.add(entry);
            }
        }
        let repeating = number == 0 && self.learner.is(Pace::Again);
        self.put(course, Source::MoodleGrades, |it| {
            it.kept = Told { work: Some(work), ..Told::default() }.into();
            it.repeating = repeating;
        });
    }

    /// Who studies at a distance, or beside a job, is not expected on the campus.
    fn attendance(&mut self, whole: &Course) {
        if self.scribe.sketch.mode != Mode::FullTime {
            return;
        }
        let until = Self::until(whole, Source::Attendance);
        let mut attendance = Attendance::new(until);
        for week in 0..weeks(whole, until) {
            let tutorial = (week % 2 == 1).then_some(TUTORIAL);
            for (weekday, key) in SESSIONS.into_iter().chain(tutorial) {
                let day = EvidenceDay(7 * i16::try_from(week).unwrap_or_default() + weekday);
                let compulsory = (weekday, key) == TUTORIAL;
                let presence = self.presence(week, compulsory);
                if day < until {
                    attendance.add(Session { day, key, presence, compulsory, read: until });
                }
            }
        }
        self.put(whole, Source::Attendance, |it| {
            it.kept = Told { attendance: Some(attendance), ..Told::default() }.into();
        });
    }

    fn presence(&mut self, week: usize, is_tutorial: bool) -> Presence {
        if self.dice.chance(self.learner.attends(week, is_tutorial)) {
            if self.dice.chance(6) { Presence::Late } else { Presence::Present }
        } else if self.dice.chance(10) && !is_tutorial {
            Presence::Authorised
        } else {
            Presence::Absent
        }
    }

    fn ratings(&mut self, whole: &Course) {
        let until = Self::until(whole, Source::Rating);
        let mut ratings = Ratings::default();
        for week in 1..weeks(whole, until) {
            let days = self.learner.active(&mut self.dice, week).count_ones();
            let band = u8::try_from(1 + days).unwrap_or(HIGHEST);
            ratings.add(EvidenceDay(7 * i16::try_from(week).unwrap_or_default()), band);
        }
        self.put(whole, Source::Rating, |it| {
            it.kept = Told { ratings: Some(ratings), ..Told::default() }.into();
        });
    }
}

/// How many weeks of a course a source knows something of.
fn weeks(course: &Course, until: EvidenceDay) -> usize {
    let known = (until.0 + 6) / 7;
    let most = if course.back == 0 { known } else { known.min(WEEKS_LAST_YEAR) };
    usize::try_from(most).unwrap_or(0)
}
