//! Until which week each module is judged: as far as its sources know.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::{
    engagement::Source,
    freshness::{self, Age, Known},
    module::{Module, ModuleId},
    records::Records,
    signal::{Piece, WeekEnd},
};

/// How long before the programme as a whole a module of the same year may start, and how long after.
const SAME_YEAR: std::ops::Range<i64> = -60..300;

/// A module as it is judged this time.
#[derive(Debug, Clone)]
pub(super) struct Running<'a> {
    /// The module.
    pub(super) module: &'a Module,
    /// What it asks for.
    pub(super) pieces: Vec<Piece>,
    /// The weeks of it that are over and known.
    pub(super) week: WeekEnd,
    /// The Monday of the week in which they end.
    pub(super) monday: NaiveDate,
    /// The programme as a whole in the same year, whose attendance and activity stand in for what the module has none of.
    pub(super) whole: Option<&'a Module>,
}

/// The modules that are judged, and which sources are too old to say something.
#[derive(Debug, Default)]
pub(super) struct Calendar<'a> {
    running: HashMap<ModuleId, Running<'a>>,
    old: HashMap<(ModuleId, Source), Age>,
}

impl<'a> Calendar<'a> {
    /// Looks at every module, or at these and at the programme as a whole.
    pub(super) fn new(
        records: &'a Records,
        today: NaiveDate,
        wanted: Option<&BTreeSet<ModuleId>>,
    ) -> Self {
        let wholes: Vec<&Module> = records.whole_modules().collect();
        let modules: Vec<&Module> = match wanted {
            None => records.modules().collect(),
            Some(wanted) => {
                let wanted = wanted.iter().filter_map(|module| records.module(*module));
                wanted.filter(|it| !it.code.is_empty()).chain(wholes.iter().copied()).collect()
            }
        };
        let known_of = |module: &&Module| (module.id, freshness::of(records, module.id, today));
        let of: HashMap<ModuleId, Vec<Known>> = modules.iter().map(known_of).collect();
        let sources = |module: &Module| of.get(&module.id).map_or(&[][..], Vec::as_slice);
        let running = modules.into_iter().filter_map(|module| {
            let whole = (!module.code.is_empty()).then(|| same_year(&wholes, module)).flatten();
            let until = known_until(sources(module), whole.map_or(&[], |it| sources(it)))?;
            let week = module.weeks_before(until.min(today));
            let monday = last_monday(module, week)?;
            let pieces = module.pieces();
            Some((module.id, Running { module, pieces, week, monday, whole }))
        });
        let running = running.collect();
        let old = of.into_values().flatten().map(|it| ((it.module, it.source), it.age)).collect();
        Self { running, old }
    }

    /// The module, if it is judged.
    pub(super) fn running(&self, module: ModuleId) -> Option<&Running<'a>> {
        self.running.get(&module)
    }

    /// Whether a source of a module is too old to say something about today.
    pub(super) fn is_old(&self, module: ModuleId, source: Source) -> bool {
        self.old.get(&(module, source)).is_none_or(|age| *age == Age::Red)
    }
}

fn same_year<'a>(wholes: &[&'a Module], module: &Module) -> Option<&'a Module> {
    let near = wholes
        .iter()
        .filter(|whole| SAME_YEAR.contains(&(module.starts - whole.starts).num_days()));
    near.max_by_key(|whole| (whole.starts, whole.id)).copied()
}

/// The first day that is not known, by the source that knows most of those that tell of every week. What another does
/// not know of that week is unknown, so that the order in which files come does not matter. Of a module with nothing but
/// lists and single marks the programme's sources may know more. A module whose own sources all are red is not judged.
fn known_until(own: &[Known], whole: &[Known]) -> Option<NaiveDate> {
    let of = |known: &[Known], watching: bool| {
        let fit = known.iter().filter(|it| it.age < Age::Red && (watches(it.source) || !watching));
        fit.map(|known| known.as_of).max()
    };
    of(own, true).or_else(|| of(own, false).max(of(own, false).and(of(whole, true))))
}

/// Whether a source tells of every week: a list of names, ratings, or the class list of one piece of work does not.
const fn watches(source: Source) -> bool {
    match source {
        Source::MoodleGrades
        | Source::MoodleLog
        | Source::MoodleAttendance
        | Source::Teams
        | Source::Attendance
        | Source::Canvas
        | Source::Other => true,
        Source::MoodleParticipants | Source::Turnitin | Source::Sits | Source::Rating => false,
    }
}

/// The Monday of the week in which the evidence of so many weeks ends; none before the first week is over.
pub(super) fn last_monday(module: &Module, week: WeekEnd) -> Option<NaiveDate> {
    (week.0 > 0).then_some(())?;
    let last = module.starts.checked_add_days(Days::new(7 * u64::from(week.0) - 1))?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_monday())))
}
