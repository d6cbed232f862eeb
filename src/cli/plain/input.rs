//! Lines of standard input, read only when one is asked for: so a passphrase can be read from the terminal in between.

use std::{
    io::{self, BufRead, IsTerminal, Read},
    sync::mpsc::{self, Sender},
    thread,
};

use crate::{app::Private, cli::passphrase::Source, runtime::Event};

/// The longest line that is taken.
const LONGEST: u64 = 1024 * 1024;

/// What is to be read.
#[derive(Debug)]
pub enum Wanted {
    /// A line.
    Line,
    /// A line that is not shown while it is typed, with what is printed before it.
    Unseen(String),
}

/// The thread that reads.
#[derive(Debug)]
pub struct Input(Sender<Wanted>);

impl Input {
    /// Starts the thread.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn start(events: Sender<Event>) -> io::Result<Self> {
        let (asks, asked) = mpsc::channel();
        thread::Builder::new().name("lines".into()).spawn(move || {
            for wanted in asked {
                if events.send(Event::Line(read(&wanted).map(Private))).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self(asks))
    }

    /// Asks for one line; it comes as an event.
    pub fn ask(&self, wanted: Wanted) {
        self.0.send(wanted).ok();
    }
}

fn read(wanted: &Wanted) -> Option<String> {
    match wanted {
        Wanted::Unseen(prompt) if io::stdin().is_terminal() => {
            Source::Prompt.ask(prompt).ok().map(|typed| typed.to_string())
        }
        Wanted::Line | Wanted::Unseen(_) => line(&mut io::stdin().lock()),
    }
}

/// The next line without its end; none when there is none. What is no UTF-8 becomes a question mark of its own kind.
fn line(from: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    let read = from.take(LONGEST).read_until(b'\n', &mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    (read > 0).then(|| text.trim_end_matches(['\n', '\r']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_without_their_ends_until_there_are_no_more() {
        let mut from = io::Cursor::new(b"one\r\n\ntwo \xff".to_vec());
        let mut next = || line(&mut from);
        assert_eq!(next().as_deref(), Some("one"));
        assert_eq!(next().as_deref(), Some(""));
        assert_eq!(next().as_deref(), Some("two \u{fffd}"));
        assert_eq!(next(), None);
    }
}
