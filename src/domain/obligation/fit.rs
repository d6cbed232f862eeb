//! Which meeting fills which slot, where nobody has chosen by hand.
//!
//! First, meetings within a window: as many slots as can be, those whose window ends first before others.
//! Then what is left over fills what is left open: up to [`BEFORE`] days before a window and [`AFTER`] days
//! after it, the latest slot first, since a late meeting rather belongs to what was asked last. A meeting with
//! the very focus of the slot may be [`AFTER`] days early as well. A meeting fills one slot at most.
//!
//! One more meeting never opens a slot: in each step the slots that are filled, and the meetings that are
//! used, are the first ones in an order of their own that can be matched at all (each is the greedy basis of a
//! transversal matroid, and the two can be matched with each other).

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::calendar::Span;

/// A meeting so many days before a window may fill its slot.
pub(super) const BEFORE: i64 = 7;

/// A meeting so many days after a window may still fill its slot.
pub(super) const AFTER: i64 = 42;

/// Whether a meeting may fill a slot, its day apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suits {
    /// It may not.
    No,
    /// It may.
    Yes,
    /// It has the very focus of the slot.
    ByName,
}

/// For each slot the meeting that fills it, by their places. `suits` says whether a meeting may fill a
/// slot whatever its day. Meetings come by day.
pub(super) fn fit(
    windows: &[Span],
    meetings: &[NaiveDate],
    suits: impl Fn(usize, usize) -> Suits,
) -> Vec<Option<usize>> {
    let mut filled = vec![None; windows.len()];
    if windows.is_empty() || meetings.is_empty() {
        return filled;
    }
    let days = |slot: usize, meeting: usize| {
        let (window, on) = windows.get(slot).zip(meetings.get(meeting))?;
        let before = match suits(slot, meeting) {
            Suits::No => return None,
            Suits::Yes => BEFORE,
            Suits::ByName => AFTER,
        };
        let near =
            (window.from - *on).num_days() <= before && (*on - window.to).num_days() <= AFTER;
        near.then(|| window.distance(*on))
    };
    let window = |slot: &usize| windows.get(*slot).map(|it| (it.to, Reverse(it.from), *slot));
    let mut slots: Vec<usize> = (0..windows.len()).collect();
    slots.sort_by_key(window);
    let all: Vec<usize> = (0..meetings.len()).collect();
    let inside = matched((&slots, &slots), &all, &|slot, meeting| days(slot, meeting) == Some(0));
    let rest: Vec<usize> =
        all.into_iter().filter(|it| !inside.iter().any(|(_, used)| used == it)).collect();
    slots.retain(|it| !inside.iter().any(|(slot, _)| slot == it));
    let latest_first: Vec<usize> = slots.iter().rev().copied().collect();
    let mut outside =
        matched((&latest_first, &slots), &rest, &|slot, meeting| days(slot, meeting).is_some());
    untangle(&mut outside, &days);
    for (slot, meeting) in inside.into_iter().chain(outside) {
        if let Some(place) = filled.get_mut(slot) {
            *place = Some(meeting);
        }
    }
    filled
}

/// Pairs of slots and meetings: the first slots that can be filled with the first meetings that can be
/// used, and earlier slots with earlier meetings where there is a choice. Slots come twice: in the order
/// in which they are to be filled, and by day.
fn matched(
    (slots, by_day): (&[usize], &[usize]),
    meetings: &[usize],
    may: &impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let slots = cover(slots, meetings, may);
    if slots.is_empty() {
        return Vec::new();
    }
    let used =
        cover(meetings, &slots.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), &|m, s| {
            may(s, m)
        });
    let used: Vec<usize> = meetings
        .iter()
        .copied()
        .filter(|meeting| used.iter().any(|(other, _)| other == meeting))
        .collect();
    let filled: Vec<usize> = by_day
        .iter()
        .copied()
        .filter(|slot| slots.iter().any(|(other, _)| other == slot))
        .collect();
    cover(&filled, &used, may)
}

/// Matches as many of the left as can be, the first ones before others, by augmenting paths. Returns them
/// in their order.
fn cover(
    left: &[usize],
    right: &[usize],
    may: &impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut held: Vec<Option<usize>> = vec![None; right.len()];
    for one in left {
        let mut tried = vec![false; right.len()];
        augment(*one, right, may, (&mut held, &mut tried));
    }
    let partner = |one: &usize| {
        let place = held.iter().position(|it| *it == Some(*one))?;
        Some((*one, *right.get(place)?))
    };
    left.iter().filter_map(partner).collect()
}

/// Finds a partner: a free one first, else one whose holder finds another.
fn augment(
    one: usize,
    right: &[usize],
    may: &impl Fn(usize, usize) -> bool,
    (held, tried): (&mut [Option<usize>], &mut [bool]),
) -> bool {
    for free_only in [true, false] {
        for (place, other) in right.iter().enumerate() {
            let holder = held.get(place).copied().flatten();
            let passed = tried.get(place).copied().unwrap_or(true);
            if passed || (free_only && holder.is_some()) || !may(one, *other) {
                continue;
            }
            tried.iter_mut().skip(place).take(1).for_each(|it| *it = true);
            if holder.is_none_or(|holder| augment(holder, right, may, (held, tried))) {
                held.iter_mut().skip(place).take(1).for_each(|it| *it = Some(one));
                return true;
            }
        }
    }
    false
}

/// Exchanges meetings between two slots as long as that brings them nearer to their windows.
fn untangle(pairs: &mut [(usize, usize)], days: &impl Fn(usize, usize) -> Option<i64>) {
    for _ in 0..pairs.len() {
        let mut changed = false;
        for one in 0..pairs.len() {
            let (head, tail) = pairs.split_at_mut(one);
            let Some((here, _)) = tail.split_first_mut() else { continue };
            for there in head {
                let now = days(here.0, here.1).zip(days(there.0, there.1)).map(|(a, b)| a + b);
                let then = days(here.0, there.1).zip(days(there.0, here.1)).map(|(a, b)| a + b);
                if then.is_some_and(|then| now.is_some_and(|now| then < now)) {
                    std::mem::swap(&mut here.1, &mut there.1);
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
