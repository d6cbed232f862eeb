//! Who is judged in which module, and whom that compares them with.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use super::calendar::Calendar;
use crate::domain::{
    decision::Verdict, file::StudentFile, fold::fold, module::ModuleId, records::Records,
    student::Status, tutor::TutorId,
};

/// How many days before the end of a week somebody must not have been exempt to be judged in it: as many as the score looks
/// back on, who was not online for 28 days and which sessions of four weeks were missed. Who comes back from three weeks of
/// illness would else be called gone for the days that were not to be judged.
const JUDGED_DAYS: u64 = 28;

/// One student in one module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat<'a> {
    /// The student.
    pub(super) file: &'a StudentFile,
    /// The module.
    pub(super) module: ModuleId,
    /// The last week that is judged, by its Monday and its number.
    pub(super) week: (NaiveDate, u8),
    /// The Monday of the last week that any source of the student knows: their result is that week's.
    pub(super) latest: NaiveDate,
    /// The programme as a whole whose signals stand in for missing ones.
    pub(super) whole: Option<ModuleId>,
    /// The tutor.
    pub(super) tutor: Option<TutorId>,
    /// The programme, as a number.
    pub(super) programme: u32,
    /// The school, as a number.
    pub(super) school: u32,
}

/// Every student in every module that is judged, students in the order of their ids.
///
/// Who has left, has paused or is exempt has no seat: they are not judged, and they are not among the peers of anybody,
/// whose median their silence would lower.
pub(super) fn seats<'a>(
    records: &'a Records,
    calendar: &Calendar<'_>,
    today: NaiveDate,
) -> Vec<Seat<'a>> {
    let files: Vec<&StudentFile> = records.files().map(|file| &**file).collect();
    let found: Vec<Vec<Found<'a>>> =
        files.into_par_iter().map(|file| of(records, calendar, file, today)).collect();
    let (mut programmes, mut schools) = (Numbers::default(), Numbers::default());
    let mut seats = Vec::with_capacity(found.iter().map(Vec::len).sum());
    for (seat, programme, school) in found.into_iter().flatten() {
        let (programme, school) = (programmes.of(programme), schools.of(school));
        seats.push(Seat { programme, school, ..seat });
    }
    seats
}

/// A seat with the programme and the school in words.
type Found<'a> = (Seat<'a>, &'a str, &'a str);

fn of<'a>(
    records: &'a Records,
    calendar: &Calendar<'_>,
    file: &'a StudentFile,
    today: NaiveDate,
) -> Vec<Found<'a>> {
    let enrolment = file.enrolment(today);
    let here =
        enrolment.is_none_or(|it| it.status.is_current() && it.status != Status::Interrupted);
    if file.engagements.is_empty() || !here {
        return Vec::new();
    }
    let tutor = file.allocation(today).map(|allocation| allocation.tutor);
    let programme = enrolment.map_or("", |enrolment| &*enrolment.programme);
    let school = enrolment.map(|it| &*it.school).filter(|school| !school.is_empty());
    let of_tutor = || records.tutor(tutor?).map(|tutor| tutor.school.as_str());
    let school = school.or_else(of_tutor).unwrap_or_default();
    let on: BTreeSet<ModuleId> = file.engagements.iter().map(|held| held.module).collect();
    let running = on.into_iter().filter_map(|module| calendar.running(module));
    let running: Vec<_> = running.filter(|running| !is_exempt(file, running.monday)).collect();
    let Some(latest) = running.iter().map(|running| running.monday).max() else {
        return Vec::new();
    };
    let real = running.iter().any(|running| !running.module.code.is_empty());
    let judged = running.into_iter().filter(|it| !real || !it.module.code.is_empty());
    let seat = judged.map(|it| Seat {
        file,
        module: it.module.id,
        week: (it.monday, it.week.0),
        latest,
        whole: it.whole.map(|whole| whole.id),
        tutor,
        programme: 0,
        school: 0,
    });
    seat.map(|seat| (seat, programme, school)).collect()
}

/// Whether the student was exempt in the four weeks that end with this one.
pub(in crate::domain) fn is_exempt(file: &StudentFile, monday: NaiveDate) -> bool {
    let last = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
    let first = last.checked_sub_days(Days::new(JUDGED_DAYS - 1)).unwrap_or(monday);
    file.decisions.iter().any(|decision| match decision.verdict {
        Verdict::Exempt { from, to, .. } => from <= last && to.is_none_or(|to| to >= first),
        Verdict::Snoozed { .. }
        | Verdict::Wrong(_)
        | Verdict::Closed(_)
        | Verdict::Assigned { .. } => false,
    })
}

/// Words by number, the same for the same words, whatever their case.
#[derive(Default)]
struct Numbers<'a> {
    said: HashMap<&'a str, u32>,
    folded: HashMap<Cow<'a, str>, u32>,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, words: &'a str) -> u32 {
        if let Some(number) = self.said.get(words) {
            return *number;
        }
        let next = u32::try_from(self.folded.len()).unwrap_or(u32::MAX);
        let number = *self.folded.entry(fold(words)).or_insert(next);
        self.said.insert(words, number);
        number
    }
}

/// The places of each student's seats in the list, which stand together.
pub(super) fn by_student(seats: &[Seat<'_>]) -> Vec<Range<usize>> {
    let mut from = 0;
    let same = |one: &Seat<'_>, next: &Seat<'_>| one.file.student.id == next.file.student.id;
    let of_each = seats.chunk_by(same).map(|chunk| {
        let range = from..from + chunk.len();
        from = range.end;
        range
    });
    of_each.collect()
}
