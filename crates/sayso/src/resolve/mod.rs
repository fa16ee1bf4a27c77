//! The fourth step: attributions to statements. Comes in: what the tagger found. Goes out: a [`Reading`] whose spans are bytes of the report: who speaks,
//! for whom, through which channel, with which stance, on which day, on what evidence; what is withheld; which figures are given. Each is a
//! module; none adds, joins or moves a word, and what the text does not say stays null.

mod channel;
mod context;
mod date;
mod entity;
mod evidence;
mod figure;
mod justification;
mod relate;
mod stance;
mod undisclosed;

use crate::reading::{Reading, ReportRecord, SCHEMA, Statement};
use crate::report::Report;
use crate::segment::Segmented;
use crate::span::TokenSpan;
use crate::tag::Attribution;

use context::Context;

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
    let context = Context::new(report, segmented, attributions);
    let span = |s: TokenSpan| context.span(s);
    let resolved = entity::resolve(&context);
    let stances = stance::stances(&context);
    let channels = channel::channels(&context, &resolved);
    let days = date::days(&context);
    let justifications = justification::justifications(&context);
    let evidence = evidence::evidence(&context, &resolved);
    let statement_id = |i: usize| format!("s{}", i + 1);
    let entity_id = |i: usize| resolved.entities[i].id.clone();
    let statements: Vec<Statement> = attributions
        .iter()
        .enumerate()
        .map(|(i, a)| Statement {
            id: statement_id(i),
            speaker: resolved.speakers[i].map(entity_id),
            on_behalf_of: resolved.on_behalf_of[i].map(entity_id),
            source: a.source.map(span),
            cue: a.cue.map(span),
            content: a.content.iter().copied().map(span).collect(),
            kind: context.kinds[i],
            stance: stances[i],
            justification: justifications[i].map(span),
            channel: channels[i].clone(),
            date: days[i].clone(),
            nested_in: context.parents[i].map(statement_id),
            evidence: evidence
                .iter()
                .filter(|e| e.bears_on.contains(&statement_id(i)))
                .map(|e| e.id.clone())
                .collect(),
            confidence: f64::from((a.confidence * 1000.0).round()) / 1000.0,
        })
        .collect();
    let undisclosed = undisclosed::undisclosed(&context);
    let figures = figure::figures(&context);
    let relations = relate::relations(&context, &resolved, &statements, &evidence, &figures);
    Reading {
        schema: SCHEMA.to_owned(),
        report: ReportRecord::from(report),
        entities: resolved.entities,
        statements,
        evidence,
        undisclosed,
        figures,
        relations,
    }
}
