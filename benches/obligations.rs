//! Obligations of every student from scratch, and of one student after a change.

use std::{sync::Arc, time::Duration};

use tutelage::{
    domain::{calendar::Calendar, id::IdSource, obligation::Plan},
    exchange::policy::{BUILTIN, builtin},
};

use crate::{
    measure::{Against, Sheet, Times},
    world::World,
};

pub fn run(world: &World, sheet: &mut Sheet) {
    let records = &*world.records;
    let today = world.now.today();
    let plans: Vec<Plan> = BUILTIN.iter().map(|pack| plan(pack.code)).collect();
    let slowest = plans
        .iter()
        .max_by_key(|plan| Times::of(1, |_| plan.all(records, today).len()).median())
        .unwrap();
    let all = Times::of(5, |_| slowest.all(records, today));
    let promised = |what, took: Duration| Against { what, took: took.into(), at_most: Some(1.0) };
    sheet.row(
        "obligations of all, from scratch",
        all.median(),
        &[promised("one second (slowest policy)", Duration::from_secs(1))],
    );
    let files: Vec<_> = records.files().collect();
    let one = Times::of(2_000, |round| {
        slowest.obligations(records, files[round * 7 % files.len()], today)
    });
    sheet.row(
        "obligations of one, 95 of 100",
        one.within(95),
        &[promised("one millisecond", Duration::from_millis(1))],
    );
    let made = Times::of(20, |_| plan(&slowest.policy().code));
    sheet.row("policy read and laid over calendars", made.median(), &[]);
}

/// A policy over the calendars that it brings.
fn plan(code: &str) -> Plan {
    let policy = builtin(code).unwrap();
    let mut ids = IdSource::new([1; 32]);
    let calendars: Vec<Calendar> =
        policy.years.iter().map(|year| year.calendar(ids.fresh())).collect();
    Plan::new(Arc::new(policy), &calendars)
}
