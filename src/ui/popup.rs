//! Popups: all are drawn, the topmost has the keys and the mouse.

mod confirm;
mod dry_run;
mod duties;
mod feedback;
mod form;
mod help;
mod history;
mod hits;
mod ledger;
mod mapping;
mod menu;
mod palette;
mod picker;
mod trial;
mod versions;

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::widgets::Clear;

use super::theme::Theme;
use super::widget::frame::{Framed, mark, title, with_position};
use super::widget::text::columns;
use crate::app::popup::Popup;
use crate::app::{Model, Screen, Target};

/// Draws the open popups over everything else.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, screen: &mut Screen) {
    for (at, popup) in model.popups.iter().enumerate() {
        let top = at + 1 == model.popups.len();
        let mut below = Screen::default();
        let whole = &mut *screen;
        let screen = if top { &mut *whole } else { &mut below };
        match popup {
            Popup::Confirm(asked) => confirm::draw(asked, model, theme, frame, area, screen),
            Popup::Form(open) => {
                form::draw(open, top, theme, frame, area, screen);
                open.notes(&model.records).for_each(|note| screen.shows(note));
            }
            Popup::Palette(palette) => palette::draw(palette, model, theme, frame, area, screen),
            Popup::Help(help) => help::draw(help, model, theme, frame, area, screen),
            Popup::Menu(menu) => menu::draw(menu, theme, frame, area, screen),
            Popup::Ledger(ledger) => ledger::draw(ledger, model, theme, frame, area, screen),
            Popup::Picker(picker) => picker::draw(picker, theme, frame, area, screen),
            Popup::Columns(columns) => mapping::draw(columns, theme, frame, area, screen),
            Popup::DryRun(dry_run) => dry_run::draw(dry_run, theme, frame, area, screen),
            Popup::SignalRun(run) => dry_run::draw_signals(run, theme, frame, area, screen),
            Popup::Duties(open) => duties::draw(open, model, theme, frame, area, screen),
            Popup::Feedback(open) => feedback::draw(open, model, theme, frame, area, screen),
            Popup::Trial(trial) => trial::draw(trial, model, theme, frame, area, screen),
            Popup::History(open) => history::draw(open, model, theme, frame, area, screen),
            Popup::Versions(open) => versions::draw(open, model, theme, frame, area, screen),
            Popup::Hits(hits) => hits::draw(hits, model, theme, frame, area, screen),
        }
        whole.restricted.append(&mut below.restricted);
    }
}

/// The frame of a popup of a width: its title, cut to what the position leaves of it, and the position.
fn framed<'a>(theme: &Theme, text: &str, position: &str, width: u16) -> Framed<'a> {
    with_position(theme.popup(title(text, position, width)), position)
}

/// Clears a place in the middle of the area and frames it; returns what is inside.
fn open(
    block: &Framed<'_>,
    (width, height): (u16, u16),
    frame: &mut Frame,
    area: Rect,
    screen: &mut Screen,
) -> Rect {
    let rect = area.centered(Constraint::Max(width), Constraint::Max(height));
    frame.render_widget(Clear, rect);
    blank_halves(frame, rect);
    mark(screen, rect, Target::Popup);
    super::widget::frame::draw(block, frame, rect)
}

/// The most columns that one character takes: a conjunct of an Indic script.
const WIDEST: usize = 4;

/// Takes away wide characters of which the popup covers the second half: terminals show neither half.
fn blank_halves(frame: &mut Frame, rect: Rect) {
    for (x, before) in (0..rect.x).rev().zip(1..=WIDEST) {
        for y in rect.top()..rect.bottom() {
            if let Some(cell) = frame.buffer_mut().cell_mut((x, y))
                && columns(cell.symbol()) > before
            {
                cell.set_symbol(" ");
            }
        }
    }
}

#[cfg(test)]
mod start_tests;

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use strum::IntoEnumIterator;

    use crate::app::command::{Desk as DeskCommand, Global};
    use crate::app::editor::Editor;
    use crate::app::form::{Choice, Field, Form, Line, LineKind, Ticks};
    use crate::app::popup::{FormKind, FormPopup, Popup};
    use crate::app::testing::Desk;
    use crate::app::{Command, Effect, Screen, Target};
    use crate::domain::meeting;
    use crate::domain::note::Confidentiality;
    use crate::ui::theme::shade_of;
    use crate::ui::{Theme, draw};

    fn meeting() -> Form {
        let shades: Vec<_> = Confidentiality::iter().map(shade_of).collect();
        let level = Choice::of(Some(Confidentiality::TutorAndSenior)).shades(&shades);
        let register = vec![
            ("●", "present".to_owned()),
            ("○", "absent, told us".to_owned()),
            ("✗", "absent".to_owned()),
        ];
        Form::new(
            "Meeting with 陈伟 Chen Wei",
            vec![
                Field::new("day", "Day", Line::new(LineKind::Date, "21 Nov 2026"))
                    .required()
                    .hint("12 Oct, 12/10, yesterday"),
                Field::new("time", "Time", Line::new(LineKind::Time, "14:00")).required(),
                Field::new("minutes", "Minutes", Line::new(LineKind::Number, "30")),
                Field::new("mode", "How", Choice::of(Some(meeting::Mode::InPerson))),
                Field::new(
                    "open",
                    "From last time",
                    Ticks::checklist(["Aisha: book Skills workshop, due 20 Oct"]),
                ),
                Field::new(
                    "register",
                    "Who came",
                    Ticks::register(register, [("Ben O'Connor", 0), ("Ewa Nowak", 2)]),
                ),
                Field::new("level", "Confidentiality", level),
                Field::new("follow", "Follow up", false),
                Field::new(
                    "note",
                    "Note",
                    Editor::new("## Discussed\n- feedback on first coursework"),
                ),
            ],
        )
    }

    fn desk(form: Form) -> Desk {
        let mut desk = Desk::new();
        desk.model.popups.push(Popup::Form(Box::new(FormPopup::new(FormKind::Unlock, form))));
        desk
    }

    #[test]
    fn a_form_fits_a_usual_screen() {
        insta::assert_snapshot!(alone(&mut desk(meeting()), 80, 24));
    }

    #[test]
    fn popups_keep_their_measure_on_large_screens() {
        insta::assert_snapshot!("form_120x36", alone(&mut desk(meeting()), 120, 36));
        insta::assert_snapshot!("form_200x60", alone(&mut desk(meeting()), 200, 60));
        let mut question = desk(meeting()).keys("5‹ctrl-c›");
        insta::assert_snapshot!("question_120x36", alone(&mut question, 120, 36));
        insta::assert_snapshot!("question_20x6", alone(&mut question, 20, 6));
    }

    #[test]
    fn a_form_scrolls_on_a_small_screen_and_keeps_the_field_in_sight() {
        let mut first = desk(meeting());
        insta::assert_snapshot!("form_44x8_first", alone(&mut first, 44, 8));
        let mut level = desk(meeting()).keys("⇥⇥⇥⇥⇥⇥⇥");
        insta::assert_snapshot!("form_44x8_level", alone(&mut level, 44, 8));
        let mut note = desk(meeting()).keys("⇤");
        insta::assert_snapshot!("form_20x6_note", alone(&mut note, 20, 6));
    }

    #[test]
    fn what_is_wrong_stands_beside_its_field() {
        let mut form = meeting();
        form.refuse([
            ("time", "“25 o'clock” is not a time: write 14:00".to_owned()),
            ("note", "who is “Asha”? Write Ben, Ewa or me".to_owned()),
            ("else", "this record has changed since: open it again".to_owned()),
        ]);
        insta::assert_snapshot!(alone(&mut desk(form), 80, 24));
    }

    #[test]
    fn the_lock_shows_nothing_but_dots() {
        let mut desk = Desk::new().keys("‹ctrl-l›pass wörd");
        let picture = desk.frame(60, 12);
        assert!(!picture.contains("pass"));
        insta::assert_snapshot!(picture);
        let desk = desk.keys("⏎");
        assert_eq!(format!("{:?}", desk.effects.last()), "Some(Unlock(…))");
    }

    #[test]
    fn leaving_a_changed_form_asks_and_an_unchanged_one_just_closes() {
        let mut desk = desk(Form::new("Lock", vec![])).keys("⎋");
        assert_eq!(desk.model.popups.len(), 1, "the lock stays");
        desk.model.popups.clear();
        let question = crate::app::popup::Confirm::leaving();
        desk.model.popups.push(Popup::Confirm(question));
        insta::assert_snapshot!(alone(&mut desk, 60, 12));
        assert_eq!(desk.keys("n").model.popups.len(), 0);
    }

    #[test]
    fn quitting_asks_when_something_typed_is_not_saved() {
        let mut desk = desk(meeting()).keys("5‹ctrl-c›");
        assert_eq!(desk.effects, []);
        assert!(desk.frame(80, 24).contains("Quit without saving?"));
        let again = desk.keys("n").keys("‹ctrl-c›y");
        assert_eq!(again.effects, [Effect::Quit]);
        assert_eq!(Desk::new().keys("‹ctrl-c›").effects, [Effect::Quit]);
    }

    /// The popups alone, so that the picture does not change with the panes behind them.
    fn alone(desk: &mut Desk, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut screen = Screen::default();
        let theme = Theme::default();
        terminal
            .draw(|frame| super::draw(&desk.model, &theme, frame, frame.area(), &mut screen))
            .unwrap();
        desk.model.screen = screen;
        terminal.backend().to_string()
    }

    #[test]
    fn the_palette_shows_commands_with_their_keys_and_runs_them() {
        let mut desk = desk(meeting()).keys("‹ctrl-p›");
        insta::assert_snapshot!("palette_80x24", alone(&mut desk, 80, 24));
        let mut desk = Desk::new().keys(":redo");
        insta::assert_snapshot!("palette_44x8_redo", alone(&mut desk, 44, 8));
        assert_eq!(desk.keys("⏎").effects, [Effect::Redo]);
        let mut none = Desk::new().keys(":zzzz");
        insta::assert_snapshot!("palette_20x6_nothing", alone(&mut none, 20, 6));
    }

    #[test]
    fn help_shows_what_applies_here_first_and_can_be_searched() {
        let mut desk = Desk::new();
        desk.model.popups.push(Popup::Confirm(crate::app::popup::Confirm::leaving()));
        let mut desk = desk.keys("?");
        insta::assert_snapshot!("help_80x11", alone(&mut desk, 80, 11));
        let mut found = desk.keys("palette");
        insta::assert_snapshot!("help_44x8_palette", alone(&mut found, 44, 8));
        assert_eq!(found.keys("⎋").model.popups.len(), 1);
    }

    #[test]
    fn help_works_over_a_form_and_leaves_it_as_it_was() {
        let mut desk = desk(meeting()).keys("⇥‹f1›");
        assert!(desk.frame(80, 24).contains("Form"));
        let desk = desk.keys("⎋");
        assert_eq!(desk.form().focus, 1);
    }

    #[test]
    fn a_click_finds_the_field_the_command_and_the_row() {
        let mut desk = desk(meeting());
        let _picture = desk.frame(80, 24);
        let fields: Vec<_> = desk
            .model
            .screen
            .targets
            .iter()
            .filter(|(_, t)| matches!(t, Target::Field(_)))
            .collect();
        assert_eq!(fields.len(), 9);
        let screen = &desk.model.screen;
        let help = Target::Command(Command::Global(Global::Help));
        let (area, _) = screen.targets.iter().find(|(_, target)| *target == help).unwrap();
        assert_eq!(screen.at(area.x, area.y), Some(help));
        let mut palette = Desk::new().keys(":undo");
        let _picture = palette.frame(80, 24);
        let row =
            palette.model.screen.targets.iter().find(|(_, t)| *t == Target::PopupRow(0)).unwrap();
        assert_eq!(palette.model.screen.at(row.0.x, row.0.y), Some(Target::PopupRow(0)));
        assert_eq!(palette.model.run(Command::Desk(DeskCommand::Undo)), [Effect::Undo]);
    }

    #[test]
    fn choices_are_told_by_words_sign_and_colour() {
        let desk = desk(meeting());
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| _ = draw(&desk.model, &Theme::default(), frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let held = Theme::default().confidentiality(Confidentiality::TutorAndSenior).fg;
        let coloured = buffer.content().iter().filter(|cell| Some(cell.fg) == held).count();
        assert!(coloured >= "tutor and senior tutor".len());
    }
}
