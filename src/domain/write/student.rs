//! Adds, edits and deletes students, with what they study and who tutors them.

use super::{
    Context, FieldError, Written,
    allocation::{Step, read_tutor, reallocate},
    clean,
    enrolment::{EnrolmentInput, enrol},
    read::Reader,
};
use crate::domain::{
    change::{Builder, Label, record_id},
    file::StudentFile,
    record::Owner,
    records::Records,
    student::{Name, Person, Student, StudentId},
    time::{Leaning, Now},
};

/// A student, as typed.
#[derive(Clone, Default)]
pub struct StudentInput {
    /// Student number; a `/1` at its end goes into the enrolment.
    pub number: String,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// What the student wants to be called.
    pub preferred: String,
    /// Pronouns.
    pub pronouns: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// First day at the institution.
    pub entry: String,
    /// In their first year here: yes, no or empty.
    pub new_entrant: String,
    /// Eighteenth birthday, if it lies ahead at entry.
    pub under_18_until: String,
    /// Key contacts of a placement, one a line: name; company or school; phone or e-mail.
    pub placement_contacts: String,
    /// Whom to call at urgent risk, one a line: name; relation; phone or e-mail.
    pub trusted_contacts: String,
    /// What they study.
    pub enrolment: EnrolmentInput,
    /// Their tutor's name, or `me`; empty if they have none.
    pub tutor: String,
    /// Why this tutor; may be empty.
    pub tutor_reason: String,
}

impl StudentInput {
    /// The fields filled in from a student's file.
    #[must_use]
    pub fn of(records: &Records, file: &StudentFile, now: Now) -> Self {
        let student = &file.student.value;
        let day = |day: Option<chrono::NaiveDate>| day.map(show).unwrap_or_default();
        let tutor = file.allocation(now.today()).and_then(|held| records.tutor(held.tutor));
        Self {
            number: student.number.clone(),
            given: student.name.given.clone(),
            family: student.name.family.clone(),
            preferred: student.name.preferred.clone(),
            pronouns: student.pronouns.clone(),
            email: student.email.clone(),
            phone: student.phone.clone(),
            entry: day(student.entry),
            new_entrant: match student.new_entrant {
                Some(true) => "yes".into(),
                Some(false) => "no".into(),
                None => String::new(),
            },
            under_18_until: day(student.under_18_until),
            placement_contacts: show_people(&student.placement_contacts),
            trusted_contacts: show_people(&student.trusted_contacts),
            enrolment: file.enrolment(now.today()).map(EnrolmentInput::of).unwrap_or_default(),
            tutor: tutor.map(|tutor| tutor.name.clone()).unwrap_or_default(),
            tutor_reason: String::new(),
        }
    }
}

/// Adds a student.
///
/// # Errors
/// All that is wrong with the fields.
pub fn add(context: &mut Context<'_>, input: &StudentInput) -> Written {
    let mut reader = Reader::new(context.now);
    let id = context.ids.fresh();
    let (student, sequence) = read(context, &mut reader, id, input);
    let reason = reader.line("tutor-reason", &input.tutor_reason);
    let tutor = read_tutor(context, &mut reader, &input.tutor);
    let today = context.now.today();
    let from = student.entry.map_or(today, |entry| entry.min(today));
    let mut change = context.change(Label::AddStudent);
    change.push(student.clone());
    if let Some(enrolment) = enrol(context, &mut reader, None, (&student, &input.enrolment)) {
        let sequence = sequence.unwrap_or_default().into();
        change.push(crate::domain::student::Enrolment { sequence, ..enrolment.current });
    }
    reader.finish(())?;
    let step = Step { student: id, tutor, from, reason };
    reallocate(&mut change, context.ids, None, step);
    Ok(change.build())
}

/// Edits a student. An enrolment that begins later than the one before is added to it; a tutor who is
/// another from today on ends the allocation before.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn edit(context: &mut Context<'_>, id: StudentId, input: &StudentInput) -> Written {
    let file = context.file(id)?;
    let mut reader = Reader::new(context.now);
    let (student, sequence) = read(context, &mut reader, id, input);
    let reason = reader.line("tutor-reason", &input.tutor_reason);
    let shown = StudentInput::of(context.records, file, context.now);
    let same_tutor = shown.tutor == input.tutor;
    let tutor = if same_tutor { None } else { read_tutor(context, &mut reader, &input.tutor) };
    let mut change = context.change(Label::EditStudent);
    change.push(student.clone());
    let enrolled = enrol(context, &mut reader, Some(file), (&student, &input.enrolment));
    if let Some(mut enrolled) = enrolled {
        if let Some(sequence) = sequence {
            enrolled.current.sequence = sequence.into();
        }
        change.push(enrolled.current);
        if let Some(before) = enrolled.before {
            change.push(before);
        }
    }
    reader.finish(())?;
    if !same_tutor {
        let from = context.now.today();
        let step = Step { student: id, tutor, from, reason };
        reallocate(&mut change, context.ids, Some(file), step);
    }
    Ok(change.build())
}

/// Deletes a student with everything about them, and group meetings that nobody else is in.
///
/// # Errors
/// When the student is gone.
pub fn delete(context: &mut Context<'_>, id: StudentId) -> Written {
    let mut change = without(context, id)?;
    let alone = context.records.groups().filter(|group| {
        let mut register = context.records.register(group.id);
        register.next() == Some(id) && register.next().is_none()
    });
    for group in alone {
        change.delete(Owner::Profile, record_id(group.id));
    }
    Ok(change.build())
}

/// Deletes what alone is sealed with the student's key, before that is destroyed. All of it goes at once, so that undo
/// passes over it whole: group meetings say nothing about a person, and stay.
///
/// # Errors
/// When the student is gone.
pub fn erase(context: &mut Context<'_>, id: StudentId) -> Written {
    Ok(without(context, id)?.build())
}

fn without<'a>(context: &Context<'a>, id: StudentId) -> Result<Builder<'a>, Vec<FieldError>> {
    let file = context.file(id)?;
    let mut change = context.change(Label::DeleteStudent);
    for (_, record) in file.records().iter().rev() {
        change.delete(record.owner(), record.id());
    }
    Ok(change)
}

fn read(
    context: &Context<'_>,
    reader: &mut Reader,
    id: StudentId,
    input: &StudentInput,
) -> (Student, Option<String>) {
    let ask = "Write the student number as the institution writes it.";
    let number = reader.required("number", &input.number, ask);
    let (number, sequence) = split_number(&number);
    if context.records.numbered(&number).any(|other| other != id) {
        reader.refuse("number", "Another student has this number: check it.");
    }
    let name = Name {
        given: reader.line("given", &input.given),
        family: reader.line("family", &input.family),
        preferred: reader.line("preferred", &input.preferred),
    };
    if name.shown().is_empty() && !reader.has_refused("given") {
        reader.refuse("given", "Write at least one name.");
    }
    let student = Student {
        id,
        number,
        name,
        pronouns: reader.line("pronouns", &input.pronouns),
        email: reader.email("email", &input.email),
        phone: reader.line("phone", &input.phone),
        entry: reader.optional_day("entry", &input.entry, Leaning::Past),
        new_entrant: reader.yes_or_no("new-entrant", &input.new_entrant),
        under_18_until: reader.optional_day("under-18", &input.under_18_until, Leaning::Future),
        placement_contacts: people(reader, "placement-contacts", &input.placement_contacts),
        trusted_contacts: people(reader, "trusted-contacts", &input.trusted_contacts),
    };
    (student, sequence)
}

/// Splits the `/1` off a number such as `20481234/1`.
#[must_use]
pub fn split_number(number: &str) -> (String, Option<String>) {
    match number.rsplit_once('/') {
        Some((number, sequence))
            if !number.is_empty()
                && !sequence.is_empty()
                && sequence.len() <= 2
                && sequence.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            (number.trim_end().to_owned(), Some(sequence.to_owned()))
        }
        _ => (number.to_owned(), None),
    }
}

fn people(reader: &mut Reader, field: &'static str, raw: &str) -> Vec<Person> {
    let text = reader.text(field, raw);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let people: Vec<Option<Person>> = lines
        .map(|line| {
            let mut parts = line.splitn(3, ';').map(clean::line);
            let name = parts.next().filter(|name| !name.is_empty())?;
            let belongs = parts.next().unwrap_or_default();
            Some(Person { name, belongs, reach: parts.next().unwrap_or_default() })
        })
        .collect();
    if people.iter().any(Option::is_none) {
        reader.refuse(field, "Begin each line with a name: name; where or who; phone or e-mail.");
    }
    people.into_iter().flatten().collect()
}

fn show_people(people: &[Person]) -> String {
    let lines = people.iter().map(|person| {
        let parts = [&person.name, &person.belongs, &person.reach];
        let filled = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
        parts.iter().take(filled).map(|part| part.replace(';', ",")).collect::<Vec<_>>().join("; ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn show(day: chrono::NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    #[test]
    fn a_student_is_added_with_enrolment_tutor_and_contacts() {
        let mut desk = Desk::new();
        let input = StudentInput {
            number: "0048123/1".into(),
            given: "Chen".into(),
            entry: "28 Sep 2026".into(),
            new_entrant: "yes".into(),
            placement_contacts: "Ana Diaz; Acme Ltd; 0113 496 0000\nSam Lee".into(),
            tutor: "me".into(),
            enrolment: EnrolmentInput {
                programme: "BSc Computer Science".into(),
                level: "L4".into(),
                ..EnrolmentInput::default()
            },
            ..StudentInput::default()
        };
        let written = add(&mut desk.context(), &input);
        desk.apply(written);
        let id = desk.records.numbered("0048123").next().unwrap();
        let file = desk.records.file(id).unwrap();
        let enrolment = file.enrolment(desk.now.today()).unwrap();
        assert_eq!((enrolment.level, &*enrolment.sequence), (Some(4), "1"));
        assert_eq!(enrolment.from, day("2026-09-28"));
        assert!(file.is_tutee_of(desk.me(), desk.now.today()));
        assert_eq!(file.student.placement_contacts[0].reach, "0113 496 0000");
        assert_eq!(file.student.placement_contacts.len(), 2);
    }

    #[test]
    fn editing_without_a_change_changes_nothing() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = StudentInput::of(&desk.records, desk.records.file(aisha).unwrap(), desk.now);
        let written = edit(&mut desk.context(), aisha, &input);
        assert!(desk.apply(written).is_empty());
    }

    #[test]
    fn a_later_enrolment_is_added_and_an_equal_start_corrects() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let mut input =
            StudentInput::of(&desk.records, desk.records.file(aisha).unwrap(), desk.now);
        input.enrolment.programme = "BSc Data Science".into();
        let written = edit(&mut desk.context(), aisha, &input);
        desk.apply(written);
        assert_eq!(desk.records.file(aisha).unwrap().enrolments.len(), 1);
        input.enrolment.level = "5".into();
        input.enrolment.from = "1 Nov 2026".into();
        let written = edit(&mut desk.context(), aisha, &input);
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        assert_eq!(file.enrolments.len(), 2);
        assert_eq!(file.enrolment(day("2026-10-31")).unwrap().level, Some(4));
        assert_eq!(file.enrolment(day("2026-11-01")).unwrap().level, Some(5));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut desk = Desk::new();
        let input = StudentInput {
            number: "20481234".into(),
            email: "aisha".into(),
            entry: "when she came".into(),
            trusted_contacts: "; mother; 07700 900123".into(),
            enrolment: EnrolmentInput { level: "9".into(), ..EnrolmentInput::default() },
            tutor: "Nobody".into(),
            ..StudentInput::default()
        };
        let errors = add(&mut desk.context(), &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        let expected = ["number", "given", "email", "entry", "trusted-contacts", "tutor", "level"];
        assert_eq!(fields, expected);
    }

    #[test]
    fn deleting_takes_everything_about_the_student_and_undo_brings_it_back() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let written = delete(&mut desk.context(), aisha);
        desk.apply(written);
        assert!(desk.records.file(aisha).is_none());
        assert!(desk.records.file(desk.ben).is_some());
    }

    #[test]
    fn only_a_short_number_after_a_slash_is_split_off() {
        assert_eq!(split_number("20481234/1"), ("20481234".into(), Some("1".into())));
        assert_eq!(split_number("2026/0045"), ("2026/0045".into(), None));
        assert_eq!(split_number("/1"), ("/1".into(), None));
    }

    proptest! {
        #[test]
        fn no_text_makes_a_student_panic(texts in prop::collection::vec(any::<String>(), 8)) {
            let mut desk = Desk::new();
            let input = StudentInput {
                number: texts[0].clone(),
                given: texts[1].clone(),
                preferred: texts[2].clone(),
                trusted_contacts: texts[3].clone(),
                tutor: texts[4].clone(),
                enrolment: EnrolmentInput {
                    programme: texts[5].clone(),
                    school: texts[6].clone(),
                    ..EnrolmentInput::default()
                },
                ..StudentInput::default()
            };
            if let Ok(change) = add(&mut desk.context(), &input) {
                desk.apply(Ok(change));
            }
            let aisha = desk.aisha;
            if let Ok(change) = edit(&mut desk.context(), aisha, &input) {
                desk.apply(Ok(change));
            }
        }
    }
}
