//! Text in which the letters that a search found are highlighted.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Splits a text into spans; `found` tells which whole characters, counted from 0, are highlighted.
#[must_use]
pub fn by_character(
    text: &str,
    plain: Style,
    hit: Style,
    found: impl Fn(usize) -> bool,
) -> Vec<Span<'static>> {
    let mut spans: Vec<(bool, String)> = Vec::new();
    for (at, whole) in text.graphemes(true).enumerate() {
        let marked = found(at);
        match spans.last_mut() {
            Some((same, run)) if *same == marked => run.push_str(whole),
            _ => spans.push((marked, whole.to_owned())),
        }
    }
    let style = |marked| if marked { plain.patch(hit) } else { plain };
    spans.into_iter().map(|(marked, run)| Span::styled(run, style(marked))).collect()
}

/// The same where the highlighted bytes are known.
#[must_use]
pub fn by_bytes(
    text: &str,
    plain: Style,
    hit: Style,
    ranges: &[Range<usize>],
) -> Vec<Span<'static>> {
    let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    by_character(text, plain, hit, |at| {
        starts.get(at).is_some_and(|start| ranges.iter().any(|range| range.contains(start)))
    })
}
