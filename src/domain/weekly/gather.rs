//! What all sources together say of one student in one module.

use crate::domain::{
    engagement::Engagement,
    file::StudentFile,
    module::ModuleId,
    signal::{Activity, Attendance, EvidenceDay, Signals, Work},
};

use super::calendar::{Calendar, Running};

/// The signals of a student in a module. Where the module has no attendance or activity of its own, that of the
/// programme as a whole stands in for it. Of a source that is old only the marks and the active days count: they do not
/// change by waiting.
pub(super) fn signals(
    calendar: &Calendar<'_>,
    running: &Running<'_>,
    file: &StudentFile,
) -> Signals {
    let mut signals = Signals::default();
    for engagement in of(file, running.module.id) {
        take(&mut signals, engagement, calendar.is_old(engagement.module, engagement.source));
    }
    signals.activity = activity(calendar, running, file);
    if let Some(whole) = running.whole.filter(|_| signals.attendance.is_none()) {
        let mut outside = None;
        for engagement in of(file, whole.id) {
            if !calendar.is_old(engagement.module, engagement.source) {
                join(&mut outside, engagement.kept.attendance(), Attendance::merge);
            }
        }
        let later = whole.day(running.module.starts).0;
        signals.attendance = outside.map(|attendance| attendance.seen_from(later));
    }
    signals
}

/// What all sources of activity say together, those of the programme as a whole where all of the module are old.
fn activity(
    calendar: &Calendar<'_>,
    running: &Running<'_>,
    file: &StudentFile,
) -> Option<Activity> {
    let of_module = |module| {
        of(file, module).filter_map(move |engagement| {
            let old = calendar.is_old(engagement.module, engagement.source);
            Some((engagement.kept.activity()?, old))
        })
    };
    let mut told: Vec<Activity> = Vec::new();
    let mut fresh = false;
    for (activity, old) in of_module(running.module.id) {
        fresh |= !old;
        told.push(if old { activity.days_alone() } else { activity });
    }
    if let Some(whole) = running.whole.filter(|_| !fresh) {
        let later = whole.day(running.module.starts).0;
        told.extend(of_module(whole.id).map(|(activity, old)| {
            let seen = activity.seen_from(later);
            if old { seen.days_alone() } else { seen }
        }));
    }
    Activity::together(&told)
}

fn of(file: &StudentFile, module: ModuleId) -> impl Iterator<Item = &Engagement> {
    file.engagements.iter().map(|held| &held.value).filter(move |it| it.module == module)
}

fn take(signals: &mut Signals, engagement: &Engagement, old: bool) {
    signals.repeating |= engagement.repeating;
    let work = engagement.kept.work().map(|work| if old { marks_of(&work) } else { work });
    join(&mut signals.work, work, Work::merge);
    if !old {
        join(&mut signals.attendance, engagement.kept.attendance(), Attendance::merge);
    }
}

/// Adds what one source says to what the others said.
fn join<T>(known: &mut Option<T>, other: Option<T>, merge: impl FnOnce(&mut T, &T)) {
    match (known, other) {
        (_, None) => {}
        (Some(known), Some(other)) => merge(known, &other),
        (none @ None, other) => *none = other,
    }
}

/// The marks alone: who has handed in what since is not known.
fn marks_of(work: &Work) -> Work {
    let entries = work.entries().iter().map(|entry| {
        let mut entry = *entry;
        entry.checked = None;
        entry
    });
    Work::kept(entries, (work.marks_until(), EvidenceDay::START))
}
