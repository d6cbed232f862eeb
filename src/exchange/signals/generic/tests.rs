//! Lists of all kinds, with and without somebody saying what their columns are.

use super::{
    super::{
        Told, recognise,
        testing::{lines, read_bytes, told},
    },
    *,
};

fn list(text: &str) -> List {
    List::read(text.as_bytes()).unwrap()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(header, field)| ((*header).to_owned(), (*field).to_owned())).collect()
}

/// What is read once somebody has said what columns are.
fn mapped(text: &str, said: &[(&str, &str)]) -> String {
    let columns = map_labels(&list(text), &pairs(said)).unwrap();
    let readings = read_bytes(text.as_bytes(), &Told { columns, ..told("list.csv") }).unwrap();
    readings.iter().map(lines).collect()
}

const VALUES: &str =
    "id,date,value\n00481234,16/11/2026,3\n00481234,17/11/2026,0\n00481235,16/11/2026,1\n";

#[test]
fn a_value_is_what_somebody_says_it_is() {
    assert_eq!(recognise(&list(VALUES), "list.csv"), None);
    assert_eq!(
        mapped(VALUES, &[("value", "active online")]),
        "Other \"\" None\n2: 00481234||: active 2026-11-16\n4: 00481235||: active 2026-11-16\n"
    );
    assert_eq!(
        mapped(VALUES, &[("value", "rating")]),
        "Other \"\" None\n2: 00481234||: rated 2026-11-16 3; rated 2026-11-17 0\n4: 00481235||: rated 2026-11-16 1\n"
    );
    assert_eq!(
        mapped(VALUES, &[("value", "mark"), ("date", "handed in")]),
        "Other \"\" None\n\
         task \"value\" due None weight None\n\
         2: 00481234||: handed 0 2026-11-16; mark 0 300; handed 0 2026-11-17; mark 0 0\n\
         4: 00481235||: handed 0 2026-11-16; mark 0 100\n"
    );
}

#[test]
fn headers_that_say_what_they_are_need_nobody() {
    let text = "Student number,Module,Date,Logins\n00481234,COMP1001,16/11/2026,3\n";
    assert_eq!(recognise(&list(text), "list.csv"), Some(Source::Other));
    assert_eq!(
        read_bytes(text.as_bytes(), &told("list.csv"))
            .unwrap()
            .iter()
            .map(lines)
            .collect::<String>(),
        "Other \"COMP1001\" None\n2: 00481234||: active 2026-11-16\n"
    );
}

#[test]
fn attendance_is_a_word_or_a_percentage_or_counted() {
    let words = "id,date,event,value\n1,16/11/2026 9:00,Lab,Absent\n2,16/11/2026,,late\n";
    assert_eq!(
        mapped(words, &[("value", "attendance")]),
        "Other \"\" None\n2: 1||: absent 2026-11-16 540\n3: 2||: late 2026-11-16 0\n"
    );
    let percent =
        mapped("id,date,value\n1,16/11/2026,70%\n2,16/11/2026,101%\n", &[("value", "attendance")]);
    assert_eq!((percent.matches("present").count(), percent.matches("absent").count()), (14, 6));
    assert!(percent.contains("rejected 3 C (value): is no percentage of 0 to 100"), "{percent}");
    assert!(
        percent.contains("remark 1 C (value): a percentage of attendance is kept as 20 sessions")
    );
    let counted = "id,date,expected,attended\n1,16/11/2026,4,3\n2,16/11/2026,4,5\n";
    let counted = mapped(counted, &[]);
    assert_eq!((counted.matches("present").count(), counted.matches("absent").count()), (3, 1));
    assert!(
        counted.contains("rejected 3 D (attended): is more than the number of sessions expected")
    );
}

#[test]
fn work_may_have_a_column_of_its_name_and_of_what_it_is_out_of() {
    let text = "id,assignment,submitted,mark,out of\n\
        1,Essay,2/11/2026,15,20\n1,Quiz,no,,\n2,Essay,yes,21,20\n2,Quiz,perhaps,1,20\n3,Quiz,,12/20,\n";
    assert_eq!(
        mapped(text, &[]),
        "Other \"\" None\n\
         task \"Essay\" due None weight None\n\
         task \"Quiz\" due None weight None\n\
         2: 1||: handed 0 2026-11-02; mark 0 7500; not handed 1\n\
         6: 3||: mark 1 6000\n\
         rejected 4 D (mark): is more than can be got\n\
         rejected 5 C (submitted): is neither a date nor yes or no\n"
    );
}

#[test]
fn marks_that_are_hardly_out_of_100_wait_until_somebody_says_what_they_are_out_of() {
    let rows = (1..=6).map(|at| format!("{at},Quiz,1{at}\n{at},Essay,{at}5%"));
    let text = format!("id,assignment,mark\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    let columns = map_labels(&list(&text), &[]).unwrap();
    let mut told = Told { columns, ..told("list.csv") };
    let read = |told: &Told| read_bytes(text.as_bytes(), told).unwrap().remove(0);
    let reading = read(&told);
    let unmarked: Vec<_> = reading.tasks.iter().map(|task| task.unmarked).collect();
    assert_eq!((unmarked, lines(&reading).matches("mark 0").count()), (vec![true, false], 0));
    assert!(lines(&reading).contains("remark 1 C (mark): no mark is above 50"), "{reading:?}");
    told.maxima.insert("Quiz".into(), 20);
    assert!(lines(&read(&told)).contains("mark 0 5500"));
}

#[test]
fn every_column_of_marks_is_a_piece_of_work() {
    let text = "RollNumber,ApplicantName,CW1,CW2,ESE\nStudent 208,xxxxxxxxxx,29,,63\nStudent 209,xxxxxxxxxx,18,x,54\n";
    assert_eq!(
        mapped(text, &[("CW1", "mark"), ("CW2", "mark"), ("ESE", "mark")]),
        "Other \"\" None\n\
         task \"CW1\" due None weight None\n\
         task \"ESE\" due None weight None\n\
         2: Student 208||: mark 0 2900; mark 1 6300\n\
         rejected 3 D (CW2): is no mark\n"
    );
}

#[test]
fn columns_are_refused_in_sentences() {
    let list = list(VALUES);
    let refused = |said: &[(&str, &str)]| map_labels(&list, &pairs(said)).unwrap_err();
    assert_eq!(refused(&[("points", "mark")]), "There is no column “points”: id, date, value.");
    assert!(
        refused(&[("value", "luck")])
            .starts_with("“luck” is nothing that a column can mean: student number,")
    );
    let protected = self::list("id,date,Ethnicity\n1,16/11/2026,4\n");
    assert_eq!(
        map_labels(&protected, &pairs(&[("Ethnicity", "rating")])).unwrap_err(),
        "The column “Ethnicity” is a protected characteristic and is never read."
    );
    let columns = ["student number", "date", "rating"].map(str::to_owned).to_vec();
    let text = "id,date,Ethnicity\n1,16/11/2026,4\n";
    let refusal = read_bytes(text.as_bytes(), &Told { columns, ..told("a.csv") }).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Row 1: a column that says what somebody did cannot be found, so nothing was read."
    );
}

#[test]
fn a_meaning_said_twice_or_without_a_date_is_refused() {
    let read = |columns: [&str; 3]| {
        let columns = columns.map(str::to_owned).to_vec();
        read_bytes(VALUES.as_bytes(), &Told { columns, ..told("a.csv") }).unwrap_err().to_string()
    };
    assert_eq!(
        read(["student number", "rating", "rating"]),
        "Columns 2 and 3 cannot both be the rating. Choose one of them."
    );
    assert_eq!(
        read(["student number", "", "rating"]),
        "Row 1: a column of dates cannot be found, so nothing was read."
    );
    assert!(read(["", "date", "rating"]).starts_with("Row 1: no column is known as a student"));
}

#[test]
fn every_field_is_found_by_its_label_and_no_header_means_two() {
    use strum::VariantArray;
    for field in Field::VARIANTS {
        assert_eq!(Field::named(field.label()), Some(*field));
    }
}
