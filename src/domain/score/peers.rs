//! The peers of a week: medians of a group, the student included, in whole numbers.

use std::fmt;

use super::Evidence;

/// The median of some counts, kept doubled, so that the middle of two is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Median {
    /// The median times `over`.
    value: u32,
    over: u32,
}

impl Median {
    /// The median of counts; it puts them in order.
    #[must_use]
    pub fn of(counts: &mut [u16]) -> Option<Self> {
        counts.sort_unstable();
        let half = counts.len() / 2;
        let upper = u32::from(*counts.get(half)?);
        let lower = if counts.len().is_multiple_of(2) { half.checked_sub(1)? } else { half };
        Some(Self { value: upper + u32::from(*counts.get(lower)?), over: 2 })
    }

    /// Twice the median, which is always whole.
    #[must_use]
    pub const fn halves(self) -> u32 {
        2 * self.value / self.over
    }

    /// The median that is half of this; none where it is too large for one of counts.
    #[must_use]
    pub fn of_halves(halves: u32) -> Option<Self> {
        (halves <= 2 * u32::from(u16::MAX)).then_some(Self { value: halves, over: 2 })
    }

    /// Whether it is below a count.
    #[must_use]
    pub fn is_below(self, count: u8) -> bool {
        self.value < u32::from(count) * self.over
    }

    /// Whether it is above a count.
    #[must_use]
    pub fn is_above(self, count: u16) -> bool {
        self.value > u32::from(count) * self.over
    }

    /// Whether a count is at most so many percent of it.
    #[must_use]
    pub fn holds(self, count: u16, percent: u16) -> bool {
        let (count, value) = (u64::from(count) * u64::from(self.over), u64::from(self.value));
        100 * count <= u64::from(percent) * value
    }

    /// Whether a count is at least so many percent of it.
    #[must_use]
    pub fn is_reached(self, count: u16, percent: u16) -> bool {
        let (count, value) = (u64::from(count) * u64::from(self.over), u64::from(self.value));
        100 * count >= u64::from(percent) * value
    }

    /// The same, or one in so many weeks if that is more: after `weeks` weeks.
    #[must_use]
    pub(super) fn at_least_one_in(self, weeks: u8, one_in: u8) -> Self {
        let one_in = u32::from(one_in.max(1));
        let (mine, least) = (self.value * one_in, u32::from(weeks) * self.over);
        Self { value: mine.max(least), over: self.over * one_in }
    }
}

impl fmt::Display for Median {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.value / self.over.max(1);
        match self.value % self.over.max(1) {
            0 => write!(f, "{whole}"),
            _ => write!(f, "{whole} or {}", whole + 1),
        }
    }
}

/// What a group did, for comparison with one of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peers {
    /// How many they are.
    pub count: u16,
    /// Median of active days among the last 14.
    pub recent: Option<Median>,
    /// Median of active days among the last 28.
    pub month: Option<Median>,
    /// Median of active days since the start.
    pub since_start: Option<Median>,
    /// Median of the mean marks, in hundredths.
    pub mean: Option<Median>,
    /// How many have a mark.
    pub(super) marked: u16,
}

impl Peers {
    /// The medians of a group in one week.
    #[must_use]
    pub fn of<'a>(group: impl Iterator<Item = &'a Evidence> + Clone) -> Self {
        let online = || group.clone().filter_map(|evidence| evidence.online);
        let mut counts: Vec<u16> = online().map(|online| online.recent).collect();
        let recent = Median::of(&mut counts);
        counts.clear();
        counts.extend(online().map(|online| online.month));
        let month = Median::of(&mut counts);
        counts.clear();
        counts.extend(online().map(|online| online.since_start));
        let since_start = Median::of(&mut counts);
        counts.clear();
        let means = group.clone().filter_map(|evidence| evidence.mean);
        counts.extend(means.map(|mean| mean.mark().as_hundredths()));
        let mean = Median::of(&mut counts);
        let number = |count| u16::try_from(count).unwrap_or(u16::MAX);
        let (count, marked) = (number(group.count()), number(counts.len()));
        Self { count, recent, month, since_start, mean, marked }
    }

    /// The nearest circle that is large enough: the tutor's students in the module, of the programme, all of the
    /// tutor, the school. If none is, the widest.
    #[must_use]
    pub fn nearest(circles: impl IntoIterator<Item = Self>, at_least: u8) -> Self {
        let mut widest = Self::default();
        for circle in circles {
            if circle.count >= u16::from(at_least) {
                return circle;
            }
            widest = circle;
        }
        widest
    }
}
