//! The worker thread: it alone touches the disk, one effect after another, and answers with messages.

use std::{
    collections::VecDeque,
    io,
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
};

use crate::{
    app::{
        Effect, Msg,
        importing::{self, signals::plan_signals},
    },
    domain::demo::Scale,
    runtime::{Event, faults, files, finder::Finder, keeper::Keeper},
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
    pub fn start(keeper: Keeper, events: Sender<Event>) -> io::Result<Self> {
        let (effects, inbox) = mpsc::channel();
        let bench = Bench { inbox, events, keeper, finder: Finder::default() };
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
    keeper: Keeper,
    finder: Finder,
}

impl Bench {
    fn run(mut self) {
        faults::panic_in("worker");
        let mut waiting = VecDeque::new();
        while let Some(effect) = next(&self.inbox, &mut waiting) {
            if let Some(msg) = self.carry_out(effect) {
                // The kind alone: what is in a message is nobody's business.
                tracing::info!(answer = <&'static str>::from(&msg), "worker");
                self.events.send(Event::App(msg)).ok();
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Msg> {
        let keeper = &mut self.keeper;
        Some(match effect {
            Effect::Open => keeper.open(),
            Effect::Create(new) => keeper.create(*new),
            Effect::Unlock(typed) => keeper.unlock(typed),
            Effect::OpenReadOnly(typed) => keeper.look(typed),
            Effect::OpenDemo => keeper.demo(Scale::Tutor),
            Effect::Commit(change) => keeper.commit(change),
            Effect::Undo => keeper.undo(),
            Effect::Redo => keeper.redo(),
            Effect::Lock => {
                self.finder.forget();
                keeper.lock()
            }
            Effect::ChangePassphrase { old, new } => keeper.change_passphrase(old, new),
            Effect::KeepDraft(draft) => return keeper.keep_draft(&draft),
            Effect::DropDraft(id) => return keeper.drop_draft(id),
            Effect::RecordLook(notes) => return keeper.record_look(&notes),
            Effect::ListFolder(path) => files::list_folder(path),
            Effect::ReadList(path) => files::read_list(path),
            Effect::PlanImport(mut request) => {
                Msg::Planned(importing::plan(&mut request).map(Arc::new))
            }
            Effect::PlanSignals(request) => Msg::SignalsPlanned(plan_signals(*request)),
            Effect::LetOut(out) => {
                let (kept, told) = keeper.let_out(*out);
                if let Some(kept) = kept {
                    self.events.send(Event::App(kept)).ok();
                }
                told
            }
            Effect::SaveRejects(rejects) => files::save_rejects(&rejects),
            Effect::Search(search) => self.finder.find(&search),
            Effect::Quit
            | Effect::Arm(..)
            | Effect::Disarm(_)
            | Effect::Copy(_)
            | Effect::EditOutside(_) => return None,
        })
    }
}

/// The next effect; of the searches that wait only the newest.
fn next(inbox: &Receiver<Effect>, waiting: &mut VecDeque<Effect>) -> Option<Effect> {
    if waiting.is_empty() {
        waiting.push_back(inbox.recv().ok()?);
    }
    for effect in inbox.try_iter() {
        if matches!(effect, Effect::Search(_)) {
            waiting.retain(|older| !matches!(older, Effect::Search(_)));
        }
        waiting.push_back(effect);
    }
    waiting.pop_front()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        app::msg::{Private, Search},
        domain::{
            access::Viewer,
            records::Records,
            tutor::{Role, TutorId},
        },
    };

    #[test]
    fn a_newer_search_takes_the_place_of_one_that_waits_and_nothing_else_is_lost() {
        let viewer = Viewer { tutor: TutorId::from_bytes([0; 16]), role: Role::Tutor };
        let search = |ticket| {
            Effect::Search(Search {
                ticket,
                text: Private::default(),
                viewer,
                records: Arc::new(Records::default()),
            })
        };
        let (sender, inbox) = mpsc::channel();
        for effect in [Effect::Undo, search(1), search(2), Effect::Redo, search(3)] {
            sender.send(effect).unwrap();
        }
        drop(sender);
        let mut waiting = VecDeque::new();
        let done: Vec<Effect> = std::iter::from_fn(|| next(&inbox, &mut waiting)).collect();
        assert_eq!(done, [Effect::Undo, Effect::Redo, search(3)]);
    }
}
