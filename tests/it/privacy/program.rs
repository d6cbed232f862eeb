//! The same for the program: whatever it writes anywhere, shows in its process or says in its help.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use rustix::process::Signal;

use super::traces;
use crate::pty::{Launch, drafts, until};

const PASSPHRASE: &str = "correct horse battery";

/// A list of students whom nobody else is called like. The panic of the tests names Aisha Rahman.
const LIST: &str = "\
Student Number,First name,Surname,Preferred name,Email,Programme,Level
90817263/1,Aisha,Rahman,,quillfeather@example.ac.uk,BSc Lanternology,4
90817264,Xanthippe,Møllerström-Özkan,Xanny the Bold,xm2@example.ac.uk,BSc Mathematics,5
90817265,陈伟明,欧阳,,cw3@example.ac.uk,BSc Mathematics,5
";

/// Two notes, one with an action.
const NOTES: [&str; 2] = [
    "Walks home along the pomegranate canal.\n- [ ] Aisha: return the astrolabe by 5 Dec\n",
    "Überlegt, ob das Zwielichtsemester zählt.",
];

/// What may be read nowhere.
fn words() -> BTreeSet<String> {
    let words = [
        PASSPHRASE,
        "Dr Amara Okafor-Whitlock",
        "Aisha Rahman",
        "90817263",
        "90817264",
        "quillfeather",
        "Lanternology",
        "Xanthippe",
        "Møllerström-Özkan",
        "Xanny the Bold",
        "陈伟明",
        "欧阳",
        "pomegranate canal",
        "return the astrolabe",
        "Zwielichtsemester",
    ];
    words.map(str::to_owned).into()
}

/// Everything that a user has: home, settings, state, temporary files. What the user brings lies beside it.
struct Home {
    folder: tempfile::TempDir,
    brought: tempfile::TempDir,
}

impl Home {
    /// With settings that ask for a log.
    fn new() -> Self {
        let home =
            Self { folder: tempfile::tempdir().unwrap(), brought: tempfile::tempdir().unwrap() };
        for folder in ["config/tutelage", "tmp", "here"] {
            fs::create_dir_all(home.path(folder)).unwrap();
        }
        fs::write(home.path("config/tutelage/config.toml"), "log = true\n").unwrap();
        fs::write(home.brought.path().join("passphrase"), PASSPHRASE).unwrap();
        fs::write(home.brought.path().join("list.csv"), LIST).unwrap();
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn brought(&self, name: &str) -> String {
        self.brought.path().join(name).to_str().unwrap().to_owned()
    }

    fn variables(&self) -> [(&'static str, String); 7] {
        let path = |name: &str| self.path(name).to_str().unwrap().to_owned();
        [
            ("HOME", path("")),
            ("XDG_CONFIG_HOME", path("config")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_STATE_HOME", path("state")),
            ("XDG_CACHE_HOME", path("cache")),
            ("XDG_RUNTIME_DIR", path("tmp")),
            ("TMPDIR", path("tmp")),
        ]
    }

    /// Runs a command that must succeed.
    fn does(&self, arguments: &[&str], input: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tutelage"));
        let passphrase = format!("cat {}", self.brought("passphrase"));
        command.args(arguments).args(["--passphrase-command", &passphrase]);
        command.args(["--today", "2026-11-21"]).current_dir(self.path("here"));
        let output = command.envs(self.variables()).write_stdin(input.to_owned()).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// A profile with a passphrase, a list and two notes, through the command line.
    fn filled() -> Self {
        let home = Self::new();
        home.does(&["init", "--name", "Dr Amara Okafor-Whitlock"], "");
        home.does(&["import", "students", &home.brought("list.csv"), "--yes"], "");
        home.does(&["log", "meeting", "90817263", "--note", "-"], NOTES[0]);
        home.does(&["note", "90817264", "--confidentiality", "restricted"], NOTES[1]);
        home
    }

    /// The program on the screen.
    fn launch(&self) -> Launch {
        let launch =
            Launch::command(env!("CARGO_BIN_EXE_tutelage")).args(["--today", "2026-11-21"]);
        self.variables().iter().fold(launch, |launch, (name, value)| launch.env(name, value))
    }

    fn found(&self) -> BTreeSet<String> {
        traces(self.folder.path(), &words())
    }
}

#[test]
fn no_command_leaves_a_name_or_a_text_in_any_file() {
    let home = Home::filled();
    for arguments in [
        &["list"][..],
        &["show", "90817264"],
        &["search", "pomegranate"],
        &["alerts"],
        &["undo"],
        &["redo"],
        &["check"],
    ] {
        home.does(arguments, "");
    }
    assert_eq!(home.found(), BTreeSet::new());
    // The control: the same search reads what the user brought, and what was exported on purpose.
    assert!(home.does(&["export", "json", "-"], "").contains("pomegranate canal"));
    home.does(&["export", "json", home.path("export.json").to_str().unwrap()], "");
    let exported = home.found();
    let unsaid: Vec<_> = words().difference(&exported).cloned().collect();
    // A passphrase is exported by nobody, and a full name is two fields there.
    assert_eq!(unsaid, ["Aisha Rahman", PASSPHRASE]);
}

#[test]
fn a_panic_on_the_screen_leaves_none_either_with_the_log_on() {
    let home = Home::filled();
    let mut program = home.launch().env("TUTELAGE_TEST_FAULT", "panic-worker").start();
    assert_eq!(program.exit_code(), 101);
    let shown = program.screen().contents();
    assert!(words().iter().all(|word| !shown.contains(word)), "{shown}");
    assert_eq!(home.found(), BTreeSet::new());
}

#[test]
fn the_process_itself_names_nobody() {
    let home = Home::filled();
    let mut program = home.launch().start();
    program.see("assphrase").press(PASSPHRASE).press("\r").see("Xanny the Bold");
    let process = PathBuf::from(format!("/proc/{}", program.pid().as_raw_nonzero()));
    for file in ["cmdline", "comm", "environ"] {
        let text = String::from_utf8_lossy(&fs::read(process.join(file)).unwrap()).into_owned();
        assert!(words().iter().all(|word| !text.contains(word)), "{file}: {text}");
    }
    assert_eq!(open_files(&process, home.folder.path()), Vec::<PathBuf>::new());
    assert_eq!(home.found(), BTreeSet::new());
}

#[test]
fn unsaved_text_is_sealed_when_the_program_is_killed_and_there_again_afterwards() {
    const TYPED: &str = "Thinks of tangerine submarines.";
    let home = Home::filled();
    let mut program = home.launch().start();
    program.see("assphrase").press(PASSPHRASE).press("\r").see("Xanny the Bold");
    program.press("n").see("Ctrl-S").press(TYPED).see(TYPED);
    until("draft", || drafts(&home.path("data/tutelage/default")) == 1);
    program.signal(Signal::KILL);
    assert_ne!(program.exit_code(), 0);
    assert_eq!(home.found(), BTreeSet::new());
    let typed = BTreeSet::from([TYPED.to_owned()]);
    assert_eq!(traces(home.folder.path(), &typed), BTreeSet::new());
    let mut program = home.launch().start();
    program.see("assphrase").press(PASSPHRASE).press("\r").see("tangerine submarines");
}

/// Files that the process holds open outside its home, and that could keep something.
fn open_files(process: &Path, home: &Path) -> Vec<PathBuf> {
    let links = fs::read_dir(process.join("fd")).unwrap();
    let targets = links.filter_map(|link| fs::read_link(link.unwrap().path()).ok());
    targets
        .filter(|path| path.is_file() && !path.starts_with(home) && !path.starts_with("/dev"))
        .collect()
}

#[test]
fn help_and_manual_name_nobody() {
    let home = Home::filled();
    for arguments in [&["--help"][..], &["note", "--help"], &["man"]] {
        let text = home.does(arguments, "");
        assert!(words().iter().all(|word| !text.contains(word)), "{arguments:?}");
    }
}
