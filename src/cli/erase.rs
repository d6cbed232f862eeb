//! `erase`: everything about a student goes, and the key that all of it was sealed with (UK GDPR, Article 17).

use super::{
    args::Erase,
    exit::{Failure, Outcome},
    session::{self, Session},
    who,
};
use crate::domain::{file::StudentFile, record::Kind, write::student};

/// Erases a student for good.
///
/// # Errors
/// When nobody or more than one is meant, nobody agreed, or it cannot be written.
pub fn erase(session: &mut Session, arguments: &Erase) -> Outcome {
    let mut profile = session.open()?;
    let today = session.today();
    let file = who::find(&profile.records, &arguments.student, today, &mut session.out)?;
    let (id, name) = (file.student.id, file.student.name.shown());
    let holds = holds(file);
    let question = format!("Erase {name}: {holds}? This cannot be undone.");
    if !arguments.yes && !session.agrees(&question)? {
        return Err(Failure::refused("Nothing was erased: --yes erases without asking."));
    }
    profile.write(|context| student::erase(context, id))?;
    // A kill in between leaves a deletion that undo takes back: destroyed is the key only once nothing needs it any more.
    profile.store.erase_student(id).map_err(|error| {
        let why =
            "Deleted, but not erased yet: `tutelage undo` brings all of it back, then erase again.";
        let failure = Failure::from(error);
        Failure::new(failure.exit, format!("{} {why}", failure.sentence))
    })?;
    if let Err(error) = profile.store.drop_erased_drafts() {
        let failure = Failure::from(error);
        session::remark(&format!(
            "{} A draft about the student may still be there, which nobody can open.",
            failure.sentence
        ));
    }
    let said = format!("Erased: {holds}. Backups and exported files made before are not reached.");
    session.done(&mut profile, &said)
}

/// How much there is about a student.
fn holds(file: &StudentFile) -> String {
    let many = file.records().len();
    let notes = file.counts().iter().find(|(kind, _)| *kind == Kind::Note).map_or(0, |it| it.1);
    let of = |many: usize, what: &str| format!("{many} {what}{}", if many == 1 { "" } else { "s" });
    format!("{}, {} among them", of(many, "record"), of(notes, "note"))
}
