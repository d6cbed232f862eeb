//! Bytes to domain drafts and back: lists, calendars, exports. No disk, no clock.
//!
//! A tutee list goes through [`bytes`] (which letters?), [`table`] or [`sheet`] (which cells?), [`mapping`]
//! (which column is what?) and [`students`] (what does each row say?). Each step ends in its result or in a
//! [`Refusal`]; what is wrong with one row alone is a [`Rejected`](crate::domain::roll::Rejected) row, and the others go on.

pub mod bytes;
pub mod card;
mod cell;
mod choices;
mod dates;
pub mod headers;
pub mod ical;
mod identity;
pub mod json;
pub mod letter;
pub mod list;
pub mod mail;
pub mod mapping;
mod names;
pub mod options;
pub mod oulad;
pub mod packs;
pub mod policy;
pub mod refusal;
pub mod rejects;
pub mod sheet;
pub mod signals;
pub mod spreadsheet;
mod student_row;
pub mod students;
pub mod table;

pub use refusal::Refusal;
