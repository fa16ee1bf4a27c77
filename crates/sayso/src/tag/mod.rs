//! The third step: a segmented report to attributions, each a cue with its source and content.
//!
//! A neural network reads the report in overlapping windows ([`window`]); it finds cues and, for each cue by itself, labels every token as
//! its source, its content or neither ([`network`], [`decode`]). So attributions may share words and lie inside each other. The content is then
//! reconciled with the quotation marks ([`reconcile`]). It never sets a span that is not made of the report's own tokens, and its result does not
//! depend on how many threads share the windows: each window is one run of the network on one thread.

mod decode;
mod network;
mod reconcile;
mod window;
mod wordpiece;

use rayon::prelude::*;

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
        Ok(Self { wordpieces: wordpiece::WordPieces::new()?, network: network::Network::new()? })
    }

    /// The attributions of a report, in the order of their first token.
    ///
    /// # Errors
    /// [`Error::Network`] when the runtime fails.
    pub fn tag(&self, report: &Report, segmented: &Segmented, guide: Guide) -> Result<Vec<Attribution>> {
        let pieces = self.wordpieces.encode(report.text(), &segmented.tokens);
        let windows = window::windows(report.text(), segmented, &pieces);
        let read: Vec<Result<Vec<Attribution>>> = windows
            .par_iter()
            .map(|window| {
                let scores = self.network.run(segmented, &pieces, window, guide)?;
                decode::attributions(segmented, window, &scores, |anchors| self.network.labels(segmented, window, &scores, anchors))
            })
            .collect();
        let mut out = Vec::new();
        for attributions in read {
            out.extend(attributions?);
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
