//! The weekly run: every student from scratch, and those whom an import of one module touches; the plots of one student;
//! and the memory that the signals of all take, measured in a process of its own.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use tutelage::{
    domain::{
        demo::Demo,
        id::IdSource,
        module::ModuleId,
        plot::{self, Groups},
        records::Records,
        weekly,
    },
    exchange::card::default_card,
};

use crate::{
    measure::{Against, Amount, Sheet, Times, say},
    start,
    world::{World, now},
};

pub fn run(world: &World, sheet: &mut Sheet) {
    let (records, today) = (&*world.records, world.now.today());
    let card = default_card().unwrap();
    let promised = |what, took: Duration| Against { what, took: took.into(), at_most: Some(1.0) };
    let all = Times::of(5, |_| weekly::preview(records, &card, today).len());
    sheet.row(
        "weekly run of all, from scratch",
        all.median(),
        &[promised("one second", Duration::from_secs(1))],
    );
    let mut ids = IdSource::new([3; 32]);
    let module = largest(records);
    let of_one = BTreeSet::from([module]);
    let again = Times::of(5, |_| weekly::change(records, &card, today, &mut ids, Some(&of_one)));
    sheet.row(
        "weekly run after one module's import",
        again.median(),
        &[Against { what: "the run of all", took: all.median().into(), at_most: None }],
    );
    let groups = Groups::of(records, today);
    let files: Vec<_> = records.files().collect();
    let one =
        Times::of(1_000, |round| plot::of(records, &groups, files[round * 7 % files.len()], today));
    sheet.row(
        "plots of one student, 95 of 100",
        one.within(95),
        &[promised("one millisecond", Duration::from_millis(1))],
    );
    let regrouped = Times::of(5, |_| Groups::of(records, today));
    sheet.row("whose tutee everybody is", regrouped.median(), &[]);
    memory(world, sheet);
}

/// What records alone take, without the store.
fn memory(world: &World, sheet: &mut Sheet) {
    let figures = figures(&world.records);
    let text = start::text(&world.records);
    let name: &str = world.scale.into();
    let took = start::in_a_child(&["held", name]);
    say(&format!("  ({figures} weekly figures, {} of text)", Amount::Bytes(text)));
    sheet.row(
        "memory of the records alone",
        Amount::Bytes(took),
        &[Against {
            what: "1.5 times its text, 8 bytes a weekly figure",
            took: Amount::Bytes(text * 3 / 2 + 8 * figures),
            at_most: Some(1.0),
        }],
    );
}

/// Makes the records of a demo and prints how much memory they take.
pub fn child(scale: &str) {
    let before = start::resident();
    let records = Demo::new(scale.parse().unwrap(), now().today()).records(|_, _| {});
    say(&start::resident().saturating_sub(before).to_string());
    drop(records);
}

/// Weekly figures: active days of a module's week, and sessions.
pub fn figures(records: &Records) -> u64 {
    let all = records.files().flat_map(|file| &file.engagements);
    let of_one = |it: &tutelage::domain::engagement::Engagement| {
        let active = it.kept.activity().map_or(0, |it| it.weeks().1.len());
        active + it.kept.attendance().map_or(0, |it| it.sessions().count())
    };
    all.map(|held| of_one(held) as u64).sum()
}

/// The module of this year that most students take.
fn largest(records: &Records) -> ModuleId {
    let mut counts: HashMap<ModuleId, usize> = HashMap::new();
    for it in records.files().flat_map(|file| &file.engagements) {
        let module = records.module(it.module).unwrap();
        if !module.code.is_empty() && (now().today() - module.starts).num_days() < 100 {
            *counts.entry(it.module).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(module, count)| (*count, *module)).unwrap().0
}
