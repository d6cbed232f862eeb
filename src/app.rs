//! State, update and commands: the only place where state changes. No I/O, no clock, no drawing.

pub mod applies;
pub mod area;
pub mod command;
pub mod count;
pub mod cursor;
pub mod decide;
pub mod desk;
mod dispatch;
pub mod duties;
pub mod editor;
pub mod form;
pub mod forms;
pub mod idle;
pub mod importing;
pub mod jumps;
pub mod keymap;
pub mod letters;
pub mod looks;
pub mod meetings;
pub mod model;
mod mouse;
pub mod msg;
mod opening;
mod outside;
pub mod pane;
pub mod place;
pub mod popup;
pub mod rules;
pub mod split;
pub mod status;
#[cfg(test)]
pub mod testing;
pub mod triage;
pub mod typed;
pub mod views;
mod write;

pub use applies::Hint;
pub use area::{Area, Page, Screen, Target};
pub use command::{Command, SPECS, Scope, Spec};
pub use cursor::Cursor;
pub use idle::LockAfter;
pub use keymap::Keymap;
pub use model::{Model, Pane, Start, View};
pub use msg::{Effect, How, Msg, Private, Timer};
pub use place::Place;
pub use typed::Typed;
