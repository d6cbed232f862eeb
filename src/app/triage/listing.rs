//! The rows of the triage list in their order, cut to what is asked for. A row that changes moves alone; a picture
//! takes only the rows in sight.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    query::{Query, Seeker},
    row::{Eyes, Names, Order, Row},
};
use crate::domain::{
    alert::{Alert, first},
    reason::Severity,
    student::StudentId,
    tutor::TutorId,
};

/// Rows that one thread looks at at a time.
const CHUNK: usize = 2048;

/// Whether an alert speaks, and what quietens it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Voice {
    #[default]
    Speaks,
    Snoozed,
    Settled,
}

/// What the cap and the line say of a row, apart from the row so that all of them are run over quickly.
#[derive(Clone, Copy, Default)]
struct Facts {
    owner: Option<u32>,
    severity: Severity,
    voice: Voice,
    is_found: bool,
    is_first: bool,
    is_shown: bool,
}

/// How many rows there are, and how many of them are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows shown.
    pub shown: usize,
    /// Rows that are not quiet.
    pub of: usize,
    /// Rows that the cap holds back.
    pub more: usize,
    /// Rows that are quiet.
    pub quiet: usize,
    /// Those of them that are snoozed.
    pub snoozed: usize,
}

/// The rows of the list.
#[derive(Clone, Default)]
pub struct Listing {
    names: Names,
    /// A row keeps its slot; one that is gone leaves it empty.
    rows: Vec<Option<Row>>,
    facts: Vec<Facts>,
    slots: HashMap<StudentId, u32>,
    free: Vec<u32>,
    /// The slots, the most urgent first.
    urgent: Vec<u32>,
    /// The slots in the order that is asked for.
    ordered: Vec<u32>,
    order: Order,
    query: Query,
    cap: Option<u8>,
    shown: Vec<u32>,
    counts: Counts,
}

impl Listing {
    /// A list of these alerts, the most urgent first.
    #[must_use]
    pub fn of(alerts: &[Arc<Alert>], eyes: Eyes<'_>, order: Order) -> Self {
        let names = Names::of(eyes.records);
        let rows: Vec<Option<Row>> =
            alerts.par_iter().map(|alert| Row::of(alert, &names, eyes)).collect();
        let slots = rows.iter().flatten().map(Row::student).zip(0..).collect();
        let mut this = Self { names, slots, order, ..Self::default() };
        this.rows = rows.into_iter().flatten().map(Some).collect();
        this.facts = this.rows.iter().map(|row| facts(row.as_ref())).collect();
        this.urgent = (0..u32::try_from(this.rows.len()).unwrap_or(u32::MAX)).collect();
        this.reorder();
        this
    }

    /// The tutors, by the places that rows hold.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// How many rows are shown, and how many are not.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What the line asks for.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// How many rows are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no row is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The row that is shown at this place.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<&Row> {
        self.slot(*self.shown.get(place)?)
    }

    /// Where a student is shown.
    #[must_use]
    pub fn place(&self, student: StudentId) -> Option<usize> {
        let slot = self.slots.get(&student)?;
        self.shown.iter().position(|shown| shown == slot)
    }

    /// Whether the row of a student is shown.
    #[must_use]
    pub fn shows(&self, student: StudentId) -> bool {
        let slot = self.slots.get(&student);
        let facts = slot.and_then(|slot| self.facts.get(*slot as usize));
        facts.is_some_and(|facts| facts.is_shown)
    }

    /// Whose rows are shown, in their order.
    pub fn students(&self) -> impl Iterator<Item = StudentId> {
        self.shown.iter().filter_map(|slot| Some(self.slot(*slot)?.student()))
    }

    /// Takes new rows for these students; who has none is no longer in the list.
    pub fn replace(
        &mut self,
        students: &BTreeSet<StudentId>,
        alerts: &[Arc<Alert>],
        eyes: Eyes<'_>,
    ) {
        for student in students {
            self.remove(*student);
        }
        let mut seeker = Seeker::default();
        for alert in alerts {
            if let Some(row) = Row::of(alert, &self.names, eyes) {
                self.insert(row, &mut seeker);
            }
        }
        self.show();
    }

    /// Orders the rows in another way.
    pub fn order_by(&mut self, order: Order) {
        self.order = order;
        self.reorder();
    }

    /// Shows only so many rows of each tutor, or all.
    pub fn cap_at(&mut self, cap: Option<u8>) {
        self.cap = cap;
        self.show();
    }

    /// Shows what a line asks for; says whether that is another than before.
    pub fn ask(&mut self, text: &str, me: Option<TutorId>) -> bool {
        if text.trim() == self.query.text {
            return false;
        }
        let query = Query::parse(text, &self.names, me);
        let among = query.narrows(&self.query);
        let rows = &self.rows;
        self.facts.par_chunks_mut(CHUNK).zip(rows.par_chunks(CHUNK)).for_each(|(facts, rows)| {
            let mut seeker = Seeker::default();
            for (fact, row) in facts.iter_mut().zip(rows) {
                let row = row.as_ref().filter(|_| !among || fact.is_found);
                fact.is_found = row.is_some_and(|row| query.holds(row, &mut seeker));
            }
        });
        self.query = query;
        self.show();
        true
    }

    fn slot(&self, slot: u32) -> Option<&Row> {
        self.rows.get(slot as usize)?.as_ref()
    }

    fn remove(&mut self, student: StudentId) {
        let Some(slot) = self.slots.remove(&student) else { return };
        for list in [&mut self.urgent, &mut self.ordered] {
            if let Some(at) = list.iter().position(|other| *other == slot) {
                list.remove(at);
            }
        }
        if let Some(row) = self.rows.get_mut(slot as usize) {
            *row = None;
        }
        self.free.push(slot);
    }

    fn insert(&mut self, row: Row, seeker: &mut Seeker) {
        let fact = Facts { is_found: self.query.holds(&row, seeker), ..facts(Some(&row)) };
        let before = |order: Option<Order>, list: &[u32]| {
            list.partition_point(|slot| {
                self.slot(*slot).is_some_and(|other| {
                    let urgent = || other.alert.before(&row.alert);
                    order.map_or_else(urgent, |order| order.before(other, &row)).is_lt()
                })
            })
        };
        let urgent = before(None, &self.urgent);
        let ordered = before(Some(self.order), &self.ordered);
        let student = row.student();
        let slot = self.free.pop().unwrap_or_else(|| {
            self.rows.push(None);
            self.facts.push(Facts::default());
            u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
        });
        if let (Some(place), Some(facts)) =
            (self.rows.get_mut(slot as usize), self.facts.get_mut(slot as usize))
        {
            (*place, *facts) = (Some(row), fact);
        }
        self.slots.insert(student, slot);
        self.urgent.insert(urgent, slot);
        self.ordered.insert(ordered, slot);
    }

    /// Puts the rows in order: by the column, and in it the most urgent first, as they stood.
    fn reorder(&mut self) {
        let mut ordered = std::mem::take(&mut self.ordered);
        ordered.clone_from(&self.urgent);
        let order = self.order;
        ordered.par_sort_by(|a, b| match (self.slot(*a), self.slot(*b)) {
            (Some(a), Some(b)) => order.compare(a, b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        self.ordered = ordered;
        self.show();
    }

    /// Cuts the ordered rows to what is asked for.
    fn show(&mut self) {
        self.cut();
        let (narrows, with_quiet) = (!self.query.is_empty(), self.query.asks_quiet());
        for fact in &mut self.facts {
            let quiet = fact.voice != Voice::Speaks && !with_quiet;
            fact.is_shown = !quiet && if narrows { fact.is_found } else { fact.is_first };
        }
        let facts = &self.facts;
        let passes = |slot: &&u32| facts.get(**slot as usize).is_some_and(|fact| fact.is_shown);
        self.shown.clear();
        self.shown.extend(self.ordered.iter().filter(passes));
        let there = || self.urgent.iter().filter_map(|slot| facts.get(*slot as usize));
        let quiet = there().filter(|fact| fact.voice != Voice::Speaks).count();
        let snoozed = there().filter(|fact| fact.voice == Voice::Snoozed).count();
        let of = self.urgent.len() - quiet;
        let shown = self.shown.len();
        let more = if narrows { 0 } else { of.saturating_sub(shown) };
        self.counts = Counts { shown, of, more, quiet, snoozed };
    }

    /// Says which rows are among the first of their owner.
    fn cut(&mut self) {
        let speaking = self.urgent.iter().filter_map(|slot| {
            let fact = self.facts.get(*slot as usize)?;
            (fact.voice == Voice::Speaks).then_some((*slot, (fact.owner, fact.severity)))
        });
        let (slots, rows): (Vec<u32>, Vec<_>) = speaking.unzip();
        for (slot, shown) in slots.into_iter().zip(first(rows, self.cap)) {
            if let Some(fact) = self.facts.get_mut(slot as usize) {
                fact.is_first = shown;
            }
        }
    }
}

fn facts(row: Option<&Row>) -> Facts {
    Facts {
        owner: row.and_then(|row| row.owner),
        severity: row.map(|row| row.alert.severity()).unwrap_or_default(),
        voice: match row {
            Some(row) if row.is_snoozed() => Voice::Snoozed,
            Some(row) if row.is_quiet() => Voice::Settled,
            Some(_) | None => Voice::Speaks,
        },
        is_found: true,
        is_first: true,
        is_shown: false,
    }
}
