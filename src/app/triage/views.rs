//! Saved views of the triage list: a filter and an order with a name. A view is a record, so it is saved, replaced and
//! deleted as any other, and undone.

use super::{Line, Order, take_row};
use crate::{
    app::{
        command::{Command, Triage as TriageCommand},
        forms::RecordForm,
        model::Model,
        msg::Effect,
        popup::{
            FormKind, Menu, Popup,
            menu::{Then, Way},
        },
        status::Toast,
    },
    domain::{
        saved_view::{SavedView, SavedViewId},
        write::saved_view,
    },
};

/// The view that the list shows now, if it has a name.
#[must_use]
pub fn current(model: &Model) -> Option<&SavedView> {
    let triage = &model.desk.triage;
    let (filter, sort) = (triage.asked().trim(), triage.order.words());
    model.records.saved_views().find(|view| view.filter == filter && view.sort == sort)
}

/// The views, by name.
fn sorted(model: &Model) -> Vec<&SavedView> {
    let mut views: Vec<&SavedView> = model.records.saved_views().collect();
    views.sort_by_cached_key(|view| view.name.to_lowercase());
    views
}

/// What a view asks for, in words.
fn told(view: &SavedView) -> String {
    let filter = if view.filter.is_empty() { "all" } else { view.filter.as_str() };
    format!("{filter} · by {}", view.sort)
}

/// The menu of views, the one that is shown selected.
#[must_use]
pub fn menu(model: &Model) -> Menu {
    let views = sorted(model);
    let here = current(model).map(|view| view.id);
    let selected = views.iter().position(|view| Some(view.id) == here);
    let mut ways: Vec<Way> = views
        .iter()
        .map(|view| Way::new(&view.name, told(view), Then::View(Some(view.id))))
        .collect();
    ways.push(Way::new("Everybody, the most urgent first", "", Then::View(None)));
    if model.applies(Command::Triage(TriageCommand::SaveView)) {
        let save = Then::Run(Command::Triage(TriageCommand::SaveView));
        ways.push(Way::new("Save what is shown under a name", "", save));
        if !views.is_empty() {
            ways.push(Way::new("Delete a view", "", Then::ForgetViews));
        }
    }
    Menu::of("Saved views", ways, selected.unwrap_or(0))
}

/// The menu of views to delete.
#[must_use]
pub fn forget_menu(model: &Model) -> Menu {
    let way = |view: &SavedView| Way::new(&view.name, told(view), Then::ForgetView(view.id));
    let mut ways: Vec<Way> = sorted(model).into_iter().map(way).collect();
    ways.push(Way::new("None of them", "", Then::Close));
    Menu::of("Delete a view", ways, 0)
}

/// Shows a view; without one everybody, the most urgent first.
pub fn show(model: &mut Model, view: Option<SavedViewId>) -> Vec<Effect> {
    let view = view.and_then(|id| model.records.saved_views().find(|view| view.id == id)).cloned();
    let (filter, order, name) = view.map_or_else(
        || (String::new(), Order::default(), String::new()),
        |view| (view.filter, Order::parse(&view.sort), view.name),
    );
    let me = model.desk.viewer.map(|viewer| viewer.tutor);
    let triage = &mut model.desk.triage;
    triage.order = order;
    triage.line =
        (!filter.is_empty()).then(|| Line { input: filter.as_str().into(), typing: false });
    triage.keeping(|list| {
        list.order_by(order);
        list.ask(&filter, me);
    });
    take_row(model);
    if name.is_empty() { Vec::new() } else { model.tell(Toast::said(format!("view “{name}”"))) }
}

/// Deletes a view.
pub fn forget(model: &mut Model, view: SavedViewId) -> Vec<Effect> {
    model.write(|context| saved_view::delete(context, view))
}

/// Asks for the name of a new view.
pub fn ask_name(model: &mut Model) {
    model.open_form(FormKind::Record(RecordForm::View));
}

/// Asks which view is to be deleted.
pub fn ask_which(model: &mut Model) {
    let menu = forget_menu(model);
    model.popups.push(Popup::Menu(menu));
}
