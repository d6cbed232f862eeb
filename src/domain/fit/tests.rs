use super::*;
use crate::{
    domain::{
        evaluate::{Cohort, Member, Outcome},
        score::measure::Scale,
        signal::{Activity, Entry, EvidenceDay, Mark, Marked, Piece, Signals, Work},
    },
    exchange::card::{self, default_card, write},
};

/// Somebody who is online on so many days a week.
fn member(who: u32, days: u8, outcome: Outcome) -> Member {
    let mut activity = Activity::new(EvidenceDay::END);
    for week in 0..30 {
        activity.add(week, (1_u8 << days) - 1);
    }
    let work = Some(Work::new(EvidenceDay::END));
    let signals = Signals { activity: Some(activity), work, ..Signals::default() };
    Member { who, signals, joined: None, left: None, outcome }
}

/// A run of a module in which those who are hardly online fail.
fn cohort(name: &str, first: u32) -> Cohort {
    let members: Vec<Member> = (0..60)
        .map(|at| match at % 3 {
            0 => member(first + at, 1, Outcome::Failed),
            1 => member(first + at, 5, Outcome::Passed),
            _ => member(first + at, 4, Outcome::Passed),
        })
        .collect();
    let tutees = vec![(0..30).collect(), (30..60).collect()];
    Cohort { name: name.into(), weeks: 30, pieces: Vec::new(), members, tutees }
}

fn past(names: &[&str]) -> Past {
    let firsts = (0_u32..).step_by(100);
    let cohorts = names.iter().zip(firsts).map(|(name, first)| cohort(name, first)).collect();
    Past { cohorts, ..Past::default() }
}

fn fitted(past: &Past, leave_out: LeaveOut) -> Result<Fitted, Refusal> {
    fit(past, &default_card().unwrap(), leave_out)
}

#[test]
fn those_who_are_hardly_online_get_points_and_a_module_that_was_left_out_is_told_as_well() {
    let fitted = fitted(&past(&["AAA_2026J", "BBB_2026J"]), LeaveOut::Module).unwrap();
    assert_eq!(fitted.groups, ["AAA", "BBB"]);
    assert_eq!(fitted.left_out.ranking.auc_within[&8], Some(1.0));
    assert_eq!(fitted.seen.volume.recall, Some(1.0));
    let measures: Vec<Measure> = fitted.card.lines.iter().map(|line| line.measure).collect();
    assert!(measures.iter().all(|measure| measure.is_engagement()), "{measures:?}");
}

#[test]
fn the_same_students_give_the_same_card_and_what_is_worse_never_fewer_points() {
    let past = past(&["AAA_2026J", "AAA_2027J"]);
    let one = fitted(&past, LeaveOut::Presentation).unwrap();
    assert_eq!(one.groups, ["AAA_2026J", "AAA_2027J"]);
    assert_eq!(one.card, fitted(&past, LeaveOut::Presentation).unwrap().card);
    for line in &one.card.lines {
        assert!(line.bands.is_sorted_by(|worse, milder| worse.points > milder.points));
        assert!(line.bands.is_sorted_by(|worse, milder| match line.measure.scale() {
            Scale::More => worse.limit > milder.limit,
            Scale::Less => worse.limit < milder.limit,
        }));
    }
}

#[test]
fn too_few_students_one_group_and_students_who_are_all_alike_are_refused() {
    let one = fitted(&past(&["AAA_2026J", "AAA_2027J"]), LeaveOut::Module).unwrap_err();
    let instead = ", or leave out by presentation";
    assert_eq!(one, Refusal::OneGroup { groups: 1, what: "module", instead });
    for leave_out in [LeaveOut::Module, LeaveOut::Presentation] {
        let one = fitted(&past(&["AAA_2026J"]), leave_out).unwrap_err().to_string();
        assert!(one.ends_with("Export more."), "{one}");
    }
    let mut nobody = past(&["AAA_2026J", "BBB_2026J"]);
    nobody.cohorts.iter_mut().for_each(|cohort| cohort.tutees.clear());
    assert_eq!(fitted(&nobody, LeaveOut::Module).unwrap_err(), Refusal::NoTutorGroup);
    let mut few = past(&["AAA_2026J", "BBB_2026J"]);
    for cohort in &mut few.cohorts {
        cohort.tutees = vec![(0..15).collect()];
    }
    assert_eq!(fitted(&few, LeaveOut::Module).unwrap_err(), Refusal::TooFew { risk: 10, safe: 20 });
    let mut alike = past(&["AAA_2026J", "BBB_2026J"]);
    for one in alike.cohorts.iter_mut().flat_map(|cohort| &mut cohort.members) {
        one.signals = member(0, 3, Outcome::Passed).signals;
    }
    assert_eq!(fitted(&alike, LeaveOut::Module).unwrap_err(), Refusal::Nothing);
}

/// A run of a module in which the mark of one piece of work tells everything.
fn by_mark(name: &str, first: u32) -> Cohort {
    let day = EvidenceDay;
    let mut cohort = cohort(name, first);
    cohort.pieces = vec![Piece { due: day(5), closes: day(5), weight: 10_000 }];
    for member in &mut cohort.members {
        let mark = if member.outcome.is_risk() { 3500 } else { 9000 };
        let mark = Mark::hundredths(mark).unwrap();
        let mark = Some(Marked { mark, seen: day(10), read: day(10) });
        let mut work = Work::new(EvidenceDay::END);
        work.add(Entry { handed: Some(day(4)), mark, ..Entry::new(0) });
        member.signals.work = Some(work);
        member.signals.activity = None;
    }
    cohort
}

#[test]
fn outcomes_that_follow_the_mark_end_in_a_card_that_can_be_read() {
    let cohorts = vec![by_mark("AAA_2026J", 0), by_mark("BBB_2026J", 100)];
    let fitted = fitted(&Past { cohorts, ..Past::default() }, LeaveOut::Module).unwrap();
    let line = &fitted.card.lines[0];
    assert_eq!((line.measure, line.bands[0].points), (Measure::MeanMark, MOST_POINTS));
    let text = write::write(&fitted.card, &[]);
    assert_eq!(card::read(&text, "fitted.toml"), Ok(fitted.card));
}

#[test]
fn how_it_ended_for_those_who_are_left_out_changes_neither_points_nor_thresholds() {
    let in_use = default_card().unwrap();
    let without_first = |past: &Past| {
        let table = Table::of(past, in_use.attendance.weeks);
        card(past, &table, &in_use, &BTreeSet::from([0]))
    };
    let mut past = past(&["AAA_2026J", "BBB_2026J"]);
    for (at, member) in (0..30).zip(&mut past.cohorts[1].members) {
        member.who = at;
    }
    let one = without_first(&past);
    assert!(!one.lines.is_empty());
    for member in past.cohorts[1].members.iter_mut().take(30) {
        let risk = member.outcome.is_risk();
        member.outcome = if risk { Outcome::Passed } else { Outcome::Failed };
    }
    assert_eq!(without_first(&past), one);
}
