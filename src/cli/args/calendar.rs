//! What may be typed behind `export calendar`.

use clap::ValueEnum;

use super::ExportTo;
use crate::domain::agenda::Show;

/// `export calendar`
#[derive(Debug, clap::Args)]
#[command(after_help = "Planned meetings, actions that are due and the last days of slots, as an \
                        iCalendar file (.ics) for Outlook, Google Calendar, Thunderbird or a phone. \
                        Import it again after changes: entries are replaced, not doubled, and what \
                        was called off is marked so. What is over or done meanwhile is not in the file \
                        any more, and stays in your calendar until you delete it there.\n\n\
                        Calendars are shared and synchronised. So students are told by their \
                        initials unless --show says more, notes never leave this way, and every \
                        entry is marked private: others see that the time is taken. The file can be \
                        read by anybody who gets it; the export is recorded in the journal.")]
pub struct ExportCalendar {
    /// Where to.
    #[command(flatten)]
    pub to: ExportTo,
    /// Only of this student, by number or a part of the name; once for each
    #[arg(long, value_name = "STUDENT")]
    pub student: Vec<String>,
    /// How much is told of a student
    #[arg(long, value_enum, value_name = "WHAT", default_value = "initials")]
    pub show: Told,
}

/// How much is told, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// The initials
    Initials,
    /// The name
    Names,
    /// The name, what a meeting is about and what was agreed
    All,
}

impl Told {
    /// The same for the domain.
    #[must_use]
    pub const fn domain(self) -> Show {
        match self {
            Self::Initials => Show::Initials,
            Self::Names => Show::Names,
            Self::All => Show::All,
        }
    }
}
