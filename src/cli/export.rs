//! `export` and `import json`: everything out of a profile and into an empty one, and the tutees as a table.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use chrono::NaiveDate;

use super::{
    args::ExportTo,
    exit::{Exit, Failure, Outcome},
    list::tutor_of,
    session::{self, Profile, Session},
};
use crate::{
    domain::{
        file::StudentFile,
        records::Records,
        tutee::{Scope, Sort, Tutee},
        word::Choice,
        write::takeout::{bring_back, take_out},
    },
    exchange::json,
    store::Look,
};

/// Writes everything that the owner may take out.
///
/// # Errors
/// When another process holds the profile, or the file cannot be written.
pub fn to_json(session: &mut Session, arguments: &ExportTo) -> Outcome {
    let mut profile = session.open()?;
    let bytes = json::write(&take_out(&profile.records));
    leave(session, &mut profile, arguments, &bytes)
}

/// Writes the tutees, one a row.
///
/// # Errors
/// When another process holds the profile, or the file cannot be written.
pub fn to_csv(session: &mut Session, arguments: &ExportTo) -> Outcome {
    let mut profile = session.open()?;
    let bytes = table(&profile.records, session.today())
        .map_err(|_| Failure::new(Exit::Failed, "The table cannot be written."))?;
    leave(session, &mut profile, arguments, &bytes)
}

/// Records that something leaves, warns, and lets it go.
fn leave(
    session: &mut Session,
    profile: &mut Profile,
    arguments: &ExportTo,
    bytes: &[u8],
) -> Outcome {
    let file = (arguments.file != Path::new("-")).then(|| create(arguments)).transpose()?;
    let stamp = profile.stamp()?;
    profile.store.record_look(Look::Export, &[], stamp)?;
    session::remark(
        "This export is not sealed: whoever gets it can read it. It is recorded in the journal.",
    );
    let Some(mut file) = file else { return session.out.bytes(bytes) };
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| cannot_write(&error))
}

fn create(arguments: &ExportTo) -> Outcome<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(!arguments.force).create(true).truncate(true);
    options.open(&arguments.file).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Failure::refused("There is a file of this name already: --force replaces it.");
        }
        cannot_write(&error)
    })
}

fn cannot_write(error: &io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("The file cannot be written: {error}."))
}

/// The tutees whom the owner sees, with headers that an import knows.
fn table(records: &Records, today: NaiveDate) -> csv::Result<Vec<u8>> {
    let scope = Scope::of(records);
    let files = records.files().filter(|file| scope.holds(records, file, today));
    let mut rows: Vec<(Tutee, &StudentFile)> =
        files.map(|file| (Tutee::of(records, file, None, today), &**file)).collect();
    rows.sort_by(|(a, _), (b, _)| a.before(b, Sort::Name));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "Student number",
        "First name",
        "Family name",
        "Preferred name",
        "Pronouns",
        "E-mail",
        "Phone",
        "Programme",
        "Level",
        "Mode of study",
        "Status",
        "Tutor",
        "Last contact",
    ])?;
    for (tutee, file) in rows {
        let (student, enrolment) = (&file.student, file.enrolment(today));
        let level = tutee.level.map_or_else(String::new, |level| level.to_string());
        let reached = tutee.reached.map_or_else(String::new, |day| day.to_string());
        writer.write_record([
            &*harmless(&student.number),
            &*harmless(&student.name.given),
            &*harmless(&student.name.family),
            &*harmless(&student.name.preferred),
            &*harmless(&student.pronouns),
            &*harmless(&student.email),
            &*harmless(&student.phone),
            &*harmless(&tutee.programme),
            &level,
            enrolment.map_or("", |it| it.mode.words()),
            enrolment.map_or("", |it| it.status.words()),
            &*harmless(tutor_of(records, file, today)),
            &reached,
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet does not take for a formula; telephone numbers stay as they are.
fn harmless(cell: &str) -> std::borrow::Cow<'_, str> {
    let mut letters = cell.chars();
    let formula = match (letters.next(), letters.next()) {
        (Some('=' | '@' | '\t'), _) => true,
        (Some('+' | '-'), second) => !second.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    if formula { format!("'{cell}").into() } else { cell.into() }
}

/// Brings back what `export json` wrote.
///
/// # Errors
/// When the file is no such export, the profile has students already, nobody agreed, or it cannot be saved.
pub fn from_json(session: &mut Session, file: &Path, yes: bool) -> Outcome {
    let taken = json::read(&session::read_bytes(file)?)?;
    let mut profile = session.open()?;
    let count = taken.len();
    let mut ids = session::ids()?;
    let context = profile.context(&mut ids);
    let change = bring_back(&context, taken)?;
    if change.is_empty() {
        return session.out.text("Nothing to import: all of it is here already.");
    }
    let question = format!("Import {count} records in place of the set-up of this profile?");
    if !yes && !session.agrees(&question)? {
        return Err(Failure::refused("Nothing was imported: --yes imports without asking."));
    }
    profile.commit(&change)?;
    session.out.text(&format!("Imported {count} records. `tutelage undo` takes them back."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_a_table_is_a_formula() {
        assert_eq!(harmless("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(harmless("-cmd"), "'-cmd");
        assert_eq!(harmless("+44 116 000"), "+44 116 000");
        assert_eq!(harmless("O'Connor"), "O'Connor");
    }
}
