//! `erase`.

/// `erase`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "All records of the student are deleted and their key is destroyed: they cannot be read any more in the \
                  database, its journal or drafts about the student alone, by anybody, and undo does not bring them back. \
                  Group meetings stay for the others, and so do drafts about several students until they are saved or \
                  given up. A student who was deleted is brought back by undo first, and then erased.\n\n\
                  What this cannot reach: files that were exported, and backups that you made before, which a restore \
                  beside this profile leaves the student out of and another machine does not. The automatic snapshots made \
                  before keep the records, sealed, for at most twelve months; what is brought back from them leaves the \
                  student out."
)]
pub struct Erase {
    /// Student number, or a part of the name that only one has
    pub student: String,
    /// Erase without asking
    #[arg(short, long)]
    pub yes: bool,
}
