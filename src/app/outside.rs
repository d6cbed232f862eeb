//! The text of a form in the user's own editor, and back.

use super::editor::Editor;
use super::form::Entry;
use super::model::Model;
use super::msg::{Effect, Private};
use super::popup::Popup;
use super::status::Toast;

impl Model {
    /// The long text that has the keys in the form on top.
    pub(super) fn form_text(&mut self) -> Option<&mut Editor> {
        let Some(Popup::Form(popup)) = self.popups.last_mut() else { return None };
        match popup.form.fields.get_mut(popup.form.focus).map(|field| &mut field.entry) {
            Some(Entry::Text(editor)) => Some(editor),
            Some(Entry::Line(_) | Entry::Choice(_) | Entry::Toggle(_) | Entry::Ticks(_)) | None => {
                None
            }
        }
    }

    /// Asks for the user's own editor over that text.
    pub(super) fn edit_outside(&mut self) -> Vec<Effect> {
        self.form_text()
            .map(|editor| Effect::EditOutside(Private(editor.text())))
            .into_iter()
            .collect()
    }

    /// Takes the text back, in one step that can be undone; if there is none, the old one stays.
    pub(super) fn edited(&mut self, answer: Result<Private, String>) -> Vec<Effect> {
        match (answer, self.form_text()) {
            (Ok(Private(text)), Some(editor)) => {
                // Editors end a file with a line end; the note did not have it.
                let text = text.strip_suffix('\n').unwrap_or(&text);
                if text != editor.text() {
                    editor.replace(text);
                }
                match editor.notice {
                    Some(notice) => self.tell(Toast::failed(notice)),
                    None => Vec::new(),
                }
            }
            (Ok(_), None) => Vec::new(),
            (Err(why), _) => self.tell(Toast::failed(why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Msg;
    use crate::app::form::{Field, Form};
    use crate::app::popup::{FormKind, FormPopup};
    use crate::app::testing::Desk;

    fn writing(text: &str) -> Desk {
        let mut desk = Desk::new();
        let form = Form::new("Note", vec![Field::new("note", "Note", Editor::new(text))]);
        desk.model.popups.push(Popup::Form(Box::new(FormPopup::new(FormKind::Unlock, form))));
        desk
    }

    #[test]
    fn the_text_of_a_form_goes_out_and_comes_back_and_can_be_undone() {
        let desk = writing("one").keys("‹ctrl-e›");
        assert_eq!(desk.effects, [Effect::EditOutside(Private("one".into()))]);
        let desk = desk.after(Msg::Edited(Ok(Private("one\r\ntwo\n".into()))));
        assert_eq!(desk.form().value("note"), "one\ntwo");
        assert_eq!(desk.keys("‹ctrl-z›").form().value("note"), "one");
    }

    #[test]
    fn an_editor_that_fails_loses_nothing() {
        let desk =
            writing("one").after(Msg::Edited(Err("vi ended with 1: the text is as before".into())));
        assert_eq!(desk.form().value("note"), "one");
        assert!(desk.model.toast.is_some());
    }
}
