//! What a student did, week by week, beside what their group did: the series behind the plots. Derived, never stored.
//!
//! A week that no source knows wholly is unknown, which is never the same as nothing.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{
    engagement::Engagement,
    file::StudentFile,
    freshness::{self, Known},
    module::Module,
    records::Records,
    score::Aside,
    signal::{Mark, Ratings},
    time::monday_of,
    weekly,
};

mod groups;
mod weeks;
mod work;

pub use groups::Groups;
pub use work::{Fate, PieceOfWork};

/// With fewer in a group there is no median of it.
const LEAST: usize = 5;

/// How many weeks before today a module may have begun, and still be one of this year, where no calendar says so.
const YEAR: i64 = 44;

/// One value a week, and what it is compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// The student's.
    pub own: Vec<Option<u16>>,
    /// The median of the group, or the line that is not to be crossed; as long as the student's, or empty.
    pub behind: Vec<Option<u16>>,
}

impl Series {
    /// Whether there is anything to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.own.iter().all(Option::is_none)
    }

    /// The last week that is known, and what it is compared with.
    #[must_use]
    pub fn last(&self) -> Option<(u16, Option<u16>)> {
        let at = self.own.iter().rposition(Option::is_some)?;
        Some(((*self.own.get(at)?)?, self.behind.get(at).copied().flatten()))
    }
}

/// The plots of one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModulePlots {
    /// What a tutor calls it.
    pub name: String,
    /// Its title; may be empty.
    pub title: String,
    /// Active days a week, of seven.
    pub online: Series,
    /// The work that is due.
    pub work: Vec<PieceOfWork>,
}

/// Everything about one student that can be drawn. All series begin in the same week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plots {
    /// The day they were made for.
    pub today: NaiveDate,
    /// The Monday of the first week.
    pub first: NaiveDate,
    /// Days a week on which the student was active in any module.
    pub online: Series,
    /// Attended sessions of each week, in percent; a week without any is left out.
    pub attendance: Series,
    /// Bands of engagement that a dashboard gave, 0 to 5.
    pub ratings: Series,
    /// Points of the weekly runs, before the line from which on there is an alert.
    pub points: Series,
    /// The work of all modules, by the day it is due.
    pub work: Vec<PieceOfWork>,
    /// Module by module.
    pub modules: Vec<ModulePlots>,
    /// Late work and a sudden drop, by module: shown, never scored.
    pub asides: Vec<(String, Aside)>,
    /// How far each source knows, the oldest first.
    pub known: Vec<(String, Known)>,
}

impl Plots {
    /// Whether there is nothing to draw at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let series = [&self.online, &self.attendance, &self.ratings, &self.points];
        series.iter().all(|series| series.is_empty()) && self.work.is_empty()
    }

    /// The day as of which the newest source knows.
    #[must_use]
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.known.last().map(|(_, known)| known.as_of)
    }

    /// The mean of the marks that are back, each by its weight in its module.
    #[must_use]
    pub fn mean(&self) -> Option<Mark> {
        let marks = self.work.iter().filter_map(|piece| Some((piece.mark?, piece.weight.max(1))));
        let (sum, weights) = marks.fold((0_u64, 0_u64), |(sum, weights), (mark, weight)| {
            let weight = u64::from(weight);
            (sum + weight * u64::from(mark.as_hundredths()), weights + weight)
        });
        let mean = sum.checked_div(weights)?;
        Mark::hundredths(u16::try_from(mean).ok()?)
    }
}

fn asides(records: &Records, file: &StudentFile, today: NaiveDate) -> Vec<(String, Aside)> {
    let named = |id| records.module(id).map_or("", Module::shown).to_owned();
    weekly::asides(records, file, today).into_iter().map(|(id, aside)| (named(id), aside)).collect()
}

/// The plots of a student, beside the tutees of the same tutor.
#[must_use]
pub fn of(records: &Records, groups: &Groups, file: &StudentFile, today: NaiveDate) -> Plots {
    let first = earliest(records, file, today);
    let span = Span::new(first, today);
    let taken = span.modules(records, file);
    let behind = groups.behind(records, file, span);
    let sides = weeks::beside((span, records), &taken, file, behind.as_deref());
    let modules = taken.iter().zip(sides.modules).map(|(module, online)| ModulePlots {
        name: module.shown().to_owned(),
        title: module.title.clone(),
        online,
        work: work::of(span, module, file),
    });
    let modules: Vec<_> =
        modules.filter(|it| !it.online.is_empty() || !it.work.is_empty()).collect();
    let mut work: Vec<_> = modules.iter().flat_map(|it| it.work.iter().cloned()).collect();
    work.sort_by_key(|piece| piece.due);
    Plots {
        today,
        first,
        online: sides.online,
        attendance: sides.attendance,
        ratings: ratings(span, records, file),
        points: points(span, file),
        work,
        modules,
        asides: asides(records, file, today),
        known: sources(span, records, file, &taken),
    }
}

/// The sources that tell of the student, with the module that each tells of.
fn sources(
    span: Span,
    records: &Records,
    file: &StudentFile,
    modules: &[&Module],
) -> Vec<(String, Known)> {
    let mut known: Vec<(String, Known)> = Vec::new();
    for module in modules {
        let told = |source| {
            let mut all = file.engagements.iter().filter(|held| held.module == module.id);
            all.any(|held| held.source == source)
        };
        let of = freshness::of(records, module.id, span.today);
        let of = of.into_iter().filter(|it| told(it.source));
        known.extend(of.map(|it| (module.code.clone(), it)));
    }
    known.sort_by_key(|(_, it)| (it.as_of, it.source));
    known
}

/// The weeks of the plots: from a Monday to the last week that is over.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: NaiveDate,
    weeks: usize,
    today: NaiveDate,
}

impl Span {
    fn new(first: NaiveDate, today: NaiveDate) -> Self {
        let weeks = (monday_of(today) - first).num_days().max(0) / 7;
        Self { first, weeks: usize::try_from(weeks).unwrap_or(0), today }
    }

    /// The week of a day, from 0; none outside.
    fn week(self, day: NaiveDate) -> Option<usize> {
        let week = (day - self.first).num_days().div_euclid(7);
        usize::try_from(week).ok().filter(|week| *week < self.weeks)
    }

    /// What each source says of a student in the modules of these weeks.
    fn engagements<'a>(
        self,
        records: &'a Records,
        file: &'a StudentFile,
    ) -> impl Iterator<Item = (&'a Module, &'a Engagement)> {
        file.engagements.iter().filter_map(move |held| {
            let module = records.module(held.module)?;
            (module.starts >= self.first).then_some((module, &held.value))
        })
    }

    /// The modules of these weeks that a student takes, by what they are called.
    fn modules<'a>(self, records: &'a Records, file: &'a StudentFile) -> Vec<&'a Module> {
        let mut modules: Vec<&Module> =
            self.engagements(records, file).map(|(module, _)| module).collect();
        modules.sort_by_key(|module| (&module.code, module.id));
        modules.dedup_by_key(|module| module.id);
        modules
    }
}

/// The first Monday of any module that the student takes this year.
fn earliest(records: &Records, file: &StudentFile, today: NaiveDate) -> NaiveDate {
    let year = records.calendar(today).map_or_else(
        || today - TimeDelta::weeks(YEAR),
        |calendar| calendar.span.from - TimeDelta::weeks(1),
    );
    let begun = |module: &&Module| (year..=today).contains(&module.starts);
    let modules = file.engagements.iter().filter_map(|held| records.module(held.module));
    let first = modules.filter(begun).map(|module| module.starts).min().unwrap_or(today);
    first - TimeDelta::days(i64::from(first.weekday().num_days_from_monday()))
}

fn ratings(span: Span, records: &Records, file: &StudentFile) -> Series {
    let mut own = vec![None; span.weeks];
    for (module, it) in span.engagements(records, file) {
        for (day, band) in it.kept.ratings().iter().flat_map(Ratings::bands) {
            let week = module.date(*day).and_then(|day| span.week(day));
            if let Some(value) = week.and_then(|week| own.get_mut(week)) {
                *value = Some(u16::from(*band));
            }
        }
    }
    Series { own, behind: Vec::new() }
}

fn points(span: Span, file: &StudentFile) -> Series {
    let (mut own, mut behind) = (vec![None; span.weeks], vec![None; span.weeks]);
    for result in file.results.iter().flat_map(|held| &held.weeks).filter(|it| !it.too_little) {
        let Some(week) = span.week(result.week) else { continue };
        if let (Some(own), Some(behind)) = (own.get_mut(week), behind.get_mut(week)) {
            *own = Some(u16::from(result.points));
            *behind = Some(u16::from(result.from));
        }
    }
    Series { own, behind }
}

#[cfg(test)]
mod tests;
