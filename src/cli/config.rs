//! `config`: a sample of the settings, and what is wrong with those that there are.

use std::{io, path::Path};

use super::{
    args::Config,
    exit::{Exit, Failure, Outcome},
    session::Session,
};
use crate::runtime::settings::{Settings, SettingsError, sample};

/// Prints the sample, or checks a file; without either, the one that the program reads.
///
/// # Errors
/// When the file cannot be read, or anything in it means nothing.
pub fn config(session: &mut Session, wanted: &Config) -> Outcome {
    if wanted.sample {
        return session.out.text(&sample());
    }
    let named = wanted.check.as_ref().and_then(Option::as_ref);
    let file = named.unwrap_or(&session.paths.settings);
    let told = check(file, named.is_some())?;
    session.out.text(&told)
}

fn check(file: &Path, named: bool) -> Outcome<String> {
    if !file.exists() {
        let missing = format!("There is no file {}", file.display());
        if named {
            return Err(Failure::new(Exit::Failed, format!("{missing}.")));
        }
        let advice = "everything has its usual value; \"tutelage config --sample\" prints one";
        return Ok(format!("{missing}: {advice}."));
    }
    match Settings::load(file) {
        Ok(_) => Ok(format!("{}: everything in it is understood.", file.display())),
        // Whoever checks a file knows which one.
        Err(error @ SettingsError::Wrong(_)) => Err(Failure::refused(error.to_string())),
        Err(error) => Err(unusable(file, &error)),
    }
}

/// What is wrong with the settings, and in which file.
#[must_use]
pub fn unusable(file: &Path, error: &SettingsError) -> Failure {
    match error {
        SettingsError::Read(error) if error.kind() == io::ErrorKind::InvalidData => {
            Failure::refused("The settings are no UTF-8 text.").about(file)
        }
        SettingsError::Read(error) => Failure::unread(file, error),
        SettingsError::Wrong(_) => Failure::refused(error.to_string()).about(file),
    }
}
