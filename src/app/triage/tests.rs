//! Triage with the keys: sort, filter, marks, decisions, views, the next step.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::*;
use crate::{
    app::{
        Effect, Msg, Pane, Target, decide,
        forms::RecordForm,
        msg::{Committed, How},
        popup::{FormKind, Popup},
        testing::Desk,
        views,
    },
    domain::{
        demo::{Demo, Scale},
        flag::{FlagKind, Urgency},
        meeting::Outcome,
        reason::Severity,
    },
    fixture::{Fixture, ago, today},
};

fn demo() -> Desk {
    Desk::with(Demo::new(Scale::Tutor, today()).records(|_, _| ()))
}

/// Seven students with a concern each, the last ones the most urgent.
fn seven() -> Desk {
    let mut world = Fixture::new();
    for (at, name) in ["Ada", "Ben", "Cai", "Dee", "Eva", "Fay", "Gus"].into_iter().enumerate() {
        let student = world.tutee(&format!("2048{at:04}"), name, if at % 2 == 0 { 5 } else { 6 });
        world.meeting(student, ago(10), Outcome::Held, "Progress review");
        let urgency = match at {
            0..3 => Urgency::Watch,
            3..5 => Urgency::Soon,
            _ => Urgency::Urgent,
        };
        world.flag(student, ago(at as u64 + 1), FlagKind::Concern, urgency, "not seen");
    }
    Desk::with(world.records())
}

/// The names that are shown, in their order.
fn names(desk: &Desk) -> Vec<String> {
    let list = desk.model.desk.triage.list.as_ref().unwrap();
    let name = |student| desk.model.records.file(student).unwrap().student.name.shown();
    list.students().map(name).collect()
}

fn joined(desk: &Desk) -> String {
    names(desk).join(" ")
}

fn counts(desk: &Desk) -> Counts {
    desk.model.desk.triage.list.as_ref().unwrap().counts()
}

#[test]
fn the_most_urgent_stand_first_and_only_the_first_few_of_each_tutor() {
    let desk = seven().keys("2");
    assert_eq!(desk.model.place(), Place::Triage);
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai");
    assert_eq!(counts(&desk), Counts { shown: 5, of: 7, more: 2, ..Counts::default() });
    let desk = desk.keys("f");
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai Ben Ada");
    assert_eq!(joined(&desk.keys("f")), "Gus Fay Eva Dee Cai");
}

#[test]
fn a_column_orders_the_list_either_way_and_equal_ones_stay_by_urgency() {
    let desk = seven().keys("2fs");
    assert_eq!(joined(&desk), "Ada Ben Cai Dee Eva Fay Gus");
    let desk = desk.keys("R");
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai Ben Ada");
    // By tutor: all have the same.
    let desk = desk.keys("s");
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai Ben Ada");
    assert_eq!(joined(&desk.keys("gs‹home›j⏎")), "Ada Ben Cai Dee Eva Fay Gus");
}

#[test]
fn the_selection_stays_with_the_student_when_the_order_changes() {
    let desk = seven().keys("2fj");
    let fay = desk.model.desk.student();
    let desk = desk.keys("s");
    assert_eq!(desk.model.desk.student(), fay);
    assert_eq!(desk.model.desk.triage.selected().map(Row::student), fay);
}

#[test]
fn letters_and_terms_narrow_the_list_whatever_the_cap() {
    let desk = seven().keys("2/severity:watch");
    assert_eq!(joined(&desk), "Cai Ben Ada");
    let desk = desk.keys(" level:5");
    assert_eq!(joined(&desk), "Cai Ada");
    let desk = desk.keys("⏎");
    assert_eq!(desk.model.place(), Place::Triage);
    assert_eq!(joined(&desk), "Cai Ada");
    let desk = desk.keys("⎋");
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai");
    assert_eq!(joined(&seven().keys("2/fay")), "Fay");
    assert_eq!(joined(&seven().keys("2/20480001")), "Ben");
    assert_eq!(joined(&seven().keys("2/severity:urgent severity:soon")), "Gus Fay Eva Dee");
    assert_eq!(joined(&seven().keys("2/why:NOT tutor:okafor ca")), "Cai");
    assert_eq!(joined(&seven().keys("2/owner:me state:new")), joined(&seven().keys("2/state:new")));
    assert_eq!(joined(&seven().keys("2/snoozed:yes")), "");
}

#[test]
fn a_term_that_means_nothing_is_told_and_narrows_nothing() {
    let wrong = |keys: &str| {
        let desk = seven().keys(keys);
        desk.model.desk.triage.list.as_ref().unwrap().query().wrong.clone()
    };
    assert!(wrong("2/severity:").is_empty());
    assert_eq!(wrong("2/severity:red"), ["severity: knows urgent, soon or watch"]);
    assert_eq!(wrong("2/level:9"), ["level: knows 3 to 8"]);
    assert_eq!(wrong("2/tutor:zzz"), ["tutor: nobody is called zzz"]);
    assert!(wrong("2/colour:red")[0].starts_with("no term “colour:”"));
    assert_eq!(names(&seven().keys("2/colour:red")).len(), 5);
}

#[test]
fn three_are_marked_and_snoozed_and_come_back_with_undo() {
    let desk = seven().keys("2   ");
    assert_eq!(desk.model.desk.tutees.marks.len(), 3);
    let desk = desk.keys("z‹ctrl-s›");
    let [.., Effect::Commit(change)] = &desk.effects[..] else { panic!("{:?}", desk.effects) };
    let change = change.clone();
    let desk = desk.saved();
    assert_eq!(counts(&desk).quiet, 3);
    assert!(desk.model.desk.tutees.marks.is_empty());
    assert_eq!(joined(&desk), "Dee Cai Ben Ada");
    assert_eq!(joined(&seven_names(&desk, "/snoozed:yes")), "Gus Fay Eva");
    let change = change.inverse(&desk.model.records).unwrap();
    let committed = Committed { change, how: How::Undone };
    let desk = desk.after(Msg::Committed(Box::new(committed)));
    assert_eq!(counts(&desk).quiet, 0);
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai");
}

fn seven_names(desk: &Desk, keys: &str) -> Desk {
    Desk::with((*desk.model.records).clone()).keys("2").keys(keys)
}

#[test]
fn marks_are_gone_once_a_decision_about_them_is_saved_and_not_before() {
    let marks = |desk: &Desk| desk.model.desk.tutees.marks.len();
    for (keys, saves) in [("O‹ctrl-s›", true), ("D‹ctrl-s›", false), ("z", false)] {
        let desk = seven().keys("2   ").keys(keys);
        assert_eq!(marks(&desk), 3, "{keys}");
        assert_eq!(marks(&desk.saved()), if saves { 0 } else { 3 }, "{keys}");
    }
    let desk = seven().keys("2   ⇥O‹ctrl-s›").saved();
    assert_eq!(marks(&desk), 3, "it was about the student in hand");
    let desk = seven().keys("2   !Gone again.‹ctrl-s›").saved();
    assert!(desk.model.popups.is_empty());
    assert_eq!(marks(&desk), 3, "a change that is no decision takes no mark away");
}

/// How many students the form that is open decides about.
fn decided(desk: &Desk) -> usize {
    let form = desk.model.form().unwrap();
    let FormKind::Record(RecordForm::Decide(what)) = &form.kind else { panic!("no decision") };
    what.students.len()
}

#[test]
fn a_mark_on_a_row_that_is_not_in_the_list_as_it_is_shown_does_not_count() {
    let desk = seven().keys("2f*");
    assert_eq!(decide::marked(&desk.model).count(), 7);
    let mut desk = desk.keys("/severity:urgent⏎");
    assert_eq!(decide::marked(&desk.model).count(), 2);
    assert!(desk.frame(120, 30).contains("2 marked"));
    for key in ["z", "Z", "x", "D", "O", "E"] {
        let desk = seven().keys("2f*/severity:urgent⏎").keys(key);
        assert_eq!(decided(&desk), 2, "{key}");
    }
    let desk = seven().keys("2f*f").keys("z");
    assert_eq!(decided(&desk), 5, "the first few of the tutor");
}

#[test]
fn while_the_evidence_has_the_keys_a_decision_is_about_the_student_in_hand() {
    let desk = seven().keys("2   ⇥");
    assert_eq!(desk.model.desk.triage.half, Half::Evidence);
    let dee = desk.model.desk.triage.selected().map(Row::student).unwrap();
    let desk = desk.keys("z");
    let FormKind::Record(RecordForm::Decide(what)) = &desk.model.form().unwrap().kind else {
        panic!("no decision")
    };
    assert_eq!(what.students, [dee]);
}

#[test]
fn nobody_is_decided_about_where_no_row_is_shown() {
    for key in ["z", "Z", "x", "D", "O", "E", "K"] {
        let desk = seven().keys("2*/zzz⏎").keys(key);
        assert!(names(&desk).is_empty() && desk.model.popups.is_empty(), "{key}");
    }
}

#[test]
fn a_change_of_one_student_leaves_the_list_as_a_new_one_would_be() {
    let desk = demo().keys("2f").keys("!All is too much.⇥⇥⇥‹ctrl-s›").saved();
    for keys in ["", "s", "ss", "sss", "ssss", "ssssss", "sssssss", "ssssssss"] {
        let followed = names(&Desk { model: desk_of(&desk), effects: vec![], ms: 0 }.keys(keys));
        let anew = names(&Desk::with((*desk.model.records).clone()).keys("2f").keys(keys));
        assert_eq!(followed, anew, "{keys}");
    }
}

/// The same desk again.
fn desk_of(desk: &Desk) -> crate::app::Model {
    let mut other = Desk::with((*desk.model.records).clone());
    other.model.desk = desk.model.desk.clone();
    other.model.view = desk.model.view;
    other.model
}

#[test]
fn a_view_is_saved_under_a_name_shown_again_and_deleted() {
    let desk = seven().keys("2/severity:watch⏎sV").keys("Quiet ones‹ctrl-s›").saved();
    let view = views::current(&desk.model).unwrap();
    assert_eq!((view.filter.as_str(), view.sort.as_str()), ("severity:watch", "student"));
    let desk = desk.keys("⎋gs‹home›⏎");
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai");
    assert!(views::current(&desk.model).is_none());
    let desk = desk.keys("v⏎");
    assert_eq!(joined(&desk), "Ada Ben Cai");
    let desk = desk.keys("v‹end›⏎⏎").saved();
    assert_eq!(desk.model.records.saved_views().count(), 0);
    let desk = desk.keys("v⏎");
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai");
}

#[test]
fn an_order_that_is_none_is_refused_beside_its_field() {
    let desk = seven().keys("2V").keys("Odd⇥⇥‹ctrl-u›").keys("x‹ctrl-s›");
    let error = desk.form().field("sort").unwrap().error.clone();
    assert!(error.unwrap().starts_with("Write one of: severity, student"));
}

#[test]
fn enter_does_the_next_step_of_the_row() {
    let desk = seven().keys("2j⏎");
    assert!(matches!(desk.model.popups.last(), Some(Popup::Form(_))));
    assert!(desk.form().title.contains("Fay"), "{}", desk.form().title);
    assert_eq!(desk.model.view, View::Triage);
}

#[test]
fn a_step_of_a_row_that_the_desk_does_not_show_leaves_the_desk_as_it_was() {
    let lines = |desk: &Desk| desk.model.desk.alerts.lines().to_vec();
    let desk = seven().keys("2fG⏎");
    assert!(desk.form().title.contains("Ada"), "{}", desk.form().title);
    assert_eq!(lines(&desk), lines(&seven()));
    assert_eq!(desk.model.desk.alerts.breadth(), crate::app::pane::alerts::Breadth::First);
}

#[test]
fn where_nobody_is_shown_nothing_is_recorded_about_who_is_out_of_sight() {
    for key in ["m", "n", "c", "a", "r", "!", "+", "e", "y", "w", "z", "Z", "K"] {
        let desk = seven().keys("2/zzzz⏎").keys(key);
        assert!(desk.model.popups.is_empty(), "{key}");
        assert_eq!(desk.effects, [], "{key}");
    }
}

#[test]
fn the_desk_stands_at_the_student_who_was_in_hand_in_triage() {
    let desk = seven().keys("2jj").keys("1");
    let hand = desk.model.desk.student();
    assert!(hand.is_some());
    assert_eq!(desk.model.desk.tutees.selected().map(|row| row.student), hand);
    let next = desk.keys("jk");
    assert_eq!(next.model.desk.student(), hand, "the keys go on from there");
}

#[test]
fn a_ladder_is_started_and_its_step_stands_in_the_row() {
    let desk = demo().keys("2/callum⏎t‹ctrl-s›").saved();
    let row = desk.model.desk.triage.selected().unwrap().clone();
    assert!(row.step.is_some());
    assert!(row.due.is_some());
}

#[test]
fn the_tutee_is_opened_on_the_desk() {
    let desk = seven().keys("2jo");
    assert_eq!(desk.model.view, View::Desk);
    assert_eq!(desk.model.focus, crate::app::Pane::Timeline);
    let fay = desk.model.desk.student().unwrap();
    assert_eq!(desk.model.records.file(fay).unwrap().student.name.shown(), "Fay");
    assert_eq!(desk.model.desk.alerts.selected().unwrap().student, fay);
}

#[test]
fn all_that_are_shown_are_marked_and_unmarked() {
    let desk = seven().keys("2*");
    assert_eq!(desk.model.desk.tutees.marks.len(), 5);
    let desk = desk.keys("f*");
    assert_eq!(desk.model.desk.tutees.marks.len(), 7);
    assert!(desk.keys("*").model.desk.tutees.marks.is_empty());
}

#[test]
fn back_and_escape_show_the_list_then_all_then_the_desk() {
    let desk = seven().keys("2/severity:watch⏎⇥");
    assert_eq!(desk.model.desk.triage.half, Half::Evidence);
    let desk = desk.keys("q");
    assert_eq!((desk.model.desk.triage.half, names(&desk).len()), (Half::List, 3));
    let desk = desk.keys("q");
    assert_eq!(names(&desk).len(), 5);
    assert_eq!(desk.keys("q").model.view, View::Desk);
}

#[test]
fn the_mouse_selects_a_row_sorts_by_a_head_and_scrolls() {
    let mouse = |kind, column, row| {
        Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    };
    let at = |desk: &Desk, wanted: Target| {
        let found = desk.model.screen.targets.iter().find(|(_, target)| *target == wanted);
        let area = found.unwrap().0;
        (area.x, area.y)
    };
    let mut desk = seven().keys("2");
    let _picture = desk.frame(120, 30);
    let (x, y) = at(&desk, Target::Row(Pane::Tutees, 3));
    desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
    assert_eq!(desk.model.desk.triage.cursor.selected, 3);
    let (x, y) = at(&desk, Target::Head(Column::Student));
    desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
    assert_eq!(joined(&desk), "Cai Dee Eva Fay Gus");
    desk.send(mouse(MouseEventKind::Down(MouseButton::Left), x, y));
    assert_eq!(joined(&desk), "Gus Fay Eva Dee Cai");
    desk.send(mouse(MouseEventKind::ScrollUp, x, y + 1));
    assert_eq!(desk.model.desk.triage.cursor.selected, 0);
}

#[test]
fn the_words_of_an_order_are_read_back() {
    for column in <Column as strum::VariantArray>::VARIANTS {
        for turned in [false, true] {
            let order = Order { column: *column, turned };
            assert_eq!(Order::parse(&order.words()), order);
        }
    }
    assert_eq!(Order::parse("nonsense"), Order::default());
}

#[test]
fn a_senior_tutor_sees_the_rows_of_all_tutors_with_their_own_first_few() {
    let mut world = Fixture::new();
    let (me, other) = (world.me, world.tutor("Dr Ravi Menon"));
    for at in 0..14 {
        let tutor = if at % 2 == 0 { other } else { me };
        let number = format!("2048{at:04}");
        let student = world.tutee_of(tutor, &number, &format!("Student {at:02}"), 4);
        world.flag(student, ago(2), FlagKind::Concern, Urgency::Soon, "not seen");
    }
    let desk = Desk::with(world.records()).keys("SS2");
    let desk = if counts(&desk).of == 14 { desk } else { desk.keys("S") };
    assert_eq!(counts(&desk), Counts { shown: 10, of: 14, more: 4, ..Counts::default() });
    assert_eq!(desk.model.desk.triage.selected().unwrap().alert.severity(), Severity::Soon);
    assert_eq!(counts(&desk.keys("/tutor:menon")).shown, 7);
}
