//! The program as a session of lines: questions and lists instead of a screen, for screen readers and for pipes. The same
//! model, the same forms and the same worker as the screen; nothing but printed lines, and no escape sequence.

mod form;
mod home;
mod input;
mod lists;
mod menu;
mod popups;
mod talk;
#[cfg(test)]
mod tests;
mod words;

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::Instant,
};

use color_eyre::eyre::Result;
use rustix::{
    process::{self, Signal},
    termios::{self, OptionalActions, Termios},
};

use self::{
    input::{Input, Wanted},
    talk::{Paging, Talk},
    words::{said, sentence},
};
use crate::{
    app::{Effect, Model, Msg, Start, Typed, msg::Private, status::Toast},
    runtime::{
        Event,
        clock::Clock,
        paths::Paths,
        run::{Options, Ready},
        settings::Settings,
        signals::{self, Watch},
        terminal::{self, Mouse, Reins},
        timers::Timers,
        worker::Worker,
    },
    store,
};

/// The words of a session, with what each does.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    menu::words()
}

/// Whether the settings ask for a session of lines. What is wrong with them is said by whoever uses them next.
#[must_use]
pub fn is_set(data: Option<&Path>) -> bool {
    let paths = Paths::find(data).ok().filter(|paths| paths.settings.exists());
    let settings = paths.and_then(|paths| Settings::load(&paths.settings).ok());
    settings.is_some_and(|settings| settings.plain)
}

/// Runs the program as a session of lines until it ends; the number is its exit code.
///
/// # Errors
/// When the settings or the threads cannot be used.
pub fn run(options: Options) -> Result<i32> {
    let Ready { clock, start, keeper, .. } = options.ready()?;
    let reins = Reins::new(Mouse::Terminals)?;
    terminal::end_on_any_panic(reins.clone(), store::is_opening);
    let (events, inbox) = mpsc::channel();
    let signals = signals::watch(events.clone(), reins)?;
    let line = Line::take();
    let input = Input::start(events.clone())?;
    let worker = Worker::start_telling(keeper, events)?;
    let reads = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut session = Session {
        // A tip stands beside the keys, which there are none of here.
        model: Model::new(Start { tips: false, ..start }, clock.now()),
        talk: Talk::new(if reads { Paging::Pages } else { Paging::Whole }),
        clock,
        inbox,
        signals,
        input,
        worker,
        timers: Timers::default(),
        waits: 0,
        asked: Asked::Nothing,
        told: None,
    };
    session.carry_out(Effect::Open);
    let code = session.live();
    let code = session.end(code);
    drop(line);
    Ok(code)
}

/// How a terminal takes lines: as it was, whatever a passphrase did to it.
struct Line(Option<Termios>);

impl Line {
    fn take() -> Self {
        Self(termios::tcgetattr(io::stdin()).ok())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            // A terminal that is gone needs nothing.
            termios::tcsetattr(io::stdin(), OptionalActions::Now, before).ok();
        }
    }
}

/// What the next line answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// No line is asked for.
    Nothing,
    /// The question that was printed.
    Question,
    /// A question that means nothing any more: the line is dropped.
    Stale,
}

/// The session while it lives.
struct Session {
    model: Model,
    talk: Talk,
    clock: Clock,
    inbox: Receiver<Event>,
    signals: Watch,
    input: Input,
    worker: Worker,
    timers: Timers,
    /// How much the worker has still to do.
    waits: usize,
    asked: Asked,
    /// The message that was printed last.
    told: Option<Toast>,
}

impl Session {
    /// Lives until something ends it; the number is the exit code.
    fn live(&mut self) -> i32 {
        loop {
            if self.waits == 0 && self.asked == Asked::Nothing && self.question().is_err() {
                // Nobody reads any more.
                return self.ended(signals::GONE);
            }
            if let Some(code) = self.take_next() {
                return code;
            }
        }
    }

    /// Prints what is to be said, and asks.
    fn question(&mut self) -> io::Result<()> {
        if self.model.popups.is_empty() && self.model.desk.note.writing.is_some() {
            self.update(Msg::Typed(Typed::TakeUp));
        }
        let question = self.talk.ask(&self.model);
        let looks = home::found(&self.model);
        if !looks.is_empty() {
            self.update(Msg::Typed(Typed::Read(looks)));
        }
        print(question.says.iter().map(String::as_str))?;
        let prompt = said(&question.prompt);
        self.asked = Asked::Question;
        if question.unseen && io::stdin().is_terminal() {
            self.input.ask(Wanted::Unseen(prompt));
            return Ok(());
        }
        let mut out = io::stdout().lock();
        // A line that is not typed here does not end the one with the prompt.
        let end = if io::stdin().is_terminal() || prompt.is_empty() { "" } else { "\n" };
        write!(out, "{prompt}{end}")?;
        out.flush()?;
        self.input.ask(Wanted::Line);
        Ok(())
    }

    /// Takes what happens next; an exit code when it ends the session.
    fn take_next(&mut self) -> Option<i32> {
        let event = self.next();
        if let Some(signal) = self.signals.ending() {
            self.signals.answer();
            return Some(self.ended(signal));
        }
        match event {
            Event::App(msg) => return self.update(msg),
            Event::Done => self.waits = self.waits.saturating_sub(1),
            Event::Line(None) => return Some(self.no_more()),
            Event::Line(Some(line)) => return self.hear(&line),
            Event::Gone => return Some(self.ended(signals::GONE)),
            Event::Stop => {
                process::kill_process(process::getpid(), Signal::STOP).ok();
            }
            Event::Signal
            | Event::Continue
            | Event::Ground(_)
            | Event::Recalled(_)
            | Event::Turned
            | Event::Holds
            | Event::EditorEnded(_) => {}
        }
        None
    }

    fn next(&mut self) -> Event {
        let received = match self.timers.wait(Instant::now()) {
            None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(wait) => self.inbox.recv_timeout(wait),
        };
        match received {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => match self.timers.due(Instant::now()) {
                Some(timer) => Event::App(Msg::Due(timer)),
                None => self.next(),
            },
            Err(RecvTimeoutError::Disconnected) => Event::Gone,
        }
    }

    fn hear(&mut self, line: &Private) -> Option<i32> {
        let stale = self.asked == Asked::Stale;
        self.asked = Asked::Nothing;
        if stale {
            return None;
        }
        let was_locked = self.model.locked;
        let effects = self.talk.hear(&mut self.model, &line.0, self.clock.now());
        self.follow(effects, was_locked)
    }

    /// Hands a message to the model.
    fn update(&mut self, msg: Msg) -> Option<i32> {
        let was_locked = self.model.locked;
        let effects = self.model.update(msg, self.clock.now());
        self.follow(effects, was_locked)
    }

    /// Does what the model wants, and prints its message.
    fn follow(&mut self, effects: Vec<Effect>, was_locked: bool) -> Option<i32> {
        if self.model.locked && !was_locked {
            self.talk.forget();
            if self.asked == Asked::Question {
                self.asked = Asked::Stale;
                print(["", "Locked. Press Enter to go on."]).ok();
            } else {
                print(["Locked."]).ok();
            }
        }
        for effect in effects {
            if effect == Effect::Quit {
                return Some(0);
            }
            self.carry_out(effect);
        }
        if self.model.toast != self.told {
            self.told.clone_from(&self.model.toast);
            let text = self.told.as_ref().map(|toast| sentence(&toast.text));
            print(text.as_deref()).ok();
        }
        None
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Quit | Effect::EditOutside(_) => {}
            Effect::Arm(timer, after) => self.timers.arm(timer, after, Instant::now()),
            Effect::Disarm(timer) => self.timers.disarm(timer),
            Effect::Copy(text) => {
                let lines = text.0.lines().map(str::to_owned).collect::<Vec<_>>();
                print(["There is no clipboard in a session of lines; this is the text:"]).ok();
                print(lines.iter().map(String::as_str)).ok();
            }
            Effect::Open
            | Effect::Create(_)
            | Effect::Unlock(_)
            | Effect::OpenReadOnly(_)
            | Effect::OpenDemo
            | Effect::Commit(_)
            | Effect::Undo
            | Effect::Redo
            | Effect::Lock
            | Effect::ChangePassphrase { .. }
            | Effect::BackUp(..)
            | Effect::KeepDraft(_)
            | Effect::KeepFirstPage(_)
            | Effect::CheckDisk
            | Effect::DropDraft(_)
            | Effect::RecordLook(_)
            | Effect::ListFolder(_)
            | Effect::ReadList(_)
            | Effect::Search(_)
            | Effect::PlanImport(_)
            | Effect::Import(_)
            | Effect::PlanSignals(_)
            | Effect::LetOut(_)
            | Effect::SaveRejects(_)
            | Effect::ListHistory(_)
            | Effect::ListVersions(_) => {
                self.waits += 1;
                self.worker.send(effect);
            }
        }
    }

    /// There are no more lines: what is not saved is kept as a draft.
    fn no_more(&mut self) -> i32 {
        let unsaved = self.model.is_unsaved();
        self.keep(0);
        if unsaved {
            print([
                "The input has ended. What was typed and not saved is kept for the next start.",
            ])
            .ok();
        }
        i32::from(unsaved)
    }

    /// A signal ends the program: what is not saved is kept as a draft.
    fn ended(&mut self, signal: i32) -> i32 {
        let unsaved = self.model.is_unsaved();
        self.keep(signal);
        let kept =
            if unsaved { " What was typed and not saved is kept for the next start." } else { "" };
        print(["", &format!("Ended.{kept}")]).ok();
        signals::exit_code(signal)
    }

    fn keep(&mut self, signal: i32) {
        self.update(Msg::Ended(signal));
    }

    /// Waits for everything that is on its way to the disk, and tells what failed.
    fn end(self, code: i32) -> i32 {
        self.worker.finish();
        let mut code = code;
        for event in self.inbox.try_iter() {
            if let Event::App(Msg::Failed(why) | Msg::NotCommitted(why)) = event {
                writeln!(io::stderr(), "tutelage: {why}").ok();
                code = code.max(1);
            }
        }
        code
    }
}

/// Prints lines: no control character, and no sign where a word will do.
fn print<'a>(lines: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", said(line))?;
    }
    out.flush()
}
