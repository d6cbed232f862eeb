//! Everything out of a profile and into an empty one: the owner's take-out, equal when it is brought back.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Context, FieldError, Written};
use crate::domain::{
    access::{Exit, Recipient, Viewer, record_may_leave},
    change::Label,
    meeting::Meeting,
    record::{Kind, Owner, Record, RecordId},
    records::Records,
    student::StudentId,
};

/// All that the tutor who works here may take out on this day: other authors' restricted notes stay.
#[must_use]
pub fn take_out(records: &Records, today: NaiveDate) -> Vec<Record> {
    let gate = Gate::of(records, today);
    let all = records.all().into_iter().map(|(_, record)| record);
    all.filter(|record| gate.lets_out(record)).collect()
}

/// The same of these students alone, with what their records name: tutors, years, group meetings.
#[must_use]
pub fn take_out_of(
    records: &Records,
    students: &BTreeSet<StudentId>,
    today: NaiveDate,
) -> Vec<Record> {
    let gate = Gate::of(records, today);
    let files: Vec<_> = students.iter().filter_map(|student| records.file(*student)).collect();
    let attended =
        |meeting: &Meeting| records.register(meeting.id).any(|student| students.contains(&student));
    let groups = records.groups().filter(|meeting| attended(meeting)).cloned();
    let mut taken: Vec<Record> = records.profile().cloned().map(Record::from).into_iter().collect();
    taken.extend(records.tutors().cloned().map(Record::from));
    taken.extend(records.calendars().cloned().map(Record::from));
    taken.extend(groups.map(Record::from));
    taken.extend(files.iter().flat_map(|file| file.records()).map(|(_, record)| record));
    taken.retain(|record| gate.lets_out(record));
    taken
}

/// What decides whether a record may be taken out by the tutor who works here.
struct Gate<'a> {
    records: &'a Records,
    viewer: Option<Viewer>,
    exit: Exit<'static>,
}

impl<'a> Gate<'a> {
    fn of(records: &'a Records, day: NaiveDate) -> Self {
        let exit = Exit { recipient: Recipient::Myself, purpose: "take-out", day };
        Self { records, viewer: Viewer::of(records), exit }
    }

    fn lets_out(&self, record: &Record) -> bool {
        let Owner::Student(student) = record.owner() else { return true };
        let may = |viewer, file| record_may_leave(None, viewer, file, record, &self.exit).is_ok();
        let file = self.records.file(student);
        file.is_some_and(|file| self.viewer.is_none_or(|viewer| may(viewer, file)))
    }
}

/// Puts a take-out into a profile without students, in place of its own set-up.
///
/// # Errors
/// When there are students already, or the take-out contradicts itself.
pub fn bring_back(context: &Context<'_>, taken: Vec<Record>) -> Written {
    let records = context.records;
    let held = |record: &Record| {
        records.record(record.owner(), record.id()).is_some_and(|(_, held)| held == *record)
    };
    if taken.iter().all(held) {
        return Ok(context.change(Label::ImportAll).build());
    }
    if records.files().len() > 0 || records.groups().next().is_some() {
        return Err(FieldError::whole(
            "There are students in this profile already. Import into a new one: tutelage --data DIR init.",
        ));
    }
    check(&taken)?;
    let mut change = context.change(Label::ImportAll);
    let kept: BTreeSet<RecordId> = taken.iter().map(Record::id).collect();
    let brings_profile = taken.iter().any(|record| matches!(record, Record::Profile(_)));
    for (_, record) in records.all() {
        if brings_profile && !kept.contains(&record.id()) {
            change.delete(record.owner(), record.id());
        }
    }
    let (students, others): (Vec<_>, Vec<_>) =
        taken.into_iter().partition(|record| matches!(record, Record::Student(_)));
    let (own, theirs): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|record| record.owner() == Owner::Profile);
    for record in own.into_iter().chain(students).chain(theirs) {
        change.push(record);
    }
    Ok(change.build())
}

/// Each record once, one profile at most, and nothing about students who are not there.
fn check(taken: &[Record]) -> Result<(), Vec<FieldError>> {
    let mut ids = BTreeSet::new();
    if !taken.iter().all(|record| ids.insert(record.id())) {
        return Err(FieldError::whole(
            "The file holds the same record twice, so it was changed by hand.",
        ));
    }
    if ids.iter().filter(|id| id.kind == Kind::Profile).count() > 1 {
        return Err(FieldError::whole("The file holds two profiles."));
    }
    let orphan = |record: &&Record| match record.owner() {
        Owner::Profile => false,
        Owner::Student(student) => {
            !ids.contains(&RecordId { kind: Kind::Student, bytes: student.bytes() })
        }
    };
    match taken.iter().filter(orphan).count() {
        0 => {}
        count => {
            let message =
                format!("The file holds {count} records about students who are not in it.");
            return Err(FieldError::whole(message));
        }
    }
    let missing = |record: &Record| {
        let Record::Profile(profile) = record else { return false };
        !ids.contains(&RecordId { kind: Kind::Tutor, bytes: profile.owner.bytes() })
    };
    if taken.iter().any(missing) {
        return Err(FieldError::whole("The file does not hold the tutor whose profile it is."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        demo::{Demo, Scale},
        id::IdSource,
        note::Confidentiality,
        time::Now,
    };

    fn today() -> NaiveDate {
        "2026-11-22".parse().unwrap()
    }

    fn demo() -> Records {
        Demo::new(Scale::Tutor, "2026-11-22".parse().unwrap()).records(|_, _| {})
    }

    fn written(records: &Records, taken: Vec<Record>) -> Written {
        let day: chrono::NaiveDate = "2026-11-22".parse().unwrap();
        let now = Now { local: day.and_hms_opt(9, 0, 0).unwrap(), utc_ms: 0 };
        bring_back(&Context { records, now, ids: &mut IdSource::new([1; 32]) }, taken)
    }

    fn values(records: &Records) -> Vec<Record> {
        records.all().into_iter().map(|(_, record)| record).collect()
    }

    #[test]
    fn a_take_out_brought_into_an_empty_profile_gives_equal_records() {
        let records = demo();
        let mut empty = Records::default();
        empty.apply(&written(&empty, take_out(&records, today())).unwrap()).unwrap();
        assert!(values(&empty) == values(&records));
        assert!(written(&empty, take_out(&records, today())).unwrap().is_empty());
    }

    #[test]
    fn the_set_up_of_the_new_profile_gives_way() {
        let records = demo();
        let mut other = Records::default();
        let base: Vec<Record> = Demo::new(Scale::School, "2026-11-22".parse().unwrap()).base();
        let set_up = base.into_iter().filter(|record| record.owner() == Owner::Profile);
        for record in
            set_up.filter(|record| matches!(record, Record::Profile(_) | Record::Tutor(_)))
        {
            let change =
                crate::domain::change::Builder::new(Label::SetUp, &other).put(record).build();
            other.apply(&change).unwrap();
        }
        assert!(other.me().is_some());
        other.apply(&written(&other, take_out(&records, today())).unwrap()).unwrap();
        assert!(values(&other) == values(&records));
    }

    #[test]
    fn restricted_notes_of_others_stay_where_they_are() {
        let records = demo();
        let me = records.me().unwrap().id;
        let of_another = |record: &Record| {
            matches!(record, Record::Note(note)
                if note.confidentiality == Confidentiality::Restricted && note.author != me)
        };
        assert!(!take_out(&records, today()).iter().any(of_another));
    }

    #[test]
    fn a_take_out_of_a_few_is_whole_in_itself_and_holds_nobody_else() {
        let records = demo();
        let few: BTreeSet<StudentId> =
            records.files().take(3).map(|file| file.student.id).collect();
        let taken = take_out_of(&records, &few, today());
        let of_others =
            |record: &Record| matches!(record.owner(), Owner::Student(it) if !few.contains(&it));
        assert!(!taken.iter().any(of_others));
        let whole = take_out(&records, today());
        assert!(taken.iter().all(|record| whole.contains(record)));
        let of_few =
            |record: &&Record| matches!(record.owner(), Owner::Student(it) if few.contains(&it));
        assert_eq!(taken.iter().filter(of_few).count(), whole.iter().filter(of_few).count());
        let mut empty = Records::default();
        empty.apply(&written(&empty, taken).unwrap()).unwrap();
        assert_eq!(empty.files().len(), 3);
    }

    #[test]
    fn a_profile_with_students_is_not_overwritten() {
        let records = demo();
        let mut taken = take_out(&records, today());
        taken.pop();
        assert!(written(&records, taken.clone()).unwrap().is_empty());
        if let Some(Record::Student(student)) =
            taken.iter_mut().find(|record| matches!(record, Record::Student(_)))
        {
            student.phone = "0116".into();
        }
        assert!(
            written(&records, taken).unwrap_err()[0]
                .message
                .contains("students in this profile already")
        );
    }

    #[test]
    fn a_take_out_that_contradicts_itself_is_refused() {
        let records = demo();
        let taken = take_out(&records, today());
        let refused = |taken: Vec<Record>| {
            written(&Records::default(), taken).unwrap_err()[0].message.clone()
        };
        let twice = [taken.clone(), vec![taken.last().unwrap().clone()]].concat();
        assert!(refused(twice).contains("twice"));
        let orphans =
            taken.iter().filter(|record| !matches!(record, Record::Student(_))).cloned().collect();
        assert!(refused(orphans).contains("who are not in it"));
        let headless =
            taken.into_iter().filter(|record| !matches!(record, Record::Tutor(_))).collect();
        assert!(refused(headless).contains("whose profile it is"));
    }
}
