//! Opens, edits and closes a case: a Student Success Action Plan.

use chrono::NaiveDate;

use super::{
    Context, FieldError, Written,
    allocation::read_tutor_in,
    clean,
    names::name_of_tutor,
    read::{Reader, full_day},
};
use crate::domain::{
    case::{Case, CaseId, Contribution, Stage},
    change::Label,
    records::Records,
    student::StudentId,
    time::{Leaning, parse_day},
    word::Choice,
};

/// How many words a day has at most: `12 Nov 2026`, `in 2 weeks`.
const WORDS_OF_A_DAY: usize = 3;

/// A case, as typed.
#[derive(Clone, Default)]
pub struct CaseInput {
    /// Why it was opened.
    pub why: String,
    /// Who owns it; empty is the tutor who works here.
    pub owner: String,
    /// How far it is, in words; empty is what follows from the rest.
    pub stage: String,
    /// The plan agreed with the student; may be empty.
    pub plan: String,
    /// When it is looked at again; may be empty.
    pub review: String,
    /// What others brought to it, a line each: `12 Nov Wellbeing Adviser: text`.
    pub contributions: String,
    /// What came of it; a case is closed when this is filled in.
    pub outcome: String,
    /// When it was closed; empty is today if there is an outcome.
    pub closed: String,
}

impl CaseInput {
    /// The fields filled in from a case.
    #[must_use]
    pub fn of(records: &Records, case: &Case) -> Self {
        let line = |it: &Contribution| format!("{} {}: {}", full_day(it.on), it.by, it.text);
        let contributions: Vec<String> = case.contributions.iter().map(line).collect();
        Self {
            why: case.why.clone(),
            owner: name_of_tutor(records, case.owner),
            stage: case.stage.words().to_owned(),
            plan: case.plan.clone(),
            review: case.review.map(full_day).unwrap_or_default(),
            contributions: contributions.join("\n"),
            outcome: case.outcome.clone(),
            closed: case.closed.map(full_day).unwrap_or_default(),
        }
    }
}

/// Opens a case.
///
/// # Errors
/// All that is wrong with the fields, or that one is open already.
pub fn open(context: &mut Context<'_>, student: StudentId, input: &CaseInput) -> Written {
    let file = context.file(student)?;
    if file.cases.iter().any(|case| case.closed.is_none()) {
        return Err(FieldError::whole("A case of this student is open already: edit that one."));
    }
    let blank = Case {
        id: context.ids.fresh(),
        student,
        opened: context.now.today(),
        owner: context.me()?,
        why: String::new(),
        stage: Stage::Opened,
        plan: String::new(),
        contributions: Vec::new(),
        review: None,
        outcome: String::new(),
        closed: None,
    };
    let case = read(context, &blank, input)?;
    Ok(context.change(Label::OpenCase).put(case).build())
}

/// Edits a case, or closes it with its outcome.
///
/// # Errors
/// All that is wrong with the fields, or that the case is gone.
pub fn edit(
    context: &mut Context<'_>,
    student: StudentId,
    id: CaseId,
    input: &CaseInput,
) -> Written {
    let old = context.held(student, id)?.value.clone();
    let case = read(context, &old, input)?;
    let closes = old.closed.is_none() && case.closed.is_some();
    let label = if closes { Label::CloseCase } else { Label::EditCase };
    Ok(context.change(label).put(case).build())
}

/// Deletes a case that was opened by mistake.
///
/// # Errors
/// When it is gone.
pub fn delete(context: &Context<'_>, student: StudentId, id: CaseId) -> Written {
    context.delete(Label::DeleteCase, student, id)
}

fn read(context: &Context<'_>, old: &Case, input: &CaseInput) -> Result<Case, Vec<FieldError>> {
    let today = context.now.today();
    let mut reader = Reader::new(context.now);
    let why = reader.text("why", &input.why);
    if why.is_empty() && !reader.has_refused("why") {
        reader.refuse("why", "Write why the case is open.");
    }
    let owner = read_tutor_in(context, &mut reader, "owner", &input.owner);
    let plan = reader.text("plan", &input.plan);
    let review = reader.optional_day("review", &input.review, Leaning::Future);
    if review.is_some_and(|day| day < old.opened) {
        reader.refuse("review", "This is before the case was opened: check the day.");
    }
    let contributions = contributions(&mut reader, &input.contributions, today);
    let outcome = reader.text("outcome", &input.outcome);
    let typed = input.closed.trim();
    let closed = match (outcome.is_empty(), typed.is_empty()) {
        (true, true) => None,
        (true, false) => {
            reader.refuse("outcome", "Write what came of it: a case is closed with its outcome.");
            None
        }
        (false, _) => Some(reader.past_day_or_today("closed", typed)),
    };
    if closed.is_some_and(|day| day < old.opened) && !reader.has_refused("closed") {
        reader.refuse("closed", "It cannot close before it was opened: check the day.");
    }
    let usual = if plan.is_empty() { Stage::Opened } else { Stage::Planned };
    let stage = reader.choice("stage", &input.stage, usual);
    let stage = match (closed, stage) {
        (Some(_), _) => Stage::Closed,
        (None, Stage::Closed) => {
            if !reader.has_refused("outcome") {
                reader
                    .refuse("outcome", "Write what came of it: a case is closed with its outcome.");
            }
            Stage::Closed
        }
        (None, Stage::Opened) => usual,
        (None, stage) => stage,
    };
    let owner = owner.unwrap_or(old.owner);
    reader.finish(Case {
        owner,
        why,
        stage,
        plan,
        contributions,
        review,
        outcome,
        closed,
        ..old.clone()
    })
}

/// The lines as contributions, in the order of their days.
fn contributions(reader: &mut Reader, raw: &str, today: NaiveDate) -> Vec<Contribution> {
    let raw = reader.text("contributions", raw);
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(raw.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match contribution(line, today) {
            Some(Ok(found)) => all.push(found),
            Some(Err(())) => wrong.push(format!("Line {number}: this day lies ahead.")),
            None => wrong.push(format!(
                "Line {number}: write it like “12 Nov Wellbeing Adviser: sees them weekly”."
            )),
        }
    }
    if !wrong.is_empty() {
        reader.refuse("contributions", wrong.join(" "));
    }
    all.sort_by_key(|it| it.on);
    all
}

/// A line `12 Nov Wellbeing Adviser: text`; without a day it is of today. An error is a day ahead.
fn contribution(line: &str, today: NaiveDate) -> Option<Result<Contribution, ()>> {
    let (head, text) = line.split_once(':')?;
    let words: Vec<&str> = head.split_whitespace().collect();
    let dated = (1..=WORDS_OF_A_DAY.min(words.len())).rev().find_map(|count| {
        let day = parse_day(&words.get(..count)?.join(" "), today, Leaning::Past).ok()?;
        Some((day, words.get(count..)?))
    });
    let (on, by) = dated.unwrap_or((today, &words));
    let (by, text) = (clean::line(&by.join(" ")), clean::line(text));
    let found = Contribution { on, by, text };
    (!found.by.is_empty() && !found.text.is_empty())
        .then(|| if on > today { Err(()) } else { Ok(found) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::write::fixture::{Desk, day};

    fn only(desk: &Desk) -> Case {
        desk.records.file(desk.aisha).unwrap().cases[0].value.clone()
    }

    #[test]
    fn a_case_is_opened_planned_reviewed_and_closed_with_its_outcome() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let mut input = CaseInput { why: "two modules at risk".into(), ..CaseInput::default() };
        let written = open(&mut desk.context(), aisha, &input);
        assert_eq!(desk.apply(written).label, Label::OpenCase);
        assert!(open(&mut desk.context(), aisha, &input).is_err());
        assert!(only(&desk).stage == Stage::Opened && only(&desk).owner == desk.me());
        input.plan = "weekly meetings until the exams".into();
        input.review = "12 Dec".into();
        input.contributions =
            "today Wellbeing Adviser: sees them weekly\n\n12 Nov Module leader: extension to 1 Dec: ok"
                .into();
        let id = only(&desk).id;
        let written = edit(&mut desk.context(), aisha, id, &input);
        assert_eq!(desk.apply(written).label, Label::EditCase);
        let case = only(&desk);
        assert!(case.stage == Stage::Planned && case.review == Some(day("2026-12-12")));
        let told: Vec<_> =
            case.contributions.iter().map(|it| (it.on, &*it.by, &*it.text)).collect();
        assert_eq!(
            told,
            [
                (day("2026-11-12"), "Module leader", "extension to 1 Dec: ok"),
                (day("2026-11-21"), "Wellbeing Adviser", "sees them weekly")
            ]
        );
        let fields = CaseInput::of(&desk.records, &case);
        let written = edit(&mut desk.context(), aisha, id, &fields);
        assert!(desk.apply(written).is_empty());
        let ended = CaseInput { outcome: "back on course".into(), ..fields };
        let written = edit(&mut desk.context(), aisha, id, &ended);
        assert_eq!(desk.apply(written).label, Label::CloseCase);
        assert!(only(&desk).stage == Stage::Closed);
        let fields = CaseInput::of(&desk.records, &only(&desk));
        let written = edit(&mut desk.context(), aisha, id, &fields);
        assert!(desk.apply(written).is_empty());
        let written = open(&mut desk.context(), aisha, &input);
        desk.apply(written);
        let written = delete(&desk.context(), aisha, id);
        desk.apply(written);
        assert!(delete(&desk.context(), aisha, id).is_err());
    }

    #[test]
    fn everything_wrong_with_a_case_is_said_at_once() {
        let mut desk = Desk::new();
        let aisha = desk.aisha;
        let input = CaseInput {
            owner: "Nobody".into(),
            stage: "closed".into(),
            review: "1 Jan 2020".into(),
            contributions: "no colon\n12 Dec 2026 Adviser: ahead\n12 Nov: no name".into(),
            closed: "today".into(),
            ..CaseInput::default()
        };
        let errors = open(&mut desk.context(), aisha, &input).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["why", "owner", "review", "contributions", "outcome"]);
        let told = &errors[3].message;
        assert!(
            told.contains("Line 1") && told.contains("Line 2: this day") && told.contains("Line 3")
        );
    }
}
