//! The form of a group meeting: one header, a register marked in one pass, one note for those who came.

use chrono::NaiveDate;

use super::{
    meeting::{
        beyond, header, header_now, is_ahead, note, read_header, refresh_note, slot_of, template,
    },
    parts::{commit, confidentiality, usual},
    slot,
};
use crate::{
    app::{
        form::{Entry, Field, Form, Ticks},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        duty_key::DutyKey,
        fold::fold,
        meeting::{MeetingId, Outcome},
        note::NotePart,
        obligation::Obligation,
        records::Records,
        student::StudentId,
        word::Choice as _,
        write::{
            group::{self, GroupInput},
            meeting::PartInput,
        },
    },
};

/// What can be said of a student on the register: its sign, its word, the outcome; none is left out.
/// Each word has a first letter of its own, so that one key marks a line.
const WORDS: [(&str, &str, Option<Outcome>); 7] = [
    ("●", "held", Some(Outcome::Held)),
    ("✗", "missed without notice", Some(Outcome::Missed)),
    ("○", "told us before: missed", Some(Outcome::MissedWithNotice)),
    ("◌", "planned", Some(Outcome::Planned)),
    ("–", "cancelled", Some(Outcome::Cancelled)),
    ("→", "rescheduled", Some(Outcome::Rescheduled)),
    (" ", "left out", None),
];

/// A group meeting that is open in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Who can be marked.
    pub students: Vec<StudentId>,
    /// The meeting that is edited; none if it is new.
    pub meeting: Option<MeetingId>,
    /// The day on which the form was opened.
    pub today: NaiveDate,
    /// The slot of the policy that it is meant for: the form is filled in from it.
    pub slot: Option<Obligation>,
    /// The same by its lasting name, where a person chose it and not the rule.
    pub chosen: Option<DutyKey>,
}

impl Register {
    /// A new meeting of these students.
    #[must_use]
    pub const fn new(students: Vec<StudentId>, today: NaiveDate) -> Self {
        Self { students, meeting: None, today, slot: None, chosen: None }
    }

    /// A group meeting that is there; tutees who are not on its register can be added.
    #[must_use]
    pub fn of(records: &Records, meeting: MeetingId, today: NaiveDate) -> Option<Self> {
        records.group(meeting)?;
        let mut students: Vec<StudentId> = records.register(meeting).collect();
        let others = my_tutees(records, today);
        students.extend(
            others.into_iter().filter(|other| !records.register(meeting).any(|it| it == *other)),
        );
        Some(Self { students, meeting: Some(meeting), today, slot: None, chosen: None })
    }
}

/// All my tutees, by name.
fn my_tutees(records: &Records, today: NaiveDate) -> Vec<StudentId> {
    let Some(me) = records.profile().map(|profile| profile.owner) else { return Vec::new() };
    let mine = records.files().filter(|file| file.is_tutee_of(me, today) && file.is_current(today));
    by_name(records, mine.map(|file| file.student.id).collect())
}

/// Students by family name and given name.
pub(super) fn by_name(records: &Records, mut students: Vec<StudentId>) -> Vec<StudentId> {
    students.sort_by_cached_key(|student| {
        let name = records.file(*student).map(|file| &file.student.name);
        let folded = |part: &String| fold(part).into_owned();
        (name.map(|name| (folded(&name.family), folded(&name.given))), *student)
    });
    students
}

/// A student and all my other tutees: who can be in a group that is made from a 1-2-1.
pub(super) fn around(model: &Model, student: StudentId) -> Vec<(StudentId, Option<Outcome>)> {
    let others = my_tutees(&model.records, model.now.today());
    let others = others.into_iter().filter(|other| *other != student);
    let all = [(student, Some(Outcome::Held))].into_iter();
    all.chain(others.map(|other| (other, None))).collect()
}

/// The register, one line a student.
pub(super) fn register(records: &Records, rows: &[(StudentId, Option<Outcome>)]) -> Field {
    let words = WORDS.iter().map(|(sign, words, _)| (*sign, (*words).to_owned())).collect();
    let lines = rows.iter().map(|(student, outcome)| {
        let name = records.file(*student).map(|file| file.student.name.shown());
        let chosen = WORDS.iter().position(|(_, _, other)| other == outcome);
        (name.unwrap_or_default(), chosen.unwrap_or(0))
    });
    Field::new("register", "Register", Ticks::register(words, lines))
        .hint("h held · m missed · t told us before · l left out")
}

pub(super) fn form(model: &Model, open: &Register) -> Form {
    let records = &model.records;
    let held = open.meeting.and_then(|id| records.group(id));
    let input = held.map_or_else(
        || GroupInput { header: header_now(model, open.slot, true), ..GroupInput::default() },
        |meeting| GroupInput::of(records, meeting),
    );
    let begun = held.is_some_and(|meeting| meeting.has_begun(model.now));
    let known = |student: &StudentId| {
        let row = input.register.iter().find(|(other, _)| other == student);
        match row.and_then(|(_, words)| Outcome::from_words(words)) {
            Some(Outcome::Planned) if begun => Some(Outcome::Held),
            other => other,
        }
    };
    let outcome =
        |student: &StudentId| if held.is_some() { known(student) } else { Some(Outcome::Held) };
    let students = by_name(records, open.students.clone());
    let rows: Vec<_> = students.iter().map(|student| (*student, outcome(student))).collect();
    let mut fields = header(&input.header);
    if let Some(focus) = fields.iter_mut().find(|field| field.name == "focus") {
        "what it is about; names nobody".clone_into(&mut focus.hint);
    }
    fields.push(register(records, &rows));
    let begins = template(slot_of(model, open.slot).filter(|_| held.is_none()));
    fields
        .push(note(&begins).hint(
            "goes to each who came; a line “Aisha: …” to Aisha alone, “all: …” to everybody",
        ));
    let levels = students.iter().map(|student| usual(model, Some(*student)));
    let level = levels.min().unwrap_or(usual(model, None));
    fields.push(confidentiality("confidentiality", "", level));
    let mut form = Form::new("Group meeting", fields);
    refresh(open, &mut form);
    form.focus_on("register");
    form
}

/// Fact only takes no text, and what lies ahead is planned.
pub(super) fn refresh(open: &Register, form: &mut Form) {
    refresh_note(form, "note", "confidentiality", true);
    plan_ahead(form, open.today);
}

/// Who was taken for present on a day that lies ahead is expected instead.
pub(super) fn plan_ahead(form: &mut Form, today: NaiveDate) {
    if !is_ahead(form, today) {
        return;
    }
    let place = |outcome| WORDS.iter().position(|(_, _, other)| *other == Some(outcome));
    let (held, planned) = (place(Outcome::Held), place(Outcome::Planned));
    if let Some(Field { entry: Entry::Ticks(ticks), .. }) = form.field_mut("register") {
        for line in ticks.lines.iter_mut().filter(|line| Some(line.chosen) == held) {
            line.chosen = planned.unwrap_or(line.chosen);
        }
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    open: &Register,
) -> Result<Vec<Effect>, Errors> {
    let students = by_name(&model.records, open.students.clone());
    let mut input = read(form, &students)?;
    let begins = template(slot_of(model, open.slot));
    input.note.text = beyond(&begins, std::mem::take(&mut input.note.text));
    let saved = commit(model, |context| match open.meeting {
        None => group::record(context, &input),
        Some(id) => group::edit(context, id, &input),
    })?;
    Ok(slot::pin(model, saved, open.chosen.as_ref()))
}

/// Records the group that was made from a 1-2-1.
pub(super) fn record(
    form: &Form,
    model: &mut Model,
    students: &[StudentId],
) -> Result<Vec<Effect>, Errors> {
    let input = read(form, students)?;
    commit(model, |context| group::record(context, &input))
}

fn read(form: &Form, students: &[StudentId]) -> Result<GroupInput, Errors> {
    let marks = form.ticks("register");
    if marks.len() != students.len() {
        let changed = "Your tutees have changed since: leave the form and open it again.";
        return Err(vec![("register", changed.to_owned())]);
    }
    let register = students.iter().zip(marks).filter_map(|(student, chosen)| {
        let (_, _, outcome) = WORDS.get(chosen)?;
        Some((*student, (*outcome)?.words().to_owned()))
    });
    Ok(GroupInput {
        header: read_header(form),
        register: register.collect(),
        note: PartInput {
            confidentiality: form.value("confidentiality"),
            text: form.value("note"),
            ..PartInput::new(NotePart::Discussion)
        },
    })
}
