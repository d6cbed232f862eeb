//! One import as one change: columns before and after, the module, remembered choices, and the import itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Counts, Members, SignalPlan, Strangers,
    columns::{Columns, File, Missing, Rolls, acts},
    course::{self, Course},
    who::People,
};
use crate::domain::{
    alias::Alias,
    batch::Batch,
    change::{Builder, Change, Label, record_id},
    engagement::{Engagement, Source},
    id::IdSource,
    reading::{Fact, Reading},
    record::Owner,
    records::Records,
    roll::Remark,
    signal::{EvidenceDay, Presence},
    student::StudentId,
};

/// A file whose first day of activity is within so many days of the start of the module is taken to know it from the start.
const BEGIN_DAYS: i16 = 7;

/// An import, once it is known of which module and which day it speaks.
pub(super) struct Import<'a> {
    pub records: &'a Records,
    pub rolls: &'a Rolls,
    pub reading: &'a Reading,
    pub course: &'a Course,
    pub made: Made,
    pub today: NaiveDate,
}

/// When a file was made.
#[derive(Clone, Copy)]
pub(super) struct Made {
    pub as_of: NaiveDate,
    /// Whether anybody or anything says so.
    pub dated: bool,
}

impl Import<'_> {
    pub(super) fn plan(&self, people: People<'_>, ids: &mut IdSource) -> (SignalPlan, Change) {
        let file = self.file(ids);
        let before = Columns::of(self.records, self.rolls, file.module.id);
        let mut after = before.clone();
        let left = left(&people);
        let told: BTreeSet<StudentId> =
            people.known.keys().filter(|student| !left.contains(student)).copied().collect();
        for student in &told {
            let facts = people.known.get(student).map_or(&[][..], Vec::as_slice);
            after.learn(&file, (*student, facts), ids);
        }
        let clear = self.is_clear(&people);
        let told_all = clear && people.doubtful == 0;
        let held = if told_all { &*self.reading.held } else { &[] };
        let silent = clear && self.reading.everyone && file.online;
        after.settle(&file, &Missing { held, silent, left: &left }, ids);
        let mut plan = self.blank();
        plan.members = self.members(&people, &after.members());
        let mut done = Change { label: Label::ImportSignals, parts: Vec::new() };
        if after.all().next().is_some() {
            let mut change = Builder::new(Label::ImportSignals, self.records);
            change.push(file.module.clone());
            compare(&mut plan, &mut change, (&before, &after), &file);
            self.remember(&mut change, &people.learnt, ids);
            done = change.build();
            self.book(&mut done, &file, told.len());
        }
        let touched: BTreeSet<StudentId> = plan.new.iter().chain(&plan.changed).copied().collect();
        plan.unchanged = told.difference(&touched).copied().collect();
        self.remark(&mut plan, (&before, &after), &file);
        self.tell_missing(&mut plan, silent);
        if held.len() < self.reading.held.len() {
            let text = nobody_absent(clear, people.doubtful);
            plan.remarks.push(Remark { row: 0, column: String::new(), text });
        }
        (plan.strangers, plan.ambiguous) = (people.strangers, people.ambiguous);
        (plan, done)
    }

    /// Whether everybody in the file is told and read: else who is not named may yet be in it.
    fn is_clear(&self, people: &People<'_>) -> bool {
        people.ambiguous.is_empty() && self.reading.rejected.is_empty() && !self.reading.hides
    }

    /// Who is on the module, and of whom a log shows that they did something.
    fn members(&self, people: &People<'_>, all: &BTreeSet<StudentId>) -> Members {
        let named = people
            .known
            .iter()
            .filter(|(_, facts)| self.reading.source != Source::MoodleLog || acts(facts));
        let left = left(people);
        Members {
            all: count(all.difference(&left).count()),
            named: count(named.filter(|(student, _)| !left.contains(student)).count()),
        }
    }

    /// Says what is taken of members of whom a log shows nothing.
    fn tell_missing(&self, plan: &mut SignalPlan, silent: bool) {
        let missing = plan.members.all.saturating_sub(plan.members.named);
        if self.reading.source != Source::MoodleLog || missing == 0 {
            return;
        }
        let who = match missing {
            1 => "one of your students on the module is".to_owned(),
            _ => format!("{missing} of your students on the module are"),
        };
        let taken = match (silent, self.reading.everyone) {
            (true, _) => "as it is of everybody on it, they are taken not to have been online",
            (false, true) => "as not everybody in it can be told or read, nothing is known of them",
            (false, false) => {
                "nothing is known of them, unless you say that the log is of everybody on the module"
            }
        };
        let text = format!("{who} not in the log: {taken}");
        plan.remarks.push(Remark { row: 0, column: String::new(), text });
    }

    fn file(&self, ids: &mut IdSource) -> File<'_> {
        let facts = || self.reading.people.iter().flat_map(|seen| &seen.facts);
        File {
            source: self.reading.source,
            module: &self.course.module,
            pieces: &self.course.pieces,
            batch: ids.fresh(),
            until: self.course.module.day(self.made.as_of),
            since: self.since(),
            online: facts().any(|fact| matches!(fact, Fact::Active(_))),
            sessions: facts().any(|fact| matches!(fact, Fact::Session { .. })),
        }
    }

    /// From when on the file knows who was online: it may have been cut to some of the days.
    fn since(&self) -> EvidenceDay {
        let facts = self.reading.people.iter().flat_map(|seen| &seen.facts);
        let days =
            facts.filter_map(|fact| if let Fact::Active(on) = fact { Some(*on) } else { None });
        let first = days.min().map_or(EvidenceDay::START, |day| self.course.module.day(day));
        if first.0 < BEGIN_DAYS { EvidenceDay::START } else { first }
    }

    fn blank(&self) -> SignalPlan {
        SignalPlan {
            source: self.reading.source,
            module: self.course.module.clone(),
            new_module: self.course.is_new,
            as_of: self.made.as_of,
            dated: self.made.dated,
            new: Vec::new(),
            changed: Vec::new(),
            unchanged: Vec::new(),
            counts: Counts { pieces: self.course.added, ..Counts::default() },
            members: Members::default(),
            strangers: Strangers::default(),
            ambiguous: Vec::new(),
            rejected: self.reading.rejected.clone(),
            remarks: self.reading.remarks.clone(),
        }
    }

    /// Remembers who somebody is; a name means one student of a source.
    fn remember(
        &self,
        change: &mut Builder<'_>,
        learnt: &[(StudentId, String)],
        ids: &mut IdSource,
    ) {
        let source = self.reading.source;
        for (student, name) in learnt {
            let held = self.records.files().flat_map(|file| &file.aliases);
            let same: Vec<&Alias> = held
                .filter(|alias| alias.source == source && alias.name == *name)
                .map(|held| &held.value)
                .collect();
            for other in same.iter().filter(|alias| alias.student != *student) {
                change.delete(Owner::Student(other.student), record_id(other.id));
            }
            if !same.iter().any(|alias| alias.student == *student) {
                let (id, student, name) = (ids.fresh(), *student, name.clone());
                change.push(Alias { id, student, source, name });
            }
        }
    }

    /// Sets down the import, unless it brings nothing and the source is known to be as new.
    fn book(&self, change: &mut Change, file: &File<'_>, students: usize) {
        let known = |batch: &Batch| {
            (batch.source, batch.module) == (file.source, file.module.id)
                && (batch.as_of >= self.made.as_of || !self.made.dated)
        };
        if change.is_empty() && self.records.batches().any(known) {
            return;
        }
        let batch = Batch {
            id: file.batch,
            source: file.source,
            module: file.module.id,
            on: self.today,
            as_of: self.made.as_of,
            rows: self.reading.rows,
            students: u32::try_from(students).unwrap_or(u32::MAX),
        };
        let booked = Builder::new(Label::ImportSignals, self.records).put(batch).build();
        change.parts.extend(booked.parts);
    }

    fn remark(
        &self,
        plan: &mut SignalPlan,
        (before, after): (&Columns, &Columns),
        file: &File<'_>,
    ) {
        let mut say = |text: String| {
            plan.remarks.push(Remark { row: 0, column: String::new(), text });
        };
        let ahead = course::days(self.reading).filter(|day| *day > self.made.as_of).count();
        if ahead > 0 {
            let day = shown(self.made.as_of);
            say(format!("{ahead} entries are later than {day}, when the file was made: left out"));
        }
        let covered = |columns: &Columns| {
            let mut online = columns.all().filter_map(|held| held.kept.activity());
            online.any(|activity| activity.covers(file.until))
        };
        if file.online && !covered(after) {
            let first = file.module.date(file.since).map(shown).unwrap_or_default();
            say(format!(
                "activity begins on {first} in this file: of the days before nothing is known, so it is not judged until a \
                 file from the start of the module is imported"
            ));
        }
        let absent = |columns: &Columns| columns.all().map(absent_at_teams).sum::<usize>();
        let more = absent(after).saturating_sub(absent(before));
        if more > 0 {
            say(format!(
                "{more} of your students’ absences are told by the report not naming them"
            ));
        }
    }
}

fn absent_at_teams(held: &Engagement) -> usize {
    let sessions = held.kept.attendance().filter(|_| held.source == Source::Teams);
    let absent = |it: &crate::domain::signal::Session| it.presence == Presence::Absent;
    sessions.map_or(0, |it| it.sessions().filter(absent).count())
}

/// Takes up every column that is not as it was, whichever import wrote it last, and counts what is new.
fn compare(
    plan: &mut SignalPlan,
    change: &mut Builder<'_>,
    (before, after): (&Columns, &Columns),
    file: &File<'_>,
) {
    let (mut new, mut changed) = (BTreeSet::new(), BTreeSet::new());
    for now in after.all() {
        let was = before.get((now.student, now.source));
        let same = was.is_some_and(|was| Engagement { batch: was.batch, ..now.clone() } == *was);
        if same {
            continue;
        }
        let side = if was.is_none() && now.source == file.source { &mut new } else { &mut changed };
        side.insert(now.student);
        plan.counts.add(was, now);
        change.push(Engagement { batch: file.batch, ..now.clone() });
    }
    plan.changed = changed.difference(&new).copied().collect();
    plan.new = new.into_iter().collect();
}

/// Why a report says nothing of those whom it does not name.
fn nobody_absent(clear: bool, doubtful: u32) -> String {
    if !clear {
        return "not everybody in the file can be told or read, so nobody is taken to be absent"
            .to_owned();
    }
    let who = match doubtful {
        1 => "one person came with no address of here and may be a student of yours".to_owned(),
        _ => format!("{doubtful} people came with no address of here and may be students of yours"),
    };
    format!("{who}, so nobody is taken to be absent unless named")
}

/// Of whom a file says that they have left the module.
fn left(people: &People<'_>) -> BTreeSet<StudentId> {
    let gone = |facts: &Vec<&[Fact]>| facts.iter().copied().flatten().any(|it| *it == Fact::Left);
    people.known.iter().filter(|(_, facts)| gone(facts)).map(|(student, _)| *student).collect()
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn shown(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}
