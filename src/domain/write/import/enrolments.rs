//! What a list says about programmes of study, against the enrolments that are known.
//!
//! A past enrolment keeps its values: what changes from one academic year to the next, or within a year,
//! begins a new enrolment and ends the one before it.

use chrono::{Days, NaiveDate};

use super::{
    FieldChange,
    fields::{set, set_option},
};
use crate::domain::{
    calendar::academic_year_of,
    file::StudentFile,
    id::IdSource,
    records::Records,
    roll::{Listed, ListedEnrolment},
    student::{Enrolment, KindOfStudy, Mode, Status, StudentId},
    word::Choice,
};

/// Where academic years begin.
pub(super) struct Years<'a> {
    pub records: &'a Records,
    pub day: NaiveDate,
}

impl Years<'_> {
    /// The first day of the academic year with this September.
    fn start(&self, year: i32) -> NaiveDate {
        let september = |day| NaiveDate::from_ymd_opt(year, 9, day).unwrap_or(self.day);
        self.records
            .calendar(september(28))
            .map_or_else(|| september(1), |calendar| calendar.span.from)
    }

    /// The academic year that a list is about.
    fn of(&self, said: &ListedEnrolment) -> i32 {
        said.year.unwrap_or_else(|| academic_year_of(self.day))
    }
}

/// The enrolments of a new student.
pub(super) fn new(
    years: &Years<'_>,
    student: StudentId,
    said: &Listed,
    ids: &mut IdSource,
) -> Vec<Enrolment> {
    let mut enrolments = Vec::new();
    for listed in &said.enrolments {
        place(years, &mut enrolments, student, (listed, said), ids);
    }
    enrolments
}

/// The enrolments of a known student that are new or changed, and the fields that differ.
pub(super) fn update(
    years: &Years<'_>,
    file: &StudentFile,
    said: &Listed,
    ids: &mut IdSource,
    fields: &mut Vec<FieldChange>,
) -> Vec<Enrolment> {
    if are_known(years, file, said) {
        return Vec::new();
    }
    let mut enrolments: Vec<Enrolment> =
        file.enrolments.iter().map(|held| held.value.clone()).collect();
    for listed in &said.enrolments {
        match place(years, &mut enrolments, file.student.id, (listed, said), ids) {
            Placed::New => {
                fields.extend(enrolments.last().map_or_else(Vec::new, |new| news(new, listed)));
            }
            Placed::Known(mut changes) => fields.append(&mut changes),
        }
    }
    enrolments
        .retain(|enrolment| file.find(enrolment.id).is_none_or(|held| held.value != *enrolment));
    enrolments
}

/// Whether the enrolments that a list speaks of say the same already; most do.
pub(super) fn are_known(years: &Years<'_>, file: &StudentFile, said: &Listed) -> bool {
    said.enrolments.iter().all(|listed| is_known(years, file, listed, said))
}

fn is_known(
    years: &Years<'_>,
    file: &StudentFile,
    listed: &ListedEnrolment,
    said: &Listed,
) -> bool {
    let next = years.start(years.of(listed) + 1);
    let known = counterpart(file.enrolments.iter().map(|held| &held.value), (listed, said), next)
        .and_then(|at| file.enrolments.get(at));
    let same = |known: &str, said: &str| said.is_empty() || known == said;
    known.is_some_and(|known| {
        same(&known.sequence, &listed.sequence)
            && same(&known.programme, &listed.programme)
            && same(&known.programme_code, &listed.programme_code)
            && same(&known.school, &listed.school)
            && same(&known.second_discipline, &listed.second_discipline)
            && (listed.level.is_none() || known.level == listed.level)
            && (listed.stage.is_none() || known.stage == listed.stage)
            && listed.mode.is_none_or(|mode| known.mode == mode)
            && listed.kind.is_none_or(|kind| known.kind == kind)
            && listed.status.is_none_or(|status| known.status == status)
    })
}

/// What became of a listed enrolment.
enum Placed {
    /// It is new, and the last now.
    New,
    /// It was known; these fields differ.
    Known(Vec<FieldChange>),
}

/// Puts what is said in its place among the enrolments of a student, and tells which fields differ.
fn place(
    years: &Years<'_>,
    enrolments: &mut Vec<Enrolment>,
    student: StudentId,
    (listed, said): (&ListedEnrolment, &Listed),
    ids: &mut IdSource,
) -> Placed {
    let year = years.of(listed);
    let (start, next) = (years.start(year), years.start(year + 1));
    let Some(at) = counterpart(enrolments.iter(), (listed, said), next) else {
        let mut enrolment = blank(listed, student, ids);
        enrolment.from = said.entry.filter(|entry| *entry > start).unwrap_or(start);
        enrolment.to = later(enrolments, listed, enrolment.from);
        let left = !enrolment.status.is_current();
        if left && said.enrolments.iter().any(|other| other.status.is_none_or(Status::is_current)) {
            // A course that was left before this one: it must not hide the one that runs.
            enrolment.to = Some(enrolment.from);
        }
        enrolments.push(enrolment);
        return Placed::New;
    };
    let overtaken =
        enrolments.iter().any(|held| held.sequence == listed.sequence && held.from >= next);
    let Some(known) = enrolments.get_mut(at) else { return Placed::Known(Vec::new()) };
    let mut fields = Vec::new();
    let mut after = known.clone();
    apply(&mut after, listed, &mut fields);
    let today = years.day.clamp(start, next.pred_opt().unwrap_or(next));
    let stays_over = known.to.is_some() && (overtaken || !after.status.is_current());
    if is_correction(known, &after) || known.from >= today || stays_over {
        *known = after;
        return Placed::Known(fields);
    }
    let from = if known.from < start { start } else { today };
    let eve = from.checked_sub_days(Days::new(1));
    known.to = known.to.min(eve).or(eve);
    (after.from, after.to, after.id) = (from, None, ids.fresh());
    enrolments.push(after);
    Placed::Known(fields)
}

/// The enrolment that a list speaks of: of its sequence, and the latest that began before the year was over.
fn counterpart<'a>(
    enrolments: impl Iterator<Item = &'a Enrolment> + Clone,
    (listed, said): (&ListedEnrolment, &Listed),
    next: NaiveDate,
) -> Option<usize> {
    let own = !listed.sequence.is_empty()
        && enrolments.clone().any(|held| held.sequence == listed.sequence);
    let fits = |held: &Enrolment| {
        let either = held.sequence.is_empty() || listed.sequence.is_empty();
        held.from < next && (held.sequence == listed.sequence || (!own && either))
    };
    let same_programme = |held: &Enrolment| {
        (!listed.programme_code.is_empty() && held.programme_code == listed.programme_code)
            || (!listed.programme.is_empty() && held.programme == listed.programme)
    };
    // Two programmes at the same time are told apart by their names.
    let at_once =
        |other: &&ListedEnrolment| other.sequence == listed.sequence && other.year == listed.year;
    let twins = said.enrolments.iter().filter(at_once).count() > 1;
    enrolments
        .enumerate()
        .filter(|(_, held)| fits(held) && (!twins || same_programme(held)))
        .max_by_key(|(at, held)| (held.to.is_none(), same_programme(held), held.from, *at))
        .map(|(at, _)| at)
}

/// The day before the next enrolment of the same sequence, if a list tells of the past.
fn later(enrolments: &[Enrolment], listed: &ListedEnrolment, from: NaiveDate) -> Option<NaiveDate> {
    let same =
        enrolments.iter().filter(|held| held.sequence == listed.sequence && held.from > from);
    same.map(|held| held.from).min().and_then(|next| next.pred_opt())
}

/// Whether only gaps were filled or spellings changed: nothing that past duties depend on.
fn is_correction(known: &Enrolment, after: &Enrolment) -> bool {
    let kept = |known: &str, after: &str| known.is_empty() || known == after;
    let same_code =
        !known.programme_code.is_empty() && known.programme_code == after.programme_code;
    (kept(&known.programme, &after.programme) || same_code)
        && kept(&known.programme_code, &after.programme_code)
        && known.level.is_none_or(|level| after.level == Some(level))
        && known.stage.is_none_or(|stage| after.stage == Some(stage))
        && known.mode == after.mode
        && known.status == after.status
}

/// Takes what is said, and notes what differs.
fn apply(known: &mut Enrolment, listed: &ListedEnrolment, fields: &mut Vec<FieldChange>) {
    set(&mut known.sequence, &listed.sequence, "course sequence", fields);
    set(&mut known.programme, &listed.programme, "programme", fields);
    set(&mut known.programme_code, &listed.programme_code, "programme code", fields);
    set(&mut known.school, &listed.school, "lead school", fields);
    set(&mut known.second_discipline, &listed.second_discipline, "second discipline", fields);
    set_option(&mut known.level, listed.level, "level", fields, |level| level.to_string());
    set_option(&mut known.stage, listed.stage, "stage", fields, |stage| stage.to_string());
    set_choice(&mut known.mode, listed.mode, "mode of study", fields);
    set_choice(&mut known.kind, listed.kind, "kind of study", fields);
    set_choice(&mut known.status, listed.status, "status", fields);
}

fn set_choice<C: Choice>(
    known: &mut C,
    said: Option<C>,
    field: &'static str,
    fields: &mut Vec<FieldChange>,
) {
    if let Some(said) = said
        && *known != said
    {
        fields.push(FieldChange {
            field,
            before: known.words().to_owned(),
            after: said.words().to_owned(),
        });
        *known = said;
    }
}

/// A new enrolment with what is said, and the usual where nothing is.
fn blank(listed: &ListedEnrolment, student: StudentId, ids: &mut IdSource) -> Enrolment {
    let usual = match listed.level {
        _ if !listed.second_discipline.is_empty() => KindOfStudy::JointHonours,
        Some(3) => KindOfStudy::Foundation,
        Some(7) => KindOfStudy::TaughtPostgraduate,
        Some(8) => KindOfStudy::Research,
        _ => KindOfStudy::SingleHonours,
    };
    Enrolment {
        id: ids.fresh(),
        student,
        from: NaiveDate::MIN,
        to: None,
        sequence: listed.sequence.clone().into(),
        programme: listed.programme.clone().into(),
        programme_code: listed.programme_code.clone().into(),
        school: listed.school.clone().into(),
        second_discipline: listed.second_discipline.clone().into(),
        level: listed.level,
        stage: listed.stage,
        mode: listed.mode.unwrap_or(Mode::FullTime),
        kind: listed.kind.unwrap_or(usual),
        status: listed.status.unwrap_or(Status::Enrolled),
    }
}

/// What a new enrolment brings, as changes from nothing.
fn news(enrolment: &Enrolment, listed: &ListedEnrolment) -> Vec<FieldChange> {
    let mut nothing = Enrolment {
        sequence: "".into(),
        programme: "".into(),
        programme_code: "".into(),
        school: "".into(),
        second_discipline: "".into(),
        level: None,
        stage: None,
        ..enrolment.clone()
    };
    let mut fields = Vec::new();
    apply(&mut nothing, listed, &mut fields);
    if fields.is_empty() {
        let after = enrolment.status.words().to_owned();
        fields.push(FieldChange { field: "status", before: String::new(), after });
    }
    fields
}
