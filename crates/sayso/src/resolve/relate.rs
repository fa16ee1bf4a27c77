//! How statements of one report stand to each other. Comes in: the statements with their speakers. Goes out: which contests, confirms or answers
//! which earlier one, by the cue's words, by opposed wording, or by values of one quantity that cannot both hold. It never says who is right.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::context::Context;
use super::entity::Resolved;
use crate::lexicon::entries;
use crate::reading::{Basis, Evidence, Figure, Relation, RelationKind, Stance, Statement};
use crate::segment::Shape;

static CUES: LazyLock<HashMap<&'static str, RelationKind>> = LazyLock::new(|| {
    entries(include_str!("../../lexicons/relation_cues.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, kind)| {
            let kind = match kind {
                "disputes" => RelationKind::Disputes,
                "supports" => RelationKind::Supports,
                "responds_to" => RelationKind::RespondsTo,
                _ => return None,
            };
            Some((word, kind))
        })
        .collect()
});

/// How many statements back a relation may reach.
const REACH: usize = 8;

/// What a statement says, made ready to compare.
struct Said {
    /// Stems of its content words.
    stems: HashSet<String>,
    /// Numbers with the stem of what they count.
    numbers: Vec<(f64, String)>,
    negated: bool,
    /// "But", "however": set against what went before.
    contrast: bool,
    /// It asks or demands, which cannot be disputed.
    asks: bool,
    /// What the cue sets it to do.
    cue: Option<RelationKind>,
    /// The speaker with the bodies they belong to.
    sides: Vec<usize>,
    paragraph: usize,
}

pub(super) fn relations(
    context: &Context<'_>,
    resolved: &Resolved,
    statements: &[Statement],
    _evidence: &[Evidence],
    _figures: &[Figure],
) -> Vec<Relation> {
    let said: Vec<Said> = (0..statements.len()).map(|i| said(context, resolved, i)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for stem in said.iter().flat_map(|s| &s.stems) {
        *counts.entry(stem).or_default() += 1;
    }
    let weight = |stem: &String| 1.0 / (1.0 + counts.get(stem.as_str()).map_or(0.0, |n| *n as f64)).sqrt();
    let overlap = |a: &Said, b: &Said| -> f64 { a.stems.intersection(&b.stems).map(weight).sum() };
    let mut out = Vec::new();
    for i in 0..statements.len() {
        let here = &said[i];
        let candidates: Vec<usize> = (i.saturating_sub(REACH)..i)
            .rev()
            .filter(|j| other_side(here, &said[*j]))
            .collect();
        // the nested statement that it contests: "rejected her claim that …"
        let child = (i + 1..statements.len().min(i + 4))
            .find(|j| context.parents[*j] == Some(i) && other_side(here, &said[*j]));
        let kind = stance_relation(here.cue, statements[i].stance);
        let score = |j: usize| -> f64 {
            let there = &said[j];
            let far = (i - j) as f64;
            let plain = if matches!(statements[j].stance, Stance::Declines | Stance::Asks)
                || stance_of(context, j) == Stance::Declines
            {
                -1.5
            } else {
                0.0
            };
            let plain = plain - if there.asks { 0.6 } else { 0.0 };
            2.0 * overlap(here, there)
                - 0.35 * far
                - 0.1 * (here.paragraph - there.paragraph.min(here.paragraph)) as f64
                + plain
        };
        match kind {
            Some(kind @ (RelationKind::Disputes | RelationKind::Supports)) => {
                let best = candidates
                    .iter()
                    .copied()
                    .map(|j| (score(j), j))
                    .max_by(|a, b| a.0.total_cmp(&b.0));
                let target = match (kind, child) {
                    (RelationKind::Disputes, Some(c)) => Some((1.0, c)),
                    _ => best,
                };
                // without a shared word only the statement just before, in the same paragraph, is near enough: precision before recall
                let floor = if kind == RelationKind::Disputes { -0.42 } else { 0.6 };
                if let Some((s, j)) = target.filter(|t| t.0 > floor) {
                    out.push(relation(
                        statements,
                        i,
                        j,
                        kind,
                        Basis::Words,
                        (0.6 + s * 0.1).clamp(0.3, 0.95),
                    ));
                    continue;
                }
            }
            Some(kind) => {
                if let Some(j) = candidates
                    .iter()
                    .copied()
                    .find(|j| overlap(here, &said[*j]) > 0.0 || i - *j == 1)
                {
                    out.push(relation(statements, i, j, kind, Basis::Words, 0.5));
                }
            }
            None => {}
        }
        // values of one quantity that differ
        if let Some(j) = candidates.iter().copied().find(|j| differ(here, &said[*j])) {
            out.push(relation(statements, i, j, RelationKind::Disputes, Basis::Figures, 0.5));
            continue;
        }
        // the same words, one of them negated
        let opposed = candidates
            .iter()
            .copied()
            .filter(|j| said[*j].negated != here.negated && i - *j <= 4)
            .map(|j| (overlap(here, &said[j]), j))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((shared, j)) = opposed
            && shared >= if here.contrast { 0.4 } else { 0.9 }
            && !matches!(stance_of(context, i), Stance::Declines)
            && !matches!(stance_of(context, j), Stance::Declines)
        {
            out.push(relation(statements, i, j, RelationKind::Disputes, Basis::Content, 0.45));
        }
    }
    out
}

fn relation(
    statements: &[Statement],
    from: usize,
    to: usize,
    kind: RelationKind,
    basis: Basis,
    confidence: f64,
) -> Relation {
    let words = if basis == Basis::Words {
        statements[from].cue.clone()
    } else {
        None
    };
    Relation {
        from: statements[from].id.clone(),
        to: statements[to].id.clone(),
        kind,
        basis,
        words,
        confidence: (confidence * 100.0).round() / 100.0,
    }
}

fn stance_relation(cue: Option<RelationKind>, stance: Stance) -> Option<RelationKind> {
    cue.or(match stance {
        Stance::Denies | Stance::Rejects => Some(RelationKind::Disputes),
        _ => None,
    })
}

/// A refusal by its words, whatever stance was given.
fn stance_of(context: &Context<'_>, i: usize) -> Stance {
    let Some(cue) = context.attributions[i].cue else {
        return Stance::Asserts;
    };
    let text = context.text(cue).to_lowercase();
    if [
        "declin",
        "refus",
        "would not",
        "did not",
        "not respond",
        "not answer",
        "no comment",
        "will not",
    ]
    .iter()
    .any(|w| text.contains(w))
    {
        Stance::Declines
    } else {
        Stance::Asserts
    }
}

fn said(context: &Context<'_>, resolved: &Resolved, i: usize) -> Said {
    let a = &context.attributions[i];
    let mut stems = HashSet::new();
    let mut numbers = Vec::new();
    let mut negated = false;
    for span in &a.content {
        let tokens: Vec<usize> = span.range().take(120).collect();
        for (k, t) in tokens.iter().enumerate() {
            let word = context.lower(*t);
            if is_negation(&word) {
                negated = true;
            }
            if let Some(value) = number(&word) {
                let counted = tokens[k + 1..]
                    .iter()
                    .take(3)
                    .map(|n| context.lower(*n))
                    .find(|w| w.len() > 2 && number(w).is_none() && !is_stop(w));
                if let Some(noun) = counted {
                    numbers.push((value, stem(&noun)));
                }
            } else if context.segmented.tokens[*t].shape != Shape::Mark && word.chars().count() > 3 && !is_stop(&word) {
                stems.insert(stem(&word));
            }
        }
    }
    let cue = a.cue.and_then(|c| {
        let text = context.text(c).to_lowercase();
        if [
            "no longer",
            "not deny",
            "not dispute",
            "did not",
            "would not",
            "declined",
            "refused",
        ]
        .iter()
        .any(|w| text.contains(w))
        {
            return None;
        }
        c.range().find_map(|t| CUES.get(context.lower(t).as_str()).copied())
    });
    let sentence = context.sentence_of(context.anchor(i));
    let opening = context.lower(sentence.start());
    let contrast = matches!(opening.as_str(), "but" | "yet" | "however" | "nonetheless" | "instead")
        || sentence.range().take(30).any(|t| context.word(t) == "however");
    let asks = a.cue.is_some_and(|c| {
        c.range().any(|t| {
            ["demand", "urg", "call", "ask", "appeal", "request"]
                .iter()
                .any(|w| context.lower(t).starts_with(w))
                && context.lower(t) != "called"
        })
    });
    let mut sides = Vec::new();
    if let Some(s) = resolved.speakers[i] {
        sides.push(s);
        let ids = resolved.entities[s]
            .affiliations
            .iter()
            .filter_map(|b| b.entity.as_ref());
        sides.extend(ids.filter_map(|id| id.strip_prefix('e')?.parse::<usize>().ok()?.checked_sub(1)));
        sides.extend(resolved.on_behalf_of[i]);
    }
    Said {
        stems,
        numbers,
        negated,
        contrast,
        asks,
        cue,
        sides,
        paragraph: context.paragraph_of(context.anchor(i)),
    }
}

fn other_side(a: &Said, b: &Said) -> bool {
    !a.sides.is_empty() && !b.sides.is_empty() && a.sides.iter().all(|s| !b.sides.contains(s))
}

fn differ(a: &Said, b: &Said) -> bool {
    let shared = |noun: &String| b.numbers.iter().any(|(_, n)| n == noun);
    let nouns: Vec<&String> = a.numbers.iter().map(|(_, n)| n).filter(|n| shared(n)).collect();
    !nouns.is_empty()
        && nouns.iter().any(|noun| {
            let of = |s: &Said| {
                s.numbers
                    .iter()
                    .filter(|(_, n)| n == *noun)
                    .map(|(v, _)| v.to_bits())
                    .collect::<HashSet<u64>>()
            };
            of(a).is_disjoint(&of(b))
        })
        && a.stems.intersection(&b.stems).count() >= 2
}

fn number(word: &str) -> Option<f64> {
    let small = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(n) = small.iter().position(|w| *w == word).filter(|n| *n != 1) {
        return Some(n as f64);
    }
    word.starts_with(|c: char| c.is_ascii_digit())
        .then(|| word.parse().ok())
        .flatten()
}

fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "never"
            | "no"
            | "none"
            | "nobody"
            | "nothing"
            | "neither"
            | "nor"
            | "false"
            | "untrue"
            | "lie"
            | "lies"
            | "wrong"
            | "without"
            | "cannot"
            | "fabricated"
            | "baseless"
            | "unfounded"
            | "'t"
            | "’t"
    )
}

fn is_stop(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "this"
            | "with"
            | "from"
            | "have"
            | "had"
            | "has"
            | "been"
            | "were"
            | "was"
            | "would"
            | "could"
            | "should"
            | "will"
            | "they"
            | "their"
            | "them"
            | "there"
            | "which"
            | "when"
            | "what"
            | "where"
            | "who"
            | "than"
            | "then"
            | "into"
            | "about"
            | "after"
            | "before"
            | "said"
            | "says"
            | "also"
            | "more"
            | "most"
            | "some"
            | "such"
            | "only"
            | "over"
            | "other"
            | "being"
            | "because"
            | "does"
            | "did"
            | "done"
            | "very"
            | "just"
            | "like"
            | "made"
            | "make"
            | "many"
            | "much"
            | "must"
            | "your"
            | "ours"
            | "these"
            | "those"
            | "while"
            | "people"
            | "and"
            | "the"
            | "for"
            | "but"
            | "not"
            | "per"
            | "any"
            | "all"
            | "never"
            | "nothing"
            | "cent"
            | "percent"
            | "years"
            | "year"
            | "days"
            | "day"
    )
}

/// A word without its commonest endings.
fn stem(word: &str) -> String {
    let cut = ["ing", "ies", "ed", "es", "s"]
        .iter()
        .find_map(|e| word.strip_suffix(e).filter(|rest| rest.chars().count() > 3));
    cut.unwrap_or(word).trim_end_matches('e').to_owned()
}

#[cfg(test)]
mod tests {
    use crate::{Engine, RelationKind, Report};

    #[test]
    fn a_denial_disputes_what_the_other_said_before() {
        let report = Report::new(
            "Joan Tell said the council had hidden the report. The council denied that it had hidden the report.",
        )
        .expect("a reading");
        let reading = Engine::new().expect("a reading").read(&report).expect("a reading");
        assert!(
            reading
                .relations
                .iter()
                .any(|r| r.kind == RelationKind::Disputes && r.from == "s2" && r.to == "s1")
        );
    }

    #[test]
    fn endings_do_not_keep_words_apart() {
        assert_eq!(super::stem("bridges"), super::stem("bridge"));
    }
}
