//! The tables that put students together: tutor groups, groups of the equality audit; and the points to compare with.

use std::collections::{HashMap, HashSet};

use super::{
    At, Fault, Table,
    cohorts::{Finder, Index},
    rows::{Rows, unpacked},
};
use crate::domain::{
    evaluate::{Division, Expected},
    signal::WeekEnd,
};

/// What an audit may tell students apart by, as its table calls it.
const DIVISIONS: [&str; 6] =
    ["gender", "age_band", "disability", "imd_band", "region", "highest_education"];

/// Finds students, each of them once in a presentation.
struct Once<'i> {
    finder: Finder<'i>,
    found: HashSet<At>,
}

impl<'i> Once<'i> {
    fn new(index: &'i Index) -> Self {
        Self { finder: index.finder(), found: HashSet::new() }
    }

    fn member<const N: usize>(&mut self, rows: &Rows<'_, N>) -> Result<At, Fault> {
        let at = self.finder.member(rows)?;
        let new = self.found.insert(at);
        new.then_some(at).ok_or_else(|| rows.fault(1, "stands here twice in this presentation"))
    }
}

/// Reads the tutor groups, by cohort.
///
/// # Errors
/// The first fault.
pub(super) fn tutees(table: &Table, index: &Index) -> Result<Vec<Vec<Vec<u32>>>, Fault> {
    let bytes = unpacked(table)?;
    let mut rows = Rows::open(table, &bytes, ["pres", "id_student", "tutor_group"])?;
    let mut finder = Once::new(index);
    let mut places: HashMap<(u16, Box<[u8]>), usize> = HashMap::new();
    let mut tutees: Vec<Vec<Vec<u32>>> = vec![Vec::new(); index.len()];
    while rows.next()? {
        let at = finder.member(&rows)?;
        let Some(groups) = tutees.get_mut(usize::from(at.cohort)) else { continue };
        let place = *places.entry((at.cohort, rows.cell(2).into())).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.push(at.member);
        }
    }
    Ok(tutees)
}

/// Reads the points to compare with.
///
/// # Errors
/// The first fault.
pub(super) fn expected(table: &Table, index: &Index) -> Result<Vec<Expected>, Fault> {
    let bytes = unpacked(table)?;
    let mut rows = Rows::open(table, &bytes, ["pres", "id_student", "week", "points"])?;
    let (mut finder, mut expected) = (index.finder(), Vec::new());
    while rows.next()? {
        let at = finder.member(&rows)?;
        let (week, points) = (rows.needed(2, &(1..=30))?, rows.needed(3, &(0..=255))?);
        let number = |number| u8::try_from(number).unwrap_or(u8::MAX);
        let (week, points) = (WeekEnd(number(week)), number(points));
        expected.push(Expected { cohort: at.cohort, member: at.member, week, points });
    }
    Ok(expected)
}

/// Reads the groups of the equality audit; bands of deprivation go together by fifths.
///
/// # Errors
/// The first fault.
pub(super) fn divisions(table: &Table, index: &Index) -> Result<Vec<Division>, Fault> {
    let bytes = unpacked(table)?;
    let [one, two, three, four, five, six] = DIVISIONS;
    let names = ["pres", "id_student", one, two, three, four, five, six];
    let mut rows = Rows::open(table, &bytes, names)?;
    let mut finder = Once::new(index);
    let name = |name: &&str| Division { name: name.replace('_', " "), ..Division::default() };
    let mut divisions: Vec<Division> = DIVISIONS.iter().map(name).collect();
    while rows.next()? {
        let at = finder.member(&rows)?;
        for (place, division) in divisions.iter_mut().enumerate() {
            let cell = String::from_utf8_lossy(rows.cell(place + 2)).into_owned();
            let group = if division.name == "imd band" { fifth(&cell) } else { cell };
            if group.is_empty() {
                continue;
            }
            let known = division.values.iter().position(|value| *value == group);
            let known = known.unwrap_or_else(|| {
                division.values.push(group);
                division.values.len() - 1
            });
            let group = u16::try_from(known).unwrap_or(u16::MAX);
            division.of.push((at.cohort, at.member, group));
        }
    }
    divisions.iter_mut().for_each(in_order);
    Ok(divisions)
}

/// `30-40%` is in the second fifth; what is no band of percent is a group of its own.
fn fifth(band: &str) -> String {
    let percent = |cell: &str| cell.parse::<u8>().ok().filter(|percent| *percent <= 100);
    let ends = band.strip_suffix('%').unwrap_or(band).split_once('-');
    let ends = ends.and_then(|(from, to)| Some((percent(from)?, percent(to)?)));
    let from = ends.filter(|(from, to)| from < to).map(|(from, _)| from);
    from.map_or_else(|| band.to_owned(), |from| format!("Q{}", from / 20 + 1))
}

/// Puts the groups in the order of their names.
fn in_order(division: &mut Division) {
    let mut sorted: Vec<String> = division.values.clone();
    sorted.sort();
    let place = |value: &String| sorted.binary_search(value).unwrap_or(0);
    let places: Vec<usize> = division.values.iter().map(place).collect();
    for (_, _, group) in &mut division.of {
        let place = places.get(usize::from(*group)).copied().unwrap_or(0);
        *group = u16::try_from(place).unwrap_or(u16::MAX);
    }
    division.values = sorted;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bands_of_percent_go_together_by_fifths() {
        assert_eq!(["0-10%", "10-20", "30-40%", "90-100%"].map(fifth), ["Q1", "Q1", "Q2", "Q5"]);
        for group in ["3", "Q3", "2-fifth", "unknown", "", "40-", "55<="] {
            assert_eq!(fifth(group), group);
        }
    }
}
