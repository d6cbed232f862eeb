//! Whom a typed word means: a student by number or name, or several to choose from.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    exit::{Exit, Failure, Outcome},
    out::{Out, Table},
};
use crate::domain::{
    file::StudentFile,
    fold::fold,
    id::Id,
    records::Records,
    student::Name,
    tutee::{Sort, Tutee},
};

/// How many possibilities are shown.
const SHOWN: usize = 20;

/// The student meant by a number, an id or words of a name; says who could be meant when it is not one.
///
/// # Errors
/// When nobody is meant, or more than one.
pub fn find<'a>(
    records: &'a Records,
    text: &str,
    today: NaiveDate,
    out: &mut Out,
) -> Outcome<&'a Arc<StudentFile>> {
    let found = meant(records, text);
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            Err(Failure::refused("No student has this number or name: `tutelage list` shows all."))
        }
        many => {
            out.table(&choice(records, many, today))?;
            let sentence = format!("{} students can be meant: use the number.", many.len());
            Err(Failure::new(Exit::Refused, sentence))
        }
    }
}

/// Everybody who can be meant; who is named exactly comes alone.
pub(super) fn meant<'a>(records: &'a Records, text: &str) -> Vec<&'a Arc<StudentFile>> {
    let number = text.split_once('/').map_or(text, |(number, _)| number).trim();
    let mut found: Vec<_> = records.numbered(number).filter_map(|id| records.file(id)).collect();
    found.extend(Id::parse(text).and_then(|id| records.file(id)));
    let wanted = fold(text).into_owned();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    if !found.is_empty() || words.is_empty() {
        return found;
    }
    let exact = |name: &Name| fold(&name.shown()) == wanted || fold(&whole(name)) == wanted;
    found = records.files().filter(|file| exact(&file.student.name)).collect();
    if found.is_empty() {
        let all_in = |name: &str| words.iter().all(|word| name.contains(word));
        let names = |name: &Name| format!("{} {}", whole(name), name.preferred);
        found = records.files().filter(|file| all_in(&fold(&names(&file.student.name)))).collect();
    }
    found
}

fn whole(name: &Name) -> String {
    format!("{} {}", name.given, name.family)
}

fn choice(records: &Records, many: &[&Arc<StudentFile>], today: NaiveDate) -> Table {
    let mut table = Table::new(&["Number", "Name", "Programme"]);
    let mut tutees: Vec<Tutee> =
        many.iter().map(|file| Tutee::of(records, file, None, today)).collect();
    tutees.sort_by(|a, b| a.before(b, Sort::Name));
    for tutee in tutees.into_iter().take(SHOWN) {
        table.row([tutee.number, tutee.name, tutee.programme]);
    }
    table
}
