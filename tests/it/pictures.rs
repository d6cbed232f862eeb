//! Pictures of the real program on its demo: what is pressed for each. The example draws them anew; the test fails when
//! one that is kept shows something else than the program does now.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::process::Signal;

use crate::{pty::Launch, svg};

/// A screen on which nothing has come for so long is whole.
const AT_REST: Duration = Duration::from_millis(300);

/// One picture.
pub struct Picture {
    /// Its file, without the ending.
    pub name: &'static str,
    title: &'static str,
    theme: &'static str,
    size: (u16, u16),
    /// What is typed, each with what must stand on the screen before the next.
    steps: &'static [(&'static str, &'static str)],
}

/// All of them. What the clock tells is typed over.
pub const PICTURES: [Picture; 5] = [
    Picture {
        name: "desk",
        title: "The desk of tutelage: tutees, timeline, note, alerts and engagement",
        theme: "dark",
        size: (120, 36),
        steps: &[],
    },
    Picture {
        name: "triage",
        title: "The triage screen of tutelage: who needs a word, why, and who acts next",
        theme: "dark",
        size: (120, 36),
        steps: &[("2", "6 of 16 shown"), ("f", "16 of 16 shown")],
    },
    Picture {
        name: "meetings",
        title: "The meetings of tutelage, light: students and the slots of the policy",
        theme: "light",
        size: (120, 36),
        steps: &[("3", "of the tutee")],
    },
    Picture {
        name: "form",
        title: "A meeting recorded in tutelage",
        theme: "dark",
        size: (120, 36),
        steps: &[
            ("m", "Meeting · Aisha"),
            ("\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1b[Z\x1514:00", "14:00"),
            ("\t\t\tHopper 2.04\tBack on track", "on track"),
            (
                "\t\t\tCame on time, less worried than last week. Wants to drop the evening shift;\r",
                "shift",
            ),
            (
                "asked how to tell the module leader about the two late pieces of work.\r\r",
                "late pieces",
            ),
            (
                "- [ ] Aisha: book a workshop by 27 Nov\r- [ ] me: write to the module leader",
                "me: write to the module",
            ),
        ],
    },
    Picture {
        name: "palette",
        title: "The command palette of tutelage shows every command with its key",
        theme: "dark",
        size: (120, 36),
        steps: &[(":", "Commands")],
    },
];

/// Where the pictures are kept.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures")
}

impl Picture {
    /// What the program draws now, as SVG.
    pub fn take(&self, program: &str) -> String {
        let settings = tempfile::tempdir().unwrap();
        let own = settings.path().join("tutelage");
        fs::create_dir(&own).unwrap();
        fs::write(own.join("config.toml"), format!("theme = \"{}\"\n", self.theme)).unwrap();
        let mut program = Launch::command(program)
            .args(["--demo", "--today", "2026-11-21"])
            .env("XDG_CONFIG_HOME", settings.path().to_str().unwrap())
            .env("COLORTERM", "truecolor")
            .size(self.size.0, self.size.1)
            .start();
        program.see("Engagement").see("as of 20 Nov");
        for (keys, shown) in self.steps {
            program.press(keys).see(shown);
        }
        program.quiet(AT_REST);
        let picture = svg::draw(program.screen(), self.title);
        program.signal(Signal::TERM).exit_code();
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_that_are_kept_show_what_the_program_draws_now() {
        for picture in PICTURES {
            let file = folder().join(picture.name).with_extension("svg");
            let kept = fs::read_to_string(file).unwrap_or_default();
            let now = picture.take(env!("CARGO_BIN_EXE_tutelage"));
            let again = format!("{}: cargo run --release --example pictures", picture.name);
            assert_eq!(svg::text(&kept), svg::text(&now), "{again}");
            assert!(kept == now, "other colours. {again}");
            assert!(kept.len() < 100_000, "{} is large", picture.name);
        }
    }
}
