//! Things cited as showing something. Comes in: the report's sentences, statements and speakers; goes out: footage, pictures, recordings, documents and data
//! that the reporter or a speaker cites, with the statements they bear on. A statement's own vehicle is no evidence, and whether anything is true is not asked.

use std::sync::LazyLock;

use super::context::Context;
use super::entity::Resolved;
use super::stance::phrase::{self, Phrases};
use crate::reading::{Direction, Evidence, EvidenceKind};
use crate::span::TokenSpan;

static NOUNS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(include_str!("../../lexicons/evidence.tsv")));

/// The evidence of a report, in order.
pub(super) fn evidence(context: &Context<'_>, resolved: &Resolved) -> Vec<Evidence> {
    let words = phrase::lowered(context);
    let headline = context.segmented.paragraphs.first().map_or(0, |p| p.end());
    let holders = context.holders();
    let mut out: Vec<Evidence> = Vec::new();
    let mut last_end = 0;
    for sentence in context.segmented.sentences.iter().filter(|s| s.start() >= headline) {
        let mut i = sentence.start();
        while i < sentence.end() {
            let Some((length, kind)) = NOUNS.at(&words[i..sentence.end()]) else {
                i += 1;
                continue;
            };
            let head = TokenSpan::new(i, i + length);
            i += length;
            let Some((span, cited)) = citation(&words, *sentence, head, kind).filter(|(s, _)| s.start() >= last_end)
            else {
                continue;
            };
            last_end = span.end();
            let holder = holders[head.start()];
            let (bears_on, direction) = bearing(context, &words, *sentence, span, holder, cited);
            let asserted_by = holder
                .and_then(|h| resolved.speakers[h])
                .map_or_else(|| "reporter".to_owned(), |e| resolved.entities[e].id.clone());
            out.push(Evidence {
                id: format!("v{}", out.len() + 1),
                kind: named(kind),
                mention: context.span(span),
                asserted_by,
                bears_on: bears_on.into_iter().map(|s| format!("s{}", s + 1)).collect(),
                direction,
                words: None,
            });
        }
    }
    out
}

fn named(kind: &str) -> EvidenceKind {
    match kind {
        "video" => EvidenceKind::Video,
        "photo" => EvidenceKind::Photo,
        "audio" => EvidenceKind::Audio,
        "satellite" => EvidenceKind::Satellite,
        "data" => EvidenceKind::Data,
        "witness" => EvidenceKind::Witness,
        _ => EvidenceKind::Document,
    }
}

/// How a thing is cited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cited {
    Shows,
    BearsOut,
    Belies,
    Produced,
}

const SHOWS: &[&str] = &[
    "shows",
    "show",
    "showed",
    "showing",
    "shown",
    "captures",
    "captured",
    "depicts",
    "depict",
    "reveals",
    "reveal",
    "revealed",
    "records",
    "recorded",
    "suggests",
    "suggest",
    "suggested",
    "indicates",
    "indicate",
    "indicated",
    "appears",
    "appear",
    "appeared",
    "places",
    "place",
    "placed",
    "puts",
    "put",
    "lists",
    "list",
    "listed",
    "has",
    "have",
    "had",
    "bears",
    "bear",
    "bore",
    "gives",
    "give",
    "contains",
    "contain",
    "proves",
    "prove",
    "settled",
    "settles",
    "documents",
    "identifies",
    "reads",
    "has",
    "offers",
    "runs",
    "name",
    "names",
    "carries",
    "carry",
    "logged",
    "logs",
    "notes",
    "noted",
    "disclose",
    "discloses",
    "speaks",
    "speak",
    "timed",
    "times",
    "counts",
    "counted",
    "contradicts",
    "contradict",
    "caught",
    "catches",
    "bottoms",
    "lasts",
    "states",
    "says",
    "said",
];

/// The noun phrase that names a thing cited, and how; none for a thing that is only spoken of.
fn citation(words: &[String], sentence: TokenSpan, head: TokenSpan, kind: &str) -> Option<(TokenSpan, Cited)> {
    let at = |i: usize| {
        words
            .get(i)
            .filter(|_| i < sentence.end())
            .map(String::as_str)
            .unwrap_or_default()
    };
    let back = |i: usize| {
        if i > sentence.start() {
            words[i - 1].as_str()
        } else {
            ""
        }
    };
    // the phrase: back over determiners, adjectives and nouns
    let mut start = head.start();
    while start > sentence.start() && head.start() - start < 6 {
        let word = back(start);
        if matches!(
            word,
            "a" | "an"
                | "the"
                | "its"
                | "his"
                | "her"
                | "their"
                | "our"
                | "my"
                | "this"
                | "that"
                | "these"
                | "those"
                | "two"
                | "three"
                | "some"
                | "several"
                | "one"
                | "new"
        ) {
            start -= 1;
            break;
        }
        let plain = word.chars().all(|c| c.is_alphanumeric()) || word == "-" || word == "'s";
        let stops = matches!(
            word,
            "of" | "in"
                | "on"
                | "and"
                | "or"
                | "to"
                | "by"
                | "with"
                | "from"
                | "for"
                | "at"
                | "that"
                | "which"
                | "says"
                | "said"
                | "citing"
                | "cites"
                | "cited"
                | "as"
                | "is"
                | "was"
                | "are"
                | "were"
                | "have"
                | "had"
                | "has"
                | "but"
                | "showed"
                | "seen"
                | "released"
                | "show"
                | "shows"
                | "into"
                | "than"
                | "after"
                | "before"
        );
        if !plain || stops {
            break;
        }
        start -= 1;
    }
    let before: Vec<&str> = (1..=4)
        .filter(|n| start >= sentence.start() + n)
        .map(|n| words[start - n].as_str())
        .collect();
    let close = |any: &[&str], n: usize| before.iter().take(n).any(|w| any.contains(w));
    // after the noun: a showing verb before the next full clause, past "of …", "posted on …", ", seen by …,"
    let mut verb = None;
    let mut commas = 0;
    for i in head.end()..sentence.end().min(head.end() + 26) {
        match at(i) {
            "," => {
                commas += 1;
                if commas > 2 {
                    break;
                }
            }
            ";" | ":" | "“" | "\"" | "”" | "but" | "said" | "says" | "told" | "and"
                if i == head.end() || commas == 0 =>
            {
                break;
            }
            w if SHOWS.contains(&w)
                && !matches!(
                    at(i.saturating_sub(1)),
                    "not"
                        | "to"
                        | "which"
                        | "that"
                        | "who"
                        | "he"
                        | "she"
                        | "they"
                        | "had"
                        | "was"
                        | "were"
                        | "is"
                        | "are"
                        | "been"
                        | "by"
                ) =>
            {
                verb = Some((i, w.to_owned()));
                break;
            }
            "is" | "was" | "are" | "were" | "will" | "would" | "may" | "been" if commas == 0 => break,
            _ => {}
        }
    }
    let subject = !close(
        &[
            "in", "of", "at", "by", "from", "on", "for", "with", "to", "after", "about", "near", "into",
        ],
        1,
    ) && !before.first().is_some_and(|w| w.ends_with("ing"));
    let obtained = (head.end()..sentence.end().min(head.end() + 12)).any(|i| {
        matches!(
            at(i),
            "seen"
                | "obtained"
                | "reviewed"
                | "viewed"
                | "geolocated"
                | "verified"
                | "photographed"
                | "examined"
                | "filmed"
                | "leaked"
                | "posted"
                | "shared"
                | "recovered"
                | "downloaded"
                | "compiled"
                | "passed"
                | "released"
                | "made"
                | "kept"
                | "taken"
                | "collected"
                | "circulating"
                | "published"
                | "drawn"
                | "recorded"
                | "exhibited"
                | "produced"
        ) && matches!(
            at(i + 1),
            "by" | "to"
                | "with"
                | "up"
                | "from"
                | "and"
                | "on"
                | ","
                | "of"
                | "wednesday"
                | "thursday"
                | "friday"
                | "monday"
                | "tuesday"
                | "saturday"
                | "sunday"
                | "at"
                | "online"
        )
    });
    let strong = matches!(kind, "video" | "photo" | "audio" | "satellite" | "data");
    let hard_document = matches!(
        words[head.end() - 1].as_str(),
        "log"
            | "logs"
            | "register"
            | "registers"
            | "ledger"
            | "minutes"
            | "receipt"
            | "receipts"
            | "invoice"
            | "invoices"
            | "bill"
            | "manifest"
            | "roster"
            | "records"
            | "transcript"
            | "book"
            | "docket"
            | "logbook"
            | "sheets"
            | "sheet"
            | "summary"
            | "statements"
            | "extracts"
            | "form"
            | "papers"
            | "page"
            | "minute"
            | "list"
            | "annex"
            | "certificate"
    );
    let cited = match &verb {
        Some((i, w))
            if subject
                && matches!(w.as_str(), "bears" | "bear" | "bore")
                && (i + 1..sentence.end().min(i + 4)).any(|n| at(n) == "out") =>
        {
            Some(Cited::BearsOut)
        }
        Some((_, w)) if subject && (strong || hard_document || obtained) => {
            let weak = matches!(
                w.as_str(),
                "has" | "have" | "had" | "put" | "place" | "list" | "name" | "give" | "runs" | "reads" | "carry"
            );
            (!weak || hard_document || obtained || strong).then_some(Cited::Shows)
        }
        _ => None,
    };
    let cited = cited.or_else(|| {
        let citing = close(
            &[
                "citing",
                "cites",
                "cited",
                "cite",
                "waving",
                "brandishing",
                "produced",
                "holding",
                "produces",
            ],
            2,
        ) || (close(&["pointed", "pointing", "points"], 2) && close(&["to"], 1));
        let by_it = close(&["by"], 1) && close(&["out", "contradicted", "supported", "confirmed", "borne"], 3);
        let belied = close(
            &[
                "contradicted",
                "contradict",
                "contradicts",
                "belied",
                "refuted",
                "disproved",
            ],
            2,
        );
        let have = close(
            &["have", "got", "'ve", "has", "kept", "had", "holds", "hold", "keeps"],
            1,
        ) && !close(&["not", "never", "'t", "no"], 4)
            && (hard_document || matches!(kind, "photo" | "video" | "audio"));
        let prove = (head.end()..sentence.end().min(head.end() + 5)).any(|i| at(i) == "to" && at(i + 1) == "prove");
        let according = close(&["to"], 1) && close(&["according"], 2) && (strong || hard_document || obtained);
        let copy = (head.end()..sentence.end().min(head.end() + 14))
            .any(|i| matches!(at(i), "copy" | "available") || (at(i) == "shown" && at(i + 1) == "to"));
        let heard = close(&["in", "on"], 1)
            && (strong
                && !matches!(
                    words[head.end() - 1].as_str(),
                    "camera" | "tape" | "pictures" | "picture" | "audio" | "video" | "record" | "data"
                ))
            && (head.end()..sentence.end()).any(|i| matches!(at(i), "heard" | "seen" | "hear" | "see"));
        if copy && hard_document || heard {
            return Some(Cited::Shows);
        }
        let enclosed = (head.end()..sentence.end().min(head.end() + 3))
            .any(|i| matches!(at(i), "enclosed" | "attached" | "annexed"));
        if belied {
            Some(Cited::Belies)
        } else if by_it {
            Some(Cited::BearsOut)
        } else if citing || have || prove || enclosed {
            Some(Cited::Produced)
        } else {
            (according || (obtained && (subject || strong))).then_some(Cited::Shows)
        }
    })?;
    // the phrase goes on over "of …", "posted on …" up to the verb or a comma
    if words[start] == "'s" {
        start += 1;
    }
    let limit = verb.map_or(head.end() + 14, |(i, _)| i).min(sentence.end());
    let mut end = head.end();
    if cited == Cited::Shows {
        end = (head.end()..limit)
            .find(|i| matches!(at(*i), "," | "." | ";" | ":" | "“" | "\""))
            .unwrap_or(limit)
            .max(head.end());
        let long = end - head.end() > 10;
        if long {
            end = head.end();
        }
    }
    Some((TokenSpan::new(start, end), cited))
}

/// The statements that a citation bears on: the one it stands in, or the nearest before it in the same or the paragraph before.
fn bearing(
    context: &Context<'_>,
    words: &[String],
    sentence: TokenSpan,
    span: TokenSpan,
    holder: Option<usize>,
    cited: Cited,
) -> (Vec<usize>, Direction) {
    let paragraph = context.paragraph_of(span.start());
    let in_sentence = (0..context.attributions.len())
        .filter(|a| context.parents[*a].is_none())
        .find(|a| {
            let s = context.attributions[*a]
                .cue
                .map_or(context.anchor(*a), TokenSpan::start);
            sentence.range().contains(&s)
        });
    let earlier = |limit: usize| {
        let at = context
            .attributions
            .partition_point(|a| a.cue.map_or(a.content[0].start(), TokenSpan::start) < limit);
        (at.saturating_sub(6)..at.min(context.attributions.len()))
            .rev()
            .filter(|a| context.parents[*a].is_none() && context.anchor(*a) < limit && Some(*a) != holder)
            .find(|a| context.paragraph_of(context.anchor(*a)) + 1 >= paragraph)
    };
    let contrary = words[sentence.range()].iter().any(|w| {
        matches!(
            w.as_str(),
            "not" | "no" | "but" | "never" | "'t" | "contradicts" | "contradict" | "contradicted" | "however"
        )
    });
    match (cited, holder) {
        (Cited::BearsOut, _) => (
            earlier(sentence.start()).or(in_sentence).into_iter().collect(),
            Direction::Supports,
        ),
        (Cited::Belies, _) => (
            earlier(span.start()).or(in_sentence).into_iter().collect(),
            Direction::Contradicts,
        ),
        (_, Some(h)) => (vec![h], Direction::Supports),
        (Cited::Produced, None) => (
            in_sentence.or_else(|| earlier(sentence.start())).into_iter().collect(),
            Direction::Supports,
        ),
        (Cited::Shows, None) => match earlier(sentence.start()).or(in_sentence) {
            Some(s) => (
                vec![s],
                if contrary {
                    Direction::Contradicts
                } else {
                    Direction::Neutral
                },
            ),
            None => (Vec::new(), Direction::Neutral),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let words = phrase::split(&text.to_lowercase());
        let sentence = TokenSpan::new(0, words.len());
        (0..words.len())
            .filter_map(|i| NOUNS.at(&words[i..]).map(|(n, kind)| (TokenSpan::new(i, i + n), kind)))
            .filter_map(|(head, kind)| citation(&words, sentence, head, kind))
            .map(|(span, _)| words[span.range()].join(" "))
            .collect()
    }

    #[test]
    fn footage_that_shows_something_is_evidence() {
        assert_eq!(
            read("A 20-second clip posted online shows two men."),
            ["a 20 - second clip posted online"]
        );
        assert_eq!(read("He left at noon, citing the ledger."), ["the ledger"]);
    }

    #[test]
    fn a_thing_that_is_only_spoken_of_is_none() {
        assert!(read("She asked for the footage on Monday.").is_empty());
        assert!(read("He wrote a letter to the board.").is_empty());
    }
}
