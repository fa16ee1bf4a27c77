//! The fourth step: attributions to statements. Comes in: what the tagger found. Goes out: a [`Reading`] whose spans are bytes of the report, with
//! how much of each statement is quoted and which statement lies inside which. It never adds, joins or moves a word.

use crate::reading::{Kind, Reading, ReportRecord, SCHEMA, Span, Statement};
use crate::report::Report;
use crate::segment::{Segmented, Shape};
use crate::span::TokenSpan;
use crate::tag::Attribution;

/// The reading of a report from its attributions.
///
/// ```
/// use sayso::{Guide, Report, resolve, segment};
/// let report = Report::new("He said it was “dead”.")?;
/// let segmented = segment::segment(&report);
/// let attributions = sayso::tag::Tagger::new()?.tag(&report, &segmented, Guide::Sayso)?;
/// let reading = resolve::reading(&report, &segmented, &attributions);
/// assert_eq!(reading.statements[0].kind, sayso::Kind::Mixed);
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn reading(report: &Report, segmented: &Segmented, attributions: &[Attribution]) -> Reading {
    let span = |s: TokenSpan| Span::new(report, segmented.bytes(s));
    let parents = parents(attributions);
    let statements = attributions
        .iter()
        .zip(&parents)
        .enumerate()
        .map(|(i, (a, parent))| Statement {
            id: format!("s{}", i + 1),
            source: a.source.map(span),
            cue: a.cue.map(span),
            content: a.content.iter().copied().map(span).collect(),
            kind: kind(report, segmented, a),
            nested_in: parent.map(|p| format!("s{}", p + 1)),
            confidence: f64::from((a.confidence * 1000.0).round()) / 1000.0,
        })
        .collect();
    Reading {
        schema: SCHEMA.to_owned(),
        report: ReportRecord::from(report),
        statements,
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
