//! Gives a way to look at the triage list a name, another name, or takes it away.

use super::{Context, Written, gone, names::fold, read::Reader};
use crate::domain::{
    change::Label,
    saved_view::{SavedView, SavedViewId},
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

/// Saves a view; one that is called the same is replaced.
///
/// # Errors
/// When it has no name.
pub fn save(context: &mut Context<'_>, input: &SavedViewInput) -> Written {
    let mut reader = Reader::new(context.now);
    let name = reader.required("name", &input.name, "Write what the view is called.");
    let (filter, sort) = (reader.line("filter", &input.filter), reader.line("sort", &input.sort));
    reader.finish(())?;
    let same = context.records.saved_views().find(|it| fold(&it.name) == fold(&name));
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
    let mut others = context.records.saved_views().filter(|it| it.id != id);
    if !reader.has_refused("name") && others.any(|it| fold(&it.name) == fold(&name)) {
        reader.refuse("name", "Another view is called so: choose another name.");
    }
    let view = reader.finish(SavedView { name, ..old })?;
    Ok(context.change(Label::RenameView).put(view).build())
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
    fn a_view_without_a_name_is_refused() {
        let mut desk = Desk::new();
        let errors = save(&mut desk.context(), &input(" ", "")).unwrap_err();
        assert_eq!(errors[0].field, "name");
    }
}
