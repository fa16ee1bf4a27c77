//! Why a source would know, or is not named. Comes in: the attributions of a report; goes out: for each the words beside its source that say so: "who was not
//! authorised to speak", "familiar with the inquiry", "on condition of anonymity". It never takes words of the content, and never a mere role.

use super::context::Context;
use super::stance::phrase;
use crate::span::TokenSpan;

/// How such words begin.
const OPENINGS: &[&[&str]] = &[
    &["on", "condition", "of", "anonymity"],
    &["on", "the", "condition", "of", "anonymity"],
    &["on", "condition", "that"],
    &["on", "the", "condition", "that"],
    &["speaking", "anonymously"],
    &["who", "asked", "not", "to", "be"],
    &["who", "declined", "to", "be"],
    &["who", "requested", "anonymity"],
    &["who", "insisted", "on", "anonymity"],
    &["who", "did", "not", "want", "to", "be"],
    &["who", "did", "not", "wish", "to", "be"],
    &["who", "was", "not", "authorised"],
    &["who", "was", "not", "authorized"],
    &["who", "were", "not", "authorised"],
    &["who", "were", "not", "authorized"],
    &["who", "is", "not", "authorised"],
    &["who", "is", "not", "authorized"],
    &["who", "spoke", "on"],
    &["who", "have", "seen"],
    &["who", "has", "seen"],
    &["who", "had", "seen"],
    &["who", "have", "read"],
    &["who", "has", "read"],
    &["who", "saw"],
    &["who", "witnessed"],
    &["who", "was", "briefed"],
    &["who", "were", "briefed"],
    &["briefed", "on"],
    &["familiar", "with"],
    &["with", "knowledge", "of"],
    &["with", "direct", "knowledge"],
    &["close", "to", "the"],
    &["not", "authorised", "to"],
    &["not", "authorized", "to"],
    &["because", "they", "were", "not"],
    &["because", "he", "was", "not"],
    &["because", "she", "was", "not"],
];

/// For each attribution the words that say why its source would know, or is not named.
pub(super) fn justifications(context: &Context<'_>) -> Vec<Option<TokenSpan>> {
    let words = phrase::lowered(context);
    (0..context.attributions.len())
        .map(|i| justification(context, &words, i))
        .collect()
}

fn justification(context: &Context<'_>, words: &[String], attribution: usize) -> Option<TokenSpan> {
    let a = &context.attributions[attribution];
    let source = a.source?;
    let sentence = context.sentence_of(source.start());
    let reach = source.start()..sentence.end().min(source.end() + 30);
    let free = |i: usize| {
        !a.content.iter().any(|c| c.range().contains(&i))
            && (source.range().contains(&i) || !a.cue.is_some_and(|c| c.range().contains(&i)))
    };
    let start = reach.clone().find(|i| {
        free(*i)
            && OPENINGS
                .iter()
                .any(|o| o.iter().zip(&words[*i..]).all(|(x, y)| x == y) && words.len() - i >= o.len())
    })?;
    let limit = if source.range().contains(&start) {
        source.end()
    } else {
        reach.end
    };
    let end = (start + 1..limit)
        .find(|i| !free(*i) || matches!(words[*i].as_str(), "," | "." | ";" | ":" | "—" | "–" | ")"))
        .unwrap_or(limit);
    Some(TokenSpan::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::segment::segment;
    use crate::tag::Attribution;

    #[test]
    fn anonymity_and_knowledge_are_found_beside_the_source() {
        let text = "Two people familiar with the inquiry said the valve failed.";
        let Ok(report) = Report::new(text) else { return };
        let segmented = segment(&report);
        let a = Attribution {
            cue: Some(TokenSpan::new(6, 7)),
            source: Some(TokenSpan::new(0, 6)),
            content: vec![TokenSpan::new(7, 10)],
            confidence: 1.0,
        };
        let attributions = [a];
        let context = Context::new(&report, &segmented, &attributions);
        assert_eq!(
            justifications(&context)[0].map(|s| context.text(s)),
            Some("familiar with the inquiry")
        );
    }
}
