//! Gives a way to look at a list a name, another name, or takes it away; pins students to the top of their list.

use super::{Context, Written, gone, names::fold, read::Reader};
use crate::domain::{
    change::Label,
    saved_view::{Listed, SavedView, SavedViewId, listed},
    student::StudentId,
};

/// A view, as typed.
#[derive(Clone, Default)]
pub struct SavedViewInput {
    /// What it is called.
    pub name: String,
    /// The filter as it is typed; may be empty.
    pub filter: String,
    /// The order, by the word for it.
    pub sort: String,
}

/// Saves a view; one of the same list that is called the same is replaced.
///
/// # Errors
/// When it has no name.
pub fn save(context: &mut Context<'_>, input: &SavedViewInput) -> Written {
    let mut reader = Reader::new(context.now);
    let name = reader.required("name", &input.name, "Write what the view is called.");
    let (filter, sort) = (reader.line("filter", &input.filter), reader.line("sort", &input.sort));
    reader.finish(())?;
    let of = listed(&sort);
    let mut others = context.records.saved_views().filter(|it| it.listed() == of);
    let same = others.find(|it| fold(&it.name) == fold(&name));
    let id = same.map_or_else(|| context.ids.fresh(), |same| same.id);
    let view = SavedView { id, name, filter, sort };
    Ok(context.change(Label::SaveView).put(view).build())
}

/// Calls a view otherwise.
///
/// # Errors
/// When it is gone, has no name, or another view is called so.
pub fn rename(context: &mut Context<'_>, id: SavedViewId, name: &str) -> Written {
    let old = context.records.saved_views().find(|it| it.id == id).ok_or_else(gone)?.clone();
    let mut reader = Reader::new(context.now);
    let name = reader.required("name", name, "Write what the view is called.");
    let of = old.listed();
    let all = context.records.saved_views();
    let mut others = all.filter(|it| it.id != id && it.listed() == of);
    if !reader.has_refused("name") && others.any(|it| fold(&it.name) == fold(&name)) {
        reader.refuse("name", "Another view is called so: choose another name.");
    }
    let view = reader.finish(SavedView { name, ..old })?;
    Ok(context.change(Label::RenameView).put(view).build())
}

/// Pins a student to the top of the list of tutees, or takes the pin away.
///
/// # Errors
/// When the student is gone.
pub fn pin(context: &mut Context<'_>, student: StudentId) -> Written {
    context.file(student)?;
    let old = context.records.saved_views().find(|view| view.listed() == Listed::Pins);
    let mut pinned = old.map(SavedView::pinned).unwrap_or_default();
    // Who is gone is pinned no longer.
    pinned.retain(|student| context.records.file(*student).is_some());
    if !pinned.remove(&student) {
        pinned.insert(student);
    }
    let id = old.map_or_else(|| context.ids.fresh(), |old| old.id);
    if pinned.is_empty() {
        return context.delete_own(Label::Pin, id);
    }
    let all: Vec<String> = pinned.iter().map(ToString::to_string).collect();
    let (name, sort) = (SavedView::PINS.to_owned(), SavedView::PINS.to_owned());
    let view = SavedView { id, name, filter: all.join(" "), sort };
    Ok(context.change(Label::Pin).put(view).build())
}

/// Keeps words under an order that no view has, in place of those that are kept there.
///
/// # Errors
/// None.
fn keep(context: &mut Context<'_>, label: Label, sort: &str, words: &[&str]) -> Written {
    let old = context.records.saved_views().find(|view| view.sort == sort);
    let id = old.map(|old| old.id);
    let Some(id) = id.or_else(|| (!words.is_empty()).then(|| context.ids.fresh())) else {
        return Ok(context.change(label).build());
    };
    if words.is_empty() {
        return context.delete_own(label, id);
    }
    let (name, sort) = (sort.to_owned(), sort.to_owned());
    let view = SavedView { id, name, filter: words.join(" "), sort };
    Ok(context.change(label).put(view).build())
}

/// Remembers which commands were used.
///
/// # Errors
/// None.
pub fn learn(context: &mut Context<'_>, used: &[&str]) -> Written {
    keep(context, Label::LearnTip, SavedView::TIPS, used)
}

/// Does without these columns of a list; an order that begins with [`SavedView::COLUMNS`] says of which.
///
/// # Errors
/// None.
pub fn hide_columns(context: &mut Context<'_>, of: &str, hidden: &[&str]) -> Written {
    keep(context, Label::ChooseColumns, of, hidden)
}

/// Deletes a view.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &Context<'_>, id: SavedViewId) -> Written {
    context.delete_own(Label::DeleteView, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::Desk;

    fn input(name: &str, filter: &str) -> SavedViewInput {
        SavedViewInput { name: name.into(), filter: filter.into(), sort: "severity".into() }
    }

    #[test]
    fn a_view_is_saved_replaced_renamed_and_deleted() {
        let mut desk = Desk::new();
        let written = save(&mut desk.context(), &input("First years", "level 4"));
        desk.apply(written);
        let written = save(&mut desk.context(), &input("first  years", "level 3"));
        desk.apply(written);
        let written = save(&mut desk.context(), &input("Mine", "owner me"));
        desk.apply(written);
        assert_eq!(desk.records.saved_views().count(), 2);
        let first = desk.records.saved_views().find(|it| it.filter == "level 3").unwrap().clone();
        assert_eq!(rename(&mut desk.context(), first.id, "mine").unwrap_err()[0].field, "name");
        let written = rename(&mut desk.context(), first.id, "New here");
        assert_eq!(desk.apply(written).label, Label::RenameView);
        let written = delete(&desk.context(), first.id);
        desk.apply(written);
        assert!(delete(&desk.context(), first.id).is_err());
        assert!(rename(&mut desk.context(), first.id, "x").is_err());
    }

    #[test]
    fn a_student_is_pinned_beside_others_and_unpinned() {
        let mut desk = Desk::new();
        let (aisha, ben) = (desk.aisha, desk.ben);
        let pinned = |desk: &Desk| desk.records.pinned();
        for student in [aisha, ben] {
            let written = pin(&mut desk.context(), student);
            assert_eq!(desk.apply(written).label, Label::Pin);
        }
        assert_eq!(pinned(&desk), [aisha, ben].into());
        for student in [aisha, ben] {
            let written = pin(&mut desk.context(), student);
            desk.apply(written);
        }
        assert_eq!((pinned(&desk).len(), desk.records.saved_views().count()), (0, 0));
    }

    #[test]
    fn what_was_used_and_which_columns_are_hidden_is_kept_and_replaced_and_is_no_view() {
        let mut desk = Desk::new();
        for used in [["help"].as_slice(), &["help", "palette"]] {
            let written = learn(&mut desk.context(), used);
            assert!(desk.apply(written).label.is_quiet());
            assert_eq!(desk.records.kept(SavedView::TIPS).collect::<Vec<_>>(), used);
        }
        for hidden in [["level", "days"].as_slice(), &[]] {
            let written = hide_columns(&mut desk.context(), "columns tutees", hidden);
            assert_eq!(desk.apply(written).label, Label::ChooseColumns);
            assert_eq!(desk.records.kept("columns tutees").collect::<Vec<_>>(), hidden);
        }
        assert!(hide_columns(&mut desk.context(), "columns tutees", &[]).unwrap().is_empty());
        let views = desk.records.saved_views();
        assert!(views.map(SavedView::listed).all(|listed| listed == Listed::Tips));
    }

    #[test]
    fn a_view_without_a_name_is_refused() {
        let mut desk = Desk::new();
        let errors = save(&mut desk.context(), &input(" ", "")).unwrap_err();
        assert_eq!(errors[0].field, "name");
    }
}
