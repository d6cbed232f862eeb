//! The form of a consent.

use super::{
    parts::{choice, commit, day, from_files, known, title},
    record::Which,
};
use crate::{
    app::{form::Form, model::Model, msg::Effect, popup::form::Errors},
    domain::{
        access::RECORDING,
        consent::{ConsentId, HowGiven},
        policy::RecipientKind,
        student::StudentId,
        word::Choice,
        write::consent::{self, ConsentInput},
    },
};

/// Who is known by an office, so that a consent can name it.
const OFFICES: [RecipientKind; 7] = [
    RecipientKind::SeniorTutor,
    RecipientKind::NewTutor,
    RecipientKind::ProgrammeLeader,
    RecipientKind::ModuleLeader,
    RecipientKind::Registry,
    RecipientKind::CentralSystem,
    RecipientKind::EngagementTeam,
];

/// A new consent to this recipient for this purpose, not recorded yet.
pub(in crate::app) fn to(model: &Model, student: StudentId, (to, purpose): (&str, &str)) -> Form {
    let input = ConsentInput { recipient: to.to_owned(), purpose: purpose.to_owned(), ..blank() };
    fields(model, student, &input, false)
}

pub(super) fn form(model: &Model, student: StudentId, which: Which<ConsentId>) -> Form {
    let file = model.records.file(student);
    let old = match which {
        Which::Edit(id) => file.and_then(|file| file.find(id)).map(|held| ConsentInput::of(held)),
        Which::New => None,
    };
    let edited = old.is_some();
    fields(model, student, &old.unwrap_or_else(blank), edited)
}

fn blank() -> ConsentInput {
    ConsentInput {
        how: HowGiven::InWriting.words().into(),
        on: "today".into(),
        ..ConsentInput::default()
    }
}

fn fields(model: &Model, student: StudentId, input: &ConsentInput, edited: bool) -> Form {
    let offices = OFFICES.iter().map(|kind| kind.words().to_owned());
    let policy = model.rules.policy.iter();
    let systems = policy.flat_map(|it| &it.letters).map(|letter| letter.system.clone());
    let recipients =
        from_files(&model.records, |file| file.consents.iter().map(|it| &it.recipient));
    let recipients = offices.chain(systems).chain(recipients);
    let purposes = from_files(&model.records, |file| file.consents.iter().map(|it| &it.purpose));
    let usual = [RECORDING, "referral", "handover"].map(str::to_owned);
    let purposes = usual.into_iter().chain(purposes);
    let withdrawn = day("withdrawn", "Withdrawn", &input.withdrawn).hint("empty while it holds");
    Form::new(
        &title(model, "Consent", student),
        vec![
            known("recipient", "To whom", &input.recipient, recipients)
                .hint("who may have it, for example Programme Leader"),
            known("purpose", "For what", &input.purpose, purposes),
            choice::<HowGiven>("how", "How given", &input.how),
            day("on", "Given on", &input.on),
            day("until", "Until", &input.until).hint("last day; empty if it is open"),
            if edited { withdrawn } else { withdrawn.hidden() },
        ],
    )
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    student: StudentId,
    which: Which<ConsentId>,
) -> Result<Vec<Effect>, Errors> {
    let input = ConsentInput {
        recipient: form.value("recipient"),
        purpose: form.value("purpose"),
        how: form.value("how"),
        on: form.value("on"),
        until: form.value("until"),
        withdrawn: form.value("withdrawn"),
    };
    commit(model, |context| match which {
        Which::New => consent::add(context, student, &input),
        Which::Edit(id) => consent::edit(context, student, id, &input),
    })
}
