//! What may be told to whom, and with whose permission.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use crate::domain::word::Choice;

/// The rules of sharing; what no rule speaks of needs written permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sharing {
    /// The clause that stands for what no rule speaks of.
    pub clause: String,
    /// Whether even the record of a meeting keeps what was said only with permission (ESX PT5).
    #[serde(default)]
    pub content_needs_consent: bool,
    /// The rules; the first that fits decides.
    #[serde(rename = "rule", default)]
    pub rules: Vec<ShareRule>,
    /// Where the clause leaves a choice: what was chosen and why.
    #[serde(default)]
    pub why: String,
}

impl Sharing {
    /// The rule that decides whether such content may go to such a recipient: the first that fits.
    #[must_use]
    pub fn rule(&self, to: RecipientKind, what: Content) -> Option<&ShareRule> {
        self.rules.iter().find(|rule| {
            (rule.to.is_empty() || rule.to.contains(&to))
                && (rule.what.is_empty() || rule.what.contains(&what))
        })
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareRule {
    /// To whom; empty means anybody.
    pub to: Vec<RecipientKind>,
    /// What; empty means anything.
    #[serde(default)]
    pub what: Vec<Content>,
    /// Whether it may.
    pub may: Permission,
    /// The clause it comes from.
    pub clause: String,
    /// Where the clause leaves a choice: what was chosen and why.
    #[serde(default)]
    pub why: String,
}

/// Kinds of recipient.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum RecipientKind {
    /// The student.
    Student,
    /// The senior tutor of the school.
    SeniorTutor,
    /// The tutor who takes over.
    NewTutor,
    /// The programme or course leader.
    ProgrammeLeader,
    /// A module leader.
    ModuleLeader,
    /// A service of the university: wellbeing, careers, disability.
    Service,
    /// Registry.
    Registry,
    /// The university's own record of tutoring: `e:Vision`, `LEAP`.
    CentralSystem,
    /// An institutional process such as Personal Circumstances (LJM 11).
    Process,
    /// The team that follows up who does not engage (WST 7).
    EngagementTeam,
    /// Anybody outside: a parent, an employer.
    Outside,
}

impl Choice for RecipientKind {
    fn code(self) -> u8 {
        match self {
            Self::Student => 0,
            Self::SeniorTutor => 1,
            Self::NewTutor => 2,
            Self::ProgrammeLeader => 3,
            Self::ModuleLeader => 4,
            Self::Service => 5,
            Self::Registry => 6,
            Self::CentralSystem => 7,
            Self::Process => 8,
            Self::EngagementTeam => 9,
            Self::Outside => 10,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Student => "the student",
            Self::SeniorTutor => "senior tutor",
            Self::NewTutor => "new tutor",
            Self::ProgrammeLeader => "programme leader",
            Self::ModuleLeader => "module leader",
            Self::Service => "service",
            Self::Registry => "registry",
            Self::CentralSystem => "central system",
            Self::Process => "institutional process",
            Self::EngagementTeam => "engagement team",
            Self::Outside => "anybody outside",
        }
    }
}

/// What would be told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// That a meeting or contact took place, or did not.
    Fact,
    /// Name, number, programme and how to reach the student.
    Details,
    /// What was said, agreed or written.
    Substance,
}

impl Choice for Content {
    fn code(self) -> u8 {
        match self {
            Self::Fact => 0,
            Self::Details => 1,
            Self::Substance => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Fact => "that there was contact, or none",
            Self::Details => "name and how to reach the student",
            Self::Substance => "what was said, agreed or written",
        }
    }
}

/// Whether something may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Yes.
    Allowed,
    /// With the student's permission, however given.
    Consent,
    /// With the student's permission in writing.
    WrittenConsent,
    /// No.
    Never,
}
