//! The form that says which columns a list shows: a checklist, all that it does without kept in the profile.

use super::parts::commit;
use crate::{
    app::{
        columns::List,
        form::{Entry, Field, Form, Ticks},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::write::saved_view,
};

const FIELD: &str = "columns";

pub(super) fn form(model: &Model, list: List) -> Form {
    let hidden: Vec<&str> = model.records.kept(list.key()).collect();
    let words = vec![("☐", "hidden".to_owned()), ("☑", "shown".to_owned())];
    let shown = |word: &str| usize::from(!hidden.contains(&word));
    let lines = list.columns().into_iter().map(|(word, title)| (title, shown(&word)));
    let hint = "as many of them as there is room for";
    let field = Field::new(FIELD, "Shown", Ticks::register(words, lines)).hint(hint);
    Form::new(list.title(), vec![field])
}

pub(super) fn submit(form: &Form, model: &mut Model, list: List) -> Result<Vec<Effect>, Errors> {
    let chosen = form.field(FIELD).map_or_else(Vec::new, |field| {
        if let Entry::Ticks(ticks) = &field.entry { ticks.chosen() } else { Vec::new() }
    });
    let columns = list.columns().into_iter().zip(chosen);
    let hidden: Vec<String> =
        columns.filter(|(_, shown)| *shown == 0).map(|((word, _), _)| word).collect();
    let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
    commit(model, |context| saved_view::hide_columns(context, list.key(), &hidden))
}
