//! Why a student needs a word: the reasons that make an alert.

use std::{borrow::Cow, fmt};

use chrono::NaiveDate;

use super::{
    action::ActionId,
    contact::{Channel, ContactId},
    flag::{FlagId, Urgency},
    ladder::LadderId,
    meeting::MeetingId,
    module::ModuleId,
    policy::How,
    referral::ReferralId,
    score::Rule,
};

/// How soon somebody should act.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    #[default]
    Watch,
    /// This week.
    Soon,
    /// Today.
    Urgent,
}

impl Severity {
    /// The sign before a name, one column wide; colour only adds to it.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Watch => "·",
            Self::Soon => "!",
            Self::Urgent => "‼",
        }
    }

    /// How urgent a concern would be that asked for the same.
    #[must_use]
    pub const fn urgency(self) -> Urgency {
        match self {
            Self::Watch => Urgency::Watch,
            Self::Soon => Urgency::Soon,
            Self::Urgent => Urgency::Urgent,
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
        }
    }
}

/// What kind of thing speaks for a word with the student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonKind {
    /// A person raised a concern that nobody has closed.
    Concern,
    /// Points of the score.
    Score(Rule),
    /// A rule that asks for a look, without points.
    Look(Rule),
    /// An agreed action is past its day.
    OverdueAction,
    /// It is time to ask how a referral went.
    FollowUp,
    /// A planned meeting is past, and nobody said what came of it.
    Unsettled,
    /// A ladder runs.
    Ladder,
    /// Contacts were not answered.
    NoReply,
    /// What the policy asks for is overdue.
    Obligation,
    /// No meeting was held for long.
    NotMet,
    /// Far fewer active days than usual, where the policy asks for the prompt: no points, and no alert by itself.
    SuddenDrop,
}

impl ReasonKind {
    /// The key of the rule that it follows from: stable, in kebab-case. Feedback is counted by it.
    #[must_use]
    pub const fn rule(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Concern => "concern",
            Self::Score(rule) | Self::Look(rule) => rule.key(),
            Self::OverdueAction => "overdue-action",
            Self::FollowUp => "follow-up",
            Self::Unsettled => "unsettled-meeting",
            Self::Ladder => "ladder",
            Self::NoReply => "no-reply",
            Self::Obligation => "obligation",
            Self::NotMet => "not-met",
            Self::SuddenDrop => "sudden-drop",
        })
    }

    /// Whether it follows from signals: only those are not judged while somebody is exempt.
    #[must_use]
    pub const fn is_signal(self) -> bool {
        matches!(self, Self::Score(_) | Self::Look(_) | Self::SuddenDrop)
    }

    /// Whether it is told beside other reasons only.
    #[must_use]
    pub const fn is_prompt(self) -> bool {
        matches!(self, Self::SuddenDrop)
    }
}

/// What to do about a reason; Enter in the alerts does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Get in touch about the concern.
    GetInTouch(FlagId),
    /// Get in touch about what signals say.
    CheckIn,
    /// Start a ladder of the policy.
    StartLadder,
    /// Mark the action as done.
    MarkDone(ActionId),
    /// Ask how the referral went, and write it down.
    AskHowItWent(ReferralId),
    /// Try another contact after this one.
    ContactAgain(ContactId),
    /// Meet, and record the meeting.
    Meet,
    /// Allocate a tutor.
    Allocate,
    /// Say what came of a planned meeting.
    SayOutcome(MeetingId),
    /// Take the next step of a ladder.
    TakeStep(LadderId, Rung),
    /// End a ladder.
    EndLadder(LadderId),
}

/// How the next step of a ladder is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rung {
    /// The student is contacted.
    Contact(Channel),
    /// A meeting.
    Meeting,
    /// Somebody else is told.
    Tell,
}

impl From<&How> for Rung {
    fn from(how: &How) -> Self {
        match how {
            How::Contact(channel) => Self::Contact(*channel),
            How::Meeting => Self::Meeting,
            How::Tell(_) => Self::Tell,
        }
    }
}

impl NextStep {
    /// What it is called beside the arrow.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::GetInTouch(_) | Self::CheckIn => "get in touch",
            Self::StartLadder => "start the ladder",
            Self::MarkDone(_) => "mark as done",
            Self::AskHowItWent(_) => "ask how it went",
            Self::ContactAgain(_) => "contact again",
            Self::Meet => "meet",
            Self::Allocate => "allocate a tutor",
            Self::SayOutcome(_) => "say what came of it",
            Self::TakeStep(_, Rung::Contact(channel)) => match channel {
                Channel::Email => "send an e-mail",
                Channel::Phone => "telephone",
                Channel::Letter => "write a letter",
                Channel::Message => "send a message",
                Channel::InPassing => "talk to them",
            },
            Self::TakeStep(_, Rung::Meeting) => "ask for a meeting",
            Self::TakeStep(_, Rung::Tell) => "tell who helps",
            Self::EndLadder(_) => "end the ladder",
        }
    }
}

/// One reason: what, the evidence with its days, how soon, and what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason {
    /// What kind.
    pub kind: ReasonKind,
    /// The key of its rule: stable, in kebab-case.
    pub rule: Cow<'static, str>,
    /// Where it follows from signals, in which modules and with how many points.
    pub scored: Option<Scored>,
    /// The evidence in a tutor's words, with its days.
    pub evidence: String,
    /// Since when it holds.
    pub since: NaiveDate,
    /// How soon somebody should act.
    pub severity: Severity,
    /// What to do.
    pub next: NextStep,
}

impl Reason {
    /// The evidence of each module by itself where it holds in several, else as it is.
    pub fn in_full(&self) -> impl Iterator<Item = &str> {
        let each = self.scored.as_ref().map_or(&[][..], |scored| scored.each.as_slice());
        let whole = each.is_empty().then_some(self.evidence.as_str());
        whole.into_iter().chain(each.iter().map(|it| it.evidence.as_str()))
    }
}

/// What signals brought.
#[derive(Clone, PartialEq, Eq)]
pub struct Scored {
    /// The module; where it holds in several, the one with the most points.
    pub module: ModuleId,
    /// How many points; 0 for a rule that asks for a look.
    pub points: u8,
    /// What each says where it holds in several modules, the most points first; else empty.
    pub each: Vec<InModule>,
}

/// What signals of one of several modules brought.
#[derive(Clone, PartialEq, Eq)]
pub struct InModule {
    /// The module.
    pub module: ModuleId,
    /// How many points.
    pub points: u8,
    /// The evidence, with the module.
    pub evidence: String,
    /// Since when it holds there.
    pub since: NaiveDate,
}

/// Prints kind and day, never evidence.
impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} since {} …", self.severity, self.kind, self.since)
    }
}
