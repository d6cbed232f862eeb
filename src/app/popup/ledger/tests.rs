//! Passing something on by keys: what the gate says, what is done about it, and what the ledger shows of it.

use super::*;
use crate::app::{Effect, testing::Desk};
use crate::domain::{
    action::Owner,
    contact::Reply,
    disclosure::Basis,
    policy::{Permission, example::policy},
    word::Choice,
};
use crate::fixture::{Fixture, ago};

/// Aisha with a note that the student may see, one for tutors, and a consent to somebody else.
fn desk() -> Desk {
    let mut world = Fixture::new();
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    let me = world.me;
    let note = |world: &mut Fixture, level, text: &str| {
        world.note_by(me, level, (aisha, ago(3), None), text);
    };
    note(&mut world, crate::domain::note::Confidentiality::Shared, "wants to change modules");
    note(&mut world, crate::domain::note::Confidentiality::TutorAndSenior, "cried");
    world.consent(aisha, ago(9), "Careers", "a reference");
    Desk::under(world.records(), policy())
}

/// What was said, to the programme leader, for progress; asked for.
const ASK: &str = "pp⇥Dr Menon⇥progress⇥w‹ctrl-s›";

fn file(desk: &Desk) -> &StudentFile {
    desk.model.records.file(desk.model.desk.student().unwrap()).unwrap()
}

fn copied(desk: &Desk) -> Option<&str> {
    desk.effects.iter().find_map(|effect| {
        if let Effect::Copy(text) = effect { Some(text.0.as_str()) } else { None }
    })
}

#[test]
fn a_refused_share_says_its_clause_and_a_consent_lets_it_through() {
    let mut desk = desk().keys(ASK);
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::Commit(_))));
    let picture = desk.frame(100, 30);
    for said in ["Not passed on", "ASH 5: What a student says", "written consent to tell"] {
        assert!(picture.contains(said), "{said}\n{picture}");
    }
    let desk = desk.keys("⏎");
    assert_eq!(desk.form().value("recipient"), "Dr Menon");
    assert_eq!(desk.form().value("purpose"), "progress");
    let desk = desk.keys("‹ctrl-s›").saved();
    assert_eq!(file(&desk).consents.len(), 2);
    assert_eq!(desk.form().value("to"), "Dr Menon", "what was typed is still there");
    let desk = desk.keys("‹ctrl-s›");
    assert_eq!(copied(&desk), None, "nothing goes before it is recorded");
    let desk = desk.saved();
    let told = &file(&desk).disclosures[0];
    assert_eq!((told.basis, &*told.reason), (Basis::Consent, "ASH 5"));
    let text = copied(&desk).unwrap();
    assert!(text.contains("Aisha Rahman (20481234)") && text.contains("change modules"), "{text}");
    assert!(!text.contains("cried"), "the level holds: {text}");
    assert!(desk.model.popups.is_empty());
}

#[test]
fn a_serious_risk_is_told_with_its_reason_and_never_without() {
    let desk = desk().keys(ASK).keys("↓⏎");
    assert_eq!(desk.form().focused().unwrap().name, "risk");
    let desk = desk.keys("‹ctrl-s›").keys("⎋").keys("said goodbye‹ctrl-s›").saved();
    let told = &file(&desk).disclosures[0];
    assert_eq!((told.basis, &*told.reason), (Basis::SeriousRisk, "said goodbye"));
}

#[test]
fn leaving_a_refusal_records_nothing_and_keeps_the_form() {
    let desk = desk().keys(ASK).keys("⎋");
    assert_eq!(desk.form().value("purpose"), "progress");
    let desk = desk.keys("⎋y");
    assert!(desk.model.popups.is_empty());
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::Commit(_))));
    assert!(file(&desk).disclosures.is_empty());
}

#[test]
fn the_ledger_shows_what_a_consent_permits_and_withdraws_it_by_one_key() {
    let mut desk = desk().keys("gc");
    let picture = desk.frame(100, 30);
    assert!(picture.contains("permits: nothing yet: ASH 5 asks for it in writing"), "{picture}");
    let mut desk = desk.keys("w").saved();
    assert_eq!(file(&desk).consents[0].withdrawn, Some(desk.model.now.today()));
    assert!(desk.frame(100, 30).contains("withdrawn 21 Nov · permits nothing"));
    let desk = desk.keys("w");
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::Commit(_))));
    let desk = desk.keys("n");
    assert!(desk.form().title.starts_with("Consent"));
    assert!(desk.keys("⎋⎋").model.popups.is_empty());
}

#[test]
fn everything_passed_on_stands_in_the_ledger() {
    let fact = "pp⇥Dr Menon⇥progress‹ctrl-s›";
    let mut desk = desk().keys(fact).saved().keys("gc");
    let picture = desk.frame(100, 30);
    assert!(picture.contains("passed on 21 Nov · policy: ASH 4"), "{picture}");
    let Some(Popup::Ledger(ledger)) = desk.model.popups.last() else { panic!() };
    let rows = ledger.rows(&desk.model);
    assert!(matches!(rows[..], [Row::Consent(_), Row::Told(_)]));
    let desk = desk.keys("jw");
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::Commit(_))));
}

#[test]
fn a_ladder_goes_by_keys_from_the_e_mail_to_who_helps() {
    let desk = desk().keys("tnot seen‹ctrl-s›").saved();
    let ladder = file(&desk).ladders[0].id;
    let desk = desk.keys("⇤⏎");
    assert!(desk.form().title.starts_with("Ladder 1 of 3: e-mail"), "{}", desk.form().title);
    let desk = desk.keys("‹ctrl-s›").saved();
    assert!(!desk.form().title.starts_with("Ladder"), "the letter of the step opens");
    let desk = desk.keys("⎋t");
    assert!(desk.form().title.starts_with("Ladder 2 of 3: telephone"));
    assert_eq!(desk.form().value("reply"), Reply::NoAnswer.words());
    let desk = desk.keys("‹ctrl-s›").saved().keys("t‹ctrl-s›").saved();
    let told = &file(&desk).disclosures[0];
    assert_eq!((&*told.to, &*told.reason), ("Student Wellbeing Team", "ASH 4"));
    assert_eq!(file(&desk).referrals.len(), 1);
    let desk = desk.keys("t");
    assert!(desk.form().title.starts_with("End the ladder"));
    let desk = desk.keys("‹ctrl-s›").saved();
    assert!(!file(&desk).find(ladder).unwrap().is_open());
    let steps = file(&desk).contacts.len();
    assert_eq!(steps, 2);
    assert!(file(&desk).actions.iter().all(|action| action.owner == Owner::Tutor));
}

#[test]
fn a_step_that_tells_somebody_waits_for_the_gate() {
    let mut desk = desk();
    let mut policy = policy();
    policy.sharing.rules.iter_mut().for_each(|rule| rule.may = Permission::WrittenConsent);
    desk = Desk::under((*desk.model.records).clone(), policy);
    let desk = desk.keys("tnot seen‹ctrl-s›").saved().keys("t‹ctrl-s›").saved().keys("⎋");
    let mut desk = desk.keys("t‹ctrl-s›").saved().keys("t‹ctrl-s›");
    assert!(desk.frame(100, 30).contains("Not passed on"));
    let desk = desk.keys("↓⏎said goodbye‹ctrl-s›").saved();
    assert_eq!(file(&desk).disclosures[0].basis, Basis::SeriousRisk);
}

#[test]
fn a_new_note_starts_at_the_level_of_the_policy_and_keeps_what_was_said_with_consent() {
    let records = (*desk().model.records).clone();
    let essex = crate::exchange::policy::builtin("essex").unwrap();
    let desk = Desk::under(records, essex).keys("n");
    assert_eq!(desk.form().value("confidentiality"), "fact only");
    let consent = format!("⎋CLEAP⇥{}‹ctrl-s›", crate::domain::access::RECORDING);
    let desk = desk.keys(&consent).saved().keys("n");
    assert_eq!(desk.form().value("confidentiality"), "tutor and senior tutor");
    assert!(desk.keys("⎋gc").frame(100, 30).contains("permits: what was said"));
}

#[test]
fn without_a_policy_there_is_no_ladder_to_start() {
    let desk = Desk::with((*desk().model.records).clone()).keys("t");
    assert!(desk.model.popups.is_empty());
}
