//! The form of a concern or praise.

use super::{
    parts::{choice, commit, day, line, text, title},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        flag::{FlagId, FlagKind, Urgency},
        student::StudentId,
        word::Choice,
        write::flag::{self, FlagInput},
    },
};

pub(super) fn form(
    model: &Model,
    student: StudentId,
    (kind, which): (FlagKind, Which<FlagId>),
) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)).map(|held| FlagInput::of(held)),
        Which::New => None,
    };
    let edited = old.is_some();
    let input = old.unwrap_or_else(|| FlagInput {
        on: "today".into(),
        urgency: Urgency::Soon.words().into(),
        ..FlagInput::default()
    });
    let what = match kind {
        FlagKind::Concern => "Concern",
        FlagKind::Praise => "Praise",
    };
    let by = line("raised-by", "Raised by", &input.raised_by).hint("empty if it is you");
    let mut fields = vec![text("text", "What", &input.text), day("on", "When", &input.on), by];
    if kind == FlagKind::Concern {
        fields.push(choice::<Urgency>("urgency", "Urgency", &input.urgency));
        if edited {
            fields.push(
                text("closed", "What came of it", &input.closed)
                    .hint("writing this closes the concern"),
            );
            fields.push(day("closed-on", "Closed on", &input.closed_on).hint("empty is today"));
        }
    }
    Form::new(&title(model, what, student), fields)
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    (kind, which): (FlagKind, Which<FlagId>),
) -> Result<Vec<Effect>, Errors> {
    let input = FlagInput {
        on: form.value("on"),
        raised_by: form.value("raised-by"),
        text: form.value("text"),
        urgency: form.value("urgency"),
        closed: form.value("closed"),
        closed_on: form.value("closed-on"),
    };
    commit(model, |context| match which {
        Which::New => flag::add(context, student, kind, &input),
        Which::Edit(id) => flag::edit(context, student, id, &input),
    })
}
