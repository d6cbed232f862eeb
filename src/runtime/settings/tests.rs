//! Tests of the settings.

use ratatui::style::Color;

use super::*;
use crate::app::{Command, SPECS};
use crate::ui::theme::Role;

fn parse(text: &str) -> Result<Settings, SettingsError> {
    Settings::parse(text, Path::new("/nowhere"))
}

fn refusal(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

fn keys(settings: &Settings, name: &str) -> Vec<String> {
    let spec = SPECS.iter().find(|spec| spec.name == name).unwrap();
    let keys = settings.keymap.keys(spec.command);
    keys.iter().map(|keys| crate::app::keymap::sequence(keys)).collect()
}

/// Everything that can be chosen but for the keys, and those of each command.
fn chosen(settings: &Settings) -> (String, Vec<String>) {
    let Settings {
        idle_lock,
        alerts,
        mouse,
        colours,
        ascii,
        plain,
        whole_pictures,
        tips,
        log,
        keymap,
    } = settings;
    let rest = format!(
        "{idle_lock:?} {alerts:?} {mouse} {:?} {ascii:?} {plain} {whole_pictures} {tips} {log}",
        colours.palette(None)
    );
    (rest, SPECS.iter().map(|spec| keymap.labels(spec.command)).collect())
}

#[test]
fn without_a_file_everything_has_its_default() {
    let settings = Settings::load(Path::new("/nowhere/config.toml")).unwrap();
    assert_eq!(settings.idle_lock, Duration::from_mins(10));
    assert!(settings.mouse && !settings.log);
}

#[test]
fn every_setting_can_be_chosen() {
    let name = SPECS.iter().find(|spec| matches!(spec.command, Command::Global(_))).unwrap().name;
    let settings = parse(&format!(
        "idle_lock_minutes = 0\nnot_met_days = 21\nreply_days = 3\nmouse = false\nplain = true\ntips = false\nwhole_pictures = false\nlog = true\nascii = true\n\
         theme = \"light\"\n[colours]\nfocus = \"#ff8800\"\n[keys]\n{name} = [\"F9\", \"g ctrl-x\"]\n"
    ))
    .unwrap();
    assert_eq!(settings.idle_lock, Duration::ZERO);
    assert_eq!((settings.alerts.not_met_days, settings.alerts.reply_days), (21, 3));
    assert!(
        !settings.mouse
            && settings.plain
            && !settings.tips
            && !settings.whole_pictures
            && settings.log
    );
    assert_eq!(settings.ascii, Some(true));
    let palette = settings.colours.palette(None);
    assert_eq!(palette.get(Role::Focus), Color::Rgb(255, 136, 0));
    assert_eq!(Some(palette.get(Role::Bad)), files::builtin("light").map(|it| it.get(Role::Bad)));
    assert_eq!(keys(&settings, name).len(), 2);
}

#[test]
fn an_unknown_name_is_told_with_its_line_and_the_nearest() {
    assert_eq!(
        refusal("mouse = true\nidle_lock_minute = 5"),
        "line 2 of the settings: there is nothing called \"idle_lock_minute\"; did you mean \"idle_lock_minutes\"?"
    );
    assert_eq!(refusal("zzz = 1"), "line 1 of the settings: there is nothing called \"zzz\"");
    let name = SPECS[0].name;
    assert_eq!(
        refusal(&format!("[keys]\n{name}s = \"x\"")),
        format!(
            "line 2 of the settings: there is nothing called \"{name}s\"; did you mean \"{name}\"?"
        )
    );
    assert_eq!(
        refusal("theme = \"drak\""),
        "line 1 of the settings: there is no theme called \"drak\"; did you mean \"dark\"?"
    );
    assert_eq!(
        refusal("keys_preset = \"vin\""),
        "line 1 of the settings: there is nothing called \"vin\"; did you mean \"vim\"?"
    );
}

#[test]
fn a_wrong_value_says_what_it_must_be() {
    assert_eq!(refusal("\nmouse = 1"), "line 2 of the settings: mouse must be true or false");
    assert_eq!(
        refusal("not_met_days = 0"),
        "line 1 of the settings: not_met_days must be a number of days from 1 to 366"
    );
    assert!(refusal("mouse = ").starts_with("line 1 of the settings: "));
    assert_eq!(
        refusal("[colours]\nbad = \"reddish\""),
        "line 2 of the settings: bad: reddish is not a colour"
    );
    let name = SPECS[0].name;
    assert_eq!(
        refusal(&format!("[keys]\n{name} = \"hyper-q\"")),
        "line 2 of the settings: hyper-q is not a key"
    );
    assert_eq!(
        refusal(&format!("[keys]\n{name} = \"ctrl-pagedwn\"")),
        "line 2 of the settings: ctrl-pagedwn is not a key; did you mean \"pagedown\"?"
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    assert_eq!(
        refusal("mouse = 1\n[colours]\nwarning = \"red\"\n[keys]\nmeeting = \"n\"\n"),
        "line 1 of the settings: mouse must be true or false\n\
         line 3 of the settings: there is nothing called \"warning\"; did you mean \"warn\"?\n\
         line 5 of the settings: n cannot be both meeting and note"
    );
    assert_eq!(
        refusal("[keys]\nmeeting = \"g\"\n").lines().next(),
        Some("line 2 of the settings: g s for sort-tutees-by and g for meeting begin alike")
    );
}

#[test]
fn a_theme_of_the_users_own_is_a_file_beside_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("themes");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("mine.toml"), "bad = \"#aa0000\"\n").unwrap();
    fs::write(own.join("wrong.toml"), "# mine\nwarning = \"red\"\n").unwrap();
    let parse = |text: &str| Settings::parse(text, folder.path()).map_err(|it| it.to_string());
    let mine = parse("theme = \"mine\"").unwrap().colours.palette(None);
    assert_eq!(mine.get(Role::Bad), Color::Rgb(0xaa, 0, 0));
    assert_eq!(mine.get(Role::Good), Color::Reset);
    assert_eq!(
        parse("theme = \"wrong\"").unwrap_err(),
        "line 1 of the settings: the theme \"wrong\", line 2: there is nothing called \"warning\"; did you mean \"warn\"?"
    );
    assert!(parse("theme = \"mien\"").unwrap_err().ends_with("did you mean \"mine\"?"));
    assert!(parse("theme = \"../themes/mine\"").unwrap_err().contains("there is no theme"));
}

#[test]
fn a_preset_holds_wherever_it_stands_and_own_keys_come_over_it() {
    let settings = parse("keys.meeting = \"f5\"\nkeys_preset = \"vim\"\n").unwrap();
    assert_eq!(keys(&settings, "meeting"), ["F5"]);
    assert_eq!(keys(&settings, "desk"), ["F2", "g 1"]);
}

#[test]
fn the_sample_says_the_defaults_with_and_without_its_marks() {
    let sample = sample();
    assert_eq!(chosen(&parse(&sample).unwrap()), chosen(&Settings::default()));
    let names = SETTINGS.iter().map(|it| it.name).chain(SPECS.iter().map(|spec| spec.name));
    for name in names {
        assert!(sample.contains(&format!("\n#{name} = ")), "{name}");
    }
    let prose = |line: &&str| line.starts_with("# ");
    let rest = sample.lines().filter(|line| !prose(line));
    let set: Vec<&str> = rest.map(|line| line.strip_prefix('#').unwrap_or(line)).collect();
    let settings = parse(&set.join(
        "
",
    ))
    .unwrap();
    assert_eq!(settings.ascii, Some(false));
    assert_eq!(chosen(&Settings { ascii: None, ..settings }), chosen(&Settings::default()));
}
