//! Notes: what was written about a student, and who may see it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, meeting::MeetingId, student::StudentId, tutor::TutorId, word::Choice};

/// Names a note.
pub type NoteId = Id<Note>;

/// The longest note, in bytes of UTF-8.
pub const LONGEST_NOTE: usize = 64 * 1024;

/// What was written about a student.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Identity.
    pub id: NoteId,
    /// About whom.
    pub student: StudentId,
    /// The day it speaks of.
    pub on: NaiveDate,
    /// The meeting it belongs to, if any; a meeting can hold several notes.
    pub meeting: Option<MeetingId>,
    /// Which part of the record it is.
    pub part: NotePart,
    /// Who may see it.
    pub confidentiality: Confidentiality,
    /// The text, lines ended by LF; empty when it is *fact only*.
    pub text: String,
    /// Who wrote it.
    pub author: TutorId,
}

/// Who may see a note; every note has one of these, shown in words and colour.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidentiality {
    /// That there was a contact, and no text (ESX PT5).
    FactOnly,
    /// The student may have it.
    Shared,
    /// For the tutor and the senior tutor.
    TutorAndSenior,
    /// For the author alone; still within a subject access request.
    Restricted,
}

impl Choice for Confidentiality {
    fn code(self) -> u8 {
        match self {
            Self::FactOnly => 0,
            Self::Shared => 1,
            Self::TutorAndSenior => 2,
            Self::Restricted => 3,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::FactOnly => "fact only",
            Self::Shared => "shared with student",
            Self::TutorAndSenior => "tutor and senior tutor",
            Self::Restricted => "restricted to author",
        }
    }
}

/// What a note is for (LJM 10 a, b, c).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum NotePart {
    /// Brief account and agreed actions (LJM 10b).
    Discussion,
    /// Evidence of engagement (LJM 10a).
    Engagement,
    /// Advice on where to go (LJM 10c).
    Referral,
}

impl Choice for NotePart {
    fn code(self) -> u8 {
        match self {
            Self::Discussion => 0,
            Self::Engagement => 1,
            Self::Referral => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Discussion => "discussion and actions",
            Self::Engagement => "evidence of engagement",
            Self::Referral => "referral advice",
        }
    }
}
