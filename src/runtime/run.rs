//! The loop: sleep until something happens, take all that happened, draw once.

use std::{
    io::{self, Write},
    iter,
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::Instant,
};

use chrono::NaiveDate;
use color_eyre::eyre::{Result, WrapErr};
use crossterm::{clipboard::CopyToClipboard, execute};
use rustix::{io::Errno, process};

use crate::{
    app::{Effect, Model, Msg, Start},
    runtime::{
        Event,
        clock::Clock,
        faults,
        input::Input,
        log,
        paths::{self, Paths},
        settings::Settings,
        signals,
        terminal::{self, Mouse, Reins, Terminal},
        timers::Timers,
        worker::Worker,
    },
    ui::{self, Theme},
};

/// What the command line says about the program on the screen.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Another folder than the user's own.
    pub data: Option<PathBuf>,
    /// The day that rules see, when it is not the real one.
    pub today: Option<NaiveDate>,
}

/// Runs the program on the screen until it ends; the number is its exit code.
///
/// # Errors
/// When the settings, the terminal or the threads cannot be used. The terminal is as before then.
pub fn run(options: &Options) -> Result<i32> {
    paths::keep_private();
    let paths = Paths::find(options.data.as_deref())
        .wrap_err("the home folder is unknown; name one with --data")?;
    let settings =
        Settings::load(&paths.settings).wrap_err_with(|| paths.settings.display().to_string())?;
    if settings.log {
        log::start(&paths.log)
            .wrap_err_with(|| format!("no log can be written to {}", paths.log.display()))?;
    }
    let clock = Clock::new(options.today);
    let model = Model::new(Start::default(), clock.now());
    let reins = Reins::new(if settings.mouse { Mouse::Ours } else { Mouse::Terminals })?;
    terminal::end_on_any_panic(reins.clone(), || false);
    let (events, inbox) = mpsc::channel();
    let heard = signals::watch(events.clone(), reins.clone())?;
    let terminal = Terminal::enter(&reins).wrap_err("the screen cannot be used")?;
    // From here on an error leaves through `terminal`, which puts everything back when it is dropped.
    let input = Input::start(events.clone())?;
    let timers = Timers::default();
    let theme = Theme::default();
    let mut session =
        Session { model, theme, clock, terminal, timers, inbox, heard, _input: input };
    faults::error_in("start")?;
    session.draw()?;
    let worker = Worker::start(events)?;
    let code = session.live(&worker)?;
    Ok(session.end(worker, code))
}

/// Everything the loop holds.
struct Session {
    model: Model,
    theme: Theme,
    clock: Clock,
    terminal: Terminal,
    timers: Timers,
    inbox: Receiver<Event>,
    heard: Sender<()>,
    _input: Input,
}

impl Session {
    /// Lives until something ends the program.
    fn live(&mut self, worker: &Worker) -> io::Result<i32> {
        loop {
            let first = self.next();
            let more: Vec<Event> = self.inbox.try_iter().collect();
            for event in iter::once(first).chain(more) {
                if let Some(code) = self.take(event, worker)? {
                    return Ok(code);
                }
            }
            match self.draw() {
                Err(error) if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => {
                    return Ok(self.ended(signals::GONE, worker));
                }
                drawn => drawn?,
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let Self { model, theme, terminal, .. } = self;
        let mut learnt = None;
        terminal.screen.draw(|frame| learnt = Some(ui::draw(model, theme, frame)))?;
        if let Some(screen) = learnt {
            self.model.screen = screen;
        }
        Ok(())
    }

    /// Sleeps until something happens or is due.
    fn next(&mut self) -> Event {
        let now = Instant::now();
        let received = match self.timers.wait(now) {
            None => self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(wait) => self.inbox.recv_timeout(wait),
        };
        match received {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => match self.timers.due(Instant::now()) {
                Some(timer) => Event::App(Msg::Due(timer)),
                None => Event::App(Msg::Resized),
            },
            Err(RecvTimeoutError::Disconnected) => Event::Gone,
        }
    }

    /// Takes one event; an exit code when it ends the program.
    fn take(&mut self, event: Event, worker: &Worker) -> io::Result<Option<i32>> {
        match event {
            Event::App(msg) => return self.update(msg, worker),
            Event::Signal(signal) => {
                // The signal thread stays to end the program if this does not.
                self.heard.send(()).ok();
                return Ok(Some(self.ended(signal, worker)));
            }
            Event::Gone => return Ok(Some(self.ended(signals::GONE, worker))),
            Event::Stop => {
                self.terminal.leave();
                process::kill_process(process::getpid(), process::Signal::STOP)?;
            }
            Event::Continue => self.terminal.enter_again()?,
        }
        Ok(None)
    }

    fn update(&mut self, msg: Msg, worker: &Worker) -> io::Result<Option<i32>> {
        for effect in self.model.update(msg, self.clock.now()) {
            match effect {
                Effect::Quit => return Ok(Some(0)),
                Effect::Arm(timer, after) => self.timers.arm(timer, after, Instant::now()),
                Effect::Disarm(timer) => self.timers.disarm(timer),
                Effect::Copy(text) => {
                    execute!(
                        self.terminal.screen.backend_mut(),
                        CopyToClipboard::to_clipboard_from(text.0)
                    )?;
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
                | Effect::KeepDraft(_)
                | Effect::DropDraft(_)
                | Effect::ListFolder(_)
                | Effect::ReadList(_)
                | Effect::EditOutside(_) => worker.send(effect),
            }
        }
        Ok(None)
    }

    /// Lets the model keep what it has before the program ends.
    fn ended(&mut self, signal: i32, worker: &Worker) -> i32 {
        // Nobody is there any more to see what cannot be shown.
        self.update(Msg::Ended(signal), worker).ok();
        signals::exit_code(signal)
    }

    /// Gives the terminal back, waits for everything that is on its way to the disk, and tells what failed.
    fn end(self, worker: Worker, code: i32) -> i32 {
        drop(self.terminal);
        worker.finish();
        let mut code = code;
        for event in self.inbox.try_iter() {
            if let Event::App(Msg::Failed(why)) = event {
                writeln!(io::stderr(), "tutelage: {why}").ok();
                code = code.max(1);
            }
        }
        code
    }
}
