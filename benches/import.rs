//! A list of all students: read, map, match and plan, against reading it with the csv crate alone.

use tutelage::{
    domain::{id::IdSource, records::Records, write::Context, write::import::plan},
    exchange::{list::List, mapping::Guess, students::drafts},
};

use crate::{
    measure::{Against, Sheet, Times},
    world::World,
};

pub fn run(world: &World, sheet: &mut Sheet) {
    let list = csv(world);
    let rounds = if world.records.files().len() > 10_000 { 3 } else { 15 };
    let alone = Times::of(rounds, |_| {
        let mut reader = csv::Reader::from_reader(list.as_slice());
        reader.records().filter(|row| row.as_ref().is_ok_and(|row| !row.is_empty())).count()
    });
    let nobody = Records::default();
    let against = || {
        [Against { what: "the csv crate alone", took: alone.median().into(), at_most: Some(5.0) }]
    };
    let new = Times::of(rounds, |_| dry_run(world, &list, &nobody));
    sheet.row("list of new students, to the dry run", new.median(), &against());
    let known = Times::of(rounds, |_| dry_run(world, &list, &world.records));
    sheet.row("list of known students, to the dry run", known.median(), &against());
}

fn dry_run(world: &World, bytes: &[u8], records: &Records) -> usize {
    let list = List::read(bytes).unwrap();
    let guess = Guess::of(&list);
    let drafts = drafts(&list, &guess.mapping, world.now.today()).unwrap();
    let mut ids = IdSource::new([9; 32]);
    let context = Context { records, now: world.now, ids: &mut ids };
    let tutor = records.me().map(|me| me.id);
    let plan = plan(context, &drafts.students, tutor);
    assert!(plan.rejected.is_empty(), "the list is sound");
    plan.new.len() + plan.unchanged.len()
}

fn csv(world: &World) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "Student ID",
        "Forename",
        "Surname",
        "Email",
        "Programme",
        "Programme Code",
        "Level",
        "Personal Tutor",
    ];
    writer.write_record(header).unwrap();
    let records = &world.records;
    for file in records.files() {
        let student = &file.student;
        let today = world.now.today();
        let enrolment = file.enrolment(today).unwrap();
        let tutor = records.tutor(file.allocation(today).unwrap().tutor).unwrap();
        let level = enrolment.level.unwrap().to_string();
        let row = [
            &*student.number,
            &student.name.given,
            &student.name.family,
            &student.email,
            &enrolment.programme,
            &enrolment.programme_code,
            &level,
            &tutor.email,
        ];
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}
