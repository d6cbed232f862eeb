//! The rules of a policy in words, each as a list of what it says: shown as they are, and compared with another's.

use super::years;
use crate::domain::{
    policy::{
        Choice, Clause, Duty, LadderRule, Policy, RecipientKind, ShareRule, Step, Template,
        TutorDuty, What,
    },
    word::Choice as _,
};

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Among which rules it stands.
    pub section: &'static str,
    /// Its name among them.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it says: the name of each part, and its words.
    pub parts: Vec<(String, String)>,
}

/// The section of the clauses, which stand beside the rules where these are shown.
pub(super) const CLAUSES: &str = "Clauses";

/// Every rule, in the order in which they are shown.
pub(super) fn all(policy: &Policy) -> Vec<Rule> {
    let mut rules = choices(policy);
    rules.extend(policy.duties.iter().map(|it| duty(policy, it)));
    rules.extend(policy.tutor_duties.iter().map(|it| tutor_duty(policy, it)));
    rules.extend(policy.ladders.iter().map(|it| ladder(policy, it)));
    rules.push(unspoken(policy));
    rules.extend(policy.sharing.rules.iter().map(|it| share(policy, it)));
    rules.extend(policy.letters.iter().map(|it| letter(policy, it)));
    rules.extend(policy.years.iter().map(years::rule));
    rules.extend(policy.clauses.iter().map(clause));
    rules
}

/// What a rule says, empty parts left out.
pub(super) struct Parts(pub Vec<(String, String)>);

impl Parts {
    /// Adds a part that says something.
    pub fn with(mut self, name: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.0.push((name.to_owned(), words));
        }
        self
    }

    /// Begins with the clause, as it is cited, and what it says.
    fn of(policy: &Policy, clause: &str) -> Self {
        let says = policy.says(clause).unwrap_or_default();
        let cited = policy.cited(clause);
        Self(Vec::new())
            .with("clause", if says.is_empty() { cited } else { format!("{cited}: {says}") })
    }
}

fn choices(policy: &Policy) -> Vec<Rule> {
    let note = policy.confidentiality.value.words().to_owned();
    let reply = days(policy.reply_days.value, "working ");
    let mut rules = vec![
        choice(policy, ("confidentiality", "A new note"), &policy.confidentiality, note),
        choice(policy, ("reply-days", "An answer to a message"), &policy.reply_days, reply),
    ];
    if let Some(follow_up) = &policy.follow_up_days {
        let words = days(follow_up.value, "");
        let name = ("follow-up-days", "How it went, asked after a referral");
        rules.push(choice(policy, name, follow_up, words));
    }
    if let Some(drop) = &policy.sudden_drop {
        let words = format!("at most {} % of the usual active days", drop.value);
        let name = ("sudden-drop", "A sudden drop, told beside other reasons");
        rules.push(choice(policy, name, drop, words));
    }
    rules
}

fn choice<T>(policy: &Policy, name: (&str, &str), choice: &Choice<T>, words: String) -> Rule {
    Rule {
        section: "Choices",
        name: name.0.into(),
        title: name.1.into(),
        parts: Parts::of(policy, &choice.clause).with("is", words).with("why", &choice.why).0,
    }
}

fn duty(policy: &Policy, duty: &Duty) -> Rule {
    let mut parts = Parts::of(policy, &duty.clause)
        .with("for", duty.who.words())
        .with("asks", duty.what.words())
        .with("when", duty.when.words());
    if let Some(late) = duty.late_days {
        parts = parts.with("who comes late", format!("within {} of the first day", days(late, "")));
    }
    if duty.by.is_some() {
        parts = parts.with("by", duty.by_words());
    }
    if let What::Slot(slot) = &duty.what {
        let minutes = slot.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        parts = parts
            .with("also", &slot.other)
            .with("go through", slot.checklist.join("; "))
            .with("minutes", minutes);
    }
    Rule {
        section: "Duties to students",
        name: duty.code.clone(),
        title: duty.name.clone(),
        parts: parts.with("why", &duty.why).0,
    }
}

fn tutor_duty(policy: &Policy, duty: &TutorDuty) -> Rule {
    let parts = Parts::of(policy, &duty.clause)
        .with("for", duty.role_words())
        .with("asks", duty.what.words())
        .with("why", &duty.why);
    Rule {
        section: "Duties of tutors",
        name: duty.code.clone(),
        title: duty.name.clone(),
        parts: parts.0,
    }
}

fn ladder(policy: &Policy, ladder: &LadderRule) -> Rule {
    let mut parts = Parts::of(policy, &ladder.clause);
    for (place, step) in ladder.steps.iter().enumerate() {
        parts = parts.with(&format!("step {}", place + 1), step_words(policy, step));
    }
    Rule {
        section: "Ladders",
        name: ladder.code.clone(),
        title: ladder.name.clone(),
        parts: parts.with("why", &ladder.why).0,
    }
}

fn step_words(policy: &Policy, step: &Step) -> String {
    let mut words = format!("{}: {}", step.name, step.how.words());
    if !step.letter.is_empty() {
        words = format!("{words}, with the letter {}", step.letter);
    }
    if step.wait > 0 {
        words = format!("{words}; then {}", days(step.wait, "working "));
    }
    if !step.clause.is_empty() {
        words = format!("{words} ({})", policy.cited(&step.clause));
    }
    words
}

fn unspoken(policy: &Policy) -> Rule {
    let sharing = &policy.sharing;
    let content = if sharing.content_needs_consent { "only with permission" } else { "yes" };
    let parts = Parts::of(policy, &sharing.clause)
        .with("may be told", "with written permission")
        .with("content kept", content)
        .with("why", &sharing.why);
    Rule {
        section: "Sharing",
        name: "unspoken".into(),
        title: "What no rule speaks of".into(),
        parts: parts.0,
    }
}

fn share(policy: &Policy, rule: &ShareRule) -> Rule {
    let to: Vec<&str> = rule.to.iter().map(|to| to.words()).collect();
    let what: Vec<&str> = rule.what.iter().map(|what| what.words()).collect();
    let to = if to.is_empty() { "anybody".into() } else { to.join(", ") };
    let what = if what.is_empty() { "anything".into() } else { what.join("; ") };
    let parts = Parts::of(policy, &rule.clause)
        .with("may be told", rule.may.words())
        .with("why", &rule.why);
    let title = format!("To {to}: {what}");
    Rule { section: "Sharing", name: String::new(), title, parts: parts.0 }
}

fn letter(policy: &Policy, letter: &Template) -> Rule {
    let to: RecipientKind = letter.to;
    let parts = Parts::of(policy, &letter.clause)
        .with("to", to.words())
        .with("text", &letter.file)
        .with("for", &letter.system);
    Rule {
        section: "Letters",
        name: letter.kind.clone(),
        title: letter.name.clone(),
        parts: parts.0,
    }
}

fn clause(clause: &Clause) -> Rule {
    let parts = Parts(Vec::new()).with("says", &clause.says);
    Rule { section: CLAUSES, name: clause.id.clone(), title: String::new(), parts: parts.0 }
}

/// `1 working day`, `14 days`.
fn days(number: impl Into<u32>, kind: &str) -> String {
    match number.into() {
        1 => format!("1 {kind}day"),
        many => format!("{many} {kind}days"),
    }
}
