//! What the network takes for an attribution by PolNeAR's habits, though by our guide it is narration: the reporter's hedges ("appears to"), and
//! recordings that "show" or "raise doubts" and are evidence, not speakers. Looks at the cue and the head of the source only.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::segment::{Segmented, Shape};
use crate::span::TokenSpan;

use super::Attribution;

static HEDGES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| crate::lexicon::entries(include_str!("../../lexicons/narration_cues.txt")).collect());
static FOOTAGE: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| crate::lexicon::entries(include_str!("../../lexicons/footage.txt")).collect());

/// Whether an attribution is the reporter's narration.
pub(super) fn is_narration(text: &str, segmented: &Segmented, a: &Attribution) -> bool {
    let lower = |i: usize| text[segmented.tokens[i].span.range()].to_lowercase();
    let hedge = a
        .cue
        .is_some_and(|c| c.range().all(|i| HEDGES.contains(lower(i).as_str())));
    hedge
        || a.source
            .is_some_and(|s| FOOTAGE.contains(head(text, segmented, s).as_str()))
}

/// The head of a noun phrase: the last word before whatever follows it (a preposition, a relative clause, a participle, a comma).
fn head(text: &str, segmented: &Segmented, source: TokenSpan) -> String {
    let word = |i: usize| &text[segmented.tokens[i].span.range()];
    let follows = |i: usize| {
        let lower = word(i).to_lowercase();
        segmented.tokens[i].shape == Shape::Mark && word(i) != "-"
            || matches!(
                lower.as_str(),
                "of" | "from" | "on" | "in" | "at" | "by" | "that" | "which" | "who" | "with" | "showing"
            )
            || (i > source.start()
                && segmented.tokens[i].shape == Shape::Lower
                && lower.len() > 4
                && lower.ends_with("ed"))
    };
    let end = source.range().skip(1).find(|i| follows(*i)).unwrap_or(source.end());
    word(end - 1).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Report, segment::segment};

    fn narration(text: &str, source: std::ops::Range<usize>, cue: usize) -> bool {
        let report = Report::new(text).expect("text");
        let s = segment(&report);
        let a = Attribution {
            cue: Some(TokenSpan::new(cue, cue + 1)),
            source: Some(TokenSpan::new(source.start, source.end)),
            content: vec![TokenSpan::new(cue + 1, s.tokens.len())],
            confidence: 1.0,
        };
        is_narration(text, &s, &a)
    }

    #[test]
    fn a_hedge_is_narration_and_a_saying_is_not() {
        assert!(narration("She appears to turn", 0..1, 1));
        assert!(!narration("She says no", 0..1, 1));
    }

    #[test]
    fn recordings_are_no_speakers_but_people_who_hold_them_are() {
        assert!(narration("Videos of the fire posted online contradict that", 0..6, 6));
        assert!(narration("Dashcam footage shows a car", 0..2, 2));
        assert!(!narration("The photographer said it", 0..2, 2));
        assert!(!narration("An expert who saw the video said no", 0..6, 6));
    }
}
