//! What an empty list says: what it is for, and which keys fill it, as they are bound now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::{columns, wrap};
use crate::app::{Command, Model};
use crate::ui::theme::Theme;

/// Says what stands here once something does, and what each command does for it; one without a key, or that can do
/// nothing now, is left out.
pub fn say(
    why: &str,
    commands: &[(Command, &str)],
    (model, theme): (&Model, &Theme),
    frame: &mut Frame,
    rect: Rect,
) {
    let width = usize::from(rect.width.saturating_sub(2));
    let mut lines: Vec<Line<'_>> =
        wrap(why, width).into_iter().map(|line| Line::styled(line, theme.dim())).collect();
    for (command, what) in commands.iter().filter(|(command, _)| model.applies(*command)) {
        let key = model.keymap.labels(*command);
        if key.is_empty() {
            continue;
        }
        let indent = columns(&key) + 1;
        for (at, words) in wrap(what, width.saturating_sub(indent)).iter().enumerate() {
            let lead = if at == 0 { key.clone() } else { " ".repeat(indent - 1) };
            let words = Span::raw(format!(" {words}"));
            lines.push(Line::from(vec![Span::styled(lead, theme.key()), words]));
        }
    }
    for (line, y) in lines.iter().zip(rect.y..rect.bottom()) {
        frame.buffer_mut().set_line(rect.x + 1, y, line, rect.width.saturating_sub(2));
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Command;
    use crate::app::command::Desk as DeskCommand;
    use crate::app::testing::Desk;
    use crate::fixture::Fixture;

    #[test]
    fn every_empty_pane_names_the_keys_as_they_are_bound_now_and_none_that_is_not() {
        let bound = || {
            let mut desk = Desk::with(Fixture::new().records());
            let key = crokey::parse("f9").unwrap();
            desk.model.keymap.set(Command::Desk(DeskCommand::Import), vec![vec![key]]);
            desk.model.keymap.set(Command::Desk(DeskCommand::AddStudent), Vec::new());
            desk
        };
        for keys in ["", "⇥", "⇥⇥", "⇥⇥⇥", "⇤", "2"] {
            let picture = bound().keys(keys).frame(80, 24);
            assert!(picture.contains("F9 imports "), "{keys}: {picture}");
            assert!(!picture.contains("adds a student"), "{keys}: {picture}");
        }
    }
}
