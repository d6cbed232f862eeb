//! One rule at a time.

use super::*;
use crate::domain::{
    contact::{Channel, Contact, Reply},
    letter::Letter,
    policy::{Count, Detail, Entry, Format, Per, What, When, Who},
};

fn review() -> policy::Duty {
    duty("review", slot(Format::OneToOne, ""), weeks(1, 4))
}

fn count(at_least: u8, format: Format, series_count: bool) -> What {
    What::Count(Count { at_least, format, series_count })
}

fn who(make: impl FnOnce(&mut Who)) -> policy::Duty {
    let mut duty = review();
    make(&mut duty.who);
    duty
}

#[test]
fn a_slot_is_upcoming_then_due_then_overdue() {
    let desk = Desk::new(vec![review()]);
    for (today, words) in [
        ("2026-09-27", "review upcoming"),
        ("2026-09-28", "review due"),
        ("2026-10-25", "review due"),
        ("2026-10-26", "review overdue"),
        ("2027-08-31", "review overdue"),
    ] {
        assert_eq!(desk.words(today), [words], "{today}");
    }
    assert_eq!(desk.words("2027-09-01"), [""; 0], "there is no calendar for it");
    assert_eq!(desk.on("2026-10-20")[0].days_left(day("2026-10-20")), 5);
}

#[test]
fn a_slot_is_met_by_a_meeting_held_and_marked_by_a_planned_one() {
    let mut desk = Desk::new(vec![review()]);
    desk.meet("2026-10-12", false, Outcome::Missed);
    desk.meet("2026-10-14", true, Outcome::Held);
    let held = desk.held("2026-10-20");
    assert_eq!(desk.words("2026-10-19"), ["review due, planned"]);
    assert_eq!(desk.on("2026-10-20")[0].met_by(), Some(By::Meeting(held)));
    let mut desk = Desk::new(vec![review()]);
    desk.meet("2026-10-12", false, Outcome::Planned);
    assert_eq!(desk.words("2026-10-12"), ["review due, planned"]);
    assert_eq!(desk.words("2026-10-13"), ["review due"], "nobody has said what came of it");
}

#[test]
fn a_meeting_fills_one_slot_and_the_next_one_the_next() {
    let all = vec![review(), duty("semester", slot(Format::OneToOne, ""), weeks(1, 12))];
    let mut desk = Desk::new(all);
    desk.held("2026-10-12");
    assert_eq!(desk.words("2026-10-30"), ["review met", "semester due"]);
    desk.held("2026-11-20");
    assert_eq!(desk.words("2026-11-20"), ["review met", "semester met"]);
}

#[test]
fn what_a_person_chose_stands_whatever_the_rule_says() {
    let all = vec![review(), duty("later", slot(Format::Group, ""), weeks(10, 11))];
    let mut desk = Desk::new(all);
    let held = desk.held("2026-10-12");
    assert_eq!(desk.words("2026-10-30"), ["review met", "later upcoming"]);
    desk.choose(held, Some("later"));
    assert_eq!(desk.words("2026-10-30"), ["review overdue", "later met"]);
    let other = desk.held("2026-10-13");
    assert_eq!(desk.words("2026-10-30"), ["review met", "later met"]);
    desk.choose(other, None);
    assert_eq!(desk.words("2026-10-30"), ["review overdue", "later met"]);
    let third = desk.held("2026-10-14");
    desk.choose(third, Some("of-another-policy"));
    assert_eq!(desk.words("2026-10-30"), ["review met", "later met"]);
}

#[test]
fn a_waived_slot_takes_no_meeting_from_another() {
    let all = vec![review(), duty("semester", slot(Format::OneToOne, ""), weeks(1, 12))];
    let mut desk = Desk::new(all);
    desk.held("2026-10-12");
    desk.waive("review");
    assert_eq!(desk.words("2026-10-30"), ["review waived", "semester met"]);
}

#[test]
fn a_series_has_meetings_of_its_own() {
    let when = When::Spread { times: 2, term: "Semester 1".into() };
    let all = vec![
        duty("wethrive", slot(Format::Group, "WeThrive"), when),
        duty("group", slot(Format::Group, ""), weeks(1, 12)),
        duty("four", count(1, Format::Either, false), When::Year),
        duty("all", count(1, Format::Either, true), When::Year),
    ];
    let mut desk = Desk::new(all);
    desk.meet("2026-10-12", true, Outcome::Held).focus = "wethrive 1: belonging".into();
    assert_eq!(
        desk.words("2026-12-30"),
        ["wethrive/1 met", "wethrive/2 overdue", "group overdue", "four due", "all met"]
    );
    assert_eq!(desk.on("2026-12-30")[3].progress, Some(Progress { held: 0, of: 1 }));
}

#[test]
fn a_number_of_meetings_is_met_by_the_one_that_makes_it_up() {
    let mut desk = Desk::new(vec![duty("two", count(2, Format::OneToOne, false), weeks(1, 12))]);
    desk.held("2026-10-12");
    desk.held("2026-12-28");
    assert_eq!(desk.words("2026-12-10"), ["two due"]);
    let second = desk.held("2026-11-12");
    assert_eq!(desk.on("2026-12-10")[0].met_by(), Some(By::Meeting(second)));
}

#[test]
fn a_duty_of_the_senior_tutor_is_met_by_a_meeting_with_one() {
    let mut rule = review();
    rule.by = Some(Role::SeniorTutor);
    let mut desk = Desk::new(vec![rule]);
    desk.held("2026-10-12");
    assert_eq!(desk.words("2026-10-12"), ["review due"]);
    desk.meet("2026-10-13", false, Outcome::Held).tutor = id(3, 1);
    assert_eq!(desk.words("2026-10-13"), ["review met"]);
}

#[test]
fn a_duty_is_for_those_it_names_and_says_why_not_for_others() {
    for (rule, words) in [
        (who(|who| who.levels = vec![5, 6]), "for levels 5 and 6 only"),
        (who(|who| who.stages = vec![2]), "for year 2 only"),
        (who(|who| who.modes = vec![Mode::PartTime]), "for part-time only"),
        (who(|who| who.kinds = vec![KindOfStudy::Cpd]), "for CPD only"),
        (who(|who| who.not_kinds = vec![KindOfStudy::SingleHonours]), "not for single honours"),
        (who(|who| who.statuses = vec![Standing::YearAbroad]), "the student is: enrolled"),
        (who(|who| who.new_entrant = Some(false)), "not for who is new here"),
        (who(|who| who.under_18 = Some(true)), "for who is under 18 only"),
        (who(|who| who.entry = Some(Entry::Late)), "for who came late only"),
        (who(|who| who.joint = Some(true)), "for two disciplines only"),
    ] {
        let desk = Desk::new(vec![rule]);
        let Status::NotApplicable(condition) = desk.on("2026-10-10")[0].status else {
            panic!("{words}");
        };
        assert_eq!(condition.words(&desk.plan.policy().duties[0].who), words);
    }
}

#[test]
fn past_windows_ask_what_was_studied_then() {
    let mut desk = Desk::new(vec![
        who(|who| who.levels = vec![4]),
        duty("later", slot(Format::OneToOne, ""), weeks(10, 12)),
    ]);
    desk.enrolment().to = Some(day("2026-11-10"));
    let mut next = desk.enrolment().clone();
    (next.id, next.from, next.to) = (id(2, 1), day("2026-11-11"), None);
    (next.level, next.status) = (Some(5), Standing::YearAbroad);
    desk.all.push(next.into());
    assert_eq!(desk.words("2026-12-12"), ["review overdue", "later due"]);
}

#[test]
fn nobody_who_is_away_is_asked_for_anything() {
    let mut desk = Desk::new(vec![review()]);
    desk.enrolment().to = Some(day("2026-10-11"));
    let mut next = desk.enrolment().clone();
    (next.id, next.from) = (id(2, 1), day("2026-10-12"));
    (next.to, next.status) = (Some(day("2026-11-08")), Standing::Interrupted);
    let mut back = next.clone();
    (back.id, back.from) = (id(2, 2), day("2026-11-09"));
    (back.to, back.status) = (None, Standing::Enrolled);
    desk.all.push(next.into());
    desk.all.push(back.into());
    assert_eq!(desk.words("2026-10-05"), ["review due"]);
    assert_eq!(desk.words("2026-10-15"), ["review not applicable"]);
    assert_eq!(desk.words("2026-11-20"), ["review not applicable"], "away when it ended");
    desk.held("2026-10-08");
    assert_eq!(desk.words("2026-10-15"), ["review met"], "what was met stays met");
    desk.all.retain(|record| !matches!(record, Record::Meeting(_) | Record::Attendance(_)));
    desk.enrolment().status = Standing::Withdrawn;
    assert_eq!(desk.words("2026-10-05"), ["review not applicable"]);
}

#[test]
fn who_comes_late_has_days_of_their_own_or_is_not_asked() {
    let mut rule = review();
    let mut desk = Desk::new(vec![rule.clone()]);
    desk.student().entry = Some(day("2026-11-02"));
    assert_eq!(desk.words("2026-11-02"), ["review not applicable"]);
    rule.late_days = Some(28);
    let mut desk = Desk::new(vec![rule]);
    desk.student().entry = Some(day("2026-11-02"));
    assert_eq!(
        desk.on("2026-11-02")[0].window,
        Span { from: day("2026-11-02"), to: day("2026-11-30") }
    );
    desk.student().entry = Some(day("2026-09-29"));
    assert_eq!(desk.on("2026-11-02")[0].window.to, day("2026-10-27"));
}

#[test]
fn under_eighteen_is_asked_on_the_day() {
    let mut desk = Desk::new(vec![who(|who| who.under_18 = Some(true))]);
    desk.student().under_18_until = Some(day("2026-10-10"));
    assert_eq!(desk.words("2026-10-09"), ["review due"]);
    assert_eq!(desk.words("2026-10-10"), ["review not applicable"]);
}

#[test]
fn a_tutor_is_owed_from_the_first_week_on() {
    let rule = duty("tutor", What::Tutor, When::AfterEntry { days: 7 });
    let mut desk = Desk::new(vec![rule]);
    assert_eq!(desk.words("2026-09-21"), ["tutor met"]);
    desk.all.retain(|record| !matches!(record, Record::Allocation(_)));
    assert_eq!(desk.words("2026-09-28"), ["tutor due"]);
    assert_eq!(desk.words("2026-09-29"), ["tutor overdue"]);
    desk.student().entry = None;
    assert_eq!(desk.words("2026-10-06"), ["tutor overdue"], "of all students");
}

#[test]
fn contact_is_any_contact_and_a_later_one_makes_good_what_was_missed() {
    let mut desk = Desk::new(vec![duty("contact", What::Contact, When::EachTerm)]);
    let contact = Contact {
        id: id(9, 0),
        student: id(1, 0),
        on: day("2027-02-20"),
        channel: Channel::Email,
        reply: Reply::Awaited,
        replied: None,
        about: String::new(),
        tutor: id(3, 0),
    };
    desk.all.push(contact.into());
    assert_eq!(desk.words("2027-02-01"), ["contact/1 overdue", "contact/2 due"]);
    assert_eq!(desk.words("2027-02-20"), ["contact/1 met", "contact/2 met"]);
}

#[test]
fn a_detail_is_owed_until_it_is_filled_in() {
    let filled = |detail| duty("filled", What::Filled(detail), weeks(1, 2));
    let mut desk =
        Desk::new(vec![filled(Detail::SecondDiscipline), filled(Detail::PlacementContact)]);
    assert_eq!(desk.words("2026-10-15"), ["filled overdue", "filled overdue"]);
    desk.enrolment().second_discipline = "Law".into();
    desk.student().placement_contacts.push(crate::domain::student::Person::default());
    assert_eq!(desk.words("2026-10-15"), ["filled met", "filled met"]);
}

fn letter(number: u8, kind: &str, sent: &str, meeting: Option<MeetingId>) -> Record {
    Record::from(Letter {
        id: id(10, number),
        student: id(1, 0),
        kind: kind.into(),
        meeting,
        to: String::new(),
        subject: String::new(),
        text: String::new(),
        made: day(sent),
        sent: Some(day(sent)),
        agreed: None,
        tutor: id(3, 0),
    })
}

fn letters(code: &str, per: Per, days: Option<u16>, when: When) -> policy::Duty {
    duty(code, What::Letter { kind: code.into(), per, days }, when)
}

#[test]
fn a_summary_is_owed_for_each_meeting_that_was_held() {
    let mut desk = Desk::new(vec![letters("summary", Per::Meeting, Some(7), When::Year)]);
    let first = desk.held("2026-10-12");
    let second = desk.held("2026-10-20");
    desk.meet("2026-10-21", false, Outcome::Missed);
    desk.all.push(letter(0, "summary", "2026-10-14", Some(first)));
    let words = |desk: &Desk, today: &str| -> Vec<String> {
        let all = desk.on(today);
        all.iter().map(|one| one.status.words().to_owned()).collect()
    };
    assert_eq!(words(&desk, "2026-10-13"), ["due"]);
    assert_eq!(words(&desk, "2026-10-20"), ["met", "due"]);
    assert_eq!(words(&desk, "2026-10-28"), ["met", "overdue"]);
    let keys: Vec<_> =
        desk.on("2026-10-28").iter().map(|one| desk.plan.key(one).unwrap()).collect();
    assert_eq!(keys[1].code, format!("summary/{second}"));
}

#[test]
fn student_and_registry_are_told_of_the_first_tutor_and_of_each_change() {
    let mut desk = Desk::new(vec![
        letters("told", Per::Allocation, None, weeks(0, 0)),
        letters("changed", Per::Change, Some(3), When::Year),
    ]);
    assert_eq!(desk.on("2026-09-21")[0].window.to, day("2026-09-27"));
    assert_eq!(desk.on("2026-09-21").len(), 1);
    desk.all.push(letter(0, "told", "2026-09-25", None));
    let change = Allocation {
        id: id(4, 1),
        student: id(1, 0),
        tutor: id(3, 1),
        from: day("2026-11-10"),
        to: None,
        reason: String::new(),
    };
    desk.all.push(change.into());
    let words = |today| desk.on(today).iter().map(|one| one.status.words()).collect::<Vec<_>>();
    assert_eq!(words("2026-11-11"), ["met", "due"]);
    assert_eq!(words("2026-11-14"), ["met", "overdue"]);
    desk.all.push(letter(1, "changed", "2026-11-14", None));
    assert_eq!(desk.on("2026-11-14")[1].status, Status::Met(By::Letter(id(10, 1))));
}

#[test]
fn what_came_of_a_meeting_is_to_be_written_down() {
    let mut desk = Desk::new(vec![duty("outcome", What::Outcome { days: 7 }, When::Year)]);
    desk.meet("2026-10-12", false, Outcome::Planned);
    desk.meet("2026-10-13", false, Outcome::Cancelled);
    let words = |today| desk.on(today).iter().map(|one| one.status.words()).collect::<Vec<_>>();
    assert_eq!(words("2026-10-11"), [""; 0]);
    assert_eq!(words("2026-10-14"), ["due", "met"]);
    assert_eq!(words("2026-10-20"), ["overdue", "met"]);
}

#[test]
fn a_duty_that_the_calendar_does_not_know_is_told() {
    let when = When::Weeks { term: "Michaelmas".into(), from: 1, to: 1 };
    let desk = Desk::new(vec![review(), duty("odd", slot(Format::Group, ""), when)]);
    assert_eq!(desk.plan.unresolved(), [Unresolved { duty: 1, year: 2026 }]);
    assert_eq!(desk.words("2026-10-01"), ["review due"]);
}

#[test]
fn a_confirmed_calendar_counts_before_an_example() {
    let (mut mine, example) = (calendar(), calendar());
    mine.example = false;
    mine.id = id(100, 0);
    let plan = Plan::new(Arc::new(policy(vec![])), [&example, &mine]);
    assert_eq!(plan.calendar(2026).map(|it| it.id), Some(mine.id));
    assert_eq!(plan.year_of(day("2026-07-01")), Some(2026), "the year that comes");
    assert_eq!(plan.year_of(day("2026-05-01")), None);
    assert_eq!(plan.year_of(day("2027-09-01")), None);
}
