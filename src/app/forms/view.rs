//! The form that gives a list as it is shown now a name.

use strum::VariantArray;

use super::parts::{commit, line};
use crate::{
    app::{
        form::{Choice, Field, Form},
        model::Model,
        msg::Effect,
        popup::form::Errors,
        triage::{Column, Order},
        views::{self, Look, Whose},
    },
    domain::{
        saved_view::Listed,
        tutee::Sort,
        write::saved_view::{self, SavedViewInput},
    },
};

pub(super) fn form(model: &Model, listed: Listed) -> Form {
    let (filter, sort) = views::shown(model);
    let name = views::current(model).map_or("", |view| view.name.as_str());
    let hint = "a view of the same name is replaced";
    let mut fields = vec![
        line("name", "Name", name).hint(hint).required(),
        line("filter", "Filter", &filter).hint("empty is everybody"),
    ];
    match listed {
        Listed::Triage => fields
            .push(line("sort", "Order", &sort).hint("a column; “turned” is the other way round")),
        Listed::Tutees | Listed::Pins | Listed::Tips | Listed::Columns => {
            let look = Look::of(&model.desk);
            let sorts = Sort::ALL.map(Sort::words);
            let at = Sort::ALL.iter().position(|sort| *sort == look.sort);
            fields.push(Field::new("sort", "Order", Choice::new(sorts, at)));
            let all = Whose::VARIANTS;
            let at = all.iter().position(|whose| *whose == look.whose);
            let words = all.iter().map(|whose| whose.words());
            fields.push(Field::new("whose", "Whose", Choice::new(words, at)));
        }
    }
    Form::new("Save this view", fields)
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    listed: Listed,
) -> Result<Vec<Effect>, Errors> {
    let sort = match listed {
        Listed::Triage => column(&form.value("sort"))?,
        Listed::Tutees | Listed::Pins | Listed::Tips | Listed::Columns => {
            let (sort, whose) = (form.value("sort"), form.value("whose"));
            let sort = Sort::ALL.into_iter().find(|it| it.words() == sort).unwrap_or_default();
            let whose = Whose::VARIANTS.iter().find(|it| it.words() == whose);
            Look { sort, whose: *whose.unwrap_or(&Whose::Everybody) }.words()
        }
    };
    let (name, filter) = (form.value("name"), form.value("filter"));
    let input = SavedViewInput { name, filter, sort };
    commit(model, |context| saved_view::save(context, &input))
}

/// The order that was typed, if it is the name of a column.
fn column(typed: &str) -> Result<String, Errors> {
    let sort = typed.trim().to_lowercase();
    if Order::parse(&sort).words() == sort {
        return Ok(sort);
    }
    let all: Vec<&str> = Column::VARIANTS.iter().map(|column| column.word()).collect();
    Err(vec![("sort", format!("Write one of: {}.", all.join(", ")))])
}
