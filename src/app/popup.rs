//! Popups exist only while open. They are a stack: all are drawn, the topmost has the keys.

pub mod confirm;
pub mod dry_run;
pub mod duties;
pub mod feedback;
pub mod form;
pub mod help;
pub mod history;
pub mod hits;
pub mod ledger;
pub mod mapping;
pub mod menu;
pub mod palette;
pub mod picker;
pub mod signal_menus;
pub mod signal_run;
pub mod trial;
pub mod versions;

use tui_input::Input;

use super::cursor::Cursor;
use super::model::Model;
use super::place::Place;

pub use self::confirm::Confirm;
pub use self::dry_run::DryRun;
pub use self::duties::Duties;
pub use self::feedback::Feedback;
pub use self::form::{FormKind, FormPopup};
pub use self::help::Help;
pub use self::history::History;
pub use self::hits::Hits;
pub use self::ledger::Ledger;
pub use self::mapping::Columns;
pub use self::menu::Menu;
pub use self::palette::Palette;
pub use self::picker::Picker;
pub use self::signal_run::SignalRun;
pub use self::trial::Trial;
pub use self::versions::Versions;

/// One open popup.
#[derive(Debug, Clone)]
pub enum Popup {
    /// A question.
    Confirm(Confirm),
    /// A form.
    Form(Box<FormPopup>),
    /// The command palette.
    Palette(Palette),
    /// The help.
    Help(Help),
    /// Full-text search.
    Hits(Hits),
    /// A few ways to go on.
    Menu(Menu),
    /// The consents of a student, and what was passed on.
    Ledger(Ledger),
    /// The file picker.
    Picker(Picker),
    /// Which column of a list is what.
    Columns(Box<Columns>),
    /// What an import would do.
    DryRun(DryRun),
    /// What an import of signals would do.
    SignalRun(Box<SignalRun>),
    /// The duties of a tutor.
    Duties(Duties),
    /// How right the rules are.
    Feedback(Feedback),
    /// What other numbers would do.
    Trial(Trial),
    /// What was done.
    History(History),
    /// The versions of a note.
    Versions(Versions),
}

impl Popup {
    /// Where the keys go while this popup is on top.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Confirm(_) => Place::Confirm,
            Self::Form(popup) => popup.place(),
            Self::Palette(_) => Place::Palette,
            Self::Help(_) => Place::Help,
            Self::Hits(_) => Place::Hits,
            Self::Menu(_) => Place::Menu,
            Self::Ledger(_) => Place::Ledger,
            Self::Picker(_) => Place::Picker,
            Self::Columns(_) => Place::Mapping,
            Self::DryRun(_) | Self::SignalRun(_) => Place::DryRun,
            Self::Duties(_) => Place::Duties,
            Self::Feedback(_) => Place::Feedback,
            Self::Trial(_) => Place::Trial,
            Self::History(_) => Place::History,
            Self::Versions(_) => Place::Versions,
        }
    }

    /// Whether closing it would lose something typed.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        match self {
            Self::Form(popup) => popup.form.is_changed(),
            Self::Confirm(_)
            | Self::Palette(_)
            | Self::Help(_)
            | Self::Hits(_)
            | Self::Menu(_)
            | Self::Ledger(_)
            | Self::Picker(_)
            | Self::Columns(_)
            | Self::DryRun(_)
            | Self::SignalRun(_)
            | Self::Duties(_)
            | Self::Feedback(_)
            | Self::Trial(_)
            | Self::History(_)
            | Self::Versions(_) => false,
        }
    }

    /// The line of text that is typed over a list, with the cursor of the list.
    pub fn line(&mut self) -> Option<(&mut Input, &mut Cursor)> {
        match self {
            Self::Palette(Palette { query, cursor, .. })
            | Self::Help(Help { query, cursor, .. })
            | Self::Hits(Hits { query, cursor, .. }) => Some((query, cursor)),
            Self::Picker(picker) => Some((&mut picker.input, &mut picker.cursor)),
            Self::Confirm(_)
            | Self::Form(_)
            | Self::Menu(_)
            | Self::Ledger(_)
            | Self::Columns(_)
            | Self::DryRun(_)
            | Self::SignalRun(_)
            | Self::Duties(_)
            | Self::Feedback(_)
            | Self::Trial(_)
            | Self::History(_)
            | Self::Versions(_) => None,
        }
    }

    /// The cursor of its list.
    pub fn cursor(&mut self) -> Option<&mut Cursor> {
        match self {
            Self::Palette(Palette { cursor, .. })
            | Self::Help(Help { cursor, .. })
            | Self::Hits(Hits { cursor, .. })
            | Self::Menu(Menu { cursor, .. })
            | Self::Ledger(Ledger { cursor, .. })
            | Self::Picker(Picker { cursor, .. })
            | Self::DryRun(DryRun { cursor, .. })
            | Self::Duties(Duties { cursor, .. })
            | Self::Feedback(Feedback { cursor, .. })
            | Self::Trial(Trial { cursor, .. })
            | Self::History(History { cursor, .. })
            | Self::Versions(Versions { cursor, .. }) => Some(cursor),
            Self::Columns(columns) => Some(&mut columns.cursor),
            Self::SignalRun(run) => Some(&mut run.cursor),
            Self::Confirm(_) | Self::Form(_) => None,
        }
    }

    /// How long its list is.
    #[must_use]
    pub fn len(&self, model: &Model) -> usize {
        match self {
            Self::Palette(palette) => palette.found(model).len(),
            Self::Help(help) => help.rows(model).len(),
            Self::Hits(hits) => hits.found.first.len(),
            Self::Menu(menu) => menu.ways.len(),
            Self::Ledger(ledger) => ledger.rows(model).len(),
            Self::Picker(picker) => picker.matches().len(),
            Self::Columns(columns) => columns.len(),
            Self::DryRun(dry_run) => dry_run.lines.len(),
            Self::SignalRun(run) => run.lines.len(),
            Self::Duties(duties) => duties.rows(model).len(),
            Self::Feedback(open) => open.rows.len(),
            Self::Trial(trial) => trial.len(),
            Self::History(open) => open.len(),
            Self::Versions(open) => open.len(),
            Self::Confirm(_) | Self::Form(_) => 0,
        }
    }
}
