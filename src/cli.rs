//! Subcommands: each works without a screen, and all of them write through the functions that the screen uses.

pub mod alerts;
pub mod args;
pub mod backup;
pub mod check;
pub mod config;
pub mod duties;
pub mod ending;
pub mod erase;
pub mod evaluate;
pub mod exit;
pub mod export;
pub mod fit;
pub mod import;
pub mod init;
pub mod letter;
pub mod list;
pub mod manual;
pub mod module;
pub mod out;
pub mod passphrase;
pub mod plain;
pub mod policy;
pub mod record;
pub mod rules;
pub mod search;
pub mod session;
pub mod show;
pub mod signals;
pub mod who;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::CommandFactory;
use color_eyre::eyre::Result;

pub use args::Args;
use args::{Command, Common, Export, Import, Log, Scale, Screen};
use exit::{Failure, Outcome};
use out::Out;
use passphrase::Source;
use session::Session;

use crate::runtime::run::{self, Options};

/// Does what the arguments ask for; without a command it opens the screen.
///
/// # Errors
/// When the screen cannot be used.
pub fn run(args: Args) -> Result<ExitCode> {
    let Some(command) = args.command else {
        let by_lines = args.screen.plain || plain::is_set(args.common.data.as_deref());
        return match screen(args.screen, args.common) {
            Ok(options) => {
                let code = if by_lines { plain::run(options)? } else { run::run(options)? };
                Ok(u8::try_from(code).unwrap_or(u8::MAX).into())
            }
            Err(failure) => Ok(report(&failure)),
        };
    };
    let done = carry_out(command, &args.common);
    Ok(done.map_or_else(|failure| report(&failure), |()| ExitCode::SUCCESS))
}

/// What the screen has to know; it asks for a passphrase itself where no source is named.
fn screen(screen: Screen, common: Common) -> Outcome<Options> {
    let passphrase = match Source::of(common.passphrase_command.as_deref(), common.passphrase_fd) {
        Source::Prompt => None,
        source @ (Source::Command(_) | Source::Descriptor(_)) => Some(source.ask("")?),
    };
    let (demo, ascii) = (screen.demo.map(Scale::domain), screen.ascii);
    Ok(Options { data: common.data, today: common.today, demo, ascii, passphrase })
}

/// Says what went wrong, if that has not been said.
fn report(failure: &Failure) -> ExitCode {
    if !failure.sentence.is_empty() {
        writeln!(io::stderr(), "tutelage: {}", failure.sentence).ok();
    }
    failure.exit.into()
}

fn carry_out(command: Command, common: &Common) -> Outcome {
    let mut session = Session::new(common)?;
    let today = session.today();
    match command {
        Command::Completions { shell } => completions(shell, &mut session.out),
        Command::Man { folder: None } => session.out.bytes(&manual::page()),
        Command::Man { folder: Some(folder) } => manual::write(&folder),
        Command::Init(init) => init::init(&mut session, init),
        Command::List(list) => {
            let records = session.look()?.records;
            let settings = session.alert_settings_of(&records)?;
            let plan = session.plan(&records);
            let watch = (plan.as_ref(), settings);
            list::list(&records, &list, watch, today, &mut session.out)
        }
        Command::Show(show) => show::show(&mut session, &show),
        Command::Note(note) => record::note(&mut session, note),
        Command::Search(search) => search::search(&mut session, &search),
        Command::Alerts(alerts) => {
            let records = session.look()?.records;
            let settings = session.alert_settings_of(&records)?;
            let plan = session.plan(&records);
            let watch = (plan.as_ref(), settings);
            alerts::list(&records, &alerts, watch, today, &mut session.out)
        }
        Command::Letter(letter) => letter::letter(&mut session, letter),
        Command::Duties(duties) => {
            let records = session.look()?.records;
            let policy = session.policy(&records);
            duties::list(&records, policy.as_ref(), &duties, today, &mut session.out)
        }
        Command::Rules(which) => rules::rules(&mut session, &which),
        Command::Undo => record::undo(&mut session),
        Command::Redo => record::redo(&mut session),
        Command::Backup(backup) => backup::backup(&mut session, &backup),
        Command::Restore(restore) => backup::restore(&mut session, &restore),
        Command::Erase(erase) => erase::erase(&mut session, &erase),
        Command::Check => check::check(&mut session),
        Command::Config(which) => config::config(&mut session, &which),
        Command::Evaluate(which) => evaluate::evaluate(&which, &mut session.out),
        Command::Fit(which) => fit::fit(&which, &mut session.out),
        Command::Passwd(passwd) => init::passwd(&mut session, &passwd),
        Command::Import(Import::Students(import)) => import::students(&mut session, &import),
        Command::Import(Import::Signals(import)) => import::signals::signals(&mut session, &import),
        Command::Signals(which) => {
            let records = session.look()?.records;
            signals::list(&records, &which, today, &mut session.out)
        }
        Command::Module(command) => module::module(&mut session, command),
        Command::Log(Log::Meeting(meeting)) => record::meeting(&mut session, meeting),
        Command::Import(Import::Json { file, yes }) => export::from_json(&mut session, &file, yes),
        Command::Policy(command) => policy::policy(&mut session, command),
        Command::Export(Export::Json(to)) => export::to_json(&mut session, &to),
        Command::Export(Export::Csv(to)) => export::to_csv(&mut session, &to),
        Command::Export(Export::Calendar(to)) => export::to_calendar(&mut session, &to),
    }?;
    session.out.finish()
}

fn completions(shell: clap_complete::Shell, out: &mut Out) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tutelage", &mut script);
    out.bytes(&script)
}
