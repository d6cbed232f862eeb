//! Letters in the program: which there are for the student in hand, what they say, and whether they may go.

use std::collections::BTreeSet;

use super::forms::RecordForm;
use super::model::Model;
use super::msg::Effect;
use super::popup::FormKind;
use super::popup::menu::{Menu, Then, Way};
use super::status::Toast;
use crate::domain::{
    access::Refusal,
    letter::{
        Asked, Gathered, Letter, LetterId, Slot, Told, kind, kinds, may_go, next_slot, of_gate,
        told,
    },
    meeting::MeetingId,
    policy::{Content, Policy, RecipientKind, Template},
    student::StudentId,
    write::disclosure,
};
use crate::exchange::letter::{
    self, Fault, Rendered, Source,
    merge::{Form, file_name},
};

/// A letter that is being written, or one that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// About whom.
    pub student: StudentId,
    /// Which kind.
    pub kind: String,
    /// The meeting that it tells of.
    pub meeting: Option<MeetingId>,
    /// The letter, if it is kept already.
    pub letter: Option<LetterId>,
}

/// One letter for many students.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    /// Who.
    pub students: Vec<StudentId>,
    /// Which kind.
    pub kind: String,
    /// The meeting that it tells of, for all of them.
    pub meeting: Option<MeetingId>,
}

/// What a template makes of the records, and whether it may go.
pub struct Made {
    /// The letter, or what is wrong with its template.
    pub text: Result<Rendered, Fault>,
    /// What it says and leaves out.
    pub gathered: Gathered,
    /// The clause that lets it go, or why it may not.
    pub may: Result<String, Refusal>,
}

/// The policy in use.
#[must_use]
pub fn policy(model: &Model) -> Option<&Policy> {
    model.rules.policy.as_deref()
}

/// The template of a letter: the user's own, that of the policy, the general one.
///
/// # Errors
/// When there is none.
pub fn source<'a>(model: &'a Model, template: &Template) -> Result<Source<'a>, Fault> {
    let own = model.rules.packs.letter(&template.file);
    letter::find(own, policy(model).map_or("", |policy| &policy.code), template)
}

/// The template of this kind.
#[must_use]
pub fn template(model: &Model, code: &str) -> Option<Template> {
    kind(policy(model), code)
}

/// The template of this kind, if its text is there.
#[must_use]
pub fn ready(model: &Model, code: &str) -> Option<Template> {
    template(model, code).filter(|template| source(model, template).is_ok())
}

/// A letter about a student, as the records are now. None if there is no such letter or student.
#[must_use]
pub fn make(model: &Model, writing: &Writing) -> Option<Made> {
    let template = template(model, &writing.kind)?;
    let slot = slot(model, writing.student);
    let asked = asked(model, writing.student, &template, writing.meeting)?;
    let asked = Asked { slot: slot.as_ref(), ..asked };
    let gathered = asked.gather();
    let may = may_go(&asked, &gathered.name, gathered.content).map(|permit| permit.clause);
    let text = source(model, &template).and_then(|it| letter::render(&it, &gathered.facts));
    Some(Made { text, gathered, may })
}

/// Opens the form of a letter that is new, or says why it has nothing to tell of.
pub fn write(model: &mut Model, writing: Writing) -> Vec<Effect> {
    if let Some(lacks) = lacks(model, &writing) {
        return model.tell(Toast::said(lacks));
    }
    model.open_form(FormKind::Record(RecordForm::Letter(writing)));
    Vec::new()
}

/// Why a letter has nothing to tell of, in a sentence.
fn lacks(model: &Model, writing: &Writing) -> Option<&'static str> {
    let template = template(model, &writing.kind)?;
    asked(model, writing.student, &template, writing.meeting)?.lacks()
}

/// Why a letter may not go.
pub enum Kept {
    /// There is no such letter any more, in a sentence.
    Gone(String),
    /// The gate refused it.
    Refused(Box<Refused>),
}

/// What the gate refused of a letter.
pub struct Refused {
    /// What it was asked.
    pub asked: disclosure::Asked,
    /// Why it refused.
    pub refusal: Refusal,
    /// Whether it is what somebody wrote into the letter that may not go.
    pub own_words: bool,
}

impl Kept {
    /// The same as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Gone(sentence) => sentence.clone(),
            Self::Refused(refused) if refused.own_words => {
                let why = refused.refusal.sentence();
                format!("What you wrote yourself may not go there. {why}")
            }
            Self::Refused(refused) => refused.refusal.sentence(),
        }
    }
}

/// Whether a letter may go with the text that it has now, and what is recorded of it then. What somebody typed
/// counts as what was said. `to` is who gets it where the records do not say; `risk` is why somebody is at serious
/// risk, empty if nobody is.
///
/// # Errors
/// Why it may not.
pub fn may_go_as(
    model: &Model,
    writing: &Writing,
    typed: &Rendered,
    (to, risk): (&str, &str),
) -> Result<Option<Told>, Kept> {
    let gone =
        || Kept::Gone("There is no such letter in the policy that is chosen now.".to_owned());
    let template = template(model, &writing.kind).ok_or_else(gone)?;
    let made = make(model, writing).ok_or_else(gone)?;
    let asked = asked(model, writing.student, &template, writing.meeting).ok_or_else(gone)?;
    let asked = Asked { risk, ..asked };
    let as_made = made.text.is_ok_and(|made| made == *typed);
    let content = if as_made || template.to == RecipientKind::Student {
        made.gathered.content
    } else {
        Content::Substance
    };
    let to = to.split('<').next().unwrap_or_default().trim();
    let name = if made.gathered.name.is_empty() { to } else { &made.gathered.name };
    match may_go(&asked, name, content) {
        Ok(permit) => Ok(told(&asked, name, permit)),
        Err(refusal) => Err(Kept::Refused(Box::new(Refused {
            asked: of_gate(&asked, name, content),
            refusal,
            own_words: content != made.gathered.content,
        }))),
    }
}

/// The next meeting that the policy expects of this student.
#[must_use]
pub fn slot(model: &Model, student: StudentId) -> Option<Slot> {
    let plan = model.rules.plan.as_deref()?;
    next_slot(plan, &model.records, model.records.file(student)?, model.now.today())
}

/// Whether a letter that is kept may go once more, as it is, without anything to record.
///
/// # Errors
/// Why it may not.
pub fn may_copy(model: &Model, letter: &Letter) -> Result<(), String> {
    let writing = Writing {
        student: letter.student,
        kind: letter.kind.clone(),
        meeting: letter.meeting,
        letter: Some(letter.id),
    };
    let (subject, text) = (letter.subject.clone(), format!("{}\n", letter.text.trim_end()));
    let text = Rendered { subject, text };
    match may_go_as(model, &writing, &text, (&letter.to, "")).map_err(|kept| kept.sentence())? {
        None => Ok(()),
        // What is told to others is recorded: the form of the letter does that.
        Some(_) => Err("Open the letter to copy it: what is passed on is recorded.".to_owned()),
    }
}

fn asked<'a>(
    model: &'a Model,
    student: StudentId,
    letter: &'a Template,
    meeting: Option<MeetingId>,
) -> Option<Asked<'a>> {
    Some(Asked {
        records: &model.records,
        file: model.records.file(student)?,
        policy: policy(model),
        letter,
        meeting,
        slot: None,
        risk: "",
        today: model.now.today(),
    })
}

/// Where a letter would be saved: a name without a name in it.
#[must_use]
pub fn path(model: &Model, student: StudentId, kind: &str, form: Form) -> String {
    let number = model.records.file(student).map_or("", |file| &file.student.number);
    format!("~/{}", file_name(number, kind, form, &mut BTreeSet::new()))
}

/// The menu of letters for a student, or for many.
#[must_use]
pub fn menu(model: &Model, students: &[StudentId], meeting: Option<MeetingId>) -> Menu {
    let policy = policy(model);
    let way = |template: Template| {
        let then = match students {
            [student] => Then::Letter(Writing {
                student: *student,
                kind: template.kind.clone(),
                meeting,
                letter: None,
            }),
            many => Then::Letters(Many {
                students: many.to_vec(),
                kind: template.kind.clone(),
                meeting,
            }),
        };
        let hint = policy.map(|policy| policy.cited(&template.clause)).unwrap_or_default();
        Way { label: template.name, hint, then }
    };
    let title = match students {
        [student] => match model.records.file(*student) {
            Some(file) => format!("Letters · {}", file.student.name.shown()),
            None => "Letters".to_owned(),
        },
        many => format!("Letters for {} students", many.len()),
    };
    Menu::letters(title, kinds(policy).into_iter().map(way).collect())
}

#[cfg(test)]
mod tests;
