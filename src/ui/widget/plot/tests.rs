use super::*;
use crate::domain::demo::{Demo, Scale};
use crate::domain::plot::{Groups, of};

fn plots(name: &str) -> Plots {
    let today = "2026-11-21".parse().unwrap();
    let records = Demo::new(Scale::Tutor, today).records(|_, _| {});
    let groups = Groups::of(&records, today);
    let file = records.files().find(|file| file.student.name.shown().starts_with(name)).unwrap();
    of(&records, &groups, file, today)
}

fn told(lines: &[Line<'_>]) -> String {
    lines.iter().map(|line| line.to_string().trim_end().to_owned() + "\n").collect()
}

fn ascii() -> Theme {
    Theme { lines: Lines::Ascii, ..Theme::default() }
}

#[test]
fn bars_with_the_group_behind_and_the_number_at_the_end() {
    let (fading, quiet) = (plots("Aisha"), plots("Zoë"));
    let theme = Theme::default();
    let shown = [
        told(&overview(&fading, Height::Two, &theme, 34)),
        told(&overview(&fading, Height::One, &theme, 34)),
        told(&overview(&quiet, Height::Two, &theme, 60)),
        told(&overview(&fading, Height::Two, &ascii(), 34)),
        told(&modules(&fading, &theme, 44)),
    ];
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn every_width_is_survived_and_nothing_is_wider() {
    for plots in [plots("Aisha"), plots("Jia Hui"), plots("Hannah")] {
        for width in 0..90 {
            for (height, theme) in [
                (Height::One, Theme::default()),
                (Height::Two, Theme::default()),
                (Height::Two, ascii()),
            ] {
                let mut lines = overview(&plots, height, &theme, width);
                lines.extend(modules(&plots, &theme, width));
                for line in lines {
                    assert!(line.width() <= width.max(16), "{width}: {line}");
                }
            }
        }
    }
}

#[test]
fn a_week_without_activity_is_told_from_one_that_nobody_knows() {
    let series = Series { own: vec![None, Some(0), Some(7)], behind: vec![Some(4), None, Some(2)] };
    let signs = |rows: Vec<Vec<Cell>>| -> Vec<String> {
        let sign = |cell: &Cell| match cell {
            Cell::Own(sign) | Cell::Behind(sign) => sign.clone(),
        };
        rows.iter().map(|row| row.iter().map(sign).collect()).collect()
    };
    assert_eq!(signs(bars(&series, 7, Height::Two)), ["─ █", " _█"]);
    assert_eq!(signs(bars(&series, 7, Height::One)), ["─_█"]);
    assert_eq!(signs(digits(&series, 7)), [" 07", "4 2"]);
}
