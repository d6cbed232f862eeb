use super::*;
use crate::{
    domain::{
        evaluate::{Points, evaluate},
        score::Evidence,
        signal::WeekEnd,
    },
    exchange::card::default_card,
};

fn table(name: &str, text: &str) -> Table {
    Table { name: format!("{name}.csv"), bytes: text.as_bytes().to_vec() }
}

/// Three students in two groups.
fn folder() -> Folder {
    Folder {
        presentations: table("presentations", "pres,length_days\nAAA_2026J,268\n"),
        enrolments: table(
            "enrolments",
            "pres,id_student,date_registration,date_unregistration,num_of_prev_attempts,final_result\n\
             AAA_2026J,1,-20,,0,Pass\nAAA_2026J,2,,40,1,Withdrawn\nAAA_2026J,3,-1,,0,Fail\n",
        ),
        weekly_vle: table(
            "weekly_vle",
            "pres,id_student,week,clicks,active_days,day_mask\n\
             AAA_2026J,1,-1,3,1,4\nAAA_2026J,1,0,9,2,3\nAAA_2026J,3,2,9,1,64\n",
        ),
        assessments: table(
            "assessments",
            "pres,id_assessment,assessment_type,date,weight\n\
             AAA_2026J,7,TMA,12,7.5\nAAA_2026J,8,CMA,12,0\nAAA_2026J,9,Exam,,100\nAAA_2026J,10,CMA,13,10\n",
        ),
        submissions: table(
            "submissions",
            "pres,id_student,id_assessment,date_submitted,is_banked,score\n\
             AAA_2026J,1,7,12,0,55.5\nAAA_2026J,1,8,1,0,100\nAAA_2026J,3,7,-1,1,\nAAA_2026J,3,9,20,0,80\n",
        ),
        tutor_groups: table(
            "tutor_groups",
            "pres,id_student,tutor_group\nAAA_2026J,1,a\nAAA_2026J,2,a\nAAA_2026J,3,b\n",
        ),
        reference: None,
        audit: None,
    }
}

/// Groups of two of them.
const AUDITED: &str = "pres,id_student,gender,age_band,imd_band,disability,region,highest_education\n\
                       AAA_2026J,1,M,0-35,30-40%,N,Wales,A\nAAA_2026J,3,F,55<=,,Y,Wales,B\n";

fn fault(change: impl FnOnce(&mut Folder)) -> String {
    let mut folder = folder();
    change(&mut folder);
    read(&folder).unwrap_err().to_string()
}

#[test]
fn quizzes_without_weight_and_exams_do_not_count_and_a_mark_is_back_after_its_time() {
    let past = read(&folder()).unwrap();
    let cohort = &past.cohorts[0];
    let closes: Vec<i16> = cohort.pieces.iter().map(|piece| piece.closes.0).collect();
    assert_eq!(closes, [12, 19]);
    let entries = cohort.members[0].signals.work.as_ref().unwrap().entries();
    assert_eq!(entries.len(), 1);
    let mark = entries[0].mark.unwrap();
    assert_eq!((mark.mark.as_hundredths(), mark.seen.0), (5550, 26));
    assert_eq!(cohort.tutees, [vec![0, 1], vec![2]]);
    assert!(cohort.members[1].signals.repeating);
}

#[test]
fn a_banked_piece_is_handed_in_neither_late_nor_at_the_last_minute_and_its_mark_comes_with_the_others()
 {
    let mut banked = folder();
    let text = String::from_utf8(banked.submissions.bytes.clone()).unwrap();
    banked.submissions.bytes = text.replace("3,7,-1,1,\n", "3,7,-1,1,62\n").into_bytes();
    let past = read(&banked).unwrap();
    let cohort = &past.cohorts[0];
    let evidence = |week| {
        let signals = &cohort.members[2].signals;
        Evidence::new(signals, &cohort.pieces, WeekEnd(week), 4)
    };
    assert_eq!(evidence(1).due, 0);
    let early = evidence(2);
    assert_eq!(
        (early.overdue, early.late, early.last_minute, early.deadlines_missed),
        (0, 0, 0, 0)
    );
    let mean = |week| evidence(week).mean.map(|mean| (mean.is_below(62), mean.is_below(63)));
    assert_eq!((mean(3), mean(4)), (None, Some((false, true))));
}

#[test]
fn days_before_the_start_are_known_and_none_of_those_since_it() {
    let past = read(&folder()).unwrap();
    let cohort = &past.cohorts[0];
    let signals = &cohort.members[0].signals;
    let days = |from: i16, to: i16| {
        signals.activity.as_ref().unwrap().days(EvidenceDay(from), EvidenceDay(to))
    };
    assert_eq!((days(-7, 0), days(-5, -4), days(0, 2), days(0, 7)), (1, 1, 2, 2));
    let online = Evidence::new(signals, &cohort.pieces, WeekEnd(1), 4).online.unwrap();
    assert_eq!((online.recent, online.since_start), (3, 2));
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let points = |folder: &Folder| {
        let past = read(folder).unwrap();
        let points = Points::all(&default_card().unwrap(), &past.cohorts);
        let week = WeekEnd(4);
        [0, 1, 2].map(|member| points.of(0, member, week))
    };
    let (mut turned, before) = (folder(), points(&folder()));
    for table in [
        &mut turned.weekly_vle,
        &mut turned.assessments,
        &mut turned.submissions,
        &mut turned.tutor_groups,
    ] {
        let text = String::from_utf8(table.bytes.clone()).unwrap();
        let (heading, rows) = text.split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().rev().collect();
        table.bytes = format!("{heading}\n{}\n", rows.join("\n")).into_bytes();
    }
    assert_eq!(points(&turned), before);
}

#[test]
fn a_fault_is_told_with_file_line_and_column() {
    let weekly = |text: &'static str| fault(|it| it.weekly_vle = table("weekly_vle", text));
    assert_eq!(
        weekly("pres,id_student,week,active_days\n"),
        "weekly_vle.csv, line 1: the first line must name the columns, and \"day_mask\" is missing; there are: pres, id_student, week, active_days"
    );
    assert_eq!(
        weekly("pres,id_student,week,day_mask\nAAA_2026J,1,0,3\nAAA_2026J,1,two,3\n"),
        "weekly_vle.csv, line 3, column 3 (week): must be a whole number from -52 to 110"
    );
    assert_eq!(
        weekly("pres,id_student,week,day_mask\nAAA_2026J,99,0,3\n"),
        "weekly_vle.csv, line 2, column 2 (id_student): is not among the enrolments"
    );
    assert_eq!(
        weekly("pres,id_student,week,day_mask\nAAA_2026J,1,0\n"),
        "weekly_vle.csv, line 2: the row has 3 cells, the heading has 4"
    );
    assert_eq!(
        fault(|it| it.tutor_groups = table("tutor_groups", "pres,id_student,tutor_group\nX,1,a\n")),
        "tutor_groups.csv, line 2, column 1 (pres): is not among the presentations"
    );
    let damaged = fault(|it| it.submissions.bytes = vec![0x1f, 0x8b, 8, 0, 1, 2]);
    assert!(damaged.contains("cannot be unpacked"), "{damaged}");
}

#[test]
fn a_run_is_scored_in_the_weeks_that_it_took() {
    let weeks = |days: &str| {
        let text = format!("pres,length_days\nAAA_2026J,{days}\n");
        let presentations = table("presentations", &text);
        read(&Folder { presentations, ..folder() }).map(|past| past.cohorts[0].weeks)
    };
    assert_eq!(
        ["1", "70", "71", "203", "268"].map(|days| weeks(days).unwrap()),
        [1, 10, 11, 29, 30]
    );
    let fault = weeks("").unwrap_err().to_string();
    assert_eq!(
        fault,
        "presentations.csv, line 2, column 2 (length_days): is empty; a whole number must stand here"
    );
}

#[test]
fn a_table_without_heading_says_nothing_of_who_is_in_it() {
    let told = |text: &'static str| fault(|it| it.enrolments = table("enrolments", text));
    let bare =
        "enrolments.csv, line 1: the first line must name the columns, and \"pres\" is missing";
    assert_eq!(told("AAA_2026J,1904733,nowak,ewa.nowak@uni.ac.uk,0,Withdrawn\n"), bare);
    let some = told("id_student,Ewa Nowak,ewa@uni.ac.uk,final_result\n");
    assert_eq!(some, format!("{bare}; there are: id_student, final_result"));
}

#[test]
fn a_row_that_stands_twice_is_refused() {
    let twice = |table: &mut Table| {
        let text = String::from_utf8(table.bytes.clone()).unwrap();
        let row = text.lines().nth(1).unwrap().to_owned();
        table.bytes.extend_from_slice(format!("{row}\n").as_bytes());
    };
    let message = "stands here twice in this presentation";
    assert_eq!(
        fault(|it| twice(&mut it.assessments)),
        format!("assessments.csv, line 6, column 2 (id_assessment): {message}")
    );
    assert_eq!(
        fault(|it| twice(&mut it.tutor_groups)),
        format!("tutor_groups.csv, line 5, column 2 (id_student): {message}")
    );
    assert_eq!(
        fault(|it| {
            let mut audit = table("audit_groups", AUDITED);
            twice(&mut audit);
            it.audit = Some(audit);
        }),
        format!("audit_groups.csv, line 4, column 2 (id_student): {message}")
    );
}

#[test]
fn what_students_are_told_apart_by_changes_no_points() {
    let with = Folder { audit: Some(table("audit_groups", AUDITED)), ..folder() };
    let of = |folder: &Folder| evaluate(&default_card().unwrap(), &read(folder).unwrap());
    let (with, without) = (of(&with), of(&folder()));
    assert_eq!((with.ranking, with.standard), (without.ranking, without.standard));
    let groups: Vec<&str> = with.audit.iter().map(|row| row.group.as_str()).collect();
    assert!(groups.contains(&"Q2") && without.audit.is_empty(), "{groups:?}");
}
