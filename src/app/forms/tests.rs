//! Every form on the screen, and what its keys make of the records.

use strum::IntoEnumIterator;

use super::{DecideForm, RecordForm, Which, Wish, delete, group::Register, meeting::Sitting};
use crate::{
    app::{
        Effect, Msg,
        msg::{Committed, How, Opened},
        popup::FormKind,
        testing::Desk,
    },
    domain::{
        change::{Change, Label, record_id},
        draft::Draft,
        flag::FlagKind,
        meeting::Outcome,
        note::Confidentiality,
        student::StudentId,
        write::{
            action::{self, ActionInput},
            fixture,
            meeting::{self, HeaderInput, MeetingInput},
        },
    },
};

/// Dr Amara Okafor's desk with Aisha Rahman and Ben O'Connor, and an action that Aisha has open.
fn desk() -> (Desk, StudentId, StudentId) {
    let mut profile = fixture::Desk::new();
    let (aisha, ben) = (profile.aisha, profile.ben);
    let input = ActionInput {
        what: "book Skills workshop".into(),
        due: "20 Oct 2026".into(),
        ..ActionInput::default()
    };
    let written = action::add(&mut profile.context(), aisha, &input);
    profile.apply(written);
    (Desk::with(profile.records), aisha, ben)
}

fn open(form: RecordForm) -> Desk {
    let (mut desk, ..) = desk();
    desk.model.open_form(FormKind::Record(form));
    desk
}

/// The change that the last key asked for, as the store would answer it.
fn saved(mut desk: Desk) -> (Desk, Change) {
    let commit = desk.effects.iter().rposition(|effect| matches!(effect, Effect::Commit(_)));
    let Some(Effect::Commit(change)) = commit.map(|at| desk.effects.remove(at)) else {
        let wrong: Vec<_> = desk.form().fields.iter().filter_map(|f| f.error.clone()).collect();
        panic!("nothing to save: {wrong:?} {:?}", desk.form().message)
    };
    let committed = Committed { change: change.clone(), how: How::Done };
    desk.send(Msg::Committed(Box::new(committed)));
    assert!(desk.model.popups.is_empty(), "the form closes when the change is durable");
    (desk, change)
}

fn commits(desk: &Desk) -> bool {
    desk.effects.iter().any(|effect| matches!(effect, Effect::Commit(_)))
}

fn sitting(student: StudentId) -> Sitting {
    Sitting::new(student, fixture::day("2026-11-21"))
}

/// Each form, new, by name.
fn forms(aisha: StudentId, ben: StudentId) -> Vec<(&'static str, RecordForm)> {
    let today = fixture::day("2026-11-21");
    vec![
        ("student", RecordForm::Student(Which::New)),
        ("student-edited", RecordForm::Student(Which::Edit(aisha))),
        ("tutor", RecordForm::Tutor(Which::New)),
        ("allocation", RecordForm::Allocation(aisha)),
        ("meeting", RecordForm::Meeting(sitting(aisha))),
        ("group", RecordForm::Group(Register::new(vec![aisha, ben], today))),
        ("contact", RecordForm::Contact(aisha, Which::New)),
        ("note", RecordForm::Note(aisha, Which::New, None)),
        ("action", RecordForm::Action(aisha, Which::New)),
        ("referral", RecordForm::Referral(aisha, Which::New)),
        ("consent", RecordForm::Consent(aisha, Which::New)),
        ("concern", RecordForm::Flag(aisha, FlagKind::Concern, Which::New)),
        ("praise", RecordForm::Flag(aisha, FlagKind::Praise, Which::New)),
    ]
}

#[test]
fn every_form_fits_a_usual_and_a_small_screen() {
    let (_, aisha, ben) = desk();
    for (name, form) in forms(aisha, ben) {
        insta::assert_snapshot!(format!("{name}_80x24"), open(form.clone()).frame(80, 24));
        insta::assert_snapshot!(format!("{name}_44x8"), open(form).frame(44, 8));
    }
}

#[test]
fn every_form_says_what_is_wrong_beside_the_fields() {
    let (_, aisha, ben) = desk();
    for (name, form) in forms(aisha, ben) {
        let wrong = match name {
            "meeting" | "group" => "- [ ] Zoe: nothing",
            "student-edited" => "x",
            "allocation" => "Nobody",
            _ => "",
        };
        let mut desk = open(form);
        if name == "student-edited" {
            desk.model.popups.clear();
            continue;
        }
        if name == "group" {
            desk = desk.keys("⇥");
        }
        if name == "contact" {
            desk = desk.keys("⇥⌫⌫⌫⌫⌫soon");
        }
        let mut desk = desk.keys(wrong).keys("‹ctrl-s›");
        assert!(!commits(&desk), "{name}");
        insta::assert_snapshot!(format!("{name}_wrong_80x24"), desk.frame(80, 24));
        insta::assert_snapshot!(format!("{name}_wrong_44x8"), desk.frame(44, 8));
    }
}

#[test]
fn a_meeting_is_recorded_with_a_few_keys_and_its_actions_come_back_next_time() {
    let (_, aisha, _) = desk();
    let form = RecordForm::Meeting(sitting(aisha));
    let keys = "Settling in.⏎- [ ] Aisha: read chapter 2 by 1 Dec‹ctrl-s›";
    let (mut desk, change) = saved(open(form.clone()).keys(keys));
    assert_eq!(change.label, Label::RecordMeeting);
    let file = desk.model.records.file(aisha).unwrap();
    assert_eq!(file.attendances[0].outcome, Outcome::Held);
    assert_eq!(file.meetings[0].at.unwrap().to_string(), "14:02:00");
    assert_eq!(file.notes[0].confidentiality, Confidentiality::TutorAndSenior);
    assert_eq!(file.actions.len(), 2);
    desk.model.open_form(FormKind::Record(form));
    assert_eq!(desk.form().ticks("done"), [0, 0]);
    let picture = desk.frame(80, 24);
    assert!(picture.contains("☐ Aisha: book Skills workshop, due 20 Oct"), "{picture}");
    let (desk, _) = saved(desk.keys("⇤ ‹ctrl-s›"));
    let open = meeting::open_actions(desk.model.records.file(aisha).unwrap());
    assert_eq!(open.len(), 1, "what was ticked is done");
}

#[test]
fn a_meeting_ahead_becomes_planned_by_itself() {
    let (_, aisha, _) = desk();
    let desk = open(RecordForm::Meeting(sitting(aisha)));
    let mut desk = desk;
    if let Some(crate::app::popup::Popup::Form(popup)) = desk.model.popups.last_mut() {
        popup.form.focus_on("on");
    }
    let desk = desk.keys("⌫⌫⌫⌫⌫12 Dec");
    assert_eq!(desk.form().value("outcome"), "held", "nothing jumps while a day is typed");
    let desk = desk.keys("⇥");
    assert_eq!(desk.form().value("outcome"), "planned");
    let (desk, _) = saved(desk.keys("‹ctrl-s›"));
    let file = desk.model.records.file(aisha).unwrap();
    assert_eq!(file.meetings[0].on, fixture::day("2026-12-12"));
    assert_eq!(file.attendances[0].outcome, Outcome::Planned);
}

#[test]
fn what_was_planned_and_has_begun_is_taken_for_held_once_it_is_opened() {
    let (_, aisha, ben) = desk();
    let form = |desk: Desk, on: &str| {
        let mut desk = desk;
        if let Some(crate::app::popup::Popup::Form(popup)) = desk.model.popups.last_mut() {
            popup.form.focus_on("on");
        }
        saved(desk.keys(&format!("‹ctrl-u›{on}⇥‹ctrl-s›"))).0
    };
    let mut desk = form(open(RecordForm::Meeting(sitting(aisha))), "25 Nov");
    let meeting = desk.model.records.file(aisha).unwrap().meetings[0].id;
    let edit = Sitting { meeting: Some(meeting), ..sitting(aisha) };
    desk.model.open_form(FormKind::Record(RecordForm::Meeting(edit.clone())));
    assert_eq!(desk.form().value("outcome"), "planned");
    desk.model.popups.clear();
    desk.model.now.local += chrono::Duration::days(5);
    desk.model.open_form(FormKind::Record(RecordForm::Meeting(edit)));
    assert_eq!(desk.form().value("outcome"), "held");
    let register = Register::new(vec![aisha, ben], fixture::day("2026-11-21"));
    let mut desk = form(open(RecordForm::Group(register)), "25 Nov");
    let group = desk.model.records.groups().next().unwrap().id;
    desk.model.now.local += chrono::Duration::days(5);
    let today = desk.model.now.today();
    let register = Register::of(&desk.model.records, group, today).unwrap();
    desk.model.open_form(FormKind::Record(RecordForm::Group(register)));
    assert_eq!(desk.form().ticks("register"), [0, 0]);
}

#[test]
fn a_group_is_marked_in_one_pass_and_noted_for_those_who_came() {
    let (_, aisha, ben) = desk();
    let register = Register::new(vec![aisha, ben], fixture::day("2026-11-21"));
    let mut desk = open(RecordForm::Group(register)).keys("mh");
    let picture = desk.frame(80, 24);
    let row = |name: &str| picture.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(row("Ben O'Connor").contains("missed without notice"), "the lines are by name");
    assert!(row("Aisha Rahman").contains("held"));
    let (desk, _) = saved(desk.keys("⇥Timetables.‹ctrl-s›"));
    let records = &desk.model.records;
    let outcome = |student| records.file(student).unwrap().attendances[0].outcome;
    assert_eq!((outcome(aisha), outcome(ben)), (Outcome::Held, Outcome::Missed));
    assert_eq!(records.file(aisha).unwrap().notes[0].text, "Timetables.");
    assert!(records.file(ben).unwrap().notes.is_empty());
}

#[test]
fn a_new_meeting_can_become_a_group_of_my_tutees() {
    let (_, aisha, ben) = desk();
    let mut desk = open(RecordForm::Meeting(sitting(aisha)));
    if let Some(crate::app::popup::Popup::Form(popup)) = desk.model.popups.last_mut() {
        popup.form.focus_on("with");
    }
    let mut desk = desk.keys(" ");
    insta::assert_snapshot!("meeting_as_group_80x24", desk.frame(80, 24));
    let (desk, _) = saved(desk.keys("⇥⇥⇥⇥⇥⇥⇥↓h‹ctrl-s›"));
    let group = desk.model.records.groups().next().unwrap().id;
    let mut all: Vec<_> = desk.model.records.register(group).collect();
    all.sort();
    let mut both = vec![aisha, ben];
    both.sort();
    assert_eq!(all, both);
}

#[test]
fn further_notes_have_their_own_level() {
    let (_, aisha, _) = desk();
    let desk = open(RecordForm::Meeting(sitting(aisha))).keys("One.⇥⇥ ⇥Two.⇥r‹ctrl-s›");
    let (mut desk, _) = saved(desk);
    let notes = desk.model.records.file(aisha).unwrap().notes.clone();
    let mut levels: Vec<_> =
        notes.iter().map(|note| (note.text.as_str(), note.confidentiality)).collect();
    levels.sort_unstable();
    assert_eq!(
        levels,
        [("One.", Confidentiality::TutorAndSenior), ("Two.", Confidentiality::Restricted),]
    );
    let meeting = desk.model.records.file(aisha).unwrap().meetings[0].id;
    let edit = Sitting { meeting: Some(meeting), ..sitting(aisha) };
    desk.model.open_form(FormKind::Record(RecordForm::Meeting(edit)));
    assert_eq!(desk.form().value("engagement"), "Two.");
    let desk = desk.keys("‹ctrl-s›");
    assert!(!commits(&desk) && desk.model.popups.is_empty(), "nothing changed, nothing saved");
}

#[test]
fn fact_only_takes_no_text() {
    let (_, aisha, _) = desk();
    let desk = open(RecordForm::Note(aisha, Which::New, None)).keys("⇤f");
    assert!(desk.form().field("text").unwrap().hidden);
    let (desk, _) = saved(desk.keys("‹ctrl-s›"));
    assert_eq!(desk.model.records.file(aisha).unwrap().notes[0].text, "");
}

#[test]
fn a_student_is_added_by_the_form_and_belongs_to_me() {
    let (desk, change) =
        saved(open(RecordForm::Student(Which::New)).keys("0048123⇥Chen⇥Wei‹ctrl-s›"));
    assert_eq!(change.label, Label::AddStudent);
    let student = desk.model.records.numbered("0048123").next().unwrap();
    let me = desk.model.records.me().unwrap().id;
    assert!(desk.model.records.file(student).unwrap().is_tutee_of(me, desk.model.now.today()));
}

#[test]
fn every_record_of_a_student_opens_the_form_that_edits_it() {
    let mut profile = fixture::Desk::new();
    let aisha = profile.aisha;
    let input = MeetingInput {
        header: HeaderInput { on: "12 Oct".into(), ..HeaderInput::default() },
        ..MeetingInput::default()
    };
    let written = meeting::record(&mut profile.context(), aisha, &input);
    profile.apply(written);
    let mut desk = Desk::with(profile.records);
    let today = desk.model.now.today();
    let records = std::sync::Arc::clone(&desk.model.records);
    let file = records.file(aisha).unwrap();
    for (_, record) in file.records() {
        let Some(form) = RecordForm::of_record(&records, file, record.id(), today) else {
            continue;
        };
        desk.model.open_form(FormKind::Record(form));
        assert!(!desk.model.is_unsaved());
        desk = desk.keys("‹ctrl-s›");
        assert!(!commits(&desk) && desk.model.popups.is_empty());
    }
}

#[test]
fn deleting_asks_first_and_says_what_goes() {
    let (mut desk, aisha, _) = desk();
    let effects = delete::ask(&mut desk.model, aisha, record_id(aisha));
    assert_eq!(effects, []);
    assert!(!format!("{:?}", desk.model.popups).contains("Aisha"));
    insta::assert_snapshot!("delete_student_60x12", desk.frame(60, 12));
    let desk = desk.keys("y");
    assert!(
        matches!(&desk.effects[..], [Effect::Commit(change)] if change.label == Label::DeleteStudent)
    );
}

#[test]
fn a_new_passphrase_is_typed_twice_and_never_printed() {
    let (mut desk, ..) = desk();
    desk.model.open_form(FormKind::Passphrase);
    let mut desk = desk.keys("old words⇥short⇥short‹ctrl-s›");
    assert_eq!(desk.effects, []);
    let picture = desk.frame(80, 24);
    assert!(!picture.contains("old words") && !picture.contains("short"));
    insta::assert_snapshot!("passphrase_wrong_80x24", picture);
    let desk = desk.keys("er words⇥er words‹ctrl-s›");
    assert_eq!(format!("{:?}", desk.effects), "[ChangePassphrase { old: …, new: … }]");
}

#[test]
fn every_level_of_confidentiality_can_be_chosen_by_its_first_letter() {
    let (_, aisha, _) = desk();
    for level in Confidentiality::iter() {
        let words = crate::domain::word::Choice::words(level);
        let key = words.chars().next().unwrap().to_string();
        let desk = open(RecordForm::Note(aisha, Which::New, None)).keys("⇤").keys(&key);
        assert_eq!(desk.form().value("confidentiality"), words);
    }
}

#[test]
fn every_form_comes_back_from_its_draft_as_it_was_left() {
    let (_, aisha, ben) = desk();
    for (name, form) in forms(aisha, ben) {
        let keys = match name {
            "group" => "hm⇥Timetables.",
            "meeting" => "Settling in.⏎- [ ] me: ask⇥f⇥ ",
            _ => "x⇥y⇥ ",
        };
        let desk = open(form).keys(keys);
        let id = crate::domain::id::Id::from_bytes([9; 16]);
        let popup = desk.model.form().unwrap().clone();
        let draft = super::drafts::draft_of(&popup, id, desk.model.now).unwrap();
        let back = super::drafts::form_of(&draft, &desk.model).unwrap();
        assert_eq!(back.kind, popup.kind, "{name}");
        let raw = |popup: &crate::app::popup::FormPopup| -> Vec<String> {
            popup.form.fields.iter().map(|field| field.entry.raw()).collect()
        };
        assert_eq!(raw(&back), raw(&popup), "{name}");
        assert!(back.form.is_changed(), "{name}");
    }
}

#[test]
fn a_draft_of_a_record_that_is_gone_is_left_alone() {
    let (_, aisha, _) = desk();
    let gone = crate::domain::id::Id::from_bytes([8; 16]);
    let mut desk = open(RecordForm::Contact(aisha, Which::New));
    let mut popup = desk.model.form().unwrap().clone();
    popup.kind = FormKind::Record(RecordForm::Contact(aisha, Which::Edit(gone)));
    let id = crate::domain::id::Id::from_bytes([9; 16]);
    let draft = super::drafts::draft_of(&popup, id, desk.model.now).unwrap();
    assert!(super::drafts::form_of(&draft, &desk.model).is_none());
    desk.model.open_form(FormKind::Passphrase);
    let popup = desk.model.form().unwrap();
    assert!(super::drafts::draft_of(popup, id, desk.model.now).is_none(), "never a passphrase");
}

/// The draft of a decision about these students.
fn decision(wish: Wish, students: &[StudentId]) -> (Desk, Draft) {
    let students = students.to_vec();
    let desk = open(RecordForm::Decide(DecideForm { wish, students }));
    let id = crate::domain::id::Id::from_bytes([9; 16]);
    let draft = super::drafts::draft_of(desk.model.form().unwrap(), id, desk.model.now).unwrap();
    (desk, draft)
}

#[test]
fn a_draft_of_a_decision_about_one_student_is_theirs_and_none_is_about_nobody() {
    let (_, aisha, ben) = desk();
    let gone = crate::domain::id::Id::from_bytes([8; 16]);
    for wish in [Wish::Snooze, Wish::Exempt, Wish::Close] {
        let (desk, draft) = decision(wish, &[aisha]);
        assert_eq!(draft.student, Some(aisha), "sealed with the student's key");
        assert!(super::drafts::form_of(&draft, &desk.model).is_some());
        assert_eq!(decision(wish, &[aisha, ben]).1.student, None);
        for students in [&[gone][..], &[]] {
            let (desk, draft) = decision(wish, students);
            assert!(super::drafts::form_of(&draft, &desk.model).is_none());
        }
    }
}

#[test]
fn a_choice_that_is_not_there_any_more_is_made_again() {
    let (_, aisha, _) = desk();
    let (mut desk, mut draft) = decision(Wish::Wrong, &[aisha]);
    for (name, raw) in &mut draft.fields {
        match name.as_str() {
            "rule" => "days not online".clone_into(raw),
            "why" => "on paper".clone_into(raw),
            _ => {}
        }
    }
    let back = super::drafts::form_of(&draft, &desk.model).unwrap();
    let said = |desk: &Desk| desk.form().field("rule").unwrap().error.clone();
    desk.model.popups = vec![crate::app::popup::Popup::Form(Box::new(back))];
    assert_eq!(said(&desk).as_deref(), Some(super::drafts::GONE));
    let desk = desk.keys("‹ctrl-s›");
    let commits = |effect: &Effect| matches!(effect, Effect::Commit(_));
    assert!(said(&desk).is_some() && !desk.effects.iter().any(commits));
    let (desk, _) = saved(desk.keys("→‹ctrl-s›"));
    let decisions = &desk.model.records.file(aisha).unwrap().decisions;
    assert_eq!(decisions.iter().map(|it| it.rule.as_str()).collect::<Vec<_>>(), [""]);
}

#[test]
fn a_rule_that_speaks_no_longer_is_not_taken_for_the_alert_as_a_whole() {
    let (_, aisha, _) = desk();
    let form = DecideForm { wish: Wish::Wrong, students: vec![aisha] };
    let mut desk = open(RecordForm::Decide(form)).keys("→⇥⇥on paper");
    desk.model.desk.alerts.fill(Vec::new());
    let desk = desk.keys("‹ctrl-s›");
    assert_eq!(desk.form().field("rule").unwrap().error.as_deref(), Some(super::drafts::GONE));
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Commit(_))));
}

fn due(desk: &mut Desk) -> Vec<Effect> {
    let before = desk.effects.len();
    desk.send(Msg::Due(crate::app::Timer::Draft));
    desk.effects.split_off(before)
}

#[test]
fn typed_text_is_kept_after_a_while_and_found_again_after_a_crash() {
    let (_, aisha, _) = desk();
    let mut desk = open(RecordForm::Meeting(sitting(aisha))).keys("Settling in.");
    let armed = |effect: &&Effect| matches!(effect, Effect::Arm(crate::app::Timer::Draft, _));
    assert_eq!(desk.effects.iter().filter(armed).count(), 1, "one timer for many keys");
    let [Effect::KeepDraft(draft)] = &due(&mut desk)[..] else { panic!("kept once") };
    assert_eq!(draft.student, Some(aisha), "sealed with the student's key");
    assert_eq!(due(&mut desk), [], "nothing new, nothing to wake up for");

    let (mut again, ..) = self::desk();
    again.send(Msg::Opened(Box::new(Opened {
        drafts: vec![draft.clone()],
        ..Opened::of(std::sync::Arc::clone(&desk.model.records))
    })));
    assert_eq!(again.form().value("note"), "Settling in.");
    again.effects.clear();
    let again = again.keys("‹ctrl-s›");
    let (again, _) = saved(again);
    assert_eq!(
        again.effects.iter().filter(|effect| **effect == Effect::DropDraft(draft.id)).count(),
        1
    );
}

#[test]
fn what_is_saved_behind_a_lock_is_not_offered_once_more() {
    let (_, aisha, _) = desk();
    let mut desk = open(RecordForm::Note(aisha, Which::New, None)).keys("Quiet‹ctrl-s›");
    let _ = desk.model.lock();
    let kept = desk.model.unanswered.clone();
    assert_eq!(kept.len(), 1);
    let desk = desk.saved();
    assert!(desk.effects.contains(&Effect::DropDraft(kept[0])));
    assert_eq!(desk.model.records.files().len(), 0, "nothing readable behind the lock");
    assert!(desk.model.toast.is_none());

    let mut refused = open(RecordForm::Note(aisha, Which::New, None)).keys("Quiet‹ctrl-s›");
    let _ = refused.model.lock();
    refused.effects.clear();
    refused.send(Msg::NotCommitted("Not saved.".into()));
    assert_eq!(refused.effects, [], "the draft stays");
}

#[test]
fn a_draft_that_cannot_be_kept_leaves_a_save_that_is_underway_alone() {
    let (_, aisha, _) = desk();
    let mut desk = open(RecordForm::Note(aisha, Which::New, None)).keys("Quiet‹ctrl-s›");
    desk.send(Msg::DraftNotKept("What you type is not kept against a crash.".into()));
    assert!(desk.model.form().unwrap().waiting);
    assert!(desk.model.toast.is_some());
    assert!(desk.saved().model.form().is_none());
}

#[test]
fn leaving_a_form_forgets_its_draft_and_a_lock_keeps_it() {
    let (_, aisha, _) = desk();
    let mut desk = open(RecordForm::Note(aisha, Which::New, None)).keys("Quiet");
    assert_eq!(due(&mut desk).len(), 1);
    let mut locked = Desk::with((*desk.model.records).clone());
    locked.model.popups = desk.model.popups.clone();
    let desk = desk.keys("⎋y");
    assert!(matches!(desk.effects.last(), Some(Effect::DropDraft(_))), "{:?}", desk.effects);
    let locked = locked.keys("ly‹ctrl-l›");
    let kept = locked.effects.iter().position(|effect| matches!(effect, Effect::KeepDraft(_)));
    let lock = locked.effects.iter().position(|effect| *effect == Effect::Lock);
    assert!(kept < lock && kept.is_some(), "{:?}", locked.effects);
    assert!(!locked.effects.iter().any(|effect| matches!(effect, Effect::DropDraft(_))));
}

#[test]
fn the_end_of_the_program_keeps_what_is_typed() {
    let (_, aisha, _) = desk();
    let mut desk = open(RecordForm::Action(aisha, Which::New)).keys("ask");
    desk.send(Msg::Ended(15));
    let [.., Effect::KeepDraft(_), Effect::Quit] = &desk.effects[..] else {
        panic!("{:?}", desk.effects)
    };
}

#[test]
fn quitting_on_purpose_gives_the_draft_up() {
    let (_, aisha, _) = desk();
    let mut desk = open(RecordForm::Action(aisha, Which::New)).keys("ask");
    assert_eq!(due(&mut desk).len(), 1);
    let desk = desk.keys("‹ctrl-c›y");
    let at = |wanted: fn(&Effect) -> bool| desk.effects.iter().position(wanted);
    let (dropped, quit) =
        (at(|effect| matches!(effect, Effect::DropDraft(_))), at(|effect| *effect == Effect::Quit));
    assert!(dropped.is_some() && dropped < quit, "{:?}", desk.effects);
}
