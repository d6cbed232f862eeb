//! The triage screen: its first frame, and moving in it.

use crossterm::event::KeyCode;

use crate::{
    keys::{Desk, floor},
    measure::{Against, Sheet, Times},
    save,
    world::World,
};

const KEYS: usize = 400;
const CHANGES: usize = 100;
/// So low that the list of the smallest demo, which has sixteen rows, fills it as those of the others do.
const FILLED: (u16, u16) = (120, 18);

pub fn run(world: &World, sheet: &mut Sheet) {
    let floor = floor();
    let against = |at_most| Against {
        what: "one row on in a plain list",
        took: floor.median().into(),
        at_most,
    };
    let mut desk = Desk::new(world);
    desk.press(KeyCode::Char('S'));
    let first = Times::of(1, |_| desk.press(KeyCode::Char('2')));
    sheet.row("first frame of the triage list", first.median(), &[against(None)]);
    let again = Times::of(10, |round| {
        desk.press(KeyCode::Char(if round % 2 == 0 { '1' } else { '2' }));
    });
    sheet.row("to the desk and back, median", again.median(), &[against(None)]);
    let all = Times::of(1, |_| desk.press(KeyCode::Char('f')));
    sheet.row("all rows instead of the first few", all.median(), &[against(None)]);
    let down = Times::of(KEYS, |_| desk.press(KeyCode::Char('j')));
    sheet.row("move in the triage list, median", down.median(), &[against(None)]);
    sheet.row(
        "move in the triage list, 99 of 100",
        down.within(99),
        &[Against { what: "its own median", took: down.median().into(), at_most: Some(2.0) }],
    );
    let mut changes = save::meetings(&mut (*world.records).clone(), world).into_iter();
    let saved = Times::of(CHANGES, |_| desk.commit(changes.next().unwrap()));
    sheet.row("list and frame after one saved meeting", saved.median(), &[against(None)]);
    let mut desk = Desk::sized(world, FILLED);
    for key in ['S', '2', 'f'] {
        desk.press(KeyCode::Char(key));
    }
    let filled = Times::of(KEYS, |round| {
        desk.press(KeyCode::Char(if round / 10 % 2 == 0 { 'j' } else { 'k' }));
    });
    sheet.flat_row("move in ten rows of a filled list", filled.median(), &[against(None)]);
}
