//! What is found, what is not, and what is highlighted.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    case::{Case, Contribution, Stage},
    change::{Builder, Label},
    decision::{Decision, Fault, Verdict},
    id::Id,
    note::Confidentiality,
    record::Kind,
    word::Choice,
};
use crate::fixture::{Fixture, ago, desk};

fn find(records: &Records, query: &str) -> Hits {
    Index::new(records).find(records, Viewer::of(records).unwrap(), query, 50)
}

/// Each hit as the name, the kind and the snippet with what is highlighted in brackets.
fn found(records: &Records, query: &str) -> Vec<String> {
    let hits = find(records, query);
    assert_eq!(hits.total, hits.first.len());
    hits.first
        .iter()
        .map(|hit| {
            let name = records.file(hit.student).unwrap().student.name.shown();
            let mut marked = hit.snippet.clone();
            for mark in hit.marks.iter().rev() {
                marked.insert(mark.end, ']');
                marked.insert(mark.start, '[');
            }
            format!("{name}, {}: {marked}", hit.record.kind.words())
        })
        .collect()
}

#[test]
fn a_word_is_found_in_any_case_and_with_its_context() {
    assert_eq!(
        found(&desk(), "REFERENCING"),
        ["Aisha Rahman, notes: …- wants help with [referencing] ## Advice and referral Skills \
             workshop on Thursdays."]
    );
}

#[test]
fn why_an_alert_was_decided_and_what_was_brought_to_a_case_is_found() {
    let mut records = desk();
    let me = records.me().unwrap().id;
    let student = records.files().next().unwrap().student.id;
    let on = "2026-11-20".parse().unwrap();
    let decision = Decision {
        id: Id::from_bytes([5; 16]),
        student,
        verdict: Verdict::Wrong(Fault::Wrong),
        rule: String::new(),
        fingerprint: crate::domain::alert::Fingerprint::default(),
        why: "submitted on parchment".into(),
        on,
        tutor: me,
    };
    let text = "lends a zither".into();
    let case = Case {
        id: Id::from_bytes([6; 16]),
        student,
        opened: on,
        owner: me,
        why: "two modules".into(),
        stage: Stage::Opened,
        plan: String::new(),
        contributions: vec![Contribution { on, by: "Adviser".into(), text }],
        review: None,
        outcome: String::new(),
        closed: None,
    };
    let change = Builder::new(Label::Snooze, &records).put(decision).put(case).build();
    records.apply(&change).unwrap();
    assert_eq!(find(&records, "parchment").first[0].record.kind, Kind::Decision);
    assert_eq!(find(&records, "zither").first[0].record.kind, Kind::Case);
}

#[test]
fn accents_do_not_matter_on_either_side() {
    assert_eq!(
        found(&desk(), "cafe"),
        ["Zoë Øster, notes: [Café] job ends soon; naïve plan for rent."]
    );
    assert_eq!(found(&desk(), "wörkshop").len(), 2);
    assert_eq!(found(&desk(), "zoe oster")[0], "Zoë Øster, students: [Zoë]");
    assert_eq!(found(&desk(), "伟"), ["陈伟 Chen Wei, students: 陈[伟]"]);
}

#[test]
fn every_kind_of_text_is_searched() {
    for (query, kind) in [
        ("00481240", "students"),
        ("history", "enrolments"),
        ("dissertation", "meetings"),
        ("introductions", "meetings"),
        ("book skills", "actions"),
        ("sleep", "referrals"),
        ("submissions", "concerns and praise"),
        ("support", "consents"),
    ] {
        let all = found(&desk(), query);
        assert!(all.iter().any(|hit| hit.contains(kind)), "{query}: {all:?}");
    }
}

#[test]
fn all_words_must_occur_in_the_record_or_name_its_student() {
    assert_eq!(found(&desk(), "feedback referencing").len(), 1);
    assert_eq!(found(&desk(), "rahman referencing").len(), 1);
    assert_eq!(found(&desk(), "nowak referencing"), Vec::<String>::new());
    assert_eq!(found(&desk(), "feedback dissertation"), Vec::<String>::new());
    assert_eq!(found(&desk(), "  "), Vec::<String>::new());
}

#[test]
fn the_newest_comes_first_and_beyond_the_cap_hits_are_only_counted() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    for days in [3, 1, 2] {
        world.note(student, ago(days), None, "rent");
    }
    let records = world.records();
    let viewer = Viewer::of(&records).unwrap();
    let hits = Index::new(&records).find(&records, viewer, "rent", 2);
    let days: Vec<_> = hits.first.iter().filter_map(|hit| hit.on).collect();
    assert_eq!((days, hits.total), (vec![ago(1), ago(2)], 3));
}

#[test]
fn a_note_that_the_viewer_may_not_see_is_not_found() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    let other = world.tutor("Dr Else");
    world.note_by(other, Confidentiality::Restricted, (student, ago(1), None), "secret rent");
    assert_eq!(find(&world.records(), "rent").total, 0);
}

#[test]
fn letters_disclosures_waivers_and_ladders_are_searched_as_far_as_they_may_be_seen() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    let other = world.tutor("Dr Else");
    let theirs = world.tutee_of(other, "2", "Noor Aziz", 4);
    let me = world.me;
    world.policy_records(student, me, "quince");
    world.policy_records(theirs, other, "quince");
    let records = world.records();
    let kinds: Vec<_> =
        find(&records, "quince").first.iter().map(|hit| (hit.student, hit.record.kind)).collect();
    let seen = [Kind::Waiver, Kind::Ladder, Kind::Letter, Kind::Disclosure];
    assert!(seen.iter().all(|kind| kinds.contains(&(student, *kind))));
    let open = [Kind::Waiver, Kind::Ladder];
    assert!(open.iter().all(|kind| kinds.contains(&(theirs, *kind))));
    assert_eq!(kinds.len(), 6);
}

#[test]
fn the_index_follows_a_change_and_reads_only_the_files_that_changed() {
    let mut records = desk();
    let mut index = Index::new(&records);
    let before: Vec<_> = index.files.iter().map(|it| Arc::clone(&it.file)).collect();
    let changed = before[2].student.id;
    let mut student = before[2].student.value.clone();
    student.name.preferred = "Renée".into();
    let change = Builder::new(Label::EditStudent, &records).put(student).build();
    records.apply(&change).unwrap();
    index.refresh(&records);
    let viewer = Viewer::of(&records).unwrap();
    assert_eq!(index.find(&records, viewer, "renee", 9).first[0].student, changed);
    let kept = index.files.iter().zip(&before).filter(|(a, b)| Arc::ptr_eq(&a.file, b)).count();
    assert_eq!(kept, before.len() - 1);
}

proptest! {
    #[test]
    fn whatever_a_note_says_is_found_in_it(
        text in "[a-zA-Zäöé’ \\n]{0,60}",
        word in "[a-zA-Zäöé]{2,6}",
        tail in "[a-z \\n]{0,60}",
    ) {
        let mut world = Fixture::new();
        let student = world.tutee("1", "Ewa Nowak", 4);
        world.note(student, ago(1), None, &format!("{text} {word}{tail}"));
        let records = world.records();
        let hits = find(&records, &word.to_uppercase());
        let hit = hits.first.iter().find(|hit| hit.record.kind == Kind::Note).unwrap();
        prop_assert!(!hit.marks.is_empty());
        prop_assert!(hit.marks.iter().all(|mark| hit.snippet.get(mark.clone()).is_some()));
        prop_assert!(hit.marks.is_sorted_by(|a, b| a.end <= b.start));
    }

    #[test]
    fn a_word_is_found_exactly_where_the_folded_text_holds_it(
        text in "[a-cA-C0-1 .é-]{0,30}",
        word in "[a-c01.-]{1,4}",
    ) {
        let words = Words::new(&word);
        let folded = fold(&text);
        prop_assert_eq!(words.in_folded(&folded) == 1, folded.contains(&word));
        if text.is_ascii() {
            prop_assert_eq!(words.in_ascii(&text), words.in_folded(&folded));
        }
    }

    #[test]
    fn no_query_makes_the_search_panic(query in "\\PC{0,24}") {
        let records = desk();
        let _: Hits = find(&records, &query);
    }
}
