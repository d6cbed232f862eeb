//! `fit`: a score card from an institution's own past students, to be read before it is used. No profile is needed.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
    time::Instant,
};

use serde::Serialize;

use super::{
    args,
    evaluate::{self, Extras, shown},
    exit::{Exit, Failure, Outcome},
    out::{Out, Table},
};
use crate::{
    domain::{
        evaluate::ranking::WEEKS,
        fit::{self, Fitted, Gain, LeaveOut},
        score::Card,
    },
    exchange::{
        card::{self, write},
        oulad,
    },
};

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    students: usize,
    left_out_by: &'static str,
    groups: &'a [String],
    in_use: Named<'a>,
    seen: &'a Gain,
    left_out: &'a Gain,
    /// How much better the ranking looks on the students that the card was fitted to, by week.
    optimism: BTreeMap<u8, Option<f64>>,
    seconds: f64,
    /// The card as TOML.
    card: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    card: &'a str,
    #[serde(flatten)]
    gain: &'a Gain,
}

/// Fits a card, says what it gained, and writes it where it was asked to.
///
/// # Errors
/// When a table or a card cannot be read, there is too little to learn from, or the file is there already.
pub fn fit(which: &args::Fit, out: &mut Out) -> Outcome {
    let in_use = in_use(which.card.as_deref())?;
    if let Some(file) = &which.out {
        probe(file)?;
    }
    let start = Instant::now();
    let folder = evaluate::folder(&which.folder, Extras::Without)?;
    let past = oulad::read(&folder).map_err(|fault| Failure::refused(fault.to_string()))?;
    let (leave_out, by) = match which.leave_out {
        args::LeaveOut::Module => (LeaveOut::Module, "module"),
        args::LeaveOut::Presentation => (LeaveOut::Presentation, "presentation"),
    };
    let fitted = fit::fit(&past, &in_use, leave_out)
        .map_err(|refusal| Failure::refused(format!("Nothing was fitted: {refusal}")))?;
    let text = write::write(&fitted.card, &heading(&fitted, &in_use, by));
    if card::read(&text, "the fitted card").as_ref() != Ok(&fitted.card) {
        let sentence = "The fitted card is not one that can be read, so nothing was written.";
        return Err(Failure::new(Exit::Failed, sentence));
    }
    if let Some(file) = &which.out {
        save(file, &text)?;
    }
    let seconds = (start.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    let students = past.cohorts.iter().map(|cohort| cohort.members.len()).sum();
    if which.json {
        return out.json(&Report {
            students,
            left_out_by: by,
            groups: &fitted.groups,
            in_use: Named { card: &in_use.name, gain: &fitted.in_use },
            seen: &fitted.seen,
            left_out: &fitted.left_out,
            optimism: optimism(&fitted),
            seconds,
            card: &text,
        });
    }
    out.text(&format!("{students} students; {seconds} s.\n"))?;
    out.table(&ranking(&fitted, &in_use))?;
    out.text("")?;
    out.table(&alerts(&fitted, &in_use))?;
    out.text(&format!(
        "\nLeft out: for each {by} ({}) a card was fitted without it and without its students, and judged on it.",
        fitted.groups.join(", ")
    ))?;
    out.text(&match &which.out {
        Some(file) => format!(
            "Written: {}. Read it, change what you would not defend to a student, and judge it by \
             `tutelage evaluate DATA --card FILE`. It is not in use.",
            file.display()
        ),
        None => "Nothing was written; --out FILE writes the card to a file.".to_owned(),
    })
}

/// The card to compare with, which also has what cannot be learnt.
fn in_use(file: Option<&Path>) -> Outcome<Card> {
    if let Some(file) = file {
        return evaluate::card(file);
    }
    card::default_card().ok_or_else(|| Failure::refused("The program's card cannot be read."))
}

/// Whether the card can be written, said before the long work: the file is made, and removed again.
fn probe(file: &Path) -> Outcome {
    let made = create(file).and_then(|_| fs::remove_file(file));
    made.map_err(|error| unwritten(file, &error))
}

/// Writes the card, and never over another file.
fn save(file: &Path, text: &str) -> Outcome {
    let written = create(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| unwritten(file, &error))
}

fn create(file: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(file)
}

fn unwritten(file: &Path, error: &io::Error) -> Failure {
    if error.kind() == ErrorKind::AlreadyExists {
        return Failure::refused("The file is there already and was left as it is.").about(file);
    }
    Failure::unwritten(file, error)
}

/// The figures, as the comment above the card.
fn heading(fitted: &Fitted, in_use: &Card, by: &str) -> Vec<String> {
    let lines = rows(fitted, in_use).map(|(name, gain)| {
        let weeks = |values: &BTreeMap<u8, Option<f64>>| {
            let values = WEEKS.iter().map(|week| shown(values.get(&week.0).copied().flatten()));
            values.collect::<Vec<String>>().join(" ")
        };
        let volume = &gain.volume;
        let figures = [
            volume.new_per_tutor_week,
            volume.precision,
            volume.recall,
            volume.recall_by_week_8,
            volume.withdrawals_two_weeks_ahead,
        ];
        let alerts: Vec<String> = figures.into_iter().map(shown).collect();
        format!("  {name:28} {}   {}", weeks(&gain.ranking.auc_within), alerts.join(" "))
    });
    let mut heading = vec![
        "A score card that `tutelage fit` made: to be read, judged and changed before it is used.".to_owned(),
        String::new(),
        format!("Each figure of \"left out\" is of a {by} that the card had not seen. First the area under the curve inside a"),
        "run of a module at the end of weeks 3, 5, 8 and 12; then new alerts a week for a tutor of 30, their precision,".to_owned(),
        "recall, recall by week 8, and the share of withdrawals alerted two weeks ahead.".to_owned(),
        String::new(),
    ];
    heading.extend(lines);
    heading.extend([
        String::new(),
        "Attendance and the rules for a look could not be learnt here: they are those of the card in use.".to_owned(),
    ]);
    heading
}

fn rows<'a>(fitted: &'a Fitted, in_use: &'a Card) -> [(String, &'a Gain); 3] {
    [
        (in_use.name.clone(), &fitted.in_use),
        ("new card".to_owned(), &fitted.seen),
        ("new card, left out".to_owned(), &fitted.left_out),
    ]
}

/// How much better the ranking looks on what was seen.
fn optimism(fitted: &Fitted) -> BTreeMap<u8, Option<f64>> {
    let of = |gain: &Gain, week: u8| gain.ranking.auc_within.get(&week).copied().flatten();
    let by_week = WEEKS.iter().map(|week| {
        let (seen, left_out) = (of(&fitted.seen, week.0), of(&fitted.left_out, week.0));
        (week.0, seen.zip(left_out).map(|(seen, left_out)| seen - left_out))
    });
    by_week.collect()
}

fn ranking(fitted: &Fitted, in_use: &Card) -> Table {
    let mut table = Table::new(&[
        "AUC within, P at 20 %",
        "Week 3",
        "Week 5",
        "Week 8",
        "Week 12",
        "P 3",
        "P 5",
        "P 8",
        "P 12",
        "Calibration error 8",
    ]);
    let of = |values: &BTreeMap<u8, Option<f64>>| {
        WEEKS.map(|week| shown(values.get(&week.0).copied().flatten()))
    };
    for (name, gain) in rows(fitted, in_use) {
        let cells = of(&gain.ranking.auc_within).into_iter().chain(of(&gain.ranking.p_at_20));
        let error = shown(gain.ece.get(&8).copied().flatten());
        table.row([name].into_iter().chain(cells).chain([error]));
    }
    let cells = of(&optimism(fitted)).into_iter().chain(vec![String::new(); 5]);
    table.row(["seen less left out".to_owned()].into_iter().chain(cells));
    table
}

fn alerts(fitted: &Fitted, in_use: &Card) -> Table {
    let mut table = evaluate::volumes();
    for (name, gain) in rows(fitted, in_use) {
        table.row(evaluate::volume(&name, &gain.volume));
    }
    table
}
