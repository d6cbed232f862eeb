//! What happened (messages), and what the program wants from the world (effects). Both are data.

use std::fmt;
use std::time::Duration;

use crossterm::event::{KeyEvent, MouseEvent};
use strum::IntoStaticStr;

/// Something that happened. Its `Debug` names the kind alone: a key or a paste is personal text.
#[derive(Clone, IntoStaticStr)]
pub enum Msg {
    /// A key went down.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size; draw again.
    Resized,
    /// An armed timer is due.
    Due(Timer),
    /// A signal asks the program to end.
    Ended(i32),
    /// A change is durable.
    Committed,
    /// Something failed: what happened, what was kept, what to do.
    Failed(String),
}

impl fmt::Debug for Msg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.into())
    }
}

/// A deadline that the runtime keeps; it answers with [`Msg::Due`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timer {
    /// The message in the status line has been read.
    Toast,
    /// The draft is to be kept.
    Draft,
    /// Nobody has pressed a key for long.
    Idle,
    /// The clock on the screen shows another minute or day.
    Clock,
}

/// What the program wants from the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the program; everything sent before is carried out first.
    Quit,
    /// Send [`Msg::Due`] after this time; an armed timer of the same name starts again.
    Arm(Timer, Duration),
    /// Forget the timer.
    Disarm(Timer),
    /// Take the last change back.
    Undo,
    /// Do the change again that was taken back last.
    Redo,
    /// Forget the keys and everything readable.
    Lock,
    /// Put the text on the clipboard.
    Copy(Private),
}

/// Personal text on its way out of the model: `Debug` shows only that it is there.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Private(pub String);

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
