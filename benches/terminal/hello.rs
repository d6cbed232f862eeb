//! The least that a ratatui program does at a terminal: a framed list that scrolls. Its figures are the floor under
//! ours; the bench starts itself again for it.

use crossterm::event::{self, Event, KeyCode};
use ratatui::{
    Frame,
    layout::{Constraint, Layout},
    style::{Modifier, Style},
    widgets::{Block, List, ListState, Paragraph},
};

const ROWS: usize = 10_000;

/// What stands on its screen when it is all there.
pub const FOOT: &str = "q quit  j/k move";

const WORDS: [&str; 8] =
    ["attendance", "essay", "wellbeing", "resit", "visa", "placement", "on track", "at risk"];

/// Shows the list until `q` is pressed.
pub fn run() {
    let (mut top, mut selected) = (0, 0);
    ratatui::run(|terminal| {
        loop {
            terminal.draw(|frame| top = draw(frame, top, selected)).unwrap();
            let Event::Key(key) = event::read().unwrap() else { continue };
            let KeyCode::Char(letter) = key.code else { continue };
            match letter {
                'q' => return,
                'j' => selected = (selected + 1).min(ROWS - 1),
                'k' => selected = selected.saturating_sub(1),
                _ => {}
            }
        }
    });
}

/// Draws the rows in view, and says which is the first of them.
fn draw(frame: &mut Frame, top: usize, selected: usize) -> usize {
    let rows = [Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)];
    let [head, body, foot] = frame.area().layout(&Layout::vertical(rows));
    frame.render_widget("ratatui hello", head);
    let page = usize::from(body.height).saturating_sub(2).max(1);
    let top = top.clamp((selected + 1).saturating_sub(page), selected);
    let list = List::new((top..top + page).map(row))
        .block(Block::bordered().title("list"))
        .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
    let mut state = ListState::default().with_selected(Some(selected - top));
    frame.render_stateful_widget(list, body, &mut state);
    frame.render_widget(Paragraph::new(FOOT), foot);
    top
}

/// Rows as unlike each other as real ones, so that a scroll repaints what a real list repaints.
fn row(number: usize) -> String {
    let hash = number.wrapping_mul(2_654_435_761);
    let word = |place: usize| WORDS.get(hash >> (3 * place) & 7).copied().unwrap_or_default();
    let [one, two, three, met, and, next] = [1, 2, 3, 4, 5, 6].map(word);
    format!("{number:>7}  {one:<12} {two:<12} {three:<10} met {met} and {and}, next {next}")
}
