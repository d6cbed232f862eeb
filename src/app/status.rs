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
    /// What today holds; it stays until the next key.
    Today,
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
    /// "✓ saved 14:02", which stays; what was undone or done again passes.
    #[must_use]
    pub fn done(committed: &Committed, now: Now) -> Self {
        let what = committed.change.label.words();
        let at = now.local.format("%H:%M");
        match committed.how {
            How::Done => Self { text: format!("✓ saved {at}"), tone: Tone::Saved },
            How::Undone => Self::said(format!("✓ undone: {what}")),
            How::Redone => Self::said(format!("✓ done again: {what}")),
        }
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
