//! The whole state of the program, and the one function that changes it.

use std::{fmt, sync::Arc};

use crokey::KeyCombination;

use super::area::Screen;
use super::command::{Command, Global};
use super::desk::Desk;
use super::disk::{self, Disk};
use super::first_page::{Early, Opening, Span};
use super::forms::drafts;
use super::idle::LockAfter;
use super::jumps::Jumps;
use super::keymap::Keymap;
use super::letters::Writing;
use super::looks::Looks;
use super::msg::{Access, Effect, Msg, Private, Timer};
use super::pane;
use super::place::Place;
use super::popup::{FormKind, FormPopup, Menu, Popup};
use super::rules::Rules;
use super::split::{Divider, Splits};
use super::status::{SHOWN, Toast, Tone};
use super::tip::Tips;
use crate::domain::alert::AlertSettings;
use crate::domain::draft::{Draft, DraftId};
use crate::domain::id::IdSource;
use crate::domain::records::Records;
use crate::domain::time::Now;

/// The panes of the desk, in the order in which Tab visits them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Pane {
    /// The list of tutees.
    Tutees,
    /// Everything about one student.
    Timeline,
    /// The note.
    Note,
    /// What the student did, week by week.
    Engagement,
    /// Who needs a word.
    Alerts,
}

/// The screens that there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum View {
    /// Tutees, timeline, note, engagement and alerts.
    #[default]
    Desk,
    /// Who needs a word, across all tutors.
    Triage,
    /// Students and the slots of the policy.
    Meetings,
}

impl View {
    /// The command that shows it.
    #[must_use]
    pub const fn command(self) -> Command {
        match self {
            Self::Desk => Command::Global(Global::Desk),
            Self::Triage => Command::Global(Global::Triage),
            Self::Meetings => Command::Global(Global::Meetings),
        }
    }
}

/// What the model starts from.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The seed of new identities: random, but in tests.
    pub seed: [u8; 32],
    /// The keys, with the user's own.
    pub keymap: Keymap,
    /// When to lock without being asked.
    pub lock_after: LockAfter,
    /// When silence becomes a reason for an alert.
    pub alerts: AlertSettings,
    /// Whether commands that were never used are told of.
    pub tips: bool,
}

/// The whole state of the program.
pub struct Model {
    /// Everything that the profile knows.
    pub records: Arc<Records>,
    /// What the policy in use says.
    pub rules: Arc<Rules>,
    /// Whether it may be changed; if not, who holds it.
    pub access: Access,
    /// Whether a passphrase protects it.
    pub sealed: bool,
    /// Unsaved text of last time.
    pub drafts: Vec<Draft>,
    /// Where new identities come from.
    pub ids: IdSource,
    /// What the last drawing learnt.
    pub screen: Screen,
    /// What the screens show of the records.
    pub desk: Desk,
    /// The screen that is shown.
    pub view: View,
    /// The pane that has the keys when no popup is open.
    pub focus: Pane,
    /// Open popups, the topmost last.
    pub popups: Vec<Popup>,
    /// What goes to the clipboard once the record of it is saved.
    pub outgoing: Option<Private>,
    /// The letter that goes with what is being saved: it opens once that is durable.
    pub next_letter: Option<Writing>,
    /// The message beside the hints.
    pub toast: Option<Toast>,
    /// Keys of a sequence that is not complete yet.
    pub pending: Vec<KeyCombination>,
    /// How often the next move is done, as far as it has been typed.
    pub count: Option<u16>,
    /// The keys of every command.
    pub keymap: Keymap,
    /// Whether no profile is open: the screen shows no records.
    pub locked: bool,
    /// When to lock without being asked.
    pub lock_after: LockAfter,
    /// When the last key came, in milliseconds since 1970 in UTC.
    pub touched_ms: i64,
    /// Which restricted notes are looked at.
    pub looks: Looks,
    /// Where the panes meet.
    pub splits: Splits,
    /// The divider that the mouse holds.
    pub held: Option<Divider>,
    /// Which students were visited.
    pub jumps: Jumps,
    /// The first page, until the profile is open.
    pub opening: Option<Opening>,
    /// How many of a hundred records are loaded, while that takes a while.
    pub loaded: Option<u8>,
    /// The entry of the journal that the records are as of.
    pub written: u64,
    /// What was done on it and waits for the desk to be drawn.
    pub late: Vec<Early>,
    /// Drafts of what was being saved when the screen was locked.
    pub unanswered: Vec<DraftId>,
    /// Which commands are worth telling of.
    pub tips: Tips,
    /// What is known of the disk.
    pub disk: Disk,
    /// The moment of the last message.
    pub now: Now,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model at {:?}", self.place())
    }
}

impl Model {
    /// A model before the first message.
    #[must_use]
    pub fn new(start: Start, now: Now) -> Self {
        Self {
            records: Arc::default(),
            rules: Arc::default(),
            access: Access::Write,
            sealed: false,
            drafts: Vec::new(),
            ids: IdSource::new(start.seed),
            screen: Screen::default(),
            desk: Desk::new(start.alerts, now.today()),
            view: View::Desk,
            focus: Pane::Tutees,
            popups: Vec::new(),
            outgoing: None,
            next_letter: None,
            toast: None,
            pending: Vec::new(),
            count: None,
            keymap: start.keymap,
            locked: true,
            lock_after: start.lock_after,
            touched_ms: now.utc_ms,
            looks: Looks::default(),
            splits: Splits::default(),
            held: None,
            jumps: Jumps::default(),
            opening: None,
            loaded: None,
            written: 0,
            late: Vec::new(),
            unanswered: Vec::new(),
            tips: Tips::new(start.tips),
            disk: Disk::asked_at(now.utc_ms),
            now,
        }
    }

    /// The only place where state changes: no I/O, no clock, no terminal.
    pub fn update(&mut self, msg: Msg, now: Now) -> Vec<Effect> {
        self.now = now;
        if matches!(
            msg,
            Msg::Key(_) | Msg::Mouse(_) | Msg::Typed(_) | Msg::Paste(_) | Msg::Opened(_)
        ) {
            self.touched_ms = now.utc_ms;
        }
        if now.today() != self.desk.today {
            self.desk.fill(&self.records, now.today());
        }
        let drafts = drafts::open(self);
        let mut effects = if matches!(msg, Msg::Due(Timer::Draft) | Msg::Ended(_)) {
            drafts::keep(self)
        } else {
            Vec::new()
        };
        let ended = matches!(msg, Msg::Ended(_));
        effects.extend(self.check_disk(disk::is_key(&msg)));
        effects.extend(if self.is_catching_up() { self.heed_opening(msg) } else { self.heed(msg) });
        if !ended && effects.contains(&Effect::Quit) {
            let given_up = drafts::given_up(self);
            effects.splice(0..0, given_up.into_iter().chain(self.keep_first_page(Span::Today)));
        }
        effects.extend(drafts::settle(self, &drafts));
        self.remember();
        effects
    }

    pub(super) fn heed(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::FirstPage(page) => self.show_first_page(page),
            Msg::FirstPageWanted | Msg::Loaded(_) | Msg::Written(_) => self.follow_page(&msg),
            Msg::Key(key) => self.key(key),
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Typed(typed) => self.typed(typed),
            Msg::Paste(text) => self.paste(&text),
            Msg::Opened(opened) => self.opened(*opened),
            Msg::NotOpened(why) => self.not_opened(why),
            Msg::Reopened(records, notices) => self.reopened(records, &notices),
            Msg::Locked => self.show_lock(),
            Msg::Committed(committed) => self.committed(&committed),
            Msg::Told(sentence) => {
                self.close_waiting(&|kind| *kind == FormKind::Passphrase);
                self.tell(Toast::said(sentence))
            }
            Msg::BackedUp(answer) => self.backed_up(answer),
            Msg::Failed(sentence) | Msg::NotCommitted(sentence) => self.failed(sentence),
            Msg::DraftNotKept(sentence) => self.tell(Toast::failed(sentence)),
            Msg::NotKept => self.tips_not_kept(),
            Msg::DiskChecked(short) => self.disk_checked(short),
            Msg::NotCopied(text) => self.not_copied(text),
            Msg::Edited(answer) if self.form_text().is_some() => self.edited(answer),
            Msg::FolderListed(folder, answer) => {
                self.folder_listed(&folder, answer);
                Vec::new()
            }
            Msg::ListRead(path, answer) => self.list_read(path, answer),
            Msg::SignalsPlanned(answer) => {
                self.signals_planned(answer);
                Vec::new()
            }
            Msg::HistoryListed(answer) => self.history_listed(answer),
            Msg::VersionsListed(note, answer) => self.versions_listed(note, answer),
            Msg::Planned(answer) => {
                self.planned(answer);
                Vec::new()
            }
            msg @ (Msg::Edited(_) | Msg::Found(..)) => pane::answer(self, msg),
            Msg::Ended(_) => {
                let mut effects = pane::keep_drafts(self);
                effects.push(Effect::Quit);
                effects
            }
            Msg::Due(Timer::Toast) => {
                self.toast.take_if(|toast| toast.tone == Tone::Said);
                Vec::new()
            }
            Msg::Due(Timer::Idle) => self.idle(),
            Msg::Due(Timer::Clock) => vec![self.arm_midnight()],
            Msg::Due(Timer::Draft) => pane::keep_drafts(self),
            Msg::Due(Timer::Look) => self.looked(),
            Msg::Due(Timer::Opening) => self.catch_up_late(),
            Msg::Resized => Vec::new(),
        }
    }

    /// Where the keys go now.
    #[must_use]
    pub fn place(&self) -> Place {
        match self.popups.last() {
            Some(popup) => popup.place(),
            None if self.locked => Place::Locked,
            None => pane::place(self),
        }
    }

    /// The form that is open, perhaps under the help or the palette.
    #[must_use]
    pub fn form(&self) -> Option<&FormPopup> {
        self.popups
            .iter()
            .rev()
            .find_map(|popup| if let Popup::Form(form) = popup { Some(&**form) } else { None })
    }

    /// Whether quitting would lose something typed.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.popups.iter().any(Popup::is_unsaved) || pane::is_unsaved(self)
    }

    /// Shows the desk and gives the keys to a pane of it.
    pub fn turn_to(&mut self, pane: Pane) {
        self.view = View::Desk;
        self.focus = pane;
    }

    /// Opens the form of a kind on top of everything.
    pub fn open_form(&mut self, kind: FormKind) {
        let popup = FormPopup::open(kind, self);
        self.popups.push(Popup::Form(Box::new(popup)));
    }

    /// The terminal takes no text for the clipboard: shows it instead.
    fn not_copied(&mut self, text: Private) -> Vec<Effect> {
        self.toast = None;
        if !self.locked {
            self.popups.push(Popup::Menu(Menu::not_copied(text)));
        }
        Vec::new()
    }

    /// Shows a message, and arms the timer that takes it away if it may go unread.
    pub fn tell(&mut self, toast: Toast) -> Vec<Effect> {
        let passing = toast.tone == Tone::Said;
        self.toast = Some(toast);
        if passing { vec![Effect::Arm(Timer::Toast, SHOWN)] } else { Vec::new() }
    }
}
