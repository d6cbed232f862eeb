//! The file picker: a path is typed, what is in its folder is listed below, Tab completes.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use tui_input::Input;

use crate::app::{
    cursor::Cursor,
    msg::{Effect, FolderEntry},
};

/// The endings of files that can be a list.
const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "tab", "xlsx"];

/// A path being typed.
#[derive(Debug, Clone, Default)]
pub struct Picker {
    /// The line of text.
    pub input: Input,
    /// The marked entry among the matches.
    pub cursor: Cursor,
    /// Why the folder cannot be shown, or the file not be read.
    pub problem: Option<String>,
    /// Whether the file is being read.
    pub waiting: bool,
    folder: Option<PathBuf>,
    entries: Vec<FolderEntry>,
}

impl Picker {
    /// A picker in the home folder, and the question what is in there.
    #[must_use]
    pub fn open() -> (Self, Vec<Effect>) {
        let mut picker = Self { input: format!("~{MAIN_SEPARATOR}").into(), ..Self::default() };
        let ask = picker.ask();
        (picker, ask)
    }

    /// The text has changed: asks for its folder when that is another one. As in a shell's completion, a
    /// second beginning of a path takes the place of the first: `~//tmp` is `/tmp`.
    pub fn changed(&mut self) -> Vec<Effect> {
        let text = self.input.value();
        let again = ["//", "/~/"].iter().filter_map(|mark| text.rfind(mark)).max();
        if let Some(rest) = again.and_then(|at| text.get(at + 1..)).map(str::to_owned) {
            self.input = rest.into();
        }
        self.cursor.selected = 0;
        (self.problem, self.waiting) = (None, false);
        self.ask()
    }

    /// Takes in what is in a folder; an answer about another folder comes too late.
    pub fn listed(&mut self, folder: &Path, answer: Result<Vec<FolderEntry>, String>) {
        if self.folder.as_deref() != Some(folder) {
            return;
        }
        match answer {
            Ok(entries) => self.entries = entries,
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// The entries that begin with what is typed: folders, and files that can be a list.
    #[must_use]
    pub fn matches(&self) -> Vec<&FolderEntry> {
        let (_, typed) = self.parts();
        let wanted = typed.to_lowercase();
        let hidden = wanted.starts_with('.');
        self.entries
            .iter()
            .filter(|entry| entry.is_folder || can_be_list(&entry.name))
            .filter(|entry| hidden || !entry.name.starts_with('.'))
            .filter(|entry| entry.name.to_lowercase().starts_with(&wanted))
            .collect()
    }

    /// Completes the text as far as all matches agree; where they agree no further, with the marked one.
    pub fn complete(&mut self) -> Vec<Effect> {
        let (folder, typed) = self.parts();
        let matches = self.matches();
        let names: Vec<&str> = matches.iter().map(|entry| entry.name.as_str()).collect();
        let common = common_start(&names);
        let next = if common.chars().count() > typed.chars().count() && matches.len() > 1 {
            common
        } else {
            let Some(entry) = matches.get(self.cursor.selected) else { return Vec::new() };
            let end = if entry.is_folder { MAIN_SEPARATOR.to_string() } else { String::new() };
            entry.name.clone() + &end
        };
        self.input = (folder + &next).into();
        self.changed()
    }

    /// Goes into the marked folder, or asks for the marked or typed file.
    pub fn accept(&mut self) -> Vec<Effect> {
        let (folder, typed) = self.parts();
        let exact = self.entries.iter().any(|entry| entry.name == typed && !entry.is_folder);
        let marked = self.matches().get(self.cursor.selected).map(|entry| (*entry).clone());
        match marked {
            Some(entry) if entry.is_folder && !exact => {
                self.input = format!("{folder}{}{MAIN_SEPARATOR}", entry.name).into();
                self.changed()
            }
            Some(entry) if !exact => vec![Effect::ReadList(PathBuf::from(folder + &entry.name))],
            Some(_) | None if typed.is_empty() => {
                self.problem = Some("Type the name of a file, or choose one.".into());
                Vec::new()
            }
            Some(_) | None => vec![Effect::ReadList(PathBuf::from(self.input.value()))],
        }
    }

    /// The text as folder (with its separator) and beginning of a name.
    fn parts(&self) -> (String, String) {
        let text = self.input.value();
        let cut = text.rfind(['/', MAIN_SEPARATOR]).map_or(0, |at| at + 1);
        let (folder, typed) = text.split_at_checked(cut).unwrap_or(("", text));
        (folder.to_owned(), typed.to_owned())
    }

    fn ask(&mut self) -> Vec<Effect> {
        let (folder, _) = self.parts();
        let folder = PathBuf::from(if folder.is_empty() { ".".to_owned() } else { folder });
        if self.folder.as_ref() == Some(&folder) {
            return Vec::new();
        }
        self.entries.clear();
        self.folder = Some(folder.clone());
        vec![Effect::ListFolder(folder)]
    }
}

fn can_be_list(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

fn common_start(names: &[&str]) -> String {
    let Some((first, rest)) = names.split_first() else { return String::new() };
    let agrees = |taken: &str| rest.iter().all(|name| name.starts_with(taken));
    first
        .char_indices()
        .map(|(at, letter)| &first[..at + letter.len_utf8()])
        .take_while(|taken| agrees(taken))
        .last()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(text: &str, names: &[(&str, bool)]) -> Picker {
        let mut picker = Picker { input: text.into(), ..Picker::default() };
        let asked = picker.changed();
        let [Effect::ListFolder(folder)] = asked.as_slice() else { panic!("{asked:?}") };
        let entries = names
            .iter()
            .map(|(name, is_folder)| FolderEntry { name: (*name).into(), is_folder: *is_folder });
        picker.listed(folder, Ok(entries.collect()));
        picker
    }

    #[test]
    fn tab_completes_as_far_as_the_names_agree_and_then_takes_the_marked_one() {
        let mut picker =
            picker("/lists/t", &[("tutees-2025.csv", false), ("tutees-2026.csv", false)]);
        assert_eq!(picker.complete(), []);
        assert_eq!(picker.input.value(), "/lists/tutees-202");
        picker.cursor.selected = 1;
        picker.complete();
        assert_eq!(picker.input.value(), "/lists/tutees-2026.csv");
        assert_eq!(picker.accept(), [Effect::ReadList(PathBuf::from("/lists/tutees-2026.csv"))]);
    }

    #[test]
    fn entering_a_folder_asks_what_is_in_it() {
        let mut picker = picker("~/", &[("Documents", true), ("photo.jpg", false)]);
        assert_eq!(picker.matches().len(), 1, "a picture is no list");
        assert_eq!(picker.accept(), [Effect::ListFolder(PathBuf::from("~/Documents/"))]);
        assert!(picker.matches().is_empty());
    }

    #[test]
    fn an_answer_about_another_folder_is_dropped() {
        let mut picker = picker("~/", &[]);
        picker.listed(Path::new("/etc/"), Err("no".into()));
        assert_eq!(picker.problem, None);
    }

    #[test]
    fn a_name_that_nobody_lists_is_read_as_typed() {
        let mut picker = picker("/lists/missing.csv", &[]);
        assert_eq!(picker.accept(), [Effect::ReadList(PathBuf::from("/lists/missing.csv"))]);
    }

    #[test]
    fn a_path_pasted_after_another_takes_its_place() {
        let mut picker = picker("~/", &[]);
        picker.input = "~//srv/lists/".into();
        assert_eq!(picker.changed(), [Effect::ListFolder(PathBuf::from("/srv/lists/"))]);
        picker.input = "/srv/~/lists/".into();
        assert_eq!(picker.changed(), [Effect::ListFolder(PathBuf::from("~/lists/"))]);
    }

    #[test]
    fn names_of_wide_letters_are_completed_whole() {
        let mut picker = picker("/x/", &[("学生一.csv", false), ("学生二.csv", false)]);
        picker.complete();
        assert_eq!(picker.input.value(), "/x/学生");
    }
}
