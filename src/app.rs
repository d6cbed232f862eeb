//! State, update and commands: the only place where state changes. No I/O, no clock, no drawing.

pub mod area;
pub mod command;
pub mod cursor;
pub mod editor;
pub mod form;
pub mod keymap;
pub mod model;
pub mod msg;
pub mod place;
pub mod popup;
pub mod status;
#[cfg(test)]
pub mod testing;

pub use area::{Area, Page, Screen, Target};
pub use command::{Command, SPECS, Scope, Spec};
pub use cursor::Cursor;
pub use keymap::Keymap;
pub use model::{Model, Pane, Start};
pub use msg::{Effect, Msg, Timer};
pub use place::Place;
