//! Saved views: a filter and an order with a name, of the triage list or of the list of tutees. A view is a record, so it is
//! saved, replaced and deleted as any other, and undone.

use super::{
    command::{Command, Roll},
    desk::Desk,
    forms::RecordForm,
    model::{Model, View},
    msg::Effect,
    pane,
    popup::{
        FormKind, Menu, Popup,
        menu::{Then, Way},
    },
    status::Toast,
    triage::{self, Order},
};
use crate::domain::{
    records::Records,
    saved_view::{Listed, SavedView, SavedViewId},
    tutee::{Scope, Sort},
    write::saved_view,
};

/// How the list of tutees is looked at: in which order, and whose students.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// By what it is sorted.
    pub sort: Sort,
    /// Whose students.
    pub whose: Whose,
}

/// Whose students a list of tutees shows, whoever looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum Whose {
    /// Those of the tutor who looks.
    Mine,
    /// Those of their school.
    School,
    /// All.
    Everybody,
}

impl Whose {
    /// The words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Mine => "my tutees",
            Self::School => "my school",
            Self::Everybody => "everybody",
        }
    }

    /// The same for who works here; everybody where nobody or no school is known.
    fn scope(self, records: &Records) -> Scope {
        let me = records.me();
        let school = me.map(|me| me.school.clone()).filter(|school| !school.is_empty());
        match (self, me, school) {
            (Self::Mine, Some(me), _) => Scope::MyTutees(me.id),
            (Self::School, _, Some(school)) => Scope::MySchool(school),
            (Self::Mine | Self::School | Self::Everybody, ..) => Scope::All,
        }
    }
}

impl Look {
    /// How the desk shows its tutees now.
    #[must_use]
    pub fn of(desk: &Desk) -> Self {
        let whose = match desk.scope {
            Scope::MyTutees(_) => Whose::Mine,
            Scope::MySchool(_) => Whose::School,
            Scope::All => Whose::Everybody,
        };
        Self { sort: desk.tutees.sort(), whose }
    }

    /// The words for it in a saved view.
    #[must_use]
    pub fn words(self) -> String {
        format!("{} {}, {}", SavedView::TUTEES, self.sort.words(), self.whose.words())
    }

    /// The look of which these are the words; none if they are of none.
    #[must_use]
    pub fn parse(words: &str) -> Option<Self> {
        let (sort, whose) = words.strip_prefix(SavedView::TUTEES)?.trim_start().split_once(", ")?;
        let sort = Sort::ALL.into_iter().find(|it| it.words() == sort)?;
        let mut all = <Whose as strum::VariantArray>::VARIANTS.iter();
        Some(Self { sort, whose: *all.find(|it| it.words() == whose)? })
    }
}

/// Which list the keys speak of.
#[must_use]
pub const fn listed(model: &Model) -> Listed {
    match model.view {
        View::Triage => Listed::Triage,
        View::Desk | View::Meetings => Listed::Tutees,
    }
}

/// The filter and the order of the list as it is shown now.
#[must_use]
pub fn shown(model: &Model) -> (String, String) {
    let desk = &model.desk;
    let (filter, sort) = match listed(model) {
        Listed::Triage => (desk.triage.asked(), desk.triage.order.words()),
        Listed::Tutees | Listed::Pins | Listed::Tips | Listed::Columns => {
            (desk.tutees.asked(), Look::of(desk).words())
        }
    };
    (filter.trim().to_owned(), sort)
}

/// The views of the list, in no order.
fn all(model: &Model) -> impl Iterator<Item = &SavedView> {
    let listed = listed(model);
    model.records.saved_views().filter(move |view| view.listed() == listed)
}

/// The view that the list shows now, if it has a name.
#[must_use]
pub fn current(model: &Model) -> Option<&SavedView> {
    let (filter, sort) = shown(model);
    all(model).find(|view| view.filter == filter && view.sort == sort)
}

/// The views, by name.
fn sorted(model: &Model) -> Vec<&SavedView> {
    let mut views: Vec<&SavedView> = all(model).collect();
    views.sort_by_cached_key(|view| view.name.to_lowercase());
    views
}

/// What a view asks for, in words.
fn told(view: &SavedView) -> String {
    let filter = if view.filter.is_empty() { "all" } else { view.filter.as_str() };
    match Look::parse(&view.sort) {
        Some(look) => format!("{filter} · {} · {}", look.whose.words(), look.sort.words()),
        None => format!("{filter} · by {}", view.sort),
    }
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
    let usual = match listed(model) {
        Listed::Triage => "Everybody, the most urgent first",
        Listed::Tutees | Listed::Pins | Listed::Tips | Listed::Columns => {
            "As at the start: all, the most urgent first"
        }
    };
    ways.push(Way::new(usual, "", Then::View(None)));
    if model.applies(Command::Roll(Roll::SaveView)) {
        let save = Then::Run(Command::Roll(Roll::SaveView));
        ways.push(Way::new("Save what is shown under a name", "", save));
        if !views.is_empty() {
            ways.push(Way::new("Delete a view", "", Then::ForgetViews));
        }
    }
    Menu::of("Saved views", ways, selected.unwrap_or(0))
}

/// The menu of the orders of the list of tutees.
#[must_use]
pub fn sorts(model: &Model) -> Menu {
    let here = model.desk.tutees.sort();
    let way = |sort: Sort| Way::new(sort.words(), sort.first(), Then::SortTutees(sort));
    let selected = Sort::ALL.iter().position(|sort| *sort == here);
    Menu::of("Sort the tutees", Sort::ALL.map(way).into(), selected.unwrap_or(0))
}

/// The menu of views to delete.
#[must_use]
pub fn forget_menu(model: &Model) -> Menu {
    let way = |view: &SavedView| Way::new(&view.name, told(view), Then::ForgetView(view.id));
    let mut ways: Vec<Way> = sorted(model).into_iter().map(way).collect();
    ways.push(Way::new("None of them", "", Then::Close));
    Menu::of("Delete a view", ways, 0)
}

/// Shows a view; without one all, the most urgent first.
pub fn show(model: &mut Model, view: Option<SavedViewId>) -> Vec<Effect> {
    let view = view.and_then(|id| model.records.saved_views().find(|view| view.id == id)).cloned();
    let of = view.as_ref().map_or_else(|| listed(model), SavedView::listed);
    let filter = view.as_ref().map_or("", |view| view.filter.as_str());
    let sort = view.as_ref().map_or("", |view| view.sort.as_str());
    match of {
        Listed::Triage => triage::ask(model, filter, Order::parse(sort)),
        Listed::Tutees | Listed::Pins | Listed::Tips | Listed::Columns => {
            show_tutees(model, filter, Look::parse(sort));
        }
    }
    match view {
        None => Vec::new(),
        Some(view) => model.tell(Toast::said(format!("view “{}”", view.name))),
    }
}

/// Shows the tutees so; without a look as at the start.
fn show_tutees(model: &mut Model, filter: &str, look: Option<Look>) {
    let scope = match look {
        Some(look) => look.whose.scope(&model.records),
        None => Scope::of(&model.records),
    };
    let desk = &mut model.desk;
    desk.tutees.sort_by(look.map_or_else(Sort::default, |look| look.sort));
    desk.tutees.ask(filter);
    if desk.scope != scope {
        desk.show_scope(&model.records, scope);
    }
    pane::take_selected(model);
}

/// Deletes a view.
pub fn forget(model: &mut Model, view: SavedViewId) -> Vec<Effect> {
    model.write(|context| saved_view::delete(context, view))
}

/// Asks for the name of a new view.
pub fn ask_name(model: &mut Model) {
    let listed = listed(model);
    model.open_form(FormKind::Record(RecordForm::View(listed)));
}

/// Asks which view is to be deleted.
pub fn ask_which(model: &mut Model) {
    let menu = forget_menu(model);
    model.popups.push(Popup::Menu(menu));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::Desk as Keys;
    use crate::fixture::desk;

    fn names(desk: &Keys) -> String {
        let tutees = &desk.model.desk.tutees;
        let rows = (0..tutees.len()).filter_map(|at| tutees.row(at));
        rows.map(|row| row.name.split(' ').next().unwrap_or_default()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn filter_order_and_scope_of_the_tutees_come_back_by_name() {
        let desk = Keys::with(desk()).keys("/20481⏎sS");
        let shown = names(&desk);
        let desk = desk.keys("VOf 2048‹ctrl-s›").saved();
        let view = current(&desk.model).unwrap();
        assert_eq!(view.filter, "20481");
        assert_eq!(Look::parse(&view.sort), Some(Look::of(&desk.model.desk)));
        let desk = desk.keys("vj⏎");
        assert_ne!(names(&desk), shown);
        assert!(current(&desk.model).is_none());
        let mut desk = desk.keys("v⏎");
        assert_eq!(names(&desk), shown);
        assert!(desk.frame(120, 36).contains("“Of 2048”"));
        let desk = desk.keys("v‹end›⏎⏎").saved();
        assert_eq!(desk.model.records.saved_views().count(), 0);
    }

    #[test]
    fn the_tutees_are_sorted_by_any_column_and_the_usual_key_goes_back() {
        let desk = Keys::with(desk()).keys("gs");
        let Some(Popup::Menu(menu)) = desk.model.popups.last() else { panic!("no menu") };
        assert_eq!(menu.ways.len(), Sort::ALL.len());
        let desk = desk.keys("‹end›⏎");
        assert_eq!(desk.model.desk.tutees.sort(), Sort::Number);
        let numbers: Vec<&str> = (0..desk.model.desk.tutees.len())
            .filter_map(|at| Some(desk.model.desk.tutees.row(at)?.number.as_str()))
            .collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
        assert_eq!(desk.keys("s").model.desk.tutees.sort(), Sort::Alert);
    }

    #[test]
    fn a_view_of_the_tutees_is_none_of_triage_and_may_be_called_the_same() {
        let desk = Keys::with(desk()).keys("VMine‹ctrl-s›").saved();
        let desk = desk.keys("2").keys("VMine‹ctrl-s›").saved();
        assert_eq!(desk.model.records.saved_views().count(), 2);
        assert_eq!(all(&desk.model).count(), 1);
        assert_eq!(all(&desk.keys("1").model).count(), 1);
    }

    #[test]
    fn every_look_is_read_back_from_its_words() {
        for sort in Sort::ALL {
            for whose in <Whose as strum::VariantArray>::VARIANTS {
                let look = Look { sort, whose: *whose };
                assert_eq!(Look::parse(&look.words()), Some(look));
            }
        }
        assert_eq!(Look::parse("severity"), None);
    }

    #[test]
    fn who_is_pinned_stands_first_whatever_the_order_and_after_the_next_start() {
        let desk = Keys::with(desk()).keys("s‹end›");
        let last = desk.model.desk.tutees.selected().unwrap().name.clone();
        let mut desk = desk.keys("P").saved();
        let first = |desk: &Keys| desk.model.desk.tutees.row(0).unwrap().name.clone();
        assert_eq!(first(&desk), last);
        assert_eq!(desk.model.desk.tutees.selected().unwrap().name, last);
        assert!(desk.frame(80, 24).contains(&format!("▴{last}")));
        let again = Keys::with((*desk.model.records).clone());
        assert_eq!(first(&again), last);
        assert!(all(&again.model).next().is_none(), "a pin is no view");
        let desk = desk.keys("P").saved();
        assert_ne!(first(&desk), last);
        assert_eq!(desk.model.records.saved_views().count(), 0);
    }
}
