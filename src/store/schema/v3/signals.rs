//! Version 3 of engagement, weekly results and aliases: days count from the start of the module.

use serde::{Deserialize, Serialize};

use super::{Day, Id, choice, date, day};
use crate::{
    domain::{
        alias,
        batch::BatchId,
        engagement,
        module::ModuleId,
        results,
        signal::{self, EvidenceDay},
        student::StudentId,
        word::Choice,
    },
    store::error::{Error, Result},
};

#[derive(Serialize, Deserialize)]
struct Activity {
    first: i8,
    weeks: Vec<u8>,
    /// From one day, up to and without another.
    known: Vec<(i16, i16)>,
}

#[derive(Serialize, Deserialize)]
struct Session {
    day: i16,
    key: u16,
    presence: u8,
    compulsory: bool,
    read: i16,
}

#[derive(Serialize, Deserialize)]
struct Attendance {
    sessions: Vec<Session>,
    until: i16,
}

/// Mark in hundredths, the day it was given back, the day of the file.
type Marked = (u16, i16, i16);

#[derive(Serialize, Deserialize)]
struct Entry {
    piece: u16,
    extended: Option<i16>,
    handed: Option<i16>,
    checked: Option<i16>,
    mark: Option<Marked>,
}

#[derive(Serialize, Deserialize)]
struct Work {
    entries: Vec<Entry>,
    marks_until: i16,
    handed_until: i16,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Engagement {
    id: Id,
    student: Id,
    module: Id,
    source: u8,
    batch: Id,
    activity: Option<Activity>,
    attendance: Option<Attendance>,
    work: Option<Work>,
    ratings: Option<Vec<(i16, u8)>>,
    repeating: bool,
}

fn activity(it: &signal::Activity) -> Activity {
    let (first, weeks) = it.weeks();
    let known = it.known().spans().iter().map(|(from, until)| (from.0, until.0));
    Activity { first, weeks: weeks.to_vec(), known: known.collect() }
}

fn attendance(it: &signal::Attendance) -> Attendance {
    let session = |it: signal::Session| Session {
        day: it.day.0,
        key: it.key,
        presence: it.presence.code(),
        compulsory: it.compulsory,
        read: it.read.0,
    };
    Attendance { sessions: it.sessions().map(session).collect(), until: it.until().0 }
}

fn work(it: &signal::Work) -> Work {
    let entry = |it: &signal::Entry| Entry {
        piece: it.piece,
        extended: it.extended.map(|day| day.0),
        handed: it.handed.map(|day| day.0),
        checked: it.checked.map(|day| day.0),
        mark: it.mark.map(|it| (it.mark.as_hundredths(), it.seen.0, it.read.0)),
    };
    Work {
        entries: it.entries().iter().map(entry).collect(),
        marks_until: it.marks_until().0,
        handed_until: it.handed_until().0,
    }
}

fn bands(it: &signal::Ratings) -> Vec<(i16, u8)> {
    it.bands().iter().map(|(day, band)| (day.0, *band)).collect()
}

impl From<&engagement::Engagement> for Engagement {
    fn from(it: &engagement::Engagement) -> Self {
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            module: it.module.bytes(),
            source: it.source.code(),
            batch: it.batch.bytes(),
            activity: it.kept.activity().as_ref().map(activity),
            attendance: it.kept.attendance().as_ref().map(attendance),
            work: it.kept.work().as_ref().map(work),
            ratings: it.kept.ratings().as_ref().map(bands),
            repeating: it.repeating,
        }
    }
}

impl From<Activity> for signal::Activity {
    fn from(it: Activity) -> Self {
        let span = |(from, until)| (EvidenceDay(from), EvidenceDay(until));
        let known: Vec<_> = it.known.into_iter().map(span).collect();
        Self::kept(it.first, it.weeks, known.into())
    }
}

impl TryFrom<Attendance> for signal::Attendance {
    type Error = Error;

    fn try_from(it: Attendance) -> Result<Self> {
        let session = |it: Session| {
            Ok(signal::Session {
                day: EvidenceDay(it.day),
                key: it.key,
                presence: choice(it.presence)?,
                compulsory: it.compulsory,
                read: EvidenceDay(it.read),
            })
        };
        let sessions = it.sessions.into_iter().map(session).collect::<Result<Vec<_>>>()?;
        Ok(Self::kept(sessions, EvidenceDay(it.until)))
    }
}

impl TryFrom<Work> for signal::Work {
    type Error = Error;

    fn try_from(it: Work) -> Result<Self> {
        let entry = |it: Entry| {
            let marked = |(mark, seen, read): Marked| {
                let mark =
                    signal::Mark::hundredths(mark).ok_or(Error::Damaged { what: "a mark" })?;
                Ok(signal::Marked { mark, seen: EvidenceDay(seen), read: EvidenceDay(read) })
            };
            Ok(signal::Entry {
                piece: it.piece,
                extended: it.extended.map(EvidenceDay),
                handed: it.handed.map(EvidenceDay),
                checked: it.checked.map(EvidenceDay),
                mark: it.mark.map(marked).transpose()?,
            })
        };
        let entries = it.entries.into_iter().map(entry).collect::<Result<Vec<_>>>()?;
        Ok(Self::kept(entries, (EvidenceDay(it.marks_until), EvidenceDay(it.handed_until))))
    }
}

impl TryFrom<Engagement> for engagement::Engagement {
    type Error = Error;

    fn try_from(it: Engagement) -> Result<Self> {
        let ratings = |bands: Vec<(i16, u8)>| {
            let mut ratings = signal::Ratings::default();
            for (day, band) in bands {
                ratings.add(EvidenceDay(day), band);
            }
            ratings
        };
        let told = engagement::Told {
            activity: it.activity.map(Into::into),
            attendance: it.attendance.map(TryInto::try_into).transpose()?,
            work: it.work.map(TryInto::try_into).transpose()?,
            ratings: it.ratings.map(ratings),
        };
        Ok(Self {
            id: engagement::EngagementId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            module: ModuleId::from_bytes(it.module),
            source: choice(it.source)?,
            batch: BatchId::from_bytes(it.batch),
            kept: told.into(),
            repeating: it.repeating,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Found {
    module: Id,
    points: u8,
    look: Option<u8>,
    why: u8,
    numbers: [u32; 3],
}

#[derive(Serialize, Deserialize)]
struct Week {
    monday: Day,
    points: u8,
    from: u8,
    on: bool,
    too_little: bool,
    found: Vec<Found>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Results {
    id: Id,
    student: Id,
    weeks: Vec<Week>,
}

impl From<&results::Results> for Results {
    fn from(it: &results::Results) -> Self {
        let found = |it: &results::Found| Found {
            module: it.module.bytes(),
            points: it.points,
            look: it.look,
            why: it.why,
            numbers: it.numbers,
        };
        let week = |it: &results::WeekResult| Week {
            monday: day(it.week),
            points: it.points,
            from: it.from,
            on: it.on,
            too_little: it.too_little,
            found: it.found.iter().map(found).collect(),
        };
        Self {
            id: it.id.bytes(),
            student: it.student.bytes(),
            weeks: it.weeks.iter().map(week).collect(),
        }
    }
}

impl TryFrom<Results> for results::Results {
    type Error = Error;

    fn try_from(it: Results) -> Result<Self> {
        let found = |it: Found| results::Found {
            module: ModuleId::from_bytes(it.module),
            points: it.points,
            look: it.look,
            why: it.why,
            numbers: it.numbers,
        };
        let week = |it: Week| {
            Ok(results::WeekResult {
                week: date(it.monday)?,
                points: it.points,
                from: it.from,
                on: it.on,
                too_little: it.too_little,
                found: it.found.into_iter().map(found).collect(),
            })
        };
        Ok(Self {
            id: results::ResultsId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            weeks: it.weeks.into_iter().map(week).collect::<Result<_>>()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Alias {
    id: Id,
    student: Id,
    source: u8,
    name: String,
}

impl From<&alias::Alias> for Alias {
    fn from(it: &alias::Alias) -> Self {
        let (id, student) = (it.id.bytes(), it.student.bytes());
        Self { id, student, source: it.source.code(), name: it.name.clone() }
    }
}

impl TryFrom<Alias> for alias::Alias {
    type Error = Error;

    fn try_from(it: Alias) -> Result<Self> {
        Ok(Self {
            id: alias::AliasId::from_bytes(it.id),
            student: StudentId::from_bytes(it.student),
            source: choice(it.source)?,
            name: it.name,
        })
    }
}
