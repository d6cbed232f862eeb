//! The duties of who works here, and for a senior tutor what presses the tutors of the school: derived again
//! whenever something changes that they come from.

use chrono::NaiveDate;

use crate::domain::{
    change::{Change, Part},
    policy::Policy,
    record::Kind,
    records::Records,
    tutor_duty::{TutorDutyState, school_duties, tutor_duties},
};

/// What is shown of the duties of tutors.
#[derive(Debug, Clone, Default)]
pub struct Duties {
    /// Those of who works here, the most pressing first.
    pub mine: Vec<TutorDutyState>,
    /// What presses the other tutors of a senior tutor's school.
    pub school: Vec<TutorDutyState>,
}

impl Duties {
    /// The duties by this policy on this day; none without a policy.
    #[must_use]
    pub fn of(policy: Option<&Policy>, records: &Records, today: NaiveDate) -> Self {
        let rules = policy.filter(|policy| !policy.tutor_duties.is_empty());
        let Some((policy, me)) = rules.zip(records.me()) else { return Self::default() };
        Self {
            mine: tutor_duties(policy, records, me.id, today),
            school: school_duties(policy, records, me.id, today),
        }
    }

    /// Whether a change touches what duties come from.
    #[must_use]
    pub fn are_touched_by(change: &Change) -> bool {
        let kinds = [
            Kind::Profile,
            Kind::Tutor,
            Kind::Calendar,
            Kind::Student,
            Kind::Enrolment,
            Kind::Allocation,
            Kind::Training,
            Kind::Absence,
            Kind::RoleTerm,
            Kind::DutyDone,
        ];
        let mut targets = change.parts.iter().filter_map(Part::target);
        targets.any(|(_, id)| kinds.contains(&id.kind))
    }

    /// How many of one's own press.
    #[must_use]
    pub fn pressing(&self) -> usize {
        self.mine.iter().filter(|duty| duty.is_pressing()).count()
    }

    /// The same in fewer words: `6 duties`.
    #[must_use]
    pub fn short(&self) -> String {
        match self.pressing() + self.school.len() {
            1 => "1 duty".into(),
            many => format!("{many} duties"),
        }
    }

    /// What the frame says of them: `2 duties`, `1 duty, 5 in the school`; nothing if none presses.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let mine = match self.pressing() {
            0 => None,
            1 => Some("1 duty".to_owned()),
            many => Some(format!("{many} duties")),
        };
        match (mine, self.school.len()) {
            (mine, 0) => mine,
            (Some(mine), school) => Some(format!("{mine}, {school} in the school")),
            (None, 1) => Some("1 duty in the school".into()),
            (None, school) => Some(format!("{school} duties in the school")),
        }
    }
}
