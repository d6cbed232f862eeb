//! Names of 60 languages and strings that break programs, all the way: imported, noted, stored, read back,
//! found and drawn. Nothing is lost, and nothing that a terminal would obey reaches it.

use std::{fs, ops::Range, path::Path, sync::Arc, time::Duration};

use chrono::NaiveDate;
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};
use tutelage::{
    app::{Model, Msg, Start, msg::Opened},
    domain::{
        access::Viewer,
        change::{Builder, Label},
        file::StudentFile,
        id::IdSource,
        record::Record,
        records::Records,
        search::Index,
        student::StudentId,
        time::Now,
        write::{
            Context, Written, clean,
            import::make,
            note,
            note::NoteInput,
            setup,
            takeout::{bring_back, take_out},
        },
    },
    exchange::{json, list::List, mapping::Guess, students::drafts},
    store::{Cost, Options, Secret, Stamp, Store},
    ui::{self, theme::Theme},
};
use zeroize::Zeroizing;

use crate::pty::Launch;

/// One given name, one family name, one text of a note for each student.
struct Said {
    given: String,
    family: String,
    note: String,
}

fn data(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/messy").join(path)).unwrap()
}

fn strings() -> Vec<String> {
    serde_json::from_slice(&data("naughty/blns.json")).unwrap()
}

/// The names of the list; then every naughty string as a name and as a note.
fn said() -> Vec<Said> {
    let bytes = data("names/names.csv");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader.records().map(|row| row.unwrap());
    let named = rows.map(|row| {
        let [given, family, note] = [1, 2, 3].map(|at| row.get(at).unwrap().trim().to_owned());
        Said { given, family, note }
    });
    let naughty = strings().into_iter().map(|text| Said {
        given: text.clone(),
        family: "Naughty".into(),
        note: text,
    });
    named.chain(naughty).collect()
}

fn now() -> Now {
    let day: NaiveDate = "2026-11-21".parse().unwrap();
    Now { local: day.and_hms_opt(14, 2, 0).unwrap(), utc_ms: 1_795_269_720_000 }
}

/// A profile with all of them, and who is who.
struct Naughty {
    records: Records,
    ids: IdSource,
    said: Vec<(Said, StudentId)>,
}

impl Naughty {
    fn imported() -> Self {
        let mut naughty =
            Self { records: Records::default(), ids: IdSource::new([6; 32]), said: Vec::new() };
        let me = setup::SetupInput { name: "Dr Amara Okafor".into(), ..Default::default() };
        naughty.write(|context| setup::set_up(context, &me));
        let said = said();
        let list = List::read(&list(&said)).unwrap();
        let mapping = Guess::of(&list).mapping;
        let drafts = drafts(&list, &mapping, now().today()).unwrap();
        let me = naughty.records.me().map(|me| me.id);
        let (_, change) = make(naughty.context(), &drafts.students, me);
        naughty.records.apply(&change).unwrap();
        for (place, said) in said.into_iter().enumerate() {
            let student = naughty.records.numbered(&number(place)).next();
            if let Some(student) = student {
                naughty.note(student, &said.note);
                naughty.said.push((said, student));
            }
        }
        naughty
    }

    fn context(&mut self) -> Context<'_> {
        Context { records: &self.records, now: now(), ids: &mut self.ids }
    }

    fn write(&mut self, write: impl FnOnce(&mut Context) -> Written) {
        let change = write(&mut self.context()).unwrap();
        self.records.apply(&change).unwrap();
    }

    /// A text that holds nothing but blanks is no note.
    fn note(&mut self, student: StudentId, text: &str) {
        let input = NoteInput { text: text.to_owned(), ..NoteInput::default() };
        if !clean::text(text).is_empty() {
            self.write(|context| note::add(context, student, &input));
        }
    }

    fn file(&self, student: StudentId) -> &StudentFile {
        self.records.file(student).unwrap()
    }
}

fn number(place: usize) -> String {
    format!("{:08}", place + 1)
}

/// The list as a school would write it.
fn list(said: &[Said]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["Student number", "First name", "Family name"]).unwrap();
    for (place, said) in said.iter().enumerate() {
        writer.write_record([&number(place), &said.given, &said.family]).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn every_one_of_them_becomes_a_student_and_a_note_letter_by_letter() {
    let naughty = Naughty::imported();
    assert!(naughty.said.len() >= said().len() - 5, "only {}", naughty.said.len());
    for (said, student) in &naughty.said {
        let file = naughty.file(*student);
        let text = clean::text(&said.note);
        assert_eq!(file.notes.first().map_or("", |note| &note.text), text);
        if said.note.chars().all(|c| !c.is_control() && !clean::is_hostile(c)) {
            assert_eq!(text.trim(), said.note.trim().replace(['\u{2028}', '\u{2029}'], "\n"));
        }
    }
}

#[test]
fn the_store_gives_all_of_them_back_equal() {
    let naughty = Naughty::imported();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile");
    let secret = Secret::Passphrase(Zeroizing::new("correct horse".into()));
    let cost = Cost { memory_kib: 64, passes: 1 };
    let options = || Options { cost, ..Options::default() };
    let (mut store, _) = Store::create(&path, &secret, 0, options()).unwrap();
    let empty = Records::default();
    let mut change = Builder::new(Label::ImportAll, &empty);
    for (_, record) in naughty.records.all() {
        change.push(record);
    }
    let author = naughty.records.me().unwrap().id;
    store.commit(&change.build(), Stamp { utc_ms: 0, author }).unwrap();
    drop(store);
    let (_, loaded) = Store::open(&path, &secret, 0, options()).unwrap();
    assert_eq!(loaded.notices, Vec::<String>::new());
    assert_eq!(values(&loaded.records), values(&naughty.records));
}

fn values(records: &Records) -> Vec<Record> {
    records.all().into_iter().map(|(_, record)| record).collect()
}

#[test]
fn an_export_brings_all_of_them_back_equal() {
    let naughty = Naughty::imported();
    let exported = json::write(&take_out(&naughty.records, now().today()));
    let taken = json::read(&exported).unwrap();
    let mut ids = IdSource::new([8; 32]);
    let mut records = Records::default();
    let context = Context { records: &records, now: now(), ids: &mut ids };
    let change = bring_back(&context, taken).unwrap();
    records.apply(&change).unwrap();
    assert_eq!(values(&records), values(&naughty.records));
}

#[test]
fn every_name_and_every_note_is_found_by_its_own_text() {
    let naughty = Naughty::imported();
    let index = Index::new(&naughty.records);
    let viewer = Viewer::of(&naughty.records).unwrap();
    let (mut found, mut asked) = (0, 0);
    for (said, student) in naughty.said.iter().step_by(5) {
        asked += 1;
        let query = said.note.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        let hits = index.find(&naughty.records, viewer, &query, 300);
        found += usize::from(hits.first.iter().any(|hit| hit.student == *student));
        for hit in &hits.first {
            let sound = |range: &Range<usize>| hit.snippet.get(range.clone()).is_some();
            assert!(hit.marks.iter().all(sound), "marks cut a letter");
        }
    }
    // What is nothing but signs that folding takes away cannot be found.
    assert!(found * 100 >= asked * 95, "{found} of {asked}");
}

#[test]
fn no_picture_of_them_holds_what_a_terminal_obeys() {
    let naughty = Naughty::imported();
    let mut model = Model::new(Start::default(), now());
    let opened = Opened::of(Arc::new(naughty.records.clone()));
    model.update(Msg::Opened(Box::new(opened)), now());
    for (width, height) in [(120, 36), (80, 24), (20, 6)] {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        for _ in 0..naughty.said.len() {
            let mut screen = model.screen.clone();
            let theme = Theme::default();
            terminal.draw(|frame| screen = ui::draw(&model, &theme, frame)).unwrap();
            model.screen = screen;
            assert_sound(terminal.backend().buffer());
            let down = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Down);
            model.update(Msg::Key(down), now());
        }
    }
}

/// Every cell holds one letter that is as wide as the place it takes, and no control character.
fn assert_sound(buffer: &Buffer) {
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        for cell in row {
            let hard = |c: char| c.is_control() || clean::is_hostile(c);
            assert!(!cell.symbol().contains(hard), "{:?}", cell.symbol());
        }
    }
}

/// What the program sends to draw: moves, colours, modes; no bell, no title, no answerback.
const DRAWING: &str =
    r"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]|\x1b[78=>]|\x1b[()][0AB]|\x1b\]1[01];\?(\x07|\x1b\\)|[\r\n]";

#[test]
fn no_byte_of_them_reaches_the_real_terminal_as_anything_but_text() {
    let naughty = Naughty::imported();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("all.json"), json::write(&take_out(&naughty.records, now().today()))).unwrap();
    for arguments in [
        &["init", "--name", "Dr Amara Okafor", "--no-passphrase"][..],
        &["import", "json", &path("all.json"), "--yes"],
    ] {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_tutelage"));
        command.args(arguments).args(["--data", &path("profile")]).assert().success();
    }
    let mut program = Launch::new(&folder.path().join("profile")).size(120, 36).start();
    program.see("Okafor").see("1 of");
    for _ in 0..100 {
        program.press("j").quiet(Duration::from_millis(20));
    }
    program.press("/").quiet(Duration::from_millis(100));
    program.press("Roses").see("[0;31mred").press("\r").quiet(Duration::from_millis(200));
    let text = String::from_utf8_lossy(program.raw()).into_owned();
    let text = regex::Regex::new(DRAWING).unwrap().replace_all(&text, "");
    let obeyed: Vec<char> =
        text.chars().filter(|c| c.is_control() || clean::is_hostile(*c)).collect();
    assert_eq!(obeyed, Vec::<char>::new());
}
