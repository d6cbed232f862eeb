//! The form for a calendar file: of whom, how much it tells, and where it is written.

use std::collections::BTreeSet;

use super::{
    bulk::{destination, let_out},
    parts::line,
};
use crate::{
    app::{
        decide::marked,
        form::{Choice, Field, Form},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        agenda::{Asked, Show, agenda},
        change::record_id,
        record::RecordId,
        student::StudentId,
        word::Choice as _,
    },
    exchange::ical,
};

const MINE: &str = "all that is mine";

/// The form; all that is the tutor's own comes first, then the students it was opened with.
pub(super) fn form(model: &Model, students: &[StudentId]) -> Form {
    let file = format!("~/tutoring-{}.ics", model.now.today());
    let hint = "not sealed: whoever gets it can read it; the journal says that it left";
    let whose: Vec<String> = [MINE.to_owned()].into_iter().chain(named(model, students)).collect();
    let is_marked = marked(model).any(|student| students.contains(&student));
    let chosen = usize::from(is_marked || students.len() > 1);
    let fields = vec![
        Field::new("of", "Of", Choice::new(whose, Some(chosen)))
            .hint("planned meetings, actions that are due, last days of slots"),
        Field::new("show", "Tells", Choice::of(Some(Show::Initials)))
            .hint("calendars are shared; every entry is private, notes never leave this way"),
        line("file", "File", &file).hint(hint),
    ];
    Form::new("Calendar file", fields)
}

/// Whom the form was opened with, in words.
fn named(model: &Model, students: &[StudentId]) -> Option<String> {
    match students {
        [] => None,
        [only] => model.records.file(*only).map(|file| file.student.name.shown()),
        many => Some(format!("the {} who are marked", many.len())),
    }
}

/// Lets the file out; the journal says of whom it tells.
pub(super) fn submit(
    form: &Form,
    model: &Model,
    students: &[StudentId],
) -> Result<Vec<Effect>, Errors> {
    let path = destination(form)?;
    let students: BTreeSet<StudentId> = match form.value("of").as_str() {
        MINE => BTreeSet::new(),
        _ => students.iter().copied().collect(),
    };
    let show = Show::from_words(&form.value("show")).unwrap_or(Show::Initials);
    let asked = Asked { students: &students, show, today: model.now.today() };
    let found = agenda(&model.records, model.rules.plan.as_deref(), asked);
    if found.entries.is_empty() {
        let why = "Nothing is planned, due or expected from today on.";
        return Err(vec![("of", why.to_owned())]);
    }
    let bytes = ical::write(&found.entries, model.now.utc_ms);
    let about: Vec<RecordId> = found.students.into_iter().map(record_id).collect();
    Ok(vec![let_out(path, bytes, about)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::msg::{Destination, LetOut};
    use crate::app::testing::Desk;
    use crate::fixture::desk;

    /// What leaves after these keys.
    fn out(keys: &str) -> (LetOut, String, Desk) {
        let desk = Desk::with(desk()).keys(keys).keys("‹ctrl-s›");
        let out = desk.effects.iter().find_map(|effect| {
            if let Effect::LetOut(out) = effect { Some((**out).clone()) } else { None }
        });
        let out = out.unwrap();
        let text = String::from_utf8(out.files[0].1.clone()).unwrap();
        (out, text, desk)
    }

    #[test]
    fn what_is_to_come_leaves_as_a_calendar_with_initials_alone() {
        let (out, text, mut desk) = out("gx");
        assert_eq!(out.to, Destination::File("~/tutoring-2026-11-21.ics".into()));
        assert!(text.contains("SUMMARY:Tutoring meeting: AR\r\n"), "{text}");
        assert!(!text.contains("Aisha") && !text.contains("Progress"), "{text}");
        assert_eq!((out.letters.len(), out.change), (1, None));
        assert!(desk.frame(80, 24).contains("Calendar file"));
    }

    #[test]
    fn names_are_told_when_the_form_says_so() {
        let (_, text, _) = out("gx⇥→");
        assert!(text.contains("SUMMARY:Tutoring meeting: Aisha Rahman\r\n"), "{text}");
    }

    #[test]
    fn of_one_student_in_hand_or_of_who_is_marked() {
        let desk = Desk::with(desk()).keys("  gx");
        assert_eq!(desk.form().value("of"), "the 2 who are marked");
        let desk = Desk::with(crate::fixture::desk()).keys(" gx");
        assert_ne!(desk.form().value("of"), MINE, "one is marked");
        let desk = Desk::with(crate::fixture::desk()).keys("gx→");
        assert_eq!(desk.form().value("of"), "Aisha Rahman");
    }

    #[test]
    fn a_calendar_of_nothing_is_not_written() {
        let desk = Desk::with(desk()).keys("jgx→‹ctrl-s›");
        assert!(desk.form().field("of").unwrap().error.is_some());
        assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::LetOut(_))));
    }
}
