//! The deadlines that the model has asked for. Nothing here wakes the program before one of them is due.

use std::time::{Duration, Instant};

use crate::app::Timer;

/// Armed timers; each name at most once.
#[derive(Debug, Default)]
pub struct Timers(Vec<(Timer, Instant)>);

impl Timers {
    /// Due after this time from now; arming again starts again.
    pub fn arm(&mut self, timer: Timer, after: Duration, now: Instant) {
        self.disarm(timer);
        // So far away that the clock cannot tell is never.
        self.0.extend(now.checked_add(after).map(|due| (timer, due)));
    }

    /// Forgets the timer.
    pub fn disarm(&mut self, timer: Timer) {
        self.0.retain(|(armed, _)| *armed != timer);
    }

    /// How long until the first is due; none when nothing is armed.
    #[must_use]
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        self.0.iter().map(|(_, due)| due.saturating_duration_since(now)).min()
    }

    /// Takes the first that is due.
    pub fn due(&mut self, now: Instant) -> Option<Timer> {
        let (at, (timer, _)) = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, (_, due))| *due <= now)
            .min_by_key(|(_, t)| t.1)?;
        let timer = *timer;
        self.0.remove(at);
        Some(timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_come_in_order_and_once() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut timers = Timers::default();
        assert_eq!(timers.wait(start), None);
        timers.arm(Timer::Idle, 3 * second, start);
        timers.arm(Timer::Toast, 2 * second, start);
        timers.arm(Timer::Draft, 9 * second, start);
        timers.arm(Timer::Draft, second, start);
        assert_eq!(timers.wait(start), Some(second));
        assert_eq!(timers.due(start), None);
        timers.disarm(Timer::Toast);
        let later = start + 5 * second;
        assert_eq!(
            [timers.due(later), timers.due(later), timers.due(later)],
            [Some(Timer::Draft), Some(Timer::Idle), None]
        );
        assert_eq!(timers.wait(later), None);
    }
}
