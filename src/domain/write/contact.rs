//! Logs contacts that are not meetings, and the replies to them.

use super::{Context, FieldError, Written, read::Reader};
use crate::domain::{
    change::Label,
    contact::{Channel, Contact, ContactId, Reply},
    student::StudentId,
    time::Leaning,
    word::Choice,
};

/// A contact, as typed.
#[derive(Clone, Default)]
pub struct ContactInput {
    /// When; empty is today.
    pub on: String,
    /// By which way, in words; empty is e-mail.
    pub channel: String,
    /// What came back, in words; empty is reply awaited.
    pub reply: String,
    /// When the reply came; empty if it came at once or none did.
    pub replied: String,
    /// What it was about.
    pub about: String,
}

impl ContactInput {
    /// The fields filled in from a contact.
    #[must_use]
    pub fn of(contact: &Contact) -> Self {
        let replied = contact.replied.map(|day| day.format("%-d %b %Y").to_string());
        Self {
            on: contact.on.format("%-d %b %Y").to_string(),
            channel: contact.channel.words().to_owned(),
            reply: contact.reply.words().to_owned(),
            replied: replied.unwrap_or_default(),
            about: contact.about.clone(),
        }
    }
}

/// Logs a contact.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn add(context: &mut Context<'_>, student: StudentId, input: &ContactInput) -> Written {
    add_all(context, &[student], input)
}

/// Logs the same contact with each of these students, in one change.
///
/// # Errors
/// All that is wrong with the fields, or that nobody is named or a student is gone.
pub fn add_all(context: &mut Context<'_>, students: &[StudentId], input: &ContactInput) -> Written {
    let mut change = context.change(Label::LogContact);
    for student in super::named(students)? {
        change.push(new(context, *student, input)?);
    }
    Ok(change.build())
}

/// A contact that is part of something else, such as a step of a ladder.
///
/// # Errors
/// All that is wrong with the fields, or that the student is gone.
pub fn new(
    context: &mut Context<'_>,
    student: StudentId,
    input: &ContactInput,
) -> Result<Contact, Vec<FieldError>> {
    context.file(student)?;
    let blank = Contact {
        id: context.ids.fresh(),
        student,
        on: context.now.today(),
        channel: Channel::Email,
        reply: Reply::Awaited,
        replied: None,
        about: String::new(),
        tutor: context.me()?,
    };
    read(context, &blank, input)
}

/// Edits a contact.
///
/// # Errors
/// All that is wrong with the fields, or that the contact is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: ContactId,
    input: &ContactInput,
) -> Written {
    let old = &context.held(student, id)?.value;
    let contact = read(context, old, input)?;
    Ok(context.change(Label::EditContact).put(contact).build())
}

/// Marks that the student answered, today.
///
/// # Errors
/// When the contact is gone.
pub fn mark_reply(context: &mut Context<'_>, student: StudentId, id: ContactId) -> Written {
    let old = context.held(student, id)?.value.clone();
    let replied = Some(context.now.today().max(old.on));
    let contact = Contact { reply: Reply::Replied, replied, ..old };
    Ok(context.change(Label::EditContact).put(contact).build())
}

/// Deletes a contact.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &mut Context<'_>, student: StudentId, id: ContactId) -> Written {
    context.delete(Label::DeleteContact, student, id)
}

fn read(
    context: &Context<'_>,
    old: &Contact,
    input: &ContactInput,
) -> Result<Contact, Vec<FieldError>> {
    let mut reader = Reader::new(context.now);
    let on = reader.past_day_or_today("on", &input.on);
    let channel = reader.choice("channel", &input.channel, Channel::Email);
    let reply = reader.choice("reply", &input.reply, Reply::Awaited);
    let replied = reader.optional_day("replied", &input.replied, Leaning::Past);
    match replied {
        Some(_) if reply != Reply::Replied => {
            reader.refuse("replied", "Choose “replied”, or leave the day of the reply empty.");
        }
        Some(day) if day > context.now.today() => {
            reader.refuse("replied", "This day lies ahead: write the day on which it happened.");
        }
        Some(day) if day < on && !reader.has_refused("on") => {
            reader.refuse("replied", "The reply cannot come before the contact: check both days.");
        }
        _ => {}
    }
    let about = reader.line("about", &input.about);
    reader.finish(Contact { on, channel, reply, replied, about, ..old.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    #[test]
    fn a_contact_is_logged_answered_edited_and_deleted() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = ContactInput { on: "6 Nov".into(), ..ContactInput::default() };
        let written = add(&mut desk.context(), aisha, &input);
        desk.apply(written);
        let contact = desk.records.file(aisha).unwrap().contacts[0].value.clone();
        assert_eq!(contact.two_way(), None);
        let written = mark_reply(&mut desk.context(), aisha, contact.id);
        desk.apply(written);
        let contact = desk.records.file(aisha).unwrap().contacts[0].value.clone();
        assert_eq!(contact.two_way(), Some(desk.now.today()));
        let fields = ContactInput::of(&contact);
        let written = edit(&mut desk.context(), aisha, contact.id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = delete(&mut desk.context(), aisha, contact.id);
        desk.apply(written);
        assert!(delete(&mut desk.context(), aisha, contact.id).is_err());
    }

    #[test]
    fn one_contact_with_many_is_one_change_or_none() {
        let mut desk = Desk::new();
        let (aisha, ben) = (desk.aisha, desk.ben);
        let input = ContactInput::default();
        let written = add_all(&mut desk.context(), &[aisha, ben], &input);
        assert_eq!(desk.apply(written).students().len(), 2);
        assert!(add_all(&mut desk.context(), &[], &input).is_err(), "nobody");
        let stranger = crate::domain::id::Id::from_bytes([9; 16]);
        assert!(add_all(&mut desk.context(), &[aisha, stranger], &input).is_err());
    }

    #[test]
    fn a_reply_needs_a_day_after_the_contact_and_the_word_replied() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let with = |reply: &str, replied: &str| ContactInput {
            on: "6 Nov 2026".into(),
            reply: reply.into(),
            replied: replied.into(),
            ..ContactInput::default()
        };
        for (reply, replied) in
            [("awaited", "7 Nov"), ("replied", "5 Nov"), ("replied", "1/1/2027")]
        {
            let input = with(reply, replied);
            let errors = add(&mut desk.context(), aisha, &input).unwrap_err();
            assert!(!errors.is_empty(), "{reply} {replied}");
        }
        let written = add(&mut desk.context(), aisha, &with("replied", "7 Nov 2026"));
        desk.apply(written);
    }
}
