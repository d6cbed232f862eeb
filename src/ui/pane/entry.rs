//! An entry of a timeline in words: its sign, how it is meant, and what it says.

use chrono::NaiveDate;
use ratatui::style::Style;

use crate::domain::{
    action::{Action, Owner},
    case::Case,
    consent::Consent,
    contact::{Channel, Contact, Reply},
    disclosure::{Basis, Disclosure},
    file::StudentFile,
    flag::{Flag, FlagKind},
    id::Id,
    ladder::{Ladder, Taken},
    letter::Letter,
    meeting::{Attendance, Meeting, Outcome, With},
    note::{Confidentiality, Note},
    policy::Policy,
    record::Kind,
    records::Records,
    referral::Referral,
    student::Enrolment,
    time::show_day,
    timeline::{Aspect, Entry, of_entry},
    tutor::Allocation,
    waiver::Waiver,
    word::Choice,
};
use crate::ui::theme::{Lines, Theme};

mod decided;

/// One entry, ready to be drawn.
pub(super) struct Told {
    /// One column wide.
    pub sign: &'static str,
    /// The style of the sign, and of the words where they matter as much.
    pub style: Style,
    /// What it says.
    pub words: String,
}

/// What entries are told from.
pub(super) struct Teller<'a> {
    pub records: &'a Records,
    pub file: &'a StudentFile,
    /// The policy in use, which knows the names and the steps of ladders.
    pub policy: Option<&'a Policy>,
    pub theme: &'a Theme,
    pub today: NaiveDate,
}

impl Teller<'_> {
    /// The entry in words.
    pub(super) fn tell(&self, entry: &Entry) -> Told {
        let bytes = entry.record.bytes;
        let told = match entry.record.kind {
            Kind::Meeting => self.meeting(Id::from_bytes(bytes)),
            Kind::Contact => self.file.find(Id::from_bytes(bytes)).map(|it| self.contact(it)),
            Kind::Note => self.file.find(Id::from_bytes(bytes)).map(|it| self.note(it)),
            Kind::Action => self.file.find(Id::from_bytes(bytes)).map(|it| self.action(it)),
            Kind::Referral => {
                let held = self.file.find(Id::from_bytes(bytes));
                held.map(|it| self.referral(it, entry.aspect))
            }
            Kind::Consent => self.file.find(Id::from_bytes(bytes)).map(|it| self.consent(it)),
            Kind::Flag => self.file.find(Id::from_bytes(bytes)).map(|it| self.flag(it)),
            Kind::Waiver => self.file.find(Id::from_bytes(bytes)).map(|it| self.waiver(it)),
            Kind::Ladder => {
                let held = self.file.find(Id::from_bytes(bytes));
                held.map(|it| self.ladder(it, entry.aspect))
            }
            Kind::Letter => self.file.find(Id::from_bytes(bytes)).map(|it| self.letter(it)),
            Kind::Disclosure => self.file.find(Id::from_bytes(bytes)).map(|it| self.disclosure(it)),
            Kind::Decision => self.file.find(Id::from_bytes(bytes)).map(|it| self.decision(it)),
            Kind::Case => {
                let held = self.file.find(Id::from_bytes(bytes));
                held.map(|it| self.case(it, entry.aspect))
            }
            Kind::Allocation => {
                let held = self.file.find(Id::from_bytes(bytes));
                held.map(|it| self.allocation(it, entry.aspect))
            }
            Kind::Enrolment => self.file.find(Id::from_bytes(bytes)).map(|it| self.enrolment(it)),
            Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Mapping
            | Kind::Student
            | Kind::Attendance
            | Kind::SlotChoice
            | Kind::Training
            | Kind::Absence
            | Kind::RoleTerm
            | Kind::DutyDone
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::SavedView
            | Kind::Engagement
            | Kind::Results
            | Kind::Alias => None,
        };
        told.unwrap_or(Told { sign: " ", style: Style::new(), words: String::new() })
    }

    fn sign(&self, drawn: &'static str, ascii: &'static str) -> &'static str {
        if self.theme.lines == Lines::Ascii { ascii } else { drawn }
    }

    fn meeting(&self, id: Id<Meeting>) -> Option<Told> {
        let meeting = self.records.meeting(self.file, id)?;
        let part: &Attendance = self.file.attendances.iter().find(|it| it.meeting == id)?;
        let overdue = part.outcome == Outcome::Planned && meeting.on < self.today;
        let (sign, style) = match part.outcome {
            Outcome::Planned if overdue => (self.sign("○", "o"), self.theme.warn()),
            Outcome::Planned => (self.sign("○", "o"), Style::new()),
            Outcome::Held => (self.sign("●", "*"), self.theme.good()),
            Outcome::MissedWithNotice => (self.sign("✗", "x"), self.theme.warn()),
            Outcome::Missed => (self.sign("✗", "x"), self.theme.bad()),
            Outcome::Cancelled => ("-", self.theme.dim()),
            Outcome::Rescheduled => (self.sign("»", ">"), self.theme.dim()),
        };
        let kind = if meeting.with == With::Group { "group meeting" } else { "meeting" };
        let what = if meeting.focus.is_empty() { capital(kind) } else { meeting.focus.to_string() };
        let mut words = vec![what];
        match part.outcome {
            Outcome::Held => words.push(format!("{} min", meeting.minutes)),
            Outcome::Planned if overdue => words.push("planned, held?".into()),
            Outcome::Planned => {
                words.extend(meeting.at.map(|at| at.format("%H:%M").to_string()));
            }
            Outcome::MissedWithNotice
            | Outcome::Missed
            | Outcome::Cancelled
            | Outcome::Rescheduled => words.push(part.outcome.words().into()),
        }
        words.push(meeting.mode.words().into());
        if meeting.with == With::Group && !meeting.focus.is_empty() {
            words.push("group".into());
        }
        Some(Told { sign, style, words: words.join(", ") })
    }

    fn contact(&self, contact: &Contact) -> Told {
        let sign = match contact.channel {
            Channel::Email | Channel::Letter | Channel::Message => self.sign("✉", "@"),
            Channel::Phone => self.sign("☎", "t"),
            Channel::InPassing => self.sign("◦", "."),
        };
        let style = match contact.reply {
            Reply::Replied => self.theme.good(),
            Reply::NoAnswer => self.theme.warn(),
            Reply::Awaited | Reply::NotNeeded => Style::new(),
        };
        let mut words = format!("{}, {}", capital(contact.channel.words()), contact.reply.words());
        if let Some(day) = contact.replied.filter(|day| *day != contact.on) {
            words.extend([" ", &show_day(day, self.today)]);
        }
        if !contact.about.is_empty() {
            words.extend([": ", &contact.about]);
        }
        words.extend(self.file.ladders.iter().find_map(|ladder| {
            let taken = ladder.taken.iter().find(|taken| taken.contact == Some(contact.id))?;
            Some(format!(", ladder {}", self.rung(ladder, taken)))
        }));
        Told { sign, style, words }
    }

    fn note(&self, note: &Note) -> Told {
        let first = note.text.lines().map(plain_line).find(|line| !line.is_empty());
        let words = match note.confidentiality {
            Confidentiality::FactOnly => "note, fact only".to_owned(),
            Confidentiality::Shared
            | Confidentiality::TutorAndSenior
            | Confidentiality::Restricted => first.unwrap_or("note").to_owned(),
        };
        let style = self.theme.confidentiality(note.confidentiality);
        Told { sign: self.sign("✎", "n"), style, words }
    }

    fn action(&self, action: &Action) -> Told {
        let who = match action.owner {
            Owner::Student => self.file.student.name.first(),
            Owner::Tutor => "me",
        };
        let (sign, style, when) = match (action.done, action.due) {
            (Some(done), _) => {
                let when = format!(", done {}", show_day(done, self.today));
                (self.sign("☑", "+"), self.theme.good(), when)
            }
            (None, Some(due)) => {
                let late = action.is_overdue(self.today);
                let style = if late { self.theme.bad() } else { Style::new() };
                let word = if late { "overdue since" } else { "due" };
                (self.sign("☐", "_"), style, format!(", {word} {}", show_day(due, self.today)))
            }
            (None, None) => (self.sign("☐", "_"), Style::new(), String::new()),
        };
        Told { sign, style, words: format!("{who}: {}{when}", action.what) }
    }

    fn referral(&self, referral: &Referral, aspect: Aspect) -> Told {
        let sign = self.sign("→", ">");
        if aspect == Aspect::FollowUp {
            let late = referral.follow_up_due(self.today);
            let style = if late { self.theme.warn() } else { Style::new() };
            return Told { sign, style, words: format!("Ask how {} went", referral.service) };
        }
        let mut words = format!("Referred to {}", referral.service);
        if !referral.reason.is_empty() {
            words.extend([": ", &referral.reason]);
        }
        if let Some(outcome) = &referral.outcome {
            words.extend([" (", &outcome.text, ")"]);
        }
        Told { sign, style: Style::new(), words }
    }

    fn consent(&self, consent: &Consent) -> Told {
        let holds = consent.holds(self.today);
        let style = if holds { self.theme.good() } else { self.theme.dim() };
        let state = match (consent.withdrawn, consent.until) {
            (Some(day), _) => format!(", withdrawn {}", show_day(day, self.today)),
            (None, Some(day)) => format!(", until {}", show_day(day, self.today)),
            (None, None) => String::new(),
        };
        let words = format!(
            "Consent {}: {}, {}{state}",
            consent.how.words(),
            consent.recipient,
            consent.purpose
        );
        Told { sign: self.sign("§", "c"), style, words }
    }

    fn flag(&self, flag: &Flag) -> Told {
        if flag.kind == FlagKind::Praise {
            let words = raised("Praise", flag);
            return Told { sign: self.sign("★", "+"), style: self.theme.good(), words };
        }
        let mut words = raised("Concern", flag);
        let style = match &flag.closed {
            Some(closed) => {
                words.extend([" (closed ", &show_day(closed.on, self.today), ")"]);
                self.theme.dim()
            }
            None => self.theme.urgency(flag.urgency),
        };
        Told { sign: self.theme.urgency_sign(flag.urgency), style, words }
    }

    fn waiver(&self, waiver: &Waiver) -> Told {
        let duty = self.policy.and_then(|policy| policy.duty(&waiver.duty.code));
        let name = duty.map_or(&waiver.duty.code, |duty| &duty.name);
        let words = format!("Waived {name}: {}", waiver.why);
        Told { sign: self.sign("∅", "w"), style: self.theme.dim(), words }
    }

    /// Which step of a ladder one was: `2 of 3`.
    fn rung(&self, ladder: &Ladder, taken: &Taken) -> String {
        let rule = self.policy.and_then(|policy| policy.ladder(&ladder.ladder));
        let place = u16::from(taken.step) + 1;
        rule.map_or_else(
            || format!("step {place}"),
            |rule| format!("{place} of {}", rule.steps.len()),
        )
    }

    fn ladder(&self, ladder: &Ladder, aspect: Aspect) -> Told {
        let rule = self.policy.and_then(|policy| policy.ladder(&ladder.ladder));
        let name = rule.map_or(ladder.ladder.as_str(), |rule| &rule.name);
        let style = if ladder.is_open() { self.theme.warn() } else { self.theme.dim() };
        let step = match aspect {
            Aspect::Step(place) => ladder.taken.get(usize::from(place)),
            Aspect::Itself | Aspect::FollowUp | Aspect::End | Aspect::Slot(_) => None,
        };
        let words = match (aspect, step, &ladder.ended) {
            (_, Some(taken), _) => {
                let step = rule.and_then(|rule| rule.steps.get(usize::from(taken.step)));
                let colon = if step.is_some() { ": " } else { "" };
                let step = step.map_or("", |step| &step.name);
                format!("Ladder {name}, {}{colon}{step}", self.rung(ladder, taken))
            }
            (Aspect::End, _, Some(ended)) => {
                let colon = if ended.note.is_empty() { "" } else { ": " };
                let how = ended.how.words();
                format!("Ladder {name} ended, {how}{colon}{}", ended.note)
            }
            (_, None, _) => {
                let colon = if ladder.why.is_empty() { "" } else { ": " };
                format!("Ladder {name} started{colon}{}", ladder.why)
            }
        };
        Told { sign: self.sign("≡", "="), style, words }
    }

    fn letter(&self, letter: &Letter) -> Told {
        let central = letter.kind == Letter::CENTRAL;
        let (verb, waiting) =
            if central { ("copied on", "not copied") } else { ("sent", "not sent") };
        let mut words = if central { "Central system".to_owned() } else { capital(&letter.kind) };
        if !letter.subject.is_empty() {
            words.extend([": ", &letter.subject]);
        }
        match letter.sent {
            Some(day) => words.extend([", ", verb, " ", &show_day(day, self.today)]),
            None => words.extend([", ", waiting]),
        }
        if let Some(day) = letter.agreed {
            words.extend([", agreed ", &show_day(day, self.today)]);
        }
        let style = match (letter.agreed, letter.sent) {
            (Some(_), _) => self.theme.good(),
            (None, Some(_)) => Style::new(),
            (None, None) => self.theme.warn(),
        };
        Told { sign: self.sign("¶", "l"), style, words }
    }

    fn disclosure(&self, told: &Disclosure) -> Told {
        let risk = told.basis == Basis::SeriousRisk;
        let style = if risk { self.theme.bad() } else { Style::new() };
        let why = if told.reason.is_empty() { "" } else { ": " };
        let words = format!(
            "Passed on to {}, {}: {} ({}{why}{})",
            told.to,
            told.purpose,
            told.what,
            told.basis.words(),
            told.reason
        );
        Told { sign: self.sign("⇒", "^"), style, words }
    }

    /// What a letter or a case says, for who opens it.
    pub(super) fn text(&self, entry: &Entry) -> String {
        let letter = of_entry::<Letter>(entry).and_then(|id| self.file.find(id));
        let case = of_entry::<Case>(entry).and_then(|id| self.file.find(id));
        let case = || case.map(|case| self.whole_case(case)).unwrap_or_default();
        letter.map_or_else(case, |letter| letter.text.clone())
    }

    fn allocation(&self, allocation: &Allocation, aspect: Aspect) -> Told {
        let tutor = self.records.tutor(allocation.tutor).map_or("another tutor", |it| &it.name);
        let what = if aspect == Aspect::End { "No longer tutee of" } else { "Tutee of" };
        let reason = if allocation.reason.is_empty() { "" } else { ": " };
        let words = format!("{what} {tutor}{reason}{}", allocation.reason);
        Told { sign: self.sign("·", "."), style: self.theme.dim(), words }
    }

    fn enrolment(&self, enrolment: &Enrolment) -> Told {
        let level = enrolment.level.map(|level| format!("level {level}")).unwrap_or_default();
        let parts = [&*enrolment.programme, &level, enrolment.status.words()];
        let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let told = told.join(", ");
        let words = if enrolment.programme.is_empty() { capital(&told) } else { told };
        Told { sign: self.sign("·", "."), style: self.theme.dim(), words }
    }
}

/// `Concern by module leader: not seen this week`; who and what only where they are said.
fn raised(kind: &str, flag: &Flag) -> String {
    let by = if flag.raised_by.is_empty() { "" } else { " by " };
    let colon = if flag.text.is_empty() { "" } else { ": " };
    [kind, by, &flag.raised_by, colon, &flag.text].concat()
}

/// A line of a note without the signs of a heading or list.
fn plain_line(line: &str) -> &str {
    if line.starts_with('#') { "" } else { line.trim_start_matches(['-', '*', ' ']).trim() }
}

/// The words with a capital at the start.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
