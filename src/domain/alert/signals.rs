//! What the weekly runs found, as reasons: words with the module, state, trend, since when.

use chrono::NaiveDate;

use super::{AlertSettings, Standing, State, Trend};
use crate::domain::{
    file::StudentFile,
    freshness, ladder,
    module::ModuleId,
    policy::Policy,
    reason::{NextStep, Reason, ReasonKind, Scored, Severity},
    records::Records,
    results::{Found, WeekResult},
    score::{Block, Look, Rule, Why},
    weekly,
};

mod merge;
mod prompts;

use merge::Told;
pub(super) use prompts::of as prompts;

/// Runs further apart than this many days do not belong together.
const APART: i64 = 35;

/// What the weekly runs say of one student.
pub(super) struct Signalled {
    /// The points of the last run.
    pub(super) standing: Standing,
    /// How it came about; none where there is no alert.
    pub(super) state: Option<State>,
    /// In how many runs it was on, in this stretch.
    pub(super) runs: u8,
    /// Where the points go.
    pub(super) trend: Trend,
    /// Why; empty where there is no alert.
    pub(super) reasons: Vec<Reason>,
    /// The Monday of the week that it is about.
    pub(super) week: NaiveDate,
}

/// The points of the last run of a student, while they are not too old to say something.
#[must_use]
pub fn standing(file: &StudentFile, settings: AlertSettings, today: NaiveDate) -> Option<Standing> {
    let weeks = weekly::weeks(file);
    let latest = weeks.last().filter(|latest| is_of_these_days(latest, today))?;
    Some(Standing {
        points: latest.points,
        threshold: latest.from,
        week: latest.week,
        on: latest.on,
        too_little: latest.too_little,
        urgent: latest.on && latest.points >= settings.urgent,
    })
}

fn is_of_these_days(week: &WeekResult, today: NaiveDate) -> bool {
    // A week is judged until a week after its last day; then the age of the import counts.
    (today - week.week).num_days() <= 14 + freshness::RED_DAYS
}

/// What to do about signals: the step of the ladder that runs, the start of one where the policy has any, else a word.
pub(super) fn next(policy: Option<&Policy>, file: &StudentFile, ladders: &[Reason]) -> NextStep {
    let runs = ladders.iter().map(|reason| reason.next);
    let begins = || policy.is_some_and(|it| ladder::startable(it, file).next().is_some());
    match runs.into_iter().find(|next| matches!(next, NextStep::TakeStep(..))) {
        Some(step) => step,
        None if ladders.is_empty() && begins() => NextStep::StartLadder,
        None => NextStep::CheckIn,
    }
}

/// What the weekly runs say; none where there is none of these days.
pub(super) fn of(
    records: &Records,
    file: &StudentFile,
    settings: AlertSettings,
    (next, today): (NextStep, NaiveDate),
) -> Option<Signalled> {
    let standing = standing(file, settings, today)?;
    let weeks = weekly::weeks(file);
    let (latest, stretch) = (*weeks.last()?, stretch(&weeks));
    let before = weeks.iter().rev().nth(1).filter(|before| are_near(before, latest));
    let runs = stretch.iter().filter(|week| week.on).count();
    let state = match (stretch.is_empty(), latest.on, runs) {
        (true, ..) => None,
        (_, false, _) => Some(State::Easing),
        (_, true, 1) => Some(State::New),
        (_, true, _) => Some(State::Continuing),
    };
    let severity = match state {
        Some(State::New | State::Continuing) if standing.urgent => Severity::Urgent,
        Some(State::New | State::Continuing) if latest.points >= latest.from => Severity::Soon,
        Some(_) | None => Severity::Watch,
    };
    let tell = Tell { records, file, severity, next, stretch: &stretch };
    let reasons = match state {
        None => Vec::new(),
        Some(State::Easing) => tell.easing(latest),
        Some(State::New | State::Continuing) => tell.reasons(latest),
    };
    Some(Signalled {
        standing,
        state: state.filter(|_| !reasons.is_empty()),
        runs: u8::try_from(runs).unwrap_or(u8::MAX),
        trend: trend(latest, before.copied()),
        reasons,
        week: latest.week,
    })
}

fn are_near(one: &WeekResult, next: &WeekResult) -> bool {
    (next.week - one.week).num_days() <= APART
}

/// The runs of this alert: back from the last one, until two in a row were below. Empty where there is no alert: one that
/// was on is still listed after one run below, and gone after two.
fn stretch<'a>(weeks: &[&'a WeekResult]) -> Vec<&'a WeekResult> {
    let mut stretch: Vec<&WeekResult> = Vec::new();
    for week in weeks.iter().rev() {
        let after = stretch.last();
        if after.is_some_and(|after| !are_near(week, after) || !(after.on || week.on)) {
            break;
        }
        stretch.push(week);
    }
    while stretch.last().is_some_and(|first| !first.on) {
        stretch.pop();
    }
    stretch.reverse();
    stretch
}

fn trend(latest: &WeekResult, before: Option<&WeekResult>) -> Trend {
    let Some(before) = before else { return Trend::First };
    match latest.points.cmp(&before.points) {
        std::cmp::Ordering::Greater => Trend::Rising,
        std::cmp::Ordering::Equal => Trend::Same,
        std::cmp::Ordering::Less => Trend::Falling,
    }
}

/// How reasons are told.
struct Tell<'a> {
    records: &'a Records,
    file: &'a StudentFile,
    severity: Severity,
    next: NextStep,
    stretch: &'a [&'a WeekResult],
}

impl Tell<'_> {
    /// Each line once: where a rule that asks for a look says what a line with points says too, the points are told; where
    /// only such a rule made the alert, it is.
    fn reasons(&self, latest: &WeekResult) -> Vec<Reason> {
        let off = self.records.tuning().map_or(&[][..], |tuning| &tuning.off);
        let looks_first = latest.points < latest.from;
        let mut found: Vec<&Found> = latest.found.iter().collect();
        found.sort_by_key(|it| it.look.is_some() != looks_first);
        let mut reasons: Vec<Told> = Vec::new();
        let mut said = Vec::new();
        for found in found {
            let Some((kind, why)) = read(found) else { continue };
            let own = self.is_own(found.module, kind);
            let what = (own.then_some(found.module), why.parts());
            let key = kind.rule();
            if off.iter().any(|off| *off == key) || said.contains(&what) {
                continue;
            }
            said.push(what);
            let (module, points) = (found.module, found.points);
            let code = own.then(|| code(self.records, self.file, module)).flatten();
            let reason = Reason {
                kind,
                rule: key,
                scored: Some(Scored { module, points, each: Vec::new() }),
                evidence: String::new(),
                since: self.since(found, latest),
                severity: self.severity,
                next: self.next,
            };
            reasons.push(Told { reason, code, words: why.to_string() });
        }
        if latest.points < latest.from
            && !reasons.iter().any(|it| matches!(it.reason.kind, ReasonKind::Look(_)))
        {
            // Only rules that are switched off had made it an alert.
            return Vec::new();
        }
        merge::by_rule(reasons)
    }

    /// One line about points that have fallen below.
    fn easing(&self, latest: &WeekResult) -> Vec<Reason> {
        let Some(last) = self.stretch.iter().rev().find(|week| week.on) else { return Vec::new() };
        let first = last.found.iter().find_map(|found| Some((found, read(found)?.0)));
        let Some((found, kind)) = first else { return Vec::new() };
        let points =
            |points: u8| if points == 1 { "1 point".into() } else { format!("{points} points") };
        vec![Reason {
            kind,
            rule: kind.rule(),
            // What is told of all points is no more than this reason gave by itself: nothing has grown.
            scored: Some(Scored {
                module: found.module,
                points: latest.points.min(found.points),
                each: Vec::new(),
            }),
            evidence: format!(
                "easing: {} after {}; off the list if that lasts another week",
                points(latest.points),
                points(last.points)
            ),
            since: self.stretch.first().map_or(latest.week, |first| first.week),
            severity: self.severity,
            next: self.next,
        }]
    }

    /// Whether a reason is of the module itself, not of the programme as a whole: that is told once for all modules.
    fn is_own(&self, module: ModuleId, kind: ReasonKind) -> bool {
        let (ReasonKind::Score(rule) | ReasonKind::Look(rule)) = kind else { return true };
        let mut mine = self.file.engagements.iter().filter(|held| held.module == module);
        let online = matches!(rule, Rule::Gone | Rule::NeverSeen | Rule::Quiet);
        match rule.block() {
            Some(Block::Recent | Block::SinceStart) => mine.any(|it| it.kept.activity().is_some()),
            None if online => mine.any(|it| it.kept.activity().is_some()),
            Some(Block::Attendance) => mine.any(|it| it.kept.attendance().is_some()),
            Some(Block::Submissions | Block::Marks | Block::History) | None => true,
        }
    }

    /// The Monday of the first week from which on every week of the stretch had this reason. A week below, of which the
    /// reasons were not kept, does not count.
    fn since(&self, found: &Found, latest: &WeekResult) -> NaiveDate {
        let told = self.stretch.iter().rev().filter(|week| week.on);
        let same = told.take_while(|week| week.found.iter().any(|it| is_same(it, found)));
        same.last().map_or(latest.week, |first| first.week)
    }
}

/// What a module is called after the words of a reason, where the student has several.
fn code(records: &Records, file: &StudentFile, module: ModuleId) -> Option<String> {
    let named = |module: ModuleId| records.module(module).filter(|it| !it.code.is_empty());
    let mut others = file.engagements.iter().filter(|held| held.module != module);
    let several = others.any(|held| named(held.module).is_some());
    named(module).filter(|_| several).map(|module| module.shown().to_owned())
}

fn is_same(one: &Found, other: &Found) -> bool {
    let rule = |found: &Found| read(found).map(|(kind, _)| kind);
    one.module == other.module && rule(one) == rule(other)
}

/// What was found; none where this version does not know it.
fn read(found: &Found) -> Option<(ReasonKind, Why)> {
    if let Some(look) = found.look {
        let look = Look::of_parts(look, found.numbers)?;
        return Some((ReasonKind::Look(look.rule), look.why));
    }
    let why = Why::of_parts(found.why, found.numbers)?;
    Some((ReasonKind::Score(why.rule()), why))
}

#[cfg(test)]
mod tests;
