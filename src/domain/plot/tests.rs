use super::*;
use crate::domain::demo::{Demo, Scale};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plots(name: &str, today: NaiveDate) -> Plots {
    let records = Demo::new(Scale::Tutor, today).records(|_, _| {});
    let groups = Groups::of(&records, today);
    let file = records.files().find(|file| file.student.name.shown() == name).unwrap();
    of(&records, &groups, file, today)
}

#[test]
fn somebody_who_fades_is_seen_to_fade_beside_a_steady_group() {
    for today in ["2026-11-21", "2027-07-14", "2026-11-23"] {
        let plots = plots("Aisha Rahman", day(today));
        let (first, last) = (plots.online.own[0].unwrap(), plots.online.last().unwrap());
        assert_eq!(plots.online.own.len(), 8, "{today}");
        assert!(first > 3 && last.0 < 3 && last.1.unwrap() > 3, "{today}: {:?}", plots.online);
        let (attends, group) = plots.attendance.last().unwrap();
        assert!(attends < 60 && group.unwrap() > 80, "{today}: {:?}", plots.attendance);
        let missing = plots.work.iter().filter(|it| it.fate == Fate::Missing).count();
        assert_eq!((plots.modules.len(), missing), (3, 6), "{today}");
        assert!(plots.mean().is_some() && plots.ratings.last().is_some());
        let due: Vec<_> = plots.work.iter().map(|it| it.due).collect();
        assert!(due.is_sorted());
    }
}

#[test]
fn without_any_signal_there_is_nothing_to_draw() {
    let plots = plots("Jia Hui Tan", day("2026-11-21"));
    assert!(plots.is_empty() && plots.mean().is_none(), "{plots:?}");
}

#[test]
fn what_a_source_does_not_know_is_unknown_and_not_nothing() {
    let today = day("2026-11-21");
    let plots = plots("Aisha Rahman", today);
    let stale = plots.modules.iter().find(|module| module.name == "COMP1003").unwrap();
    assert_eq!(stale.online.own.last(), Some(&None), "{:?}", stale.online);
    assert!(stale.online.own[6].is_some());
}

#[test]
fn a_group_that_is_too_small_has_no_median() {
    let plots = plots("Ros Achterberg", day("2026-11-21"));
    let module = &plots.modules[0];
    assert!(!module.online.is_empty() && module.online.behind.iter().all(Option::is_none));
    assert!(plots.online.behind.iter().all(Option::is_some));
}

#[test]
fn each_source_says_how_far_it_knows() {
    let plots = plots("Aisha Rahman", day("2026-11-21"));
    assert_eq!(plots.as_of(), Some(day("2026-11-20")));
    let (module, oldest) = plots.known.first().unwrap();
    assert_eq!((module.as_str(), oldest.days, oldest.age.words()), ("COMP1003", 10, "getting old"));
    assert_eq!(plots.known.len(), 8);
}
