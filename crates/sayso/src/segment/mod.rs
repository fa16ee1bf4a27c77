//! The second step: a report's text to tokens, paragraphs, sentences and quotations, all deterministic.
//!
//! Comes in: a [`Report`]. Goes out: a [`Segmented`] that tiles it: every visible character belongs to exactly one token, every token to
//! one paragraph and one sentence. It never looks at meaning, and never changes or drops a byte.

mod paragraph;
mod quotation;
mod sentence;
mod token;

pub use quotation::{Quotation, QuotationState};
pub use token::{Shape, Token};

pub(crate) use token::is_word_character;

use crate::report::Report;
use crate::span::{ByteSpan, TokenSpan};

/// A report's text, segmented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmented {
    /// Words, apostrophe endings ("'s") and single other visible characters, in order.
    pub tokens: Vec<Token>,
    /// Stretches between line ends, in order; together they hold every token.
    pub paragraphs: Vec<TokenSpan>,
    /// Sentences, in order; each within a paragraph; together they hold every token.
    pub sentences: Vec<TokenSpan>,
    /// Quotations by their opening mark; one that runs over paragraphs has a piece in each.
    pub quotations: Vec<Quotation>,
    /// For each token its place in a quotation.
    pub states: Vec<QuotationState>,
}

/// Segments a report.
///
/// ```
/// let report = sayso::Report::new("‘The officers’ account is wrong,’ she said.\n“Stop.")?;
/// let segmented = sayso::segment::segment(&report);
/// assert_eq!(segmented.paragraphs.len(), 2);
/// let quotation = &segmented.quotations[0];
/// assert_eq!(report.slice(segmented.bytes(quotation.span)), "‘The officers’ account is wrong,’");
/// assert!(!segmented.quotations[1].closed); // a missing mark costs its own paragraph at most
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn segment(report: &Report) -> Segmented {
    let text = report.text();
    let tokens = token::tokens(text);
    let paragraphs = paragraph::paragraphs(text, &tokens);
    let sentences = sentence::sentences(text, &tokens, &paragraphs);
    let quotations = quotation::quotations(text, &tokens, &paragraphs);
    let states = quotation::states(tokens.len(), &quotations);
    Segmented {
        tokens,
        paragraphs,
        sentences,
        quotations,
        states,
    }
}

impl Segmented {
    /// The bytes from the first to the last token of a span.
    ///
    /// # Panics
    /// When the span is empty or not of this report.
    pub fn bytes(&self, span: TokenSpan) -> ByteSpan {
        let last = self.tokens[span.end() - 1].span;
        ByteSpan::trusted(self.tokens[span.start()].span.start(), last.end())
    }

    /// The paragraph that holds a token.
    pub fn paragraph_of(&self, token: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end() <= token)
    }
}
