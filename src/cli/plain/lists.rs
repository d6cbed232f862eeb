//! Rows as lines: tutees, entries of a timeline, alerts, hits, ledgers, duties, rules.

use crate::{
    app::{
        Model,
        popup::{
            History, Popup, Trial, duties::Whose, feedback::is_off, ledger::Row, versions::Version,
        },
    },
    cli::{alerts, show},
    domain::{
        access::permits,
        feedback::{Feedback, named},
        file::StudentFile,
        history::Entry as Deed,
        id::Id,
        meeting::Outcome,
        note::{Confidentiality, Note, NoteId},
        obligation::Status,
        record::Kind,
        search::Hit,
        student::StudentId,
        time::show_day,
        timeline::Entry,
        tutee::{Scope, Tutee},
        tutor_duty::TutorDutyState,
        word::Choice,
    },
};

use super::words::counted;

/// How many students of a change are named; of more only their number is said.
const NAMED: usize = 3;

/// The name of a student; empty if there is no such student any more.
#[must_use]
pub fn name(model: &Model, student: StudentId) -> String {
    model.records.file(student).map(|file| file.student.name.shown()).unwrap_or_default()
}

/// A tutee: who, how many slots are met, how long ago the last contact was, whether they need a word.
#[must_use]
pub fn tutee(row: &Tutee, model: &Model) -> String {
    let today = model.now.today();
    let slots = row.slots.map(|slots| format!("{} of {} slots met", slots.held, slots.of));
    let days = match row.days(today) {
        None => "no contact yet".to_owned(),
        Some(0) => "in contact today".to_owned(),
        Some(days) => {
            format!("{} since contact", counted(usize::try_from(days).unwrap_or(0), "day"))
        }
    };
    let alert = row.severity.map(|severity| format!("alert: {}", severity.words()));
    let parts = [
        Some(row.name.clone()),
        Some(row.number.clone()),
        row.level.map(|level| format!("level {level}")),
        Some(row.programme.clone()),
        slots,
        Some(days),
        alert,
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What an entry says, its head first; a slot of the policy that is open says when.
#[must_use]
pub fn text(entry: &Entry, model: &Model) -> String {
    let (timeline, today) = (&model.desk.timeline, model.now.today());
    let Some(file) = timeline.student.and_then(|student| model.records.file(student)) else {
        return String::new();
    };
    if let (Some(slot), Some(plan)) = (timeline.slot_of(entry), model.rules.plan.as_deref()) {
        let name = plan.duty(slot).map_or("", |duty| duty.name.as_str());
        let when = match slot.status {
            Status::Upcoming => format!("from {}", show_day(slot.window.from, today)),
            Status::Due
            | Status::Overdue
            | Status::Met(_)
            | Status::Waived(_)
            | Status::NotApplicable(_) => format!("by {}", show_day(slot.window.to, today)),
        };
        return format!("{name}, {} {when} ({})", slot.status.words(), plan.cited(slot));
    }
    show::lines::text(&model.records, file, entry, today)
}

/// An entry in one line: its day, its head, and how its text begins unless it is for its author alone.
#[must_use]
pub fn entry(entry: &Entry, model: &Model) -> String {
    let text = text(entry, model);
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default();
    let secret = note(entry, model).is_some_and(|(_, level)| level == Confidentiality::Restricted);
    let first = lines.map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let begins = first.filter(|_| !secret).map(|line| format!(": {line}")).unwrap_or_default();
    let day =
        if entry.nested { "with it".to_owned() } else { show_day(entry.on, model.now.today()) };
    format!("{day}: {head}{begins}")
}

/// The note that an entry is, and who may see it.
#[must_use]
pub fn note(entry: &Entry, model: &Model) -> Option<((StudentId, NoteId), Confidentiality)> {
    let student = model.desk.timeline.student?;
    let id = Some(entry.record).filter(|record| record.kind == Kind::Note)?;
    let note: NoteId = Id::<Note>::from_bytes(id.bytes);
    let held = model.records.file(student)?.find(note)?;
    Some(((student, note), held.confidentiality))
}

/// The alert of a student: a line, or all that is to be known.
#[must_use]
pub fn alert(model: &Model, student: StudentId) -> Vec<String> {
    let found = model.desk.alerts.find(student);
    let lines = found.map(|alert| alerts::lines(&model.records, alert, model.now.today()));
    let said = |line: String| match line.trim_start().strip_prefix("→ ") {
        Some(step) => format!("Next: {step}"),
        None => line.trim_start().to_owned(),
    };
    let mut next = String::new();
    let mut lines: Vec<String> = lines.unwrap_or_default().into_iter().map(said).rev().collect();
    // The same next step of several reasons is said once, after the last of them.
    lines.retain(|line| {
        let again = *line == next;
        if line.starts_with("Next: ") {
            next.clone_from(line);
        }
        !again
    });
    lines.reverse();
    lines
}

/// A place that was found: who, what, when, and the words.
#[must_use]
pub fn hit(hit: &Hit, model: &Model) -> String {
    let day = hit.on.map(|day| format!(", {}", show_day(day, model.now.today())));
    let (name, what) = (name(model, hit.student), hit.record.kind.one());
    format!("{name}, {what}{}: {}", day.unwrap_or_default(), hit.snippet)
}

/// What of the found places shows words of a note.
#[must_use]
pub fn notes_of(hits: &[Hit]) -> Vec<(StudentId, NoteId)> {
    let notes = hits.iter().filter(|hit| hit.record.kind == Kind::Note);
    notes.map(|hit| (hit.student, Id::from_bytes(hit.record.bytes))).collect()
}

/// Who a student is, in a line.
#[must_use]
pub fn head(file: &StudentFile, model: &Model) -> String {
    let enrolment = file.enrolment(model.now.today());
    let parts = [
        Some(file.student.name.shown()),
        Some(file.student.number.clone()),
        enrolment.and_then(|it| it.level).map(|level| format!("level {level}")),
        enrolment.map(|it| it.programme.to_string()),
        Some(file.student.email.clone()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The day, the week, what is planned today, and how many need a word.
#[must_use]
pub fn today(model: &Model) -> Vec<String> {
    let (records, today) = (&model.records, model.now.today());
    let calendar = records.calendar(today);
    let week = calendar.and_then(|calendar| calendar.week_of(today));
    let week = week.map(|(term, week)| format!(", {}, week {}", term.name, week.0));
    let mut says = vec![format!("{}{}.", today.format("%A %-d %B %Y"), week.unwrap_or_default())];
    let files = model.desk.tutees.students().filter_map(|student| records.file(student));
    for file in files {
        let planned = records.meetings_of(file);
        let due = planned.filter(|(it, part)| it.on == today && part.outcome == Outcome::Planned);
        says.extend(due.map(|(meeting, _)| {
            let at = meeting.at.map(|at| at.format(" at %H:%M").to_string()).unwrap_or_default();
            format!("Meeting today{at}: {}.", file.student.name.shown())
        }));
    }
    let (loud, quiet) = model.desk.alerts.counts();
    let quiet = if quiet == 0 { String::new() } else { format!(", {quiet} more are quiet") };
    says.push(match loud {
        0 if model.desk.tutees.total() == 0 => nobody(model),
        0 => format!("Nobody needs a word{quiet}."),
        1 => format!("1 student needs a word{quiet}."),
        loud => format!("{loud} students need a word{quiet}."),
    });
    let pressing = model.desk.duties.mine.iter().filter(|duty| duty.status.severity().is_some());
    let pressing = pressing.count();
    if pressing > 0 {
        says.push(format!("{} of yours as a tutor.", counted_duties(pressing)));
    }
    says.extend(model.standing().map(|standing| format!("This profile: {standing}.")));
    says
}

/// Why there is nobody to speak of.
#[must_use]
pub fn nobody(model: &Model) -> String {
    let why = match model.desk.scope {
        _ if model.records.files().len() == 0 => {
            "No students yet: import brings a list, add begins with one."
        }
        Scope::MyTutees(_) => "Nobody is your tutee today: scope shows others.",
        Scope::MySchool(_) | Scope::All => "Nobody is in your school today: scope shows others.",
    };
    why.to_owned()
}

fn counted_duties(count: usize) -> String {
    if count == 1 { "1 duty".into() } else { format!("{count} duties") }
}

/// The rows of a list that is open over the desk, numbered below its title.
#[must_use]
pub fn of_popup(popup: &Popup, model: &Model) -> Vec<String> {
    let (mut says, rows) = match popup {
        Popup::Ledger(ledger) => {
            let title =
                format!("Consents of {}, and what was passed on", name(model, ledger.student));
            let told = |row: Row| {
                ledger.file(model).map_or_else(String::new, |it| of_ledger(it, row, model))
            };
            (vec![title], ledger.rows(model).into_iter().map(told).collect())
        }
        Popup::Duties(duties) => {
            let mine = duties.whose == Whose::Mine;
            let title = if mine { "My duties" } else { "Duties in the school" };
            let rows = duties.rows(model).iter().map(|duty| of_duty(duty, model));
            (vec![title.to_owned()], rows.collect())
        }
        Popup::Feedback(open) => {
            let title = format!("How right the rules are, {}", open.period.words());
            (vec![title], open.rows.iter().map(|row| of_rule(row, model)).collect())
        }
        Popup::History(open) => {
            let told = open.known.entries.iter().map(|entry| of_deed(entry, open, model));
            let earlier = open.known.earlier.map(|_| "what was done before".to_owned());
            (vec!["What was done, the latest first".to_owned()], told.chain(earlier).collect())
        }
        Popup::Versions(open) => {
            let title = format!("Versions of a note about {}", name(model, open.student));
            let found = (0..).zip(open.found.iter().flatten());
            (vec![title], found.map(|(at, version): (usize, _)| of_version(version, at)).collect())
        }
        Popup::Trial(trial) => (of_trial(trial, model), Vec::new()),
        Popup::Confirm(_)
        | Popup::Form(_)
        | Popup::Palette(_)
        | Popup::Help(_)
        | Popup::Hits(_)
        | Popup::Menu(_)
        | Popup::Picker(_)
        | Popup::Columns(_)
        | Popup::DryRun(_)
        | Popup::SignalRun(_) => return Vec::new(),
    };
    if rows.is_empty() && !matches!(popup, Popup::Trial(_)) {
        says.push("There is nothing here.".to_owned());
    }
    says.extend((1..).zip(rows).map(|(number, row): (usize, String)| format!("{number} {row}")));
    says
}

fn of_rule(row: &Feedback, model: &Model) -> String {
    let off = if is_off(model, &row.rule) { "off, " } else { "" };
    let (rule, raised, against) = (named(&row.rule), row.raised, row.against());
    let share = row.share().map(|share| format!(", {share} percent")).unwrap_or_default();
    format!("{rule}: {off}{raised} raised, {against} not right or not needed{share}")
}

fn of_deed(entry: &Deed, open: &History, model: &Model) -> String {
    let back = if open.taken_back.contains(&entry.sequence) { ", taken back" } else { "" };
    let whom = match entry.students.len() {
        0 => String::new(),
        1..=NAMED => {
            let names: Vec<String> = entry.students.iter().map(|it| name(model, *it)).collect();
            format!(": {}", names.join(", "))
        }
        many => format!(": {}", counted(many, "student")),
    };
    format!("{}, {}{back}{whom}", entry.at.format("%-d %b %Y %H:%M"), entry.words())
}

fn of_version(version: &Version, at: usize) -> String {
    let now = if at == 0 { ", as it is now" } else { "" };
    let level = version.note.confidentiality.words();
    format!("{}, {}, {level}{now}", version.at.format("%-d %b %Y %H:%M"), version.author)
}

/// What other numbers would do, in sentences.
fn of_trial(trial: &Trial, model: &Model) -> Vec<String> {
    let (found, today) = (&trial.found, model.now.today());
    let (before, after) = found.now;
    let mut says = vec!["What this would do".to_owned()];
    says.push(format!("This week: {before} by the signals now, {after} then."));
    says.extend(found.past.iter().map(|it| {
        let week = show_day(it.week, today);
        format!("Week of {week}: {} before, {} then.", it.before, it.after)
    }));
    says.extend(found.gained.iter().map(|it| format!("{} comes", name(model, *it))));
    says.extend(found.lost.iter().map(|it| format!("{} goes", name(model, *it))));
    says
}

fn of_ledger(file: &StudentFile, row: Row, model: &Model) -> String {
    let today = model.now.today();
    match row {
        Row::Consent(id) => file.find(id).map(|it| {
            let state = match (it.withdrawn, it.until) {
                (Some(day), _) => format!("withdrawn {}", show_day(day, today)),
                (None, Some(day)) => format!("until {}", show_day(day, today)),
                (None, None) => "holds".to_owned(),
            };
            let permits = if it.holds(today) {
                permits(model.rules.policy.as_deref(), it)
            } else {
                "nothing".to_owned()
            };
            let (to, purpose, how) = (&it.recipient, &it.purpose, it.how.words());
            let on = show_day(it.on, today);
            format!("Consent: {to}, for {purpose}, {how} {on}, {state}; permits {permits}")
        }),
        Row::Told(id) => file.find(id).map(|it| {
            let (to, purpose, what, basis) = (&it.to, &it.purpose, &it.what, it.basis.words());
            format!("Passed on {}: {to}, for {purpose}: {what} ({basis})", show_day(it.on, today))
        }),
    }
    .unwrap_or_default()
}

fn of_duty(duty: &TutorDutyState, model: &Model) -> String {
    let tutor = model
        .records
        .tutor(duty.tutor)
        .filter(|it| model.records.me().map(|me| me.id) != Some(it.id));
    let who = tutor.map(|tutor| format!("{}: ", tutor.name)).unwrap_or_default();
    let step = duty.step.words();
    let step = if step.is_empty() { String::new() } else { format!("; next step: {step}") };
    let (name, status, evidence) = (&duty.name, duty.status.words(), &duty.evidence);
    format!("{who}{name}, {status}. {evidence} {}: {}{step}", duty.clause, duty.says)
}
