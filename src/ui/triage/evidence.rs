//! The evidence of the student in hand: every reason with its days, what the points say, how fresh the sources are,
//! and what was decided so far.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::triage::Row;
use crate::app::{Page, Screen};
use crate::domain::alert::{Standing, Trend};
use crate::domain::file::StudentFile;
use crate::domain::freshness::Age;
use crate::domain::plot::Plots;
use crate::domain::reason::Reason;
use crate::domain::time::show_day;
use crate::domain::word::Choice;
use crate::ui::pane::Canvas;
use crate::ui::theme::Lines;
use crate::ui::widget::plot::{self, Height};
use crate::ui::widget::text::wrap;

/// How many decisions are told, the latest first.
const DECISIONS: usize = 6;
/// How many reasons stand before the plots at most.
const FIRST: usize = 4;
/// In how many lines at least and at most: a quarter of the height, so that the plots stay in sight.
const ROOM: (usize, usize) = (4, 9);

pub(super) fn draw(canvas: &Canvas<'_>, frame: &mut Frame, rect: Rect, screen: &mut Screen) {
    let (model, triage) = (canvas.model, &canvas.model.desk.triage);
    let found = triage.selected().and_then(|row| Some((row, model.records.file(row.student())?)));
    let Some((row, file)) = found else {
        let inner = canvas.frame("Evidence", "", frame, rect);
        let why = "Why a student is on the list stands here.";
        return canvas.say(why, canvas.beginnings(), frame, inner);
    };
    let level = row.level.map_or_else(String::new, |level| format!(" · L{level}"));
    let title = format!("{}{level}", file.student.name.shown());
    let inner = canvas.frame(&title, &file.student.number, frame, rect);
    if inner.is_empty() {
        return;
    }
    let width = usize::from(inner.width.saturating_sub(2));
    let rows = usize::from(inner.height);
    let (room, today) = ((rows / 4).clamp(ROOM.0, ROOM.1), model.desk.today);
    let lines =
        Teller { canvas, row, file, width, room, today }.lines(triage.top.saturating_add(rows));
    let top = triage.top.min(lines.len().saturating_sub(rows));
    for (line, y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
        frame.buffer_mut().set_line(inner.x + 1, y, line, inner.width.saturating_sub(2));
    }
    screen.pages.push((canvas.pane, Page { top, rows }));
}

/// Points in words; none where there are none.
fn counted(points: u8) -> Option<String> {
    match points {
        0 => None,
        1 => Some("1 point".to_owned()),
        points => Some(format!("{points} points")),
    }
}

/// What the evidence is told from.
struct Teller<'a> {
    canvas: &'a Canvas<'a>,
    row: &'a Row,
    file: &'a StudentFile,
    width: usize,
    /// The lines that reasons before the plots may take.
    room: usize,
    today: NaiveDate,
}

impl Teller<'_> {
    /// What is said, a line each, until there are so many; what stands below is not in sight.
    fn lines(&self, enough: usize) -> Vec<Line<'static>> {
        let parts: [fn(&Self) -> Vec<Line<'static>>; 9] = [
            Self::head,
            Self::who,
            Self::why,
            Self::plots,
            Self::more,
            Self::modules,
            Self::asides,
            Self::sources,
            Self::decided,
        ];
        let mut lines = Vec::new();
        for part in parts {
            if lines.len() < enough {
                lines.extend(part(self));
            }
        }
        lines
    }

    /// Lines of at most the width.
    fn say(&self, text: &str, style: Style) -> impl Iterator<Item = Line<'static>> + use<> {
        wrap(text, self.width).into_iter().map(move |line| Line::styled(line, style))
    }

    /// A title over what follows.
    fn title(&self, text: &'static str) -> [Line<'static>; 2] {
        [Line::default(), Line::styled(text, self.canvas.theme.heading())]
    }

    /// How urgent it is, since when, what the points say, and what quietens it.
    fn head(&self) -> Vec<Line<'static>> {
        let (theme, alert) = (self.canvas.theme, &self.row.alert);
        let urgency = alert.severity().urgency();
        let how = format!("{} {}", theme.urgency_sign(urgency), alert.severity().words());
        let since = show_day(alert.first_seen, self.today);
        let mut lines = vec![Line::from(vec![
            Span::styled(how, theme.urgency(urgency)),
            Span::raw(format!(" · {} since {since}", alert.state.words())),
        ])];
        if let Some(quiet) = &alert.quiet {
            lines.extend(self.say(&quiet.words(self.today), theme.warn()));
        }
        if let Some(standing) = &alert.standing {
            lines.extend(self.say(&self.points(standing), Style::new()));
        }
        lines
    }

    /// `6 points, threshold 5: worth a check-in · rising · week of 16 Nov`.
    fn points(&self, standing: &Standing) -> String {
        let points = counted(standing.points).unwrap_or_else(|| "0 points".to_owned());
        let trend = match self.row.alert.trend {
            Trend::First => String::new(),
            trend @ (Trend::Rising | Trend::Same | Trend::Falling) => {
                format!(" · {}", trend.words())
            }
        };
        let (from, band) = (standing.threshold, standing.band());
        let week = show_day(standing.week, self.today);
        format!("{points}, threshold {from}: {band}{trend} · week of {week}")
    }

    /// Programme, tutor, who acts, and the case that is open.
    fn who(&self) -> Vec<Line<'static>> {
        let (records, theme) = (&self.canvas.model.records, self.canvas.theme);
        let named = |tutor| records.tutor(tutor).map(|tutor| tutor.name.as_str());
        let programme = self.file.enrolment(self.today).map_or("", |it| &*it.programme);
        let tutor = self.file.allocation(self.today).map(|it| it.tutor);
        let taught = tutor
            .and_then(named)
            .map_or_else(|| "no tutor".to_owned(), |name| format!("tutee of {name}"));
        let mut told = vec![taught];
        if !programme.is_empty() {
            told.insert(0, programme.to_owned());
        }
        let alert = &self.row.alert;
        if let Some(name) = alert.owner.filter(|owner| Some(*owner) != tutor).and_then(named) {
            told.push(format!("{name} acts"));
        }
        if alert.escalated {
            told.push("passed upwards".into());
        }
        let case = alert.case.and_then(|id| self.file.cases.iter().find(|case| case.id == id));
        if let Some(case) = case {
            let opened = show_day(case.opened, self.today);
            told.push(format!("case opened {opened}, {}", case.stage.words()));
        }
        self.say(&told.join(" · "), theme.dim()).collect()
    }

    /// The first reasons with their days, how many there are more, and the next step.
    fn why(&self) -> Vec<Line<'static>> {
        let (theme, alert) = (self.canvas.theme, &self.row.alert);
        let mut lines: Vec<Line<'static>> = self.title("Why").into();
        let first = self.first();
        lines.extend(alert.reasons.iter().take(first).flat_map(|reason| self.loud(reason)));
        let more = alert.reasons.len().saturating_sub(first);
        if more > 0 {
            lines.extend(self.say(&format!("  +{more} more below"), theme.dim()));
        }
        if let Some(next) = alert.next() {
            let arrow = if theme.lines == Lines::Ascii { "->" } else { "→" };
            lines.push(Line::styled(format!("{arrow} {}", next.words()), theme.key()));
        }
        lines
    }

    /// How many reasons stand before the plots: the first, and as many more as there is room for.
    fn first(&self) -> usize {
        let mut lines = 0;
        let fit = self.row.alert.reasons.iter().take(FIRST).take_while(|reason| {
            lines += self.loud(reason).len();
            lines <= self.room
        });
        fit.count().max(1)
    }

    /// The other reasons, what each module says where one holds in several, and those that are quiet by themselves.
    fn more(&self) -> Vec<Line<'static>> {
        let (theme, alert) = (self.canvas.theme, &self.row.alert);
        let (first, mut lines) = (self.first(), Vec::new());
        if alert.reasons.len() > first {
            lines.extend(self.title("More reasons"));
            lines.extend(alert.reasons.iter().skip(first).flat_map(|reason| self.loud(reason)));
        }
        let each: Vec<_> =
            alert.reasons.iter().flat_map(|it| self.each(it, Style::new())).collect();
        if !each.is_empty() {
            lines.extend(self.title("What each module says"));
            lines.extend(each);
        }
        if !alert.hushed.is_empty() {
            lines.extend(self.title("Quiet, because somebody said so"));
            for reason in &alert.hushed {
                lines.extend(self.reason(reason, &Span::raw("-"), theme.dim()));
                lines.extend(self.each(reason, theme.dim()));
            }
        }
        lines
    }

    /// A reason with the sign of how soon somebody should act.
    fn loud(&self, reason: &Reason) -> Vec<Line<'static>> {
        let (theme, urgency) = (self.canvas.theme, reason.severity.urgency());
        let lead = Span::styled(theme.urgency_sign(urgency), theme.urgency(urgency));
        self.reason(reason, &lead, Style::new())
    }

    /// A reason in as many lines as it takes, its points at the end.
    fn reason(&self, reason: &Reason, lead: &Span<'static>, style: Style) -> Vec<Line<'static>> {
        let points = reason.scored.as_ref().map_or_else(String::new, |scored| {
            let differ = scored.each.iter().any(|it| it.points != scored.points);
            let most = if differ { " at most" } else { "" };
            counted(scored.points).map_or_else(String::new, |points| format!(" ·{most} {points}"))
        });
        self.led(&format!("{}{points}", reason.evidence), lead, style)
    }

    /// What each module says of a reason that holds in several.
    fn each(&self, reason: &Reason, style: Style) -> Vec<Line<'static>> {
        let each = reason.scored.as_ref().map_or(&[][..], |scored| scored.each.as_slice());
        let told = each.iter().map(|it| {
            let since = show_day(it.since, self.today);
            let points = counted(it.points).map_or_else(String::new, |it| format!(" · {it}"));
            format!("{}{points} · since {since}", it.evidence)
        });
        told.flat_map(|text| self.led(&text, &Span::raw("-"), style)).collect()
    }

    /// A text after a sign.
    fn led(&self, text: &str, lead: &Span<'static>, style: Style) -> Vec<Line<'static>> {
        let lines = wrap(text, self.width.saturating_sub(2)).into_iter().enumerate();
        lines
            .map(|(at, text)| {
                let lead = if at == 0 { lead.clone() } else { Span::raw(" ") };
                Line::from(vec![lead, Span::styled(format!(" {text}"), style)])
            })
            .collect()
    }

    /// What there is to draw of the student.
    fn drawn(&self) -> Option<&Plots> {
        let desk = &self.canvas.model.desk;
        let in_hand = desk.student() == Some(self.row.student());
        desk.engagement.plots.as_ref().filter(|plots| in_hand && !plots.is_empty())
    }

    /// What the student did, week by week.
    fn plots(&self) -> Vec<Line<'static>> {
        let Some(plots) = self.drawn() else { return Vec::new() };
        let mut lines: Vec<Line<'static>> = self.title("Week by week").into();
        lines.extend(plot::overview(plots, Height::Two, self.canvas.theme, self.width));
        lines
    }

    /// The same module by module.
    fn modules(&self) -> Vec<Line<'static>> {
        let plots = self.drawn();
        plots.map_or_else(Vec::new, |it| plot::modules(it, self.canvas.theme, self.width))
    }

    /// Late work and a sudden drop: no reason by themselves.
    fn asides(&self) -> Vec<Line<'static>> {
        let asides = self.drawn().map_or(&[][..], |plots| &plots.asides);
        let mut lines = Vec::new();
        for (module, aside) in asides {
            if lines.is_empty() {
                lines.extend(self.title("Shown, never scored"));
            }
            lines.extend(self.say(&format!("{module}: {aside}"), Style::new()));
        }
        lines
    }

    /// How fresh the sources of the student's modules are: old ones say nothing about today.
    fn sources(&self) -> Vec<Line<'static>> {
        let (records, desk) = (&self.canvas.model.records, &self.canvas.model.desk);
        let in_hand = desk.student() == Some(self.row.student());
        let mut lines = Vec::new();
        for known in desk.engagement.sources.iter().filter(|_| in_hand) {
            if lines.is_empty() {
                lines.extend(self.title("Sources"));
            }
            let style = self.age(known.age);
            let module = records.module(known.module).map_or("", |it| it.shown());
            let told = format!("{} {module} {}", known.age.sign(), known.told(self.today));
            lines.extend(self.say(&told, style));
        }
        lines
    }

    fn age(&self, age: Age) -> Style {
        match age {
            Age::Fresh => Style::new(),
            Age::Amber => self.canvas.theme.warn(),
            Age::Red => self.canvas.theme.bad(),
        }
    }

    /// What was decided so far, the latest first, by whom and why.
    fn decided(&self) -> Vec<Line<'static>> {
        let records = &self.canvas.model.records;
        let mut all: Vec<_> = self.file.decisions.iter().collect();
        if all.is_empty() {
            return Vec::new();
        }
        all.sort_by_key(|decision| (std::cmp::Reverse(decision.on), decision.id));
        let mut lines: Vec<Line<'static>> = self.title("Decided so far").into();
        for decision in all.iter().take(DECISIONS) {
            let day = show_day(decision.on, self.today);
            let by = records.tutor(decision.tutor).map_or("a tutor", |tutor| tutor.name.as_str());
            let what = decision.words(records, self.today);
            let why =
                if decision.why.is_empty() { String::new() } else { format!(": {}", decision.why) };
            lines.extend(self.say(&format!("{day} {what} ({by}){why}"), Style::new()));
        }
        if let Some(more) = all.len().checked_sub(DECISIONS).filter(|more| *more > 0) {
            lines.extend(self.say(&format!("+{more} more"), self.canvas.theme.dim()));
        }
        lines
    }
}
