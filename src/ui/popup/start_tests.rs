//! Pictures of the first start, a held profile, and an import.

use std::sync::Arc;

use crate::app::importing::signals::tests::{GRADES, at_form, tutees};
use crate::app::importing::tests::{LIST, answered, at_dry_run, profile};
use crate::app::msg::{Access, FolderEntry, Holder, NotOpened, Opened, Private};
use crate::app::testing::Desk;
use crate::app::{Effect, Msg};

fn first_start() -> Desk {
    Desk::new().after(Msg::NotOpened(NotOpened::Missing))
}

fn opened() -> Desk {
    Desk::new().after(Msg::Opened(Box::new(Opened {
        records: Arc::new(profile()),
        access: Access::Write,
        sealed: true,
        code: Some(Private("7KQ2-M0XR-9TBD-4WHZ-PC3E-N5".into())),
        notices: vec![],
        drafts: vec![],
        packs: Arc::default(),
    })))
}

fn held() -> Desk {
    let holder = Holder { process: 4711, terminal: "pts/3".into(), since: "09:12 today".into() };
    Desk::new().after(Msg::NotOpened(NotOpened::Held(holder)))
}

#[test]
fn the_first_start_asks_everything_on_one_screen() {
    for (width, height) in [(120, 36), (80, 24), (20, 6)] {
        insta::assert_snapshot!(
            format!("first_start_{width}x{height}"),
            first_start().frame(width, height)
        );
    }
    let mut refused = first_start().keys("A⇥⇥⇥⇥⇥short⇥shirt‹ctrl-s›");
    insta::assert_snapshot!("first_start_refused", refused.frame(80, 24));
    let mut open = first_start().keys("A⇥⇥⇥⇥ ");
    insta::assert_snapshot!("first_start_without_a_passphrase", open.frame(80, 24));
}

#[test]
fn the_recovery_code_and_the_welcome_are_read_in_full() {
    insta::assert_snapshot!("recovery_code_80x24", opened().frame(80, 24));
    insta::assert_snapshot!("recovery_code_20x6", opened().frame(20, 6));
    insta::assert_snapshot!("welcome_80x24", opened().keys("⏎").frame(80, 24));
    insta::assert_snapshot!("welcome_200x60", opened().keys("⏎").frame(200, 60));
}

#[test]
fn a_profile_that_does_not_open_says_why_until_it_does() {
    let why = "This profile has lost its file `keys`: bring it back from a copy of the folder.";
    let broken = || Desk::new().after(Msg::NotOpened(NotOpened::Failed(why.into())));
    insta::assert_snapshot!("broken_80x24", broken().frame(80, 24));
    assert_eq!(broken().keys("⏎").effects, [Effect::Open]);
    assert_eq!(broken().keys("j⏎").effects, [Effect::Quit]);
}

#[test]
fn a_held_profile_says_who_holds_it_and_since_when() {
    insta::assert_snapshot!("held_80x24", held().frame(80, 24));
    assert_eq!(held().keys("⏎").effects, [Effect::OpenReadOnly(None)]);
    let asked = held().keys("⏎").after(Msg::NotOpened(NotOpened::Sealed)).keys("secret⏎");
    assert_eq!(asked.effects.last(), Some(&Effect::OpenReadOnly(Some(Private("secret".into())))));
    assert_eq!(held().keys("j⏎").effects, [Effect::Open]);
    assert_eq!(held().keys("jj⏎").effects, [Effect::Quit]);
}

#[test]
fn what_holds_all_the_time_is_always_said_and_a_look_changes_nothing() {
    let holder = Holder { process: 4711, terminal: "pts/3".into(), since: "09:12 today".into() };
    let mut looking = Desk::new().after(Msg::Opened(Box::new(Opened {
        records: Arc::new(profile()),
        access: Access::ReadOnly(holder),
        sealed: true,
        code: None,
        notices: vec![],
        drafts: vec![],
        packs: Arc::default(),
    })));
    insta::assert_snapshot!("read_only_80x24", looking.frame(80, 24));
    let mut refused = looking.keys("A");
    assert!(refused.model.popups.is_empty(), "{:?}", refused.model.popups);
    assert!(refused.frame(120, 36).contains("This view is read-only: process 4711 on pts/3"));
    let mut open = Desk::with(profile());
    open.model.sealed = false;
    insta::assert_snapshot!("without_a_passphrase_80x24", open.frame(80, 24));
}

#[test]
fn without_a_passphrase_locking_only_hides_the_screen_and_says_so() {
    let mut open = Desk::with(profile());
    open.model.sealed = false;
    let mut hidden = open.keys("‹ctrl-l›");
    insta::assert_snapshot!("hidden_80x24", hidden.frame(80, 24));
    assert_eq!(hidden.keys("⏎").effects.last(), Some(&Effect::Open));
}

#[test]
fn an_import_is_pictured_from_the_file_to_the_dry_run() {
    let mut picker = Desk::with(profile()).keys("I");
    let Some(Effect::ListFolder(folder)) = picker.effects.first().cloned() else { panic!() };
    let entry = |name: &str, is_folder| FolderEntry { name: name.into(), is_folder };
    let entries =
        vec![entry("Lists", true), entry("tutees 2026.csv", false), entry("学生名单.xlsx", false)];
    picker.send(Msg::FolderListed(folder, Ok(entries)));
    insta::assert_snapshot!("picker_80x24", picker.frame(80, 24));
    insta::assert_snapshot!("picker_20x6", picker.frame(20, 6));
    let read = answered(Desk::with(profile()).keys("I"), LIST).keys("list.csv⏎");
    let mut columns = answered(answered(read, LIST), LIST);
    insta::assert_snapshot!("columns_80x24", columns.frame(80, 24));
    insta::assert_snapshot!("columns_120x36", columns.frame(120, 36));
    insta::assert_snapshot!("columns_20x6", columns.frame(20, 6));
    let mut refused = columns.keys("l‹ctrl-s›");
    insta::assert_snapshot!("columns_refused", refused.frame(80, 24));
    let mut dry_run = at_dry_run(profile());
    insta::assert_snapshot!("dry_run_80x24", dry_run.frame(80, 24));
    insta::assert_snapshot!("dry_run_20x6", dry_run.frame(20, 6));
    let mut wrong = answered(Desk::with(profile()).keys("I"), "").keys("x.csv⏎");
    wrong = answered(wrong, "");
    insta::assert_snapshot!("picker_with_a_file_that_is_no_list", wrong.frame(80, 24));
}

#[test]
fn an_import_of_signals_asks_what_the_file_does_not_say_and_shows_what_it_would_do() {
    let name = "LAW2014 Grades.csv";
    let mut form = at_form(tutees(), name, GRADES);
    insta::assert_snapshot!("signals_form_80x24", form.frame(80, 24));
    insta::assert_snapshot!("signals_form_20x6", form.frame(20, 6));
    let mut refused = at_form(tutees(), "grades.csv", GRADES);
    insta::assert_snapshot!("signals_form_refused", refused.frame(80, 24));
    let mut whose = answered(form.keys("‹ctrl-s›"), GRADES);
    insta::assert_snapshot!("signals_whose_80x24", whose.frame(80, 24));
    let mut run = answered(whose.keys("⏎"), GRADES);
    insta::assert_snapshot!("signals_run_80x24", run.frame(80, 24));
    insta::assert_snapshot!("signals_run_20x6", run.frame(20, 6));
    let list = answered(Desk::with(tutees()).keys("I"), GRADES);
    let mut which = answered(list.keys("LAW2014⏎"), GRADES);
    insta::assert_snapshot!("signals_which_80x24", which.frame(80, 24));
    let any = "Student ID,When,Visits\n0012,3/10/2025,yes\n";
    let list = answered(Desk::with(tutees()).keys("I"), any);
    let mut columns = answered(list.keys("visits.csv⏎"), any).keys("s");
    insta::assert_snapshot!("signals_columns_80x24", columns.frame(80, 24));
}
