//! The command palette: every command that has a meaning here, found by a few letters.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};
use tui_input::Input;

use crate::app::command::{SPECS, Scope, Spec, Text};
use crate::app::cursor::Cursor;
use crate::app::place::Place;
use crate::app::{Command, Model};

/// The palette while it is open.
#[derive(Debug, Clone)]
pub struct Palette {
    /// Where it was opened: its commands are those that have a meaning there.
    pub from: Place,
    /// The typed letters.
    pub query: Input,
    /// The selected command.
    pub cursor: Cursor,
}

impl Palette {
    /// A palette over the commands of a place.
    #[must_use]
    pub fn new(from: Place) -> Self {
        Self { from, query: Input::default(), cursor: Cursor::default() }
    }

    /// The commands that read like the typed letters, the best first; those that can do something now
    /// come before the others.
    #[must_use]
    pub fn found(&self, model: &Model) -> Vec<(&'static Spec, bool)> {
        let rows = SPECS
            .iter()
            .filter(|spec| self.from.scopes().contains(&spec.scope()) && is_listed(spec));
        let mut found = ranked(self.query.value(), rows);
        found.sort_by_key(|spec| !model.applies(spec.command));
        found.into_iter().map(|spec| (spec, model.applies(spec.command))).collect()
    }
}

/// Moving about is left to the keys.
fn is_listed(spec: &Spec) -> bool {
    let moves =
        [Scope::List, Scope::Choose, Scope::Field, Scope::Find, Scope::Confirm, Scope::Menu];
    let kept = [Text::Undo, Text::Redo, Text::Find, Text::Editor].map(Command::Text);
    !moves.contains(&spec.scope()) && (spec.scope() != Scope::Text || kept.contains(&spec.command))
}

struct ByTitle(&'static Spec, String);

impl AsRef<str> for ByTitle {
    fn as_ref(&self) -> &str {
        &self.1
    }
}

/// The commands whose title or name reads like the letters, the best first; all of them for no letters.
/// What has the letters only far apart is left out where something has them together.
pub fn ranked(query: &str, rows: impl Iterator<Item = &'static Spec>) -> Vec<&'static Spec> {
    let rows = rows.map(|spec| ByTitle(spec, format!("{} {}", spec.title, spec.name)));
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let found = pattern.match_list(rows, &mut matcher);
    let best = found.iter().map(|(_, score)| *score).max().unwrap_or(0);
    let near = found.into_iter().filter(|(_, score)| *score >= best - best / 3);
    near.map(|(row, _)| row.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Vec<&'static str> {
        ranked(query, SPECS.iter()).iter().map(|spec| spec.name).collect()
    }

    #[test]
    fn a_few_letters_find_a_command_whatever_their_case() {
        assert_eq!(names("REDO")[..1], ["redo"]);
        assert_eq!(names("rec meet"), ["meeting"]);
        assert!(names("imp").contains(&"import-students"));
        assert_eq!(names("qqqq"), Vec::<&str>::new());
        assert_eq!(names("").len(), SPECS.len());
    }
}
