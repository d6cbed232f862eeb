//! What keys do on the desk, and what stays where it is when records change.

use std::sync::Arc;

use crossterm::event::{MouseButton, MouseEventKind};

use crate::app::command::{Command, Student};
use crate::app::editor::Pos;
use crate::app::msg::{Committed, How, Msg, Opened};
use crate::app::testing::Desk;
use crate::app::{Effect, Model, Pane, Place, Target, Timer};
use crate::domain::change::{Builder, Change, Label};
use crate::domain::demo::{Demo, Scale};
use crate::domain::draft::Draft;
use crate::domain::flag::{FlagKind, Urgency};
use crate::domain::id::Id;
use crate::domain::meeting::Outcome;
use crate::domain::module::Module;
use crate::domain::record::Kind;
use crate::domain::records::Records;
use crate::domain::search::{Hits, Index};
use crate::exchange::card;
use crate::fixture::{Fixture, ago, desk, many, today};

fn names(model: &Model) -> Vec<String> {
    let tutees = &model.desk.tutees;
    (0..tutees.len()).filter_map(|place| tutees.row(place)).map(|row| row.name.clone()).collect()
}

fn in_hand(model: &Model) -> String {
    let file = model.records.file(model.desk.student().unwrap()).unwrap();
    file.student.name.shown()
}

fn opened(records: Records) -> Msg {
    Msg::Opened(Box::new(Opened::of(Arc::new(records))))
}

fn done(change: Change) -> Msg {
    Msg::Committed(Box::new(Committed { change, how: How::Done }))
}

/// The change that the last effect asks for, as the worker would answer it.
fn commit(desk: &Desk) -> Change {
    let commits = desk.effects.iter().rev().find_map(|effect| {
        if let Effect::Commit(change) = effect { Some(change.clone()) } else { None }
    });
    commits.unwrap()
}

/// What the worker answers to the last search.
fn answer(desk: &Desk) -> Msg {
    let asked =
        desk.effects.iter().rev().find_map(|effect| {
            if let Effect::Search(search) = effect { Some(search) } else { None }
        });
    let search = asked.unwrap();
    let index = Index::new(&search.records);
    Msg::Found(search.ticket, index.find(&search.records, search.viewer, &search.text.0, 50))
}

#[test]
fn the_most_urgent_comes_first_and_is_in_hand() {
    let desk = Desk::with(desk());
    assert_eq!(
        names(&desk.model),
        [
            "Aisha Rahman",
            "Ben O'Connor",
            "Dafydd ap Rhys",
            "Ewa Nowak",
            "Zoë Øster",
            "陈伟 Chen Wei"
        ]
    );
    assert_eq!(in_hand(&desk.model), "Aisha Rahman");
}

#[test]
fn moving_takes_the_next_student_in_hand() {
    let desk = Desk::with(desk()).keys("jj");
    assert_eq!(in_hand(&desk.model), "Dafydd ap Rhys");
    let desk = desk.keys("G");
    assert_eq!(in_hand(&desk.model), "陈伟 Chen Wei");
    assert_eq!(in_hand(&desk.keys("gg").model), "Aisha Rahman");
}

#[test]
fn the_filter_narrows_as_one_types_and_esc_shows_everybody_again() {
    let desk = Desk::with(desk()).keys("/");
    assert_eq!(desk.model.place(), Place::Filter);
    let desk = desk.keys("zoe");
    assert_eq!(names(&desk.model), ["Zoë Øster"]);
    assert_eq!(in_hand(&desk.model), "Zoë Øster");
    let desk = desk.keys("⌫⌫⌫48124");
    assert_eq!(names(&desk.model), ["Zoë Øster"]);
    let desk = desk.keys("⏎");
    assert_eq!((desk.model.place(), names(&desk.model).len()), (Place::Tutees, 1));
    let desk = desk.keys("⎋");
    assert_eq!(names(&desk.model).len(), 6);
    assert_eq!(in_hand(&desk.model), "Zoë Øster");
}

#[test]
fn the_filter_searches_name_number_and_programme_at_once() {
    let desk = Desk::with(desk()).keys("/history 2047");
    assert_eq!(names(&desk.model), ["陈伟 Chen Wei"]);
}

#[test]
fn sorting_keeps_the_student_who_is_selected() {
    let desk = Desk::with(desk()).keys("js");
    assert_eq!(names(&desk.model)[..2], ["Aisha Rahman", "Ben O'Connor"]);
    assert_eq!(in_hand(&desk.model), "Ben O'Connor");
    let desk = desk.keys("s");
    assert_eq!(names(&desk.model)[0], "Ben O'Connor", "never reached");
    assert_eq!(desk.model.desk.tutees.selected().unwrap().name, "Ben O'Connor");
}

#[test]
fn marks_stay_while_the_filter_hides_them() {
    let desk = Desk::with(desk()).keys("‹space›‹space›/zoe⏎‹space›");
    assert_eq!(desk.model.desk.tutees.marks.len(), 3);
    let desk = desk.keys("⎋⎋");
    assert_eq!(desk.model.desk.tutees.marks.len(), 0);
}

#[test]
fn a_change_moves_only_the_students_that_it_touches() {
    let mut desk = Desk::with(desk()).keys("jjj");
    assert_eq!(in_hand(&desk.model), "Ewa Nowak");
    let records = Arc::clone(&desk.model.records);
    let ben = records.numbered("20481235").next().unwrap();
    let mut world = Fixture::upon(&records);
    world.flag(ben, today(), FlagKind::Concern, Urgency::Urgent, "hospital");
    let change = world.change(Label::RaiseConcern, &records);
    desk.send(done(change));
    assert_eq!(desk.model.desk.alerts.rows()[0].student, ben);
    assert_eq!(names(&desk.model)[1], "Ben O'Connor");
    assert_eq!(in_hand(&desk.model), "Ewa Nowak");
    assert_eq!(desk.model.desk.tutees.selected().unwrap().name, "Ewa Nowak");
}

#[test]
fn following_a_change_gives_what_looking_at_everybody_gives() {
    let mut model = Desk::with(desk()).model;
    let records = Arc::clone(&model.records);
    let students: Vec<_> = records.files().map(|file| file.student.id).collect();
    let mut world = Fixture::upon(&records);
    world.meeting(students[0], ago(1), Outcome::Held, "");
    world.group(&students[1..4], ago(2), "");
    world.contact(
        students[5],
        ago(1),
        crate::domain::contact::Channel::Email,
        crate::domain::contact::Reply::Replied,
    );
    let mut change = world.change(Label::RecordMeeting, &records);
    let mut gone = Builder::new(Label::DeleteStudent, &records);
    for (_, record) in records.file(students[4]).unwrap().records().into_iter().rev() {
        gone.delete(record.owner(), record.id());
    }
    change.parts.extend(gone.build().parts);
    Arc::make_mut(&mut model.records).apply(&change).unwrap();
    model.desk.follow(&model.records, &change);
    let followed = (names(&model), model.desk.alerts.rows().to_vec());
    model.desk.fill(&model.records, today());
    assert_eq!(followed, (names(&model), model.desk.alerts.rows().to_vec()));
    assert_eq!(followed.0.len(), 5);
}

#[test]
fn a_module_that_starts_another_week_moves_the_plots_of_the_group_too() {
    let demo = Demo::new(Scale::Tutor, today()).judged(card::default_card());
    let mut model = Desk::with(demo.records(|_, _| ())).model;
    let before = model.desk.engagement.plots.clone().unwrap();
    let mut change = Builder::new(Label::ImportSignals, &model.records);
    // One alone, so that the plots begin where they began.
    let file = model.records.file(model.desk.student().unwrap()).unwrap();
    let module = model.records.module(file.engagements[0].module).unwrap();
    let starts = module.starts + chrono::TimeDelta::weeks(1);
    change.push(Module { starts, ..module.clone() });
    let change = change.build();
    Arc::make_mut(&mut model.records).apply(&change).unwrap();
    model.desk.follow(&model.records, &change);
    let followed = model.desk.engagement.plots.clone().unwrap();
    assert_ne!(followed, before);
    model.desk.fill(&model.records, today());
    assert_eq!(Some(followed), model.desk.engagement.plots);
}

#[test]
fn enter_on_an_alert_opens_the_form_of_the_next_step() {
    let desk = Desk::with(desk()).keys("⇤⏎");
    assert_eq!(desk.model.desk.timeline.selected().unwrap().record.kind, Kind::Flag);
    assert!(desk.form().title.starts_with("Contact"), "{}", desk.form().title);
    let desk = desk.keys("⎋j⏎");
    assert!(desk.form().title.starts_with("Meeting"), "{}", desk.form().title);
}

#[test]
fn marked_students_get_a_group_meeting() {
    let desk = Desk::with(desk()).keys("‹space›‹space›m");
    assert!(desk.form().title.starts_with("Group"), "{}", desk.form().title);
}

#[test]
fn edit_and_delete_speak_of_what_the_pane_shows() {
    let desk = Desk::with(desk()).keys("e");
    assert!(desk.form().title.starts_with("Student"), "{}", desk.form().title);
    let desk = desk.keys("⎋⏎e");
    assert!(desk.form().title.starts_with("Concern"), "{}", desk.form().title);
    let desk = desk.keys("⎋d");
    assert_eq!(desk.model.place(), Place::Confirm);
    assert_eq!(commit(&desk.keys("y")).label, Label::DeleteFlag);
}

#[test]
fn a_reply_is_marked_and_a_text_copied_by_a_key() {
    let desk = Desk::with(desk()).keys("⏎jjjx");
    let change = commit(&desk);
    assert!(change.parts.iter().all(|part| part.target().unwrap().1.kind == Kind::Contact));
    let asked = Desk::with(crate::fixture::desk()).keys("y");
    assert_eq!(asked.model.place(), Place::Menu);
    let copied = asked.keys("⏎");
    assert_eq!(copied.effects[0], Effect::Copy(crate::app::Private("20481234".into())));
}

#[test]
fn what_the_terminal_does_not_take_for_the_clipboard_is_shown_instead() {
    let text = crate::app::Private("one\ntwo".into());
    let mut desk = Desk::with(desk()).keys("y⏎").after(Msg::NotCopied(text));
    let picture = desk.frame(80, 24);
    for told in ["Not copied", "takes no text for the clipboard", " one ", " two "] {
        assert!(picture.contains(told), "{told}: {picture}");
    }
    assert!(!picture.contains("copied  "), "nothing says that it was copied");
    assert!(desk.keys("⎋").model.popups.is_empty());
}

#[test]
fn moving_in_the_alerts_takes_their_students_in_hand() {
    let desk = Desk::with(desk()).keys("⇤j");
    assert_eq!(in_hand(&desk.model), "Ben O'Connor");
    assert_eq!(desk.model.desk.tutees.selected().unwrap().name, "Ben O'Connor");
}

#[test]
fn the_alerts_begin_at_the_student_in_hand_and_keys_are_about_whom_they_show() {
    let mut desk = Desk::with(desk()).keys("⇤j⇥j");
    let student = desk.model.desk.alerts.selected().unwrap().student;
    assert_ne!(desk.model.desk.student(), Some(student), "the tutees have the keys");
    desk = desk.keys("⇤");
    let selected = |desk: &Desk| desk.model.desk.alerts.selected().unwrap().student;
    assert_eq!(desk.model.desk.student(), Some(selected(&desk)));
    desk = desk.keys("z‹ctrl-s›");
    desk.send(done(commit(&desk)));
    let next = selected(&desk);
    let mut desk = desk.keys("z");
    let form = desk.frame(80, 24);
    let name = desk.model.records.file(next).unwrap().student.name.shown();
    assert!(form.contains(&format!("Snooze · {name}")), "{form}");
}

#[test]
fn an_action_is_marked_as_done_from_the_alert_and_from_the_timeline() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.meeting(student, ago(5), Outcome::Held, "");
    world.action(student, None, "buy a lamp", Some(ago(2)));
    let mut desk = Desk::with(world.records()).keys("⇤⏎");
    let change = commit(&desk);
    assert_eq!(change.label, Label::TickAction);
    desk.send(done(change));
    assert!(desk.model.desk.alerts.rows().is_empty());
    assert_eq!(desk.model.toast.as_ref().unwrap().text, "✓ saved 14:02");
}

#[test]
fn a_note_is_written_on_in_its_pane_and_saved() {
    let mut desk = Desk::with(desk()).keys("⏎");
    while desk.model.desk.timeline.note().is_none() {
        desk = desk.keys("j");
    }
    let mut desk = desk.keys("⏎⏎Seen. ");
    assert_eq!(desk.model.place(), Place::Writing);
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Arm(Timer::Draft, _))));
    desk.send(Msg::Due(Timer::Draft));
    assert!(matches!(desk.effects.last(), Some(Effect::KeepDraft(_))));
    desk = desk.keys("‹ctrl-s›");
    let change = commit(&desk);
    assert_eq!(change.label, Label::EditNote);
    desk.send(done(change));
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))));
    assert_eq!(desk.model.place(), Place::Note);
}

#[test]
fn a_click_in_a_note_that_is_written_puts_the_cursor_there_and_the_wheel_moves_it() {
    let mut desk = Desk::with(desk()).keys("⏎");
    while desk.model.desk.timeline.note().is_none() {
        desk = desk.keys("j");
    }
    let mut desk = desk.keys("⏎⏎");
    let _picture = desk.frame(120, 36);
    let area = desk.model.screen.text.unwrap();
    let mouse = |kind| {
        let modifiers = crossterm::event::KeyModifiers::NONE;
        let (column, row) = (area.x + 2, area.y + 1);
        Msg::Mouse(crossterm::event::MouseEvent { kind, column, row, modifiers })
    };
    desk.send(mouse(MouseEventKind::Down(MouseButton::Left)));
    let at = |desk: &Desk| desk.model.desk.note.writing.as_ref().unwrap().editor.cursor();
    assert_eq!(at(&desk), Pos { row: 1, col: 2 });
    desk.send(mouse(MouseEventKind::ScrollDown));
    assert_eq!(at(&desk).row, 4);
}

#[test]
fn clicks_select_rows_and_give_their_pane_the_keys() {
    let mut desk = Desk::with(desk());
    let _picture = desk.frame(120, 36);
    let row = |desk: &Desk, wanted: Target| {
        let found = desk.model.screen.targets.iter().find(|(_, target)| *target == wanted);
        found.unwrap().0
    };
    let press = |area: crate::app::Area| {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let modifiers = crossterm::event::KeyModifiers::NONE;
        Msg::Mouse(crossterm::event::MouseEvent { kind, column: area.x, row: area.y, modifiers })
    };
    let alert = row(&desk, Target::Row(Pane::Alerts, 1));
    desk.send(press(alert));
    assert_eq!((desk.model.focus, in_hand(&desk.model).as_str()), (Pane::Alerts, "Ben O'Connor"));
    let tutee = row(&desk, Target::Row(Pane::Tutees, 4));
    desk.send(press(tutee));
    assert_eq!((desk.model.focus, in_hand(&desk.model).as_str()), (Pane::Tutees, "Zoë Øster"));
}

#[test]
fn leaving_a_changed_note_asks_and_keeps_it_on_no() {
    let mut desk = Desk::with(desk()).keys("⏎");
    while desk.model.desk.timeline.note().is_none() {
        desk = desk.keys("j");
    }
    let desk = desk.keys("⏎⏎x⎋");
    assert_eq!(desk.model.place(), Place::Confirm);
    let desk = desk.keys("n");
    assert_eq!(desk.model.place(), Place::Writing);
    let desk = desk.keys("⎋y");
    assert_eq!(desk.model.place(), Place::Note);
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))));
    let desk = desk.keys("⏎⎋");
    assert_eq!(desk.model.place(), Place::Note, "nothing to lose, nothing to ask");
}

#[test]
fn an_unsaved_note_is_found_again_at_the_next_start() {
    let mut first = Desk::with(desk()).keys("⏎");
    while first.model.desk.timeline.note().is_none() {
        first = first.keys("j");
    }
    let first = first.keys("⏎⏎lost? ").after(Msg::Due(Timer::Draft));
    let Some(Effect::KeepDraft(draft)) = first.effects.last() else { panic!("no draft") };
    let mut opened = Opened { drafts: vec![draft.clone()], ..Opened::of(Arc::new(desk())) };
    opened.records = Arc::clone(&first.model.records);
    let second = Desk::new().after(Msg::Opened(Box::new(opened)));
    assert_eq!(second.model.place(), Place::Writing);
    let text = second.model.desk.note.writing.as_ref().unwrap().editor.text();
    assert!(text.starts_with("lost? "));
}

#[test]
fn a_draft_of_a_note_that_is_gone_opens_no_other_note() {
    let records = desk();
    let draft = Draft {
        id: Id::from_bytes([1; 16]),
        student: records.numbered("20481234").next(),
        writing: crate::domain::draft::Writing::Note(Id::from_bytes([2; 16])),
        fields: vec![("text".into(), "lost".into())],
        kept_ms: 0,
    };
    let Msg::Opened(mut opened) = opened(records) else { panic!("not opened") };
    opened.drafts = vec![draft];
    let desk = Desk::new().after(Msg::Opened(opened));
    assert_eq!(desk.model.place(), Place::Tutees);
}

#[test]
fn a_note_that_has_changed_meanwhile_is_not_overwritten_unasked() {
    let mut desk = Desk::with(desk()).keys("⏎");
    while desk.model.desk.timeline.note().is_none() {
        desk = desk.keys("j");
    }
    let mut desk = desk.keys("⏎⏎mine ");
    let records = Arc::clone(&desk.model.records);
    let mut note = desk.model.desk.note.writing.as_ref().unwrap().before.clone();
    note.text = "theirs".into();
    let change = Builder::new(Label::EditNote, &records).put(note).build();
    desk.send(done(change));
    let commits =
        |desk: &Desk| desk.effects.iter().filter(|it| matches!(it, Effect::Commit(_))).count();
    desk = desk.keys("‹ctrl-s›");
    assert_eq!((commits(&desk), desk.model.place()), (0, Place::Writing));
    desk = desk.keys("‹ctrl-s›");
    assert_eq!(commits(&desk), 1);
}

#[test]
fn a_search_asks_one_question_at_a_time_and_drops_old_answers() {
    let mut desk = Desk::with(desk()).keys("//");
    assert_eq!(desk.model.place(), Place::Hits);
    desk = desk.keys("ref");
    let asks = |it: &&Effect| matches!(it, Effect::Search(search) if !search.text.0.is_empty());
    let searches = |desk: &Desk| desk.effects.iter().filter(asks).count();
    assert_eq!(searches(&desk), 1, "typing goes on while the first is on its way");
    desk.send(Msg::Found(99, Hits::default()));
    assert_eq!(searches(&desk), 1);
    desk.send(answer(&desk));
    assert_eq!(searches(&desk), 2, "what was typed meanwhile is asked next");
    desk.send(answer(&desk));
    desk = desk.keys("erencing");
    desk.send(answer(&desk));
    desk.send(answer(&desk));
    let desk = desk.keys("⏎");
    assert_eq!(desk.model.place(), Place::Timeline);
    assert!(desk.model.desk.timeline.note().is_some());
}

#[test]
fn the_timeline_shows_one_kind_after_the_other() {
    let desk = Desk::with(desk()).keys("⏎ff");
    assert_eq!(desk.model.desk.timeline.entries.len(), 1);
    assert!(desk.model.desk.timeline.note().is_some());
}

#[test]
fn q_goes_back_before_it_quits() {
    let desk = Desk::with(desk()).keys("⏎q");
    assert_eq!((desk.model.focus, desk.effects.as_slice()), (Pane::Tutees, &[][..]));
    assert_eq!(desk.keys("q").effects, [Effect::Quit]);
}

#[test]
fn locking_leaves_nothing_on_the_desk() {
    let desk = Desk::with(desk()).keys("‹ctrl-l›");
    assert_eq!(names(&desk.model), Vec::<String>::new());
    assert!(
        desk.model.desk.timeline.entries.is_empty() && desk.model.desk.alerts.rows().is_empty()
    );
    let desk = desk.after(opened(crate::fixture::desk()));
    assert_eq!(names(&desk.model).len(), 6);
}

#[test]
fn without_records_no_key_does_harm() {
    let desk = Desk::new().keys("jkG⏎⏎x‹space›sS/⏎⇥⏎⇥f⏎⇥⏎jk");
    assert!(desk.effects.iter().all(|effect| matches!(effect, Effect::Arm(..))));
    assert!(!desk.model.applies(Command::Student(Student::Meeting)));
}

#[test]
fn the_next_scope_shows_the_students_of_other_tutors() {
    let mut world = Fixture::new();
    world.tutee("1", "Ewa Nowak", 4);
    let other = world.tutor("Dr Else");
    world.tutee_of(other, "2", "Aisha Rahman", 4);
    let desk = Desk::with(world.records());
    assert_eq!(names(&desk.model), ["Ewa Nowak"]);
    let desk = desk.keys("S");
    assert_eq!(names(&desk.model).len(), 2);
    assert_eq!(names(&desk.keys("SS").model), ["Ewa Nowak"]);
}

#[test]
fn another_day_makes_other_alerts() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.meeting(student, ago(41), Outcome::Held, "");
    let mut desk = Desk::with(world.records());
    assert!(desk.model.desk.alerts.rows().is_empty());
    desk.ms += 24 * 60 * 60 * 1000;
    desk.send(Msg::Due(Timer::Clock));
    assert_eq!(desk.model.desk.alerts.rows().len(), 1);
}

#[test]
fn many_rows_are_moved_through_without_looking_at_each() {
    let mut desk = Desk::with(many(2_000));
    let before = desk.model.desk.tutees.total();
    desk = desk.keys("/given19⏎jjjjG");
    assert!(desk.model.desk.tutees.len() < before);
    assert_eq!(in_hand(&desk.model), desk.model.desk.tutees.selected().unwrap().name);
    assert!(desk.model.desk.tutees.find(Id::from_bytes([0; 16])).is_none());
}

#[test]
fn a_scope_without_anybody_leaves_nobody_in_hand() {
    let mut world = Fixture::new();
    let other = world.tutor("Dr Ravi Menon");
    world.tutee_of(other, "20481234", "Aisha Rahman", 4);
    let desk = Desk::with(world.records());
    assert_eq!(desk.model.desk.student(), None, "she is nobody's tutee here");
    let desk = desk.keys("SS");
    assert_eq!(in_hand(&desk.model), "Aisha Rahman", "everybody");
    let desk = desk.keys("S");
    assert!(desk.model.desk.tutees.is_empty());
    assert_eq!(desk.model.desk.student(), None);
}

#[test]
fn an_empty_desk_offers_first_what_fills_it() {
    let first = |desk: &Desk| desk.model.hints().first().unwrap().label;
    let named = |desk: &Desk, label| desk.model.hints().iter().any(|hint| hint.label == label);
    let empty = Desk::with(Fixture::new().records());
    assert_eq!(first(&empty), "import");
    assert!(named(&empty, "add") && !named(&empty, "find") && !named(&empty, "undo"));
    let full = Desk::with(desk());
    assert_eq!(first(&full), "open");
    assert!(!named(&full, "import") && named(&full, "find"));
}

#[test]
fn after_an_import_the_list_begins_at_its_top_and_who_was_in_hand_stays() {
    let brought = |names: [&str; 3], records: &Records| {
        let mut world = Fixture::upon(records);
        for name in names {
            world.tutee(name, name, 4);
        }
        done(world.change(Label::ImportStudents, records))
    };
    let records = Fixture::new().records();
    let import = brought(["Zoë Øster", "Aisha Rahman", "Ben O'Connor"], &records);
    let first = Desk::with(records).after(import);
    assert_eq!(names(&first.model).first().unwrap(), &in_hand(&first.model));
    assert_eq!(first.model.desk.tutees.cursor.selected, 0);
    let known = desk();
    let import = brought(["Abel Aalto", "Mia Moss", "Zeno Zeller"], &known);
    let desk = Desk::with(known).keys("jj");
    let seen = in_hand(&desk.model);
    assert_eq!(in_hand(&desk.after(import).model), seen);
}
