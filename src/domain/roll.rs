//! What a tutee list says about each student, before it is compared with the records.
//!
//! It holds only what was said: an empty text or `None` never erases what is known.

use chrono::NaiveDate;

use super::student::{KindOfStudy, Mode, Status};

/// What a list says about one student, from one row or from several.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// The row that it was first said in, from 1.
    pub row: u32,
    /// Student number without `/1`; empty if not given.
    pub number: String,
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// What the student wants to be called.
    pub preferred: String,
    /// Pronouns.
    pub pronouns: String,
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// First day at the institution.
    pub entry: Option<NaiveDate>,
    /// In their first year here.
    pub new_entrant: Option<bool>,
    /// The eighteenth birthday, where it lies ahead at entry.
    pub under_18_until: Option<NaiveDate>,
    /// What they study: several for `…/1` and `…/2`.
    pub enrolments: Vec<ListedEnrolment>,
    /// Who tutors them.
    pub tutor: Option<ListedTutor>,
}

/// What a list says about an enrolment.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ListedEnrolment {
    /// The `1` of `20481234/1`.
    pub sequence: String,
    /// Programme, as printed.
    pub programme: String,
    /// Programme code.
    pub programme_code: String,
    /// Lead school.
    pub school: String,
    /// Second discipline.
    pub second_discipline: String,
    /// FHEQ level, 3 to 8.
    pub level: Option<u8>,
    /// Year of the programme.
    pub stage: Option<u8>,
    /// Mode of study.
    pub mode: Option<Mode>,
    /// Kind of study.
    pub kind: Option<KindOfStudy>,
    /// Status.
    pub status: Option<Status>,
    /// The academic year it is for, by the year of its September.
    pub year: Option<i32>,
}

impl ListedEnrolment {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let texts = [&self.sequence, &self.programme, &self.programme_code, &self.school];
        texts.iter().all(|text| text.is_empty())
            && self.second_discipline.is_empty()
            && (self.level, self.stage, self.mode) == (None, None, None)
            && (self.kind, self.status, self.year) == (None, None, None)
    }
}

/// What a list says about a tutor; at least one text is not empty.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct ListedTutor {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Staff number.
    pub number: String,
}

impl ListedTutor {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.email.is_empty() && self.number.is_empty()
    }
}

/// A row that is not imported, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The row in the file, from 1.
    pub row: u32,
    /// The column as messages call it; empty if it is the row as a whole.
    pub column: String,
    /// The reason, without content of the row.
    pub reason: String,
}

/// Something the reader should know about a row that is imported.
#[derive(Clone, PartialEq, Eq)]
pub struct Remark {
    /// The row in the file, from 1; 0 if it is about the file as a whole.
    pub row: u32,
    /// The column as messages call it; empty if it is the row as a whole.
    pub column: String,
    /// What was done, without content of the row.
    pub text: String,
}

mod redacted {
    //! These hold personal text and print as rows alone.

    use std::fmt::{Debug, Formatter, Result};

    use super::{Listed, ListedEnrolment, ListedTutor, Rejected, Remark};

    impl Debug for Listed {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            write!(f, "Listed(row {}, …)", self.row)
        }
    }

    impl Debug for ListedEnrolment {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            f.write_str("ListedEnrolment(…)")
        }
    }

    impl Debug for ListedTutor {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            f.write_str("ListedTutor(…)")
        }
    }

    impl Debug for Rejected {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            write!(f, "Rejected(row {}, {:?})", self.row, self.reason)
        }
    }

    impl Debug for Remark {
        fn fmt(&self, f: &mut Formatter<'_>) -> Result {
            write!(f, "Remark(row {}, {:?})", self.row, self.text)
        }
    }
}
