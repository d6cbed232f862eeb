//! Reads what a student studies; past enrolments are kept, because past duties need them.

use chrono::NaiveDate;

use super::{Context, read::Reader};
use crate::domain::{
    file::StudentFile,
    student::{Enrolment, EnrolmentId, KindOfStudy, Mode, Status, Student},
    time::Leaning,
    word::Choice,
};

/// What a student studies, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EnrolmentInput {
    /// First day; empty is the start of the one that runs, else the entry date, else today.
    pub from: String,
    /// Programme.
    pub programme: String,
    /// Programme or route code.
    pub programme_code: String,
    /// Lead school.
    pub school: String,
    /// Second discipline of a joint degree.
    pub second_discipline: String,
    /// Level, 3 to 8.
    pub level: String,
    /// Year of the programme.
    pub stage: String,
    /// Mode of study in words; empty is full-time.
    pub mode: String,
    /// Kind of study in words; empty is single honours.
    pub kind: String,
    /// Status in words; empty is enrolled.
    pub status: String,
}

impl EnrolmentInput {
    /// The fields filled in from an enrolment.
    #[must_use]
    pub fn of(enrolment: &Enrolment) -> Self {
        let number = |number: Option<u8>| number.map(|n| n.to_string()).unwrap_or_default();
        Self {
            from: enrolment.from.format("%-d %b %Y").to_string(),
            programme: enrolment.programme.to_string(),
            programme_code: enrolment.programme_code.to_string(),
            school: enrolment.school.to_string(),
            second_discipline: enrolment.second_discipline.to_string(),
            level: number(enrolment.level),
            stage: number(enrolment.stage),
            mode: enrolment.mode.words().to_owned(),
            kind: enrolment.kind.words().to_owned(),
            status: enrolment.status.words().to_owned(),
        }
    }
}

/// The enrolment as it will run, and the one it follows, ended the day before.
pub(super) struct Enrolled {
    /// The one that runs.
    pub current: Enrolment,
    /// The one before, if this one is new.
    pub before: Option<Enrolment>,
}

/// Reads the fields against the enrolment that runs today. None if nothing is known of the studies.
pub(super) fn enrol(
    context: &mut Context<'_>,
    reader: &mut Reader,
    file: Option<&StudentFile>,
    (student, input): (&Student, &EnrolmentInput),
) -> Option<Enrolled> {
    let today = context.now.today();
    let old = file.and_then(|file| file.enrolment(today)).cloned();
    let usual = || old.as_ref().map(|old| old.from).or(student.entry).unwrap_or(today);
    let from = reader.optional_day("from", &input.from, Leaning::Past).unwrap_or_else(usual);
    let id = old.as_ref().map_or_else(|| context.ids.fresh(), |old| old.id);
    let blank = blank(id, student, from, old.as_ref());
    let new = Enrolment {
        programme: reader.line("programme", &input.programme).into(),
        programme_code: reader.line("programme-code", &input.programme_code).into(),
        school: reader.line("school", &input.school).into(),
        second_discipline: reader.line("second-discipline", &input.second_discipline).into(),
        level: reader.number("level", &input.level, 3, 8),
        stage: reader.number("stage", &input.stage, 0, 12),
        mode: reader.choice("mode", &input.mode, Mode::FullTime),
        kind: reader.choice("kind", &input.kind, KindOfStudy::SingleHonours),
        status: reader.choice("status", &input.status, Status::Enrolled),
        ..blank.clone()
    };
    let Some(old) = old else {
        return (new != blank).then_some(Enrolled { current: new, before: None });
    };
    let corrected = Enrolment { from: old.from, ..new.clone() };
    if from <= old.from || corrected == old {
        let others = file.into_iter().flat_map(|file| &file.enrolments);
        let overlaps = others
            .filter(|other| other.id != old.id && other.from < old.from)
            .any(|other| other.to.is_none_or(|to| from <= to));
        if from < old.from && overlaps {
            reader.refuse("from", "An earlier enrolment still runs then: write a later day.");
        }
        if new.to.is_some_and(|to| to < from) {
            reader.refuse("from", "This enrolment ends before that day: write an earlier day.");
        }
        return Some(Enrolled { current: new, before: None });
    }
    let before = Enrolment { to: from.pred_opt().min(old.to.or(from.pred_opt())), ..old };
    let to = new.to.filter(|to| *to >= from);
    Some(Enrolled {
        current: Enrolment { id: context.ids.fresh(), to, ..new },
        before: Some(before),
    })
}

/// An enrolment of which nothing is known, in the place of the old one if there is one.
fn blank(
    id: EnrolmentId,
    student: &Student,
    from: NaiveDate,
    old: Option<&Enrolment>,
) -> Enrolment {
    Enrolment {
        id,
        student: student.id,
        from,
        to: old.and_then(|old| old.to),
        sequence: old.map(|old| old.sequence.clone()).unwrap_or_default(),
        programme: "".into(),
        programme_code: "".into(),
        school: "".into(),
        second_discipline: "".into(),
        level: None,
        stage: None,
        mode: Mode::FullTime,
        kind: KindOfStudy::SingleHonours,
        status: Status::Enrolled,
    }
}
