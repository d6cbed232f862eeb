//! What a column of any list may say.

use strum::VariantArray;

use crate::exchange::headers::{self, Column};

/// What a column says. There is none for who somebody is but their number, address and name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(in super::super) enum Field {
    /// Student number.
    Number,
    /// E-mail address.
    Email,
    /// Whole name.
    Name,
    /// First name.
    First,
    /// Family name.
    Family,
    /// The module the row is about.
    Module,
    /// The day.
    Date,
    /// Whether, or how often, somebody was active online that day.
    Active,
    /// Whether somebody came, or how many percent of the sessions up to that day they came to.
    Attendance,
    /// The session.
    Session,
    /// Sessions expected up to that day.
    Expected,
    /// Sessions attended up to that day.
    Attended,
    /// The piece of work.
    Piece,
    /// The day something was handed in, or whether.
    Handed,
    /// A mark.
    Mark,
    /// What it is out of.
    OutOf,
    /// A band of engagement.
    Rating,
    /// Whether the module is taken again.
    Repeats,
}

impl Field {
    /// Whom a row is about.
    pub(super) const WHO: [Self; 5] =
        [Self::Number, Self::Email, Self::Name, Self::First, Self::Family];
    /// What somebody did.
    pub(super) const VALUES: [Self; 7] = [
        Self::Active,
        Self::Attendance,
        Self::Attended,
        Self::Handed,
        Self::Mark,
        Self::Rating,
        Self::Repeats,
    ];
    /// What says nothing without a day.
    pub(super) const DATED: [Self; 4] =
        [Self::Active, Self::Attendance, Self::Attended, Self::Rating];

    /// What it is called.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Number => "student number",
            Self::Email => "e-mail",
            Self::Name => "name",
            Self::First => "first name",
            Self::Family => "family name",
            Self::Module => "module",
            Self::Date => "date",
            Self::Active => "active online",
            Self::Attendance => "attendance",
            Self::Session => "session",
            Self::Expected => "sessions expected",
            Self::Attended => "sessions attended",
            Self::Piece => "piece of work",
            Self::Handed => "handed in",
            Self::Mark => "mark",
            Self::OutOf => "marked out of",
            Self::Rating => "rating",
            Self::Repeats => "repeats the module",
        }
    }

    /// What all are called.
    pub(in super::super) fn labels() -> Vec<&'static str> {
        Self::VARIANTS.iter().map(|field| field.label()).collect()
    }

    /// The field of a label, or of another word that people and headers have for it.
    pub(super) fn named(label: &str) -> Option<Self> {
        let plain = headers::plain(label);
        let field = Self::VARIANTS.iter().find(|field| headers::plain(field.label()) == plain);
        let named = |names: &&(Self, &str)| names.1.split(' ').any(|name| name == plain);
        field.copied().or_else(|| NAMES.iter().find(named).map(|(field, _)| *field))
    }

    /// The field of a column of students.
    pub(super) fn of_column(column: Column) -> Option<Self> {
        let fields = [
            (Column::Number, Self::Number),
            (Column::Email, Self::Email),
            (Column::FullName, Self::Name),
            (Column::FirstName, Self::First),
            (Column::FamilyName, Self::Family),
        ];
        fields.iter().find(|(known, _)| *known == column).map(|(_, field)| *field)
    }
}

/// Other words, as [`headers::plain`] leaves them.
#[rustfmt::skip]
const NAMES: &[(Field, &str)] = &[
    (Field::Number, "number id studentnumber studentid"),
    (Field::Email, "email mail address emailaddress"),
    (Field::Name, "fullname student"),
    (Field::Module, "modulecode modcode moduleid unit unitcode modulename moduletitle"),
    (Field::Date, "day when activitydate eventdate sessiondate weekcommencing weekstart datetime timestamp"),
    (Field::Active, "active activity activities logins logincount hits clicks views vle vleactivity onlineactivity \
        activitycount activityminutes minutesonline pageviews accesses activedays"),
    (Field::Attendance, "attendancestatus attendancepercentage attendancerate percentageattendance percentattended \
        attendancepercent present"),
    (Field::Session, "event eventname sessionname class classname"),
    (Field::Expected, "expected sessionsexpected expectedsessions totalsessions scheduled"),
    (Field::Attended, "attended sessionsattended attendedsessions"),
    (Field::Piece, "piece assignment assessment assessmentname assignmentname coursework work task assessmenttitle"),
    (Field::Handed, "handedin handedinon submitted submissiondate datesubmitted dateofsubmission submittedon submission"),
    (Field::Mark, "grade score result percentage marks finalmark"),
    (Field::OutOf, "outof maximum maxmark maximummark max maxmarks pointspossible markedoutof"),
    (Field::Rating, "band engagementrating engagementband engagementlevel"),
    (Field::Repeats, "repeats repeating repeat"),
];
