use proptest::{prelude::*, sample::Index};

use super::*;

/// The faults of the example after one change, without the name of the file; the first must be in the changed line.
fn faults(from: &str, to: &str) -> Vec<String> {
    let (before, _) = EXAMPLE.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    let faults = read(&EXAMPLE.replacen(from, to, 1), "own.toml").unwrap_err();
    let line = before.matches('\n').count() + 1;
    let lines = line..=line + from.matches('\n').count().max(to.matches('\n').count());
    assert!(lines.contains(&faults[0].line), "line {} is not in {lines:?}", faults[0].line);
    faults.iter().map(told).collect()
}

/// A fault without its file and line.
fn told(fault: &Fault) -> String {
    let place = format!("own.toml, line {}", fault.line);
    let rest = fault.to_string().strip_prefix(&place).unwrap().to_owned();
    rest.strip_prefix(", ").or(rest.strip_prefix(": ")).unwrap().to_owned()
}

/// Asserts that a change makes exactly this fault, in the changed line.
#[track_caller]
fn one(from: &str, to: &str, fault: &str) {
    assert_eq!(faults(from, to), [fault], "{from} → {to}");
}

/// Asserts that a change makes this fault in the changed line, and others elsewhere that follow from it.
#[track_caller]
fn first(from: &str, to: &str, fault: &str) {
    let faults = faults(from, to);
    assert!(faults.len() > 1 && faults[0] == fault, "{from} → {to}: {faults:?}");
}

#[test]
fn every_built_in_pack_reads_without_fault() {
    for pack in BUILTIN {
        let policy = read(pack.text, &pack.file()).unwrap_or_else(|faults| {
            let lines: Vec<String> = faults.iter().map(Fault::to_string).collect();
            panic!("{}", lines.join("\n"))
        });
        assert_eq!(policy.code, pack.code);
        assert_eq!(builtin(&pack.code.to_uppercase()), Some(policy));
    }
    assert_eq!(builtin("nowhere"), None);
}

#[test]
fn the_example_reads_without_fault_also_with_the_line_ends_of_windows_and_a_mark_in_front() {
    let policy = read(EXAMPLE, "own.toml").unwrap();
    let text = format!("\u{feff}{}", EXAMPLE.replace('\n', "\r\n"));
    assert_eq!(read(&text, "own.toml").unwrap(), policy);
}

#[test]
fn a_file_of_the_profile_is_called_by_the_code_of_its_policy() {
    assert!(read_as("example", EXAMPLE, "policies/example.toml").is_ok());
    let faults = read_as("ours", EXAMPLE, "policies/ours.toml").unwrap_err();
    let line = EXAMPLE.lines().position(|line| line == "code = \"example\"").unwrap() + 1;
    let told = "field \"code\": \"example\" is not what the file is called; it can be ours";
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].to_string(), format!("policies/ours.toml, line {line}, {told}"));
}

#[test]
fn a_word_that_is_not_known_is_told_with_those_that_are() {
    let text = EXAMPLE.replacen("format = \"1-2-1\"", "format = \"grup\"", 1);
    let faults = read(&text, "own.toml").unwrap_err();
    let line = EXAMPLE.lines().position(|line| line == "format = \"1-2-1\"").unwrap() + 1;
    assert_eq!(
        faults[0].to_string(),
        format!(
            "own.toml, line {line}, duty \"first-review\", field \"what.slot.format\": \"grup\" is not known; \
             it can be 1-2-1, group, either"
        )
    );
    assert_eq!((faults.len(), faults[0].column), (1, 10));
}

#[test]
fn a_value_of_another_kind_is_told_with_what_it_must_be() {
    one(
        "wait = 5",
        "wait = \"5\"",
        "ladder \"not-reached\", field \"step.0.wait\": must be a whole number from 0 to 255, not \"5\"",
    );
    one(
        "wait = 5",
        "wait = 300",
        "ladder \"not-reached\", field \"step.0.wait\": must be a whole number from 0 to 255, not 300",
    );
    one(
        "wait = 5",
        "wait = -1",
        "ladder \"not-reached\", field \"step.0.wait\": must be a whole number from 0 to 255, not -1",
    );
    one(
        "levels = [4]",
        "levels = 4",
        "duty \"first-review\", field \"who.levels\": must be a list in [ ], not 4",
    );
    one(
        "new-entrant = true",
        "new-entrant = \"yes\"",
        "duty \"first-review\", field \"who.new-entrant\": must be true or false, not \"yes\"",
    );
    one("cite = \"EX\"", "cite = 7", "field \"cite\": must be a text in quotes, not 7");
    one(
        "when = \"year\"",
        "when = 3",
        "duty \"summary\", field \"when\": must be a word in quotes, or a table such as { weeks = … }",
    );
    one(
        "when = \"year\"",
        "when = \"weeks\"",
        "duty \"summary\", field \"when\": must be a table with its fields, such as { from = 1, to = 4 }, not the word alone",
    );
    one(
        "how = { contact = \"email\" }",
        "how = { }",
        "ladder \"not-reached\", field \"step.0.how\": is empty; one kind must stand here",
    );
    one(
        "how = { contact = \"email\" }",
        "how = { contact = \"email\", tell = \"x\" }",
        "ladder \"not-reached\", field \"step.0.how\": holds more than one kind; only one can stand here",
    );
}

#[test]
fn a_day_that_is_none_is_told_with_how_to_write_it() {
    let fault = |day: &str| {
        format!(
            "calendar \"2026/27\", field \"term.0.first\": \"{day}\" is no day; write it as in \"2026-09-28\""
        )
    };
    one("first = 2026-10-05", "first = \"soon\"", &fault("soon"));
    one("first = 2026-10-05", "first = \"2026-02-30\"", &fault("2026-02-30"));
    one("first = 2026-10-05", "first = 2026-10-05T12:00:00", &fault("2026-10-05T12:00:00"));
}

#[test]
fn a_field_too_many_or_too_few_is_named() {
    one(
        "late-days = 28",
        "late_days = 28",
        "duty \"first-review\", field \"late_days\": there is no field \"late_days\" here (did you mean late-days?); there can be code, clause, name, who, what, when, late-days, by, why",
    );
    one("[[duty]]\ncode = \"tutor\"\n", "[[duty]]\n", "duty 1, field \"code\": is missing");
    one(
        "version = \"September 2026\"",
        "edition = 3\nversion = \"September 2026\"",
        "field \"edition\": there is no field \"edition\" here; there can be code, cite, university, document, version, confidentiality, reply-days, follow-up-days, sudden-drop, clause, duty, tutor-duty, ladder, sharing, letter, calendar, item",
    );
    one("days = 7 } }\n", "} }\n", "duty \"tutor\", field \"when.after-entry.days\": is missing");
    let faults = read(&EXAMPLE.replacen("cite = \"EX\"", "", 1), "own.toml").unwrap_err();
    assert_eq!((faults[0].line, told(&faults[0]).as_str()), (1, "field \"cite\": is missing"));
}

#[test]
fn a_text_that_is_no_toml_is_told_with_its_line() {
    assert!(faults("wait = 5", "wait = ")[0].starts_with("this is not TOML: "));
    assert!(faults("[[ladder.step]]", "[[ladder.step]")[0].starts_with("this is not TOML: "));
    one(
        "cite = \"EX\"",
        "cite = \"EX\"\ncite = \"EY\"",
        "this field stands here twice; keep one of the two",
    );
    assert!(
        read(&"#".repeat(LARGEST + 1), "own.toml").unwrap_err()[0].message.contains("1024 KiB")
    );
}

#[test]
fn every_rule_that_cannot_be_read_is_told_at_once() {
    let text = EXAMPLE.replace("wait = 5", "wait = true").replace("days = 7 }", "days = [] }");
    let faults = read(&text, "own.toml").unwrap_err();
    let rules: Vec<&str> = faults.iter().map(|fault| fault.rule.as_str()).collect();
    assert_eq!(rules, ["duty \"tutor\"", "duty \"summary\"", "ladder \"not-reached\""]);
}

#[test]
fn what_is_named_must_be_there() {
    one(
        "clause = \"2.1\"\nname = \"First review\"",
        "clause = \"9\"\nname = \"First review\"",
        "duty \"first-review\", field \"clause\": there is no clause \"9\"; the file has 1.1, 2.1, 2.2, 3.1, 4.1",
    );
    one(
        "clause = \"1.1\"\nname",
        "clause = \"\"\nname",
        "duty \"tutor\", field \"clause\": a clause must stand here: every rule says where it comes from",
    );
    one(
        "letter = \"missed-1\"",
        "letter = \"missed\"",
        "ladder \"not-reached\", field \"step.0.letter\": there is no letter \"missed\"; the file has summary, missed-1",
    );
    one(
        "kind = \"summary\", per",
        "kind = \"sum\", per",
        "duty \"summary\", field \"what.letter.kind\": there is no letter \"sum\"; the file has summary, missed-1",
    );
    one(
        "term = \"Autumn\"",
        "term = \"Fall\"",
        "duty \"first-review\", field \"when.weeks.term\": the calendar 2026/27 has no term \"Fall\"; it has Autumn, Spring, Summer",
    );
    one(
        "lives = [\"duty tutor\"]",
        "lives = [\"duty tutors\"]",
        "item 1, field \"lives.0\": there is no duty \"tutors\" in this file",
    );
    one(
        "course = \"essential\"",
        "course = \"cooking\"",
        "tutor-duty \"training\", field \"what.training.course\": \"cooking\" is not known; it can be essential, in-person, refresher, briefing, mental-health-first-aid, other",
    );
    one(
        "clauses = [\"2.1\", \"2.2\"]",
        "clauses = [\"2.1\", \"7\"]",
        "item 2, field \"clauses.1\": there is no clause \"7\"; the file has 1.1, 2.1, 2.2, 3.1, 4.1",
    );
}

#[test]
fn a_prompt_for_a_sudden_drop_is_checked() {
    let with = |value: &str, clause: &str, why: &str| {
        let drop =
            format!("[sudden-drop]\nvalue = {value}\nclause = \"{clause}\"\nwhy = \"{why}\"\n");
        read(&EXAMPLE.replacen("[[clause]]", &format!("{drop}\n[[clause]]"), 1), "own.toml")
    };
    let fault =
        |value: &str, clause: &str, why: &str| told(&with(value, clause, why).unwrap_err()[0]);
    assert_eq!(with("50", "2.1", "half").unwrap().sudden_drop.unwrap().value, 50);
    assert!(fault("0", "2.1", "half").starts_with("field \"sudden-drop.value\": "));
    assert!(fault("95", "2.1", "half").starts_with("field \"sudden-drop.value\": "));
    assert!(
        fault("50", "77", "half").starts_with("field \"sudden-drop.clause\": there is no clause")
    );
    assert_eq!(fault("50", "2.1", ""), "field \"sudden-drop.why\": is empty");
    assert_eq!(read(EXAMPLE, "own.toml").unwrap().sudden_drop, None);
}

#[test]
fn a_name_stands_once() {
    let again = |name: &str, line: usize| {
        format!("\"{name}\" stands here again; it is in line {line} already")
    };
    let line = |text: &str| EXAMPLE.lines().position(|line| line == text).unwrap() + 1;
    let code = again("first-review", line("code = \"first-review\""));
    first(
        "code = \"each-term\"",
        "code = \"first-review\"",
        &format!("duty \"first-review\", field \"code\": {code}"),
    );
    let id = again("1.1", line("id = \"1.1\""));
    first("id = \"2.1\"", "id = \"1.1\"", &format!("clause \"1.1\", field \"id\": {id}"));
}

#[test]
fn numbers_are_possible() {
    one(
        "levels = [4]",
        "levels = [2]",
        "duty \"first-review\", field \"who.levels.0\": 2 is not possible; it can be 3 to 8",
    );
    one(
        "value = 3\n",
        "value = 0\n",
        "field \"reply-days.value\": 0 is not possible; it can be 1 to 60",
    );
    one(
        "wait = 5",
        "wait = 61",
        "ladder \"not-reached\", field \"step.0.wait\": 61 is not possible; it can be 0 to 60",
    );
    one(
        "when = \"year\"",
        "when = { month = { month = 13, part = \"late\" } }",
        "duty \"summary\", field \"when.month.month\": 13 is not possible; it can be 1 to 12",
    );
    one(
        "what = { caseload = { total = 30 } }",
        "what = { yearly = { month = 2, day = 29 } }",
        "tutor-duty \"caseload\", field \"what.yearly.day\": 29 is not possible; that month has no such day in every year",
    );
    one(
        "{ total = 30 }",
        "{ total = 30, per-level = 40 }",
        "tutor-duty \"caseload\", field \"what.caseload.per-level\": 40 at one level can never be reached: 30 is the most in all",
    );
    one(
        "{ total = 30 }",
        "{ }",
        "tutor-duty \"caseload\", field \"what.caseload\": needs per-level, total or both",
    );
    let workload = |per: u8, cap: u16| {
        format!(
            "what = {{ workload = {{ base = 200, upto = 1000, per = {per}, cap = {cap}, rounding = \"down\" }} }}"
        )
    };
    one(
        "what = { caseload = { total = 30 } }",
        &workload(0, 300),
        "tutor-duty \"caseload\", field \"what.workload.per\": 0 is not possible; it is the number of tutees for one hour more",
    );
    one(
        "what = { caseload = { total = 30 } }",
        &workload(10, 100),
        "tutor-duty \"caseload\", field \"what.workload.cap\": 100 is less than the 200 hours of the base",
    );
}

#[test]
fn windows_lie_within_the_terms() {
    one(
        "from = 1, to = 4",
        "from = 5, to = 4",
        "duty \"first-review\", field \"when.weeks.to\": week 4 is before week 5; the window is upside down",
    );
    one(
        "from = 1, to = 4",
        "from = 1, to = 11",
        "duty \"first-review\", field \"when.weeks.to\": there are 10 teaching weeks in 2026/27; 11 is beyond",
    );
    one(
        "term = \"Autumn\", from = 1",
        "term = \"Spring\", from = 0",
        "duty \"first-review\", field \"when.weeks.from\": 0 is induction week, which Spring of 2026/27 does not have",
    );
    one(
        "when = \"year\"",
        "when = { year-weeks = { from = 19, to = 27 } }",
        "duty \"summary\", field \"when.year-weeks.to\": there are 26 teaching weeks in 2026/27; 27 is beyond",
    );
    one(
        "when = \"year\"",
        "when = { after-exams = { term = \"Autumn\", days = 14 } }",
        "duty \"summary\", field \"when.after-exams.term\": Autumn has no exams in the calendar 2026/27",
    );
    one(
        "when = \"year\"",
        "when = { spread = { times = 7, term = \"Summer\" } }",
        "duty \"summary\", field \"when.spread.times\": 7 do not fit into the 6 teaching weeks of 2026/27",
    );
}

#[test]
fn a_calendar_is_in_order() {
    let fault =
        |field: &str, message: &str| format!("calendar \"2026/27\", field \"{field}\": {message}");
    one(
        "first = 2026-10-05",
        "first = 2026-10-06",
        &fault("term.0.first", "2026-10-06 is no Monday; that week begins on 2026-10-05"),
    );
    first(
        "first = 2027-01-11",
        "first = 2026-12-07",
        &fault("term.1.first", "Autumn lasts until 2026-12-13; terms stand in order"),
    );
    one(
        "first = 2026-10-05",
        "first = 2026-09-07",
        &fault("term.0.first", "begins on 2026-08-31, outside the year"),
    );
    one(
        "weeks = 6",
        "weeks = 20",
        &fault("term.2.weeks", "lasts until 2027-09-12, outside the year"),
    );
    first(
        "from = 2026-09-01, to = 2027-08-31",
        "from = 2026-09-01, to = 2026-08-31",
        &fault("span.to", "2026-08-31 is before 2026-09-01; the span is upside down"),
    );
    one(
        "breaks = [{ from = 2027-02-15",
        "breaks = [{ from = 2027-02-22",
        &fault("term.1.breaks.0.to", "2027-02-21 is before 2027-02-22; the span is upside down"),
    );
    one(
        "breaks = [{ from = 2027-02-15",
        "breaks = [{ from = 2027-02-16",
        &fault("term.1.breaks.0", "holds no Monday inside the term, so no week is left out"),
    );
    one(
        "exams = { from = 2027-05-17",
        "exams = { from = 2027-04-17",
        &fault("term.2.exams.from", "the exams are before the term"),
    );
    one(
        "weeks = 6",
        "weeks = 6\nreading = [{ from = 2027-06-07, to = 2027-06-11 }]",
        &fault("term.2.reading.0", "the reading week is outside the term"),
    );
    let early = EXAMPLE.replacen("first = 2026-10-05", "first = \"-262143-01-01\"", 1);
    let faults = read(&early, "own.toml").unwrap_err();
    assert!(faults[0].message.ends_with("years can be 2000 to 2100"), "{}", faults[0]);
    one(
        "holidays = [2026-12-25",
        "holidays = [2025-12-25",
        &fault("holidays.0", "2025-12-25 is outside the year"),
    );
    one(
        "year = \"2026/27\"",
        "year = \"2026\"",
        "calendar \"2026\", field \"year\": a year that begins in 2026 is called \"2026/27\"",
    );
}

#[test]
fn a_rule_of_sharing_behind_all_it_speaks_of_is_told() {
    one(
        "[[sharing.rule]]\nto = [\"outside\"]\nmay = \"never\"",
        "[[sharing.rule]]\nto = [\"student\"]\nmay = \"never\"",
        "sharing rule 3: never applies: the rules above it decide every case it speaks of",
    );
    let all = read(&EXAMPLE.replacen("to = [\"student\"]", "to = []", 1), "own.toml").unwrap_err();
    assert_eq!(
        all.iter().map(|fault| &*fault.rule).collect::<Vec<_>>(),
        ["sharing rule 2", "sharing rule 3"]
    );
}

#[test]
fn demands_have_no_gap_and_a_place() {
    one(
        "number = 2",
        "number = 3",
        "item 3, field \"number\": comes after 1; 1 or 2 must stand here",
    );
    one(
        "number = 3",
        "number = 5",
        "item 5, field \"number\": comes after 2; 2 or 3 must stand here",
    );
    one(
        "[[item]]\nnumber = 3\nclauses = [\"4.1\"]\nasks = \"Tutors are trained.\"\nclass = \"a/b\"\nlives = [\"tutor-duty training\"]",
        "[[item]]\nnumber = 3\nclauses = [\"4.1\"]\nasks = \"Tutors are trained.\"\nclass = \"a/b\"",
        "item 3, field \"lives\": the program does this, so \"lives\" or \"later\" must say where or when",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_changed_pack_reads_or_tells_a_line_that_is_there(
        changes in prop::collection::vec((any::<Index>(), 0_u8..5, any::<String>(), any::<i64>()), 1..4),
    ) {
        let mut text = EXAMPLE.to_owned();
        for (place, kind, word, number) in changes {
            text = changed(&text, place, kind, &word, number);
        }
        if let Err(faults) = read(&text, "own.toml") {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!((1..=text.split('\n').count()).contains(&fault.line), "{fault}");
                prop_assert!(fault.column > 0 && !fault.message.is_empty(), "{fault}");
            }
        }
    }

    #[test]
    fn any_text_reads_or_tells(text in any::<String>()) {
        prop_assert!(read(&text, "own.toml").is_err_and(|faults| !faults.is_empty()));
    }
}

/// The text with a line deleted or doubled, a letter changed, or a value replaced.
fn changed(text: &str, place: Index, kind: u8, word: &str, number: i64) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let place = place.index(lines.len());
    let line = lines[place].clone();
    let value = |value: String| {
        let (name, _) = line.split_once('=').unwrap_or((&line, ""));
        format!("{name}= {value}")
    };
    match kind {
        0 => _ = lines.remove(place),
        1 => lines.insert(place, line),
        2 => lines[place] = value(number.to_string()),
        3 => lines[place] = value(format!("{word:?}")),
        _ => lines[place] = line.chars().rev().collect(),
    }
    lines.join("\n")
}

/// What may stand where this change is made, as the fault tells it.
fn known(from: &str, to: &str) -> Vec<String> {
    let fault = faults(from, to).remove(0);
    let (_, known) = fault.rsplit_once(" can be ").unwrap_or_else(|| panic!("{fault}"));
    known.split(", ").map(str::to_owned).collect()
}

/// Every field of the schema, found by asking for one that does not exist.
fn fields() -> Vec<String> {
    let extra = "zzz = 1, ";
    let mut names = known("code = \"example\"", "zzz = 1\ncode = \"example\"");
    for table in [
        "[confidentiality]",
        "[[clause]]",
        "[[duty]]",
        "[[tutor-duty]]",
        "[[ladder]]",
        "[[ladder.step]]",
        "[sharing]",
        "[[sharing.rule]]",
        "[[letter]]",
        "[[calendar]]",
        "[[calendar.term]]",
        "[[item]]",
        "[duty.what.slot]",
    ] {
        names.extend(known(&format!("{table}\n"), &format!("{table}\nzzz = 1\n")));
    }
    for inline in [
        "span = { ",
        "who = { ",
        "count = { ",
        "letter = { ",
        "weeks = { ",
        "after-entry = { ",
        "training = { ",
        "caseload = { ",
    ] {
        names.extend(known(inline, &format!("{inline}{extra}")));
    }
    for (kind, fields) in [
        ("year-weeks", ""),
        ("month", ""),
        ("term", ""),
        ("after-exams", ""),
        ("every", ""),
        ("spread", ""),
    ] {
        names.extend(known(
            "when = \"year\"",
            &format!("when = {{ {kind} = {{ zzz = 1{fields} }} }}"),
        ));
    }
    for kind in ["absence", "term", "yearly", "workload"] {
        names.extend(known(
            "what = { caseload = { total = 30 } }",
            &format!("what = {{ {kind} = {{ zzz = 1 }} }}"),
        ));
    }
    names.extend(known("what = \"tutor\"", "what = { outcome = { zzz = 1 } }"));
    names
}

/// Every word that may stand for a value.
fn words() -> Vec<String> {
    let mut names = Vec::new();
    for (from, to) in [
        ("what = \"tutor\"", "what = \"zzz\""),
        ("what = \"tutor\"", "what = { filled = \"zzz\" }"),
        ("when = \"year\"", "when = \"zzz\""),
        ("format = \"1-2-1\"", "format = \"zzz\""),
        ("per = \"meeting\"", "per = \"zzz\""),
        ("value = \"tutor-and-senior\"", "value = \"zzz\""),
        ("modes = [\"full-time\"]", "modes = [\"zzz\"]"),
        ("new-entrant = true", "kinds = [\"zzz\"]"),
        ("new-entrant = true", "statuses = [\"zzz\"]"),
        ("new-entrant = true", "entry = \"zzz\""),
        ("role = \"tutor\"", "role = \"zzz\""),
        ("what = { caseload = { total = 30 } }", "what = \"zzz\""),
        ("course = \"essential\"", "course = \"zzz\""),
        ("how = { contact = \"email\" }", "how = \"zzz\""),
        ("how = { contact = \"email\" }", "how = { contact = \"zzz\" }"),
        ("to = [\"outside\"]", "to = [\"zzz\"]"),
        ("what = [\"fact\"", "what = [\"zzz\""),
        ("may = \"never\"", "may = \"zzz\""),
        ("class = \"a/b\"", "class = \"zzz\""),
        ("when = \"year\"", "when = { month = { month = 2, part = \"zzz\" } }"),
        ("what = { caseload = { total = 30 } }", "what = { workload = { rounding = \"zzz\" } }"),
    ] {
        names.extend(known(from, to));
    }
    names
}

#[test]
fn the_description_of_the_schema_names_every_field_and_word() {
    let text = include_str!("../../../assets/policies/SCHEMA.md");
    let missing: Vec<String> = fields()
        .into_iter()
        .chain(words())
        .filter(|name| !text.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "SCHEMA.md does not name {missing:?}");
}
