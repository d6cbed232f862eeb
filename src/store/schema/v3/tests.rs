//! Golden bytes of every record of version 3, and round trips of all kinds there are.

use chrono::NaiveDate;
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::{
    domain::{
        alert::{Fingerprint, Line},
        alias::Alias,
        batch::Batch,
        case::{Case, Contribution, Stage},
        change::{Builder, Label},
        decision::{Decision, Ground, Verdict},
        engagement::{Engagement, Source, Told},
        id::Id,
        module::{Module, Task},
        record::Revision,
        records::Records,
        results::{Found, Results, WeekResult},
        saved_view::SavedView,
        score::Setting,
        signal::{
            Activity, Attendance, Entry, EvidenceDay, Mark, Marked, Presence, Ratings, Session,
            Work,
        },
        tuning::Tuning,
        word::Choice,
        write::setup::is_spoken_of,
    },
    exchange::{json, spreadsheet},
    store::schema::{
        self,
        v1::tests::{hex, unhex},
        v2::tests::sample as earlier,
    },
};

fn id<T>(byte: u8) -> Id<T> {
    Id::from_bytes([byte; 16])
}

pub(crate) fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn work() -> Work {
    let mark = Mark::hundredths(6_250).unwrap();
    let mut work = Work::of_marks(EvidenceDay(50));
    work.add(Entry {
        extended: Some(EvidenceDay(20)),
        handed: Some(EvidenceDay(18)),
        checked: Some(EvidenceDay(50)),
        mark: Some(Marked { mark, seen: EvidenceDay(32), read: EvidenceDay(50) }),
        ..Entry::new(1)
    });
    work
}

fn engagement() -> Engagement {
    let mut activity = Activity::new(EvidenceDay(50));
    activity.add(-1, 4);
    activity.add(2, 71);
    let mut attendance = Attendance::new(EvidenceDay(49));
    attendance.add(Session {
        day: EvidenceDay(8),
        key: 600,
        presence: Presence::Late,
        compulsory: true,
        read: EvidenceDay(49),
    });
    let mut ratings = Ratings::default();
    ratings.add(EvidenceDay(7), 3);
    let told = Told {
        activity: Some(activity),
        attendance: Some(attendance),
        work: Some(work()),
        ratings: Some(ratings),
    };
    Engagement {
        id: id(28),
        student: id(4),
        module: id(24),
        source: Source::Other,
        batch: id(25),
        kept: told.into(),
        repeating: true,
    }
}

fn results() -> Results {
    let found =
        Found { module: id(24), points: 3, look: Some(1), why: 2, numbers: [1, 300, 70_000] };
    let week = |day, found| WeekResult {
        week: on(day),
        points: 5,
        from: 4,
        on: true,
        too_little: false,
        found,
    };
    Results { id: id(29), student: id(4), weeks: vec![week(2, vec![]), week(9, vec![found])] }
}

pub(crate) fn decision(verdict: Verdict) -> Decision {
    Decision {
        id: id(30),
        student: id(4),
        verdict,
        rule: "overdue".into(),
        fingerprint: Fingerprint::kept(vec![
            Line { what: u64::MAX - 1, since: on(3), points: 4 },
            Line { what: 7, since: on(1), points: 0 },
        ]),
        why: "On placement".into(),
        on: on(12),
        tutor: id(1),
    }
}

fn case() -> Case {
    Case {
        id: id(31),
        student: id(4),
        opened: on(2),
        owner: id(1),
        why: "Three alerts".into(),
        stage: Stage::Reviewed,
        plan: "Weekly word".into(),
        contributions: vec![Contribution {
            on: on(4),
            by: "Wellbeing Adviser".into(),
            text: "Seen".into(),
        }],
        review: Some(on(20)),
        outcome: "Back".into(),
        closed: Some(on(21)),
    }
}

fn tuning() -> Tuning {
    Tuning {
        id: id(26),
        setting: Setting::Narrow,
        cap: 7,
        card: "points v1".into(),
        numbers: vec![("look.mean-below".into(), 45)],
        off: vec!["repeating".into()],
    }
}

fn module() -> Module {
    let task = Task { name: "Essay".into(), due: Some(on(9)), closes: Some(on(15)), weight: 4_000 };
    Module {
        id: id(24),
        code: "COMP1001".into(),
        title: "Programming".into(),
        starts: on(2),
        tasks: vec![task],
    }
}

/// A record of each kind, in the version in which it is written now, with every field filled.
pub(crate) fn sample(kind: Kind) -> Record {
    if kind == Kind::Module {
        return module().into();
    }
    if kind == Kind::Batch {
        let (module, source) = (id(24), Source::MoodleLog);
        let (rows, students) = (900, 28);
        return Batch { id: id(25), source, module, on: on(20), as_of: on(19), rows, students }
            .into();
    }
    if kind == Kind::Tuning {
        return tuning().into();
    }
    if kind == Kind::SavedView {
        let (filter, sort) = ("why:overdue".into(), "first seen".into());
        return SavedView { id: id(27), name: "Overdue".into(), filter, sort }.into();
    }
    if kind == Kind::Engagement {
        return engagement().into();
    }
    if kind == Kind::Results {
        return results().into();
    }
    if kind == Kind::Decision {
        let (from, to, ground) = (on(2), Some(on(30)), Ground::Placement);
        return decision(Verdict::Exempt { from, to, ground }).into();
    }
    if kind == Kind::Case {
        return case().into();
    }
    if kind == Kind::Alias {
        let (source, name) = (Source::MoodleLog, "student 5".into());
        return Alias { id: id(32), student: id(4), source, name }.into();
    }
    earlier(kind)
}

/// The kinds that are written in version 3.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::iter().filter(|kind| schema::version(*kind) == 3)
}

/// The golden bytes of the kinds that are still written in this version.
fn written() -> impl Iterator<Item = &'static str> {
    include_str!("golden.txt").lines().filter(|line| !line.starts_with("Decision"))
}

#[test]
fn the_bytes_of_version_3_never_change() {
    let golden: Vec<String> =
        kinds().map(|kind| format!("{kind:?} {}", hex(&encode(&sample(kind)).unwrap()))).collect();
    assert_eq!(golden, written().collect::<Vec<_>>());
}

#[test]
fn the_golden_bytes_are_read_as_the_records_they_were() {
    for (kind, line) in kinds().zip(written()) {
        assert!(decode(kind, &unhex(line)).unwrap() == sample(kind), "{kind:?}");
    }
}

proptest! {
    #[test]
    fn nonsense_is_an_error_and_never_a_panic(bytes: Vec<u8>) {
        for kind in Kind::iter() {
            drop(decode(kind, &bytes));
        }
    }
}

#[test]
fn bytes_that_are_cut_are_refused() {
    for kind in kinds() {
        let bytes = encode(&sample(kind)).unwrap();
        assert!((0..bytes.len()).all(|length| decode(kind, &bytes[..length]).is_err()));
    }
}

#[test]
fn every_kind_is_read_back_in_the_version_in_which_it_is_written() {
    for kind in Kind::iter() {
        let bytes = schema::encode(&sample(kind)).unwrap();
        assert!(schema::decode(kind, schema::version(kind), &bytes).unwrap() == sample(kind));
        assert!(matches!(schema::decode(kind, 5, &bytes), Err(Error::Newer)));
    }
}

/// One record of each kind, as a profile would hold them.
fn everything() -> Records {
    let all = Kind::iter().map(|kind| (Revision::FIRST, sample(kind)));
    let (records, orphans) = Records::gather(all);
    assert_eq!(orphans, []);
    records
}

#[test]
fn every_kind_has_its_place_among_the_records() {
    let mut records = everything();
    assert_eq!(records.counts(), Kind::iter().map(|kind| (kind, 1)).collect());
    let all = records.all();
    assert_eq!(all.len(), Kind::iter().count());
    let mut change = Builder::new(Label::DeleteStudent, &records);
    for (_, record) in all.iter().rev() {
        assert!(records.record(record.owner(), record.id()).unwrap().1 == *record);
        change.delete(record.owner(), record.id());
    }
    let change = change.build();
    records.apply(&change).unwrap();
    assert!(records.all().is_empty() && records == Records::default());
    let back = change.inverse(&records).unwrap();
    records.apply(&back).unwrap();
    assert_eq!(records.all().len(), all.len());
}

#[test]
fn every_kind_goes_out_as_json_and_as_a_table() {
    let all: Vec<Record> = everything().all().into_iter().map(|(_, record)| record).collect();
    assert!(json::read(&json::write(&all)).unwrap() == all);
    let names: Vec<String> = spreadsheet::tables(&all).into_iter().map(|(name, _)| name).collect();
    let wanted: Vec<String> =
        Kind::iter().map(|kind| format!("{}.csv", kind.words().replace(' ', "-"))).collect();
    assert_eq!(names, wanted);
}

#[test]
fn a_tutor_of_whom_one_of_these_records_speaks_is_not_deleted() {
    for kind in kinds() {
        let records = [Kind::Student, kind].map(|kind| (Revision::FIRST, sample(kind)));
        let spoken = is_spoken_of(&Records::gather(records).0, id(1));
        assert_eq!(spoken, kind == Kind::Case, "{kind:?}");
    }
    let decided = [Kind::Student, Kind::Decision].map(|kind| (Revision::FIRST, sample(kind)));
    assert!(is_spoken_of(&Records::gather(decided).0, id(1)), "who decided");
    let assigned = decision(Verdict::Assigned { to: id(3), escalated: false });
    let all = [sample(Kind::Student), assigned.into()].map(|it| (Revision::FIRST, it));
    assert!(is_spoken_of(&Records::gather(all).0, id(3)), "who it was given to");
}
