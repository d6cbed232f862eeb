//! What a policy wants to be prompted by beside the points: a sudden drop. It brings no points and no alert by itself,
//! because half of those who have one pass.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{
    code,
    merge::{self, Told},
};
use crate::domain::{
    file::StudentFile,
    module::{Module, ModuleId},
    policy::Policy,
    reason::{NextStep, Reason, ReasonKind, Severity},
    records::Records,
    score::look,
    signal::{Activity, WeekEnd},
};

/// The sudden drops of a student; none where the policy does not ask for them, or they are switched off.
pub(in crate::domain::alert) fn of(
    records: &Records,
    policy: Option<&Policy>,
    file: &StudentFile,
    (next, today): (NextStep, NaiveDate),
) -> Vec<Reason> {
    let kind = ReasonKind::SuddenDrop;
    let off = records.tuning().is_some_and(|tuning| tuning.off.iter().any(|it| *it == kind.rule()));
    let asked = policy.and_then(|policy| policy.sudden_drop.as_ref());
    let Some(drop) = asked.filter(|_| !off) else { return Vec::new() };
    let modules: BTreeSet<ModuleId> = file.engagements.iter().map(|held| held.module).collect();
    let modules = modules.into_iter().filter_map(|module| records.module(module));
    let told = modules.filter_map(|module| {
        let activity = activity(file, module.id)?;
        let week = latest(module, &activity, today)?;
        let aside = look::dropped(&activity, week, drop.value)?;
        let reason = Reason {
            kind,
            rule: kind.rule(),
            scored: None,
            evidence: String::new(),
            since: module.date(week.day())?.checked_sub_days(Days::new(7))?,
            severity: Severity::Watch,
            next,
        };
        let code = code(records, file, module.id);
        Some(Told { reason, code, words: format!("sudden drop: {aside}") })
    });
    merge::by_rule(told.collect())
}

/// What all sources say of the online activity in a module.
fn activity(file: &StudentFile, module: ModuleId) -> Option<Activity> {
    let held = file.engagements.iter().filter(|held| held.module == module);
    Activity::together(&held.filter_map(|held| held.kept.activity()).collect::<Vec<_>>())
}

/// The last whole week, or the one before where that one is not known yet.
fn latest(module: &Module, activity: &Activity, today: NaiveDate) -> Option<WeekEnd> {
    let last = module.weeks_before(today);
    let mut weeks = [Some(last), last.0.checked_sub(1).map(WeekEnd)].into_iter().flatten();
    weeks.find(|week| activity.covers(week.day()))
}
