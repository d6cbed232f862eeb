//! The duties of tutors: a row each with its evidence and clause, and what Enter does about it.

use crate::{
    app::{
        command::Duties as Command,
        cursor::Cursor,
        forms::{RecordForm, Which, delete},
        model::Model,
        msg::{Access, Effect},
        popup::{FormKind, Popup},
    },
    domain::{
        id::Id,
        record::{Kind, RecordId},
        records::Records,
        training::Course,
        tutor::{Role, TutorId},
        tutor_duty::{DutyStep, TutorDutyState},
    },
};

/// Whose duties the list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whose {
    /// Those of who works here.
    #[default]
    Mine,
    /// What presses the other tutors of the school.
    School,
}

/// The list that is open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Duties {
    /// Whose.
    pub whose: Whose,
    /// Where the list stands.
    pub cursor: Cursor,
}

impl Duties {
    /// Its rows.
    #[must_use]
    pub fn rows<'a>(&self, model: &'a Model) -> &'a [TutorDutyState] {
        match self.whose {
            Whose::Mine => &model.desk.duties.mine,
            Whose::School => &model.desk.duties.school,
        }
    }

    /// The selected row.
    #[must_use]
    pub fn selected<'a>(&self, model: &'a Model) -> Option<&'a TutorDutyState> {
        self.rows(model).get(self.cursor.selected)
    }
}

/// Whether a command of the list can do something now.
#[must_use]
pub fn applies(model: &Model, command: Command) -> bool {
    let Some(Popup::Duties(duties)) = model.popups.last() else { return false };
    let writes = model.access == Access::Write;
    let selected = duties.selected(model);
    match command {
        Command::Leave => true,
        Command::School => model.records.me().is_some_and(|me| me.role == Role::SeniorTutor),
        Command::Step => writes && selected.is_some_and(|duty| duty.step != DutyStep::None),
        Command::Edit | Command::Delete => writes && selected.is_some_and(|it| it.record.is_some()),
        Command::Training | Command::Absence | Command::Term => {
            writes && model.records.me().is_some()
        }
    }
}

impl Model {
    /// Carries out a command of the list of duties.
    pub(in crate::app) fn duties(&mut self, command: Command) -> Vec<Effect> {
        if !applies(self, command) {
            return Vec::new();
        }
        let Some(Popup::Duties(duties)) = self.popups.last_mut() else { return Vec::new() };
        match command {
            Command::Leave => {
                self.popups.pop();
                return Vec::new();
            }
            Command::School => {
                let whose = match duties.whose {
                    Whose::Mine => Whose::School,
                    Whose::School => Whose::Mine,
                };
                *duties = Duties { whose, cursor: Cursor::default() };
                return Vec::new();
            }
            Command::Step
            | Command::Edit
            | Command::Delete
            | Command::Training
            | Command::Absence
            | Command::Term => {}
        }
        let open = *duties;
        let selected = open.selected(self).cloned();
        let Some(me) = self.records.me().map(|me| me.id) else { return Vec::new() };
        let tutor = selected.as_ref().map_or(me, |duty| duty.tutor);
        let record = selected.as_ref().and_then(|duty| duty.record);
        let form = match command {
            Command::Delete => {
                return record.map_or_else(Vec::new, |record| delete::ask_own(self, record));
            }
            Command::Step => selected.and_then(form_of_step),
            Command::Edit => record.and_then(|record| form_of_record(&self.records, record)),
            Command::Training => {
                let course = selected.map_or(Course::Other, |duty| match duty.step {
                    DutyStep::RecordTraining(course) => course,
                    DutyStep::None
                    | DutyStep::RecordAbsence
                    | DutyStep::EditAbsence(_)
                    | DutyStep::RecordTerm
                    | DutyStep::EditTerm(_)
                    | DutyStep::MarkDone(_)
                    | DutyStep::EditDone(..) => Course::Other,
                });
                Some(RecordForm::Training(tutor, course, Which::New))
            }
            Command::Absence => Some(RecordForm::Absence(tutor, Which::New)),
            Command::Term => Some(RecordForm::Term(tutor, Which::New)),
            Command::Leave | Command::School => None,
        };
        if let Some(form) = form {
            self.open_form(FormKind::Record(form));
        }
        Vec::new()
    }

    /// After a change the cursor of the list stays where there is a row.
    pub(in crate::app) fn clamp_duties(&mut self) {
        let (mine, school) = (self.desk.duties.mine.len(), self.desk.duties.school.len());
        for popup in &mut self.popups {
            if let Popup::Duties(duties) = popup {
                let len = if duties.whose == Whose::Mine { mine } else { school };
                duties.cursor.clamp(len);
            }
        }
    }
}

/// The form that the next step of a duty opens.
fn form_of_step(duty: TutorDutyState) -> Option<RecordForm> {
    let tutor: TutorId = duty.tutor;
    match duty.step {
        DutyStep::None => None,
        DutyStep::RecordTraining(course) => Some(RecordForm::Training(tutor, course, Which::New)),
        DutyStep::RecordAbsence => Some(RecordForm::Absence(tutor, Which::New)),
        DutyStep::EditAbsence(id) => Some(RecordForm::Absence(tutor, Which::Edit(id))),
        DutyStep::RecordTerm => Some(RecordForm::Term(tutor, Which::New)),
        DutyStep::EditTerm(id) => Some(RecordForm::Term(tutor, Which::Edit(id))),
        DutyStep::MarkDone(key) => Some(RecordForm::DutyDone(tutor, key, Which::New)),
        DutyStep::EditDone(key, id) => Some(RecordForm::DutyDone(tutor, key, Which::Edit(id))),
    }
}

/// The form that edits the record behind a duty.
fn form_of_record(records: &Records, record: RecordId) -> Option<RecordForm> {
    let RecordId { kind, bytes } = record;
    if kind == Kind::Training {
        let held = records.training(Id::from_bytes(bytes))?;
        return Some(RecordForm::Training(held.tutor, held.course, Which::Edit(held.id)));
    }
    if kind == Kind::Absence {
        let held = records.absence(Id::from_bytes(bytes))?;
        return Some(RecordForm::Absence(held.tutor, Which::Edit(held.id)));
    }
    if kind == Kind::RoleTerm {
        let held = records.role_term(Id::from_bytes(bytes))?;
        return Some(RecordForm::Term(held.tutor, Which::Edit(held.id)));
    }
    let held = records.duty_done(Id::from_bytes(bytes)).filter(|_| kind == Kind::DutyDone)?;
    Some(RecordForm::DutyDone(held.tutor, held.duty.clone(), Which::Edit(held.id)))
}

#[cfg(test)]
pub(crate) mod tests;
