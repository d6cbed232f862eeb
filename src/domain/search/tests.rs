//! What is found, what is not, and what is highlighted.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*};
use strum::IntoEnumIterator;

use super::{text::texts, *};
use crate::domain::{
    case::{Case, Contribution, Stage},
    change::{Builder, Label},
    decision::{Decision, Fault, Verdict},
    fold::fold,
    id::Id,
    note::{Confidentiality, Note},
    record::{Kind, Owner},
    word::Choice,
};
use crate::fixture::{Fixture, ago, desk};

/// The same with and without words that were read.
fn find(records: &Records, query: &str) -> Hits {
    let viewer = Viewer::of(records).unwrap();
    let hits = Index::new(records).find(records, viewer, query, 50);
    assert_eq!(Index::read(records, viewer).find(records, viewer, query, 50), hits);
    hits
}

/// The records of all files that the query finds, as somebody would look for them on paper.
fn on_paper(records: &Records, viewer: Viewer, query: &str) -> BTreeSet<(StudentId, RecordId)> {
    let query = fold(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found = BTreeSet::new();
    for file in records.files() {
        let mut told: BTreeMap<RecordId, String> = BTreeMap::new();
        let mut identity = String::new();
        for (place, text) in texts(file).filter(|(place, _)| place.is_visible(file, viewer)) {
            let text = format!("{}\n", fold(text));
            identity.push_str(if place.is_identity() { &text } else { "" });
            told.entry(place.record(file).unwrap()).or_default().push_str(&text);
        }
        let all = |text: &str| words.iter().all(|it| text.contains(it) || identity.contains(it));
        let any = |text: &str| words.iter().any(|it| text.contains(it));
        let records = told.into_iter().filter(|(_, text)| all(text) && any(text));
        found.extend(records.map(|(record, _)| (file.student.id, record)));
    }
    found
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
    let viewer = Viewer::of(&records).unwrap();
    let mut index = Index::read(&records, viewer);
    assert!(index.loose.is_empty() && !index.is_worn(viewer));
    let changed = records.files().nth(2).unwrap().student.clone();
    let mut student = changed.value;
    let id = student.id;
    student.name.preferred = "Renée".into();
    let change = Builder::new(Label::EditStudent, &records).put(student).build();
    records.apply(&change).unwrap();
    index.refresh(&records);
    assert_eq!(index.find(&records, viewer, "renee", 9).first[0].student, id);
    assert_eq!(index.loose.len(), 1);
    let copies: Vec<_> = index.loose.iter().map(|it| Arc::as_ptr(&it.file)).collect();
    index.refresh(&records);
    assert_eq!(index.loose.iter().map(|it| Arc::as_ptr(&it.file)).collect::<Vec<_>>(), copies);
}

#[test]
fn words_that_one_viewer_may_see_do_not_answer_another() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.note_by(world.me, Confidentiality::Restricted, (student, ago(1), None), "secret rent");
    let other = world.tutor("Dr Else");
    let records = world.records();
    let me = Viewer::of(&records).unwrap();
    let index = Index::read(&records, me);
    let other = Viewer { tutor: other, ..me };
    assert!(index.is_worn(other));
    assert_eq!(index.find(&records, me, "rent", 9).total, 1);
    assert_eq!(index.find(&records, other, "rent", 9).total, 0);
}

#[test]
fn a_student_who_is_gone_is_not_found() {
    let mut records = crate::fixture::many(WORN + 2);
    let viewer = Viewer::of(&records).unwrap();
    let mut index = Index::read(&records, viewer);
    let all = index.find(&records, viewer, "a", 9).total;
    let ids: Vec<_> = records.files().map(|file| file.student.id).collect();
    let mut builder = Builder::new(Label::DeleteStudent, &records);
    builder.delete(Owner::Student(ids[0]), record_id(ids[0]));
    let change = builder.build();
    records.apply(&change).unwrap();
    index.refresh(&records);
    let fewer = index.find(&records, viewer, "a", 9).total;
    assert!(fewer < all);
    assert_eq!(fewer, Index::new(&records).find(&records, viewer, "a", 9).total);
    assert!(index.is_worn(viewer), "no word of somebody who is gone is kept");
}

#[test]
fn after_many_changes_words_are_read_again() {
    let mut records = crate::fixture::many(WORN + 1);
    let viewer = Viewer::of(&records).unwrap();
    let mut index = Index::read(&records, viewer);
    let ids: Vec<_> = records.files().map(|file| file.student.id).collect();
    let mut builder = Builder::new(Label::EditStudent, &records);
    for id in &ids {
        let mut student = records.file(*id).unwrap().student.value.clone();
        student.phone = "1".into();
        builder.push(student);
    }
    let change = builder.build();
    records.apply(&change).unwrap();
    assert!(!index.is_worn(viewer));
    index.refresh(&records);
    assert!(index.is_worn(viewer));
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
    fn read_or_looked_through_the_words_are_found_where_they_stand_before_and_after_a_change(
        names in vec("[a-cäé]{1,3} [a-cA-C]{1,3}", 1..5),
        notes in vec((0..5_usize, "[a-cA-Cé’ \\n]{0,12}", 0..4_u64, 0..4_usize, any::<bool>()), 0..16),
        later in vec((0..16_usize, "[a-cé ]{0,8}"), 0..4),
        query in "[a-cé’]{1,2}( [a-c]{1,2}){0,2}",
        cap in 0..12_usize,
        most in prop::sample::select(vec![block::MOST, 8, 4, 1]),
    ) {
        let mut world = Fixture::new();
        let other = world.tutor("Dr Else");
        let (me, levels) = (world.me, Confidentiality::iter().collect::<Vec<_>>());
        let mut students = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let tutor = if at % 2 == 0 { me } else { other };
            students.push(world.tutee_of(tutor, &at.to_string(), name, 4));
        }
        for (student, text, days, level, mine) in notes {
            let student = students[student % students.len()];
            let author = if mine { me } else { other };
            world.note_by(author, levels[level], (student, ago(days), None), &text);
        }
        world.group(&students, ago(1), "ab cab");
        let mut records = world.records();
        let viewer = Viewer::of(&records).unwrap();
        let mut read = Index::read_in(&records, viewer, most);
        let notes = records.files().flat_map(|file| &file.notes);
        let mut all: Vec<Note> = notes.map(|held| held.value.clone()).collect();
        for (at, text) in later {
            if all.is_empty() { break }
            let mut note = all.remove(at % all.len());
            let mut builder = Builder::new(Label::EditNote, &records);
            if text.is_empty() {
                builder.delete(Owner::Student(note.student), record_id(note.id));
            } else {
                note.text = text;
                builder.push(note);
            }
            let change = builder.build();
            records.apply(&change).unwrap();
        }
        read.refresh(&records);
        let looked = Index::new(&records);
        let hits = read.find(&records, viewer, &query, usize::MAX);
        prop_assert_eq!(&hits, &looked.find(&records, viewer, &query, usize::MAX));
        let groups: BTreeSet<_> = records.groups().map(|it| record_id(it.id)).collect();
        let found = hits.first.iter().filter(|hit| !groups.contains(&hit.record));
        let found: BTreeSet<_> = found.map(|hit| (hit.student, hit.record)).collect();
        prop_assert_eq!(found, on_paper(&records, viewer, &query));
        let first = read.find(&records, viewer, &query, cap);
        prop_assert_eq!(first.total, hits.total);
        prop_assert_eq!(&first.first[..], &hits.first[..cap.min(hits.total)]);
        let days: Vec<_> = hits.first.iter().map(|hit| hit.on).collect();
        prop_assert!(days.is_sorted_by_key(|on| (on.is_some(), Reverse(*on))));
    }

    #[test]
    fn no_query_makes_the_search_panic(query in "\\PC{0,24}") {
        let records = desk();
        let _: Hits = find(&records, &query);
    }
}
