//! The form of a meeting: filled in as a 1-2-1 held now, with the open actions of last time and the note.

use chrono::NaiveDate;

use super::{
    group,
    parts::{choice, commit, confidentiality, day, line, show, text, title, usual},
    slot,
};
use crate::{
    app::{
        form::{Choice, Field, Form, Line, LineKind, Ticks},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        action::{Action, Owner},
        duty_key::DutyKey,
        file::StudentFile,
        meeting::{MeetingId, Mode, Outcome},
        note::{Confidentiality, NoteId, NotePart},
        obligation::Obligation,
        policy::{Format, Slot, What},
        records::Records,
        student::StudentId,
        time::{Leaning, parse_day, show_day},
        word::Choice as _,
        write::meeting::{self, HeaderInput, MeetingInput, PartInput, open_actions},
    },
};

/// With whom: the two possibilities of a new meeting.
const WITH: [&str; 2] = ["1-2-1", "group"];

/// The parts of a record beside the note itself, with the names and labels of their fields.
const MORE: [(NotePart, &str, &str, &str); 2] = [
    (NotePart::Engagement, "engagement", "engagement-confidentiality", "Engagement"),
    (NotePart::Referral, "referral", "referral-confidentiality", "Referral advice"),
];

/// A meeting with one student, from which a group can be made while it is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// With whom.
    pub student: StudentId,
    /// The meeting that is edited; none if it is new.
    pub meeting: Option<MeetingId>,
    /// The day on which the form was opened.
    pub today: NaiveDate,
    /// The slot of the policy that it is meant for: the form is filled in from it.
    pub slot: Option<Obligation>,
    /// The same by its lasting name, where a person chose it and not the rule.
    pub chosen: Option<DutyKey>,
}

impl Sitting {
    /// A new meeting.
    #[must_use]
    pub const fn new(student: StudentId, today: NaiveDate) -> Self {
        Self { student, meeting: None, today, slot: None, chosen: None }
    }
}

/// The fields of when, where and about what.
pub(super) fn header(input: &HeaderInput) -> Vec<Field> {
    vec![
        day("on", "Day", &input.on),
        Field::new("at", "Time", Line::new(LineKind::Time, &input.at)).hint("14:30, 2:30pm"),
        Field::new("minutes", "Minutes", Line::new(LineKind::Number, &input.minutes))
            .hint("30, 1:15 or 2 h"),
        choice::<Mode>("mode", "How", &input.mode),
        line("place", "Place", &input.place).hint("room or link; may stay empty"),
        line("focus", "Focus", &input.focus).hint("what it is about; may stay empty"),
    ]
}

/// What a slot of the policy says about its meeting.
pub(super) fn slot_of(model: &Model, slot: Option<Obligation>) -> Option<&Slot> {
    match &model.rules.plan.as_deref()?.duty(&slot?)?.what {
        What::Slot(slot) => Some(slot),
        What::Count(_)
        | What::Tutor
        | What::Contact
        | What::Filled(_)
        | What::Letter { .. }
        | What::Outcome { .. } => None,
    }
}

/// What a note begins with: what the slot asks to go through, a line each.
pub(super) fn template(slot: Option<&Slot>) -> String {
    let lines = slot.iter().flat_map(|slot| &slot.checklist);
    lines.flat_map(|line| ["- ", line, ": \n"]).collect()
}

/// What was typed into a note that began with a template: nothing if nothing was added.
pub(super) fn beyond(template: &str, text: String) -> String {
    if text.trim_end() == template.trim_end() { String::new() } else { text }
}

/// The header of a meeting that is held now, or in the window of a slot that was `chosen` where that lies ahead.
pub(super) fn header_now(model: &Model, slot: Option<Obligation>, chosen: bool) -> HeaderInput {
    let begins = slot.filter(|_| chosen).map(|slot| slot.window.from);
    let ahead = begins.filter(|from| *from > model.now.today());
    let Some(rule) = slot_of(model, slot) else { return header_plain(model) };
    HeaderInput {
        on: ahead.map_or_else(|| "today".into(), show),
        minutes: rule.minutes.unwrap_or(30).to_string(),
        focus: rule.focus.clone(),
        ..header_plain(model)
    }
}

fn header_plain(model: &Model) -> HeaderInput {
    HeaderInput {
        on: "today".into(),
        at: model.now.local.format("%H:%M").to_string(),
        minutes: "30".into(),
        mode: Mode::InPerson.words().into(),
        ..HeaderInput::default()
    }
}

/// What was typed into the header.
pub(super) fn read_header(form: &Form) -> HeaderInput {
    HeaderInput {
        on: form.value("on"),
        at: form.value("at"),
        minutes: form.value("minutes"),
        mode: form.value("mode"),
        place: form.value("place"),
        focus: form.value("focus"),
    }
}

/// The note's own field.
pub(super) fn note(value: &str) -> Field {
    text("note", "Note", value).hint("- [ ] Aisha: book workshop by 20 Oct  makes an action")
}

pub(super) fn form(model: &Model, sitting: &Sitting) -> Form {
    let records = &model.records;
    let file = records.file(sitting.student);
    let old = file.zip(sitting.meeting).and_then(|(file, id)| {
        let held = file.find(id)?;
        let mut input = MeetingInput::of(records, file, held);
        // What was planned and has begun is taken for held, as a new one is.
        if input.outcome == Outcome::Planned.words() && held.has_begun(model.now) {
            Outcome::Held.words().clone_into(&mut input.outcome);
        }
        Some(input)
    });
    let edited = old.is_some();
    let input = old.unwrap_or_else(|| MeetingInput {
        header: header_now(model, sitting.slot, sitting.chosen.is_some()),
        outcome: Outcome::Held.words().into(),
        ..MeetingInput::default()
    });
    let part = |part: NotePart| input.notes.iter().find(|note| note.part == part);
    let group = slot_of(model, sitting.slot).is_some_and(|slot| slot.format == Format::Group);
    let with = Field::new("with", "With", Choice::new(WITH, Some(usize::from(group))));
    let mut fields = vec![if edited { with.hidden() } else { with }];
    fields.extend(header(&input.header));
    fields.push(choice::<Outcome>("outcome", "Outcome", &input.outcome));
    let register = group::register(records, &group::around(model, sitting.student));
    fields.push(register.hidden());
    let open = file.map(|file| carried(file, sitting)).unwrap_or_default();
    let labels =
        open.iter().filter_map(|action| Some(label(records, file?, action, sitting.today)));
    let done = Field::new("done", "Last time", Ticks::checklist(labels));
    fields.push(if open.is_empty() { done.hidden() } else { done });
    let main = part(NotePart::Discussion);
    let begins = template(slot_of(model, sitting.slot));
    fields.push(note(main.map_or(begins.as_str(), |note| note.text.as_str())));
    let level = main.map(|note| note.confidentiality.as_str()).unwrap_or_default();
    let usual = usual(model, Some(sitting.student));
    fields.push(confidentiality("confidentiality", level, usual));
    let more = MORE.iter().any(|(kind, ..)| part(*kind).is_some());
    fields.push(
        Field::new("more", "More notes", more)
            .hint("evidence of engagement and referral advice, each with its own level"),
    );
    for (kind, name, level, label) in MORE {
        let held = part(kind);
        fields.push(text(name, label, held.map(|it| it.text.as_str()).unwrap_or_default()));
        let words = held.map(|it| it.confidentiality.as_str()).unwrap_or_default();
        fields.push(confidentiality(level, words, usual));
    }
    let mut form = Form::new(&title(model, "Meeting", sitting.student), fields);
    refresh(sitting, &mut form);
    form.focus_on("note");
    form
}

/// The notes that the form of a meeting begins with.
pub(super) fn notes(sitting: &Sitting, records: &Records) -> Vec<NoteId> {
    let held = records.file(sitting.student).and_then(|file| {
        let meeting = file.find(sitting.meeting?)?;
        Some(MeetingInput::of(records, file, meeting).notes)
    });
    held.into_iter().flatten().filter_map(|part| part.note).collect()
}

/// The open actions that a meeting begins with: not those agreed in it.
fn carried<'a>(file: &'a StudentFile, sitting: &Sitting) -> Vec<&'a Action> {
    let mut open = open_actions(file);
    open.retain(|action| sitting.meeting.is_none() || action.meeting != sitting.meeting);
    open
}

fn label(records: &Records, file: &StudentFile, action: &Action, today: NaiveDate) -> String {
    let me = records.profile().map(|profile| profile.owner);
    let who = match action.owner {
        Owner::Student => file.student.name.first().to_owned(),
        Owner::Tutor if Some(action.author) == me => "me".to_owned(),
        Owner::Tutor => "tutor".to_owned(),
    };
    let due = action.due.map(|due| format!(", due {}", show_day(due, today)));
    format!("{who}: {}{}", action.what, due.unwrap_or_default())
}

/// Shows the register of a group or the outcome of a 1-2-1, further notes where they are wanted, and
/// plans what lies ahead.
pub(super) fn refresh(sitting: &Sitting, form: &mut Form) {
    let group = form.value("with") == WITH[1];
    form.show("outcome", !group);
    form.show("register", group);
    let open = form.field("done").is_some_and(|field| field.entry.raw() != "[]");
    form.show("done", open && !group);
    form.show("more", !group);
    let more = form.value("more") == "yes" && !group;
    refresh_note(form, "note", "confidentiality", true);
    for (_, name, level, _) in MORE {
        form.show(level, more);
        refresh_note(form, name, level, more);
    }
    if is_ahead(form, sitting.today) && form.value("outcome") == Outcome::Held.words() {
        choose(form, "outcome", Outcome::Planned.words());
    }
    group::plan_ahead(form, sitting.today);
}

/// Fact only takes no text; what was typed stays in sight.
pub(super) fn refresh_note(form: &mut Form, name: &str, level: &str, wanted: bool) {
    let fact = form.value(level) == Confidentiality::FactOnly.words();
    let empty = form.field(name).is_none_or(|field| field.entry.raw().is_empty());
    form.show(name, wanted && !(fact && empty));
}

/// Whether a day ahead has been written, and the writer has gone on.
pub(super) fn is_ahead(form: &Form, today: NaiveDate) -> bool {
    let here = form.focused().map(|field| field.name);
    let done = !matches!(here, Some("on" | "outcome" | "register"));
    let raw = form.value("on");
    let near = |leaning| parse_day(&raw, today, leaning).ok();
    let (past, next) = (near(Leaning::Past), near(Leaning::Future));
    let nearer = match (past, next) {
        (Some(past), Some(next)) if (today - past) > (next - today) => {
            (today - past).num_days() > 183
        }
        (None, Some(_)) => true,
        _ => false,
    };
    done && (nearer || past.is_some_and(|day| day > today))
}

fn choose(form: &mut Form, name: &str, words: &str) {
    if let Some(Field { entry: crate::app::form::Entry::Choice(choice), .. }) = form.field_mut(name)
    {
        choice.selected = choice.options.iter().position(|option| option.words == words);
    }
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    sitting: &Sitting,
) -> Result<Vec<Effect>, Errors> {
    if sitting.meeting.is_none() && form.value("with") == WITH[1] {
        let students = group::around(model, sitting.student);
        let students: Vec<StudentId> = students.into_iter().map(|(student, _)| student).collect();
        return group::record(form, model, &students);
    }
    let mut input = read(form, &model.records, sitting);
    let begins = template(slot_of(model, sitting.slot));
    for note in input.notes.iter_mut().filter(|note| note.part == NotePart::Discussion) {
        note.text = beyond(&begins, std::mem::take(&mut note.text));
    }
    let saved = commit(model, |context| match sitting.meeting {
        None => meeting::record(context, sitting.student, &input),
        Some(id) => meeting::edit(context, sitting.student, id, &input),
    })?;
    Ok(slot::pin(model, saved, sitting.chosen.as_ref()))
}

fn read(form: &Form, records: &Records, sitting: &Sitting) -> MeetingInput {
    let file = records.file(sitting.student);
    let held = file.zip(sitting.meeting).and_then(|(file, id)| {
        let held = file.find(id)?;
        Some(MeetingInput::of(records, file, held).notes)
    });
    let held = held.unwrap_or_default();
    let main = (NotePart::Discussion, "note", "confidentiality", "");
    let notes = [main].into_iter().chain(MORE).filter_map(|(part, name, level, _)| {
        form.field(level).filter(|field| !field.hidden)?;
        Some(PartInput {
            part,
            note: held.iter().find(|note| note.part == part).and_then(|note| note.note),
            confidentiality: form.value(level),
            text: form.value(name),
        })
    });
    let open = file.map(|file| carried(file, sitting)).unwrap_or_default();
    let ticked = open.iter().zip(form.ticks("done")).filter(|(_, chosen)| *chosen > 0);
    MeetingInput {
        header: read_header(form),
        outcome: form.value("outcome"),
        notes: notes.collect(),
        done: ticked.map(|(action, _)| action.id).collect(),
    }
}
