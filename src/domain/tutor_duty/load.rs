//! How many tutees a tutor has: by level and in all, against the policy's numbers; and the hours for them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{DutyStatus, DutyStep, Found, Look, counted};
use crate::domain::{
    change::{Change, Conflict},
    file::StudentFile,
    policy::{Policy, TutorDuty, TutorWhat, Workload},
    record::Record,
    records::Records,
    student::StudentId,
    tutee::Scope,
    tutor::{Role, Tutor, TutorId},
};

/// The tutees of one tutor on one day: those whose allocation runs and who are with us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// How many at each level.
    pub levels: BTreeMap<u8, usize>,
    /// How many without a level.
    pub unknown: usize,
    /// All of them.
    pub tutees: Vec<StudentId>,
}

impl Load {
    fn take(&mut self, file: &StudentFile, day: NaiveDate) {
        match file.enrolment(day).and_then(|enrolment| enrolment.level) {
            Some(level) => *self.levels.entry(level).or_default() += 1,
            None => self.unknown += 1,
        }
        self.tutees.push(file.student.id);
    }

    /// The level at which most are, and how many.
    fn fullest(&self) -> Option<(u8, usize)> {
        self.levels.iter().map(|(level, many)| (*level, *many)).max_by_key(|(_, many)| *many)
    }
}

/// The tutees of tutors on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loads(BTreeMap<TutorId, Load>);

impl Loads {
    /// Those of every tutor.
    #[must_use]
    pub fn all(records: &Records, day: NaiveDate) -> Self {
        Self::count(records, day, |_| true)
    }

    /// Those of one tutor.
    #[must_use]
    pub fn of(records: &Records, tutor: TutorId, day: NaiveDate) -> Self {
        Self::count(records, day, |other| other == tutor)
    }

    fn count(records: &Records, day: NaiveDate, wanted: impl Fn(TutorId) -> bool) -> Self {
        let mut loads: BTreeMap<TutorId, Load> = BTreeMap::new();
        for file in records.files() {
            let tutor = file.allocation(day).map(|held| held.tutor).filter(|it| wanted(*it));
            if let Some(tutor) = tutor
                && file.is_current(day)
            {
                loads.entry(tutor).or_default().take(file, day);
            }
        }
        Self(loads)
    }

    /// Those of this tutor, if there are any.
    #[must_use]
    pub fn get(&self, tutor: TutorId) -> Option<&Load> {
        self.0.get(&tutor)
    }
}

/// How far a load is over the numbers, and at which level; the first number is the largest excess.
struct Excess {
    by: usize,
    words: Vec<String>,
}

impl Excess {
    /// `11 at level 4 where 10 are normal`, `31 in all where 30 are normal`.
    fn of(load: &Load, per_level: Option<u16>, total: Option<u16>) -> Self {
        let levels = load
            .levels
            .iter()
            .map(|(level, many)| (*many, per_level, format!("{many} at level {level}")));
        let all = load.tutees.len();
        let all = (all, total, format!("{all} in all"));
        let mut excess = Self { by: 0, words: Vec::new() };
        for (many, most, words) in levels.chain([all]) {
            let Some(most) = most.map(usize::from).filter(|most| many > *most) else { continue };
            excess.by = excess.by.max(many - most);
            excess.words.push(format!("{words} where {most} are normal"));
        }
        excess
    }
}

impl Look<'_> {
    pub(super) fn load(&self, tutor: TutorId) -> Load {
        self.loads.get(tutor).cloned().unwrap_or_default()
    }

    pub(super) fn caseload(
        self,
        per_level: Option<u16>,
        total: Option<u16>,
        tutor: &Tutor,
    ) -> Found {
        let load = self.load(tutor.id);
        let excess = Excess::of(&load, per_level, total);
        let mut evidence = if excess.by > 0 {
            let mut words = excess.words;
            if let Some(most) = total.filter(|most| load.tutees.len() <= usize::from(*most)) {
                words.push(format!("{} of {most} in all", load.tutees.len()));
            }
            words.join(", ")
        } else {
            within(&load, per_level, total)
        };
        if load.unknown > 0 {
            evidence = format!("{evidence}; {} without a level", load.unknown);
        }
        let fullest = load.fullest().map_or(0, |(_, many)| many);
        let could_be = per_level.is_some_and(|most| fullest + load.unknown > usize::from(most));
        let status = match excess.by {
            0 if load.unknown > 0 && could_be => DutyStatus::Unknown,
            0 => DutyStatus::Fine,
            by => DutyStatus::Over(by),
        };
        Found::new(status, evidence, DutyStep::None)
    }

    pub(super) fn workload(self, hours: &Workload, role: Option<Role>, tutor: &Tutor) -> Found {
        let (many, whose) = if role == Some(Role::SeniorTutor) {
            (self.students_of_school(tutor), "students of the school")
        } else {
            (self.load(tutor.id).tutees.len(), "tutees")
        };
        let evidence =
            format!("{} for {many} {whose}: {}", counted(hours.hours(many), "hour"), hours.words());
        Found::new(DutyStatus::Fine, evidence, DutyStep::None)
    }

    /// How many students a senior tutor answers for.
    fn students_of_school(self, senior: &Tutor) -> usize {
        let scope = match senior.school.as_str() {
            "" => Scope::All,
            school => Scope::MySchool(school.to_owned()),
        };
        let (records, today) = (self.records, self.today);
        let counts =
            |file: &&_| StudentFile::is_current(file, today) && scope.holds(records, file, today);
        records.files().map(|file| &**file).filter(counts).count()
    }
}

/// `24 of 30 in all; the most at one level: 9 of 10 at level 4`.
fn within(load: &Load, per_level: Option<u16>, total: Option<u16>) -> String {
    let mut words = Vec::new();
    let all = load.tutees.len();
    words.push(
        total.map_or_else(|| format!("{all} in all"), |most| format!("{all} of {most} in all")),
    );
    if let Some(((level, many), most)) = load.fullest().zip(per_level) {
        words.push(format!("at most {many} of {most} at one level, level {level}"));
    }
    words.join(", ")
}

/// What a change would bring over the caseload of the policy, a sentence for each tutor who gets a tutee by
/// it: `Dr Ben Ali would have 11 tutees at level 4; LJMU 1c says 10`. Nothing forbids it.
#[must_use]
pub fn overload(
    policy: &Policy,
    records: &Records,
    change: &Change,
    today: NaiveDate,
) -> Vec<String> {
    let rules: Vec<_> = policy.tutor_duties.iter().filter_map(caseload_of).collect();
    let mut day = today;
    let mut gaining = BTreeSet::new();
    for part in &change.parts {
        if let Some(Record::Allocation(new)) = &part.after
            && new.to.is_none_or(|to| to >= today)
        {
            gaining.insert(new.tutor);
            day = day.max(new.from);
        }
    }
    if rules.is_empty() || gaining.is_empty() {
        return Vec::new();
    }
    let Ok(after) = applied(records, change) else { return Vec::new() };
    let loads = |records: &Records| Loads::count(records, day, |tutor| gaining.contains(&tutor));
    let (before, then) = (loads(records), loads(&after));
    let mut said = Vec::new();
    for tutor in &gaining {
        let Some((load, name)) = then.get(*tutor).zip(after.tutor(*tutor).map(|it| &it.name))
        else {
            continue;
        };
        let nobody = Load::default();
        let had = before.get(*tutor).unwrap_or(&nobody);
        for (clause, per_level, total) in &rules {
            let cited = policy.cited(clause);
            for (what, most) in exceeded(had, load, *per_level, *total) {
                said.push(format!("{name} would have {what}; {cited} says {most}."));
            }
        }
    }
    said
}

/// Whether the policy says how many tutees are normal.
#[must_use]
pub fn has_caseload(policy: &Policy) -> bool {
    policy.tutor_duties.iter().any(|duty| caseload_of(duty).is_some())
}

type Caps<'a> = (&'a str, Option<u16>, Option<u16>);

fn caseload_of(duty: &TutorDuty) -> Option<Caps<'_>> {
    match duty.what {
        TutorWhat::Caseload { per_level, total } => Some((&duty.clause, per_level, total)),
        TutorWhat::Absence { .. }
        | TutorWhat::Training { .. }
        | TutorWhat::Term { .. }
        | TutorWhat::Yearly { .. }
        | TutorWhat::Monthly
        | TutorWhat::Workload(_) => None,
    }
}

fn applied(records: &Records, change: &Change) -> Result<Records, Conflict> {
    let mut after = records.clone();
    after.apply(change)?;
    Ok(after)
}

/// What has grown and is over its number: in words, and the number.
fn exceeded(
    had: &Load,
    load: &Load,
    per_level: Option<u16>,
    total: Option<u16>,
) -> Vec<(String, u16)> {
    let levels = load.levels.iter().map(|(level, many)| {
        let before = had.levels.get(level).copied().unwrap_or(0);
        (before, *many, per_level, format!("{many} tutees at level {level}"))
    });
    let all = load.tutees.len();
    let all = (had.tutees.len(), all, total, format!("{all} tutees in all"));
    levels
        .chain([all])
        .filter(|(before, many, ..)| many > before)
        .filter_map(|(_, many, most, words)| Some((many, most?, words)))
        .filter(|(many, most, _)| *many > usize::from(*most))
        .map(|(_, most, words)| (words, most))
        .collect()
}
