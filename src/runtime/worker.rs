//! The worker thread: it alone touches the disk, one effect after another, and answers with messages.

use std::{
    io,
    sync::mpsc::{self, Receiver, Sender},
    thread::{self, JoinHandle},
};

use crate::{
    app::{Effect, Msg},
    runtime::{Event, faults, files, finder::Finder},
};

/// The worker, seen from the loop.
#[derive(Debug)]
pub struct Worker {
    effects: Sender<Effect>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the thread.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start(events: Sender<Event>) -> io::Result<Self> {
        let (effects, inbox) = mpsc::channel();
        let mut bench = Bench { inbox, events, finder: Finder::default() };
        let thread = thread::Builder::new().name("worker".into()).spawn(move || bench.run())?;
        Ok(Self { effects, thread })
    }

    /// Queues what is to be done.
    pub fn send(&self, effect: Effect) {
        // A worker that is gone has ended the program.
        self.effects.send(effect).ok();
    }

    /// Waits until everything queued is done.
    pub fn finish(self) {
        drop(self.effects);
        self.thread.join().ok();
    }
}

/// Where the thread works.
struct Bench {
    inbox: Receiver<Effect>,
    events: Sender<Event>,
    finder: Finder,
}

impl Bench {
    fn run(&mut self) {
        faults::panic_in("worker");
        while let Ok(effect) = self.inbox.recv() {
            if let Some(msg) = self.carry_out(effect) {
                self.events.send(Event::App(msg)).ok();
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::ListFolder(path) => Some(files::list_folder(path)),
            Effect::ReadList(path) => Some(files::read_list(path)),
            Effect::Search(search) => Some(self.finder.find(&search)),
            Effect::Lock => {
                self.finder.forget();
                None
            }
            Effect::Open
            | Effect::Create(_)
            | Effect::Unlock(_)
            | Effect::OpenReadOnly(_)
            | Effect::OpenDemo
            | Effect::Commit(_)
            | Effect::Undo
            | Effect::Redo
            | Effect::ChangePassphrase { .. }
            | Effect::KeepDraft(_)
            | Effect::DropDraft(_)
            | Effect::Quit
            | Effect::Arm(..)
            | Effect::Disarm(_)
            | Effect::Copy(_)
            | Effect::EditOutside(_) => None,
        }
    }
}
