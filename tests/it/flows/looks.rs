//! Colours, keys and signs as the settings, the terminal and the environment want them.

use std::fs;

use vt100::{Color, Screen};

use super::{Home, Program, quit, unlocked};

const WHITE: &str = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\";

impl Home {
    fn settings(&self, text: &str) {
        fs::write(self.data().join("config.toml"), text).unwrap();
    }
}

/// The colours of the first cell that shows the text.
fn colours(program: &Program, text: &str) -> (Color, Color) {
    let (screen, columns) = (program.screen(), program.screen().size().1.get());
    let found = screen.rows(0, columns).zip(0..).find_map(|(row, y)| {
        let before = row.split_once(text)?.0;
        screen.cell(y, before.chars().count().try_into().unwrap())
    });
    let cell = found.unwrap_or_else(|| panic!("no {text}:\n{}", screen.contents()));
    (cell.fgcolor(), cell.bgcolor())
}

/// Whether a row shows colours that only a theme has.
fn is_of_many_colours(screen: &Screen, row: u16) -> bool {
    let mut cells = (0..80).filter_map(|x| screen.cell(row, x));
    cells.any(|cell| matches!(cell.fgcolor(), Color::Idx(17..)))
}

#[test]
fn a_start_has_the_colours_of_last_time_until_the_terminal_has_long_said_nothing() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.see("Aisha Rahman ·").see("? help").press(WHITE);
    program.wait("other colours", |screen| is_of_many_colours(screen, 23));
    quit(program);
    // The first page stays for two seconds, and longer than it is waited for an answer.
    let mut program = home.launch().env("TUTELAGE_TEST_FAULT", "wait-opening").start();
    program.see("Locked").press(super::PASSPHRASE).press("\r");
    program.see("Aisha Rahman ·");
    assert!(is_of_many_colours(program.screen(), 1));
    program.see("? help").wait("the terminal's own colours", |screen| {
        !is_of_many_colours(screen, 1) && !is_of_many_colours(screen, 23)
    });
    quit(program);
    // Now it says nothing from the beginning.
    let mut program = home.launch().env("TUTELAGE_TEST_FAULT", "wait-opening").start();
    program.see("Locked").press(super::PASSPHRASE).press("\r");
    program.see("Aisha Rahman ·");
    assert!(!is_of_many_colours(program.screen(), 1));
    quit(program);
}

#[test]
fn a_theme_in_the_settings_paints_text_and_ground_and_one_colour_may_differ() {
    let home = Home::with_tutees();
    home.settings("theme = \"mine\"\n[colours]\nheading = \"light-red\"\n");
    fs::create_dir(home.data().join("themes")).unwrap();
    let mine = "text = \"#000000\"\nground = \"#ffffff\"\nheading = \"blue\"\n";
    fs::write(home.data().join("themes/mine.toml"), mine).unwrap();
    let mut program = unlocked(home.launch().start(), super::PASSPHRASE);
    program.see("Aisha Rahman ·").see("? help");
    assert_eq!(colours(&program, "tutelage"), (Color::Idx(9), Color::Idx(231)));
    assert_eq!(colours(&program, "Ben O'Connor"), (Color::Idx(16), Color::Idx(231)));
    quit(program);
}

#[test]
fn own_keys_work_and_help_and_hints_show_them() {
    let home = Home::with_tutees();
    home.settings("keys_preset = \"plain\"\n[keys]\nmeeting = [\"ctrl-n\", \"g k\"]\n");
    let mut program = home.desk();
    program.see("Aisha Rahman ·").see("Ctrl-N meeting");
    // Neither the usual key nor the letters that move: the preset has taken them away.
    program.press("m").press("j").press("\x1b[B").see("Ben O'Connor ·");
    program.press("\x0e").see("Ctrl-S save").press("\x1b").see("Ctrl-N meeting");
    program.press("g").see("k Record a meeting").press("k").see("Ctrl-S save");
    program.press("\x1b").see("Ctrl-N meeting").press("?").see("Help").press("record a meeting");
    program.see("Ctrl-N, g k").press("\x1b");
    program.wait("the help gone", |screen| !screen.contents().contains("Help"));
    program.see("Ctrl-N meeting");
    quit(program);
}

#[test]
fn a_tip_is_gone_for_good_once_its_command_was_used() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.see("try m for a meeting").press("m").see("Ctrl-S save").press("\x1b");
    program.see("try ? for help").press("?").see("Help").press("\x1b").see("try Tab for");
    quit(program);
    let mut program = home.desk();
    program.see("try Tab for the next pane").press("gu").see("set up the profile");
    assert!(!program.screen().contents().contains("remember"), "that is nobody's work");
    program.press("\x1b").see("try Tab for");
    quit(program);
    home.settings("tips = false\n");
    let mut program = home.desk();
    program.see("? help").wait("no tip", |screen| !screen.contents().contains("try "));
    quit(program);
}

#[test]
fn a_digit_repeats_the_move_behind_it_in_the_preset_of_vim() {
    let home = Home::with_tutees();
    home.settings("keys_preset = \"vim\"\n");
    let mut program = home.desk();
    program.see("Aisha Rahman ·").see("? help").press("2").see("j Next entry").press("j");
    program.see("3 of 3").press("1G").see("1 of 3").press("g3").see("Which meetings are due");
    program.press("q").see("Aisha Rahman ·").see("? help");
    quit(program);
}

#[test]
fn settings_that_mean_nothing_are_told_with_their_line_before_the_screen_is_taken() {
    let home = Home::with_tutees();
    home.settings("mouse = true\nthene = \"dark\"\n");
    let mut program = home.launch().start();
    assert_eq!(program.exit_code(), 1);
    program.see("line 2 of the settings").see("did you mean \"theme\"?");
    program.assert_restored();
}

#[test]
fn a_late_answer_about_the_background_turns_the_colours_and_types_nothing() {
    let home = Home::with_tutees();
    let mut program = home.desk();
    program.see("Aisha Rahman ·").see("? help");
    assert!(String::from_utf8_lossy(program.raw()).contains("\x1b]11;?"), "it is asked");
    program.press("/").see("/");
    let before = program.screen().contents();
    let key = colours(&program, "Enter");
    // In pieces, as over a slow line.
    for piece in [&WHITE[..7], &WHITE[7..20], &WHITE[20..]] {
        program.press(piece);
    }
    program.wait("other colours", |screen| is_of_many_colours(screen, 23));
    assert_ne!(colours(&program, "Enter"), key);
    assert_eq!(program.screen().contents(), before, "nothing was typed");
    program.press("\x1b").see("? help").press("q");
    assert_eq!(program.exit_code(), 0);
    program.assert_restored();
    let told = String::from_utf8_lossy(program.raw()).into_owned();
    assert!(told.contains("\x1b[?2031l"), "it is told of no more turns of the background");
}

#[test]
fn without_colours_none_is_sent_and_a_console_gets_ascii() {
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "vt220")] {
        let home = Home::with_tutees();
        let mut program = unlocked(home.launch().env(name, value).start(), super::PASSPHRASE);
        program.see("Aisha Rahman").see("? help").press("?").see("Help");
        let raw = String::from_utf8_lossy(program.raw()).into_owned();
        for sent in ["[38;", "[48;", ";38;", ";48;", "\x1b]11;?"] {
            assert!(!raw.contains(sent), "{name}: {sent:?}");
        }
    }
    for (name, value) in [("TERM", "linux"), ("LANG", "C"), ("LC_ALL", "C")] {
        let home = Home::with_tutees();
        let mut program = unlocked(home.launch().env(name, value).start(), super::PASSPHRASE);
        program.see("Aisha Rahman").see("? help");
        let shown = program.screen().contents();
        let signs = shown.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic());
        assert_eq!(signs.collect::<String>(), "", "{name}");
        assert!(shown.contains("+ Tutees"), "{shown}");
    }
    let home = Home::with_tutees();
    let mut program = unlocked(home.launch().args(["--ascii"]).start(), super::PASSPHRASE);
    program.see("+ Tutees").see("? help");
    quit(program);
}
