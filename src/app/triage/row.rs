//! One row of the triage list: what a student is ordered and found by. Text that only a picture needs is not made
//! here, so that a row costs little and most are never drawn.

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use crate::domain::{
    alert::Alert, decision::Verdict, file::StudentFile, fold::fold, ladder, policy::Policy,
    records::Records, student::StudentId, tutor::TutorId,
};

/// What rows depend on besides the alerts.
#[derive(Clone, Copy)]
pub struct Eyes<'a> {
    /// Everything that the profile knows.
    pub records: &'a Records,
    /// The policy in use, whose ladders they are.
    pub policy: Option<&'a Policy>,
    /// The day.
    pub today: NaiveDate,
}

/// The tutors in the order of their names: a row holds the place of one in it.
#[derive(Clone, Default)]
pub struct Names {
    places: BTreeMap<TutorId, u32>,
    all: Vec<(String, TutorId)>,
}

impl Names {
    /// The tutors of a profile.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let mut all: Vec<(String, TutorId)> =
            records.tutors().map(|it| (fold(&it.name).into_owned(), it.id)).collect();
        all.sort_unstable();
        let places = all.iter().zip(0..).map(|((_, tutor), place)| (*tutor, place)).collect();
        Self { places, all }
    }

    /// The place of a tutor.
    #[must_use]
    pub fn place(&self, tutor: TutorId) -> Option<u32> {
        self.places.get(&tutor).copied()
    }

    /// The tutor at a place.
    #[must_use]
    pub fn tutor(&self, place: u32) -> Option<TutorId> {
        self.all.get(place as usize).map(|(_, tutor)| *tutor)
    }

    /// How many tutors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is no tutor.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The places of the tutors whose name holds the folded text.
    #[must_use]
    pub fn named(&self, text: &str) -> Vec<u32> {
        let named = self.all.iter().zip(0..).filter(|((name, _), _)| name.contains(text));
        named.map(|(_, place)| place).collect()
    }
}

/// The step of a ladder that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Which step is next, or was the last one, as people count.
    pub at: u8,
    /// How many there are.
    pub of: u8,
}

/// Between the fields that typed letters are looked for in.
pub(super) const BETWEEN: char = '\n';

/// One student's row.
#[derive(Clone)]
pub struct Row {
    /// Why, since when, and what is next.
    pub alert: Arc<Alert>,
    /// The name as the student wants it, without case and accents, to sort by.
    pub folded: Box<str>,
    /// Name, number, tutor and programme, one after the other: what typed letters find.
    pub line: Box<str>,
    /// The tutor, by the place of the name.
    pub tutor: Option<u32>,
    /// Who acts, by the place of the name.
    pub owner: Option<u32>,
    /// The level of now.
    pub level: Option<u8>,
    /// Where the ladder stands that runs.
    pub step: Option<Step>,
    /// When something is due next.
    pub due: Option<NaiveDate>,
}

impl Row {
    /// The row of an alert; none if the student is not there.
    #[must_use]
    pub fn of(alert: &Arc<Alert>, names: &Names, eyes: Eyes<'_>) -> Option<Self> {
        let file = eyes.records.file(alert.student)?;
        let enrolment = file.enrolment(eyes.today);
        let tutor = file.allocation(eyes.today).map(|allocation| allocation.tutor);
        let name = file.student.name.shown();
        let taught = tutor.and_then(|tutor| eyes.records.tutor(tutor));
        let line = [
            name.as_str(),
            "\n",
            file.student.number.as_str(),
            "\n",
            taught.map_or("", |tutor| tutor.name.as_str()),
            "\n",
            enrolment.map_or("", |it| &*it.programme),
        ];
        let (step, due) = ladder_of(file, eyes);
        Some(Self {
            alert: Arc::clone(alert),
            folded: fold(&name).into(),
            line: line.concat().into(),
            tutor: tutor.and_then(|tutor| names.place(tutor)),
            owner: alert.owner.and_then(|tutor| names.place(tutor)),
            level: enrolment.and_then(|it| it.level),
            step,
            due: due.into_iter().chain(duties(file)).min(),
        })
    }

    /// Whose.
    #[must_use]
    pub fn student(&self) -> StudentId {
        self.alert.student
    }

    /// Whether a decision quietens it.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.alert.quiet.is_some()
    }

    /// Whether it is quiet because it was snoozed.
    #[must_use]
    pub fn is_snoozed(&self) -> bool {
        let quiet = self.alert.quiet.as_ref();
        quiet.is_some_and(|quiet| matches!(quiet.verdict, Verdict::Snoozed { .. }))
    }

    /// For how many days it has been on the list.
    #[must_use]
    pub fn age(&self, today: NaiveDate) -> i64 {
        (today - self.alert.first_seen).num_days()
    }

    /// Why, in the words of the most urgent reason.
    #[must_use]
    pub fn why(&self) -> &str {
        self.alert.reasons.first().map_or("", |reason| reason.evidence.as_str())
    }
}

/// The ladder that runs and is due first, and when its next step is.
fn ladder_of(file: &StudentFile, eyes: Eyes<'_>) -> (Option<Step>, Option<NaiveDate>) {
    let open = file.ladders.iter().filter(|ladder| ladder.is_open());
    let placed = open.filter_map(|one| {
        let rule = eyes.policy?.ladder(&one.ladder)?;
        let of = u8::try_from(rule.steps.len()).unwrap_or(u8::MAX);
        match ladder::state(rule, one, eyes.records, file) {
            ladder::State::Due(next) => {
                Some((Step { at: next.at.saturating_add(1), of }, Some(next.due)))
            }
            ladder::State::Finished { until } => Some((Step { at: of, of }, Some(until))),
            ladder::State::Reached { .. } => {
                let at = u8::try_from(one.taken.len()).unwrap_or(of);
                Some((Step { at: at.min(of), of }, None))
            }
            ladder::State::Ended => None,
        }
    });
    let first = placed.min_by_key(|(_, due)| (due.is_none(), *due));
    first.map_or((None, None), |(step, due)| (Some(step), due))
}

/// The days of open actions and follow-ups.
fn duties(file: &StudentFile) -> impl Iterator<Item = NaiveDate> {
    let actions = file.actions.iter().filter(|action| action.done.is_none());
    let referrals = file.referrals.iter().filter(|referral| referral.outcome.is_none());
    actions.filter_map(|action| action.due).chain(referrals.filter_map(|it| it.follow_up))
}

/// The columns of the list.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, strum::VariantArray,
)]
pub enum Column {
    /// How soon somebody should act.
    #[default]
    Severity,
    /// Who.
    Student,
    /// Whose tutee.
    Tutor,
    /// The most urgent reason.
    Why,
    /// Since when it is on the list.
    FirstSeen,
    /// How many days that is ago.
    Age,
    /// Where the ladder stands.
    Step,
    /// Who acts.
    Owner,
    /// When something is due next.
    Due,
}

impl Column {
    /// What its head says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Severity => "Severity",
            Self::Student => "Student",
            Self::Tutor => "Tutor",
            Self::Why => "Why",
            Self::FirstSeen => "First seen",
            Self::Age => "Age",
            Self::Step => "Ladder",
            Self::Owner => "Owner",
            Self::Due => "Next due",
        }
    }

    /// The word for it in a saved view.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Student => "student",
            Self::Tutor => "tutor",
            Self::Why => "why",
            Self::FirstSeen => "first seen",
            Self::Age => "age",
            Self::Step => "ladder",
            Self::Owner => "owner",
            Self::Due => "next due",
        }
    }
}

/// By which column the list is ordered, and which way round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// Whether the order is the other way round than that of the column.
    pub turned: bool,
}

/// What follows the word of a column whose order is turned.
const TURNED: &str = " turned";

impl Order {
    /// The order of a column.
    #[must_use]
    pub const fn by(column: Column) -> Self {
        Self { column, turned: false }
    }

    /// The words for it in a saved view.
    #[must_use]
    pub fn words(self) -> String {
        let word = self.column.word();
        if self.turned { [word, TURNED].concat() } else { word.to_owned() }
    }

    /// The order of which these are the words; the first of all if they are of none.
    #[must_use]
    pub fn parse(words: &str) -> Self {
        let (word, turned) = words.strip_suffix(TURNED).map_or((words, false), |word| (word, true));
        let mut columns = <Column as strum::VariantArray>::VARIANTS.iter();
        let column = columns.find(|column| column.word() == word);
        column.map_or_else(Self::default, |column| Self { column: *column, turned })
    }

    /// Whether small comes first, for the sign in the head.
    #[must_use]
    pub const fn rises(self) -> bool {
        let rises = !matches!(self.column, Column::Severity | Column::Age | Column::Step);
        rises != self.turned
    }

    /// Compares two rows by the column alone; who has nothing in it comes last, which way round whatsoever.
    #[must_use]
    pub fn compare(self, a: &Row, b: &Row) -> Ordering {
        let known = |a: bool, b: bool| b.cmp(&a);
        let (last, first) = match self.column {
            Column::Severity => (Ordering::Equal, b.alert.severity().cmp(&a.alert.severity())),
            Column::Student => (Ordering::Equal, a.folded.cmp(&b.folded)),
            Column::Tutor => (known(a.tutor.is_some(), b.tutor.is_some()), a.tutor.cmp(&b.tutor)),
            Column::Why => (Ordering::Equal, why(a).cmp(&why(b))),
            Column::FirstSeen | Column::Age => {
                (Ordering::Equal, a.alert.first_seen.cmp(&b.alert.first_seen))
            }
            Column::Step => (known(a.step.is_some(), b.step.is_some()), b.step.cmp(&a.step)),
            Column::Owner => (known(a.owner.is_some(), b.owner.is_some()), a.owner.cmp(&b.owner)),
            Column::Due => (known(a.due.is_some(), b.due.is_some()), a.due.cmp(&b.due)),
        };
        last.then(if self.turned { first.reverse() } else { first })
    }

    /// The whole order: by the column, then the most urgent first.
    #[must_use]
    pub fn before(self, a: &Row, b: &Row) -> Ordering {
        self.compare(a, b).then_with(|| a.alert.before(&b.alert))
    }
}

/// Like reasons stand together.
fn why(row: &Row) -> Option<(crate::domain::reason::ReasonKind, &str)> {
    row.alert.reasons.first().map(|reason| (reason.kind, reason.evidence.as_str()))
}
