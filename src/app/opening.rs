//! Opening a profile: first start, unlocking, one that somebody holds, and what is asked afterwards.

use std::sync::Arc;

use super::{
    command::{Command, Desk},
    decide,
    forms::{RecordForm, Which, consent, drafts},
    letters,
    looks::Looks,
    model::Model,
    msg::{Access, Effect, NotOpened, Opened, Private},
    pane,
    popup::{FormKind, FormPopup, Menu, Popup, menu::Then},
    rules::Rules,
    status::{Toast, Tone},
    triage, views,
};
use crate::{
    domain::{
        alert::State,
        change::{Change, Part},
        record::Kind,
        today::Today,
        tutor::TutorId,
        write::{policy, setup},
    },
    exchange::packs::Packs,
};

impl Model {
    /// Takes in a profile that is open, and asks what a new one asks.
    pub(super) fn opened(&mut self, opened: Opened) -> Vec<Effect> {
        let first = opened.code.is_some() || opened.records.files().len() == 0;
        self.records = opened.records;
        self.loaded = None;
        self.unanswered.clear();
        let faults = self.take_rules(opened.packs);
        self.access = opened.access;
        self.sealed = opened.sealed;
        self.drafts = opened.drafts;
        self.looks = Looks::default();
        self.locked = false;
        self.tips.begin();
        self.popups.clear();
        if first && self.access == Access::Write {
            let welcome = Menu::welcome(Command::Desk(Desk::Import));
            self.popups.push(Popup::Menu(welcome));
        }
        if let Some(code) = opened.code {
            self.popups.push(Popup::Menu(Menu::recovery(code)));
        }
        pane::refresh(self, None);
        let mut effects = pane::drafts::found(self);
        effects.extend(drafts::found(self));
        let notices = opened.notices;
        if notices.len() > 1 {
            self.popups.push(Popup::Menu(Menu::repaired(&notices)));
        }
        let one = notices.first().filter(|_| notices.len() == 1);
        if let Some(notice) = faults.last().or(one) {
            self.toast = Some(Toast::failed(notice.clone()));
        } else if self.toast.is_none() {
            self.toast = self.today();
        }
        effects.extend(self.arm());
        effects
    }

    /// What today holds, in one line.
    fn today(&self) -> Option<Toast> {
        let alerts = self.desk.alerts.rows().iter();
        let new = alerts.filter(|alert| alert.speaks() && alert.state == State::New).count();
        let text = Today::of(&self.records, self.now).words(new)?;
        Some(Toast { text, tone: Tone::Today })
    }

    /// Takes the rules up that the profile has chosen; says what is wrong with the user's own pack, and for
    /// which duties the term dates have no time.
    pub(super) fn take_rules(&mut self, packs: Arc<Packs>) -> Vec<String> {
        let (rules, mut faults) = Rules::of(packs, &self.records);
        faults.extend(rules.unasked(self.now.today()));
        self.rules = Arc::new(rules);
        self.desk.rules = Arc::clone(&self.rules);
        faults
    }

    /// Takes other rules up when a change has chosen them, or other days.
    pub(super) fn follow_rules(&mut self, change: &Change) -> Vec<String> {
        let touches = |part: &Part| {
            part.target().is_some_and(|(_, id)| {
                matches!(id.kind, Kind::Profile | Kind::Calendar | Kind::Tuning)
            })
        };
        if change.parts.iter().any(touches) {
            self.take_rules(Arc::clone(&self.rules.packs))
        } else {
            Vec::new()
        }
    }

    /// Says why a profile is not open, and asks what can be done.
    pub(super) fn not_opened(&mut self, why: NotOpened) -> Vec<Effect> {
        match why {
            NotOpened::Missing => {
                self.locked = true;
                self.popups.clear();
                self.open_form(FormKind::FirstStart);
            }
            NotOpened::Sealed => {
                self.sealed = true;
                return self.show_lock();
            }
            NotOpened::Held(holder) => {
                self.locked = true;
                self.access = Access::Write;
                self.popups.clear();
                self.popups.push(Popup::Menu(Menu::held(&holder)));
            }
            NotOpened::WrongPassphrase => {
                return self.failed("This is not the passphrase: try again.".to_owned());
            }
            NotOpened::Failed(sentence) if self.popups.is_empty() => {
                self.locked = true;
                self.popups.push(Popup::Menu(Menu::broken(&sentence)));
            }
            NotOpened::Failed(sentence) => return self.failed(sentence),
        }
        Vec::new()
    }

    /// Hides everything readable until the passphrase is given again.
    pub fn lock(&mut self) -> Vec<Effect> {
        let mut effects = pane::keep_drafts(self);
        effects.extend(drafts::keep(self));
        effects.extend(self.show_lock());
        effects.push(Effect::Lock);
        effects
    }

    /// Shows the lock and forgets everything readable.
    pub(super) fn show_lock(&mut self) -> Vec<Effect> {
        if self.locked && self.is_asked_to_unlock() {
            return Vec::new();
        }
        self.locked = true;
        self.records = Arc::default();
        self.unanswered = drafts::unanswered(self);
        self.drafts.clear();
        self.looks = Looks::default();
        self.popups.clear();
        self.late.clear();
        (self.pending, self.count) = (Vec::new(), None);
        self.toast = None;
        (self.outgoing, self.next_letter) = (None, None);
        pane::forget(self);
        if self.sealed {
            self.open_form(FormKind::Unlock);
        } else {
            self.popups.push(Popup::Menu(Menu::hidden()));
        }
        Vec::new()
    }

    fn is_asked_to_unlock(&self) -> bool {
        match self.popups.last() {
            Some(Popup::Form(form)) => form.kind == FormKind::Unlock,
            Some(Popup::Menu(menu)) => *menu == Menu::hidden(),
            _ => false,
        }
    }

    /// Goes the way of a menu that was chosen.
    pub(super) fn go_way(&mut self, then: Then) -> Vec<Effect> {
        match then {
            Then::Close => Vec::new(),
            Then::Effect(effect) => vec![effect],
            Then::Run(command) => self.run(command),
            Then::ChooseMe(tutor) => self.choose_me(tutor),
            Then::EditYear(year) => {
                let which = year.map_or(Which::New, Which::Edit);
                self.open_form(FormKind::Record(RecordForm::Calendar(which)));
                Vec::new()
            }
            Then::ChoosePolicy(code) => self.choose_policy(&code),
            Then::RecordConsent(student, to, purpose) => {
                let form = consent::to(self, student, (&to.0, &purpose.0));
                let kind = FormKind::Record(RecordForm::Consent(student, Which::New));
                self.popups.push(Popup::Form(Box::new(FormPopup::new(kind, form))));
                Vec::new()
            }
            Then::AtRisk => {
                if let Some(Popup::Form(popup)) = self.popups.last_mut() {
                    popup.form.message = None;
                    popup.form.show("risk", true);
                    popup.form.focus_on("risk");
                }
                Vec::new()
            }
            Then::Copy(student, what) => pane::copying::copy(self, student, what),
            Then::TakeBack(student, decision) => decide::undecide(self, student, decision),
            Then::Letter(writing) => letters::write(self, writing),
            Then::ImportSignals(file) => self.read_signals(*file),
            Then::ImportStudents(file) => {
                self.show_columns(file.path, file.list);
                Vec::new()
            }
            Then::Whose(said) => self.is_whose(said),
            Then::Letters(many) => {
                self.open_form(FormKind::Record(RecordForm::Letters(many)));
                Vec::new()
            }
            Then::View(view) => views::show(self, view),
            Then::ForgetViews => {
                views::ask_which(self);
                Vec::new()
            }
            Then::ForgetView(view) => views::forget(self, view),
            Then::SortTutees(sort) => {
                self.desk.tutees.sort_by(sort);
                pane::take_selected(self);
                Vec::new()
            }
            Then::SortBy(column) => {
                triage::sort_by(self, column);
                Vec::new()
            }
            Then::Look(holder) => {
                self.access = Access::ReadOnly(holder);
                vec![Effect::OpenReadOnly(None)]
            }
        }
    }

    fn choose_me(&mut self, tutor: TutorId) -> Vec<Effect> {
        self.write(|context| setup::choose_me(context, tutor))
    }

    fn choose_policy(&mut self, code: &str) -> Vec<Effect> {
        let (chosen, faults) = self.rules.packs.policy(code);
        if let Some(fault) = faults.into_iter().next() {
            return self.failed(fault);
        }
        self.write(|context| policy::choose(context, chosen.as_ref()))
    }

    /// What the status line says all the time: that the disk is nearly full, and that nothing protects the records,
    /// or that they are only looked at, and who holds them since when.
    #[must_use]
    pub fn standing(&self) -> Option<String> {
        let access = match &self.access {
            _ if self.locked => None,
            Access::ReadOnly(holder) => {
                Some(format!("read-only: held by {holder}, since {}", holder.since))
            }
            Access::Newer => Some("read-only: please upgrade".to_owned()),
            Access::Unwritable(why) => Some(format!("read-only: {why}")),
            Access::Write if self.sealed => None,
            Access::Write => Some("no passphrase".to_owned()),
        };
        let disk = self.disk.standing().filter(|_| !self.locked);
        let all: Vec<String> = disk.into_iter().chain(access).collect();
        (!all.is_empty()).then(|| all.join(" · "))
    }

    /// What a passphrase that was typed opens: the profile, or the look at one that somebody holds.
    #[must_use]
    pub fn unlocking(&self, passphrase: Private) -> Effect {
        match self.access {
            Access::Write | Access::Newer | Access::Unwritable(_) => Effect::Unlock(passphrase),
            Access::ReadOnly(_) => Effect::OpenReadOnly(Some(passphrase)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{
        Effect, Msg,
        msg::{Committed, How},
        testing::Desk,
    };
    use crate::domain::write::fixture;

    impl Desk {
        /// Makes every change durable that was asked for.
        fn carry_out(&mut self) {
            for effect in std::mem::take(&mut self.effects) {
                if let Effect::Commit(change) = effect {
                    let done = Committed { change, how: How::Done };
                    self.send(Msg::Committed(Box::new(done)));
                }
            }
        }
    }

    /// A desk that has pressed these keys, and whose changes are durable.
    fn chosen(keys: &str) -> Desk {
        let mut desk = Desk::with(fixture::Desk::new().records).keys(keys);
        desk.carry_out();
        desk
    }

    #[test]
    fn a_policy_is_chosen_from_the_list_and_runs_at_once() {
        let desk = chosen("go⏎");
        let policy = desk.model.rules.policy.as_ref().unwrap();
        assert_eq!(policy.code, desk.model.records.profile().unwrap().policy);
        assert_eq!(desk.model.desk.rules.policy.as_ref(), Some(policy));
        let first = &desk.model.rules.packs.offers()[0];
        assert_eq!(policy.university, first.name, "by the name of the university");
    }

    #[test]
    fn the_dates_of_a_year_are_an_example_until_somebody_says_that_they_are_right() {
        let mut desk = chosen("go⏎");
        assert!(desk.frame(120, 36).lines().next().unwrap().contains("example dates (g d)"));
        let mut desk = chosen("gd⏎⇤→‹ctrl-s›");
        let today = desk.model.now.today();
        assert!(!desk.model.records.calendar(today).unwrap().example);
        assert!(desk.model.popups.is_empty(), "the form is saved");
        assert!(!desk.frame(120, 36).contains("example dates"));
    }

    #[test]
    fn confirmed_dates_that_a_policy_cannot_use_are_told() {
        let mut confirmed = chosen("gd⏎⇤→‹ctrl-s›");
        confirmed = confirmed.keys("go↓↓↓⏎");
        confirmed.carry_out();
        assert_eq!(confirmed.model.rules.policy.as_ref().unwrap().code, "leicester");
        let said = &confirmed.model.toast.as_ref().unwrap().text;
        assert!(said.starts_with("2026/27 has no time for"), "{said}");
    }

    #[test]
    fn no_policy_is_a_choice_too() {
        assert!(chosen("go‹end›⏎").model.rules.policy.is_none());
    }
}
