//! The status line: what was saved when, what was said, what failed.

use std::fmt;
use std::time::Duration;

use super::msg::{Committed, How};
use crate::domain::time::Now;
use crate::domain::word::Choice;

/// How long a message stays that nobody has to act on.
pub const SHOWN: Duration = Duration::from_secs(6);

/// How the message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done and durable.
    Saved,
    /// Good to know.
    Said,
    /// Something failed.
    Failed,
}

/// One message beside the hints.
#[derive(Clone, PartialEq, Eq)]
pub struct Toast {
    /// The sentence.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

impl fmt::Debug for Toast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} …", self.tone)
    }
}

impl Toast {
    /// "✓ saved 14:02".
    #[must_use]
    pub fn done(committed: &Committed, now: Now) -> Self {
        let what = committed.change.label.words();
        let at = now.local.format("%H:%M");
        let text = match committed.how {
            How::Done => format!("✓ saved {at}"),
            How::Undone => format!("✓ undone {at}: {what}"),
            How::Redone => format!("✓ done again {at}: {what}"),
        };
        Self { text, tone: Tone::Saved }
    }

    /// A sentence that is good to know.
    #[must_use]
    pub fn said(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Said }
    }

    /// A failure; it stays until the next key.
    #[must_use]
    pub fn failed(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Failed }
    }
}
