//! Time that passes: locking after a while without a key, and the day that turns at midnight.

use std::time::Duration;

use chrono::{Days, NaiveTime};

use super::model::Model;
use super::msg::{Effect, Timer};

/// How long nobody presses a key before the program locks; zero = it never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LockAfter(pub Duration);

impl Default for LockAfter {
    fn default() -> Self {
        Self(Duration::from_mins(10))
    }
}

impl Model {
    /// Arms the timers that an open profile needs.
    pub(super) fn arm(&self) -> Vec<Effect> {
        let mut effects = vec![self.arm_midnight()];
        if self.sealed && !self.lock_after.0.is_zero() {
            effects.push(Effect::Arm(Timer::Idle, self.lock_after.0));
        }
        effects
    }

    /// The idle timer is due: locks, or waits for the rest if a key came since.
    pub(super) fn idle(&mut self) -> Vec<Effect> {
        let quiet = self.now.utc_ms.saturating_sub(self.touched_ms);
        let quiet = Duration::from_millis(u64::try_from(quiet).unwrap_or(0));
        match self.lock_after.0.checked_sub(quiet) {
            Some(rest) if !rest.is_zero() => vec![Effect::Arm(Timer::Idle, rest)],
            Some(_) | None => self.lock(),
        }
    }

    /// One wake-up a day: the date in the head line and all that counts days.
    pub(super) fn arm_midnight(&self) -> Effect {
        let tomorrow = self.now.today().checked_add_days(Days::new(1));
        let wait = tomorrow.map(|day| day.and_time(NaiveTime::MIN) - self.now.local);
        let wait = wait.and_then(|wait| wait.to_std().ok()).unwrap_or(Duration::from_hours(1));
        Effect::Arm(Timer::Clock, wait + Duration::from_secs(1))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::msg::Opened;
    use crate::app::testing::{Desk, now_at};
    use crate::app::{Msg, Place};

    const MINUTE: i64 = 60_000;

    fn open(sealed: bool) -> Desk {
        let records = Arc::default();
        let opened = Opened { sealed, ..Opened::of(records) };
        Desk::new().after(Msg::Opened(Box::new(opened)))
    }

    fn due(desk: &mut Desk, timer: Timer, minutes: i64) {
        desk.ms = minutes * MINUTE;
        desk.send(Msg::Due(timer));
    }

    #[test]
    fn a_sealed_profile_locks_ten_minutes_after_the_last_key() {
        let mut desk = open(true);
        assert!(desk.effects.contains(&Effect::Arm(Timer::Idle, Duration::from_mins(10))));
        desk.ms = 4 * MINUTE;
        let mut desk = desk.keys("g");
        desk.effects.clear();
        due(&mut desk, Timer::Idle, 10);
        assert!(
            matches!(desk.effects[..], [Effect::Arm(Timer::Idle, rest)] if rest < Duration::from_secs(241))
        );
        assert!(!desk.model.locked);
        due(&mut desk, Timer::Idle, 15);
        assert_eq!(desk.effects.last(), Some(&Effect::Lock));
        assert_eq!(desk.model.place(), Place::Field);
    }

    #[test]
    fn a_profile_without_a_passphrase_is_not_locked_by_time() {
        assert!(
            open(false).effects.iter().all(|effect| !matches!(effect, Effect::Arm(Timer::Idle, _)))
        );
    }

    #[test]
    fn the_day_turns_once_a_day() {
        let mut desk = open(false);
        desk.effects.clear();
        due(&mut desk, Timer::Clock, 10 * 60);
        assert_eq!(desk.model.now, now_at(desk.ms));
        let next = Duration::from_mins(24 * 60 - 2);
        assert!(
            matches!(desk.effects[..], [Effect::Arm(Timer::Clock, wait)] if wait <= next + Duration::from_secs(2))
        );
    }
}
