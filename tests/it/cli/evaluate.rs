//! `evaluate`: on three tutor groups of real data, and on the whole of it where the folder is named.

use std::{env, fs, path::Path};

use serde_json::Value;

use super::{Run, run, tutelage};

/// Names the folder with all of the data; without it only the small one is judged.
const WHOLE: &str = "TUTELAGE_OULAD";

fn small() -> String {
    format!("{}/tests/it/oulad", env!("CARGO_MANIFEST_DIR"))
}

fn judged(folder: &str, more: &[&str]) -> Run {
    run(tutelage(&[&["evaluate", folder], more].concat()))
}

fn figures(folder: &str) -> Value {
    let judged = judged(folder, &["--json"]);
    assert_eq!(judged.code, Some(0), "{}", judged.err);
    serde_json::from_str(&judged.out).unwrap()
}

#[test]
fn every_row_of_the_reference_is_reproduced() {
    let report = figures(&small());
    let card = &report["cards"][0];
    assert_eq!((&card["b1_differences"], &card["b1_rows"]), (&Value::from(0), &Value::from(315)));
    for field in ["auc_within", "p_at_20", "new_per_tutor_week", "precision", "recall", "seconds"] {
        assert!(!card[field].is_null(), "{field}");
    }
    assert!(card["recall_by_week_8"].is_number() && card["audit"][0]["precision"].is_number());
    assert!(card["withdrawals_two_weeks_ahead"].is_number());
    let text = judged(&small(), &[]).out;
    assert!(text.contains("Points other than the reference's: 0 of 315 rows."), "{text}");
}

#[test]
fn the_figures_of_all_the_data_are_those_of_the_specification() {
    let Some(folder) = env::var_os(WHOLE) else { return };
    let report = figures(&folder.to_string_lossy());
    let card = &report["cards"][0];
    assert_eq!(
        (&card["b1_differences"], &card["b1_rows"]),
        (&Value::from(0), &Value::from(83_088))
    );
    let near = |value: &Value, figure: f64, by: f64| {
        let value = value.as_f64().unwrap();
        assert!((value - figure).abs() <= by, "{value} is not {figure}");
    };
    let weeks =
        [("3", 0.679, 0.745), ("5", 0.730, 0.808), ("8", 0.773, 0.858), ("12", 0.807, 0.890)];
    for (week, auc, precision) in weeks {
        near(&card["auc_within"][week], auc, 0.002);
        near(&card["p_at_20"][week], precision, 0.01);
    }
    near(&card["new_per_tutor_week"], 0.782, 0.005);
    near(&card["precision"], 0.735, 0.005);
    near(&card["recall"], 0.770, 0.005);
    near(&card["recall_by_week_8"], 0.607, 0.005);
    near(&card["withdrawals_two_weeks_ahead"], 0.548, 0.005);
    near(&card["p90_per_tutor_week"], 2.0, 0.1);
    near(&card["withdrawals_alerted"], 0.68, 0.005);
    near(&card["median_lead_weeks"], 8.4, 0.05);
    let second = &report["cards"][1];
    assert!(second["card"] == "points v2" && second["b1_differences"].is_null());
    for (week, auc) in [("3", 0.694), ("5", 0.751), ("8", 0.795), ("12", 0.832)] {
        near(&second["auc_within"][week], auc, 0.002);
        assert!(second["ece"][week].as_f64().unwrap() <= 0.03);
    }
    near(&second["new_per_tutor_week"], 0.770, 0.005);
    near(&second["precision"], 0.734, 0.005);
    near(&second["recall"], 0.785, 0.005);
    near(&second["recall_by_week_8"], 0.629, 0.005);
    near(&second["withdrawals_two_weeks_ahead"], 0.570, 0.005);
}

#[test]
fn a_card_is_fitted_written_for_review_and_judged_and_the_same_folder_gives_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ours.toml");
    let named = file.display().to_string();
    let fit = |more: &[&str]| run(tutelage(&[&["fit", &small()], more].concat()));
    let fitted = fit(&["--out", &named]);
    assert_eq!(fitted.code, Some(0), "{}", fitted.err);
    assert!(fitted.out.contains("new card, left out") && fitted.out.contains("It is not in use"));
    let card = fs::read_to_string(&file).unwrap();
    assert!(card.starts_with("# A score card that `tutelage fit` made"), "{card}");
    let again = fit(&["--out", &named]);
    assert_eq!(again.code, Some(3), "{}", again.out);
    let report: Value = serde_json::from_str(&fit(&["--json"]).out).unwrap();
    assert_eq!(report["card"], card);
    assert_eq!(report["groups"], serde_json::json!(["BBB", "DDD", "GGG"]));
    assert!(
        report["left_out"]["auc_within"]["8"].is_number() && report["optimism"]["8"].is_number()
    );
    let report: Value =
        serde_json::from_str(&judged(&small(), &["--card", &named, "--json"]).out).unwrap();
    assert_eq!(report["cards"][2]["card"], "fitted");
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_anything_is_fitted() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let fit = |file: &Path| run(tutelage(&["fit", &data, "--out", &file.display().to_string()]));
    let there = folder.path().join("ours.toml");
    fs::write(&there, "mine").unwrap();
    let refused = fit(&there);
    assert_eq!(refused.code, Some(3));
    assert!(refused.err.contains("there already"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    let nowhere = fit(&folder.path().join("none").join("ours.toml"));
    assert!(
        nowhere.err.contains("ours.toml cannot be written: there is no such"),
        "{}",
        nowhere.err
    );
    let new = folder.path().join("new.toml");
    assert!(fit(&new).err.contains("it needs presentations"));
    assert!(!new.exists());
}

#[test]
fn too_little_to_fit_a_card_to_is_refused_with_what_to_do_and_who_somebody_is_is_never_opened() {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(small()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    fs::write(folder.path().join("audit_groups.csv"), "this is no table").unwrap();
    let named = folder.path().display().to_string();
    let fit = |more: &[&str]| run(tutelage(&[&["fit", &named], more].concat()));
    assert_eq!(fit(&["--leave-out", "presentation"]).code, Some(0));
    let groups = folder.path().join("tutor_groups.csv");
    let all = fs::read_to_string(&groups).unwrap();
    let first: Vec<&str> = all.lines().take(9).collect();
    fs::write(&groups, "pres,id_student,tutor_group\n").unwrap();
    let nobody = fit(&[]);
    assert_eq!(nobody.code, Some(3));
    assert!(nobody.err.contains("nobody here is in a tutor group"), "{}", nobody.err);
    fs::write(&groups, first.join("\n")).unwrap();
    let refused = fit(&[]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.err.contains("at least 20 of each") && refused.err.contains("Export more"));
}

#[test]
fn the_second_card_is_the_one_that_fit_makes_of_all_the_data() {
    let Some(folder) = env::var_os(WHOLE) else { return };
    let fitted = run(tutelage(&["fit", &folder.to_string_lossy(), "--json"]));
    let report: Value = serde_json::from_str(&fitted.out).unwrap();
    let of = |text: &str| {
        let lines =
            text.lines().filter(|line| line.contains("points =") || line.contains("measure ="));
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let second = fs::read_to_string(root.join("assets/cards/points-v2.toml")).unwrap();
    assert_eq!(of(report["card"].as_str().unwrap()), of(&second));
    for (week, auc) in [("3", 0.690), ("5", 0.745), ("8", 0.7895), ("12", 0.825)] {
        assert!(report["left_out"]["auc_within"][week].as_f64().unwrap() >= auc, "week {week}");
    }
}

#[test]
fn a_table_that_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(small()).unwrap() {
        let file = file.unwrap();
        if file.file_name() != "submissions.csv.gz" {
            fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
    }
    let judged = judged(&folder.path().display().to_string(), &[]);
    assert_eq!(judged.code, Some(3));
    assert!(judged.err.contains("no submissions.csv and no submissions.csv.gz"), "{}", judged.err);
}

#[test]
fn a_changed_card_is_judged_beside_the_default_and_a_faulty_one_refused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let card = fs::read_to_string(root.join("assets/cards/points-v1.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.toml");
    let named = own.display().to_string();
    fs::write(
        &own,
        card.replace("\"points v1\"", "\"ours\"")
            .replace("from = 1, points = 2", "from = 1, points = 0"),
    )
    .unwrap();
    let report: Value =
        serde_json::from_str(&judged(&small(), &["--card", &named, "--json"]).out).unwrap();
    assert_eq!(report["cards"][2]["card"], "ours");
    assert_ne!(report["cards"][2]["b1_differences"], 0);
    fs::write(&own, card.replace("from = 1, points = 2", "from = 1, points = 9")).unwrap();
    let refused = judged(&small(), &["--card", &named]);
    assert_eq!(refused.code, Some(3));
    assert!(
        refused.err.contains("line 35") && refused.err.contains("work-overdue"),
        "{}",
        refused.err
    );
}
