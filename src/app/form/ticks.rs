//! Checklists and registers: lines that each have one of a few words.

/// One line of a checklist or register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Who or what it is.
    pub label: String,
    /// Which of the words is chosen, counted from 0.
    pub chosen: usize,
}

/// Lines that each have one of a few words: a checklist (open, done) or a register (present, absent …).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Ticks {
    /// The lines.
    pub lines: Vec<Tick>,
    /// The words, with the sign that stands before the line.
    pub words: Vec<(&'static str, String)>,
    /// The line that has the keys.
    pub at: usize,
}

impl Ticks {
    /// A checklist, nothing ticked.
    #[must_use]
    pub fn checklist<T: Into<String>>(labels: impl IntoIterator<Item = T>) -> Self {
        let words = vec![("☐", "open".to_owned()), ("☑", "done".to_owned())];
        Self {
            lines: labels
                .into_iter()
                .map(|label| Tick { label: label.into(), chosen: 0 })
                .collect(),
            words,
            at: 0,
        }
    }

    /// A register: each line with the word that is chosen before.
    #[must_use]
    pub fn register<T: Into<String>>(
        words: Vec<(&'static str, String)>,
        lines: impl IntoIterator<Item = (T, usize)>,
    ) -> Self {
        let line = |(label, chosen): (T, usize)| Tick { label: label.into(), chosen };
        Self { lines: lines.into_iter().map(line).collect(), words, at: 0 }
    }

    /// What is chosen on each line.
    #[must_use]
    pub fn chosen(&self) -> Vec<usize> {
        self.lines.iter().map(|line| line.chosen).collect()
    }

    pub(super) fn turn(&mut self, by: Turn) -> bool {
        let len = self.words.len();
        if let Some(line) = self.lines.get_mut(self.at).filter(|_| len > 0) {
            line.chosen = match by {
                Turn::On => (line.chosen + 1) % len,
                Turn::Back => (line.chosen + len - 1) % len,
            };
        }
        true
    }

    /// Chooses the word that begins with the letter and goes on to the next line; a whole register in one pass.
    pub(super) fn letter(&mut self, c: char) -> bool {
        let Some(line) = self.lines.get_mut(self.at) else { return false };
        let words = self.words.iter().map(|(_, words)| words.as_str());
        let Some(at) = next_by_letter(words, None, c) else { return false };
        line.chosen = at;
        self.step(Turn::On);
        true
    }

    pub(super) fn step(&mut self, by: Turn) -> bool {
        let next = match by {
            Turn::On => self.at.checked_add(1).filter(|at| *at < self.lines.len()),
            Turn::Back => self.at.checked_sub(1),
        };
        self.at = next.unwrap_or(self.at);
        next.is_some()
    }
}

/// Which way a choice turns.
#[derive(Debug, Clone, Copy)]
pub(super) enum Turn {
    On,
    Back,
}

/// The next of the words, from the chosen one on, that begins with the letter in any case.
pub(super) fn next_by_letter<'a>(
    words: impl Iterator<Item = &'a str>,
    from: Option<usize>,
    c: char,
) -> Option<usize> {
    let begins = |(_, words): &(usize, &str)| {
        words.to_lowercase().starts_with(&c.to_lowercase().to_string())
    };
    let hits: Vec<usize> = words.enumerate().filter(begins).map(|(at, _)| at).collect();
    let later = hits.iter().find(|at| from.is_some_and(|from| **at > from));
    later.or(hits.first()).copied()
}
