//! The first page of the next start, kept whenever the profile has changed and there is time.

use std::path::Path;

use chrono::NaiveDate;

use super::Keeper;
use crate::{
    app::first_page::FirstPageWanted,
    runtime::{faults, first_page::Pages},
};

/// What the keeper knows of the first page.
#[derive(Debug, Default)]
pub(super) struct FirstPages {
    pages: Option<Pages>,
    /// The screen that the page on the disk was made for; none if that is not known, or it has no page for tomorrow.
    made_for: Option<(u16, u16)>,
    /// The program was asked for one since the last change.
    pub asked: bool,
}

impl FirstPages {
    /// Shows what was kept.
    pub(super) fn show(&mut self, kept: &[u8], profile: &Path, today: NaiveDate) {
        self.made_for = self.pages.as_ref().and_then(|pages| pages.show(kept, profile, today));
        faults::wait_in("opening");
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
        let lasts = store.has_page() && pages.made_for.is_some();
        pages.pages.is_some() && !pages.asked && !lasts && !store.is_dead() && !store.is_locked()
    }

    /// Makes the first page and keeps it. That it cannot be kept makes the next start slower, and nothing else.
    pub fn keep_first_page(&mut self, wanted: &FirstPageWanted) {
        let Some(open) = &mut self.open else { return };
        let size = Some((wanted.width, wanted.height));
        if open.store.has_page() && self.pages.made_for == size {
            return;
        }
        let Some(pages) = &self.pages.pages else { return };
        if let Some(page) = pages.make(wanted, &self.folder) {
            self.pages.made_for = size.filter(|_| open.store.keep_page(&page).is_ok());
        }
    }
}
