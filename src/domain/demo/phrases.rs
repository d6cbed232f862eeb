//! The word lists in `assets/demo`: names, schools and what tutors write.

use std::collections::HashMap;

use crate::domain::{student::KindOfStudy, word::Choice};

const LISTS: [&str; 3] = [
    include_str!("../../../assets/demo/names.txt"),
    include_str!("../../../assets/demo/meetings.txt"),
    include_str!("../../../assets/demo/events.txt"),
];

/// A long note, to scroll in.
pub(super) const LONG_NOTE: &str = include_str!("../../../assets/demo/long-note.txt");

/// Lists of lines by the heading they stand under.
pub(super) struct Phrases(HashMap<&'static str, Vec<&'static str>>);

impl Phrases {
    pub(super) fn read() -> Self {
        let mut lists: HashMap<_, Vec<_>> = HashMap::new();
        lists.insert("tutors", lines(include_str!("../../../assets/demo/tutors.txt")).collect());
        for text in LISTS {
            let mut under = "";
            for line in lines(text) {
                match heading(line) {
                    Some(name) => under = name,
                    None => lists.entry(under).or_default().push(line),
                }
            }
        }
        Self(lists)
    }

    pub(super) fn all(&self, heading: &str) -> &[&'static str] {
        self.0.get(heading).map_or(&[], Vec::as_slice)
    }
}

/// A school with what is taught there.
pub(super) struct School {
    pub(super) name: &'static str,
    pub(super) programmes: Vec<Programme>,
    pub(super) modules: Vec<&'static str>,
}

impl School {
    /// The letters that its module codes begin with.
    pub(super) fn letters(&self) -> String {
        let subject = self.name.trim_start_matches("School of ");
        let letters = subject.chars().filter(char::is_ascii_alphabetic).take(4);
        letters.map(|letter| letter.to_ascii_uppercase()).collect()
    }
}

/// A programme as the list has it.
#[derive(Clone, Copy)]
pub(super) struct Programme {
    pub(super) code: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: KindOfStudy,
    pub(super) second: &'static str,
}

/// All schools of the list.
pub(super) fn schools() -> Vec<School> {
    let mut schools: Vec<School> = Vec::new();
    for line in lines(include_str!("../../../assets/demo/programmes.txt")) {
        if let Some(name) = heading(line) {
            schools.push(School { name, programmes: Vec::new(), modules: Vec::new() });
        } else if let Some(school) = schools.last_mut() {
            match line.strip_prefix("* ") {
                Some(module) => school.modules.push(module),
                None => school.programmes.extend(programme(line)),
            }
        }
    }
    schools
}

fn programme(line: &'static str) -> Option<Programme> {
    let [code, title, kind, second] = columns(line)?;
    Some(Programme { code, title, kind: KindOfStudy::from_words(kind)?, second })
}

/// The columns of a line that are separated by bars; none if there are fewer.
pub(super) fn columns<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    line.splitn(N, '|').map(str::trim).collect::<Vec<_>>().try_into().ok()
}

/// The lines that hold something: no blank ones, no comments.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn heading(line: &'static str) -> Option<&'static str> {
    line.strip_prefix('[')?.strip_suffix(']')
}
