//! Who somebody in a file is, where a person must say: by option, or asked on the terminal.

use super::{report::row, said::pair};
use crate::{
    cli::{
        exit::{Failure, Outcome},
        session::{self, Session},
    },
    domain::{
        reading::{Reading, Who},
        records::Records,
        student::StudentId,
        write::{
            names::fold,
            signals::{Ambiguous, Chosen, SignalImport, Wanted},
        },
    },
};

/// What `--choose` says of the people in the files.
pub(super) fn said(
    records: &Records,
    readings: &[Reading],
    choose: &[String],
    wanted: &mut Wanted,
) -> Outcome {
    for said in choose {
        let (name, number) = pair("choose", said)?;
        let chosen = chosen(records, number)?;
        let people = readings.iter().flat_map(|reading| &reading.people);
        let mut called = people.filter(|seen| is_called(&seen.who, name)).peekable();
        if called.peek().is_none() {
            let sentence = "--choose names somebody who is in none of the files: write the name as the file does.";
            return Err(Failure::refused(sentence));
        }
        wanted.chosen.extend(called.map(|seen| (seen.who.clone(), chosen)));
    }
    Ok(())
}

fn is_called(who: &Who, name: &str) -> bool {
    let name = fold(name);
    [&who.name, &who.email, &who.number].iter().any(|said| !said.is_empty() && fold(said) == name)
}

fn chosen(records: &Records, number: &str) -> Outcome<Chosen> {
    if matches!(fold(number).as_str(), "none" | "nobody") {
        return Ok(Chosen::Nobody);
    }
    let mut numbered = records.numbered(number);
    match (numbered.next(), numbered.next()) {
        (Some(student), None) => Ok(Chosen::Student(student)),
        _ => Err(Failure::refused(
            "--choose says a number that is not that of one student: `tutelage list` shows all.",
        )),
    }
}

/// Asks who everybody is of whom that is not clear. Where nobody can answer it says how to say it.
pub(super) fn ask(
    session: &mut Session,
    records: &Records,
    (import, names): (&SignalImport, &[String]),
    wanted: &mut Wanted,
) -> Outcome {
    let asked = session.can_ask()?;
    for ambiguous in import.ambiguous() {
        if !asked {
            let sentence = "Nothing was imported: say who they are with --choose 'NAME=NUMBER', or NAME=none for nobody of yours.";
            return Err(Failure::refused(sentence));
        }
        let chosen = one(records, ambiguous, &row(import, names, ambiguous))?;
        wanted.chosen.insert(ambiguous.who.clone(), chosen);
    }
    Ok(())
}

fn one(records: &Records, ambiguous: &Ambiguous, row: &str) -> Outcome<Chosen> {
    session::remark(&format!("Who is {} (row {row})?", shown(&ambiguous.who)));
    for (place, student) in (1..).zip(&ambiguous.candidates) {
        session::remark(&format!("  {place}  {}", named(records, *student)));
    }
    loop {
        let answer = session::ask_line("Which one? Enter if none of your students: ")?;
        if answer.is_empty() {
            return Ok(Chosen::Nobody);
        }
        let place = answer.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        let listed = place.and_then(|place| ambiguous.candidates.get(place).copied());
        if let Some(student) = listed {
            return Ok(Chosen::Student(student));
        }
        match chosen(records, &answer) {
            Ok(chosen) => return Ok(chosen),
            Err(_) => session::remark("Write one of the numbers before the names."),
        }
    }
}

/// How a file names somebody.
pub(super) fn shown(who: &Who) -> String {
    let parts = [&who.name, &who.email, &who.number];
    let said: Vec<&str> = parts.iter().map(|it| it.as_str()).filter(|it| !it.is_empty()).collect();
    crate::domain::plain::shown(&said.join(", ")).into_owned()
}

/// Number and name of a student.
pub(super) fn named(records: &Records, student: StudentId) -> String {
    let student = records.file(student).map(|file| &file.student);
    student.map_or_else(String::new, |it| format!("{} {}", it.number, it.name.shown()))
}
