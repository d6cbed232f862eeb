//! The demo: invented tutors and students with two academic years behind them, for looking around, tests and
//! benches. Always the same for the same scale and day; every date is relative to that day, in July too.
//!
//! Each student is made alone, from a seed of their own, so that a whole university streams through little memory.

mod dice;
mod history;
mod judged;
mod pace;
mod phrases;
mod scribe;
mod signals;
mod sketch;
mod story;
mod study;
mod year;

use chrono::NaiveDate;
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{
    change::{Change, Label, Part},
    id::Id,
    meeting::{Meeting, MeetingId, Mode, With},
    profile::Profile,
    record::Record,
    records::Records,
    score::Card,
    tutor::{Role, Tutor, TutorId},
};
use dice::Dice;
use judged::Watcher;
use phrases::{Phrases, School};
use sketch::Sketch;
use study::Studies;
use year::Year;

/// How large a demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Scale {
    /// One tutor with 28 tutees, each with a story.
    Tutor,
    /// 1,500 students and 60 tutors, seen by the senior tutor.
    School,
    /// 50,000 students and 2,000 tutors.
    University,
}

impl Scale {
    /// How many students there are.
    #[must_use]
    pub const fn students(self) -> usize {
        match self {
            Self::Tutor => 28,
            Self::School => 1_500,
            Self::University => 50_000,
        }
    }

    /// How many tutors there are; in the smallest demo the second had some of the tutees last year.
    #[must_use]
    pub const fn tutors(self) -> usize {
        match self {
            Self::Tutor => 2,
            Self::School => 60,
            Self::University => 2_000,
        }
    }

    /// How many meetings and notes there are in all; the smallest demo promises nothing.
    #[must_use]
    pub const fn meetings_and_notes(self) -> Option<usize> {
        match self {
            Self::Tutor => None,
            Self::School => Some(22_500),
            Self::University => Some(750_000),
        }
    }

    /// About how many weekly figures of engagement there are: of each module, and of each session; the smaller demos
    /// promise nothing.
    #[must_use]
    pub const fn weekly_figures(self) -> Option<usize> {
        match self {
            Self::Tutor | Self::School => None,
            Self::University => Some(20_000_000),
        }
    }

    const fn students_per_change(self) -> usize {
        match self {
            Self::Tutor => 28,
            Self::School => 250,
            Self::University => 500,
        }
    }
}

/// A demo of one scale as it is on one day.
pub struct Demo {
    scale: Scale,
    year: Year,
    phrases: Phrases,
    schools: Vec<School>,
    desks: Vec<Desk>,
    roster: Vec<Sketch>,
    studies: Studies,
    card: Option<Card>,
}

/// A tutor, and the group meetings that all of their tutees share.
struct Desk {
    tutor: Tutor,
    school: usize,
    groups: Vec<Meeting>,
}

/// The policy of the demo: two semesters, slots for each level, a ladder.
const POLICY: &str = "ljmu";

/// In which weeks before this one the group meetings are; the last is still to come.
const GROUP_WEEKS: [i64; 5] = [61, 53, 37, 9, -2];

impl Demo {
    /// The demo of this scale, seen on this day.
    #[must_use]
    pub fn new(scale: Scale, today: NaiveDate) -> Self {
        let year = Year::around(today);
        let phrases = Phrases::read();
        let schools = phrases::schools();
        let roster = if scale == Scale::Tutor { sketch::roster(&schools) } else { Vec::new() };
        let desks = (0..scale.tutors())
            .map(|place| Desk::new(scale, place, &year, &phrases, &schools))
            .collect();
        let studies = Studies::new(scale, &year, &schools, &roster);
        Self { scale, year, phrases, schools, desks, roster, studies, card: None }
    }

    /// The same with what the weekly runs have found by this card, and what was decided since.
    #[must_use]
    pub fn judged(self, card: Option<Card>) -> Self {
        Self { card, ..self }
    }

    /// What belongs to no student: profile, tutors, calendars, group meetings, modules, imports of signals.
    #[must_use]
    pub fn base(&self) -> Vec<Record> {
        let mut dice = Dice::new("profile", 0);
        let owner = self.desks.first().map_or(TutorId::from_bytes([0; 16]), |desk| desk.tutor.id);
        let institution = "University of Example".into();
        let mut records: Vec<Record> =
            vec![Profile { id: dice.id(), owner, institution, policy: POLICY.into() }.into()];
        records.extend(self.year.calendars(&mut dice).map(Record::from));
        for desk in &self.desks {
            records.push(desk.tutor.clone().into());
            records.extend(desk.groups.iter().cloned().map(Record::from));
        }
        records.extend(self.studies.records());
        records
    }

    /// All that belongs to one student, the student first; the same at every call.
    #[must_use]
    pub fn student(&self, place: usize) -> Vec<Record> {
        scribe::write(self, place)
    }

    /// Every student's records, one student after the other.
    #[must_use]
    pub fn students(&self) -> impl ExactSizeIterator<Item = Vec<Record>> {
        (0..self.scale.students()).map(|place| self.student(place))
    }

    /// The whole demo as changes to apply to an empty profile, in this order.
    #[must_use]
    pub fn changes(&self) -> impl ExactSizeIterator<Item = Change> {
        let steps = 1 + self.scale.students().div_ceil(self.scale.students_per_change());
        let runs = self.card.as_ref().map_or(0, |_| self.scale.runs() + 1);
        let mut watcher = Watcher::new();
        (0..steps + runs).map(move |step| {
            if let Some(run) = step.checked_sub(steps) {
                return watcher.change(self, run);
            }
            let change = self.step(step);
            if runs > 0 {
                watcher.follow(self.scale, &change);
            }
            change
        })
    }

    /// What belongs to no student first, then some students after the other.
    fn step(&self, step: usize) -> Change {
        let chunk = self.scale.students_per_change();
        let Some(before) = step.checked_sub(1) else { return change(self.base()) };
        let last = (step * chunk).min(self.scale.students());
        change((before * chunk..last).flat_map(|place| self.student(place)))
    }

    /// The whole demo in memory, without a store. Tells after each step how many of how many are done.
    pub fn records(&self, mut progress: impl FnMut(usize, usize)) -> Records {
        let mut records = Records::default();
        let changes = self.changes();
        let all = changes.len();
        for (step, change) in changes.enumerate() {
            let applied = records.apply(&change);
            debug_assert_eq!(applied, Ok(()), "a demo is made of new records");
            progress(step + 1, all);
        }
        records
    }

    fn desk(&self, place: usize) -> Option<&Desk> {
        match self.scale {
            Scale::Tutor => self.desks.first(),
            Scale::School | Scale::University => self.desks.get(place % self.desks.len().max(1)),
        }
    }

    /// The how-manieth tutee of their tutor a student is.
    fn ordinal(&self, place: usize) -> usize {
        match self.scale {
            Scale::Tutor => place,
            Scale::School | Scale::University => place / self.scale.tutors(),
        }
    }
}

impl Desk {
    fn new(scale: Scale, place: usize, year: &Year, phrases: &Phrases, schools: &[School]) -> Self {
        let mut dice = Dice::new("tutor", place);
        let id = dice.id();
        let school = if scale == Scale::University { place % schools.len().max(1) } else { 0 };
        let own = phrases.all("tutors").get(place).map(|name| (*name).to_owned());
        let name = own.unwrap_or_else(|| {
            let (title, given, family) =
                (dice.text(&["Dr", "Dr", "Dr", "Professor", "Ms", "Mr"]), "given", "family");
            format!("{title} {} {}", dice.text(phrases.all(given)), dice.text(phrases.all(family)))
        });
        let senior = place == 0 && scale != Scale::Tutor;
        let tutor = Tutor {
            id,
            name,
            email: format!("tutor{place:04}@staff.example"),
            number: format!("T{:05}", 10_000 + place),
            school: schools.get(school).map_or(String::new(), |school| school.name.into()),
            role: if senior { Role::SeniorTutor } else { Role::Tutor },
        };
        let topics = phrases.all("group");
        let groups = GROUP_WEEKS.iter().zip(topics).map(|(weeks, topic)| Meeting {
            id: dice.id::<Meeting>(),
            with: With::Group,
            on: year.day(*weeks, 2),
            at: year::time(13, 0),
            minutes: 50,
            mode: Mode::InPerson,
            place: "Seminar room 1.05".into(),
            focus: (*topic).into(),
            tutor: id,
        });
        let groups = groups.collect();
        Self { tutor, school, groups }
    }

    fn groups(&self) -> impl Iterator<Item = (MeetingId, NaiveDate)> {
        self.groups.iter().map(|meeting| (meeting.id, meeting.on))
    }
}

fn change(records: impl IntoIterator<Item = Record>) -> Change {
    let new = |record| Part { base: None, before: None, after: Some(record) };
    Change { label: Label::Demo, parts: records.into_iter().map(new).collect() }
}

/// Seeds are names and numbers, so that what is made first does not alter what comes later.
fn seed(what: &str, place: usize) -> [u8; 32] {
    let mut seed = *b"the demo of tutelage, made again";
    for (byte, letter) in seed.iter_mut().zip(what.bytes()) {
        *byte ^= letter;
    }
    for (byte, digit) in seed.iter_mut().rev().zip(place.to_le_bytes()) {
        *byte ^= digit;
    }
    seed
}

#[cfg(test)]
mod tests;
