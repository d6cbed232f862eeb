//! Bytes of a terminal to events. Whatever arrives, in whatever pieces, it never waits, loops or panics.
//!
//! What the terminal answers is told apart from what is typed, however late it comes and wherever it is broken in
//! two: a slow line may well pause between the escape byte and the rest.
//!
//! crossterm keeps its own decoder behind a reader that spins when the terminal is gone and types answers to
//! questions as if they were keys; this one knows nothing of files.

use std::time::Duration;

use crossterm::event::{
    Event as Happening, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::answer::{self, BEGINNINGS};
use crate::ui::theme::Rgb;

const ESC: u8 = 0x1b;

/// A lone escape byte is the key when nothing has followed for so long.
const ESCAPE: Duration = Duration::from_millis(10);

/// An answer that has begun goes on within so long, or never.
const ANSWER: Duration = Duration::from_secs(1);

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key, the mouse or a paste.
    Hand(Happening),
    /// The terminal says what its background is.
    Ground(Rgb),
    /// The terminal has turned light or dark.
    Turned,
    /// The terminal can hold a picture back until it is whole (mode 2026).
    Holds,
}
const PASTE: &[u8] = b"\x1b[200~";
const PASTED: &[u8] = b"\x1b[201~";

/// Nothing but a paste is longer; more is noise.
const LONGEST_SEQUENCE: usize = 256;

/// What is known of the bytes at the front.
enum Front {
    /// So many bytes are one event, or nothing that means anything here.
    Whole(usize, Option<Event>),
    /// More must come.
    Part,
}

/// Bytes that are no whole event yet.
#[derive(Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    /// Bytes that counted as keys because nothing followed, and may have been the beginning of an answer.
    doubtful: Vec<u8>,
}

impl Decoder {
    /// Takes what was read and hands every whole event to `emit`.
    pub fn read(&mut self, bytes: &[u8], emit: impl FnMut(Event)) {
        if bytes.is_empty() {
            return;
        }
        self.rejoin(bytes);
        // A long paste comes in many pieces; its end is looked for in the newest alone.
        let tail = self.bytes.len().saturating_sub(PASTED.len());
        let pasting = self.bytes.starts_with(PASTE);
        self.bytes.extend_from_slice(bytes);
        if !pasting || find_end(self.bytes.get(tail..).unwrap_or_default()).is_some() {
            self.decode(emit);
        }
    }

    /// How long to wait for more before what is here counts as it is; none if nothing is waited for.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        // Nobody types three bytes of one in so short a time.
        let long = self.bytes.len() > 2 && self.doubtful.is_empty();
        let begins = |it: &&[u8]| long && it.starts_with(&self.bytes);
        let begun = BEGINNINGS.iter().any(|it| begins(it) || self.bytes.starts_with(it));
        let waits = !self.bytes.is_empty() && !self.bytes.starts_with(PASTE);
        waits.then_some(if begun { ANSWER } else { ESCAPE })
    }

    /// Nothing followed: what is here was typed as it is.
    pub fn settle(&mut self, mut emit: impl FnMut(Event)) {
        let bytes = std::mem::take(&mut self.bytes);
        let known = std::mem::take(&mut self.doubtful);
        if let Some(typed) = bytes.strip_prefix(known.as_slice()).filter(|_| !known.is_empty()) {
            for byte in typed {
                emit(letter(char::from(*byte)));
            }
            self.doubtful = bytes;
            return;
        }
        match bytes.as_slice() {
            [ESC] => emit(key(KeyCode::Esc, KeyModifiers::NONE)),
            [ESC, byte @ (b'[' | b'O' | b']' | b'P' | b'_' | b'^')] => {
                emit(with(letter(char::from(*byte)), KeyModifiers::ALT));
            }
            _ => return,
        }
        self.doubtful = bytes;
    }

    /// Puts the beginning of an answer before its rest, if that is what these bytes are.
    fn rejoin(&mut self, bytes: &[u8]) {
        if self.doubtful.is_empty() {
            return;
        }
        let held = self.bytes.strip_prefix(self.doubtful.as_slice()).unwrap_or_default().to_vec();
        let whole = [self.doubtful.as_slice(), &held, bytes].concat();
        let known = BEGINNINGS.iter().any(|it| whole.starts_with(it));
        let perhaps = BEGINNINGS.iter().any(|it| it.starts_with(&whole));
        self.bytes =
            if known || perhaps { [self.doubtful.as_slice(), &held].concat() } else { held };
        if !perhaps {
            self.doubtful.clear();
        }
    }

    fn decode(&mut self, mut emit: impl FnMut(Event)) {
        let mut at = 0;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match front(rest) {
                Front::Whole(length, event) => {
                    at += length.max(1);
                    event.into_iter().for_each(&mut emit);
                }
                Front::Part if rest.len() > LONGEST_SEQUENCE && !rest.starts_with(PASTE) => {
                    at += rest.len();
                }
                Front::Part => break,
            }
        }
        self.bytes.drain(..at.min(self.bytes.len()));
    }
}

fn front(bytes: &[u8]) -> Front {
    match bytes {
        [ESC] => Front::Part,
        [ESC, ESC, ..] => Front::Whole(1, Some(key(KeyCode::Esc, KeyModifiers::NONE))),
        [ESC, b'[', rest @ ..] => sequence(bytes, rest),
        [ESC, b'O', rest @ ..] => match rest {
            [] => Front::Part,
            [ESC, ..] => Front::Whole(2, Some(with(letter('O'), KeyModifiers::ALT))),
            [last, ..] => Front::Whole(3, named(*last).map(|code| key(code, KeyModifiers::NONE))),
        },
        [ESC, b']', b'1', b'1', b';', rest @ ..] => ground(rest),
        [ESC, b']' | b'P' | b'_' | b'^', rest @ ..] => answer(rest),
        [ESC, rest @ ..] => match plain(rest) {
            Front::Whole(length, event) => {
                Front::Whole(length + 1, event.map(|event| with(event, KeyModifiers::ALT)))
            }
            Front::Part => Front::Part,
        },
        _ => plain(bytes),
    }
}

/// A character or a control code.
fn plain(bytes: &[u8]) -> Front {
    let Some(&first) = bytes.first() else { return Front::Part };
    let event = match first {
        b'\r' => key(KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => key(KeyCode::Tab, KeyModifiers::NONE),
        0x7f => key(KeyCode::Backspace, KeyModifiers::NONE),
        0 => key(KeyCode::Char(' '), KeyModifiers::CONTROL),
        1..=26 => key(KeyCode::Char(char::from(first - 1 + b'a')), KeyModifiers::CONTROL),
        ESC => key(KeyCode::Esc, KeyModifiers::NONE),
        28..=31 => key(KeyCode::Char(char::from(first - 28 + b'4')), KeyModifiers::CONTROL),
        32..=126 => letter(char::from(first)),
        128.. => return wide(bytes, first),
    };
    Front::Whole(1, Some(event))
}

/// A character of several bytes; bytes that are no UTF-8 are dropped one by one.
fn wide(bytes: &[u8], first: u8) -> Front {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Front::Whole(1, None),
    };
    match std::str::from_utf8(bytes.get(..length).unwrap_or(bytes)) {
        Ok(text) => Front::Whole(length, text.chars().next().map(letter)),
        Err(error) if error.error_len().is_none() => Front::Part,
        Err(_) => Front::Whole(1, None),
    }
}

/// `ESC [ …`: keys with modifiers, the mouse, pastes.
fn sequence(whole: &[u8], rest: &[u8]) -> Front {
    if whole.starts_with(PASTE) {
        return pasted(whole);
    }
    if let [b'[', more @ ..] = rest {
        // The Linux console: F1 to F5.
        return more.first().map_or(Front::Part, |last| {
            let code = last.checked_sub(b'A').filter(|n| *n < 5).map(|n| KeyCode::F(n + 1));
            Front::Whole(4, code.map(|code| key(code, KeyModifiers::NONE)))
        });
    }
    if rest.first() == Some(&b'M') {
        // The old mouse report, which nobody asked for.
        return if rest.len() < 4 { Front::Part } else { Front::Whole(6, None) };
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return Front::Part;
    };
    let (Some(parameters), Some(&last)) = (rest.get(..end), rest.get(end)) else {
        return Front::Part;
    };
    if !(0x40..=0x7e).contains(&last) {
        // Broken off by another sequence or a control code, which counts for itself.
        return Front::Whole(2 + end, None);
    }
    let event = match parameters {
        [b'<', report @ ..] => mouse(report, last),
        [b'?', b'9', b'9', b'7', b';', ..] if last == b'n' => Some(Event::Turned),
        // 1: it is on, 2: it is off; anything else: there is no such mode.
        [b'?', b'2', b'0', b'2', b'6', b';', b'1' | b'2', b'$'] if last == b'y' => {
            Some(Event::Holds)
        }
        _ => special(parameters, last),
    };
    Front::Whole(3 + end, event)
}

fn pasted(whole: &[u8]) -> Front {
    let text = whole.get(PASTE.len()..).unwrap_or_default();
    match find_end(text) {
        None => Front::Part,
        Some(end) => {
            let text = String::from_utf8_lossy(text.get(..end).unwrap_or_default()).into_owned();
            Front::Whole(
                PASTE.len() + end + PASTED.len(),
                Some(Event::Hand(Happening::Paste(text))),
            )
        }
    }
}

fn find_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(PASTED.len()).position(|window| window == PASTED)
}

/// `ESC ]11;` and a colour. A byte that can be no part of one was typed.
fn ground(rest: &[u8]) -> Front {
    let begin = BEGINNINGS[0].len();
    match rest.iter().position(|byte| !answer::in_a_colour(*byte)) {
        None => Front::Part,
        Some(end) => {
            let colour = rest.get(..end).and_then(answer::colour).map(Event::Ground);
            match rest.get(end..).unwrap_or_default() {
                [ESC] => Front::Part,
                [ESC, b'\\', ..] => Front::Whole(begin + end + 2, colour),
                [7, ..] => Front::Whole(begin + end + 1, colour),
                _ => Front::Whole(begin + end, None),
            }
        }
    }
}

/// `ESC ]` and its like: answers of the terminal, never keys. They end with BEL or `ESC \`.
fn answer(rest: &[u8]) -> Front {
    match rest.iter().position(|byte| *byte == 7 || *byte == ESC) {
        None => Front::Part,
        Some(end) => match (rest.get(end), rest.get(end + 1)) {
            (Some(&ESC), None) => Front::Part,
            (Some(&ESC), Some(b'\\')) => Front::Whole(2 + end + 2, None),
            (Some(&ESC), Some(_)) => Front::Whole(2 + end, None),
            _ => Front::Whole(2 + end + 1, None),
        },
    }
}

fn special(parameters: &[u8], last: u8) -> Option<Event> {
    let mut numbers = parameters.split(|byte| *byte == b';').map(number);
    let (first, held) = (numbers.next().flatten(), numbers.next().flatten());
    let modifiers = modifiers(held.unwrap_or(1));
    let code = match last {
        // Only with 1 in front a key; else an answer about the cursor.
        b'P'..=b'S' if first.is_some_and(|n| n != 1) => return None,
        b'Z' => return Some(key(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'~' => match first? {
            1 | 7 => KeyCode::Home,
            2 => KeyCode::Insert,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            n @ 11..=15 => KeyCode::F(u8::try_from(n - 10).ok()?),
            n @ 17..=21 => KeyCode::F(u8::try_from(n - 11).ok()?),
            n @ 23..=24 => KeyCode::F(u8::try_from(n - 12).ok()?),
            _ => return None,
        },
        b'u' => match first? {
            9 => KeyCode::Tab,
            13 => KeyCode::Enter,
            27 => KeyCode::Esc,
            127 => KeyCode::Backspace,
            n => KeyCode::Char(char::from_u32(n).filter(|c| !c.is_control())?),
        },
        _ => named(last)?,
    };
    Some(key(code, modifiers))
}

fn named(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        b'M' => KeyCode::Enter,
        _ => return None,
    })
}

/// A report of the mouse: button, column, row; `M` when pressed or moved, `m` when let go.
fn mouse(report: &[u8], last: u8) -> Option<Event> {
    let mut numbers = report.split(|byte| *byte == b';').map(number);
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let which = match button & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button & 0xc3, button & 32 != 0) {
        (0x40, _) => MouseEventKind::ScrollUp,
        (0x41, _) => MouseEventKind::ScrollDown,
        (0x42, _) => MouseEventKind::ScrollLeft,
        (0x43, _) => MouseEventKind::ScrollRight,
        (3, _) => MouseEventKind::Moved,
        (0..=2, true) => MouseEventKind::Drag(which),
        (0..=2, false) if last == b'm' => MouseEventKind::Up(which),
        (0..=2, false) => MouseEventKind::Down(which),
        _ => return None,
    };
    let place = |n: u32| u16::try_from(n.saturating_sub(1)).ok();
    // Shift, alt and control stand in the bits 4, 8 and 16.
    let modifiers = modifiers((button >> 2 & 7) + 1);
    Some(Event::Hand(Happening::Mouse(MouseEvent {
        kind,
        column: place(column)?,
        row: place(row)?,
        modifiers,
    })))
}

fn number(digits: &[u8]) -> Option<u32> {
    let digits = digits.split(|byte| *byte == b':').next()?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The modifiers of a sequence: one more than a sum of shift 1, alt 2, control 4.
fn modifiers(held: u32) -> KeyModifiers {
    let bits = held.saturating_sub(1);
    let has = |bit: u32, modifier| if bits & bit == 0 { KeyModifiers::NONE } else { modifier };
    has(1, KeyModifiers::SHIFT) | has(2, KeyModifiers::ALT) | has(4, KeyModifiers::CONTROL)
}

fn letter(c: char) -> Event {
    key(KeyCode::Char(c), if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE })
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Hand(Happening::Key(KeyEvent::new(code, modifiers)))
}

fn with(event: Event, modifiers: KeyModifiers) -> Event {
    match event {
        Event::Hand(Happening::Key(key)) => {
            Event::Hand(Happening::Key(KeyEvent { modifiers: key.modifiers | modifiers, ..key }))
        }
        Event::Hand(_) | Event::Ground(_) | Event::Turned | Event::Holds => event,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn events(pieces: &[&[u8]]) -> Vec<Event> {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for piece in pieces {
            decoder.read(piece, |event| events.push(event));
        }
        decoder.settle(|event| events.push(event));
        events
    }

    fn typed(bytes: &[u8]) -> Event {
        let mut events = events(&[bytes]);
        assert_eq!(events.len(), 1, "{bytes:?}: {events:?}");
        events.remove(0)
    }

    #[test]
    fn keys_arrive_with_their_modifiers() {
        let (none, shift, control, alt) =
            (KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL, KeyModifiers::ALT);
        for (bytes, code, modifiers) in [
            (&b"a"[..], KeyCode::Char('a'), none),
            (b"A", KeyCode::Char('A'), shift),
            ("é".as_bytes(), KeyCode::Char('é'), none),
            ("陈".as_bytes(), KeyCode::Char('陈'), none),
            (b"\r", KeyCode::Enter, none),
            (b"\t", KeyCode::Tab, none),
            (b"\x1b[Z", KeyCode::BackTab, shift),
            (b"\x7f", KeyCode::Backspace, none),
            (b"\x13", KeyCode::Char('s'), control),
            (b"\x1b", KeyCode::Esc, none),
            (b"\x1bx", KeyCode::Char('x'), alt),
            (b"\x1b[", KeyCode::Char('['), alt),
            (b"\x1b[A", KeyCode::Up, none),
            (b"\x1bOA", KeyCode::Up, none),
            (b"\x1b[1;5D", KeyCode::Left, control),
            (b"\x1b[3~", KeyCode::Delete, none),
            (b"\x1b[6;2~", KeyCode::PageDown, shift),
            (b"\x1bOP", KeyCode::F(1), none),
            (b"\x1b[[B", KeyCode::F(2), none),
            (b"\x1b[15~", KeyCode::F(5), none),
            (b"\x1b[17~", KeyCode::F(6), none),
            (b"\x1b[24~", KeyCode::F(12), none),
            (b"\x1b[13;5u", KeyCode::Enter, control),
        ] {
            assert_eq!(typed(bytes), key(code, modifiers), "{bytes:?}");
        }
    }

    #[test]
    fn the_mouse_counts_from_the_corner() {
        let at = |kind| {
            let modifiers = KeyModifiers::NONE;
            Event::Hand(Happening::Mouse(MouseEvent { kind, column: 4, row: 2, modifiers }))
        };
        assert_eq!(typed(b"\x1b[<0;5;3M"), at(MouseEventKind::Down(MouseButton::Left)));
        assert_eq!(typed(b"\x1b[<0;5;3m"), at(MouseEventKind::Up(MouseButton::Left)));
        assert_eq!(typed(b"\x1b[<32;5;3M"), at(MouseEventKind::Drag(MouseButton::Left)));
        assert_eq!(typed(b"\x1b[<65;5;3M"), at(MouseEventKind::ScrollDown));
    }

    #[test]
    fn a_paste_is_one_event_however_it_arrives() {
        let pasted = Event::Hand(Happening::Paste("two\nlines \u{1f600}".to_owned()));
        let bytes = "\x1b[200~two\nlines \u{1f600}\x1b[201~".as_bytes();
        assert_eq!(typed(bytes), pasted);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(events(&single), [pasted]);
    }

    const WHITE: Event = Event::Ground((255, 255, 255));

    #[test]
    fn answers_of_the_terminal_are_not_keys() {
        assert_eq!(events(&[b"\x1b]11;rgb:ffff/ffff/ffff\x07"]), [WHITE]);
        assert_eq!(events(&[b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", b"j"]), [WHITE, letter('j')]);
        assert_eq!(events(&[b"\x1b]12;rgb:ffff/ffff/ffff\x1b\\", b"j"]), [letter('j')]);
        assert_eq!(events(&[b"\x1b[?62;4c\x1b[12;40Rj"]), [letter('j')]);
        assert_eq!(events(&[b"\x1b[?997;2n"]), [Event::Turned]);
        assert_eq!(events(&[b"\x1b[?2026;2$yj"]), [Event::Holds, letter('j')]);
        assert_eq!(events(&[b"\x1b[?2026;0$yj"]), [letter('j')], "it knows no such mode");
        assert_eq!(slowly(&[b"\x1b[?20", b"26;1$y"]).last(), Some(&Event::Holds));
    }

    /// What comes of pieces between which the line pauses long enough for every doubt to be settled.
    fn slowly(pieces: &[&[u8]]) -> Vec<Event> {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        for piece in pieces {
            decoder.read(piece, |event| events.push(event));
            if decoder.patience() == Some(ESCAPE) {
                decoder.settle(|event| events.push(event));
            }
        }
        events
    }

    #[test]
    fn an_answer_types_nothing_wherever_the_line_pauses() {
        for answer in [&b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"[..], b"\x1b]11;rgb:ff/ff/ff\x07"] {
            for cut in 0..answer.len() {
                let seen = slowly(&[&answer[..cut], &answer[cut..]]);
                // What stood before the pause may count as the key that it is as well.
                let before =
                    [key(KeyCode::Esc, KeyModifiers::NONE), with(letter(']'), KeyModifiers::ALT)];
                let rest: Vec<_> = seen.into_iter().filter(|it| !before.contains(it)).collect();
                assert_eq!(rest, [WHITE], "cut at {cut}");
            }
        }
        let rest = slowly(&[b"\x1b", b"]", b"11;rgb:ff/f", b"f/ff\x07"]);
        assert_eq!(rest.last(), Some(&WHITE));
        let single: Vec<&[u8]> = b"\x1b[?997;1n".chunks(1).collect();
        assert_eq!(events(&single), [Event::Turned]);
        assert_eq!(slowly(&[b"\x1b", b"[?997;1n"]).last(), Some(&Event::Turned));
    }

    #[test]
    fn what_only_begins_like_an_answer_is_typed() {
        let esc = key(KeyCode::Esc, KeyModifiers::NONE);
        assert_eq!(
            slowly(&[b"\x1b", b"]", b"1x"]),
            [esc.clone(), letter(']'), letter('1'), letter('x')]
        );
        assert_eq!(slowly(&[b"\x1b", b"]x"]), [esc.clone(), letter(']'), letter('x')]);
        assert_eq!(slowly(&[b"\x1b", b"j", b"]"]), [esc, letter('j'), letter(']')]);
        assert_eq!(events(&[b"\x1b]11;rgb:ff", b"j"]), [letter('j')], "an answer that never ends");
    }

    #[test]
    fn a_sequence_that_is_broken_off_does_not_swallow_the_next_key() {
        assert_eq!(events(&[b"\x1b[1;\x1b[A"]), [key(KeyCode::Up, KeyModifiers::NONE)]);
        assert_eq!(events(&[b"\xff\xc3j"]), [letter('j')]);
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_give_the_same_events(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(ESC), Just(b'['), Just(b'<'), Just(b';')], 0..200),
            size in 1_usize..9,
        ) {
            let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
            prop_assert_eq!(events(&pieces), events(&[&bytes]));
        }
    }
}
