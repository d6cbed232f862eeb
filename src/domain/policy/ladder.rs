//! The ordered steps of contact with somebody who is not reached.

use serde::{Deserialize, Serialize};

use crate::domain::contact::Channel;

/// One ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LadderRule {
    /// Its short name, unique in the policy: `not-reached`.
    pub code: String,
    /// The clause it comes from.
    pub clause: String,
    /// What it is called in lists.
    pub name: String,
    /// The steps, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Where the clause leaves a choice: what was chosen and why.
    #[serde(default)]
    pub why: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Step {
    /// What it is called: `telephone`.
    pub name: String,
    /// How it is taken.
    pub how: How,
    /// Working days to wait after it before the next.
    pub wait: u8,
    /// The letter that goes with it; empty if none.
    #[serde(default)]
    pub letter: String,
    /// Its own clause, where it is not the ladder's.
    #[serde(default)]
    pub clause: String,
}

/// How a step is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum How {
    /// The student is contacted.
    Contact(Channel),
    /// A meeting is held or asked for.
    Meeting,
    /// Somebody else is told, who then acts: `Student Wellbeing Team`.
    Tell(String),
}
