//! What every command starts from: where the profile is, what day it is, how to ask, where to print.

use std::{
    fs::File,
    io::{self, IsTerminal, Read, Write},
    path::Path,
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    args::Common,
    config,
    exit::{Exit, Failure, Outcome},
    out::Out,
    passphrase::Source,
};
use crate::{
    domain::{
        access::Viewer,
        alert::AlertSettings,
        change::{Change, record_id},
        id::IdSource,
        note::{Confidentiality, NoteId},
        obligation::Plan,
        policy::Policy,
        record::RecordId,
        records::Records,
        student::StudentId,
        time::Now,
        weekly,
        word::Choice,
        write::{Context, Written},
    },
    exchange::card,
    runtime::{
        clock::Clock,
        ids, packs,
        paths::{self, Paths},
        settings::Settings,
    },
    store::{Error, Look, Options, Secret, Stamp, Standing, Store},
};

/// The longest text that is read from a file or standard input.
const LONGEST_TEXT: u64 = 1024 * 1024;

/// One run of the program.
#[derive(Debug)]
pub struct Session {
    /// Where files are.
    pub paths: Paths,
    /// What time it is.
    pub clock: Clock,
    /// Where the passphrase comes from.
    pub passphrase: Source,
    /// Where to print.
    pub out: Out,
}

/// A profile, open for writing.
#[derive(Debug)]
pub struct Profile {
    /// Its disk.
    pub store: Store,
    /// What it knows.
    pub records: Records,
    now: Now,
}

/// A profile that is only looked at.
#[derive(Debug)]
pub struct Sight {
    /// What it knows.
    pub records: Records,
    /// Its disk, unless another process holds it.
    store: Option<Store>,
    now: Now,
}

impl Session {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// When the home folder is unknown.
    pub fn new(common: &Common) -> Outcome<Self> {
        paths::keep_private();
        let paths = Paths::find(common.data.as_deref()).map_err(|_| {
            Failure::new(Exit::Failed, "The home folder is unknown: name a folder with --data.")
        })?;
        Ok(Self {
            paths,
            clock: Clock::new(common.today),
            passphrase: Source::of(common.passphrase_command.as_deref(), common.passphrase_fd),
            out: Out::standard(),
        })
    }

    /// The moment.
    #[must_use]
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    /// The day that rules see.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().today()
    }

    /// From when on silence is an alert.
    ///
    /// # Errors
    /// When the settings cannot be used.
    fn alert_settings(&self) -> Outcome<AlertSettings> {
        let settings = Settings::load(&self.paths.settings)
            .map_err(|error| config::unusable(&self.paths.settings, &error))?;
        Ok(settings.alerts)
    }

    /// The same under the score card that the profile uses.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn alert_settings_of(&self, records: &Records) -> Outcome<AlertSettings> {
        let card = card::in_use(records.tuning());
        Ok(self.alert_settings()?.under(card.as_ref()))
    }

    /// The policy in use, if one was chosen; says what is wrong with the user's own pack.
    #[must_use]
    pub fn policy(&self, records: &Records) -> Option<Policy> {
        let code = &records.profile()?.policy;
        let (packs, mut faults) = packs::find(&self.paths.profile);
        let (policy, found) = packs.policy(code);
        faults.extend(found);
        tell(&faults);
        policy
    }

    /// The same, laid over the calendars.
    #[must_use]
    pub fn plan(&self, records: &Records) -> Option<Plan> {
        let policy = Arc::new(self.policy(records)?);
        Some(Plan::new(policy, records.calendars()))
    }

    /// What opens the profile; asks for the passphrase where there is one.
    ///
    /// # Errors
    /// When there is no profile, or no passphrase to be had.
    pub fn secret(&self) -> Outcome<Secret> {
        match Store::standing(&self.paths.profile)? {
            Standing::Absent => Err(Error::NoProfile.into()),
            Standing::Unprotected => Ok(Secret::None),
            Standing::Protected => Ok(Secret::Passphrase(self.passphrase.ask("Passphrase: ")?)),
        }
    }

    /// Opens the profile for writing.
    ///
    /// # Errors
    /// When it cannot be opened, or nobody has set it up.
    pub fn open(&self) -> Outcome<Profile> {
        self.open_with(&self.secret()?)
    }

    /// The same, with a secret that is known already.
    ///
    /// # Errors
    /// When it cannot be opened, or nobody has set it up.
    pub fn open_with(&self, secret: &Secret) -> Outcome<Profile> {
        let now = self.now();
        let (store, loaded) =
            Store::open(&self.paths.profile, secret, now.utc_ms, Options::default())?;
        tell(&loaded.notices);
        Ok(Profile { store, records: loaded.records, now })
    }

    /// Everything the profile knows, to look at: also while another process holds it, or the disk takes nothing.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn look(&self) -> Outcome<Sight> {
        let secret = self.secret()?;
        let (folder, now) = (&self.paths.profile, self.now());
        match Store::open(folder, &secret, now.utc_ms, Options::default()) {
            Ok((store, loaded)) => {
                tell(&loaded.notices);
                Ok(Sight { records: loaded.records, store: Some(store), now })
            }
            Err(error) => {
                let is_stuck = error.unwritable().is_some();
                if !is_stuck && !matches!(error, Error::Held(_) | Error::Newer) {
                    return Err(error.into());
                }
                let view = Store::open_read_only(folder, &secret, &Options::default())?;
                if is_stuck {
                    tell(&[Failure::from(error).sentence]);
                    tell(&view.notices);
                } else if matches!(error, Error::Newer) {
                    tell(&view.notices);
                }
                // Where another process holds it, that this is only a view changes nothing for who only looks.
                Ok(Sight { records: view.records, store: None, now })
            }
        }
    }

    /// Whether somebody can answer; what has been printed is shown first.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn can_ask(&mut self) -> Outcome<bool> {
        self.out.finish()?;
        Ok(io::stdin().is_terminal())
    }

    /// Asks a question on the terminal. Where nobody can answer, the answer is no.
    ///
    /// # Errors
    /// When the terminal cannot be used.
    pub fn agrees(&mut self, question: &str) -> Outcome<bool> {
        if !self.can_ask()? {
            return Ok(false);
        }
        let answer = ask_line(&format!("{question} [y/N] "))?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

impl Profile {
    /// What a write function starts from.
    #[must_use]
    pub const fn context<'a>(&'a self, ids: &'a mut IdSource) -> Context<'a> {
        Context { records: &self.records, now: self.now, ids }
    }

    /// Makes a change and saves it; nothing is saved when it changes nothing.
    ///
    /// # Errors
    /// What is wrong with the input, or why it could not be saved.
    pub fn write(&mut self, make: impl FnOnce(&mut Context<'_>) -> Written) -> Outcome<Change> {
        let mut ids = ids()?;
        let change = make(&mut self.context(&mut ids)).map_err(Failure::from)?;
        let change =
            weekly::carried(&self.records, change, card::in_use, self.now.today(), &mut ids);
        self.commit(&change)?;
        Ok(change)
    }

    /// Saves a change that has been made for these records.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn commit(&mut self, change: &Change) -> Outcome {
        self.store.commit(change, self.stamp()?)?;
        self.records.apply(change).map_err(|error| Failure::refused(format!("{error}.")))
    }

    /// When and by whom.
    ///
    /// # Errors
    /// When nobody has set the profile up.
    pub fn stamp(&self) -> Outcome<Stamp> {
        Ok(Stamp { utc_ms: self.now.utc_ms, author: viewer(&self.records)?.tutor })
    }
}

impl Sight {
    /// Records that these notes were read, if any of them is for its author alone.
    ///
    /// # Errors
    /// When it could not be recorded.
    pub fn record(&mut self, notes: impl IntoIterator<Item = (StudentId, NoteId)>) -> Outcome {
        let restricted = |&(student, note): &(StudentId, NoteId)| {
            let file = self.records.file(student);
            let note = file.and_then(|file| file.find(note));
            note.is_some_and(|note| note.confidentiality == Confidentiality::Restricted)
        };
        let read: Vec<RecordId> =
            notes.into_iter().filter(restricted).map(|(_, note)| record_id(note)).collect();
        let Some(store) = self.store.as_mut().filter(|_| !read.is_empty()) else { return Ok(()) };
        let author = viewer(&self.records)?.tutor;
        Ok(store.record_look(Look::Restricted, &read, Stamp { utc_ms: self.now.utc_ms, author })?)
    }
}

/// What is said when a change is saved.
#[must_use]
pub fn saved(change: &Change) -> String {
    if change.is_empty() {
        "Nothing has changed.".to_owned()
    } else {
        format!("Saved: {}.", change.label.words())
    }
}

/// Who looks: the owner of the profile.
///
/// # Errors
/// When nobody has set it up.
pub fn viewer(records: &Records) -> Outcome<Viewer> {
    let missing = "Nobody works in this profile yet: open it with `tutelage` and say who you are.";
    Viewer::of(records).ok_or_else(|| Failure::refused(missing))
}

/// New identities, never seen before.
///
/// # Errors
/// When the system gives no random numbers.
pub fn ids() -> Outcome<IdSource> {
    ids::seed().map(IdSource::new).map_err(|_| Error::Random.into())
}

/// The bytes of a file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read.
pub fn read_bytes(path: &Path) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::unread(path, &error))?;
    Ok(bytes)
}

/// A text that a person writes: from a file, or from standard input for `-`.
///
/// # Errors
/// When it cannot be read or is no text.
pub fn read_text(path: &Path) -> Outcome<String> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        if io::stdin().is_terminal() {
            remark("Write the note; Ctrl-D on a new line ends it.");
        }
        io::stdin().lock().take(LONGEST_TEXT).read_to_string(&mut text)
    } else {
        File::open(path).and_then(|file| file.take(LONGEST_TEXT).read_to_string(&mut text))
    };
    read.map(|_| text).map_err(|error| {
        if error.kind() == io::ErrorKind::InvalidData {
            return Failure::refused("This is no UTF-8 text.").about(path);
        }
        Failure::unread(path, &error)
    })
}

/// Asks for a line on the terminal, in the open.
///
/// # Errors
/// When it cannot be read.
pub fn ask_line(question: &str) -> Outcome<String> {
    let failed = |_| Failure::new(Exit::Failed, "The terminal cannot be read.");
    let mut stderr = io::stderr();
    stderr.write_all(question.as_bytes()).and_then(|()| stderr.flush()).map_err(failed)?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(failed)?;
    Ok(line.trim().to_owned())
}

/// Says something beside the output.
pub fn remark(sentence: &str) {
    writeln!(io::stderr(), "{sentence}").ok();
}

fn tell(notices: &[String]) {
    for notice in notices {
        remark(&format!("tutelage: {notice}"));
    }
}
