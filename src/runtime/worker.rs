//! The worker thread: it alone touches the disk, one effect after another, and answers with messages.

use std::{
    collections::VecDeque,
    io, mem,
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::Duration,
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
        Self::begin(keeper, events, Tells::Answers)
    }

    /// The same, with an [`Event::Done`] after every effect: for a session that waits until all is answered.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start_telling(keeper: Keeper, events: Sender<Event>) -> io::Result<Self> {
        Self::begin(keeper, events, Tells::WhenDone)
    }

    fn begin(keeper: Keeper, events: Sender<Event>, tells: Tells) -> io::Result<Self> {
        let (effects, inbox) = mpsc::channel();
        let bench = Bench { inbox, events, keeper, finder: Finder::default(), tells };
        let thread = thread::Builder::new().name("worker".into()).spawn(move || bench.run())?;
        Ok(Self { effects, thread })
    }

    /// Queues what is to be done.
    pub fn send(&self, effect: Effect) {
        // A worker that is gone has ended the program.
        self.effects.send(effect).ok();
    }

    /// Waits until everything queued is done and the keys are wiped, at the end of the program.
    pub fn finish(self) {
        drop(self.effects);
        self.thread.join().ok();
    }
}

/// What the thread says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// Its answers.
    Answers,
    /// Its answers, and when it is done with each effect.
    WhenDone,
}

/// Where the thread works.
struct Bench {
    inbox: Receiver<Effect>,
    events: Sender<Event>,
    keeper: Keeper,
    finder: Finder,
    tells: Tells,
}

impl Bench {
    fn run(mut self) {
        faults::panic_in("worker");
        let mut waiting = Waiting::default();
        while let Some(next) = next(&self.inbox, &mut waiting, self.keeper.leisure()) {
            let asked = usize::from(matches!(next, Next::Effect(_)));
            let answer = match next {
                Next::Effect(effect) => self.carry_out(effect),
                Next::Leisure => self.keeper.use_leisure(),
            };
            let news = self.keeper.news();
            for msg in news.into_iter().chain(answer).chain(self.keeper.written()) {
                // The kind alone: what is in a message is nobody's business.
                tracing::info!(answer = <&'static str>::from(&msg), "worker");
                self.events.send(Event::App(msg)).ok();
            }
            let done = asked + mem::take(&mut waiting.passed_over);
            if self.tells == Tells::WhenDone {
                (0..done).for_each(|_| drop(self.events.send(Event::Done)));
            }
        }
        // The program ends: the system takes the memory back faster than we could.
        mem::forget(self.finder);
        self.keeper.leave();
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
                // Keys first: the words that are being read keep the other waiting.
                let said = keeper.lock();
                self.finder.forget();
                said
            }
            Effect::ChangePassphrase { old, new } => keeper.change_passphrase(old, new),
            Effect::BackUp(file, existing) => keeper.back_up(&file, existing),
            Effect::KeepDraft(draft) => return keeper.keep_draft(&draft),
            Effect::KeepFirstPage(wanted) => {
                keeper.keep_first_page(&wanted);
                return None;
            }
            Effect::CheckDisk => return keeper.check_disk(),
            Effect::DropDraft(id) => return keeper.drop_draft(id),
            Effect::RecordLook(notes) => return keeper.record_look(&notes),
            Effect::ListHistory(part) => keeper.history(part),
            Effect::ListVersions(note) => keeper.versions(note),
            Effect::ListFolder(path) => files::list_folder(path),
            Effect::ReadList(path) => files::read_list(path),
            Effect::PlanImport(request) => Msg::Planned(importing::plan(*request).map(Arc::new)),
            Effect::Import(plan) => keeper.commit(importing::change(&plan)),
            Effect::PlanSignals(request) => Msg::SignalsPlanned(plan_signals(*request)),
            Effect::LetOut(out) => {
                let (kept, told) = keeper.let_out(*out);
                for kept in keeper.news().into_iter().chain(kept) {
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

/// What the worker does next.
#[derive(Debug, PartialEq)]
enum Next {
    Effect(Effect),
    /// Nothing was asked for: a slice of what can wait.
    Leisure,
}

/// What waits to be carried out.
#[derive(Debug, Default)]
struct Waiting {
    effects: VecDeque<Effect>,
    /// How many searches a newer one took the place of since this was told.
    passed_over: usize,
}

/// The next effect; of the searches that wait only the newest. Without one for as long as `leisure` says,
/// there is time for something else; none when the program ends.
fn next(
    inbox: &Receiver<Effect>,
    waiting: &mut Waiting,
    leisure: Option<Duration>,
) -> Option<Next> {
    let Waiting { effects, passed_over } = waiting;
    if effects.is_empty() {
        let first = match leisure {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(leisure) => inbox.recv_timeout(leisure),
        };
        match first {
            Ok(effect) => effects.push_back(effect),
            Err(RecvTimeoutError::Timeout) => return Some(Next::Leisure),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    for effect in inbox.try_iter() {
        if matches!(effect, Effect::Search(_)) {
            let before = effects.len();
            effects.retain(|older| !matches!(older, Effect::Search(_)));
            *passed_over += before - effects.len();
        }
        effects.push_back(effect);
    }
    effects.pop_front().map(Next::Effect)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        app::msg::{Private, Search},
        domain::{
            access::Viewer,
            tutor::{Role, TutorId},
        },
        runtime::clock::Clock,
    };

    fn search(ticket: u64) -> Effect {
        let viewer = Viewer { tutor: TutorId::from_bytes([0; 16]), role: Role::Tutor };
        let (text, records) = (Private::default(), Arc::default());
        Effect::Search(Search { ticket, text, viewer, records })
    }

    #[test]
    fn who_waits_for_every_effect_is_told_of_searches_that_were_passed_over_too() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = Keeper::new(folder.path().join("profile"), Clock::new(None));
        let (effects, inbox) = mpsc::channel();
        let (events, told) = mpsc::channel();
        for effect in [search(1), search(2), Effect::ListFolder(folder.path().into()), search(3)] {
            effects.send(effect).unwrap();
        }
        drop(effects);
        Bench { inbox, events, keeper, finder: Finder::default(), tells: Tells::WhenDone }.run();
        let told: Vec<Event> = told.iter().collect();
        let done = told.iter().filter(|event| matches!(event, Event::Done)).count();
        let found = told.iter().filter(|event| matches!(event, Event::App(Msg::Found(..)))).count();
        assert_eq!((done, found), (4, 1));
    }

    #[test]
    fn a_newer_search_takes_the_place_of_one_that_waits_and_nothing_else_is_lost() {
        let (sender, inbox) = mpsc::channel();
        for effect in [Effect::Undo, search(1), search(2), Effect::Redo, search(3)] {
            sender.send(effect).unwrap();
        }
        drop(sender);
        let mut waiting = Waiting::default();
        let done: Vec<Next> = std::iter::from_fn(|| next(&inbox, &mut waiting, None)).collect();
        assert_eq!(done, [Effect::Undo, Effect::Redo, search(3)].map(Next::Effect));
    }

    #[test]
    fn what_can_wait_is_done_only_while_nothing_is_asked_for() {
        let (sender, inbox) = mpsc::channel();
        let mut waiting = Waiting::default();
        sender.send(Effect::Undo).unwrap();
        let mut next = || next(&inbox, &mut waiting, Some(Duration::ZERO));
        assert_eq!(next(), Some(Next::Effect(Effect::Undo)));
        assert_eq!(next(), Some(Next::Leisure));
        drop(sender);
        assert_eq!(next(), None, "leaving waits for nothing");
    }
}
