//! The theme of a name: built in, or a file of the user's own.

use std::{fs, io, path::Path};

use crate::{
    exchange::options::{Entry, Fault, nearest},
    ui::theme::{
        Palette,
        files::{self, BUILTIN},
    },
};

/// The name of the theme that suits the background.
const AUTO: &str = "auto";

/// The folder of the user's own themes, beside the settings.
const FOLDER: &str = "themes";

/// The theme that the entry names; none for the one that suits the background. A file of the user's own goes
/// before a built-in theme of the same name.
///
/// # Errors
/// When there is no such theme, or its file says something that means nothing.
pub fn find(entry: &Entry<'_>, folder: &Path) -> Result<Option<Palette>, Fault> {
    let name = entry.text("the name of a theme in quotes")?;
    if name == AUTO {
        return Ok(None);
    }
    if let Some(text) = own(name, folder)
        .map_err(|error| entry.fault(format!("the theme \"{name}\" cannot be read: {error}")))?
    {
        let theme = files::read(&text);
        return theme.map(Some).map_err(|it| entry.fault(format!("the theme \"{name}\", {it}")));
    }
    files::builtin(name).map(Some).ok_or_else(|| entry.fault(missing(name, folder)))
}

/// The text of a file of the user's own. Whatever is no plain name is nobody's.
fn own(name: &str, folder: &Path) -> io::Result<Option<String>> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(plain) {
        return Ok(None);
    }
    match fs::read_to_string(folder.join(FOLDER).join(format!("{name}.toml"))) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn missing(name: &str, folder: &Path) -> String {
    let files = fs::read_dir(folder.join(FOLDER)).into_iter().flatten().flatten();
    let own: Vec<String> = files
        .filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".toml")?.to_owned()))
        .collect();
    let names = BUILTIN.iter().map(|(name, _)| *name).chain([AUTO]);
    let near = nearest(name, names.chain(own.iter().map(String::as_str)));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
    format!("there is no theme called \"{name}\"{hint}")
}
