//! A question with its two answers.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::command::Confirm as Answer;
use crate::app::popup::Confirm;
use crate::app::{Command, Hint, Model, Place, Screen};
use crate::ui::Theme;
use crate::ui::widget::hints;
use crate::ui::widget::text::wrap;

const WIDTH: u16 = 52;

pub(super) fn draw(
    asked: &Confirm,
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) {
    let lines = wrap(&asked.question, usize::from(WIDTH.min(area.width).saturating_sub(4)));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4);
    let inner = super::open(&theme.popup(" Question "), (WIDTH, height), frame, area, screen);
    let answers =
        Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    for (y, line) in (inner.y..answers.y).zip(lines) {
        frame.buffer_mut().set_line(
            inner.x + 1,
            y,
            &Line::raw(line),
            inner.width.saturating_sub(1),
        );
    }
    let hint = |answer, label| {
        let command = Command::Confirm(answer);
        Hint { keys: model.keymap.label(command, Place::Confirm), label, command }
    };
    hints::draw(
        &[hint(Answer::Yes, "yes"), hint(Answer::No, "no")],
        None,
        theme,
        frame,
        answers,
        screen,
    );
}
