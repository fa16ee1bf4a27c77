//! What every part of the resolve step looks at: the report, its tokens, its attributions, how much of each is quoted and which lies inside which.

use crate::reading::{Kind, Span};
use crate::report::Report;
use crate::segment::{Segmented, Shape};
use crate::span::TokenSpan;
use crate::tag::Attribution;

/// A report with its attributions, and how to look at their words.
pub(super) struct Context<'a> {
    /// The report.
    pub(super) report: &'a Report,
    /// Its tokens, sentences, paragraphs and quotations.
    pub(super) segmented: &'a Segmented,
    /// What the tagger found, in order; statement `s1` is the first.
    pub(super) attributions: &'a [Attribution],
    /// How much of each attribution is quoted.
    pub(super) kinds: Vec<Kind>,
    /// The attribution in whose content each lies.
    pub(super) parents: Vec<Option<usize>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(report: &'a Report, segmented: &'a Segmented, attributions: &'a [Attribution]) -> Self {
        let kinds = attributions.iter().map(|a| kind(report, segmented, a)).collect();
        Self {
            report,
            segmented,
            attributions,
            kinds,
            parents: parents(attributions),
        }
    }

    /// A token as printed.
    pub(super) fn word(&self, token: usize) -> &'a str {
        self.report.slice(self.segmented.tokens[token].span)
    }

    /// A token in lower case.
    pub(super) fn lower(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    /// The words from the first to the last token of a span, as printed.
    pub(super) fn text(&self, span: TokenSpan) -> &'a str {
        self.report.slice(self.segmented.bytes(span))
    }

    /// A span as a reading gives it.
    pub(super) fn span(&self, span: TokenSpan) -> Span {
        Span::new(self.report, self.segmented.bytes(span))
    }

    /// The sentence that holds a token.
    pub(super) fn sentence_of(&self, token: usize) -> TokenSpan {
        self.segmented.sentences[self.segmented.sentences.partition_point(|s| s.end() <= token)]
    }

    /// The number of the paragraph that holds a token.
    pub(super) fn paragraph_of(&self, token: usize) -> usize {
        self.segmented.paragraph_of(token)
    }

    /// Where an attribution stands: its cue, or where it has none its content.
    pub(super) fn anchor(&self, attribution: usize) -> usize {
        let a = &self.attributions[attribution];
        a.cue.map_or(a.content[0].start(), TokenSpan::start)
    }

    /// For each token the innermost attribution whose content holds it.
    pub(super) fn holders(&self) -> Vec<Option<usize>> {
        let size = |a: usize| self.attributions[a].content.iter().map(|c| c.len()).sum::<usize>();
        let mut order: Vec<usize> = (0..self.attributions.len()).collect();
        order.sort_by_key(|a| std::cmp::Reverse(size(*a)));
        let mut out = vec![None; self.segmented.tokens.len()];
        for a in order {
            for i in self.attributions[a].content.iter().flat_map(|c| c.range()) {
                out[i] = Some(a);
            }
        }
        out
    }
}

/// How much of an attribution's content stands in quotations of its own; a quotation that it lies in is another's.
fn kind(report: &Report, segmented: &Segmented, a: &Attribution) -> Kind {
    let (mut words, mut quoted) = (0, 0);
    for piece in &a.content {
        let mut covered = piece.start();
        let from = segmented.quotations.partition_point(|q| q.span.start() < piece.start());
        for q in segmented.quotations[from..]
            .iter()
            .take_while(|q| q.span.start() < piece.end())
        {
            if q.closed && piece.contains(q.span) && q.span.end() > covered {
                quoted += count_words(segmented, TokenSpan::new(q.span.start().max(covered), q.span.end()));
                covered = q.span.end();
            }
        }
        words += count_words(segmented, *piece);
    }
    let turn = a.cue.is_some_and(|c| {
        c.end() == a.content[0].start()
            && matches!(report.slice(segmented.bytes(c)), ":" | "—" | "–" | "-")
            && segmented.paragraph_of(c.start()) == segmented.paragraph_of(a.content[0].start())
    });
    match quoted {
        0 if turn => Kind::Direct,
        0 => Kind::Indirect,
        q if q == words => Kind::Direct,
        _ if turn => Kind::Direct,
        _ => Kind::Mixed,
    }
}

fn count_words(segmented: &Segmented, span: TokenSpan) -> usize {
    span.range()
        .filter(|i| segmented.tokens[*i].shape != Shape::Mark)
        .count()
}

/// For each attribution the smallest other one whose content holds its cue and all of its content.
fn parents(attributions: &[Attribution]) -> Vec<Option<usize>> {
    let holds = |parent: &Attribution, span: TokenSpan| parent.content.iter().any(|c| c.contains(span));
    let size = |a: &Attribution| a.content.iter().map(|c| c.len()).sum::<usize>();
    // only attributions whose contents start within reach can hold one another, so the search stays local
    let mut by_start: Vec<usize> = (0..attributions.len()).collect();
    by_start.sort_by_key(|i| attributions[*i].content[0].start());
    let mut out = vec![None; attributions.len()];
    for (rank, i) in by_start.iter().enumerate() {
        let child = &attributions[*i];
        let neighbours = by_start[rank.saturating_sub(24)..(rank + 24).min(by_start.len())].iter();
        out[*i] = neighbours
            .filter(|p| {
                let parent = &attributions[**p];
                **p != *i
                    && size(parent) > size(child)
                    && child.cue.iter().chain(&child.content).all(|s| holds(parent, *s))
            })
            .min_by_key(|p| size(&attributions[**p]))
            .copied();
    }
    out
}
