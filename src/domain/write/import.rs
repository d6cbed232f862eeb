//! The dry run of an imported tutee list: compares what it says with the records and plans one change.
//!
//! Nothing is written here. What the list does not say stays as it is; history is ended and begun anew,
//! never overwritten; the same list planned twice changes nothing the second time.

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
    records::Records,
    roll::{Listed, Rejected, Remark},
    student::{Name, Student, StudentId},
    tutor::{Allocation, TutorId},
};

mod enrolments;
mod fields;
mod tutors;

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

/// A student that a list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Who.
    pub student: StudentId,
    /// The row in the file, from 1.
    pub row: u32,
    /// What changes, field by field; all that is said for a new student is in the change.
    pub fields: Vec<FieldChange>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Students who are not known yet.
    pub new: Vec<Planned>,
    /// Students of whom something changes.
    pub changed: Vec<Planned>,
    /// Students of whom nothing changes.
    pub unchanged: Vec<StudentId>,
    /// Rows that are not imported.
    pub rejected: Vec<Rejected>,
    /// What the reader should know about rows that are.
    pub remarks: Vec<Remark>,
    /// Tutors who are not known yet.
    pub new_tutors: Vec<TutorId>,
    /// What changes of known tutors.
    pub changed_tutors: Vec<(TutorId, Vec<FieldChange>)>,
    /// All of it as one change, for one undo.
    pub change: Change,
}

/// Plans the import of a list.
///
/// Students for whom the list names no tutor and who have none become tutees of `tutees_of`.
#[must_use]
pub fn plan(context: Context<'_>, listed: &[Listed], tutees_of: Option<TutorId>) -> Plan {
    let mut planner = Planner::new(context, tutees_of);
    for said in listed {
        if let Err((column, reason)) = planner.student(said) {
            planner.plan.rejected.push(Rejected {
                row: said.row,
                column: column.to_owned(),
                reason,
            });
        }
    }
    planner.finish()
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
    builder: Builder<'a>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    fn new(context: Context<'a>, tutees_of: Option<TutorId>) -> Self {
        let Context { records, now, ids } = context;
        Self {
            records,
            day: now.today(),
            ids,
            tutees_of,
            tutors: tutors::Book::new(records),
            emails: None,
            met: HashSet::new(),
            builder: Builder::new(Label::ImportStudents, records),
            plan: Plan {
                new: Vec::new(),
                changed: Vec::new(),
                unchanged: Vec::new(),
                rejected: Vec::new(),
                remarks: Vec::new(),
                new_tutors: Vec::new(),
                changed_tutors: Vec::new(),
                change: Change { label: Label::ImportStudents, parts: Vec::new() },
            },
        }
    }

    fn finish(mut self) -> Plan {
        self.tutors.write(&mut self.builder, &mut self.plan);
        self.plan.change = self.builder.build();
        self.plan
    }

    fn student(&mut self, said: &Listed) -> Result<(), Refused> {
        let known = self.find(said)?;
        if known.is_none()
            && [&said.number, &said.given, &said.family, &said.preferred]
                .iter()
                .all(|text| text.is_empty())
        {
            return Err(("full name", "a new student needs a name or a number".into()));
        }
        let tutor = match &said.tutor {
            Some(tutor) => {
                Some(self.tutors.find(tutor, self.ids).map_err(|reason| ("tutor", reason))?)
            }
            None => None,
        };
        match known {
            Some(file) => self.known(file, said, tutor),
            None => self.new_student(said, tutor),
        }
        Ok(())
    }

    /// The file of the student whom a row is about.
    fn find(&mut self, said: &Listed) -> Result<Option<&'a StudentFile>, Refused> {
        let mut numbered = self.records.numbered(&said.number).filter(|_| !said.number.is_empty());
        let found = match (numbered.next(), numbered.next()) {
            (Some(_), Some(_)) => {
                return Err((
                    "student number",
                    "belongs to several students in the records".into(),
                ));
            }
            (Some(student), None) => {
                self.check_email(student, said)?;
                Some(student)
            }
            (None, _) => self.mailed(said)?,
        };
        let Some(student) = found else { return Ok(None) };
        if !self.met.insert(student) {
            return Err(("", "is about a student whom an earlier row is about".into()));
        }
        Ok(self.records.file(student).map(|file| &**file))
    }

    /// A new e-mail address must not be that of somebody else.
    fn check_email(&mut self, student: StudentId, said: &Listed) -> Result<(), Refused> {
        let known = self.records.file(student).map_or("", |file| file.student.email.as_str());
        if said.email.is_empty() || known.eq_ignore_ascii_case(&said.email) {
            return Ok(());
        }
        if self.with_email(&said.email).iter().any(|other| *other != student) {
            return Err(("e-mail", "belongs to another student in the records".into()));
        }
        Ok(())
    }

    /// The student with this e-mail address, unless the number says that it is somebody else.
    fn mailed(&mut self, said: &Listed) -> Result<Option<StudentId>, Refused> {
        if said.email.is_empty() || self.records.files().len() == 0 {
            return Ok(None);
        }
        match self.with_email(&said.email) {
            [] => Ok(None),
            [student] => {
                let student = *student;
                let number =
                    self.records.file(student).map_or("", |file| file.student.number.as_str());
                if said.number.is_empty() || number.is_empty() {
                    Ok(Some(student))
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

    fn new_student(&mut self, said: &Listed, tutor: Option<TutorId>) {
        let mut name = Name {
            given: said.given.clone(),
            family: said.family.clone(),
            preferred: said.preferred.clone(),
        };
        if name.given.is_empty() && name.family.is_empty() && name.preferred.is_empty() {
            name.family.clone_from(&said.number);
            let text = "has no name yet and is called by their number".to_owned();
            self.plan.remarks.push(Remark { row: said.row, column: String::new(), text });
        }
        let student = Student {
            id: self.ids.fresh(),
            number: said.number.clone(),
            name,
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
        self.builder.push(student);
        let years = enrolments::Years { records: self.records, day: self.day };
        let enrolled = enrolments::new(&years, id, said, self.ids);
        let began = enrolled.iter().map(|enrolment| enrolment.from).min();
        for enrolment in enrolled {
            self.builder.push(enrolment);
        }
        if let Some(tutor) = tutor.or(self.tutees_of) {
            let from = began.unwrap_or(self.day).min(self.day);
            self.allocate(id, tutor, from);
        }
        self.plan.new.push(Planned { student: id, row: said.row, fields: Vec::new() });
    }

    fn known(&mut self, file: &StudentFile, said: &Listed, tutor: Option<TutorId>) {
        let mut fields = Vec::new();
        let id = file.student.id;
        if fields::says_more(&file.student, said) {
            self.builder.push(fields::updated(&file.student, said, &mut fields));
        }
        let years = enrolments::Years { records: self.records, day: self.day };
        for enrolment in enrolments::update(&years, file, said, self.ids, &mut fields) {
            self.builder.push(enrolment);
        }
        self.reallocate(file, tutor, &mut fields);
        if fields.is_empty() {
            self.plan.unchanged.push(id);
        } else {
            self.plan.changed.push(Planned { student: id, row: said.row, fields });
        }
    }

    /// Ends the old allocation and begins the new one, if the tutor is another.
    fn reallocate(
        &mut self,
        file: &StudentFile,
        tutor: Option<TutorId>,
        fields: &mut Vec<FieldChange>,
    ) {
        let held = file.allocation(self.day);
        let Some(tutor) = tutor.or(self.tutees_of.filter(|_| held.is_none())) else { return };
        if held.is_some_and(|held| held.tutor == tutor) {
            return;
        }
        let before = held.map_or(String::new(), |held| self.tutors.name(held.tutor));
        fields.push(FieldChange { field: "tutor", before, after: self.tutors.name(tutor) });
        match held {
            Some(held) if held.from >= self.day => {
                self.builder.push(Allocation { tutor, ..held.value.clone() });
            }
            Some(held) => {
                let to = self.day.pred_opt();
                self.builder.push(Allocation { to, ..held.value.clone() });
                self.allocate(file.student.id, tutor, self.day);
            }
            None => self.allocate(file.student.id, tutor, self.day),
        }
    }

    fn allocate(&mut self, student: StudentId, tutor: TutorId, from: NaiveDate) {
        let reason = "imported list".to_owned();
        self.builder.push(Allocation {
            id: self.ids.fresh(),
            student,
            tutor,
            from,
            to: None,
            reason,
        });
    }
}

#[cfg(test)]
mod tests {
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

    impl Office {
        fn new() -> Self {
            Self { records: Records::default(), ids: IdSource::new([7; 32]) }
        }

        fn plan(&mut self, day: &str, listed: &[Listed]) -> Plan {
            let local = day.parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
            let now = Now { local, utc_ms: 0 };
            plan(Context { records: &self.records, now, ids: &mut self.ids }, listed, None)
        }

        fn import(&mut self, day: &str, listed: &[Listed]) -> Plan {
            let plan = self.plan(day, listed);
            self.records.apply(&plan.change).unwrap();
            plan
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
        let plan = plan(context, &[listed(2, "01", "Aisha", Some(4))], Some(me));
        office.records.apply(&plan.change).unwrap();
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
