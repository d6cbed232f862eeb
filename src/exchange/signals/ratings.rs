//! Bands of engagement that dashboards give (`StREAM`, LEAP, Jisc, Navigate): a student, a date, and a band in words or 0 to 5.
//!
//! They are shown and never scored.

use super::{
    Export,
    modules::{self, Modules},
    people::People,
    when,
};
use crate::{
    domain::{
        engagement::Source,
        reading::{Fact, Reading},
        signal::ratings::HIGHEST,
    },
    exchange::{Refusal, cell, headers},
};

const BAND: [&str; 14] = [
    "rating",
    "band",
    "engagementrating",
    "engagementband",
    "engagementlevel",
    "engagement",
    "engagementscore",
    "dailyrating",
    "ratingband",
    "engagementcategory",
    "riskband",
    "averageengagement",
    "averagerating",
    "overallrating",
];
const DATE: [&str; 8] =
    ["date", "ratingdate", "day", "asof", "week", "weekcommencing", "weekstart", "datetime"];

/// Whether there are a date and a band.
pub(super) fn is(export: &Export<'_>) -> bool {
    let Some(band) = export.column(&BAND) else { return false };
    let known = |text: &str| cell::is_no_value(text) || Scale::WORDS.read(text).is_some();
    let mut cells = export.list.rows().take(500).map(|(row, _)| row.cell(band));
    export.column(&DATE).is_some() && People::of(export).is_ok() && cells.any(known)
}

/// Reads the list.
pub(super) fn read(export: &Export<'_>) -> Result<Vec<Reading>, Refusal> {
    let people = People::of(export)?;
    let lacks = |what| Refusal::Lacks { row: export.header_row(), what };
    let band = export.column(&BAND).ok_or_else(|| lacks("a column of bands"))?;
    let date = export.column(&DATE).ok_or_else(|| lacks("a column of dates"))?;
    let cells = |column: usize| export.list.rows().map(move |(row, _)| row.cell(column));
    let order = when::order(cells(date), export.told.today);
    let scale = Scale::of(cells(band));
    let mut modules = Modules::new(export, export.column(&modules::HEADERS));
    modules.each_row(|modules, row| {
        let who = people.who(row)?;
        if cell::is_nothing(row.cell(band)) {
            return Ok(());
        }
        let read = scale.read(row.cell(band));
        let read = read.ok_or_else(|| (Some(band), "is no band of engagement".to_owned()))?;
        let on = when::moment(row.cell(date), order, export.told.today);
        let on = on.ok_or_else(|| (Some(date), "is no date".to_owned()))?.date();
        if on > export.told.today {
            return Err((Some(date), "is in the future".to_owned()));
        }
        let sayings = modules.of(row);
        let place = sayings.person(row.number(), who);
        sayings.add(place, Fact::Rated(on, read));
        Ok(())
    });
    Ok(modules.readings(Source::Rating))
}

/// How a column of bands counts: where `good` and `high` are two bands and nothing is above them, high is the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    high: u8,
}

impl Scale {
    /// Words alone, without looking at the rest of a column.
    const WORDS: Self = Self { high: HIGHEST - 1 };

    /// The scale of a column.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let (mut good, mut very) = (false, false);
        for word in cells.map(headers::plain) {
            good |= word.starts_with("good");
            very |= word.starts_with("veryhigh") || word.starts_with("excellent");
        }
        Self { high: if good && !very { HIGHEST } else { HIGHEST - 1 } }
    }

    /// Reads `Very low`, `3`, `4.0`, `High engagement` as a band.
    pub(super) fn read(self, text: &str) -> Option<u8> {
        let text = text.trim();
        let number = text.strip_suffix("/5").unwrap_or(text).trim_end();
        let number = number.split_once('.').map_or(number, |(whole, part)| {
            if part.bytes().all(|digit| digit == b'0') { whole } else { number }
        });
        if let Ok(number) = number.parse::<u8>() {
            return (number <= HIGHEST && number.to_string().len() == number_length(text))
                .then_some(number);
        }
        let word = headers::plain(text);
        let word = word.strip_suffix("engagement").unwrap_or(&word);
        Some(match word {
            "none" | "no" | "nil" | "zero" => 0,
            "verylow" | "verypoor" => 1,
            "low" | "poor" => 2,
            "partial" | "medium" | "moderate" | "average" | "satisfactory" | "mid" => 3,
            "good" => 4,
            "high" => self.high,
            "veryhigh" | "excellent" | "verygood" => HIGHEST,
            _ => return None,
        })
    }
}

/// How many digits a text begins with.
fn number_length(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::signals::testing::{lines, read as read_one};

    #[test]
    fn bands_are_read_in_words_and_in_numbers() {
        let reading = read_one(
            "stream.csv",
            "student_id,date,band,source,Disability\n\
             00481234,16/11/2026,Very low,StREAM,x\n\
             00481234,17/11/2026,4,StREAM,x\n\
             00481235,16/11/2026,High,StREAM,x\n\
             00481235,17/11/2026,,StREAM,x\n\
             00481236,16/11/2026,7,StREAM,x\n\
             00481236,never,Low,StREAM,x\n",
        )
        .unwrap();
        assert_eq!(
            lines(&reading),
            "Rating \"\" None\n\
             2: 00481234||: rated 2026-11-16 1; rated 2026-11-17 4\n\
             4: 00481235||: rated 2026-11-16 4\n\
             rejected 6 C (band): is no band of engagement\n\
             rejected 7 B (date): is no date\n\
             remark 1 E (Disability): is a protected characteristic: never read\n"
        );
    }

    #[test]
    fn high_is_the_highest_where_good_is_below_it_and_nothing_above() {
        let read = |words: &[&str]| Scale::of(words.iter().copied()).read("High");
        assert_eq!(read(&["Low", "Partial", "Good", "High"]), Some(5));
        assert_eq!(read(&["Good", "High", "Very high"]), Some(4));
        assert_eq!(read(&["Low", "High"]), Some(4));
    }

    #[test]
    fn what_is_no_band_is_none() {
        for text in ["6", "-1", "05", "2.5", "", "risky", "99999999999"] {
            assert_eq!(Scale::WORDS.read(text), None, "{text}");
        }
        for (text, band) in [("0", 0), ("5.00", 5), ("3/5", 3), ("None", 0), ("Low engagement", 2)]
        {
            assert_eq!(Scale::WORDS.read(text), Some(band), "{text}");
        }
    }
}
