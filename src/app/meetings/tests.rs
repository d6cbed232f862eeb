use std::sync::Arc;

use chrono::Days;

use crate::app::forms::RecordForm;
use crate::app::meetings::State;
use crate::app::meetings::act;
use crate::app::model::{Pane, View};
use crate::app::msg::Msg;
use crate::app::popup::FormKind;
use crate::app::testing::Desk;
use crate::domain::demo::{Demo, Scale};
use crate::domain::obligation::{Obligation, Status};
use crate::domain::reason::{NextStep, ReasonKind};
use crate::exchange::policy::{BUILTIN, builtin};
use crate::fixture::today;

/// The demo, on the screen of meetings, with the first Progress Review in hand.
fn demo() -> Desk {
    Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ())).keys("3l")
}

/// The state of the cell in hand.
fn state(desk: &Desk) -> Option<State> {
    let meetings = &desk.model.desk.meetings;
    meetings
        .board
        .as_ref()?
        .cell(desk.model.desk.student()?, meetings.column?)
        .map(|cell| cell.state)
}

fn name(desk: &Desk) -> String {
    let student = desk.model.desk.student().unwrap();
    desk.model.records.file(student).unwrap().student.name.shown()
}

#[test]
fn the_form_of_a_slot_is_filled_in_from_the_policy_and_saving_it_meets_the_slot() {
    let desk = demo().keys("/ben o⏎");
    assert_eq!(state(&desk), Some(State::Overdue));
    let desk = desk.keys("⏎");
    assert_eq!(desk.form().value("focus"), "Progress Review: settling in and first goals");
    assert_eq!(desk.form().value("minutes"), "30");
    assert!(desk.form().value("note").contains("- Goals for the semester: \n"));
    let desk = desk.keys("‹ctrl-s›").saved();
    assert_eq!(state(&desk), Some(State::Met));
    let file = desk.model.records.file(desk.model.desk.student().unwrap()).unwrap();
    let template = |text: &str| text.contains("Goals for the semester");
    assert!(
        !file.notes.iter().any(|note| template(&note.text)),
        "an untouched template is no note"
    );
}

#[test]
fn the_slot_that_the_form_is_filled_in_from_is_the_one_that_the_meeting_meets() {
    let same =
        |a: &Obligation, b: &Obligation| (a.duty, a.part, a.year) == (b.duty, b.part, b.year);
    let mut late = 0;
    for pack in BUILTIN {
        for days in [0, 30, 60, 110, 160] {
            let day = today() + Days::new(days);
            let policy = builtin(pack.code).unwrap();
            let records = Demo::new(Scale::Tutor, today()).records(|_, _| ());
            let students: Vec<_> = records.files().map(|file| file.student.id).collect();
            let mut desk = Desk::under(records, policy);
            desk.ms = i64::try_from(days).unwrap() * 24 * 60 * 60 * 1_000;
            desk = desk.after(Msg::Resized);
            for student in students.into_iter().step_by(3) {
                let records = std::sync::Arc::clone(&desk.model.records);
                desk.model.desk.select(&records, student);
                let RecordForm::Meeting(sitting) = act::meeting(&desk.model, student) else {
                    panic!()
                };
                let Some(slot) = sitting.slot else { continue };
                late += usize::from(slot.status == Status::Overdue);
                assert!(sitting.chosen.is_none(), "nothing is pinned that nobody chose");
                desk = desk.keys("m‹ctrl-s›").saved();
                let plan = desk.model.rules.plan.clone().unwrap();
                let file = desk.model.records.file(student).unwrap();
                let all = plan.obligations(&desk.model.records, file, day);
                let now = all.iter().find(|one| same(one, &slot)).unwrap();
                assert!(matches!(now.status, Status::Met(_)), "{} {day} {slot:?}", pack.code);
            }
        }
    }
    assert!(late > 0, "late ones are among them");
}

#[test]
fn the_list_of_who_has_not_met_shrinks_with_each_meeting_recorded() {
    let desk = demo().keys("f");
    let unmet = |desk: &Desk| desk.model.desk.meetings.only.as_ref().unwrap().len();
    let before = unmet(&desk);
    assert!(before > 1);
    let first = name(&desk);
    let desk = desk.keys("m‹ctrl-s›").saved();
    assert_eq!(unmet(&desk), before - 1);
    assert_ne!(name(&desk), first, "the next one is in hand");
    assert!(desk.keys("⎋").model.desk.meetings.only.is_none());
}

#[test]
fn a_slot_is_waived_with_a_reason_and_stands_again_with_the_same_key() {
    let desk = demo().keys("/ben o⏎W‹ctrl-s›");
    assert!(desk.form().fields[0].error.is_some(), "a reason is asked for");
    let desk = desk.keys("ill until January‹ctrl-s›").saved();
    assert_eq!(state(&desk), Some(State::Waived));
    assert_eq!(state(&desk.keys("W").saved()), Some(State::Overdue));
}

#[test]
fn what_is_met_or_not_for_the_student_is_not_waived() {
    let met = demo().keys("/aisha⏎");
    assert_eq!(state(&met), Some(State::Met));
    assert!(met.keys("W").model.popups.is_empty());
    let alien = demo().keys("/ben o⏎⇥G");
    let one = super::act::in_hand(&alien.model).unwrap();
    assert!(matches!(one.status, Status::NotApplicable(_)));
    assert!(alien.keys("W").model.popups.is_empty());
}

#[test]
fn a_group_is_made_of_all_who_have_not_met_or_of_who_is_marked() {
    let desk = demo().keys("hM");
    let unmet = desk.model.desk.meetings.unmet(&desk.model.desk.tutees);
    assert_eq!(desk.form().ticks("register").len(), unmet.len());
    assert_eq!(desk.form().value("minutes"), "50");
    let desk = desk.keys("‹ctrl-s›").saved();
    assert!(desk.model.desk.meetings.unmet(&desk.model.desk.tutees).is_empty());
    let marked = demo().keys("  M");
    assert_eq!(marked.form().ticks("register").len(), 2);
    let one = demo().keys("/ben o⏎⇥M");
    assert_eq!(one.form().ticks("register").len(), 1, "beside their own obligations");
}

#[test]
fn marks_do_not_count_while_only_one_student_is_in_sight() {
    let desk = demo().keys("jj  k");
    let marked = desk.model.desk.tutees.marks.clone();
    assert_eq!(marked.len(), 2);
    let here = desk.model.desk.student().unwrap();
    let desk = desk.keys("⇥c");
    let Some(FormKind::Record(RecordForm::Contact(student, _))) =
        desk.model.form().map(|form| form.kind.clone())
    else {
        panic!("no contact with one student");
    };
    assert_eq!(student, here);
    let desk = desk.keys("⎋M");
    let Some(FormKind::Record(RecordForm::Group(register))) =
        desk.model.form().map(|form| form.kind.clone())
    else {
        panic!("no register");
    };
    assert_eq!(register.students, [here]);
    let desk = desk.keys("⎋⇥c");
    assert!(matches!(
        desk.model.form().map(|form| &form.kind),
        Some(FormKind::Record(RecordForm::Bulk(what))) if what.students.len() == 2
    ));
}

#[test]
fn a_meeting_fills_the_slot_that_a_person_chooses() {
    let desk = demo().keys("/aisha⏎");
    assert_eq!(state(&desk), Some(State::Met));
    let desk = desk.keys("= ");
    assert_eq!(desk.form().value("slot"), "none");
    let desk = desk.keys("‹ctrl-s›").saved();
    let obligation = super::act::in_hand(&desk.model).unwrap();
    let other = |status| matches!(status, Status::Met(_));
    let before = demo().keys("/aisha⏎");
    let before = super::act::in_hand(&before.model).unwrap();
    assert!(other(before.status) && obligation.status != before.status);
}

#[test]
fn what_is_met_is_opened_in_the_timeline() {
    let desk = demo().keys("/aisha⏎⏎");
    assert_eq!((desk.model.view, desk.model.focus), (View::Desk, Pane::Timeline));
    assert!(desk.model.desk.timeline.selected().is_some());
}

#[test]
fn an_overdue_slot_is_the_reason_of_an_alert_in_place_of_silence() {
    let desk = demo().keys("/ben o⏎");
    let student = desk.model.desk.student().unwrap();
    let alert = desk.model.desk.alerts.rows().iter().find(|row| row.student == student).unwrap();
    let kinds: Vec<ReasonKind> = alert.reasons.iter().map(|reason| reason.kind).collect();
    assert!(kinds.contains(&ReasonKind::Obligation) && !kinds.contains(&ReasonKind::NotMet));
    let reason = alert.reasons.iter().find(|it| it.kind == ReasonKind::Obligation).unwrap();
    assert_eq!(reason.evidence, "First Progress Review overdue 34 days (LJMU 5)");
    assert_eq!(reason.next, NextStep::Meet);
}

#[test]
fn on_the_desk_a_meeting_begins_with_the_slot_that_is_open_longest() {
    let desk = demo().keys("1/ben o⏎m");
    assert_eq!(desk.form().value("focus"), "Progress Review: settling in and first goals");
}

#[test]
fn a_slot_in_the_timeline_is_no_record_to_edit_or_delete() {
    let mut desk = demo().keys("1/ben o⏎⏎‹home›");
    assert!(desk.model.desk.timeline.slot().is_some());
    desk = desk.keys("de");
    assert!(desk.model.popups.is_empty());
    assert_eq!(desk.keys("W").form().fields[0].name, "why");
}

#[test]
fn years_are_turned_as_far_as_there_are_calendars() {
    let desk = demo();
    let shown = desk.model.desk.meetings.year;
    let desk = desk.keys("[");
    assert_eq!(desk.model.desk.meetings.year, shown.map(|year| year - 1));
    assert_eq!(desk.keys("[]]").model.desk.meetings.year, shown);
}

#[test]
fn a_policy_chosen_while_the_screen_is_shown_fills_it() {
    let mut desk = Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ()));
    let (rules, records) = (Arc::clone(&desk.model.rules), Arc::clone(&desk.model.records));
    desk.model.rules = Arc::default();
    desk.model.desk.rules = Arc::default();
    desk.model.desk.fill(&records, today());
    desk = desk.keys("3");
    assert!(desk.model.desk.meetings.columns().is_empty());
    desk.model.rules = Arc::clone(&rules);
    desk.model.desk.rules = rules;
    desk.model.desk.fill(&records, today());
    assert!(!desk.model.desk.meetings.columns().is_empty());
}
