//! Records group meetings: a header without persons, attendance and an optional note per student.

use std::collections::BTreeSet;

use super::{
    Context, FieldError, Written,
    lines::{self, Agreed, Who},
    meeting::{
        HeaderInput, PartInput, agree, blank, read_header, read_lines, read_outcome, take_out,
    },
    names::fold,
    note::read_body,
    read::Reader,
};
use crate::domain::{
    change::{Builder, Label, record_id},
    file::StudentFile,
    meeting::{Attendance, Meeting, MeetingId, Outcome, With},
    note::{Confidentiality, Note, NotePart},
    record::Owner,
    student::{Name, StudentId},
    word::Choice,
};

/// A group meeting, as typed.
#[derive(Clone)]
pub struct GroupInput {
    /// When, where and about what: names nobody.
    pub header: HeaderInput,
    /// Who was asked, and what came of it in words; empty is held, or planned if the day lies ahead.
    pub register: Vec<(StudentId, String)>,
    /// What is written to the note of each student who came; may be empty.
    pub note: PartInput,
}

impl Default for GroupInput {
    fn default() -> Self {
        Self {
            header: HeaderInput::default(),
            register: Vec::new(),
            note: PartInput::new(NotePart::Discussion),
        }
    }
}

impl GroupInput {
    /// The fields filled in from a group meeting. The note is empty: each student has their own.
    #[must_use]
    pub fn of(records: &crate::domain::records::Records, meeting: &Meeting) -> Self {
        let register = records.register(meeting.id).filter_map(|student| {
            let file = records.file(student)?;
            let held = file.attendances.iter().find(|held| held.meeting == meeting.id)?;
            Some((student, held.outcome.words().to_owned()))
        });
        Self { header: HeaderInput::of(meeting), register: register.collect(), ..Self::default() }
    }
}

/// Records a group meeting, planned or past.
///
/// # Errors
/// All that is wrong with the fields.
pub fn record(context: &mut Context<'_>, input: &GroupInput) -> Written {
    let blank = blank(context, With::Group)?;
    write(context, Label::RecordMeeting, &blank, input)
}

/// Edits a group meeting. Who is not on the register any more loses their part in it; the note is
/// written only for those who came and have none from this meeting yet.
///
/// # Errors
/// All that is wrong with the fields, or that the meeting is gone.
pub fn edit(context: &mut Context<'_>, id: MeetingId, input: &GroupInput) -> Written {
    let old = group(context, id)?.clone();
    write(context, Label::EditMeeting, &old, input)
}

/// Deletes a group meeting with everybody's attendance and notes of it. Actions agreed there stay.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, id: MeetingId) -> Written {
    group(context, id)?;
    let mut change = context.change(Label::DeleteMeeting);
    for student in context.records.register(id) {
        take_out(&mut change, context.file(student)?, id);
    }
    change.delete(Owner::Profile, record_id(id));
    Ok(change.build())
}

fn group<'a>(context: &Context<'a>, id: MeetingId) -> Result<&'a Meeting, Vec<FieldError>> {
    let gone = || FieldError::whole("This meeting is not there any more.");
    context.records.group(id).ok_or_else(gone)
}

fn write(context: &mut Context<'_>, label: Label, old: &Meeting, input: &GroupInput) -> Written {
    let mut reader = Reader::new(context.now);
    let usual = input.register.first().map(|(_, outcome)| outcome.as_str()).unwrap_or_default();
    let meeting = read_header(&mut reader, old, (&input.header, usual));
    let register = read_register(context, &mut reader, &meeting, input);
    let names = register.iter().filter_map(|(student, _)| {
        Some((*student, &context.records.file(*student)?.student.value.name))
    });
    let students: Vec<(StudentId, &Name)> = names.collect();
    for (field, text) in [("focus", &meeting.focus), ("place", &meeting.place)] {
        if let Some(named) = students.iter().find_map(|(_, name)| named_in(name, text)) {
            let message =
                format!("This is kept for the whole group and names nobody: take out “{named}”.");
            reader.refuse(field, message);
        }
    }
    let me = context.me()?;
    let tutor = context.records.tutor(me).map(|tutor| tutor.name.as_str()).unwrap_or_default();
    let fields = input.note.fields();
    let (confidentiality, text) =
        read_body(&mut reader, fields, &input.note.confidentiality, &input.note.text);
    let cast = lines::Cast { students, tutor, group: true };
    let agreed = read_lines(&mut reader, fields, &text, (meeting.on, &cast));
    if agreed.iter().any(|line| line.who == Who::Tutor) {
        let message = "An action of yours belongs to one student here: add it to theirs afterwards, or \
                       begin the line with a plain dash.";
        reader.refuse(fields.text, message);
    }
    let addressed = lines::addressed(&text, &cast.students).unwrap_or_else(|wrong| {
        for message in wrong {
            reader.refuse(fields.text, message);
        }
        Vec::new()
    });
    let shared = Shared { confidentiality, text, agreed, addressed, part: input.note.part };
    if !reader.has_refused("register") {
        read_for(context, &mut reader, &shared, (meeting.id, &register));
    }
    reader.finish(())?;
    let mut change = context.change(label);
    change.push(meeting.clone());
    leave(context, &mut change, &meeting, &register)?;
    for (student, outcome) in register {
        attend(context, &mut change, &meeting, (student, outcome), &shared)?;
    }
    Ok(change.build())
}

fn read_register(
    context: &Context<'_>,
    reader: &mut Reader,
    meeting: &Meeting,
    input: &GroupInput,
) -> Vec<(StudentId, Outcome)> {
    let when = (meeting, context.now);
    let mut seen = BTreeSet::new();
    let mut register = Vec::new();
    for (student, outcome) in &input.register {
        if !seen.insert(*student) {
            continue;
        }
        if context.records.file(*student).is_none() {
            reader.refuse("register", "A student on the register is not there any more.");
        }
        if !reader.has_refused("register") {
            register.push((*student, read_outcome(reader, "register", outcome, when)));
        }
    }
    if input.register.is_empty() {
        reader.refuse("register", "Put at least one student on the register.");
    }
    register
}

/// Refuses what would be written for nobody: to whom did not come, or has a note of the meeting already.
fn read_for(
    context: &Context<'_>,
    reader: &mut Reader,
    shared: &Shared,
    (meeting, register): (MeetingId, &[(StudentId, Outcome)]),
) {
    let field = PartInput::new(shared.part).fields().text;
    let came: Vec<StudentId> = register
        .iter()
        .filter(|(_, outcome)| *outcome == Outcome::Held)
        .map(|(student, _)| *student)
        .collect();
    let file = |student: &StudentId| context.records.file(*student);
    let fresh = |student: &StudentId| {
        came.contains(student) && file(student).is_some_and(|file| !has_note(file, meeting))
    };
    if shared.text.is_empty() {
        return;
    }
    if came.is_empty() {
        let message = "The note is written for those who came: mark who did, or leave it empty.";
        reader.refuse(field, message);
    } else if !came.iter().any(fresh) {
        let message = "Everybody who came has a note of this meeting already: write on in theirs, or \
                       leave this empty.";
        reader.refuse(field, message);
    } else {
        for (line, student) in shared.named().filter(|(_, student)| !fresh(student)) {
            let name = file(&student).map(|file| file.student.name.shown()).unwrap_or_default();
            let message = format!(
                "Line {}: {name} did not come, or has a note of this meeting already: write it to \
                 theirs afterwards.",
                line + 1
            );
            reader.refuse(field, message);
        }
    }
}

/// Whether a student has a note of a meeting.
fn has_note(file: &StudentFile, meeting: MeetingId) -> bool {
    file.notes.iter().any(|held| held.meeting == Some(meeting))
}

/// Takes out who is not on the register any more.
fn leave(
    context: &Context<'_>,
    change: &mut Builder<'_>,
    meeting: &Meeting,
    register: &[(StudentId, Outcome)],
) -> Result<(), Vec<FieldError>> {
    for student in context.records.register(meeting.id) {
        if !register.iter().any(|(other, _)| *other == student) {
            take_out(change, context.file(student)?, meeting.id);
        }
    }
    Ok(())
}

/// What is written for everybody who came.
struct Shared {
    part: NotePart,
    confidentiality: Confidentiality,
    text: String,
    agreed: Vec<Agreed>,
    addressed: Vec<(usize, StudentId)>,
}

impl Shared {
    /// The lines that are for one student alone.
    fn named(&self) -> impl Iterator<Item = (usize, StudentId)> {
        let agreed = self.agreed.iter().filter_map(|line| match line.who {
            Who::Student(student) => Some((line.line, student)),
            Who::Tutor | Who::Everyone => None,
        });
        agreed.chain(self.addressed.iter().copied())
    }

    /// The text for one student: the lines that are for others are left out.
    fn text_for(&self, student: StudentId) -> String {
        let others =
            |number: usize| self.named().any(|(line, whose)| line == number && whose != student);
        let lines = self.text.lines().enumerate().filter(|(number, _)| !others(*number));
        super::clean::text(&lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n"))
    }
}

/// Writes one student's part: attendance, and if they came the note and what they agreed.
fn attend(
    context: &mut Context<'_>,
    change: &mut Builder<'_>,
    meeting: &Meeting,
    (student, outcome): (StudentId, Outcome),
    shared: &Shared,
) -> Result<(), Vec<FieldError>> {
    let file = context.file(student)?;
    let held = file.attendances.iter().find(|held| held.meeting == meeting.id);
    change.push(Attendance {
        id: held.map_or_else(|| context.ids.fresh(), |held| held.id),
        meeting: meeting.id,
        student,
        outcome,
    });
    let mut written = false;
    for held in file.notes.iter().filter(|held| held.meeting == Some(meeting.id)) {
        written = true;
        change.push(Note { on: meeting.on, ..held.value.clone() });
    }
    if outcome != Outcome::Held || written {
        return Ok(());
    }
    let text = shared.text_for(student);
    if !text.is_empty() || shared.confidentiality == Confidentiality::FactOnly {
        change.push(Note {
            id: context.ids.fresh(),
            student,
            on: meeting.on,
            meeting: Some(meeting.id),
            part: shared.part,
            confidentiality: shared.confidentiality,
            text,
            author: meeting.tutor,
        });
    }
    for line in &shared.agreed {
        if matches!(line.who, Who::Everyone) || line.who == Who::Student(student) {
            change.push(agree(context, student, meeting, line.clone()));
        }
    }
    Ok(())
}

/// The part of a student's name that a text holds: a whole name in any case, or one name written
/// as a name.
fn named_in<'a>(name: &'a Name, text: &str) -> Option<&'a str> {
    let words: Vec<&str> = text.split(|c: char| !is_of_a_name(c)).collect();
    let parts = [&name.given, &name.family, &name.preferred];
    let single = parts.into_iter().flat_map(|part| part.split(' ')).find(|part| {
        let wide =
            part.chars().all(|c| c.is_alphabetic() && !c.is_ascii() && c.to_lowercase().eq([c]));
        let long = part.chars().count() > 1;
        let name = part.chars().any(char::is_uppercase) && words.contains(part);
        long && (name || (wide && text.contains(part)))
    });
    let text = fold(text);
    single.or_else(|| {
        let family = fold(&name.family);
        let whole = [fold(&name.shown()), fold(&format!("{} {family}", name.given))];
        let held = whole.iter().any(|whole| whole.contains(' ') && text.contains(whole.as_str()));
        held.then_some(name.family.as_str())
    })
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') || ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::{
        fixture::Desk,
        note::{self, NoteInput},
    };

    fn input(desk: &Desk, outcomes: [&str; 2], note: &str) -> GroupInput {
        GroupInput {
            header: HeaderInput { on: "12 Oct".into(), ..HeaderInput::default() },
            register: vec![(desk.aisha, outcomes[0].into()), (desk.ben, outcomes[1].into())],
            note: PartInput { text: note.into(), ..PartInput::new(NotePart::Discussion) },
        }
    }

    fn recorded(desk: &mut Desk, input: &GroupInput) -> Meeting {
        let written = record(&mut desk.context(), input);
        desk.apply(written);
        desk.records.groups().next().unwrap().clone()
    }

    #[test]
    fn a_group_is_a_header_and_a_part_for_each_student() {
        let mut desk = Desk::new();
        let fields = input(&desk, ["held", "missed without notice"], "Timetables.");
        let meeting = recorded(&mut desk, &fields);
        assert_eq!(desk.records.register(meeting.id).count(), 2);
        let aisha = desk.records.file(desk.aisha).unwrap();
        let ben = desk.records.file(desk.ben).unwrap();
        assert_eq!(aisha.notes[0].text, "Timetables.");
        assert!(ben.notes.is_empty());
        assert_eq!(ben.attendances[0].outcome, Outcome::Missed);
    }

    #[test]
    fn a_line_makes_an_action_for_whom_it_names_and_others_do_not_see_it() {
        let mut desk = Desk::new();
        let note = "Timetables.\n- [ ] Aisha: see me\n- [ ] all: read the guide by 20 Oct";
        let fields = input(&desk, ["held", "held"], note);
        recorded(&mut desk, &fields);
        let aisha = desk.records.file(desk.aisha).unwrap();
        let ben = desk.records.file(desk.ben).unwrap();
        assert_eq!((aisha.actions.len(), ben.actions.len()), (2, 1));
        assert_eq!(aisha.notes[0].text, note);
        assert_eq!(ben.notes[0].text, "Timetables.\n- [ ] all: read the guide by 20 Oct");
    }

    #[test]
    fn a_line_that_begins_with_a_name_goes_into_the_note_of_that_student_alone() {
        let mut desk = Desk::new();
        let note = "Timetables.\nAisha: is behind.\nBen: well.\nall: read on.";
        let fields = input(&desk, ["held", "held"], note);
        recorded(&mut desk, &fields);
        let text = |student| desk.records.file(student).unwrap().notes[0].text.clone();
        assert_eq!(text(desk.aisha), "Timetables.\nAisha: is behind.\nall: read on.");
        assert_eq!(text(desk.ben), "Timetables.\nBen: well.\nall: read on.");
    }

    #[test]
    fn what_would_be_written_for_nobody_is_refused() {
        let mut desk = Desk::new();
        for line in ["- [ ] Ben: see me by 20 Oct", "Ben: was ill."] {
            let fields =
                input(&desk, ["held", "missed without notice"], &format!("Timetables.\n{line}"));
            let refused = record(&mut desk.context(), &fields).unwrap_err();
            assert_eq!(refused[0].field, "note", "{line}");
            assert!(refused[0].message.starts_with("Line 2: Ben"), "{}", refused[0].message);
        }
    }

    #[test]
    fn a_focus_that_names_a_student_is_refused() {
        let mut desk = Desk::new();
        for focus in ["Plan of Aisha", "help for Rahman", "plan with aisha rahman", "O'Connor"] {
            let mut fields = input(&desk, ["", ""], "");
            fields.header.focus = focus.into();
            let errors = record(&mut desk.context(), &fields).unwrap_err();
            assert_eq!(errors[0].field, "focus", "{focus}");
        }
        let mut fields = input(&desk, ["", ""], "");
        fields.header.focus = "Exams, benefits and fees".into();
        recorded(&mut desk, &fields);
    }

    #[test]
    fn wide_names_are_found_inside_a_text_without_blanks() {
        let name = Name { given: "伟".into(), family: "陈伟".into(), preferred: String::new() };
        assert_eq!(named_in(&name, "和陈伟谈话"), Some("陈伟"));
    }

    #[test]
    fn my_own_actions_and_notes_for_nobody_are_refused() {
        let mut desk = Desk::new();
        let fields = input(&desk, ["held", "held"], "- [ ] me: send slides");
        assert_eq!(record(&mut desk.context(), &fields).unwrap_err()[0].field, "note");
        let fields = input(&desk, ["missed without notice", "cancelled"], "Nobody came.");
        assert_eq!(record(&mut desk.context(), &fields).unwrap_err()[0].field, "note");
        let fields = GroupInput { register: vec![], ..input(&desk, ["", ""], "") };
        assert_eq!(record(&mut desk.context(), &fields).unwrap_err()[0].field, "register");
    }

    #[test]
    fn editing_the_register_adds_and_removes_parts_and_keeps_own_notes() {
        let mut desk = Desk::new();
        let fields = input(&desk, ["held", "held"], "Timetables.");
        let meeting = recorded(&mut desk, &fields);
        let (aisha, ben) = (desk.aisha, desk.ben);
        let fields = GroupInput::of(&desk.records, &meeting);
        let written = edit(&mut desk.context(), meeting.id, &fields);
        assert!(desk.apply(written).is_empty());
        let own =
            NoteInput { text: "Quiet.".into(), meeting: Some(meeting.id), ..NoteInput::default() };
        let written = note::add(&mut desk.context(), aisha, &own);
        desk.apply(written);
        let mut fields = input(&desk, ["held", ""], "Again.");
        fields.register.truncate(1);
        let refused = edit(&mut desk.context(), meeting.id, &fields).unwrap_err();
        assert_eq!(refused[0].field, "note", "nobody would have it");
        fields.note.text = String::new();
        let written = edit(&mut desk.context(), meeting.id, &fields);
        desk.apply(written);
        assert_eq!(desk.records.register(meeting.id).collect::<Vec<_>>(), [aisha]);
        assert!(desk.records.file(ben).unwrap().notes.is_empty());
        assert_eq!(desk.records.file(aisha).unwrap().notes.len(), 2);
    }

    #[test]
    fn deleting_a_group_leaves_nothing_of_it_but_actions() {
        let mut desk = Desk::new();
        let fields = input(&desk, ["held", "held"], "- [ ] all: read");
        let meeting = recorded(&mut desk, &fields);
        let written = delete(&mut desk.context(), meeting.id);
        desk.apply(written);
        assert_eq!(desk.records.groups().count(), 0);
        for file in desk.records.files() {
            assert!(file.notes.is_empty() && file.attendances.is_empty());
            assert_eq!(file.actions.len(), 1);
        }
    }
}
