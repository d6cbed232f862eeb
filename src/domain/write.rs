//! The one way to change records: raw text in, a [`Change`] out, or every reason why not.
//!
//! Screen, command line and importers call these functions; each reports all that is wrong at once, in
//! sentences for a tutor. Nothing here applies a change.

use std::fmt;

use super::{
    change::{Builder, Change, Label, record_id},
    entity::Entity,
    file::{Held, Shelved, StudentFile},
    id::{Id, IdSource},
    record::Owner,
    records::Records,
    student::StudentId,
    time::Now,
    tutor::TutorId,
};

pub mod absence;
pub mod action;
pub mod allocation;
pub mod calendar;
pub mod case;
pub mod clean;
pub mod consent;
pub mod contact;
pub mod decision;
pub mod disclosure;
pub mod duty_done;
pub mod enrolment;
pub mod flag;
pub mod group;
pub mod import;
pub mod ladder;
pub mod letter;
pub mod lines;
pub mod meeting;
pub mod module;
pub mod names;
pub mod note;
pub mod piece_lines;
pub mod policy;
pub mod read;
pub mod referral;
pub mod role_term;
pub mod saved_view;
pub mod setup;
pub mod signals;
pub mod slot_choice;
pub mod student;
pub mod takeout;
pub mod training;
pub mod tuning;
pub mod tutor;
pub mod waiver;

#[cfg(test)]
pub(crate) mod fixture;

/// What is wrong with one field, for the person who filled it in.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Which field; [`WHOLE`] if it is about none in particular.
    pub field: &'static str,
    /// What is wrong and what to do: may quote what was typed.
    pub message: String,
}

/// The field of an error that is about the whole form.
pub const WHOLE: &str = "";

impl FieldError {
    /// An error beside a field.
    #[must_use]
    pub fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { field, message: message.into() }
    }

    /// An error about the whole, alone.
    #[must_use]
    pub fn whole(message: impl Into<String>) -> Vec<Self> {
        vec![Self::new(WHOLE, message)]
    }
}

/// Prints the field, never the message: it may quote what was typed.
impl fmt::Debug for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: …", self.field)
    }
}

/// A change, or all that is wrong.
pub type Written = Result<Change, Vec<FieldError>>;

/// What every write function starts from.
#[derive(Debug)]
pub struct Context<'a> {
    /// The records as they are.
    pub records: &'a Records,
    /// The moment.
    pub now: Now,
    /// Where new identities come from.
    pub ids: &'a mut IdSource,
}

impl<'a> Context<'a> {
    /// The tutor who works here.
    ///
    /// # Errors
    /// When the profile has not been set up.
    pub fn me(&self) -> Result<TutorId, Vec<FieldError>> {
        let profile = self.records.profile();
        let missing = || FieldError::whole("Nobody works in this profile yet: set it up first.");
        profile.map(|profile| profile.owner).ok_or_else(missing)
    }

    /// The file of a student.
    ///
    /// # Errors
    /// When there is no such student.
    pub fn file(&self, student: StudentId) -> Result<&'a StudentFile, Vec<FieldError>> {
        let file = self.records.file(student);
        file.map(|file| &**file)
            .ok_or_else(|| FieldError::whole("This student is not there any more."))
    }

    /// A record in the file of a student.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn held<T: Shelved + 'a>(
        &self,
        student: StudentId,
        id: Id<T>,
    ) -> Result<&'a Held<T>, Vec<FieldError>> {
        let found = self.file(student)?.find(id);
        found.ok_or_else(gone)
    }

    /// Starts a change.
    #[must_use]
    pub fn change(&self, label: Label) -> Builder<'a> {
        Builder::new(label, self.records)
    }

    /// Takes one record of a student away.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn delete<T: Shelved + 'a>(&self, label: Label, student: StudentId, id: Id<T>) -> Written {
        self.held(student, id)?;
        let mut change = self.change(label);
        change.delete(Owner::Student(student), record_id(id));
        Ok(change.build())
    }

    /// Takes a record that the profile owns away.
    ///
    /// # Errors
    /// When there is no such record.
    pub(super) fn delete_own<T: Entity>(&self, label: Label, id: Id<T>) -> Written {
        let mut change = self.change(label);
        change.delete(Owner::Profile, record_id(id));
        let change = change.build();
        if change.is_empty() { Err(gone()) } else { Ok(change) }
    }
}

/// The students that something is written about, unless there is nobody.
fn named(students: &[StudentId]) -> Result<&[StudentId], Vec<FieldError>> {
    if students.is_empty() {
        Err(FieldError::whole("No student is in hand."))
    } else {
        Ok(students)
    }
}

/// The refusal when a record has been deleted meanwhile.
fn gone() -> Vec<FieldError> {
    FieldError::whole("This is not there any more: it has been deleted.")
}
