//! Conversations over a real model: what is said, what is asked, and what the model makes of the answers.

use super::{
    talk::{Paging, Talk},
    words::said,
};
use crate::{
    app::{
        Effect,
        editor::Editor,
        form::{Choice, Field, Form, Line, LineKind, Ticks},
        popup::{FormKind, FormPopup, Popup},
        testing::{Desk, now_at},
    },
    domain::{
        demo::{Demo, Scale},
        note::Confidentiality,
        records::Records,
    },
    fixture::{Fixture, ago},
};

/// A conversation with its model; changes are saved at once.
struct Session {
    desk: Desk,
    talk: Talk,
    begun: bool,
}

impl Session {
    fn new(records: Records) -> Self {
        Self::of(Desk::with(records), Paging::Whole)
    }

    fn of(desk: Desk, paging: Paging) -> Self {
        Self { desk, talk: Talk::new(paging), begun: false }
    }

    /// A form with these fields.
    fn form(fields: Vec<Field>) -> Self {
        let mut desk = Desk::new();
        let form = FormPopup::new(FormKind::Passphrase, Form::new("Form", fields));
        desk.model.popups.push(Popup::Form(Box::new(form)));
        Self::of(desk, Paging::Whole)
    }

    /// What is said and asked, a line each.
    fn asked(&mut self) -> Vec<String> {
        self.begun = true;
        let question = self.talk.ask(&self.desk.model);
        question.says.into_iter().chain([question.prompt]).map(|line| said(&line)).collect()
    }

    /// Answers, and gives what is asked after the last answer.
    fn answer(&mut self, lines: &[&str]) -> Vec<String> {
        if !std::mem::replace(&mut self.begun, true) {
            self.asked();
        }
        let mut said = Vec::new();
        for line in lines {
            self.desk.ms += 1;
            let now = now_at(self.desk.ms);
            let effects = self.talk.hear(&mut self.desk.model, line, now);
            self.desk.effects.extend(effects);
            let desk = std::mem::take(&mut self.desk);
            self.desk = desk.saved();
            said = self.asked();
        }
        said
    }

    fn value(&self, name: &str) -> String {
        self.desk.form().value(name)
    }
}

fn world() -> Records {
    let mut world = Fixture::new();
    let aisha = world.tutee("20481234", "Aisha Rahman", 4);
    world.note(aisha, ago(3), None, "Wants help with referencing.\nBring the handbook.");
    let me = world.me;
    let about = (aisha, ago(2), None);
    world.note_by(me, Confidentiality::Restricted, about, "Fears the landlord.");
    world.tutee("20481235", "Zoë Łukasiewicz", 5);
    world.records()
}

fn fields() -> Vec<Field> {
    let words = vec![("●", "present".to_owned()), ("✗", "absent".to_owned())];
    vec![
        Field::new("topic", "Topic", Line::default()).required().hint("what it is about"),
        Field::new("day", "Day", Line::new(LineKind::Date, "today")),
        Field::new("how", "How", Choice::new(["in person", "online"], Some(0))),
        Field::new("urgent", "Urgent", false),
        Field::new("who", "Who", Ticks::register(words, [("Ben", 0), ("Ewa", 0)])),
        Field::new("secret", "Secret", Line::default()).hidden(),
        Field::new("note", "Note", Editor::default()),
    ]
}

#[test]
fn every_kind_of_field_is_asked_with_its_value_and_hint() {
    let mut session = Session::form(fields());
    let first = session.asked();
    assert_eq!(first[0], "Form");
    assert_eq!(first[2..], ["Topic: what it is about.", "Topic, required: "]);
    assert_eq!(session.answer(&["Exams"]), ["Day [today]: "]);
    assert_eq!(session.answer(&[""]), ["  1 in person", "  2 online", "How [in person]: "]);
    assert_eq!(session.answer(&["2"]), ["Urgent, y or n [no]: "]);
    assert_eq!(session.answer(&["y"]), ["Ben, present / absent [present]: "]);
    assert_eq!(session.answer(&["", "abs"]).last().unwrap(), "Note: ");
    let end = session.answer(&["one", "..", "two", "."]);
    assert!(end[0].starts_with("Save?"), "{end:?}");
    let values = ["topic", "day", "how", "urgent", "note"].map(|name| session.value(name));
    assert_eq!(values, ["Exams", "today", "online", "yes", "one\n.\ntwo"]);
    assert_eq!(session.desk.form().ticks("who"), [0, 1]);
}

#[test]
fn what_is_wrong_is_said_and_asked_again() {
    let mut session = Session::form(fields());
    let again = session.answer(&["", "", "maybe"]);
    assert_eq!(again[0], "How: type a number from 1 to 2, or the words.");
    assert_eq!(again.last().unwrap(), "How [in person]: ");
    let again = session.answer(&["", "", "late"]);
    assert_eq!(again[0], "type a number from 1 to 2, or the words");
    let refused = session.answer(&["", "", "", "y"]);
    assert_eq!(refused[0], "Topic: must be filled in.");
    let end = session.answer(&["Exams"]);
    assert!(end[0].starts_with("Save?"), "only what was wrong is asked: {end:?}");
}

#[test]
fn a_text_is_kept_replaced_or_added_to() {
    let note = |answers: &[&str]| {
        let mut session = Session::form(vec![Field::new("note", "Note", Editor::new("## Old"))]);
        session.answer(answers);
        session.value("note")
    };
    assert_eq!(note(&[""]), "## Old");
    assert_eq!(note(&["."]), "## Old");
    assert_eq!(note(&["new", "."]), "new");
    assert_eq!(note(&["+", "more", "."]), "## Old\nmore");
    assert_eq!(note(&["+", "."]), "## Old");
    assert_eq!(note(&["typed so far"]), "typed so far", "a crash loses nothing");
}

#[test]
fn a_text_that_is_full_keeps_its_beginning_and_says_once_that_the_rest_is_left_out() {
    let mut session = Session::form(vec![Field::new("note", "Note", Editor::default())]);
    let (most, more) = ("a".repeat(40_000), "b".repeat(30_000));
    assert_eq!(session.answer(&[&most, "+", "more"]), [""]);
    let refused = session.answer(&[&more]);
    assert!(refused[0].contains("64 KiB") && refused[0].contains("left out"), "{}", refused[0]);
    assert_eq!(session.answer(&["the end"]), [""]);
    assert!(session.answer(&["."])[0].starts_with("Save?"));
    assert_eq!(session.value("note"), format!("{most}\n+\nmore"));
}

#[test]
fn who_asks_for_help_within_a_text_types_on_in_it() {
    let mut session = Session::form(vec![Field::new("note", "Note", Editor::default())]);
    session.answer(&["one", ":help", ":fields", "two", "."]);
    assert_eq!(session.value("note"), "one\ntwo");
}

#[test]
fn words_with_a_colon_move_in_a_form() {
    let mut session = Session::form(fields());
    assert_eq!(session.answer(&["Exams", ":back"]).last().unwrap(), "Topic, required [Exams]: ");
    assert_eq!(session.answer(&[":clear"]).last().unwrap(), "Topic, required: ");
    let all = session.answer(&["Exams", ":fields"]);
    assert!(all.contains(&"Who: Ben present; Ewa present".to_owned()), "{all:?}");
    assert!(!all.iter().any(|line| line.starts_with("Secret")));
    assert!(session.answer(&[":save"])[0].starts_with("Save?"));
    assert_eq!(session.answer(&["day"]), ["Day [today]: "]);
    let leaving = session.answer(&[":leave"]);
    assert_eq!(leaving.last().unwrap(), "y or n: ");
    session.answer(&["y"]);
    assert!(session.desk.model.popups.is_empty());
}

#[test]
fn a_passphrase_is_asked_unseen() {
    let secret = Line::new(LineKind::Secret, "");
    let mut session = Session::form(vec![Field::new("passphrase", "Passphrase", secret)]);
    let question = session.talk.ask(&session.desk.model);
    assert!(question.unseen && question.prompt == "Passphrase, not shown: ");
}

#[test]
fn nothing_is_recorded_about_a_student_whom_nobody_has_named() {
    let mut session = Session::new(world());
    let answer = session.answer(&["note"]);
    assert!(answer[0].starts_with("No student is in hand"), "{answer:?}");
    assert!(session.desk.model.popups.is_empty());
    let answer = session.answer(&["aisha"]);
    assert_eq!(answer[0], "In hand: Aisha Rahman, 20481234, level 4, BSc Computer Science.");
    assert_eq!(answer.last().unwrap(), "Aisha Rahman, command: ");
    assert_eq!(session.answer(&["note"])[0], "Note, Aisha Rahman");
}

#[test]
fn a_list_is_narrowed_by_words_and_its_numbers_choose() {
    let mut session = Session::new(world());
    let list = session.answer(&["list lukas"]);
    assert!(list[1].starts_with("1 Zoë Łukasiewicz, 20481235, level 5"), "{list:?}");
    assert_eq!(session.answer(&["1"]).last().unwrap(), "Zoë Łukasiewicz, command: ");
    assert_eq!(
        session.answer(&["2"])[0].split(':').next(),
        Some("\"2\" is no command, and no student's name or number. Type help.")
    );
}

#[test]
fn a_note_is_read_by_its_number_and_a_restricted_look_is_recorded() {
    let mut session = Session::new(world());
    let timeline = session.answer(&["aisha", "timeline"]);
    let line = timeline.iter().find(|line| line.contains("restricted")).unwrap();
    assert!(!line.contains("landlord"), "only who opens it reads it");
    let other = timeline.iter().find(|line| line.contains("referencing")).unwrap();
    let number = |line: &str| line.split(' ').next().unwrap().to_owned();
    let text = session.answer(&[&number(other)]);
    assert!(text.contains(&"Bring the handbook.".to_owned()), "{text:?}");
    assert!(session.desk.effects.iter().all(|effect| !matches!(effect, Effect::RecordLook(_))));
    let text = session.answer(&[&number(line)]);
    assert!(text.contains(&"Fears the landlord.".to_owned()), "{text:?}");
    assert!(session.desk.effects.iter().any(|effect| matches!(effect, Effect::RecordLook(_))));
    let edit = session.answer(&[&format!("edit {}", number(other))]);
    assert!(edit.iter().any(|line| line.starts_with("Note")), "{edit:?}");
}

#[test]
fn an_alert_says_each_next_step_once_and_all_of_it_when_asked_why() {
    let mut session = Session::new(crate::fixture::desk());
    let alerts = session.answer(&["alerts"]);
    let aisha: Vec<&String> = alerts.iter().skip_while(|it| !it.starts_with("1 ")).collect();
    assert!(aisha[0].starts_with("1 Aisha Rahman, 20481234, urgent"), "{alerts:?}");
    let mut run = alerts.windows(2);
    assert!(!run.any(|two| two[0].starts_with("Next: ") && two[0] == two[1]), "{alerts:?}");
    let why = session.answer(&["why 1"]);
    assert!(why.iter().any(|line| line.contains("2 of 3 submissions missing")), "{why:?}");
    assert_eq!(why.last().unwrap(), "Aisha Rahman, command: ");
    let step = session.answer(&["alerts", "next-step 1"]);
    assert_eq!(step[0], "Contact, Aisha Rahman");
}

#[test]
fn long_lists_wait_for_enter_where_somebody_reads() {
    let records = crate::fixture::many(45);
    let mut session = Session::of(Desk::with(records), Paging::Pages);
    let first = session.answer(&["list"]);
    assert_eq!(first.len(), 21);
    assert_eq!(first.last().unwrap(), "Enter for more, n for no more: ");
    assert_eq!(session.answer(&[""]).len(), 21);
    assert_eq!(session.answer(&["n"]), ["Command: "]);
    session.answer(&["list"]);
    assert!(session.answer(&["today"])[0].starts_with("Saturday 21 November 2026"));
}

#[test]
fn the_words_of_the_menu_are_all_known_and_nothing_leads_to_a_screen() {
    let mut session = Session::new(world());
    let menu = session.answer(&["aisha", "menu"]);
    assert_eq!(menu.len(), 27, "{menu:?}");
    assert!(menu.iter().all(|line| line.is_ascii()), "{menu:?}");
    let commands = session.answer(&["commands"]);
    for command in ["snooze", "not-right", "close-alert", "next-step", "choose-policy", "redo"] {
        assert!(commands.iter().any(|line| line.starts_with(command)), "{command}");
    }
    for command in
        ["desk", "columns", "mark-tutee", "next-pane", "filter", "back", "half-page-down"]
    {
        let named = format!("{command}:");
        assert!(!commands.iter().any(|line| line.starts_with(&named)), "{command}");
    }
}

/// The demo, in which a policy runs.
fn demo() -> Records {
    Demo::new(Scale::Tutor, crate::fixture::today()).records(|_, _| ())
}

#[test]
fn students_are_marked_by_number_and_one_form_is_about_all_of_them() {
    let mut session = Session::new(crate::fixture::desk());
    assert_eq!(
        session.answer(&["contact marked"])[0],
        "Nobody is marked: mark students of a list by number first."
    );
    assert_eq!(
        session.answer(&["mark 1"])[0],
        "Print a list first: list, alerts, triage or meetings."
    );
    let said = session.answer(&["list", "mark 1 3-4"]);
    assert!(said[0].starts_with("3 students are marked: Aisha Rahman; "), "{said:?}");
    assert_eq!(
        session.answer(&["mark 9"])[0],
        "\"9\" is no number of the list that was printed last."
    );
    assert!(session.answer(&["unmark 3"])[0].starts_with("2 students are marked: "));
    assert!(session.answer(&["mark 2", "marked"])[0].starts_with("3 students are marked: "));
    assert_eq!(session.answer(&["action marked"])[0], "Action, for 3 students");
    session.answer(&["hand in the form", ":save", "y"]);
    let all = session.desk.model.records.files();
    assert_eq!(
        all.filter(|file| file.actions.iter().any(|it| it.what == "hand in the form")).count(),
        3
    );
    assert!(session.desk.model.desk.tutees.marks.is_empty());
    assert_eq!(
        session.answer(&["aisha", "contact"])[0],
        "Contact, Aisha Rahman",
        "nobody said marked"
    );
    session.answer(&[":leave"]);
    assert_eq!(session.answer(&["contact marked"])[0], "Contact, for 3 students");
    assert_eq!(session.answer(&[":leave", "export"])[0], "Export, for 3 students");
    assert!(session.answer(&[":leave", "group"])[0].starts_with("Group meeting"));
    assert!(session.answer(&[":leave", "letter marked"])[0].contains("3 students"));
    assert_eq!(
        session.answer(&["", "edit marked"])[0],
        "This is done about one student at a time."
    );
    assert_eq!(session.answer(&["unmark"])[0], "Nobody is marked.");
}

#[test]
fn of_many_who_are_marked_the_first_are_named_and_the_others_counted() {
    let mut world = Fixture::new();
    for number in 0..40 {
        world.tutee(&format!("2048{number:04}"), &format!("Student N{number:02}"), 4);
    }
    let mut session = Session::new(world.records());
    let said = session.answer(&["list", "mark all"]);
    assert!(said[0].starts_with("40 students are marked: Student N00; "), "{said:?}");
    assert!(said[0].ends_with("; Student N29; and 10 more."), "{said:?}");
}

#[test]
fn triage_is_a_list_with_its_columns_in_words_and_is_chosen_from() {
    let mut session = Session::new(crate::fixture::desk());
    let said = session.answer(&["triage"]);
    assert!(said[0].starts_with("Triage, tutees: "), "{said:?}");
    assert!(said[1].starts_with("1 Aisha Rahman, urgent, "), "{said:?}");
    for part in [
        "on the list for ",
        ", since ",
        ", tutor Dr Amara Okafor",
        "owner",
        "next due 20 Oct, overdue",
    ] {
        assert!(said[1].contains(part), "{part}: {}", said[1]);
    }
    let some = session.answer(&["triage severity:urgent"]);
    assert!(some.len() < said.len(), "{some:?}");
    let wrong = session.answer(&["triage colour:red"]);
    assert!(wrong[0].contains("colour"), "{wrong:?}");
    assert_eq!(session.answer(&["triage", "snooze 1"])[0], "Snooze, Aisha Rahman");
}

#[test]
fn the_slots_of_the_policy_are_a_line_for_each_tutee() {
    let mut session = Session::new(crate::fixture::desk());
    assert!(session.answer(&["meetings"])[0].starts_with("No policy runs here"));
    let mut session = Session::new(demo());
    let said = session.answer(&["meetings"]);
    assert!(said[0].starts_with("Meetings of 2026/27, by "), "{said:?}");
    assert!(said[1].contains(" met"), "{said:?}");
    let aisha = said.iter().find(|line| line.contains(" Aisha Rahman: ")).unwrap();
    assert!(aisha.contains("met 16 Sep; ") && aisha.contains("from 25 Jan"), "{aisha}");
    let one = session.answer(&["meetings aisha"]);
    assert_eq!(
        one.iter().filter(|line| line.starts_with("1 ") || line.starts_with("2 ")).count(),
        1
    );
    assert_eq!(session.answer(&["1"]).last().unwrap(), "Aisha Rahman, command: ");
    let open = session.answer(&["meetings open"]);
    assert!(open.len() <= said.len(), "{open:?}");
}

#[test]
fn no_key_of_the_screen_is_named_whatever_is_asked_for() {
    let records = demo();
    let mut session = Session::new(records.clone());
    let commands: Vec<String> = session
        .answer(&["commands"])
        .iter()
        .filter_map(|line| Some(line.split_once(": ")?.0.to_owned()))
        .filter(|name| !["lock", "quit"].contains(&name.as_str()))
        .collect();
    assert!(commands.len() > 60, "{commands:?}");
    let screen = [
        "Ctrl-", "Alt-", "Shift-", "Esc", "Tab", "PgDn", "F1", "Space", "arrow", "a key", "press ",
    ];
    for command in commands {
        let mut session = Session::new(records.clone());
        let said = session.answer(&["list", "mark 1-2", "aisha", &command, "help", ":fields"]);
        let said = [session.answer(&[""]), said].concat();
        for line in said {
            assert!(!screen.iter().any(|key| line.contains(key)), "{command}: {line}");
        }
    }
}

#[test]
fn what_is_typed_is_forgotten_with_the_lock() {
    let mut session = Session::new(world());
    session.answer(&["aisha", "timeline", "lock"]);
    assert!(session.desk.model.locked);
    session.talk.forget();
    assert_eq!(session.asked().last().unwrap(), "Passphrase, not shown: ");
}
