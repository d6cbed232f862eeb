//! What must hold for every kind of export, whatever is in it.

use proptest::prelude::*;

use super::{FILES, csv, read, said};

/// Headers of protected characteristics as systems write them.
const PROTECTED: [&str; 12] = [
    "Gender",
    "Sex",
    "Ethnicity",
    "Ethnic group",
    "Disability",
    "Religion",
    "Sexual orientation",
    "Nationality",
    "Age",
    "IMD quintile",
    "Marital status",
    "Domicile",
];

/// Text that means something to some format, or nothing to any.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[^\\x00]{0,12}",
        1 => prop::sample::select(vec![
            "", "-", "67", "67.5", "101", "1e9", "-1", "99999999999999999999", "EX", "yes", "no", "Present", "absent",
            "17/11/2026", "11/17/26, 4:16:54 PM", "31/02/2026", "2026-11-17T10:00", "00481234", "S1234567/1",
            "ar1@example.ac.uk", "1h 2m 10s", "4294967296h", "High", "5", "70%", "12/20", "1/0", "Points Possible", "Student, Test",
            "3. In-Meeting Activities", "COMP1001", "2026/7", "xxxxxx", "#N/A", "=1+1", "\u{202E}", "é", "\n",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_protected_column_changes_nothing_that_is_read(
        file in 0..FILES.len(),
        header in prop::sample::select(PROTECTED.to_vec()),
        values in prop::collection::vec(cell(), 6),
    ) {
        let file = &FILES[file];
        let plain = read(&csv(&file.cells()), &file.told()).unwrap();
        let mut cells = file.cells();
        for (row, value) in cells.iter_mut().zip(std::iter::once(header.to_owned()).chain(values)) {
            row.push(value);
        }
        let mut with = read(&csv(&cells), &file.told()).unwrap();
        let named = |remark: &tutelage::domain::roll::Remark| {
            remark.text == "is a protected characteristic: never read" && remark.column.contains(header)
        };
        prop_assert_eq!(with.iter().flat_map(|reading| &reading.remarks).filter(|it| named(it)).count(), 1);
        for reading in &mut with {
            reading.remarks.retain(|remark| !named(remark));
        }
        prop_assert_eq!(with, plain);
    }

    #[test]
    fn a_protected_column_is_not_even_read_where_somebody_says_what_it_means(
        label in prop::sample::select(tutelage::exchange::signals::meanings()),
        value in cell(),
    ) {
        let mut told = FILES[0].told();
        told.columns = ["student number", "date", "active online", label].map(str::to_owned).to_vec();
        let cells = |value: &str| {
            let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
            vec![row(["id", "date", "value", "Ethnicity"]), row(["00481234", "16/11/2026", "1", value])]
        };
        let facts = |value: &str| read(&csv(&cells(value)), &told).map(|readings| said(&readings));
        prop_assert_eq!(facts(&value), facts("White"));
    }

    #[test]
    fn whatever_is_in_the_cells_ends_in_a_reading_or_a_refusal(
        file in 0..FILES.len(),
        rows in prop::collection::vec(prop::collection::vec(cell(), 0..12), 1..8),
    ) {
        let file = &FILES[file];
        let mut cells = file.cells();
        cells.extend(rows);
        match read(&csv(&cells), &file.told()) {
            Ok(readings) => {
                for rejected in readings.iter().flat_map(|reading| &reading.rejected) {
                    prop_assert!(rejected.row > 0 && !rejected.reason.is_empty());
                }
            }
            Err(refusal) => prop_assert!(refusal.to_string().ends_with('.')),
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (file, order) in (0..FILES.len()).prop_flat_map(|file| {
            let rows: Vec<usize> = (0..FILES[file].rows.len()).collect();
            (Just(file), Just(rows).prop_shuffle())
        }),
    ) {
        let file = &FILES[file];
        let cells = file.cells();
        let mut shuffled = vec![cells[0].clone()];
        shuffled.extend(order.iter().map(|row| cells[row + 1].clone()));
        let read = |cells: &[Vec<String>]| said(&read(&csv(cells), &file.told()).unwrap());
        prop_assert_eq!(read(&shuffled), read(&cells));
    }

    #[test]
    fn the_same_rows_twice_say_the_same(file in 0..FILES.len()) {
        let file = &FILES[file];
        let cells = file.cells();
        let twice: Vec<Vec<String>> = cells.iter().chain(&cells[1..]).cloned().collect();
        let once = said(&read(&csv(&cells), &file.told()).unwrap());
        prop_assert_eq!(said(&read(&csv(&twice), &file.told()).unwrap()), once);
    }

    #[test]
    fn any_bytes_at_all_end_in_a_reading_or_a_refusal(
        file in 0..FILES.len(),
        at in any::<prop::sample::Index>(),
        byte: u8,
    ) {
        let file = &FILES[file];
        let mut bytes = csv(&file.cells());
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Err(refusal) = read(&bytes, &file.told()) {
            prop_assert!(refusal.to_string().ends_with('.'));
        }
    }
}
