//! The dry run of an imported tutee list: compares what it says with the records and plans one change.
//!
//! Nothing is written here. What the list does not say stays as it is; history is ended and begun anew,
//! never overwritten; the same list planned twice changes nothing the second time. The change itself is made
//! only when somebody wants it: that takes ten times as long as the dry run.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use chrono::NaiveDate;

use super::Context;
use crate::domain::{
    change::{Builder, Change, Label},
    file::StudentFile,
    id::IdSource,
    record::Record,
    records::Records,
    roll::{Listed, Rejected, Remark},
    student::{Name, Student, StudentId},
    tutor::{Allocation, TutorId},
};

mod enrolments;
mod fields;
mod looks;
mod tutors;

pub use tutors::tutees_of;

use looks::{Known, Look, Looked, look_up};

/// One field that a list changes.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field, in words.
    pub field: &'static str,
    /// What it was; empty if nothing.
    pub before: String,
    /// What it will be.
    pub after: String,
}

/// Prints the field, never its content.
impl fmt::Debug for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: …", self.field)
    }
}

/// A student of the records of whom a list changes something.
#[derive(Clone, PartialEq, Eq)]
pub struct Planned {
    /// Who.
    pub student: StudentId,
    /// The row in the file, from 1.
    pub row: u32,
    /// The student number as it will be.
    pub number: String,
    /// What the student will be called.
    pub name: Name,
    /// What changes, field by field.
    pub fields: Vec<FieldChange>,
}

/// Prints the row and the fields, never content.
impl fmt::Debug for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {:?}", self.row, self.fields)
    }
}

/// What an import would do.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Students who are not known yet, as places among the listed: what is said there is all of it.
    pub new: Vec<usize>,
    /// Students of whom something changes.
    pub changed: Vec<Planned>,
    /// Students of whom nothing changes.
    pub unchanged: Vec<StudentId>,
    /// Rows that are not imported.
    pub rejected: Vec<Rejected>,
    /// What the reader should know about rows that are.
    pub remarks: Vec<Remark>,
    /// The names of tutors who are not known yet.
    pub new_tutors: Vec<String>,
    /// What changes of known tutors.
    pub changed_tutors: Vec<(TutorId, Vec<FieldChange>)>,
    /// Whether whoever works here is among the tutors whom the list names.
    pub names_owner: bool,
    /// Whether anything would be written.
    pub writes: bool,
}

/// Prints how many there are, never content.
impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { new, changed, unchanged, rejected, .. } = self;
        let many = [new.len(), changed.len(), unchanged.len(), rejected.len()];
        write!(f, "Plan(new, changed, unchanged, rejected: {many:?})")
    }
}

/// Plans the import of a list.
///
/// Students for whom the list names no tutor and who have none become tutees of `tutees_of`.
#[must_use]
pub fn plan(context: Context<'_>, listed: &[Listed], tutees_of: Option<TutorId>) -> Plan {
    Planner::new(context, tutees_of, None).run(listed).0
}

/// The same, and all of it as one change, for one undo.
#[must_use]
pub fn make(context: Context<'_>, listed: &[Listed], tutees_of: Option<TutorId>) -> (Plan, Change) {
    let builder = Builder::new(Label::ImportStudents, context.records);
    Planner::new(context, tutees_of, Some(builder)).run(listed)
}

/// What a new student is called: by their number, if nothing else is said.
#[must_use]
pub fn name_of(said: &Listed) -> Name {
    let mut name = Name {
        given: said.given.clone(),
        family: said.family.clone(),
        preferred: said.preferred.clone(),
    };
    if is_nameless(said) {
        name.family.clone_from(&said.number);
    }
    name
}

fn is_nameless(said: &Listed) -> bool {
    said.given.is_empty() && said.family.is_empty() && said.preferred.is_empty()
}

/// Why a listed student is not imported: column in words, and reason.
type Refused = (&'static str, String);

struct Planner<'a> {
    records: &'a Records,
    day: NaiveDate,
    ids: &'a mut IdSource,
    tutees_of: Option<TutorId>,
    tutors: tutors::Book<'a>,
    emails: Option<HashMap<String, Vec<StudentId>>>,
    met: HashSet<StudentId>,
    /// Makes the change, if it is wanted.
    builder: Option<Builder<'a>>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    fn new(context: Context<'a>, tutees_of: Option<TutorId>, builder: Option<Builder<'a>>) -> Self {
        let Context { records, now, ids } = context;
        Self {
            records,
            day: now.today(),
            ids,
            tutees_of,
            tutors: tutors::Book::new(records),
            emails: None,
            met: HashSet::new(),
            builder,
            plan: Plan::default(),
        }
    }

    fn run(mut self, listed: &[Listed]) -> (Plan, Change) {
        self.met.reserve(listed.len().min(self.records.files().len()));
        let looked = look_up(&self.years(), listed);
        for (at, (said, looked)) in listed.iter().zip(looked).enumerate() {
            if let Err((column, reason)) = self.student(at, said, looked) {
                let (row, column) = (said.row, column.to_owned());
                self.plan.rejected.push(Rejected { row, column, reason });
            }
        }
        for tutor in self.tutors.write(&mut self.plan) {
            self.push(tutor);
        }
        let nothing = Change { label: Label::ImportStudents, parts: Vec::new() };
        (self.plan, self.builder.map_or(nothing, Builder::build))
    }

    const fn years(&self) -> enrolments::Years<'a> {
        enrolments::Years { records: self.records, day: self.day }
    }

    /// Puts a record that is new or another into the change.
    fn push(&mut self, record: impl Into<Record>) {
        self.plan.writes = true;
        if let Some(builder) = &mut self.builder {
            builder.push(record);
        }
    }

    /// Plans one of the listed, at its place.
    fn student(&mut self, at: usize, said: &Listed, looked: Looked<'a>) -> Result<(), Refused> {
        let known = self.find(said, looked.student)?;
        if known.is_none() && said.number.is_empty() && is_nameless(said) {
            return Err(("full name", "a new student needs a name or a number".into()));
        }
        let tutor = said.tutor.as_ref().zip(looked.tutor);
        let tutor = tutor.map(|(said, which)| self.tutors.find(which, said, self.ids));
        let tutor = tutor.transpose().map_err(|reason| ("tutor", reason))?;
        match known {
            Some(known) => self.known(&known, said, tutor),
            None => self.new_student(at, said, tutor),
        }
        Ok(())
    }

    /// What is known about the student whom a row is about.
    fn find(&mut self, said: &Listed, look: Look<'a>) -> Result<Option<Known<'a>>, Refused> {
        let known = match look {
            Look::Several => {
                return Err((
                    "student number",
                    "belongs to several students in the records".into(),
                ));
            }
            Look::One(known) => {
                self.check_email(&known, said)?;
                known
            }
            Look::Nobody => match self.mailed(said)? {
                Some(student) => Known::of(&self.years(), student, said),
                None => return Ok(None),
            },
        };
        if !self.met.insert(known.id) {
            return Err(("", "is about a student whom an earlier row is about".into()));
        }
        Ok(Some(known))
    }

    /// A new e-mail address must not be that of somebody else.
    fn check_email(&mut self, known: &Known<'_>, said: &Listed) -> Result<(), Refused> {
        if known.same_email {
            return Ok(());
        }
        if self.with_email(&said.email).iter().any(|other| *other != known.id) {
            return Err(("e-mail", "belongs to another student in the records".into()));
        }
        Ok(())
    }

    /// The student with this e-mail address, unless the number says that it is somebody else.
    fn mailed(&mut self, said: &Listed) -> Result<Option<&'a StudentFile>, Refused> {
        if said.email.is_empty() || self.records.files().len() == 0 {
            return Ok(None);
        }
        let records = self.records;
        match self.with_email(&said.email) {
            [] => Ok(None),
            [student] => {
                let file = records.file(*student);
                let number = file.map_or("", |file| file.student.number.as_str());
                if said.number.is_empty() || number.is_empty() {
                    Ok(file.map(|file| &**file))
                } else {
                    Err((
                        "e-mail",
                        "belongs to a student with another number in the records".into(),
                    ))
                }
            }
            _ => Err(("e-mail", "belongs to several students in the records".into())),
        }
    }

    fn with_email(&mut self, email: &str) -> &[StudentId] {
        let records = self.records;
        let emails = self.emails.get_or_insert_with(|| {
            let mut emails: HashMap<String, Vec<StudentId>> = HashMap::new();
            for student in records
                .files()
                .map(|file| &file.student)
                .filter(|student| !student.email.is_empty())
            {
                emails.entry(student.email.to_lowercase()).or_default().push(student.id);
            }
            emails
        });
        emails.get(&email.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    fn new_student(&mut self, at: usize, said: &Listed, tutor: Option<TutorId>) {
        if is_nameless(said) {
            let text = "has no name yet and is called by their number".to_owned();
            self.plan.remarks.push(Remark { row: said.row, column: String::new(), text });
        }
        self.plan.new.push(at);
        self.plan.writes = true;
        if self.builder.is_some() {
            self.add(said, tutor);
        }
    }

    /// Makes the records of a new student.
    fn add(&mut self, said: &Listed, tutor: Option<TutorId>) {
        let student = Student {
            id: self.ids.fresh(),
            number: said.number.clone(),
            name: name_of(said),
            pronouns: said.pronouns.clone(),
            email: said.email.clone(),
            phone: said.phone.clone(),
            entry: said.entry,
            new_entrant: said.new_entrant,
            under_18_until: said.under_18_until,
            placement_contacts: Vec::new(),
            trusted_contacts: Vec::new(),
        };
        let id = student.id;
        self.push(student);
        let enrolled = enrolments::new(&self.years(), id, said, self.ids);
        let began = enrolled.iter().map(|enrolment| enrolment.from).min();
        for enrolment in enrolled {
            self.push(enrolment);
        }
        if let Some(tutor) = tutor.or(self.tutees_of) {
            let from = began.unwrap_or(self.day).min(self.day);
            self.allocate(id, tutor, from);
        }
    }

    fn known(&mut self, known: &Known<'a>, said: &Listed, tutor: Option<TutorId>) {
        let tutor = tutor.or(self.tutees_of.filter(|_| known.tutor.is_none()));
        let tutor = tutor.filter(|tutor| known.tutor != Some(*tutor));
        if !known.says_more && tutor.is_none() {
            return self.plan.unchanged.push(known.id);
        }
        let mut fields = Vec::new();
        let file = known.file;
        let (mut number, mut name) = (file.student.number.clone(), file.student.name.clone());
        if fields::says_more(&file.student, said) {
            let after = fields::updated(&file.student, said, &mut fields);
            if *file.student != after {
                (number, name) = (after.number.clone(), after.name.clone());
                self.push(after);
            }
        }
        for enrolment in enrolments::update(&self.years(), file, said, self.ids, &mut fields) {
            self.push(enrolment);
        }
        if let Some(tutor) = tutor {
            self.reallocate(file, tutor, &mut fields);
        }
        if fields.is_empty() {
            self.plan.unchanged.push(known.id);
        } else {
            let (student, row) = (known.id, said.row);
            self.plan.changed.push(Planned { student, row, number, name, fields });
        }
    }

    /// Ends the old allocation and begins the new one: the tutor is another.
    fn reallocate(&mut self, file: &StudentFile, tutor: TutorId, fields: &mut Vec<FieldChange>) {
        let held = file.allocation(self.day);
        let before = held.map_or(String::new(), |held| self.tutors.name(held.tutor));
        fields.push(FieldChange { field: "tutor", before, after: self.tutors.name(tutor) });
        match held {
            Some(held) if held.from >= self.day => {
                self.push(Allocation { tutor, ..held.value.clone() });
            }
            Some(held) => {
                let to = self.day.pred_opt();
                self.push(Allocation { to, ..held.value.clone() });
                self.allocate(file.student.id, tutor, self.day);
            }
            None => self.allocate(file.student.id, tutor, self.day),
        }
    }

    fn allocate(&mut self, student: StudentId, tutor: TutorId, from: NaiveDate) {
        let id = self.ids.fresh();
        let reason = "imported list".to_owned();
        self.push(Allocation { id, student, tutor, from, to: None, reason });
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Deref;

    use super::*;
    use crate::domain::{
        roll::{ListedEnrolment, ListedTutor},
        student::Status,
        time::Now,
    };

    struct Office {
        records: Records,
        ids: IdSource,
    }

    /// A plan, and what it does.
    struct Made {
        plan: Plan,
        change: Change,
    }

    impl Deref for Made {
        type Target = Plan;

        fn deref(&self) -> &Plan {
            &self.plan
        }
    }

    impl Office {
        fn new() -> Self {
            Self { records: Records::default(), ids: IdSource::new([7; 32]) }
        }

        fn plan(&mut self, day: &str, listed: &[Listed]) -> Made {
            let local = day.parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
            let now = Now { local, utc_ms: 0 };
            let mut ids = self.ids.clone();
            let planned =
                plan(Context { records: &self.records, now, ids: &mut ids }, listed, None);
            let context = Context { records: &self.records, now, ids: &mut self.ids };
            let (plan, change) = make(context, listed, None);
            assert_eq!(plan.writes, !change.is_empty());
            assert_eq!(plan, planned, "the dry run says what is done");
            Made { plan, change }
        }

        fn import(&mut self, day: &str, listed: &[Listed]) -> Made {
            let made = self.plan(day, listed);
            self.records.apply(&made.change).unwrap();
            made
        }

        fn file(&self, number: &str) -> &StudentFile {
            self.records.file(self.records.numbered(number).next().unwrap()).unwrap()
        }
    }

    fn listed(row: u32, number: &str, given: &str, level: Option<u8>) -> Listed {
        let enrolment = ListedEnrolment { level, ..ListedEnrolment::default() };
        Listed {
            row,
            number: number.into(),
            given: given.into(),
            family: "Rahman".into(),
            enrolments: if level.is_some() { vec![enrolment] } else { vec![] },
            ..Listed::default()
        }
    }

    fn with_tutor(mut listed: Listed, name: &str) -> Listed {
        listed.tutor = Some(ListedTutor { name: name.into(), ..ListedTutor::default() });
        listed
    }

    fn shown(fields: &[FieldChange]) -> Vec<String> {
        fields.iter().map(|f| format!("{}: {} → {}", f.field, f.before, f.after)).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_same_list_twice_changes_nothing_the_second_time() {
        let mut office = Office::new();
        let list =
            [with_tutor(listed(2, "01", "Aisha", Some(4)), "Dr A"), listed(3, "02", "Ben", None)];
        let first = office.import("2026-11-22", &list);
        assert_eq!((first.new.len(), first.new_tutors.len()), (2, 1));
        let second = office.plan("2027-01-10", &list);
        assert_eq!(second.unchanged.len(), 2);
        assert!(second.change.is_empty() && second.changed.is_empty() && second.new.is_empty());
    }

    #[test]
    fn one_undo_takes_the_whole_import_back() {
        let mut office = Office::new();
        let plan =
            office.import("2026-11-22", &[with_tutor(listed(2, "01", "Aisha", Some(4)), "Dr A")]);
        let back = plan.change.inverse(&office.records).unwrap();
        office.records.apply(&back).unwrap();
        assert_eq!(office.records, Records::default());
    }

    #[test]
    fn what_a_list_does_not_say_stays() {
        let mut office = Office::new();
        let mut full = listed(2, "01", "Aisha", Some(4));
        (full.email, full.pronouns) = ("a@example.org".into(), "she/her".into());
        office.import("2026-11-22", &[full]);
        let plan = office
            .import("2026-11-23", &[Listed { row: 2, number: "01".into(), ..Listed::default() }]);
        assert_eq!(plan.unchanged.len(), 1);
        let student = &office.file("01").student;
        assert_eq!(
            (student.email.as_str(), student.name.given.as_str()),
            ("a@example.org", "Aisha")
        );
    }

    #[test]
    fn changes_are_told_field_by_field() {
        let mut office = Office::new();
        office.import("2026-11-22", &[listed(2, "01", "Aisha", None)]);
        let mut list = listed(2, "01", "Aysha", None);
        list.phone = "0116".into();
        let plan = office.plan("2026-11-22", &[list]);
        assert_eq!(shown(&plan.changed[0].fields), ["first name: Aisha → Aysha", "phone:  → 0116"]);
    }

    #[test]
    fn a_name_in_capitals_is_not_another_name() {
        let mut office = Office::new();
        office.import("2026-11-22", &[listed(2, "01", "Aisha", None)]);
        let mut loud = listed(2, "01", "AISHA", None);
        loud.family = "RAHMAN".into();
        assert_eq!(office.plan("2026-11-22", &[loud]).unchanged.len(), 1);
    }

    #[test]
    fn a_new_academic_year_begins_a_new_enrolment_and_ends_the_old() {
        let mut office = Office::new();
        office.import("2025-10-01", &[listed(2, "01", "Aisha", Some(4))]);
        let plan = office.import("2026-10-05", &[listed(2, "01", "Aisha", Some(5))]);
        assert_eq!(shown(&plan.changed[0].fields), ["level: 4 → 5"]);
        let file = office.file("01");
        assert_eq!(file.enrolments.len(), 2);
        assert_eq!(file.enrolment(day("2026-08-31")).unwrap().level, Some(4));
        assert_eq!(file.enrolment(day("2026-09-01")).unwrap().level, Some(5));
    }

    #[test]
    fn a_status_that_changes_within_a_year_does_so_from_today() {
        let mut office = Office::new();
        office.import("2026-10-01", &[listed(2, "01", "Aisha", Some(4))]);
        let mut list = listed(2, "01", "Aisha", Some(4));
        list.enrolments[0].status = Some(Status::Withdrawn);
        office.import("2026-11-22", &[list]);
        let file = office.file("01");
        assert!(file.is_current(day("2026-11-21")) && !file.is_current(day("2026-11-22")));
    }

    #[test]
    fn gaps_in_an_enrolment_are_filled_without_a_new_one() {
        let mut office = Office::new();
        office.import("2026-10-01", &[listed(2, "01", "Aisha", Some(4))]);
        let mut list = listed(2, "01", "Aisha", Some(4));
        list.enrolments[0].programme = "BSc Computer Science".into();
        office.import("2026-11-22", &[list]);
        let file = office.file("01");
        assert_eq!(file.enrolments.len(), 1);
        assert_eq!(file.enrolments[0].programme, "BSc Computer Science");
    }

    #[test]
    fn two_courses_of_one_student_stay_two_however_often_they_are_imported() {
        let mut office = Office::new();
        let mut list = listed(2, "01", "Aisha", None);
        let course = |sequence: &str, programme: &str, status| ListedEnrolment {
            sequence: sequence.into(),
            programme: programme.into(),
            status: Some(status),
            ..ListedEnrolment::default()
        };
        list.enrolments =
            vec![course("1", "BSc A", Status::Withdrawn), course("2", "BSc B", Status::Enrolled)];
        office.import("2026-10-01", &[list.clone()]);
        assert_eq!(office.file("01").enrolment(day("2026-11-01")).unwrap().programme, "BSc B");
        assert!(office.plan("2026-12-01", &[list.clone()]).change.is_empty());
        for course in &mut list.enrolments {
            (course.sequence, course.status) = (String::new(), None);
        }
        let mut office = Office::new();
        office.import("2026-10-01", &[list.clone()]);
        assert_eq!(office.file("01").enrolments.len(), 2);
        assert!(office.plan("2026-12-01", &[list]).change.is_empty());
    }

    #[test]
    fn an_older_list_fills_in_the_past() {
        let mut office = Office::new();
        office.import("2026-10-01", &[listed(2, "01", "Aisha", Some(5))]);
        let mut old = listed(2, "01", "Aisha", Some(4));
        old.enrolments[0].year = Some(2025);
        office.import("2026-10-02", &[old.clone()]);
        let file = office.file("01");
        assert_eq!(file.enrolment(day("2026-03-01")).unwrap().level, Some(4));
        assert_eq!(file.enrolment(day("2026-10-02")).unwrap().level, Some(5));
        assert!(office.plan("2026-10-03", &[old]).change.is_empty());
    }

    #[test]
    fn another_tutor_ends_the_allocation_and_begins_the_next() {
        let mut office = Office::new();
        office.import("2026-10-01", &[with_tutor(listed(2, "01", "Aisha", Some(4)), "Dr A")]);
        let plan =
            office.import("2026-11-22", &[with_tutor(listed(2, "01", "Aisha", Some(4)), "Dr B")]);
        assert_eq!(shown(&plan.changed[0].fields), ["tutor: Dr A → Dr B"]);
        let file = office.file("01");
        let name = |on| {
            office.records.tutor(file.allocation(day(on)).unwrap().tutor).unwrap().name.clone()
        };
        assert_eq!((name("2026-11-21"), name("2026-11-22")), ("Dr A".into(), "Dr B".into()));
    }

    #[test]
    fn tutees_without_a_tutor_become_the_importers() {
        let mut office = Office::new();
        let local = day("2026-11-22").and_hms_opt(9, 0, 0).unwrap();
        let me = office.ids.fresh();
        let context = Context {
            records: &office.records,
            now: Now { local, utc_ms: 0 },
            ids: &mut office.ids,
        };
        let (_, change) = make(context, &[listed(2, "01", "Aisha", Some(4))], Some(me));
        office.records.apply(&change).unwrap();
        assert!(office.file("01").is_tutee_of(me, day("2026-11-22")));
        assert!(office.file("01").is_tutee_of(me, day("2026-09-01")));
    }

    #[test]
    fn a_student_is_found_by_e_mail_where_there_is_no_number() {
        let mut office = Office::new();
        let mut list = listed(2, "", "Aisha", None);
        list.email = "a@example.org".into();
        office.import("2026-10-01", &[list.clone()]);
        assert_eq!(office.plan("2026-10-01", &[list.clone()]).unchanged.len(), 1);
        (list.number, list.email) = ("01".into(), "A@EXAMPLE.ORG".into());
        let plan = office.import("2026-10-01", &[list]);
        assert_eq!(shown(&plan.changed[0].fields), ["student number:  → 01"]);
    }

    #[test]
    fn an_e_mail_address_of_somebody_else_is_rejected_with_its_row() {
        let mut office = Office::new();
        let mut list = listed(2, "01", "Aisha", None);
        list.email = "a@example.org".into();
        office.import("2026-10-01", &[list.clone(), listed(3, "02", "Ben", None)]);
        list.number = "03".into();
        let mut other = listed(7, "02", "Ben", None);
        other.email = "a@example.org".into();
        let plan = office.plan("2026-10-01", &[list, other]);
        let rejected: Vec<_> = plan.rejected.iter().map(|r| (r.row, r.column.as_str())).collect();
        assert_eq!(rejected, [(2, "e-mail"), (7, "e-mail")]);
        assert!(plan.change.is_empty());
    }

    #[test]
    fn a_student_without_a_name_is_called_by_number_until_a_list_names_them() {
        let mut office = Office::new();
        let bare = Listed { row: 1, number: "S1234567".into(), ..Listed::default() };
        let plan = office.import("2026-10-01", std::slice::from_ref(&bare));
        assert_eq!((plan.new.len(), plan.remarks.len()), (1, 1));
        assert_eq!(office.file("S1234567").student.name.shown(), "S1234567");
        assert!(office.plan("2026-10-01", &[bare]).change.is_empty());
        let plan = office.import("2026-10-01", &[listed(2, "S1234567", "Aisha", None)]);
        assert_eq!(
            shown(&plan.changed[0].fields),
            ["first name:  → Aisha", "family name:  → Rahman"]
        );
        let nobody = Listed { row: 9, email: "x@example.org".into(), ..Listed::default() };
        assert_eq!(office.plan("2026-10-01", &[nobody]).rejected[0].row, 9);
    }

    #[test]
    fn tutors_are_known_by_number_then_e_mail_then_name() {
        let mut office = Office::new();
        let mut first = with_tutor(listed(2, "01", "Aisha", None), "Dr Amara Okafor");
        office.import("2026-10-01", &[first.clone()]);
        let tutor = first.tutor.as_mut().unwrap();
        (tutor.name, tutor.email) = ("Okafor, Amara".into(), "ao@example.org".into());
        let plan = office.import("2026-10-01", &[first.clone()]);
        assert_eq!((plan.new_tutors.len(), plan.unchanged.len()), (0, 1));
        assert_eq!(shown(&plan.changed_tutors[0].1), ["e-mail:  → ao@example.org"]);
        let tutor = first.tutor.as_mut().unwrap();
        tutor.name = "Dr Amara Okafor-Lee".into();
        let plan = office.import("2026-10-01", &[first]);
        assert_eq!(
            shown(&plan.changed_tutors[0].1),
            ["name: Dr Amara Okafor → Dr Amara Okafor-Lee"]
        );
    }
}
