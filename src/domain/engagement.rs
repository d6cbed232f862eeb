//! What one source knows of one student's engagement in one module: compact columns, never a record per figure.

use serde::{Deserialize, Serialize};
use strum::EnumIter;

use super::{batch::BatchId, id::Id, module::ModuleId, student::StudentId, word::Choice};

mod kept;

pub use kept::{Days, Kept, Told};

/// Names an engagement record.
pub type EngagementId = Id<Engagement>;

/// The signals of one source about one student in one module. Without any column it says that the student is on the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engagement {
    /// Identity.
    pub id: EngagementId,
    /// Whose.
    pub student: StudentId,
    /// In which module.
    pub module: ModuleId,
    /// Who says so.
    pub source: Source,
    /// The import that wrote it last.
    pub batch: BatchId,
    /// What it tells.
    #[serde(flatten)]
    pub kept: Kept,
    /// Whether the student takes the module again.
    pub repeating: bool,
}

/// From which program a signal came.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Moodle's grade book.
    MoodleGrades,
    /// Moodle's course log.
    MoodleLog,
    /// Moodle's list of participants.
    MoodleParticipants,
    /// Moodle's attendance activity.
    MoodleAttendance,
    /// An attendance report of Microsoft Teams.
    Teams,
    /// A class export of Turnitin.
    Turnitin,
    /// Attendance as `SEAtS` and its like export it.
    Attendance,
    /// Canvas' grade book.
    Canvas,
    /// Marks of SITS.
    Sits,
    /// Bands of an engagement dashboard, such as `StREAM` or LEAP.
    Rating,
    /// Any list of student, date and value.
    Other,
}

impl Source {
    /// The one that comes before all others.
    pub const FIRST: Self = Self::MoodleGrades;
}

impl Choice for Source {
    fn code(self) -> u8 {
        match self {
            Self::MoodleGrades => 0,
            Self::MoodleLog => 1,
            Self::MoodleParticipants => 2,
            Self::MoodleAttendance => 3,
            Self::Teams => 4,
            Self::Turnitin => 5,
            Self::Attendance => 6,
            Self::Canvas => 7,
            Self::Sits => 8,
            Self::Rating => 9,
            Self::Other => 10,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::MoodleGrades => "Moodle grade book",
            Self::MoodleLog => "Moodle course log",
            Self::MoodleParticipants => "Moodle participants",
            Self::MoodleAttendance => "Moodle attendance",
            Self::Teams => "Teams attendance report",
            Self::Turnitin => "Turnitin class list",
            Self::Attendance => "attendance list",
            Self::Canvas => "Canvas grade book",
            Self::Sits => "SITS marks",
            Self::Rating => "engagement ratings",
            Self::Other => "list of dates and values",
        }
    }
}
