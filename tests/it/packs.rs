//! The five built-in packs: complete, consistent, and true to what their documents say.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use tutelage::{
    domain::{
        calendar::Calendar,
        id::Id,
        note::Confidentiality,
        policy::{Class, Count, Duty, Format, Policy, Slot, TutorDuty, TutorWhat, What, When},
        training::Course,
        tutor::Role,
    },
    exchange::policy,
};

/// Code, and the demands of the document: first and last number.
const PACKS: [(&str, u8, u8); 5] = [
    ("leicester", 1, 21),
    ("ljmu", 22, 39),
    ("essex", 40, 47),
    ("leeds", 48, 53),
    ("westminster", 54, 63),
];

/// The kinds of letter, the same in every pack.
const KINDS: [&str; 16] = [
    "allocation-student",
    "allocation-registry",
    "change-student",
    "change-registry",
    "invitation",
    "group-invitation",
    "missed-1",
    "missed-2",
    "concern",
    "summary",
    "referral",
    "plan-invitation",
    "handover",
    "information-sheet",
    "crisis-card",
    "central",
];

fn pack(code: &str) -> Policy {
    let pack = policy::pack(code).unwrap();
    policy::read(pack.text, &pack.file()).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn packs() -> impl Iterator<Item = Policy> {
    PACKS.iter().map(|pack| pack.0).map(pack)
}

fn duty<'a>(policy: &'a Policy, code: &str) -> &'a Duty {
    policy.duty(code).unwrap_or_else(|| panic!("{} has no duty {code}", policy.code))
}

fn tutor_duty<'a>(policy: &'a Policy, code: &str) -> &'a TutorDuty {
    policy.tutor_duties.iter().find(|duty| duty.code == code).unwrap()
}

fn slot(duty: &Duty) -> Option<&Slot> {
    match &duty.what {
        What::Slot(slot) => Some(slot),
        What::Count(_)
        | What::Tutor
        | What::Contact
        | What::Filled(_)
        | What::Letter { .. }
        | What::Outcome { .. } => None,
    }
}

/// Every clause that a rule, a choice, a letter or the sharing of a pack names.
fn cited(policy: &Policy) -> Vec<&str> {
    let choices = [
        policy.confidentiality.clause.as_str(),
        &policy.reply_days.clause,
        policy.follow_up_days.as_ref().map_or("", |days| &days.clause),
        policy.sudden_drop.as_ref().map_or("", |percent| &percent.clause),
        &policy.sharing.clause,
    ];
    let steps = policy.ladders.iter().flat_map(|ladder| &ladder.steps).map(|step| &*step.clause);
    choices
        .into_iter()
        .chain(policy.duties.iter().map(|duty| &*duty.clause))
        .chain(policy.tutor_duties.iter().map(|duty| &*duty.clause))
        .chain(policy.ladders.iter().map(|ladder| &*ladder.clause))
        .chain(steps)
        .chain(policy.sharing.rules.iter().map(|rule| &*rule.clause))
        .chain(policy.letters.iter().map(|letter| &*letter.clause))
        .chain(policy.items.iter().flat_map(|item| &item.clauses).map(String::as_str))
        .filter(|clause| !clause.is_empty())
        .collect()
}

#[test]
fn every_clause_that_is_cited_says_what_it_means() {
    for policy in packs() {
        for clause in cited(&policy) {
            assert!(policy.says(clause).is_some(), "{}: {clause}", policy.code);
        }
        let ids: BTreeSet<_> = policy.clauses.iter().map(|clause| &clause.id).collect();
        assert_eq!(ids.len(), policy.clauses.len(), "{}: a clause stands twice", policy.code);
        for clause in &policy.clauses {
            let length = clause.says.chars().count();
            assert!((20..=140).contains(&length), "{}: {length}", policy.cited(&clause.id));
            assert!(clause.says.ends_with('.'), "{}", policy.cited(&clause.id));
        }
    }
}

#[test]
fn every_clause_is_in_the_list_of_demands() {
    for policy in packs() {
        for clause in &policy.clauses {
            let listed = policy.items.iter().any(|item| item.clauses.contains(&clause.id));
            assert!(listed, "{} is in no demand", policy.cited(&clause.id));
        }
    }
}

#[test]
fn every_rule_has_a_clause() {
    for policy in packs() {
        for duty in &policy.duties {
            assert!(!duty.clause.is_empty(), "{}: duty {}", policy.code, duty.code);
        }
        for duty in &policy.tutor_duties {
            assert!(!duty.clause.is_empty(), "{}: tutor duty {}", policy.code, duty.code);
        }
        for rule in &policy.sharing.rules {
            assert!(!rule.clause.is_empty(), "{}: sharing", policy.code);
        }
        assert!(!policy.sharing.clause.is_empty() && !policy.ladders.is_empty());
    }
}

#[test]
fn no_code_stands_twice() {
    for policy in packs() {
        let mut codes = BTreeSet::new();
        let duties = policy.duties.iter().map(|duty| &duty.code);
        let tutors = policy.tutor_duties.iter().map(|duty| &duty.code);
        for code in duties.chain(tutors).chain(policy.ladders.iter().map(|ladder| &ladder.code)) {
            assert!(codes.insert(code), "{}: {code}", policy.code);
        }
    }
}

#[test]
fn the_demands_of_each_document_are_complete() {
    for ((code, first, last), policy) in PACKS.iter().zip(packs()) {
        assert_eq!(*code, policy.code);
        let numbers: BTreeSet<u8> = policy.items.iter().map(|item| item.number).collect();
        assert_eq!(numbers, (*first..=*last).collect(), "{code}");
        for item in &policy.items {
            let met = !item.lives.is_empty() || !item.later.is_empty();
            assert!(met || item.class == Class::People, "{code} {}: {}", item.number, item.asks);
        }
    }
}

#[test]
fn where_a_demand_lives_is_a_rule_of_the_pack() {
    for policy in packs() {
        for (item, lives) in
            policy.items.iter().flat_map(|item| item.lives.iter().map(move |it| (item, it)))
        {
            let found = if let Some(code) = lives.strip_prefix("duty ") {
                policy.duty(code).is_some()
            } else if let Some(code) = lives.strip_prefix("tutor-duty ") {
                policy.tutor_duties.iter().any(|duty| duty.code == code)
            } else if let Some(code) = lives.strip_prefix("ladder ") {
                policy.ladder(code).is_some()
            } else if let Some(kind) = lives.strip_prefix("letter ") {
                policy.letter(kind).is_some()
            } else {
                true
            };
            assert!(found, "{} {}: {lives}", policy.code, item.number);
        }
    }
}

#[test]
fn every_duty_of_a_pack_answers_a_demand() {
    for policy in packs() {
        let named = |what: String| policy.items.iter().any(|item| item.lives.contains(&what));
        for duty in &policy.duties {
            assert!(named(format!("duty {}", duty.code)), "{}: {}", policy.code, duty.code);
        }
        for duty in &policy.tutor_duties {
            assert!(named(format!("tutor-duty {}", duty.code)), "{}: {}", policy.code, duty.code);
        }
    }
}

#[test]
fn every_pack_has_every_kind_of_letter() {
    for policy in packs() {
        let kinds: Vec<_> = policy.letters.iter().map(|letter| &*letter.kind).collect();
        assert_eq!(kinds, KINDS, "{}", policy.code);
        for letter in &policy.letters {
            let (own, common) =
                (format!("{}/{}.txt", policy.code, letter.kind), format!("{}.txt", letter.kind));
            assert!(letter.file == own || letter.file == common, "{}", letter.file);
            assert_eq!(letter.kind == "central", !letter.system.is_empty(), "{}", letter.kind);
        }
        for duty in &policy.duties {
            if let What::Letter { kind, .. } = &duty.what {
                assert!(policy.letter(kind).is_some(), "{}: {kind}", duty.code);
            }
        }
        for step in policy.ladders.iter().flat_map(|ladder| &ladder.steps) {
            assert!(step.letter.is_empty() || policy.letter(&step.letter).is_some());
        }
    }
}

#[test]
fn the_terms_that_duties_name_are_in_every_calendar() {
    for policy in packs() {
        for duty in &policy.duties {
            let term = match &duty.when {
                When::Weeks { term, .. } | When::Term { term } | When::AfterExams { term, .. } => {
                    term
                }
                When::Spread { term, .. } if !term.is_empty() => term,
                When::Spread { .. }
                | When::YearWeeks { .. }
                | When::Month { .. }
                | When::EachTerm
                | When::AfterEntry { .. }
                | When::Every { .. }
                | When::Year => continue,
            };
            for year in &policy.years {
                let found = year.terms.iter().find(|it| it.name == *term);
                let found = found.unwrap_or_else(|| panic!("{}: {term}", duty.code));
                let weeks = if let When::Weeks { from, to, .. } = &duty.when {
                    Some((*from, *to))
                } else {
                    None
                };
                assert!(weeks.is_none_or(|(from, to)| from <= to && to <= found.weeks));
                assert!(weeks.is_none_or(|(from, _)| from > 0 || found.induction));
                let exams = matches!(duty.when, When::AfterExams { .. });
                assert!(!exams || found.exams.is_some(), "{}: no exams", duty.code);
            }
        }
    }
}

/// Easter Sunday of the three years.
const EASTER: [(i32, u32, u32); 3] = [(2026, 4, 5), (2027, 3, 28), (2028, 4, 16)];

/// The bank holidays of England between September of one year and August of the next.
fn bank_holidays(start: i32) -> Vec<NaiveDate> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let monday = |mut at: NaiveDate, back: bool| {
        while at.weekday() != Weekday::Mon {
            at = if back { at.pred_opt().unwrap() } else { at.succ_opt().unwrap() };
        }
        at
    };
    let mut all: Vec<NaiveDate> = Vec::new();
    for feast in [day(start, 12, 25), day(start, 12, 26), day(start + 1, 1, 1)] {
        let mut at = feast;
        while at.weekday().number_from_monday() > 5 || all.contains(&at) {
            at = at.succ_opt().unwrap();
        }
        all.push(at);
    }
    let (year, month, sunday) = *EASTER.iter().find(|easter| easter.0 == start + 1).unwrap();
    let easter = day(year, month, sunday);
    all.extend([easter - Days::new(2), easter + Days::new(1)]);
    all.push(monday(day(start + 1, 5, 1), false));
    all.extend([monday(day(start + 1, 5, 31), true), monday(day(start + 1, 8, 31), true)]);
    all
}

#[test]
fn the_bank_holidays_are_those_of_england() {
    for policy in packs() {
        let years: Vec<_> = policy.years.iter().map(|year| &*year.year).collect();
        assert_eq!(years, ["2025/26", "2026/27", "2027/28"], "{}", policy.code);
        for (start, year) in (2025..).zip(&policy.years) {
            assert_eq!(year.holidays, bank_holidays(start), "{} {}", policy.code, year.year);
        }
    }
}

#[test]
fn a_year_of_a_pack_is_a_calendar_marked_as_an_example() {
    for policy in packs() {
        for year in &policy.years {
            let Calendar { span, terms, example, closures, .. } =
                year.calendar(Id::from_bytes([1; 16]));
            assert!(example && !closures.is_empty());
            let mut last = span.from;
            for term in &terms {
                assert_eq!(term.first.weekday(), Weekday::Mon, "{} {}", policy.code, term.name);
                assert!(term.first > last, "{} {} begins too early", policy.code, term.name);
                let end = (0..60)
                    .map(|week| term.first + Days::new(7 * week))
                    .find(|day| term.week_of(*day).is_some_and(|week| week.0 == term.weeks));
                last = end.unwrap() + Days::new(4);
                if let Some(exams) = term.exams {
                    assert!(exams.from > last && exams.from <= exams.to);
                    assert!(!year.holidays.contains(&exams.from));
                    last = exams.to;
                }
            }
            assert!(last < span.to, "{} {}", policy.code, year.year);
        }
    }
}

#[test]
fn leicester_has_the_twelve_meetings_of_appendix_2() {
    let policy = pack("leicester");
    let lines: Vec<String> = policy
        .duties
        .iter()
        .filter(|duty| duty.clause == "App. 2")
        .map(|duty| {
            let slot = slot(duty).unwrap();
            let format = match slot.format {
                Format::OneToOne => "1-2-1",
                Format::Group => "group",
                Format::Either => "either",
            };
            format!(
                "{} · year {:?} · {:?} · {format}\n  focus: {}\n  other: {}\n  why: {}",
                duty.code,
                duty.who.stages,
                duty.when,
                slot.focus,
                if slot.other.is_empty() { "–" } else { &slot.other },
                duty.why
            )
        })
        .collect();
    assert_eq!(lines.len(), 12);
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn leicester_counts_its_weeks_so_that_both_labels_lie_in_spring() {
    let policy = pack("leicester");
    for year in &policy.years {
        let [autumn, spring, _] = &*year.terms else { panic!("three terms") };
        for code in ["y2-3", "y3-3"] {
            let When::YearWeeks { from, to } = duty(&policy, code).when else { panic!("{code}") };
            assert!(autumn.weeks < from && to <= autumn.weeks + spring.weeks, "{code}");
        }
    }
}

#[test]
fn the_windows_of_every_pack_in_2026_27() {
    for policy in packs() {
        let calendar = policy.years[1].calendar(Id::from_bytes([1; 16]));
        let entry = Some(calendar.terms[0].first);
        let lines: Vec<String> = policy
            .duties
            .iter()
            .map(|duty| {
                let windows = calendar.resolve(&duty.when, entry);
                let windows: Vec<String> = windows
                    .iter()
                    .map(|it| format!("{} to {}", it.from.format("%-d %b"), it.to.format("%-d %b")))
                    .collect();
                assert!(!windows.is_empty(), "{}: {}", policy.code, duty.code);
                let cited = policy.cited(&duty.clause);
                format!("{} · {cited} · {}\n    {}", duty.code, duty.name, windows.join(", "))
            })
            .collect();
        insta::assert_snapshot!(format!("windows_{}", policy.code), lines.join("\n"));
    }
}

#[test]
fn ljmu_has_the_numbers_of_its_policy() {
    let policy = pack("ljmu");
    let weeks = |code: &str| {
        let When::Weeks { term, from, to } = &duty(&policy, code).when else { panic!("{code}") };
        (term.clone(), *from, *to)
    };
    assert_eq!(weeks("induction-group"), ("Semester 1".into(), 0, 0));
    assert_eq!(weeks("first-review"), ("Semester 1".into(), 1, 4));
    assert_eq!(weeks("first-review-pt"), ("Semester 1".into(), 1, 6));
    assert_eq!(duty(&policy, "told").late_days, Some(14));
    assert_eq!(
        tutor_duty(&policy, "caseload").what,
        TutorWhat::Caseload { per_level: Some(10), total: Some(30) }
    );
    assert_eq!(
        tutor_duty(&policy, "away").what,
        TutorWhat::Absence { days: 42, within_term: true }
    );
    let steps: Vec<_> = policy.ladder("not-reached").unwrap().steps.iter().collect();
    let names: Vec<_> = steps.iter().map(|step| &*step.name).collect();
    assert_eq!(names, ["University e-mail", "Telephone", "Student Wellbeing Team"]);
}

#[test]
fn essex_records_facts_and_its_senior_tutors_meet_the_under_18s() {
    let policy = pack("essex");
    assert_eq!(policy.confidentiality.value, Confidentiality::FactOnly);
    assert!(policy.sharing.content_needs_consent);
    let under_18 = duty(&policy, "under-18");
    assert_eq!((under_18.by, under_18.who.under_18), (Some(Role::SeniorTutor), Some(true)));
    assert_eq!(count(duty(&policy, "three-a-year")).unwrap().at_least, 3);
    let first_aid = tutor_duty(&policy, "mental-health-first-aid");
    assert_eq!(first_aid.role, Some(Role::SeniorTutor));
    assert!(matches!(
        first_aid.what,
        TutorWhat::Training { course: Course::MentalHealthFirstAid, months: Some(_) }
    ));
}

#[test]
fn every_number_of_leeds_is_a_choice_that_is_explained() {
    let policy = pack("leeds");
    for duty in &policy.duties {
        assert!(!duty.why.is_empty(), "{}", duty.code);
    }
    for duty in policy.tutor_duties.iter().filter(|duty| duty.code != "training") {
        assert!(!duty.why.is_empty(), "{}", duty.code);
    }
    assert_eq!(duty(&policy, "regular").when, When::Spread { times: 4, term: String::new() });
}

#[test]
fn westminster_has_six_sessions_of_wethrive_that_count_towards_the_four() {
    let policy = pack("westminster");
    let wethrive = duty(&policy, "wethrive");
    assert_eq!(wethrive.who.levels, [4]);
    assert_eq!(wethrive.when, When::Spread { times: 6, term: String::new() });
    assert_eq!(slot(wethrive).unwrap().series, "WeThrive");
    assert!(slot(wethrive).unwrap().focus.starts_with("WeThrive"));
    let four = count(duty(&policy, "four-a-year")).unwrap();
    assert_eq!((four.at_least, four.series_count), (4, true));
    let TutorWhat::Workload(hours) = tutor_duty(&policy, "workload").what else { panic!("hours") };
    assert_eq!((hours.base, hours.upto, hours.per, hours.cap), (200, 1000, 10, 300));
    let names: Vec<_> =
        policy.ladder("not-reached").unwrap().steps.iter().map(|step| &*step.name).collect();
    assert_eq!(
        names,
        [
            "E-mail from the tutor",
            "Telephone",
            "School Senior Tutor",
            "Student Success Action Plan meeting",
            "Retention and Engagement"
        ]
    );
}

/// How many meetings a duty counts.
fn count(duty: &Duty) -> Option<Count> {
    match &duty.what {
        What::Count(count) => Some(count.clone()),
        What::Slot(_)
        | What::Tutor
        | What::Contact
        | What::Filled(_)
        | What::Letter { .. }
        | What::Outcome { .. } => None,
    }
}

#[test]
fn no_pack_counts_to_nothing() {
    for count in
        packs().flat_map(|policy| policy.duties.iter().filter_map(count).collect::<Vec<_>>())
    {
        assert!(count.at_least > 0);
    }
}
