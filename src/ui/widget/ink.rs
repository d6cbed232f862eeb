//! Puts text into a picture: plain letters straight into their cells, all else letter for letter as ratatui does.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;

/// Puts a line there, in at most so many columns; returns the column behind it.
pub fn line(picture: &mut Buffer, (x, y): (u16, u16), line: &Line<'_>, width: u16) -> u16 {
    let end = x.saturating_add(width);
    let mut x = x;
    for span in &line.spans {
        let style = line.style.patch(span.style);
        x = text(picture, (x, y), &span.content, end.saturating_sub(x), style);
    }
    x
}

/// Puts a text there, in at most so many columns; returns the column behind it.
pub fn text(picture: &mut Buffer, (x, y): (u16, u16), text: &str, width: u16, style: Style) -> u16 {
    let end = picture.area.right().min(x.saturating_add(width));
    let (mut x, mut rest) = (x, text);
    while !rest.is_empty() && x < end {
        let plain = plain_head(rest);
        let (head, tail) = rest.split_at(if plain > 0 { plain } else { odd_head(rest) });
        let put = if plain > 0 { letters } else { graphemes };
        let whole = put(picture, (&mut x, y), head, end, style);
        rest = if whole.is_some() { tail } else { "" };
    }
    x
}

const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// So many letters at the front are of one byte and one column, and join with nothing: between two such there is
/// always a boundary.
fn plain_head(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| is_plain(*byte)).count();
    if plain == text.len() { plain } else { plain.saturating_sub(1) }
}

/// Where the first of these boundaries comes.
fn odd_head(text: &str) -> usize {
    let pairs = text.as_bytes().windows(2);
    let found = pairs.zip(1..).find(|(pair, _)| pair.iter().all(|byte| is_plain(*byte)));
    found.map_or(text.len(), |(_, at)| at)
}

/// Puts plain letters; none once something has not fitted.
fn letters(
    picture: &mut Buffer,
    (x, y): (&mut u16, u16),
    text: &str,
    end: u16,
    style: Style,
) -> Option<()> {
    let area = picture.area;
    let (down, right) = (y.checked_sub(area.y)?, x.checked_sub(area.x)?);
    let first = usize::from(down) * usize::from(area.width) + usize::from(right);
    let count = text.len().min(usize::from(end - *x));
    let cells = picture.content.get_mut(first..first + count)?;
    for (cell, at) in cells.iter_mut().zip(0..) {
        cell.set_symbol(text.get(at..=at)?).set_style(style);
        *x += 1;
    }
    (count == text.len()).then_some(())
}

/// Puts anything as ratatui does; none once something has not fitted.
fn graphemes(
    picture: &mut Buffer,
    (x, y): (&mut u16, u16),
    text: &str,
    end: u16,
    style: Style,
) -> Option<()> {
    let whole = text.graphemes(true).filter(|whole| !whole.contains(char::is_control));
    for (whole, width) in whole.map(|it| (it, it.cell_width())).filter(|(_, width)| *width > 0) {
        if width > end - *x {
            return None;
        }
        picture.cell_mut((*x, y))?.set_symbol(whole).set_style(style);
        for hidden in 1..width {
            picture.cell_mut((*x + hidden, y))?.reset();
        }
        *x += width;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_put_as_ratatui_puts_it(
            parts in proptest::collection::vec("[ -~é陈👩\u{200d}\u{301}\u{600}\t\u{7}ﾞ한ᄀ─…]{0,7}|.{0,3}", 0..4),
            x in 0u16..14,
            width in 0u16..20,
        ) {
            let area = Rect::new(0, 0, 14, 2);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            for picture in [&mut ours, &mut theirs] {
                picture.set_string(0, 1, "陈abc陈def陈", Style::new().fg(Color::Red));
            }
            let spans = parts.iter().zip([Color::Blue, Color::Green].into_iter().cycle());
            let spans = spans.map(|(part, colour)| ratatui::text::Span::styled(part, colour));
            let whole = Line::from(spans.collect::<Vec<_>>());
            let end = line(&mut ours, (x, 1), &whole, width);
            prop_assert_eq!(end, theirs.set_line(x, 1, &whole, width).0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
