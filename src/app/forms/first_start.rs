//! The first start: who works here, and how the records are protected.

use std::{iter, sync::Arc};

use crate::{
    app::{
        form::{Choice, Field, Form, Line, LineKind},
        forms::passphrase,
        model::Model,
        msg::{Effect, NewProfile},
        popup::form::Errors,
    },
    domain::{
        records::Records,
        tutor::Role,
        word::Choice as _,
        write::{
            Context,
            setup::{self, SetupInput},
        },
    },
    exchange::packs::Packs,
};

const NO_POLICY: &str = "none yet";
const PROTECTED: &str = "a passphrase";
const OPEN: &str = "nothing: anyone with this disk can read everything";

/// The empty form.
#[must_use]
pub fn form(packs: &Packs) -> Form {
    let line = |kind| Line::new(kind, "");
    let roles = [Role::Tutor, Role::SeniorTutor].map(|role| role.words().to_owned());
    let protections = [PROTECTED, OPEN].map(str::to_owned);
    let mut form = Form::new(
        "Welcome to tutelage",
        vec![
            Field::new("name", "Your name", line(LineKind::Text))
                .required()
                .hint("with your title, as it is to be printed: Dr Amara Okafor"),
            Field::new("role", "Role", Choice::new(roles, Some(0)))
                .hint("a senior tutor begins with the whole school"),
            Field::new("school", "School", line(LineKind::Text)).hint("may stay empty"),
            Field::new("institution", "University", line(LineKind::Text)).hint("may stay empty"),
            Field::new("policy", "Policy", Choice::new(policies(packs), Some(0)))
                .hint("whose tutoring policy runs: slots, deadlines, ladders, letters; can be changed later"),
            Field::new("protection", "Protected by", Choice::new(protections, Some(0))).hint(
                "without a passphrase only an encrypted disk protects what you write about students",
            ),
            Field::new("passphrase", "Passphrase", line(LineKind::Secret))
                .required()
                .hint("at least 8 characters; a few words are better than one. It is asked at every start"),
            Field::new("again", "Once more", line(LineKind::Secret)).required(),
        ],
    );
    form.message =
        Some("If you have a backup, leave: tutelage restore makes a profile of it.".into());
    form
}

/// What can be chosen: no policy, then each by the name of its university.
fn policies(packs: &Packs) -> Vec<String> {
    let names = packs.offers().into_iter().map(|offer| offer.name);
    iter::once(NO_POLICY.to_owned()).chain(names).collect()
}

/// Asks for a passphrase only where one is wanted.
pub fn refresh(form: &mut Form) {
    let wanted = form.value("protection") == PROTECTED;
    form.show("passphrase", wanted);
    form.show("again", wanted);
}

/// Asks for the profile to be made.
///
/// # Errors
/// What is wrong with which field.
pub fn submit(form: &Form, model: &mut Model) -> Result<Vec<Effect>, Errors> {
    let named = form.value("policy");
    let offer = model.rules.packs.offers().into_iter().find(|offer| offer.name == named);
    let policy = offer.and_then(|offer| model.rules.packs.policy(&offer.code).0);
    let input = SetupInput {
        name: form.value("name"),
        role: form.value("role"),
        school: form.value("school"),
        institution: form.value("institution"),
        policy: policy.map(Arc::new),
    };
    let records = Records::default();
    let mut context = Context { records: &records, now: model.now, ids: &mut model.ids };
    let change = setup::set_up(&mut context, &input);
    let chosen = if form.value("protection") == PROTECTED {
        passphrase::check(&form.value("passphrase"), &form.value("again")).map(Some)
    } else {
        Ok(None)
    };
    match (change, chosen) {
        (Ok(change), Ok(passphrase)) => {
            Ok(vec![Effect::Create(Box::new(NewProfile { change, passphrase }))])
        }
        (change, chosen) => {
            let mut errors: Errors = chosen.err().into_iter().collect();
            errors.extend(
                change.err().unwrap_or_default().into_iter().map(|it| (it.field, it.message)),
            );
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{Effect, Msg, msg::NotOpened, testing::Desk};

    fn first_start() -> Desk {
        Desk::new().after(Msg::NotOpened(NotOpened::Missing))
    }

    #[test]
    fn a_first_start_makes_a_profile_with_a_passphrase_typed_twice() {
        let desk =
            first_start().keys("Dr Amara Okafor⇥⇥Computing⇥⇥⇥⇥correct horse⇥correct horse‹ctrl-s›");
        let [Effect::Create(profile)] = desk.effects.as_slice() else {
            panic!("{:?}", desk.effects)
        };
        assert_eq!(profile.passphrase.as_ref().unwrap().0, "correct horse");
        assert_eq!(profile.change.parts.len(), 4, "tutor, profile and two calendars");
    }

    #[test]
    fn two_different_passphrases_are_refused_beside_the_second() {
        let desk = first_start().keys("A⇥⇥⇥⇥⇥⇥correct horse⇥correct hose‹ctrl-s›");
        assert_eq!(desk.effects, []);
        assert!(desk.form().field("again").unwrap().error.is_some());
        assert_eq!(desk.form().value("passphrase"), "correct horse", "nothing typed is lost");
    }

    #[test]
    fn no_passphrase_is_an_explicit_choice() {
        let desk = first_start().keys("A⇥⇥⇥⇥⇥ ‹ctrl-s›");
        let [Effect::Create(profile)] = desk.effects.as_slice() else {
            panic!("{:?}", desk.effects)
        };
        assert_eq!(profile.passphrase, None);
    }

    #[test]
    fn the_first_start_cannot_be_left_but_by_quitting() {
        let desk = first_start().keys("⎋");
        assert!(desk.model.form().is_some());
        assert_eq!(desk.keys("‹ctrl-c›").effects, [Effect::Quit]);
    }
}
