//! A small profile for the tests of the write functions.

use chrono::NaiveDate;

use super::{
    Context, Written,
    enrolment::EnrolmentInput,
    setup::{self, SetupInput},
    student::{self, StudentInput},
};
use crate::domain::{
    alert::{Fingerprint, Line},
    change::Change,
    id::IdSource,
    record::Record,
    records::Records,
    student::StudentId,
    time::Now,
    tutor::TutorId,
};

/// Dr Amara Okafor with two tutees, on Saturday 21 November 2026 at two.
pub struct Desk {
    /// The records.
    pub records: Records,
    /// Fixed identities.
    pub ids: IdSource,
    /// The moment.
    pub now: Now,
    /// Aisha Rahman.
    pub aisha: StudentId,
    /// Ben O'Connor.
    pub ben: StudentId,
}

impl Desk {
    /// A profile that has not been set up.
    pub fn empty() -> Self {
        let local = "2026-11-21T14:00:00".parse().unwrap();
        let mut ids = IdSource::new([7; 32]);
        let (aisha, ben) = (ids.fresh(), ids.fresh());
        let now = Now { local, utc_ms: 1_795_269_600_000 };
        Self { records: Records::default(), ids, now, aisha, ben }
    }

    /// The profile with its two tutees.
    pub fn new() -> Self {
        let mut desk = Self::empty();
        let input = SetupInput {
            name: "Dr Amara Okafor".into(),
            school: "Computing".into(),
            ..SetupInput::default()
        };
        let written = setup::set_up(&mut desk.context(), &input);
        desk.apply(written);
        desk.aisha = desk.add("20481234", "Aisha", "Rahman");
        desk.ben = desk.add("20481235", "Ben", "O'Connor");
        desk
    }

    /// Adds a tutee.
    pub fn add(&mut self, number: &str, given: &str, family: &str) -> StudentId {
        let input = StudentInput {
            number: number.into(),
            given: given.into(),
            family: family.into(),
            entry: "28 Sep 2026".into(),
            tutor: "me".into(),
            enrolment: EnrolmentInput {
                programme: "BSc Computer Science".into(),
                level: "4".into(),
                ..EnrolmentInput::default()
            },
            ..StudentInput::default()
        };
        let written = student::add(&mut self.context(), &input);
        self.apply(written);
        self.records.numbered(number).next().unwrap()
    }

    /// Where a write function starts.
    pub fn context(&mut self) -> Context<'_> {
        Context { records: &self.records, now: self.now, ids: &mut self.ids }
    }

    /// Applies a change, after making sure that its inverse brings everything back.
    pub fn apply(&mut self, written: Written) -> Change {
        let change = written.unwrap_or_else(|errors| {
            let all: Vec<_> = errors.iter().map(|e| (e.field, e.message.clone())).collect();
            panic!("{all:?}")
        });
        let before = values(&self.records);
        self.records.apply(&change).unwrap();
        let mut back = self.records.clone();
        back.apply(&change.inverse(&self.records).unwrap()).unwrap();
        assert!(values(&back) == before, "the inverse brings the records back");
        change
    }

    /// Who works here.
    pub fn me(&self) -> TutorId {
        self.records.me().unwrap().id
    }
}

/// The fingerprint of one reason, by its number.
pub fn seen(what: u64) -> Fingerprint {
    Fingerprint::kept(vec![Line { what, since: day("2026-11-09"), points: 1 }])
}

/// Reads a day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn values(records: &Records) -> Vec<Record> {
    records.all().into_iter().map(|(_, record)| record).collect()
}
