//! An obligation in words: its sign, what became of it, by which record, and what the policy says.

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::app::meetings::{Cell, State, board::cell};
use crate::domain::{
    calendar::Span,
    file::StudentFile,
    obligation::{By, Obligation, Part, Plan, Status},
    policy::What,
    records::Records,
    time::show_day,
    word::Choice,
};
use crate::ui::theme::{Lines, Theme};

/// One obligation, ready to be drawn.
pub(in crate::ui) struct Told {
    /// One column wide.
    pub sign: &'static str,
    /// The style of the sign, and of the sentence.
    pub style: Style,
    /// What became of it, and by which record.
    pub sentence: String,
}

/// What obligations are told from.
pub(in crate::ui) struct Teller<'a> {
    pub plan: &'a Plan,
    pub records: &'a Records,
    pub file: &'a StudentFile,
    pub theme: &'a Theme,
    pub today: NaiveDate,
}

/// The sign of a state: it says the same as its colour.
pub(in crate::ui) fn sign(theme: &Theme, state: State) -> &'static str {
    let ascii = theme.lines == Lines::Ascii;
    match state {
        State::Overdue => "!",
        State::Due if ascii => "o",
        State::Due => "○",
        State::Planned if ascii => "p",
        State::Planned => "◌",
        State::Upcoming if ascii => ".",
        State::Upcoming => "·",
        State::Met if ascii => "*",
        State::Met => "●",
        State::Waived if ascii => "w",
        State::Waived => "∅",
        State::NotApplicable => "-",
    }
}

/// The style of a state.
pub(in crate::ui) fn style(theme: &Theme, state: State) -> Style {
    match state {
        State::Overdue => theme.bad(),
        State::Due => theme.warn(),
        State::Planned => Style::new(),
        State::Upcoming | State::Waived | State::NotApplicable => theme.dim(),
        State::Met => theme.good(),
    }
}

/// `12 d`, `3 Dec`, `2/3`: what a cell says beside its sign.
pub(in crate::ui) fn short(cell: Cell, today: NaiveDate) -> String {
    let of = match cell.held {
        (_, 0) => String::new(),
        (held, of) => format!("{held}/{of} "),
    };
    let when = match cell.state {
        State::Overdue => format!("{} d", (today - cell.day).num_days()),
        State::Due if cell.day == today => "today".into(),
        State::Due => format!("{} d", (cell.day - today).num_days()),
        State::Planned | State::Upcoming | State::Met => cell.day.format("%-d %b").to_string(),
        State::Waived => "waived".into(),
        State::NotApplicable => String::new(),
    };
    format!("{of}{when}")
}

impl Teller<'_> {
    /// What it is called, and for which meeting or how-manieth time.
    pub(in crate::ui) fn name(&self, one: &Obligation) -> String {
        let name = self.plan.duty(one).map_or("", |duty| duty.name.as_str());
        match one.part {
            Part::Whole => name.to_owned(),
            Part::Nth(number) => format!("{name} {number}"),
            Part::Meeting(id) => match self.records.meeting(self.file, id) {
                Some(meeting) => format!("{name}, {}", show_day(meeting.on, self.today)),
                None => name.to_owned(),
            },
            Part::Allocation(id) => match self.file.find(id) {
                Some(allocation) => format!("{name}, {}", show_day(allocation.from, self.today)),
                None => name.to_owned(),
            },
        }
    }

    /// Its days, and what is asked.
    pub(in crate::ui) fn about(&self, one: &Obligation) -> String {
        let asks = self.plan.duty(one).map(|duty| match &duty.what {
            What::Slot(slot) => format!("{}, {} min", slot.words(), slot.minutes.unwrap_or(30)),
            What::Count(_)
            | What::Tutor
            | What::Contact
            | What::Filled(_)
            | What::Letter { .. }
            | What::Outcome { .. } => duty.what.words(),
        });
        format!("{} · {}", self.days(one.window), asks.unwrap_or_default())
    }

    /// What its clause says.
    pub(in crate::ui) fn says(&self, one: &Obligation) -> String {
        let duty = self.plan.duty(one);
        let says = duty.and_then(|duty| self.plan.policy().says(&duty.clause));
        says.unwrap_or_default().to_owned()
    }

    fn days(&self, window: Span) -> String {
        let (from, to) = (show_day(window.from, self.today), show_day(window.to, self.today));
        if from == to { from } else { format!("{from} to {to}") }
    }

    /// What became of it.
    pub(in crate::ui) fn tell(&self, one: &Obligation) -> Told {
        let cell = cell(self.records, self.file, one);
        let sentence = match one.status {
            Status::Met(by) => format!("met by {}", self.by(by)),
            Status::Waived(id) => self.waived(id),
            Status::NotApplicable(condition) => {
                let who = self.plan.duty(one).map(|duty| condition.words(&duty.who));
                format!("not applicable: {}", who.unwrap_or_default())
            }
            Status::Upcoming | Status::Due | Status::Overdue => self.open(one, cell),
        };
        let state = cell.state;
        Told { sign: sign(self.theme, state), style: style(self.theme, state), sentence }
    }

    fn open(&self, one: &Obligation, cell: Cell) -> String {
        let left = one.days_left(self.today);
        let held = match cell.held {
            (_, 0) => String::new(),
            (held, of) => format!(", {held} of {of} held"),
        };
        let due = match one.status {
            Status::Overdue => format!("overdue {}", days(-left)),
            Status::Due if left == 0 => "due today".into(),
            Status::Due => format!("due in {}", days(left)),
            Status::Upcoming | Status::Met(_) | Status::Waived(_) | Status::NotApplicable(_) => {
                format!("begins in {}", days((one.window.from - self.today).num_days()))
            }
        };
        if cell.state == State::Planned {
            return format!("planned for {}, {due}{held}", show_day(cell.day, self.today));
        }
        format!("{due}{held}")
    }

    fn by(&self, by: By) -> String {
        let day = |day| show_day(day, self.today);
        let told = match by {
            By::Meeting(id) => self.records.meeting(self.file, id).map(|meeting| {
                let (minutes, mode) = (meeting.minutes, meeting.mode.words());
                format!("the meeting of {}, {minutes} min, {mode}", day(meeting.on))
            }),
            By::Contact(id) => self.file.find(id).map(|contact| {
                format!("a contact on {}, {}", day(contact.on), contact.channel.words())
            }),
            By::Allocation(id) => self.file.find(id).map(|allocation| {
                let tutor = self.records.tutor(allocation.tutor);
                let tutor = tutor.map_or("a tutor", |tutor| &tutor.name);
                format!("the allocation to {tutor} from {}", day(allocation.from))
            }),
            By::Letter(id) => self.file.find(id).map(|letter| {
                let sent = letter.sent.map(day).unwrap_or_default();
                format!("the letter “{}” sent {sent}", letter.kind)
            }),
            By::Enrolment(_) => Some("what the enrolment says".into()),
            By::Student(_) => Some("what is filled in on the student".into()),
        };
        told.unwrap_or_else(|| "a record".into())
    }

    fn waived(&self, id: crate::domain::waiver::WaiverId) -> String {
        let Some(waiver) = self.file.find(id) else { return "waived".into() };
        let by = self.records.tutor(waiver.tutor).map_or("a tutor", |tutor| &tutor.name);
        format!("waived {} by {by}: {}", show_day(waiver.on, self.today), waiver.why)
    }
}

/// `1 day`, `13 days`.
pub(in crate::ui) fn days(count: i64) -> String {
    if count == 1 { "1 day".into() } else { format!("{count} days") }
}
