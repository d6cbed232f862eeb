//! Terminal, threads, clock, paths and settings: the world outside.

mod align;
pub mod backups;
pub mod clock;
pub mod demo;
mod difference;
pub mod editor;
mod faults;
pub mod files;
pub mod finder;
pub mod first_page;
pub mod ids;
pub mod input;
pub(crate) mod keeper;
pub mod log;
mod look;
pub mod packs;
pub mod paths;
mod pen;
pub mod run;
mod session;
pub mod settings;
pub mod signals;
pub mod terminal;
pub(crate) mod timers;
pub mod worker;

use std::{io, process::ExitStatus};

use crate::{
    app::{Msg, Private},
    ui::theme::Rgb,
};

/// What reaches the loop: messages for the model, and what concerns the terminal alone.
#[derive(Debug)]
pub enum Event {
    /// For the model.
    App(Msg),
    /// A signal asks the program to end; the signal thread says which.
    Signal,
    /// The terminal is gone.
    Gone,
    /// A signal asks the program to stop for a while.
    Stop,
    /// The program goes on after a stop.
    Continue,
    /// The terminal says what its background is.
    Ground(Rgb),
    /// What a terminal of this kind has said of its background before; it will say so again, or not.
    Recalled(Rgb),
    /// The terminal has turned light or dark.
    Turned,
    /// The terminal can hold a picture back until it is whole.
    Holds,
    /// A line was typed into a session of lines; none when there are no more.
    Line(Option<Private>),
    /// The worker has done what it was asked for, if somebody wants to know.
    Done,
    /// The user's own editor has ended.
    EditorEnded(io::Result<ExitStatus>),
}
