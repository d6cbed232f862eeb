//! What is known of one student at the end of a week, boiled down to the figures that a card uses.

use crate::domain::signal::{Activity, Mark, Piece, Signals, WeekEnd, Work};

/// How many days "the last two weeks" have.
pub const RECENT_DAYS: i16 = 14;
/// How many days "the last four weeks" have.
pub const MONTH_DAYS: i16 = 28;

/// The evidence of one student in one week; none where no source knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The week.
    pub week: WeekEnd,
    /// Online activity.
    pub online: Option<Online>,
    /// Pieces of work that were due so far.
    pub due: u8,
    /// Pieces overdue and not handed in.
    pub overdue: u8,
    /// Pieces handed in late.
    pub late: u8,
    /// Pieces whose last day is over, as far as the source knows.
    pub closed: u8,
    /// Those of them that were handed in late or not at all.
    pub deadlines_missed: u8,
    /// Those of them that were handed in on the day they were due, later or not at all.
    pub last_minute: u8,
    /// Whether a source of marks has been imported.
    pub marks_known: bool,
    /// The mean of the marks that are back.
    pub mean: Option<Mean>,
    /// Takes the module again.
    pub repeating: bool,
    /// Sessions of the last weeks, expected and attended.
    pub sessions: Option<(u16, u16)>,
    /// Compulsory tutorials missed in a row.
    pub tutorials_missed: u8,
}

/// Online activity at the end of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Online {
    /// Days since the last active one; none if there never was one.
    pub idle: Option<u16>,
    /// Active days among the last 14.
    pub recent: u16,
    /// Active days among the last 28.
    pub month: u16,
    /// Active days since the start.
    pub since_start: u16,
}

/// A weighted mean of marks, as exact as the marks themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mean {
    /// The sum of hundredths times weight.
    sum: u64,
    /// The sum of weights; never 0.
    weight: u64,
}

impl Mean {
    /// Whether it is below so many percent.
    #[must_use]
    pub fn is_below(self, percent: u16) -> bool {
        self.sum < u64::from(percent) * 100 * self.weight
    }

    /// Whether it is so many percent or less.
    #[must_use]
    pub fn is_up_to(self, percent: u16) -> bool {
        self.sum <= u64::from(percent) * 100 * self.weight
    }

    /// The mean as a mark, rounded down so that it never reads better than it counts.
    #[must_use]
    pub fn mark(self) -> Mark {
        let hundredths = u16::try_from(self.sum / self.weight.max(1)).unwrap_or(u16::MAX);
        Mark::hundredths(hundredths).unwrap_or(Mark::FULL)
    }
}

impl Evidence {
    /// What signals say at the end of a week, in a module that asks for these pieces. Sessions of so many of the last
    /// weeks count.
    #[must_use]
    pub fn new(signals: &Signals, pieces: &[Piece], week: WeekEnd, session_weeks: u8) -> Self {
        let attendance = signals.attendance.as_ref();
        let mut evidence = Self {
            week,
            online: signals.activity.as_ref().and_then(|activity| Online::new(activity, week)),
            due: 0,
            overdue: 0,
            late: 0,
            closed: 0,
            deadlines_missed: 0,
            last_minute: 0,
            marks_known: signals.work.as_ref().is_some_and(|work| work.marks_until() >= week.day()),
            mean: None,
            repeating: signals.repeating,
            sessions: attendance.and_then(|known| known.last_weeks(week, session_weeks)),
            tutorials_missed: attendance.map_or(0, |known| known.missed_in_a_row(week)),
        };
        if let Some(work) = &signals.work {
            evidence.read(work, pieces);
        }
        evidence
    }

    fn read(&mut self, work: &Work, pieces: &[Piece]) {
        let end = self.week.day();
        let weightless = pieces.iter().all(|piece| piece.weight == 0);
        let (mut sum, mut weights) = (0_u64, 0_u64);
        let mut entries = work.entries().iter().peekable();
        for (number, piece) in pieces.iter().enumerate() {
            while entries.next_if(|entry| usize::from(entry.piece) < number).is_some() {}
            let entry = entries.next_if(|entry| usize::from(entry.piece) == number);
            let extended = entry.and_then(|entry| entry.extended);
            let closes = piece.closes.extended(extended);
            let handed = entry.and_then(|entry| entry.handed).filter(|day| *day < end);
            count(&mut self.due, piece.due < end);
            let checked = entry.and_then(|entry| entry.checked).max(Some(work.handed_until()));
            let known = checked.map_or(end, |checked| checked.min(end));
            count(&mut self.overdue, handed.is_none() && closes < known);
            count(&mut self.late, handed.is_some_and(|day| day > closes));
            let due = piece.due.extended(extended);
            let over = closes < known;
            count(&mut self.closed, over);
            count(&mut self.deadlines_missed, over && handed.is_none_or(|day| day > closes));
            count(&mut self.last_minute, over && handed.is_none_or(|day| day >= due));
            if let Some(marked) = entry.and_then(|entry| entry.mark).filter(|it| it.seen < end) {
                let weight = if weightless { 1 } else { u64::from(piece.weight) };
                sum += weight * u64::from(marked.mark.as_hundredths());
                weights += weight;
            }
        }
        self.mean = (weights > 0).then_some(Mean { sum, weight: weights });
    }
}

/// Counts one more where it holds; what does not fit any more is as good as all.
const fn count(counter: &mut u8, holds: bool) {
    if holds {
        *counter = counter.saturating_add(1);
    }
}

impl Online {
    fn new(activity: &Activity, week: WeekEnd) -> Option<Self> {
        let end = week.day();
        let days = |from| activity.days(from, end);
        let last = activity.last(end);
        activity.covers(end).then(|| Self {
            idle: last.map(|last| u16::try_from(end.0 - 1 - last.0).unwrap_or(0)),
            recent: days(end.plus(-RECENT_DAYS)),
            month: days(end.plus(-MONTH_DAYS)),
            since_start: days(WeekEnd(0).day()),
        })
    }
}
