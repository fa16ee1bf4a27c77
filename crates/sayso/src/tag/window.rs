//! Windows: stretches of whole paragraphs that the network can read at once (at most 320 wordpieces), overlapping, with each paragraph assigned
//! to the window in which it has most context on either side. So no attribution is lost or doubled at a seam, and each paragraph is
//! decided once. A paragraph longer than a window is cut after a sentence's end where it can be, anywhere where it cannot.

use crate::segment::Segmented;

use super::wordpiece::Pieces;

/// Wordpieces in a window; the network was trained on windows up to this long.
pub(super) const MAX_PIECES: usize = 320;
/// Wordpieces, at most, that a window repeats from the one before it.
const OVERLAP: usize = 72;

/// A window: what the network sees, and which of it this window decides.
#[derive(Debug)]
pub(super) struct Window {
    /// First token.
    pub(super) start: usize,
    /// Token after the last.
    pub(super) end: usize,
    /// Tokens whose cues are decided here.
    pub(super) decides: Vec<std::ops::Range<usize>>,
}

struct Unit {
    start: usize,
    end: usize,
    pieces: usize,
}

/// The windows of a report.
pub(super) fn windows(text: &str, segmented: &Segmented, pieces: &Pieces) -> Vec<Window> {
    let units = units(text, segmented, pieces);
    let mut spans: Vec<(usize, usize, usize)> = Vec::new();
    let mut i = 0;
    while i < units.len() {
        let (mut j, mut total) = (i, 0);
        while j < units.len() && total + units[j].pieces <= MAX_PIECES {
            total += units[j].pieces;
            j += 1;
        }
        spans.push((i, j, total));
        if j >= units.len() {
            break;
        }
        let (mut k, mut repeated) = (j, 0);
        while k > i + 1 && repeated + units[k - 1].pieces <= OVERLAP {
            k -= 1;
            repeated += units[k].pieces;
        }
        i = k;
    }
    // each unit goes to the window where the nearer edge is farthest; an edge of the report is no edge
    let mut best: Vec<(usize, usize)> = vec![(0, 0); units.len()];
    for (w, (i, j, total)) in spans.iter().enumerate() {
        let mut before = 0;
        for (k, unit) in units.iter().enumerate().take(*j).skip(*i) {
            let left = if *i == 0 { usize::MAX } else { before };
            before += unit.pieces;
            let right = if *j == units.len() { usize::MAX } else { total - before };
            let context = left.min(right).saturating_add(1);
            if context > best[k].0 {
                best[k] = (context, w);
            }
        }
    }
    let mut out: Vec<Window> = spans
        .iter()
        .map(|(i, j, _)| Window {
            start: units[*i].start,
            end: units[*j - 1].end,
            decides: Vec::new(),
        })
        .collect();
    for (unit, (_, w)) in units.iter().zip(best) {
        out[w].decides.push(unit.start..unit.end);
    }
    out
}

/// Paragraphs, long ones cut; a unit never has more pieces than a window.
fn units(text: &str, segmented: &Segmented, pieces: &Pieces) -> Vec<Unit> {
    let mut out = Vec::new();
    for p in &segmented.paragraphs {
        let (mut start, mut last, mut total) = (p.start(), None, 0);
        for k in p.range() {
            let n = pieces.of(k).len();
            if total + n > MAX_PIECES {
                let cut = last.unwrap_or(k);
                out.push(Unit {
                    start,
                    end: cut,
                    pieces: pieces.count(start..cut),
                });
                (start, last) = (cut, None);
                total = pieces.count(start..k);
            }
            total += n;
            let ends = matches!(
                &text[segmented.tokens[k].span.range()],
                "." | "!" | "?" | "”" | "\"" | "’"
            );
            if ends && k > start && k + 1 < p.end() {
                last = Some(k + 1);
            }
        }
        out.push(Unit {
            start,
            end: p.end(),
            pieces: pieces.count(start..p.end()),
        });
    }
    out
}
