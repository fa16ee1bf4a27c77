//! Paragraphs: what stands between line ends. Reports come with one or two of them; either way a line end is a break.

use super::token::Token;
use crate::span::TokenSpan;

/// The paragraphs of a text, in one pass.
pub(super) fn paragraphs(text: &str, tokens: &[Token]) -> Vec<TokenSpan> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..tokens.len() {
        let gap = &text[tokens[i - 1].span.end()..tokens[i].span.start()];
        if gap.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            out.push(TokenSpan::new(start, i));
            start = i;
        }
    }
    if !tokens.is_empty() {
        out.push(TokenSpan::new(start, tokens.len()));
    }
    out
}
