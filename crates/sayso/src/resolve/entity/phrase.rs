//! A source's words taken apart. Comes in: the tokens of a source. Goes out: its pronoun, or its name with roles, or the noun that it turns on with
//! owner and complement. It never looks outside the source.

use super::super::context::Context;
use super::names::{self, Name};
use super::words;
use crate::reading::EntityKind;
use crate::segment::Shape;
use crate::span::TokenSpan;

/// What a source consists of.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// A lone pronoun, or a possessive one that stands for the speaker.
    pub(super) pronoun: Option<String>,
    pub(super) name: Option<Name>,
    /// The noun it turns on, lower case; with a name, the noun of its role.
    pub(super) head: Option<String>,
    /// "the", "this", a possessive.
    pub(super) definite: bool,
    /// "a", "another", "two", a bare plural.
    pub(super) indefinite: bool,
    /// Whose: "the company's", "her".
    pub(super) owner: Option<TokenSpan>,
    /// After "of", "for", "from", "at", "by".
    pub(super) complement: Option<TokenSpan>,
    /// A proper name before the noun: "a CSS spokeswoman".
    pub(super) modifier: Option<TokenSpan>,
    /// Words before the head that tell it apart, lower case.
    pub(super) details: Vec<String>,
    /// The noun phrase without article, up to a comma or relative clause.
    pub(super) core: TokenSpan,
    pub(super) roles: Vec<TokenSpan>,
    /// Nothing else tells a kind: ", who", ", 41,".
    pub(super) kind: Option<EntityKind>,
}

const PRONOUNS: [&str; 24] = [
    "i", "we", "you", "he", "she", "it", "they", "me", "us", "him", "her", "them", "his", "its", "their", "my", "our",
    "who", "which", "that", "whom", "whose", "himself", "herself",
];
const PREPOSITIONS: [&str; 27] = [
    "of", "for", "from", "in", "at", "with", "on", "by", "to", "near", "inside", "outside", "who", "which", "that",
    "whose", "whom", "familiar", "as", "into", "about", "close", "under", "behind", "against", "among", "within",
];

fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "whose" | "whom" | "that" | "where")
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
    )
}

fn is_indefinite(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "one"
            | "another"
            | "some"
            | "several"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "many"
            | "most"
            | "few"
            | "both"
            | "other"
            | "any"
    )
}

/// Takes a source apart.
pub(super) fn parse(context: &Context<'_>, source: TokenSpan) -> Phrase {
    let (mut start, mut end) = (source.start(), source.end());
    while start + 1 < end && context.segmented.tokens[start].shape == Shape::Mark {
        start += 1;
    }
    while end > start + 1
        && (matches!(context.word(end - 1), "'s" | "’s" | "'" | "’")
            || matches!(context.word(end - 1), "," | ":" | "*" | ";"))
    {
        end -= 1;
    }
    let lower = |i: usize| context.lower(i);
    let mut phrase = Phrase {
        pronoun: None,
        name: None,
        head: None,
        definite: false,
        indefinite: false,
        owner: None,
        complement: None,
        modifier: None,
        details: Vec::new(),
        core: TokenSpan::new(start, end),
        roles: Vec::new(),
        kind: None,
    };
    if PRONOUNS.contains(&lower(start).as_str())
        && (end - start == 1
            || is_relative(&lower(start)) && lower(start) != "that"
            || start + 1 < end && (context.word(start + 1) == "," || is_relative(&lower(start + 1))))
    {
        phrase.pronoun = Some(lower(start));
        return phrase;
    }
    // segments between commas and relative clauses
    let mut first_end = start;
    while first_end < end
        && !(matches!(context.word(first_end), "," | "(" | "—" | "–" | ";") && first_end > start)
        && !(is_relative(&lower(first_end)) && first_end > start)
    {
        first_end += 1;
    }
    let after = if first_end < end {
        lower(first_end + usize::from(context.word(first_end) == "," && first_end + 1 < end))
    } else {
        String::new()
    };
    if first_end < end
        && (after == "who"
            || after == "whom"
            || context.segmented.tokens[(first_end + 1).min(end - 1)].shape == Shape::Digit
                && context.word(first_end) == ",")
    {
        phrase.kind = Some(EntityKind::Person);
    } else if after == "which" {
        phrase.kind = Some(EntityKind::Organisation);
    }
    let opener = lower(start);
    phrase.definite = matches!(
        opener.as_str(),
        "the" | "this" | "that" | "these" | "those" | "his" | "her" | "its" | "their" | "our" | "my"
    );
    phrase.indefinite = is_indefinite(&opener);
    if matches!(opener.as_str(), "his" | "her" | "its" | "their" | "our" | "my") {
        phrase.owner = Some(TokenSpan::new(start, start + 1));
    }
    let mut from = start;
    if is_determiner(&opener) && from + 1 < first_end {
        from += 1;
    }
    phrase.core = TokenSpan::new(from, first_end.max(from + 1));
    if let Some(at) = (from..first_end).rev().find(|i| {
        matches!(context.word(*i), "'s" | "’s")
            || matches!(context.word(*i), "'" | "’") && *i > from && lower(*i - 1).ends_with('s')
    }) {
        let head_after = match (from + 1..at).find(|i| PREPOSITIONS.contains(&lower(*i).as_str())) {
            Some(p) => words::body(&lower(p - 1)).is_some(),
            None => !PREPOSITIONS.contains(&opener.as_str()),
        };
        if head_after && at + 1 < first_end && at > from {
            phrase.owner = Some(TokenSpan::new(start, at));
            phrase.definite = true;
        }
    }
    let core_from = phrase
        .owner
        .map_or(from, |o| (o.end() + 1).max(from))
        .min(first_end.saturating_sub(1))
        .max(from);
    let core_from = if phrase.owner.is_some_and(|o| o.len() == 1 && o.end() == from) {
        from
    } else {
        core_from
    };
    let preposition = (core_from + 1..first_end)
        .find(|i| PREPOSITIONS.contains(&lower(*i).as_str()))
        .unwrap_or(first_end);
    // a name in the first segment: after roles, not after a preposition
    let common = |n: &Name| {
        let word = lower(n.name.start());
        n.whole.len() == 1
            && n.doubtful
            && (words::is_group(&word)
                || words::document(&word).is_some()
                || words::body(&word).is_some()
                || words::is_role(&word))
    };
    let mut found = names::between(context, core_from, first_end);
    found.retain(|n| !common(n));
    let at_end = found
        .iter()
        .find(|n| n.name.end() >= preposition.min(first_end) && n.name.start() < preposition)
        .cloned();
    let mut whole_name = found
        .iter()
        .find(|n| n.whole.start() == from && n.whole.end() == first_end && phrase.owner.is_none())
        .cloned();
    let owner_body = phrase.owner.filter(|o| o.len() > 1).and_then(|_| {
        names::between(context, from, first_end)
            .into_iter()
            .find(|n| n.whole.start() == from && n.whole.end() == first_end)
    });
    if let Some(body) = owner_body.filter(|n| n.kind == Some(EntityKind::Organisation)) {
        whole_name = Some(body);
        phrase.owner = None;
    }
    let lead = preposition.min(first_end);
    let head = (core_from..lead).rev().find(|i| {
        let w = lower(*i);
        words::is_role(&w) || words::is_group(&w) || words::body(&w).is_some() || words::document(&w).is_some()
    });
    let head = head.or_else(|| {
        (core_from..lead)
            .rev()
            .find(|i| context.segmented.tokens[*i].shape != Shape::Mark)
    });
    if let Some(name) = whole_name.or(at_end) {
        if name.name.start() > core_from {
            phrase.roles.push(TokenSpan::new(core_from, name.name.start()));
            phrase.head = (core_from..name.name.start())
                .rev()
                .map(lower)
                .find(|w| words::is_role(w));
        }
        // a name that a common noun follows is a modifier ("a CSS spokeswoman", "Wexmouth police")
        phrase.name = Some(name);
        if first_end < end && context.word(first_end) == "," {
            let stop = (first_end + 1..end)
                .find(|i| context.word(*i) == "," || is_relative(&lower(*i)))
                .unwrap_or(end);
            let begin = first_end + 1 + usize::from(first_end + 1 < end && is_determiner(&lower(first_end + 1)));
            if begin < stop && (begin..stop).any(|i| words::is_role(&lower(i)) || words::body(&lower(i)).is_some()) {
                let head = (begin..stop).find(|i| words::is_role(&lower(*i)) || words::body(&lower(*i)).is_some());
                let head = head.and_then(|h| {
                    (h..stop)
                        .take_while(|i| words::is_role(&lower(*i)) || words::body(&lower(*i)).is_some())
                        .last()
                });
                if phrase.head.is_none() {
                    phrase.head = head.map(lower);
                }
                phrase.roles.push(TokenSpan::new(begin, stop));
                phrase.complement = head.and_then(|h| complement(context, h + 1, stop));
                if phrase.kind.is_none() && head.is_some_and(|h| words::is_role(&lower(h))) {
                    phrase.kind = Some(EntityKind::Person);
                }
            }
        } else if first_end == end {
            phrase.complement = None;
        }
        return phrase;
    }
    // apposition: a role or body, then its name
    if let Some(h) = head {
        let word = lower(h);
        phrase.head = Some(word);
        phrase.details = (core_from..h)
            .filter(|i| context.segmented.tokens[*i].shape != Shape::Mark)
            .map(lower)
            .collect();
        phrase.complement = complement(context, h + 1, first_end);
        phrase.modifier = names::between(context, core_from, h).first().map(|n| n.whole);
        if first_end < end && context.word(first_end) == "," {
            let stop = (first_end + 1..end)
                .find(|i| context.word(*i) == "," || is_relative(&lower(*i)))
                .unwrap_or(end);
            let begin = first_end + 1 + usize::from(first_end + 1 < end && is_determiner(&lower(first_end + 1)));
            let direct = names::between(context, begin, stop).into_iter().find(|n| {
                (begin..n.name.start()).all(|i| !PREPOSITIONS.contains(&lower(i).as_str()))
                    && n.name.end() == stop
                    && (n.whole.start() == begin || (begin..n.name.start()).any(|i| words::is_role(&lower(i))))
            });
            if let Some(name) = direct {
                phrase.roles.push(TokenSpan::new(core_from, first_end));
                phrase.name = Some(name);
                return phrase;
            }
        }
        if !phrase.definite
            && !phrase.indefinite
            && phrase
                .head
                .as_deref()
                .is_some_and(|w| words::is_group(w) || w.ends_with('s') && words::is_role(w.trim_end_matches('s')))
        {
            phrase.indefinite = true;
        }
    }
    if let Some(name) = introduced(context, first_end, end) {
        phrase.name = Some(name);
        phrase.kind = Some(EntityKind::Person);
    }
    phrase
}

/// What stands after "of", "for", "from", "at", "with", "by".
fn complement(context: &Context<'_>, from: usize, to: usize) -> Option<TokenSpan> {
    let at = (from..to).find(|i| {
        matches!(
            context.lower(*i).as_str(),
            "of" | "for" | "from" | "at" | "with" | "by" | "to" | "representing"
        )
    })?;
    let stop = (at + 1..to)
        .find(|i| matches!(context.word(*i), "," | "(" | "who" | "which" | "in" | "on"))
        .unwrap_or(to);
    (at + 1 < stop).then(|| TokenSpan::new(at + 1, stop))
}

/// "who gave her name only as Kamala".
fn introduced(context: &Context<'_>, from: usize, to: usize) -> Option<Name> {
    let at = (from..to).find(|i| {
        context.word(*i) == "as"
            && (from..*i).any(|k| matches!(context.word(k), "name" | "himself" | "herself" | "identified"))
    })?;
    names::between(context, at + 1, to)
        .into_iter()
        .find(|n| n.whole.start() <= at + 2)
}
