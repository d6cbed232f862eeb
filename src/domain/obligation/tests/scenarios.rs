//! A whole academic year, day by day, for each built-in policy and many kinds of student: what is asked,
//! what is not and why, and each change of status on its day. The same tutor does the same things for each:
//! enough to meet some obligations, and not all.

use std::{collections::BTreeMap, fmt::Write};

use chrono::Days;

use super::*;
use crate::{
    domain::{
        contact::{Channel, Contact, Reply},
        letter::Letter,
        policy::{Format, What},
        student::Person,
        word::Choice as _,
    },
    exchange::policy::builtin,
};

/// The academic year that is gone through.
const YEAR: i32 = 2026;

/// A kind of student.
struct Sort {
    name: &'static str,
    level: u8,
    stage: u8,
    mode: Mode,
    kind: KindOfStudy,
    status: Standing,
    /// Days from the Monday of induction week to the first day here; none if that was a year before.
    entry: Option<u64>,
    under_18: bool,
    second_discipline: &'static str,
}

const FRESHER: Sort = Sort {
    name: "fresher",
    level: 4,
    stage: 1,
    mode: Mode::FullTime,
    kind: KindOfStudy::SingleHonours,
    status: Standing::Enrolled,
    entry: Some(0),
    under_18: false,
    second_discipline: "",
};

const SORTS: [Sort; 12] = [
    FRESHER,
    Sort { name: "part-time fresher", mode: Mode::PartTime, ..FRESHER },
    Sort { name: "late entry, in week 5", entry: Some(36), ..FRESHER },
    Sort { name: "under 18 until January", under_18: true, ..FRESHER },
    Sort { name: "second year", level: 5, stage: 2, entry: None, ..FRESHER },
    Sort { name: "third year", level: 6, stage: 3, entry: None, ..FRESHER },
    Sort {
        name: "direct entry to year 2, two disciplines",
        level: 5,
        stage: 2,
        kind: KindOfStudy::JointHonours,
        second_discipline: "Law",
        ..FRESHER
    },
    Sort {
        name: "year abroad",
        level: 5,
        stage: 3,
        entry: None,
        status: Standing::YearAbroad,
        ..FRESHER
    },
    Sort {
        name: "resit without residence",
        entry: None,
        status: Standing::ResitWithoutResidence,
        ..FRESHER
    },
    Sort { name: "postgraduate", level: 7, kind: KindOfStudy::TaughtPostgraduate, ..FRESHER },
    Sort { name: "foundation year", level: 3, stage: 0, kind: KindOfStudy::Foundation, ..FRESHER },
    Sort { name: "interrupted from week 8 on", ..FRESHER },
];

/// A year as it goes on: what is known from which day on.
struct Story {
    plan: Plan,
    known: Vec<(NaiveDate, Record)>,
}

impl Story {
    fn new(pack: &str, sort: &Sort) -> Self {
        let policy = Arc::new(builtin(pack).unwrap());
        let calendars: Vec<Calendar> = policy
            .years
            .iter()
            .zip(0..)
            .map(|(year, number)| year.calendar(id(99, number)))
            .collect();
        let plan = Plan::new(policy, &calendars);
        let calendar = plan.calendar(YEAR).unwrap().clone();
        let week_one = calendar.terms[0].mondays().next().unwrap();
        let spring = calendar.terms[1].mondays().next().unwrap();
        let mut story = Self { plan, known: Vec::new() };
        story.student(sort, week_one - Days::new(7));
        story.happens(week_one, spring);
        story
    }

    fn know(&mut self, from: NaiveDate, record: impl Into<Record>) {
        self.known.push((from, record.into()));
    }

    fn student(&mut self, sort: &Sort, induction: NaiveDate) {
        let mut desk = Desk::new(vec![]);
        let entry = sort.entry.map_or(day("2025-09-22"), |days| induction + Days::new(days));
        let start = day("2025-08-01");
        let student = desk.student();
        student.entry = Some(entry);
        student.under_18_until = sort.under_18.then(|| day("2027-01-20"));
        if sort.status == Standing::YearAbroad {
            student.placement_contacts.push(Person::default());
        }
        let enrolment = desk.enrolment();
        enrolment.from = entry;
        (enrolment.level, enrolment.stage) = (Some(sort.level), Some(sort.stage));
        (enrolment.mode, enrolment.kind, enrolment.status) = (sort.mode, sort.kind, sort.status);
        enrolment.second_discipline = sort.second_discipline.into();
        if sort.name.starts_with("interrupted") {
            let away = induction + Days::new(56);
            enrolment.to = away.pred_opt();
            let mut next = enrolment.clone();
            (next.id, next.from, next.to) = (id(2, 1), away, None);
            next.status = Standing::Interrupted;
            self.know(start, next);
        }
        for mut record in desk.all {
            let mut from = start;
            if let Record::Allocation(allocation) = &mut record {
                allocation.from = entry;
                from = entry;
            }
            self.know(from, record);
        }
    }

    /// What the tutor does in the year, and does not.
    fn happens(&mut self, week_one: NaiveDate, spring: NaiveDate) {
        let at = |days: u64| week_one + Days::new(days);
        self.meet(1, week_one - Days::new(5), true, "Induction");
        self.letter(1, "allocation-student", week_one - Days::new(4), None);
        self.meet(2, at(3), true, "WeThrive 1");
        self.meet(3, at(15), false, "Progress review");
        self.letter(2, "summary", at(17), Some(id(5, 3)));
        self.letter(3, "central", at(18), Some(id(5, 3)));
        self.meet(4, at(23), false, "With the senior tutor");
        for (_, record) in &mut self.known {
            if let Record::Meeting(meeting) = record
                && meeting.id == id(5, 4)
            {
                meeting.tutor = id(3, 1);
            }
        }
        self.meet(5, at(29), true, "WeThrive 2");
        self.meet(6, at(44), false, "Feedback on coursework");
        let change = Allocation {
            id: id(4, 1),
            student: id(1, 0),
            tutor: id(3, 1),
            from: at(50),
            to: None,
            reason: "on leave".into(),
        };
        self.know(at(50), change);
        let contact = Contact {
            id: id(9, 1),
            student: id(1, 0),
            on: at(64),
            channel: Channel::Email,
            reply: Reply::Replied,
            replied: Some(at(65)),
            about: String::new(),
            tutor: id(3, 0),
        };
        self.know(at(64), contact);
        self.meet(7, spring + Days::new(22), false, "Exam results");
    }

    /// A meeting, planned a week ahead and held; a student who has not come yet is not asked to one.
    fn meet(&mut self, number: u8, on: NaiveDate, group: bool, focus: &str) {
        if self.entry() > Some(on) {
            return;
        }
        let with = if group { With::Group } else { With::OneToOne(id(1, 0)) };
        let meeting = Meeting {
            id: id(5, number),
            with,
            on,
            at: None,
            minutes: 30,
            mode: Way::InPerson,
            place: "".into(),
            focus: focus.into(),
            tutor: id(3, 0),
        };
        let part = Attendance {
            id: id(6, number),
            meeting: meeting.id,
            student: id(1, 0),
            outcome: Outcome::Held,
        };
        self.know(on - Days::new(7), meeting);
        self.know(on - Days::new(7), part);
    }

    fn entry(&self) -> Option<NaiveDate> {
        self.known.iter().find_map(|(_, record)| {
            if let Record::Student(student) = record { student.entry } else { None }
        })
    }

    fn letter(&mut self, number: u8, kind: &str, on: NaiveDate, meeting: Option<MeetingId>) {
        if self.entry() > Some(on) {
            return;
        }
        let letter = Letter {
            id: id(10, number),
            student: id(1, 0),
            kind: kind.into(),
            meeting,
            to: String::new(),
            subject: String::new(),
            text: String::new(),
            made: on,
            sent: Some(on),
            agreed: None,
            tutor: id(3, 0),
        };
        self.know(on, letter);
    }

    fn records(&self, today: NaiveDate) -> Records {
        let known = self.known.iter().filter(|(from, _)| *from <= today);
        Records::gather(known.map(|(_, record)| (Revision::FIRST, record.clone()))).0
    }

    fn seen(&self, today: NaiveDate) -> Vec<Obligation> {
        let records = self.records(today);
        let file = records.file(id(1, 0)).unwrap();
        self.plan.obligations_in(YEAR, &records, file, today)
    }

    /// What an obligation is called, with the day of what it follows from.
    fn called(&self, one: &Obligation) -> String {
        let code = &self.plan.duty(one).unwrap().code;
        match one.part {
            Part::Whole => code.clone(),
            Part::Nth(number) => format!("{code}/{number}"),
            Part::Meeting(_) | Part::Allocation(_) => {
                format!("{code} of {}", one.window.from.format("%-d %b"))
            }
        }
    }

    fn status(&self, one: &Obligation) -> String {
        let on = |meeting: MeetingId| {
            let found = self.known.iter().find_map(|(_, record)| {
                if let Record::Meeting(it) = record
                    && it.id == meeting
                {
                    Some(it)
                } else {
                    None
                }
            });
            let found = found.unwrap();
            format!("the {} of {}", group(found), found.on.format("%-d %b"))
        };
        let planned = one.planned.map(|it| format!(", {} is planned", on(it))).unwrap_or_default();
        let progress = one
            .progress
            .filter(|_| one.status.is_open())
            .map(|it| format!(", {} of {}", it.held, it.of))
            .unwrap_or_default();
        let by = match one.met_by() {
            Some(By::Meeting(meeting)) => format!(" by {}", on(meeting)),
            Some(By::Contact(_)) => " by a contact".into(),
            Some(By::Letter(_)) => " by a letter".into(),
            Some(By::Allocation(_)) => " by an allocation".into(),
            Some(By::Student(_) | By::Enrolment(_)) => " by the record".into(),
            None => String::new(),
        };
        let why = if let Status::NotApplicable(condition) = one.status {
            format!(": {}", condition.words(&self.plan.duty(one).unwrap().who))
        } else {
            String::new()
        };
        format!("{}{by}{progress}{planned}{why}", one.status.words())
    }

    /// What is asked of this student in the year, and what is not.
    fn asked(&self, out: &mut String) {
        let span = self.plan.calendar(YEAR).unwrap().span;
        let mut not: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for one in self.seen(span.to) {
            let duty = self.plan.duty(&one).unwrap();
            if matches!(one.part, Part::Meeting(_) | Part::Allocation(_)) {
                continue;
            }
            if let Status::NotApplicable(_) = one.status {
                not.entry(self.status(&one)).or_default().push(self.called(&one));
                continue;
            }
            let what = match &duty.what {
                What::Slot(slot) => format!("{} “{}”", format_word(slot.format), slot.focus),
                What::Count(count) => format!("{} {}", count.at_least, format_word(count.format)),
                What::Tutor
                | What::Contact
                | What::Filled(_)
                | What::Letter { .. }
                | What::Outcome { .. } => duty.name.clone(),
            };
            let by = duty.by.map(|role| format!(" by the {}", role.words())).unwrap_or_default();
            let cited = self.plan.cited(&one);
            let (from, to) = (one.window.from, one.window.to);
            writeln!(out, "  {from} {to}  {}: {what}{by} ({cited})", self.called(&one)).unwrap();
        }
        for (why, codes) in not {
            writeln!(out, "  {why}: {}", codes.join(", ")).unwrap();
        }
    }

    /// Each change of status on its day.
    fn changes(&self, out: &mut String) {
        let calendar = self.plan.calendar(YEAR).unwrap();
        let span = calendar.span;
        let mut before: BTreeMap<(usize, Part), String> = BTreeMap::new();
        for today in span.from.iter_days().take_while(|day| *day <= span.to) {
            let mut changed = Vec::new();
            for one in self.seen(today) {
                let status = self.status(&one);
                let old = before.insert((one.duty, one.part), status.clone());
                let quiet = old.is_none() && !one.status.is_open() && today == span.from;
                if old.as_ref() != Some(&status) && !quiet && status != "upcoming" {
                    changed.push(format!("{} {status}", self.called(&one)));
                }
            }
            if !changed.is_empty() {
                let week = calendar.week_of(today).map_or_else(String::new, |(term, week)| {
                    format!(" ({}, week {})", term.name, week.0)
                });
                writeln!(out, "  {}{week}", today.format("%a %-d %b %Y")).unwrap();
                for line in changed {
                    writeln!(out, "    {line}").unwrap();
                }
            }
        }
    }
}

fn group(meeting: &Meeting) -> &'static str {
    if meeting.with == With::Group { "group" } else { "1-2-1" }
}

fn format_word(format: Format) -> &'static str {
    match format {
        Format::OneToOne => "1-2-1",
        Format::Group => "group",
        Format::Either => "meeting",
    }
}

fn year(pack: &str) {
    let mut out = String::new();
    for sort in &SORTS {
        let story = Story::new(pack, sort);
        assert_eq!(story.plan.unresolved(), [], "{pack} has a time for each duty");
        writeln!(out, "# {}\n", sort.name).unwrap();
        story.asked(&mut out);
        writeln!(out).unwrap();
        story.changes(&mut out);
        writeln!(out).unwrap();
    }
    insta::assert_snapshot!(format!("year_{pack}"), out);
}

#[test]
fn a_year_at_leicester() {
    year("leicester");
}

#[test]
fn a_year_at_ljmu() {
    year("ljmu");
}

#[test]
fn a_year_at_essex() {
    year("essex");
}

#[test]
fn a_year_at_leeds() {
    year("leeds");
}

#[test]
fn a_year_at_westminster() {
    year("westminster");
}

/// Leicester's Appendix 2 for the three years of one student: all twelve slots with their days.
#[test]
fn the_twelve_slots_of_appendix_2() {
    let mut out = String::new();
    for (stage, entry) in [(1, Some(0)), (2, None), (3, None)] {
        let sort = Sort { level: 3 + stage, stage, entry, ..FRESHER };
        let story = Story::new("leicester", &sort);
        writeln!(out, "year {stage}").unwrap();
        let span = story.plan.calendar(YEAR).unwrap().span;
        let slots = story.seen(span.from).into_iter().filter(|one| {
            let duty = story.plan.duty(one).unwrap();
            duty.clause == "App. 2" && !matches!(one.status, Status::NotApplicable(_))
        });
        for one in slots {
            let duty = story.plan.duty(&one).unwrap();
            let What::Slot(slot) = &duty.what else { panic!("a slot") };
            writeln!(out, "  {} to {}  {}", one.window.from, one.window.to, duty.why).unwrap();
            writeln!(out, "    {} {}: {}", duty.code, format_word(slot.format), slot.focus)
                .unwrap();
            if !slot.other.is_empty() {
                writeln!(out, "    other: {}", slot.other).unwrap();
            }
        }
    }
    insta::assert_snapshot!(out);
}
