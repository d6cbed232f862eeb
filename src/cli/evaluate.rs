//! `evaluate`: how right the score of the alerts is, on past students. No profile is needed.

use std::{fs, io::ErrorKind, path::Path, time::Instant};

use serde::Serialize;

use super::{
    args,
    exit::{Exit, Failure, Outcome},
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

/// Judges the card of the program, and others that are named.
///
/// # Errors
/// When a table or a card cannot be read.
pub fn evaluate(which: &args::Evaluate, out: &mut Out) -> Outcome {
    let cards = cards(&which.card)?;
    let start = Instant::now();
    let folder = folder(&which.folder)?;
    let past = oulad::read(&folder).map_err(|fault| Failure::refused(fault.to_string()))?;
    let reading = start.elapsed();
    let judged = cards.iter().map(|card| {
        let start = Instant::now();
        let figures = evaluate::evaluate(card, &past);
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
    let told = |faults: Vec<crate::exchange::policy::Fault>| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::refused(lines.join("\n"))
    };
    let built_in = card::BUILTIN.iter().map(|card| card.card().map_err(told));
    let mut cards = built_in.collect::<Outcome<Vec<Card>>>()?;
    for file in files {
        let name = file.display().to_string();
        cards.push(card::read_bytes(&read_bytes(file)?, &name).map_err(told)?);
    }
    Ok(cards)
}

/// The tables of a folder; packed ones only where there is no plain one.
fn folder(folder: &Path) -> Outcome<Folder> {
    let required = |name: &str| {
        table(folder, name)?.ok_or_else(|| {
            let place = folder.display();
            let all = REQUIRED.join(", ");
            let missing =
                format!("{place} has no {name}.csv and no {name}.csv.gz; it needs {all}.");
            Failure::refused(missing)
        })
    };
    let [presentations, enrolments, weekly_vle, assessments, submissions, tutor_groups] = REQUIRED;
    Ok(Folder {
        presentations: required(presentations)?,
        enrolments: required(enrolments)?,
        weekly_vle: required(weekly_vle)?,
        assessments: required(assessments)?,
        submissions: required(submissions)?,
        tutor_groups: required(tutor_groups)?,
        reference: table(folder, REFERENCE)?,
        audit: table(folder, AUDIT)?,
    })
}

fn table(folder: &Path, name: &str) -> Outcome<Option<oulad::Table>> {
    for name in [format!("{name}.csv"), format!("{name}.csv.gz")] {
        match fs::read(folder.join(&name)) {
            Ok(bytes) => return Ok(Some(oulad::Table { name, bytes })),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let sentence = format!("{name} cannot be read: {error}.");
                return Err(Failure::new(Exit::Failed, sentence));
            }
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
        evaluate::audit::FLAGGED
    ))?;
    out.table(&audit(&figures.audit))
}

fn ranking(figures: &Figures) -> Table {
    let mut table =
        Table::new(&["Week", "AUC within", "AUC pooled", "Precision at 20 %", "Recall at 20 %"]);
    let ranking = &figures.ranking;
    for week in WEEKS {
        let of = |values: &std::collections::BTreeMap<u8, Option<f64>>| {
            shown(values.get(&week.0).copied().flatten())
        };
        let cells = [&ranking.auc_within, &ranking.auc_pooled, &ranking.p_at_20, &ranking.r_at_20];
        table.row([week.0.to_string()].into_iter().chain(cells.map(of)));
    }
    table
}

fn alerts(figures: &Figures) -> Table {
    let mut table = Table::new(&[
        "Alerts",
        "New / tutor-week",
        "Precision",
        "Recall",
        "By week 5",
        "By week 8",
        "Left: 2 weeks ahead",
    ]);
    let mut row = |name: &str, volume: &Volume| {
        let cells = [
            volume.new_per_tutor_week,
            volume.precision,
            volume.recall,
            volume.recall_by_week_5,
            volume.recall_by_week_8,
            volume.withdrawals_two_weeks_ahead,
        ];
        table.row([name.to_owned()].into_iter().chain(cells.map(shown)));
    };
    row("standard", &figures.standard);
    for named in &figures.settings {
        row(named.setting, &named.volume);
    }
    table
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

fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.3}"))
}
