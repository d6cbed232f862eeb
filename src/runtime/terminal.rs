//! The one guard of the terminal: enter, leave for a while, enter again, and always put everything back.
//!
//! Nothing in here ever waits for an answer of the terminal: one that does not answer must cost nothing.

use std::{
    fmt, fs,
    io::{self, IsTerminal, Write},
    mem,
    os::fd::AsFd,
    panic, process,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor, event, execute,
    terminal::{self, EnterAlternateScreen, LeaveAlternateScreen},
};
use ratatui::{Frame, buffer::Buffer, layout::Rect};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::{
    runtime::{
        align::{Aligned, Rows},
        difference::difference,
    },
    ui::Memory,
};

/// The exit code after a fault of the program.
const FAULT: i32 = 101;

/// How long a terminal may take to draw what it was sent last, before it counts as stopped; less than a second.
const SLOW: Duration = Duration::from_millis(500);

/// Enough for one frame of a large terminal, so that it leaves in one write.
const FRAME: usize = 64 * 1024;

/// The screen of the program, ours until it is dropped.
pub struct Terminal {
    /// What draws; its writes go nowhere while the terminal is left.
    screen: ratatui::Terminal<Aligned<io::BufWriter<Output>>>,
    rows: Rows,
    memory: Memory,
    /// The picture that the terminal shows, and the one that is drawn next.
    shown: Buffer,
    next: Buffer,
    /// Last, so that nothing is drawn once it is dropped.
    taken: Taken,
}

/// A terminal that is ours and put back on drop, before there is anything to draw with.
pub struct Taken(Reins);

impl Taken {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When input or output is no terminal, or it refuses; then everything is as before.
    pub fn take(reins: &Reins) -> io::Result<Self> {
        require()?;
        reins.take()?;
        Ok(Self(reins.clone()))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl Terminal {
    /// Draws on a terminal that is ours.
    ///
    /// # Errors
    /// When its size cannot be known; then everything is as before.
    pub fn on(taken: Taken) -> io::Result<Self> {
        let output = io::BufWriter::with_capacity(FRAME, Output(taken.0.clone()));
        let screen = ratatui::Terminal::new(Aligned::new(output))?;
        Ok(Self {
            screen,
            rows: Rows::default(),
            memory: Memory::default(),
            shown: Buffer::default(),
            next: Buffer::default(),
            taken,
        })
    }

    /// Shows a picture; only what differs from the last one is written.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Frame, &mut Memory)) -> io::Result<()> {
        let Self { screen, rows, memory, shown, next, .. } = self;
        screen.draw(|frame| {
            let area = frame.area();
            if shown.area != area {
                (*shown, *next) = (Buffer::empty(area), Buffer::empty(area));
            }
            mem::swap(frame.buffer_mut(), next);
            picture(frame, memory);
            mem::swap(frame.buffer_mut(), next);
            // What is left to ratatui has no rows to be cleared and compared.
            *frame.buffer_mut() = Buffer::empty(Rect { height: 0, ..area });
        })?;
        rows.mark(next);
        let bytes = difference(shown, next);
        mem::swap(shown, next);
        // What is shown no more is not kept either.
        next.reset();
        screen.backend_mut().show(&bytes)
    }

    /// Puts the text on the clipboard of whoever sits before the terminal, over SSH too (OSC 52).
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.screen.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Asks for the colour of the background, and to be told when the terminal turns light or dark (mode 2031).
    /// The answers come to the input thread, or never.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn ask_ground(&mut self) -> io::Result<()> {
        self.taken.0.0.asked.store(true, Ordering::SeqCst);
        let backend = self.screen.backend_mut();
        backend.write_all(b"\x1b[?2031h\x1b]11;?\x1b\\")?;
        Write::flush(backend)
    }

    /// Asks whether the terminal can hold a picture back until it is whole (DECRQM of mode 2026).
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn ask_hold(&mut self) -> io::Result<()> {
        let backend = self.screen.backend_mut();
        backend.write_all(b"\x1b[?2026$p")?;
        Write::flush(backend)
    }

    /// The terminal can do so: pictures that take more than a moment to arrive are shown at once.
    pub fn hold_pictures(&mut self) {
        self.screen.backend_mut().hold_pictures();
    }

    /// Gives the terminal back for a while, to the shell that stopped the program.
    pub fn leave(&self) {
        self.taken.0.release();
    }

    /// Gives the terminal to another program, which then gets the keys that interrupt.
    pub fn lend(&self) {
        self.taken.0.release();
        self.taken.0.0.lent.store(true, Ordering::SeqCst);
    }

    /// Whether pictures reach the terminal.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.taken.0.0.ours.load(Ordering::SeqCst)
    }

    /// Takes the terminal again, whatever was done to it, and forgets what was drawn.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter_again(&mut self) -> io::Result<()> {
        self.taken.0.release();
        self.taken.0.take()?;
        self.rows.forget();
        self.shown = Buffer::default();
        self.screen.backend_mut().forget();
        let size = self.screen.size()?;
        // Not `clear`: that asks the terminal where its cursor is, and waits for the answer.
        self.screen.resize(Rect::from((ratatui::layout::Position::ORIGIN, size)))
    }
}

impl fmt::Debug for Terminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Terminal")
    }
}

/// Fails unless input and output are a terminal.
///
/// # Errors
/// A sentence for the user.
pub fn require() -> io::Result<()> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(io::Error::other(
        "this needs a terminal for both input and output; `tutelage --help` lists what works without one",
    ))
}

/// What any thread needs to put the terminal back: the main loop, a panic, the thread of the signals.
#[derive(Debug, Clone)]
pub struct Reins(Arc<Held>);

#[derive(Debug)]
struct Held {
    tty: fs::File,
    /// The screen is ours; writes pass only then.
    ours: AtomicBool,
    /// Another program of ours has the terminal.
    lent: AtomicBool,
    /// The terminal tells when it turns light or dark.
    asked: AtomicBool,
    mouse: bool,
}

/// Whether the mouse belongs to the program or to the terminal's own selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks and the wheel come to the program.
    Ours,
    /// The terminal keeps the mouse.
    Terminals,
}

impl Reins {
    /// Reins on standard output, whatever that is; nothing is changed yet.
    ///
    /// # Errors
    /// When standard output is closed.
    pub fn new(mouse: Mouse) -> io::Result<Self> {
        let tty = fs::File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Ok(Self(Arc::new(Held {
            tty,
            ours: AtomicBool::new(false),
            lent: AtomicBool::new(false),
            asked: AtomicBool::new(false),
            mouse: mouse == Mouse::Ours,
        })))
    }

    /// Whether another program of ours has the terminal: an interrupt is meant for that one.
    #[must_use]
    pub fn is_lent(&self) -> bool {
        self.0.lent.load(Ordering::SeqCst)
    }

    fn take(&self) -> io::Result<()> {
        self.0.lent.store(false, Ordering::SeqCst);
        terminal::enable_raw_mode()?;
        self.0.ours.store(true, Ordering::SeqCst);
        let mut hello = Vec::new();
        execute!(hello, EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)?;
        if self.0.mouse {
            // Clicks, drags and the wheel, but not every move: a hand on the mouse must not wake the program.
            hello.extend_from_slice(b"\x1b[?1000h\x1b[?1002h\x1b[?1006h");
        }
        let said = (&self.0.tty).write_all(&hello);
        if said.is_err() {
            self.release();
        }
        said
    }

    /// Puts the terminal back; any number of times, from any thread. It waits a moment for one that is slow, and
    /// not for one that is stopped.
    pub fn release(&self) {
        if !self.0.ours.swap(false, Ordering::SeqCst) {
            return;
        }
        let mut goodbye = Vec::new();
        if self.0.asked.swap(false, Ordering::SeqCst) {
            goodbye.extend_from_slice(b"\x1b[?2031l");
        }
        let written = execute!(
            goodbye,
            event::DisableMouseCapture,
            event::DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        // A terminal that is stopped or gone takes nothing; its line settings come back all the same.
        if written.is_ok() && self.writable() {
            (&self.0.tty).write_all(&goodbye).ok();
        }
        terminal::disable_raw_mode().ok();
    }

    /// Whether the terminal takes bytes, at once or when it has drawn what is on the way to it.
    fn writable(&self) -> bool {
        let deadline = Instant::now() + SLOW;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let left = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            match poll(&mut [PollFd::new(&self.0.tty, PollFlags::OUT)], Some(&left)) {
                Err(Errno::INTR) => {}
                ready => return ready.is_ok_and(|ready| ready > 0),
            }
        }
    }
}

/// Where frames are written: to the terminal while it is ours, else nowhere.
#[derive(Debug)]
pub struct Output(Reins);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let held = &self.0.0;
        if !held.ours.load(Ordering::SeqCst) {
            return Ok(bytes.len());
        }
        loop {
            match (&held.tty).write(bytes) {
                // Another program has left the terminal non-blocking: wait until it takes more.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    poll(&mut [PollFd::new(&held.tty, PollFlags::OUT)], None)?;
                }
                written => return written,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Ends the program on a panic in any thread: terminal back first, then the place and nothing else, because
/// messages of panics quote the text they failed on. To be installed after every other hook.
///
/// `expected` says that a panic is caught on purpose right now: sled is being opened.
pub fn end_on_any_panic(reins: Reins, expected: fn() -> bool) {
    panic::set_hook(Box::new(move |fault| {
        if expected() {
            return;
        }
        reins.release();
        let place = fault
            .location()
            .map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        writeln!(
            io::stderr(),
            "tutelage: a fault in the program ended it{place}. Everything it called saved is kept; \
             start it again to go on."
        )
        .ok();
        process::exit(FAULT);
    }));
}

#[cfg(test)]
mod tests {
    use std::{io::Read, os::fd::OwnedFd, os::unix::net::UnixStream, thread};

    use super::*;

    /// Reins on a wire that is full, and its other end.
    fn full() -> (Reins, UnixStream) {
        let (mut wire, other) = UnixStream::pair().unwrap();
        wire.set_nonblocking(true).unwrap();
        while wire.write(&[b'x'; 4096]).is_ok() {}
        wire.set_nonblocking(false).unwrap();
        let tty = fs::File::from(OwnedFd::from(wire));
        let [ours, lent, asked] = [true, false, false].map(AtomicBool::new);
        (Reins(Arc::new(Held { tty, ours, lent, asked, mouse: false })), other)
    }

    #[test]
    fn a_terminal_that_is_still_drawing_is_put_back_too() {
        let (reins, mut other) = full();
        let drawing = thread::spawn(move || {
            thread::park_timeout(SLOW / 5);
            let mut drawn = String::new();
            other.read_to_string(&mut drawn).unwrap();
            drawn
        });
        reins.release();
        drop(reins);
        let drawn = drawing.join().unwrap();
        assert!(drawn.trim_start_matches('x').contains("\u{1b}[?1049l"));
    }

    #[test]
    fn a_terminal_that_takes_nothing_keeps_nobody() {
        let (reins, mut other) = full();
        let began = Instant::now();
        reins.release();
        assert!(began.elapsed() >= SLOW);
        drop(reins);
        let mut drawn = String::new();
        other.read_to_string(&mut drawn).unwrap();
        assert_eq!(drawn.trim_start_matches('x'), "");
    }
}
