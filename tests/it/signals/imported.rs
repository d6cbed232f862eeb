//! All kinds of exports in one profile: what is imported twice changes nothing, and the order of imports does not matter.

use std::collections::BTreeMap;

use tutelage::{
    domain::{
        change::Change,
        engagement::{Engagement, Source},
        id::IdSource,
        module::Module,
        records::Records,
        signal::Attendance,
        time::Now,
        write::{
            Context, import, setup,
            signals::{Wanted, plan},
        },
    },
    exchange::{card, list::List, mapping::Guess, signals::Told, students::drafts},
};

use super::{FILES, File, csv, read};

fn now() -> Now {
    at("2026-11-22")
}

fn at(day: &str) -> Now {
    let day: chrono::NaiveDate = day.parse().unwrap();
    Now { local: day.and_hms_opt(14, 2, 0).unwrap(), utc_ms: 1_795_356_120_000 }
}

/// A tutor with the three students that all files speak of.
struct Desk {
    records: Records,
    ids: IdSource,
    now: Now,
}

impl Desk {
    fn new() -> Self {
        let mut desk =
            Self { records: Records::default(), ids: IdSource::new([9; 32]), now: now() };
        let me = setup::SetupInput { name: "Dr Amara Okafor".into(), ..Default::default() };
        let change = setup::set_up(&mut desk.context(), &me).unwrap();
        desk.apply(&change);
        let list = List::read(
            "Student number,First name,Family name,Email\n\
             00481234,Aisha,Rahman,ar1@example.ac.uk\n\
             00481235,Ben,O'Connor,bo1@example.ac.uk\n\
             00481236,Zoë,Björk,zb1@example.ac.uk\n"
                .as_bytes(),
        )
        .unwrap();
        let drafts = drafts(&list, &Guess::of(&list).mapping, now().today()).unwrap();
        let me = desk.records.me().map(|me| me.id);
        let (_, change) = import::make(desk.context(), &drafts.students, me);
        desk.apply(&change);
        desk
    }

    fn context(&mut self) -> Context<'_> {
        Context { records: &self.records, now: self.now, ids: &mut self.ids }
    }

    fn apply(&mut self, change: &Change) {
        self.records.apply(change).unwrap();
    }

    /// What an import of a file would change.
    fn planned(&mut self, file: &File) -> Change {
        let told = Told { today: self.now.today(), ..file.told() };
        let mut readings = read(&csv(&file.cells()), &told).unwrap();
        // Who is absent depends on who is known to be on the module.
        for reading in &mut readings {
            reading.held.clear();
        }
        let starts = "2026-09-28".parse().ok();
        let mut wanted = Wanted { starts, ..Wanted::default() };
        let card = card::in_use(None).unwrap();
        let import = plan(&mut self.context(), &readings, &wanted, &card).unwrap_or_else(|asked| {
            assert_eq!(asked[0].field, "as-of", "{:?}", file.source);
            wanted.as_of = "2026-11-20".parse().ok();
            plan(&mut self.context(), &readings, &wanted, &card).unwrap()
        });
        assert_eq!(import.ambiguous().len(), 0, "{:?}", file.source);
        import.change
    }

    /// Everything that is known of everybody, without names that are given by chance.
    fn known(&self) -> BTreeMap<String, String> {
        let mut known = BTreeMap::new();
        let modules: BTreeMap<_, &Module> =
            self.records.modules().map(|module| (module.id, module)).collect();
        for number in ["00481234", "00481235", "00481236"] {
            let student = self.records.numbered(number).next().unwrap();
            for held in &self.records.file(student).unwrap().engagements {
                let module = modules[&held.module];
                let key = format!("{number} {} {:?}", module.code, held.source);
                known.insert(key, of(held, module));
            }
        }
        known
    }
}

fn of(held: &Engagement, module: &Module) -> String {
    let mut work: Vec<String> = Vec::new();
    if let Some(known) = &held.kept.work() {
        for entry in known.entries() {
            let name = &module.tasks[usize::from(entry.piece)].name;
            let (handed, mark) = (entry.handed, entry.mark);
            work.push(format!(
                "{name}: {handed:?} {mark:?} {:?} {:?}",
                entry.extended, entry.checked
            ));
        }
        work.sort();
        work.push(format!("{:?} {:?}", known.marks_until(), known.handed_until()));
    }
    let (activity, known) = (held.kept.activity(), held.kept.attendance());
    let sessions = known.iter().flat_map(Attendance::sessions);
    let attendance = (sessions.collect::<Vec<_>>(), known.as_ref().map(Attendance::until));
    format!("{activity:?} {attendance:?} {work:?} {:?} {}", held.kept.ratings(), held.repeating)
}

#[test]
fn every_kind_brings_something_once_and_nothing_the_second_time() {
    for file in FILES {
        let mut desk = Desk::new();
        let change = desk.planned(file);
        assert!(!change.is_empty(), "{:?}", file.source);
        desk.apply(&change);
        assert!(!desk.known().is_empty(), "{:?}", file.source);
        assert!(desk.planned(file).is_empty(), "{:?} twice", file.source);
        desk.now = at("2026-11-23");
        assert!(desk.planned(file).is_empty(), "{:?} on the next day", file.source);
    }
}

#[test]
fn the_order_in_which_files_come_does_not_matter() {
    let known = |files: &mut dyn Iterator<Item = &File>| {
        let mut desk = Desk::new();
        for file in files {
            let change = desk.planned(file);
            desk.apply(&change);
        }
        desk.known()
    };
    let forwards = known(&mut FILES.iter());
    assert!(forwards.len() > 10, "{}", forwards.len());
    assert_eq!(known(&mut FILES.iter().rev()), forwards);
    let half = FILES.len() / 2;
    assert_eq!(known(&mut FILES.iter().skip(half).chain(FILES.iter().take(half))), forwards);
}

#[test]
fn who_is_not_named_is_absent_only_where_all_were_to_come_and_every_row_is_read() {
    let teams = FILES.iter().find(|file| file.source == Source::Teams).unwrap();
    let members = FILES.iter().find(|file| file.source == Source::MoodleParticipants).unwrap();
    let absent = |everyone: bool, rows: &[usize], stayed: &str| {
        let mut desk = Desk::new();
        let change = desk.planned(members);
        desk.apply(&change);
        let mut cells = teams.cells();
        cells[2][3] = stayed.to_owned();
        let cells: Vec<_> = rows.iter().map(|row| cells[*row].clone()).collect();
        let mut told = teams.told();
        told.session.everyone = everyone;
        let readings = read(&csv(&cells), &told).unwrap();
        let card = card::in_use(None).unwrap();
        let wanted = Wanted::default();
        let change = plan(&mut desk.context(), &readings, &wanted, &card).unwrap().change;
        desk.apply(&change);
        desk.known().get("00481235 COMP1001 Teams").is_some_and(|known| known.contains("Absent"))
    };
    assert!(absent(true, &[0, 1], ""), "all were to come, and one is not named");
    assert!(!absent(false, &[0, 1], ""), "not all were to come");
    assert!(!absent(true, &[0, 1, 2], "no time at all"), "the row cannot be read");
    assert!(absent(false, &[0, 1, 2], "56s"), "named, and hardly there");
}

#[test]
fn an_import_is_taken_back_as_one_change() {
    for file in FILES {
        let mut desk = Desk::new();
        let before = desk.records.all().len();
        let change = desk.planned(file);
        desk.apply(&change);
        let back = change.inverse(&desk.records).unwrap();
        desk.apply(&back);
        assert_eq!(desk.records.all().len(), before, "{:?}", file.source);
    }
}
