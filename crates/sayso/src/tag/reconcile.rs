//! Quotations and content, reconciled by one rule: **a closed quotation belongs to an attribution's content whole or not at all**. It belongs when
//! three fifths of its words, or more, are content; its marks then come with it, and (by sayso's guide) so do its pieces in the paragraphs before and after
//! that belong to nobody else. Outside quotations the content loses what never is said: commas, stops and dashes at its edges, and (by sayso's
//! guide) a leading "that".

use crate::segment::{Quotation, Segmented, Shape};
use crate::span::TokenSpan;

use super::{Attribution, Guide};

/// The share of a quotation's words from which it belongs to the content.
const BELONGS: f32 = 0.6;

/// Reconciles every attribution, puts them in order and drops what is left without content or says the same twice.
pub(super) fn reconcile(
    text: &str,
    segmented: &Segmented,
    attributions: Vec<Attribution>,
    guide: Guide,
) -> Vec<Attribution> {
    let owned = owned_pieces(segmented, &attributions);
    let mut out: Vec<Attribution> = attributions
        .into_iter()
        .filter_map(|a| one(text, segmented, &owned, a, guide))
        .collect();
    let first = |a: &Attribution| {
        (
            a.cue.map_or(a.content[0].start(), TokenSpan::start),
            a.content[0].start(),
        )
    };
    out.sort_by_key(first);
    let mut kept: Vec<Attribution> = Vec::with_capacity(out.len());
    for a in out {
        match kept
            .iter()
            .rposition(|k| k.content == a.content && k.source == a.source)
        {
            Some(i) if kept.len() - i <= 3 => {
                if a.confidence > kept[i].confidence {
                    kept[i] = a;
                }
            }
            _ => kept.push(a),
        }
    }
    kept
}

/// Whether enough of a quotation's words are content of an attribution.
fn belongs(segmented: &Segmented, q: &Quotation, content: &[TokenSpan]) -> bool {
    let words = || q.inner().range().filter(|i| segmented.tokens[*i].shape != Shape::Mark);
    let taken = words()
        .filter(|i| content.iter().any(|c| c.range().contains(i)))
        .count();
    taken > 0 && taken as f32 >= BELONGS * words().count() as f32
}

/// The quotations that touch a stretch of tokens, with their places in the list.
fn touching(segmented: &Segmented, start: usize, end: usize) -> impl Iterator<Item = (usize, &Quotation)> {
    // a quotation lies in one paragraph, so none that begins before the stretch's first paragraph reaches it
    let paragraph = segmented.paragraphs[segmented.paragraph_of(start)].start();
    let from = segmented.quotations.partition_point(|q| q.span.start() < paragraph);
    let all = segmented
        .quotations
        .iter()
        .enumerate()
        .skip(from)
        .take_while(move |(_, q)| q.span.start() < end);
    all.filter(move |(_, q)| q.closed && q.span.end() > start)
}

/// For each piece of a quotation over paragraphs, whether it belongs to some attribution already.
fn owned_pieces(segmented: &Segmented, attributions: &[Attribution]) -> Vec<bool> {
    let mut owned = vec![false; segmented.quotations.len()];
    for a in attributions {
        for c in &a.content {
            for (i, q) in touching(segmented, c.start(), c.end()).filter(|(_, q)| q.goes_on || q.continues) {
                owned[i] |= belongs(segmented, q, &a.content);
            }
        }
    }
    owned
}

/// The pieces that continue a quotation, or that it continues, as far as they belong to nobody.
fn free_pieces(segmented: &Segmented, owned: &[bool], at: usize) -> Vec<TokenSpan> {
    let all = &segmented.quotations;
    let mut out = Vec::new();
    let mut k = at;
    while all[k].goes_on
        && let Some(next) = (k + 1..all.len()).find(|i| all[*i].continues)
        && !owned[next]
        && all[next].closed
    {
        out.push(all[next].span);
        k = next;
    }
    let mut k = at;
    while all[k].continues
        && let Some(before) = (0..k).rev().find(|i| all[*i].goes_on)
        && !owned[before]
    {
        out.push(all[before].span);
        k = before;
    }
    out
}

fn one(text: &str, segmented: &Segmented, owned: &[bool], mut a: Attribution, guide: Guide) -> Option<Attribution> {
    let (start, end) = (a.content[0].start(), a.content[a.content.len() - 1].end());
    let quotations: Vec<(usize, &Quotation)> = touching(segmented, start, end).collect();
    let lo = quotations
        .iter()
        .map(|(_, q)| q.span.start())
        .min()
        .unwrap_or(start)
        .min(start);
    let hi = quotations
        .iter()
        .map(|(_, q)| q.span.end())
        .max()
        .unwrap_or(end)
        .max(end);
    // for each token around the content: whether it is content, and whether as part of a whole quotation
    let mut flags = vec![false; hi - lo];
    let mut whole = vec![false; hi - lo];
    for c in &a.content {
        flags[c.start() - lo..c.end() - lo].fill(true);
    }
    let own = |i: usize| a.cue.iter().chain(&a.source).any(|s| s.range().contains(&i));
    let mut pieces = Vec::new();
    for (k, q) in quotations {
        if belongs(segmented, q, &a.content) {
            for i in q.span.range().filter(|i| !own(*i)) {
                (flags[i - lo], whole[i - lo]) = (true, true);
            }
            if guide == Guide::Sayso {
                pieces.extend(free_pieces(segmented, owned, k));
            }
        } else {
            // the marks of a quotation that is not content
            flags[q.span.start() - lo..q.inner().start() - lo].fill(false);
            flags[q.inner().end() - lo..q.span.end() - lo].fill(false);
        }
    }
    let word = |i: usize| &text[segmented.tokens[i].span.range()];
    let loose = |i: usize| !whole[i - lo];
    let mut content = Vec::new();
    for run in runs(&flags, lo, segmented) {
        let (mut b, mut e) = (run.start(), run.end());
        if content.is_empty() && guide == Guide::Sayso && e - b > 1 && loose(b) && word(b).eq_ignore_ascii_case("that")
        {
            b += 1;
        }
        while b < e
            && loose(b)
            && matches!(
                word(b),
                "," | "." | ";" | ":" | "—" | "–" | "-" | ")" | "…" | "\u{feff}" | "\u{200b}"
            )
        {
            b += 1;
        }
        while b < e
            && loose(e - 1)
            && matches!(
                word(e - 1),
                "," | "." | ";" | ":" | "—" | "–" | "-" | "(" | "\u{feff}" | "\u{200b}"
            )
        {
            e -= 1;
        }
        if (b..e).any(|i| segmented.tokens[i].shape != Shape::Mark) {
            content.push(TokenSpan::new(b, e));
        }
    }
    for piece in pieces {
        content.retain(|c| !piece.contains(*c));
        if !content.iter().any(|c| c.overlaps(piece)) {
            content.push(piece);
        }
    }
    content.sort_unstable();
    if content.is_empty() {
        return None;
    }
    a.content = content;
    Some(a)
}

/// Runs of flags, cut at paragraphs; a gap of nothing but marks within a sentence's flow is closed.
fn runs(flags: &[bool], lo: usize, segmented: &Segmented) -> Vec<TokenSpan> {
    let mut out: Vec<TokenSpan> = Vec::new();
    for (k, _) in flags.iter().enumerate().filter(|(_, f)| **f) {
        let i = k + lo;
        let breaks = segmented.paragraphs[segmented.paragraph_of(i)].start() == i;
        match out.last_mut() {
            Some(last) if !breaks && last.end() == i => *last = TokenSpan::new(last.start(), i + 1),
            _ => out.push(TokenSpan::new(i, i + 1)),
        }
    }
    out
}
