//! The help: every command with its keys, what applies here first. Typing searches.

use tui_input::Input;

use super::palette::ranked;
use crate::app::Model;
use crate::app::command::{SPECS, Scope, Spec};
use crate::app::cursor::Cursor;
use crate::app::place::Place;

/// The help while it is open.
#[derive(Debug, Clone)]
pub struct Help {
    /// Where it was opened.
    pub from: Place,
    /// The typed letters.
    pub query: Input,
    /// The row that the view keeps in sight.
    pub cursor: Cursor,
}

/// One row of the help.
#[derive(Debug, Clone, Copy)]
pub enum Row {
    /// The commands below have their meaning here, or elsewhere.
    Heading {
        /// Where.
        scope: Scope,
        /// Whether this is the place in which help was asked for.
        here: bool,
    },
    /// A command.
    Command {
        /// Its row in the table.
        spec: &'static Spec,
        /// Whether it can do something now.
        applies: bool,
    },
}

impl Help {
    /// The help of a place.
    #[must_use]
    pub fn new(from: Place) -> Self {
        Self { from, query: Input::default(), cursor: Cursor::default() }
    }

    /// The rows that read like the typed letters: the scopes of the place first, then all others.
    #[must_use]
    pub fn rows(&self, model: &Model) -> Vec<Row> {
        let here = self.from.scopes();
        let elsewhere =
            <Scope as strum::VariantArray>::VARIANTS.iter().filter(|scope| !here.contains(scope));
        let found = ranked(self.query.value(), SPECS.iter());
        let mut rows = Vec::new();
        for scope in here.iter().chain(elsewhere) {
            let of_scope = SPECS.iter().filter(|spec| spec.scope() == *scope);
            let mut of_scope =
                of_scope.filter(|spec| found.iter().any(|hit| hit.name == spec.name)).peekable();
            let here = here.contains(scope);
            if of_scope.peek().is_some() {
                rows.push(Row::Heading { scope: *scope, here });
            }
            rows.extend(
                of_scope.map(|spec| Row::Command {
                    spec,
                    applies: here && model.applies(spec.command),
                }),
            );
        }
        rows
    }
}
