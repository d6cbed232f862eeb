//! The list of rules by its keys: who may change what, the trial before it, and what is saved.

use crate::app::form::Entry;
use crate::app::popup::Popup;
use crate::app::testing::Desk;
use crate::app::{Effect, Place};
use crate::domain::change::{Change, Label};
use crate::domain::record::Record;
use crate::domain::tuning::Tuning;
use crate::domain::tutor::Role;
use crate::fixture::Fixture;

fn desk(role: Role) -> Desk {
    let mut world = Fixture::new();
    world.tutee("20481234", "Aisha Rahman", 4);
    let mut records = world.records();
    let mut me = records.me().unwrap().clone();
    me.role = role;
    let change = crate::domain::change::Builder::new(Label::EditTutor, &records).put(me).build();
    records.apply(&change).unwrap();
    Desk::with(records).keys("gr")
}

fn saves(desk: &Desk) -> bool {
    desk.effects.iter().any(|effect| matches!(effect, Effect::Commit(_)))
}

fn saved(desk: &Desk) -> Tuning {
    let change: &Change = desk
        .effects
        .iter()
        .find_map(|it| if let Effect::Commit(change) = it { Some(change) } else { None })
        .unwrap();
    assert_eq!(change.label, Label::Tune);
    let mut records = change.parts.iter().filter_map(|part| part.after.clone());
    let found = records.find_map(|it| if let Record::Tuning(it) = it { Some(it) } else { None });
    found.unwrap()
}

#[test]
fn a_senior_tutor_changes_a_number_after_a_trial() {
    let desk = desk(Role::SeniorTutor);
    assert_eq!(desk.model.place(), Place::Feedback);
    let desk = desk.keys("⏎⇥⌫⌫35‹ctrl-s›");
    assert_eq!(desk.model.place(), Place::Trial);
    assert!(!saves(&desk), "nothing is saved before it was looked at");
    let desk = desk.keys("⏎");
    assert_eq!(saved(&desk).numbers, [("line.days-not-online.bands.0.from".to_owned(), 35)]);
    assert_eq!(desk.saved().model.place(), Place::Feedback);
}

#[test]
fn a_number_that_the_card_cannot_have_is_refused_beside_the_field() {
    let desk = desk(Role::SeniorTutor).keys("⏎→⇥⌫99‹ctrl-s›");
    assert!(desk.form().field("number").unwrap().error.is_some());
}

#[test]
fn a_number_that_is_another_by_now_is_chosen_again() {
    let mut desk = desk(Role::SeniorTutor).keys("⏎⇥⌫⌫35");
    if let Some(Popup::Form(popup)) = desk.model.popups.last_mut()
        && let Some(Entry::Choice(choice)) = popup.form.field_mut("which").map(|it| &mut it.entry)
    {
        choice.options[0].words.push('0');
    }
    let desk = desk.keys("‹ctrl-s›");
    assert!(desk.form().field("which").unwrap().error.is_some() && !saves(&desk));
    assert_ne!(desk.model.place(), Place::Trial);
}

#[test]
fn a_rule_is_switched_off_and_on_again() {
    let desk = desk(Role::SeniorTutor).keys("x⏎");
    assert_eq!(saved(&desk).off, ["not-online"]);
    let desk = desk.saved().keys("x⏎");
    assert!(saved(&desk).off.is_empty());
    assert!(!saves(&desk.saved().keys("x⎋")), "leaving a trial saves nothing");
}

#[test]
fn a_tutor_sets_how_many_and_leaves_the_numbers_to_a_senior_tutor() {
    let desk = desk(Role::Tutor).keys("⏎x");
    assert!(desk.model.place() == Place::Feedback && !saves(&desk));
    let desk = desk.keys("sn⇥⌫8‹ctrl-s›⏎");
    let tuning = saved(&desk);
    assert_eq!((tuning.setting, tuning.cap), (crate::domain::score::Setting::Narrow, 8));
    assert_eq!(desk.saved().keys("⇥⎋").model.place(), Place::Tutees);
}
