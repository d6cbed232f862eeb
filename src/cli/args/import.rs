//! What may be typed behind `tutelage import`.

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

/// `import`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Import a tutee list: CSV, TSV, semicolons or XLSX
    Students(ImportStudents),
    /// Import attendance, online activity, submissions and marks
    Signals(ImportSignals),
    /// Import a profile that was exported as JSON
    Json {
        /// The file; - is standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Import without asking
        #[arg(long)]
        yes: bool,
    },
}

/// `import students`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "First it says what is new, changed, unchanged and rejected; nothing is written \
                        before you agree. One undo takes the whole import back."
)]
pub struct ImportStudents {
    /// The list; - is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Import without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Only say what an import would do
    #[arg(long)]
    pub dry_run: bool,
    /// Say what a column holds, such as 'Ref=student number'; an empty field leaves it out
    #[arg(long, value_name = "HEADER=FIELD")]
    pub map: Vec<String>,
    /// Which tutor of the list you are, by name, number or e-mail
    #[arg(long, value_name = "NAME")]
    pub me: Option<String>,
    /// Write the rejected rows with their reasons to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,
}

/// `import signals`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Known are the grade book, log, participants and attendance of Moodle, attendance \
                        reports of Teams, Turnitin, attendance lists, Canvas, SITS marks, and any \
                        list once --map says its columns. Only your students get records. First it \
                        says what it would do; nothing is written before you agree. One undo takes \
                        the whole import back.\n\nFields of --map: student number, e-mail, name, \
                        first name, family name, module, date, active online, attendance, \
                        session, sessions expected, sessions attended, piece of work, handed in, \
                        mark, marked out of, rating, repeats the module. Only a mark may have \
                        several columns: each is a piece of work."
)]
pub struct ImportSignals {
    /// The files; - is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Code of the module, where a file does not say it; an empty one is the programme as a whole
    #[arg(long, value_name = "CODE")]
    pub module: Option<String>,
    /// First day of a new module, such as "28 Sep"
    #[arg(long, value_name = "DAY")]
    pub starts: Option<String>,
    /// The day the file was made, where it does not say so
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// When a piece of work is due
    #[arg(long, value_name = "PIECE=DAY")]
    pub due: Vec<String>,
    /// How many percent of the module a piece of work counts
    #[arg(long, value_name = "PIECE=PERCENT")]
    pub weight: Vec<String>,
    /// The most that a piece of work can be marked with
    #[arg(long, value_name = "PIECE=POINTS")]
    pub out_of: Vec<String>,
    /// What the piece of work is called that the file is about
    #[arg(long, value_name = "NAME")]
    pub piece: Option<String>,
    /// What a file of one session does not say.
    #[command(flatten)]
    pub session: SaidSession,
    /// Say what a column holds, such as 'Logins=active online'; an empty field leaves it out
    #[arg(long, value_name = "HEADER=FIELD")]
    pub map: Vec<String>,
    /// Say who somebody is, by student number; none is nobody of yours
    #[arg(long, value_name = "NAME=NUMBER")]
    pub choose: Vec<String>,
    /// Import without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Only say what an import would do
    #[arg(long)]
    pub dry_run: bool,
    /// Write the rejected rows with their reasons to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,
}

/// What a file of one session, or of some people, does not say of it.
#[derive(Debug, clap::Args)]
pub struct SaidSession {
    /// How many minutes of a session somebody must have stayed to have come
    #[arg(long, value_name = "N")]
    pub minutes: Option<u16>,
    /// Everyone was to come to the session, or a log is of everybody on the module: who is not named was absent, or not online
    #[arg(long)]
    pub everyone: bool,
    /// The session was a compulsory tutorial
    #[arg(long)]
    pub compulsory: bool,
}
