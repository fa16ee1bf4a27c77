//! Phrases of a lexicon, found among a report's words. Comes in: lexicon lines `phrase<tab>value` and words in lower case; goes out: the longest
//! phrase that begins at a word, looked up by its first word, so that a search over a text stays linear. It never looks across what it is given.

use std::collections::HashMap;

use super::super::context::Context;
use crate::lexicon;

/// Phrases with a value each.
pub(in crate::resolve) struct Phrases {
    by_first: HashMap<String, Vec<(Vec<String>, &'static str)>>,
}

impl Phrases {
    /// The phrases of a lexicon file; a line without a tab has the empty value.
    pub(in crate::resolve) fn new(file: &'static str) -> Self {
        Self::only(file, "")
    }

    /// Those whose value ends with this word, which is then left off.
    pub(in crate::resolve) fn only(file: &'static str, mark: &str) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, &'static str)>> = HashMap::new();
        for line in lexicon::entries(file) {
            let (phrase, value) = line.split_once('\t').unwrap_or((line, ""));
            let Some(value) = value.trim().strip_suffix(mark) else {
                continue;
            };
            let words = split(phrase);
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push((words, value.trim()));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins with the first of these words: its length and value.
    pub(in crate::resolve) fn at(&self, words: &[String]) -> Option<(usize, &'static str)> {
        let candidates = self.by_first.get(words.first()?)?;
        candidates
            .iter()
            .find(|(phrase, _)| words.starts_with(phrase))
            .map(|(phrase, value)| (phrase.len(), *value))
    }

    /// The first phrase among these words, the longest there: where it begins, its length and value.
    pub(in crate::resolve) fn first(&self, words: &[String]) -> Option<(usize, usize, &'static str)> {
        (0..words.len()).find_map(|i| self.at(&words[i..]).map(|(length, value)| (i, length, value)))
    }
}

/// The report's tokens in lower case, with straight apostrophes.
pub(in crate::resolve) fn lowered(context: &Context<'_>) -> Vec<String> {
    (0..context.segmented.tokens.len())
        .map(|i| context.lower(i).replace('’', "'"))
        .collect()
}

/// A phrase cut as the report's tokens are: words, apostrophe endings, single marks.
pub(in crate::resolve) fn split(phrase: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for c in phrase.chars() {
        let word = c.is_alphanumeric() || c == '_';
        match out.last_mut() {
            Some(last) if word && open => last.push(c),
            _ if c.is_whitespace() => {}
            _ => out.push(c.to_string()),
        }
        open = word || (c == '\'' && open);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_cut_as_tokens_are() {
        assert_eq!(
            split("would n't didn't e-mail"),
            ["would", "n", "'t", "didn", "'t", "e", "-", "mail"]
        );
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = Phrases::new("call\ta\ncall for\tb");
        assert_eq!(phrases.first(&split("they call for calm")), Some((1, 2, "b")));
        assert_eq!(phrases.first(&split("they sing")), None);
    }
}
