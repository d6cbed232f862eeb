//! Dates as lists write them. Day before month, unless the column itself shows the other order.

use chrono::{Datelike, Days, NaiveDate};

/// Which of the first two numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As in Britain.
    DayFirst,
    /// As in the United States.
    MonthFirst,
}

/// Finds the order in a column: month first only where some date says so and none denies it.
pub(super) fn order<'a>(cells: impl Iterator<Item = &'a str>) -> Order {
    let (mut day_first, mut month_first) = (false, false);
    for cell in cells {
        if let Some((first, second, _)) = slashed(day_part(cell)) {
            day_first |= first > 12;
            month_first |= second > 12;
        }
    }
    if month_first && !day_first { Order::MonthFirst } else { Order::DayFirst }
}

/// Reads `21/09/2026`, `21.9.26`, `2026-09-21`, `20260921`, `21 Sep 2026`, `Sep 21, 2026`, and the numbers
/// that spreadsheets keep for days; a time behind it is left out. A year of two digits is the nearest
/// not more than `ahead` years after `today`.
pub(super) fn parse(text: &str, order: Order, today: NaiveDate, ahead: i32) -> Option<NaiveDate> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            8 => NaiveDate::from_ymd_opt(
                digits(text.get(..4)?)?,
                unsigned(text.get(4..6)?)?,
                unsigned(text.get(6..)?)?,
            ),
            5 => serial(text.parse().ok()?),
            _ => None,
        };
    }
    if let Some((first, second, year)) = slashed(day_part(text)) {
        let (day, month) = if order == Order::DayFirst { (first, second) } else { (second, first) };
        return NaiveDate::from_ymd_opt(full_year(year, today, ahead)?, month, day);
    }
    iso(day_part(text)).or_else(|| with_month_name(text, today, ahead))
}

/// A day as spreadsheets count them: 1 is 1 January 1900, and 29 February 1900 counts although it never was.
fn serial(number: u32) -> Option<NaiveDate> {
    if !(15_000..75_000).contains(&number) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(u64::from(number)))
}

/// The text before a time: `2026-09-21T00:00:00`, `21/09/2026 00:00`.
fn day_part(text: &str) -> &str {
    let text = text.trim();
    let end = text.find([' ', 'T', ',']).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// The numbers of `21/09/2026`, `21-9-26`, `21.09.2026` in their order.
fn slashed(text: &str) -> Option<(u32, u32, &str)> {
    let mut parts = text.split(['/', '-', '.']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| (1..=2).contains(&part.len());
    let fits =
        short(first) && short(second) && matches!(year.len(), 2 | 4) && parts.next().is_none();
    (fits && year.bytes().all(|byte| byte.is_ascii_digit())).then_some((
        unsigned(first)?,
        unsigned(second)?,
        year,
    ))
}

fn iso(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(digits(year)?, unsigned(month)?, unsigned(day)?)
}

fn with_month_name(text: &str, today: NaiveDate, ahead: i32) -> Option<NaiveDate> {
    let mut parts = text.split([' ', '-', ',', '/', '.']).filter(|part| !part.is_empty());
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year = full_year(year, today, ahead)?;
    if let Some(month) = month_named(second) {
        return NaiveDate::from_ymd_opt(year, month, unsigned(ordinal(first))?);
    }
    NaiveDate::from_ymd_opt(year, month_named(first)?, unsigned(ordinal(second))?)
}

fn ordinal(text: &str) -> &str {
    text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic())
}

fn month_named(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_ascii_lowercase();
    let found = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(&text));
    let found = found.or_else(|| (text == "sept").then_some(8))?;
    u32::try_from(found + 1).ok()
}

fn full_year(year: &str, today: NaiveDate, ahead: i32) -> Option<i32> {
    let number = digits(year)?;
    match year.len() {
        4 => Some(number),
        2 => {
            let latest = today.year() + ahead;
            let this = latest - latest.rem_euclid(100) + number;
            Some(if this > latest { this - 100 } else { this })
        }
        _ => None,
    }
}

fn unsigned(text: &str) -> Option<u32> {
    u32::try_from(digits(text)?).ok()
}

fn digits(text: &str) -> Option<i32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(text: &str) -> Option<NaiveDate> {
        parse(text, Order::DayFirst, day("2026-11-22"), 5)
    }

    #[test]
    fn every_usual_way_to_write_a_date_is_read() {
        for text in [
            "21/09/2026",
            "21/9/26",
            "21.09.2026",
            "21-09-2026",
            "2026-09-21",
            "2026-09-21T00:00:00",
            "21/09/2026 00:00",
            "20260921",
            "21 Sep 2026",
            "21-SEP-26",
            "21st September 2026",
            "Sep 21, 2026",
            "46286",
        ] {
            assert_eq!(read(text), Some(day("2026-09-21")), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "soon", "31/02/2026", "2026", "1/2", "99999", "21/13/2026", "-1", "//", "½/1/2026"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_column_shows_its_order() {
        assert_eq!(order(["03/04/2026", "21/04/2026"].into_iter()), Order::DayFirst);
        assert_eq!(order(["03/04/2026", "04/21/2026"].into_iter()), Order::MonthFirst);
        assert_eq!(order(["13/04/2026", "04/21/2026"].into_iter()), Order::DayFirst);
        assert_eq!(order(["03/04/2026"].into_iter()), Order::DayFirst);
        assert_eq!(
            parse("04/03/2026", Order::MonthFirst, day("2026-11-22"), 5),
            Some(day("2026-04-03"))
        );
    }

    #[test]
    fn years_of_two_digits_are_the_nearest() {
        assert_eq!(parse("1/2/08", Order::DayFirst, day("2026-11-22"), 0), Some(day("2008-02-01")));
        assert_eq!(parse("1/2/98", Order::DayFirst, day("2026-11-22"), 0), Some(day("1998-02-01")));
    }
}
