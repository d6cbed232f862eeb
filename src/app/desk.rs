//! What the desk shows of the records: rows, alerts and the timeline of the student in hand. After a change only
//! the students that it touches are looked at again.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::meetings::{Board, Column, Meetings};
use super::pane::{
    alerts::Alerts, engagement::Engagement, note::NotePane, timeline::Timeline, tutees::Tutees,
};
use super::{duties::Duties, rules::Rules, triage::Triage, watched::Watched};
use crate::domain::{
    access::Viewer,
    alert::{Alert, AlertSettings, Owed, alert, alert_of},
    change::{Change, Part},
    file::StudentFile,
    id::Id,
    obligation::{Obligation, Plan, Progress, Status},
    policy::What,
    record::{Kind, Owner, RecordId},
    records::Records,
    student::StudentId,
    timeline::Filter,
    tutee::{Scope, Tutee},
};

mod scope;

/// From how many students on a change is treated as if it touched all.
const MANY: usize = 1_000;

/// The state of the four panes.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Whose eyes see it.
    pub viewer: Option<Viewer>,
    /// Whose students the lists show.
    pub scope: Scope,
    /// When silence becomes a reason.
    pub settings: AlertSettings,
    /// What the policy in use says.
    pub rules: Arc<Rules>,
    /// The day that the panes were filled for.
    pub today: NaiveDate,
    /// The list of tutees.
    pub tutees: Watched<Tutees>,
    /// Everything about the student in hand.
    pub timeline: Watched<Timeline>,
    /// The note under the timeline's cursor.
    pub note: Watched<NotePane>,
    /// What the student in hand did, week by week.
    pub engagement: Watched<Engagement>,
    /// Who needs a word.
    pub alerts: Watched<Alerts>,
    /// Students and the slots of the policy.
    pub meetings: Meetings,
    /// Who needs a word, across all tutors.
    pub triage: Triage,
    /// What is asked of who works here.
    pub duties: Duties,
    /// The number of the last search.
    pub ticket: u64,
}

impl Desk {
    /// A desk with nothing on it.
    #[must_use]
    pub fn new(settings: AlertSettings, today: NaiveDate) -> Self {
        Self {
            viewer: None,
            scope: Scope::All,
            settings,
            rules: Arc::default(),
            today,
            tutees: Watched::default(),
            timeline: Watched::default(),
            note: Watched::default(),
            engagement: Watched::default(),
            alerts: Watched::default(),
            meetings: Meetings::default(),
            triage: Triage::default(),
            duties: Duties::default(),
            ticket: 0,
        }
    }

    /// Shows other records, from the start.
    pub fn open(&mut self, records: &Records, today: NaiveDate) {
        let rules = Arc::clone(&self.rules);
        *self = Self { ticket: self.ticket, rules, ..Self::new(self.settings, today) };
        self.viewer = Viewer::of(records);
        self.scope = Scope::of(records);
        self.fill(records, today);
    }

    /// Looks at every student again.
    pub fn fill(&mut self, records: &Records, today: NaiveDate) {
        self.today = today;
        let (files, eyes): (Vec<_>, _) = (records.files().collect(), self.eyes());
        let seen: Vec<_> =
            files.into_par_iter().filter_map(|file| eyes.look(records, file)).collect();
        let (rows, found): (Vec<Tutee>, Vec<Option<Arc<Alert>>>) = seen.into_iter().unzip();
        let mut found: Vec<Arc<Alert>> = found.into_iter().flatten().collect();
        found.par_sort_unstable_by(|a, b| a.before(b));
        self.tutees.pin(records.pinned());
        self.take_columns(records);
        self.tutees.fill(rows);
        self.alerts.fill(found);
        self.alerts.take(records, today);
        let plan = self.rules.plan.as_ref();
        let year =
            self.meetings.year.filter(|year| plan.is_some_and(|it| it.calendar(*year).is_some()));
        self.meetings.year = year.or_else(|| plan?.year_of(today));
        self.fill_duties(records);
        self.engagement.regroup(records, today);
        self.take_up(records);
        if self.meetings.board.is_some() {
            self.look_at_meetings(records);
        }
        if self.triage.list.is_some() {
            self.look_at_triage(records);
        }
    }

    /// Fills the board of meetings, which is there from the first look on.
    pub fn look_at_meetings(&mut self, records: &Records) {
        let Some(plan) = self.rules.plan.clone() else {
            self.meetings.board = Some(Board::default());
            return;
        };
        self.meetings.look(&plan, records, &self.tutees, self.today);
        self.meetings.narrow(&self.tutees);
    }

    fn fill_duties(&mut self, records: &Records) {
        self.duties = Duties::of(self.rules.policy.as_deref(), records, self.today);
    }

    /// Looks again at the students that a change touches, once it has been applied.
    pub fn follow(&mut self, records: &Records, change: &Change) {
        let mut students = change.students();
        let targets = change.parts.iter().filter_map(Part::target);
        for (_, id) in targets.filter(|(owner, _)| *owner == Owner::Profile) {
            match id.kind {
                Kind::Meeting => students.extend(records.register(Id::from_bytes(id.bytes))),
                Kind::Profile | Kind::Tutor => return self.rescope(records),
                Kind::Calendar | Kind::Tuning => return self.fill(records, self.today),
                Kind::SavedView => {
                    self.tutees.pin(records.pinned());
                    self.take_columns(records);
                }
                Kind::Mapping
                | Kind::Student
                | Kind::Enrolment
                | Kind::Allocation
                | Kind::Attendance
                | Kind::Contact
                | Kind::Note
                | Kind::Action
                | Kind::Referral
                | Kind::Consent
                | Kind::Flag
                | Kind::Waiver
                | Kind::SlotChoice
                | Kind::Ladder
                | Kind::Letter
                | Kind::Disclosure
                | Kind::Training
                | Kind::Absence
                | Kind::RoleTerm
                | Kind::DutyDone
                | Kind::Module
                | Kind::Batch
                | Kind::Engagement
                | Kind::Results
                | Kind::Decision
                | Kind::Case
                | Kind::Alias => {}
            }
        }
        if students.len() > MANY {
            return self.fill(records, self.today);
        }
        if Duties::are_touched_by(change) {
            self.fill_duties(records);
        }
        self.alerts.take(records, self.today);
        self.engagement.follow(records, change, &students, self.today);
        self.look_again(records, &students);
        self.show_new(records, change);
    }

    /// Selects what a change has just brought: a student, or a record of the student in hand.
    fn show_new(&mut self, records: &Records, change: &Change) {
        let brought = |part: &&Part| part.before.is_none();
        let new: Vec<_> = change.parts.iter().filter(brought).filter_map(Part::target).collect();
        let mut students = new.iter().filter(|(_, id)| id.kind == Kind::Student);
        if let Some((Owner::Student(student), _)) = students.next() {
            // Of many none is the one: who was in hand stays, else the list begins at its top.
            let top = || self.tutees.row(0).map(|row| row.student);
            let wanted = match (students.next(), self.student()) {
                (None, _) => Some(*student),
                (Some(_), Some(_)) => None,
                (Some(_), None) => top(),
            };
            if let Some(student) = wanted {
                self.select(records, student);
            }
            return;
        }
        let mine = self.student().map(Owner::Student);
        let shown = |(owner, id): &&(Owner, RecordId)| {
            (Some(*owner) == mine || *owner == Owner::Profile)
                && matches!(
                    id.kind,
                    Kind::Meeting
                        | Kind::Contact
                        | Kind::Note
                        | Kind::Action
                        | Kind::Referral
                        | Kind::Consent
                        | Kind::Flag
                        | Kind::Waiver
                        | Kind::Ladder
                        | Kind::Letter
                        | Kind::Disclosure
                        | Kind::Decision
                        | Kind::Case
                )
        };
        if let Some((_, id)) = new.iter().find(shown) {
            self.show_record(records, *id);
        }
    }

    /// Takes a student in hand: timeline and note show them.
    pub fn take(&mut self, records: &Records, student: Option<StudentId>) {
        let before = self.timeline.selected().copied();
        let plan = self.rules.plan.as_deref();
        let file = student.and_then(|student| records.file(student));
        let obligations = match (&self.rules.plan, file, self.meetings.year) {
            (Some(plan), Some(file), Some(year)) => {
                plan.obligations_in(year, records, file, self.today)
            }
            _ => Vec::new(),
        };
        let current = match (plan, file) {
            (Some(plan), Some(_)) if plan.year_of(self.today) == self.meetings.year => {
                open_slots(plan, &obligations)
            }
            (Some(plan), Some(file)) => {
                open_slots(plan, &plan.obligations(records, file, self.today))
            }
            _ => Vec::new(),
        };
        let eyes = (self.viewer, self.today);
        if self.timeline.student != student {
            self.engagement.top = 0;
        }
        self.engagement.take(records, student, self.today);
        self.timeline.show(records, student, eyes, current);
        self.meetings.hold(obligations);
        if self.timeline.selected() != before.as_ref() {
            self.note.top = 0;
        }
    }

    /// The student in hand.
    #[must_use]
    pub fn student(&self) -> Option<StudentId> {
        self.timeline.student
    }

    /// Selects a student in both lists, where they show them, and takes them in hand.
    pub fn select(&mut self, records: &Records, student: StudentId) {
        if let Some(file) = records.file(student) {
            let alert = self.eyes().alert(records, file);
            let severity = alert.as_ref().and_then(Alert::sign);
            self.tutees.select(&Tutee::of(records, file, severity, self.today));
        }
        self.take(records, Some(student));
    }

    /// Goes to a record of the student in hand, whatever the timeline's filter hid.
    pub fn show_record(&mut self, records: &Records, record: RecordId) {
        if !self.timeline.jump(record) {
            self.timeline.filter = Filter::All;
            let student = self.student();
            self.take(records, student);
            self.timeline.jump(record);
        }
        self.note.top = 0;
    }

    /// Who is somebody else now has nobody in hand from before.
    fn rescope(&mut self, records: &Records) {
        let before = std::mem::replace(&mut self.viewer, Viewer::of(records));
        self.timeline.student = self.student().filter(|_| self.viewer == before);
        self.scope = Scope::of(records);
        self.fill(records, self.today);
    }

    fn look_again(&mut self, records: &Records, students: &BTreeSet<StudentId>) {
        let eyes = self.eyes();
        let files = students.iter().filter_map(|student| records.file(*student));
        let seen = files.filter_map(|file| eyes.look(records, file)).collect::<Vec<_>>();
        let (rows, found): (Vec<Tutee>, Vec<Option<Arc<Alert>>>) = seen.into_iter().unzip();
        self.tutees.replace(students, rows);
        let found: Vec<Arc<Alert>> = found.into_iter().flatten().collect();
        self.follow_triage(records, students, &found);
        self.alerts.replace(students, found);
        if let (Some(plan), Some(year), Some(board)) =
            (&self.rules.plan, self.meetings.year, &mut self.meetings.board)
        {
            for student in students {
                let there = self.tutees.find(*student).and_then(|row| records.file(row.student));
                board.follow(plan, year, records, (*student, there), self.today);
            }
        }
        self.meetings.narrow(&self.tutees);
        self.take_up(records);
    }

    /// Keeps the student in hand, or takes the selected one.
    fn take_up(&mut self, records: &Records) {
        let kept = self.student().filter(|student| records.file(*student).is_some());
        let student = kept.or_else(|| self.tutees.selected().map(|row| row.student));
        self.take(records, student);
    }

    fn eyes(&self) -> Eyes<'_> {
        Eyes {
            plan: self.rules.plan.as_deref(),
            scope: &self.scope,
            settings: self.settings.under(self.rules.card.as_deref()),
            today: self.today,
        }
    }
}

/// What rows and alerts depend on besides the records.
#[derive(Clone, Copy)]
struct Eyes<'a> {
    plan: Option<&'a Plan>,
    scope: &'a Scope,
    settings: AlertSettings,
    today: NaiveDate,
}

impl Eyes<'_> {
    /// The row of a student and the alert, if the student is in scope.
    fn look(
        self,
        records: &Records,
        file: &Arc<StudentFile>,
    ) -> Option<(Tutee, Option<Arc<Alert>>)> {
        if !self.scope.holds(records, file, self.today) {
            return None;
        }
        let all = self.plan.map(|plan| plan.obligations(records, file, self.today));
        let owed = self.plan.zip(all.as_deref()).map(|(plan, all)| Owed { plan, all });
        let alert = alert_of(records, owed, file, self.settings, self.today);
        let severity = alert.as_ref().and_then(Alert::sign);
        let slots = owed.map(|owed| slots(owed.plan, owed.all));
        Some((
            Tutee { slots, ..Tutee::of(records, file, severity, self.today) },
            alert.map(Arc::new),
        ))
    }

    fn alert(self, records: &Records, file: &StudentFile) -> Option<Alert> {
        alert(records, self.plan, file, self.settings, self.today)
    }
}

/// What is open of what meetings meet, and not planned yet: the timeline shows it.
fn open_slots(plan: &Plan, all: &[Obligation]) -> Vec<Obligation> {
    let open = |one: &&Obligation| {
        one.status.is_open() && one.planned.is_none() && Column::of(plan, one).is_some()
    };
    all.iter().filter(open).copied().collect()
}

/// The slots of a student that are met, of those that are expected in the year.
fn slots(plan: &Plan, all: &[Obligation]) -> Progress {
    let slot = |one: &&Obligation| {
        let what = plan.duty(one).map(|duty| &duty.what);
        one.status.is_expected() && matches!(what, Some(What::Slot(_)))
    };
    let count = |met: bool| {
        let met = |one: &&Obligation| !met || matches!(one.status, Status::Met(_));
        u8::try_from(all.iter().filter(slot).filter(met).count()).unwrap_or(u8::MAX)
    };
    Progress { held: count(true), of: count(false) }
}

#[cfg(test)]
mod tests;
