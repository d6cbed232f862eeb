//! A durable save, against one fsynced append of the same bytes; and an imported list, against sealing alone.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::Instant,
};

use rayon::prelude::*;
use tutelage::{
    domain::{
        change::{Builder, Change, Label},
        demo::Scale,
        id::IdSource,
        meeting::{Attendance, Meeting, Mode, Outcome, With},
        note::{Confidentiality, Note, NotePart},
        records::Records,
        student::StudentId,
    },
    store::{Stamp, Store},
};

use crate::{
    measure::{Against, Sheet, Times, say},
    seal::Cipher,
    sqlite,
    world::{World, options, secret},
};

const SAVES: usize = 200;
/// A meeting, who came, and the note.
const RECORDS: usize = 3;
const TEXT: &str = "## Discussed\n- feedback on the first coursework, read together\n- two evenings \
    to give up at the café\n\n## Advice\n- a Skills workshop on academic writing\n\n- [ ] book it\n";

pub fn run(world: &World, sheet: &mut Sheet) {
    let folder = world.profile();
    let (mut store, loaded) = Store::open(&folder, &secret(), world.now.utc_ms, options()).unwrap();
    let mut records = loaded.records;
    let changes = meetings(&mut records, world);
    let before = size(&folder.join("journal"));
    let stamp = stamp(world, &records);
    let saves = Times::of(SAVES, |round| store.commit(&changes[round], stamp).unwrap());
    let each = (size(&folder.join("journal")) - before) / SAVES as u64;
    drop(store);
    let bytes = vec![7; usize::try_from(each).unwrap()];
    let path = folder.with_extension("append");
    let mut file = File::options().create(true).append(true).open(&path).unwrap();
    let append = Times::of(SAVES, |_| {
        file.write_all(&bytes).unwrap();
        file.sync_data().unwrap();
    });
    fs::remove_file(path).unwrap();
    let insert = sqlite::inserts(&folder.with_extension("sqlite"), SAVES, bytes.len() / RECORDS);
    if insert.is_none() {
        say("  (no program sqlite3 here to compare a save with)");
    }
    for (what, percent) in [("durable save, median", 50), ("durable save, 95 of 100", 95)] {
        let promised = |most| (percent == 50).then_some(most);
        let append = Against {
            what: "one fsynced append of the same bytes",
            took: append.within(percent).into(),
            at_most: promised(4.0),
        };
        let insert = insert.as_ref().map(|insert| Against {
            what: "an insert by SQLite (WAL, synchronous FULL)",
            took: insert.within(percent).into(),
            at_most: promised(2.0),
        });
        let against: Vec<Against> = [append].into_iter().chain(insert).collect();
        sheet.row(what, saves.within(percent), &against);
    }
    if world.scale != Scale::University {
        whole(world, sheet);
    }
}

/// All students in one change, as an import makes it.
fn whole(world: &World, sheet: &mut Sheet) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("profile");
    let (mut store, _) = Store::create(&path, &secret(), 0, options()).unwrap();
    let empty = Records::default();
    let mut change = Builder::new(Label::ImportAll, &empty);
    for (_, record) in world.records.all() {
        change.push(record);
    }
    let change = change.build();
    let start = Instant::now();
    store.commit(&change, stamp(world, &world.records)).unwrap();
    let took = start.elapsed();
    let each = usize::try_from(size(&path.join("journal"))).unwrap() / change.parts.len();
    let cipher = Cipher::new();
    let plain = vec![b'a'; each];
    let seal = Times::of(3, |_| {
        (0..change.parts.len()).into_par_iter().map(|_| cipher.seal(&plain).0.len()).sum::<usize>()
    });
    sheet.row(
        "commit of everything at once",
        took,
        &[Against {
            what: "sealing as many records of that size once",
            took: seal.median().into(),
            at_most: Some(8.0),
        }],
    );
}

/// One recorded meeting with its note after the other, each made from the records as they will be.
pub fn meetings(records: &mut Records, world: &World) -> Vec<Change> {
    let students: Vec<StudentId> = records.files().map(|file| file.student.id).collect();
    let tutor = records.me().unwrap().id;
    let mut ids = IdSource::new([5; 32]);
    let on = world.now.today();
    (0..SAVES)
        .map(|round| {
            let student = students[round * 7 % students.len()];
            let id = ids.fresh();
            let meeting = Meeting {
                id,
                with: With::OneToOne(student),
                on,
                at: None,
                minutes: 30,
                mode: Mode::InPerson,
                place: "Room 2.14".into(),
                focus: "Progress review".into(),
                tutor,
            };
            let attendance =
                Attendance { id: ids.fresh(), meeting: id, student, outcome: Outcome::Held };
            let note = Note {
                id: ids.fresh(),
                student,
                on,
                meeting: Some(id),
                part: NotePart::Discussion,
                confidentiality: Confidentiality::TutorAndSenior,
                text: TEXT.into(),
                author: tutor,
            };
            let change = Builder::new(Label::RecordMeeting, records);
            let change = change.put(meeting).put(attendance).put(note).build();
            records.apply(&change).unwrap();
            change
        })
        .collect()
}

fn stamp(world: &World, records: &Records) -> Stamp {
    Stamp { utc_ms: world.now.utc_ms, author: records.me().unwrap().id }
}

/// The bytes of all files in a folder.
pub fn size(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .map(|entry| match entry.metadata().unwrap() {
            meta if meta.is_dir() => size(&entry.path()),
            meta => meta.len(),
        })
        .sum()
}
