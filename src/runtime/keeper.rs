//! The open profile on the worker's side: store calls in, messages for the model out.

mod backup;
mod first_page;
mod journal;
mod letters;
mod passphrase;
mod reopening;
mod snapshot;
mod view;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;
use zeroize::Zeroizing;

use self::first_page::FirstPages;
use crate::{
    app::msg::{Access, Committed, Holder, How, Msg, NewProfile, NotOpened, Opened, Private},
    domain::{
        change::Change,
        demo::{Demo, Scale},
        draft::{Draft, DraftId},
        id::Id,
        record::{Owner, Record},
        records::Records,
        tutor::TutorId,
    },
    exchange::card,
    runtime::{clock::Clock, faults, files::reason, packs},
    store::{self, Error, Loaded, Options, RecoveryCode, Secret, Sight, Stamp, Standing, Store},
};

/// The author of changes before the first one says who that is.
const NOBODY: TutorId = TutorId::from_bytes([0; 16]);

/// The profile, open or not.
#[derive(Debug)]
pub struct Keeper {
    folder: PathBuf,
    clock: Clock,
    open: Option<Open>,
    /// Who held the profile when it was asked for.
    holder: Option<Holder>,
    /// Where a demo lives; gone with the program.
    demo: Option<TempDir>,
    /// What a command or file descriptor gave for the first opening, or what was typed for a profile that is
    /// held: whoever then only looks, or tries again, is not asked once more.
    given: Option<Private>,
    /// What is to be told before the next answer.
    news: Option<Msg>,
    /// The first page, where there is a screen to show it.
    pages: FirstPages,
    /// How many MiB were free when that was told as too little.
    short: Option<u64>,
}

/// What is needed to write.
#[derive(Debug)]
struct Open {
    store: Store,
    author: TutorId,
}

impl Keeper {
    /// A keeper of the profile in the folder; nothing is opened yet.
    #[must_use]
    pub fn new(folder: PathBuf, clock: Clock) -> Self {
        Self {
            folder,
            clock,
            open: None,
            holder: None,
            demo: None,
            given: None,
            news: None,
            pages: FirstPages::default(),
            short: None,
        }
    }

    /// The same, with a passphrase for the first opening.
    #[must_use]
    pub fn with_passphrase(self, given: Option<Zeroizing<String>>) -> Self {
        Self { given: given.map(|given| Private(given.to_string())), ..self }
    }

    /// Opens a profile without a passphrase; says when it has one, or when there is none.
    pub fn open(&mut self) -> Msg {
        match (Store::standing(&self.folder), self.given.take()) {
            (Ok(Standing::Absent), _) => Msg::NotOpened(NotOpened::Missing),
            (Ok(Standing::Protected), Some(given)) => self.unlock(given),
            (Ok(Standing::Protected), None) => Msg::NotOpened(NotOpened::Sealed),
            (Ok(Standing::Unprotected), _) => self.open_with(&Secret::None),
            (Err(error), _) => Msg::NotOpened(NotOpened::Failed(sentence(&error))),
        }
    }

    /// Opens or unlocks with what the user typed: the passphrase or the recovery code.
    pub fn unlock(&mut self, typed: Private) -> Msg {
        let answer = self.unlock_with(&Zeroizing::new(typed.0.clone()));
        if matches!(answer, Msg::NotOpened(NotOpened::Held(_))) {
            self.given = Some(typed);
        }
        answer
    }

    fn unlock_with(&mut self, typed: &Zeroizing<String>) -> Msg {
        if let Ok(code) = RecoveryCode::parse(typed) {
            let opened = self.open_with(&Secret::Recovery(code));
            if !matches!(opened, Msg::NotOpened(NotOpened::WrongPassphrase)) {
                return opened;
            }
        }
        self.open_with(&Secret::Passphrase(typed.clone()))
    }

    fn open_with(&mut self, secret: &Secret) -> Msg {
        let now = self.clock.now();
        if let Some(open) = &mut self.open {
            let stamp = Stamp { utc_ms: now.utc_ms, author: open.author };
            return match open.store.unlock_anew(secret, stamp) {
                Ok(loaded) => opened(&self.folder, &open.store, loaded, None),
                Err(error) => Msg::NotOpened(refusal(&error)),
            };
        }
        let (folder, pages) = (&self.folder, &mut self.pages);
        let mut show = |seen: Sight<'_>| pages.show(seen, folder, now.today());
        match Store::open_showing(folder, secret, now.utc_ms, faults::options(), &mut show) {
            Ok((store, loaded)) => {
                let author = author(&loaded.records);
                let opened = opened(&self.folder, &store, loaded, None);
                self.open = Some(Open { store, author });
                opened
            }
            Err(Error::Held(holder)) => {
                let holder = self.named(&holder);
                self.holder = Some(holder.clone());
                Msg::NotOpened(NotOpened::Held(holder))
            }
            Err(error) => self.look_instead(secret, &error),
        }
    }

    /// Makes the profile with its first change, and opens it.
    pub fn create(&mut self, new: NewProfile) -> Msg {
        let secret = new
            .passphrase
            .map_or(Secret::None, |typed| Secret::Passphrase(Zeroizing::new(typed.0)));
        let folder = self.folder.clone();
        self.make(&folder, &secret, std::iter::once(new.change))
            .unwrap_or_else(|error| Msg::NotOpened(NotOpened::Failed(sentence(&error))))
    }

    fn make(
        &mut self,
        folder: &Path,
        secret: &Secret,
        changes: impl Iterator<Item = Change>,
    ) -> store::Result<Msg> {
        let utc_ms = self.clock.now().utc_ms;
        let (mut store, code) = Store::create(folder, secret, utc_ms, Options::default())?;
        let mut records = Records::default();
        for change in changes {
            records.apply(&change).map_err(|_| Error::Stale)?;
            store.commit(&change, Stamp { utc_ms, author: author(&records) })?;
        }
        let author = author(&records);
        let loaded = Loaded { records, notices: Vec::new() };
        let opened = opened(folder, &store, loaded, code.as_ref());
        self.open = Some(Open { store, author });
        Ok(opened)
    }

    /// Makes a demo in a folder of its own, which goes with the program.
    pub fn demo(&mut self, scale: Scale) -> Msg {
        let folder = match tempfile::Builder::new().prefix("tutelage-demo-").tempdir() {
            Ok(folder) => folder,
            Err(error) => {
                return Msg::Failed(format!("No folder can be made for the demo: {error}."));
            }
        };
        self.folder = folder.path().join("profile");
        self.demo = Some(folder);
        let demo = Demo::new(scale, self.clock.now().today()).judged(card::default_card());
        self.make(&self.folder.clone(), &Secret::None, demo.changes()).unwrap_or_else(|error| {
            Msg::Failed(format!("The demo cannot be made. {}", sentence(&error)))
        })
    }

    /// A keeper of a demo in a folder of its own, not opened yet.
    ///
    /// # Errors
    /// A sentence.
    pub fn of_demo(clock: Clock, changes: impl Iterator<Item = Change>) -> Result<Self, String> {
        let folder = tempfile::Builder::new()
            .prefix("tutelage-demo-")
            .tempdir()
            .map_err(|error| format!("no folder can be made for the demo: {error}"))?;
        let mut keeper = Self::new(folder.path().join("profile"), clock);
        keeper
            .make(&keeper.folder.clone(), &Secret::None, changes)
            .map_err(|error| format!("the demo cannot be made: {error}"))?;
        Ok(Self { demo: Some(folder), open: None, ..keeper })
    }

    /// Saves a change; a quiet one without a word.
    pub fn commit(&mut self, mut change: Change) -> Msg {
        if change.label.is_quiet() {
            return self.commit_quietly(change);
        }
        let reopened = self.reopen_if_dead();
        let saved = reopened.and_then(|reopened| {
            if let Some(records) = reopened {
                reopening::move_upon(&mut change, &records);
            }
            self.write(|store, stamp| {
                store.commit(&change, stamp)?;
                Ok(change)
            })
        });
        match saved {
            Ok(change) => Msg::Committed(Box::new(Committed { change, how: How::Done })),
            Err(error) => {
                Msg::NotCommitted(format!("Not saved. {}{}", sentence(&error), advice(&error)))
            }
        }
    }

    /// Saves a change that nobody waits for; it is not worth opening the profile anew.
    fn commit_quietly(&mut self, change: Change) -> Msg {
        if self.open.as_ref().is_none_or(|open| open.store.is_dead()) {
            return Msg::NotKept;
        }
        let saved = self.touch(|store, stamp| store.commit(&change, stamp));
        saved.map_or(Msg::NotKept, |()| {
            Msg::Committed(Box::new(Committed { change, how: How::Done }))
        })
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> Msg {
        answer(self.write(Store::undo), How::Undone)
    }

    /// Does the change again that was taken back last.
    pub fn redo(&mut self) -> Msg {
        answer(self.write(Store::redo), How::Redone)
    }

    /// Writes a change; one that says who works here makes that person the author of the next.
    fn write(
        &mut self,
        work: impl FnOnce(&mut Store, Stamp) -> store::Result<Change>,
    ) -> store::Result<Change> {
        let change = self.touch(work)?;
        let owner = change.parts.iter().find_map(|part| {
            let Some(Record::Profile(profile)) = &part.after else { return None };
            Some(profile.owner)
        });
        if let (Some(open), Some(owner)) = (&mut self.open, owner) {
            open.author = owner;
        }
        Ok(change)
    }

    fn touch<T>(
        &mut self,
        work: impl FnOnce(&mut Store, Stamp) -> store::Result<T>,
    ) -> store::Result<T> {
        self.reopen_if_dead()?;
        let utc_ms = self.clock.now().utc_ms;
        self.pages.asked = false;
        let open = self.open.as_mut().ok_or(Error::ReadOnly)?;
        work(&mut open.store, Stamp { utc_ms, author: open.author })
    }

    /// Forgets the keys, if there is a passphrase to get them back with.
    pub fn lock(&mut self) -> Msg {
        if let Some(open) = self.open.as_mut().filter(|open| open.store.has_passphrase()) {
            open.store.lock();
        }
        Msg::Locked
    }

    /// Ends with the program: the keys are wiped, a demo is taken away, and nothing else keeps anybody.
    pub fn leave(mut self) {
        if self.demo.is_none()
            && let Some(open) = self.open.take()
        {
            open.store.leave();
        }
    }

    /// Keeps unsaved text; says nothing unless that fails.
    pub fn keep_draft(&mut self, draft: &Draft) -> Option<Msg> {
        let text = Zeroizing::new(serde_json::to_string(draft).ok()?);
        let owner = draft.student.map_or(Owner::Profile, Owner::Student);
        let sealed = store::Draft { id: Id::from_bytes(draft.id.bytes()), owner, text };
        let error = self.open.as_mut()?.store.save_draft(&sealed).err()?;
        Some(Msg::DraftNotKept(format!(
            "What you type is not kept against a crash. {}",
            sentence(&error)
        )))
    }

    /// Forgets unsaved text.
    pub fn drop_draft(&mut self, id: DraftId) -> Option<Msg> {
        let error = self.open.as_mut()?.store.drop_draft(Id::from_bytes(id.bytes())).err()?;
        Some(Msg::Failed(sentence(&error)))
    }

    /// How little room there is on the disk, unless that was told already.
    pub fn check_disk(&mut self) -> Option<Msg> {
        let open = self.open.as_ref()?;
        let short = faults::short().or_else(|| open.store.short_of_space());
        if short == self.short {
            return None;
        }
        self.short = short;
        Some(Msg::DiskChecked(short))
    }

    fn named(&self, holder: &store::Holder) -> Holder {
        let since = self.clock.wall(holder.since);
        Holder {
            process: holder.pid,
            terminal: holder.terminal.trim_start_matches("/dev/").to_owned(),
            since: since.map_or_else(String::new, |wall| wall.format("%-d %b %H:%M").to_string()),
        }
    }
}

fn author(records: &Records) -> TutorId {
    records.profile().map_or(NOBODY, |profile| profile.owner)
}

fn answer(done: store::Result<Change>, how: How) -> Msg {
    match done {
        Ok(change) => Msg::Committed(Box::new(Committed { change, how })),
        Err(error) if matches!(error, Error::NothingToUndo | Error::NothingToRedo) => {
            Msg::Told(sentence(&error))
        }
        Err(error) => Msg::Failed(format!("{}{}", sentence(&error), advice(&error))),
    }
}

/// What is told of a profile that is open for writing.
fn opened(folder: &Path, store: &Store, loaded: Loaded, code: Option<&RecoveryCode>) -> Msg {
    let drafts = store.load_drafts().unwrap_or_default();
    let (packs, faults) = packs::find(folder);
    Msg::Opened(Box::new(Opened {
        records: Arc::new(loaded.records),
        access: Access::Write,
        sealed: store.has_passphrase(),
        code: code.map(|code| Private(code.text().to_string())),
        notices: [loaded.notices, faults].concat(),
        drafts: drafts.iter().filter_map(|draft| serde_json::from_str(&draft.text).ok()).collect(),
        packs: Arc::new(packs),
    }))
}

fn refusal(error: &Error) -> NotOpened {
    if matches!(error, Error::NoProfile) {
        NotOpened::Missing
    } else if matches!(error, Error::NeedsPassphrase) {
        NotOpened::Sealed
    } else if matches!(error, Error::WrongPassphrase | Error::WrongRecoveryCode) {
        NotOpened::WrongPassphrase
    } else {
        NotOpened::Failed(sentence(error))
    }
}

/// What to do about an error that may pass.
fn advice(error: &Error) -> &'static str {
    if matches!(error, Error::Full { .. } | Error::Dead | Error::Io { .. } | Error::Engine { .. }) {
        " What you typed is still here: make room on the disk, then try again."
    } else {
        ""
    }
}

/// The error as a sentence.
fn sentence(error: &Error) -> String {
    let text = if let Error::Io { doing, source } = error {
        format!("could not {doing}: {}", reason(source))
    } else {
        error.to_string()
    };
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::Label,
        draft::Writing,
        write::{
            enrolment::EnrolmentInput,
            fixture::Desk,
            setup::{self, SetupInput},
            student::{self, StudentInput},
        },
    };

    fn private(text: &str) -> Private {
        Private(text.to_owned())
    }

    fn keeper(folder: &Path) -> Keeper {
        Keeper::new(folder.join("profile"), Clock::new(None))
    }

    /// A profile of Dr Okafor; what was said when it was made.
    pub(super) fn created(folder: &Path, passphrase: Option<&str>) -> (Keeper, Opened, Desk) {
        let mut desk = Desk::empty();
        let input = SetupInput { name: "Dr Amara Okafor".into(), ..SetupInput::default() };
        let written = setup::set_up(&mut desk.context(), &input);
        let change = desk.apply(written);
        let mut keeper = keeper(folder);
        let opened =
            opened(keeper.create(NewProfile { change, passphrase: passphrase.map(private) }));
        (keeper, opened, desk)
    }

    fn opened(msg: Msg) -> Opened {
        let Msg::Opened(opened) = msg else { panic!("{:?}", refused(msg)) };
        *opened
    }

    fn refused(msg: Msg) -> NotOpened {
        let Msg::NotOpened(why) = msg else { panic!("{msg:?}") };
        why
    }

    /// Adds a tutee; the records in hand know of it already.
    pub(super) fn added(desk: &mut Desk) -> Change {
        let input = StudentInput {
            number: "20481234".into(),
            given: "Aisha".into(),
            family: "Rahman".into(),
            entry: "28 Sep 2026".into(),
            tutor: "me".into(),
            enrolment: EnrolmentInput {
                programme: "BSc Computer Science".into(),
                level: "4".into(),
                ..EnrolmentInput::default()
            },
            ..StudentInput::default()
        };
        let written = student::add(&mut desk.context(), &input);
        desk.apply(written)
    }

    fn students(opened: &Opened) -> usize {
        opened.records.numbered("20481234").count()
    }

    #[test]
    fn a_profile_is_unlocked_by_passphrase_or_recovery_code_and_by_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(refused(keeper(folder.path()).open()), NotOpened::Missing);
        let (mut keeper, made, mut desk) = created(folder.path(), Some("correct horse"));
        let code = made.code.unwrap();
        assert!(made.sealed && made.access == Access::Write);
        assert!(matches!(keeper.lock(), Msg::Locked));
        assert!(matches!(keeper.commit(added(&mut desk)), Msg::NotCommitted(_)));
        assert_eq!(refused(keeper.unlock(private("wrong horse"))), NotOpened::WrongPassphrase);
        assert_eq!(students(&opened(keeper.unlock(private("correct horse")))), 0);
        keeper.lock();
        assert_eq!(opened(keeper.unlock(code)).records.me().unwrap().name, "Dr Amara Okafor");
    }

    #[test]
    fn a_profile_that_lost_its_keys_is_no_first_start_and_is_not_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        drop(created(folder.path(), None));
        for name in ["profile/keys", "profile/keys.copy"] {
            std::fs::remove_file(folder.path().join(name)).unwrap();
        }
        let is_told = |msg: Msg| {
            let why = refused(msg);
            assert!(matches!(&why, NotOpened::Failed(why) if why.contains("`keys`")), "{why:?}");
        };
        let mut keeper = keeper(folder.path());
        is_told(keeper.open());
        let change = Change { label: Label::SetUp, parts: Vec::new() };
        is_told(keeper.create(NewProfile { change, passphrase: None }));
    }

    #[test]
    fn undo_and_redo_reach_over_the_end_of_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _, mut desk) = created(folder.path(), None);
        assert!(matches!(keeper.commit(added(&mut desk)), Msg::Committed(_)));
        drop(keeper);
        let mut keeper = self::keeper(folder.path());
        assert_eq!(students(&opened(keeper.open())), 1);
        assert!(matches!(keeper.undo(), Msg::Committed(done) if done.how == How::Undone));
        drop(keeper);
        let mut keeper = self::keeper(folder.path());
        assert_eq!(students(&opened(keeper.open())), 0);
        assert!(matches!(keeper.redo(), Msg::Committed(done) if done.how == How::Redone));
        assert!(matches!(keeper.redo(), Msg::Told(why) if why == "There is nothing to redo."));
    }

    #[test]
    fn a_second_start_is_told_who_holds_the_profile_and_may_look() {
        let folder = tempfile::tempdir().unwrap();
        let (mut first, _, mut desk) = created(folder.path(), Some("correct horse"));
        let mut second = keeper(folder.path());
        assert_eq!(refused(second.open()), NotOpened::Sealed);
        let NotOpened::Held(holder) = refused(second.unlock(private("correct horse"))) else {
            panic!()
        };
        assert_eq!(holder.process, std::process::id());
        let seen = opened(second.look(None));
        assert_eq!(seen.access, Access::ReadOnly(holder));
        assert!(matches!(second.undo(), Msg::Failed(_)));
        assert!(matches!(first.commit(added(&mut desk)), Msg::Committed(_)));
    }

    #[test]
    fn a_draft_comes_back_with_the_profile_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, _, mut desk) = created(folder.path(), Some("correct horse"));
        let fields = vec![("note".to_owned(), "Settling in".to_owned())];
        let draft = Draft {
            id: desk.ids.fresh(),
            student: None,
            writing: Writing::Form(3),
            fields,
            kept_ms: 1,
        };
        assert!(keeper.keep_draft(&draft).is_none());
        keeper.lock();
        assert_eq!(
            opened(keeper.unlock(private("correct horse"))).drafts,
            std::slice::from_ref(&draft)
        );
        assert!(keeper.drop_draft(draft.id).is_none());
        keeper.lock();
        assert_eq!(opened(keeper.unlock(private("correct horse"))).drafts, []);
    }

    #[test]
    fn another_passphrase_takes_the_place_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, ..) = created(folder.path(), Some("correct horse"));
        let wrong = keeper.change_passphrase(private("horse"), private("battery staple"));
        assert!(matches!(wrong, Msg::Failed(_)));
        let right = keeper.change_passphrase(private("correct horse"), private("battery staple"));
        assert!(matches!(right, Msg::Told(_)));
        keeper.lock();
        assert_eq!(refused(keeper.unlock(private("correct horse"))), NotOpened::WrongPassphrase);
        opened(keeper.unlock(private("battery staple")));
    }

    #[test]
    fn a_demo_is_open_at_once_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut keeper = keeper(folder.path());
        let demo = opened(keeper.demo(Scale::Tutor));
        assert!(!demo.sealed && demo.records.me().is_some());
        let place = keeper.folder.clone();
        assert!(place.exists());
        drop(keeper);
        assert!(!place.exists());
        assert!(!folder.path().join("profile").exists());
    }

    #[test]
    fn a_disk_with_room_is_no_news_and_one_that_has_it_again_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let (mut keeper, ..) = created(folder.path(), None);
        assert!(keeper.check_disk().is_none());
        keeper.short = Some(3);
        assert!(matches!(keeper.check_disk(), Some(Msg::DiskChecked(None))));
        assert!(keeper.check_disk().is_none());
    }
}
