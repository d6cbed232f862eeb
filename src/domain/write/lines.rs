//! Reads the lines `- [ ] who: what by date` of a note as actions.

use std::fmt;

use chrono::NaiveDate;

use super::{
    clean,
    names::{is_called, is_tutor_called},
    read::LONGEST_LINE,
};
use crate::domain::{
    student::{Name, StudentId},
    time::{Leaning, parse_day},
};

/// Who does what was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// This student.
    Student(StudentId),
    /// The tutor.
    Tutor,
    /// Every student of a group.
    Everyone,
}

/// One line that becomes an action.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The line of the note, counted from 0.
    pub line: usize,
    /// Who.
    pub who: Who,
    /// What.
    pub what: String,
    /// Until when.
    pub due: Option<NaiveDate>,
}

/// Who can be named in a note.
pub struct Cast<'a> {
    /// The student, or everybody on the register.
    pub students: Vec<(StudentId, &'a Name)>,
    /// The tutor's name as printed.
    pub tutor: &'a str,
    /// Whether it is a group: `all` and `everyone` are the whole register.
    pub group: bool,
}

/// Prints the line's number and who, never what.
impl fmt::Debug for Agreed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} {:?} …", self.line, self.who)
    }
}

/// Reads all such lines; a date without a year is the next such day from the meeting on.
///
/// # Errors
/// A sentence for each line that cannot be read, with its number.
pub fn parse(text: &str, on: NaiveDate, cast: &Cast<'_>) -> Result<Vec<Agreed>, Vec<String>> {
    let mut agreed = Vec::new();
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some(rest) = open_box(line) else { continue };
        match read(rest, on, cast) {
            Ok((who, what, due)) => agreed.push(Agreed { line: number, who, what, due }),
            Err(why) => wrong.push(format!("Line {}: {why}", number + 1)),
        }
    }
    if wrong.is_empty() { Ok(agreed) } else { Err(wrong) }
}

/// The other lines that begin with the name of one student: `Aisha: good progress`. They are for that student alone.
///
/// # Errors
/// A sentence for each line that begins with a name of several, with its number.
pub fn addressed(
    text: &str,
    students: &[(StudentId, &Name)],
) -> Result<Vec<(usize, StudentId)>, Vec<String>> {
    let mut found = Vec::new();
    let mut wrong = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| open_box(line).is_none()) {
        let line = line
            .trim_start_matches(|c: char| c.is_whitespace() || "-*+#>_0123456789.)".contains(c));
        let line =
            ["[x]", "[X]"].iter().find_map(|ticked| line.strip_prefix(ticked)).unwrap_or(line);
        let Some((name, _)) = line.split_once(':') else { continue };
        let name = clean::line(name.trim_end_matches(['*', '_']));
        if name.is_empty() {
            continue;
        }
        let mut called = students.iter().filter(|(_, student)| is_called(student, &name));
        match (called.next(), called.next()) {
            (Some((student, _)), None) => found.push((number, *student)),
            (Some(_), Some(_)) => wrong.push(format!("Line {}: {}", number + 1, several(&name))),
            (None, _) => {}
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

fn several(name: &str) -> String {
    format!("more than one person is called “{name}”: write the whole name.")
}

/// The line that [`parse`] reads as this.
#[must_use]
pub fn show(who: &str, what: &str, due: Option<NaiveDate>) -> String {
    let due = due.map(|day| day.format(" by %-d %b %Y").to_string()).unwrap_or_default();
    format!("- [ ] {who}: {what}{due}")
}

/// What follows an empty box at the start of a line.
fn open_box(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(['-', '*', '+'])?.trim_start();
    rest.strip_prefix("[ ]").or_else(|| rest.strip_prefix("[]"))
}

fn read(
    rest: &str,
    on: NaiveDate,
    cast: &Cast<'_>,
) -> Result<(Who, String, Option<NaiveDate>), String> {
    let example = "write it like “- [ ] Aisha: book workshop by 20 Oct”.";
    let (who, rest) = rest.split_once(':').ok_or_else(|| format!("nobody is named: {example}"))?;
    let who = read_who(&clean::line(who), cast)?;
    let (what, due) = split_due(rest, on)?;
    if what.is_empty() {
        return Err(format!("nothing to do is named: {example}"));
    }
    if what.chars().count() > LONGEST_LINE {
        return Err("this is too long: an action holds 1,000 characters.".into());
    }
    Ok((who, what, due))
}

fn read_who(name: &str, cast: &Cast<'_>) -> Result<Who, String> {
    match name.to_lowercase().as_str() {
        "me" | "i" | "tutor" => return Ok(Who::Tutor),
        "all" | "everyone" | "everybody" if cast.group => return Ok(Who::Everyone),
        "student" | "tutee" if !cast.group => {
            if let [(student, _)] = cast.students.as_slice() {
                return Ok(Who::Student(*student));
            }
        }
        _ => {}
    }
    let mut found: Vec<Who> = cast
        .students
        .iter()
        .filter(|(_, student)| is_called(student, name))
        .map(|(id, _)| Who::Student(*id))
        .collect();
    if is_tutor_called(cast.tutor, name) {
        found.push(Who::Tutor);
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] if cast.group => Err(format!(
            "nobody on the register is called “{name}”: write a name from it, or “all”."
        )),
        [] => Err(format!(
            "“{name}” is neither the student nor you: write the student’s name or “me”."
        )),
        _ => Err(several(name)),
    }
}

/// Splits `by date` off the end. What follows the last `by` and does not look like a date is part
/// of what is to be done: `go by train`.
fn split_due(rest: &str, on: NaiveDate) -> Result<(String, Option<NaiveDate>), String> {
    let rest = clean::line(rest);
    let plain = rest.trim_end_matches(['.', ';', ',']);
    let words: Vec<&str> = plain.split(' ').collect();
    let Some(place) = words.iter().rposition(|word| matches!(*word, "by" | "By" | "BY")) else {
        return Ok((rest, None));
    };
    let (what, date) = words.split_at(place);
    let date = date.get(1..).unwrap_or_default().join(" ");
    match parse_day(&date, on, Leaning::Future) {
        Ok(day) if day < on => {
            Err(format!("“{date}” is before the meeting: write a later date or leave it out."))
        }
        Ok(day) => Ok((what.join(" ").trim_end_matches([',', ';']).to_owned(), Some(day))),
        Err(_) if date.starts_with(|c: char| c.is_ascii_digit()) => {
            Err(format!("“{date}” is not a date: write 20 Oct, Friday or in 2 weeks."))
        }
        Err(_) => Ok((rest, None)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::Id;

    fn name(given: &str, family: &str, preferred: &str) -> Name {
        Name { given: given.into(), family: family.into(), preferred: preferred.into() }
    }

    fn student(number: u8) -> StudentId {
        Id::from_bytes([number; 16])
    }

    fn on() -> NaiveDate {
        "2026-10-12".parse().unwrap()
    }

    fn one(text: &str) -> Result<Vec<Agreed>, Vec<String>> {
        let aisha = name("Aisha", "Rahman", "");
        let students = vec![(student(1), &aisha)];
        parse(text, on(), &Cast { students, tutor: "Dr Amara Okafor", group: false })
    }

    #[test]
    fn a_line_that_begins_with_a_name_is_for_that_student() {
        let (aisha, ben) = (name("Aisha", "Rahman", ""), name("Benjamin", "Rahman", "Ben"));
        let students = [(student(1), &aisha), (student(2), &ben)];
        let text = "Exams: three.\nBen: asks.\n - aisha rahman: left\n- [ ] Ben: read\nAisha asks.";
        assert_eq!(addressed(text, &students), Ok(vec![(1, student(2)), (2, student(1))]));
        for line in
            ["- [x] Ben: read", "**Ben**: asks", "2. Ben: asks", "## Ben: asks", "> ben : asks"]
        {
            assert_eq!(addressed(line, &students), Ok(vec![(0, student(2))]), "{line}");
        }
        assert_eq!(addressed("10:30 in my room", &students), Ok(Vec::new()));
        let wrong = addressed("Rahman: well done", &students).unwrap_err();
        assert!(wrong[0].starts_with("Line 1: more than one person"), "{wrong:?}");
    }

    #[test]
    fn a_box_with_who_what_and_date_becomes_an_action() {
        for (line, who, what, due) in [
            (
                "- [ ] Aisha: book workshop by 20 Oct",
                Who::Student(student(1)),
                "book workshop",
                Some("2026-10-20"),
            ),
            ("* [] me: send the form by Friday.", Who::Tutor, "send the form", Some("2026-10-16")),
            ("  - [ ]  Dr Amara Okafor : ask, by 1 Feb", Who::Tutor, "ask", Some("2027-02-01")),
            ("- [ ] rahman: go by train", Who::Student(student(1)), "go by train", None),
            (
                "- [ ] Student: read chapter 3: methods",
                Who::Student(student(1)),
                "read chapter 3: methods",
                None,
            ),
            (
                "- [ ] Aisha: come by bus by 12 Oct",
                Who::Student(student(1)),
                "come by bus",
                Some("2026-10-12"),
            ),
        ] {
            let agreed = one(line).unwrap_or_else(|wrong| panic!("{wrong:?}"));
            let due = due.map(|due| due.parse().unwrap());
            assert!(agreed == [Agreed { line: 0, who, what: what.into(), due }], "{line}");
        }
    }

    #[test]
    fn other_lines_are_text() {
        let text =
            "## Discussed\n- feedback\n- [x] Aisha: done\n[ ] Aisha: no dash\n- [y] who: what";
        assert!(one(text).unwrap().is_empty());
    }

    #[test]
    fn each_line_that_cannot_be_read_is_named_with_its_number() {
        let text = "Hello\n- [ ] Ben: help by 20 Oct\n- [ ] book workshop\n- [ ] Aisha:\n\
                    - [ ] Aisha: ask by 32 Oct\n- [ ] me: go by 1 Oct 2026";
        let wrong = one(text).unwrap_err();
        assert_eq!(
            wrong,
            [
                "Line 2: “Ben” is neither the student nor you: write the student’s name or “me”.",
                "Line 3: nobody is named: write it like “- [ ] Aisha: book workshop by 20 Oct”.",
                "Line 4: nothing to do is named: write it like “- [ ] Aisha: book workshop by 20 Oct”.",
                "Line 5: “32 Oct” is not a date: write 20 Oct, Friday or in 2 weeks.",
                "Line 6: “1 Oct 2026” is before the meeting: write a later date or leave it out.",
            ]
        );
    }

    #[test]
    fn in_a_group_a_name_must_mean_one_person_on_the_register() {
        let (first, second) = (name("Aisha", "Rahman", ""), name("Aisha", "Khan", "Ish"));
        let cast = Cast {
            students: vec![(student(1), &first), (student(2), &second)],
            tutor: "Dr Amara Okafor",
            group: true,
        };
        assert!(parse("- [ ] Aisha: read", on(), &cast).is_err());
        for (who, meant) in [
            ("Ish", Who::Student(student(2))),
            ("Aisha Rahman", Who::Student(student(1))),
            ("all", Who::Everyone),
        ] {
            let agreed = parse(&show(who, "read", None), on(), &cast).unwrap_or_default();
            assert!(agreed.iter().all(|line| line.who == meant) && agreed.len() == 1, "{who}");
        }
    }

    proptest! {
        #[test]
        fn a_shown_line_is_read_back(
            what in "[a-zA-Z0-9 ]{0,20}[a-z]",
            days in prop::option::of(0_i64..3_000),
        ) {
            let due = days.map(|days| on() + chrono::Duration::days(days));
            let what = clean::line(&what);
            prop_assume!(due.is_some() || !what.split(' ').any(|word| word.eq_ignore_ascii_case("by")));
            let agreed = one(&show("Aisha", &what, due)).unwrap();
            prop_assert_eq!(&agreed[0].what, &what);
            prop_assert_eq!(agreed[0].due, due);
        }

        #[test]
        fn no_text_makes_it_panic(text in "(- \\[ \\] )?\\PC{0,20}:?( by )?\\PC{0,12}") {
            let _: Result<_, _> = one(&text);
        }
    }
}
