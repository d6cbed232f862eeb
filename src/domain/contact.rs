//! Contacts that are not meetings: e-mail, phone, letter, in passing; with their outcome.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, student::StudentId, tutor::TutorId, word::Choice};

/// Names a contact.
pub type ContactId = Id<Contact>;

/// A contact or an attempt at one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// Who.
    pub student: StudentId,
    /// When.
    pub on: NaiveDate,
    /// By which way.
    pub channel: Channel,
    /// What came back.
    pub reply: Reply,
    /// When the reply came, if one did.
    pub replied: Option<NaiveDate>,
    /// What it was about, in short; may be empty.
    pub about: String,
    /// Which tutor.
    pub tutor: TutorId,
}

impl Contact {
    /// The day of a two-way contact: a reply counts, an attempt does not.
    #[must_use]
    pub fn two_way(&self) -> Option<NaiveDate> {
        (self.reply == Reply::Replied).then(|| self.replied.unwrap_or(self.on))
    }
}

/// By which way a contact was made (LJM 9, WST 6.7).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// University e-mail.
    Email,
    /// Telephone.
    Phone,
    /// Letter.
    Letter,
    /// Chat or VLE message.
    Message,
    /// Met by chance.
    InPassing,
}

impl Choice for Channel {
    fn code(self) -> u8 {
        match self {
            Self::Email => 0,
            Self::Phone => 1,
            Self::Letter => 2,
            Self::Message => 3,
            Self::InPassing => 4,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::Letter => "letter",
            Self::Message => "message",
            Self::InPassing => "in passing",
        }
    }
}

/// What came back of a contact.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// Sent, nothing yet.
    Awaited,
    /// The student answered: a two-way contact.
    Replied,
    /// Tried, not reached; nothing more will come.
    NoAnswer,
    /// For information only.
    NotNeeded,
}

impl Choice for Reply {
    fn code(self) -> u8 {
        match self {
            Self::Awaited => 0,
            Self::Replied => 1,
            Self::NoAnswer => 2,
            Self::NotNeeded => 3,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Awaited => "reply awaited",
            Self::Replied => "replied",
            Self::NoAnswer => "no answer",
            Self::NotNeeded => "no reply needed",
        }
    }
}
