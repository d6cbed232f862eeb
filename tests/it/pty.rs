//! The real program in a pseudo-terminal: press keys, wait for a screen, look at what is left. Never sleeps.

use std::{
    fs::{self, DirEntry, OpenOptions},
    io::{self, Read, Write},
    num::NonZeroU16,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::{
    fs::OFlags,
    process::{Pid, Signal},
};

/// Who has done nothing for so long has nothing left to do: longer than anything waits.
const AT_REST: Duration = Duration::from_millis(2600);

/// How long a screen may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A byte that no program writes.
const MARK: u8 = 0;

/// A running program and the terminal that it sees.
pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    keyboard: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    connected: Arc<AtomicBool>,
    settings: String,
    received: usize,
    raw: Vec<u8>,
}

/// The program and how to start it.
pub struct Launch {
    command: CommandBuilder,
    size: PtySize,
}

impl Launch {
    /// The program on a profile in `data`, in a terminal of 24 lines and 80 columns.
    #[cfg(test)]
    pub fn new(data: &Path) -> Self {
        Self::command(env!("CARGO_BIN_EXE_tutelage")).args(["--data", data.to_str().unwrap()])
    }

    /// Any program.
    pub fn command(program: &str) -> Self {
        let mut command = CommandBuilder::new(program);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for name in ["NO_COLOR", "VISUAL", "EDITOR", "TMUX"] {
            command.env_remove(name);
        }
        Self { command, size: size(80, 24) }
    }

    pub fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.command.args(args);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = size(columns, rows);
        self
    }

    pub fn start(self) -> Program {
        let pair = native_pty_system().openpty(self.size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = mpsc::channel();
        let connected = Arc::new(AtomicBool::new(true));
        let still = Arc::clone(&connected);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut chunk) {
                if !still.load(Ordering::SeqCst) || sender.send(chunk[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let settings = format!("{:?}", pair.master.get_termios());
        Program {
            child: pair.slave.spawn_command(self.command).unwrap(),
            bytes,
            screen: vt100::Parser::new(cells(self.size.rows), cells(self.size.cols), 0),
            keyboard: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            // Kept open, so that the line settings can be read when the program has ended.
            slave: Some(pair.slave),
            connected,
            settings,
            received: 0,
            raw: Vec::new(),
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A picture has one cell at least.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

impl Program {
    /// Types; `\x1b` and other codes as a terminal sends them.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
        self
    }

    /// Reads until the screen satisfies `ready`; fails with the last screen.
    pub fn wait(&mut self, what: &str, ready: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !ready(self.screen.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("no {what} ({error}):\n{}", self.screen.screen().contents()),
            }
        }
        self
    }

    /// Waits until the text stands somewhere on the screen.
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.wait(text, |screen| screen.contents().contains(text))
    }

    /// Reads until nothing has come for so long, and says how many bytes came.
    pub fn quiet(&mut self, time: Duration) -> usize {
        let before = self.received;
        loop {
            match self.bytes.recv_timeout(time) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    break self.received - before;
                }
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.received += bytes.len();
        self.raw.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Every byte that the program has sent.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// Another terminal takes the place of this one: whatever it is to show must be drawn again.
    pub fn forget(&mut self) -> &mut Self {
        let (rows, columns) = self.screen.screen().size();
        self.screen = vt100::Parser::new(rows, columns, 0);
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// The device that the program has as its terminal.
    pub fn terminal(&self) -> PathBuf {
        self.master.as_ref().unwrap().tty_name().unwrap()
    }

    /// Clicks on the first place where the text stands, as a terminal reports it.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        let columns = screen.size().1.get();
        let found = screen.rows(0, columns).zip(1..).find_map(|(row, y)| {
            let before = row.split_once(text)?.0;
            Some((before.chars().count() + 1, y))
        });
        let (x, y): (usize, u16) = found.unwrap_or_else(|| panic!("no {text}"));
        self.press(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"))
    }

    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        rustix::process::kill_process(self.pid(), signal).unwrap();
        self
    }

    /// Closes the terminal, as a lost connection does.
    pub fn hang_up(&mut self) -> &mut Self {
        // The thread that reads holds the terminal too: a last byte wakes it.
        self.connected.store(false, Ordering::SeqCst);
        self.write(&[MARK]);
        (self.keyboard, self.slave, self.master) = (None, None, None);
        while self.bytes.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Disconnected) {}
        self
    }

    /// Waits for the end and gives the exit code; everything the program wrote is on the screen then.
    pub fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.drain();
                return status.exit_code();
            }
            assert!(
                Instant::now() < deadline,
                "the program goes on:\n{}",
                self.screen().contents()
            );
            match self.bytes.recv_timeout(Duration::from_millis(2)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    thread::park_timeout(Duration::from_millis(2));
                }
            }
        }
    }

    /// Reads what a program that has ended has left on the way: all up to a mark put behind it.
    fn drain(&mut self) {
        if self.master.is_none() {
            return;
        }
        self.write(&[MARK]);
        loop {
            let mut bytes = self.bytes.recv_timeout(PATIENCE).unwrap();
            let marked = bytes.contains(&MARK);
            bytes.retain(|byte| *byte != MARK);
            self.take(&bytes);
            if marked {
                return;
            }
        }
    }

    /// Writes to the terminal from the side of the program, without making it ours.
    fn write(&self, bytes: &[u8]) {
        let side = OFlags::NOCTTY.bits().cast_signed();
        let mut terminal = OpenOptions::new();
        let mut terminal = terminal.write(true).custom_flags(side).open(self.terminal()).unwrap();
        terminal.write_all(bytes).unwrap();
    }

    /// The line settings, comparable.
    pub fn line_settings(&self) -> String {
        format!("{:?}", self.master.as_ref().unwrap().get_termios())
    }

    /// Voluntary and other context switches of every thread.
    fn switches(&self) -> Vec<(String, u64)> {
        let tasks = format!("/proc/{}/task", self.pid().as_raw_nonzero());
        // A thread may end while it is looked at.
        let thread = |task: io::Result<DirEntry>| {
            let task = task.unwrap().path();
            let status = fs::read_to_string(task.join("status")).ok()?;
            let count = status
                .lines()
                .filter_map(|line| line.split_once("ctxt_switches:")?.1.trim().parse::<u64>().ok());
            Some((fs::read_to_string(task.join("comm")).ok()?, count.sum()))
        };
        let mut threads: Vec<_> = fs::read_dir(tasks).unwrap().filter_map(thread).collect();
        threads.sort();
        threads
    }

    /// Waits until all is done that there was to do, however slow the machine, and fails unless then no byte
    /// comes and no thread wakes for so long, the database's neither: a further one of its threads ends a second
    /// after its last work, and the snapshot of the day begins two seconds after that of the program.
    pub fn assert_asleep(&mut self, time: Duration) {
        let deadline = Instant::now() + PATIENCE;
        let (mut before, mut told) = (self.switches(), 1);
        while told > 0 || before != self.switches() {
            assert!(Instant::now() < deadline, "it never comes to rest");
            before = self.switches();
            told = self.quiet(AT_REST);
        }
        assert_eq!(self.quiet(time), 0, "bytes");
        assert_eq!(self.switches(), before, "wake-ups of its threads");
    }

    /// Fails unless the terminal is as it was before the program started.
    pub fn assert_restored(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is still reported"
        );
        assert_eq!(self.line_settings(), self.settings, "the line settings differ");
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

/// Waits for what no screen shows.
pub fn until(what: &str, done: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "no {what}");
        thread::park_timeout(Duration::from_millis(2));
    }
}

/// How many drafts a profile keeps: whole files, none that is just being written.
pub fn drafts(profile: &Path) -> usize {
    let drafts = fs::read_dir(profile.join("drafts")).into_iter().flatten().flatten();
    let whole = drafts.map(|draft| draft.path()).filter(|path| {
        path.extension().is_some_and(|ending| ending == "draft")
            && fs::metadata(path).is_ok_and(|about| about.len() > 0)
    });
    whole.count()
}
