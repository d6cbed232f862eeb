//! `alerts`: who needs a word, why, since when, who acts and what to do next.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::{args::Alerts, exit::Outcome, list, out::Out};
use crate::domain::{
    alert::{Alert, AlertSettings, Standing, State, Trend, alerts, cap},
    file::StudentFile,
    obligation::Plan,
    reason::{Reason, Scored},
    records::Records,
    time::show_day,
    tuning,
    tutee::Scope,
};

/// One student, as JSON.
#[derive(Serialize)]
struct Row {
    number: String,
    name: String,
    severity: &'static str,
    /// Whether it is among the first of its tutor.
    shown: bool,
    points: Option<Points>,
    state: &'static str,
    runs: u8,
    trend: Option<&'static str>,
    first_seen: NaiveDate,
    quiet: Option<String>,
    owner: Option<String>,
    escalated: bool,
    case_open: bool,
    reasons: Vec<Why>,
}

#[derive(Serialize)]
struct Points {
    #[serde(rename = "points")]
    count: u8,
    from: u8,
    band: &'static str,
    week: NaiveDate,
}

impl From<Standing> for Points {
    fn from(it: Standing) -> Self {
        Self { count: it.points, from: it.threshold, band: it.band(), week: it.week }
    }
}

#[derive(Serialize)]
struct Why {
    rule: String,
    severity: &'static str,
    since: NaiveDate,
    points: Option<u8>,
    evidence: String,
    /// The evidence of each module, where the rule holds in several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    each: Vec<String>,
    next: &'static str,
    /// Whether a decision quietens this reason by itself.
    quiet: bool,
}

/// Prints the alerts of the owner's students, most urgent first; as text the first few of each tutor, unless all are asked
/// for.
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
    let scope = Scope::of(records);
    let found = alerts(records, plan, &scope, settings, today);
    let capped = cap(&found, tuning::cap(records.tuning()).filter(|_| !arguments.all));
    let quiet = found.iter().filter(|alert| !alert.speaks()).count();
    let rows = found.into_iter().zip(capped.shown);
    let rows = rows.filter_map(|(alert, shown)| row(records, alert, shown, today));
    if arguments.json {
        return out.json(&rows.collect::<Vec<_>>());
    }
    let mut any = false;
    for row in rows.filter(|row| row.shown || arguments.all) {
        print(&row, today, out)?;
        any = true;
    }
    if !any {
        let is_of = |file: &Arc<StudentFile>| scope.holds(records, file, today);
        out.text(if records.files().len() == 0 {
            list::NO_STUDENTS
        } else if records.files().any(is_of) {
            "Nobody needs a word."
        } else {
            list::NOBODY
        })?;
    }
    let quiet = if arguments.all { 0 } else { quiet };
    match (capped.more, quiet) {
        (0, 0) => Ok(()),
        (more, 0) => out.text(&format!("+{more} more: tutelage alerts --all")),
        (0, quiet) => out.text(&format!("{quiet} quiet: tutelage alerts --all")),
        (more, quiet) => out.text(&format!("+{more} more, {quiet} quiet: tutelage alerts --all")),
    }
}

/// The alert of a student in lines: the name, then what is to be known, each reason with its next step below.
pub(super) fn lines(records: &Records, alert: &Alert, today: NaiveDate) -> Vec<String> {
    row(records, alert.clone(), true, today).map(|row| told(&row, today)).unwrap_or_default()
}

fn print(row: &Row, today: NaiveDate, out: &mut Out) -> Outcome {
    told(row, today).iter().try_for_each(|line| out.text(line))
}

fn told(row: &Row, today: NaiveDate) -> Vec<String> {
    let mut lines = vec![format!("{}  {}  {}", row.name, row.number, row.severity)];
    let mut about = vec![format!("{} since {}", row.state, show_day(row.first_seen, today))];
    if let Some(points) = &row.points {
        let trend = row.trend.map_or(String::new(), |trend| format!(", {trend}"));
        let noun = if points.count == 1 { "point" } else { "points" };
        let (count, from) = (points.count, points.from);
        about.push(format!("{count} {noun}, threshold {from}{trend}: {}", points.band));
    }
    about.extend(row.owner.as_ref().map(|owner| {
        let verb = if row.escalated { "escalated to" } else { "with" };
        format!("{verb} {owner}")
    }));
    about.extend(row.case_open.then(|| "case open".to_owned()));
    about.extend(row.quiet.clone());
    lines.push(format!("  {}", about.join(" · ")));
    for why in &row.reasons {
        let quiet = if why.quiet { " (quiet)" } else { "" };
        let whole = why.each.is_empty().then_some(&why.evidence);
        let each = whole.into_iter().chain(&why.each);
        lines.extend(each.map(|evidence| format!("  {evidence}{quiet}")));
        lines.push(format!("    → {}", why.next));
    }
    lines
}

fn row(records: &Records, alert: Alert, shown: bool, today: NaiveDate) -> Option<Row> {
    let file = records.file(alert.student)?;
    let owner = alert.owner.and_then(|owner| records.tutor(owner));
    let severity = alert.severity().words();
    let each = |scored: Option<Scored>| {
        let each = scored.map(|scored| scored.each).unwrap_or_default();
        each.into_iter().map(|it| it.evidence).collect()
    };
    let why = |quiet: bool| {
        move |reason: Reason| Why {
            rule: reason.rule.into_owned(),
            severity: reason.severity.words(),
            since: reason.since,
            next: reason.next.words(),
            points: reason.scored.as_ref().map(|scored| scored.points),
            each: each(reason.scored),
            evidence: reason.evidence,
            quiet,
        }
    };
    let spoken = alert.reasons.into_iter().map(why(false));
    Some(Row {
        number: file.student.number.clone(),
        name: file.student.name.shown(),
        severity,
        shown,
        points: alert.standing.map(Points::from),
        state: State::words(alert.state),
        runs: alert.runs,
        trend: (alert.trend != Trend::First).then(|| alert.trend.words()),
        first_seen: alert.first_seen,
        quiet: alert.quiet.map(|quiet| quiet.words(today)),
        owner: owner.map(|tutor| tutor.name.clone()),
        escalated: alert.escalated,
        case_open: alert.case.is_some(),
        reasons: spoken.chain(alert.hushed.into_iter().map(why(true))).collect(),
    })
}
