//! From a key to the last byte that it causes, and how many bytes that are: moving, scrolling, searching, typing.

use super::{
    Bench, pane,
    program::{Answer, Program},
    start::middle,
    subject::{Subject, drop_drafts},
};
use crate::measure::{Against, Amount, Sheet, Times};

/// How many keys of a kind.
const KEYS: usize = 80;

/// The floor under every key.
const HELLO: &str = "a scroll of ratatui hello";

/// What others send for a key in a terminal of this size with 10,000 records: abook, which scrolls a region, and csvlens.
const ABOOK: (&str, Amount) = ("abook's scroll", Amount::Bytes(288));
const CSVLENS: (&str, Amount) = ("csvlens's scroll", Amount::Bytes(4387));

/// Everything that the keys of one kind have caused.
#[derive(Default)]
pub struct Keys(pub Vec<Answer>);

impl Keys {
    /// Types these, one by one.
    pub fn of<'a>(program: &mut Program, keys: impl IntoIterator<Item = &'a str>) -> Self {
        Self(keys.into_iter().filter_map(|key| program.key(key)).collect())
    }

    /// How long they took.
    pub fn times(&self) -> Times {
        self.0.iter().map(|answer| answer.after).collect()
    }

    /// What they cost the program: the same on a busy machine.
    fn costs(&self) -> Times {
        self.0.iter().map(|answer| answer.cpu).collect()
    }

    /// How many bytes most of them cause.
    pub fn bytes(&self) -> Amount {
        Amount::Bytes(middle(self.0.iter().map(|answer| answer.bytes)))
    }
}

/// What our keys are measured against.
struct Others {
    /// The plain list, scrolled by a row.
    hello: Keys,
    /// Vim scrolls a text, and types into it.
    vim: Option<(Keys, Keys)>,
}

impl Others {
    fn new(bench: &Bench) -> Self {
        let vim = bench.vim.as_ref();
        Self { hello: scrolled(&bench.hello), vim: vim.map(|vim| (scrolled(vim), typed(vim, "O"))) }
    }

    /// A scroll of the plain list.
    fn scroll(&self, percent: usize, at_most: f64) -> Against {
        let took = self.hello.times().within(percent).into();
        Against { what: HELLO, took, at_most: Some(at_most) }
    }
}

/// What a list of 10,000 rows does when it is scrolled by one.
fn scrolled(subject: &Subject) -> Keys {
    let mut program = subject.settled();
    program.key(&"j".repeat(60));
    Keys::of(&mut program, ["j"; KEYS])
}

/// What typing some sentences causes, once these keys have led to where one types.
fn typed(subject: &Subject, to: &str) -> Keys {
    let mut program = subject.settled();
    program.key(to);
    let text = "Came prepared, with a list of questions about the placement year. ";
    Keys::of(&mut program, text.split_inclusive(|_| true).filter(|letter| !letter.is_empty()))
}

pub fn run(bench: &Bench, sheet: &mut Sheet) {
    let others = Others::new(bench);
    if let Some((scroll, _)) = &others.vim {
        sheet.row("(vim: scroll, median)", scroll.times().median(), &[]);
        sheet.row("(vim: scroll, sent)", scroll.bytes(), &[]);
    }
    let mut program = bench.ours.settled();
    let kinds = [("tutees", "gg", CSVLENS, CSVLENS), ("timeline", "gg\t", ABOOK, CSVLENS)];
    for (list, to, move_bar, scroll_bar) in kinds {
        program.key(to);
        let up_and_down = "jjjjjjjjkkkkkkkk".split_inclusive(|_| true).cycle().take(KEYS);
        let moved = Keys::of(&mut program, up_and_down);
        let most = if move_bar == ABOOK { 1.2 } else { 0.9 };
        rows(sheet, &others, &format!("{list}: next"), &moved, (move_bar, most));
        if let Some(scrolled) = pane::scroll(&mut program, KEYS) {
            rows(sheet, &others, &format!("{list}: scroll"), &scrolled, (scroll_bar, 0.9));
        }
    }
    drop(program);
    typing(bench, &others, sheet);
    drop_drafts(&bench.folder);
}

/// What moving in a list takes and sends.
fn rows(
    sheet: &mut Sheet,
    others: &Others,
    what: &str,
    keys: &Keys,
    ((whose, sent), at_most): ((&'static str, Amount), f64),
) {
    let (times, name) = (keys.times(), format!("{what}, median"));
    let mut against = vec![others.scroll(50, 1.2)];
    against.extend(sheet.smallest(&name).map(|took| Against {
        what: "the same in the smallest profile",
        took,
        at_most: Some(1.1),
    }));
    sheet.row(&name, times.median(), &against);
    let tail = |times: &Times| {
        [Against { what: "its own median", took: times.median().into(), at_most: Some(2.0) }]
    };
    sheet.row(&format!("{what}, 99 of 100"), times.within(99), &tail(&times));
    let (costs, floor) = (keys.costs(), others.hello.costs().median());
    let what_it_costs = format!("{what}, processor time");
    let against = Against { what: HELLO, took: floor.into(), at_most: None };
    sheet.row(&format!("{what_it_costs}, median"), costs.median(), &[against]);
    sheet.row(&format!("{what_it_costs}, 99 of 100"), costs.within(99), &tail(&costs));
    let against = Against { what: whose, took: sent, at_most: Some(at_most) };
    sheet.row(&format!("{what}, sent"), keys.bytes(), &[against]);
}

fn typing(bench: &Bench, others: &Others, sheet: &mut Sheet) {
    let ours = typed(&bench.ours, "n");
    // Helix takes 1.5 times a scroll of the floor: three quarters of that are allowed.
    let mut times = vec![others.scroll(50, 1.13)];
    let mut sent = Vec::new();
    if let Some((_, vim)) = &others.vim {
        let (what, at_most) = ("typing in vim", Some(2.0));
        times.push(Against { what, took: vim.times().median().into(), at_most: None });
        sent.push(Against { what, took: vim.bytes(), at_most });
    }
    sheet.row("typing in a note, median", ours.times().median(), &times);
    sheet.row("typing in a note, sent", ours.bytes(), &sent);
}

/// Searching, key by key: a filter of the tutees, and a search through everything.
pub fn search(bench: &Bench, sheet: &mut Sheet) {
    let others = Others { hello: scrolled(&bench.hello), vim: None };
    for (what, open) in [("filter", "/"), ("search", "\x06")] {
        let mut program = bench.ours.settled();
        let mut keys = Keys::default();
        for word in ["chen", "attend", "aisha"] {
            program.key(open);
            let typed = word.split_inclusive(|_| true).filter(|letter| !letter.is_empty());
            keys.0.extend(Keys::of(&mut program, typed).0);
            program.key("\x1b");
        }
        // fzf takes 3.2 times a scroll of the floor, in 95 of 100 keys up to 11.6 times: 0.6 and 0.25 of that are allowed.
        let times = keys.times();
        let name = format!("{what}, a key, median");
        sheet.row(&name, times.median(), &[others.scroll(50, 1.92)]);
        let name = format!("{what}, a key, 95 of 100");
        sheet.row(&name, times.within(95), &[others.scroll(95, 2.9)]);
    }
}
