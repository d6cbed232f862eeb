//! `check`: walks every record, the counts and the hash chain, and says what it found.

use super::{
    exit::{Exit, Failure, Outcome},
    session::Session,
};
use crate::domain::record::Kind;

/// Checks the profile; changes nothing.
///
/// # Errors
/// When it cannot be read, or something is wrong with it.
pub fn check(session: &mut Session) -> Outcome {
    let profile = session.open()?;
    let report = profile.store.check()?;
    let students = report.counts.get(&Kind::Student).copied().unwrap_or_default();
    let records: u64 = report.counts.values().sum();
    session.out.text(&format!(
        "{records} records of {students} students, {} keys, {} entries in the journal, {}.",
        report.keys,
        report.entries,
        if report.snapshots == 1 {
            "1 snapshot".into()
        } else {
            format!("{} snapshots", report.snapshots)
        },
    ))?;
    if report.problems.is_empty() {
        return session.out.text("Everything is sound.");
    }
    for problem in &report.problems {
        session.out.text(problem)?;
    }
    session.out.finish()?;
    let many = report.problems.len();
    let are = if many == 1 { "thing is" } else { "things are" };
    let sentence = format!(
        "{many} {are} wrong. `tutelage backup FILE` writes what is there now into one file: make it, and keep it apart."
    );
    Err(Failure::new(Exit::Damaged, sentence))
}
