//! The whole picture: head line, panes, popups, status and hints.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use strum::VariantArray;

use super::finish::finish;
use super::theme::Theme;
use super::widget::frame::{area as plain_area, mark};
use super::widget::text::{columns, fit};
use super::widget::{follow, hints, ink};
use super::{Memory, first_page, meetings, pane, popup, triage};
use crate::app::command::Desk;
use crate::app::keymap::sequence;
use crate::app::status::Toast;
use crate::app::{Command, Model, Place, Screen, Spec, Target, View};

/// The smallest screen that shows more than a sentence.
const SMALLEST: (u16, u16) = (20, 6);
/// Between two of the screens that there are.
const BETWEEN: u16 = 2;
/// From this many rows on, the first one is a head line.
const WITH_HEAD: u16 = 12;
/// Below what may follow the keys pressed so far.
const GIVES_UP: &str = " press one of these keys, or Esc to stop";
/// From this many columns on, the last line says what holds all the time.
const WITH_STANDING: u16 = 40;

/// From this many columns on, the last line has room for a tip: on the desk, and on screens with more keys of their own.
const WITH_TIP: (u16, u16) = (70, 110);

/// Draws the model and returns what the drawing learnt.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame) -> Screen {
    draw_again(model, theme, frame, &mut Memory::default())
}

/// Draws the same: a pane that has not changed since it was drawn last is taken from memory.
pub fn draw_again(model: &Model, theme: &Theme, frame: &mut Frame, memory: &mut Memory) -> Screen {
    if model.locked || model.view != View::Desk {
        memory.forget();
    }
    let whole = frame.area();
    let mut screen = Screen { area: plain_area(whole), ..Screen::default() };
    if whole.width < SMALLEST.0 || whole.height < SMALLEST.1 {
        let need = format!("needs {} × {}", SMALLEST.0, SMALLEST.1);
        let line = Line::raw(fit(&need, whole.width.into()).into_owned());
        frame.render_widget(line, whole);
        finish(theme, frame.buffer_mut());
        return screen;
    }
    if model.opening.as_ref().is_some_and(|it| first_page::draw(model, it, theme, frame)) {
        finish(theme, frame.buffer_mut());
        return screen;
    }
    let head = u16::from(whole.height >= WITH_HEAD);
    let [top, body, foot] = whole.layout(&Layout::vertical([
        Constraint::Length(head),
        Constraint::Min(0),
        Constraint::Length(1),
    ]));
    if !model.locked {
        if head > 0 {
            draw_head(model, theme, frame, top, &mut screen);
        }
        match model.view {
            View::Desk => pane::draw(model, theme, (frame, memory), body, &mut screen),
            View::Triage => triage::draw(model, theme, frame, body, &mut screen),
            View::Meetings => meetings::draw(model, theme, frame, body, &mut screen),
        }
    }
    popup::draw(model, theme, frame, body, &mut screen);
    if model.locked && model.popups.is_empty() {
        first_page::say(model, theme, frame, foot);
        finish(theme, frame.buffer_mut());
        return screen;
    }
    let foot = draw_standing(model, theme, frame, foot);
    let (hints, pressed) = (model.hints(), model.pressed());
    if !pressed.is_empty() && follow::draw(&pressed, &hints, theme, frame, body, &mut screen) {
        let line = Line::styled(fit(GIVES_UP, foot.width.into()), theme.dim());
        ink::line(frame.buffer_mut(), (foot.x, foot.y), &line, foot.width);
    } else {
        let least = if model.view == View::Desk { WITH_TIP.0 } else { WITH_TIP.1 };
        let tip = model.tip().filter(|_| foot.width >= least).map(Toast::said);
        let told = model.toast.as_ref().or(tip.as_ref());
        hints::draw(&hints, told, theme, frame, foot, &mut screen);
    }
    finish(theme, frame.buffer_mut());
    screen
}

/// What the status line says all the time, at its left; returns the room beside it.
fn draw_standing(model: &Model, theme: &Theme, frame: &mut Frame, foot: Rect) -> Rect {
    let Some(standing) = model.standing().filter(|_| foot.width >= WITH_STANDING) else {
        return foot;
    };
    let text = format!(" {} ", fit(&standing, usize::from(foot.width) * 6 / 10));
    let cells = u16::try_from(columns(&text)).unwrap_or(foot.width).min(foot.width);
    ink::line(frame.buffer_mut(), (foot.x, foot.y), &Line::styled(text, theme.warn()), cells);
    Rect { x: foot.x + cells, width: foot.width - cells, ..foot }
}

/// Who works here, the screens there are, and where in the year we are.
fn draw_head(model: &Model, theme: &Theme, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let tabs = tabs(model);
    let wide: usize = tabs.iter().map(|(_, tab)| columns(tab) + usize::from(BETWEEN)).sum();
    let left = usize::from(rect.width).saturating_sub(wide + 12);
    let right = standing_in_the_year(model, left);
    let room = left.saturating_sub(columns(&right));
    let me = model.records.me().map_or("", |tutor| tutor.name.as_str());
    let left = Line::from(vec![
        Span::styled(" tutelage", theme.heading()),
        Span::raw("  "),
        Span::raw(fit(me, room).into_owned()),
        Span::raw("  "),
    ]);
    let taken = u16::try_from(left.width()).unwrap_or(rect.width).min(rect.width);
    ink::line(frame.buffer_mut(), (rect.x, rect.y), &left, rect.width);
    let mut x = rect.x + taken;
    for (view, tab) in tabs {
        let width = u16::try_from(columns(&tab)).unwrap_or(0).min(rect.right().saturating_sub(x));
        let place = Rect { x, width, ..rect };
        let style = if view == model.view { theme.focus() } else { theme.dim() };
        ink::line(frame.buffer_mut(), (x, rect.y), &Line::styled(tab, style), width);
        mark(screen, place, Target::Command(view.command()));
        x = place.right().saturating_add(BETWEEN);
    }
    let left = x;
    let x = rect.right().saturating_sub(u16::try_from(columns(&right)).unwrap_or(rect.width));
    if x + 1 >= left {
        ink::line(
            frame.buffer_mut(),
            (x, rect.y),
            &Line::styled(right, theme.dim()),
            rect.right() - x,
        );
    }
}

/// Where in the year we are, as much of it as fits: that its dates are an example comes before the week.
fn standing_in_the_year(model: &Model, room: usize) -> String {
    let today = model.now.today();
    let year = model.records.calendar(today);
    let week = year.and_then(|calendar| calendar.week_of(today));
    let (long, short) = week.map_or_else(Default::default, |(term, week)| {
        (format!("{}, week {} · ", term.name, week.0), format!("week {} · ", week.0))
    });
    let unsure = model.rules.policy.is_some() && year.is_some_and(|year| year.example);
    let key = model.keymap.label(Command::Desk(Desk::Years), Place::Tutees);
    let unsure = if unsure { format!("example dates ({key}) · ") } else { String::new() };
    let day = format!("{} ", today.format("%-d %b %Y"));
    [
        format!("{unsure}{long}{day}"),
        format!("{unsure}{short}{} ", today.format("%-d %b")),
        format!("{unsure}{day}"),
        day,
    ]
    .into_iter()
    .find(|text| columns(text) <= room)
    .unwrap_or_default()
}

/// The screens that there are, each with the key that shows it.
fn tabs(model: &Model) -> Vec<(View, String)> {
    let tab = |view: &View| {
        let key = model.keymap.keys(view.command()).first();
        let title = Spec::of(view.command()).map_or("", |spec| spec.title);
        (*view, format!("{} {title}", key.map(|keys| sequence(keys)).unwrap_or_default()))
    };
    <View as VariantArray>::VARIANTS.iter().map(tab).collect()
}

#[cfg(test)]
mod tests {
    use crate::app::Msg;
    use crate::app::testing::Desk;

    #[test]
    fn a_screen_that_is_too_small_says_so() {
        assert!(Desk::new().frame(19, 5).starts_with("\"needs 20 × 6       \""));
        assert_eq!(Desk::new().frame(5, 1).trim_end(), "\"need…\"");
    }

    #[test]
    fn every_size_down_to_one_cell_is_survived() {
        let opened = ["", "?", ":", "?x⏎", ":undo", "‹ctrl-l›", "‹ctrl-l›secret‹ctrl-c›", "g"];
        for keys in opened {
            for (width, height) in
                [(1, 1), (2, 2), (20, 6), (21, 7), (3, 60), (300, 2), (44, 8), (80, 24), (200, 60)]
            {
                let mut desk = Desk::new().keys(keys);
                desk.send(Msg::Failed(
                    "the disk is full: nothing was lost, make room and save again".into(),
                ));
                let _picture = desk.frame(width, height);
            }
        }
    }

    #[test]
    fn the_hint_line_tells_how_a_sequence_goes_on_and_cuts_whole_hints() {
        let last = |desk: &mut Desk, width| desk.frame(width, 8).lines().last().unwrap().to_owned();
        let shown = [
            last(&mut Desk::new(), 60),
            last(&mut Desk::new(), 20),
            last(&mut Desk::new().keys("g"), 60),
        ];
        insta::assert_snapshot!(shown.join("\n"));
    }

    #[test]
    fn a_message_stands_at_the_right_of_the_hints() {
        let mut desk = Desk::new().after(Msg::Told("copied".into()));
        assert!(desk.frame(40, 6).trim_end().ends_with(" copied \""));
        let mut desk = Desk::new().after(Msg::Failed("the disk is full".into()));
        assert!(desk.frame(40, 6).contains("the disk is full"));
        assert!(!desk.keys("x").frame(40, 6).contains("the disk is full"));
    }
}
