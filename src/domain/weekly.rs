//! The weekly run: what the signals of each student come to, compared with their peers in the same week.
//!
//! Every module is judged at the end of the last week that a source of it knows wholly, unless all are old
//! ([`freshness`](super::freshness)); what the others do not know of it is unknown. So is each student in every module they
//! take, with the nearest circle of peers that is large enough: the tutor's students in the module, the programme's, all
//! tutees of the tutor in the same week, the school. A student's week is that of the module with the most points of those
//! over their own line, else of all, and on if any module is.
//!
//! The run is part of the change that brings the signals, so that one undo takes back all. A result may be refined while
//! it is the student's latest; a week before that is never written again, whatever is imported later.
//!
//! Nobody is judged who has left, has paused, or was exempt in the four weeks that the score looks at; nor do they count
//! among the peers of others. What no source knows is never held against anybody.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::{
    change::{Builder, Change, Label},
    file::StudentFile,
    id::IdSource,
    module::ModuleId,
    record::Record,
    records::Records,
    results::{Results, WeekResult},
    score::{Aside, Card, Evidence, Peers, Setting, look},
    student::StudentId,
    tuning::Tuning,
};

mod calendar;
mod circles;
mod gather;
mod judge;
mod seats;
pub mod trial;

use calendar::Calendar;
use circles::Circle;
use judge::Bench;
use seats::Seat;
pub(super) use seats::is_exempt;

/// The run of this day for the students whom these modules touch, or for all: a change of results, which may be empty.
#[must_use]
pub fn change(
    records: &Records,
    card: &Card,
    today: NaiveDate,
    ids: &mut IdSource,
    modules: Option<&BTreeSet<ModuleId>>,
) -> Change {
    let found = run(records, card, today, modules);
    let mut change = Builder::new(Label::WeeklyRun, records);
    for (file, week) in found {
        if let Some(results) = written(file, week, ids) {
            change.push(results);
        }
    }
    change.build()
}

/// A change, and with it the run that it asks for, so that one undo takes back both: the only way in which a change carries
/// a run. `card` is what scores under a tuning.
#[must_use]
pub fn carried(
    records: &Records,
    change: Change,
    card: impl FnOnce(Option<&Tuning>) -> Option<Card>,
    today: NaiveDate,
    ids: &mut IdSource,
) -> Change {
    let modules = match asked(&change) {
        Asked::Nothing => return change,
        Asked::Modules(modules) => Some(modules),
        Asked::Everybody => None,
    };
    let mut after = records.clone();
    let Some(card) = after.apply(&change).ok().and_then(|()| card(after.tuning())) else {
        return change;
    };
    let run = self::change(&after, &card, today, ids, modules.as_ref());
    change.followed_by(run)
}

/// Who is to be judged anew.
enum Asked {
    Nothing,
    /// Whom these modules touch.
    Modules(BTreeSet<ModuleId>),
    Everybody,
}

/// The run that a change asks for: of everybody where it changes how the score is used, else of the modules of which it
/// brings or takes signals, or whose pieces of work it changes. A change that brings results asks for none.
fn asked(change: &Change) -> Asked {
    let (mut all, mut modules) = (false, BTreeSet::new());
    for part in &change.parts {
        if let (Some(Record::Module(before)), Some(Record::Module(after))) =
            (&part.before, &part.after)
            && (before.starts, before.pieces()) != (after.starts, after.pieces())
        {
            modules.insert(after.id);
        }
        for record in part.before.iter().chain(&part.after) {
            if let Record::Engagement(signals) = record {
                modules.insert(signals.module);
            } else if let Record::Batch(batch) = record {
                modules.insert(batch.module);
            } else if matches!(record, Record::Results(_)) {
                return Asked::Nothing;
            }
            all |= matches!(record, Record::Tuning(_));
        }
    }
    match modules.is_empty() {
        _ if all => Asked::Everybody,
        true => Asked::Nothing,
        false => Asked::Modules(modules),
    }
}

/// What the run of this day finds, without writing it: for a preview of other numbers, and for the list as it would be.
#[must_use]
pub fn preview(records: &Records, card: &Card, today: NaiveDate) -> Vec<(StudentId, WeekResult)> {
    let found = run(records, card, today, None);
    found.into_iter().map(|(file, week)| (file.student.id, week)).collect()
}

/// Every week that was judged, the earliest first.
#[must_use]
pub fn weeks(file: &StudentFile) -> Vec<&WeekResult> {
    let mut weeks: Vec<&WeekResult> = file.results.iter().flat_map(|held| &held.weeks).collect();
    weeks.sort_by_key(|week| week.week);
    weeks
}

/// What is shown beside the reasons and never scored, by module: late work, a sudden drop.
#[must_use]
pub fn asides(records: &Records, file: &StudentFile, today: NaiveDate) -> Vec<(ModuleId, Aside)> {
    let modules: BTreeSet<ModuleId> = file.engagements.iter().map(|held| held.module).collect();
    let calendar = Calendar::new(records, today, Some(&modules));
    let running = modules.iter().copied().filter_map(|module| calendar.running(module));
    let shown = running.flat_map(|running| {
        let signals = gather::signals(&calendar, running, file);
        // Sessions are no aside, so none of their weeks count.
        let evidence = Evidence::new(&signals, &running.pieces, running.week, 0);
        let asides = look::asides(&evidence, signals.activity.as_ref());
        asides.into_iter().map(|aside| (running.module.id, aside))
    });
    shown.collect()
}

fn run<'a>(
    records: &'a Records,
    card: &Card,
    today: NaiveDate,
    modules: Option<&BTreeSet<ModuleId>>,
) -> Vec<(&'a StudentFile, WeekResult)> {
    let calendar = Calendar::new(records, today, None);
    let seats = seats::seats(records, &calendar, today);
    let chosen = circles::chosen(&seats, card.alert.peers_at_least);
    let touched = modules.map(|modules| circles::touched(&seats, &chosen, modules));
    let is_touched = |places: &std::ops::Range<usize>| match &touched {
        None => true,
        Some(touched) => touched.get(places.clone()).is_some_and(|it| it.contains(&true)),
    };
    let students: Vec<_> = seats::by_student(&seats).into_iter().filter(is_touched).collect();
    let needed: HashSet<Circle> = students
        .iter()
        .filter_map(|places| chosen.get(places.clone()))
        .flatten()
        .copied()
        .collect();
    let (evidence, peers) = compared(&calendar, card, &seats, &needed);
    let tuning = records.tuning();
    let bench = Bench {
        card,
        setting: tuning.map_or(Setting::Standard, |tuning| tuning.setting),
        off: tuning.map_or(&[], |tuning| &tuning.off),
    };
    let week = |places: std::ops::Range<usize>| {
        let file = seats.get(places.start)?.file;
        let judged = places.filter_map(|place| {
            let circle = chosen.get(place)?;
            Some((seats.get(place)?, evidence.get(place)?.as_ref()?, peers.get(circle)?))
        });
        Some((file, bench.week(judged)?))
    };
    students.into_par_iter().filter_map(week).collect()
}

/// The evidence of everybody in these circles, by seat, and the peers of each circle.
fn compared(
    calendar: &Calendar<'_>,
    card: &Card,
    seats: &[Seat<'_>],
    circles: &HashSet<Circle>,
) -> (Vec<Option<Evidence>>, HashMap<Circle, Peers>) {
    let members = circles::members(seats, circles);
    let mut wanted = vec![false; seats.len()];
    for place in members.values().flatten() {
        if let Some(wanted) = wanted.get_mut(*place) {
            *wanted = true;
        }
    }
    let evidence: Vec<Option<Evidence>> = (seats, &wanted)
        .into_par_iter()
        .map(|(seat, wanted)| {
            let running = calendar.running(seat.module).filter(|_| *wanted)?;
            let signals = gather::signals(calendar, running, seat.file);
            Some(Evidence::new(&signals, &running.pieces, running.week, card.attendance.weeks))
        })
        .collect();
    let peers = members.into_par_iter().map(|(circle, places)| {
        let group = places.iter().filter_map(|place| evidence.get(*place)?.as_ref());
        (circle, Peers::of(group))
    });
    let peers = peers.collect();
    (evidence, peers)
}

/// The results with one more week, or with the latest refined; none where nothing may be written.
fn written(file: &StudentFile, week: WeekResult, ids: &mut IdSource) -> Option<Results> {
    let latest = weeks(file).last().map(|latest| latest.week);
    if latest.is_some_and(|latest| latest > week.week) {
        return None;
    }
    let year = academic_year(week.week);
    let held = file
        .results
        .iter()
        .find(|held| held.weeks.first().is_some_and(|first| academic_year(first.week) == year));
    let mut results = held.map_or_else(
        || Results { id: ids.fresh(), student: file.student.id, weeks: Vec::new() },
        |held| held.value.clone(),
    );
    match results.weeks.last_mut() {
        Some(last) if last.week == week.week => *last = week,
        Some(last) => {
            if !last.on {
                last.found = Vec::new();
            }
            results.weeks.push(week);
        }
        None => results.weeks.push(week),
    }
    Some(results)
}

/// The year in which the academic year of a day began: results are kept by it, so that none grows for ever.
pub(super) fn academic_year(day: NaiveDate) -> i32 {
    if day.month() >= 8 { day.year() } else { day.year() - 1 }
}

#[cfg(test)]
mod tests;
