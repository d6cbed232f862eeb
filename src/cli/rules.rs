//! `rules`: how right each rule of the alerts has been, and what other numbers would do.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    args::{Change, Rules, Weeks},
    exit::{Failure, Outcome},
    out::{Out, Table},
    session::{self, Session},
};
use crate::{
    domain::{
        change,
        feedback::{Feedback, Period, feedback, named, of_card},
        records::Records,
        score::Rule,
        student::StudentId,
        time::show_day,
        weekly::{
            self,
            trial::{Trial, trial},
        },
        write::{
            Context,
            tuning::{self, Switch},
        },
    },
    exchange::card::{
        self,
        numbers::{self, Number},
    },
};

/// How many weeks past are judged again.
const WEEKS: u8 = 6;

/// One rule, as JSON.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Row {
    #[serde(flatten)]
    feedback: Feedback,
    name: &'static str,
    share_percent: Option<u32>,
    off: bool,
    numbers: Vec<NumberRow>,
}

/// One number of the card, as JSON.
#[derive(Serialize)]
struct NumberRow {
    path: String,
    value: u16,
}

/// Lists the rules, or changes them.
///
/// # Errors
/// When nobody works here, who works here may not change them, or the card would not be sound.
pub fn rules(session: &mut Session, arguments: &Rules) -> Outcome {
    let today = session.today();
    let Some(command) = &arguments.command else {
        let records = session.look()?.records;
        return list(&records, arguments, today, &mut session.out);
    };
    let (Change::Set { dry_run, .. } | Change::Off { dry_run, .. } | Change::On { dry_run, .. }) =
        command;
    let mut profile = session.open()?;
    if !tuning::may_change(&profile.records, today) {
        return Err(Failure::refused("Only a senior tutor changes the rules."));
    }
    let mut ids = session::ids()?;
    let records = profile.records.clone();
    let context = &mut Context { records: &records, now: session.now(), ids: &mut ids };
    let tune = made(context, command).map_err(Failure::from)?;
    if tune.is_empty() {
        return session.out.text(&session::saved(&tune));
    }
    let mut after = records.clone();
    after.apply(&tune).map_err(|error| Failure::refused(format!("{error}.")))?;
    let unread = || Failure::refused("The card of the program cannot be read.");
    let before = card::in_use(records.tuning()).ok_or_else(unread)?;
    let then = card::in_use(after.tuning()).ok_or_else(unread)?;
    let found = trial((&records, &before), (&after, &then), today, WEEKS);
    tell(&records, &found, today, &mut session.out)?;
    if *dry_run {
        return session.out.text("Nothing was changed.");
    }
    let change = weekly::carried(&records, tune, card::in_use, today, &mut ids);
    profile.commit(&change)?;
    session.done(&mut profile, &session::saved(&change))
}

fn made(
    context: &mut Context<'_>,
    command: &Change,
) -> Result<change::Change, Vec<crate::domain::write::FieldError>> {
    match command {
        Change::Set { path, number, .. } => {
            let raw = number.map(|number| number.to_string()).unwrap_or_default();
            tuning::number(context, (path, &raw), &numbers::check)
        }
        Change::Off { rule, .. } => tuning::switch(context, (rule, Switch::Off), &numbers::check),
        Change::On { rule, .. } => tuning::switch(context, (rule, Switch::On), &numbers::check),
    }
}

/// Says what a change of the rules does.
fn tell(records: &Records, found: &Trial, today: NaiveDate, out: &mut Out) -> Outcome {
    let (before, after) = found.now;
    out.text(&format!("This week: {before} by the signals now, {after} then."))?;
    for (sign, students) in [("+", &found.gained), ("-", &found.lost)] {
        for student in students {
            out.text(&format!("  {sign} {}", name(records, *student)))?;
        }
    }
    out.text("Weeks past, as they would have been:")?;
    for past in &found.past {
        let week = show_day(past.week, today);
        out.text(&format!("  {week}: {} now, {} then", past.before, past.after))?;
    }
    Ok(())
}

fn name(records: &Records, student: StudentId) -> String {
    let file = records.file(student);
    let told = |file: &std::sync::Arc<crate::domain::file::StudentFile>| {
        format!("{} {}", file.student.number, file.student.name.shown())
    };
    file.map(told).unwrap_or_default()
}

fn list(records: &Records, arguments: &Rules, today: NaiveDate, out: &mut Out) -> Outcome {
    session::viewer(records)?;
    let period = match arguments.weeks {
        Weeks::Four => Period::FourWeeks,
        Weeks::Year => Period::Year,
        Weeks::All => Period::All,
    };
    let tuning = records.tuning();
    let card = card::in_use(tuning);
    let all = card.as_ref().map(numbers::all).unwrap_or_default();
    let is_off = |rule: &str| tuning.is_some_and(|it| it.off.iter().any(|key| key == rule));
    let rows = feedback(records, period.first(records, today));
    let rows = of_card(rows, |rule| !numbers_of(&all, rule).is_empty());
    let rows = rows.into_iter().map(|feedback| Row {
        name: named(&feedback.rule),
        share_percent: feedback.share(),
        off: is_off(&feedback.rule),
        numbers: numbers_of(&all, &feedback.rule),
        feedback,
    });
    if arguments.json {
        return out.json(&rows.collect::<Vec<_>>());
    }
    let heading = ["Rule", "Raised", "Wrong", "N/a", "Twice", "No need", "Share", "Name"];
    let mut table = Table::new(&heading);
    for row in rows {
        let it = &row.feedback;
        let off = if row.off { " (off)" } else { "" };
        let share = row.share_percent.map_or_else(String::new, |share| format!("{share} %"));
        let counts = [it.raised, it.wrong, it.not_applicable, it.duplicate, it.no_need];
        let name = if it.is_mostly_wrong() {
            format!("{}: mostly not right", row.name)
        } else {
            row.name.to_owned()
        };
        let counts = counts.into_iter().map(|count| count.to_string());
        let cells = std::iter::once(format!("{}{off}", it.rule)).chain(counts);
        table.row(cells.chain([share, name]));
    }
    out.table(&table)
}

fn numbers_of(all: &[Number], rule: &str) -> Vec<NumberRow> {
    let of_it = all.iter().filter(|it| it.rule.map_or("", Rule::key) == rule);
    of_it.map(|it| NumberRow { path: it.path.clone(), value: it.value }).collect()
}
