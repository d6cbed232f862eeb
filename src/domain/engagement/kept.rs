//! What a source tells, in one row of bytes: there are a million of them, and nearly each tells of one thing alone.
//!
//! A byte of marks says of what it tells; the columns follow in the order of the marks, each but the last with its length
//! before it. The bytes are of this process's memory only; what is stored has a form of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::signal::{
    Activity, Attendance, Entry, EvidenceDay, Known, Mark, Marked, Ratings, Session, Work,
};

/// What a source tells, open to be read and added to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Days of online activity.
    pub activity: Option<Activity>,
    /// Teaching sessions.
    pub attendance: Option<Attendance>,
    /// What was handed in, and its marks.
    pub work: Option<Work>,
    /// Bands of engagement: shown, never scored.
    pub ratings: Option<Ratings>,
}

/// Days of online activity that stay where they are kept.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    /// The week of the first byte.
    pub first: i8,
    /// The active days of every week from it on, as bits.
    pub weeks: &'a [u8],
    spans: &'a [u8],
}

impl Days<'_> {
    /// The days that the source knows, from one up to and without another.
    pub fn known(&self) -> impl Iterator<Item = (EvidenceDay, EvidenceDay)> + use<'_> {
        let (spans, _) = self.spans.as_chunks::<4>();
        let day = |low, high| EvidenceDay(i16::from_le_bytes([low, high]));
        spans.iter().map(move |[a, b, c, d]| (day(*a, *b), day(*c, *d)))
    }
}

/// The same as it is kept in memory. The same things told are the same bytes.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Told", into = "Told")]
pub struct Kept(Box<[u8]>);

const ACTIVITY: u8 = 1;
const ATTENDANCE: u8 = 1 << 1;
const WORK: u8 = 1 << 2;
const RATINGS: u8 = 1 << 3;

/// Marks of an entry of work: which of its days follow.
const EXTENDED: u8 = 1;
const HANDED: u8 = 1 << 1;
const CHECKED: u8 = 1 << 2;
const MARKED: u8 = 1 << 3;
/// It is not of the piece after that of the entry before: the piece follows first.
const ELSEWHERE: u8 = 1 << 4;

impl Kept {
    /// Days of online activity.
    #[must_use]
    pub fn activity(&self) -> Option<Activity> {
        self.column(ACTIVITY).and_then(|mut bytes| bytes.activity())
    }

    /// Teaching sessions.
    #[must_use]
    pub fn attendance(&self) -> Option<Attendance> {
        let mut bytes = self.column(ATTENDANCE)?;
        Some(Attendance::unpacked(bytes.day()?, bytes.0))
    }

    /// Days of online activity as they lie here, for who looks at many.
    #[must_use]
    pub fn days(&self) -> Option<Days<'_>> {
        let mut bytes = self.column(ACTIVITY)?;
        let first = bytes.take().map(i8::from_le_bytes)?;
        let spans = bytes.take().map(u16::from_le_bytes)?;
        let (spans, weeks) = bytes.0.split_at_checked(4 * usize::from(spans))?;
        Some(Days { first, weeks, spans })
    }

    /// Until when a source knows of teaching sessions, and each of them, for who looks at many.
    #[must_use]
    pub fn sessions(&self) -> Option<(EvidenceDay, impl Iterator<Item = Session> + use<'_>)> {
        let mut bytes = self.column(ATTENDANCE)?;
        Some((bytes.day()?, Attendance::sessions_of(bytes.0)))
    }

    /// What was handed in, and its marks.
    #[must_use]
    pub fn work(&self) -> Option<Work> {
        let mut bytes = self.column(WORK)?;
        let until = (bytes.day()?, bytes.day()?);
        Some(Work::kept(Entries { bytes, piece: 0 }.collect::<Vec<_>>(), until))
    }

    /// Bands of engagement.
    #[must_use]
    pub fn ratings(&self) -> Option<Ratings> {
        let mut bytes = self.column(RATINGS)?;
        let mut ratings = Ratings::default();
        while let (Some(day), Some(band)) = (bytes.day(), bytes.byte()) {
            ratings.add(day, band);
        }
        Some(ratings)
    }

    /// All of it.
    #[must_use]
    pub fn told(&self) -> Told {
        Told {
            activity: self.activity(),
            attendance: self.attendance(),
            work: self.work(),
            ratings: self.ratings(),
        }
    }

    /// Adds to what is told, or takes from it.
    pub fn edit(&mut self, edit: impl FnOnce(&mut Told)) {
        let mut told = self.told();
        edit(&mut told);
        *self = told.into();
    }

    /// The bytes of a column, if it is told.
    fn column(&self, asked: u8) -> Option<Bytes<'_>> {
        let mut left = Bytes(&self.0);
        let marks = left.byte()?;
        let mut mark = ACTIVITY;
        while marks & asked != 0 && mark <= asked {
            let is_last = u32::from(marks) < u32::from(mark) << 1;
            if marks & mark != 0 {
                let bytes = if is_last { left } else { left.sized()? };
                if mark == asked {
                    return Some(bytes);
                }
            }
            mark <<= 1;
        }
        None
    }
}

/// Prints what is told.
impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.told().fmt(f)
    }
}

impl From<Kept> for Told {
    fn from(kept: Kept) -> Self {
        kept.told()
    }
}

impl From<Told> for Kept {
    fn from(told: Told) -> Self {
        let columns = [
            (ACTIVITY, told.activity.as_ref().map(of_activity)),
            (ATTENDANCE, told.attendance.as_ref().map(of_attendance)),
            (WORK, told.work.as_ref().map(of_work)),
            (RATINGS, told.ratings.as_ref().map(of_ratings)),
        ];
        let mut told = columns.into_iter().filter_map(|(mark, it)| Some((mark, it?))).peekable();
        let (mut marks, mut row) = (0, vec![0]);
        while let Some((mark, column)) = told.next() {
            marks |= mark;
            if told.peek().is_some() {
                row.extend(u32::try_from(column.len()).unwrap_or(u32::MAX).to_le_bytes());
            }
            row.extend(column);
        }
        if let Some(first) = row.first_mut().filter(|_| marks != 0) {
            *first = marks;
            return Self(row.into());
        }
        Self::default()
    }
}

fn of_activity(it: &Activity) -> Vec<u8> {
    let ((first, weeks), spans) = (it.weeks(), it.known().spans());
    let mut bytes = first.to_le_bytes().to_vec();
    bytes.extend(u16::try_from(spans.len()).unwrap_or(u16::MAX).to_le_bytes());
    for (from, until) in spans.iter().take(u16::MAX.into()) {
        bytes.extend(from.0.to_le_bytes());
        bytes.extend(until.0.to_le_bytes());
    }
    bytes.extend(weeks);
    bytes
}

fn of_attendance(it: &Attendance) -> Vec<u8> {
    [&it.until().0.to_le_bytes(), it.packed()].concat()
}

fn of_work(it: &Work) -> Vec<u8> {
    let mut bytes = [it.marks_until(), it.handed_until()].map(|day| day.0.to_le_bytes()).concat();
    let mut next = 0;
    for entry in it.entries() {
        let days = [(entry.extended, EXTENDED), (entry.handed, HANDED), (entry.checked, CHECKED)];
        let elsewhere = if entry.piece == next { 0 } else { ELSEWHERE };
        let marked = if entry.mark.is_some() { MARKED } else { 0 };
        let told = days.iter().filter(|(day, _)| day.is_some());
        bytes.push(told.fold(elsewhere | marked, |marks, (_, mark)| marks | mark));
        if entry.piece != next {
            bytes.extend(entry.piece.to_le_bytes());
        }
        for day in days.iter().filter_map(|(day, _)| *day) {
            bytes.extend(day.0.to_le_bytes());
        }
        if let Some(it) = entry.mark {
            bytes.extend(it.mark.as_hundredths().to_le_bytes());
            bytes.extend([it.seen, it.read].map(|day| day.0.to_le_bytes()).concat());
        }
        next = entry.piece.wrapping_add(1);
    }
    bytes
}

fn of_ratings(it: &Ratings) -> Vec<u8> {
    let band = |(day, band): &(EvidenceDay, u8)| {
        let [low, high] = day.0.to_le_bytes();
        [low, high, *band]
    };
    it.bands().iter().flat_map(band).collect()
}

/// The bytes that are left.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, left) = self.0.split_first_chunk()?;
        self.0 = left;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take().map(u8::from_le_bytes)
    }

    fn day(&mut self) -> Option<EvidenceDay> {
        self.take().map(i16::from_le_bytes).map(EvidenceDay)
    }

    /// A column with its length before it.
    fn sized(&mut self) -> Option<Self> {
        let length = self.take().map(u32::from_le_bytes)?;
        let (column, left): (&'a [u8], _) = self.0.split_at_checked(length.try_into().ok()?)?;
        self.0 = left;
        Some(Self(column))
    }

    fn activity(&mut self) -> Option<Activity> {
        let first = self.take().map(i8::from_le_bytes)?;
        let spans = self.take().map(u16::from_le_bytes)?;
        let known = if spans == 1 {
            Known::between(self.day()?, self.day()?)
        } else {
            let spans = (0..spans).map(|_| Some((self.day()?, self.day()?)));
            spans.collect::<Option<Vec<_>>>()?.into()
        };
        Some(Activity::kept(first, self.0.to_vec(), known))
    }
}

/// The entries of work that are left.
struct Entries<'a> {
    bytes: Bytes<'a>,
    piece: u16,
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let marks = self.bytes.byte()?;
        if marks & ELSEWHERE != 0 {
            self.piece = self.bytes.take().map(u16::from_le_bytes)?;
        }
        let mut entry = Entry::new(self.piece);
        self.piece = self.piece.wrapping_add(1);
        let mut day = |mark| if marks & mark == 0 { None } else { self.bytes.day() };
        (entry.extended, entry.handed, entry.checked) = (day(EXTENDED), day(HANDED), day(CHECKED));
        if marks & MARKED != 0 {
            let mark = Mark::hundredths(self.bytes.take().map(u16::from_le_bytes)?)?;
            entry.mark = Some(Marked { mark, seen: self.bytes.day()?, read: self.bytes.day()? });
        }
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::signal::{Presence, Session};

    fn day() -> impl Strategy<Value = EvidenceDay> {
        prop_oneof![any::<i16>(), -9_i16..300].prop_map(EvidenceDay)
    }

    fn activity() -> impl Strategy<Value = Activity> {
        let weeks = prop::collection::vec(0_u8..128, 0..40);
        let known = prop_oneof![
            (day(), day()).prop_map(|(from, until)| Known::between(from, until)),
            prop::collection::vec((day(), day()), 0..4).prop_map(Known::from),
        ];
        (any::<i8>(), weeks, known)
            .prop_map(|(first, weeks, known)| Activity::kept(first, weeks, known))
    }

    fn attendance() -> impl Strategy<Value = Attendance> {
        let session =
            (day(), any::<u16>(), any::<bool>(), day()).prop_map(|(day, key, compulsory, read)| {
                Session { day, key, presence: Presence::Late, compulsory, read }
            });
        (prop::collection::vec(session, 0..9), day())
            .prop_map(|(sessions, until)| Attendance::kept(sessions, until))
    }

    fn work() -> impl Strategy<Value = Work> {
        let mark = (0_u16..=10_000, day(), day()).prop_map(|(mark, seen, read)| Marked {
            mark: Mark::hundredths(mark).unwrap(),
            seen,
            read,
        });
        let days = prop::array::uniform3(prop::option::of(day()));
        let piece = prop_oneof![any::<u16>(), 0_u16..9];
        let entry = (piece, days, prop::option::of(mark)).prop_map(
            |(piece, [extended, handed, checked], mark)| Entry {
                piece,
                extended,
                handed,
                checked,
                mark,
            },
        );
        (prop::collection::vec(entry, 0..9), day(), day())
            .prop_map(|(entries, marks, handed)| Work::kept(entries, (marks, handed)))
    }

    fn ratings() -> impl Strategy<Value = Ratings> {
        prop::collection::vec((day(), 0_u8..6), 0..9).prop_map(|bands| {
            let mut ratings = Ratings::default();
            for (day, band) in bands {
                ratings.add(day, band);
            }
            ratings
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_is_told_as_it_was(
            activity in prop::option::of(activity()),
            attendance in prop::option::of(attendance()),
            work in prop::option::of(work()),
            ratings in prop::option::of(ratings()),
        ) {
            let told = Told { activity, attendance, work, ratings };
            let kept = Kept::from(told.clone());
            prop_assert_eq!(kept.told(), told.clone());
            prop_assert_eq!(Kept::from(kept.told()), kept);
        }
    }

    proptest! {
        #[test]
        fn what_is_looked_at_in_its_place_is_what_is_told(
            activity in activity(),
            attendance in attendance(),
            ratings in prop::option::of(ratings()),
        ) {
            let (days, sessions) = (Some(activity.clone()), Some(attendance.clone()));
            let told = Told { activity: days, attendance: sessions, work: None, ratings };
            let kept = Kept::from(told);
            let days = kept.days().unwrap();
            prop_assert_eq!((days.first, days.weeks), activity.weeks());
            prop_assert!(days.known().eq(activity.known().spans().iter().copied()));
            let (until, sessions) = kept.sessions().unwrap();
            prop_assert_eq!(until, attendance.until());
            prop_assert!(sessions.eq(attendance.sessions()));
        }
    }

    #[test]
    fn who_is_told_nothing_of_takes_no_room() {
        assert_eq!(Kept::from(Told::default()), Kept::default());
        assert!(Kept::default().0.is_empty());
    }
}
