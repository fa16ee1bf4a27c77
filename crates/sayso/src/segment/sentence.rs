//! Sentences: a terminator, any closing marks after it, white space, and then something that can begin one. Abbreviations that are followed
//! by a name ("Gov. Walz", "J. K. Ito") or a number ("No. 4") do not end one; their list is `lexicons/abbreviations.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::token::{Shape, Token, is_space};
use crate::span::TokenSpan;

static ABBREVIATIONS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| crate::lexicon::entries(include_str!("../../lexicons/abbreviations.txt")).collect());

/// The sentences of a text, each within one paragraph, in one pass.
pub(super) fn sentences(text: &str, tokens: &[Token], paragraphs: &[TokenSpan]) -> Vec<TokenSpan> {
    let word = |i: usize| &text[tokens[i].span.range()];
    let mut out = Vec::new();
    for p in paragraphs {
        let mut start = p.start();
        let mut i = p.start();
        while i < p.end() {
            let terminator = matches!(word(i), "." | "!" | "?" | "…" | "。" | "！" | "？");
            if !terminator || (word(i) == "." && is_abbreviation(text, tokens, i, p.start())) {
                i += 1;
                continue;
            }
            let mut next = i + 1;
            while next < p.end() && is_closing(text, tokens, next) {
                next += 1;
            }
            if next < p.end() && gap(text, tokens, next) && can_begin(tokens[next].shape, word(next)) {
                out.push(TokenSpan::new(start, next));
                start = next;
            }
            i = next;
        }
        out.push(TokenSpan::new(start, p.end()));
    }
    out
}

/// White space stands before this token.
fn gap(text: &str, tokens: &[Token], i: usize) -> bool {
    text[..tokens[i].span.start()].chars().next_back().is_none_or(is_space)
}

/// A closing mark or a further stop, with nothing before it.
fn is_closing(text: &str, tokens: &[Token], i: usize) -> bool {
    !gap(text, tokens, i)
        && matches!(
            &text[tokens[i].span.range()],
            "." | "!" | "?" | "…" | "”" | "’" | "\"" | "'" | "»" | ")" | "]"
        )
}

fn can_begin(shape: Shape, word: &str) -> bool {
    match shape {
        Shape::Lower => !word.starts_with(|c: char| c.is_lowercase()),
        Shape::Mark => !matches!(word, "," | ";" | ":" | ")" | "]" | "%" | "/"),
        _ => true,
    }
}

fn is_abbreviation(text: &str, tokens: &[Token], stop: usize, start: usize) -> bool {
    if stop == start || gap(text, tokens, stop) {
        return false;
    }
    let before = &text[tokens[stop - 1].span.range()];
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase) && before != "I";
    if ABBREVIATIONS.contains(before.to_lowercase().as_str()) {
        return true;
    }
    // "J. Ito": an initial; "the U.S. The": more than one, which may end a sentence
    let dotted = stop >= start + 3 && &text[tokens[stop - 2].span.range()] == "." && !gap(text, tokens, stop - 1);
    initial && !dotted
}

#[cfg(test)]
mod tests {
    use crate::{Report, segment::segment};

    fn count(text: &str) -> usize {
        segment(&Report::new(text).expect("text")).sentences.len()
    }

    #[test]
    fn titles_and_initials_do_not_end_a_sentence() {
        assert_eq!(count("Gov. J. K. Ito met Mr. Lee on Jan. 7. It rained."), 2);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_they_close() {
        assert_eq!(count("“Stay home.” She left. 'Why?' he asked."), 3);
    }

    #[test]
    fn a_dotted_name_may_end_a_sentence() {
        assert_eq!(count("It is in the U.S. The mayor agreed."), 2);
    }
}
