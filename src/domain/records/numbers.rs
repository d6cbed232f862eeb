//! Which students have which number.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::student::StudentId;

/// Follows a student's number: as it was, and as it is now, if the student is still there.
pub(super) fn renumber(
    numbers: &mut BTreeMap<String, BTreeSet<StudentId>>,
    student: StudentId,
    old: &str,
    new: Option<&str>,
) {
    if new == Some(old) {
        return;
    }
    if let Some(students) = numbers.get_mut(old) {
        students.remove(&student);
        if students.is_empty() {
            numbers.remove(old);
        }
    }
    if let Some(new) = new {
        numbers.entry(new.to_owned()).or_default().insert(student);
    }
}
