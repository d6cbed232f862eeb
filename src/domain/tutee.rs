//! The rows of the list of tutees, and whose students it shows.

use std::{cmp::Ordering, fmt};

use chrono::NaiveDate;

use super::{
    alert::last_two_way,
    file::StudentFile,
    fold::fold,
    obligation::Progress,
    reason::Severity,
    records::Records,
    student::StudentId,
    tutor::{Role, TutorId},
};

/// Whose students a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The tutees of this tutor.
    MyTutees(TutorId),
    /// The students of this school, by enrolment or by their tutor; and those of whom neither says a school, for nobody
    /// else would look after them.
    MySchool(String),
    /// Everybody.
    All,
}

impl Scope {
    /// The scope that the role of the profile's owner asks for.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        match records.me() {
            Some(me) if me.role == Role::Tutor => Self::MyTutees(me.id),
            Some(me) if !me.school.is_empty() => Self::MySchool(me.school.clone()),
            Some(_) | None => Self::All,
        }
    }

    /// What the frame of the list is called.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Self::MyTutees(_) => "Tutees",
            Self::MySchool(_) => "My school",
            Self::All => "All students",
        }
    }

    /// Whether the student is in it. Who has left is in none but the last.
    #[must_use]
    pub fn holds(&self, records: &Records, file: &StudentFile, today: NaiveDate) -> bool {
        match self {
            Self::All => true,
            Self::MyTutees(tutor) => file.is_tutee_of(*tutor, today) && file.is_current(today),
            Self::MySchool(school) => {
                let same = |other: &str| fold(other) == fold(school);
                let enrolled = file.enrolment(today).map_or("", |enrolment| &enrolment.school);
                let tutor = file.allocation(today).and_then(|it| records.tutor(it.tutor));
                let tutored = tutor.map_or("", |tutor| &tutor.school);
                let unknown = enrolled.is_empty() && tutored.is_empty();
                file.is_current(today) && (unknown || same(enrolled) || same(tutored))
            }
        }
    }
}

/// One row of the list.
#[derive(Clone, PartialEq, Eq)]
pub struct Tutee {
    /// Who.
    pub student: StudentId,
    /// How urgent the highest alert is.
    pub severity: Option<Severity>,
    /// The name as the student wants it.
    pub name: String,
    /// The same without case and accents, to sort by.
    pub folded: String,
    /// The student number.
    pub number: String,
    /// The programme of now; empty if there is none.
    pub programme: String,
    /// The level of now.
    pub level: Option<u8>,
    /// The day of the last two-way contact.
    pub reached: Option<NaiveDate>,
    /// The slots of the policy that are met this year, of those expected; none without a policy.
    pub slots: Option<Progress>,
}

impl Tutee {
    /// The row of a student.
    #[must_use]
    pub fn of(
        records: &Records,
        file: &StudentFile,
        severity: Option<Severity>,
        today: NaiveDate,
    ) -> Self {
        let enrolment = file.enrolment(today);
        let name = file.student.name.shown();
        Self {
            student: file.student.id,
            severity,
            folded: fold(&name).into_owned(),
            name,
            number: file.student.number.clone(),
            programme: enrolment.map_or_else(String::new, |it| it.programme.to_string()),
            level: enrolment.and_then(|it| it.level),
            reached: last_two_way(records, file, today),
            slots: None,
        }
    }

    /// Days since the last two-way contact.
    #[must_use]
    pub fn days(&self, today: NaiveDate) -> Option<i64> {
        self.reached.map(|day| (today - day).num_days())
    }

    /// How many slots are not met.
    fn lacks(&self) -> u8 {
        self.slots.map_or(0, |slots| slots.of.saturating_sub(slots.held))
    }

    /// The order of the list.
    #[must_use]
    pub fn before(&self, other: &Self, sort: Sort) -> Ordering {
        let first = match sort {
            Sort::Alert => other.severity.cmp(&self.severity),
            Sort::Name => Ordering::Equal,
            Sort::Days => self.reached.cmp(&other.reached),
            Sort::Slots => other.lacks().cmp(&self.lacks()),
            // Who has none comes last.
            Sort::Level => {
                (self.level.is_none(), self.level).cmp(&(other.level.is_none(), other.level))
            }
            Sort::Programme => {
                let key = |it: &Self| (it.programme.is_empty(), fold(&it.programme).into_owned());
                key(self).cmp(&key(other))
            }
            Sort::Number => self.number.cmp(&other.number),
        };
        first
            .then_with(|| self.folded.cmp(&other.folded))
            .then_with(|| self.number.cmp(&other.number))
            .then_with(|| self.student.cmp(&other.student))
    }
}

/// Prints the id, never the name.
impl fmt::Debug for Tutee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} …", self.student)
    }
}

/// By what the list of tutees is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The most urgent first.
    #[default]
    Alert,
    /// By name.
    Name,
    /// Who was not reached for longest first.
    Days,
    /// Who lacks most slots of the policy first.
    Slots,
    /// By level.
    Level,
    /// By programme.
    Programme,
    /// By student number.
    Number,
}

impl Sort {
    /// Every order, those first that follow each other.
    pub const ALL: [Self; 7] = [
        Self::Alert,
        Self::Name,
        Self::Days,
        Self::Slots,
        Self::Level,
        Self::Programme,
        Self::Number,
    ];

    /// What the frame says.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Alert => "by alert",
            Self::Name => "by name",
            Self::Days => "by days",
            Self::Slots => "by slots",
            Self::Level => "by level",
            Self::Programme => "by programme",
            Self::Number => "by number",
        }
    }

    /// What it puts first.
    #[must_use]
    pub const fn first(self) -> &'static str {
        match self {
            Self::Alert => "the most urgent first",
            Self::Name | Self::Programme => "from A to Z",
            Self::Days => "who was not reached for longest first",
            Self::Slots => "who lacks most meetings first",
            Self::Level | Self::Number => "the lowest first",
        }
    }

    /// The one after: of those that most work goes by.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Alert => Self::Name,
            Self::Name => Self::Days,
            Self::Days | Self::Slots | Self::Level | Self::Programme | Self::Number => Self::Alert,
        }
    }
}
