//! Calendars and labels of any kind, for property tests.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Calendar, Span, Term};
use crate::domain::{
    id::Id,
    policy::{MonthPart, When},
};

pub fn any_day() -> impl Strategy<Value = NaiveDate> {
    prop_oneof![
        9 => (730_000..745_000_i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap()),
        1 => prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX)],
    ]
}

fn any_span() -> impl Strategy<Value = Span> {
    (any_day(), any_day()).prop_map(|(from, to)| Span { from, to })
}

fn any_term() -> impl Strategy<Value = Term> {
    let spans = || proptest::collection::vec(any_span(), 0..3);
    ("[AB]", any_day(), any::<u8>(), any::<bool>(), spans(), proptest::option::of(any_span()))
        .prop_map(|(name, first, weeks, induction, breaks, exams)| Term {
            name,
            first,
            weeks,
            induction,
            reading: breaks.clone(),
            breaks,
            exams,
        })
}

pub fn any_calendar() -> impl Strategy<Value = Calendar> {
    (any::<[u8; 16]>(), "[0-9/]{0,7}", any_span(), proptest::collection::vec(any_term(), 0..4))
        .prop_map(|(id, year, span, terms)| Calendar {
            id: Id::from_bytes(id),
            year,
            span,
            terms,
            holidays: vec![span.to],
            closures: vec![span],
            example: true,
        })
}

pub fn any_when() -> impl Strategy<Value = When> {
    let term = || "[ABC]?";
    let n = any::<u8>;
    prop_oneof![
        (term(), n(), n()).prop_map(|(term, from, to)| When::Weeks { term, from, to }),
        (n(), n()).prop_map(|(from, to)| When::YearWeeks { from, to }),
        (0..15_u8).prop_map(|month| When::Month { month, part: MonthPart::Late }),
        (0..15_u8).prop_map(|month| When::Month { month, part: MonthPart::Whole }),
        term().prop_map(|term| When::Term { term }),
        Just(When::EachTerm),
        (term(), any::<u16>()).prop_map(|(term, days)| When::AfterExams { term, days }),
        any::<u16>().prop_map(|days| When::AfterEntry { days }),
        n().prop_map(|weeks| When::Every { weeks }),
        (n(), term()).prop_map(|(times, term)| When::Spread { times, term }),
        Just(When::Year),
    ]
}
