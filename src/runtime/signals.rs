//! The signal thread: turns signals into events, and ends the program itself when the loop does not.

use std::{
    io, process,
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use signal_hook::{
    consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
};

use crate::{
    app::Msg,
    runtime::{Event, terminal::Reins},
};

/// How long the loop may take to hear that the program ends: longer, and it is stuck, for instance in a write to
/// a terminal that takes nothing.
const HEARD: Duration = Duration::from_millis(500);

/// How long drafts and changes on their way may take after that.
const SAVED: Duration = Duration::from_secs(3);

/// The exit code of a program that a signal ended.
#[must_use]
pub fn exit_code(signal: i32) -> i32 {
    128 + signal
}

/// What a terminal that is gone counts as, when no signal has said so.
pub const GONE: i32 = SIGHUP;

/// The signal thread, seen from the loop.
#[derive(Debug)]
pub struct Watch {
    ending: Arc<AtomicI32>,
    heard: Sender<()>,
}

impl Watch {
    /// The signal that asks the program to end. It overtakes keys that wait, so that a flood of them delays nothing.
    #[must_use]
    pub fn ending(&self) -> Option<i32> {
        Some(self.ending.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }

    /// Tells the thread that the loop ends the program now; the thread stays until it has.
    pub fn answer(&self) {
        self.heard.send(()).ok();
    }
}

/// Starts the thread.
///
/// # Errors
/// When signals or a thread cannot be had.
pub fn watch(events: Sender<Event>, reins: Reins) -> io::Result<Watch> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let (heard, listen) = mpsc::channel();
    let ending = Arc::new(AtomicI32::new(0));
    let watch = Watch { ending: Arc::clone(&ending), heard };
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGINT | SIGQUIT if reins.is_lent() => continue,
                SIGTSTP => Event::Stop,
                SIGCONT => Event::Continue,
                SIGWINCH => Event::App(Msg::Resized),
                _ => {
                    ending.store(signal, Ordering::SeqCst);
                    return end(signal, &events, &listen, &reins);
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(watch)
}

/// Lets the loop end the program; does it here when the loop cannot.
fn end(signal: i32, events: &Sender<Event>, heard: &Receiver<()>, reins: &Reins) {
    if events.send(Event::Signal).is_ok() && heard.recv_timeout(HEARD).is_ok() {
        // The loop exits the process; this wait ends only when it does not, or when it is over.
        if heard.recv_timeout(SAVED) == Err(mpsc::RecvTimeoutError::Disconnected) {
            return;
        }
    }
    reins.release();
    process::exit(exit_code(signal));
}
