//! The form of a student with enrolment and tutor.

use super::{
    parts::{choice, commit_allocation, day, from_files, known, line, text, tutor_names},
    record::Which,
};
use crate::{
    app::{
        form::{Choice, Field, Form},
        model::Model,
        msg::Effect,
        popup::form::Errors,
    },
    domain::{
        student::{KindOfStudy, Mode, Status, StudentId},
        tutor_duty::has_caseload,
        word::Choice as _,
        write::{
            enrolment::EnrolmentInput,
            student::{self, StudentInput},
        },
    },
};

pub(super) fn form(model: &Model, which: Which<StudentId>) -> Form {
    let old = match which {
        Which::Edit(id) => model.records.file(id),
        Which::New => None,
    };
    let title = match old {
        Some(file) => format!("Student · {}", file.student.name.shown()),
        None => "New student".into(),
    };
    let input = match old {
        Some(file) => StudentInput::of(&model.records, file, model.now),
        None => StudentInput { tutor: "me".into(), ..StudentInput::default() },
    };
    let mut fields = person(&input);
    fields.extend(studies(model, &input.enrolment));
    fields.push(
        known("tutor", "Tutor", &input.tutor, tutor_names(&model.records))
            .hint("name, number or “me”; a change begins today"),
    );
    let capped = model.rules.policy.as_ref().is_some_and(|policy| has_caseload(policy));
    let reason =
        line("tutor-reason", "Why this tutor", "").hint("kept with the history; may stay empty");
    fields.push(if capped { reason } else { reason.hidden() });
    let contacts = "one a line: name; where or who; phone or e-mail";
    fields.push(
        text("placement-contacts", "Placement contacts", &input.placement_contacts).hint(contacts),
    );
    fields
        .push(text("trusted-contacts", "Trusted contacts", &input.trusted_contacts).hint(contacts));
    Form::new(&title, fields)
}

fn person(input: &StudentInput) -> Vec<Field> {
    let known = ["not known", "yes", "no"];
    let entrant = known.iter().position(|words| *words == input.new_entrant).unwrap_or(0);
    vec![
        line("number", "Number", &input.number).hint("as the institution writes it"),
        line("given", "Given names", &input.given),
        line("family", "Family name", &input.family),
        line("preferred", "Wants to be called", &input.preferred),
        line("pronouns", "Pronouns", &input.pronouns),
        line("email", "E-mail", &input.email),
        line("phone", "Phone", &input.phone),
        day("entry", "Entry", &input.entry),
        Field::new("new-entrant", "New entrant", Choice::new(known, Some(entrant))),
        day("under-18", "Under 18 until", &input.under_18_until)
            .hint("the eighteenth birthday, if it lies ahead at entry"),
    ]
}

fn studies(model: &Model, input: &EnrolmentInput) -> Vec<Field> {
    let programmes =
        from_files(&model.records, |file| file.enrolments.iter().map(|it| &it.programme));
    let schools = from_files(&model.records, |file| file.enrolments.iter().map(|it| &it.school));
    let words = |words: &str, usual: &'static str| {
        if words.is_empty() { usual.to_owned() } else { words.to_owned() }
    };
    vec![
        known("programme", "Programme", &input.programme, programmes),
        line("programme-code", "Programme code", &input.programme_code),
        known("school", "Lead school", &input.school, schools),
        line("second-discipline", "Second discipline", &input.second_discipline),
        line("level", "Level", &input.level).hint("3 to 8"),
        line("stage", "Stage", &input.stage).hint("year of the programme"),
        choice::<Mode>("mode", "Mode", &words(&input.mode, Mode::FullTime.words())),
        choice::<KindOfStudy>(
            "kind",
            "Kind of study",
            &words(&input.kind, KindOfStudy::SingleHonours.words()),
        ),
        choice::<Status>("status", "Status", &words(&input.status, Status::Enrolled.words())),
        day("from", "All this since", &input.from)
            .hint("a later day adds to the history; the same day corrects it"),
    ]
}

pub(super) fn submit(
    form: &Form,
    model: &mut Model,
    which: Which<StudentId>,
) -> Result<Vec<Effect>, Errors> {
    let input = StudentInput {
        number: form.value("number"),
        given: form.value("given"),
        family: form.value("family"),
        preferred: form.value("preferred"),
        pronouns: form.value("pronouns"),
        email: form.value("email"),
        phone: form.value("phone"),
        entry: form.value("entry"),
        new_entrant: form.value("new-entrant"),
        under_18_until: form.value("under-18"),
        placement_contacts: form.value("placement-contacts"),
        trusted_contacts: form.value("trusted-contacts"),
        enrolment: EnrolmentInput {
            from: form.value("from"),
            programme: form.value("programme"),
            programme_code: form.value("programme-code"),
            school: form.value("school"),
            second_discipline: form.value("second-discipline"),
            level: form.value("level"),
            stage: form.value("stage"),
            mode: form.value("mode"),
            kind: form.value("kind"),
            status: form.value("status"),
        },
        tutor: form.value("tutor"),
        tutor_reason: form.value("tutor-reason"),
    };
    commit_allocation(model, ("tutor-reason", &input.tutor_reason), |context| match which {
        Which::New => student::add(context, &input),
        Which::Edit(id) => student::edit(context, id, &input),
    })
}
