//! The list of duties by its keys: what it shows, what Enter opens, and what saving makes of the row.

use super::Whose;
use crate::{
    app::{
        Effect, Msg, Place,
        msg::{Access, Committed, Holder, How},
        popup::Popup,
        testing::Desk,
    },
    domain::{
        duty_key::DutyKey,
        policy::{Policy, Rounding, TutorDuty, TutorWhat, Workload},
        training::Course,
        tutor::Role,
        tutor_duty::DutyStatus,
        word::Choice as _,
        write::{
            duty_done::{self, DutyDoneInput},
            fixture,
            student::{self, StudentInput},
            tutor::{self, TutorInput},
        },
    },
};

/// One duty of every kind, in the manner of the five policies.
pub(crate) fn policy() -> Policy {
    let duty = |code: &str, name: &str, role, what| TutorDuty {
        code: code.into(),
        clause: "5".into(),
        name: name.into(),
        role,
        what,
        why: String::new(),
    };
    let senior = Some(Role::SeniorTutor);
    let first_aid = TutorWhat::Training { course: Course::MentalHealthFirstAid, months: Some(36) };
    let hours = Workload { base: 200, upto: 1000, per: 10, cap: 300, rounding: Rounding::Down };
    let caseload = TutorWhat::Caseload { per_level: Some(2), total: Some(30) };
    let term = TutorWhat::Term { years: 3, remind: vec![6, 3, 1] };
    Policy {
        tutor_duties: vec![
            duty("caseload", "At most 2 tutees at a level", None, caseload),
            duty("away", "Away for long", None, TutorWhat::Absence { days: 42, within_term: true }),
            duty("first-aid", "Mental Health First Aid", None, first_aid),
            duty("data", "Engagement data reviewed", None, TutorWhat::Monthly),
            duty("feedback", "Feedback asked", None, TutorWhat::Yearly { month: 5, day: 31 }),
            duty("term", "Term of office", senior, term),
            duty("hours", "Hours", senior, TutorWhat::Workload(hours)),
        ],
        ..crate::domain::policy::example::policy()
    }
}

/// Dr Amara Okafor with two tutees, and Dr Ben Ali with as many as asked for at level 4.
pub(crate) fn desk(role: Role, tutees: usize) -> Desk {
    let mut profile = fixture::Desk::new();
    let me = profile.me();
    let input = TutorInput {
        role: role.words().into(),
        ..TutorInput::of(profile.records.tutor(me).unwrap())
    };
    let written = tutor::edit(&mut profile.context(), me, &input);
    profile.apply(written);
    let other = TutorInput {
        name: "Dr Ben Ali".into(),
        school: "Computing".into(),
        role: Role::Tutor.words().into(),
        ..TutorInput::default()
    };
    let written = tutor::add(&mut profile.context(), &other);
    profile.apply(written);
    // The engagement data was reviewed in September, and not since.
    let reviewed = DutyDoneInput { on: "30 Sep 2026".into(), ..DutyDoneInput::default() };
    let data = DutyKey { year: 2026, code: "data".into() };
    let written = duty_done::add(&mut profile.context(), &data, &reviewed);
    profile.apply(written);
    for at in 0..tutees {
        let student = profile.add(&format!("3000{at}"), &format!("Tutee{at}"), "Of Ben");
        let file = profile.records.file(student).unwrap();
        let input = StudentInput {
            tutor: "Ben Ali".into(),
            ..StudentInput::of(&profile.records, file, profile.now)
        };
        let written = student::edit(&mut profile.context(), student, &input);
        profile.apply(written);
    }
    Desk::under(profile.records, policy())
}

/// The last change that was asked for, as the store would answer it.
fn saved(mut desk: Desk) -> Desk {
    let Some(Effect::Commit(change)) = desk.effects.pop() else {
        let wrong: Vec<_> = desk.form().fields.iter().filter_map(|f| f.error.clone()).collect();
        panic!("nothing to save: {wrong:?} {:?}", desk.form().message)
    };
    desk.effects.clear();
    desk.after(Msg::Committed(Box::new(Committed { change, how: How::Done })))
}

fn status(desk: &Desk, code: &str) -> DutyStatus {
    desk.model.desk.duties.mine.iter().find(|duty| duty.code == code).unwrap().status
}

/// The desk with the list open at a duty.
fn at(desk: Desk, code: &str) -> Desk {
    let place = desk.model.desk.duties.mine.iter().position(|duty| duty.code == code).unwrap();
    desk.keys("gm").keys(&"j".repeat(place))
}

#[test]
fn the_list_opens_by_its_keys_and_leaves() {
    let desk = desk(Role::Tutor, 0).keys("gm");
    assert_eq!(desk.model.place(), Place::Duties);
    assert!(desk.model.popups[0].clone().cursor().is_some());
    assert_eq!(desk.keys("⎋").model.popups.len(), 0);
}

#[test]
fn the_most_pressing_comes_first_and_the_frame_counts_what_presses() {
    let desk = desk(Role::Tutor, 0);
    let duties = &desk.model.desk.duties;
    assert_eq!(duties.mine[0].code, "data", "overdue since October");
    assert_eq!(duties.words().as_deref(), Some("2 duties"), "the data, and first aid unknown");
    assert!(duties.school.is_empty());
}

#[test]
fn a_training_is_recorded_edited_and_deleted_from_its_row() {
    let desk = at(desk(Role::Tutor, 0), "first-aid").keys("⏎");
    assert_eq!(desk.form().value("course"), "Mental Health First Aid");
    assert_eq!(desk.form().value("tutor"), "Dr Amara Okafor");
    assert!(desk.form().field("expires").unwrap().hint.contains("ASH 5 asks for it again"));
    let desk = saved(desk.keys("‹ctrl-s›"));
    assert_eq!(desk.model.place(), Place::Duties, "the list is still open");
    assert_eq!(status(&desk, "first-aid"), DutyStatus::Fine);
    let desk = at(desk.keys("⎋"), "first-aid").keys("e");
    assert_eq!(desk.form().title, "Training");
    let desk = desk.keys("⇥⇥⇥30 Nov 2026‹ctrl-s›");
    let desk = saved(desk);
    assert_eq!(status(&desk, "first-aid"), DutyStatus::Due(9));
    let desk = saved(at(desk.keys("⎋"), "first-aid").keys("dy"));
    assert_eq!(status(&desk, "first-aid"), DutyStatus::Unknown);
}

#[test]
fn a_monthly_and_a_yearly_duty_are_marked_as_done() {
    let desk = at(desk(Role::Tutor, 0), "data").keys("⏎");
    assert_eq!(desk.form().title, "Done · Engagement data reviewed");
    let desk = saved(desk.keys("⇥⇥looked at all‹ctrl-s›"));
    assert_eq!(status(&desk, "data"), DutyStatus::Fine);
    let desk = saved(at(desk.keys("⎋"), "feedback").keys("⏎‹ctrl-s›"));
    assert_eq!(status(&desk, "feedback"), DutyStatus::Fine);
    let done = desk.model.records.duties_done().count();
    assert_eq!(done, 3, "with that of September");
    let desk = saved(at(desk.keys("⎋"), "feedback").keys("dy"));
    assert_eq!(status(&desk, "feedback"), DutyStatus::Upcoming(191));
}

#[test]
fn a_long_absence_names_who_needs_another_tutor() {
    let desk = desk(Role::Tutor, 0).keys("gma⇥‹ctrl-w›‹ctrl-w›5 Oct 2026⇥⇥Dr Ben Ali‹ctrl-s›");
    let desk = saved(desk);
    let away = desk.model.desk.duties.mine.iter().find(|duty| duty.code == "away").unwrap();
    assert_eq!(away.status, DutyStatus::Over(6));
    assert_eq!(away.tutees.len(), 2);
    assert!(away.evidence.contains("Dr Ben Ali stands in"), "{}", away.evidence);
    let desk = at(desk.keys("⎋"), "away").keys("⏎");
    assert_eq!(desk.form().value("deputy"), "Dr Ben Ali", "the step edits the absence");
    let desk = saved(desk.keys("⇥⇥30 Oct 2026‹ctrl-s›"));
    assert_eq!(status(&desk, "away"), DutyStatus::Fine);
}

#[test]
fn a_senior_tutor_sees_the_term_the_hours_and_what_presses_the_school() {
    let desk = desk(Role::SeniorTutor, 3);
    assert_eq!(status(&desk, "term"), DutyStatus::Unknown);
    let hours = desk.model.desk.duties.mine.iter().find(|duty| duty.code == "hours").unwrap();
    assert!(hours.evidence.starts_with("200 hours for 5 students of the school"));
    let desk = desk.keys("gm⇥");
    let Some(Popup::Duties(open)) = desk.model.popups.last() else { panic!("the duties") };
    assert_eq!(open.whose, Whose::School);
    let rows = open.rows(&desk.model);
    let caseload = rows.iter().find(|duty| duty.code == "caseload").unwrap();
    assert_eq!(caseload.status, DutyStatus::Over(1));
    assert!(rows.iter().all(|duty| Some(duty.tutor) != desk.model.records.me().map(|me| me.id)));
    let desk = at(desk.keys("⎋"), "term").keys("⏎");
    assert_eq!(desk.form().value("role"), "senior tutor");
    let desk = saved(desk.keys("⇥⇥1 Mar 2024⇥28 Feb 2027‹ctrl-s›"));
    assert_eq!(status(&desk, "term"), DutyStatus::Due(99));
}

#[test]
fn a_tutor_has_no_school_to_look_at_and_without_a_policy_there_is_nothing() {
    let tutor = desk(Role::Tutor, 3).keys("gm⇥");
    let Some(Popup::Duties(open)) = tutor.model.popups.last() else { panic!("the duties") };
    assert_eq!(open.whose, Whose::Mine);
    let none = Desk::with(fixture::Desk::new().records).keys("gm⏎");
    assert!(none.model.desk.duties.words().is_none());
    assert_eq!(none.model.popups.len(), 1);
}

#[test]
fn a_profile_that_is_only_looked_at_shows_them_and_changes_none() {
    let mut desk = desk(Role::Tutor, 0);
    let since = "09:12 today".into();
    let holder = Holder { process: 1, terminal: "pts/1".into(), since };
    desk.model.access = Access::ReadOnly(holder);
    let desk = desk.keys("gm⏎tao");
    assert_eq!(desk.model.popups.len(), 1);
    assert_eq!(desk.effects.iter().filter(|it| matches!(it, Effect::Commit(_))).count(), 0);
}

#[test]
fn another_tutee_over_the_caseload_is_said_and_saved_with_a_reason() {
    let desk = desk(Role::Tutor, 2);
    let aisha = desk.model.records.numbered("20481234").next().unwrap();
    let mut desk = desk;
    let form = crate::app::forms::RecordForm::Allocation(aisha);
    desk.model.open_form(crate::app::popup::FormKind::Record(form));
    let desk = desk.keys("‹ctrl-w›‹ctrl-w›‹ctrl-w›Ben Ali‹ctrl-s›");
    let said = desk.form().field("reason").unwrap().error.clone().unwrap();
    assert_eq!(
        said,
        "Dr Ben Ali would have 3 tutees at level 4; ASH 5 says 2. Save it with the reason why."
    );
    let desk = saved(desk.keys("speaks her language‹ctrl-s›"));
    let file = desk.model.records.file(aisha).unwrap();
    let held = file.allocation(desk.model.now.today()).unwrap();
    assert_eq!(held.reason, "speaks her language");
}

#[test]
fn a_new_student_over_the_caseload_asks_for_the_reason_in_their_form() {
    let desk = desk(Role::Tutor, 0).keys("A30009⇥Cleo");
    let to_level = "⇥".repeat(13);
    let desk = desk.keys(&to_level).keys("4‹ctrl-s›");
    let field = desk.form().field("tutor-reason").unwrap();
    assert!(field.error.as_ref().is_some_and(|said| said.contains("3 tutees at level 4")));
    let desk = saved(desk.keys("late entry‹ctrl-s›"));
    assert_eq!(desk.model.records.numbered("30009").count(), 1);
    let plain = Desk::with(fixture::Desk::new().records).keys("A");
    assert!(plain.form().field("tutor-reason").unwrap().hidden, "no policy, no question");
}

#[test]
fn what_was_typed_into_a_form_of_a_duty_is_kept_as_a_draft() {
    use crate::app::forms::drafts::{draft_of, form_of};
    for keys in ["gmtx", "gmax", "gmox"] {
        let desk = desk(Role::SeniorTutor, 0).keys(keys);
        let open = desk.model.form().unwrap();
        let id = crate::domain::id::Id::from_bytes([1; 16]);
        let draft = draft_of(open, id, desk.model.now).unwrap();
        assert_eq!(draft.student, None);
        let again = form_of(&draft, &desk.model).unwrap();
        assert_eq!(again.kind, open.kind, "{keys}");
        assert_eq!(again.form.value("tutor"), open.form.value("tutor"));
    }
    let desk = at(desk(Role::Tutor, 0), "feedback").keys("⏎x");
    let open = desk.model.form().unwrap();
    let draft = draft_of(open, crate::domain::id::Id::from_bytes([1; 16]), desk.model.now).unwrap();
    assert_eq!(form_of(&draft, &desk.model).unwrap().kind, open.kind);
}
