//! What is taught: the modules of each school and level, the work they ask for, and the imports that tell of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Dice, Scale, phrases::School, sketch::Sketch, year::Year};
use crate::domain::{
    batch::{Batch, BatchId},
    engagement::Source,
    module::{Module, ModuleId, Task},
    record::Record,
    student::{KindOfStudy, Mode, Status},
};

/// What a module asks for: name, week from 0, weekday, share of the module in percent.
pub(super) const WORK: [(&str, i64, u32, u16); 4] = [
    ("Quiz 1", 2, 4, 10),
    ("Coursework 1", 5, 4, 30),
    ("Report", 7, 3, 10),
    ("Coursework 2", 10, 4, 50),
];

/// The number of the module in which nothing is due before the last week, and hardly anything happens yet.
const PROJECT: u8 = 9;

/// The number of the module whose course log was fetched a while ago.
const STALE: u8 = 3;

/// How many weeks of last year there are figures of, where there are any.
pub(super) const WEEKS_LAST_YEAR: i16 = 38;

/// One run of a module, with the imports that tell of it.
pub(super) struct Course {
    pub(super) module: Module,
    imports: Vec<Batch>,
    /// Nothing is due and hardly anything happens yet.
    pub(super) is_thin: bool,
    /// How many academic years ago it ran.
    pub(super) back: u8,
}

impl Course {
    /// What a source has told of it last: the import, and the day it was fetched.
    pub(super) fn import(&self, source: Source) -> Option<(BatchId, NaiveDate)> {
        let batch = self.imports.iter().find(|batch| batch.source == source)?;
        Some((batch.id, batch.as_of))
    }
}

/// Where a course is: school, level, number in the level, years ago. The last of all holds for every programme.
type Place = (usize, u8, u8, u8);

/// Everything that is taught.
pub(super) struct Studies {
    scale: Scale,
    courses: BTreeMap<Place, Course>,
    whole: Vec<Course>,
}

impl Studies {
    pub(super) fn new(scale: Scale, year: &Year, schools: &[School], roster: &[Sketch]) -> Self {
        let years: &[u8] = if scale == Scale::University { &[0, 1] } else { &[0] };
        let mut studies = Self { scale, courses: BTreeMap::new(), whole: Vec::new() };
        let some = if scale == Scale::University { schools.len() } else { 1 };
        let mut seed = 0;
        let mut dice = || {
            seed += 1;
            Dice::new("module", seed)
        };
        for back in years.iter().copied() {
            let making = Making { year, back };
            studies.whole.push(making.whole(&mut dice()));
            for (place, school) in schools.iter().take(some).enumerate() {
                for level in 3..=7 {
                    for number in studies.numbers(level, back) {
                        let course = making.course(&mut dice(), school, level, number);
                        studies.courses.insert((place, level, number, back), course);
                    }
                }
            }
        }
        studies.count(roster);
        studies
    }

    /// Modules and imports.
    pub(super) fn records(&self) -> impl Iterator<Item = Record> {
        self.whole.iter().chain(self.courses.values()).flat_map(|course| {
            let imports = course.imports.iter().cloned().map(Record::from);
            std::iter::once(Record::from(course.module.clone())).chain(imports)
        })
    }

    /// What holds for a programme as a whole, so many years ago.
    pub(super) fn whole(&self, back: u8) -> Option<&Course> {
        self.whole.iter().find(|course| course.back == back)
    }

    /// The modules that a student takes, those of this year first.
    pub(super) fn of(&self, sketch: &Sketch) -> Vec<&Course> {
        let away = matches!(sketch.status, Status::YearAbroad | Status::YearInIndustry);
        if away || sketch.programme.kind == KindOfStudy::Research {
            return Vec::new();
        }
        let school = if self.scale == Scale::Tutor { 0 } else { sketch.school };
        let level = sketch.level.clamp(3, 7);
        let find = |number, back: u8| {
            let level = if number == PROJECT { 5 } else { level.saturating_sub(back).max(3) };
            self.courses.get(&(school, level, number, back))
        };
        let takes = |number: &u8| match (sketch.mode, *number) {
            (_, PROJECT) => matches!(level, 5 | 6),
            (Mode::PartTime, number) => number == 1 && level != 5,
            (Mode::FullTime | Mode::DistanceLearning, _) => true,
        };
        let mut numbers = self.numbers(level, 0);
        if level == 6 {
            numbers.push(PROJECT);
        }
        let now = numbers.iter().filter(|number| takes(number)).filter_map(|it| find(*it, 0));
        let before = self.numbers(level, 1);
        let before =
            before.iter().filter(|_| sketch.years_here > 0).filter_map(|number| find(*number, 1));
        now.chain(before).collect()
    }

    fn numbers(&self, level: u8, back: u8) -> Vec<u8> {
        let last = match (self.scale, back) {
            (Scale::University, 0) => 5,
            (Scale::University, _) => 6,
            (Scale::Tutor | Scale::School, _) => 3,
        };
        let project = (level == 5 && back == 0).then_some(PROJECT);
        (1..=last).chain(project).collect()
    }

    /// Says in each import of how many students it told: exactly in the smallest demo.
    fn count(&mut self, roster: &[Sketch]) {
        let mut counts: BTreeMap<ModuleId, u32> = BTreeMap::new();
        for sketch in roster {
            let mut modules: Vec<ModuleId> =
                self.of(sketch).iter().map(|course| course.module.id).collect();
            if !modules.is_empty() {
                modules.extend(self.whole(0).map(|course| course.module.id));
            }
            for module in modules {
                *counts.entry(module).or_default() += 1;
            }
        }
        let about = self.scale.students() / self.courses.len().max(1) * 4;
        let about = u32::try_from(about).unwrap_or(u32::MAX);
        for course in self.whole.iter_mut().chain(self.courses.values_mut()) {
            let all = course.module.code.is_empty() && self.scale != Scale::Tutor;
            let many = u32::try_from(self.scale.students()).unwrap_or(u32::MAX);
            let usual = if all { many } else { about };
            let students = counts.get(&course.module.id).copied().unwrap_or(usual);
            for batch in &mut course.imports {
                batch.students = students;
                batch.rows = students * rows_for_one(batch.source);
            }
        }
    }
}

/// How many rows an export of a source has for a student, or about so many.
fn rows_for_one(source: Source) -> u32 {
    match source {
        Source::MoodleLog => 60,
        Source::Attendance => 50,
        Source::Rating => 9,
        Source::MoodleGrades
        | Source::MoodleParticipants
        | Source::MoodleAttendance
        | Source::Teams
        | Source::Turnitin
        | Source::Canvas
        | Source::Sits
        | Source::Other => 1,
    }
}

/// The academic year for which courses are made.
struct Making<'a> {
    year: &'a Year,
    back: u8,
}

impl Making<'_> {
    fn whole(&self, dice: &mut Dice) -> Course {
        let module = self.module(dice, (String::new(), String::new()), Vec::new());
        let imports = vec![
            self.import(dice, &module, Source::Attendance, 1),
            self.import(dice, &module, Source::Rating, 1),
        ];
        Course { module, imports, is_thin: false, back: self.back }
    }

    fn course(&self, dice: &mut Dice, school: &School, level: u8, number: u8) -> Course {
        let is_thin = number == PROJECT;
        let code = format!("{}{}00{number}", school.letters(), level - 3);
        let title = if is_thin { "Project".into() } else { title(school, level, number) };
        let tasks = WORK.iter().filter(|(_, week, ..)| !is_thin || *week > 9);
        let tasks = tasks.map(|(name, week, weekday, percent)| Task {
            name: (*name).into(),
            due: Some(self.year.taught(self.back, *week, *weekday)),
            closes: None,
            weight: percent * 100,
        });
        let module = self.module(dice, (code, title), tasks.collect());
        let log_days = if number == STALE && self.back == 0 { 10 } else { 1 };
        let imports = vec![
            self.import(dice, &module, Source::MoodleLog, log_days),
            self.import(dice, &module, Source::MoodleGrades, 1),
        ];
        Course { module, imports, is_thin, back: self.back }
    }

    fn module(&self, dice: &mut Dice, names: (String, String), tasks: Vec<Task>) -> Module {
        let (code, title) = names;
        Module { id: dice.id(), code, title, starts: self.year.taught(self.back, 0, 0), tasks }
    }

    /// An import that was fetched so many days ago, at the end of its year in a year that is over.
    fn import(&self, dice: &mut Dice, module: &Module, source: Source, days: i64) -> Batch {
        let as_of = match self.back {
            0 => self.year.fetched(days),
            back => self.year.taught(back, i64::from(WEEKS_LAST_YEAR), 0),
        };
        let (id, module) = (dice.id(), module.id);
        Batch { id, source, module, on: as_of, as_of, rows: 0, students: 0 }
    }
}

/// A title of the school's list: each level has others.
fn title(school: &School, level: u8, number: u8) -> String {
    let place = usize::from(level.saturating_sub(4)) * 3 + usize::from(number) - 1;
    let title = place.checked_rem(school.modules.len()).and_then(|at| school.modules.get(at));
    let title = title.copied().unwrap_or("Studies");
    match level {
        3 => format!("Introduction to {title}"),
        7 => format!("Advanced {title}"),
        _ => title.into(),
    }
}
