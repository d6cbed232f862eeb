//! What the options say beside the files, read into what readers and the plan want.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;

use crate::{
    cli::{
        args::ImportSignals,
        exit::{Exit, Failure, Outcome},
    },
    domain::{
        time::{Leaning, Now},
        write::{
            read::{Reader, percent},
            signals::Wanted,
        },
    },
    exchange::signals::Told,
};

/// What the plan wants; who is who comes later.
pub(super) fn wanted(arguments: &ImportSignals, now: Now) -> Outcome<Wanted> {
    let mut wanted = Wanted {
        module: arguments.module.clone(),
        starts: day("starts", arguments.starts.as_deref(), now)?,
        as_of: day("as-of", arguments.as_of.as_deref(), now)?,
        ..Wanted::default()
    };
    for said in &arguments.due {
        let (name, text) = pair("due", said)?;
        wanted.due.extend(day("due", Some(text), now)?.map(|due| (name.to_owned(), due)));
    }
    for said in &arguments.weight {
        let (name, text) = pair("weight", said)?;
        let weight = percent(text).map_err(|why| wrong("weight", why))?;
        wanted.weights.push((name.to_owned(), weight));
    }
    Ok(wanted)
}

/// What the reader of a file is told.
pub(super) fn told(arguments: &ImportSignals, path: &Path, now: Now) -> Outcome<Told> {
    let name = path.file_name().filter(|_| path != Path::new("-")).unwrap_or_default();
    let mut told = Told::of_file(&name.to_string_lossy(), now.today());
    told.as_of = day("as-of", arguments.as_of.as_deref(), now)?;
    let mut maxima = BTreeMap::new();
    for said in &arguments.out_of {
        let (name, text) = pair("out-of", said)?;
        let points = text.trim().parse().ok().filter(|points| *points > 0_u32);
        let points = points.ok_or_else(|| wrong("out-of", "Write a whole number of points."))?;
        maxima.insert(name.to_owned(), points);
    }
    told.maxima = maxima;
    told.piece = arguments.piece.clone().unwrap_or_default();
    told.session.everyone = arguments.session.everyone;
    told.session.compulsory = arguments.session.compulsory;
    told.session.minutes = arguments.session.minutes.unwrap_or(told.session.minutes);
    Ok(told)
}

/// The two sides of `NAME=VALUE`.
pub(in crate::cli) fn pair<'a>(option: &str, said: &'a str) -> Outcome<(&'a str, &'a str)> {
    let split = said.rsplit_once('=').map(|(name, value)| (name.trim(), value.trim()));
    split.filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            format!("Write --{option} \'NAME=VALUE\', with a sign = between."),
        )
    })
}

fn day(option: &'static str, said: Option<&str>, now: Now) -> Outcome<Option<NaiveDate>> {
    let mut reader = Reader::new(now);
    let day = said.map(|text| match option {
        "as-of" => reader.past_day(option, text),
        _ => reader.near_day(option, text, Leaning::Past),
    });
    Ok(reader.finish(day)?)
}

fn wrong(option: &str, why: &str) -> Failure {
    Failure::refused(format!("--{option}: {why}"))
}
