//! What people decide about alerts: on the students who are marked, or on the one in hand.

use super::{
    command::Decide as Command,
    forms::{DecideForm, Deed, RecordForm, Which, Wish},
    meetings,
    model::{Model, Pane, View},
    msg::{Access, Effect},
    popup::{FormKind, Menu, Popup, menu::Then},
    triage::{Half, Row},
};
use crate::domain::{
    alert::{Alert, Fingerprint, fingerprint},
    decision::{Decision, DecisionId, Verdict},
    reason::Reason,
    student::StudentId,
    time::show_day,
    write::decision,
};

/// The students whose marks count now: on the desk while the list of tutees has the keys, and in meetings while the board
/// has them; in triage those whose rows are in the list as it is shown, while the list has them.
pub fn marked(model: &Model) -> impl Iterator<Item = StudentId> {
    let triage = &model.desk.triage;
    let list = triage.list.as_ref();
    let (in_triage, in_list) = match model.view {
        View::Triage => (true, triage.half == Half::List),
        View::Meetings => (false, model.desk.meetings.half == meetings::Half::Board),
        View::Desk => (false, model.focus == Pane::Tutees),
    };
    let marks = in_list.then_some(&model.desk.tutees.marks);
    let all = marks.into_iter().flatten().copied();
    all.filter(move |student| !in_triage || list.is_some_and(|list| list.shows(*student)))
}

/// Whether something about marked students is being saved: the marks have done their work then. Who was exported stays
/// marked.
#[must_use]
pub fn waits_on_marked(model: &Model, popup: &Popup) -> bool {
    let Popup::Form(form) = popup else { return false };
    let FormKind::Record(record) = &form.kind else { return false };
    let students = if let RecordForm::Decide(what) = record {
        &what.students
    } else if let RecordForm::Bulk(what) = record
        && !matches!(what.deed, Deed::Export | Deed::Calendar)
    {
        &what.students
    } else {
        return false;
    };
    form.waiting && marked(model).any(|student| students.contains(&student))
}

/// The student in hand: in triage never one who is not in the list as it is shown.
#[must_use]
pub fn in_hand(model: &Model) -> Option<StudentId> {
    match model.view {
        View::Triage => model.desk.triage.selected().map(Row::student),
        View::Desk | View::Meetings => model.desk.student(),
    }
}

/// Whose alert is in hand: while the alerts have the keys that of the row which is seen to be selected, even where a row
/// above it has just gone.
fn alerted(model: &Model) -> Option<StudentId> {
    let in_alerts = model.view == View::Desk && model.focus == Pane::Alerts;
    let selected = model.desk.alerts.selected().filter(|_| in_alerts);
    selected.map(|alert| alert.student).or_else(|| in_hand(model))
}

/// Whom a decision can be about: the students who are marked, else the one in hand. All but an exemption need an alert.
fn about_whom(model: &Model, command: Command) -> impl Iterator<Item = StudentId> {
    let mut marked = marked(model).peekable();
    let hand = if marked.peek().is_none() { alerted(model) } else { None };
    marked.chain(hand).filter(move |student| match command {
        Command::Exempt | Command::Case | Command::TakeBack => true,
        Command::Snooze | Command::Wrong | Command::Close | Command::Assign | Command::Escalate => {
            alert(model, *student).is_some()
        }
    })
}

/// The alert of a student, if the lists show one.
#[must_use]
pub fn alert(model: &Model, student: StudentId) -> Option<&Alert> {
    model.desk.alerts.find(student).map(|alert| &**alert)
}

/// Every reason of an alert, those included that are quiet by themselves.
pub fn reasons(alert: &Alert) -> impl Iterator<Item = &Reason> {
    alert.reasons.iter().chain(&alert.hushed)
}

/// Whom a decision is about, each with the fingerprint of the evidence that stands now: of one rule, on whom it fires, or
/// of all. An exemption needs no evidence.
#[must_use]
pub fn about(model: &Model, what: &DecideForm, rule: &str) -> Vec<(StudentId, Fingerprint)> {
    let evidence = |student: &StudentId| {
        let all = alert(model, *student).into_iter().flat_map(reasons);
        let of_it: Vec<Reason> =
            all.filter(|reason| rule.is_empty() || reason.rule == rule).cloned().collect();
        let counts = what.wish == Wish::Exempt || !of_it.is_empty();
        counts.then(|| (*student, fingerprint(&of_it)))
    };
    what.students.iter().filter_map(evidence).collect()
}

/// The decisions about a student that still hold, the latest first: one that ran out, or whose evidence is another by now,
/// is history.
fn standing(model: &Model, student: StudentId) -> Vec<&Decision> {
    let today = model.now.today();
    let alert = alert(model, student);
    let unchanged = |decision: &Decision| {
        let all = alert.into_iter().flat_map(reasons);
        let of_it = |it: &&Reason| decision.rule.is_empty() || it.rule == decision.rule;
        let now: Vec<Reason> = all.filter(of_it).cloned().collect();
        !now.is_empty() && decision.fingerprint.holds(&now, decision.on)
    };
    let quietens = |decision: &Decision| {
        alert.and_then(|alert| alert.quiet).is_some_and(|quiet| quiet.decision == decision.id)
    };
    let holds = |decision: &&Decision| match decision.verdict {
        Verdict::Snoozed { until: Some(day) } => day > today,
        Verdict::Exempt { to, .. } => to.is_none_or(|day| day >= today) || quietens(decision),
        Verdict::Snoozed { until: None } | Verdict::Wrong(_) | Verdict::Closed(_) => {
            quietens(decision) || unchanged(decision)
        }
        Verdict::Assigned { .. } => alert.is_some_and(|alert| decision.on >= alert.first_seen),
    };
    let file = model.records.file(student);
    let all = file.into_iter().flat_map(|file| file.decisions.iter().map(|held| &held.value));
    let mut found: Vec<&Decision> = all.filter(holds).collect();
    found.sort_by_key(|it| (std::cmp::Reverse(it.on), it.id));
    found
}

/// Whether a decision can be made now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    if model.access != Access::Write {
        return false;
    }
    let mut students = about_whom(model, command);
    match command {
        Command::TakeBack => students.any(|student| !standing(model, student).is_empty()),
        Command::Exempt
        | Command::Case
        | Command::Snooze
        | Command::Wrong
        | Command::Close
        | Command::Assign
        | Command::Escalate => students.next().is_some(),
    }
}

/// Opens the form of a decision, or asks which one is taken back.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if !applies(model, command) {
        return Vec::new();
    }
    let students: Vec<StudentId> = about_whom(model, command).collect();
    let wish = match command {
        Command::Snooze => Wish::Snooze,
        Command::Exempt => Wish::Exempt,
        Command::Wrong => Wish::Wrong,
        Command::Close => Wish::Close,
        Command::Assign => Wish::Assign,
        Command::Escalate => Wish::Escalate,
        Command::Case => return case(model),
        Command::TakeBack => return take_back(model, &students),
    };
    let form = DecideForm { wish, students };
    model.open_form(FormKind::Record(RecordForm::Decide(form)));
    Vec::new()
}

/// The case of the student in hand: the open one, else a new one.
fn case(model: &mut Model) -> Vec<Effect> {
    let Some(student) = alerted(model) else { return Vec::new() };
    let file = model.records.file(student);
    let open = file.and_then(|file| file.cases.iter().find(|case| case.closed.is_none()));
    let which = open.map_or(Which::New, |case| Which::Edit(case.id));
    model.open_form(FormKind::Record(RecordForm::Case(student, which)));
    Vec::new()
}

/// Takes the only decision that holds back; asks which where there are more.
fn take_back(model: &mut Model, students: &[StudentId]) -> Vec<Effect> {
    let mut ways = Vec::new();
    for student in students {
        let file = model.records.file(*student);
        let name = file.map(|file| file.student.name.shown()).unwrap_or_default();
        for decision in standing(model, *student) {
            let words = decision.words(&model.records, model.now.today());
            let label = if students.len() > 1 { format!("{name}: {words}") } else { words };
            let hint = show_day(decision.on, model.now.today());
            ways.push((label, hint, Then::TakeBack(*student, decision.id)));
        }
    }
    if let [(_, _, Then::TakeBack(student, id))] = ways.as_slice() {
        return undecide(model, *student, *id);
    }
    model.popups.push(Popup::Menu(Menu::decisions(ways)));
    Vec::new()
}

/// Takes a decision back.
pub fn undecide(model: &mut Model, student: StudentId, id: DecisionId) -> Vec<Effect> {
    model.write(|context| decision::take_back(context, student, id))
}

#[cfg(test)]
mod tests;
