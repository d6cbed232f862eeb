//! A whole name in one cell: which part is the family name. What is shown afterwards is the same text.

/// How a column writes whole names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `Rahman, Aisha`.
    FamilyComma,
    /// `RAHMAN Aisha`.
    FamilyInCapitals,
    /// `Aisha Rahman`: the last word, with the small words before it, is taken for the family name.
    GivenFirst,
}

/// Small words that belong to the family name after them.
const PARTICLES: [&str; 35] = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la",
    "le", "los", "las", "ap", "ab", "ferch", "bin", "binti", "bint", "ibn", "al", "el", "ter",
    "ten", "te", "zu", "zum", "af", "av", "y", "e",
];

/// Finds the form that most names of a column have.
pub(super) fn form<'a>(cells: impl Iterator<Item = &'a str>) -> Form {
    let (mut all, mut comma, mut capitals) = (0_usize, 0_usize, 0_usize);
    for cell in cells.filter(|cell| !cell.is_empty()) {
        all += 1;
        comma += usize::from(at_comma(cell).is_some());
        capitals += usize::from(after_capitals(cell).is_some());
    }
    if comma * 2 > all {
        Form::FamilyComma
    } else if capitals * 2 > all {
        Form::FamilyInCapitals
    } else {
        Form::GivenFirst
    }
}

/// Given and family name. One word alone is a family name.
pub(super) fn split(name: &str, form: Form) -> (String, String) {
    let parts = match form {
        Form::FamilyComma => at_comma(name),
        Form::FamilyInCapitals => after_capitals(name),
        // Among names without a comma, one with a comma is turned round all the same.
        Form::GivenFirst => {
            at_comma(name).filter(|(given, family)| is_family(family) && !is_title(given))
        }
    };
    let (given, family) = parts.unwrap_or_else(|| before_title(name));
    (given.to_owned(), family.to_owned())
}

/// Whether what follows a comma is a title or a generation, as in `Ann Lee, PhD`, and no given name.
fn is_title(text: &str) -> bool {
    const TITLES: [&str; 19] = [
        "phd", "dphil", "md", "msc", "bsc", "ma", "ba", "mba", "jr", "sr", "ii", "iii", "iv",
        "obe", "mbe", "frs", "dds", "dvm", "st",
    ];
    let title = |word: &str| {
        let letters: String = word.chars().filter(|letter| *letter != '.').collect();
        let degree = letters.chars().count() > 2 && word.contains('.');
        degree || TITLES.contains(&letters.to_lowercase().as_str())
    };
    text.split_whitespace().all(title)
}

/// Whether a text can be a family name alone: one word, perhaps with small words before it.
fn is_family(text: &str) -> bool {
    text.split_whitespace().filter(|word| !PARTICLES.contains(word)).count() == 1
}

/// Given and family name where a title may follow, which stays with the family name.
fn before_title(name: &str) -> (&str, &str) {
    let bare = name.split_once(',').filter(|(_, title)| is_title(title)).map_or(name, |it| it.0);
    let (given, _) = at_last_word(bare);
    (given, name.get(given.len()..).map_or(name, str::trim_start))
}

/// One comma with words on both sides.
fn at_comma(name: &str) -> Option<(&str, &str)> {
    let (family, given) = name.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    (!family.is_empty() && !given.is_empty() && !given.contains(',')).then_some((given, family))
}

/// Words in capitals, then words that are not.
fn after_capitals(name: &str) -> Option<(&str, &str)> {
    let loud = |word: &str| {
        word.chars().filter(|l| l.is_uppercase()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    let at = name.split_inclusive(' ').take_while(|word| loud(word.trim())).map(str::len).sum();
    let (family, given) = (name.get(..at)?.trim(), name.get(at..)?.trim());
    (!family.is_empty() && given.chars().any(char::is_lowercase)).then_some((given, family))
}

/// Splits so that given, a blank and family are the name again; a name where that fails is all family name.
fn at_last_word(name: &str) -> (&str, &str) {
    let mut words: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    words.retain(|at| *at > 0);
    let Some(mut at) = words.last().copied() else { return ("", name) };
    for earlier in words.iter().rev().skip(1) {
        let word = name.get(earlier + 1..at).unwrap_or_default();
        let small = word.split(' ').all(|word| PARTICLES.contains(&word));
        if !small {
            break;
        }
        at = *earlier;
    }
    let (given, family) =
        (name.get(..at).unwrap_or_default(), name.get(at + 1..).unwrap_or_default());
    if given.trim() != given || family.trim() != family || family.is_empty() {
        ("", name)
    } else {
        (given, family)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(name: &str) -> (String, String) {
        split(name, form([name].into_iter()))
    }

    #[test]
    fn names_are_split_as_their_column_writes_them() {
        for (name, given, family) in [
            ("Aisha Rahman", "Aisha", "Rahman"),
            ("Rahman, Aisha", "Aisha", "Rahman"),
            ("RAHMAN Aisha", "Aisha", "RAHMAN"),
            ("VAN DYKE Jo Ann", "Jo Ann", "VAN DYKE"),
            ("Dafydd ap Rhys", "Dafydd", "ap Rhys"),
            ("Maria de la Cruz", "Maria", "de la Cruz"),
            ("AISHA RAHMAN", "AISHA", "RAHMAN"),
            ("陈伟", "", "陈伟"),
            ("Suharto", "", "Suharto"),
        ] {
            assert_eq!(parts(name), (given.to_owned(), family.to_owned()), "{name}");
        }
    }

    #[test]
    fn a_title_after_a_comma_stays_with_the_family_name() {
        let form = form(["Ann Lee, PhD", "Ben Ito", "Cy Roe"].into_iter());
        assert_eq!(split("Ann Lee, PhD", form), ("Ann".to_owned(), "Lee, PhD".to_owned()));
    }

    #[test]
    fn one_name_with_a_comma_among_others_is_turned_round() {
        let form = form(["O’Brien, Zoë", "Ben Ito", "Cy Roe"].into_iter());
        assert_eq!(split("O’Brien, Zoë", form), ("Zoë".to_owned(), "O’Brien".to_owned()));
    }

    proptest! {
        #[test]
        fn a_name_with_the_given_name_first_is_shown_as_it_was(name in "[a-zA-Z陈é]{1,5}( {1,2}[a-zA-Z陈é]{1,5}){0,4}") {
            let (given, family) = split(&name, Form::GivenFirst);
            let shown = if given.is_empty() { family } else { format!("{given} {family}") };
            prop_assert_eq!(shown, name);
        }
    }
}
