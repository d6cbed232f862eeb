//! The bytes of version 4 are pinned; those of version 3 are still read.

use crate::{
    domain::{
        decision::{Close, Fault, Verdict},
        id::Id,
    },
    store::schema::{
        self,
        v1::tests::{hex, unhex},
        v3::tests::{decision, on, sample},
    },
};
use strum::IntoEnumIterator;

use super::*;

fn bytes(record: &Record) -> Vec<u8> {
    schema::encode(record).unwrap()
}

#[test]
fn the_bytes_of_version_4_never_change() {
    let golden = format!("Decision {}", hex(&bytes(&sample(Kind::Decision))));
    assert_eq!(golden, include_str!("golden.txt").trim_end());
    assert!(decode(Kind::Decision, &unhex(&golden)).unwrap() == sample(Kind::Decision));
}

#[test]
fn a_decision_of_version_3_is_read_with_all_but_its_reasons() {
    let line = include_str!("../v3/golden.txt").lines().find(|line| line.starts_with("Decision"));
    let old = schema::decode(Kind::Decision, 3, &unhex(line.unwrap())).unwrap();
    let Record::Decision(now) = sample(Kind::Decision) else { panic!() };
    assert!(old == decision::Decision { fingerprint: Fingerprint::default(), ..now }.into());
}

#[test]
fn every_verdict_is_read_back() {
    let verdicts = [
        Verdict::Snoozed { until: None },
        Verdict::Snoozed { until: Some(on(30)) },
        Verdict::Wrong(Fault::Duplicate),
        Verdict::Closed(Close::Declined),
        Verdict::Assigned { to: Id::from_bytes([2; 16]), escalated: true },
    ];
    for verdict in verdicts {
        let record = Record::Decision(decision(verdict));
        assert!(decode(Kind::Decision, &bytes(&record)).unwrap() == record);
    }
}

#[test]
fn bytes_that_are_cut_and_other_kinds_are_refused() {
    let whole = bytes(&sample(Kind::Decision));
    assert!((0..whole.len()).all(|length| decode(Kind::Decision, &whole[..length]).is_err()));
    for kind in Kind::iter().filter(|kind| *kind != Kind::Decision) {
        assert!(matches!(decode(kind, &whole), Err(Error::Newer)));
    }
}
