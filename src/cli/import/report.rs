//! What an import would do, for a person to read before agreeing.

use std::collections::HashMap;

use crate::{
    cli::{
        exit::Outcome,
        out::{Out, Table},
    },
    domain::{
        change::Change,
        record::Record,
        records::Records,
        roll::{Rejected, Remark},
        student::{Enrolment, Student, StudentId},
        write::import::{FieldChange, Plan, Planned},
    },
    exchange::{list::List, students::Drafts},
};

/// How many of a kind are shown before the question; a dry run shows all.
const SHOWN: usize = 20;

/// What an import would do.
pub(super) struct Report<'a> {
    records: &'a Records,
    plan: &'a Plan,
    notes: Vec<String>,
    remarks: Vec<&'a Remark>,
    rejected: Vec<&'a Rejected>,
    new: New<'a>,
    new_rows: Vec<u32>,
}

/// The records of students who are not known yet, these in their order.
#[derive(Default)]
struct New<'a> {
    students: Vec<&'a Student>,
    enrolments: HashMap<StudentId, &'a Enrolment>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        records: &'a Records,
        list: &List,
        protected: &[String],
        drafts: &'a Drafts,
        (plan, change): (&'a Plan, &'a Change),
    ) -> Self {
        let mut notes = list.notes();
        notes.extend(drafts.notes.iter().cloned());
        if !protected.is_empty() {
            notes.push(format!("Never imported: {}.", protected.join(", ")));
        }
        let mut rejected: Vec<_> = drafts.rejected.iter().chain(&plan.rejected).collect();
        rejected.sort_by_key(|reject| reject.row);
        let mut remarks: Vec<_> = drafts.remarks.iter().chain(&plan.remarks).collect();
        remarks.sort_by_key(|remark| remark.row);
        let places = plan.new.iter().filter_map(|place| drafts.students.get(*place));
        let new_rows = places.map(|said| said.row).collect();
        Self { records, plan, notes, remarks, rejected, new: New::of(change), new_rows }
    }

    /// Prints it; `all` of it, or the first of each kind.
    pub(super) fn print(&self, out: &mut Out, all: bool) -> Outcome {
        let cap = if all { usize::MAX } else { SHOWN };
        for note in &self.notes {
            out.text(note)?;
        }
        self.print_new(out, cap)?;
        self.print_changed(out, cap)?;
        if !self.rejected.is_empty() {
            out.text("\nRejected")?;
        }
        for reject in self.rejected.iter().take(cap) {
            out.text(&place(reject.row, &reject.column, &reject.reason))?;
        }
        more(out, self.rejected.len(), cap)?;
        if !self.remarks.is_empty() {
            out.text("\nRemarks")?;
        }
        for remark in self.remarks.iter().take(cap) {
            out.text(&place(remark.row, &remark.column, &remark.text))?;
        }
        more(out, self.remarks.len(), cap)?;
        out.text(&format!(
            "\n{} new, {} changed, {} unchanged, {} rejected.",
            self.plan.new.len(),
            self.plan.changed.len(),
            self.plan.unchanged.len(),
            self.rejected.len()
        ))
    }

    fn print_new(&self, out: &mut Out, cap: usize) -> Outcome {
        let mut table = Table::new(&["  Row", "Number", "Name", "Programme"]);
        for (student, row) in self.new.students.iter().zip(&self.new_rows).take(cap) {
            let enrolment = self.new.enrolments.get(&student.id);
            table.row([
                format!("  {row}"),
                student.number.clone(),
                student.name.shown(),
                enrolment.map_or_else(String::new, |it| it.programme.to_string()),
            ]);
        }
        if !table.is_empty() {
            out.text("\nNew")?;
            out.table(&table)?;
            more(out, self.plan.new.len(), cap)?;
        }
        if self.plan.new_tutors.is_empty() {
            Ok(())
        } else {
            out.text(&format!("\nNew tutors\n  {}", self.plan.new_tutors.join("\n  ")))
        }
    }

    fn print_changed(&self, out: &mut Out, cap: usize) -> Outcome {
        let tutors = self.plan.changed_tutors.iter();
        for (id, fields) in tutors.take(cap) {
            let name = self.records.tutor(*id).map_or("", |tutor| &tutor.name);
            out.text(&format!("\nChanged: {name}"))?;
            changes(out, fields)?;
        }
        for planned in self.plan.changed.iter().take(cap) {
            out.text(&format!("\nChanged: {}", self.named(planned)))?;
            changes(out, &planned.fields)?;
        }
        more(out, self.plan.changed.len(), cap)
    }

    fn named(&self, planned: &Planned) -> String {
        let student = self.records.file(planned.student).map(|file| &file.student);
        student.map_or_else(String::new, |student| {
            format!("row {}, {} {}", planned.row, student.number, student.name.shown())
        })
    }
}

impl<'a> New<'a> {
    fn of(change: &'a Change) -> Self {
        let mut new = Self::default();
        for part in &change.parts {
            match &part.after {
                Some(Record::Student(it)) if part.before.is_none() => new.students.push(it),
                Some(Record::Enrolment(it)) => _ = new.enrolments.insert(it.student, it),
                _ => {}
            }
        }
        new
    }
}

fn changes(out: &mut Out, fields: &[FieldChange]) -> Outcome {
    for FieldChange { field, before, after } in fields {
        let before = if before.is_empty() { "–" } else { before };
        let after = if after.is_empty() { "–" } else { after };
        out.text(&format!("  {field}: {before} → {after}"))?;
    }
    Ok(())
}

/// Where it is, and what; a remark about the file as a whole has no row.
pub(super) fn place(row: u32, column: &str, text: &str) -> String {
    if row == 0 {
        return format!("  {text}");
    }
    let column = if column.is_empty() { String::new() } else { format!(", column {column}") };
    format!("  Row {row}{column}: {text}")
}

/// How many are not shown.
pub(super) fn more(out: &mut Out, count: usize, cap: usize) -> Outcome {
    match count.checked_sub(cap) {
        Some(rest @ 1..) => out.text(&format!("  … and {rest} more; --dry-run lists all.")),
        Some(0) | None => Ok(()),
    }
}
