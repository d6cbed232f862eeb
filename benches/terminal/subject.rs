//! What is measured: the program on a profile, the floor, and vim where it is installed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

use super::{
    hello,
    program::{Answer, Program},
    wire::{Kind, between},
};
use crate::world::PROFILE;

/// The rows whose coming counts as the start, and up to which column: tutees and timeline.
const FIRST_ROWS: (std::ops::Range<u16>, u16) = (2..7, 80);

/// What stands over the list of students, however many they are.
pub const LISTED: &str = " by alert";

/// A program that can be started again and again.
pub struct Subject {
    words: Vec<String>,
    ready: Ready,
}

/// How to see that it has started.
enum Ready {
    /// This stands somewhere.
    Text(&'static str),
    /// These rows stand where they are to stand.
    Rows(Vec<String>),
}

impl Subject {
    /// The least that a ratatui program does.
    pub fn hello() -> Self {
        let program = env::current_exe().unwrap().display().to_string();
        Self { words: vec![program, "hello".into()], ready: Ready::Text(hello::FOOT) }
    }

    /// The program on the profile in this folder, which has been opened once and has its snapshot of the day.
    pub fn tutelage(folder: &Path) -> Self {
        let words = tutelage(folder);
        let mut program = Program::start(&words, Kind::Answering);
        program.see(LISTED);
        program.wait("first tutee", |program| {
            FIRST_ROWS.0.clone().all(|row| has_name(&program.row(row, FIRST_ROWS.1)))
        });
        program.settle();
        let rows = FIRST_ROWS.0.map(|row| program.row(row, FIRST_ROWS.1)).collect();
        program.press("q");
        program.end();
        Self { words, ready: Ready::Rows(rows) }
    }

    /// Vim on a long text, without anybody's settings.
    pub fn vim(text: &Path) -> Option<Self> {
        let paths = env::var_os("PATH")?;
        let vim =
            env::split_paths(&paths).map(|folder| folder.join("vim")).find(|it| it.exists())?;
        let (vim, text) = (vim.display().to_string(), text.display().to_string());
        let words = [vim.as_str(), "--clean", "-n", &text];
        Some(Self { words: words.map(str::to_owned).into(), ready: Ready::Text("line 30 ") })
    }

    /// Starts it on such a terminal.
    pub fn start(&self, kind: Kind) -> Program {
        Program::start(&self.words, kind)
    }

    /// Starts it, waits for its first rows and says when they came and with how many bytes.
    pub fn started(&self, kind: Kind) -> (Program, Answer) {
        let mut program = self.start(kind);
        let at = self.wait(&mut program);
        let (after, bytes) = (between(program.began, at), program.received);
        let answer = Answer { after, bytes, cpu: program.usage().cpu };
        (program, answer)
    }

    /// Waits for the first rows, and says when they came.
    pub fn wait(&self, program: &mut Program) -> SystemTime {
        match &self.ready {
            Ready::Text(text) => program.see(text),
            Ready::Rows(rows) => program.wait("first rows", |program| {
                let stands = |(row, text): (u16, &String)| program.row(row, FIRST_ROWS.1) == *text;
                FIRST_ROWS.0.zip(rows).all(stands)
            }),
        }
    }

    /// Starts it and waits until all that it shows is there.
    pub fn opened(&self) -> Program {
        let (mut program, _) = self.started(Kind::Answering);
        program.rest(Duration::from_millis(700));
        program
    }

    /// Starts it and waits until it has nothing left to do, in the background either; others have no such work.
    pub fn settled(&self) -> Program {
        let mut program = self.opened();
        if matches!(self.ready, Ready::Rows(_)) {
            program.settle();
        }
        program
    }

    /// The command by which it is started, for a shell.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// The program on the profile in a folder, on the day of the demo.
pub fn tutelage(folder: &Path) -> Vec<String> {
    let profile = profile(folder).display().to_string();
    let words = [env!("CARGO_BIN_EXE_tutelage"), "--today", "2026-11-21", "--data", &profile];
    words.map(str::to_owned).into()
}

/// Where the profile of a folder is.
pub fn profile(folder: &Path) -> PathBuf {
    folder.join(PROFILE)
}

/// Forgets what was typed and not saved, so that the next start finds what the last one found.
pub fn drop_drafts(folder: &TempDir) {
    fs::remove_dir_all(profile(folder.path()).join("drafts")).ok();
}

/// Whether there is a word between the first two lines of a frame.
fn has_name(row: &str) -> bool {
    row.split(['┃', '│']).nth(1).is_some_and(|pane| pane.chars().any(char::is_alphabetic))
}
