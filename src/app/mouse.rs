//! The mouse: a click gives the keys to what it points at, selects or chooses it; the wheel moves in lists
//! and texts.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::area::Target;
use super::command::{Choose, Command, Duties as DutyCommand, List, Menu as MenuCommand, Text};
use super::form::Entry;
use super::meetings;
use super::model::{Model, Pane, View};
use super::msg::Effect;
use super::pane;
use super::popup::Popup;
use super::triage;

/// How many entries one turn of the wheel moves.
const WHEEL: usize = 3;

impl Model {
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let target = self.screen.at(mouse.column, mouse.row);
        if let (Some(divider), MouseEventKind::Drag(_)) = (self.held, mouse.kind) {
            self.splits.drag(divider, self.screen.panes, (mouse.column, mouse.row));
            return Vec::new();
        }
        self.held = None;
        match (mouse.kind, target) {
            (MouseEventKind::Down(MouseButton::Left), Some(target)) => {
                (self.pending, self.count) = (Vec::new(), None);
                let effects = self.click(target);
                self.click_text(mouse.column, mouse.row);
                effects
            }
            (MouseEventKind::ScrollDown, Some(target)) => {
                self.wheel(target, List::Down, Choose::Next)
            }
            (MouseEventKind::ScrollUp, Some(target)) => {
                self.wheel(target, List::Up, Choose::Previous)
            }
            _ => Vec::new(),
        }
    }

    fn click(&mut self, target: Target) -> Vec<Effect> {
        let in_popup = matches!(
            target,
            Target::Popup | Target::PopupRow(_) | Target::Field(_) | Target::Command(_)
        );
        if !in_popup && !self.popups.is_empty() {
            return Vec::new();
        }
        match target {
            Target::Command(command) => self.run(command),
            Target::Divider(divider) => {
                self.held = Some(divider);
                Vec::new()
            }
            Target::Head(column) => {
                triage::order_by(self, column);
                Vec::new()
            }
            Target::Pane(pane) if self.view == View::Triage => triage::click(self, pane, None),
            Target::Row(pane, row) if self.view == View::Triage => {
                triage::click(self, pane, Some(row))
            }
            Target::Pane(pane) if self.view == View::Meetings => meetings::click(self, pane, None),
            Target::Row(pane, row) if self.view == View::Meetings => {
                meetings::click(self, pane, Some((row, None)))
            }
            Target::Cell(row, column) => {
                meetings::click(self, Pane::Tutees, Some((row, Some(column))))
            }
            Target::Pane(pane) => {
                self.focus = pane;
                Vec::new()
            }
            Target::Row(pane, row) => {
                self.focus = pane;
                pane::click(self, pane, row)
            }
            Target::PopupRow(row) => self.click_popup(row),
            Target::Field(at) => {
                self.click_field(at);
                Vec::new()
            }
            Target::Popup => Vec::new(),
        }
    }

    fn click_popup(&mut self, row: usize) -> Vec<Effect> {
        let Some(popup) = self.popups.last_mut() else { return Vec::new() };
        let again = popup.cursor().is_some_and(|cursor| {
            let again = cursor.selected == row;
            cursor.selected = row;
            again
        });
        if matches!(popup, Popup::Menu(_)) {
            return self.menu(MenuCommand::Choose);
        }
        let takes = matches!(popup, Popup::Palette(_) | Popup::Hits(_))
            || (again && matches!(popup, Popup::Picker(_)));
        if again && matches!(popup, Popup::Duties(_)) {
            return self.run(Command::Duties(DutyCommand::Step));
        }
        if takes { self.choose(Choose::Accept) } else { Vec::new() }
    }

    fn wheel(&mut self, target: Target, list: List, choose: Choose) -> Vec<Effect> {
        for _ in 0..WHEEL {
            match target {
                Target::Pane(pane) | Target::Row(pane, _)
                    if self.popups.is_empty() && self.view == View::Triage =>
                {
                    triage::wheel(self, pane, list);
                }
                Target::Pane(_) | Target::Row(..) | Target::Cell(..)
                    if self.popups.is_empty() && self.view == View::Meetings =>
                {
                    drop(meetings::go(self, list));
                }
                Target::Pane(pane) | Target::Row(pane, _) if self.popups.is_empty() => {
                    drop(pane::go(self, pane, list));
                }
                Target::Popup | Target::PopupRow(_) => drop(self.choose(choose)),
                Target::Field(_) => self.wheel_field(target, list),
                Target::Pane(_)
                | Target::Row(..)
                | Target::Cell(..)
                | Target::Head(_)
                | Target::Divider(_)
                | Target::Command(_) => {}
            }
        }
        Vec::new()
    }

    /// Puts the cursor of the text that has the keys where the mouse clicked.
    fn click_text(&mut self, x: u16, y: u16) {
        let Some(area) = self.screen.text.filter(|area| area.contains(x, y)) else { return };
        let editor = if self.popups.is_empty() {
            self.desk.note.writing.as_mut().map(|writing| &mut writing.editor)
        } else {
            self.form_text()
        };
        if let Some(editor) = editor {
            editor.click(y - area.y, x - area.x);
        }
    }

    /// A click on a choice that has the keys already takes the next possibility.
    fn click_field(&mut self, at: usize) {
        let Some(Popup::Form(popup)) = self.popups.last_mut() else { return };
        if popup.waiting {
            return;
        }
        let again = popup.form.focus == at;
        popup.form.click(at);
        let chooses = |entry: &Entry| matches!(entry, Entry::Choice(_) | Entry::Toggle(_));
        if again && popup.form.focused().is_some_and(|field| chooses(&field.entry)) {
            let _verdict = popup.form.run_field(super::command::Field::Toggle);
            popup.refresh();
        }
    }

    /// One turn of the wheel over a field.
    fn wheel_field(&mut self, target: Target, by: List) {
        let now = self.now;
        if let (Target::Field(_), Some(editor)) = (target, self.form_text()) {
            editor.run(if by == List::Up { Text::Up } else { Text::Down }, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::command::{Desk as DeskCommand, Global};
    use crate::fixture::desk as records;
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

    use super::*;
    use crate::app::Msg;
    use crate::app::editor::{Editor, Pos};
    use crate::app::form::{Field, Form, Line};
    use crate::app::popup::{FormKind, FormPopup};
    use crate::app::split::Divider;
    use crate::app::testing::Desk;

    fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Msg {
        Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn a_click_puts_the_cursor_where_it_points_and_turns_what_can_be_chosen() {
        let fields = vec![
            Field::new("topic", "Topic", Line::default()),
            Field::new("done", "Done", false),
            Field::new("note", "Note", Editor::new("one\n陈伟 two")),
        ];
        let mut desk = Desk::new();
        let form = FormPopup::new(FormKind::Unlock, Form::new("Form", fields));
        desk.model.popups.push(Popup::Form(Box::new(form)));
        let picture = desk.frame(40, 12);
        let row =
            u16::try_from(picture.lines().position(|line| line.contains("two")).unwrap()).unwrap();
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), 4, row));
        assert_eq!(desk.form().focused().unwrap().name, "note");
        let Entry::Text(editor) = &desk.form().focused().unwrap().entry else { panic!("no text") };
        assert_eq!(editor.cursor(), Pos { row: 1, col: 1 });
        desk.send(mouse(MouseEventKind::ScrollUp, 4, row));
        let Entry::Text(editor) = &desk.form().focused().unwrap().entry else { panic!("no text") };
        assert_eq!(editor.cursor().row, 0);

        let done =
            u16::try_from(picture.lines().position(|line| line.contains("Done")).unwrap()).unwrap();
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), 12, done));
        assert_eq!(desk.form().value("done"), "no");
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), 12, done));
        assert_eq!(desk.form().value("done"), "yes");
    }

    /// Where something is marked for the mouse.
    fn place(desk: &Desk, wanted: Target) -> (u16, u16) {
        let found = desk.model.screen.targets.iter().find(|(_, target)| *target == wanted);
        let (area, _) = found.unwrap();
        (area.x, area.y + area.height / 2)
    }

    fn width(desk: &Desk, pane: Pane) -> u16 {
        let found = desk.model.screen.targets.iter().find(|(_, it)| *it == Target::Pane(pane));
        found.unwrap().0.width
    }

    fn drawn(desk: &mut Desk, size: (u16, u16)) {
        let _picture = desk.frame(size.0, size.1);
    }

    #[test]
    fn a_divider_is_dragged_and_stays_and_both_sides_stay_readable() {
        for (size, divider) in [((120, 36), Divider::Left), ((80, 24), Divider::Two)] {
            let mut desk = Desk::with(records());
            drawn(&mut desk, size);
            let before = width(&desk, Pane::Tutees);
            let (x, y) = place(&desk, Target::Divider(divider));
            let left = MouseButton::Left;
            desk.send(mouse(MouseEventKind::Down(left), x, y));
            desk.send(mouse(MouseEventKind::Drag(left), x - 8, y));
            drawn(&mut desk, size);
            assert!(width(&desk, Pane::Tutees) < before, "{size:?}");
            desk.send(mouse(MouseEventKind::Drag(left), 0, y));
            desk.send(mouse(MouseEventKind::Up(left), 0, y));
            drawn(&mut desk, size);
            assert!(width(&desk, Pane::Tutees) >= 16, "{size:?}");
            let kept = width(&desk, Pane::Tutees);
            desk.send(mouse(MouseEventKind::Drag(left), 60, y));
            drawn(&mut desk, size);
            assert_eq!(width(&desk, Pane::Tutees), kept, "nothing is held any more");
        }
    }

    #[test]
    fn timeline_and_note_share_their_rows_as_dragged() {
        let mut desk = Desk::with(records()).keys("⇥");
        drawn(&mut desk, (80, 24));
        let (x, y) = place(&desk, Target::Divider(Divider::Across));
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
        desk.send(mouse(MouseEventKind::Drag(MouseButton::Left), x, 6));
        drawn(&mut desk, (80, 24));
        let targets = &desk.model.screen.targets;
        let note = targets.iter().find(|(_, it)| *it == Target::Pane(Pane::Note)).unwrap().0;
        assert_eq!((note.y, note.height), (7, 16));
    }

    #[test]
    fn hints_and_tabs_are_run_by_a_click_and_the_wheel_moves_what_is_under_it() {
        let mut desk = Desk::with(records());
        drawn(&mut desk, (120, 36));
        let find = Target::Command(Command::Desk(DeskCommand::Filter));
        let (x, y) = place(&desk, find);
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
        assert!(desk.model.desk.tutees.filter.is_some());
        let mut desk = desk.keys("⎋");
        drawn(&mut desk, (120, 36));
        let focus = desk.model.focus;
        let (x, y) = place(&desk, Target::Pane(Pane::Timeline));
        desk.send(mouse(MouseEventKind::ScrollDown, x, y));
        assert!(desk.model.desk.timeline.cursor.selected > 0);
        assert_eq!((desk.model.desk.tutees.cursor.selected, desk.model.focus), (0, focus));
        let (x, y) = place(&desk, Target::Command(Command::Global(Global::Triage)));
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
        assert_eq!(desk.model.view, View::Triage);
    }
}
