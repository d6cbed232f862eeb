//! Who is meant by a typed name.

use super::Context;
use crate::domain::{fold, records::Records, student::Name, tutor::TutorId};

const TITLES: [&str; 10] =
    ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame"];

/// A name made comparable: small letters without accents, single blanks.
#[must_use]
pub fn fold(text: &str) -> String {
    fold::fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a student can be meant by this: their whole name, or a given, preferred or family name.
#[must_use]
pub fn is_called(name: &Name, text: &str) -> bool {
    let text = fold(text);
    let whole = format!("{} {}", name.given, name.family);
    let parts = [&name.given, &name.family, &name.preferred];
    !text.is_empty()
        && (fold(&name.shown()) == text
            || fold(&whole) == text
            || parts.iter().any(|part| {
                let part = fold(part);
                part == text || part.split(' ').any(|word| word == text)
            }))
}

/// Whether a tutor can be meant by this: the name as printed, without title, or one word of it.
#[must_use]
pub fn is_tutor_called(name: &str, text: &str) -> bool {
    let (name, text) = (fold(name), fold(text));
    let words: Vec<&str> =
        name.split(' ').filter(|word| !TITLES.contains(&word.trim_end_matches('.'))).collect();
    !text.is_empty() && (name == text || words.join(" ") == text || words.contains(&text.as_str()))
}

/// What a field says to mean this tutor: the name, or what tells them from another of that name.
#[must_use]
pub fn name_of_tutor(records: &Records, id: TutorId) -> String {
    let Some(tutor) = records.tutor(id) else { return String::new() };
    let namesakes = records.tutors().filter(|it| fold(&it.name) == fold(&tutor.name)).count();
    if namesakes == 1 {
        tutor.name.clone()
    } else if records.profile().is_some_and(|profile| profile.owner == id) {
        "me".to_owned()
    } else if tutor.number.is_empty() {
        tutor.email.clone()
    } else {
        tutor.number.clone()
    }
}

/// The tutor meant by `me`, a name, a staff number or an e-mail address.
///
/// # Errors
/// A sentence, if nobody is meant or more than one.
pub fn find_tutor(context: &Context<'_>, text: &str) -> Result<TutorId, String> {
    let wanted = fold(text);
    if matches!(wanted.as_str(), "me" | "myself")
        && let Some(profile) = context.records.profile()
    {
        return Ok(profile.owner);
    }
    let exact = context.records.tutors().filter(|tutor| {
        [&tutor.name, &tutor.number, &tutor.email]
            .iter()
            .any(|part| !wanted.is_empty() && fold(part) == wanted)
    });
    let exact: Vec<TutorId> = exact.map(|tutor| tutor.id).collect();
    let close = || {
        let called = context.records.tutors().filter(|t| is_tutor_called(&t.name, &wanted));
        called.map(|tutor| tutor.id).collect()
    };
    let found: Vec<TutorId> = if exact.is_empty() { close() } else { exact };
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err("No tutor of this name is known: check it, or add the tutor first.".into()),
        _ => Err("More than one tutor is called this: write the whole name or the number.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_student_is_known_by_every_part_of_the_name() {
        let name = Name {
            given: "Aisha Maria".into(),
            family: "al Rahman".into(),
            preferred: "Ish".into(),
        };
        for text in ["Aisha", "maria", "ISH", "al Rahman", "Rahman", "Ish al Rahman"] {
            assert!(is_called(&name, text), "{text}");
        }
        for text in ["", "A", "Aish", "Ben", "Aisha Ben"] {
            assert!(!is_called(&name, text), "{text}");
        }
    }

    #[test]
    fn letters_are_the_same_name_composed_decomposed_and_without_accents() {
        let name = Name { given: "Zoe\u{308}".into(), ..Name::default() };
        assert!(is_called(&name, "Zo\u{eb}") && is_called(&name, "zoe"));
    }

    #[test]
    fn a_tutor_is_known_with_and_without_title() {
        for text in ["Dr Amara Okafor", "amara okafor", "Amara", "Okafor"] {
            assert!(is_tutor_called("Dr Amara Okafor", text), "{text}");
        }
        for text in ["", "dr", "Amar"] {
            assert!(!is_tutor_called("Dr Amara Okafor", text), "{text}");
        }
    }
}
