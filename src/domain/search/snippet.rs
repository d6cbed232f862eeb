//! The words around a place, on one line, and what to highlight in it.

use std::ops::Range;

use super::Words;
use crate::domain::fold::Traced;

/// Characters of context before the first place, and of the whole snippet.
const BEFORE: usize = 24;
const LONGEST: usize = 160;

/// A piece of the text that holds the first place of any word, and every place in that piece.
pub(super) fn around(text: &str, words: &Words) -> (String, Vec<Range<usize>>) {
    let first = first_place(text, words);
    let (lead, start) = start_of(text, first);
    let tail = text.get(start..).unwrap_or_default();
    let end = tail.char_indices().nth(LONGEST).map_or(tail.len(), |(at, _)| at);
    let mut snippet = String::from(lead);
    for c in tail.get(..end).unwrap_or_default().trim_end().chars() {
        let blank = c.is_whitespace();
        if !(blank && snippet.ends_with(' ')) {
            snippet.push(if blank { ' ' } else { c });
        }
    }
    if end < tail.len() {
        snippet.push('…');
    }
    let marks = places(&snippet, words);
    (snippet, marks)
}

/// Where the first of the words starts that is in the text.
fn first_place(text: &str, words: &Words) -> usize {
    if text.is_ascii() {
        let all = words.iter().filter_map(|needle| needle.first_in(text));
        return all.min().unwrap_or_default();
    }
    let traced = Traced::new(text);
    let all = words.iter().filter_map(|needle| needle.places(&traced.folded).next());
    all.min_by_key(|range| range.start).map_or(0, |range| traced.origin(&range).start)
}

/// Where the snippet starts: some characters before the place, at the start of a word.
fn start_of(text: &str, place: usize) -> (&'static str, usize) {
    let head = text.get(..place).unwrap_or_default();
    let Some((cut, _)) = head.char_indices().rev().nth(BEFORE) else { return ("", 0) };
    let rest = head.get(cut..).unwrap_or_default();
    let word = rest.find(char::is_whitespace).map_or(cut, |blank| cut + blank + 1);
    let word = if text.is_char_boundary(word) { word } else { cut };
    ("…", word)
}

/// Every place of every word, in order and not overlapping.
fn places(text: &str, words: &Words) -> Vec<Range<usize>> {
    let traced = Traced::new(text);
    let found = words.iter().flat_map(|needle| needle.places(&traced.folded));
    let mut found: Vec<_> = found.map(|range| traced.origin(&range)).collect();
    found.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
