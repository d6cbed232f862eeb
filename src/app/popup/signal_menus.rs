//! What is asked while signals are imported: what is wanted of a file, and whose a name is.

use chrono::NaiveDate;

use super::menu::{Menu, Then, Way};
use crate::{
    app::importing::signals::SignalFile,
    domain::{
        records::Records,
        student::StudentId,
        word::Choice as _,
        write::signals::{Ambiguous, Chosen},
    },
};

impl Menu {
    /// A file that lists students and says how they engage: which of it is to be imported?
    #[must_use]
    pub fn which_import(file: SignalFile) -> Self {
        let text = format!("This is a list as {} writes it.", program(&file));
        let students = Box::new(file.clone());
        let ways = vec![
            Way::new(
                "Import how students engage",
                wanted(&file),
                Then::ImportSignals(Box::new(file)),
            ),
            Way::new("Import the students", "as a list of tutees", Then::ImportStudents(students)),
        ];
        Self { may_close: true, ..Self::new("What to import?", &[&text], ways) }
    }

    /// A name in a file that may be one of several students: whose is it?
    #[must_use]
    pub fn whose(
        records: &Records,
        ambiguous: &Ambiguous,
        (at, all): (usize, usize),
        today: NaiveDate,
    ) -> Self {
        let who = &ambiguous.who;
        let said = [&who.name, &who.number, &who.email];
        let said: Vec<&str> =
            said.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let text = format!("Row {} is about {}.", ambiguous.row, said.join(" · "));
        let way = |student: &StudentId| {
            let (name, hint) = shown(records, *student, today);
            let chosen = Some((who.clone(), Chosen::Student(*student)));
            Way::new(name, hint, Then::Whose(chosen))
        };
        let mut ways: Vec<Way> = ambiguous.candidates.iter().map(way).collect();
        let nobody = Some((who.clone(), Chosen::Nobody));
        ways.push(Way::new("None of these", "leave it out", Then::Whose(nobody)));
        if at < all {
            let hint = format!("{} names stay out; the next import asks again", all - at + 1);
            ways.push(Way::new("Leave out all that are open", hint, Then::Whose(None)));
        }
        let remembered = "Who you choose is remembered for the next file of this kind.";
        let title = format!("Who is this? {at} of {all}");
        Self { may_close: true, ..Self::new(&title, &[&text, remembered], ways) }
    }
}

/// The name of a student, and the number and programme that tell namesakes apart.
fn shown(records: &Records, student: StudentId, today: NaiveDate) -> (String, String) {
    let Some(file) = records.file(student) else { return Default::default() };
    let mut hint = vec![file.student.number.clone()];
    if let Some(enrolment) = file.enrolment(today) {
        hint.push(enrolment.programme.to_string());
        hint.extend(enrolment.stage.map(|stage| format!("year {stage}")));
    }
    hint.retain(|part| !part.is_empty());
    (file.student.name.shown(), hint.join(" · "))
}

fn program(file: &SignalFile) -> String {
    format!("the {}", file.source.words())
}

fn wanted(file: &SignalFile) -> &'static str {
    use crate::domain::engagement::Source;
    match file.source {
        Source::MoodleGrades | Source::Canvas | Source::Sits => "marks, and what was handed in",
        Source::MoodleParticipants => "who is on the module",
        Source::MoodleAttendance | Source::Attendance | Source::Teams => {
            "who came to which session"
        }
        Source::MoodleLog => "who was online on which day",
        Source::Turnitin => "what was handed in",
        Source::Rating => "bands of engagement",
        Source::Other => "days and values",
    }
}
