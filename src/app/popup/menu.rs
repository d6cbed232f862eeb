//! A few ways to go on, one of which is chosen: after the first start, before a profile that somebody holds.

use std::fmt;

use chrono::NaiveDate;

use crate::app::{
    command::Command,
    cursor::Cursor,
    importing::signals::SignalFile,
    letters::{Many, Writing},
    msg::{Effect, Holder, Private},
    pane::copying::Copied,
    triage::Column,
};
use crate::{
    domain::{
        access::{Refusal, Why},
        calendar::{Calendar, CalendarId},
        decision::DecisionId,
        reading::Who,
        records::Records,
        saved_view::SavedViewId,
        student::StudentId,
        tutee::Sort,
        tutor::TutorId,
        write::signals::Chosen,
    },
    exchange::packs::Offer,
};

/// What choosing an option does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Nothing but closing the menu.
    Close,
    /// Something of the world.
    Effect(Effect),
    /// A command.
    Run(Command),
    /// This tutor works here.
    ChooseMe(TutorId),
    /// This policy is in use from now on; an empty code is none.
    ChoosePolicy(String),
    /// Record a consent of this student, to this recipient for this purpose.
    RecordConsent(StudentId, Private, Private),
    /// Say in the form below why somebody is at serious risk.
    AtRisk,
    /// Edit this academic year, or a new one.
    EditYear(Option<CalendarId>),
    /// Open the profile that this process holds, only to look.
    Look(Holder),
    /// Put this about this student on the clipboard.
    Copy(StudentId, Copied),
    /// Take this decision of this student back.
    TakeBack(StudentId, DecisionId),
    /// Write this letter.
    Letter(Writing),
    /// Write this letter for many.
    Letters(Many),
    /// Show this view of the triage list, or everybody.
    View(Option<SavedViewId>),
    /// Ask which view is to be deleted.
    ForgetViews,
    /// Delete this view.
    ForgetView(SavedViewId),
    /// Sort the triage list by this column.
    SortBy(Column),
    /// Sort the list of tutees so.
    SortTutees(Sort),
    /// Import what this file says of engagement.
    ImportSignals(Box<SignalFile>),
    /// Import the students of this file.
    ImportStudents(Box<SignalFile>),
    /// Somebody in a file of signals is this student, or nobody; none: all others of whom nobody has said who they are stay
    /// out.
    Whose(Option<(Who, Chosen)>),
}

/// One way to go on.
#[derive(Clone, PartialEq, Eq)]
pub struct Way {
    /// What it is called.
    pub label: String,
    /// What it means; may be empty.
    pub hint: String,
    /// What it does.
    pub then: Then,
}

impl Way {
    /// A way with a label and what it means.
    #[must_use]
    pub fn new(label: impl Into<String>, hint: impl Into<String>, then: Then) -> Self {
        Self { label: label.into(), hint: hint.into(), then }
    }
}

/// A menu that is open.
#[derive(Clone, PartialEq, Eq)]
pub struct Menu {
    /// What the frame says.
    pub title: String,
    /// What is said above the ways, a paragraph each.
    pub text: Vec<String>,
    /// Something to be read exactly, on a line of its own, such as a recovery code.
    pub code: Option<Private>,
    /// The ways to go on.
    pub ways: Vec<Way>,
    /// The selected way.
    pub cursor: Cursor,
    /// Whether Esc may close it.
    pub may_close: bool,
}

/// Prints the title, never what is said.
impl fmt::Debug for Menu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Menu({:?} …)", self.title)
    }
}

impl Menu {
    pub(super) fn new(title: &str, text: &[&str], ways: Vec<Way>) -> Self {
        Self {
            title: title.into(),
            text: text.iter().map(|line| (*line).into()).collect(),
            code: None,
            ways,
            cursor: Cursor::default(),
            may_close: false,
        }
    }

    /// The letters that can be written.
    #[must_use]
    pub fn letters(title: String, ways: Vec<Way>) -> Self {
        Self { title, may_close: true, ..Self::new("", &[], ways) }
    }

    /// The decisions that can be taken back: what was decided, when, and the way.
    #[must_use]
    pub fn decisions(ways: Vec<(String, String, Then)>) -> Self {
        let ways = ways.into_iter().map(|(label, hint, then)| Way::new(label, hint, then));
        let text = ["Which decision do you take back?"];
        Self { may_close: true, ..Self::new("Decisions", &text, ways.collect()) }
    }

    /// Things to choose from, one of them selected.
    #[must_use]
    pub fn of(title: &str, ways: Vec<Way>, selected: usize) -> Self {
        let cursor = Cursor { selected, ..Cursor::default() };
        Self { may_close: true, cursor, ..Self::new(title, &[], ways) }
    }

    /// The recovery code of a profile that has just been made.
    #[must_use]
    pub fn recovery(code: Private) -> Self {
        let text = [
            "This recovery code opens the profile when the passphrase is forgotten. It is shown only now.",
            "Write it on paper and keep it where nobody else looks. Without passphrase and code the records are lost for good.",
        ];
        let ways = vec![Way::new("I have written it down", "", Then::Close)];
        Self { code: Some(code), ..Self::new("Recovery code", &text, ways) }
    }

    /// The text that a terminal does not take for the clipboard.
    #[must_use]
    pub fn not_copied(text: Private) -> Self {
        let why = [
            "This terminal takes no text for the clipboard. Here it is, to be marked or copied down:",
        ];
        let ways = vec![Way::new("Close", "", Then::Close)];
        Self { code: Some(text), may_close: true, ..Self::new("Not copied", &why, ways) }
    }

    /// How to begin with an empty profile.
    #[must_use]
    pub fn welcome(import: Command) -> Self {
        let ways = vec![
            Way::new(
                "Import a tutee list",
                "CSV, TSV or XLSX, as the school sent it",
                Then::Run(import),
            ),
            Way::new(
                "Look at the demo",
                "28 invented tutees, in a temporary folder",
                Then::Effect(Effect::OpenDemo),
            ),
            Way::new("Start empty", "add tutees one by one", Then::Close),
        ];
        let text = ["Your profile is ready. How do you want to begin?"];
        Self { may_close: true, ..Self::new("Welcome", &text, ways) }
    }

    /// A hidden screen of a profile that no passphrase protects.
    #[must_use]
    pub fn hidden() -> Self {
        let text = [
            "The screen is hidden. No passphrase protects this profile, so anyone at this keyboard can go on.",
        ];
        let ways = vec![
            Way::new("Go on", "", Then::Effect(Effect::Open)),
            Way::new("Quit", "", Then::Effect(Effect::Quit)),
        ];
        Self::new("Hidden", &text, ways)
    }

    /// What can be done while another process holds the profile.
    #[must_use]
    pub fn held(holder: &Holder) -> Self {
        let who = format!("This profile is already open: {holder}, since {}.", holder.since);
        let ways = vec![
            Way::new(
                "Look, without changing anything",
                "as it is now on disk",
                Then::Look(holder.clone()),
            ),
            Way::new("Try again", "after the other one has ended", Then::Effect(Effect::Open)),
            Way::new("Quit", "", Then::Effect(Effect::Quit)),
        ];
        Self::new("Already open", &[&who], ways)
    }

    /// What can be done with a profile that does not open; the sentence says why.
    #[must_use]
    pub fn broken(sentence: &str) -> Self {
        let ways = vec![
            Way::new("Try again", "after it has been put right", Then::Effect(Effect::Open)),
            Way::new("Quit", "", Then::Effect(Effect::Quit)),
        ];
        Self::new("Not open", &[sentence], ways)
    }

    /// What was found broken when the profile was opened, and what was done about it, a sentence each.
    #[must_use]
    pub fn repaired(notices: &[String]) -> Self {
        let ways = vec![Way::new("Go on", "tutelage check looks at everything", Then::Close)];
        let text: Vec<&str> = notices.iter().map(String::as_str).collect();
        Self { may_close: true, ..Self::new("Opening the profile", &text, ways) }
    }

    /// What is in a backup, where it is and what opens it.
    #[must_use]
    pub fn backed_up(said: &[String]) -> Self {
        let text: Vec<&str> = said.iter().map(String::as_str).collect();
        let ways = vec![Way::new("Go on", "", Then::Close)];
        Self { may_close: true, ..Self::new("Backed up", &text, ways) }
    }

    /// Which university's policy runs; the one in use is selected.
    #[must_use]
    pub fn policies(offers: Vec<Offer>, current: &str) -> Self {
        let selected = offers.iter().position(|offer| offer.code == current);
        let way = |offer: Offer| {
            let hint = if offer.code == current { "in use" } else { "" };
            Way::new(offer.name, hint, Then::ChoosePolicy(offer.code))
        };
        let mut ways: Vec<Way> = offers.into_iter().map(way).collect();
        let none = if current.is_empty() { "in use" } else { "" };
        ways.push(Way::new(
            "None: no slots, ladders or letters",
            none,
            Then::ChoosePolicy(String::new()),
        ));
        let text = [
            "Its slots, deadlines, ladders, sharing rules and letters run from now on. What you have recorded stays.",
            "Term dates that you have not confirmed are replaced by its examples.",
        ];
        let cursor = Cursor { selected: selected.unwrap_or(0), ..Cursor::default() };
        Self { may_close: true, cursor, ..Self::new("Which policy?", &text, ways) }
    }

    /// What the gate refused, by which clause, what would be needed, and what can be done about it.
    #[must_use]
    pub fn refused(
        refusal: &Refusal,
        (student, to, purpose): (StudentId, Private, Private),
    ) -> Self {
        let cited = if refusal.clause.is_empty() {
            refusal.says.clone()
        } else {
            format!("{}: {}", refusal.clause, refusal.says)
        };
        let mut ways = Vec::new();
        if matches!(refusal.why, Why::NoConsent | Why::NoWrittenConsent) {
            ways.push(Way::new(
                "Record the student's consent",
                "once it has been given",
                Then::RecordConsent(student, to, purpose),
            ));
        }
        if refusal.gives_way_to_risk() {
            ways.push(Way::new(
                "Somebody is at serious risk",
                "pass it on all the same; the reason is recorded",
                Then::AtRisk,
            ));
        }
        ways.push(Way::new("Leave it", "back to the form; nothing was passed on", Then::Close));
        let text = [cited.as_str(), refusal.needed.as_str()];
        Self { may_close: true, ..Self::new("Not passed on", &text, ways) }
    }

    /// The academic years, the one of today selected.
    #[must_use]
    pub fn years(records: &Records, today: NaiveDate) -> Self {
        let mut years: Vec<_> = records.calendars().collect();
        years.sort_by_key(|year| year.span.from);
        let selected = years.iter().position(|year| year.span.holds(today)).unwrap_or(0);
        let way = |year: &&Calendar| {
            let hint = if year.example { "example dates: check them" } else { "confirmed" };
            Way::new(&year.year, hint, Then::EditYear(Some(year.id)))
        };
        let mut ways: Vec<Way> = years.iter().map(way).collect();
        ways.push(Way::new("Another year", "", Then::EditYear(None)));
        let text = [
            "Slots and deadlines count from these dates. Which year do you want to check or edit?",
        ];
        let cursor = Cursor { selected, ..Cursor::default() };
        Self { may_close: true, cursor, ..Self::new("Term dates", &text, ways) }
    }

    /// After an import that brought tutors: which of them works here?
    #[must_use]
    pub fn which_tutor(records: &Records) -> Option<Self> {
        let me = records.profile()?.owner;
        let mut ways: Vec<Way> = records
            .tutors()
            .filter(|tutor| tutor.id != me)
            .map(|tutor| Way::new(&tutor.name, &tutor.email, Then::ChooseMe(tutor.id)))
            .collect();
        ways.sort_by_cached_key(|way| way.label.to_lowercase());
        let own = records.me().map_or_else(String::new, |tutor| tutor.name.clone());
        ways.push(Way::new("None of them", format!("I am {own}"), Then::Close));
        let text = ["The list names these tutors. Which of them are you?"];
        (ways.len() > 1)
            .then(|| Self { may_close: true, ..Self::new("Which tutor are you?", &text, ways) })
    }
}
