//! Who is whose tutee, and what each group did week by week: counted for all groups when the records come, so that
//! taking a student in hand asks nobody else.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    Span, earliest,
    weeks::{self, Behind},
};
use crate::domain::{
    file::StudentFile,
    records::Records,
    student::{Status, StudentId},
    tutor::TutorId,
};

/// The groups that plots compare with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    tutees: HashMap<TutorId, Vec<StudentId>>,
    /// What each group did, from the week on with which the plots of most of it begin.
    counted: HashMap<TutorId, (NaiveDate, Behind)>,
}

impl Groups {
    /// The tutees of every tutor on a day, without those who have paused or left, and what they did.
    #[must_use]
    pub fn of(records: &Records, today: NaiveDate) -> Self {
        let mut groups = Self::default();
        for file in records.files() {
            groups.add(file, today);
        }
        let counted = groups.tutees.par_iter().filter_map(|(tutor, students)| {
            Some((*tutor, counted(records, &files(records, students), today)?))
        });
        groups.counted = counted.collect();
        groups
    }

    /// Finds out anew whose tutees these students are, and what their groups did.
    pub fn follow(&mut self, records: &Records, students: &BTreeSet<StudentId>, today: NaiveDate) {
        let mut touched = BTreeSet::new();
        for (tutor, group) in &mut self.tutees {
            let before = group.len();
            group.retain(|student| !students.contains(student));
            if group.len() < before {
                touched.insert(*tutor);
            }
        }
        for file in students.iter().filter_map(|student| records.file(*student)) {
            touched.extend(self.add(file, today));
        }
        for tutor in touched {
            let group = self.tutees.get(&tutor).map_or(&[][..], Vec::as_slice);
            match counted(records, &files(records, group), today) {
                Some(counted) => self.counted.insert(tutor, counted),
                None => self.counted.remove(&tutor),
            };
        }
    }

    fn add(&mut self, file: &StudentFile, today: NaiveDate) -> Option<TutorId> {
        let enrolment = file.enrolment(today);
        let here =
            enrolment.is_none_or(|it| it.status.is_current() && it.status != Status::Interrupted);
        let tutor = file.allocation(today).filter(|_| here)?.tutor;
        self.tutees.entry(tutor).or_default().push(file.student.id);
        Some(tutor)
    }

    /// What the group of a student did in these weeks.
    pub(super) fn behind(
        &self,
        records: &Records,
        file: &StudentFile,
        span: Span,
    ) -> Option<Cow<'_, Behind>> {
        let tutor = file.allocation(span.today)?.tutor;
        let known = self
            .counted
            .get(&tutor)
            .filter(|(first, behind)| *first == span.first && behind.weeks() == span.weeks);
        if let Some((_, behind)) = known {
            return Some(Cow::Borrowed(behind));
        }
        let group = files(records, self.tutees.get(&tutor)?);
        Some(Cow::Owned(weeks::behind(span, records, &group)))
    }
}

fn files<'a>(records: &'a Records, students: &[StudentId]) -> Vec<&'a StudentFile> {
    students.iter().filter_map(|student| records.file(*student)).map(|file| &**file).collect()
}

/// What a group did from the week on with which the plots of most of it begin; none without anybody.
fn counted(
    records: &Records,
    group: &[&StudentFile],
    today: NaiveDate,
) -> Option<(NaiveDate, Behind)> {
    let mut firsts: HashMap<NaiveDate, usize> = HashMap::new();
    for file in group {
        *firsts.entry(earliest(records, file, today)).or_default() += 1;
    }
    let (first, _) = firsts.into_iter().max_by_key(|(first, count)| (*count, *first))?;
    Some((first, weeks::behind(Span::new(first, today), records, group)))
}
