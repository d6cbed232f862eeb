//! One student as a rule sees them on one day: past days with what they studied then.

use chrono::{Days, NaiveDate};

use super::{Condition, plan::Year};
use crate::domain::{
    calendar::Span,
    file::StudentFile,
    policy::{Entry, Who},
    student::{Enrolment, KindOfStudy, Mode, Status},
};

/// Who came so many days before the year begins is new in it.
const EARLY: u64 = 60;

/// A student in one academic year.
pub(super) struct Subject<'a> {
    file: &'a StudentFile,
    year: &'a Year,
    today: NaiveDate,
}

impl<'a> Subject<'a> {
    pub(super) fn new(file: &'a StudentFile, year: &'a Year, today: NaiveDate) -> Self {
        Self { file, year, today }
    }

    /// The first day here, where somebody has written it down; enrolments may begin with an import.
    pub(super) fn entry(&self) -> Option<NaiveDate> {
        self.file.student.entry
    }

    /// The enrolment of a day: the one that runs, else the next one to begin, else the last one.
    pub(super) fn enrolment(&self, day: NaiveDate) -> Option<&'a Enrolment> {
        let found = self.file.enrolment(day)?;
        if found.covers(day) || found.from <= day {
            return Some(found);
        }
        let rank = |it: &&crate::domain::file::Held<Enrolment>| (it.from, it.id);
        let before = self.file.enrolments.iter().filter(|it| it.from <= day).max_by_key(rank);
        let next = || self.file.enrolments.iter().min_by_key(rank);
        before.filter(|it| it.to.is_none_or(|to| to >= day)).or_else(next).map(|it| &it.value)
    }

    /// The window as it is for this student: who came after it began may have days of their own.
    ///
    /// # Errors
    /// When it was over before they came.
    pub(super) fn window(&self, window: Span, late_days: Option<u16>) -> Result<Span, Condition> {
        let Some(entry) = self.entry().filter(|entry| *entry > window.from) else {
            return Ok(window);
        };
        let extended = late_days.and_then(|days| entry.checked_add_days(Days::new(days.into())));
        let to = extended.max(Some(window.to)).unwrap_or(window.to);
        Span::new(entry, to).ok_or(Condition::BeforeEntry)
    }

    /// Whether a rule is for this student in a window, by what holds on the day of it that is nearest
    /// to today. Who was here when it began and is away now, or left later, is asked for nothing that is
    /// still open; what was met stays met: the condition to come back to is returned.
    ///
    /// # Errors
    /// The condition that the student does not meet.
    pub(super) fn meets(&self, who: &Who, window: Span) -> Result<Option<Condition>, Condition> {
        let day = self.today.min(window.to).max(window.from);
        let mut enrolment = self.enrolment(day);
        let mut away = None;
        if let Err(condition) = standing(who, enrolment) {
            let began = self.enrolment(window.from);
            if enrolment.is_some_and(|it| is_here(it.status)) || standing(who, began).is_err() {
                return Err(condition);
            }
            (enrolment, away) = (began, Some(condition));
        } else if self.today > window.to && self.year.span().holds(self.today) {
            let now = self.enrolment(self.today).filter(|now| !is_here(now.status));
            away = standing(who, now).err();
        }
        studies(who, enrolment)?;
        self.person(who, enrolment, day)?;
        Ok(away)
    }

    /// Whether a rule is for this student because of who they are.
    fn person(
        &self,
        who: &Who,
        enrolment: Option<&Enrolment>,
        day: NaiveDate,
    ) -> Result<(), Condition> {
        if who.new_entrant.is_some_and(|wanted| wanted != self.is_new(enrolment)) {
            return Err(Condition::NewEntrant);
        }
        if let Some(wanted) = who.under_18
            && wanted != self.file.student.under_18_until.is_some_and(|until| day < until)
        {
            return Err(Condition::Under18);
        }
        if let Some(wanted) = who.entry
            && wanted != self.came()
        {
            return Err(Condition::Entry);
        }
        let joint = enrolment.is_some_and(|it| {
            it.kind == KindOfStudy::JointHonours || !it.second_discipline.is_empty()
        });
        if who.joint.is_some_and(|wanted| wanted != joint) {
            return Err(Condition::Joint);
        }
        Ok(())
    }

    /// In the first year here: by the first day, else as somebody wrote it down, else by what they study.
    fn is_new(&self, enrolment: Option<&Enrolment>) -> bool {
        let known = self.file.student.new_entrant;
        if let Some(entry) = self.entry() {
            let span = self.year.span();
            let from = span.from.checked_sub_days(Days::new(EARLY)).unwrap_or(span.from);
            return from <= entry && entry <= span.to && known != Some(false);
        }
        known.unwrap_or_else(|| match enrolment.map(|it| (it.stage, level_of(it))) {
            Some((Some(stage), _)) => stage <= 1,
            Some((None, level)) => matches!(level, Some(3 | 4)),
            None => false,
        })
    }

    fn came(&self) -> Entry {
        let late = self.entry().is_some_and(|entry| self.year.induction_over() < entry);
        if late { Entry::Late } else { Entry::InTime }
    }
}

const fn is_here(status: Status) -> bool {
    !matches!(status, Status::Interrupted | Status::Withdrawn | Status::Completed)
}

fn standing(who: &Who, enrolment: Option<&Enrolment>) -> Result<(), Condition> {
    let status = enrolment.map_or(Status::Enrolled, |it| it.status);
    let meant =
        if who.statuses.is_empty() { is_here(status) } else { who.statuses.contains(&status) };
    if meant || enrolment.is_none() { Ok(()) } else { Err(Condition::Status(status)) }
}

fn studies(who: &Who, enrolment: Option<&Enrolment>) -> Result<(), Condition> {
    let among = |wanted: &[u8], is: Option<u8>, other, unknown| match is {
        _ if wanted.is_empty() => Ok(()),
        Some(number) if wanted.contains(&number) => Ok(()),
        Some(_) => Err(other),
        None => Err(unknown),
    };
    let kind = enrolment.map_or(KindOfStudy::SingleHonours, |it| it.kind);
    if who.not_kinds.contains(&kind) || !(who.kinds.is_empty() || who.kinds.contains(&kind)) {
        return Err(Condition::Kind);
    }
    let mode = enrolment.map_or(Mode::FullTime, |it| it.mode);
    if !(who.modes.is_empty() || who.modes.contains(&mode)) {
        return Err(Condition::Mode);
    }
    let level = enrolment.and_then(level_of);
    among(&who.levels, level, Condition::Level, Condition::LevelUnknown)?;
    let stage = enrolment.and_then(stage_of);
    among(&who.stages, stage, Condition::Stage, Condition::StageUnknown)
}

/// The level, where it is not written down by the kind of study or the year of the programme.
fn level_of(enrolment: &Enrolment) -> Option<u8> {
    let by_kind = match enrolment.kind {
        KindOfStudy::Foundation => Some(3),
        KindOfStudy::TaughtPostgraduate => Some(7),
        KindOfStudy::Research => Some(8),
        KindOfStudy::SingleHonours
        | KindOfStudy::JointHonours
        | KindOfStudy::Multidisciplinary
        | KindOfStudy::IncomingExchange
        | KindOfStudy::WorkPlacement
        | KindOfStudy::Cpd => None,
    };
    let by_stage = || enrolment.stage.filter(|stage| (1..=3).contains(stage)).map(|it| it + 3);
    enrolment.level.or(by_kind).or_else(by_stage)
}

/// The year of the programme, where it is not written down that of an undergraduate's level.
fn stage_of(enrolment: &Enrolment) -> Option<u8> {
    let by_level = || enrolment.level.filter(|level| (4..=6).contains(level)).map(|it| it - 3);
    enrolment.stage.or_else(by_level)
}
