//! With whom each student is compared: the nearest circle of peers that is large enough.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::seats::Seat;
use crate::domain::{module::ModuleId, tutor::TutorId};

/// A circle of peers, from the nearest to the widest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Circle {
    /// The tutor's students in the module.
    Group(ModuleId, TutorId),
    /// The students of the programme in the module.
    Programme(ModuleId, u32),
    /// All of the tutor in the same week of whatever module.
    Tutees(TutorId, (NaiveDate, u8)),
    /// The school in the same week of whatever module.
    School(u32, (NaiveDate, u8)),
}

impl Circle {
    /// Whether it goes beyond one module.
    pub(super) const fn is_wide(&self) -> bool {
        matches!(self, Self::Tutees(..) | Self::School(..))
    }
}

/// The circles of a seat, the nearest first.
fn all_of(seat: &Seat<'_>) -> impl Iterator<Item = Circle> + use<> {
    let Seat { module, week, tutor, programme, school, .. } = *seat;
    [
        tutor.map(|tutor| Circle::Group(module, tutor)),
        Some(Circle::Programme(module, programme)),
        tutor.map(|tutor| Circle::Tutees(tutor, week)),
        Some(Circle::School(school, week)),
    ]
    .into_iter()
    .flatten()
}

/// The circle of every seat.
pub(super) fn chosen(seats: &[Seat<'_>], at_least: u8) -> Vec<Circle> {
    let at_least = usize::from(at_least);
    let near = count(seats, |circle| !circle.is_wide());
    let fits = |counts: &HashMap<Circle, usize>, circle: &Circle| {
        counts.get(circle).is_some_and(|count| *count >= at_least)
    };
    let first: Vec<Option<Circle>> =
        seats.iter().map(|seat| all_of(seat).find(|circle| fits(&near, circle))).collect();
    if first.iter().all(Option::is_some) {
        return first.into_iter().flatten().collect();
    }
    let wide = count(seats, Circle::is_wide);
    let widest = |seat: &Seat<'_>| Circle::School(seat.school, seat.week);
    let of = |(seat, near): (&Seat<'_>, Option<Circle>)| {
        near.or_else(|| all_of(seat).find(|circle| fits(&wide, circle)))
            .unwrap_or_else(|| widest(seat))
    };
    seats.iter().zip(first).map(of).collect()
}

/// Which seats a change of these modules touches: of the students who take them, and of everybody who is compared with
/// such a student in a circle beyond one module.
pub(super) fn touched(
    seats: &[Seat<'_>],
    chosen: &[Circle],
    modules: &BTreeSet<ModuleId>,
) -> Vec<bool> {
    let takes = |seat: &Seat<'_>| {
        modules.contains(&seat.module) || seat.whole.is_some_and(|it| modules.contains(&it))
    };
    let mine = || seats.iter().filter(|seat| takes(seat));
    let tutors: HashSet<TutorId> = mine().filter_map(|seat| seat.tutor).collect();
    let schools: HashSet<u32> = mine().map(|seat| seat.school).collect();
    let beyond = |seat: &Seat<'_>, circle: &Circle| {
        circle.is_wide()
            && (seat.tutor.is_some_and(|tutor| tutors.contains(&tutor))
                || matches!(circle, Circle::School(..)) && schools.contains(&seat.school))
    };
    let all = seats.iter().zip(chosen);
    all.map(|(seat, circle)| takes(seat) || beyond(seat, circle)).collect()
}

/// The places of the members of each of these circles.
pub(super) fn members(
    seats: &[Seat<'_>],
    circles: &HashSet<Circle>,
) -> HashMap<Circle, Vec<usize>> {
    let mut members: HashMap<Circle, Vec<usize>> = HashMap::with_capacity(circles.len());
    for (place, seat) in seats.iter().enumerate() {
        for circle in all_of(seat).filter(|circle| circles.contains(circle)) {
            members.entry(circle).or_default().push(place);
        }
    }
    members
}

fn count(seats: &[Seat<'_>], counts_in: impl Fn(&Circle) -> bool + Sync) -> HashMap<Circle, usize> {
    let whole = seats.par_chunks(8_192).map(|chunk| {
        let mut counts: HashMap<Circle, usize> = HashMap::new();
        for circle in chunk.iter().flat_map(all_of).filter(&counts_in) {
            *counts.entry(circle).or_default() += 1;
        }
        counts
    });
    whole.reduce(HashMap::new, |mut one, other| {
        for (circle, count) in other {
            *one.entry(circle).or_default() += count;
        }
        one
    })
}
