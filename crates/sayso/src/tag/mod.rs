//! The third step: a segmented report to attributions, each a cue with its source and content.
//!
//! A neural network reads the report in overlapping windows (`window`); it finds cues and, for each cue by itself, labels every token as
//! its source, its content or neither (`network`, `decode`). So attributions may share words and lie inside each other. The content is then
//! reconciled with the quotation marks (`reconcile`), and what is narration by sayso's guide is left out (`narration`). It never sets a span that is not made of the report's own tokens, and its result does not
//! depend on how many threads share the windows: each window is one run of the network on one thread.

mod decode;
mod narration;
mod network;
mod reconcile;
mod window;
mod wordpiece;

use crate::error::{Error, Result};
use crate::report::Report;
use crate::segment::Segmented;
use crate::span::TokenSpan;

pub use network::TimeSpent;

/// Which annotation guide the attributions should follow. One network holds both: the guide is one of its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Guide {
    /// sayso's own (`corpus/GUIDE.md`): nested attributions, refusals with their whole cue, documents that speak.
    #[default]
    Sayso,
    /// PolNeAR's: no nesting, attitudes ("supports", "is expected to"), auxiliaries within the cue. For comparison on that corpus.
    PolNear,
}

/// A cue with its source and content, each in token spans, interrupted where there are several.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The words that attribute; none where the text leaves them out ("the commission 97").
    pub cue: Option<TokenSpan>,
    /// The words that name who is attributed; none where the text does not.
    pub source: Option<TokenSpan>,
    /// What is attributed, in order; never empty.
    pub content: Vec<TokenSpan>,
    /// The network's probability of the cue and its content, 0 to 1.
    pub confidence: f32,
}

/// The trained tagger. Made once, shared by threads.
#[derive(Debug)]
pub struct Tagger {
    wordpieces: wordpiece::WordPieces,
    network: network::Network,
}

impl Tagger {
    /// Loads the weights that are part of the library.
    ///
    /// # Errors
    /// [`Error::Model`] when they cannot be read, which would be a fault of the build.
    pub fn new() -> Result<Self> {
        Ok(Self {
            wordpieces: wordpiece::WordPieces::new()?,
            network: network::Network::new()?,
        })
    }

    /// The attributions of a report, in the order of their first token.
    ///
    /// # Errors
    /// [`Error::Network`] when the runtime fails.
    pub fn tag(&self, report: &Report, segmented: &Segmented, guide: Guide) -> Result<Vec<Attribution>> {
        let pieces = self.wordpieces.encode(report.text(), &segmented.tokens);
        let windows = window::windows(report.text(), segmented, &pieces);
        let read = self.network.on_threads(windows.len(), |i| {
            let window = &windows[i];
            let scores = self.network.run(segmented, &pieces, window, guide)?;
            decode::attributions(segmented, window, &scores, |anchors| {
                self.network.labels(segmented, window, &scores, anchors)
            })
        });
        let mut out = Vec::new();
        for attributions in read {
            out.extend(attributions?);
        }
        if guide == Guide::Sayso {
            out.retain(|a| !narration::is_narration(report.text(), segmented, a));
        }
        Ok(reconcile::reconcile(report.text(), segmented, out, guide))
    }

    /// Where the network's time went so far, in all threads.
    pub fn time_spent(&self) -> TimeSpent {
        self.network.time_spent()
    }
}

fn network_error(e: impl std::fmt::Display) -> Error {
    Error::Network(e.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::segment::segment;

    #[derive(Deserialize)]
    struct Features {
        words: Vec<String>,
        shape: Vec<u8>,
        quotation: Vec<u8>,
        start: Vec<u8>,
        pieces: Vec<String>,
    }

    /// `training/fixtures.py` wrote the other side.
    #[test]
    fn features_are_those_the_network_was_trained_on() {
        let all: BTreeMap<String, Features> =
            serde_json::from_str(include_str!("../../tests/features.json")).expect("JSON");
        let wordpieces = wordpiece::WordPieces::new().expect("vocabulary");
        let vocabulary: Vec<&str> = include_str!("../../../../models/tagger/vocab.txt").lines().collect();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/");
        assert_eq!(all.len(), 4);
        for (name, expected) in all {
            let report = Report::open(format!("{folder}{name}"), None).expect("an example");
            let s = segment(&report);
            let words: Vec<&str> = s.tokens.iter().map(|t| report.slice(t.span)).collect();
            assert_eq!(words, expected.words, "{name}");
            assert_eq!(
                s.tokens.iter().map(|t| t.shape as u8).collect::<Vec<_>>(),
                expected.shape,
                "{name}"
            );
            let starts: Vec<u8> = (0..words.len())
                .map(|i| u8::from(s.paragraphs.iter().any(|p| p.start() == i)))
                .collect();
            assert_eq!(starts, expected.start, "{name}");
            let pieces = wordpieces.encode(report.text(), &s.tokens);
            let named: Vec<String> = (0..words.len())
                .map(|i| {
                    pieces
                        .of(i)
                        .iter()
                        .map(|p| vocabulary[*p as usize])
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            assert_eq!(named, expected.pieces, "{name}");
            let states: Vec<u8> = s.states.iter().map(|s| *s as u8).collect();
            let differ: Vec<String> = (0..words.len())
                .filter(|i| states[*i] != expected.quotation[*i])
                .map(|i| format!("{i} {} {} {}", words[i], states[i], expected.quotation[i]))
                .collect();
            // features.py ends a British quotation at a plural possessive ("officers'"), the program does not
            let allowed = if name == "colliery-fire.txt" {
                words.len() / 12
            } else {
                0
            };
            assert!(differ.len() <= allowed, "{name}: {differ:?}");
        }
    }

    #[test]
    fn windows_decide_every_token_once_and_are_never_too_long() {
        let wordpieces = wordpiece::WordPieces::new().expect("vocabulary");
        let paragraph = "“We saw nothing,” said the harbour master, who had been on duty since dawn.\n";
        let one_line = "word ".repeat(5000);
        let far = format!("{}{}", "a ".repeat(300), paragraph.repeat(60));
        for text in [paragraph.repeat(300), one_line, far, "x".to_owned(), "é".repeat(90_000)] {
            let report = Report::new(text).expect("text");
            let s = segment(&report);
            let pieces = wordpieces.encode(report.text(), &s.tokens);
            let windows = window::windows(report.text(), &s, &pieces);
            let mut decided: Vec<usize> = windows
                .iter()
                .flat_map(|w| w.decides.iter().cloned().flatten())
                .collect();
            decided.sort_unstable();
            assert_eq!(decided, (0..s.tokens.len()).collect::<Vec<_>>());
            for w in &windows {
                assert!(pieces.count(w.start..w.end) <= window::MAX_PIECES);
                assert!(w.decides.iter().all(|d| w.start <= d.start && d.end <= w.end));
            }
        }
    }
}
