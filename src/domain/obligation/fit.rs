//! Which meeting fills which slot, where nobody has chosen by hand.
//!
//! First, meetings within a window: as many slots as can be, those whose window ends first before others.
//! Then what is left over fills what is left open: up to [`BEFORE`] days before a window and [`AFTER`] days
//! after it, the latest slot first, since a late meeting rather belongs to what was asked last. A meeting fills
//! one slot at most.
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

/// For each slot the meeting that fills it, by their places. `suits` says whether a meeting may fill a
/// slot whatever its day. Meetings come by day.
pub(super) fn fit(
    windows: &[Span],
    meetings: &[NaiveDate],
    suits: impl Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let mut filled = vec![None; windows.len()];
    if windows.is_empty() || meetings.is_empty() {
        return filled;
    }
    let days = |slot: usize, meeting: usize| {
        let (window, on) = windows.get(slot).zip(meetings.get(meeting))?;
        (suits(slot, meeting))
            .then(|| (*on - window.to).num_days().max((window.from - *on).num_days()))
    };
    let late = |slot: usize, meeting: usize| {
        let (window, on) = windows.get(slot).zip(meetings.get(meeting))?;
        let fits =
            (window.from - *on).num_days() <= BEFORE && (*on - window.to).num_days() <= AFTER;
        days(slot, meeting).filter(|_| fits)
    };
    let window = |slot: &usize| windows.get(*slot).map(|it| (it.to, Reverse(it.from), *slot));
    let mut slots: Vec<usize> = (0..windows.len()).collect();
    slots.sort_by_key(window);
    let all: Vec<usize> = (0..meetings.len()).collect();
    let inside = matched(&slots, &all, &|slot, meeting| {
        days(slot, meeting).is_some_and(|outside| outside <= 0)
    });
    let rest: Vec<usize> =
        all.into_iter().filter(|it| !inside.iter().any(|(_, used)| used == it)).collect();
    slots.retain(|it| !inside.iter().any(|(slot, _)| slot == it));
    slots.reverse();
    let mut outside = matched(&slots, &rest, &|slot, meeting| late(slot, meeting).is_some());
    untangle(&mut outside, &late);
    for (slot, meeting) in inside.into_iter().chain(outside) {
        if let Some(place) = filled.get_mut(slot) {
            *place = Some(meeting);
        }
    }
    filled
}

/// Pairs of slots and meetings: the first slots that can be filled with the first meetings that can be
/// used, and earlier slots with earlier meetings where there is a choice.
fn matched(
    slots: &[usize],
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
    let filled: Vec<usize> = slots.iter().map(|(slot, _)| *slot).collect();
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

fn augment(
    one: usize,
    right: &[usize],
    may: &impl Fn(usize, usize) -> bool,
    (held, tried): (&mut [Option<usize>], &mut [bool]),
) -> bool {
    for (place, other) in right.iter().enumerate() {
        if !may(one, *other) || tried.get(place).copied().unwrap_or(true) {
            continue;
        }
        tried.iter_mut().skip(place).take(1).for_each(|it| *it = true);
        let free = match held.get(place).copied().flatten() {
            None => true,
            Some(holder) => augment(holder, right, may, (held, tried)),
        };
        if free {
            held.iter_mut().skip(place).take(1).for_each(|it| *it = Some(one));
            return true;
        }
    }
    false
}

/// Exchanges meetings between two slots as long as that brings them nearer to their windows.
fn untangle(pairs: &mut [(usize, usize)], days: &impl Fn(usize, usize) -> Option<i64>) {
    let cost = |slot, meeting| days(slot, meeting).map(|outside| outside.max(0));
    for _ in 0..pairs.len() {
        let mut changed = false;
        for one in 0..pairs.len() {
            let (head, tail) = pairs.split_at_mut(one);
            let Some((here, _)) = tail.split_first_mut() else { continue };
            for there in head {
                let now = cost(here.0, here.1).zip(cost(there.0, there.1)).map(|(a, b)| a + b);
                let then = cost(here.0, there.1).zip(cost(there.0, here.1)).map(|(a, b)| a + b);
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
