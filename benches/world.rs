//! What the benches work on: the demo of one scale on a fixed day.

use std::{cell::OnceCell, path::PathBuf, sync::Arc, thread, time::Instant};

use chrono::{Days, NaiveDate};
use tempfile::TempDir;
use tutelage::{
    app::{Model, Msg, Start, msg::Opened},
    domain::{
        demo::{Demo, Scale},
        records::Records,
        time::Now,
    },
    exchange::card::default_card,
    store::{Cost, Options, Secret, Stamp, Store},
};
use zeroize::Zeroizing;

use crate::measure::say;

/// What a profile is called in its folder.
pub const PROFILE: &str = "profile";

/// The demo of one scale.
pub struct World {
    pub scale: Scale,
    demo: Demo,
    folder: OnceCell<TempDir>,
    pub records: Arc<Records>,
    pub now: Now,
}

impl World {
    pub fn new(scale: Scale) -> Self {
        let now = now();
        let make = move || {
            let demo = Demo::new(scale, now.today()).judged(default_card());
            let records = Arc::new(demo.records(|_, _| {}));
            (demo, records)
        };
        // As in the program, where the worker loads them: the memory of the thread that draws has no holes from it.
        let (demo, records) = thread::spawn(make).join().unwrap();
        Self { scale, demo, folder: OnceCell::new(), records, now }
    }

    /// A folder with the demo in it, sealed; made when it is first asked for.
    pub fn profile(&self) -> PathBuf {
        let folder = self.folder.get_or_init(|| self.kept(&secret(), options()));
        folder.path().join(PROFILE)
    }

    /// A new folder with the demo in it, opened by this secret.
    pub fn kept(&self, secret: &Secret, options: Options) -> TempDir {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let start = Instant::now();
        let utc_ms = self.now.utc_ms;
        let path = folder.path().join(PROFILE);
        let (mut store, _) = Store::create(&path, secret, utc_ms, options).unwrap();
        let author = self.records.me().unwrap().id;
        for change in self.demo.changes() {
            store.commit(&change, Stamp { utc_ms, author }).unwrap();
        }
        say(&format!("  (made a sealed profile in {:.1} s)", start.elapsed().as_secs_f64()));
        folder
    }

    /// A model that has just opened the demo.
    pub fn model(&self) -> Model {
        let start = Start { seed: [1; 32], ..Start::default() };
        let mut model = Model::new(start, self.now);
        let opened = Opened::of(Arc::clone(&self.records));
        model.update(Msg::Opened(Box::new(opened)), self.now);
        model
    }
}

/// What opens the profiles of the benches.
pub fn secret() -> Secret {
    Secret::Passphrase(Zeroizing::new("correct horse".to_owned()))
}

/// Unlocking is made cheap: it is to be slow, and counts apart.
pub fn options() -> Options {
    Options { cost: Cost { memory_kib: 64, passes: 1 }, ..Options::default() }
}

/// Saturday, 21 November 2026, in the morning.
pub fn now() -> Now {
    let day = NaiveDate::default().checked_add_days(Days::new(20_778)).unwrap();
    Now { local: day.and_hms_opt(10, 0, 0).unwrap(), utc_ms: 1_795_255_200_000 }
}
