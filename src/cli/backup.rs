//! `backup` and `restore`: everything into one sealed file, and a new profile out of it.

use std::path::Path;

use super::{
    args::{Backup, Restore},
    exit::{Exit, Failure, Outcome},
    out::Table,
    session::{self, Session},
};
use crate::{
    runtime::{backups, paths},
    store::{Error, Listed, Look, Options, RecoveryCode, Secret, Standing, Store},
};

const MIB: u64 = 1024 * 1024;

/// Writes a backup, or lists the automatic snapshots.
///
/// # Errors
/// When another process holds the profile, the file is there already, or it cannot be written.
pub fn backup(session: &mut Session, arguments: &Backup) -> Outcome {
    let Some(file) = &arguments.file else { return list(session) };
    if file.is_dir() {
        return Err(Failure::refused("This is a folder: name a file in it.").about(file));
    }
    if file.exists() && !arguments.force {
        let why = "There is a file of this name already: --force replaces it.";
        return Err(Failure::refused(why).about(file));
    }
    let made = match arguments.snapshot {
        None => None,
        Some(day) => {
            let all = snapshots(session)?;
            let of_day = |one: &Listed| {
                session.clock.wall(one.utc_ms).is_some_and(|wall| wall.date() == day)
            };
            Some(all.iter().find(|one| of_day(one)).ok_or(Error::NoSnapshot)?.utc_ms)
        }
    };
    let mut profile = session.open()?;
    let stamp = profile.stamp()?;
    let contents = match made {
        None => backups::write(&mut profile.store, file, stamp).map_err(|it| told(it, file))?,
        Some(made) => {
            profile.store.record_look(Look::Backup, &[], stamp)?;
            profile.store.backup_snapshot(made, file).map_err(|it| told(it, file))?
        }
    };
    if !profile.store.has_passphrase() {
        session::remark(backups::OPEN);
    }
    if let Some(sentence) = backups::left_out(contents) {
        session::remark(&sentence);
    }
    let what = backups::words(session.clock, contents);
    session.done(&mut profile, &format!("Backed up {what}, and read it back."))
}

/// Makes a profile of a backup.
///
/// # Errors
/// When the folder is not empty, the secret is wrong, or the file is damaged or no backup.
pub fn restore(session: &mut Session, arguments: &Restore) -> Outcome {
    let (file, folder) = (&arguments.file, session.paths.profile.clone());
    let secret = match Store::standing_of_backup(file).map_err(|it| unread(it, file))? {
        Standing::Absent | Standing::Unprotected => Secret::None,
        Standing::Protected if arguments.recovery => {
            let code = session.passphrase.ask("Recovery code: ")?;
            Secret::Recovery(RecoveryCode::parse(&code)?)
        }
        Standing::Protected => {
            Secret::Passphrase(session.passphrase.ask("Passphrase of the backup: ")?)
        }
    };
    let now = session.now().utc_ms;
    let options = Options { others: paths::profiles(&folder), ..Options::default() };
    let contents =
        Store::restore(file, &folder, &secret, now, &options).map_err(|it| failure(it, file))?;
    let what = backups::words(session.clock, contents);
    session.out.text(&format!("Restored {what}. What was saved later is not in it."))?;
    if let Some(sentence) = backups::erased(contents) {
        session.out.text(&sentence)?;
    }
    session.out.text("What was done before cannot be undone in this copy.")
}

/// What happened to a backup, and that nothing was done.
fn failure(error: Error, file: &Path) -> Failure {
    if matches!(error, Error::NotABackup) {
        return Failure::from(error).about(file);
    }
    if !matches!(error, Error::Damaged { .. }) {
        return told(error, file);
    }
    let Failure { exit, .. } = error.into();
    let sentence = "The backup is damaged or cut short; nothing was restored.";
    Failure::new(exit, sentence).about(file)
}

/// Why a backup is not even looked at.
fn unread(error: Error, file: &Path) -> Failure {
    if let Error::Io { source, .. } = &error {
        return Failure::unread(file, source);
    }
    failure(error, file)
}

/// What happened to a file, which is named where the disk refuses.
fn told(error: Error, file: &Path) -> Failure {
    if matches!(error, Error::Io { .. }) { Failure::from(error).about(file) } else { error.into() }
}

fn snapshots(session: &Session) -> Outcome<Vec<Listed>> {
    let folder: &Path = &session.paths.profile;
    if Store::standing(folder)? == Standing::Absent {
        return Err(Error::NoProfile.into());
    }
    Ok(Store::snapshots(folder)?)
}

fn list(session: &mut Session) -> Outcome {
    let all = snapshots(session)?;
    if all.is_empty() {
        return session.out.text("There is no snapshot yet: the program makes one a day.");
    }
    let mut table = Table::new(&["made", "records", "MiB"]);
    for one in &all {
        let records = one.records.map_or("damaged".to_owned(), |records| records.to_string());
        table.row([
            backups::moment(session.clock, one.utc_ms),
            records,
            one.bytes.div_ceil(MIB).to_string(),
        ]);
    }
    session.out.table(&table)?;
    if all.iter().all(|one| one.records.is_some()) {
        return Ok(());
    }
    session.out.finish()?;
    Err(Failure::new(Exit::Damaged, "A damaged snapshot is never used; nothing was changed."))
}
