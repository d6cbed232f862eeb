//! Files that speak of several modules: what they say, module by module.

use std::collections::BTreeMap;

use super::{Export, module_code, sayings::Sayings};
use crate::{
    domain::{engagement::Source, reading::Reading, roll::Remark},
    exchange::{cell, student_row::Wrong, table::Row},
};

/// The longest code of a module, in characters.
const LONGEST: usize = 40;

/// The headers of a column of modules, the best first.
pub(super) const HEADERS: [&str; 9] = [
    "modulecode",
    "modcode",
    "moduleid",
    "unitcode",
    "module",
    "unit",
    "modulename",
    "moduletitle",
    "course",
];

/// What was read so far, by module.
pub(super) struct Modules<'a, 'b> {
    export: &'b Export<'a>,
    column: Option<usize>,
    by_code: BTreeMap<String, Sayings>,
    wrong: Vec<(u32, Wrong)>,
    /// What the reader should know of the file as a whole.
    pub remarks: Vec<Remark>,
}

impl<'a, 'b> Modules<'a, 'b> {
    /// Nothing yet; modules are told apart by a column, if there is one.
    pub(super) fn new(export: &'b Export<'a>, column: Option<usize>) -> Self {
        let remarks = export.protected();
        Self { export, column, by_code: BTreeMap::new(), wrong: Vec::new(), remarks }
    }

    /// Where the module of a row is noted down.
    pub(super) fn of(&mut self, row: Row<'_>) -> &mut Sayings {
        let code = match self.column {
            Some(column) => code(row.cell(column)),
            None => self.export.file_module(),
        };
        let sayings = self.by_code.entry(code.clone()).or_default();
        sayings.module = code;
        sayings
    }

    /// Reads row by row; a row that cannot be read is rejected, and the others go on.
    pub(super) fn each_row(
        &mut self,
        mut read: impl FnMut(&mut Self, Row<'a>) -> Result<(), Wrong>,
    ) {
        for (row, fault) in self.export.list.rows() {
            let read = match fault {
                Some(fault) => Err((Some(fault.column), fault.reason)),
                None => read(self, row),
            };
            if let Err(wrong) = read {
                self.wrong.push((row.number(), wrong));
            }
        }
    }

    /// A reading for each module, and one where there is none; the first has what is wrong with the file.
    pub(super) fn readings(mut self, source: Source) -> Vec<Reading> {
        if self.by_code.is_empty() {
            self.by_code.insert(String::new(), Sayings::default());
        }
        let export = self.export;
        if let Some(first) = self.by_code.values_mut().next() {
            first.remarks.append(&mut self.remarks);
            for (row, wrong) in self.wrong {
                first.reject(export, row, wrong);
            }
        }
        let reading = |mut sayings: Sayings| {
            sayings.as_of = sayings.as_of.or_else(|| export.file_day());
            sayings.reading(export, source)
        };
        self.by_code.into_values().map(reading).collect()
    }
}

/// The code of a module in a cell; the cell as it is where none is found.
fn code(text: &str) -> String {
    let text = cell::clean(text).text;
    if cell::is_no_value(&text) {
        return String::new();
    }
    module_code::find(&text).unwrap_or_else(|| text.chars().take(LONGEST).collect())
}
