//! What tests of the model share: a fixed moment, and a desk that presses keys.

use std::sync::Arc;

use chrono::{Duration, NaiveDate, NaiveTime};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::msg::{Committed, How};
use super::rules::Rules;
use super::{Effect, Model, Msg, Start};
use crate::domain::policy::Policy;
use crate::domain::records::Records;
use crate::domain::time::Now;

/// Saturday, 21 November 2026, 14:02 at the institution, and so many milliseconds later.
#[must_use]
pub fn now_at(ms: i64) -> Now {
    let local = NaiveDate::default() + Duration::days(20_778);
    let local = local.and_time(NaiveTime::MIN) + Duration::minutes(14 * 60 + 2);
    Now { local: local + Duration::milliseconds(ms), utc_ms: 1_795_269_720_000 + ms }
}

/// A model at a fixed moment, with fixed identities, and every effect that it asked for.
pub struct Desk {
    /// The model.
    pub model: Model,
    /// What it asked of the world, the first first.
    pub effects: Vec<Effect>,
    /// Milliseconds since the fixed moment; each key takes one.
    pub ms: i64,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

impl Desk {
    /// A desk of an empty profile.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Records::default())
    }

    /// A desk of a profile with records.
    #[must_use]
    pub fn with(records: Records) -> Self {
        let start = Start { seed: [7; 32], ..Start::default() };
        let mut model = Model::new(start, now_at(0));
        model.records = Arc::new(records);
        model.rules = Arc::new(Rules::of(Arc::default(), &model.records).0);
        model.desk.rules = Arc::clone(&model.rules);
        model.locked = false;
        model.sealed = true;
        super::pane::refresh(&mut model, None);
        Self { model, effects: Vec::new(), ms: 0 }
    }

    /// A desk of a profile with records and this policy.
    #[must_use]
    pub fn under(records: Records, policy: Policy) -> Self {
        let mut desk = Self::with(records);
        let rules = Rules::under(Arc::default(), Some(policy), &desk.model.records);
        desk.model.rules = Arc::new(rules);
        desk.model.desk.rules = Arc::clone(&desk.model.rules);
        super::pane::refresh(&mut desk.model, None);
        desk
    }

    /// Saves what was asked to be saved; what else was asked for stays in the effects.
    #[must_use]
    pub fn saved(mut self) -> Self {
        for effect in std::mem::take(&mut self.effects) {
            if let Effect::Commit(change) = effect {
                let committed = Committed { change, how: How::Done };
                self.send(Msg::Committed(Box::new(committed)));
            } else {
                self.effects.push(effect);
            }
        }
        self
    }

    /// Presses keys: characters as they are, `⏎` Enter, `⎋` Esc, `⇥` Tab, `⇤` Shift-Tab, `⌫` Backspace,
    /// `⌦` Delete, `↑ ↓ ← →`, and chords by name as in `‹ctrl-s›`.
    ///
    /// # Panics
    /// When a chord is misspelt.
    #[must_use]
    pub fn keys(mut self, keys: &str) -> Self {
        let mut rest = keys.chars();
        while let Some(c) = rest.next() {
            let key = match c {
                '⏎' => KeyCode::Enter.into(),
                '⎋' => KeyCode::Esc.into(),
                '⇥' => KeyCode::Tab.into(),
                '⇤' => KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
                '⌫' => KeyCode::Backspace.into(),
                '⌦' => KeyCode::Delete.into(),
                '↑' => KeyCode::Up.into(),
                '↓' => KeyCode::Down.into(),
                '←' => KeyCode::Left.into(),
                '→' => KeyCode::Right.into(),
                '‹' => {
                    let name: String = rest.by_ref().take_while(|c| *c != '›').collect();
                    crokey::parse(&name).unwrap().into()
                }
                c if c.is_uppercase() => KeyEvent::new(KeyCode::Char(c), KeyModifiers::SHIFT),
                c => KeyCode::Char(c).into(),
            };
            self.send(Msg::Key(key));
        }
        self
    }

    /// Lets something happen.
    pub fn send(&mut self, msg: Msg) {
        self.ms += 1;
        self.effects.extend(self.model.update(msg, now_at(self.ms)));
    }

    /// The same, in a chain.
    #[must_use]
    pub fn after(mut self, msg: Msg) -> Self {
        self.send(msg);
        self
    }

    /// The form on top.
    ///
    /// # Panics
    /// When none is open.
    #[must_use]
    pub fn form(&self) -> &super::form::Form {
        &self.model.form().unwrap().form
    }
}
