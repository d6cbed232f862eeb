//! What the weekly runs of the weeks before found about the students of a demo, and what was decided about some of them.

use chrono::NaiveDate;

use super::{Demo, Dice, Scale};
use crate::domain::{
    alert::{AlertSettings, alert, fingerprint},
    change::{Change, Label, Part},
    decision::{Close, Decision, Ground, Verdict},
    id::IdSource,
    record::{Kind, Record},
    records::Records,
    student::StudentId,
    weekly,
};

/// The teaching week that is over last.
const LAST: i64 = 8;

/// Who is decided about in the smallest demo, by their place.
const SNOOZED: usize = 11;
const CLOSED: usize = 17;
const EXEMPT: usize = 21;
const ASSIGNED: usize = 24;

impl Scale {
    /// How many weekly runs there were.
    pub(super) const fn runs(self) -> usize {
        match self {
            Self::Tutor => 6,
            Self::School | Self::University => 2,
        }
    }
}

/// The records that the weekly runs look at, gathered while a demo is made.
pub(super) struct Watcher {
    seen: Records,
    ids: IdSource,
}

impl Watcher {
    pub(super) fn new() -> Self {
        Self { seen: Records::default(), ids: IdSource::new(super::seed("weekly", 0)) }
    }

    /// Takes up what a change brings; of the larger demos only what the runs need.
    pub(super) fn follow(&mut self, scale: Scale, change: &Change) {
        let whole = scale == Scale::Tutor;
        let needed =
            |part: &&Part| whole || part.target().is_some_and(|(_, id)| is_judged_by(id.kind));
        let parts: Vec<Part> = change.parts.iter().filter(needed).cloned().collect();
        let applied = self.seen.apply(&Change { label: change.label, parts });
        debug_assert_eq!(applied, Ok(()), "a demo is made of new records");
    }

    /// The weekly run with this number, the earliest first; what was decided comes after the last.
    pub(super) fn change(&mut self, demo: &Demo, run: usize) -> Change {
        let before = demo.scale.runs().saturating_sub(run + 1);
        let change = match (&demo.card, run < demo.scale.runs()) {
            (Some(card), true) => {
                let week = LAST - i64::try_from(before).unwrap_or_default();
                let today =
                    if before == 0 { demo.year.today } else { demo.year.taught(0, week, 0) };
                weekly::change(&self.seen, card, today, &mut self.ids, None)
            }
            _ => super::change(self.decisions(demo)),
        };
        let change = Change { label: Label::Demo, ..change };
        self.follow(demo.scale, &change);
        change
    }

    fn decisions(&self, demo: &Demo) -> Vec<Record> {
        if demo.scale != Scale::Tutor {
            return Vec::new();
        }
        let year = &demo.year;
        let to = demo.desks.get(1).or(demo.desks.first()).map(|desk| desk.tutor.id);
        let told = [
            (SNOOZED, 1, Verdict::Snoozed { until: Some(year.ago(-10)) }, "Hands it in on Friday"),
            (CLOSED, 2, Verdict::Closed(Close::Planned), "Meets the maths tutor every week"),
            (
                EXEMPT,
                18,
                Verdict::Exempt { from: year.ago(18), to: None, ground: Ground::Illness },
                "Has paused until January",
            ),
        ];
        let assigned = to.map(|to| {
            let verdict = Verdict::Assigned { to, escalated: false };
            (ASSIGNED, 3, verdict, "Knows the student from last year")
        });
        let all = told.into_iter().chain(assigned);
        all.filter_map(|(place, days, verdict, why)| {
            self.decision(demo, place, (year.ago(days), verdict, why))
        })
        .collect()
    }

    fn decision(
        &self,
        demo: &Demo,
        place: usize,
        (on, verdict, why): (NaiveDate, Verdict, &str),
    ) -> Option<Record> {
        let student: StudentId = Dice::new("student", place).id();
        let file = self.seen.file(student)?;
        let settings = AlertSettings::default();
        let found = alert(&self.seen, None, file, settings, demo.year.today);
        let decision = Decision {
            id: Dice::new("decision", place).id(),
            student,
            verdict,
            rule: String::new(),
            fingerprint: found.map(|found| fingerprint(&found.reasons)).unwrap_or_default(),
            why: why.into(),
            on,
            tutor: demo.desks.first()?.tutor.id,
        };
        Some(decision.into())
    }
}

/// Whether the weekly run looks at records of a kind.
fn is_judged_by(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Profile
            | Kind::Tutor
            | Kind::Calendar
            | Kind::Module
            | Kind::Batch
            | Kind::Tuning
            | Kind::Student
            | Kind::Enrolment
            | Kind::Allocation
            | Kind::Engagement
            | Kind::Results
            | Kind::Decision
    )
}
