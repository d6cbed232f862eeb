//! Students, what they study from year to year, and whom to ask when it is urgent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{id::Id, shared::Shared, word::Choice};

/// Names a student.
pub type StudentId = Id<Student>;

/// Names an enrolment.
pub type EnrolmentId = Id<Enrolment>;

/// What people call a student.
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Name {
    /// Given names; may be empty where there is only one name.
    pub given: String,
    /// Family name; may be empty.
    pub family: String,
    /// What the student wants to be called; empty if nothing else. A name with a blank, or with the
    /// family name, in it stands for the whole name.
    pub preferred: String,
}

impl Name {
    /// The name as the student wants it, for every screen and letter.
    #[must_use]
    pub fn shown(&self) -> String {
        let first = if self.preferred.is_empty() { &self.given } else { &self.preferred };
        let whole = self.preferred.contains(' ')
            || (!self.family.is_empty() && self.preferred.contains(&self.family));
        if whole || self.family.is_empty() {
            first.clone()
        } else if first.is_empty() {
            self.family.clone()
        } else {
            format!("{first} {}", self.family)
        }
    }

    /// What one says to the student: the preferred name, else the first given name.
    #[must_use]
    pub fn first(&self) -> &str {
        let name = if self.preferred.is_empty() { &self.given } else { &self.preferred };
        name.split(' ').next().filter(|first| !first.is_empty()).unwrap_or(&self.family)
    }
}

/// Someone besides the tutor: a placement's key contact (LEI 2.3) or a trusted contact for urgent risk.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// School, institution, company, or relation to the student.
    pub belongs: String,
    /// Telephone or e-mail.
    pub reach: String,
}

/// One student. The number is an attribute, not the identity.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// Identity.
    pub id: StudentId,
    /// Student number as the institution writes it, leading zeros kept, without `/1`.
    pub number: String,
    /// Names.
    pub name: Name,
    /// Pronouns; empty if not given.
    pub pronouns: String,
    /// University e-mail address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// First day at the institution.
    pub entry: Option<NaiveDate>,
    /// In their first year here (LJM Introduction, WST 2.2); none if unknown.
    pub new_entrant: Option<bool>,
    /// The eighteenth birthday, where it lies ahead at entry (ESX SPT5); drives duties, never points.
    pub under_18_until: Option<NaiveDate>,
    /// Key contacts of a placement or year abroad (LEI 2.3).
    pub placement_contacts: Vec<Person>,
    /// Whom to call at urgent risk.
    pub trusted_contacts: Vec<Person>,
}

/// What a student studies from one day to another; past duties need past values.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Identity.
    pub id: EnrolmentId,
    /// Whose.
    pub student: StudentId,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it runs.
    pub to: Option<NaiveDate>,
    /// The `1` of a number such as `20481234/1`; empty if not given.
    pub sequence: Shared,
    /// Programme, as printed: `BSc Computer Science`.
    pub programme: Shared,
    /// Programme or route code; may be empty.
    pub programme_code: Shared,
    /// Lead school (LEI 2.3); may be empty.
    pub school: Shared,
    /// Second discipline of a joint degree (LEI 2.3); may be empty.
    pub second_discipline: Shared,
    /// FHEQ level, 3 to 8.
    pub level: Option<u8>,
    /// Year of the programme, from 1.
    pub stage: Option<u8>,
    /// Mode of study.
    pub mode: Mode,
    /// Kind of study.
    pub kind: KindOfStudy,
    /// Status.
    pub status: Status,
}

impl Enrolment {
    /// Whether it runs on that day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// How a student studies (LEI Purpose 1).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// On campus, full-time.
    FullTime,
    /// Part-time.
    PartTime,
    /// At a distance.
    DistanceLearning,
}

impl Choice for Mode {
    fn code(self) -> u8 {
        match self {
            Self::FullTime => 0,
            Self::PartTime => 1,
            Self::DistanceLearning => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::FullTime => "full-time",
            Self::PartTime => "part-time",
            Self::DistanceLearning => "distance learning",
        }
    }
}

/// What kind of programme (LEI 2.3, LDS Recommendations).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum KindOfStudy {
    /// One discipline.
    SingleHonours,
    /// Two disciplines, one lead school.
    JointHonours,
    /// Several disciplines.
    Multidisciplinary,
    /// Level 3.
    Foundation,
    /// A taught master or diploma.
    TaughtPostgraduate,
    /// A research degree.
    Research,
    /// Here for a part of their studies elsewhere.
    IncomingExchange,
    /// A programme with a placement.
    WorkPlacement,
    /// Continuing professional development: a named contact only (LJM 1).
    Cpd,
}

impl Choice for KindOfStudy {
    fn code(self) -> u8 {
        match self {
            Self::SingleHonours => 0,
            Self::JointHonours => 1,
            Self::Multidisciplinary => 2,
            Self::Foundation => 3,
            Self::TaughtPostgraduate => 4,
            Self::Research => 5,
            Self::IncomingExchange => 6,
            Self::WorkPlacement => 7,
            Self::Cpd => 8,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::SingleHonours => "single honours",
            Self::JointHonours => "joint honours",
            Self::Multidisciplinary => "multidisciplinary",
            Self::Foundation => "foundation year",
            Self::TaughtPostgraduate => "taught postgraduate",
            Self::Research => "research degree",
            Self::IncomingExchange => "incoming study abroad",
            Self::WorkPlacement => "work placement",
            Self::Cpd => "CPD",
        }
    }
}

/// Where a student stands (LEI Purpose 1).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Studying here.
    Enrolled,
    /// Away at another institution.
    YearAbroad,
    /// Away at a company.
    YearInIndustry,
    /// Only resits, not on campus; still to be contacted (LEI 2.3).
    ResitWithoutResidence,
    /// Studies suspended.
    Interrupted,
    /// Left without finishing.
    Withdrawn,
    /// Finished.
    Completed,
}

impl Choice for Status {
    fn code(self) -> u8 {
        match self {
            Self::Enrolled => 0,
            Self::YearAbroad => 1,
            Self::YearInIndustry => 2,
            Self::ResitWithoutResidence => 3,
            Self::Interrupted => 4,
            Self::Withdrawn => 5,
            Self::Completed => 6,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::YearAbroad => "year abroad",
            Self::YearInIndustry => "year in industry",
            Self::ResitWithoutResidence => "resit without residence",
            Self::Interrupted => "interrupted",
            Self::Withdrawn => "withdrawn",
            Self::Completed => "completed",
        }
    }
}

impl Status {
    /// Whether the student is still with us; nobody in these groups drops off a list (LEI Purpose 1).
    #[must_use]
    pub fn is_current(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::Completed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(given: &str, family: &str, preferred: &str) -> String {
        let name = Name { given: given.into(), family: family.into(), preferred: preferred.into() };
        name.shown()
    }

    #[test]
    fn a_student_is_called_as_they_want_to_be() {
        assert_eq!(shown("Dafydd", "ap Rhys", "Dai"), "Dai ap Rhys");
        assert_eq!(shown("Dafydd", "ap Rhys", ""), "Dafydd ap Rhys");
        assert_eq!(shown("伟", "陈", "陈伟 Chen Wei"), "陈伟 Chen Wei");
        assert_eq!(shown("さくら", "田辺", "田辺さくら"), "田辺さくら");
        assert_eq!(shown("Suryati", "", ""), "Suryati");
        assert_eq!(shown("", "Suryati", ""), "Suryati");
    }
}
