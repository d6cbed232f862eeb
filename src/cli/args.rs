//! What may be typed behind `tutelage`: subcommands, options and the words of `--help`.

mod backup;
mod calendar;
mod erase;
mod evaluate;
mod import;
mod letter;
mod module;
mod policy;
mod rules;
mod screen;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use super::exit;
use crate::domain::demo;

pub use backup::{Backup, Restore};
pub use calendar::{ExportCalendar, Told};
pub use erase::Erase;
pub use evaluate::{Evaluate, Fit, LeaveOut};
pub use import::{Import, ImportSignals, ImportStudents};
pub use letter::{Letter, LetterCommand, LetterMerge, LetterOne};
pub use module::{Module, ModuleEdit};
pub use policy::Policy;
pub use rules::{Change, Rules, Weeks};
pub use screen::Screen;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "tutelage", version)]
#[command(about = "Personal tutoring in the terminal. Without a command it opens the screen.")]
#[command(after_help = exit::TABLE, disable_help_subcommand = true)]
#[command(max_term_width = 80, subcommand_value_name = "COMMAND")]
pub struct Args {
    /// What the screen has to know.
    #[command(flatten)]
    pub screen: Screen,
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Common {
    /// Folder of the profile, instead of the one in your data folder
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// Day to take for today, such as 2026-11-21
    #[arg(long, value_name = "DATE", global = true)]
    pub today: Option<NaiveDate>,
    /// Command that prints the passphrase, such as "pass tutelage"
    #[arg(long, value_name = "CMD", global = true, value_hint = ValueHint::CommandString)]
    pub passphrase_command: Option<String>,
    /// Open file descriptor to read the passphrase from
    #[arg(long, value_name = "N", global = true, conflicts_with = "passphrase_command")]
    pub passphrase_fd: Option<u32>,
}

/// How much the demo holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scale {
    /// 28 tutees of one tutor.
    Tutor,
    /// 1,500 students of 60 tutors.
    School,
    /// 50,000 students of 2,000 tutors.
    University,
}

impl Scale {
    /// The scale of the generator.
    #[must_use]
    pub const fn domain(self) -> demo::Scale {
        match self {
            Self::Tutor => demo::Scale::Tutor,
            Self::School => demo::Scale::School,
            Self::University => demo::Scale::University,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a profile
    Init(Init),
    /// Import a tutee list, signals, or a profile exported as JSON
    #[command(subcommand)]
    Import(Import),
    /// List how far each source of signals knows
    Signals(Signals),
    /// List and edit the modules that signals are about
    #[command(subcommand)]
    Module(Module),
    /// List the tutees
    List(List),
    /// Show everything about one student
    Show(Show),
    /// Record what happened
    #[command(subcommand)]
    Log(Log),
    /// Write a note about a student; its text comes from standard input
    Note(Note),
    /// Write a letter from its template
    Letter(Letter),
    /// Search names, notes and everything else
    Search(Search),
    /// List who needs a word, and why
    Alerts(Alerts),
    /// List how right the rules of the alerts have been, or change them
    Rules(Rules),
    /// List what the policy asks of tutors
    Duties(Duties),
    /// Take the last change back
    Undo,
    /// Do the change again that was taken back last
    Redo,
    /// Export the profile
    #[command(subcommand)]
    Export(Export),
    /// Read, check and compare the policies of universities
    #[command(subcommand)]
    Policy(Policy),
    /// Say how right the score of the alerts is, on past students
    Evaluate(Evaluate),
    /// Fit a score card to your own past students, to review
    Fit(Fit),
    /// Write everything into one sealed file
    Backup(Backup),
    /// Make a profile of a backup
    Restore(Restore),
    /// Erase a student and everything about them for good
    Erase(Erase),
    /// Verify every record, the counts, the journal and the snapshots
    Check,
    /// Change the passphrase, and have a new recovery code
    Passwd(Passwd),
    /// Print a sample of the settings, or check those there are
    Config(Config),
    /// Print the completions for a shell
    Completions {
        /// Shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// Write one page per command into this folder instead
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
}

/// `init`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The passphrase is asked for twice. The recovery code is shown once: keep it on \
                        paper. Whoever has neither can never read the profile again."
)]
pub struct Init {
    /// Your name, with title
    #[arg(long)]
    pub name: Option<String>,
    /// What you are
    #[arg(long, value_enum, default_value = "tutor")]
    pub role: RoleName,
    /// Your school
    #[arg(long, default_value = "", hide_default_value = true)]
    pub school: String,
    /// Your institution
    #[arg(long, default_value = "", hide_default_value = true)]
    pub institution: String,
    /// Whose tutoring policy runs: leicester, ljmu, essex, leeds, westminster
    #[arg(long, value_name = "CODE")]
    pub policy: Option<String>,
    /// Seal without a passphrase: whoever reads the disk reads the records
    #[arg(long, conflicts_with_all = ["passphrase_command", "passphrase_fd"])]
    pub no_passphrase: bool,
}

/// A role, as it is written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// A personal tutor.
    Tutor,
    /// A senior tutor of a school.
    SeniorTutor,
}

/// `config`
#[derive(Debug, clap::Args)]
#[command(after_help = "The settings are the file config.toml; none is needed.")]
pub struct Config {
    /// Print every setting and every key with its usual value
    #[arg(long, conflicts_with = "check")]
    pub sample: bool,
    /// Say what is wrong with this file, or with the one the program reads
    #[arg(long, value_name = "FILE", num_args = 0..=1, value_hint = ValueHint::FilePath)]
    pub check: Option<Option<PathBuf>>,
}

/// `list`
#[derive(Debug, clap::Args)]
pub struct List {
    /// Only those whose name, number or programme has these words
    pub text: Vec<String>,
    /// Only the tutees of this tutor
    #[arg(long)]
    pub tutor: Option<String>,
    /// Everybody, also other tutors' tutees and those who have left
    #[arg(long, conflicts_with = "tutor")]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `show`
#[derive(Debug, clap::Args)]
pub struct Show {
    /// Student number, or a part of the name that only one has
    pub student: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `log`
#[derive(Debug, Subcommand)]
pub enum Log {
    /// Record a meeting; with several students it is a group meeting
    Meeting(LogMeeting),
}

/// `log meeting`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A line \"- [ ] Aisha: book a workshop by 20 Oct\" in the note becomes an action."
)]
pub struct LogMeeting {
    /// Student number, or a part of the name that only one has
    #[arg(required = true)]
    pub student: Vec<String>,
    /// Day, such as "12 Oct" or yesterday
    #[arg(long, value_name = "DATE", default_value = "today")]
    pub on: String,
    /// Time, such as 14:30
    #[arg(long, value_name = "TIME", default_value = "", hide_default_value = true)]
    pub at: String,
    /// How long it took
    #[arg(long, value_name = "N", default_value = "30")]
    pub minutes: String,
    /// in person, online or phone
    #[arg(long, default_value = "in person")]
    pub mode: String,
    /// Room or link
    #[arg(long, default_value = "", hide_default_value = true)]
    pub place: String,
    /// What it was about; of a group nothing about a person
    #[arg(long, default_value = "", hide_default_value = true)]
    pub focus: String,
    /// held (or planned, on a day to come), missed with notice, missed without notice, cancelled or rescheduled
    #[arg(long, default_value = "", hide_default_value = true)]
    pub outcome: String,
    /// Who of a group was not there, without notice; once for each
    #[arg(long, value_name = "STUDENT")]
    pub missed: Vec<String>,
    /// File with the text of the note; - is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub note: Option<PathBuf>,
    /// Who may see the note: fact only, shared with student, tutor and senior tutor, or restricted to author
    #[arg(long, value_name = "WHO")]
    pub confidentiality: Option<String>,
}

/// `note`
#[derive(Debug, clap::Args)]
pub struct Note {
    /// Student number, or a part of the name that only one has
    pub student: String,
    /// The day it speaks of
    #[arg(long, value_name = "DATE", default_value = "today")]
    pub on: String,
    /// Who may see it: fact only, shared with student, tutor and senior tutor, or restricted to author
    #[arg(long, value_name = "WHO")]
    pub confidentiality: Option<String>,
    /// What it is for: discussion and actions, evidence of engagement, or referral advice
    #[arg(long, default_value = "discussion and actions", hide_default_value = true)]
    pub part: String,
}

/// `signals`
#[derive(Debug, clap::Args)]
pub struct Signals {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `search`
#[derive(Debug, clap::Args)]
pub struct Search {
    /// Words that all must be there
    #[arg(required = true)]
    pub text: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `duties`
#[derive(Debug, clap::Args)]
pub struct Duties {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `alerts`
#[derive(Debug, clap::Args)]
pub struct Alerts {
    /// Print all, past the first few of each tutor, and those that somebody quietened
    #[arg(long)]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// `export`
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Everything, so that `import json` reads it back equal
    Json(ExportTo),
    /// The tutees, one a row, for a spreadsheet
    Csv(ExportCsv),
    /// What is to come, for your own calendar (.ics)
    Calendar(ExportCalendar),
}

/// `export json`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The file can be read by anybody who gets it. The export is recorded in the \
                        journal; restricted notes of other authors stay out."
)]
pub struct ExportTo {
    /// The file to write; - is standard output
    #[arg(default_value = "-", hide_default_value = true, value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
}

/// `export csv`
#[derive(Debug, clap::Args)]
pub struct ExportCsv {
    /// Where to.
    #[command(flatten)]
    pub to: ExportTo,
    /// Write every table into this folder instead, one file for each kind of record
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub tables: Option<PathBuf>,
}

/// `passwd`
#[derive(Debug, clap::Args)]
pub struct Passwd {
    /// Use the recovery code in place of the present passphrase
    #[arg(long)]
    pub recovery: bool,
    /// Command that prints the new passphrase
    #[arg(long, value_name = "CMD", value_hint = ValueHint::CommandString)]
    pub new_passphrase_command: Option<String>,
    /// Open file descriptor to read the new passphrase from
    #[arg(long, value_name = "N", conflicts_with = "new_passphrase_command")]
    pub new_passphrase_fd: Option<u32>,
}
