//! The first page of the next start, kept whenever the profile has changed and there is time.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use chrono::NaiveDate;

use super::Keeper;
use crate::{
    app::{
        Msg,
        first_page::{FirstPageWanted, Span},
    },
    runtime::{
        faults,
        first_page::{MadeFor, Pages},
    },
    store::Sight,
};

/// So often it is told how far the records are loaded.
const EVERY: Duration = Duration::from_millis(250);

/// What the keeper knows of the first page.
#[derive(Debug, Default)]
pub(super) struct FirstPages {
    pages: Option<Pages>,
    /// What the page on the disk was made for; none if that is not known.
    made_for: Option<MadeFor>,
    /// Which entry of the journal the program was told of last.
    written: Option<u64>,
    /// When it was told last how far the records are.
    told: Option<Instant>,
    /// The program was asked for one since the last change.
    pub asked: bool,
}

impl FirstPages {
    /// Shows what was kept, and how far the records are.
    pub(super) fn show(&mut self, seen: Sight<'_>, profile: &Path, today: NaiveDate) {
        let Some(pages) = &self.pages else { return };
        match seen {
            Sight::Page(kept) => {
                self.made_for = pages.show(kept, profile, today);
                faults::wait_in("opening");
            }
            Sight::Loaded(percent) => {
                let told = *self.told.get_or_insert_with(Instant::now);
                if told.elapsed() >= EVERY {
                    self.told = Some(Instant::now());
                    pages.tell(percent);
                }
            }
        }
    }
}

impl Keeper {
    /// The same, with a screen that shows the first page.
    #[must_use]
    pub fn with_pages(mut self, pages: Pages) -> Self {
        self.pages.pages = Some(pages).filter(|_| self.demo.is_none());
        self
    }

    /// Whether the program is to be asked for what the first page is made of.
    pub(super) fn wants_page(&self) -> bool {
        let pages = &self.pages;
        let Some(store) = self.open.as_ref().map(|open| &open.store) else { return false };
        let today = self.clock.now().today();
        let lasts = store.has_page() && pages.made_for.is_some_and(|held| held.last > today);
        pages.pages.is_some() && !pages.asked && !lasts && !store.is_dead() && !store.is_locked()
    }

    /// Makes the first page and keeps it, unless something was written that the program does not know yet. That it
    /// cannot be kept makes the next start slower, and nothing else.
    pub fn keep_first_page(&mut self, wanted: &FirstPageWanted) {
        let Some(open) = &mut self.open else { return };
        if wanted.written != open.store.sequence() {
            return;
        }
        let (screen, today) = ((wanted.width, wanted.height), wanted.now.today());
        let held = self.pages.made_for.filter(|_| open.store.has_page());
        let lasts = |held: MadeFor| held.last > today || wanted.span == Span::Today;
        let suits = |held: MadeFor| (held.size, held.ground) == (screen, wanted.ground);
        if held.is_some_and(|held| lasts(held) && suits(held) && held.last >= today) {
            return;
        }
        let Some(pages) = &self.pages.pages else { return };
        if let Some((page, made_for)) = pages.make(wanted, &self.folder) {
            let kept = open.store.keep_page(&page).is_ok();
            self.pages.made_for = kept.then_some(made_for);
        }
    }

    /// Says which entry of the journal the answers that the program has got lead to, if that is new.
    pub fn written(&mut self) -> Option<Msg> {
        let pages = &mut self.pages;
        let now = Some(self.open.as_ref().filter(|_| pages.pages.is_some())?.store.sequence());
        if std::mem::replace(&mut pages.written, now) == now {
            return None;
        }
        now.map(Msg::Written)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::{
        super::tests::{added, created},
        *,
    };
    use crate::{app::Start, runtime::look::Look};

    #[test]
    fn a_page_of_records_that_are_older_than_the_journal_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (keeper, opened, mut desk) = created(folder.path(), None);
        let (events, _inbox) = mpsc::channel();
        let mut keeper = keeper.with_pages(Pages::new(Start::default(), Look::plain(), events));
        let Some(Msg::Written(written)) = keeper.written() else { panic!("it is told") };
        assert!(keeper.written().is_none(), "once");
        let change = added(&mut desk);
        assert!(matches!(keeper.commit(change), Msg::Committed(_)));
        let now = keeper.clock.now();
        let mut wanted = FirstPageWanted {
            width: 80,
            height: 24,
            records: Arc::new(desk.records.clone()),
            packs: Arc::clone(&opened.packs),
            sealed: false,
            now,
            written,
            ground: None,
            span: Span::Days,
        };
        let page = folder.path().join("profile/page");
        keeper.keep_first_page(&wanted);
        assert!(!page.exists(), "the program did not know yet what was written");
        let Some(Msg::Written(written)) = keeper.written() else { panic!("it is told") };
        wanted.written = written;
        keeper.keep_first_page(&wanted);
        assert!(page.exists());
        assert!(!keeper.wants_page());
        // As if the program had been left open until the days of the page are over.
        keeper.pages.made_for = keeper.pages.made_for.map(|it| MadeFor { last: now.today(), ..it });
        assert!(keeper.wants_page());
    }
}
