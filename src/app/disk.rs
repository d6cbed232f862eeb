//! Room on the disk: asked for after a key, once a minute at most and never while nobody works, so that an idle program
//! sleeps on.

use super::model::Model;
use super::msg::{Access, Effect, Msg};
use super::status::Toast;

/// So long an answer counts, in milliseconds: when there is room, and when there is hardly any.
const MINUTE: i64 = 60_000;
const SOON: i64 = 10_000;

/// What is known of the disk that the profile lies on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk {
    /// When it was asked for last, in milliseconds since 1970 in UTC; opening a profile asks as well.
    asked_ms: i64,
    /// How many MiB are free, where that is too little.
    short: Option<u64>,
}

impl Disk {
    /// The disk of a profile that is being opened at this moment.
    #[must_use]
    pub const fn asked_at(utc_ms: i64) -> Self {
        Self { asked_ms: utc_ms, short: None }
    }

    /// What the status line says of it all the time.
    #[must_use]
    pub fn standing(self) -> Option<String> {
        self.short.map(|free| format!("disk nearly full: {free} MiB free"))
    }
}

impl Model {
    /// Asks for the room on the disk if a key came and the last answer is old.
    pub(super) fn check_disk(&mut self, was_key: bool) -> Option<Effect> {
        let age = self.now.utc_ms.saturating_sub(self.disk.asked_ms);
        let counts = if self.disk.short.is_some() { SOON } else { MINUTE };
        let writes = !self.locked && self.access == Access::Write;
        // A clock that was set back makes no answer young for ever.
        let due = was_key && writes && !(0..counts).contains(&age);
        due.then(|| {
            self.disk.asked_ms = self.now.utc_ms;
            Effect::CheckDisk
        })
    }

    /// Remembers how little room there is; says what to do when that is new.
    pub(super) fn disk_checked(&mut self, short: Option<u64>) -> Vec<Effect> {
        let was_short = self.disk.short.is_some();
        self.disk.short = short;
        match short {
            Some(free) if !was_short => self.tell(Toast::said(format!(
                "The disk is nearly full: {free} MiB are free. Make room on it, or soon nothing can be saved, and the \
                 profile does not open again."
            ))),
            None if was_short => self.tell(Toast::said("There is room on the disk again.")),
            Some(_) | None => Vec::new(),
        }
    }
}

/// Whether somebody did something.
pub(super) const fn is_key(msg: &Msg) -> bool {
    matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Typed(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{testing::Desk, typed::Typed};
    use crate::fixture::desk;

    fn checks(desk: &Desk) -> usize {
        desk.effects.iter().filter(|effect| **effect == Effect::CheckDisk).count()
    }

    fn after(mut desk: Desk, seconds: i64, key: &str) -> Desk {
        desk.ms += seconds * 1000;
        desk.keys(key)
    }

    #[test]
    fn the_disk_is_asked_for_once_a_minute_and_only_after_a_key() {
        let desk = after(Desk::with(desk()), 30, "jj");
        assert_eq!(checks(&desk), 0, "opening has just asked");
        let desk = after(desk, 31, "jk");
        assert_eq!(checks(&desk), 1);
        let desk = after(desk, 59, "j");
        assert_eq!(checks(&desk), 1);
        let mut desk = after(desk, 2, "k");
        assert_eq!(checks(&desk), 2);
        desk.ms += 600_000;
        desk.send(Msg::Resized);
        assert_eq!(checks(&desk), 2, "nobody pressed a key");
        assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Arm(..))), "no timer");
    }

    #[test]
    fn little_room_is_told_all_the_time_and_asked_for_sooner() {
        let mut desk = after(Desk::with(desk()), 61, "j").after(Msg::DiskChecked(Some(48)));
        assert_eq!(desk.model.standing().unwrap(), "disk nearly full: 48 MiB free");
        assert!(desk.model.toast.as_ref().unwrap().text.contains("Make room"));
        assert!(desk.frame(80, 24).contains("disk nearly full: 48 MiB free"));
        let desk = after(desk, 11, "j");
        assert_eq!(checks(&desk), 2);
        let mut desk = desk.after(Msg::DiskChecked(Some(40)));
        desk.model.sealed = false;
        assert_eq!(desk.model.standing().unwrap(), "disk nearly full: 40 MiB free · no passphrase");
        desk.model.sealed = true;
        let desk = desk.after(Msg::DiskChecked(None));
        assert_eq!(desk.model.standing(), None);
        assert!(desk.model.toast.unwrap().text.contains("room on the disk again"));
    }

    #[test]
    fn who_cannot_write_or_sees_a_lock_is_not_told_of_the_disk() {
        let mut locked = Desk::with(desk());
        locked.model.locked = true;
        assert_eq!(checks(&after(locked, 61, "j")), 0);
        let mut looks = Desk::with(desk());
        looks.model.access = Access::Newer;
        assert_eq!(checks(&after(looks, 61, "j")), 0);
    }

    #[test]
    fn a_session_of_lines_asks_as_well() {
        let mut desk = Desk::with(desk());
        desk.ms += 61_000;
        desk.send(Msg::Typed(Typed::Mark(std::collections::BTreeSet::new())));
        assert_eq!(checks(&desk), 1);
    }
}
