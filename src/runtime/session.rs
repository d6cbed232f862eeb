//! The loop: sleep until something happens, take all that happened, draw once.

use std::{
    io::{self, Write},
    mem,
    process::ExitStatus,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use rustix::{io::Errno, process};

use crate::{
    app::{
        Effect, Model, Msg,
        msg::{Private, Timer},
    },
    runtime::{
        Event,
        clock::Clock,
        editor::Outside,
        input::Input,
        look::Look,
        signals::{self, Watch},
        terminal::Terminal,
        timers::Timers,
        worker::Worker,
    },
    ui::{self, Theme, theme::Rgb},
};

/// A flood of events is drawn at least so often.
const LONGEST_BATCH: Duration = Duration::from_millis(50);

/// So long a start waits for the first page before it draws an empty frame; the page takes a few milliseconds.
const BARE: Duration = Duration::from_millis(40);

/// A terminal that has not told its background after so long is not what it was the last time.
const MUTE: Duration = Duration::from_secs(1);

/// What connects the loop with the other threads.
#[derive(Debug)]
pub struct Wires {
    /// Into the loop.
    pub events: Sender<Event>,
    /// Out of it.
    pub inbox: Receiver<Event>,
    /// The signal thread.
    pub signals: Watch,
    /// The input thread.
    pub input: Input,
    /// The worker thread.
    pub worker: Worker,
}

/// The program while it lives.
#[derive(Debug)]
pub struct Session {
    model: Model,
    look: Look,
    theme: Theme,
    clock: Clock,
    terminal: Terminal,
    wires: Wires,
    timers: Timers,
    /// What the terminal has said of its background, or says as far as is known.
    ground: Option<Rgb>,
    /// Until when nothing is drawn while there is nothing to show.
    bare: Option<Instant>,
    /// It has said so.
    heard: bool,
    /// Until when the terminal has to say that its background is as it was.
    recalled: Option<Instant>,
    outside: Option<Outside>,
    /// After so long without a key the program locks.
    idle_lock: Duration,
    /// The profile goes with the program.
    has_demo: bool,
}

/// Draws the model, lets it know what the drawing learnt, and answers what it wants then.
///
/// # Errors
/// When the terminal takes nothing more.
pub fn draw(model: &mut Model, theme: &Theme, terminal: &mut Terminal) -> io::Result<Vec<Effect>> {
    let mut learnt = None;
    terminal.draw(|frame, memory| learnt = Some(ui::draw_again(model, theme, frame, memory)))?;
    Ok(learnt.map(|screen| model.drawn(screen)).unwrap_or_default())
}

impl Session {
    /// A session at its start.
    #[must_use]
    pub fn new(model: Model, look: Look, clock: Clock, terminal: Terminal, wires: Wires) -> Self {
        let theme = look.theme(None);
        Self {
            model,
            look,
            theme,
            clock,
            terminal,
            wires,
            timers: Timers::default(),
            ground: None,
            bare: None,
            heard: false,
            recalled: None,
            outside: None,
            idle_lock: Duration::ZERO,
            has_demo: false,
        }
    }

    /// Locks after so long without a key; the model counts, but not while an editor is at work.
    #[must_use]
    pub fn locking(mut self, idle_lock: Duration) -> Self {
        self.idle_lock = idle_lock;
        self
    }

    /// Whether the profile is a demo, whose folder is taken away at the end.
    #[must_use]
    pub fn of_demo(mut self, has_demo: bool) -> Self {
        self.has_demo = has_demo;
        self
    }

    /// Lives until something ends the program; the number is the exit code.
    ///
    /// # Errors
    /// When the terminal fails in another way than by being gone.
    pub fn live(&mut self) -> io::Result<i32> {
        self.bare = Instant::now().checked_add(BARE);
        loop {
            let mut event = Some(self.next());
            let deadline = Instant::now() + LONGEST_BATCH;
            while let Some(happened) = event {
                if let Some(code) = self.take(happened)? {
                    return Ok(code);
                }
                let early = Instant::now() < deadline;
                event = if early { self.wires.inbox.try_recv().ok() } else { None };
            }
            if !self.terminal.is_ours() || self.is_bare() {
                continue;
            }
            match draw(&mut self.model, &self.theme, &mut self.terminal) {
                Err(error) if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => {
                    return Ok(self.ended(signals::GONE));
                }
                drawn => {
                    for effect in drawn? {
                        self.carry_out(effect)?;
                    }
                }
            }
        }
    }

    /// Whether there is nothing to show yet, and reason to wait for it.
    fn is_bare(&mut self) -> bool {
        let waits = self.bare.is_some_and(|until| Instant::now() < until);
        let is_bare = waits && self.model.opening.is_none() && self.model.is_opening();
        if !is_bare {
            self.bare = None;
        }
        is_bare
    }

    /// Sleeps until something happens or is due.
    fn next(&mut self) -> Event {
        let now = Instant::now();
        let own = self.bare.into_iter().chain(self.recalled).min();
        let own = own.map(|until| until.saturating_duration_since(now));
        let received = match self.timers.wait(now).into_iter().chain(own).min() {
            None => self.wires.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(wait) => self.wires.inbox.recv_timeout(wait),
        };
        match received {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => {
                let now = Instant::now();
                if self.recalled.take_if(|until| *until <= now).is_some() {
                    self.stand_on(None);
                }
                let timer = self.timers.due(now);
                // A deadline of our own needs no more than another picture.
                timer.map_or(Event::Done, |timer| Event::App(Msg::Due(timer)))
            }
            Err(RecvTimeoutError::Disconnected) => Event::Gone,
        }
    }

    /// Draws for another background from now on.
    fn stand_on(&mut self, ground: Option<Rgb>) {
        if self.ground != ground {
            self.ground = ground;
            self.theme = self.look.theme(ground);
        }
    }

    /// Takes one event; an exit code when it ends the program.
    fn take(&mut self, event: Event) -> io::Result<Option<i32>> {
        if let Some(signal) = self.wires.signals.ending() {
            self.wires.signals.answer();
            return Ok(Some(self.ended(signal)));
        }
        match event {
            Event::App(msg) => return self.update(msg),
            Event::Gone => return Ok(Some(self.ended(signals::GONE))),
            Event::Stop => {
                self.terminal.leave();
                process::kill_process(process::getpid(), process::Signal::STOP)?;
            }
            Event::Continue if self.outside.is_some() => {}
            Event::Continue => {
                self.terminal.enter_again()?;
                self.ask()?;
            }
            Event::Ground(ground) => {
                (self.recalled, self.heard) = (None, true);
                self.stand_on(Some(ground));
            }
            Event::Recalled(ground) if !self.heard => {
                self.recalled = Instant::now().checked_add(MUTE);
                self.stand_on(Some(ground));
            }
            Event::Signal | Event::Line(_) | Event::Done | Event::Recalled(_) => {}
            Event::Turned => self.ask()?,
            Event::Holds => self.terminal.hold_pictures(),
            Event::EditorEnded(status) => self.ended_outside(status)?,
        }
        Ok(None)
    }

    /// Asks the terminal what changes how it is drawn to, if anything does. Nobody waits for the answers.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn ask(&mut self) -> io::Result<()> {
        if self.look.wants_ground() {
            self.terminal.ask_ground()?;
        }
        if self.look.wants_hold() { self.terminal.ask_hold() } else { Ok(()) }
    }

    fn update(&mut self, msg: Msg) -> io::Result<Option<i32>> {
        for effect in self.model.update(msg, self.clock.now()) {
            if effect == Effect::Quit {
                return Ok(Some(0));
            }
            self.carry_out(effect)?;
        }
        Ok(None)
    }

    /// Does what the model wants, here or through the worker.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn carry_out(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Quit => {}
            Effect::Arm(timer, after) => self.timers.arm(timer, after, Instant::now()),
            Effect::Disarm(timer) => self.timers.disarm(timer),
            Effect::Copy(text) if self.look.copies() => {
                self.terminal.copy(&text.0)?;
                if let Some(sentence) = self.look.copied() {
                    self.wires.events.send(Event::App(Msg::Told(sentence.into()))).ok();
                }
            }
            Effect::Copy(text) => {
                self.wires.events.send(Event::App(Msg::NotCopied(text))).ok();
            }
            Effect::EditOutside(text) => self.edit(&text.0)?,
            Effect::KeepFirstPage(mut wanted) => {
                wanted.ground = self.ground;
                self.wires.worker.send(Effect::KeepFirstPage(wanted));
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
            | Effect::CheckDisk
            | Effect::DropDraft(_)
            | Effect::RecordLook(_)
            | Effect::ListFolder(_)
            | Effect::ListHistory(_)
            | Effect::ListVersions(_)
            | Effect::ReadList(_)
            | Effect::Search(_)
            | Effect::PlanImport(_)
            | Effect::Import(_)
            | Effect::PlanSignals(_)
            | Effect::LetOut(_)
            | Effect::SaveRejects(_) => self.wires.worker.send(effect),
        }
        Ok(())
    }

    /// Gives text and terminal to the user's own editor; the loop goes on meanwhile, without pictures.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        self.wires.input.park();
        self.terminal.lend();
        match Outside::start(text, self.wires.events.clone()) {
            Ok(outside) => {
                // Somebody is at work, though not with us.
                self.timers.disarm(Timer::Idle);
                self.outside = Some(outside);
                Ok(())
            }
            Err(error) => self.take_back(Err(error.to_string())),
        }
    }

    fn ended_outside(&mut self, status: io::Result<ExitStatus>) -> io::Result<()> {
        let Some(outside) = self.outside.take() else { return Ok(()) };
        let text = outside.text(status).map(Private).map_err(|error| error.to_string());
        drop(outside);
        self.take_back(text)
    }

    fn take_back(&mut self, text: Result<Private, String>) -> io::Result<()> {
        self.terminal.enter_again()?;
        self.wires.input.resume();
        self.ask()?;
        if !self.idle_lock.is_zero() {
            self.timers.arm(Timer::Idle, self.idle_lock, Instant::now());
        }
        self.wires.events.send(Event::App(Msg::Edited(text))).ok();
        Ok(())
    }

    /// Lets the model keep what it has before a signal ends the program.
    pub fn ended(&mut self, signal: i32) -> i32 {
        if let Some(outside) = self.outside.take() {
            outside.stop();
        }
        // Nobody is there any more to see what cannot be shown.
        self.update(Msg::Ended(signal)).ok();
        signals::exit_code(signal)
    }

    /// Gives the terminal back, waits for everything that is on its way to the disk, and tells what failed. A profile
    /// that is still being opened keeps nobody.
    #[must_use]
    pub fn end(self, code: i32) -> i32 {
        drop(self.terminal);
        let Wires { inbox, worker, signals, .. } = self.wires;
        // What is still being opened has nothing to save, and a repair that is cut short is done by the next start.
        if self.has_demo || !self.model.is_opening() {
            worker.finish();
        }
        // A school is not taken apart student by student: that would keep whoever leaves for as long as loading did.
        mem::forget(self.model);
        let mut code = code;
        for event in inbox.try_iter() {
            if let Event::App(Msg::Failed(why) | Msg::NotCommitted(why)) = event {
                writeln!(io::stderr(), "tutelage: {why}").ok();
                code = code.max(1);
            }
        }
        drop(signals);
        code
    }
}
