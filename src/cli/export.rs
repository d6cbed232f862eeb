//! `export` and `import json`: everything out of a profile and into an empty one, the tutees as a table, and what is
//! to come as a calendar.

use std::{
    collections::BTreeSet,
    fs::{DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use chrono::NaiveDate;

use super::{
    args::{ExportCalendar, ExportCsv, ExportTo},
    exit::{Failure, Outcome},
    session::{self, Profile, Session},
    who,
};
use crate::{
    domain::{
        agenda::{Asked, agenda},
        change::record_id,
        file::StudentFile,
        record::RecordId,
        records::Records,
        tutee::{Scope, Sort, Tutee},
        write::takeout::{bring_back, take_out},
    },
    exchange::{ical, json, spreadsheet},
    store::Look,
};

/// Writes everything that the owner may take out.
///
/// # Errors
/// When another process holds the profile, or the file cannot be written.
pub fn to_json(session: &mut Session, arguments: &ExportTo) -> Outcome {
    let mut profile = session.open()?;
    let bytes = json::write(&take_out(&profile.records, session.today()));
    leave(session, &mut profile, arguments, (&bytes, &[]))
}

/// Writes the tutees, one a row, or every table into a folder.
///
/// # Errors
/// When another process holds the profile, or a file cannot be written.
pub fn to_csv(session: &mut Session, arguments: &ExportCsv) -> Outcome {
    let mut profile = session.open()?;
    let Some(folder) = &arguments.tables else {
        let bytes = tutees(&profile.records, session.today());
        return leave(session, &mut profile, &arguments.to, (&bytes, &[]));
    };
    let tables = spreadsheet::tables(&take_out(&profile.records, session.today()));
    DirBuilder::new()
        .recursive(true)
        .create(folder)
        .map_err(|error| Failure::unwritten(folder, &error))?;
    let files = tables.into_iter().map(|(name, bytes)| {
        let to = ExportTo { file: folder.join(name), force: arguments.to.force };
        Ok((create(&to)?, bytes))
    });
    let files: Vec<(File, Vec<u8>)> = files.collect::<Outcome<_>>()?;
    warn(&mut profile, &[])?;
    files.into_iter().try_for_each(|(file, bytes)| save(file, folder, &bytes))?;
    session.rest(&mut profile)
}

/// Writes what is to come as a calendar.
///
/// # Errors
/// When a student is not known, nothing is to come, another process holds the profile, or the file cannot be written.
pub fn to_calendar(session: &mut Session, arguments: &ExportCalendar) -> Outcome {
    let mut profile = session.open()?;
    let today = session.today();
    let mut students = BTreeSet::new();
    for text in &arguments.student {
        let file = who::find(&profile.records, text, today, &mut session.out)?;
        students.insert(file.student.id);
    }
    let plan = session.plan(&profile.records);
    let asked = Asked { students: &students, show: arguments.show.domain(), today };
    let agenda = agenda(&profile.records, plan.as_ref(), asked);
    if agenda.entries.is_empty() {
        return Err(Failure::refused("Nothing is planned, due or expected from today on."));
    }
    let bytes = ical::write(&agenda.entries, session.now().utc_ms);
    let about: Vec<RecordId> = agenda.students.into_iter().map(record_id).collect();
    leave(session, &mut profile, &arguments.to, (&bytes, &about))
}

/// Records that something leaves, and about whom where that is not everybody; warns, and lets it go.
fn leave(
    session: &mut Session,
    profile: &mut Profile,
    arguments: &ExportTo,
    (bytes, about): (&[u8], &[RecordId]),
) -> Outcome {
    let file = (arguments.file != Path::new("-")).then(|| create(arguments)).transpose()?;
    warn(profile, about)?;
    let path = &arguments.file;
    file.map_or_else(|| session.out.bytes(bytes), |file| save(file, path, bytes))?;
    session.rest(profile)
}

fn warn(profile: &mut Profile, about: &[RecordId]) -> Outcome {
    let stamp = profile.stamp()?;
    profile.store.record_look(Look::Export, about, stamp)?;
    session::remark(
        "This export is not sealed: whoever gets it can read it. It is recorded in the journal.",
    );
    Ok(())
}

fn save(mut file: File, path: &Path, bytes: &[u8]) -> Outcome {
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| Failure::unwritten(path, &error))
}

fn create(arguments: &ExportTo) -> Outcome<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(!arguments.force).create(true).truncate(true);
    options.open(&arguments.file).map_err(|error| {
        let why = if arguments.file.is_dir() {
            "This is a folder: name a file in it."
        } else if error.kind() == io::ErrorKind::AlreadyExists {
            "There is a file of this name already: --force replaces it."
        } else {
            return Failure::unwritten(&arguments.file, &error);
        };
        Failure::refused(why).about(&arguments.file)
    })
}

/// The tutees whom the owner sees, by name.
fn tutees(records: &Records, today: NaiveDate) -> Vec<u8> {
    let scope = Scope::of(records);
    let files = records.files().filter(|file| scope.holds(records, file, today));
    let mut rows: Vec<(Tutee, &StudentFile)> =
        files.map(|file| (Tutee::of(records, file, None, today), &**file)).collect();
    rows.sort_by(|(a, _), (b, _)| a.before(b, Sort::Name));
    spreadsheet::tutees(records, rows.into_iter().map(|(_, file)| file), today)
}

/// Brings back what `export json` wrote.
///
/// # Errors
/// When the file is no such export, the profile has students already, nobody agreed, or it cannot be saved.
pub fn from_json(session: &mut Session, file: &Path, yes: bool) -> Outcome {
    let bytes = session::read_bytes(file)?;
    let taken = json::read(&bytes).map_err(|refusal| Failure::from(refusal).about(file))?;
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
    let said = format!("Imported {count} records. `tutelage undo` takes them back.");
    session.done(&mut profile, &said)
}
