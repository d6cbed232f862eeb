//! The least that a ratatui program does: a framed list, and nothing else. What we draw is measured against it.

use ratatui::{
    Frame, Terminal,
    backend::TestBackend,
    style::{Modifier, Style},
    widgets::{Block, List, ListState},
};

/// A framed list of texts, one of them selected.
pub struct Floor {
    pub rows: Vec<String>,
    pub state: ListState,
}

impl Floor {
    pub fn new(rows: usize) -> Self {
        let rows = (0..rows).map(|row| format!("{row:>6}  a row of a list, as plain as can be"));
        Self { rows: rows.collect(), state: ListState::default().with_selected(Some(0)) }
    }

    pub fn draw(&mut self, frame: &mut Frame) {
        let height = usize::from(frame.area().height);
        let first = self.state.selected().unwrap_or_default() / height * height;
        let rows = self.rows.iter().skip(first).take(height).map(String::as_str);
        let list = List::new(rows)
            .block(Block::bordered().title(" Hello "))
            .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
        let place = self.state.selected().map(|selected| selected - first);
        let mut state = ListState::default().with_selected(place);
        frame.render_stateful_widget(list, frame.area(), &mut state);
    }

    /// Selects the next row and draws.
    pub fn step(&mut self, terminal: &mut Terminal<TestBackend>) {
        let next = (self.state.selected().unwrap_or_default() + 1) % self.rows.len();
        self.state.select(Some(next));
        terminal.draw(|frame| self.draw(frame)).unwrap();
    }
}
