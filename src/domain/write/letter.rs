//! Keeps a letter that was made, and what became of it: sent or copied, agreed.

use super::{Context, FieldError, Written, disclosure, read::Reader};
use crate::domain::{
    change::{Builder, Label},
    letter::{Letter, LetterId, Told},
    meeting::MeetingId,
    student::StudentId,
};

/// A letter, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LetterInput {
    /// Which kind, by its code.
    pub kind: String,
    /// The meeting that it tells of.
    pub meeting: Option<MeetingId>,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// When it was sent, or copied into the central system; empty if not yet.
    pub sent: String,
    /// When the student agreed with it; empty if not yet.
    pub agreed: String,
    /// To whom it leaves now, if it does and not to the student: recorded with it.
    pub told: Option<Told>,
}

impl LetterInput {
    /// The fields filled in from a letter.
    #[must_use]
    pub fn of(letter: &Letter) -> Self {
        let show = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
        Self {
            kind: letter.kind.clone(),
            meeting: letter.meeting,
            to: letter.to.clone(),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            sent: letter.sent.map(show).unwrap_or_default(),
            agreed: letter.agreed.map(show).unwrap_or_default(),
            told: None,
        }
    }
}

/// What becomes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// It was sent; a block for the central system was copied.
    Sent,
    /// The student agreed with it.
    Agreed,
}

/// Keeps a letter.
///
/// # Errors
/// All that is wrong with the fields, or that the student or the meeting is gone.
pub fn record(context: &mut Context<'_>, student: StudentId, input: &LetterInput) -> Written {
    let letter = new(context, student, input)?;
    let mut change = context.change(Label::RecordLetter).put(letter);
    leave(context, student, input, &mut change)?;
    Ok(change.build())
}

/// Keeps a letter for each of many students, in one change.
///
/// # Errors
/// All that is wrong with the first that is refused.
pub fn record_all(context: &mut Context<'_>, letters: &[(StudentId, LetterInput)]) -> Written {
    let mut change = context.change(Label::RecordLetter);
    for (student, input) in letters {
        change.push(new(context, *student, input)?);
        leave(context, *student, input, &mut change)?;
    }
    Ok(change.build())
}

/// Edits a letter, or its stamps.
///
/// # Errors
/// All that is wrong with the fields, or that the letter is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: LetterId,
    input: &LetterInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    let letter = read(context, old, input)?;
    let mut change = context.change(Label::EditLetter).put(letter);
    leave(context, student, input, &mut change)?;
    Ok(change.build())
}

/// Records to whom a letter leaves, if it does.
fn leave(
    context: &mut Context<'_>,
    student: StudentId,
    input: &LetterInput,
    change: &mut Builder<'_>,
) -> Result<(), Vec<FieldError>> {
    if let Some(told) = &input.told {
        change.push(disclosure::of_letter(context, student, told)?);
    }
    Ok(())
}

/// Marks a letter as sent or agreed, today.
///
/// # Errors
/// When it is gone.
pub fn stamp(context: &mut Context<'_>, student: StudentId, id: LetterId, stamp: Stamp) -> Written {
    let mut letter = context.held(student, id)?.value.clone();
    let today = context.now.today();
    match stamp {
        Stamp::Sent => letter.sent = Some(today),
        Stamp::Agreed => letter.agreed = Some(today),
    }
    Ok(context.change(Label::EditLetter).put(letter).build())
}

/// Deletes a letter.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: LetterId) -> Written {
    context.delete(Label::DeleteLetter, student, id)
}

fn new(
    context: &mut Context<'_>,
    student: StudentId,
    input: &LetterInput,
) -> Result<Letter, Vec<FieldError>> {
    let file = context.file(student)?;
    if let Some(meeting) = input.meeting
        && context.records.meeting(file, meeting).is_none()
    {
        return Err(FieldError::whole("This meeting is not there any more."));
    }
    let blank = Letter {
        id: context.ids.fresh(),
        student,
        kind: input.kind.clone(),
        meeting: input.meeting,
        to: String::new(),
        subject: String::new(),
        text: String::new(),
        made: context.now.today(),
        sent: None,
        agreed: None,
        tutor: context.me()?,
    };
    read(context, &blank, input)
}

fn read(
    context: &Context<'_>,
    old: &Letter,
    input: &LetterInput,
) -> Result<Letter, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let to = reader.line("to", &input.to);
    let subject = reader.required("subject", &input.subject, "Write a subject.");
    let text = reader.text("text", &input.text);
    if text.is_empty() {
        reader.refuse("text", "The letter is empty.");
    }
    let mut stamp =
        |field, typed: &str| (!typed.trim().is_empty()).then(|| reader.past_day(field, typed));
    let (sent, agreed) = (stamp("sent", &input.sent), stamp("agreed", &input.agreed));
    if agreed.is_some_and(|day| sent.is_none_or(|sent| day < sent))
        && !reader.has_refused("sent")
        && !reader.has_refused("agreed")
    {
        reader.refuse("agreed", "The student agrees after it was sent: check both days.");
    }
    reader.finish(Letter { to, subject, text, sent, agreed, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    fn input() -> LetterInput {
        LetterInput {
            kind: "summary".into(),
            to: "Aisha Rahman <a.rahman@example.ac.uk>".into(),
            subject: "Our meeting".into(),
            text: "Dear Aisha,\n\nThank you.\n".into(),
            ..LetterInput::default()
        }
    }

    fn only(desk: &Desk) -> Letter {
        desk.records.file(desk.aisha).unwrap().letters[0].value.clone()
    }

    #[test]
    fn a_letter_is_kept_stamped_edited_and_deleted() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let written = record(&mut desk.context(), aisha, &input());
        desk.apply(written);
        let letter = only(&desk);
        assert_eq!((letter.made, letter.sent), (day("2026-11-21"), None));
        let written = stamp(&mut desk.context(), aisha, letter.id, Stamp::Sent);
        assert_eq!(desk.apply(written).label, Label::EditLetter);
        let written = stamp(&mut desk.context(), aisha, letter.id, Stamp::Agreed);
        desk.apply(written);
        assert_eq!(only(&desk).agreed, Some(day("2026-11-21")));
        let fields = LetterInput::of(&only(&desk));
        let written = edit(&mut desk.context(), aisha, letter.id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = delete(&mut desk.context(), aisha, letter.id);
        desk.apply(written);
        assert!(desk.records.file(aisha).unwrap().letters.is_empty());
    }

    #[test]
    fn a_letter_has_a_subject_and_a_text_and_is_agreed_after_it_was_sent() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let wrong = LetterInput {
            subject: " ".into(),
            text: "\n".into(),
            sent: "20 Nov 2026".into(),
            agreed: "19 Nov 2026".into(),
            ..input()
        };
        let errors = record(&mut desk.context(), aisha, &wrong).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["subject", "text", "agreed"]);
    }

    #[test]
    fn letters_for_many_are_one_change() {
        let mut desk = Desk::new();
        let all = [(desk.aisha, input()), (desk.ben, input())];
        let written = record_all(&mut desk.context(), &all);
        let change = desk.apply(written);
        assert_eq!((change.parts.len(), change.students().len()), (2, 2));
    }
}
