//! The fields of a student, one by one: what a list says, where it differs from what is known.

use super::FieldChange;
use crate::domain::{roll::Listed, student::Student};

/// Whether a list says anything else about a student than what is known; most rows do not.
pub(super) fn says_more(known: &Student, said: &Listed) -> bool {
    let texts = [
        (&known.number, &said.number),
        (&known.name.given, &said.given),
        (&known.name.family, &said.family),
        (&known.name.preferred, &said.preferred),
        (&known.pronouns, &said.pronouns),
        (&known.email, &said.email),
        (&known.phone, &said.phone),
    ];
    texts.iter().any(|(known, said)| !said.is_empty() && known != said)
        || (said.entry.is_some() && known.entry != said.entry)
        || (said.new_entrant.is_some() && known.new_entrant != said.new_entrant)
        || (said.under_18_until.is_some() && known.under_18_until != said.under_18_until)
}

/// A known student with what a list says, and the fields that differ.
pub(super) fn updated(known: &Student, said: &Listed, fields: &mut Vec<FieldChange>) -> Student {
    let mut student = known.clone();
    if student.name.family == student.number && !(said.given.is_empty() && said.family.is_empty()) {
        // Until now the student was called by their number.
        student.name.family.clear();
    }
    set(&mut student.number, &said.number, "student number", fields);
    if !is_louder(&student.name.given, &said.given) {
        set(&mut student.name.given, &said.given, "first name", fields);
    }
    if !is_louder(&student.name.family, &said.family) {
        set(&mut student.name.family, &said.family, "family name", fields);
    }
    set(&mut student.name.preferred, &said.preferred, "preferred name", fields);
    set(&mut student.pronouns, &said.pronouns, "pronouns", fields);
    if !student.email.eq_ignore_ascii_case(&said.email) {
        set(&mut student.email, &said.email, "e-mail", fields);
    }
    set(&mut student.phone, &said.phone, "phone", fields);
    set_option(&mut student.entry, said.entry, "entry date", fields, |day| day.to_string());
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    set_option(&mut student.new_entrant, said.new_entrant, "new entrant", fields, yes_no);
    set_option(&mut student.under_18_until, said.under_18_until, "under 18 until", fields, |day| {
        day.to_string()
    });
    student
}

/// Whether a list writes a known name in capitals, as student systems do: that is no other name.
fn is_louder(known: &str, said: &str) -> bool {
    said != known && known.to_uppercase() == said
}

/// Takes a text that was said, if it is another, and says so.
pub(super) fn set<'a, T: PartialEq<str> + From<&'a str> + Into<String>>(
    known: &mut T,
    said: &'a str,
    field: &'static str,
    fields: &mut Vec<FieldChange>,
) {
    if !said.is_empty() && *known != *said {
        let before = std::mem::replace(known, said.into()).into();
        fields.push(FieldChange { field, before, after: said.to_owned() });
    }
}

pub(super) fn set_option<T: Copy + PartialEq>(
    known: &mut Option<T>,
    said: Option<T>,
    field: &'static str,
    fields: &mut Vec<FieldChange>,
    show: impl Fn(T) -> String,
) {
    if let Some(after) = said
        && *known != said
    {
        let before = known.map_or(String::new(), &show);
        fields.push(FieldChange { field, before, after: show(after) });
        *known = said;
    }
}
