//! Long lists are read and planned on every core at once: what is told of a row must not depend on it.

use std::fmt::Write;

use proptest::prelude::*;
use tutelage::{
    domain::{
        id::IdSource,
        records::Records,
        time::Now,
        write::{
            Context,
            import::{self, Plan},
        },
    },
    exchange::students::Drafts,
};

use super::{read, today};

const HEADER: &str = "Student ID,First name,Last name,Email,Level,Personal Tutor\n";
/// More rows than are read without other cores.
const MANY: usize = 700;

/// Rows that often speak of one student, contradict each other, lack cells, or have something to remark on.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let row = "(|0{4}[1-6]|0{4}[1-6]/[12]|x),(Ann|Bo|\u{7}Cy|),(Lee|Roe),(|[a-c]@b\\.org|A@b\\.org|a@b),\
        (4|L5|huh|),(|Dr A|Dr B|Lee, Kim)(|,more)";
    prop::collection::vec(row, 1..30)
}

/// Rows about students of whom nobody else speaks.
fn others(many: usize, letter: char) -> String {
    let mut rows = String::new();
    for at in 0..many {
        writeln!(rows, "{letter}9{at:04},Other,Student,{letter}{at}@other.org,4,Dr Other").unwrap();
    }
    rows
}

fn drafts(rows: &str) -> Drafts {
    read(format!("{HEADER}{rows}").as_bytes()).unwrap().2
}

fn context<'a>(records: &'a Records, ids: &'a mut IdSource) -> Context<'a> {
    let local = today().and_hms_opt(9, 0, 0).unwrap();
    Context { records, now: Now { local, utc_ms: 0 }, ids }
}

fn planned(records: &Records, drafts: &Drafts) -> Plan {
    import::plan(context(records, &mut IdSource::new([1; 32])), &drafts.students, None)
}

proptest! {
    #[test]
    fn a_long_list_tells_of_its_rows_what_a_short_one_tells(
        rows in rows(),
        known in rows(),
        many in prop::bool::ANY,
    ) {
        let rows = rows.join("\n") + "\n";
        let (short, long) = (drafts(&rows), drafts(&(rows + &others(MANY, 's'))));
        let own = short.students.len();
        prop_assert_eq!(long.students.len(), own + MANY);
        prop_assert!(long.students[..own] == short.students);
        prop_assert_eq!((&long.rejected, &long.remarks), (&short.rejected, &short.remarks));

        // Of few records and of many.
        let held = known.join("\n") + "\n" + &others(if many { MANY } else { 1 }, 'k');
        let mut records = Records::default();
        let mut ids = IdSource::new([2; 32]);
        let held = drafts(&held).students;
        let (_, change) = import::make(context(&records, &mut ids), &held, None);
        records.apply(&change).unwrap();
        let (short, long) = (planned(&records, &short), planned(&records, &long));
        prop_assert_eq!(&long.new[..short.new.len()], &short.new);
        prop_assert_eq!(long.new.len(), short.new.len() + MANY);
        prop_assert_eq!(long.changed, short.changed);
        prop_assert_eq!(long.unchanged, short.unchanged);
        prop_assert_eq!((long.rejected, long.remarks), (short.rejected, short.remarks));
        prop_assert_eq!(long.changed_tutors, short.changed_tutors);
        prop_assert_eq!(long.new_tutors, short.new_tutors);
    }
}
