//! Full-text search: hits over everything, as one types. One request at a time; typing never waits for it.

use std::sync::Arc;

use tui_input::Input;

use crate::app::cursor::Cursor;
use crate::app::model::{Model, Pane};
use crate::app::msg::{Effect, Private, Search};
use crate::app::pane::step;
use crate::app::popup::Popup;
use crate::domain::record::Kind;
use crate::domain::search::{self, Hit};

/// The search that is open.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// What is typed.
    pub query: Input,
    /// What the last answer found.
    pub found: search::Hits,
    /// Where the list stands.
    pub cursor: Cursor,
    /// The request on its way: its ticket and its words.
    asked: Option<(u64, Private)>,
    /// The words that the hits belong to.
    answered: Private,
}

impl Hits {
    /// Opens a search, and says so: the words of all texts are read while the first is typed.
    pub fn open(model: &mut Model) -> Vec<Effect> {
        model.popups.push(Popup::Hits(Self::default()));
        let Some(viewer) = model.desk.viewer else { return Vec::new() };
        model.desk.ticket += 1;
        let (ticket, records) = (model.desk.ticket, Arc::clone(&model.records));
        vec![Effect::Search(Search { ticket, text: Private::default(), viewer, records })]
    }

    /// Asks for what is typed, unless a request is on its way or the answer is there.
    pub fn ask(model: &mut Model) -> Vec<Effect> {
        let Some(viewer) = model.desk.viewer else { return Vec::new() };
        let Some(Popup::Hits(hits)) = model.popups.last_mut() else { return Vec::new() };
        let wanted = Private(hits.query.value().trim().to_owned());
        if hits.asked.is_some() || hits.answered == wanted {
            return Vec::new();
        }
        model.desk.ticket += 1;
        let (ticket, records) = (model.desk.ticket, Arc::clone(&model.records));
        hits.asked = Some((ticket, wanted.clone()));
        vec![Effect::Search(Search { ticket, text: wanted, viewer, records })]
    }

    /// Takes the answer with this ticket, and asks again if more was typed meanwhile. Old answers are dropped.
    pub fn found(model: &mut Model, ticket: u64, found: search::Hits) -> Vec<Effect> {
        let open = model
            .popups
            .iter_mut()
            .rev()
            .find_map(|popup| if let Popup::Hits(hits) = popup { Some(hits) } else { None });
        let Some(hits) = open else { return Vec::new() };
        if let Some((_, words)) = hits.asked.take_if(|(asked, _)| *asked == ticket) {
            hits.answered = words;
            hits.found = found;
            hits.cursor = Cursor::default();
        }
        Self::ask(model)
    }

    /// Whether the hits belong to other words than those typed.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.answered.0 != self.query.value().trim()
    }

    /// The selected hit.
    #[must_use]
    pub fn selected(&self) -> Option<&Hit> {
        self.found.first.get(self.cursor.selected)
    }

    /// Closes the search and goes to the selected hit.
    pub fn jump(self, model: &mut Model) -> Vec<Effect> {
        let Some(hit) = self.selected() else { return Vec::new() };
        model.desk.select(&model.records, hit.student);
        if hit.record.kind == Kind::Student {
            model.turn_to(Pane::Timeline);
            return Vec::new();
        }
        step::jump(model, hit.record)
    }
}
