//! Pictures of the desk in every state, at every size that matters.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::app::testing::Desk;
use crate::app::{Effect, Msg};
use crate::domain::flag::{FlagKind, Urgency};
use crate::domain::note::Confidentiality;
use crate::domain::records::Records;
use crate::domain::search::Index;
use crate::fixture::{Fixture, ago, day, desk, many, today};
use crate::ui::theme::{Colours, Lines, Role};
use crate::ui::{Theme, draw};

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 36), (200, 60), (20, 6)];

/// One picture at each size, one below the other.
fn pictures(records: impl Fn() -> Records, keys: &str) -> String {
    let picture = |(width, height)| {
        let mut desk = Desk::with(records());
        let _first = desk.frame(width, height);
        format!("{width}x{height}\n{}", desk.keys(keys).frame(width, height))
    };
    SIZES.map(picture).join("\n")
}

fn one() -> Records {
    let mut world = Fixture::new();
    world.tutee("20481234", "Aisha Rahman", 4);
    world.records()
}

fn long() -> Records {
    let mut world = Fixture::new();
    let name =
        "Wolfeschlegelsteinhausen Bergerdorff von und zu Hohenlohe-Langenburg-Schillingsfürst";
    let student = world.tutee("2048123400000000", name, 4);
    let meeting = world.meeting(
        student,
        ago(3),
        crate::domain::meeting::Outcome::Held,
        "Progress review with everything that happened since September and a look ahead",
    );
    let text =
        "A sentence that goes on and on without a thought for the width of a pane. ".repeat(12);
    world.note(student, ago(3), Some(meeting), &text);
    world.action(student, Some(meeting), &"read ".repeat(40), Some(ago(1)));
    world.flag(
        student,
        ago(2),
        crate::domain::flag::FlagKind::Concern,
        crate::domain::flag::Urgency::Soon,
        &"not seen in any laboratory ".repeat(6),
    );
    world.records()
}

fn wide() -> Records {
    let mut world = Fixture::new();
    for (number, name) in [
        ("20480001", "陈伟 Chen Wei"),
        ("20480002", "Zoe\u{308} Ǻ\u{301}ström"),
        ("20480003", "👩\u{200d}🎓 Grace"),
        ("20480004", "נועם לוי"),
        ("20480005", "Bell\u{7}\u{1b}[31m \u{202e}Mallory"),
    ] {
        let student = world.tutee(number, name, 5);
        world.note(student, day("2026-11-01"), None, "见面 👩\u{200d}🎓 café\u{1b}[2J\nצעד הבא");
    }
    world.records()
}

fn levels() -> Records {
    let mut world = Fixture::new();
    let student = world.tutee("20481234", "Aisha Rahman", 4);
    let me = world.me;
    for (days, level) in [
        (1, Confidentiality::Shared),
        (2, Confidentiality::TutorAndSenior),
        (3, Confidentiality::Restricted),
    ] {
        world.note_by(me, level, (student, ago(days), None), "What was said.");
    }
    world.note_by(me, Confidentiality::FactOnly, (student, ago(4), None), "");
    world.records()
}

#[test]
fn an_empty_desk_says_which_keys_fill_it() {
    insta::assert_snapshot!(pictures(|| Fixture::new().records(), ""));
}

#[test]
fn what_is_held_back_and_what_is_quiet_each_name_their_key() {
    let mut world = Fixture::new();
    for number in 0..7 {
        let student = world.tutee(&format!("2048123{number}"), &format!("Tutee {number}"), 4);
        world.flag(student, ago(1), FlagKind::Concern, Urgency::Watch, "seen nowhere");
    }
    let mut desk = Desk::with(world.records()).keys("⇤z‹ctrl-s›").saved().keys("G");
    let shown = desk.frame(120, 36);
    assert!(shown.contains("+1 more  f shows them"), "{shown}");
    assert!(shown.contains("1 is quiet  Enter shows them"), "{shown}");
    let mut desk = desk.keys("ggfG");
    let shown = desk.frame(120, 36);
    assert!(shown.contains("1 is quiet  f shows them"), "{shown}");
}

#[test]
fn one_tutee() {
    insta::assert_snapshot!(pictures(one, ""));
}

#[test]
fn some_tutees_with_something_of_everything() {
    insta::assert_snapshot!(pictures(desk, ""));
}

#[test]
fn many_tutees_in_the_middle_of_the_list() {
    insta::assert_snapshot!(pictures(|| many(300), "‹ctrl-d›‹ctrl-d›‹ctrl-d›jj"));
}

#[test]
fn long_text_is_cut_by_columns() {
    insta::assert_snapshot!(pictures(long, ""));
}

#[test]
fn wide_and_combining_characters_stay_aligned_and_control_characters_show_as_dots() {
    insta::assert_snapshot!(pictures(wide, "jj"));
}

#[test]
fn the_timeline_has_the_keys() {
    insta::assert_snapshot!(pictures(desk, "⇥jjjjj"));
}

#[test]
fn the_note_has_the_keys() {
    insta::assert_snapshot!(pictures(desk, "⇥jjjjj⇥"));
}

#[test]
fn a_note_is_being_written() {
    insta::assert_snapshot!(pictures(desk, "⇥jjjjj⏎⏎Seen today.⏎"));
}

#[test]
fn a_long_note_scrolls() {
    insta::assert_snapshot!(pictures(long, "⇥j⏎jjj"));
}

#[test]
fn the_alerts_have_the_keys() {
    insta::assert_snapshot!(pictures(desk, "⇤j"));
}

#[test]
fn nobody_needs_a_word() {
    let records = || {
        let mut world = Fixture::new();
        let student = world.tutee("20481234", "Aisha Rahman", 4);
        world.meeting(student, today(), crate::domain::meeting::Outcome::Held, "");
        world.records()
    };
    insta::assert_snapshot!(pictures(records, "⇤"));
}

#[test]
fn the_filter_highlights_what_it_found() {
    insta::assert_snapshot!(pictures(desk, "/ra 2048"));
}

#[test]
fn a_filter_that_finds_nobody_says_so() {
    insta::assert_snapshot!(pictures(desk, "/zzz"));
}

#[test]
fn what_a_policy_brought_stands_in_the_timeline_and_a_letter_is_read_whole() {
    let records = || {
        let mut world = Fixture::new();
        let student = world.tutee("20481234", "Aisha Rahman", 4);
        let me = world.me;
        world.policy_records(student, me, "as agreed");
        world.records()
    };
    insta::assert_snapshot!(pictures(records, "⇥jjj"));
}

#[test]
fn marked_tutees_and_one_kind_of_entry() {
    insta::assert_snapshot!(pictures(desk, "‹space›‹space›⇥ff"));
}

#[test]
fn hits_stand_with_student_day_and_context() {
    let picture = |(width, height): (u16, u16)| {
        let mut desk = Desk::with(desk()).keys("//");
        let mut shown = vec![desk.frame(width, height)];
        let mut desk = desk.keys("work");
        for _ in 0..4 {
            let search = desk.effects.iter().rev().find_map(|effect| {
                if let Effect::Search(search) = effect { Some(search.clone()) } else { None }
            });
            let search = search.unwrap();
            let index = Index::new(&search.records);
            let hits = index.find(&search.records, search.viewer, &search.text.0, 50);
            desk.send(Msg::Found(search.ticket, hits));
        }
        shown.push(desk.frame(width, height));
        let mut desk = desk.keys("zzz");
        shown.push(desk.frame(width, height));
        format!("{width}x{height}\n{}", shown.join("\n"))
    };
    insta::assert_snapshot!(SIZES.map(picture).join("\n"));
}

#[test]
fn a_terminal_that_knows_ascii_alone_gets_ascii_frames_and_signs() {
    let desk = Desk::with(desk());
    let theme = Theme { lines: Lines::Ascii, ..Theme::default() };
    let shown = buffer(&desk, &theme, 120, 36);
    let rows: Vec<String> = shown
        .content()
        .chunks(120)
        .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

fn buffer(desk: &Desk, theme: &Theme, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| _ = draw(&desk.model, theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The cells of a text, where it first stands.
fn cells(shown: &Buffer, text: &str) -> Vec<ratatui::buffer::Cell> {
    let width = usize::from(shown.area.width);
    let wanted: Vec<String> = text.chars().map(String::from).collect();
    let cells = shown.content();
    let start = (0..cells.len() - wanted.len()).find(|start| {
        start % width + wanted.len() <= width
            && wanted.iter().zip(&cells[*start..]).all(|(letter, cell)| letter == cell.symbol())
    });
    let start = start.unwrap_or_else(|| panic!("{text} is not shown"));
    cells[start..start + wanted.len()].to_vec()
}

#[test]
fn the_level_of_a_note_is_told_in_words_and_colour() {
    let theme = Theme::default();
    let mut colours = Vec::new();
    for (keys, level) in [
        ("⇥", "shared with student"),
        ("⇥j", "tutor and senior tutor"),
        ("⇥jj", "restricted to author"),
        ("⇥jjj", "fact only"),
    ] {
        let desk = Desk::with(levels()).keys(keys);
        let shown = cells(&buffer(&desk, &theme, 120, 36), level);
        colours.push(shown[0].fg);
        assert!(shown.iter().all(|cell| cell.fg == shown[0].fg), "{level}");
    }
    colours.dedup();
    assert_eq!(colours.len(), 4);
}

#[test]
fn the_selected_row_is_reversed_where_the_keys_are_and_underlined_elsewhere() {
    let desk = Desk::with(desk());
    let shown = buffer(&desk, &Theme::default(), 120, 36);
    let name = cells(&shown, "Aisha Rahman  ");
    assert!(name.iter().all(|cell| cell.modifier.contains(Modifier::REVERSED)));
    let entry = cells(&shown, "Concern by");
    assert!(entry.iter().all(|cell| cell.modifier.contains(Modifier::UNDERLINED)));
}

#[test]
fn what_a_filter_found_is_highlighted() {
    let desk = Desk::with(desk()).keys("/rah");
    let shown = buffer(&desk, &Theme::default(), 80, 24);
    let found = cells(&shown, "Rahman   ");
    assert!(found[..3].iter().all(|cell| cell.fg == Theme::default().palette.get(Role::Hit)));
}

#[test]
fn without_colours_signs_and_words_tell_the_same() {
    let desk = Desk::with(desk());
    let shown = buffer(&desk, &Theme::new(Colours::Unused), 120, 36);
    assert!(shown.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    assert!(cells(&shown, "‼ Aisha Rahman")[0].symbol() == "‼");
}

#[test]
fn every_state_survives_every_size() {
    for keys in ["", "/x", "//", "⇥", "⇥⇥", "⇥⇥⏎", "⇤"] {
        for records in [desk, wide, long, one] {
            for (width, height) in [(20, 6), (21, 7), (49, 9), (50, 8), (109, 11), (110, 10)] {
                let mut desk = Desk::with(records()).keys(keys);
                let _picture = desk.frame(width, height);
            }
        }
    }
}
