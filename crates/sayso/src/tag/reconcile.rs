//! Quotations and content, reconciled by one rule: **a closed quotation belongs to an attribution's content whole or not at all**. It belongs when
//! three fifths of its words, or more, are content; its marks then come with it. Outside quotations the content loses what never is said:
//! commas, stops and dashes at its edges, and (by sayso's guide) a leading "that".

use crate::segment::{Quotation, Segmented, Shape};
use crate::span::TokenSpan;

use super::{Attribution, Guide};

/// The share of a quotation's words from which it belongs to the content.
const BELONGS: f32 = 0.6;

/// Reconciles every attribution, puts them in order and drops what is left without content or says the same twice.
pub(super) fn reconcile(text: &str, segmented: &Segmented, attributions: Vec<Attribution>, guide: Guide) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = attributions.into_iter().filter_map(|a| one(text, segmented, a, guide)).collect();
    let first = |a: &Attribution| (a.cue.map_or(a.content[0].start(), TokenSpan::start), a.content[0].start());
    out.sort_by_key(first);
    let mut kept: Vec<Attribution> = Vec::with_capacity(out.len());
    for a in out {
        match kept.iter().rposition(|k| k.content == a.content && k.source == a.source) {
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

fn one(text: &str, segmented: &Segmented, mut a: Attribution, guide: Guide) -> Option<Attribution> {
    let (start, end) = (a.content[0].start(), a.content[a.content.len() - 1].end());
    // a window of token flags around the content, wide enough for any quotation that touches it
    let touching = |q: &&Quotation| q.closed && q.span.start() < end && q.span.end() > start;
    let from = segmented.quotations.partition_point(|q| q.span.start() + 4096 < start);
    let quotations: Vec<&Quotation> =
        segmented.quotations[from..].iter().take_while(|q| q.span.start() < end).filter(touching).collect();
    let lo = quotations.iter().map(|q| q.span.start()).min().unwrap_or(start).min(start);
    let hi = quotations.iter().map(|q| q.span.end()).max().unwrap_or(end).max(end);
    let mut flags = vec![false; hi - lo];
    for c in &a.content {
        flags[c.start() - lo..c.end() - lo].fill(true);
    }
    let own = |i: usize| a.cue.iter().chain(&a.source).any(|s| s.range().contains(&i));
    for q in quotations {
        let words = || q.inner().range().filter(|i| segmented.tokens[*i].shape != Shape::Mark);
        let (all, taken) = (words().count(), words().filter(|i| flags[i - lo]).count());
        if all == 0 || taken == 0 {
            continue;
        }
        let belongs = taken as f32 >= BELONGS * all as f32;
        for i in q.span.range() {
            if belongs {
                flags[i - lo] = !own(i);
            } else if !q.inner().range().contains(&i) {
                flags[i - lo] = false; // a mark of a quotation that is not content
            }
        }
    }
    let word = |i: usize| &text[segmented.tokens[i].span.range()];
    let mut content = Vec::new();
    for run in runs(&flags, lo, segmented) {
        let (mut b, mut e) = (run.start(), run.end());
        if content.is_empty() && guide == Guide::Sayso && e - b > 1 && word(b).eq_ignore_ascii_case("that") {
            b += 1;
        }
        while b < e && matches!(word(b), "," | "." | ";" | ":" | "—" | "–" | "-" | ")" | "…") {
            b += 1;
        }
        while b < e && matches!(word(e - 1), "," | "." | ";" | ":" | "—" | "–" | "-" | "(") {
            e -= 1;
        }
        if (b..e).any(|i| segmented.tokens[i].shape != Shape::Mark) {
            content.push(TokenSpan::new(b, e));
        }
    }
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
