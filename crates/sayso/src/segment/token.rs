//! Tokens: maximal runs of letters, digits and underscores; an apostrophe with the letters after it, when it follows a word ("He|'s",
//! "O|'Brien"); any other visible character alone. The tagger was trained on exactly this (`training/features.py`).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::span::ByteSpan;

/// A token: where it is and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub span: ByteSpan,
    /// How it is written.
    pub shape: Shape,
}

/// How a token is written; the numbers are the tagger's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// No letter or digit.
    Mark = 0,
    /// All lower case, or without case.
    Lower = 1,
    /// A capital, then none.
    Capitalised = 2,
    /// Two capitals or more, nothing else.
    Upper = 3,
    /// Capitals among others.
    Mixed = 4,
    /// With a digit.
    Digit = 5,
}

/// Letters, numbers and the underscore, as `\w` in Python's `re`, on which the scorers rest.
pub(crate) fn is_word_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
    )
}

/// White space, the four separators of ASCII among it, as `\s` in Python's `re`.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The tokens of a text, in one pass.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut after_word = false;
    while let Some((start, c)) = chars.next() {
        if is_space(c) {
            after_word = false;
            continue;
        }
        let mut end = start + c.len_utf8();
        let word = is_word_character(c);
        let ending = is_apostrophe(c) && after_word && chars.peek().is_some_and(|(_, n)| is_word_character(*n));
        if word || ending {
            while let Some((i, n)) = chars.next_if(|(_, n)| is_word_character(*n)) {
                end = i + n.len_utf8();
            }
        }
        after_word = word || ending;
        out.push(Token {
            span: ByteSpan::trusted(start, end),
            shape: shape(&text[start..end]),
        });
    }
    out
}

fn shape(word: &str) -> Shape {
    let mut letters = 0;
    let mut upper = 0;
    let mut first_upper = false;
    for c in word.chars() {
        if c.is_numeric() {
            return Shape::Digit;
        }
        if is_word_character(c) && c != '_' {
            first_upper |= letters == 0 && c.is_uppercase();
            letters += 1;
            upper += usize::from(c.is_uppercase());
        }
    }
    match (letters, upper) {
        (0, _) => Shape::Mark,
        (_, 0) => Shape::Lower,
        (n, u) if n == u && n > 1 => Shape::Upper,
        (_, 1) if first_upper => Shape::Capitalised,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| &text[t.span.range()]).collect()
    }

    #[test]
    fn apostrophe_endings_are_tokens_of_their_own() {
        assert_eq!(
            words("He's O’Brien's 'em don't"),
            ["He", "'s", "O", "’Brien", "'s", "'", "em", "don", "'t"]
        );
    }

    #[test]
    fn marks_stand_alone_and_zero_width_characters_are_kept() {
        assert_eq!(
            words("1,000 km\u{200b}—“no”"),
            ["1", ",", "000", "km", "\u{200b}", "—", "“", "no", "”"]
        );
    }

    #[test]
    fn shapes_tell_case_and_digits() {
        let shapes = |t: &str| tokens(t).iter().map(|t| t.shape as u8).collect::<Vec<_>>();
        assert_eq!(shapes("a Bc DE fGh x2 A ."), [1, 2, 3, 4, 5, 2, 0]);
    }
}
