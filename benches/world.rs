//! What the benches work on: the demo of one scale on a fixed day.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use tutelage::{
    app::{
        Keymap, Model, Msg, Start,
        msg::{Access, Opened},
    },
    domain::{
        demo::{Demo, Scale},
        records::Records,
        time::Now,
    },
};

/// The demo of one scale.
pub struct World {
    pub scale: Scale,
    pub demo: Demo,
    pub records: Arc<Records>,
    pub now: Now,
}

impl World {
    pub fn new(scale: Scale) -> Self {
        let now = now();
        let demo = Demo::new(scale, now.today());
        let records = Arc::new(demo.records(|_, _| {}));
        Self { scale, demo, records, now }
    }

    /// A model that has just opened the demo.
    pub fn model(&self) -> Model {
        let start = Start { seed: [1; 32], keymap: Keymap::default(), ..Start::default() };
        let mut model = Model::new(start, self.now);
        let opened = Opened {
            records: Arc::clone(&self.records),
            access: Access::Write,
            sealed: true,
            code: None,
            notices: Vec::new(),
            drafts: Vec::new(),
        };
        model.update(Msg::Opened(Box::new(opened)), self.now);
        model
    }
}

/// Saturday, 21 November 2026, in the morning.
pub fn now() -> Now {
    let day = NaiveDate::default().checked_add_days(Days::new(20_778)).unwrap();
    Now { local: day.and_hms_opt(10, 0, 0).unwrap(), utc_ms: 1_795_255_200_000 }
}
