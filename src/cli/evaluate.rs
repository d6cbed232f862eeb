//! `evaluate`: how right the score of the alerts is, on past students. No profile is needed.

use std::{fs, io::ErrorKind, path::Path, time::Instant};

use serde::Serialize;

use super::{
    args,
    exit::{Failure, Outcome},
    out::{Out, Table},
    session::read_bytes,
};
use crate::{
    domain::{
        evaluate::{self, Figures, Past, Row, Volume, ranking::WEEKS},
        score::Card,
    },
    exchange::{
        card,
        oulad::{self, AUDIT, Folder, REFERENCE, REQUIRED},
        policy::Fault,
    },
};

/// The week whose equality audit is printed; JSON has all of them.
const AUDIT_WEEK: u8 = 8;

/// What `--json` prints.
#[derive(Serialize)]
struct Report {
    presentations: usize,
    students: usize,
    without_tutor_group: usize,
    cards: Vec<Figures>,
}

/// Judges the cards of the program, and others that are named.
///
/// # Errors
/// When a table or a card cannot be read.
pub fn evaluate(which: &args::Evaluate, out: &mut Out) -> Outcome {
    let cards = cards(&which.card)?;
    let start = Instant::now();
    let folder = folder(&which.folder, Extras::With)?;
    let past = oulad::read(&folder).map_err(|fault| Failure::refused(fault.to_string()))?;
    let reading = start.elapsed();
    let judged = cards.iter().zip(0..).map(|(card, place)| {
        let start = Instant::now();
        let mut figures = evaluate::evaluate(card, &past);
        if (1..card::BUILTIN.len()).contains(&place) {
            // The reference is that of the first card.
            (figures.b1_differences, figures.b1_rows) = (None, None);
        }
        let seconds = (reading + start.elapsed()).as_secs_f64();
        Figures { seconds: (seconds * 1000.0).round() / 1000.0, ..figures }
    });
    let report = report(&past, judged.collect());
    if which.json {
        return out.json(&report);
    }
    let count = report.students;
    out.text(&format!("{count} students in {} presentations.", report.presentations))?;
    if report.without_tutor_group > 0 {
        let without = report.without_tutor_group;
        out.text(&format!("{without} of them are in no tutor group and were not scored."))?;
    }
    for figures in &report.cards {
        print(figures, out)?;
    }
    out.text("\nThe shares are those of these students. They are nobody's probability.")
}

fn report(past: &Past, cards: Vec<Figures>) -> Report {
    let students = past.cohorts.iter().map(|cohort| cohort.members.len()).sum();
    let grouped: usize = past.cohorts.iter().flat_map(|it| &it.tutees).map(Vec::len).sum();
    let without_tutor_group = students - grouped.min(students);
    Report { presentations: past.cohorts.len(), students, without_tutor_group, cards }
}

fn cards(files: &[std::path::PathBuf]) -> Outcome<Vec<Card>> {
    let built_in = card::BUILTIN.iter().map(|card| card.card().map_err(told));
    built_in.chain(files.iter().map(|file| self::card(file))).collect()
}

/// The card in a file.
///
/// # Errors
/// When it cannot be read, or is faulty.
pub(super) fn card(file: &Path) -> Outcome<Card> {
    card::read_bytes(&read_bytes(file)?, &file.display().to_string()).map_err(told)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn told(faults: Vec<Fault>) -> Failure {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Failure::refused(lines.join("\n"))
}

/// Whether tables are opened that no card may learn from: points to compare with, and the groups of the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extras {
    /// They are.
    With,
    /// They are not.
    Without,
}

/// The tables of a folder; packed ones only where there is no plain one.
///
/// # Errors
/// When a table is missing or cannot be read.
pub(super) fn folder(folder: &Path, extras: Extras) -> Outcome<Folder> {
    if !folder.is_dir() {
        let why = "This is no folder: name the one that the tables are in.";
        return Err(Failure::refused(why).about(folder));
    }
    let required = |name: &str| {
        table(folder, name)?.ok_or_else(|| {
            let place = folder.display();
            let all = REQUIRED.join(", ");
            let missing =
                format!("{place} has no {name}.csv and no {name}.csv.gz; it needs {all}.");
            Failure::refused(missing)
        })
    };
    let extra = |name: &str| match extras {
        Extras::With => table(folder, name),
        Extras::Without => Ok(None),
    };
    let [presentations, enrolments, weekly_vle, assessments, submissions, tutor_groups] = REQUIRED;
    Ok(Folder {
        presentations: required(presentations)?,
        enrolments: required(enrolments)?,
        weekly_vle: required(weekly_vle)?,
        assessments: required(assessments)?,
        submissions: required(submissions)?,
        tutor_groups: required(tutor_groups)?,
        reference: extra(REFERENCE)?,
        audit: extra(AUDIT)?,
    })
}

fn table(folder: &Path, name: &str) -> Outcome<Option<oulad::Table>> {
    for name in [format!("{name}.csv"), format!("{name}.csv.gz")] {
        match fs::read(folder.join(&name)) {
            Ok(bytes) => return Ok(Some(oulad::Table { name, bytes })),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::unread(&folder.join(&name), &error)),
        }
    }
    Ok(None)
}

fn print(figures: &Figures, out: &mut Out) -> Outcome {
    out.text(&format!("\nCard: {}, {:.2} s with reading.", figures.card, figures.seconds))?;
    let exact = match (figures.b1_differences, figures.b1_rows) {
        (Some(differences), Some(rows)) => format!("{differences} of {rows} rows"),
        _ => "no reference in this folder".to_owned(),
    };
    out.text(&format!("Points other than the reference's: {exact}.\n"))?;
    out.table(&ranking(figures))?;
    out.text("")?;
    out.table(&alerts(figures))?;
    if figures.audit.is_empty() {
        return Ok(());
    }
    out.text(&format!(
        "\nEquality at the end of week {AUDIT_WEEK}; flagged are those with {} points or more.",
        figures.flagged_from
    ))?;
    out.table(&audit(&figures.audit))?;
    for (week, [rates, same]) in &figures.false_positive_gaps {
        out.text(&format!(
            "Most that false positives differ between groups of 500 or more, week {week}: {}; with the same modules {}.",
            shown(*rates),
            shown(*same)
        ))?;
    }
    Ok(())
}

fn ranking(figures: &Figures) -> Table {
    let mut table = Table::new(&[
        "Week",
        "AUC within",
        "AUC pooled",
        "Precision at 20 %",
        "Recall at 20 %",
        "Calibration error",
    ]);
    let ranking = &figures.ranking;
    for week in WEEKS {
        let of = |values: &std::collections::BTreeMap<u8, Option<f64>>| {
            shown(values.get(&week.0).copied().flatten())
        };
        let [within, pooled] = [&ranking.auc_within, &ranking.auc_pooled].map(of);
        let [precision, recall] = [&ranking.p_at_20, &ranking.r_at_20].map(of);
        table.row([week.0.to_string(), within, pooled, precision, recall, of(&figures.ece)]);
    }
    table
}

fn alerts(figures: &Figures) -> Table {
    let mut table = volumes();
    table.row(volume("standard", &figures.standard));
    for named in &figures.settings {
        table.row(volume(named.setting, &named.volume));
    }
    table
}

/// A table of alerts, without rows yet.
pub(super) fn volumes() -> Table {
    Table::new(&[
        "Alerts",
        "New / tutor-week",
        "90 %",
        "Precision",
        "Recall",
        "By week 5",
        "By week 8",
        "Left: alerted",
        "Weeks before",
        "2 weeks ahead",
    ])
}

/// A row of it.
pub(super) fn volume(name: &str, volume: &Volume) -> Vec<String> {
    let cells = [
        volume.new_per_tutor_week,
        volume.p90_per_tutor_week,
        volume.precision,
        volume.recall,
        volume.recall_by_week_5,
        volume.recall_by_week_8,
        volume.withdrawals_alerted,
        volume.median_lead_weeks,
        volume.withdrawals_two_weeks_ahead,
    ];
    [name.to_owned()].into_iter().chain(cells.map(shown)).collect()
}

fn audit(rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        "By",
        "Group",
        "Students",
        "Base",
        "Flagged",
        "Precision",
        "Recall",
        "False",
        "False, same modules",
        "AUC",
    ]);
    for row in rows.iter().filter(|row| row.week == AUDIT_WEEK) {
        let cells = [
            row.base_rate,
            row.flagged,
            row.precision,
            row.recall,
            row.false_positive_rate,
            row.false_positive_rate_same_modules,
            row.auc,
        ];
        let head = [row.by.clone(), row.group.clone(), row.students.to_string()];
        table.row(head.into_iter().chain(cells.map(shown)));
    }
    table
}

/// A figure with three digits.
pub(super) fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"))
}
