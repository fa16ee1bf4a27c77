//! Facts that a report says are withheld or not known. Comes in: the report's sentences; goes out: for each such fact the clause that says so and what is
//! withheld, in the words of the text. A bare refusal to comment is a statement only; what the report merely leaves out is never one.

use std::sync::LazyLock;

use super::context::Context;
use super::stance::phrase::{self, Phrases};
use crate::reading::Undisclosed;
use crate::span::TokenSpan;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(include_str!("../../lexicons/undisclosed.tsv")));

const QUESTION_WORDS: &[&str] = &[
    "who", "whom", "whose", "what", "when", "where", "why", "how", "which", "whether", "if",
];

/// The withheld facts of a report, in order.
pub(super) fn undisclosed(context: &Context<'_>) -> Vec<Undisclosed> {
    let words = phrase::lowered(context);
    let headline = context.segmented.paragraphs.first().map_or(0, |p| p.end());
    let mut out: Vec<(TokenSpan, String)> = Vec::new();
    for sentence in context.segmented.sentences.iter().filter(|s| s.start() >= headline) {
        for (span, about) in facts(&words, *sentence) {
            if out.last().is_none_or(|(last, _)| !last.overlaps(span)) {
                out.push((span, context.text(about).trim_end_matches(['.', ',']).to_owned()));
            }
        }
    }
    out.into_iter()
        .map(|(span, about)| Undisclosed {
            span: context.span(span),
            about,
        })
        .collect()
}

/// A sentence's words without adverbs and contractions, each with its token.
fn plain(words: &[String], sentence: TokenSpan) -> (Vec<String>, Vec<usize>) {
    const ADVERBS: &[&str] = &[
        "yet",
        "still",
        "immediately",
        "publicly",
        "so",
        "far",
        "currently",
        "also",
        "officially",
        "even",
        "initially",
        "specifically",
        "further",
        "exactly",
        "formally",
        "always",
        "at",
        "present",
    ];
    let mut plain = Vec::new();
    let mut tokens = Vec::new();
    for i in sentence.range() {
        let word = words[i].as_str();
        let after_has = plain
            .last()
            .is_some_and(|w: &String| matches!(w.as_str(), "has" | "have" | "had" | "is" | "are" | "remains"));
        let adverb = ADVERBS.contains(&word)
            && !(word == "yet" && after_has)
            && !(word == "at" && words.get(i + 1).is_none_or(|w| w != "present"));
        if adverb {
            continue;
        }
        let contracted = words.get(i + 1).is_some_and(|w| w == "'t");
        let written = match word {
            "'t" => "not",
            "wouldn" | "didn" | "hasn" | "isn" | "wasn" | "weren" | "haven" | "couldn" | "doesn" | "hadn" | "aren"
                if contracted =>
            {
                &word[..word.len() - 1]
            }
            "won" if contracted => "will",
            "don" if contracted => "do",
            "can" if contracted => "can",
            _ => word,
        };
        plain.push(written.to_owned());
        tokens.push(i);
    }
    (plain, tokens)
}

fn facts(words: &[String], sentence: TokenSpan) -> Vec<(TokenSpan, TokenSpan)> {
    let (plain, tokens) = plain(words, sentence);
    let mut out: Vec<(TokenSpan, TokenSpan)> = Vec::new();
    let mut i = 0;
    while i < plain.len() {
        let Some((length, place)) = PHRASES.at(&plain[i..]) else {
            i += 1;
            continue;
        };
        let (first, last) = (tokens[i], tokens[i + length - 1]);
        let found = match place {
            "subject" => subject(words, sentence, first, last),
            "object" => question(words, sentence, first, last).or_else(|| object(words, sentence, first, last)),
            _ => question(words, sentence, first, last),
        };
        if let Some(found) = found {
            out.push(found);
        }
        i += length;
    }
    out
}

fn closes(word: &str) -> bool {
    matches!(
        word,
        "." | "!" | "?" | ";" | ":" | "“" | "”" | "\"" | "—" | "–" | "(" | ")" | "»" | "«"
    )
}

/// From here to the end of the clause: a closing mark, or a comma before a new clause.
fn clause_end(words: &[String], sentence: TokenSpan, from: usize) -> usize {
    (from..sentence.end())
        .find(|i| {
            let next = words.get(i + 1).map(String::as_str).unwrap_or_default();
            (closes(&words[*i]) && !matches!(words[*i].as_str(), "“" | "”" | "\""))
                || (words[*i] == ","
                    && matches!(
                        next,
                        "but"
                            | "and"
                            | "saying"
                            | "citing"
                            | "although"
                            | "though"
                            | "while"
                            | "which"
                            | "who"
                            | "nor"
                            | "adding"
                            | "because"
                    ))
        })
        .unwrap_or(sentence.end())
}

/// Where the clause that holds a token begins.
fn clause_start(words: &[String], sentence: TokenSpan, at: usize) -> usize {
    (sentence.start()..at)
        .rev()
        .find(|i| {
            closes(&words[*i])
                || (words[*i] == ","
                    && words.get(i + 1).is_some_and(|w| {
                        matches!(
                            w.as_str(),
                            "but" | "and" | "which" | "whose" | "who" | "while" | "though" | "although" | "nor"
                        )
                    }))
                || matches!(words[*i].as_str(), "but")
        })
        .map_or(sentence.start(), |i| i + 1)
}

fn subject(words: &[String], sentence: TokenSpan, first: usize, last: usize) -> Option<(TokenSpan, TokenSpan)> {
    let mut start = clause_start(words, sentence, first);
    while start < first && matches!(words[start].as_str(), "," | "and" | "but" | "that") {
        start += 1;
    }
    if let Some(found) = question(words, sentence, first, last) {
        return Some(found);
    }
    let about = if start < first {
        TokenSpan::new(start, first)
    } else {
        TokenSpan::new(first, last + 1)
    };
    // "it", "this" and persons by name are withheld nothing: "he was found"
    let plain = about.len() == 1 && matches!(words[start].as_str(), "there" | "i" | "we" | "you");
    (!plain).then(|| {
        (
            TokenSpan::new(start.min(first), clause_end(words, sentence, last + 1).max(last + 1)),
            about,
        )
    })
}

/// A question clause after the words, or before them in the same sentence.
fn question(words: &[String], sentence: TokenSpan, first: usize, last: usize) -> Option<(TokenSpan, TokenSpan)> {
    let after = (last + 1..sentence.end().min(last + 6)).find(|i| QUESTION_WORDS.contains(&words[*i].as_str()));
    if let Some(at) =
        after.filter(|at| !(last + 1..*at).any(|i| matches!(words[i].as_str(), "," | "." | ";" | "after" | "because")))
    {
        let end = clause_end(words, sentence, at);
        return Some((TokenSpan::new(first, end), TokenSpan::new(at, end)));
    }
    let opens = |from: usize| {
        (from..first)
            .find(|i| words[*i].chars().any(char::is_alphanumeric) && !matches!(words[*i].as_str(), "and" | "but"))
    };
    let clause = opens(clause_start(words, sentence, first)).filter(|i| QUESTION_WORDS.contains(&words[*i].as_str()));
    let lead = clause.or_else(|| opens(sentence.start()))?;
    let lead = if matches!(
        words[lead].as_str(),
        "by" | "on" | "for" | "to" | "from" | "and" | "but"
    ) {
        lead + 1
    } else {
        lead
    };
    if lead < first
        && QUESTION_WORDS.contains(&words[lead].as_str())
        && !matches!(words[lead].as_str(), "if" | "when" | "while")
    {
        let comma = (lead..first).rev().find(|i| words[*i] == ",").unwrap_or(first);
        return Some((
            TokenSpan::new(lead, last + 1),
            TokenSpan::new(lead, comma.max(lead + 1)),
        ));
    }
    None
}

fn object(words: &[String], sentence: TokenSpan, first: usize, last: usize) -> Option<(TokenSpan, TokenSpan)> {
    let end = clause_end(words, sentence, last + 1);
    let next = words.get(last + 1).map(String::as_str).unwrap_or_default();
    if matches!(next, "," | "." | "") || end <= last + 1 {
        // "the mason's name his lawyer refused to give": the object stands before
        let start = clause_start(words, sentence, first);
        let fronted = (start..first).any(|i| {
            matches!(
                words[i].as_str(),
                "name" | "names" | "whose" | "identity" | "which" | "what" | "figure" | "age" | "number"
            )
        });
        return (fronted && start < first).then(|| (TokenSpan::new(start, last + 1), TokenSpan::new(start, first)));
    }
    let that = next == "that"
        && matches!(
            words.get(last + 2).map(String::as_str),
            Some("name" | "figure" | "number" | "person" | "identity")
        );
    let nothing = (next == "that" && !that)
        || matches!(
            next,
            "to" | "up"
                | "in"
                | "way"
                | "him"
                | "her"
                | "me"
                | "us"
                | "them"
                | "any"
                | "evidence"
                | "ground"
                | "interviews"
                | "orders"
                | "it"
        );
    (!nothing).then(|| (TokenSpan::new(first, end), TokenSpan::new(last + 1, end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let words = phrase::split(&text.to_lowercase());
        let of = |s: TokenSpan| words[s.range()].join(" ");
        facts(&words, TokenSpan::new(0, words.len()))
            .into_iter()
            .map(|(a, b)| (of(a), of(b)))
            .collect()
    }

    fn pair(a: &str, b: &str) -> Vec<(String, String)> {
        vec![(a.to_owned(), b.to_owned())]
    }

    #[test]
    fn what_has_not_been_released_stands_before() {
        assert_eq!(
            read("The pilot's name has not yet been released."),
            pair("the pilot 's name has not yet been released", "the pilot 's name")
        );
    }

    #[test]
    fn what_nobody_would_say_is_a_question_beside() {
        assert_eq!(
            read("The firm didn't say how the valve broke."),
            pair("didn 't say how the valve broke", "how the valve broke")
        );
        assert_eq!(
            read("Why it stopped, the firm declined to say."),
            pair("why it stopped , the firm declined to say", "why it stopped")
        );
    }

    #[test]
    fn a_bare_refusal_withholds_no_particular_fact() {
        assert_eq!(read("The firm declined to comment."), vec![]);
        assert_eq!(read("He would not say that."), vec![]);
    }
}
