//! What all sources together say of one student in one module.

use crate::domain::{
    engagement::Engagement,
    file::StudentFile,
    module::ModuleId,
    signal::{Activity, Attendance, EvidenceDay, Signals, Work},
};

use super::calendar::{Calendar, Running};

/// The signals of a student in a module. Where the module has no attendance or activity of its own, that of the
/// programme as a whole stands in for it. Of a source that is old only the marks count: they do not change by waiting.
pub(super) fn signals(
    calendar: &Calendar<'_>,
    running: &Running<'_>,
    file: &StudentFile,
) -> Signals {
    let mut signals = Signals::default();
    for engagement in of(file, running.module.id) {
        take(&mut signals, engagement, calendar.is_old(engagement.module, engagement.source));
    }
    let Some(whole) = running.whole else { return signals };
    let (no_activity, no_attendance) = (signals.activity.is_none(), signals.attendance.is_none());
    if !(no_activity || no_attendance) {
        return signals;
    }
    let mut outside = Signals::default();
    for engagement in of(file, whole.id) {
        if calendar.is_old(engagement.module, engagement.source) {
            continue;
        }
        if no_activity {
            join(&mut outside.activity, engagement.activity.as_ref(), Activity::merge);
        }
        if no_attendance {
            join(&mut outside.attendance, engagement.attendance.as_ref(), Attendance::merge);
        }
    }
    let later = whole.day(running.module.starts).0;
    if no_activity {
        signals.activity = outside.activity.map(|activity| activity.seen_from(later));
    }
    if no_attendance {
        signals.attendance = outside.attendance.map(|attendance| attendance.seen_from(later));
    }
    signals
}

fn of(file: &StudentFile, module: ModuleId) -> impl Iterator<Item = &Engagement> {
    file.engagements.iter().map(|held| &held.value).filter(move |it| it.module == module)
}

fn take(signals: &mut Signals, engagement: &Engagement, old: bool) {
    signals.repeating |= engagement.repeating;
    let marks = engagement.work.as_ref().filter(|_| old).map(marks_of);
    join(&mut signals.work, marks.as_ref().or(engagement.work.as_ref()), Work::merge);
    if !old {
        join(&mut signals.activity, engagement.activity.as_ref(), Activity::merge);
        join(&mut signals.attendance, engagement.attendance.as_ref(), Attendance::merge);
    }
}

/// Adds what one source says to what the others said.
fn join<T: Clone>(known: &mut Option<T>, other: Option<&T>, merge: impl FnOnce(&mut T, &T)) {
    match (known, other) {
        (_, None) => {}
        (Some(known), Some(other)) => merge(known, other),
        (none @ None, Some(other)) => *none = Some(other.clone()),
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
