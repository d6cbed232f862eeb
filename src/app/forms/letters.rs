//! The form of one letter for many students: where its files go, and who gets none.

use std::path::PathBuf;

use super::{
    letter::changed,
    parts::{commit, line},
};
use crate::{
    app::{
        form::{Choice, Field, Form},
        letters::{self, Many},
        model::Model,
        msg::{Destination, Effect, LetOut},
        popup::form::Errors,
    },
    domain::{change::Part, record::Kind, write::letter::record_all},
    exchange::letter::merge::{self, Merged, Order},
};

const MAIL: &str = "drafts for your mail program";
const TEXT: &str = "text";

pub(super) fn form(model: &Model, many: &Many) -> Form {
    let name = letters::template(model, &many.kind).map_or("Letter".to_owned(), |it| it.name);
    let title = format!("{name}, for {} students", many.students.len());
    let folder = line("folder", "Folder", &format!("~/letters-{}/", model.now.today()));
    let mut form = Form::new(
        &title,
        vec![
            folder.hint("a file for each, named by the student’s number; they are not sealed"),
            Field::new("as", "As", Choice::new([MAIL, TEXT], Some(0))),
            line("sent", "Sent", "").hint("the day on which you sent them; empty if not yet"),
        ],
    );
    form.message = match merged(model, many, merge::Form::Mail) {
        Ok(merged) if merged.refused.is_empty() => None,
        Ok(merged) => Some(refused(model, &merged)),
        Err(why) => Some(why),
    };
    form
}

/// Who gets no letter, each with the clause.
fn refused(model: &Model, merged: &Merged) -> String {
    let told = merged.refused.iter().map(|(student, why)| {
        let file = model.records.file(*student);
        format!("{}: {why}", file.map_or("", |file| &file.student.number))
    });
    let told: Vec<String> = told.collect();
    format!("{} of them get none. {}", told.len(), told.join(" "))
}

fn merged(model: &Model, many: &Many, form: merge::Form) -> Result<Merged, String> {
    let gone = || "There is no such letter.".to_owned();
    let template = letters::template(model, &many.kind).ok_or_else(gone)?;
    let source = letters::source(model, &template).map_err(|fault| fault.to_string())?;
    let order = Order {
        records: &model.records,
        policy: letters::policy(model),
        source: &source,
        letter: &template,
        meeting: many.meeting,
        form,
        now: model.now,
    };
    let slot = |student| letters::slot(model, student);
    merge::merge(&order, &many.students, slot).map_err(|fault| fault.to_string())
}

pub(super) fn submit(form: &Form, model: &mut Model, many: &Many) -> Result<Vec<Effect>, Errors> {
    let as_what = if form.value("as") == TEXT { merge::Form::Text } else { merge::Form::Mail };
    let folder = form.value("folder");
    if folder.trim().is_empty() {
        return Err(vec![("folder", "Write where they are to be saved.".to_owned())]);
    }
    let mut merged = merged(model, many, as_what).map_err(|why| vec![("", why)])?;
    if merged.files.is_empty() {
        return Err(vec![("", refused(model, &merged))]);
    }
    for (_, letter) in &mut merged.letters {
        letter.sent = form.value("sent");
    }
    let effects = commit(model, |context| record_all(context, &merged.letters))?;
    let change = effects.into_iter().find_map(changed);
    let parts = change.iter().flat_map(|change| &change.parts);
    let letters = parts.filter_map(Part::target).map(|(_, id)| id);
    let letters = letters.filter(|id| id.kind == Kind::Letter).collect();
    let to = Destination::Folder(PathBuf::from(folder.trim()));
    Ok(vec![Effect::LetOut(Box::new(LetOut { to, files: merged.files, change, letters }))])
}
