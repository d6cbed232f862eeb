//! Why a duty is not for a student, in words.

use crate::domain::{
    policy::{Entry, Who},
    student::Status,
    word::Choice,
};

/// The condition that a student does not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// At another level.
    Level,
    /// Nobody has written down the level.
    LevelUnknown,
    /// In another year of the programme.
    Stage,
    /// Nobody has written down the year of the programme.
    StageUnknown,
    /// In another mode of study.
    Mode,
    /// In another kind of study.
    Kind,
    /// This is where the student stands.
    Status(Status),
    /// For who is new here, or for who is not.
    NewEntrant,
    /// For who is under eighteen, or for who is not.
    Under18,
    /// For who came in time, or for who came late.
    Entry,
    /// With two disciplines, or without.
    Joint,
    /// Over before the student came.
    BeforeEntry,
    /// Counted from a first day that nobody has written down.
    EntryUnknown,
}

impl Condition {
    /// The condition of a rule in words: `for level 4 only`.
    #[must_use]
    pub fn words(self, who: &Who) -> String {
        match self {
            Self::Level => format!("for {} only", numbered("level", &who.levels)),
            Self::LevelUnknown => "the level is not known".into(),
            Self::Stage => format!("for {} only", numbered("year", &who.stages)),
            Self::StageUnknown => "the year of the programme is not known".into(),
            Self::Mode => format!("for {} only", listed(&who.modes)),
            Self::Kind if who.kinds.is_empty() => format!("not for {}", listed(&who.not_kinds)),
            Self::Kind => format!("for {} only", listed(&who.kinds)),
            Self::Status(status) => format!("the student is: {}", status.words()),
            Self::NewEntrant if who.new_entrant == Some(false) => "not for who is new here".into(),
            Self::NewEntrant => "for who is new here only".into(),
            Self::Under18 if who.under_18 == Some(false) => "not for who is under 18".into(),
            Self::Under18 => "for who is under 18 only".into(),
            Self::Entry if who.entry == Some(Entry::Late) => "for who came late only".into(),
            Self::Entry => "for who came in time only".into(),
            Self::Joint if who.joint == Some(false) => "for one discipline only".into(),
            Self::Joint => "for two disciplines only".into(),
            Self::BeforeEntry => "over before the student came".into(),
            Self::EntryUnknown => "the first day is not known".into(),
        }
    }
}

fn numbered(what: &str, numbers: &[u8]) -> String {
    let all: Vec<String> = numbers.iter().map(u8::to_string).collect();
    match all.split_last() {
        Some((last, [])) => format!("{what} {last}"),
        Some((last, rest)) => format!("{what}s {} and {last}", rest.join(", ")),
        None => format!("no {what}"),
    }
}

fn listed<C: Choice>(choices: &[C]) -> String {
    let all: Vec<&str> = choices.iter().map(|choice| choice.words()).collect();
    match all.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "nobody".to_owned(),
    }
}
