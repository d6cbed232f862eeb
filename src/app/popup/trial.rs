//! What other numbers would do to this week's list and to weeks past, before they are taken.

use std::{fmt, sync::Arc};

use super::Popup;
use crate::{
    app::{command::Trial as Command, cursor::Cursor, model::Model, msg::Effect},
    domain::{
        change::Change,
        records::Records,
        weekly::trial::{self, trial},
    },
    exchange::card,
};

/// How many weeks past are judged again.
const WEEKS: u8 = 6;

/// The same where there are very many students.
const FEW_WEEKS: u8 = 2;

/// From how many students on only a few weeks are.
const VERY_MANY: usize = 5_000;

/// A change of numbers that is being tried.
#[derive(Clone)]
pub struct Trial {
    /// What it does.
    pub found: trial::Trial,
    /// What taking it saves: the change, and the week as it is judged then.
    change: Change,
    /// Where the list stands.
    pub cursor: Cursor,
}

/// Prints counts, never names.
impl fmt::Debug for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trial({:?} …)", self.found.now)
    }
}

impl Trial {
    /// Tries a change of how the score is used.
    #[must_use]
    pub fn of(model: &mut Model, change: Change) -> Self {
        let records = Arc::clone(&model.records);
        let mut after: Records = (*records).clone();
        let applied = after.apply(&change).is_ok();
        let cards = card::in_use(records.tuning()).zip(card::in_use(after.tuning()));
        let Some((before, card)) = cards.filter(|_| applied) else {
            return Self { found: trial::Trial::default(), change, cursor: Cursor::default() };
        };
        let weeks = if records.files().len() > VERY_MANY { FEW_WEEKS } else { WEEKS };
        let today = model.now.today();
        let found = trial((&records, &before), (&after, &card), today, weeks);
        Self { found, change: model.carried(change), cursor: Cursor::default() }
    }

    /// The lines: who comes, who goes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.gained.len() + self.found.lost.len()
    }

    /// Whether nobody comes or goes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Model {
    /// Takes what was tried, or leaves it.
    pub(in crate::app) fn trial(&mut self, command: Command) -> Vec<Effect> {
        let Some(Popup::Trial(trial)) = self.popups.pop() else { return Vec::new() };
        match command {
            Command::Take => vec![Effect::Commit(trial.change)],
            Command::Leave => Vec::new(),
        }
    }
}
