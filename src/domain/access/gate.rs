//! The gate that everything passes before it leaves: the policy's rules in their order, the student's
//! consents, and for each refusal the clause and what would be needed.

use std::fmt;

use chrono::NaiveDate;
use thiserror::Error;

use super::consented;
use crate::domain::{
    consent::ConsentId,
    disclosure::Basis,
    file::StudentFile,
    note::Confidentiality,
    policy::{Content, Permission, Policy, RecipientKind},
    word::Choice,
};

/// To whom something would go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Recipient<'a> {
    /// The viewer's own take-out, on their own machine.
    Myself,
    /// Somebody else: of which kind, and by the name that a consent would give. The name may be empty where
    /// the kind says who it is.
    Other(RecipientKind, &'a str),
}

impl Recipient<'_> {
    /// The student whom it is about.
    pub const STUDENT: Self = Self::Other(RecipientKind::Student, "");

    /// Who it is, in words: `Dr Ravi Menon (programme leader)`, `the registry`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Myself => "yourself".into(),
            Self::Other(RecipientKind::Student, _) => "the student".into(),
            Self::Other(RecipientKind::Outside, "") => "anybody outside".into(),
            Self::Other(kind, "") => format!("the {}", kind.words()),
            Self::Other(
                RecipientKind::Service
                | RecipientKind::CentralSystem
                | RecipientKind::Process
                | RecipientKind::EngagementTeam
                | RecipientKind::Outside,
                name,
            ) => (*name).to_owned(),
            Self::Other(kind, name) if consented::is_office(*kind, name) => {
                format!("the {}", kind.words())
            }
            Self::Other(kind, name) => format!("{name} ({})", kind.words()),
        }
    }
}

impl Recipient<'_> {
    /// The same as it stands in a record, without an article: `registry`.
    #[must_use]
    pub fn recorded(&self) -> String {
        let words = self.words();
        words.strip_prefix("the ").map(str::to_owned).unwrap_or(words)
    }
}

/// Prints the kind, never the name.
impl fmt::Debug for Recipient<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Myself => f.write_str("Myself"),
            Self::Other(kind, _) => write!(f, "{kind:?} …"),
        }
    }
}

/// One way out: to whom, for what, when.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Exit<'a> {
    /// To whom.
    pub recipient: Recipient<'a>,
    /// For what, in the words that a consent would use.
    pub purpose: &'a str,
    /// On which day.
    pub day: NaiveDate,
}

/// Prints recipient and day, never the purpose.
impl fmt::Debug for Exit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exit({:?} on {} …)", self.recipient, self.day)
    }
}

/// That something may leave, and what allows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    /// What allows it.
    pub basis: Basis,
    /// The clause as it is cited; empty where no policy speaks of it.
    pub clause: String,
    /// The student's consent, where it is that which allows it.
    pub consent: Option<ConsentId>,
}

/// Why something may not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Why {
    /// Its level keeps it from this recipient.
    #[error("this note is {}", .0.words())]
    Confidential(Confidentiality),
    /// What was told of a student is for their tutors.
    #[error("this is for the tutors of the student and for senior tutors")]
    Tutors,
    /// What a person raised is not for the student as it stands.
    #[error("a concern does not go to the student as it was raised")]
    Concern,
    /// The student has not consented to this recipient and purpose.
    #[error("the student has not consented to this recipient and purpose")]
    NoConsent,
    /// The same, and only a consent in writing would do.
    #[error("the student has not consented in writing to this recipient and purpose")]
    NoWrittenConsent,
    /// The policy does not allow it at all.
    #[error("the policy does not allow it")]
    Never,
}

/// A refusal, with all that a tutor needs to go on.
#[derive(Clone, PartialEq, Eq, Error)]
#[error("{}", self.sentence())]
pub struct Refusal {
    /// Why.
    pub why: Why,
    /// The clause as it is cited: `LJMU 10`; empty where no policy speaks of it.
    pub clause: String,
    /// What the clause says, in one line.
    pub says: String,
    /// What would be needed, in a sentence.
    pub needed: String,
}

impl Refusal {
    /// Whether a serious risk to somebody would allow it, with its reason, all the same. What a level of
    /// confidentiality holds back stays.
    #[must_use]
    pub const fn gives_way_to_risk(&self) -> bool {
        matches!(self.why, Why::NoConsent | Why::NoWrittenConsent | Why::Never)
    }

    /// Clause, meaning and need in one paragraph.
    #[must_use]
    pub fn sentence(&self) -> String {
        let cited = if self.clause.is_empty() {
            self.says.clone()
        } else {
            format!("{}: {}", self.clause, self.says)
        };
        [cited.as_str(), self.needed.as_str()].join(" ").trim().to_owned()
    }
}

/// Prints why and by which clause, never to whom or for what.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal({:?}, {:?} …)", self.why, self.clause)
    }
}

/// Whether such content of this student may leave this way. Without a policy nothing goes to others without
/// consent. Levels of confidentiality come first: see [`super::record_may_leave`].
///
/// # Errors
/// Why it may not, by which clause, and what would be needed.
pub fn may_leave(
    policy: Option<&Policy>,
    file: &StudentFile,
    content: Content,
    exit: &Exit<'_>,
) -> Result<Permit, Refusal> {
    let Recipient::Other(kind, _) = exit.recipient else { return Ok(by(String::new())) };
    let (may, clause) = decided(policy, kind, content);
    let cited = policy.map(|policy| policy.cited(clause)).unwrap_or_default();
    let written = match may {
        Permission::Allowed => return Ok(by(cited)),
        Permission::Consent => false,
        Permission::WrittenConsent => true,
        Permission::Never => return Err(refusal(policy, Why::Never, clause, never())),
    };
    if let Some(given) = consented::consent(file, exit, written) {
        return Ok(Permit { basis: Basis::Consent, clause: cited, consent: Some(given.id) });
    }
    let why = if written { Why::NoWrittenConsent } else { Why::NoConsent };
    Err(refusal(policy, why, clause, needed(file, exit, written)))
}

/// The consent that would be needed, and what the nearest one lacks.
fn needed(file: &StudentFile, exit: &Exit<'_>, written: bool) -> String {
    let purpose = exit.purpose.trim();
    let mut needed = format!(
        "Needed: the student's {}consent to tell {} for {}.",
        if written { "written " } else { "" },
        exit.recipient.words(),
        if purpose.is_empty() { "this purpose" } else { purpose },
    );
    if let Some(nearest) = consented::nearest(file, exit) {
        needed.extend([" ", &nearest]);
    }
    needed
}

/// What the policy asks for, and the clause that asks it. Who the record is about may have it unless a rule
/// says otherwise; what no rule speaks of needs permission in writing.
fn decided(policy: Option<&Policy>, kind: RecipientKind, what: Content) -> (Permission, &str) {
    let rule = policy.and_then(|policy| policy.sharing.rule(kind, what));
    match (policy, rule) {
        (_, Some(rule)) => (rule.may, &rule.clause),
        (_, None) if kind == RecipientKind::Student => (Permission::Allowed, ""),
        (Some(policy), None) => (Permission::WrittenConsent, &policy.sharing.clause),
        (None, None) if matches!(kind, RecipientKind::SeniorTutor | RecipientKind::NewTutor) => {
            (Permission::Allowed, "")
        }
        (None, None) => (Permission::Consent, ""),
    }
}

pub(super) fn refusal(policy: Option<&Policy>, why: Why, clause: &str, needed: String) -> Refusal {
    let says = policy.and_then(|policy| policy.says(clause)).unwrap_or(match why {
        Why::NoConsent | Why::NoWrittenConsent => {
            "Nothing about a student goes to others without the student's consent."
        }
        Why::Never => "The policy does not allow this.",
        Why::Concern => "A concern does not go to the student as it was raised.",
        Why::Tutors => "This is for the tutors of the student and for senior tutors.",
        Why::Confidential(_) => "",
    });
    let clause = policy.map(|policy| policy.cited(clause)).unwrap_or_default();
    Refusal { why, clause, says: says.to_owned(), needed }
}

fn by(clause: String) -> Permit {
    Permit { basis: Basis::Policy, clause, consent: None }
}

fn never() -> String {
    "No consent would change that: only a serious risk to somebody would.".into()
}
