use super::*;

const V1: &str = BUILTIN[0].text;

/// The faults after one change, which must be told by its line.
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(V1.contains(from), "no {from}");
    let line = V1.split(from).next().unwrap().matches('\n').count() + 1;
    let faults = read(&V1.replacen(from, to, 1), "own.toml").unwrap_err();
    assert_eq!(faults[0].line, line, "{}", faults[0]);
    faults
        .iter()
        .map(|fault| format!("{} {} | {}", fault.rule, fault.field, fault.message))
        .collect()
}

#[test]
fn every_card_of_the_program_has_no_fault_and_the_name_it_is_known_by() {
    for builtin in BUILTIN {
        assert_eq!(builtin.card().map(|card| card.name).as_deref(), Ok(builtin.name));
    }
    assert!(default_card().is_some());
}

#[test]
fn a_card_that_rewards_missing_work_or_a_worse_mark_is_refused() {
    assert_eq!(
        faults("{ from = 2, points = 3 }", "{ from = 2, points = 7 }"),
        ["line \"work-overdue\" bands.1 | what is better must not be worth more points"]
    );
    assert_eq!(
        faults("{ below = 60, points = 2 }", "{ below = 60, points = 5 }"),
        ["line \"mean-mark\" bands.2 | what is better must not be worth more points"]
    );
    assert_eq!(
        faults("{ below = 60, points = 2 }", "{ below = 45, points = 2 }"),
        [
            "line \"mean-mark\" bands.2 | the worst comes first: bands stand in the order of their limits"
        ]
    );
    assert_eq!(
        faults("{ below = 60, points = 2 }", "{ from = 60, points = 2 }")[0],
        "line \"mean-mark\" bands.2 | less of this is worse: the limit is written as below or up-to"
    );
}

#[test]
fn a_line_that_stands_for_another_comes_after_it_and_is_worth_no_more() {
    assert_eq!(
        faults("unless = \"days-not-online\"", "unless = \"repeating\""),
        ["line \"active-days-14\" unless | must be the measure of a line before this one"]
    );
    let more = V1.replacen("up-to = 50, points = 2", "up-to = 50, points = 9", 1);
    let told = read(&more, "own.toml").unwrap_err();
    assert!(told[0].message.contains("must not be worth less"), "{}", told[0]);
}

#[test]
fn an_unknown_or_missing_number_is_told_by_its_line() {
    let told = faults("measure = \"work-overdue\"", "measure = \"late-work\"");
    assert!(told[0].contains("late-work"), "{told:?}");
    let told = faults("tutorials-points = 2", "late-points = 2");
    assert!(told[0].contains("late-points"), "{told:?}");
    let told = faults("{ from = 28, points = 3 }", "{ points = 3 }");
    assert!(told[0].contains("from, below or up-to"), "{told:?}");
    let told = faults("standard = 4", "standard = 1");
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn nothing_can_be_measured_that_says_who_somebody_is() {
    for word in ["sex", "gender", "age", "disability", "ethnicity", "deprivation"] {
        let line =
            format!("[[line]]\nmeasure = \"{word}\"\nbands = [{{ from = 1, points = 1 }}]\n");
        let told =
            read(&V1.replacen("[attendance]", &format!("{line}[attendance]"), 1), "own.toml");
        assert!(told.is_err(), "{word}");
        let told = read(&V1.replacen("[alert]", &format!("[alert]\n{word} = 1"), 1), "own.toml");
        assert!(told.is_err(), "{word}");
    }
}

#[test]
fn a_card_that_was_written_reads_back_the_same() {
    for builtin in BUILTIN {
        let card = builtin.card().unwrap();
        let text = write::write(&card, &["A card.".to_owned(), String::new()]);
        assert!(text.starts_with("# A card.\n#\nname = "), "{text}");
        assert_eq!(read(&text, "own.toml").as_ref(), Ok(&card));
        let spoken = write::write(&Card { name: "a \"b\" \\".into(), ..card }, &[]);
        assert_eq!(read(&spoken, "own.toml").map(|card| card.name).as_deref(), Ok("a 'b' '"));
    }
}
