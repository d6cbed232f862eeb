//! The code of a module in the name of a course or of a file: `COMP1001`, `COMP 0382`, `LAW-2014A`.

use chrono::NaiveDate;

/// Words in capitals that stand before numbers and are no subject.
const OTHER_WORDS: [&str; 20] = [
    "SPRING", "SUMMER", "AUTUMN", "WINTER", "FALL", "TERM", "WEEK", "YEAR", "GROUP", "SEM",
    "LEVEL", "TEST", "EXAM", "UNIT", "PART", "LAB", "GRADES", "LOGS", "ROOM", "MODULE",
];

/// The first code in a text, without the blank that may stand in it.
pub(super) fn find(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let whole = words.iter().find_map(|word| {
        let (letters, digits) = at_digits(word);
        (is_subject(letters) && is_number(digits)).then(|| (*word).to_owned())
    });
    whole.or_else(|| {
        words.windows(2).find_map(|pair| match pair {
            [letters, digits] if is_subject(letters) && is_number(digits) => {
                Some(format!("{letters}{digits}"))
            }
            _ => None,
        })
    })
}

/// The day in the name that Moodle gives an export: `…20251003_1412…`, `…20251003-1412…`.
pub(super) fn day_in(file_name: &str, today: NaiveDate) -> Option<NaiveDate> {
    let numbers = file_name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut days = numbers
        .filter(|word| word.len() == 8)
        .filter_map(|word| NaiveDate::parse_from_str(word, "%Y%m%d").ok());
    days.rfind(|day| *day <= today)
}

fn at_digits(word: &str) -> (&str, &str) {
    word.split_at(word.find(|letter: char| letter.is_ascii_digit()).unwrap_or(word.len()))
}

fn is_subject(letters: &str) -> bool {
    (2..=6).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && !OTHER_WORDS.contains(&letters)
}

/// Three to six digits, perhaps with one or two letters behind them.
fn is_number(text: &str) -> bool {
    let letters = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (3..=6).contains(&(text.len() - letters.len()))
        && letters.len() <= 2
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_names_of_courses_and_files() {
        for (text, code) in [
            ("logs_COMP1001_20251003-1412.csv", Some("COMP1001")),
            ("E-Commerce Technologies(Spring 2017 - S17 COMP 0382)", Some("COMP0382")),
            ("COMP30009 Grades-20251003_1412-comma_separated.csv", Some("COMP30009")),
            ("LAW-2014A Contract", Some("LAW2014A")),
            ("courseid_177_participants.csv", None),
            ("SPRING 2017", None),
            ("Grades 2025", None),
            ("", None),
        ] {
            assert_eq!(find(text).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn the_day_of_an_export_is_found_in_its_name() {
        let today = "2026-11-22".parse().unwrap();
        assert_eq!(day_in("logs_COMP1001_20251003-1412.csv", today), "2025-10-03".parse().ok());
        assert_eq!(day_in("20481234.csv", today), None);
    }
}
