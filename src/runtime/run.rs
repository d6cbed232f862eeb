//! The program on the screen, from its settings to its exit code.

use std::{path::PathBuf, sync::mpsc};

use chrono::NaiveDate;
use color_eyre::eyre::{Result, WrapErr};
use zeroize::Zeroizing;

use crate::{
    app::{Effect, LockAfter, Model, Start},
    domain::demo::Scale,
    runtime::{
        clock::Clock,
        demo, faults,
        first_page::Pages,
        ids,
        input::Input,
        keeper::Keeper,
        log,
        look::Look,
        paths::{self, Paths},
        session::{Session, Wires},
        settings::Settings,
        signals,
        terminal::{self, Mouse, Reins, Taken, Terminal},
        worker::Worker,
    },
    store,
};

/// What the command line says about the program on the screen.
#[derive(Clone, Default)]
pub struct Options {
    /// Another folder than the user's own.
    pub data: Option<PathBuf>,
    /// The day that rules see, when it is not the real one.
    pub today: Option<NaiveDate>,
    /// A demo instead of a profile.
    pub demo: Option<Scale>,
    /// Frames and signs are to be ASCII alone.
    pub ascii: bool,
    /// What opens the profile, when a command or a file descriptor gave it.
    pub passphrase: Option<Zeroizing<String>>,
}

/// What every way of running the program begins with.
pub struct Ready {
    /// What the user has set.
    pub settings: Settings,
    /// The clock.
    pub clock: Clock,
    /// What a model starts from.
    pub start: Start,
    /// Who keeps the profile.
    pub keeper: Keeper,
}

impl Options {
    /// Reads the settings, begins the log if there is to be one, and says whose profile it is; nothing is opened yet.
    ///
    /// # Errors
    /// When the home folder is unknown, the settings cannot be used, or a log or demo cannot be made.
    pub fn ready(self) -> Result<Ready> {
        paths::keep_private();
        let paths = Paths::find(self.data.as_deref())
            .wrap_err("the home folder is unknown; name one with --data")?;
        let settings = Settings::load(&paths.settings)
            .wrap_err_with(|| paths.settings.display().to_string())?;
        if settings.log {
            log::start(&paths.log)
                .wrap_err_with(|| format!("no log can be written to {}", paths.log.display()))?;
        }
        let clock = Clock::new(self.today);
        let start = Start {
            seed: ids::seed()?,
            keymap: settings.keymap.clone(),
            lock_after: LockAfter(settings.idle_lock),
            alerts: settings.alerts,
            tips: settings.tips,
        };
        let keeper = match self.demo {
            Some(scale) => demo::make(scale, clock)?,
            None => Keeper::new(paths.profile, clock).with_passphrase(self.passphrase),
        };
        Ok(Ready { settings, clock, start, keeper })
    }
}

/// Runs the program on the screen until it ends; the number is its exit code.
///
/// # Errors
/// When the settings, the terminal or the threads cannot be used. The terminal is as before then.
pub fn run(options: Options) -> Result<i32> {
    // Before a large demo is made for nobody.
    terminal::require().wrap_err("the screen cannot be used")?;
    let (ascii, has_demo) = (options.ascii, options.demo.is_some());
    let Ready { settings, clock, start, keeper } = options.ready()?;
    let look = Look::new(&settings, ascii);
    let reins = Reins::new(if settings.mouse { Mouse::Ours } else { Mouse::Terminals })?;
    terminal::end_on_any_panic(reins.clone(), store::is_opening);
    let (events, inbox) = mpsc::channel();
    let signals = signals::watch(events.clone(), reins.clone())?;
    let taken = Taken::take(&reins).wrap_err("the screen cannot be used")?;
    // From here on an error or a panic leaves through `taken`, which puts everything back. The first page is on its way
    // while all that it is drawn with is made.
    let pages = Pages::new(start.clone(), look.clone(), events.clone());
    let worker = Worker::start(keeper.with_pages(pages), events.clone())?;
    worker.send(Effect::Open);
    let terminal = Terminal::on(taken).wrap_err("the screen cannot be used")?;
    let input = Input::start(events.clone())?;
    faults::error_in("start")?;
    let model = Model::new(start, clock.now());
    let wires = Wires { events, inbox, signals, input, worker };
    let session = Session::new(model, look, clock, terminal, wires);
    let mut session = session.locking(settings.idle_lock).of_demo(has_demo);
    session.ask()?;
    let lived = session.live();
    // Who is thrown out is not to lose what was typed.
    let code = lived.as_ref().map_or_else(|_| session.ended(signals::GONE), |code| *code);
    let code = session.end(code);
    lived?;
    Ok(code)
}
