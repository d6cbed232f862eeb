//! The terminal's side of a pseudo-terminal: stamps whatever comes as it comes, and answers what it is asked, unless it
//! is to be mute. It never looks at what it passes on for longer than that, so nothing delays a stamp.

use std::{
    io::{Read, Write},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
    thread,
    time::{Duration, SystemTime},
};

use memchr::memmem;

/// What kind of terminal it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It answers at once.
    Answering,
    /// It answers nothing.
    Mute,
    /// It answers, and takes so many bytes a second.
    Slow(u32),
}

/// What came at once, and when.
pub struct Chunk {
    pub at: SystemTime,
    pub bytes: Vec<u8>,
}

/// Where keys and answers are written.
pub type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

/// Questions, and what a dark xterm answers.
const ANSWERS: [(&[u8], &[u8]); 3] = [
    (b"\x1b]11;?", b"\x1b]11;rgb:1818/1818/1818\x1b\\"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
];

/// The thread that reads.
pub struct Wire {
    pub kind: Kind,
    pub reader: Box<dyn Read + Send>,
    pub keyboard: Keyboard,
    pub chunks: Sender<Chunk>,
    /// Nobody listens any more once it is false.
    pub connected: Arc<AtomicBool>,
}

impl Wire {
    /// Reads until the other side or the listener is gone.
    pub fn start(mut self) {
        thread::spawn(move || {
            let mut buffer = vec![0; self.at_once()];
            while let Ok(count @ 1..) = self.reader.read(&mut buffer) {
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                if !self.pass_on(bytes) {
                    break;
                }
            }
        });
    }

    /// A slow line brings a hundredth of a second at once.
    fn at_once(&self) -> usize {
        match self.kind {
            Kind::Answering | Kind::Mute => 1 << 16,
            Kind::Slow(rate) => (rate / 100).try_into().unwrap_or(1),
        }
    }

    fn pass_on(&self, bytes: Vec<u8>) -> bool {
        if let Kind::Slow(rate) = self.kind {
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            thread::park_timeout(Duration::from_secs(1) * length / rate);
        }
        let at = now();
        if self.kind != Kind::Mute {
            self.answer(&bytes);
        }
        self.connected.load(Ordering::SeqCst) && self.chunks.send(Chunk { at, bytes }).is_ok()
    }

    fn answer(&self, bytes: &[u8]) {
        for (question, answer) in ANSWERS {
            if memmem::find(bytes, question).is_some()
                && let Ok(mut keyboard) = self.keyboard.lock()
            {
                keyboard.write_all(answer).ok();
            }
        }
    }
}

/// The clock that this process and the programs it starts have in common.
#[expect(clippy::disallowed_methods, reason = "no other clock of std is the same in two processes")]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// How long it is from one stamp to a later one.
pub fn between(from: SystemTime, to: SystemTime) -> Duration {
    to.duration_since(from).unwrap_or_default()
}
