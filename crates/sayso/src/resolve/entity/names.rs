//! Proper names in running text. Comes in: a report's tokens. Goes out: each run of capitalised words that reads as a name, with the titles and
//! roles before it set apart and its kind as far as its own words tell. It never decides who is meant.

use super::super::context::Context;
use super::words;
use super::words::Gender;
use crate::reading::EntityKind;
use crate::segment::Shape;
use crate::span::TokenSpan;

/// A name in the text.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// With titles and capitalised roles before it.
    pub(super) whole: TokenSpan,
    /// The name alone.
    pub(super) name: TokenSpan,
    /// The words of the role before it.
    pub(super) role: Option<TokenSpan>,
    pub(super) gender: Option<Gender>,
    /// Person or organisation, where its words tell.
    pub(super) kind: Option<EntityKind>,
    /// "(CON)" after it.
    pub(super) acronym: Option<usize>,
    /// It opens a sentence with a single word, which may be no name.
    pub(super) doubtful: bool,
}

pub(super) fn capital(context: &Context<'_>, token: usize) -> bool {
    matches!(
        context.segmented.tokens[token].shape,
        Shape::Capitalised | Shape::Upper | Shape::Mixed
    ) && context
        .word(token)
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_uppercase)
}

fn glued(context: &Context<'_>, token: usize) -> bool {
    let tokens = &context.segmented.tokens;
    token + 1 < tokens.len() && tokens[token].span.end() == tokens[token + 1].span.start()
}

fn abbreviated(word: &str) -> bool {
    word.chars().count() == 1
        || words::is_title(&word.to_lowercase())
        || matches!(word, "Jr" | "St" | "Inc" | "Ltd" | "Co" | "Corp" | "Smt" | "Mt" | "Ste")
}

const PARTICLES: [&str; 20] = [
    "de", "del", "della", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "dos", "di", "du", "le",
    "ter", "y", "e",
];

/// Where the name that starts at a token ends; `limit` is the end of its sentence.
fn extend(context: &Context<'_>, start: usize, limit: usize) -> usize {
    let mut end = start + 1;
    let mut body = words::body(&context.lower(start)).is_some();
    while end < limit {
        let word = context.word(end);
        let next_capital = |i: usize| i < limit && capital(context, i) && !words::never_name(&context.lower(i));
        if next_capital(end) && !word.starts_with(['\'', '’']) {
            body |= words::body(&context.lower(end)).is_some();
            end += 1;
        } else if word.starts_with(['\'', '’']) && capital(context, end) && glued(context, end - 1)
            || word == "." && glued(context, end - 1) && abbreviated(context.word(end - 1)) && next_capital(end + 1)
        {
            end += 1;
        } else if matches!(word, "-" | "–" | "‑" | "." | "&")
            && glued(context, end - 1)
            && glued(context, end)
            && end + 1 < limit
            && context.segmented.tokens[end + 1].shape != Shape::Mark
            || word == "&" && next_capital(end + 1)
        {
            end += 2;
        } else if matches!(word, "'s" | "’s") && next_capital(end + 1) && words::body(&context.lower(end + 1)).is_some()
        {
            body = true;
            end += 2;
        } else if (PARTICLES.contains(&word) || body && matches!(word, "of" | "for" | "on")) && next_capital(end + 1) {
            end += 2;
        } else if body && word == "of" && end + 2 < limit && context.word(end + 1) == "the" && next_capital(end + 2) {
            end += 3;
        } else {
            break;
        }
    }
    end.min(limit)
}

/// Sets titles and roles at the front of a run apart.
pub(super) fn parse(context: &Context<'_>, start: usize, end: usize) -> Option<Name> {
    let mut first = start;
    let (mut role_end, mut gender, mut titled) = (start, None, false);
    let ends_as_body = (start..end).any(|i| words::body(&context.lower(i)).is_some())
        && words::body(&context.lower(end - 1)).is_some();
    if !ends_as_body {
        for i in start..end.saturating_sub(1) {
            let word = context.lower(i);
            if words::is_title(&word) && (i == first || context.word(i + 1) == ".") {
                gender = gender.or(words::title(&word));
                titled = true;
                first = i + 1 + usize::from(context.word(i + 1) == ".");
            } else if words::is_role(&word)
                && (i == start || words::first_name(&context.lower(first)).is_none())
                && !glued(context, i)
            {
                gender = gender.or(words::role(&word));
                titled = true;
                role_end = i + 1;
                first = i + 1;
            }
        }
    }
    if first >= end {
        return None;
    }
    let last = context.lower(end - 1);
    if words::is_role(&last) && first + 1 == end && !titled || (first + 1 == end && words::is_title(&last)) {
        return None;
    }
    if first + 1 == end && titled && words::is_role(&last) && role_end > start {
        return None; // "Police Chief", "Interior Minister": no name in it
    }
    let name_gender = words::first_name(&context.lower(first));
    let introduced = first > 0
        && matches!(
            context.lower(first - 1).as_str(),
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "our" | "," | "'s" | "’s"
        );
    if first + 1 < end && !titled && words::is_role(&last) && name_gender.is_none() && introduced {
        return None; // "the Station Superintendent"
    }
    let is_body = (first..end).any(|i| words::body(&context.lower(i)).is_some());
    let acronym_shape = first + 1 == end
        && context.segmented.tokens[first].shape == Shape::Upper
        && context.word(first).chars().count() <= 6;
    let kind = if titled || (name_gender.is_some() && end - first > 1 && !is_body) {
        Some(EntityKind::Person)
    } else if is_body || acronym_shape {
        Some(EntityKind::Organisation)
    } else {
        None
    };
    let gender = gender.or(if kind == Some(EntityKind::Organisation) {
        None
    } else {
        name_gender
    });
    let role = (role_end > start).then(|| TokenSpan::new(start, role_end));
    Some(Name {
        whole: TokenSpan::new(start, end),
        name: TokenSpan::new(first, end),
        role,
        gender,
        kind,
        acronym: None,
        doubtful: false,
    })
}

/// The names between two tokens.
pub(super) fn between(context: &Context<'_>, from: usize, to: usize) -> Vec<Name> {
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        let word = context.lower(i);
        if !capital(context, i) || words::never_name(&word) || context.word(i).starts_with(['\'', '’']) {
            i += 1;
            continue;
        }
        let end = extend(context, i, to);
        if let Some(mut name) = parse(context, i, end) {
            let sentence = context.sentence_of(i).start();
            name.doubtful = end - i == 1
                && (i == sentence || i == sentence + 1 && context.segmented.tokens[sentence].shape == Shape::Mark);
            if end + 2 < context.segmented.tokens.len()
                && context.word(end) == "("
                && context.word(end + 2) == ")"
                && context.segmented.tokens[end + 1].shape == Shape::Upper
            {
                name.acronym = Some(end + 1);
                name.kind = Some(EntityKind::Organisation);
            }
            out.push(name);
        }
        i = end;
    }
    out
}
