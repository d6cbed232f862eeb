//! The ledger of a student: every consent with what it permits, and everything that was passed on.

use std::cmp::Reverse;

use crate::{
    app::{
        command::Ledger as Command,
        cursor::Cursor,
        forms::{RecordForm, Which},
        model::Model,
        msg::Effect,
        popup::{FormKind, Popup},
    },
    domain::{
        access::for_tutors, consent::ConsentId, disclosure::DisclosureId, file::StudentFile,
        student::StudentId, write::consent,
    },
};

/// The ledger that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Whose.
    pub student: StudentId,
    /// Where the list stands.
    pub cursor: Cursor,
}

/// One entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A consent.
    Consent(ConsentId),
    /// Something that was passed on.
    Told(DisclosureId),
}

impl Ledger {
    /// The ledger of a student, at its start.
    #[must_use]
    pub fn new(student: StudentId) -> Self {
        Self { student, cursor: Cursor::default() }
    }

    /// Whose file it shows.
    #[must_use]
    pub fn file<'a>(&self, model: &'a Model) -> Option<&'a StudentFile> {
        model.records.file(self.student).map(|file| &**file)
    }

    /// The entries: the consents that hold, the others, then what was passed on; the latest first.
    #[must_use]
    pub fn rows(&self, model: &Model) -> Vec<Row> {
        let (Some(file), Some(viewer)) = (self.file(model), model.desk.viewer) else {
            return Vec::new();
        };
        let today = model.now.today();
        let mut given: Vec<_> = file.consents.iter().collect();
        given.sort_by_key(|it| (!it.holds(today), Reverse(it.on), it.id));
        let mut told: Vec<_> =
            file.disclosures.iter().filter(|it| for_tutors(viewer, file, it.tutor)).collect();
        told.sort_by_key(|it| (Reverse(it.on), it.id));
        let given = given.into_iter().map(|it| Row::Consent(it.id));
        given.chain(told.into_iter().map(|it| Row::Told(it.id))).collect()
    }

    /// The consent under the cursor.
    #[must_use]
    pub fn consent(&self, model: &Model) -> Option<ConsentId> {
        match self.rows(model).get(self.cursor.selected)? {
            Row::Consent(id) => Some(*id),
            Row::Told(_) => None,
        }
    }

    /// Whether a command can do something now.
    #[must_use]
    pub fn applies(&self, model: &Model, command: Command) -> bool {
        let file = self.file(model);
        match command {
            Command::Edit => self.consent(model).is_some(),
            Command::Withdraw => self
                .consent(model)
                .and_then(|id| file?.find(id))
                .is_some_and(|consent| consent.withdrawn.is_none()),
            Command::Record | Command::PassOn | Command::Leave => true,
        }
    }

    /// Carries out a command.
    pub fn run(model: &mut Model, command: Command) -> Vec<Effect> {
        let Some(Popup::Ledger(ledger)) = model.popups.last() else { return Vec::new() };
        let (student, selected) = (ledger.student, ledger.consent(model));
        let form = match command {
            Command::Leave => {
                model.popups.pop();
                return Vec::new();
            }
            Command::Record => RecordForm::Consent(student, Which::New),
            Command::PassOn => RecordForm::Share(student),
            Command::Edit => {
                let Some(id) = selected else { return Vec::new() };
                RecordForm::Consent(student, Which::Edit(id))
            }
            Command::Withdraw => {
                let Some(id) = selected else { return Vec::new() };
                return model.write(|context| consent::withdraw(context, student, id));
            }
        };
        model.open_form(FormKind::Record(form));
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
