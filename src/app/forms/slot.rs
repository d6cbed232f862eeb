//! The form that says which slot a meeting fills, where a person decides and not the rule.

use super::parts::{commit, title};
use crate::{
    app::{
        form::{Choice, Entry, Field, Form},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        calendar::academic_year_of,
        change::Part as ChangePart,
        duty_key::DutyKey,
        meeting::{Attendance, MeetingId, Outcome},
        obligation::{Obligation, Part, Plan},
        policy::What,
        record::Record,
        slot_choice::SlotChoice,
        student::StudentId,
        time::show_day,
        write::slot_choice,
    },
};

/// What stands first among the slots: the rule decides, or the meeting fills none.
const OTHERWISE: [&str; 2] = ["as the policy finds it", "none"];

/// Which meeting fills which slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// This meeting: the slot is chosen.
    Meeting(StudentId, MeetingId),
    /// This slot: the meeting is chosen.
    Slot(StudentId, DutyKey),
}

impl Filling {
    /// Whose it is.
    #[must_use]
    pub const fn student(&self) -> StudentId {
        match self {
            Self::Meeting(student, _) | Self::Slot(student, _) => *student,
        }
    }
}

/// Lets a meeting that was recorded for a slot fill it for each who came or is expected, in the same change.
pub(super) fn pin(
    model: &mut Model,
    mut effects: Vec<Effect>,
    key: Option<&DutyKey>,
) -> Vec<Effect> {
    let Some(key) = key else { return effects };
    for effect in &mut effects {
        let Effect::Commit(change) = effect else { continue };
        let came = change.parts.iter().filter_map(|part| match &part.after {
            Some(Record::Attendance(part)) if counts(part.outcome) => Some(part.clone()),
            _ => None,
        });
        let choices = came.collect::<Vec<Attendance>>().into_iter().map(|part| SlotChoice {
            id: model.ids.fresh(),
            student: part.student,
            meeting: part.meeting,
            slot: Some(key.clone()),
        });
        let new = |choice: SlotChoice| ChangePart {
            base: None,
            before: None,
            after: Some(choice.into()),
        };
        let parts: Vec<ChangePart> = choices.map(new).collect();
        change.parts.extend(parts);
    }
    effects
}

const fn counts(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Held | Outcome::Planned)
}

/// The name of an obligation of a student, for titles; its code where the policy knows it no more.
pub(super) fn named(model: &Model, student: StudentId, key: &DutyKey) -> String {
    let plan = model.rules.plan.as_deref();
    let found = plan.and_then(|plan| {
        let one = all(model, plan, student, key.year);
        let one = one.iter().find(|one| plan.key(one).as_ref() == Some(key))?;
        Some(name(plan, one))
    });
    found.unwrap_or_else(|| key.code.clone())
}

fn name(plan: &Plan, one: &Obligation) -> String {
    let name = plan.duty(one).map_or("", |duty| duty.name.as_str());
    match one.part {
        Part::Nth(number) => format!("{name} {number}"),
        Part::Whole | Part::Meeting(_) | Part::Allocation(_) => name.to_owned(),
    }
}

fn all(model: &Model, plan: &Plan, student: StudentId, year: i32) -> Vec<Obligation> {
    let file = model.records.file(student);
    file.map_or_else(Vec::new, |file| {
        plan.obligations_in(year, &model.records, file, model.now.today())
    })
}

/// The slots of a student in the academic year of a meeting, by key and name.
fn slots(model: &Model, student: StudentId, meeting: MeetingId) -> Vec<(DutyKey, String)> {
    let Some(plan) = model.rules.plan.as_deref() else { return Vec::new() };
    let file = model.records.file(student);
    let day = file.and_then(|file| model.records.meeting(file, meeting)).map(|it| it.on);
    let Some(day) = day else { return Vec::new() };
    let year = plan.year_of(day).unwrap_or_else(|| academic_year_of(day));
    let all = all(model, plan, student, year);
    let slots = all.iter().filter(|one| {
        let slot = plan.duty(one).is_some_and(|duty| matches!(duty.what, What::Slot(_)));
        slot && (one.status.is_expected())
    });
    slots.filter_map(|one| Some((plan.key(one)?, name(plan, one)))).collect()
}

/// The meetings of a student in an academic year, by identity and words; the newest first.
fn meetings(model: &Model, student: StudentId, year: i32) -> Vec<(MeetingId, String)> {
    let (Some(plan), Some(file)) = (&model.rules.plan, model.records.file(student)) else {
        return Vec::new();
    };
    let of_year =
        model.records.meetings_of(file).filter(|(it, _)| plan.year_of(it.on) == Some(year));
    let mut found: Vec<_> = of_year.map(|(meeting, _)| (meeting.on, meeting)).collect();
    found.sort_by_key(|(on, meeting)| (std::cmp::Reverse(*on), meeting.id));
    let words = |on| show_day(on, model.now.today());
    found
        .into_iter()
        .map(|(on, meeting)| {
            let focus = if meeting.focus.is_empty() { "meeting" } else { &meeting.focus };
            (meeting.id, format!("{}: {focus}", words(on)))
        })
        .collect()
}

pub(super) fn form(model: &Model, filling: &Filling) -> Form {
    match filling {
        Filling::Meeting(student, meeting) => {
            let slots = slots(model, *student, *meeting);
            let file = model.records.file(*student);
            let chosen = file.and_then(|file| {
                let choice = file.slot_choices.iter().find(|it| it.meeting == *meeting)?;
                let place = |key| slots.iter().position(|(other, _)| other == key);
                Some(choice.slot.as_ref().map_or(1, |key| place(key).map_or(0, |at| at + 2)))
            });
            let names = slots.into_iter().map(|(_, name)| name);
            let words = OTHERWISE.map(String::from).into_iter().chain(names);
            let choice = Choice::new(words, Some(chosen.unwrap_or(0)));
            let field = Field::new("slot", "Fills", choice).hint("which slot of the policy");
            Form::new(&title(model, "Which slot the meeting fills", *student), vec![field])
        }
        Filling::Slot(student, key) => {
            let meetings = meetings(model, *student, key.year);
            let choice = Choice::new(meetings.into_iter().map(|(_, words)| words), None);
            let field = Field::new("meeting", "Filled by", choice).hint("a meeting of this year");
            let name = named(model, *student, key);
            Form::new(&title(model, &name, *student), vec![field.required()])
        }
    }
}

fn chosen(form: &Form, name: &str) -> Option<usize> {
    match form.field(name).map(|field| &field.entry) {
        Some(Entry::Choice(choice)) => choice.selected,
        _ => None,
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    filling: &Filling,
) -> Result<Vec<Effect>, Errors> {
    match filling {
        Filling::Meeting(student, meeting) => {
            let slots = slots(model, *student, *meeting);
            let place = chosen(form, "slot").unwrap_or(0);
            let file = model.records.file(*student);
            let decided =
                file.is_some_and(|file| file.slot_choices.iter().any(|it| it.meeting == *meeting));
            let slot = place.checked_sub(OTHERWISE.len()).and_then(|at| slots.get(at));
            if place == 0 && !decided {
                return Ok(Vec::new());
            }
            commit(model, |context| match place {
                0 => slot_choice::clear(context, *student, *meeting),
                _ => slot_choice::choose(context, *student, *meeting, slot.map(|(key, _)| key)),
            })
        }
        Filling::Slot(student, key) => {
            let meetings = meetings(model, *student, key.year);
            let meeting = chosen(form, "meeting").and_then(|at| meetings.get(at));
            let Some((meeting, _)) = meeting else {
                return Err(vec![("meeting", "Choose a meeting, or leave the form.".to_owned())]);
            };
            commit(model, |context| slot_choice::choose(context, *student, *meeting, Some(key)))
        }
    }
}
