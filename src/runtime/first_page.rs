//! Makes the first page of the coming starts, and reads the one that was kept.
//!
//! A page is a picture of the desk as it will open, on this day and the next ones, in the size of the screen. It holds
//! nothing that is restricted to one author: such a note is shown only where the look at it is recorded.

mod kept;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{Arc, mpsc::Sender},
};

use chrono::{Days, NaiveDate};
use ratatui::{Terminal, backend::TestBackend};

use self::kept::{Head, Rows};
use crate::{
    app::{
        Model, Msg, Start,
        first_page::{FirstPage, FirstPageWanted, Span},
        msg::Opened,
    },
    domain::time::Now,
    runtime::{Event, look::Look, packs},
    ui::{self, theme::Rgb},
};

/// Pages are made for this day and so many after it: over a weekend.
const DAYS: u64 = 4;
/// The pages of all days are made while somebody leaves if there are no more students than this: it takes no time.
const FEW: usize = 200;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What pages depend on beside the records, and where they are shown.
pub struct Pages {
    start: Start,
    look: Look,
    /// Shows a page.
    events: Sender<Event>,
}

/// What pages were made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeFor {
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// What the terminal had said of its background.
    pub ground: Option<Rgb>,
    /// The last day.
    pub last: NaiveDate,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pages")
    }
}

impl Pages {
    /// For a program that starts like this, on a terminal that is drawn like this.
    #[must_use]
    pub fn new(start: Start, look: Look, events: Sender<Event>) -> Self {
        Self { start: Start { seed: [0; 32], ..start }, look, events }
    }

    /// Shows the page of this day, if it was kept and everything is as it was then; answers what the pages are for.
    #[must_use]
    pub fn show(&self, kept: &[u8], profile: &Path, today: NaiveDate) -> Option<MadeFor> {
        let (Head { print, size, ground, days }, mut pages) = kept::read(kept)?;
        if print != self.print(profile) {
            return None;
        }
        let last = days.iter().copied().max()?;
        let place = days.iter().position(|day| *day == today)?;
        let page = pages.nth(place)?;
        // Its colours come first: they are those of the page.
        if let Some(ground) = ground {
            self.events.send(Event::Recalled(ground)).ok();
        }
        let (width, height) = size;
        let page = FirstPage { width, height, rows: kept::rows(page)? };
        self.events.send(Event::App(Msg::FirstPage(Arc::new(page)))).ok();
        Some(MadeFor { size, ground, last })
    }

    /// Tells how many of a hundred records are loaded.
    pub fn tell(&self, percent: u8) {
        self.events.send(Event::App(Msg::Loaded(percent))).ok();
    }

    /// Makes the pages, and says what for; none when there is nothing that may be shown. Who leaves many
    /// students waits for the page of the day alone.
    #[must_use]
    pub fn make(&self, wanted: &FirstPageWanted, profile: &Path) -> Option<(Vec<u8>, MadeFor)> {
        let few = wanted.records.files().len() <= FEW;
        let span = if wanted.span == Span::Today && !few { 1 } else { DAYS };
        let pages = (0..span).filter_map(|later| {
            let local = wanted.now.local.checked_add_days(Days::new(later))?;
            let ahead = DAY_MS.checked_mul(later.try_into().ok()?)?;
            let now = Now { local, utc_ms: wanted.now.utc_ms.checked_add(ahead)? };
            Some((now.today(), self.picture(wanted, now)?))
        });
        let (days, pages): (Vec<_>, Vec<_>) = pages.unzip();
        let (size, ground) = ((wanted.width, wanted.height), wanted.ground);
        let last = days.iter().copied().max()?;
        let head = Head { print: self.print(profile), size, ground, days };
        Some((kept::write(&head, &pages)?, MadeFor { size, ground, last }))
    }

    /// The rows of the desk as it opens at this moment.
    fn picture(&self, wanted: &FirstPageWanted, now: Now) -> Option<Rows> {
        let mut model = Model::new(self.start.clone(), now);
        let opened = Opened {
            sealed: wanted.sealed,
            packs: Arc::clone(&wanted.packs),
            ..Opened::of(Arc::clone(&wanted.records))
        };
        model.update(Msg::Opened(Box::new(opened)), now);
        // What holds at this minute is not what holds at the start.
        model.toast = None;
        let theme = self.look.theme(wanted.ground);
        let mut terminal = Terminal::new(TestBackend::new(wanted.width, wanted.height)).ok()?;
        let mut screen = None;
        terminal.draw(|frame| screen = Some(ui::draw(&model, &theme, frame))).ok()?;
        let may_be_kept = model.popups.is_empty() && screen?.restricted.is_empty();
        may_be_kept.then(|| kept::runs(terminal.backend().buffer()))
    }

    /// Everything but the records and the background that a picture depends on, in one number. A collision would show
    /// a picture in the wrong colours for a moment, and nothing of anybody else.
    fn print(&self, profile: &Path) -> u64 {
        let Start { seed: _, keymap, lock_after, alerts, tips } = &self.start;
        let mut print = DefaultHasher::new();
        (env!("CARGO_PKG_VERSION"), keymap, lock_after, alerts, tips).hash(&mut print);
        (&self.look, packs::stamp(profile)).hash(&mut print);
        print.finish()
    }
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

    use crate::runtime::settings::Settings;

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
            ground: None,
            span: Span::Days,
        }
    }

    fn pages(start: Start, look: Look) -> (Pages, Receiver<Event>) {
        let (events, inbox) = mpsc::channel();
        (Pages::new(start, look, events), inbox)
    }

    /// The page that this program shows of what was kept.
    fn shown(kept: &[u8], start: Start, look: Look, later: u64) -> Option<Arc<FirstPage>> {
        let (pages, inbox) = pages(start, look);
        let day = now_at(0).today() + Days::new(later);
        let _made_for = pages.show(kept, Path::new("/nowhere"), day);
        match inbox.try_recv() {
            Ok(Event::App(Msg::FirstPage(page))) => Some(page),
            _ => None,
        }
    }

    fn kept(records: &Arc<Records>) -> Vec<u8> {
        let (pages, _inbox) = pages(Start::default(), Look::plain());
        pages.make(&wanted(records), Path::new("/nowhere")).unwrap().0
    }

    #[test]
    fn the_page_is_the_picture_that_opening_draws_but_for_the_last_row() {
        let records = demo();
        let page = shown(&kept(&records), Start::default(), Look::plain(), 0).unwrap();
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
        let day = |later| shown(&kept, Start::default(), Look::plain(), later);
        assert!(day(0).is_some() && day(3).is_some());
        assert_ne!(day(0), day(1), "what counts days differs");
        assert!(day(4).is_none());
    }

    #[test]
    fn who_leaves_many_students_waits_for_the_page_of_the_day_alone() {
        let last = |records: Arc<Records>| {
            let (pages, _inbox) = pages(Start::default(), Look::plain());
            let wanted = FirstPageWanted { span: Span::Today, ..wanted(&records) };
            pages.make(&wanted, Path::new("/nowhere")).unwrap().1.last
        };
        let today = now_at(0).today();
        assert_eq!(last(demo()), today + Days::new(3), "a weekend may come");
        assert_eq!(last(Arc::new(crate::fixture::many(FEW + 1))), today);
    }

    #[test]
    fn other_colours_other_keys_or_other_rules_make_it_worthless() {
        let kept = kept(&demo());
        let ascii = Look::new(&Settings::default(), true);
        assert!(shown(&kept, Start::default(), ascii, 0).is_none());
        let mut alerts = crate::domain::alert::AlertSettings::default();
        alerts.reply_days += 1;
        let other = Start { alerts, ..Start::default() };
        assert!(shown(&kept, other, Look::plain(), 0).is_none());
        let profile = tempfile::tempdir().unwrap();
        std::fs::create_dir(profile.path().join("letters")).unwrap();
        std::fs::write(profile.path().join("letters/summary.txt"), "Subject: S\n").unwrap();
        let (pages, _inbox) = pages(Start::default(), Look::plain());
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
        let (pages, _inbox) = pages(Start::default(), Look::plain());
        assert!(pages.make(&wanted(&Arc::new(records)), Path::new("/nowhere")).is_none());
    }
}
