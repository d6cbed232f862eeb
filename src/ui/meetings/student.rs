//! All obligations of the student in hand in the year that is shown: status, clause, evidence.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::told::Teller;
use crate::app::Screen;
use crate::domain::obligation::Plan;
use crate::ui::pane::Canvas;
use crate::ui::widget::frame::position;
use crate::ui::widget::text::{columns, fit};

pub(super) fn draw(
    canvas: &Canvas<'_>,
    plan: &Plan,
    frame: &mut Frame,
    rect: Rect,
    screen: &mut Screen,
) {
    let (model, meetings) = (canvas.model, &canvas.model.desk.meetings);
    let file = model.desk.student().and_then(|student| model.records.file(student));
    let Some(file) = file else {
        let inner = canvas.frame("Obligations", "", frame, rect);
        let why = "All that is owed to the student in hand stands here.";
        return canvas.say(why, canvas.beginnings(), frame, inner);
    };
    let all = &meetings.obligations;
    let at = position(meetings.all.selected, all.len());
    let inner = canvas.frame(&file.student.name.shown(), &at, frame, rect);
    if inner.is_empty() {
        return;
    }
    if all.is_empty() {
        let why = "The policy asks for nothing in this year.";
        return canvas.say(why, &super::YEARS, frame, inner);
    }
    let theme = canvas.theme;
    let teller = Teller { plan, records: &model.records, file, theme, today: model.desk.today };
    canvas.list((meetings.all, all.len()), (frame, inner), screen, |at, width| {
        let Some(one) = all.get(at) else { return vec![Line::default()] };
        let (told, clause) = (teller.tell(one), plan.cited(one));
        let room = usize::from(width).saturating_sub(4);
        let name = fit(&teller.name(one), room.saturating_sub(columns(&clause) + 1)).into_owned();
        vec![
            Line::from(vec![
                Span::raw(" "),
                Span::styled(told.sign, told.style),
                Span::styled(format!(" {name} "), theme.heading()),
                Span::styled(clause, theme.dim()),
            ]),
            Line::styled(format!("   {}", fit(&told.sentence, room)), told.style),
        ]
    });
}
