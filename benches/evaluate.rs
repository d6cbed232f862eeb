//! Past students scored week by week, with reading their tables: the real program on the folder in `OULAD`, else on the
//! excerpt that the tests have.

use std::{env, process::Command, time::Duration};

use tutelage::domain::demo::Scale;

use crate::{
    measure::{Against, Sheet, say},
    world::World,
};

const EXCERPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/oulad");
const PROMISED: Duration = Duration::from_secs(2);

pub fn run(world: &World, sheet: &mut Sheet) {
    if world.scale != Scale::Tutor {
        // It needs no profile: once is enough.
        return;
    }
    let folder = env::var("OULAD").unwrap_or_else(|_| EXCERPT.to_owned());
    if folder == EXCERPT {
        say("  (the excerpt of the tests; OULAD=FOLDER takes the whole)");
    }
    let mut seconds: Vec<f64> = (0..3).map(|_| scored(&folder)).collect();
    seconds.sort_by(f64::total_cmp);
    let promised = Against { what: "two seconds", took: PROMISED.into(), at_most: Some(1.0) };
    let median = Duration::from_secs_f64(seconds[1]);
    sheet.row("past students scored, with reading", median, &[promised]);
}

/// What the program says that reading and the default card took.
fn scored(folder: &str) -> f64 {
    let program = env!("CARGO_BIN_EXE_tutelage");
    let output = Command::new(program).args(["evaluate", folder, "--json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    told["cards"][0]["seconds"].as_f64().unwrap()
}
