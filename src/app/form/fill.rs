//! Whole values for fields, as they come from a session of lines: what is no possible value is refused in a sentence.

use tui_input::Input;

use super::entry::{Choice, Entry, LINE_LIMIT, Line};
use super::{Form, Tick};
use crate::domain::plain;

/// Which of the words is meant by a number counted from 1, by the words themselves, or by their beginning.
///
/// # Errors
/// What can be typed, as a sentence.
pub fn pick<'a>(words: impl Iterator<Item = &'a str>, typed: &str) -> Result<usize, String> {
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let wanted = typed.trim().to_lowercase();
    let place = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(place) = place.filter(|place| *place < words.len()) {
        return Ok(place);
    }
    if let Some(exact) = words.iter().position(|word| *word == wanted) {
        return Ok(exact);
    }
    let begins = |(_, word): &(usize, &String)| !wanted.is_empty() && word.starts_with(&wanted);
    let found: Vec<usize> = words.iter().enumerate().filter(begins).map(|(at, _)| at).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(format!("type a number from 1 to {}, or the words", words.len())),
        many => Err(format!("{} begin like this: type the number", many.len())),
    }
}

impl Entry {
    /// Takes a whole value.
    ///
    /// # Errors
    /// Why it is none, as a sentence; what was there stays.
    pub fn fill(&mut self, text: &str) -> Result<(), String> {
        match self {
            Self::Line(line) => line.fill(text),
            Self::Choice(choice) => choice.fill(text),
            Self::Toggle(on) => match text.trim().to_lowercase().as_str() {
                "y" | "yes" => {
                    *on = true;
                    Ok(())
                }
                "n" | "no" => {
                    *on = false;
                    Ok(())
                }
                _ => Err("type y or n".to_owned()),
            },
            Self::Text(editor) => {
                editor.replace(text);
                let taken = editor.text() == plain::lines(text);
                let why = editor.notice.unwrap_or("this text is not taken");
                if taken { Ok(()) } else { Err(why.to_owned()) }
            }
            Self::Ticks(_) => Err("these are answered line by line".to_owned()),
        }
    }
}

impl Line {
    fn fill(&mut self, text: &str) -> Result<(), String> {
        let text = plain::line(text);
        if text.chars().count() > LINE_LIMIT {
            return Err(format!("at most {LINE_LIMIT} characters"));
        }
        self.input = Input::new(text.into_owned());
        Ok(())
    }
}

impl Choice {
    fn fill(&mut self, text: &str) -> Result<(), String> {
        self.selected = Some(pick(self.options.iter().map(|it| it.words.as_str()), text)?);
        Ok(())
    }
}

impl Form {
    /// Takes a whole value for a field, or says beside the field why it is none; without a value the field stays as it
    /// is, and what was wrong with it is forgotten.
    pub fn fill(&mut self, name: &str, text: Option<&str>) {
        if let Some(field) = self.field_mut(name) {
            field.error = text.and_then(|text| field.entry.fill(text).err());
        }
        self.focus_on(name);
    }

    /// Chooses one of the words for a line of a checklist or register, or says beside the field why that cannot be.
    pub fn tick(&mut self, name: &str, line: usize, text: &str) {
        let Some(field) = self.field_mut(name) else { return };
        let Entry::Ticks(ticks) = &mut field.entry else { return };
        let picked = pick(ticks.words.iter().map(|(_, words)| words.as_str()), text);
        field.error = match (ticks.lines.get_mut(line), picked) {
            (Some(Tick { chosen, .. }), Ok(picked)) => {
                *chosen = picked;
                None
            }
            (_, Err(why)) => Some(why),
            (None, Ok(_)) => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{
        editor::Editor,
        form::{Field, LineKind, Ticks},
    };

    fn filled(entry: impl Into<Entry>, text: &str) -> (String, Option<String>) {
        let mut form = Form::new("Form", vec![Field::new("field", "Field", entry)]);
        form.fill("field", Some(text));
        (form.value("field"), form.fields.remove(0).error)
    }

    #[test]
    fn every_kind_of_field_takes_a_whole_value() {
        let choice = || Choice::new(["in person", "online", "on the phone"], Some(0));
        assert_eq!(filled(Line::new(LineKind::Date, "x"), "12 Oct\n"), ("12 Oct".into(), None));
        assert_eq!(filled(choice(), "2"), ("online".into(), None));
        assert_eq!(filled(choice(), "ON THE"), ("on the phone".into(), None));
        assert_eq!(filled(false, "Yes"), ("yes".into(), None));
        assert_eq!(filled(Editor::new("old"), "one\ntwo"), ("one\ntwo".into(), None));
    }

    #[test]
    fn what_is_no_value_is_refused_in_a_sentence_and_changes_nothing() {
        let choice = || Choice::new(["in person", "online", "on the phone"], Some(0));
        let refused = |entry: Entry, text| filled(entry, text);
        let (value, why) = refused(choice().into(), "4");
        assert_eq!(
            (value.as_str(), why.unwrap().as_str()),
            ("in person", "type a number from 1 to 3, or the words")
        );
        let (_, why) = refused(choice().into(), "on");
        assert_eq!(why.unwrap(), "2 begin like this: type the number");
        assert_eq!(refused(true.into(), "maybe"), ("yes".into(), Some("type y or n".into())));
        let long = "x".repeat(LINE_LIMIT + 1);
        let (value, why) = refused(Line::new(LineKind::Text, "a").into(), &long);
        assert!(value == "a" && why.is_some());
    }

    #[test]
    fn a_register_is_answered_line_by_line() {
        let words = vec![("", "present".to_owned()), ("", "absent".to_owned())];
        let ticks = Ticks::register(words, [("Ben", 0), ("Ewa", 0)]);
        let mut form = Form::new("Form", vec![Field::new("who", "Who", ticks)]);
        form.tick("who", 1, "a");
        assert_eq!(form.ticks("who"), [0, 1]);
        form.tick("who", 0, "late");
        assert!(form.fields[0].error.is_some());
        form.fill("who", None);
        assert!(form.fields[0].error.is_none());
    }
}
