//! A program in a pseudo-terminal, measured from outside: exec to first rows, key to the last byte that it causes.

use std::{
    fs,
    fs::OpenOptions,
    io::Write,
    num::NonZeroU16,
    os::unix::{fs::OpenOptionsExt, process::CommandExt},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use memchr::memmem;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::{
    fs::OFlags,
    process::{Pid, Signal},
};
use vt100::{MouseProtocolMode, Parser, Screen};

use super::wire::{Chunk, Keyboard, Kind, Wire, between, now};

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A silence of so long ends what a key has caused.
const QUIET: Duration = Duration::from_millis(30);

/// A key that has caused nothing for so long causes nothing.
const NOTHING: Duration = Duration::from_millis(500);

/// Longer than anything that the program does of its own accord waits: the snapshot of the day begins two seconds
/// after the start.
const AT_REST: Duration = Duration::from_millis(2600);

/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_micros(200);

/// The size of the terminal: columns and rows.
pub const SIZE: (u16, u16) = (120, 36);

/// What stands before and behind the time of the exec, which is the first that comes through the terminal.
const STAMP: (&str, &str) = ("\x1b_exec ", "\x1b\\");

/// The word for a process of ours that becomes the program.
pub const BECOME: &str = "become";

/// Sends the time through the terminal and becomes the program: forking is not measured.
pub fn become_program(words: &[String]) {
    let [program, args @ ..] = words else { return };
    let at = between(SystemTime::UNIX_EPOCH, now()).as_nanos();
    let (before, behind) = STAMP;
    let mut out = std::io::stdout();
    write!(out, "{before}{at}{behind}").unwrap();
    out.flush().unwrap();
    let error = Command::new(program).args(args).exec();
    panic!("{program}: {error}");
}

/// What a key has caused.
#[derive(Clone, Copy)]
pub struct Answer {
    /// From the key to the last byte.
    pub after: Duration,
    /// How many bytes.
    pub bytes: u64,
    /// What it cost the program.
    pub cpu: Duration,
}

/// What all threads of the program have used.
#[derive(Clone, Copy, Default)]
pub struct Usage {
    pub cpu: Duration,
    pub wakes: u64,
}

/// A program that runs.
pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    chunks: Receiver<Chunk>,
    keyboard: Option<Keyboard>,
    ends: Option<(Box<dyn MasterPty + Send>, Box<dyn SlavePty + Send>)>,
    connected: Arc<AtomicBool>,
    parser: Parser,
    settings: String,
    /// When it was started.
    pub began: SystemTime,
    /// What has come in all.
    pub received: u64,
}

impl Program {
    /// Starts a program with its arguments.
    pub fn start(words: &[String], kind: Kind) -> Self {
        let pair = native_pty_system().openpty(size(SIZE)).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let connected = Arc::new(AtomicBool::new(true));
        let (sender, chunks) = mpsc::channel();
        let settings = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.arg(BECOME);
        command.args(words);
        for (name, value) in
            [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LC_ALL", "C.UTF-8")]
        {
            command.env(name, value);
        }
        for name in ["NO_COLOR", "COLORFGBG"] {
            command.env_remove(name);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let wire = Wire {
            kind,
            reader,
            keyboard: Arc::clone(&keyboard),
            chunks: sender,
            connected: Arc::clone(&connected),
        };
        wire.start();
        let mut program = Self {
            child,
            chunks,
            keyboard: Some(keyboard),
            // The slave is kept, so that the line settings can be read when the program has ended.
            ends: Some((pair.master, pair.slave)),
            connected,
            parser: Parser::new(cells(SIZE.1), cells(SIZE.0), 0),
            settings,
            began: now(),
            received: 0,
        };
        program.take_stamp();
        program
    }

    /// Reads the time of the exec, and keeps what has come behind it.
    fn take_stamp(&mut self) {
        let mut bytes = Vec::new();
        let (before, behind) = STAMP;
        loop {
            let chunk = self.chunks.recv_timeout(PATIENCE).unwrap();
            bytes.extend(chunk.bytes);
            if let Some(end) = memmem::find(&bytes, behind.as_bytes()) {
                let stamp = String::from_utf8(bytes.get(before.len()..end).unwrap().to_vec());
                let nanos = stamp.unwrap().parse().unwrap();
                self.began = SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos);
                let rest = bytes.split_off(end + behind.len());
                return self.take(&Chunk { at: chunk.at, bytes: rest });
            }
        }
    }

    fn take(&mut self, chunk: &Chunk) {
        self.received += chunk.bytes.len() as u64;
        self.parser.process(&chunk.bytes);
    }

    /// What stands on the screen.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The row of the screen without what is behind these columns.
    pub fn row(&self, row: u16, columns: u16) -> String {
        self.screen().rows(0, columns).nth(row.into()).unwrap_or_default()
    }

    /// Waits for a picture, and says when its last byte came.
    pub fn wait(&mut self, what: &str, ready: impl Fn(&Self) -> bool) -> SystemTime {
        let deadline = Instant::now() + PATIENCE;
        let mut at = now();
        while !ready(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok(chunk) => {
                    at = chunk.at;
                    self.take(&chunk);
                }
                Err(error) => panic!("no {what} ({error}):\n{}", self.screen().contents()),
            }
        }
        at
    }

    /// Waits until this text stands on the screen, and says when it came.
    pub fn see(&mut self, text: &str) -> SystemTime {
        self.wait(text, |program| program.screen().contents().contains(text))
    }

    /// Types, and says when; nothing is waited for.
    pub fn press(&mut self, keys: &str) -> SystemTime {
        let at = now();
        self.keyboard.as_ref().unwrap().lock().unwrap().write_all(keys.as_bytes()).unwrap();
        at
    }

    /// Types, waits for what that causes and measures it; none when it causes nothing.
    pub fn key(&mut self, keys: &str) -> Option<Answer> {
        self.rest(Duration::ZERO);
        let before = self.usage().cpu;
        let at = self.press(keys);
        let answer = self.answer(at)?;
        Some(Answer { cpu: self.usage().cpu.saturating_sub(before), ..answer })
    }

    /// What has come since a key or a signal, up to a silence.
    pub fn answer(&mut self, at: SystemTime) -> Option<Answer> {
        let (mut last, mut bytes, mut patience) = (None, 0, NOTHING);
        while let Ok(chunk) = self.chunks.recv_timeout(patience) {
            (last, patience) = (Some(chunk.at), QUIET);
            bytes += chunk.bytes.len() as u64;
            self.take(&chunk);
        }
        last.map(|last| Answer { after: between(at, last), bytes, cpu: Duration::ZERO })
    }

    /// Reads until nothing has come for so long, and says how much came.
    pub fn rest(&mut self, quiet: Duration) -> u64 {
        let before = self.received;
        while let Ok(chunk) = self.chunks.recv_timeout(quiet) {
            self.take(&chunk);
        }
        self.received - before
    }

    /// Waits until the program has nothing left to do.
    pub fn settle(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        let mut before = self.usage().wakes;
        while self.rest(AT_REST) > 0 || self.usage().wakes != before {
            before = self.usage().wakes;
            assert!(Instant::now() < deadline, "it never comes to rest");
        }
    }

    /// Reads for so long, and says how much came.
    pub fn rest_for(&mut self, time: Duration) -> u64 {
        let (before, until) = (self.received, Instant::now() + time);
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            if let Ok(chunk) = self.chunks.recv_timeout(left) {
                self.take(&chunk);
            }
        }
        self.received - before
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, to: (u16, u16)) -> Option<Answer> {
        self.rest(Duration::ZERO);
        self.parser.screen_mut().set_size(cells(to.1), cells(to.0));
        let at = now();
        self.ends.as_ref().unwrap().0.resize(size(to)).unwrap();
        self.answer(at)
    }

    /// What it has used since it was started.
    pub fn usage(&self) -> Usage {
        let mut usage = Usage::default();
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid().as_raw_nonzero()));
        for task in tasks.into_iter().flatten().flatten() {
            let read = |name| fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let run = read("schedstat").split(' ').next().and_then(|first| first.parse().ok());
            usage.cpu += Duration::from_nanos(run.unwrap_or_default());
            let status = read("status");
            let switches = status.lines().filter_map(|line| line.split_once("ctxt_switches:"));
            usage.wakes += switches.filter_map(|(_, n)| n.trim().parse::<u64>().ok()).sum::<u64>();
        }
        usage
    }

    /// A line of `/proc/PID/status`, in bytes.
    pub fn memory(&self, name: &str) -> u64 {
        let status = format!("/proc/{}/status", self.pid().as_raw_nonzero());
        let status = fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_matches(|letter: char| !letter.is_ascii_digit()).parse::<u64>().unwrap() * 1024
    }

    /// Whether it is stopped.
    pub fn is_stopped(&self) -> bool {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero()));
        stat.unwrap().rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'))
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// Sends a signal, and says when.
    pub fn signal(&self, signal: Signal) -> SystemTime {
        let at = now();
        rustix::process::kill_process(self.pid(), signal).unwrap();
        at
    }

    /// Closes the terminal, as a lost connection does, and says when.
    pub fn hang_up(&mut self) -> SystemTime {
        // The thread that reads holds the terminal too: a last byte wakes it.
        self.connected.store(false, Ordering::SeqCst);
        let own = OFlags::NOCTTY.bits().cast_signed();
        let name = self.ends.as_ref().unwrap().0.tty_name().unwrap();
        let mut slave = OpenOptions::new().write(true).custom_flags(own).open(name).unwrap();
        slave.write_all(&[0]).unwrap();
        drop(slave);
        while self.chunks.recv_timeout(PATIENCE).is_ok() {}
        let at = now();
        (self.keyboard, self.ends) = (None, None);
        at
    }

    /// Waits for the end: when it was, and the exit code.
    pub fn end(&mut self) -> (SystemTime, u32) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                let at = now();
                self.rest(QUIET);
                return (at, status.exit_code());
            }
            assert!(Instant::now() < deadline, "it goes on:\n{}", self.screen().contents());
            // What it still says must be read, or it waits.
            while let Ok(chunk) = self.chunks.try_recv() {
                self.take(&chunk);
            }
            thread::park_timeout(LOOK);
        }
    }

    /// Whether the terminal is as it was before the start.
    pub fn is_restored(&self) -> bool {
        let screen = self.screen();
        let settings = self.ends.as_ref().map(|(master, _)| format!("{:?}", master.get_termios()));
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == MouseProtocolMode::None
            && settings.is_some_and(|settings| settings == self.settings)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

fn size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A picture has one cell at least.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}
