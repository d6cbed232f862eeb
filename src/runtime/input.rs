//! The input thread: waits for the terminal, turns bytes into messages, and ends when the terminal is gone.
//!
//! It waits for the terminal and for a pipe of ours at once, so that it can be parked while an editor has the
//! keyboard; it reads only what is there, so it neither spins on a dead terminal nor waits inside a key.

mod answer;
mod decode;

use std::{
    io::{self, Read},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::net::UnixStream,
    },
    sync::mpsc::{self, Sender},
    thread,
    time::Duration,
};

use crossterm::event::Event as Happening;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use self::decode::{Decoder, Event as Heard};
use crate::{app::Msg, runtime::Event};

/// How long parking waits for the thread; it answers at once unless the machine hangs.
const PARKING: Duration = Duration::from_millis(200);

/// What may be read at once; a paste comes in many pieces.
const CHUNK: usize = 16 * 1024;

/// The input thread, seen from the loop.
#[derive(Debug)]
pub struct Input {
    wake: UnixStream,
    parked: mpsc::Receiver<()>,
}

impl Input {
    /// Starts reading standard input, which must be a terminal.
    ///
    /// # Errors
    /// When no thread or pipe can be had.
    pub fn start(events: Sender<Event>) -> io::Result<Self> {
        let (wake, woken) = UnixStream::pair()?;
        let (answers, parked) = mpsc::channel();
        let keyboard =
            Keyboard { woken, answers, events, decoder: Decoder::default(), parked: false };
        thread::Builder::new().name("input".into()).spawn(move || keyboard.run())?;
        Ok(Self { wake, parked })
    }

    /// Leaves the keyboard to another program. What was typed and not yet read goes to that program.
    pub fn park(&self) {
        if io::Write::write_all(&mut &self.wake, b"p").is_ok() {
            self.parked.recv_timeout(PARKING).ok();
        }
    }

    /// Reads again, after what was typed for the other program has been thrown away.
    pub fn resume(&self) {
        rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush).ok();
        io::Write::write_all(&mut &self.wake, b"r").ok();
    }
}

/// The thread itself.
struct Keyboard {
    woken: UnixStream,
    answers: Sender<()>,
    events: Sender<Event>,
    decoder: Decoder,
    parked: bool,
}

/// What there is to do.
#[derive(Debug, Default)]
struct Ready {
    bytes: bool,
    gone: bool,
    woken: bool,
}

impl Keyboard {
    fn run(mut self) {
        let stdin = io::stdin();
        loop {
            let Ok(ready) = self.wait(stdin.as_fd()) else { return self.gone() };
            if ready.woken && !self.hear() {
                return;
            }
            // A terminal that is gone may still hold bytes, but nobody to answer.
            if ready.gone {
                return self.gone();
            }
            if ready.bytes && !self.parked && !self.read(stdin.as_fd()) {
                return self.gone();
            }
            if !ready.bytes && !ready.woken {
                self.decoder.settle(|event| send(&self.events, event));
            }
        }
    }

    fn wait(&self, tty: BorrowedFd<'_>) -> rustix::io::Result<Ready> {
        // Hang-ups are reported whatever is asked for, while parked too.
        let wanted = if self.parked { PollFlags::empty() } else { PollFlags::IN };
        let mut fds =
            [PollFd::from_borrowed_fd(tty, wanted), PollFd::new(&self.woken, PollFlags::IN)];
        let patience = self.decoder.patience().filter(|_| !self.parked);
        let timeout = patience.and_then(|patience| Timespec::try_from(patience).ok());
        loop {
            match poll(&mut fds, timeout.as_ref()) {
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error),
                Ok(_) => break,
            }
        }
        let [tty, woken] = fds.map(|fd| fd.revents());
        Ok(Ready {
            bytes: tty.contains(PollFlags::IN),
            gone: tty.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            woken: !woken.is_empty(),
        })
    }

    /// Parks or resumes; false when the program is over.
    fn hear(&mut self) -> bool {
        let mut word = [0];
        if !matches!(self.woken.read(&mut word), Ok(1)) {
            return false;
        }
        self.parked = word == *b"p";
        self.decoder = Decoder::default();
        !self.parked || self.answers.send(()).is_ok()
    }

    /// Reads what is there; false when the terminal is gone.
    fn read(&mut self, tty: BorrowedFd<'_>) -> bool {
        let mut bytes = [0; CHUNK];
        match rustix::io::read(tty, &mut bytes) {
            Ok(0) => false,
            Ok(count) => {
                let bytes = bytes.get(..count).unwrap_or_default();
                self.decoder.read(bytes, |event| send(&self.events, event));
                true
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => true,
            Err(_) => false,
        }
    }

    fn gone(&self) {
        // Without a loop to hear it the program is ending already.
        self.events.send(Event::Gone).ok();
    }
}

fn send(events: &Sender<Event>, heard: Heard) {
    let event = match heard {
        Heard::Hand(Happening::Key(key)) => Event::App(Msg::Key(key)),
        Heard::Hand(Happening::Mouse(mouse)) => Event::App(Msg::Mouse(mouse)),
        Heard::Hand(Happening::Paste(text)) => Event::App(Msg::Paste(text)),
        Heard::Hand(Happening::Resize(..)) => Event::App(Msg::Resized),
        Heard::Hand(Happening::FocusGained | Happening::FocusLost) => return,
        Heard::Ground(ground) => Event::Ground(ground),
        Heard::Turned => Event::Turned,
        Heard::Holds => Event::Holds,
    };
    events.send(event).ok();
}
