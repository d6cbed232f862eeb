//! The mouse: a click gives the keys to what it points at, selects or chooses it; the wheel moves in lists
//! and texts.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::area::Target;
use super::command::{
    Choose, Command, Duties as DutyCommand, Feedback, History, Ledger, List, Menu as MenuCommand,
    Text,
};
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
        if self.screen.stale {
            return Vec::new();
        }
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
            Target::Pane(pane) => pane::turn_to(self, pane),
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
        let opens = match popup {
            Popup::Duties(_) => Some(Command::Duties(DutyCommand::Step)),
            Popup::Ledger(_) => Some(Command::Ledger(Ledger::Edit)),
            Popup::Feedback(_) => Some(Command::Feedback(Feedback::Number)),
            Popup::History(_) => Some(Command::History(History::Open)),
            Popup::Confirm(_)
            | Popup::Form(_)
            | Popup::Palette(_)
            | Popup::Help(_)
            | Popup::Hits(_)
            | Popup::Menu(_)
            | Popup::Picker(_)
            | Popup::Columns(_)
            | Popup::DryRun(_)
            | Popup::SignalRun(_)
            | Popup::Trial(_)
            | Popup::Versions(_) => None,
        };
        if let Some(command) = opens.filter(|_| again) {
            return if self.applies(command) { self.run(command) } else { Vec::new() };
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
    use crate::app::command::{
        Confirm, Desk as DeskCommand, Form as FormCommand, Global, Triage as TriageCommand,
    };
    use crate::app::triage::{Column, Order};
    use crate::domain::demo::{Demo, Scale};
    use crate::exchange::card;
    use crate::fixture::{Fixture, ago, desk as records, today};
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

    /// Clicks on what is marked so.
    fn click(desk: &mut Desk, wanted: Target) {
        drawn(desk, (120, 36));
        let (x, y) = place(desk, wanted);
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
    }

    fn demo() -> Desk {
        let demo = Demo::new(Scale::Tutor, today()).judged(card::default_card());
        Desk::with(demo.records(|_, _| ()))
    }

    #[test]
    fn the_buttons_of_a_form_and_of_a_question_are_clicked() {
        let mut desk = Desk::with(records()).keys("a");
        click(&mut desk, Target::Command(Command::Form(FormCommand::Save)));
        assert!(desk.form().field("what").unwrap().error.is_some(), "nothing was typed");
        let mut desk = desk.keys("x");
        click(&mut desk, Target::Command(Command::Form(FormCommand::Leave)));
        click(&mut desk, Target::Command(Command::Confirm(Confirm::No)));
        assert_eq!(desk.form().value("what"), "x", "it is still there");
        click(&mut desk, Target::Command(Command::Form(FormCommand::Save)));
        let desk = desk.saved();
        assert!(desk.model.popups.is_empty());
        let mut desk = desk.keys("ax");
        click(&mut desk, Target::Command(Command::Form(FormCommand::Leave)));
        click(&mut desk, Target::Command(Command::Confirm(Confirm::Yes)));
        assert!(desk.model.popups.is_empty());
    }

    #[test]
    fn a_head_sorts_and_turns_round_and_that_of_a_slot_takes_it_in_hand() {
        let mut desk = demo().keys("2");
        click(&mut desk, Target::Head(Column::Age));
        assert_eq!(desk.model.desk.triage.order, Order::by(Column::Age));
        click(&mut desk, Target::Head(Column::Age));
        assert!(desk.model.desk.triage.order.turned);
        let all = Target::Command(Command::Triage(TriageCommand::All));
        click(&mut desk, all);
        assert!(desk.model.desk.triage.all, "the line below the rows is a button");
        let mut desk = desk.keys("3");
        drawn(&mut desk, (120, 36));
        let before = desk.model.desk.meetings.column;
        let (area, _) =
            *desk.model.screen.targets.iter().find(|(_, it)| *it == Target::Cell(0, 1)).unwrap();
        desk.send(mouse(MouseEventKind::Down(MouseButton::Left), area.x, area.y));
        assert_ne!(desk.model.desk.meetings.column, before);
        assert!(area.y <= 4, "its head comes first: {}", area.y);
    }

    #[test]
    fn the_wheel_moves_in_every_pane_and_popup_that_is_longer_than_its_room() {
        let wheel = |desk: &mut Desk, target: Target| {
            drawn(desk, (120, 36));
            // Within the pane: a divider may lie on its frame.
            let (x, y) = place(desk, target);
            desk.send(mouse(MouseEventKind::ScrollDown, x + 2, y));
        };
        let mut desk = demo();
        wheel(&mut desk, Target::Pane(Pane::Tutees));
        assert_eq!(desk.model.desk.tutees.cursor.selected, 3);
        wheel(&mut desk, Target::Pane(Pane::Alerts));
        assert!(desk.model.desk.alerts.cursor.selected > 0);
        wheel(&mut desk, Target::Pane(Pane::Timeline));
        assert!(desk.model.desk.timeline.cursor.selected >= 3);
        for keys in ["?", ":", "v", "gu", "gr"] {
            let mut desk = demo().keys(keys);
            drawn(&mut desk, (120, 36));
            let model = &desk.model;
            let before = model.popups.last().unwrap().len(model);
            wheel(&mut desk, Target::Popup);
            let cursor = *desk.model.popups.last_mut().unwrap().cursor().unwrap();
            assert!(before < 2 || cursor.selected > 0 || cursor.top > 0, "{keys}");
        }
        let mut desk = demo().keys("2");
        wheel(&mut desk, Target::Pane(Pane::Tutees));
        assert_eq!(desk.model.desk.triage.cursor.selected, 3);
        wheel(&mut desk, Target::Pane(Pane::Note));
        assert_eq!(desk.model.desk.triage.top, 3, "the evidence");
    }

    #[test]
    fn a_second_click_opens_a_row_of_a_list() {
        let mut world = Fixture::new();
        let aisha = world.tutee("20481234", "Aisha Rahman", 4);
        world.consent(aisha, ago(9), "Wellbeing Team", "support");
        let mut desk = Desk::with(world.records()).keys("gc");
        click(&mut desk, Target::PopupRow(0));
        assert!(matches!(desk.model.popups.last(), Some(Popup::Form(_))), "it was selected before");
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
