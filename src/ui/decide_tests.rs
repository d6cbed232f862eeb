//! Pictures of what is decided about alerts: the forms, the pane with what is quiet, the rules and a trial of other numbers.

use super::frames_tests::{demo, pictures};
use crate::app::testing::Desk;
use crate::domain::change::{Builder, Label};
use crate::domain::records::Records;
use crate::domain::tutor::Role;

/// The demo with a senior tutor at work.
fn senior() -> Records {
    let mut records = demo();
    let mut me = records.me().unwrap().clone();
    me.role = Role::SeniorTutor;
    let change = Builder::new(Label::EditTutor, &records).put(me).build();
    records.apply(&change).unwrap();
    records
}

fn alerts() -> Desk {
    Desk::with(demo()).keys("⇤")
}

#[test]
fn the_forms_of_decisions() {
    pictures("decide_snooze", alerts, "z");
    pictures("decide_exempt_refused", alerts, "Z‹ctrl-s›");
    pictures("decide_not_right", alerts, "x→⇥⇥handed in on paper");
    pictures("decide_close", alerts, "D");
    pictures("decide_escalate_refused", alerts, "E‹ctrl-s›");
    pictures("case_new", alerts, "K");
}

#[test]
fn the_alerts_with_what_was_decided() {
    let decided = || {
        let desk = alerts().keys("z‹ctrl-s›").saved().keys("D‹ctrl-s›").keys("n‹ctrl-s›").saved();
        desk.keys("K‹ctrl-s›").saved()
    };
    pictures("decided", decided, "");
    pictures("decided_quiet", decided, "ffG");
    pictures("case_in_the_timeline", decided, "⇤⇤");
}

#[test]
fn the_rules_and_a_trial_of_other_numbers() {
    let open = || Desk::with(senior()).keys("gr");
    pictures("rules", open, "jjj");
    pictures("rules_number", open, "⏎");
    pictures("rules_trial", open, "jjx");
    pictures("rules_of_a_tutor", || Desk::with(demo()).keys("gr"), "");
}
