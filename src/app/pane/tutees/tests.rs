//! The filter narrows as the whole list would be filtered.

use proptest::prelude::*;

use super::*;
use crate::domain::id::IdSource;

fn rows(names: &[String]) -> Vec<Tutee> {
    let mut ids = IdSource::new([1; 32]);
    let row = |(index, name): (usize, &String)| Tutee {
        student: ids.fresh(),
        severity: None,
        name: name.clone(),
        folded: name.to_lowercase(),
        number: format!("2048{index:04}"),
        programme: "BSc Physics".into(),
        level: Some(4),
        reached: None,
        slots: None,
    };
    names.iter().enumerate().map(row).collect()
}

fn shown(tutees: &Tutees) -> Vec<StudentId> {
    (0..tutees.len()).filter_map(|place| tutees.row(place)).map(|row| row.student).collect()
}

fn type_in(tutees: &mut Tutees, text: &str) {
    tutees.open_filter();
    if let Some(filter) = &mut tutees.filter {
        filter.input = text.into();
    }
    tutees.narrow();
}

#[test]
fn what_matches_is_told_by_character_and_field() {
    let mut tutees = Tutees::default();
    tutees.fill(rows(&["Zoë Øster".into()]));
    type_in(&mut tutees, "oste 2048 phy");
    let mut finder = tutees.filter.as_ref().unwrap().finder().unwrap();
    let matched = finder.find(tutees.row(0).unwrap());
    assert_eq!(matched.name, [4, 5, 6, 7]);
    assert_eq!(matched.number, [0, 1, 2, 3]);
    assert_eq!(matched.programme, [4, 5, 6]);
}

proptest! {
    #[test]
    fn typing_letter_by_letter_finds_what_typing_at_once_finds(
        names in prop::collection::vec("[A-Ca-c ]{1,8}", 0..30),
        wanted in "[a-c20 ]{0,5}",
    ) {
        let mut slowly = Tutees::default();
        slowly.fill(rows(&names));
        let mut at_once = slowly.clone();
        for end in 1..=wanted.len() {
            type_in(&mut slowly, &wanted[..end]);
        }
        type_in(&mut at_once, &wanted);
        prop_assert_eq!(shown(&slowly), shown(&at_once));
    }

    #[test]
    fn rows_that_are_replaced_stand_where_a_new_list_has_them(
        names in prop::collection::vec("[A-C]{1,3}", 1..20),
        renamed in prop::collection::vec("[A-C]{1,3}", 1..20),
        sort in prop::sample::select(Sort::ALL.to_vec()),
    ) {
        let mut all = rows(&names);
        let mut tutees = Tutees::default();
        tutees.fill(all.clone());
        tutees.sort_by(sort);
        for (row, name) in all.iter_mut().zip(&renamed) {
            row.name.clone_from(name);
            row.folded = name.to_lowercase();
        }
        let touched: Vec<Tutee> = all.iter().take(renamed.len()).cloned().collect();
        tutees.replace(&touched.iter().map(|row| row.student).collect(), touched);
        let mut anew = Tutees::default();
        anew.sort_by(sort);
        anew.fill(all);
        prop_assert_eq!(shown(&tutees), shown(&anew));
    }
}
