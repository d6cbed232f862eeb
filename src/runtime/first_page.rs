//! Makes the first page of the coming starts, and reads the one that was kept.
//!
//! A page is a picture of the desk as it will open, on this day and the next ones, in the size of the screen. It holds
//! nothing that is restricted to one author: such a note is shown only where the look at it is recorded.

use std::{
    path::Path,
    sync::{Arc, mpsc::Sender},
};

use chrono::{Days, NaiveDate};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Buffer,
    style::{Color, Modifier, Style},
};
use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

use crate::{
    app::{
        Model, Msg, Start,
        first_page::{FirstPage, FirstPageWanted},
        msg::Opened,
    },
    domain::time::Now,
    runtime::{Event, packs},
    ui::{self, Theme},
};

/// Pages are made for this day and so many after it: over a weekend.
const DAYS: u64 = 4;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What pages depend on beside the records, and where they are shown.
pub struct Pages {
    start: Start,
    theme: Theme,
    /// Shows a page.
    events: Sender<Event>,
}

/// The pages of a few days, as they are kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Everything but the records that the pictures depend on.
    print: String,
    width: u16,
    height: u16,
    days: Vec<(NaiveDate, Vec<Vec<Run>>)>,
}

/// Text of one style: the text, its colours by name, and the bits of its modifiers.
type Run = (String, String, String, u16);

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pages")
    }
}

impl Pages {
    /// For a program that starts like this and draws with this theme until the terminal says more of itself.
    #[must_use]
    pub fn new(start: Start, theme: Theme, events: Sender<Event>) -> Self {
        Self { start: Start { seed: [0; 32], ..start }, theme, events }
    }

    /// Shows the page of this day, if it was kept and everything is as it was then; answers for which screen,
    /// and the last day.
    #[must_use]
    pub fn show(
        &self,
        kept: &[u8],
        profile: &Path,
        today: NaiveDate,
    ) -> Option<((u16, u16), NaiveDate)> {
        let mut kept: Kept = serde_json::from_slice(kept).ok()?;
        if kept.print != self.print(profile) {
            return None;
        }
        let last = kept.days.iter().map(|(day, _)| *day).max()?;
        let place = kept.days.iter().position(|(day, _)| *day == today)?;
        let (_, rows) = kept.days.swap_remove(place);
        let rows = rows.into_iter().map(|row| row.into_iter().filter_map(read).collect()).collect();
        let (width, height) = (kept.width, kept.height);
        let page = FirstPage { width, height, rows };
        self.events.send(Event::App(Msg::FirstPage(Arc::new(page)))).ok();
        Some(((width, height), last))
    }

    /// Tells how many of a hundred records are loaded.
    pub fn tell(&self, percent: u8) {
        self.events.send(Event::App(Msg::Loaded(percent))).ok();
    }

    /// Makes the pages, and says the last day; none when there is nothing that may be shown.
    #[must_use]
    pub fn make(&self, wanted: &FirstPageWanted, profile: &Path) -> Option<(Vec<u8>, NaiveDate)> {
        let days: Vec<_> = (0..DAYS)
            .filter_map(|later| {
                let local = wanted.now.local.checked_add_days(Days::new(later))?;
                let ahead = DAY_MS.checked_mul(later.try_into().ok()?)?;
                let now = Now { local, utc_ms: wanted.now.utc_ms.checked_add(ahead)? };
                Some((now.today(), self.picture(wanted, now)?))
            })
            .collect();
        let (width, height) = (wanted.width, wanted.height);
        let kept = Kept { print: self.print(profile), width, height, days };
        let last = kept.days.iter().map(|(day, _)| *day).max()?;
        Some((serde_json::to_vec(&kept).ok()?, last))
    }

    /// The rows of the desk as it opens at this moment.
    fn picture(&self, wanted: &FirstPageWanted, now: Now) -> Option<Vec<Vec<Run>>> {
        let mut model = Model::new(self.start.clone(), now);
        let opened = Opened {
            sealed: wanted.sealed,
            packs: Arc::clone(&wanted.packs),
            ..Opened::of(Arc::clone(&wanted.records))
        };
        model.update(Msg::Opened(Box::new(opened)), now);
        // What holds at this minute is not what holds at the start.
        model.toast = None;
        let mut terminal = Terminal::new(TestBackend::new(wanted.width, wanted.height)).ok()?;
        let mut screen = None;
        terminal.draw(|frame| screen = Some(ui::draw(&model, &self.theme, frame))).ok()?;
        let may_be_kept = model.popups.is_empty() && screen?.restricted.is_empty();
        may_be_kept.then(|| rows(terminal.backend().buffer()))
    }

    /// Everything but the records that a picture depends on.
    fn print(&self, profile: &Path) -> String {
        let Self { start, theme, .. } = self;
        let version = env!("CARGO_PKG_VERSION");
        let all = format!("{version} {start:?} {theme:?} {}", packs::stamp(profile));
        blake3::hash(all.as_bytes()).to_hex().to_string()
    }
}

/// The rows of a picture as runs of one style.
fn rows(picture: &Buffer) -> Vec<Vec<Run>> {
    let width = usize::from(picture.area.width).max(1);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut runs: Vec<(Style, String)> = Vec::new();
        let mut covered = 0;
        for cell in cells {
            // What lies under the second half of a wide letter is not seen.
            if covered > 0 {
                covered -= 1;
                continue;
            }
            covered = cell.symbol().width().saturating_sub(1);
            match runs.last_mut().filter(|(style, _)| *style == cell.style()) {
                Some((_, text)) => text.push_str(cell.symbol()),
                None => runs.push((cell.style(), cell.symbol().to_owned())),
            }
        }
        runs.into_iter().map(|(style, text)| written(style, text)).collect()
    };
    picture.content.chunks(width).map(row).collect()
}

fn written(style: Style, text: String) -> Run {
    let name = |colour: Option<Color>| colour.unwrap_or_default().to_string();
    (text, name(style.fg), name(style.bg), style.add_modifier.bits())
}

fn read((text, fg, bg, modifiers): Run) -> Option<(String, Style)> {
    let style = Style::new().fg(fg.parse().ok()?).bg(bg.parse().ok()?);
    Some((text, style.add_modifier(Modifier::from_bits_truncate(modifiers))))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::*;
    use crate::{
        app::testing::{Desk, now_at},
        domain::demo::{Demo, Scale},
        domain::{note::Confidentiality, records::Records},
        fixture::{Fixture, ago},
    };

    const SIZE: (u16, u16) = (120, 36);

    fn demo() -> Arc<Records> {
        let mut records = Records::default();
        for change in Demo::new(Scale::Tutor, now_at(0).today()).changes() {
            records.apply(&change).unwrap();
        }
        Arc::new(records)
    }

    fn wanted(records: &Arc<Records>) -> FirstPageWanted {
        let (width, height) = SIZE;
        let records = Arc::clone(records);
        FirstPageWanted {
            width,
            height,
            records,
            packs: Arc::default(),
            sealed: true,
            now: now_at(0),
            written: 0,
        }
    }

    fn pages(start: Start, theme: Theme) -> (Pages, Receiver<Event>) {
        let (events, inbox) = mpsc::channel();
        (Pages::new(start, theme, events), inbox)
    }

    /// The page that this program shows of what was kept.
    fn shown(kept: &[u8], start: Start, theme: Theme, later: u64) -> Option<Arc<FirstPage>> {
        let (pages, inbox) = pages(start, theme);
        let day = now_at(0).today() + Days::new(later);
        let _screen = pages.show(kept, Path::new("/nowhere"), day);
        match inbox.try_recv() {
            Ok(Event::App(Msg::FirstPage(page))) => Some(page),
            _ => None,
        }
    }

    fn kept(records: &Arc<Records>) -> Vec<u8> {
        let (pages, _inbox) = pages(Start::default(), Theme::default());
        pages.make(&wanted(records), Path::new("/nowhere")).unwrap().0
    }

    #[test]
    fn the_page_is_the_picture_that_opening_draws_but_for_the_last_row() {
        let records = demo();
        let page = shown(&kept(&records), Start::default(), Theme::default(), 0).unwrap();
        let opened = Opened::of(records);
        let mut desk = Desk::new();
        desk.model.locked = true;
        let mut opening = desk.after(Msg::FirstPage(page));
        let (first, ()) = (opening.frame(SIZE.0, SIZE.1), ());
        let mut desk = opening.after(Msg::Opened(Box::new(opened)));
        let then = desk.frame(SIZE.0, SIZE.1);
        let all_but_last = |frame: &str| frame.lines().take(35).collect::<Vec<_>>().join("\n");
        assert!(first.contains("Aisha Rahman"), "{first}");
        assert_eq!(all_but_last(&first), all_but_last(&then));
    }

    #[test]
    fn a_page_is_of_its_day_and_there_is_one_for_the_days_after_a_weekend() {
        let kept = kept(&demo());
        let day = |later| shown(&kept, Start::default(), Theme::default(), later);
        assert!(day(0).is_some() && day(3).is_some());
        assert_ne!(day(0), day(1), "what counts days differs");
        assert!(day(4).is_none());
    }

    #[test]
    fn other_colours_other_keys_or_other_rules_make_it_worthless() {
        let kept = kept(&demo());
        let ascii = Theme { lines: ui::theme::Lines::Ascii, ..Theme::default() };
        assert!(shown(&kept, Start::default(), ascii, 0).is_none());
        let mut alerts = crate::domain::alert::AlertSettings::default();
        alerts.reply_days += 1;
        let other = Start { alerts, ..Start::default() };
        assert!(shown(&kept, other, Theme::default(), 0).is_none());
        let profile = tempfile::tempdir().unwrap();
        std::fs::create_dir(profile.path().join("letters")).unwrap();
        std::fs::write(profile.path().join("letters/summary.txt"), "Subject: S\n").unwrap();
        let (pages, _inbox) = pages(Start::default(), Theme::default());
        assert_eq!(pages.show(&kept, profile.path(), now_at(0).today()), None);
    }

    #[test]
    fn nothing_restricted_is_kept() {
        let mut world = Fixture::new();
        let about = (world.tutee("20481234", "Aisha Rahman", 4), ago(3), None);
        let note = |world: &mut Fixture, level| {
            world.note_by(world.me, level, about, "Fears the landlord.")
        };
        note(&mut world, Confidentiality::Restricted);
        let records = world.records();
        let (pages, _inbox) = pages(Start::default(), Theme::default());
        assert!(pages.make(&wanted(&Arc::new(records)), Path::new("/nowhere")).is_none());
    }
}
