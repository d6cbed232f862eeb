//! The lines of one entry of a timeline.

use chrono::NaiveDate;

use crate::domain::{
    action::Action,
    case::Case,
    consent::Consent,
    contact::Contact,
    decision::Decision,
    disclosure::Disclosure,
    feedback::named,
    file::StudentFile,
    flag::Flag,
    ladder::Ladder,
    letter::Letter,
    meeting::Meeting,
    note::Note,
    record::Record,
    records::Records,
    referral::Referral,
    student::Enrolment,
    time::show_day,
    timeline::{Aspect, Entry, of_entry},
    tutor::Allocation,
    word::Choice,
};

/// Columns of the day; the text stands beside it.
const MARGIN: usize = 13;

/// The widest line.
const WIDEST: usize = 80;

/// The lines of an entry, its day in front of the first.
pub(super) fn of(
    records: &Records,
    file: &StudentFile,
    entry: &Entry,
    today: NaiveDate,
) -> Vec<String> {
    let text = text(records, file, entry, today);
    let day = if entry.nested { String::new() } else { show_day(entry.on, today) };
    let first = format!("{day:>width$}  ", width = MARGIN - 2);
    let margin = " ".repeat(MARGIN);
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let start = if lines.is_empty() { &first } else { &margin };
        let options =
            textwrap::Options::new(WIDEST).initial_indent(start).subsequent_indent(&margin);
        lines.extend(textwrap::wrap(part, options).into_iter().map(std::borrow::Cow::into_owned));
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// What an entry says; its head is the first line.
pub(in crate::cli) fn text(
    records: &Records,
    file: &StudentFile,
    entry: &Entry,
    today: NaiveDate,
) -> String {
    if let Some(meeting) = of_entry::<Meeting>(entry).and_then(|id| records.meeting(file, id)) {
        return of_meeting(file, meeting);
    }
    let Some((_, record)) = file.record(entry.record) else { return String::new() };
    match record {
        Record::Note(it) => of_note(&it),
        Record::Action(it) => of_action(file, &it, today),
        Record::Contact(it) => of_contact(&it, today),
        Record::Referral(it) => of_referral(&it, entry.aspect, today),
        Record::Consent(it) => of_consent(&it, today),
        Record::Flag(it) => of_flag(&it),
        Record::Waiver(it) => below(&format!("Waived {}", it.duty.code), &it.why),
        Record::Ladder(it) => of_ladder(&it, entry.aspect),
        Record::Letter(it) => of_letter(&it, today),
        Record::Disclosure(it) => of_disclosure(&it),
        Record::Decision(it) => of_decision(records, &it, today),
        Record::Case(it) => of_case(records, &it, entry.aspect),
        Record::Allocation(it) => of_allocation(records, &it, entry.aspect),
        Record::Enrolment(it) => of_enrolment(&it),
        Record::Profile(_)
        | Record::Tutor(_)
        | Record::Calendar(_)
        | Record::Mapping(_)
        | Record::Student(_)
        | Record::Meeting(_)
        | Record::Attendance(_)
        | Record::SlotChoice(_)
        | Record::Training(_)
        | Record::Absence(_)
        | Record::RoleTerm(_)
        | Record::DutyDone(_)
        | Record::Module(_)
        | Record::Batch(_)
        | Record::Tuning(_)
        | Record::SavedView(_)
        | Record::Engagement(_)
        | Record::Results(_)
        | Record::Alias(_) => String::new(),
    }
}

fn of_meeting(file: &StudentFile, meeting: &Meeting) -> String {
    let attendance = file.attendances.iter().find(|held| held.meeting == meeting.id);
    let form = if meeting.with == crate::domain::meeting::With::Group {
        "Group meeting"
    } else {
        "Meeting"
    };
    let parts = [
        Some(form.to_owned()),
        attendance.map(|held| held.outcome.words().to_owned()),
        meeting.at.map(|at| at.format("%H:%M").to_string()),
        Some(format!("{} min", meeting.minutes)),
        Some(meeting.mode.words().to_owned()),
        Some(meeting.place.to_string()),
        Some(meeting.focus.to_string()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn of_note(note: &Note) -> String {
    let head = format!("Note, {}, {}", note.part.words(), note.confidentiality.words());
    below(&head, &note.text)
}

fn of_action(file: &StudentFile, action: &Action, today: NaiveDate) -> String {
    let name = match action.owner {
        crate::domain::action::Owner::Student => file.student.name.first().to_owned(),
        crate::domain::action::Owner::Tutor => "tutor".to_owned(),
    };
    let due = action.due.map(|due| format!(" by {}", show_day(due, today))).unwrap_or_default();
    let state = match action.done {
        Some(_) => "done",
        None if action.is_overdue(today) => "overdue",
        None => "open",
    };
    format!("Action, {state}: {name}: {}{due}", action.what)
}

fn of_contact(contact: &Contact, today: NaiveDate) -> String {
    let replied = contact.replied.map(|day| format!(" {}", show_day(day, today)));
    let head = format!(
        "Contact by {}, {}{}",
        contact.channel.words(),
        contact.reply.words(),
        replied.unwrap_or_default()
    );
    below(&head, &contact.about)
}

fn of_referral(referral: &Referral, aspect: Aspect, today: NaiveDate) -> String {
    if aspect == Aspect::FollowUp {
        return format!("Ask how it went: {}", referral.service);
    }
    let text = below(&format!("Referred to {}", referral.service), &referral.reason);
    match &referral.outcome {
        Some(outcome) => {
            let on = show_day(outcome.on, today);
            below(&text, &format!("How it went, {on}: {}", outcome.text))
        }
        None => text,
    }
}

fn of_consent(consent: &Consent, today: NaiveDate) -> String {
    let until = consent.until.map(|day| format!(", until {}", show_day(day, today)));
    let withdrawn = consent.withdrawn.map(|day| format!(", withdrawn {}", show_day(day, today)));
    format!(
        "Consent to tell {}: {}, {}{}{}",
        consent.recipient,
        consent.purpose,
        consent.how.words(),
        until.unwrap_or_default(),
        withdrawn.unwrap_or_default()
    )
}

fn of_flag(flag: &Flag) -> String {
    let kind = match flag.kind {
        crate::domain::flag::FlagKind::Concern => format!("Concern, {}", flag.urgency.words()),
        crate::domain::flag::FlagKind::Praise => "Praise".to_owned(),
    };
    let by = if flag.raised_by.is_empty() { "" } else { ", by " };
    let closed = if flag.closed.is_some() { ", closed" } else { "" };
    below(&format!("{kind}{by}{}{closed}", flag.raised_by), &flag.text)
}

fn of_ladder(ladder: &Ladder, aspect: Aspect) -> String {
    let code = &ladder.ladder;
    match (aspect, &ladder.ended) {
        (Aspect::Step(place), _) => {
            let step = ladder.taken.get(usize::from(place)).map_or(0, |taken| taken.step);
            format!("Ladder {code}, step {}", u16::from(step) + 1)
        }
        (Aspect::End, Some(ended)) => {
            below(&format!("Ladder {code} ended, {}", ended.how.words()), &ended.note)
        }
        (Aspect::Itself | Aspect::FollowUp | Aspect::End | Aspect::Slot(_), _) => {
            below(&format!("Ladder {code} started"), &ladder.why)
        }
    }
}

fn of_letter(letter: &Letter, today: NaiveDate) -> String {
    let central = letter.kind == Letter::CENTRAL;
    let verb = if central { "copied" } else { "sent" };
    let sent = letter
        .sent
        .map_or_else(|| format!("not {verb}"), |day| format!("{verb} {}", show_day(day, today)));
    let agreed = letter.agreed.map(|day| format!(", agreed {}", show_day(day, today)));
    let head = if central { "Central system" } else { "Letter" };
    let head = format!("{head}: {}, {sent}{}", letter.subject, agreed.unwrap_or_default());
    below(&head, &letter.text)
}

fn of_disclosure(told: &Disclosure) -> String {
    let head = format!(
        "Passed on to {}, {}: {} ({})",
        told.to,
        told.purpose,
        told.what,
        told.basis.words()
    );
    below(&head, &told.reason)
}

fn of_decision(records: &Records, decision: &Decision, today: NaiveDate) -> String {
    let rule = match decision.rule.as_str() {
        "" => String::new(),
        key => format!(" ({})", named(key)),
    };
    below(&format!("Alert {}{rule}", decision.words(records, today)), &decision.why)
}

fn of_case(records: &Records, case: &Case, aspect: Aspect) -> String {
    let owner = records.tutor(case.owner).map_or("", |tutor| &tutor.name);
    match aspect {
        Aspect::FollowUp => format!("Case to be reviewed, {owner}"),
        Aspect::End => below("Case closed", &case.outcome),
        Aspect::Itself | Aspect::Step(_) | Aspect::Slot(_) => {
            let head = below(&format!("Case {}, {owner}", case.stage.words()), &case.why);
            below(&head, &case.plan)
        }
    }
}

fn of_allocation(records: &Records, allocation: &Allocation, aspect: Aspect) -> String {
    let tutor = records.tutor(allocation.tutor).map_or("", |tutor| &tutor.name);
    let verb = if aspect == Aspect::End { "no longer" } else { "allocated to" };
    below(&format!("Tutor: {verb} {tutor}"), &allocation.reason)
}

fn of_enrolment(enrolment: &Enrolment) -> String {
    let level = enrolment.level.map(|level| format!("L{level}")).unwrap_or_default();
    let parts = [&*enrolment.programme, &level, enrolment.status.words()];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("Enrolment: {}", told.join(", "))
}

fn below(head: &str, text: &str) -> String {
    if text.is_empty() { head.to_owned() } else { format!("{head}\n{text}") }
}
