//! What a placeholder of a letter may name. Every value is a text or a list of texts, empty where nothing is
//! known, so that a template can ask `{% if meeting.place %}` and never prints a word of the program's own.

use serde::Serialize;

/// Everything that a letter can say. Personal text: it is never printed by `Debug`, it has none.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Facts {
    /// The student.
    pub student: Studying,
    /// The student's tutor.
    pub tutor: Person,
    /// The tutor before.
    pub previous: Person,
    /// Who writes.
    pub sender: Person,
    /// The senior tutor of the school.
    pub senior: Person,
    /// The university.
    pub university: String,
    /// The day of the letter.
    pub today: String,
    /// The meeting that the letter tells of.
    pub meeting: Met,
    /// The next planned meeting.
    pub next: Met,
    /// The next meeting that the policy expects.
    pub slot: Slot,
    /// Meetings that were missed, the latest first.
    pub missed: Vec<Met>,
    /// Meetings that were held, the latest first.
    pub meetings: Vec<Met>,
    /// What was agreed.
    pub actions: Vec<Agreed>,
    /// Notes, as far as they may go to the recipient.
    pub notes: Vec<String>,
    /// The latest referral.
    pub referral: Referred,
    /// Whom the policy names as those who help.
    pub services: Vec<String>,
    /// The policy.
    pub policy: Rule,
}

/// A student and what they study.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Studying {
    /// The name as the student wants it.
    pub name: String,
    /// What one says to the student.
    pub first: String,
    /// Student number.
    pub number: String,
    /// Pronouns.
    pub pronouns: String,
    /// University address.
    pub email: String,
    /// Programme.
    pub programme: String,
    /// Level.
    pub level: String,
    /// Mode of study.
    pub mode: String,
    /// School.
    pub school: String,
}

/// A tutor.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Person {
    /// Name, with title.
    pub name: String,
    /// Address.
    pub email: String,
    /// `Personal Tutor` or `Senior Tutor`.
    pub role: String,
    /// Since when, for the student's tutor.
    pub from: String,
}

/// A meeting.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Met {
    /// `Monday 12 October 2026`.
    pub day: String,
    /// `14:30`.
    pub time: String,
    /// How long.
    pub minutes: String,
    /// `in person`, `online`, `phone`.
    pub how: String,
    /// Room or link.
    pub place: String,
    /// `1-2-1` or `group`.
    pub format: String,
    /// Main focus.
    pub focus: String,
    /// `held`, `missed without notice`.
    pub outcome: String,
}

/// A meeting that the policy expects.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Slot {
    /// What it is called.
    pub name: String,
    /// The first day of its time.
    pub from: String,
    /// The last day of its time.
    pub to: String,
}

/// Something agreed.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Agreed {
    /// What.
    pub what: String,
    /// Who does it, by name.
    pub who: String,
    /// Until when.
    pub due: String,
}

/// A referral.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Referred {
    /// To which service.
    pub service: String,
    /// When.
    pub day: String,
    /// Why, as far as it may be told.
    pub reason: String,
    /// When the tutor asks how it went.
    pub ask: String,
}

/// What the policy says about this letter.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rule {
    /// The document.
    pub document: String,
    /// The clause that asks for the letter, as it is cited.
    pub clause: String,
    /// What it says.
    pub says: String,
    /// The system that keeps the central record.
    pub system: String,
}

/// A placeholder and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// As it is written: `student.first`.
    pub name: &'static str,
    /// What it stands for.
    pub means: &'static str,
}

const fn named(name: &'static str, means: &'static str) -> Named {
    Named { name, means }
}

/// Every placeholder. A list is gone through with `{% for it in actions %}`.
#[rustfmt::skip]
pub const NAMES: &[Named] = &[
    named("student.name",      "the student, as they want to be called"),
    named("student.first",     "what one says to the student: Dear …"),
    named("student.number",    "student number"),
    named("student.pronouns",  "pronouns, if given"),
    named("student.email",     "the student's university address"),
    named("student.programme", "programme"),
    named("student.level",     "level"),
    named("student.mode",      "full-time, part-time, distance learning"),
    named("student.school",    "school"),
    named("tutor.name",        "the student's tutor"),
    named("tutor.email",       "the tutor's address"),
    named("tutor.role",        "Personal Tutor or Senior Tutor"),
    named("tutor.from",        "the day from which this is the tutor"),
    named("previous.name",     "the tutor before"),
    named("previous.email",    "the address of the tutor before"),
    named("previous.role",     "Personal Tutor or Senior Tutor"),
    named("previous.from",     "the day from which that was the tutor"),
    named("sender.name",       "who writes: you"),
    named("sender.email",      "your address"),
    named("sender.role",       "Personal Tutor or Senior Tutor"),
    named("sender.from",       "empty"),
    named("senior.name",       "the senior tutor of the school, if known"),
    named("senior.email",      "the senior tutor's address"),
    named("senior.role",       "Senior Tutor"),
    named("senior.from",       "empty"),
    named("university",        "the university"),
    named("today",             "the day of the letter"),
    named("meeting.day",       "the meeting that the letter tells of: its day"),
    named("meeting.time",      "its time, if written down"),
    named("meeting.minutes",   "how long it took"),
    named("meeting.how",       "in person, online or by phone"),
    named("meeting.place",     "room or link"),
    named("meeting.format",    "1-2-1 or group"),
    named("meeting.focus",     "what it was mainly about"),
    named("meeting.outcome",   "held, missed without notice …"),
    named("next.day",          "the next planned meeting: its day"),
    named("next.time",         "its time"),
    named("next.minutes",      "how long it will take"),
    named("next.how",          "in person, online or by phone"),
    named("next.place",        "room or link"),
    named("next.format",       "1-2-1 or group"),
    named("next.focus",        "what it will mainly be about"),
    named("next.outcome",      "planned"),
    named("slot.name",         "the next meeting that the policy expects"),
    named("slot.from",         "the first day for it"),
    named("slot.to",           "the last day for it"),
    named("missed",            "list of missed meetings, the latest first: .day .time …"),
    named("meetings",          "list of meetings held, the latest first: .day .format .how .focus …"),
    named("actions",           "list of what was agreed: .who .what .due"),
    named("notes",             "list of notes, as far as they may go to the recipient"),
    named("referral.service",  "the latest referral: to whom"),
    named("referral.day",      "its day"),
    named("referral.reason",   "why, as far as it may be told"),
    named("referral.ask",      "when you ask how it went"),
    named("services",          "list of those who help, as the policy names them"),
    named("policy.document",   "the policy's title"),
    named("policy.clause",     "the clause that asks for this letter"),
    named("policy.says",       "what the clause says"),
    named("policy.system",     "the system that keeps the central record"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn paths(value: &Value, at: &str, all: &mut BTreeSet<String>) {
        match value.as_object() {
            Some(fields) => {
                for (name, value) in fields {
                    let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                    paths(value, &path, all);
                }
            }
            None => _ = all.insert(at.to_owned()),
        }
    }

    #[test]
    fn every_fact_has_a_name_and_every_name_a_fact() {
        let mut facts = BTreeSet::new();
        paths(&serde_json::to_value(Facts::default()).unwrap(), "", &mut facts);
        let names: BTreeSet<String> = NAMES.iter().map(|it| it.name.to_owned()).collect();
        assert_eq!(facts, names);
        assert_eq!(names.len(), NAMES.len());
    }
}
