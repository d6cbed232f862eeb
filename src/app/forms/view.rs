//! The form that gives the triage list as it is shown now a name.

use strum::VariantArray;

use super::parts::{commit, line};
use crate::{
    app::{
        form::Form,
        model::Model,
        msg::Effect,
        popup::form::Errors,
        triage::{Column, Order, views},
    },
    domain::write::saved_view::{self, SavedViewInput},
};

pub(super) fn form(model: &Model) -> Form {
    let triage = &model.desk.triage;
    let name = views::current(model).map_or("", |view| view.name.as_str());
    let hint = "a view of the same name is replaced";
    let fields = vec![
        line("name", "Name", name).hint(hint).required(),
        line("filter", "Filter", triage.asked().trim()).hint("empty is everybody"),
        line("sort", "Order", &triage.order.words())
            .hint("a column; “turned” is the other way round"),
    ];
    Form::new("Save this view", fields)
}

pub(super) fn submit(form: &Form, model: &mut Model) -> Result<Vec<Effect>, Errors> {
    let sort = form.value("sort").trim().to_lowercase();
    if Order::parse(&sort).words() != sort {
        let all: Vec<&str> = Column::VARIANTS.iter().map(|column| column.word()).collect();
        return Err(vec![("sort", format!("Write one of: {}.", all.join(", ")))]);
    }
    let (name, filter) = (form.value("name"), form.value("filter"));
    let input = SavedViewInput { name, filter, sort };
    commit(model, |context| saved_view::save(context, &input))
}
