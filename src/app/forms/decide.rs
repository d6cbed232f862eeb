//! The forms of decisions about alerts: for one student or many in one change.

use super::{
    drafts::GONE,
    parts::{choice, commit, day, known, text, tutor_names},
};
use crate::{
    app::{
        decide,
        form::{self, Field, Form},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        alert::Fingerprint,
        decision::{Close, Fault, Ground},
        feedback::named,
        student::StudentId,
        word::Choice,
        write::{
            Context,
            decision::{
                self, AssignInput, CloseInput, ExemptInput, SnoozeInput, WrongInput, senior_tutor,
            },
        },
    },
};

/// What the choice of a rule offers first.
const WHOLE: &str = "the alert as a whole";

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To hear nothing of it for a while.
    Snooze,
    /// To judge no signals between two days.
    Exempt,
    /// To say that it is not right.
    Wrong,
    /// To say what came of it.
    Close,
    /// To say who acts.
    Assign,
    /// To pass it to the senior tutor.
    Escalate,
}

impl Wish {
    const fn title(self) -> &'static str {
        match self {
            Self::Snooze => "Snooze",
            Self::Exempt => "Exempt from the signals",
            Self::Wrong => "Not right",
            Self::Close => "Close the alert",
            Self::Assign => "Assign",
            Self::Escalate => "Escalate",
        }
    }
}

/// A decision that is being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideForm {
    /// What.
    pub wish: Wish,
    /// About whom.
    pub students: Vec<StudentId>,
}

pub(super) fn form(model: &Model, what: &DecideForm) -> Form {
    let why = |hint: &str| text("why", "Why", "").hint(hint);
    let may_stay_empty = "may stay empty";
    let fields = match what.wish {
        Wish::Snooze => vec![
            day("until", "Until", "in 2 weeks")
                .hint("it speaks again on this day; empty is as soon as the evidence changes"),
            why(may_stay_empty),
        ],
        Wish::Exempt => vec![
            day("from", "From", "today"),
            day("to", "To", "").hint("last day; empty while it lasts"),
            choice::<Ground>("ground", "Ground", "").required(),
            why("needed if the ground is other"),
        ],
        Wish::Wrong => vec![
            rule(model, what),
            choice::<Fault>("fault", "It is", Fault::Wrong.words()),
            why("senior tutors see it beside the rule").required(),
        ],
        Wish::Close => {
            vec![choice::<Close>("how", "What came of it", "").required(), why(may_stay_empty)]
        }
        Wish::Assign => {
            let to = known("to", "Who acts", "me", tutor_names(&model.records));
            vec![to.hint("a tutor's name, or me"), why(may_stay_empty)]
        }
        Wish::Escalate => {
            let senior = senior(model, what);
            let to = known("to", "Senior tutor", &senior, tutor_names(&model.records));
            vec![to.hint("a tutor's name"), why("what has been tried")]
        }
    };
    Form::new(&title(model, what), fields)
}

fn title(model: &Model, what: &DecideForm) -> String {
    match what.students.as_slice() {
        [only] => super::parts::title(model, what.wish.title(), *only),
        many => format!("{} · {} students", what.wish.title(), many.len()),
    }
}

/// The senior tutor to whom it goes unless another is named.
fn senior(model: &Model, what: &DecideForm) -> String {
    let about: Vec<_> =
        what.students.iter().map(|student| (*student, Fingerprint::default())).collect();
    let id = senior_tutor(&model.records, &about, model.now.today());
    id.map(|id| super::parts::name_of(model, id)).unwrap_or_default()
}

/// The rules of these alerts by their keys and names, in the order in which they are first met.
fn rules(model: &Model, what: &DecideForm) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let alerts = what.students.iter().filter_map(|student| decide::alert(model, *student));
    for reason in alerts.flat_map(decide::reasons) {
        if !found.iter().any(|(key, _)| *key == reason.rule) {
            found.push((reason.rule.to_string(), named(&reason.rule).to_owned()));
        }
    }
    found
}

fn rule(model: &Model, what: &DecideForm) -> Field {
    let names = rules(model, what).into_iter().map(|(_, name)| name);
    let all = std::iter::once(WHOLE.to_owned()).chain(names);
    Field::new("rule", "Which", form::Choice::new(all, Some(0)))
        .hint("one reason alone, or the alert as a whole")
}

/// The key of the rule that was chosen, empty for the alert as a whole; none if it speaks no longer.
fn chosen(form: &Form, model: &Model, what: &DecideForm) -> Option<String> {
    let chosen = form.value("rule");
    if what.wish != Wish::Wrong || chosen == WHOLE {
        return Some(String::new());
    }
    rules(model, what).into_iter().find_map(|(key, name)| (name == chosen).then_some(key))
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    what: &DecideForm,
) -> Result<Vec<Effect>, Errors> {
    let why = form.value("why");
    let rule = chosen(form, model, what).ok_or_else(|| vec![("rule", GONE.to_owned())])?;
    let about = decide::about(model, what, &rule);
    commit(model, |context: &mut Context<'_>| match what.wish {
        Wish::Snooze => {
            let input = SnoozeInput { until: form.value("until"), why };
            decision::snooze(context, &about, &input)
        }
        Wish::Exempt => {
            let (from, to) = (form.value("from"), form.value("to"));
            let input = ExemptInput { from, to, ground: form.value("ground"), why };
            decision::exempt(context, &about, &input)
        }
        Wish::Wrong => {
            let input = WrongInput { rule, fault: form.value("fault"), why };
            decision::wrong(context, &about, &input)
        }
        Wish::Close => {
            let input = CloseInput { how: form.value("how"), why };
            decision::close(context, &about, &input)
        }
        Wish::Assign => {
            let input = AssignInput { to: form.value("to"), why };
            decision::assign(context, &about, &input)
        }
        Wish::Escalate => {
            let input = AssignInput { to: form.value("to"), why };
            decision::escalate(context, &about, &input)
        }
    })
}
