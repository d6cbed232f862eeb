use proptest::prelude::*;

use strum::IntoEnumIterator;

use super::{
    card::{Limit, Line, Step},
    measure::Scale,
    *,
};
use crate::{
    domain::{
        signal::{
            Activity, Attendance, Entry, EvidenceDay, Mark, Marked, Piece, Presence, Session,
            Signals, Work,
        },
        word::Choice,
    },
    exchange::card::{BUILTIN, builtin},
};

fn card() -> Card {
    builtin("points v1").unwrap()
}

/// Online on these days.
fn online(days: &[i16]) -> Signals {
    let mut activity = Activity::new(EvidenceDay::END);
    for day in days {
        activity.add(i8::try_from(day.div_euclid(7)).unwrap(), 1 << day.rem_euclid(7));
    }
    Signals { activity: Some(activity), ..Signals::default() }
}

/// Pieces due on these days.
fn pieces(due: &[i16]) -> Vec<Piece> {
    let piece =
        |day: &i16| Piece { due: EvidenceDay(*day), closes: EvidenceDay(*day), weight: 1000 };
    due.iter().map(piece).collect()
}

/// A piece that was handed in, with its mark.
fn entry(piece: u16, handed: i16, mark: Option<u16>) -> Entry {
    let mark = mark.and_then(|mark| Mark::hundredths(mark * 100));
    let seen = EvidenceDay(handed);
    let mark = mark.map(|mark| Marked { mark, seen, read: seen });
    Entry { handed: Some(seen), mark, ..Entry::new(piece) }
}

fn handed(entries: &[Entry]) -> Signals {
    let mut work = Work::new(EvidenceDay::END);
    for entry in entries {
        work.add(*entry);
    }
    Signals { work: Some(work), ..Signals::default() }
}

fn at(signals: &Signals, pieces: &[Piece], week: u8) -> Evidence {
    Evidence::new(signals, pieces, WeekEnd(week), 4)
}

/// Peers who all do the same.
fn peers(signals: &Signals, pieces: &[Piece], week: u8) -> Peers {
    let evidence = at(signals, pieces, week);
    Peers::of([evidence; 9].iter())
}

fn scored(signals: &Signals, pieces: &[Piece], week: u8, peers: &Peers) -> Score {
    score(&card(), &at(signals, pieces, week), peers)
}

/// The points of every card of the program, and of one with every measure.
fn points_by_card(signals: &Signals, pieces: &[Piece], week: u8, peers: &Peers) -> Vec<u8> {
    let evidence = at(signals, pieces, week);
    let points = |card: &Card| score(card, &evidence, peers).points;
    cards().iter().map(points).collect()
}

fn cards() -> Vec<Card> {
    let mut all = card();
    all.alert.engagement_at_most = 255;
    all.lines = Measure::iter().map(line).collect();
    BUILTIN.iter().map(|builtin| builtin.card().unwrap()).chain([all]).collect()
}

/// A line with many bands.
fn line(measure: Measure) -> Line {
    let of = |limits: &[u16], kind: fn(u16) -> Limit| {
        let most = u8::try_from(limits.len()).unwrap();
        let bands = limits.iter().zip((1..=most).rev());
        let bands = bands.map(|(limit, points)| Step { limit: kind(*limit), points });
        Line::new(measure, bands.collect())
    };
    match (measure.scale(), measure) {
        (Scale::Less, _) => of(&[0, 20, 40, 50, 60, 80, 100], Limit::UpTo),
        (Scale::More, Measure::MarkBelowPeers) => of(&[40, 30, 20, 10, 5, 1], Limit::From),
        (Scale::More, Measure::DaysNotOnline) => of(&[42, 28, 14, 7, 3], Limit::From),
        (Scale::More, Measure::WorkOverduePercent | Measure::LastMinutePercent) => {
            of(&[100, 75, 50, 25], Limit::From)
        }
        (Scale::More, _) => of(&[4, 3, 2, 1], Limit::From),
    }
}

fn lines(score: &Score) -> Vec<String> {
    score.reasons.iter().map(|point| format!("{} {}", point.points, point.why)).collect()
}

#[test]
fn an_extension_never_moves_a_day_earlier_and_many_pieces_are_counted_as_far_as_they_can() {
    let mut open = pieces(&[10]);
    open[0].closes = EvidenceDay(30);
    let until = |day| Entry { extended: Some(EvidenceDay(day)), ..entry(0, 25, None) };
    assert_eq!(at(&handed(&[until(20)]), &open, 6).late, 0, "it stays open until day 30");
    let of_nobody = pieces(&[EvidenceDay::END.0]);
    assert_eq!(at(&handed(&[until(20)]), &of_nobody, 6).late, 1, "only the extension says a day");
    let many = at(&handed(&[]), &pieces(&[3; 300]), 2);
    assert_eq!((many.due, many.overdue, many.closed), (255, 255, 255));
}

#[test]
fn activity_is_compared_with_the_peers_and_told_in_the_words_of_a_tutor() {
    let group = peers(&online(&[0, 1, 2, 3, 8, 9, 10, 15, 16, 17]), &[], 3);
    let of = |days: &[i16]| lines(&scored(&online(days), &[], 3, &group));
    assert_eq!(
        of(&[7, 20]),
        [
            "2 2 active days in the last 14; your group typically 6",
            "2 2 active days in 3 weeks since the start; your group typically 10",
        ]
    );
    assert_eq!(
        of(&[1, 2, 3, 4, 7, 8, 9, 10]),
        [
            "1 4 active days in the last 14; your group typically 6",
            "1 8 active days in 3 weeks since the start; your group typically 10",
        ]
    );
    assert_eq!(of(&[0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 12]), Vec::<String>::new());
    assert_eq!(of(&[])[0], "3 never online");
    assert_eq!(of(&[-9])[0], "3 not online for 29 days");
    assert_eq!(of(&[-8])[0], "3 not online for 28 days");
    assert!(of(&[-7])[0].starts_with("2 0 active days"));
}

#[test]
fn a_break_in_which_nobody_is_online_brings_no_points_for_the_last_two_weeks() {
    let group = peers(&online(&[0, 1, 2, 3]), &[], 4);
    let quiet = scored(&online(&[1, 2, 3, 4, 5]), &[], 4, &group);
    assert_eq!(lines(&quiet), Vec::<String>::new());
}

#[test]
fn overdue_work_brings_two_three_and_six_and_late_work_nothing() {
    let (work, group) = (pieces(&[5, 12, 19]), Peers::default());
    let points = |entries: &[Entry]| scored(&handed(entries), &work, 4, &group).points;
    assert_eq!(points(&[]), 6);
    assert_eq!(points(&[entry(0, 5, None)]), 3);
    assert_eq!(points(&[entry(0, 5, None), entry(1, 12, None)]), 2);
    let late = [entry(0, 9, None), entry(1, 12, None), entry(2, 19, None)];
    assert_eq!(points(&late), 0);
    let evidence = at(&handed(&late), &work, 4);
    assert_eq!(look::asides(&evidence, None), [Aside::Late(1)]);
    assert_eq!(Aside::Late(1).to_string(), "1 piece handed in late");
}

#[test]
fn an_extension_moves_the_day_from_which_work_is_overdue() {
    let extended = Entry { extended: Some(EvidenceDay(30)), handed: None, ..entry(0, 0, None) };
    let points = |week| scored(&handed(&[extended]), &pieces(&[5]), week, &Peers::default()).points;
    assert_eq!((points(4), points(5)), (0, 2));
}

#[test]
fn the_mean_of_the_marks_brings_points_by_its_band() {
    let work = pieces(&[5]);
    let points = |mark| scored(&handed(&[entry(0, 5, Some(mark))]), &work, 4, &Peers::default());
    let all = [0, 39, 40, 49, 50, 59, 60, 69, 70, 100].map(|mark| points(mark).points);
    assert_eq!(all, [6, 6, 4, 4, 2, 2, 1, 1, 0, 0]);
    assert_eq!(lines(&points(38)), ["6 mean mark 38 so far"]);
    let group = peers(&handed(&[entry(0, 5, Some(60))]), &work, 4);
    let none = scored(&handed(&[entry(0, 5, None)]), &work, 4, &group);
    assert_eq!(lines(&none), ["3 no mark yet; most of your group have one"]);
}

#[test]
fn attendance_brings_points_and_all_engagement_together_at_most_eight() {
    let mut attendance = Attendance::new(EvidenceDay::END);
    let mut session = |day, came: bool, compulsory| {
        let presence = if came { Presence::Present } else { Presence::Absent };
        let (day, read) = (EvidenceDay(day), EvidenceDay(21));
        attendance.add(Session { day, key: 0, presence, compulsory, read });
    };
    session(0, true, false);
    session(1, false, false);
    session(2, false, false);
    session(8, false, true);
    session(15, false, true);
    let signals = Signals { attendance: Some(attendance), ..online(&[]) };
    let group = peers(&online(&[0, 7, 8, 9]), &[], 3);
    let score = scored(&signals, &[], 3, &group);
    assert_eq!(
        lines(&score),
        [
            "3 never online",
            "2 0 active days in 3 weeks since the start; your group typically 4",
            "4 came to 1 of 5 sessions in the last 4 weeks",
            "2 missed 2 tutorials in a row",
        ]
    );
    assert_eq!(score.points, 8);
}

#[test]
fn the_threshold_rises_with_the_year() {
    let limits = |setting| {
        [1, 2, 4, 5, 8, 9, 16, 17, 30]
            .map(|week| card().threshold(setting, WeekEnd(week)).unwrap_or(0))
    };
    assert_eq!(limits(Setting::Wide), [0, 3, 3, 4, 4, 5, 5, 6, 6]);
    assert_eq!(limits(Setting::Standard), [0, 4, 4, 5, 5, 6, 6, 7, 7]);
    assert_eq!(limits(Setting::Narrow), [0, 5, 5, 6, 6, 7, 7, 8, 8]);
}

#[test]
fn look_rules_stand_alone_from_week_three() {
    let work = pieces(&[5, 12]);
    let signals = Signals { work: handed(&[entry(0, 5, Some(45))]).work, ..online(&[-10]) };
    let group = peers(&online(&[8, 9, 15]), &work, 3);
    let rules = |week| {
        let looks = look::look(&card(), &at(&signals, &work, week), &group);
        looks.iter().map(|look| look.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(2), []);
    assert_eq!(rules(3), [Rule::Gone, Rule::NeverSeen, Rule::Quiet, Rule::Overdue, Rule::LowMean]);
}

#[test]
fn a_sudden_drop_is_shown_and_brings_no_points() {
    let signals = online(&[0, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 17, 21, 22, 23, 24, 28]);
    let group = peers(&online(&[]), &[], 5);
    let evidence = at(&signals, &[], 5);
    let asides = look::asides(&evidence, signals.activity.as_ref());
    assert_eq!(asides[0].to_string(), "1 active day in the last week; 4 a week before");
    assert_eq!(score(&card(), &evidence, &group).points, 0);
}

#[test]
fn with_too_few_peers_the_next_circle_is_asked() {
    let circle = |count| Peers { count, ..Peers::default() };
    assert_eq!(Peers::nearest([circle(3), circle(8), circle(99)], 8).count, 8);
    assert_eq!(Peers::nearest([circle(3), circle(5)], 8).count, 5);
    assert_eq!(Peers::nearest([], 8).count, 0);
}

#[test]
fn where_peers_are_hardly_online_and_nothing_was_due_there_is_no_alert() {
    let (card, group) = (card(), peers(&online(&[0]), &[], 4));
    let signals = Signals { repeating: true, ..online(&[]) };
    let score = |work: &[Piece]| {
        scored(&Signals { work: handed(&[]).work, ..signals.clone() }, work, 4, &group)
    };
    let (nothing_due, due) = (score(&[]), score(&pieces(&[5])));
    assert!(nothing_due.points >= 4 && nothing_due.too_little);
    assert!(!nothing_due.alerts(&card, Setting::Wide, WeekEnd(4)));
    assert!(due.alerts(&card, Setting::Standard, WeekEnd(4)) && due.is_urgent(&card));
}

#[test]
fn a_source_that_ends_before_the_week_says_nothing_about_it() {
    let activity = Some(Activity::new(EvidenceDay(20)));
    let work = Some(Work::new(EvidenceDay(20)));
    let signals = Signals { activity, work, ..Signals::default() };
    let group = peers(&online(&[0, 7, 8, 9]), &[], 3);
    assert_eq!(scored(&signals, &pieces(&[20]), 3, &group), Score::default());
}

prop_compose! {
    fn any_signals()(
        days in prop::collection::vec(-28_i16..210, 0..60),
        entries in prop::collection::vec((0_u16..6, -1_i16..210, prop::option::of(0_u16..=100)), 0..8),
        repeating: bool,
    ) -> Signals {
        let entries: Vec<Entry> = entries.iter().map(|(piece, day, mark)| entry(*piece, *day, *mark)).collect();
        Signals { work: handed(&entries).work, repeating, ..online(&days) }
    }
}

prop_compose! {
    fn any_pieces()(days in prop::collection::vec((0_i16..210, 0_u16..50), 6)) -> Vec<Piece> {
        let piece = |(day, weight): &(i16, u16)| Piece {
            due: EvidenceDay(*day), closes: EvidenceDay(*day), weight: *weight,
        };
        days.iter().map(piece).collect()
    }
}

prop_compose! {
    fn any_median()(halves in 0_u32..2000) -> Median {
        Median::of_halves(halves).unwrap()
    }
}

fn any_why() -> impl Strategy<Value = Why> {
    prop_oneof![
        prop::option::of(any::<u16>()).prop_map(|days| Why::NotOnline { days }),
        (any::<u16>(), any_median()).prop_map(|(days, peers)| Why::FewDays { days, peers }),
        (any::<u16>(), any::<u8>(), any_median())
            .prop_map(|(days, weeks, peers)| Why::FewSinceStart { days, weeks, peers }),
        Just(Why::NeverSinceStart),
        any::<u8>().prop_map(Why::Overdue),
        (0_u16..=10_000).prop_map(|mark| Why::MeanMark(Mark::hundredths(mark).unwrap())),
        Just(Why::NoMark),
        Just(Why::Repeating),
        (any::<u16>(), any::<u16>(), any::<u8>())
            .prop_map(|(attended, expected, weeks)| Why::Attendance { attended, expected, weeks }),
        any::<u8>().prop_map(Why::TutorialsMissed),
        (any::<u16>(), any_median()).prop_map(|(days, peers)| Why::FewInMonth { days, peers }),
        any::<[u8; 2]>().prop_map(|[pieces, due]| Why::ShareOverdue { pieces, due }),
        any::<u8>().prop_map(Why::DeadlinesMissed),
        any::<[u8; 2]>().prop_map(|[pieces, due]| Why::LastMinute { pieces, due }),
        (0_u16..=10_000, any_median()).prop_map(|(mark, peers)| {
            Why::BelowPeers { mark: Mark::hundredths(mark).unwrap(), peers }
        }),
    ]
}

#[test]
fn every_rule_has_a_code_and_words_of_its_own_and_is_of_one_block_or_a_look() {
    let codes: std::collections::BTreeSet<u8> = Rule::iter().map(Choice::code).collect();
    let words: std::collections::BTreeSet<&str> = Rule::iter().map(Choice::words).collect();
    assert_eq!((codes.len(), words.len()), (Rule::iter().count(), Rule::iter().count()));
    assert!(Rule::iter().all(|rule| rule.is_look() == (rule.code() > 100)));
}

proptest! {
    #[test]
    fn a_reason_that_was_stored_reads_back_the_same(why in any_why(), code: u8, numbers: [u32; 3]) {
        let (stored, parts) = why.parts();
        prop_assert_eq!(Why::of_parts(stored, parts), Some(why));
        if let Some(why) = Why::of_parts(code, numbers) {
            prop_assert_eq!(why.parts().0, code);
        }
    }

    #[test]
    fn a_look_that_was_stored_reads_back_the_same(one in any_signals(), work in any_pieces(), week in 3_u8..31) {
        let group = peers(&online(&[0, 2, 7, 9, 15, 16]), &work, week);
        for look in look::look(&card(), &at(&one, &work, week), &group) {
            let (code, numbers) = look.parts();
            prop_assert_eq!(Look::of_parts(code, numbers), Some(look));
            prop_assert_eq!(look.rule.code(), code);
        }
    }

    #[test]
    fn more_missing_work_never_lowers_the_points(
        one in any_signals(), other in any_signals(), mut work in any_pieces(), week in 1_u8..31, lost in 0_usize..8,
    ) {
        let group = peers(&other, &work, week);
        let before = points_by_card(&one, &work, week, &group);
        let no_fewer = |after: &[u8]| after.iter().zip(&before).all(|(after, before)| after >= before);
        let entries = one.work.as_ref().map(|work| work.entries().to_vec()).unwrap_or_default();
        let kept = entries.iter().enumerate().filter(|(at, entry)| *at != lost || entry.mark.is_some());
        let kept: Vec<Entry> = kept.map(|(_, entry)| *entry).collect();
        let fewer = Signals { work: handed(&kept).work, ..one.clone() };
        prop_assert!(no_fewer(&points_by_card(&fewer, &work, week, &group)));
        work.push(Piece { due: EvidenceDay(1), closes: EvidenceDay(1), weight: 0 });
        prop_assert!(no_fewer(&points_by_card(&one, &work, week, &group)));
    }

    #[test]
    fn a_better_mark_never_raises_the_points(
        one in any_signals(), other in any_signals(), work in any_pieces(), week in 1_u8..31, which in 0_usize..8, by in 0_u16..100,
    ) {
        let group = peers(&other, &work, week);
        let mut better = one.clone();
        let entry = one.work.as_ref().and_then(|work| work.entries().get(which).copied());
        if let (Some(mut entry), Some(work)) = (entry, &mut better.work) {
            entry.mark = entry.mark.map(|marked| {
                let mark = (marked.mark.as_hundredths() + by * 100).min(10_000);
                Marked { mark: Mark::hundredths(mark).unwrap(), ..marked }
            });
            work.add(entry);
        }
        let pairs = |group: &Peers| {
            let before = points_by_card(&one, &work, week, group);
            before.into_iter().zip(points_by_card(&better, &work, week, group))
        };
        prop_assert!(pairs(&group).all(|(before, after)| after <= before));
    }

    #[test]
    fn a_better_mark_never_raises_the_points_where_the_student_is_among_the_peers(
        group in prop::collection::vec(any_signals(), 1..12), work in any_pieces(), week in 1_u8..31, by in 0_u16..100,
    ) {
        let points = |group: &[Signals]| {
            let evidence: Vec<Evidence> = group.iter().map(|one| at(one, &work, week)).collect();
            points_by_card(&group[0], &work, week, &Peers::of(evidence.iter()))
        };
        let before = points(&group);
        let mut better = group.clone();
        better[0].work = better[0].work.as_ref().map(|known| {
            let entries = known.entries().iter().map(|entry| {
                let raised = entry.mark.map(|marked| {
                    let mark = (marked.mark.as_hundredths() + by * 100).min(10_000);
                    Marked { mark: Mark::hundredths(mark).unwrap(), ..marked }
                });
                Entry { mark: raised, ..*entry }
            });
            handed(&entries.collect::<Vec<Entry>>()).work.unwrap()
        });
        prop_assert!(points(&better).iter().zip(&before).all(|(after, before)| after <= before));
    }

    #[test]
    fn the_order_of_students_does_not_matter(
        mut group in prop::collection::vec(any_signals(), 1..12), work in any_pieces(), week in 1_u8..31,
    ) {
        let of = |group: &[Signals]| {
            let evidence: Vec<Evidence> = group.iter().map(|one| at(one, &work, week)).collect();
            Peers::of(evidence.iter())
        };
        let before = of(&group);
        group.reverse();
        prop_assert_eq!(of(&group), before);
    }

    #[test]
    fn no_data_never_means_an_alert(other in any_signals(), work in any_pieces(), week in 1_u8..31) {
        let group = peers(&other, &work, week);
        let evidence = at(&Signals::default(), &work, week);
        for card in cards() {
            let score = score(&card, &evidence, &group);
            prop_assert_eq!((score.points, score.reasons.len()), (0, 0));
            prop_assert!(!score.alerts(&card, Setting::Wide, WeekEnd(week)));
        }
        prop_assert!(look::look(&card(), &evidence, &group).is_empty());
    }
}
