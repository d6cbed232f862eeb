//! Levels, stages, modes, statuses and years in the words and codes of other programs.

use crate::domain::{
    student::{KindOfStudy, Mode, Status},
    word::Choice,
};

/// What the numbers of a level column count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// FHEQ levels, 3 to 8.
    Levels,
    /// Years of an undergraduate programme: 1 is level 4.
    Years,
}

/// Finds what a level column counts: years where a plain 0, 1 or 2 occurs and nothing above 4.
pub(super) fn scale<'a>(cells: impl Iterator<Item = &'a str>) -> Scale {
    let (mut low, mut high) = (false, false);
    for number in cells.filter_map(plain_number) {
        low |= number < 3;
        high |= number > 4;
    }
    if low && !high { Scale::Years } else { Scale::Levels }
}

/// Reads `4`, `L4`, `Level 4`, `FHEQ 4`, `Year 1`, `Foundation`, `Masters` as a level.
pub(super) fn level(text: &str, scale: Scale) -> Option<u8> {
    if let Some(number) = plain_number(text) {
        let level = if scale == Scale::Years { number + 3 } else { number };
        return is_level(level);
    }
    let text = text.to_lowercase();
    if let Some(number) = after(&text, &["level", "lvl", "l", "fheq level", "fheq"]) {
        return is_level(number);
    }
    if let Some(number) = after(&text, &["year", "yr", "y", "ug", "ug year", "ugy"]) {
        return is_level(number + 3);
    }
    match text.as_str() {
        "foundation" | "foundation year" | "fy" => Some(3),
        "pgt"
        | "pg"
        | "masters"
        | "master's"
        | "postgraduate taught"
        | "taught postgraduate"
        | "m" => Some(7),
        "pgr" | "phd" | "doctoral" | "doctorate" | "research" => Some(8),
        _ => None,
    }
}

/// Reads `1`, `Year 1`, `Stage 1`, `Y1` as a year of the programme.
pub(super) fn stage(text: &str) -> Option<u8> {
    let text = text.to_lowercase();
    let number = plain_number(&text)
        .or_else(|| after(&text, &["year", "yr", "y", "stage", "block", "ug year", "part"]));
    number.filter(|number| *number < 10)
}

/// Reads a mode of study in words or codes.
pub(super) fn mode(text: &str) -> Option<Mode> {
    match words(text).as_str() {
        "ft" | "f" | "full time" | "fulltime" | "full" | "01" => Some(Mode::FullTime),
        "pt" | "p" | "part time" | "parttime" | "part" | "31" => Some(Mode::PartTime),
        "dl" | "d" | "distance" | "distance learning" | "distance learner" | "online"
        | "remote" => Some(Mode::DistanceLearning),
        _ => None,
    }
}

/// Words in a column of kinds that say nothing of the kind.
pub(super) fn says_no_kind(text: &str) -> bool {
    matches!(words(text).as_str(), "ug" | "undergraduate" | "home" | "campus" | "taught")
}

/// Reads a kind of study in words.
pub(super) fn kind(text: &str) -> Option<KindOfStudy> {
    let kind = match words(text).as_str() {
        // A degree is taught at every level: the level says whether it is a postgraduate one.
        "taught" => return None,
        "single" | "sh" => KindOfStudy::SingleHonours,
        "joint" | "jh" | "joint degree" | "combined" | "combined honours" | "major minor" => {
            KindOfStudy::JointHonours
        }
        "foundation" | "fy" => KindOfStudy::Foundation,
        "pgt" | "pg" | "masters" | "master" | "postgraduate taught" | "postgraduate" => {
            KindOfStudy::TaughtPostgraduate
        }
        "pgr" | "phd" | "research" | "doctoral" | "postgraduate research" => KindOfStudy::Research,
        "exchange" | "erasmus" | "study abroad" | "visiting" | "incoming" => {
            KindOfStudy::IncomingExchange
        }
        "placement" | "sandwich" | "apprenticeship" => KindOfStudy::WorkPlacement,
        other => KindOfStudy::from_words(other)?,
    };
    Some(kind)
}

/// Reads a status in words, and in the letters that SITS uses where `letters` says so.
pub(super) fn status(text: &str, letters: bool) -> Option<Status> {
    let status = match words(text).as_str() {
        "registered" | "current" | "active" | "continuing" | "returning" | "re enrolled"
        | "fully enrolled" | "enrolled" | "as" => Status::Enrolled,
        "c" | "e" | "r" if letters => Status::Enrolled,
        "ya" | "abroad" | "study abroad" => Status::YearAbroad,
        "yi" | "placement" | "placement year" | "on placement" | "industrial placement" => {
            Status::YearInIndustry
        }
        "resit" | "resitting" | "external resit" | "resit without attendance" => {
            Status::ResitWithoutResidence
        }
        "suspended"
        | "intermitting"
        | "intermission"
        | "interruption"
        | "leave of absence"
        | "loa"
        | "on leave"
        | "temporarily withdrawn" => Status::Interrupted,
        "s" | "i" | "t" if letters => Status::Interrupted,
        "left" | "terminated" | "transferred out" | "discontinued" | "wd" => Status::Withdrawn,
        "w" if letters => Status::Withdrawn,
        "complete" | "graduated" | "finished" | "awarded" => Status::Completed,
        one if one.len() < 3 => return None,
        other => Status::from_words(other)?,
    };
    Some(status)
}

/// Reads yes and no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "true" | "1" | "new" | "t" => Some(true),
        "n" | "no" | "false" | "0" | "returning" | "continuing" | "f" => Some(false),
        _ => None,
    }
}

/// Reads `2026/27`, `2026-27`, `2026/7`, `26/27`, `2026` as the year of its September.
pub(super) fn academic_year(text: &str) -> Option<i32> {
    let mut parts = text.split(['/', '-', '–']).map(str::trim);
    let (first, second) = (parts.next()?, parts.next());
    if parts.next().is_some() || !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let start: i32 = first.parse().ok()?;
    let start = if first.len() == 2 { 2000 + start } else { start };
    let next_fits = second.is_none_or(|second| {
        let ten = 10_i32.saturating_pow(u32::try_from(second.len()).unwrap_or(9));
        second.parse().is_ok_and(|next: i32| next == (start + 1).rem_euclid(ten.max(1)))
    });
    (next_fits && (1990..2100).contains(&start)).then_some(start)
}

fn is_level(number: u8) -> Option<u8> {
    (3..=8).contains(&number).then_some(number)
}

/// One digit alone, perhaps as `4.0`, `04`.
fn plain_number(text: &str) -> Option<u8> {
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let text = if text.len() == 2 { text.strip_prefix('0').unwrap_or(text) } else { text };
    if text.len() == 1 { text.parse().ok() } else { None }
}

/// The digit after one of the words, with or without a blank.
fn after(text: &str, words: &[&str]) -> Option<u8> {
    words.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?.trim_start_matches([' ', '-', '_', '.']);
        if rest.len() == 1 { rest.parse().ok() } else { None }
    })
}

/// Lower case, hyphens and underscores as blanks.
fn words(text: &str) -> String {
    text.trim().to_lowercase().replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_in_every_usual_form() {
        for text in ["4", "L4", "Level 4", "level-4", "FHEQ 4", "4.0", "04", "Year 1", "Y1", "UG1"]
        {
            assert_eq!(level(text, Scale::Levels), Some(4), "{text}");
        }
        assert_eq!(level("Foundation", Scale::Levels), Some(3));
        assert_eq!(level("PGT", Scale::Levels), Some(7));
        for text in ["", "2", "9", "Level 1", "UG", "Year 9"] {
            assert_eq!(level(text, Scale::Levels), None, "{text}");
        }
    }

    #[test]
    fn a_column_of_ones_and_twos_counts_years() {
        assert_eq!(scale(["1", "2", "3"].into_iter()), Scale::Years);
        assert_eq!(scale(["3", "4", "6"].into_iter()), Scale::Levels);
        assert_eq!(scale(["3"].into_iter()), Scale::Levels);
        assert_eq!(level("3", Scale::Years), Some(6));
    }

    #[test]
    fn modes_kinds_and_statuses_are_read_in_words_and_codes() {
        assert_eq!(mode("Full-time"), Some(Mode::FullTime));
        assert_eq!(mode("PT"), Some(Mode::PartTime));
        assert_eq!(mode("weekly"), None);
        assert_eq!(kind("PGT"), Some(KindOfStudy::TaughtPostgraduate));
        for text in ["Undergraduate", "Taught"] {
            assert!(says_no_kind(text) && kind(text).is_none(), "{text}");
        }
        assert_eq!(status("Leave of absence", false), Some(Status::Interrupted));
        assert_eq!((status("C", true), status("C", false)), (Some(Status::Enrolled), None));
        for choice in [Status::YearAbroad, Status::Withdrawn, Status::ResitWithoutResidence] {
            assert_eq!(status(choice.words(), false), Some(choice));
        }
    }

    #[test]
    fn academic_years_are_read_by_their_september() {
        for text in ["2026/27", "2026-27", "2026/7", "26/27", "2026/2027", "2026"] {
            assert_eq!(academic_year(text), Some(2026), "{text}");
        }
        for text in ["2026/28", "soon", "26/9/27", "1066"] {
            assert_eq!(academic_year(text), None, "{text}");
        }
    }
}
