//! The snapshot of the day, made a slice at a time while nobody asks for anything.

use std::time::Duration;

use super::{Keeper, sentence};
use crate::app::msg::Msg;

/// After so long without anything to do the snapshot of the day is begun.
const QUIET: Duration = Duration::from_secs(2);

impl Keeper {
    /// How long nothing has to be asked for until there is something to do; none if there is nothing.
    #[must_use]
    pub fn leisure(&self) -> Option<Duration> {
        if self.wants_page() {
            return Some(QUIET);
        }
        let store = self.open.as_ref().map(|open| &open.store).filter(|_| self.demo.is_none())?;
        if store.is_snapshot_begun() {
            return Some(Duration::ZERO);
        }
        store.is_snapshot_due(self.clock.now().utc_ms).then_some(QUIET)
    }

    /// Asks for the first page, or does a slice of the snapshot, which says nothing unless it fails.
    pub fn use_leisure(&mut self) -> Option<Msg> {
        if self.wants_page() {
            self.pages.asked = true;
            return Some(Msg::FirstPageWanted);
        }
        let utc_ms = self.clock.now().utc_ms;
        let error = self.open.as_mut()?.store.work_on_snapshot(utc_ms).err()?;
        Some(Msg::Told(format!("No snapshot was made today. {}", sentence(&error))))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::created, *};

    #[test]
    fn the_snapshot_of_the_day_is_made_when_nothing_else_is_to_do_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, ..) = created(folder.path(), None);
        assert_eq!(keeper.leisure(), Some(QUIET));
        while keeper.leisure().is_some() {
            assert!(keeper.use_leisure().is_none());
        }
        let kept = std::fs::read_dir(folder.path().join("profile/snapshots")).unwrap();
        assert_eq!(kept.count(), 1);
    }

    #[test]
    fn a_snapshot_that_fails_is_told_once_and_harms_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, ..) = created(folder.path(), None);
        std::fs::write(folder.path().join("profile/snapshots"), "in the way").unwrap();
        let Some(Msg::Told(told)) = keeper.use_leisure() else { panic!("nothing was told") };
        assert!(told.starts_with("No snapshot was made today."), "{told}");
        assert_eq!(keeper.leisure(), None);
        assert!(matches!(keeper.undo(), Msg::Told(_)));
    }
}
