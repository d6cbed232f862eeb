use std::sync::Arc;

use chrono::NaiveDate;

use super::*;
use crate::domain::{
    calendar::Calendar,
    file::StudentFile,
    id::Id,
    meeting::{Attendance, Meeting, Mode as Way, Outcome, With},
    note::Confidentiality,
    policy::{self, Choice, Policy, Sharing},
    record::{Record, Revision},
    records::Records,
    slot_choice::SlotChoice,
    student::{Enrolment, KindOfStudy, Mode, Name, Status as Standing, Student},
    tutor::{Allocation, Role, Tutor},
    waiver::Waiver,
};

mod properties;
mod rules;
mod scenarios;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An id that says of what kind it is and the how-manieth.
pub(super) fn id<T>(kind: u8, number: u8) -> Id<T> {
    let mut bytes = [0; 16];
    (bytes[0], bytes[1]) = (kind, number);
    Id::from_bytes(bytes)
}

/// A policy with these duties and nothing else.
pub(super) fn policy(duties: Vec<policy::Duty>) -> Policy {
    let choice = |value| Choice { value, clause: String::new(), why: "for a test".into() };
    Policy {
        code: "test".into(),
        cite: "TST".into(),
        university: String::new(),
        document: String::new(),
        version: String::new(),
        confidentiality: Choice {
            value: Confidentiality::Restricted,
            clause: String::new(),
            why: "for a test".into(),
        },
        reply_days: choice(3),
        follow_up_days: None,
        sudden_drop: None,
        clauses: vec![],
        duties,
        tutor_duties: vec![],
        ladders: vec![],
        sharing: Sharing {
            clause: "1".into(),
            content_needs_consent: false,
            rules: vec![],
            why: String::new(),
        },
        letters: vec![],
        years: vec![],
        items: vec![],
    }
}

/// A duty for everybody.
pub(super) fn duty(code: &str, what: policy::What, when: policy::When) -> policy::Duty {
    policy::Duty {
        code: code.into(),
        clause: "5".into(),
        name: code.into(),
        who: policy::Who::default(),
        what,
        when,
        late_days: None,
        by: None,
        why: String::new(),
    }
}

pub(super) fn slot(format: policy::Format, series: &str) -> policy::What {
    policy::What::Slot(policy::Slot {
        format,
        focus: String::new(),
        other: String::new(),
        checklist: vec![],
        minutes: None,
        series: series.into(),
    })
}

pub(super) fn weeks(from: u8, to: u8) -> policy::When {
    policy::When::Weeks { term: "Semester 1".into(), from, to }
}

/// Semester 1 begins on 28 September 2026, semester 2 on 25 January 2027.
pub(super) fn calendar() -> Calendar {
    Calendar::example(id(99, 0), 2026).unwrap()
}

/// One student, their records, and a plan.
pub(super) struct Desk {
    pub(super) all: Vec<Record>,
    pub(super) plan: Plan,
    next: u8,
}

impl Desk {
    pub(super) fn new(duties: Vec<policy::Duty>) -> Self {
        let student = Student {
            id: id(1, 0),
            number: "1".into(),
            name: Name::default(),
            pronouns: String::new(),
            email: String::new(),
            phone: String::new(),
            entry: Some(day("2026-09-21")),
            new_entrant: None,
            under_18_until: None,
            placement_contacts: vec![],
            trusted_contacts: vec![],
        };
        let enrolment = Enrolment {
            id: id(2, 0),
            student: student.id,
            from: day("2026-09-21"),
            to: None,
            sequence: "".into(),
            programme: "BSc Computer Science".into(),
            programme_code: "".into(),
            school: "".into(),
            second_discipline: "".into(),
            level: Some(4),
            stage: Some(1),
            mode: Mode::FullTime,
            kind: KindOfStudy::SingleHonours,
            status: Standing::Enrolled,
        };
        let tutor = |number, role| Tutor {
            id: id(3, number),
            name: "Dr Okafor".into(),
            email: String::new(),
            number: String::new(),
            school: String::new(),
            role,
        };
        let allocation = Allocation {
            id: id(4, 0),
            student: student.id,
            tutor: id(3, 0),
            from: day("2026-09-21"),
            to: None,
            reason: String::new(),
        };
        let plan = Plan::new(Arc::new(policy(duties)), [&calendar()]);
        let all = vec![
            student.into(),
            enrolment.into(),
            tutor(0, Role::Tutor).into(),
            tutor(1, Role::SeniorTutor).into(),
            allocation.into(),
        ];
        Self { all, plan, next: 0 }
    }

    pub(super) fn fresh<T>(&mut self, kind: u8) -> Id<T> {
        self.next += 1;
        id(kind, self.next)
    }

    pub(super) fn student(&mut self) -> &mut Student {
        let found = self.all.iter_mut().find_map(|record| {
            if let Record::Student(student) = record { Some(student) } else { None }
        });
        found.unwrap()
    }

    pub(super) fn enrolment(&mut self) -> &mut Enrolment {
        let found = self.all.iter_mut().find_map(|record| {
            if let Record::Enrolment(enrolment) = record { Some(enrolment) } else { None }
        });
        found.unwrap()
    }

    /// A 1-2-1 with the tutor, or a group of the student alone.
    pub(super) fn meet(&mut self, on: &str, group: bool, outcome: Outcome) -> &mut Meeting {
        let meeting = Meeting {
            id: self.fresh(5),
            with: if group { With::Group } else { With::OneToOne(id(1, 0)) },
            on: day(on),
            at: None,
            minutes: 30,
            mode: Way::InPerson,
            place: "".into(),
            focus: "".into(),
            tutor: id(3, 0),
        };
        let attendance =
            Attendance { id: self.fresh(6), meeting: meeting.id, student: id(1, 0), outcome };
        self.all.push(attendance.into());
        self.all.push(meeting.into());
        let Some(Record::Meeting(meeting)) = self.all.last_mut() else {
            unreachable!("it was put there");
        };
        meeting
    }

    pub(super) fn held(&mut self, on: &str) -> MeetingId {
        self.meet(on, false, Outcome::Held).id
    }

    pub(super) fn waive(&mut self, code: &str) {
        let waiver = Waiver {
            id: self.fresh(7),
            student: id(1, 0),
            duty: key(code),
            why: "ill".into(),
            tutor: id(3, 0),
            on: day("2026-10-01"),
        };
        self.all.push(waiver.into());
    }

    pub(super) fn choose(&mut self, meeting: MeetingId, code: Option<&str>) {
        let slot = code.map(key);
        let choice = SlotChoice { id: self.fresh(8), student: id(1, 0), meeting, slot };
        self.all.push(choice.into());
    }

    pub(super) fn records(&self) -> Records {
        let revised = self.all.iter().map(|record| (Revision::FIRST, record.clone()));
        Records::gather(revised).0
    }

    pub(super) fn file(&self) -> Arc<StudentFile> {
        Arc::clone(self.records().file(id(1, 0)).unwrap())
    }

    pub(super) fn on(&self, today: &str) -> Vec<Obligation> {
        self.plan.obligations(&self.records(), &self.file(), day(today))
    }

    /// The words for the status of each, with the key's code.
    pub(super) fn words(&self, today: &str) -> Vec<String> {
        let shown = |one: &Obligation| {
            let duty = self.plan.duty(one).unwrap();
            let planned = if one.planned.is_some() { ", planned" } else { "" };
            format!("{} {}{planned}", one.key(duty).code, one.status.words())
        };
        self.on(today).iter().map(shown).collect()
    }
}

pub(super) fn key(code: &str) -> DutyKey {
    DutyKey { year: 2026, code: code.into() }
}
