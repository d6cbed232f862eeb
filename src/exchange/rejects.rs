//! Rejected rows as a CSV file of their own: correct them there and import that file.

use std::collections::HashMap;

use super::list::List;
use crate::domain::roll::Rejected;

/// The rejected rows as they were in the list, each after its row number, column and reason.
#[must_use]
pub fn csv<'a>(list: &List, rejected: impl IntoIterator<Item = &'a Rejected>) -> Vec<u8> {
    let mut reasons: HashMap<u32, Vec<&Rejected>> = HashMap::new();
    for reject in rejected {
        reasons.entry(reject.row).or_default().push(reject);
    }
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let headers = list.headers();
    // Writing to memory does not fail.
    let mut done =
        writer.write_record(["row", "column", "reason"].into_iter().chain(headers)).is_ok();
    for (row, _) in list.rows() {
        for reject in reasons.get(&row.number()).into_iter().flatten() {
            let number = reject.row.to_string();
            let why = [number.as_str(), &reject.column, &reject.reason];
            let cells = (0..row.len().max(list.width())).map(|column| row.raw(column));
            done &= writer.write_record(why.into_iter().chain(cells)).is_ok();
        }
    }
    writer.into_inner().ok().filter(|_| done).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{mapping::Guess, students};

    #[test]
    fn rejected_rows_can_be_corrected_and_imported_from_their_own_file() {
        let text =
            "ID number,Name,Email\n01,\"Rahman, Aisha\",a@example.org\n02,Ben,no address\n03,Ci\n";
        let list = List::read(text.as_bytes()).unwrap();
        let today = "2026-11-22".parse().unwrap();
        let drafts = students::drafts(&list, &Guess::of(&list).mapping, today).unwrap();
        let file = String::from_utf8(csv(&list, &drafts.rejected)).unwrap();
        assert_eq!(
            file,
            "row,column,reason,ID number,Name,Email\n\
             3,C (Email),is no e-mail address,02,Ben,no address\n\
             4,C (Email),\"the row has only 2 cells, but there are 3 columns\",03,Ci,\n"
        );
        let corrected = file.replace("no address", "b@example.org");
        let list = List::read(corrected.as_bytes()).unwrap();
        let drafts = students::drafts(&list, &Guess::of(&list).mapping, today).unwrap();
        assert_eq!((drafts.students.len(), drafts.rejected.len()), (2, 0));
    }
}
