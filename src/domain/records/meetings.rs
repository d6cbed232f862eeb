//! Meetings as a student has them: their own, and those of groups with who is on the register.

use super::Records;
use crate::domain::{
    file::StudentFile,
    meeting::{Attendance, Meeting, MeetingId},
    student::StudentId,
};

impl Records {
    /// The meeting of this id: a group's, or a 1-2-1 in this student's file.
    #[must_use]
    pub fn meeting<'a>(&'a self, file: &'a StudentFile, id: MeetingId) -> Option<&'a Meeting> {
        let own = file.find(id).map(|held| &held.value);
        own.or_else(|| self.group(id))
    }

    /// The group meeting with this id.
    #[must_use]
    pub fn group(&self, id: MeetingId) -> Option<&Meeting> {
        self.groups.get(&id).map(|held| &held.value)
    }

    /// All group meetings.
    pub fn groups(&self) -> impl Iterator<Item = &Meeting> {
        self.groups.values().map(|held| &held.value)
    }

    /// Who is on the register of a group meeting.
    pub fn register(&self, meeting: MeetingId) -> impl Iterator<Item = StudentId> {
        self.registers.get(&meeting).into_iter().flatten().copied()
    }

    /// A student's meetings with their part in each.
    pub fn meetings_of<'a>(
        &'a self,
        file: &'a StudentFile,
    ) -> impl Iterator<Item = (&'a Meeting, &'a Attendance)> {
        file.attendances
            .iter()
            .filter_map(|held| Some((self.meeting(file, held.meeting)?, &held.value)))
    }
}
