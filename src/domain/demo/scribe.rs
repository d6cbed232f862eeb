//! Writes down one student: who they are, what they study and who tutors them; then history, stories
//! and signals.

use chrono::NaiveDate;

use super::{
    Demo, Desk, Dice, Scale, history, phrases::School, signals, sketch, sketch::Sketch, story,
};
use super::{sketch::Story, year::shift};
use crate::domain::{
    meeting::Meeting,
    record::Record,
    student::{Enrolment, Status, Student, StudentId},
    tutor::{Allocation, TutorId},
};

/// A student being written, and all one needs for it.
pub(super) struct Scribe<'a> {
    pub(super) demo: &'a Demo,
    pub(super) desk: &'a Desk,
    pub(super) dice: Dice,
    pub(super) sketch: Sketch,
    pub(super) student: Student,
    /// The how-manieth tutee of the tutor.
    pub(super) ordinal: usize,
    /// Meetings and notes that the scale asks for.
    pub(super) quota: usize,
    /// The last meeting that was held.
    pub(super) last_held: Option<Meeting>,
    pub(super) records: Vec<Record>,
}

/// Meetings and notes of ten students that follow each other: the first three are new.
const QUOTA: [usize; 10] = [10, 10, 10, 16, 17, 17, 17, 17, 17, 17];
const NEW_IN_TEN: usize = 3;

/// All records of the student at this place; none when there is no such place.
pub(super) fn write(demo: &Demo, place: usize) -> Vec<Record> {
    let mut dice = Dice::new("student", place);
    let Some(desk) = demo.desk(place) else { return Vec::new() };
    let schools: (usize, &[School]) = (desk.school, &demo.schools);
    let is_new = place % QUOTA.len() < NEW_IN_TEN;
    let sketch = match demo.scale {
        Scale::Tutor => demo.roster.get(place).cloned(),
        Scale::School | Scale::University => {
            sketch::invent(&mut dice, &demo.phrases, schools, is_new)
        }
    };
    let Some(sketch) = sketch else { return Vec::new() };
    let quota = match demo.scale {
        Scale::Tutor if sketch.years_here == 0 => 13,
        Scale::Tutor => 18,
        Scale::School | Scale::University => {
            QUOTA.get(place % QUOTA.len()).copied().unwrap_or_default()
        }
    };
    let id = dice.id();
    let student = student(demo, &sketch, place, id);
    let ordinal = demo.ordinal(place);
    let records = vec![student.clone().into()];
    let last_held = None;
    let mut scribe =
        Scribe { demo, desk, dice, sketch, student, ordinal, quota, last_held, records };
    scribe.enrolments();
    scribe.allocations();
    history::write(&mut scribe);
    story::write(&mut scribe);
    signals::write(&mut scribe, place);
    scribe.records
}

fn student(demo: &Demo, sketch: &Sketch, place: usize, id: StudentId) -> Student {
    let figures = (place * 7_919 + 481_234) % 1_000_000;
    let number = if place % 9 == 4 { 1_000_000 + figures } else { 20_000_000 + figures };
    Student {
        id,
        number: format!("{number:08}"),
        name: sketch.name.clone(),
        pronouns: sketch.pronouns.into(),
        email: format!("s{number:08}@student.example"),
        phone: format!("07700 {}", 900_000 + figures % 1_000),
        entry: Some(demo.year.start(sketch.years_here.into())),
        new_entrant: Some(sketch.years_here == 0),
        under_18_until: None,
        placement_contacts: Vec::new(),
        trusted_contacts: Vec::new(),
    }
}

impl Scribe<'_> {
    pub(super) fn put(&mut self, record: impl Into<Record>) {
        self.records.push(record.into());
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.demo.year.today
    }

    /// The tutor who has the student on that day.
    pub(super) fn tutor(&self, day: NaiveDate) -> TutorId {
        let now = self.desk.tutor.id;
        if self.demo.year.holds(day) { now } else { self.earlier_tutor().unwrap_or(now) }
    }

    /// Rewrites the student, whose record is the first.
    pub(super) fn amend(&mut self, edit: impl FnOnce(&mut Student)) {
        if let Some(Record::Student(student)) = self.records.first_mut() {
            edit(student);
        }
    }

    fn earlier_tutor(&self) -> Option<TutorId> {
        let before = self.sketch.is(Story::Handover) && self.sketch.years_here > 0;
        let other = before.then(|| self.demo.desks.get(1).or(self.demo.desks.first()))??;
        Some(other.tutor.id)
    }

    fn enrolments(&mut self) {
        for back in (0..=self.sketch.years_here.min(1)).rev() {
            let from = self.demo.year.start(back.into());
            let to = (back > 0).then(|| shift(self.demo.year.start(i64::from(back) - 1), -1));
            let enrolment = self.enrolment(from, to, back);
            match enrolment.status {
                Status::Interrupted => {
                    let day = self.demo.year.ago(18);
                    let before = Enrolment {
                        id: self.dice.id(),
                        to: Some(shift(day, -1)),
                        status: Status::Enrolled,
                        ..enrolment.clone()
                    };
                    self.put(before);
                    self.put(Enrolment { from: day, ..enrolment });
                }
                Status::Enrolled
                | Status::YearAbroad
                | Status::YearInIndustry
                | Status::ResitWithoutResidence
                | Status::Withdrawn
                | Status::Completed => self.put(enrolment),
            }
        }
    }

    fn enrolment(&mut self, from: NaiveDate, to: Option<NaiveDate>, back: u8) -> Enrolment {
        let sketch = &self.sketch;
        let school = self.demo.schools.get(sketch.school);
        let is_past = to.is_some();
        let repeats = sketch.status == Status::ResitWithoutResidence || sketch.stage == 1;
        let lower = if is_past && !repeats { back } else { 0 };
        let level = if sketch.level == 8 { 8 } else { sketch.level.saturating_sub(lower) };
        Enrolment {
            id: self.dice.id(),
            student: self.student.id,
            from,
            to,
            sequence: "1".into(),
            programme: sketch.programme.title.into(),
            programme_code: sketch.programme.code.into(),
            school: school.map_or("".into(), |school| school.name.into()),
            second_discipline: sketch.programme.second.into(),
            level: Some(level),
            stage: Some(sketch.stage.saturating_sub(lower).max(1)),
            mode: sketch.mode,
            kind: sketch.programme.kind,
            status: if is_past { Status::Enrolled } else { sketch.status },
        }
    }

    fn allocations(&mut self) {
        let year = &self.demo.year;
        let student = self.student.id;
        let began = year.start(self.sketch.years_here.into());
        let own = Allocation {
            id: self.dice.id(),
            student,
            tutor: self.desk.tutor.id,
            from: began,
            to: None,
            reason: String::new(),
        };
        let Some(tutor) = self.earlier_tutor() else { return self.put(own) };
        let changed = year.start(0);
        let id = self.dice.id();
        let to = Some(shift(changed, -1));
        self.put(Allocation { id, student, tutor, from: began, to, reason: String::new() });
        self.put(Allocation { from: changed, reason: "Former tutor on leave".into(), ..own });
    }
}
