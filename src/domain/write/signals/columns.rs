//! What a file says, merged into the columns of each student and source, and how far each source then knows.
//!
//! A file speaks of those whom it names, and of nobody else, unless a person says that it is of everybody on the module: then
//! who is on it and not named was not online, or not there. So the order of imports matters for that alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{
    batch::BatchId,
    engagement::{Engagement, Kept, Source, Told},
    id::IdSource,
    module::{Module, ModuleId},
    reading::{Fact, Held},
    records::Records,
    signal::{Activity, Attendance, Entry, EvidenceDay, Known, Marked, Presence, Session, Work},
    student::StudentId,
};

/// What is known of the members of a module, by student and source.
#[derive(Clone)]
pub(super) struct Columns {
    held: BTreeMap<(StudentId, Source), Engagement>,
}

/// A file, as the columns of a module take it.
pub(super) struct File<'a> {
    pub source: Source,
    pub module: &'a Module,
    /// The piece of the module for each piece of the file.
    pub pieces: &'a [u16],
    pub batch: BatchId,
    /// It knows every day before.
    pub until: EvidenceDay,
    /// Its first day, where it may begin in the middle: of the days before it knows nothing.
    pub since: EvidenceDay,
    /// Whether it has any active day, so that it is about activity.
    pub online: bool,
    /// Whether it has any session.
    pub sessions: bool,
}

/// Of whom a file says something by not naming them.
pub(super) struct Missing<'a> {
    /// Sessions at which who is not named was absent.
    pub held: &'a [Held],
    /// Whether who is not named was not online.
    pub silent: bool,
    /// Who has left the module.
    pub left: &'a BTreeSet<StudentId>,
}

/// Of which students anything is known in each module, so that nobody else is looked at for each file.
pub(super) struct Rolls(HashMap<ModuleId, BTreeSet<StudentId>>);

impl Rolls {
    pub(super) fn of(records: &Records) -> Self {
        let mut rolls: HashMap<ModuleId, BTreeSet<StudentId>> = HashMap::new();
        for held in records.files().flat_map(|file| &file.engagements) {
            rolls.entry(held.module).or_default().insert(held.student);
        }
        Self(rolls)
    }

    /// Something may be known of these students in a module now.
    pub(super) fn add(&mut self, module: ModuleId, students: impl IntoIterator<Item = StudentId>) {
        self.0.entry(module).or_default().extend(students);
    }
}

impl Columns {
    /// What is known of everybody on a module.
    pub(super) fn of(records: &Records, rolls: &Rolls, module: ModuleId) -> Self {
        let students = rolls.0.get(&module).into_iter().flatten();
        let files = students.filter_map(|student| records.file(*student));
        let held = files.flat_map(|file| &file.engagements).filter(|held| held.module == module);
        let held = held.map(|held| ((held.student, held.source), held.value.clone())).collect();
        Self { held }
    }

    /// All of it, as it is now.
    pub(super) fn all(&self) -> impl Iterator<Item = &Engagement> {
        self.held.values()
    }

    /// What a source knows of a student.
    pub(super) fn get(&self, key: (StudentId, Source)) -> Option<&Engagement> {
        self.held.get(&key)
    }

    /// Adds what a file says of a student.
    pub(super) fn learn(
        &mut self,
        file: &File<'_>,
        (student, facts): (StudentId, &[&[Fact]]),
        ids: &mut IdSource,
    ) {
        let engagement = self.entry(file, (student, file.source), ids);
        let all = || facts.iter().copied().flatten();
        engagement.repeating |= all().any(|fact| matches!(fact, Fact::Repeating));
        engagement.kept.edit(|told| {
            if file.knows_activity(facts) {
                told.know_activity(&file.known());
            }
            if file.sessions {
                told.attendance(file.until).know_until(file.until);
            }
            if knows_marks(file.source) {
                told.work().merge(&Work::of_marks(file.until));
            }
            for fact in all() {
                file.take(told, *fact);
            }
        });
    }

    /// Sets down who was not online by a log of everybody, and who was not at sessions that were held for all: the members
    /// of the module as they are known now. Of nobody else does a file know more than of those whom it names.
    pub(super) fn settle(&mut self, file: &File<'_>, missing: &Missing<'_>, ids: &mut IdSource) {
        let on_it = self.held.keys().map(|(student, _)| *student);
        let members: BTreeSet<StudentId> = on_it.filter(|it| !missing.left.contains(it)).collect();
        for student in members.iter().filter(|_| missing.silent) {
            let engagement = self.entry(file, (*student, file.source), ids);
            engagement.kept.edit(|told| told.know_activity(&file.known()));
        }
        self.count_absent(file, (&members, missing.held), ids);
    }

    /// Everybody on the module, as far as any source says.
    pub(super) fn members(&self) -> BTreeSet<StudentId> {
        self.held.keys().map(|(student, _)| *student).collect()
    }

    /// Of sessions for everyone, of which a file names only those who came, everybody else on the module was absent. A session
    /// that was not said to be for everyone says nothing of who is not named.
    fn count_absent(
        &mut self,
        file: &File<'_>,
        (members, held): (&BTreeSet<StudentId>, &[Held]),
        ids: &mut IdSource,
    ) {
        let held = held.iter().filter(|_| file.source == Source::Teams);
        let sessions: Vec<Session> =
            held.map(|held| file.absent(*held)).filter(|it| file.can_know(it.day)).collect();
        if sessions.is_empty() {
            return;
        }
        for student in members {
            let engagement = self.entry(file, (*student, Source::Teams), ids);
            engagement.kept.edit(|told| {
                let attendance = told.attendance(file.until);
                attendance.know_until(file.until);
                for session in &sessions {
                    attendance.add(*session);
                }
            });
        }
    }

    fn entry(
        &mut self,
        file: &File<'_>,
        (student, source): (StudentId, Source),
        ids: &mut IdSource,
    ) -> &mut Engagement {
        self.held.entry((student, source)).or_insert_with(|| Engagement {
            id: ids.fresh(),
            student,
            module: file.module.id,
            source,
            batch: file.batch,
            kept: Kept::default(),
            repeating: false,
        })
    }
}

impl Told {
    fn know_activity(&mut self, known: &Known) {
        self.activity.get_or_insert_with(|| Activity::knowing(known.clone())).know(known);
    }

    /// The sessions, by a source that knows the days before `until` where it told of none yet.
    fn attendance(&mut self, until: EvidenceDay) -> &mut Attendance {
        self.attendance.get_or_insert_with(|| Attendance::new(until))
    }

    fn work(&mut self) -> &mut Work {
        self.work.get_or_insert_with(Work::of_pieces)
    }

    fn enter(&mut self, entry: Entry) {
        self.work().add(entry);
    }
}

impl File<'_> {
    /// Whether it knows when somebody in it was online: a log of whom it shows to have done something, a list of
    /// participants of nobody, as it says only when last.
    fn knows_activity(&self, facts: &[&[Fact]]) -> bool {
        let log = self.source == Source::MoodleLog;
        if log { acts(facts) } else { self.online && self.source != Source::MoodleParticipants }
    }

    /// Which days of online activity it knows.
    fn known(&self) -> Known {
        Known::between(self.since, self.until)
    }

    /// Whether something that happened on a day can be in it.
    pub(super) fn can_know(&self, day: EvidenceDay) -> bool {
        day <= self.until
    }

    /// The last day of the last week that it knows wholly: what it says without a day was so by then.
    fn seen(&self) -> EvidenceDay {
        EvidenceDay(self.until.0.max(0) / 7 * 7).plus(-1)
    }

    /// An absence that nobody says: whatever a file says of somebody stands before it, also an older one.
    fn absent(&self, held: Held) -> Session {
        let (day, presence) = (self.module.day(held.on), Presence::Absent);
        let (key, compulsory) = (held.key, held.compulsory);
        Session { day, key, presence, compulsory, read: EvidenceDay::START }
    }

    fn piece(&self, place: usize) -> Option<Entry> {
        self.pieces.get(place).map(|piece| Entry::new(*piece))
    }

    /// Adds one fact; what lies after the day the file was made is left out.
    fn take(&self, to: &mut Told, fact: Fact) {
        match fact {
            Fact::Member | Fact::Left | Fact::Repeating => {}
            Fact::Active(on) => {
                let day = self.module.day(on);
                if self.can_know(day) {
                    to.activity
                        .get_or_insert_with(|| Activity::new(EvidenceDay::START))
                        .add_day(day);
                }
            }
            Fact::Session { on, key, presence, compulsory } => {
                let (day, read) = (self.module.day(on), self.until);
                if self.can_know(day) {
                    to.attendance(read).add(Session { day, key, presence, compulsory, read });
                }
            }
            Fact::Rated(on, band) => {
                let day = self.module.day(on);
                if self.can_know(day) {
                    to.ratings.get_or_insert_default().add(day, band);
                }
            }
            Fact::Handed(..) | Fact::NotHanded(_) | Fact::Extended(..) | Fact::Marked(..) => {
                if let Some(entry) = self.entry(fact) {
                    to.enter(entry);
                }
            }
        }
    }

    /// What a fact says about a piece of work.
    fn entry(&self, fact: Fact) -> Option<Entry> {
        match fact {
            Fact::Handed(piece, on) => {
                let day = on.map_or(Entry::UNDATED, |on| self.module.day(on));
                let entry = self.piece(piece)?;
                self.can_know(day).then_some(Entry { handed: Some(day), ..entry })
            }
            Fact::NotHanded(piece) => {
                Some(Entry { checked: Some(self.until), ..self.piece(piece)? })
            }
            Fact::Extended(piece, on) => {
                Some(Entry { extended: Some(self.module.day(on)), ..self.piece(piece)? })
            }
            Fact::Marked(piece, mark) => {
                let marked = Marked { mark, seen: self.seen(), read: self.until };
                Some(Entry { mark: Some(marked), ..self.piece(piece)? })
            }
            Fact::Member
            | Fact::Left
            | Fact::Repeating
            | Fact::Active(_)
            | Fact::Session { .. }
            | Fact::Rated(..) => None,
        }
    }
}

/// Whether a source knows every mark of the module.
pub(super) const fn knows_marks(source: Source) -> bool {
    matches!(source, Source::MoodleGrades | Source::Canvas | Source::Sits)
}

/// Whether somebody was ever online.
pub(super) fn acts(facts: &[&[Fact]]) -> bool {
    facts.iter().copied().flatten().any(|fact| matches!(fact, Fact::Active(_)))
}
