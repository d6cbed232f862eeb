//! Pictures of a model as text, for tests.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{Theme, draw};
use crate::app::testing::Desk;

impl Desk {
    /// The picture as text. The model learns from it as in the program.
    ///
    /// # Panics
    /// When the picture cannot be drawn.
    #[must_use]
    pub fn frame(&mut self, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut screen = None;
        terminal.draw(|frame| screen = Some(draw(&self.model, &Theme::default(), frame))).unwrap();
        self.effects.extend(self.model.drawn(screen.unwrap()));
        terminal.backend().to_string()
    }
}
