//! One letter for many students: a file each, without a name in the name of the file.

use std::{collections::BTreeSet, fmt};

use super::{Fault, Rendered, Source, render};
use crate::{
    domain::{
        letter::{Asked, Slot, may_go, told},
        meeting::MeetingId,
        policy::{Policy, Template},
        records::Records,
        student::StudentId,
        time::Now,
        write::letter::LetterInput,
    },
    exchange::mail::{Mail, eml},
};

/// As what a letter is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A draft of an e-mail.
    Mail,
    /// Plain text.
    Text,
}

impl Form {
    /// The ending of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Mail => "eml",
            Self::Text => "txt",
        }
    }
}

/// What a merge is made from.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Everything that is known.
    pub records: &'a Records,
    /// The policy, if one was chosen.
    pub policy: Option<&'a Policy>,
    /// Its template.
    pub source: &'a Source<'a>,
    /// Which letter.
    pub letter: &'a Template,
    /// The meeting that it tells of, for all of them.
    pub meeting: Option<MeetingId>,
    /// As what it is saved.
    pub form: Form,
    /// The moment.
    pub now: Now,
}

/// What a merge made.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// The files: name without folder, and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is to be recorded, in the same order.
    pub letters: Vec<(StudentId, LetterInput)>,
    /// Who gets none, and why.
    pub refused: Vec<(StudentId, String)>,
}

/// Prints how many, never what.
impl fmt::Debug for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Merged({} files, {} refused …)", self.files.len(), self.refused.len())
    }
}

/// A letter for each of the students; `slot` is what the policy expects of each next.
///
/// # Errors
/// What is wrong with the template: then there is none for anybody.
pub fn merge(
    order: &Order<'_>,
    students: &[StudentId],
    slot: impl Fn(StudentId) -> Option<Slot>,
) -> Result<Merged, Fault> {
    let mut merged = Merged::default();
    let mut taken = BTreeSet::new();
    for student in students {
        let Some(file) = order.records.file(*student) else { continue };
        let slot = slot(*student);
        let asked = Asked {
            records: order.records,
            file,
            policy: order.policy,
            letter: order.letter,
            meeting: order.meeting,
            slot: slot.as_ref(),
            risk: "",
            today: order.now.today(),
        };
        if let Some(lacks) = asked.lacks() {
            merged.refused.push((*student, lacks.to_owned()));
            continue;
        }
        let gathered = asked.gather();
        let permit = match may_go(&asked, &gathered.name, gathered.content) {
            Ok(permit) => permit,
            Err(refusal) => {
                merged.refused.push((*student, refusal.sentence()));
                continue;
            }
        };
        let letter = render(order.source, &gathered.facts)?;
        let name = file_name(&file.student.number, &order.letter.kind, order.form, &mut taken);
        let input = LetterInput {
            kind: order.letter.kind.clone(),
            meeting: gathered.meeting,
            to: gathered.to,
            subject: letter.subject,
            text: letter.text,
            told: told(&asked, &gathered.name, permit),
            ..LetterInput::default()
        };
        merged.files.push((name, bytes(order.records, &input, order.form, order.now)));
        merged.letters.push((*student, input));
    }
    Ok(merged)
}

/// The content of the file of one letter.
#[must_use]
pub fn bytes(records: &Records, letter: &LetterInput, form: Form, now: Now) -> Vec<u8> {
    match form {
        Form::Text => {
            text(&Rendered { subject: letter.subject.clone(), text: letter.text.clone() })
                .into_bytes()
        }
        Form::Mail => {
            let from = records.me();
            eml(&Mail {
                from: from.map(|me| (me.name.as_str(), me.email.as_str())),
                to: &letter.to,
                subject: &letter.subject,
                text: &letter.text,
                utc_ms: now.utc_ms,
            })
        }
    }
}

/// A letter as plain text: its subject, a blank line, its text.
#[must_use]
pub fn text(letter: &Rendered) -> String {
    format!("{}\n\n{}", letter.subject, letter.text)
}

/// `20481234-summary.eml`: letters and digits of the number alone, so that it stays in its folder.
pub fn file_name(number: &str, kind: &str, form: Form, taken: &mut BTreeSet<String>) -> String {
    let safe = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
    };
    let (number, kind) = (safe(number), safe(kind));
    let number = if number.is_empty() { "student".to_owned() } else { number };
    let mut name = format!("{number}-{kind}.{}", form.ending());
    let mut count = 2_u32;
    while !taken.insert(name.clone()) {
        name = format!("{number}-{kind}-{count}.{}", form.ending());
        count = count.saturating_add(1);
    }
    name
}
