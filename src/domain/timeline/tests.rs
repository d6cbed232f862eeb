//! The order of a timeline, what hangs below a meeting, and what each filter shows.

use proptest::prelude::*;

use super::*;
use crate::domain::{meeting::Outcome, note::Confidentiality, student::StudentId, word::Choice};
use crate::fixture::{Fixture, ago, desk, today};

fn busiest(records: &Records) -> &StudentFile {
    records.files().max_by_key(|file| file.records().len()).unwrap()
}

fn lines(records: &Records, file: &StudentFile, filter: Filter) -> Vec<String> {
    let viewer = Viewer::of(records).unwrap();
    timeline(records, file, viewer, filter, today())
        .iter()
        .map(|entry| {
            let indent = if entry.nested { "  " } else { "" };
            let end = if entry.aspect == Aspect::Itself { "" } else { " again" };
            format!("{} {indent}{}{end}", entry.on.format("%-d %b"), entry.record.kind.words())
        })
        .collect()
}

#[test]
fn the_future_is_above_the_past_and_notes_and_actions_hang_below_their_meeting() {
    let records = desk();
    assert_eq!(
        lines(&records, busiest(&records), Filter::All),
        [
            "12 Dec meetings",
            "16 Nov concerns and praise",
            "12 Nov meetings",
            "10 Nov contacts",
            "6 Nov contacts",
            "12 Oct meetings",
            "12 Oct   notes",
            "12 Oct   actions",
            "12 Oct consents",
            "28 Sep allocations",
            "21 Sep enrolments",
        ]
    );
}

#[test]
fn a_filter_shows_one_kind_flat() {
    let records = desk();
    assert_eq!(lines(&records, busiest(&records), Filter::Notes), ["12 Oct notes"]);
    assert_eq!(lines(&records, busiest(&records), Filter::Actions), ["20 Oct actions"]);
    assert_eq!(lines(&records, busiest(&records), Filter::Meetings).len(), 5);
}

#[test]
fn the_reader_starts_at_the_newest_entry_that_is_past() {
    let records = desk();
    let viewer = Viewer::of(&records).unwrap();
    let entries = timeline(&records, busiest(&records), viewer, Filter::All, today());
    assert_eq!(newest_past(&entries, today()), 1);
    assert_eq!(newest_past(&[], today()), 0);
}

#[test]
fn an_open_referral_stands_at_its_day_and_at_its_follow_up() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    world.referral(student, ago(20), Some(today()));
    let records = world.records();
    let shown = lines(&records, records.file(student).unwrap(), Filter::Referrals);
    assert_eq!(shown, ["21 Nov referrals again", "1 Nov referrals"]);
}

#[test]
fn a_restricted_note_of_another_author_is_not_there() {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    let other = world.tutor("Dr Else");
    let meeting = world.meeting(student, ago(3), Outcome::Held, "");
    let restricted = Confidentiality::Restricted;
    world.note_by(other, restricted, (student, ago(3), Some(meeting)), "x");
    world.note_by(other, restricted, (student, ago(3), None), "x");
    let records = world.records();
    let shown = lines(&records, records.file(student).unwrap(), Filter::All);
    assert!(shown.iter().all(|line| !line.contains("notes")), "{shown:?}");
}

fn some_world(days: &[(i64, bool)]) -> (Records, StudentId) {
    let mut world = Fixture::new();
    let student = world.tutee("1", "Ewa Nowak", 4);
    for (offset, met) in days {
        let on = today() + chrono::Duration::days(*offset);
        let meeting = met.then(|| world.meeting(student, on, Outcome::Held, ""));
        world.note(student, on, meeting, "x");
        world.action(student, meeting, "x", Some(on));
    }
    (world.records(), student)
}

proptest! {
    #[test]
    fn everything_stands_in_it_once_and_days_never_rise(
        days in prop::collection::vec((-40_i64..40, any::<bool>()), 0..12),
    ) {
        let (records, student) = some_world(&days);
        let file = records.file(student).unwrap();
        let viewer = Viewer::of(&records).unwrap();
        let entries = timeline(&records, file, viewer, Filter::All, today());
        prop_assert!(entries.is_sorted_by(|a, b| a.on >= b.on));
        let met = days.iter().filter(|(_, met)| *met).count();
        prop_assert_eq!(entries.len(), 2 + met + 2 * days.len());
        let ids: std::collections::BTreeSet<_> = entries.iter().map(|entry| entry.record).collect();
        prop_assert_eq!(ids.len(), entries.len());
    }
}

#[test]
fn waivers_ladders_letters_and_disclosures_stand_in_it_as_far_as_they_may_be_seen() {
    let mut world = Fixture::new();
    let me = world.me;
    let other = world.tutor("Dr Else");
    let mine = world.tutee("1", "Ewa Nowak", 4);
    let theirs = world.tutee_of(other, "2", "Noor Aziz", 4);
    world.policy_records(mine, me, "words");
    world.policy_records(theirs, other, "words");
    let records = world.records();
    let kinds = |student| {
        let viewer = Viewer::of(&records).unwrap();
        let file = records.file(student).unwrap();
        let all = timeline(&records, file, viewer, Filter::All, today());
        let new = all.iter().filter(|entry| entry.on == ago(1));
        new.map(|entry| (entry.record.kind, entry.aspect)).collect::<Vec<_>>()
    };
    let open = [
        (Kind::Waiver, Aspect::Itself),
        (Kind::Ladder, Aspect::Itself),
        (Kind::Ladder, Aspect::Step(0)),
    ];
    assert_eq!(kinds(theirs), open);
    let own = [(Kind::Letter, Aspect::Itself), (Kind::Disclosure, Aspect::Itself)];
    assert_eq!(kinds(mine), [&open[..], &own].concat());
}
