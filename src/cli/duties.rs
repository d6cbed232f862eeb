//! `duties`: what the policy asks of who works here, and of the tutors of a senior tutor's school.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::Duties,
    exit::{Failure, Outcome},
    out::Out,
    session,
};
use crate::domain::{
    policy::Policy,
    records::Records,
    tutor_duty::{TutorDutyState, school_duties, tutor_duties},
};

/// One duty of one tutor, as JSON.
#[derive(Serialize)]
struct Row {
    tutor: String,
    duty: String,
    name: String,
    status: &'static str,
    words: String,
    evidence: String,
    clause: String,
    says: String,
    tutees: Vec<String>,
    next: &'static str,
}

/// Prints the duties, the most pressing first.
///
/// # Errors
/// When nobody works here, no policy is chosen, or the output cannot be written.
pub fn list(
    records: &Records,
    policy: Option<&Policy>,
    arguments: &Duties,
    today: NaiveDate,
    out: &mut Out,
) -> Outcome {
    let me = session::viewer(records)?.tutor;
    let Some(policy) = policy else {
        let why = "No policy is in use: `tutelage policy use CODE` chooses one.";
        return Err(Failure::refused(why));
    };
    let mut found = tutor_duties(policy, records, me, today);
    found.extend(school_duties(policy, records, me, today));
    let rows = found.into_iter().map(|duty| row(records, duty));
    if arguments.json {
        return out.json(&rows.collect::<Vec<_>>());
    }
    let mut any = false;
    for row in rows {
        out.text(&format!("{}: {} · {}", row.tutor, row.name, row.words))?;
        out.text(&format!("  {}", row.evidence))?;
        if !row.tutees.is_empty() {
            out.text(&format!("  {}", row.tutees.join(", ")))?;
        }
        out.text(&format!("  {}: {}", row.clause, row.says))?;
        any = true;
    }
    if any { Ok(()) } else { out.text(&format!("{} asks nothing of you.", policy.university)) }
}

fn row(records: &Records, duty: TutorDutyState) -> Row {
    let files = duty.tutees.iter().filter_map(|student| records.file(*student));
    let student = |file: &std::sync::Arc<crate::domain::file::StudentFile>| {
        format!("{} {}", file.student.number, file.student.name.shown())
    };
    let mut tutees: Vec<String> = files.map(student).collect();
    tutees.sort();
    Row {
        tutor: records.tutor(duty.tutor).map(|it| it.name.clone()).unwrap_or_default(),
        status: duty.status.code(),
        words: duty.status.words(),
        duty: duty.code,
        name: duty.name,
        evidence: duty.evidence,
        clause: duty.clause,
        says: duty.says,
        tutees,
        next: duty.step.words(),
    }
}
