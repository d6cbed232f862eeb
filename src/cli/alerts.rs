//! `alerts`: who needs a word, why, since when, and what to do next.

use chrono::NaiveDate;
use serde::Serialize;

use super::{args::Alerts, exit::Outcome, out::Out};
use crate::domain::{
    alert::{Alert, AlertSettings, alerts},
    obligation::Plan,
    records::Records,
    tutee::Scope,
};

/// One student, as JSON.
#[derive(Serialize)]
struct Row {
    number: String,
    name: String,
    severity: &'static str,
    reasons: Vec<Why>,
}

#[derive(Serialize)]
struct Why {
    severity: &'static str,
    since: NaiveDate,
    evidence: String,
    next: &'static str,
}

/// Prints the alerts of the owner's students, most urgent first.
///
/// # Errors
/// When the output cannot be written.
pub fn list(
    records: &Records,
    arguments: &Alerts,
    (plan, settings): (Option<&Plan>, AlertSettings),
    today: NaiveDate,
    out: &mut Out,
) -> Outcome {
    let found = alerts(records, plan, &Scope::of(records), settings, today);
    let rows = found.into_iter().filter_map(|alert| row(records, alert));
    if arguments.json {
        return out.json(&rows.collect::<Vec<_>>());
    }
    let mut any = false;
    for row in rows {
        out.text(&format!("{}  {}  {}", row.name, row.number, row.severity))?;
        for why in row.reasons {
            out.text(&format!("  {}", why.evidence))?;
            out.text(&format!("    → {}", why.next))?;
        }
        any = true;
    }
    if any { Ok(()) } else { out.text("Nobody needs a word.") }
}

fn row(records: &Records, alert: Alert) -> Option<Row> {
    let file = records.file(alert.student)?;
    Some(Row {
        number: file.student.number.clone(),
        name: file.student.name.shown(),
        severity: alert.severity().words(),
        reasons: alert
            .reasons
            .into_iter()
            .map(|reason| Why {
                severity: reason.severity.words(),
                since: reason.since,
                evidence: reason.evidence,
                next: reason.next.words(),
            })
            .collect(),
    })
}
