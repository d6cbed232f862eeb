//! Commits whose outcome can be told from their numbers alone: a mix of new, changed and deleted records
//! over several trees, small and large. Shared with the crash example.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;
use tutelage::{
    domain::{
        action::{Action, Owner as Doer},
        change::{Builder, Change, Label, record_id},
        contact::{Channel, Contact, Reply},
        engagement::{Engagement, Source, Told},
        id::Id,
        note::{Confidentiality, Note, NotePart},
        record::{Owner, Record},
        records::Records,
        signal::{Activity, EvidenceDay},
        student::{Name, Student, StudentId},
        tutor::{Role, Tutor, TutorId},
    },
    store::{Cost, Loaded, Options, Result, Secret, Stamp, Standing, Store},
};

/// Students that the work goes round.
const STUDENTS: u64 = 12;
/// Contacts of a large commit.
const LARGE: u64 = 300;

/// Cheap to unlock, but sealed like any other.
pub fn options() -> Options {
    Options { cost: Cost { memory_kib: 64, passes: 1 }, ..Options::default() }
}

/// The passphrase of profiles made here.
pub fn secret() -> Secret {
    Secret::Passphrase("eight crashing words".to_owned().into())
}

/// The stamp of commit `n`.
pub fn stamp(n: u64) -> Stamp {
    Stamp { utc_ms: 1_790_000_000_000 + i64::try_from(n).unwrap() * 1000, author: tutor() }
}

/// Opens the profile in `folder`, or creates it.
pub fn open_or_create(folder: &Path, options: Options) -> Result<(Store, Loaded)> {
    if Store::standing(folder)? == Standing::Absent {
        let (store, _) = Store::create(folder, &secret(), 0, options)?;
        return Ok((store, Loaded { records: Records::default(), notices: Vec::new() }));
    }
    Store::open(folder, &secret(), 0, options)
}

fn id<T>(kind: u8, n: u64, k: u64) -> Id<T> {
    let mut bytes = [0; 16];
    let hash = blake3::hash(&[&[kind][..], &n.to_le_bytes(), &k.to_le_bytes()].concat());
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    Id::from_bytes(bytes)
}

fn tutor() -> TutorId {
    id(0, 0, 0)
}

fn student_id(n: u64) -> StudentId {
    id(1, n % STUDENTS, 0)
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// A text that says by itself whether it is whole: number, seed, and letters that follow from both.
fn text(n: u64, seed: u64) -> String {
    let letters = blake3::hash(&[n, seed].map(u64::to_le_bytes).concat()).to_hex();
    format!("{n} {seed} {}", letters.repeat(usize::try_from(n * 7919 % 24).unwrap() + 1))
}

/// The number of a text that is whole.
fn number(text_found: &str) -> Option<u64> {
    let mut words = text_found.split(' ');
    let (n, seed) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    (text(n, seed) == text_found).then_some(n)
}

fn contact(n: u64, k: u64, seed: u64) -> Contact {
    Contact {
        id: id(2, n, k),
        student: student_id(n),
        on: day(),
        channel: Channel::Email,
        reply: Reply::Awaited,
        replied: None,
        about: text(n, seed),
        tutor: tutor(),
    }
}

/// What commit `n` imports of a student: a figure in the columns says by which commit.
fn engagement(n: u64) -> Engagement {
    let until = EvidenceDay(i16::try_from(n).unwrap());
    let mut activity = Activity::new(until);
    activity.add_day(EvidenceDay(i16::try_from(n % 200).unwrap()));
    Engagement {
        id: id(5, n % STUDENTS, 0),
        student: student_id(n),
        module: id(6, 0, 0),
        source: Source::MoodleLog,
        batch: id(7, n, 0),
        kept: Told { activity: Some(activity), ..Told::default() }.into(),
        repeating: false,
    }
}

/// How many contacts commit `n` writes.
fn contacts(n: u64) -> u64 {
    if n % 40 == 39 { LARGE } else { 1 }
}

/// Which earlier commit's contacts commit `n` deletes.
fn deleted_by(n: u64) -> Option<u64> {
    (n.is_multiple_of(3) && n > 5).then(|| n - 5)
}

/// Commit `n`: new contacts, the student, their note and the counter changed, old contacts deleted, and
/// an action added or taken away.
pub fn change(records: &Records, n: u64, seed: u64) -> Change {
    let mut builder = Builder::new(Label::LogContact, records);
    let student = student_id(n);
    builder.push(Student {
        id: student,
        number: format!("{n:08}"),
        name: Name::default(),
        pronouns: String::new(),
        email: text(n, seed),
        phone: String::new(),
        entry: None,
        new_entrant: None,
        under_18_until: None,
        placement_contacts: vec![],
        trusted_contacts: vec![],
    });
    builder.push(Tutor {
        id: tutor(),
        name: "Counter".into(),
        email: text(n, seed),
        number: n.to_string(),
        school: String::new(),
        role: Role::Tutor,
    });
    for k in 0..contacts(n) {
        builder.push(contact(n, k, seed));
    }
    builder.push(engagement(n));
    builder.push(Note {
        id: id(3, n % STUDENTS, 0),
        student,
        on: day(),
        meeting: None,
        part: NotePart::Discussion,
        confidentiality: Confidentiality::TutorAndSenior,
        text: text(n, seed),
        author: tutor(),
    });
    if let Some(old) = deleted_by(n) {
        for k in 0..contacts(old) {
            let gone = record_id(id::<Contact>(2, old, k));
            builder.delete(Owner::Student(student_id(old)), gone);
        }
    }
    let action = id::<Action>(4, n % STUDENTS, 0);
    if (n / STUDENTS).is_multiple_of(2) {
        builder.push(Action {
            id: action,
            student,
            owner: Doer::Tutor,
            what: text(n, seed),
            due: None,
            done: None,
            meeting: None,
            author: tutor(),
        });
    } else {
        builder.delete(Owner::Student(student), record_id(action));
    }
    builder.build()
}

/// The last commit that the records show.
pub fn last(records: &Records) -> u64 {
    records.tutor(tutor()).and_then(|tutor| tutor.number.parse().ok()).unwrap_or(0)
}

/// The identity of a record, and which kind it is of.
type Place = ([u8; 16], u8);

/// The commit that a record shows, if it is whole, and the record's place.
fn commit_of(record: &Record) -> Option<(Place, Option<u64>)> {
    if let Record::Engagement(it) = record {
        let until = it.kept.activity().map(|it| it.known().until());
        let found = until.and_then(|until| u64::try_from(until.0).ok());
        return Some(((it.id.bytes(), 5), found.filter(|n| engagement(*n) == *it)));
    }
    text_of(record).map(|(place, text)| (place, number(text)))
}

/// The text that a commit numbers, and its place.
fn text_of(record: &Record) -> Option<(([u8; 16], u8), &String)> {
    Some(match record {
        Record::Tutor(it) => ((it.id.bytes(), 0), &it.email),
        Record::Student(it) => ((it.id.bytes(), 1), &it.email),
        Record::Contact(it) => ((it.id.bytes(), 2), &it.about),
        Record::Note(it) => ((it.id.bytes(), 3), &it.text),
        Record::Action(it) => ((it.id.bytes(), 4), &it.what),
        Record::Profile(_)
        | Record::Calendar(_)
        | Record::Mapping(_)
        | Record::Enrolment(_)
        | Record::Allocation(_)
        | Record::Meeting(_)
        | Record::Attendance(_)
        | Record::Referral(_)
        | Record::Consent(_)
        | Record::Flag(_)
        | Record::Waiver(_)
        | Record::SlotChoice(_)
        | Record::Ladder(_)
        | Record::Letter(_)
        | Record::Disclosure(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Module(_)
        | Record::Batch(_)
        | Record::Tuning(_)
        | Record::SavedView(_)
        | Record::Engagement(_)
        | Record::Results(_)
        | Record::Decision(_)
        | Record::Case(_)
        | Record::Alias(_) => return None,
    })
}

/// What is missing, torn or wrong in records that should show all commits up to the last one, and how
/// many records there are.
pub fn verify(records: &Records) -> (Vec<String>, usize) {
    let last = last(records);
    let mut expected: BTreeMap<([u8; 16], u8), u64> = BTreeMap::new();
    for n in 1..=last {
        for k in 0..contacts(n) {
            expected.insert((id::<Contact>(2, n, k).bytes(), 2), n);
        }
        for k in deleted_by(n).iter().flat_map(|old| 0..contacts(*old)) {
            expected.remove(&(id::<Contact>(2, n - 5, k).bytes(), 2));
        }
        expected.insert((student_id(n).bytes(), 1), n);
        expected.insert((tutor().bytes(), 0), n);
        expected.insert((id::<Note>(3, n % STUDENTS, 0).bytes(), 3), n);
        expected.insert((engagement(n).id.bytes(), 5), n);
        let action = (id::<Action>(4, n % STUDENTS, 0).bytes(), 4);
        if (n / STUDENTS).is_multiple_of(2) {
            expected.insert(action, n)
        } else {
            expected.remove(&action)
        };
    }
    let mut faults = Vec::new();
    let all = records.all();
    for (_, record) in &all {
        let Some((key, shown)) = commit_of(record) else { continue };
        match (expected.remove(&key), shown) {
            (Some(wanted), Some(found)) if wanted == found => {}
            (Some(wanted), None) => faults.push(format!("torn {wanted}")),
            (Some(wanted), Some(found)) => faults.push(format!("wrong {wanted}: {found} is there")),
            (None, found) => faults.push(format!("wrong {}: it was deleted", found.unwrap_or(0))),
        }
    }
    faults.extend(expected.values().map(|n| format!("missing {n}")));
    (faults, all.len())
}
