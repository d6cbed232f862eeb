//! `import signals`: files of other programs, what they would change, and after a yes the change.

mod choice;
mod report;
pub(in crate::cli) mod said;

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{agree, list_in};
use crate::{
    cli::{
        args::ImportSignals,
        exit::{Exit, Failure, Outcome},
        session::{self, Profile, Session},
    },
    domain::{
        change::{Builder, Label},
        plain::shown,
        profile,
        reading::Reading,
        records::Records,
        write::signals::{SignalImport, Wanted, plan},
    },
    exchange::{
        card,
        list::List,
        mapping::signals_key,
        rejects,
        signals::{map_labels, read},
    },
};

/// One file, read.
struct Import {
    list: List,
    /// What its columns mean, where somebody has said so.
    columns: Vec<String>,
    readings: Vec<Reading>,
}

/// Imports signals, or says what that would do.
///
/// # Errors
/// When a file is refused, rows are rejected, somebody must be chosen, nobody agreed, or a file cannot be read or written.
pub fn signals(session: &mut Session, arguments: &ImportSignals) -> Outcome {
    let mut wanted = said::wanted(arguments, session.now())?;
    let lists = arguments.files.iter().map(|path| list_in(path)).collect::<Outcome<Vec<_>>>()?;
    let mut profile = session.open()?;
    let mut files = Vec::new();
    for (path, list) in arguments.files.iter().zip(lists) {
        files.push(file(session, &profile.records, (path, list), arguments)?);
    }
    let readings: Vec<Reading> = files.iter().flat_map(|it| &it.readings).cloned().collect();
    one_file_rejects(arguments, &files)?;
    let names = names(&arguments.files, &files);
    choice::said(&profile.records, &readings, &arguments.choose, &mut wanted)?;
    let mut import = planned(session, &profile, &readings, &wanted)?;
    if !arguments.dry_run && !import.ambiguous().is_empty() {
        report::print(session, &profile.records, (&import, &names), false)?;
        choice::ask(session, &profile.records, (&import, &names), &mut wanted)?;
        import = planned(session, &profile, &readings, &wanted)?;
    }
    report::print(session, &profile.records, (&import, &names), arguments.dry_run)?;
    if let Some(path) = &arguments.rejects {
        write_rejects(path, &files)?;
    }
    if !arguments.dry_run {
        save(session, &mut profile, &import, (&files, arguments))?;
    }
    let rejected = readings.iter().any(|reading| !reading.rejected.is_empty());
    if rejected || !import.ambiguous().is_empty() {
        return session.out.finish().and(Err(Failure::said(Exit::Refused)));
    }
    Ok(())
}

/// The rows that are rejected go to one file, which can be imported again: it cannot hold those of several.
fn one_file_rejects(arguments: &ImportSignals, files: &[Import]) -> Outcome {
    let rejects = |file: &&Import| file.readings.iter().any(|reading| !reading.rejected.is_empty());
    if arguments.rejects.is_none() || files.iter().filter(rejects).count() < 2 {
        return Ok(());
    }
    let sentence = "Rows of several files are rejected, and --rejects cannot mix them: import the files one by one.";
    Err(Failure::refused(sentence))
}

/// The name of the file of each reading, where there are several files.
fn names(paths: &[PathBuf], files: &[Import]) -> Vec<String> {
    let several = paths.iter().zip(files).filter(|_| files.len() > 1);
    let name = |path: &Path| shown(&path.display().to_string()).into_owned();
    several.flat_map(|(path, file)| vec![name(path); file.readings.len()]).collect()
}

/// Reads what a file says, its columns as `--map` says, as they were read last time, or as they are known.
fn file(
    session: &Session,
    records: &Records,
    (path, list): (&Path, List),
    arguments: &ImportSignals,
) -> Outcome<Import> {
    let mut told = said::told(arguments, path, session.now())?;
    let pairs: Vec<(String, String)> = arguments
        .map
        .iter()
        .map(|said| said::pair("map", said).map(|(one, two)| (one.to_owned(), two.to_owned())))
        .collect::<Outcome<_>>()?;
    let key = signals_key(&list);
    let remembered = records.mappings().find(|mapping| mapping.header == key);
    told.columns = if pairs.is_empty() {
        remembered.map(|mapping| mapping.columns.clone()).unwrap_or_default()
    } else {
        map_labels(&list, &pairs).map_err(|why| Failure::refused(format!("--map: {why}")))?
    };
    let refused = |refusal| Failure::refused(format!("{}: {refusal}", path.display()));
    let readings = read(&list, &told).map_err(refused)?;
    Ok(Import { list, columns: told.columns, readings })
}

fn planned(
    session: &Session,
    profile: &Profile,
    readings: &[Reading],
    wanted: &Wanted,
) -> Outcome<SignalImport> {
    let unread = || Failure::new(Exit::Failed, "The score card of the program cannot be read.");
    let card = card::in_use(profile.records.tuning()).ok_or_else(unread)?;
    let mut ids = session::ids()?;
    let mut context = profile.context(&mut ids);
    context.now = session.now();
    plan(&mut context, readings, wanted, &card).map_err(Failure::from)
}

fn save(
    session: &mut Session,
    profile: &mut Profile,
    import: &SignalImport,
    (files, arguments): (&[Import], &ImportSignals),
) -> Outcome {
    if import.change.is_empty() {
        return session.out.text("Nothing to import.");
    }
    agree(session, arguments.yes)?;
    if !arguments.map.is_empty() {
        remember(profile, files)?;
    }
    profile.commit(&import.change)?;
    session.done(profile, "Imported. `tutelage undo` takes it back.")
}

/// Remembers what columns mean, so that the next such file asks for nothing.
fn remember(profile: &mut Profile, files: &[Import]) -> Outcome {
    for Import { list, columns, .. } in files {
        let header = signals_key(list);
        let held = profile.records.mappings().find(|held| held.header == header);
        let id = held.map(|held| held.id);
        let id = id.map_or_else(|| session::ids().map(|mut ids| ids.fresh()), Ok)?;
        let record = profile::Mapping { id, header, columns: columns.clone() };
        let change = Builder::new(Label::RememberMapping, &profile.records).put(record).build();
        if !change.is_empty() {
            profile.commit(&change)?;
        }
    }
    Ok(())
}

fn write_rejects(path: &Path, files: &[Import]) -> Outcome {
    let mut bytes = Vec::new();
    for file in files {
        let rejected = file.readings.iter().flat_map(|reading| &reading.rejected);
        bytes.extend(rejects::csv(&file.list, rejected));
    }
    fs::write(path, bytes).map_err(|error| Failure::unwritten(path, &error))
}
