//! Which texts of a file are searched, and which record each belongs to.

use chrono::NaiveDate;

use crate::domain::{
    access::{Viewer, for_tutors, note_visible_to},
    case::Case,
    change::record_id,
    decision::Decision,
    disclosure::Disclosure,
    entity::Entity,
    file::{Held, StudentFile},
    letter::Letter,
    note::Note,
    record::{Kind, RecordId},
};

/// Where a text stands: the shelf, the place on it, and the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) kind: Kind,
    index: usize,
    field: u8,
}

impl Place {
    /// Whether both stand in the same record.
    pub(super) fn same_record(self, other: Self) -> bool {
        self.kind == other.kind && self.index == other.index
    }

    /// Whether the text says who the student is: such words count for all their records.
    pub(super) fn is_identity(self) -> bool {
        matches!(self.kind, Kind::Student | Kind::Enrolment)
    }

    /// Which record it is.
    pub(super) fn record(self, file: &StudentFile) -> Option<RecordId> {
        match self.kind {
            Kind::Student => Some(record_id(file.student.id)),
            Kind::Enrolment => id_at(&file.enrolments, self.index),
            Kind::Meeting => id_at(&file.meetings, self.index),
            Kind::Contact => id_at(&file.contacts, self.index),
            Kind::Note => id_at(&file.notes, self.index),
            Kind::Action => id_at(&file.actions, self.index),
            Kind::Referral => id_at(&file.referrals, self.index),
            Kind::Consent => id_at(&file.consents, self.index),
            Kind::Flag => id_at(&file.flags, self.index),
            Kind::Waiver => id_at(&file.waivers, self.index),
            Kind::Ladder => id_at(&file.ladders, self.index),
            Kind::Letter => id_at(&file.letters, self.index),
            Kind::Disclosure => id_at(&file.disclosures, self.index),
            Kind::Decision => id_at(&file.decisions, self.index),
            Kind::Case => id_at(&file.cases, self.index),
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Allocation
            | Kind::Attendance
            | Kind::SlotChoice
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView
            | Kind::Engagement
            | Kind::Results
            | Kind::Alias => None,
        }
    }

    /// Whether the viewer may see the record.
    pub(super) fn is_visible(self, file: &StudentFile, viewer: Viewer) -> bool {
        let note = |it: &Held<Note>| note_visible_to(viewer, file, it);
        let letter = |it: &Held<Letter>| for_tutors(viewer, file, it.tutor);
        let disclosure = |it: &Held<Disclosure>| for_tutors(viewer, file, it.tutor);
        let decision = |it: &Held<Decision>| for_tutors(viewer, file, it.tutor);
        let case = |it: &Held<Case>| for_tutors(viewer, file, it.owner);
        match self.kind {
            Kind::Note => file.notes.get(self.index).is_some_and(note),
            Kind::Letter => file.letters.get(self.index).is_some_and(letter),
            Kind::Disclosure => file.disclosures.get(self.index).is_some_and(disclosure),
            Kind::Decision => file.decisions.get(self.index).is_some_and(decision),
            Kind::Case => file.cases.get(self.index).is_some_and(case),
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Student
            | Kind::Enrolment
            | Kind::Allocation
            | Kind::Meeting
            | Kind::Attendance
            | Kind::Contact
            | Kind::Action
            | Kind::Referral
            | Kind::Consent
            | Kind::Flag
            | Kind::Waiver
            | Kind::SlotChoice
            | Kind::Ladder
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView
            | Kind::Engagement
            | Kind::Results
            | Kind::Alias => true,
        }
    }

    /// The day of the record; none of the student.
    pub(super) fn day(self, file: &StudentFile) -> Option<NaiveDate> {
        match self.kind {
            Kind::Enrolment => file.enrolments.get(self.index).map(|it| it.from),
            Kind::Meeting => file.meetings.get(self.index).map(|it| it.on),
            Kind::Contact => file.contacts.get(self.index).map(|it| it.on),
            Kind::Note => file.notes.get(self.index).map(|it| it.on),
            Kind::Action => file.actions.get(self.index).and_then(|it| {
                let meeting = it.meeting.and_then(|id| file.find(id)).map(|meeting| meeting.on);
                it.done.or(it.due).or(meeting).or(Some(NaiveDate::MIN))
            }),
            Kind::Referral => file.referrals.get(self.index).map(|it| it.on),
            Kind::Consent => file.consents.get(self.index).map(|it| it.on),
            Kind::Flag => file.flags.get(self.index).map(|it| it.on),
            Kind::Waiver => file.waivers.get(self.index).map(|it| it.on),
            Kind::Ladder => file.ladders.get(self.index).map(|it| it.started),
            Kind::Letter => file.letters.get(self.index).map(|it| it.made),
            Kind::Disclosure => file.disclosures.get(self.index).map(|it| it.on),
            Kind::Decision => file.decisions.get(self.index).map(|it| it.on),
            Kind::Case => file.cases.get(self.index).map(|it| it.opened),
            Kind::Student
            | Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Allocation
            | Kind::Attendance
            | Kind::SlotChoice
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView
            | Kind::Engagement
            | Kind::Results
            | Kind::Alias => None,
        }
    }
}

fn id_at<T: Entity>(shelf: &[Held<T>], index: usize) -> Option<RecordId> {
    shelf.get(index).map(|held| record_id(held.value.id()))
}

/// Every text of a file, who the student is first; texts of one record follow each other.
pub(super) fn texts(file: &StudentFile) -> impl Iterator<Item = (Place, &str)> {
    let student = &file.student.value;
    let identity = [
        &*student.name.given,
        &student.name.family,
        &student.name.preferred,
        &student.number,
        &student.email,
        &student.phone,
    ];
    of(Kind::Student, 0, identity)
        .chain(shelf(Kind::Enrolment, &file.enrolments, |it| {
            [&it.programme, &it.programme_code, &it.school, &it.second_discipline]
        }))
        .chain(shelf(Kind::Meeting, &file.meetings, |it| [&it.focus, &it.place]))
        .chain(shelf(Kind::Contact, &file.contacts, |it| [&it.about]))
        .chain(shelf(Kind::Note, &file.notes, |it| [&it.text]))
        .chain(shelf(Kind::Action, &file.actions, |it| [&it.what]))
        .chain(shelf(Kind::Referral, &file.referrals, |it| {
            [&it.service, &it.reason, it.outcome.as_ref().map_or("", |outcome| &outcome.text)]
        }))
        .chain(shelf(Kind::Consent, &file.consents, |it| [&it.recipient, &it.purpose]))
        .chain(shelf(Kind::Flag, &file.flags, |it| {
            [&it.text, &it.raised_by, it.closed.as_ref().map_or("", |closed| &closed.text)]
        }))
        .chain(shelf(Kind::Waiver, &file.waivers, |it| [&it.why]))
        .chain(shelf(Kind::Ladder, &file.ladders, |it| {
            [&it.why, it.ended.as_ref().map_or("", |ended| &ended.note)]
        }))
        .chain(shelf(Kind::Letter, &file.letters, |it| [&it.subject, &it.text, &it.to]))
        .chain(shelf(Kind::Disclosure, &file.disclosures, |it| {
            [&it.what, &it.reason, &it.to, &it.purpose]
        }))
        .chain(shelf(Kind::Decision, &file.decisions, |it| [&it.why]))
        .chain(of_cases(file))
        .filter(|(_, text)| !text.is_empty())
}

/// The same, each with the place of its record among those of the file that hold texts.
pub(super) fn numbered(file: &StudentFile) -> impl Iterator<Item = (usize, Place, &str)> {
    let mut last: Option<(usize, Place)> = None;
    texts(file).map(move |(place, text)| {
        let nth = match last {
            Some((nth, other)) if other.same_record(place) => nth,
            Some((nth, _)) => nth + 1,
            None => 0,
        };
        last = Some((nth, place));
        (nth, place, text)
    })
}

/// The most records of a file that can hold texts.
pub(super) fn most(file: &StudentFile) -> usize {
    1 + file.enrolments.len()
        + file.meetings.len()
        + file.contacts.len()
        + file.notes.len()
        + file.actions.len()
        + file.referrals.len()
        + file.consents.len()
        + file.flags.len()
        + file.waivers.len()
        + file.ladders.len()
        + file.letters.len()
        + file.disclosures.len()
        + file.decisions.len()
        + file.cases.len()
}

/// The texts of the cases: what they say, then each contribution.
fn of_cases(file: &StudentFile) -> impl Iterator<Item = (Place, &str)> {
    let cases = file.cases.iter().enumerate();
    cases.flat_map(|(index, held)| {
        let own = [&*held.why, &held.plan, &held.outcome].into_iter();
        let told = held.contributions.iter().flat_map(|it| [&*it.by, &it.text]);
        (0..)
            .zip(own.chain(told))
            .map(move |(field, text)| (Place { kind: Kind::Case, index, field }, text))
    })
}

fn shelf<'a, T, const N: usize>(
    kind: Kind,
    shelf: &'a [Held<T>],
    fields: impl Fn(&'a T) -> [&'a str; N] + 'a,
) -> impl Iterator<Item = (Place, &'a str)> {
    let records = shelf.iter().enumerate();
    records.flat_map(move |(index, held)| of(kind, index, fields(&held.value)))
}

fn of<const N: usize>(
    kind: Kind,
    index: usize,
    fields: [&str; N],
) -> impl Iterator<Item = (Place, &str)> {
    (0..).zip(fields).map(move |(field, text)| (Place { kind, index, field }, text))
}
