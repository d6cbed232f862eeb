//! What a file says, merged into the columns of each student and source, and how far each source then knows.
//!
//! A course log speaks of everybody on the module: who is on it by any source and not in the log was not online. A list of
//! sessions speaks of those it has named before. Both are settled for all members after every import, of whatever
//! source, so that the order of imports does not matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    batch::BatchId,
    engagement::{Engagement, Source},
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

impl Columns {
    /// What is known of everybody on a module.
    pub(super) fn of(records: &Records, module: ModuleId) -> Self {
        let files = records.files().flat_map(|file| &file.engagements);
        let about = files.filter(|held| held.module == module);
        let held = about.map(|held| ((held.student, held.source), held.value.clone())).collect();
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
        if file.knows_activity() {
            engagement.know_activity(&file.known());
        }
        if file.sessions {
            engagement.attendance.get_or_insert(Attendance::new(file.until)).know_until(file.until);
        }
        if file.knows_marks() {
            let known = Work::of_marks(file.until);
            engagement.work.get_or_insert_with(Work::of_pieces).merge(&known);
        }
        for fact in facts.iter().copied().flatten() {
            file.take(engagement, *fact);
        }
    }

    /// Lets every source know as far of everybody on the module as it speaks of them, and sets down who was not at sessions
    /// that were held for all.
    pub(super) fn settle(&mut self, file: &File<'_>, held: &[Held], ids: &mut IdSource) {
        let members: BTreeSet<StudentId> = self.held.keys().map(|(student, _)| *student).collect();
        if let Some(known) = self.known_online(Source::MoodleLog) {
            for student in &members {
                self.entry(file, (*student, Source::MoodleLog), ids).know_activity(&known);
            }
        }
        let sources: BTreeSet<Source> = self.held.keys().map(|(_, source)| *source).collect();
        for source in sources {
            self.know_all(source);
        }
        self.count_absent(file, (&members, held), ids);
    }

    /// Which days of online activity a source knows of anybody; none where it tells of none.
    fn known_online(&self, source: Source) -> Option<Known> {
        let own = self.held.iter().filter(|((_, of), _)| *of == source);
        own.filter_map(|(_, it)| it.activity.as_ref()).map(Activity::known).cloned().reduce(
            |mut all, known| {
                all.add(&known);
                all
            },
        )
    }

    /// How far a source knows of anybody.
    fn furthest(
        &self,
        source: Source,
        until: impl Fn(&Engagement) -> Option<EvidenceDay>,
    ) -> Option<EvidenceDay> {
        let own = self.held.iter().filter(|((_, of), _)| *of == source);
        let until = own.filter_map(|(_, engagement)| until(engagement)).max();
        until.filter(|until| *until > EvidenceDay::START)
    }

    /// Whom a source has spoken of, it knows until as far as it knows of anybody.
    fn know_all(&mut self, source: Source) {
        let online = self.known_online(source);
        let came = self.furthest(source, |it| it.attendance.as_ref().map(Attendance::until));
        for ((_, of), engagement) in &mut self.held {
            if *of != source {
                continue;
            }
            if let (Some(known), Some(activity)) = (&online, &mut engagement.activity) {
                activity.know(known);
            }
            if let (Some(until), Some(attendance)) = (came, &mut engagement.attendance) {
                attendance.know_until(until);
            }
        }
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
        let until = sessions.first().map(|session| session.read);
        let came = |it: &Engagement| it.attendance.as_ref().map(Attendance::until);
        let Some(until) = self.furthest(Source::Teams, came).max(until) else { return };
        for student in members {
            let engagement = self.entry(file, (*student, Source::Teams), ids);
            let attendance = engagement.attendance.get_or_insert(Attendance::new(until));
            attendance.know_until(until);
            for session in &sessions {
                let place = (session.day, session.key);
                if !attendance.sessions().iter().any(|known| (known.day, known.key) == place) {
                    attendance.add(*session);
                }
            }
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
            activity: None,
            attendance: None,
            work: None,
            ratings: None,
            repeating: false,
        })
    }
}

impl Engagement {
    fn know_activity(&mut self, known: &Known) {
        self.activity.get_or_insert_with(|| Activity::knowing(known.clone())).know(known);
    }

    fn enter(&mut self, entry: Entry) {
        self.work.get_or_insert_with(Work::of_pieces).add(entry);
    }
}

impl File<'_> {
    /// Whether it knows of everybody in it whether they were online; a list of participants says only when last.
    fn knows_activity(&self) -> bool {
        self.source == Source::MoodleLog
            || (self.online && self.source != Source::MoodleParticipants)
    }

    /// Whether it knows every mark of the module.
    const fn knows_marks(&self) -> bool {
        matches!(self.source, Source::MoodleGrades | Source::Canvas | Source::Sits)
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

    fn absent(&self, held: Held) -> Session {
        let (day, presence) = (self.module.day(held.on), Presence::Absent);
        Session { day, key: held.key, presence, compulsory: held.compulsory, read: self.until }
    }

    fn piece(&self, place: usize) -> Option<Entry> {
        self.pieces.get(place).map(|piece| Entry::new(*piece))
    }

    /// Adds one fact; what lies after the day the file was made is left out.
    fn take(&self, to: &mut Engagement, fact: Fact) {
        match fact {
            Fact::Member => {}
            Fact::Repeating => to.repeating = true,
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
                    let attendance = to.attendance.get_or_insert(Attendance::new(read));
                    attendance.add(Session { day, key, presence, compulsory, read });
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
            | Fact::Repeating
            | Fact::Active(_)
            | Fact::Session { .. }
            | Fact::Rated(..) => None,
        }
    }
}
