//! From a key to the picture it makes, without the terminal: `update` and `draw` on a test backend.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend};
use tutelage::{
    app::{
        Model, Msg,
        msg::{Committed, How},
    },
    domain::change::Change,
    ui::{self, theme::Theme},
};

use crate::{
    floor::Floor,
    measure::{Against, Sheet, Times},
    world::World,
};

const KEYS: usize = 400;
const SIZE: (u16, u16) = (120, 36);

pub fn run(world: &World, sheet: &mut Sheet) {
    let floor = floor();
    let mut desk = Desk::new(world);
    let against = |at_most| Against {
        what: "one row on in a plain list",
        took: floor.median().into(),
        at_most,
    };
    let first = Times::of(20, |_| Desk::new(world));
    sheet.row("first frame after opening", first.median(), &[against(None)]);
    let down = Times::of(KEYS, |_| desk.press(KeyCode::Char('j')));
    sheet.flat_row("move to the next tutee, median", down.median(), &[against(Some(1.2))]);
    sheet.row(
        "move to the next tutee, 99 of 100",
        down.within(99),
        &[Against { what: "its own median", took: down.median().into(), at_most: Some(2.0) }],
    );
    desk.press(KeyCode::Tab);
    let timeline = Times::of(KEYS, |round| {
        desk.press(KeyCode::Char(if round / 10 % 2 == 0 { 'j' } else { 'k' }));
    });
    sheet.flat_row("move in the timeline, median", timeline.median(), &[against(Some(1.2))]);
    let mut desk = Desk::new(world);
    desk.press(KeyCode::Char('/'));
    let typed = Times::of(60, |round| {
        let key = "chen⌫⌫⌫⌫ah0".chars().cycle().nth(round);
        desk.press(key.filter(|key| *key != '⌫').map_or(KeyCode::Backspace, KeyCode::Char));
    });
    sheet.row("type in the filter, 95 of 100", typed.within(95), &[against(None)]);
    let opened = Times::of(3, |_| {
        let mut desk = Desk::new(world);
        desk.press(KeyCode::Char('S'));
        desk.press(KeyCode::Char('3'));
    });
    sheet.row("everybody's meetings from scratch", opened.median(), &[against(None)]);
    let mut desk = Desk::new(world);
    desk.press(KeyCode::Char('S'));
    desk.press(KeyCode::Char('3'));
    let moved = Times::of(KEYS, |round| {
        desk.press(KeyCode::Char(if round % 20 == 19 { 'l' } else { 'j' }));
    });
    sheet.flat_row("move in the meetings, median", moved.median(), &[against(Some(1.5))]);
}

pub fn floor() -> Times {
    let mut floor = Floor::new(10_000);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    floor.step(&mut terminal);
    Times::of(KEYS, |_| floor.step(&mut terminal))
}

/// The whole program without a terminal.
pub struct Desk<'a> {
    world: &'a World,
    model: Model,
    theme: Theme,
    terminal: Terminal<TestBackend>,
}

impl<'a> Desk<'a> {
    pub fn new(world: &'a World) -> Self {
        Self::sized(world, SIZE)
    }

    /// The same on a screen of this size.
    pub fn sized(world: &'a World, (columns, rows): (u16, u16)) -> Self {
        let model = world.model();
        let terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut desk = Self { world, model, theme: Theme::default(), terminal };
        desk.draw();
        desk
    }

    pub fn press(&mut self, code: KeyCode) {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        self.model.update(Msg::Key(key), self.world.now);
        self.draw();
    }

    /// What the program does once a change is saved.
    pub fn commit(&mut self, change: Change) {
        let committed = Committed { change, how: How::Done };
        self.model.update(Msg::Committed(Box::new(committed)), self.world.now);
        self.draw();
    }

    fn draw(&mut self) {
        let mut screen = self.model.screen.clone();
        let (model, theme) = (&self.model, &self.theme);
        self.terminal.draw(|frame| screen = ui::draw(model, theme, frame)).unwrap();
        self.model.screen = screen;
    }
}
