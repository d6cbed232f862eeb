//! What the records hold of each student of a list, looked up for all of them at once on every core.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{
    enrolments::{self, Years},
    fields,
};
use crate::domain::{
    file::StudentFile,
    places::{Hashes, Places},
    roll::Listed,
    student::StudentId,
    tutor::TutorId,
};

/// A shorter list is looked up before other cores have woken.
const SHORT: usize = 256;
/// Files that are looked at together.
const AT_ONCE: usize = 64;

/// What is known about a listed student and their tutor.
pub(super) struct Looked<'a> {
    pub student: Look<'a>,
    /// Which of the tutors whom the list names, from 0: it names the same few again and again.
    pub tutor: Option<usize>,
}

/// The hashes of a listed student's number and tutor, where there are such.
struct Keys {
    number: Option<u64>,
    tutor: Option<u128>,
}

/// Whom the records have under the number of a listed student.
pub(super) enum Look<'a> {
    /// Nobody, or the list gives no number.
    Nobody,
    /// One student.
    One(Known<'a>),
    /// Several: nobody can say which.
    Several,
}

/// A student of the records whom a list is about.
pub(super) struct Known<'a> {
    pub id: StudentId,
    pub file: &'a StudentFile,
    /// Whether the list says anything else about student and enrolments than what is known; most rows do not.
    pub says_more: bool,
    /// Whether the list gives no e-mail address or the one that is known.
    pub same_email: bool,
    /// Who tutors them today.
    pub tutor: Option<TutorId>,
}

impl<'a> Known<'a> {
    pub(super) fn of(years: &Years<'_>, file: &'a StudentFile, said: &Listed) -> Self {
        let student = &file.student;
        Self {
            id: student.id,
            file,
            says_more: fields::says_more(student, said)
                || !enrolments::are_known(years, file, said),
            same_email: said.email.is_empty() || student.email.eq_ignore_ascii_case(&said.email),
            tutor: file.allocation(years.day).map(|held| held.tutor),
        }
    }
}

/// What is known about each listed student, in their order.
pub(super) fn look_up<'a>(years: &Years<'a>, listed: &[Listed]) -> Vec<Looked<'a>> {
    let hashes = Hashes::default();
    let keys = each(listed, SHORT, |said| Keys {
        number: (!said.number.is_empty()).then(|| hashes.of(&said.number)),
        tutor: said.tutor.as_ref().map(|tutor| hashes.long(tutor)),
    });
    let mut places = Places::with_capacity(keys.len());
    let mut tutors = HashMap::new();
    let mut looked = Vec::with_capacity(keys.len());
    for (place, key) in keys.into_iter().enumerate() {
        if let Some(number) = key.number {
            places.put(number, place);
        }
        let next = tutors.len();
        let tutor = key.tutor.map(|tutor| *tutors.entry(tutor).or_insert(next));
        looked.push(Looked { student: Look::Nobody, tutor });
    }
    for (place, known) in known(years, listed, &hashes, &places) {
        if let Some(Looked { student, .. }) = looked.get_mut(place) {
            let first = matches!(student, Look::Nobody);
            *student = if first { Look::One(known) } else { Look::Several };
        }
    }
    looked
}

/// The students of the records who have the number of a listed one, and the place of that. It goes through the files and
/// not through the list, and some of them at a time: memory is what it waits for.
fn known<'a>(
    years: &Years<'a>,
    listed: &[Listed],
    hashes: &Hashes,
    places: &Places,
) -> Vec<(usize, Known<'a>)> {
    let mut files: Vec<&'a StudentFile> = years.records.files().map(|file| &**file).collect();
    // As they lie in memory, and as their students were listed the last time.
    files.sort_unstable_by_key(|file| std::ptr::from_ref(*file).addr());
    let some: Vec<&[&'a StudentFile]> = files.chunks(AT_ONCE).collect();
    let known = each(&some, SHORT / AT_ONCE, |files| {
        let keys = files.iter().map(|file| hashes.of(&file.student.number)).collect::<Vec<_>>();
        let found = files.iter().zip(keys).flat_map(|(file, key)| {
            let number = &file.student.number;
            let places = places.at(key).map(move |place| (place, *file));
            places.filter(move |(place, _)| {
                listed.get(*place).is_some_and(|said| said.number == *number)
            })
        });
        let found: Vec<_> = found.collect();
        let known = found
            .into_iter()
            .filter_map(|(place, file)| Some((place, Known::of(years, file, listed.get(place)?))));
        known.collect::<Vec<_>>()
    });
    known.into_iter().flatten().collect()
}

/// Asks the same of each, on every core where there are many.
fn each<T: Sync, A: Send>(all: &[T], few: usize, ask: impl Fn(&T) -> A + Sync) -> Vec<A> {
    if all.len() < few { all.iter().map(ask).collect() } else { all.par_iter().map(&ask).collect() }
}
