//! What people decide about alerts: on the students who are marked, or on the one in hand.

use super::{
    command::Decide as Command,
    forms::{DecideForm, RecordForm, Which, Wish},
    model::{Model, Pane},
    msg::{Access, Effect},
    popup::{FormKind, Menu, Popup, menu::Then},
};
use crate::domain::{
    alert::{Alert, fingerprint},
    decision::{Decision, DecisionId, Verdict},
    reason::Reason,
    student::StudentId,
    time::show_day,
    write::decision,
};

/// Whom a decision is about: the students who are marked while a list of students has the keys, else the
/// one in hand.
#[must_use]
pub fn students(model: &Model) -> Vec<StudentId> {
    let marks = (model.focus == Pane::Tutees).then_some(&model.desk.tutees.marks);
    let marked: Vec<StudentId> = marks.into_iter().flatten().copied().collect();
    if marked.is_empty() { model.desk.student().into_iter().collect() } else { marked }
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

/// These students with the fingerprint of the evidence that stands now: of one rule, or of all.
#[must_use]
pub fn about(model: &Model, students: &[StudentId], rule: &str) -> Vec<(StudentId, u64)> {
    let evidence = |student: &StudentId| {
        let all = alert(model, *student).into_iter().flat_map(reasons);
        let of_it: Vec<Reason> =
            all.filter(|reason| rule.is_empty() || reason.rule == rule).cloned().collect();
        (*student, fingerprint(&of_it))
    };
    students.iter().map(evidence).collect()
}

/// The decisions about a student that hold, the latest first.
fn standing(model: &Model, student: StudentId) -> Vec<&Decision> {
    let today = model.now.today();
    let file = model.records.file(student);
    let holds = |decision: &&Decision| match decision.verdict {
        Verdict::Snoozed { until: Some(day) } => day > today,
        Verdict::Exempt { to, .. } => to.is_none_or(|day| day >= today),
        Verdict::Snoozed { until: None }
        | Verdict::Wrong(_)
        | Verdict::Closed(_)
        | Verdict::Assigned { .. } => true,
    };
    let all = file.into_iter().flat_map(|file| file.decisions.iter().map(|held| &held.value));
    let mut found: Vec<&Decision> = all.filter(holds).collect();
    found.sort_by_key(|it| (std::cmp::Reverse(it.on), it.id));
    found
}

/// Whether a decision can be made now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    let students = students(model);
    let raised = || students.iter().any(|student| alert(model, *student).is_some());
    let writes = model.access == Access::Write && !students.is_empty();
    match command {
        Command::Exempt | Command::Case => writes,
        Command::TakeBack => {
            writes && students.iter().any(|student| !standing(model, *student).is_empty())
        }
        Command::Snooze | Command::Wrong | Command::Close | Command::Assign | Command::Escalate => {
            writes && raised()
        }
    }
}

/// Opens the form of a decision, or asks which one is taken back.
pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    if !applies(model, command) {
        return Vec::new();
    }
    let students = students(model);
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
    let Some(student) = model.desk.student() else { return Vec::new() };
    let file = model.records.file(student);
    let open = file.and_then(|file| file.cases.iter().find(|case| case.closed.is_none()));
    let which = open.map_or(Which::New, |case| Which::Edit(case.id));
    model.open_form(FormKind::Record(RecordForm::Case(student, which)));
    Vec::new()
}

/// Takes the one decision that holds back; asks which where there are more.
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
