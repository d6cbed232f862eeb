//! The forms, a file each: its fields, what it shows and hides while it is filled in, and what saving asks
//! of the world. The domain parses what was typed and says what is wrong.

mod absence;
mod action;
mod agenda;
mod allocation;
pub mod backup;
pub mod bulk;
mod calendar;
mod case;
mod columns;
pub(super) mod consent;
mod contact;
mod decide;
pub mod delete;
pub mod drafts;
mod duty_done;
pub mod first_start;
mod flag;
pub mod group;
mod ladder;
pub(super) mod letter;
mod letters;
pub mod meeting;
mod note;
mod parts;
pub mod passphrase;
mod record;
mod referral;
mod role_term;
mod share;
pub mod signals;
pub mod slot;
mod student;
mod training;
mod tuning;
mod tutor;
mod view;
mod waiver;

pub use self::bulk::{BulkForm, Deed};
pub use self::decide::{DecideForm, Wish};
pub use self::ladder::LadderForm;
pub(super) use self::parts::beside;
pub use self::record::{RecordForm, Which};
pub use self::tuning::{TuningForm, numbers_of};

#[cfg(test)]
mod tests;
