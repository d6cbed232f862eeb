use proptest::prelude::*;

use super::*;
use crate::domain::write::fixture::{Desk, day};

fn input() -> CalendarInput {
    CalendarInput {
        year: "2028/29".into(),
        from: "1 Sep 2028".into(),
        to: "31 Aug 2029".into(),
        terms: "Autumn: 25 Sep, 11 weeks, induction\nSpring: 15 Jan 2029, 10 weeks\n\nSummer: 23 Apr, 3".into(),
        breaks: "12 Mar to 18 Mar".into(),
        reading: "30 Oct - 5 Nov".into(),
        exams: "Spring: 8 Jan 2029 – 12 Jan 2029\nsummer: 14 May - 1 Jun".into(),
        holidays: "25 Dec, 26 Dec; 1 Jan\n7 May 2029".into(),
        closures: "23 Dec - 2 Jan".into(),
        confirmed: String::new(),
    }
}

#[test]
fn a_year_is_typed_in_lines_and_days_without_a_year_lie_in_it() {
    let mut desk = Desk::new();
    let written = add(&mut desk.context(), &input());
    desk.apply(written);
    let calendar = desk.records.calendars().find(|it| it.year == "2028/29").unwrap().clone();
    assert!(calendar.example, "until somebody says that it is right");
    let names: Vec<_> = calendar.terms.iter().map(|term| (&*term.name, term.weeks)).collect();
    assert_eq!(names, [("Autumn", 11), ("Spring", 10), ("Summer", 3)]);
    assert!(calendar.terms[0].induction && !calendar.terms[1].induction);
    assert_eq!(calendar.terms[2].first, day("2029-04-23"));
    assert_eq!(calendar.terms[1].breaks, [Span { from: day("2029-03-12"), to: day("2029-03-18") }]);
    assert_eq!(calendar.terms[0].reading.len(), 1);
    assert_eq!(calendar.terms[2].exams.map(|exams| exams.to), Some(day("2029-06-01")));
    assert_eq!(calendar.holidays.len(), 4);
    assert_eq!(calendar.closures[0].to, day("2029-01-02"));
    let written = edit(&desk.context(), calendar.id, &CalendarInput::of(&calendar));
    assert!(desk.apply(written).is_empty(), "what is shown is what was read");
    let written = confirm(&desk.context(), calendar.id);
    desk.apply(written);
    let mut shown = CalendarInput::of(&Calendar { example: false, ..calendar.clone() });
    assert_eq!(shown.confirmed, "yes");
    shown.confirmed = "no".into();
    let written = edit(&desk.context(), calendar.id, &shown);
    desk.apply(written);
    assert!(desk.records.calendars().any(|it| *it == calendar));
    let written = delete(&desk.context(), calendar.id);
    desk.apply(written);
    assert!(confirm(&desk.context(), calendar.id).is_err());
}

#[test]
fn each_field_says_what_is_wrong_with_it_and_in_which_line() {
    let mut desk = Desk::new();
    let input = CalendarInput {
        year: String::new(),
        terms: "Autumn: 25 Sep, 11 weeks\nautumn: 8 Jan 2029, 5 weeks\nSpring 15 Jan\nX: 1 May, 90 weeks".into(),
        breaks: "soon".into(),
        reading: "5 Nov - 30 Oct 2028".into(),
        exams: "8 Jan - 12 Jan\nAutumn: 8 Jan - 12 Jan\nAutumn: 8 Jan".into(),
        holidays: "25 Dec, 31 Feb".into(),
        closures: "23 Dec - X".into(),
        confirmed: "perhaps".into(),
        ..input()
    };
    let errors = add(&mut desk.context(), &input).unwrap_err();
    let all: Vec<String> =
        errors.iter().map(|it| format!("{}: {}", it.field, it.message)).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    year: Write its name, for example 2026/27.
    terms: Line 2: autumn stands here twice.
    terms: Line 3: write it like Semester 1: 28 Sep 2026, 12 weeks, induction.
    terms: Line 4: write how many teaching weeks, 1 to 52.
    breaks: Line 1: this is not a date: write 12 Oct, 12/10/2026, 2026-10-12 or today.
    reading: Line 1: the last day lies before the first: check both.
    exams: Line 1: write the term first, like Semester 1: 11 Jan - 22 Jan.
    exams: Line 3: Autumn has exams already.
    holidays: Line 1: this is not a date: write 12 Oct, 12/10/2026, 2026-10-12 or today.
    closures: Line 1: this is not a date: write 12 Oct, 12/10/2026, 2026-10-12 or today.
    confirmed: Write yes or no, or leave it empty.
    ");
}

#[test]
fn a_year_keeps_to_its_own_days_and_its_terms_to_it() {
    let mut desk = Desk::new();
    let fields = |input: &CalendarInput, desk: &mut Desk| -> Vec<&'static str> {
        let errors = add(&mut desk.context(), input).unwrap_err();
        errors.iter().map(|error| error.field).collect()
    };
    let input = |change: fn(&mut CalendarInput)| {
        let mut input = input();
        change(&mut input);
        input
    };
    let same = input(|it| {
        (it.from, it.to) = ("1 Sep 2026".into(), "31 Aug 2027".into());
        it.terms = "Autumn: 28 Sep, 11 weeks".into();
        it.exams = String::new();
        it.holidays = String::new();
        it.breaks = String::new();
    });
    assert_eq!(fields(&same, &mut desk), ["from"], "there is such a year");
    let long = input(|it| it.to = "31 Aug 2035".into());
    assert_eq!(fields(&long, &mut desk), ["to"]);
    let outside =
        input(|it| it.terms = it.terms.replace("Summer: 23 Apr, 3", "Summer: 23 Apr, 30"));
    assert_eq!(fields(&outside, &mut desk), ["terms"]);
    let tangled = input(|it| it.terms = it.terms.replace("11 weeks", "20 weeks"));
    assert_eq!(fields(&tangled, &mut desk), ["terms"]);
    let early = input(|it| it.breaks = "4 Sep 2028".into());
    assert_eq!(fields(&early, &mut desk), ["breaks"]);
}

proptest! {
    #[test]
    fn no_lines_make_it_panic(terms: String, breaks: String, exams: String, from in "[0-9a-z /]{0,12}") {
        let mut desk = Desk::new();
        let input = CalendarInput { terms, exams, holidays: breaks.clone(), breaks, from, ..input() };
        drop(add(&mut desk.context(), &input));
    }
}
