//! Records 1-2-1 meetings: header, outcome, notes, the actions agreed, and open actions of last time.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use strum::IntoEnumIterator;

use super::{
    Context, FieldError, Written, lines,
    note::{Fields, read_body},
    read::Reader,
};
use crate::domain::{
    action::{Action, ActionId, Owner as DoneBy},
    change::{Builder, Label, record_id},
    file::StudentFile,
    meeting::{Attendance, Meeting, MeetingId, Mode, Outcome, With},
    note::{Confidentiality, Note, NoteId, NotePart},
    record::Owner,
    records::Records,
    student::StudentId,
    time::{Leaning, Now},
    word::Choice,
};

/// When, where and about what, as typed.
#[derive(Clone, Default)]
pub struct HeaderInput {
    /// Day.
    pub on: String,
    /// Wall time; may be empty.
    pub at: String,
    /// Duration; empty is 30 minutes.
    pub minutes: String,
    /// How, in words; empty is in person.
    pub mode: String,
    /// Room or link.
    pub place: String,
    /// Main focus.
    pub focus: String,
}

/// One note of a meeting, as typed.
#[derive(Clone)]
pub struct PartInput {
    /// Which part of the record.
    pub part: NotePart,
    /// The note that is edited; none if it is new.
    pub note: Option<NoteId>,
    /// Who may see it, in words; empty is tutor and senior tutor.
    pub confidentiality: String,
    /// The text.
    pub text: String,
}

impl PartInput {
    /// An empty note for this part.
    #[must_use]
    pub fn new(part: NotePart) -> Self {
        let confidentiality = Confidentiality::TutorAndSenior.words().to_owned();
        Self { part, note: None, confidentiality, text: String::new() }
    }

    /// The names of its fields.
    pub(super) fn fields(&self) -> Fields {
        match self.part {
            NotePart::Discussion => Fields { text: "note", confidentiality: "confidentiality" },
            NotePart::Engagement => {
                Fields { text: "engagement", confidentiality: "engagement-confidentiality" }
            }
            NotePart::Referral => {
                Fields { text: "referral", confidentiality: "referral-confidentiality" }
            }
        }
    }
}

/// A 1-2-1, as typed.
#[derive(Clone, Default)]
pub struct MeetingInput {
    /// When, where and about what.
    pub header: HeaderInput,
    /// What came of it, in words; empty is held, or planned if the day lies ahead.
    pub outcome: String,
    /// The notes.
    pub notes: Vec<PartInput>,
    /// The open actions of last time that are done now.
    pub done: Vec<ActionId>,
}

impl HeaderInput {
    /// The fields filled in from a meeting.
    #[must_use]
    pub fn of(meeting: &Meeting) -> Self {
        let at = meeting.at.map(|at| at.format("%H:%M").to_string());
        Self {
            on: meeting.on.format("%-d %b %Y").to_string(),
            at: at.unwrap_or_default(),
            minutes: meeting.minutes.to_string(),
            mode: meeting.mode.words().to_owned(),
            place: meeting.place.to_string(),
            focus: meeting.focus.to_string(),
        }
    }
}

impl MeetingInput {
    /// The fields filled in from a meeting of this student, with one note for each part that has one.
    #[must_use]
    pub fn of(records: &Records, file: &StudentFile, meeting: &Meeting) -> Self {
        let attended = file.attendances.iter().find(|held| held.meeting == meeting.id);
        let me = records.profile().map(|profile| profile.owner);
        let mine = |note: &Note| note.meeting == Some(meeting.id) && Some(note.author) == me;
        let notes = NotePart::iter().filter_map(|part| {
            let note = file.notes.iter().find(|held| held.part == part && mine(held))?;
            Some(PartInput {
                part,
                note: Some(note.id),
                confidentiality: note.confidentiality.words().to_owned(),
                text: note.text.clone(),
            })
        });
        Self {
            header: HeaderInput::of(meeting),
            outcome: attended.map(|held| held.outcome.words().to_owned()).unwrap_or_default(),
            notes: notes.collect(),
            done: Vec::new(),
        }
    }
}

/// Records a 1-2-1, planned or past. Lines `- [ ] who: what by date` of its notes become actions.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn record(context: &mut Context<'_>, student: StudentId, input: &MeetingInput) -> Written {
    context.file(student)?;
    let blank = blank(context, With::OneToOne(student))?;
    let attendance = Attendance {
        id: context.ids.fresh(),
        meeting: blank.id,
        student,
        outcome: Outcome::Planned,
    };
    write(context, Label::RecordMeeting, (&blank, attendance), input)
}

/// Edits a 1-2-1 with its notes. Lines make actions only in a note that was empty before.
///
/// # Errors
/// All that is wrong with the fields, or that the meeting is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: MeetingId,
    input: &MeetingInput,
) -> Written {
    let meeting = &context.held(student, id)?.value;
    let held = context.file(student)?.attendances.iter().find(|held| held.meeting == id);
    let attendance = match held {
        Some(held) => held.value.clone(),
        None => {
            Attendance { id: context.ids.fresh(), meeting: id, student, outcome: Outcome::Planned }
        }
    };
    write(context, Label::EditMeeting, (meeting, attendance), input)
}

/// Deletes a 1-2-1 with attendance and notes. Actions agreed there stay.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: MeetingId) -> Written {
    context.held(student, id)?;
    let file = context.file(student)?;
    let mut change = context.change(Label::DeleteMeeting);
    take_out(&mut change, file, id);
    change.delete(Owner::Student(student), record_id(id));
    Ok(change.build())
}

/// Takes a student's part in a meeting away: attendance and notes; actions stay without it.
pub(super) fn take_out(change: &mut Builder<'_>, file: &StudentFile, id: MeetingId) {
    let owner = Owner::Student(file.student.id);
    for held in file.notes.iter().filter(|held| held.meeting == Some(id)) {
        change.delete(owner, record_id(held.id));
    }
    for held in file.actions.iter().filter(|held| held.meeting == Some(id)) {
        change.push(Action { meeting: None, ..held.value.clone() });
    }
    for held in file.attendances.iter().filter(|held| held.meeting == id) {
        change.delete(owner, record_id(held.id));
    }
}

/// A meeting of mine without content.
pub(super) fn blank(context: &mut Context<'_>, with: With) -> Result<Meeting, Vec<FieldError>> {
    Ok(Meeting {
        id: context.ids.fresh(),
        with,
        on: context.now.today(),
        at: None,
        minutes: 30,
        mode: Mode::InPerson,
        place: "".into(),
        focus: "".into(),
        tutor: context.me()?,
    })
}

/// Reads the header.
pub(super) fn read_header(
    reader: &mut Reader,
    old: &Meeting,
    (input, outcome): (&HeaderInput, &str),
) -> Meeting {
    let planned = Outcome::from_words(outcome) == Some(Outcome::Planned);
    let leaning = if planned { Leaning::Future } else { Leaning::Past };
    let on = (!input.on.trim().is_empty()).then(|| reader.near_day("on", &input.on, leaning));
    let minutes = if input.minutes.trim().is_empty() { "30" } else { &input.minutes };
    Meeting {
        on: on.unwrap_or(old.on),
        at: reader.optional_time("at", &input.at),
        minutes: reader.minutes("minutes", minutes),
        mode: reader.choice("mode", &input.mode, Mode::InPerson),
        place: reader.line("place", &input.place).into(),
        focus: reader.line("focus", &input.focus).into(),
        ..old.clone()
    }
}

/// Reads an outcome: nothing has been held or missed that lies ahead.
pub(super) fn read_outcome(
    reader: &mut Reader,
    field: &'static str,
    raw: &str,
    (meeting, now): (&Meeting, Now),
) -> Outcome {
    let ahead = meeting.is_ahead(now);
    let outcome = reader.choice(field, raw, if ahead { Outcome::Planned } else { Outcome::Held });
    let early = matches!(outcome, Outcome::Held | Outcome::Missed) && ahead;
    if early && !reader.has_refused("on") && !reader.has_refused(field) {
        let what = if meeting.on == now.today() { "time" } else { "day" };
        let message = format!("The meeting lies ahead: choose planned, or correct the {what}.");
        reader.refuse(field, message);
    }
    outcome
}

fn write(
    context: &mut Context<'_>,
    label: Label,
    (old, attendance): (&Meeting, Attendance),
    input: &MeetingInput,
) -> Written {
    let student = attendance.student;
    let file = context.file(student)?;
    let me = context.me()?;
    let today = context.now.today();
    let mut reader = Reader::new(context.now);
    let meeting = read_header(&mut reader, old, (&input.header, &input.outcome));
    let outcome = read_outcome(&mut reader, "outcome", &input.outcome, (&meeting, context.now));
    let tutor = context.records.tutor(me).map(|tutor| tutor.name.as_str()).unwrap_or_default();
    let cast = lines::Cast { students: vec![(student, &file.student.name)], tutor, group: false };
    let mut change = context.change(label);
    change.push(meeting.clone());
    change.push(Attendance { outcome, ..attendance });
    for part in &input.notes {
        let fields = part.fields();
        let (confidentiality, text) =
            read_body(&mut reader, fields, &part.confidentiality, &part.text);
        let old = part.note.and_then(|id| file.find(id)).map(|held| &held.value);
        if old.is_none_or(|old| old.text.is_empty()) {
            let agreed = read_lines(&mut reader, fields, &text, (meeting.on, &cast));
            for line in agreed {
                change.push(agree(context, student, &meeting, line));
            }
        }
        if text.is_empty() && confidentiality != Confidentiality::FactOnly {
            if let Some(old) = old {
                change.delete(Owner::Student(student), record_id(old.id));
            }
            continue;
        }
        change.push(Note {
            id: old.map_or_else(|| context.ids.fresh(), |old| old.id),
            student,
            on: meeting.on,
            meeting: Some(meeting.id),
            part: part.part,
            confidentiality,
            text,
            author: old.map_or(me, |old| old.author),
        });
    }
    for held in file.notes.iter().filter(|held| held.meeting == Some(meeting.id)) {
        if !input.notes.iter().any(|part| part.note == Some(held.id)) {
            change.push(Note { on: meeting.on, ..held.value.clone() });
        }
    }
    let ticked: BTreeSet<ActionId> = input.done.iter().copied().collect();
    for held in ticked.into_iter().filter_map(|id| file.find(id)) {
        let done = held.done.or(Some(meeting.on.min(today)));
        change.push(Action { done, ..held.value.clone() });
    }
    reader.finish(change.build())
}

/// Reads the action lines of a note; what is wrong goes beside its field.
pub(super) fn read_lines(
    reader: &mut Reader,
    fields: Fields,
    text: &str,
    (on, cast): (NaiveDate, &lines::Cast<'_>),
) -> Vec<lines::Agreed> {
    lines::parse(text, on, cast).unwrap_or_else(|wrong| {
        for message in wrong {
            reader.refuse(fields.text, message);
        }
        Vec::new()
    })
}

/// The action that a line makes.
pub(super) fn agree(
    context: &mut Context<'_>,
    student: StudentId,
    meeting: &Meeting,
    line: lines::Agreed,
) -> Action {
    Action {
        id: context.ids.fresh(),
        student,
        owner: if line.who == lines::Who::Tutor { DoneBy::Tutor } else { DoneBy::Student },
        what: line.what,
        due: line.due,
        done: None,
        meeting: Some(meeting.id),
        author: meeting.tutor,
    }
}

/// The open actions that a meeting on that day begins with, the earliest due first.
#[must_use]
pub fn open_actions(file: &StudentFile) -> Vec<&Action> {
    let mut open: Vec<&Action> = file
        .actions
        .iter()
        .map(|held| &held.value)
        .filter(|action| action.done.is_none())
        .collect();
    open.sort_by_key(|action| (action.due.is_none(), action.due, action.id));
    open
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    fn input(on: &str, outcome: &str, note: &str) -> MeetingInput {
        MeetingInput {
            header: HeaderInput { on: on.into(), ..HeaderInput::default() },
            outcome: outcome.into(),
            notes: vec![PartInput { text: note.into(), ..PartInput::new(NotePart::Discussion) }],
            done: vec![],
        }
    }

    fn recorded(desk: &mut Desk, input: &MeetingInput) -> Meeting {
        let aisha = desk.aisha;
        let before: Vec<_> =
            desk.records.file(aisha).unwrap().meetings.iter().map(|held| held.id).collect();
        let written = record(&mut desk.context(), aisha, input);
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        let new = file.meetings.iter().find(|held| !before.contains(&held.id));
        new.unwrap().value.clone()
    }

    const NOTE: &str = "Settling in.\n- [ ] Aisha: book Skills workshop by 20 Oct\n- [ ] me: ask";

    #[test]
    fn a_meeting_is_recorded_with_note_and_actions_in_one_change() {
        let mut desk = Desk::new();
        let meeting = recorded(&mut desk, &input("12 Oct", "", NOTE));
        let file = desk.records.file(desk.aisha).unwrap();
        assert_eq!(meeting.on, day("2026-10-12"));
        assert_eq!(meeting.minutes, 30);
        assert_eq!(file.attendances[0].outcome, Outcome::Held);
        assert_eq!(file.notes[0].text, NOTE);
        let open = open_actions(file);
        assert_eq!(open[0].due, Some(day("2026-10-20")));
        assert_eq!((open[0].owner, open[1].owner), (DoneBy::Student, DoneBy::Tutor));
        assert!(open.iter().all(|action| action.meeting == Some(meeting.id)));
    }

    #[test]
    fn open_actions_of_last_time_are_ticked_on_the_day_of_the_meeting() {
        let mut desk = Desk::new();
        recorded(&mut desk, &input("12 Oct", "", NOTE));
        let open = open_actions(desk.records.file(desk.aisha).unwrap())[0].id;
        let next = MeetingInput { done: vec![open], ..input("16 Nov", "held", "") };
        recorded(&mut desk, &next);
        let file = desk.records.file(desk.aisha).unwrap();
        assert_eq!(file.find(open).unwrap().done, Some(day("2026-11-16")));
        assert_eq!(open_actions(file).len(), 1);
    }

    #[test]
    fn a_meeting_of_later_today_is_planned_and_not_held() {
        let mut desk = Desk::new();
        desk.now.local = "2026-11-21T10:00:00".parse().unwrap();
        let at = |time: &str, outcome: &str| MeetingInput {
            header: HeaderInput { on: "today".into(), at: time.into(), ..HeaderInput::default() },
            ..input("", outcome, "")
        };
        let aisha = desk.aisha;
        for outcome in ["held", "missed without notice"] {
            let refused = record(&mut desk.context(), aisha, &at("14:00", outcome)).unwrap_err();
            assert_eq!(refused[0].field, "outcome");
            assert!(refused[0].message.ends_with("the time."), "{}", refused[0].message);
        }
        recorded(&mut desk, &at("14:00", ""));
        recorded(&mut desk, &at("10:00", "held"));
        let outcomes = &desk.records.file(aisha).unwrap().attendances;
        let outcomes: Vec<_> = outcomes.iter().map(|held| held.outcome).collect();
        assert_eq!(outcomes, [Outcome::Planned, Outcome::Held]);
    }

    #[test]
    fn a_planned_meeting_makes_its_actions_when_the_first_note_is_written() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let meeting = recorded(&mut desk, &input("12 Dec", "planned", ""));
        assert_eq!(meeting.on, day("2026-12-12"));
        desk.now.local = "2026-12-12T15:00:00".parse().unwrap();
        let written = edit(&mut desk.context(), aisha, meeting.id, &input("12 Dec", "held", NOTE));
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        assert_eq!((file.notes.len(), file.actions.len()), (1, 2));
        assert_eq!(file.attendances[0].outcome, Outcome::Held);
    }

    #[test]
    fn editing_a_note_later_neither_adds_nor_alters_actions() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let meeting = recorded(&mut desk, &input("12 Oct", "", NOTE));
        let file = desk.records.file(aisha).unwrap();
        let mut fields = MeetingInput::of(&desk.records, file, &meeting);
        let written = edit(&mut desk.context(), aisha, meeting.id, &fields);
        assert!(desk.apply(written).is_empty());
        fields.notes[0].text = "- [ ] Aisha: something else\n- [ ] Nobody: at all".into();
        fields.header.on = "13 Oct".into();
        let written = edit(&mut desk.context(), aisha, meeting.id, &fields);
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        assert_eq!(file.actions.len(), 2);
        assert_eq!(file.notes[0].on, day("2026-10-13"));
        fields.notes[0].text.clear();
        let written = edit(&mut desk.context(), aisha, meeting.id, &fields);
        desk.apply(written);
        assert!(desk.records.file(aisha).unwrap().notes.is_empty());
    }

    #[test]
    fn a_meeting_can_hold_several_notes_each_with_its_level() {
        let mut desk = Desk::new();
        let mut fields = input("12 Oct", "", "Settling in.");
        fields.notes.push(PartInput {
            confidentiality: "restricted".into(),
            text: "Try the counselling service.".into(),
            ..PartInput::new(NotePart::Referral)
        });
        recorded(&mut desk, &fields);
        assert_eq!(desk.records.file(desk.aisha).unwrap().notes.len(), 2);
        fields.notes[1].confidentiality = "fact only".into();
        let aisha = desk.aisha;
        let errors = record(&mut desk.context(), aisha, &fields).unwrap_err();
        assert_eq!(errors[0].field, "referral");
    }

    #[test]
    fn everything_wrong_with_a_meeting_is_said_at_once() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let mut fields = input("in 2 weeks", "held", "- [ ] Ben: help");
        fields.header.at = "noonish".into();
        fields.header.minutes = "long".into();
        fields.notes[0].confidentiality = "secret".into();
        let errors = record(&mut desk.context(), aisha, &fields).unwrap_err();
        let names: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(names, ["at", "minutes", "outcome", "confidentiality", "note"]);
        assert!(errors[4].message.starts_with("Line 1: “Ben” is neither"));
    }

    #[test]
    fn deleting_a_meeting_takes_attendance_and_notes_and_keeps_the_actions() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let meeting = recorded(&mut desk, &input("12 Oct", "", NOTE));
        let written = delete(&mut desk.context(), aisha, meeting.id);
        desk.apply(written);
        let file = desk.records.file(aisha).unwrap();
        assert!(file.meetings.is_empty() && file.attendances.is_empty() && file.notes.is_empty());
        assert!(file.actions.iter().all(|action| action.meeting.is_none()));
        assert_eq!(file.actions.len(), 2);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_meeting_panic_and_every_change_can_be_taken_back(
            texts in prop::collection::vec("\\PC{0,12}|(- \\[ \\] (Aisha|me): \\PC{1,12}( by [0-9]{1,2} Oct)?)", 7),
            outcome in 0..7_usize,
        ) {
            let outcomes = ["", "held", "planned", "missed with", "missed without", "cancelled", "resch"];
            let mut fields = input(&texts[0], outcomes[outcome], &texts[1]);
            fields.header.on = if texts[0].len() % 2 == 0 { "today".into() } else { texts[0].clone() };
            fields.header.place = texts[2].clone();
            fields.header.focus = texts[3].clone();
            fields.notes.push(PartInput { text: texts[4].clone(), ..PartInput::new(NotePart::Referral) });
            let mut desk = Desk::new();
            let aisha = desk.aisha;
            match record(&mut desk.context(), aisha, &fields) {
                Ok(change) => {
                    desk.apply(Ok(change));
                }
                Err(errors) => prop_assert!(errors.iter().all(|error| error.message.ends_with('.'))),
            }
        }
    }
}
