//! What a speaker does with the words. Comes in: the attributions of a report; goes out: a stance for each: from the cue where it has one (a lexicon of
//! verbs, nouns and set phrases, with negation), else from what the words of the content do, not from what they imply. It never looks at who speaks,
//! and never weighs whether something is true.

pub(super) mod phrase;

use std::sync::LazyLock;

use super::context::Context;
use crate::reading::{Kind, Stance};
use phrase::Phrases;

static CUES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(include_str!("../../lexicons/stances.tsv")));

/// The stance of each attribution.
pub(super) fn stances(context: &Context<'_>) -> Vec<Stance> {
    let words = phrase::lowered(context);
    (0..context.attributions.len())
        .map(|i| stance(context, &words, i))
        .collect()
}

fn stance(context: &Context<'_>, words: &[String], attribution: usize) -> Stance {
    let a = &context.attributions[attribution];
    let cue = a.cue.map(|c| &words[c.range()]).unwrap_or_default();
    let before = a
        .cue
        .map(|c| &words[c.start().saturating_sub(3).max(context.sentence_of(c.start()).start())..c.start()])
        .unwrap_or_default();
    let content: Vec<&[String]> = a.content.iter().map(|c| &words[c.range()]).collect();
    let direct = context.kinds[attribution] != Kind::Indirect;
    of_cue(cue, before, &content).unwrap_or_else(|| of_content(cue, &content, direct))
}

fn is(words: &[String], any: &[&str]) -> bool {
    words.iter().any(|w| any.contains(&w.as_str()))
}

fn starts(words: &[String], any: &[&str]) -> bool {
    words
        .iter()
        .find(|w| w.chars().any(char::is_alphanumeric))
        .is_some_and(|w| any.contains(&w.as_str()))
}

fn named(name: &str) -> Stance {
    match name {
        "denies" => Stance::Denies,
        "rejects" => Stance::Rejects,
        "confirms" => Stance::Confirms,
        "declines" => Stance::Declines,
        "blames" => Stance::Blames,
        "demands" => Stance::Demands,
        "predicts" => Stance::Predicts,
        "asks" => Stance::Asks,
        "promises" => Stance::Promises,
        "thinks" => Stance::Thinks,
        "other" => Stance::Other,
        _ => Stance::Asserts,
    }
}

const QUESTION_WORDS: &[&str] = &[
    "if", "whether", "why", "how", "what", "who", "whom", "whose", "when", "where", "which", "about",
];
const FUTURE: &[&str] = &[
    "will", "would", "'ll", "shall", "going", "could", "may", "might", "risk", "likely", "if", "unless", "soon",
    "ahead",
];
const FALSEHOOD: &[&str] = &[
    "lie",
    "lies",
    "false",
    "falsehood",
    "falsehoods",
    "untrue",
    "nonsense",
    "fabrication",
    "fabricated",
    "fabrications",
    "fiction",
    "baseless",
    "groundless",
    "unfounded",
    "rubbish",
    "fantasy",
    "absurd",
    "ridiculous",
    "ludicrous",
    "preposterous",
    "hoax",
    "invention",
    "slander",
    "defamatory",
    "smear",
    "smears",
    "garbage",
    "hogwash",
    "baloney",
    "bunk",
    "fake",
    "farce",
    "novella",
    "rumour",
    "rumours",
    "misleading",
    "inaccurate",
    "incorrect",
    "wrong",
    "malicious",
    "mischievous",
    "laughable",
    "propaganda",
    "myth",
    "malarkey",
    "spin",
];

/// The stance that the cue gives by itself or with the form of its complement; none for a neutral cue.
fn of_cue(cue: &[String], before: &[String], content: &[&[String]]) -> Option<Stance> {
    let first = content.first().copied().unwrap_or_default();
    let refused = if refuses(cue) { negated(cue) } else { None };
    if let Some(stance) = CUES
        .at(cue)
        .filter(|(length, _)| *length > 1)
        .map(|(_, name)| named(name))
        .or(refused)
    {
        return Some(stance);
    }
    let (at, length, name) = CUES.first(cue).map_or((0, 0, ""), |found| found);
    let head = cue.get(at).or(cue.first()).map(String::as_str).unwrap_or_default();
    let set_phrase = length > 1;
    if !set_phrase {
        // a negation or refusal that the tagger left outside the cue
        if is(before, &["not", "'t", "never", "neither", "nor", "cannot"])
            && matches!(name, "confirms" | "denies" | "rejects" | "thinks")
        {
            return match name {
                "denies" | "rejects" => Some(Stance::Confirms),
                "thinks" => Some(Stance::Thinks),
                _ if is(
                    before,
                    &[
                        "would", "could", "will", "did", "neither", "cannot", "can", "wouldn", "couldn", "didn", "won",
                    ],
                ) =>
                {
                    Some(Stance::Declines)
                }
                _ => Some(Stance::Rejects),
            };
        }
        if let Some(stance) = of_complement(cue, head, first, content) {
            return Some(stance);
        }
    }
    (length > 0).then(|| named(name))
}

fn refuses(cue: &[String]) -> bool {
    is(
        cue,
        &[
            "not",
            "'t",
            "never",
            "neither",
            "nor",
            "cannot",
            "unable",
            "unwilling",
            "longer",
        ],
    )
}

/// A negated cue: what would be a denial confirms, what would be a confirmation is refused.
fn negated(cue: &[String]) -> Option<Stance> {
    let lemma = |prefixes: &[&str]| cue.iter().any(|w| prefixes.iter().any(|p| w.starts_with(p)));
    let both = cue.iter().any(|w| w == "neither") || (lemma(&["confirm"]) && lemma(&["den"]));
    Some(if both {
        Stance::Declines
    } else if lemma(&[
        "den",
        "disput",
        "contest",
        "quarrel",
        "contradict",
        "object",
        "challeng",
        "question",
        "argu",
    ]) {
        Stance::Confirms
    } else if lemma(&["exclud", "rul"]) {
        Stance::Asserts
    } else if lemma(&[
        "believ", "think", "want", "expect", "hop", "fear", "consider", "regard", "wish", "like",
    ]) {
        Stance::Thinks
    } else if lemma(&[
        "accept", "agre", "recogni", "share", "buy", "remember", "endors", "support",
    ]) {
        Stance::Rejects
    } else if lemma(&["contend", "claim", "alleg", "insist", "maintain"]) && is(cue, &["longer"]) {
        Stance::Asserts
    } else {
        Stance::Declines
    })
}

/// Cues whose complement decides: "asked whether" and "asked for", "called for" and "called it a lie".
fn of_complement(cue: &[String], head: &str, first: &[String], content: &[&[String]]) -> Option<Stance> {
    let anywhere = |any: &[&str]| content.iter().any(|c| is(c, any));
    match head {
        "ask" | "asks" | "asked" | "asking" => Some(if starts(first, &["for", "to", "that"]) && !question(content) {
            Stance::Demands
        } else {
            Stance::Asks
        }),
        "call" | "calls" | "called" | "calling" if cue.len() == 1 => {
            if starts(first, &["for", "on", "upon", "to"]) {
                Some(Stance::Demands)
            } else {
                anywhere(FALSEHOOD).then_some(Stance::Rejects)
            }
        }
        "describe" | "describes" | "described" | "describing" | "dub" | "dubbed" | "termed" | "labelled"
        | "labeled" | "branded" | "brands"
            if anywhere(FALSEHOOD) =>
        {
            Some(Stance::Rejects)
        }
        "warn" | "warns" | "warned" | "warning" | "warnings" | "caution" | "cautions" | "cautioned" | "cautioning" => {
            if starts(first, &["to", "against", "not"]) {
                Some(Stance::Demands)
            } else {
                anywhere(FUTURE).then_some(Stance::Predicts)
            }
        }
        "tell" | "tells" | "told" | "telling" | "advise" | "advises" | "advised" | "advising" | "remind"
        | "reminds" | "reminded" | "shouted" | "yelled" | "signalled" | "says" | "said"
            if starts(first, &["to", "against"])
                || (starts(first, &["not"]) && first.get(1).is_some_and(|w| w == "to")) =>
        {
            Some(Stance::Demands)
        }
        "put" | "puts" | "putting" | "place" | "places" | "placed" | "placing" | "lay" | "lays" | "laid" | "pinned"
        | "pins"
            if is(first.get(..4).unwrap_or(first), &["blame", "responsibility", "fault"]) =>
        {
            Some(Stance::Blames)
        }
        "hold" | "holds" | "held" | "holding" | "find" | "finds" | "found"
            if anywhere(&["responsible", "liable", "accountable", "culpable"]) =>
        {
            Some(Stance::Blames)
        }
        "express" | "expresses" | "expressed" | "expressing" | "voice" | "voices" | "voiced" | "voicing"
        | "conveyed" | "conveys" | "convey" | "offered" | "offers" | "offer" | "sent" | "extended" => {
            if anywhere(&[
                "regret",
                "regrets",
                "condolences",
                "apology",
                "apologies",
                "thanks",
                "gratitude",
                "sorrow",
                "sympathy",
                "sympathies",
                "sadness",
                "grief",
                "congratulations",
                "appreciation",
            ]) {
                Some(Stance::Other)
            } else if anywhere(&[
                "hope",
                "hopes",
                "confidence",
                "concern",
                "concerns",
                "doubt",
                "doubts",
                "fear",
                "fears",
                "alarm",
                "belief",
                "dismay",
                "surprise",
                "worry",
                "optimism",
                "frustration",
                "unease",
                "outrage",
            ]) {
                Some(Stance::Thinks)
            } else {
                (head.starts_with("offer") && starts(first, &["to"])).then_some(Stance::Promises)
            }
        }
        "agree" | "agrees" | "agreed" if starts(first, &["to"]) => Some(Stance::Promises),
        "threaten" | "threatens" | "threatened" | "threatening" if starts(first, &["to"]) => Some(Stance::Predicts),
        "question" | "questions" | "questioned" if starts(first, QUESTION_WORDS) || question(content) => {
            Some(if starts(first, &["whether"]) {
                Stance::Rejects
            } else {
                Stance::Asks
            })
        }
        "question" if cue.len() == 1 => Some(Stance::Asks),
        "charge" | "charges" | "order" | "orders" | "view" | "plan" => None,
        "counter" | "counters" | "countered" | "allow" | "allows" | "allowed" | "link" | "linked" | "trace"
        | "traced"
            if content.len() > 1 || content.iter().any(|c| c.len() > 14) =>
        {
            None
        }
        _ => None,
    }
}

fn question(content: &[&[String]]) -> bool {
    content
        .iter()
        .rev()
        .find_map(|c| {
            c.iter()
                .rev()
                .find(|w| !matches!(w.as_str(), "\"" | "”" | "’" | "'" | "»" | ")"))
        })
        .is_some_and(|w| w == "?")
}

/// Cues that with a negation make a denial: the speaker stands against something.
const STRONG: &[&str] = &[
    "maintained",
    "maintains",
    "maintain",
    "insisted",
    "insists",
    "insist",
    "insisting",
    "insistence",
    "assured",
    "assures",
    "assuring",
    "assurance",
    "retorted",
    "retorts",
    "contends",
    "contended",
    "contend",
    "countered",
    "counters",
    "claimed",
    "swore",
    "swears",
    "sworn",
    "swearing",
    "adamant",
    "protested",
    "protests",
    "stressed",
    "raged",
    "snapped",
    "stormed",
    "vehemently",
    "reiterated",
    "avowed",
    "vowed",
    "firm",
];
const NEGATIONS: &[&str] = &[
    "not", "never", "no", "none", "nobody", "nothing", "neither", "nor", "'t", "nowhere", "cannot",
];
const AUXILIARIES: &[&str] = &[
    "was", "were", "had", "did", "has", "have", "is", "are", "does", "do", "been", "wasn", "weren", "hadn", "didn",
    "hasn", "haven", "isn", "aren", "doesn", "don",
];
const VERBS_OF_WANTING: &[&str] = &["must", "shall"];

/// The stance of a neutral cue's content, the strongest act in it: demands, blames, denies, promises, predicts, asserts.
fn of_content(cue: &[String], content: &[&[String]], direct: bool) -> Stance {
    let turn = cue.iter().all(|w| w.chars().all(|c| !c.is_alphanumeric()));
    if question(content)
        && (turn
            || is(
                cue,
                &[
                    "said",
                    "says",
                    "say",
                    "read",
                    "reads",
                    "wrote",
                    "writes",
                    "laughed",
                    "interjected",
                    "shouted",
                    "captioned",
                ],
            ))
    {
        return Stance::Asks;
    }
    if content.iter().any(|c| demands(c, direct)) {
        return Stance::Demands;
    }
    if content.iter().any(|c| blames(c)) {
        return Stance::Blames;
    }
    if denies(cue, content) {
        return Stance::Denies;
    }
    if content.iter().any(|c| promises(cue, c)) {
        return Stance::Promises;
    }
    if content.first().is_some_and(|c| predicts(cue, c)) {
        return Stance::Predicts;
    }
    Stance::Asserts
}

/// The words of each sentence of a stretch, without its marks.
fn clauses(words: &[String]) -> impl Iterator<Item = Vec<&str>> {
    words
        .split(|w| matches!(w.as_str(), "." | "!" | "?" | ";" | "…"))
        .map(|s| {
            s.iter()
                .map(String::as_str)
                .filter(|w| w.chars().any(char::is_alphanumeric))
                .collect::<Vec<&str>>()
        })
        .filter(|s| !s.is_empty())
}

const IMPERATIVES: &[&str] = &[
    "stop",
    "resign",
    "release",
    "leave",
    "go",
    "look",
    "ask",
    "read",
    "call",
    "stay",
    "remain",
    "come",
    "let",
    "please",
    "give",
    "mind",
    "tell",
    "show",
    "send",
    "bring",
    "keep",
    "get",
    "apologise",
    "apologize",
    "publish",
    "withdraw",
    "evacuate",
    "avoid",
    "vote",
    "free",
    "end",
    "explain",
    "answer",
    "check",
    "contact",
    "wear",
    "boil",
    "report",
    "return",
    "hand",
];

fn demands(words: &[String], direct: bool) -> bool {
    clauses(words).any(|s| {
        let imperative = direct
            && s.first().is_some_and(|w| IMPERATIVES.contains(w))
            && s.get(1)
                .is_none_or(|w| !matches!(*w, "'s" | "is" | "was" | "of" | "and" | "it"));
        let duty = s.windows(2).position(|w| {
            matches!(w[0], "must" | "should")
                && !matches!(w[1], "have" | "be" | "know" | "not" | "see")
                && !matches!(w[1], "i")
        });
        let subject = duty.is_some_and(|at| {
            at > 0
                && at < 8
                && !s[..at]
                    .iter()
                    .any(|w| matches!(*w, "i" | "if" | "when" | "what" | "why" | "how" | "which" | "who"))
        });
        let wanted = s.windows(2).any(|w| matches!(w, ["please", _] | ["begging", "people"])) && direct;
        imperative || subject || wanted || s.first().is_some_and(|w| VERBS_OF_WANTING.contains(w))
    })
}

fn blames(words: &[String]) -> bool {
    clauses(words).any(|s| {
        let negative = s.iter().take(8).any(|w| NEGATIONS.contains(w));
        let personal = s.first().is_some_and(|w| matches!(*w, "they" | "you" | "he" | "she"));
        let words_of_blame = s.iter().any(|w| {
            matches!(
                *w,
                "blame"
                    | "blames"
                    | "lied"
                    | "liar"
                    | "liars"
                    | "murdered"
                    | "betrayed"
                    | "murderers"
                    | "negligence"
                    | "negligent"
                    | "culpable"
            )
        });
        let to_blame = s
            .windows(2)
            .any(|w| matches!(w, ["to", "blame"] | ["attempt", "to"]) && s.contains(&"blame"))
            || s.windows(2).any(|w| matches!(w, ["responsible", "for"]));
        !negative
            && ((personal && words_of_blame)
                || to_blame
                || s.iter().any(|w| matches!(*w, "liar" | "liars" | "murderers")))
    })
}

fn denies(cue: &[String], content: &[&[String]]) -> bool {
    let all: Vec<Vec<&str>> = content.iter().flat_map(|c| clauses(c)).collect();
    let Some(first) = all.first() else { return false };
    let negation = |s: &[&str]| s.iter().any(|w| NEGATIONS.contains(w));
    if is(cue, STRONG) && all.iter().any(|s| negation(s)) {
        return true;
    }
    if matches!(
        first.as_slice(),
        ["no"] | ["not", "true" | "so" | "me" | "us"] | ["never"] | ["no", "no", ..]
    ) {
        return true;
    }
    all.iter().any(|s| {
        let after = &s[1..s.len().min(8)];
        let verb = after.iter().any(|w| {
            AUXILIARIES.contains(w)
                || (w.len() > 4 && w.ends_with("ed"))
                || matches!(
                    *w,
                    "gave"
                        | "ever"
                        | "knew"
                        | "came"
                        | "went"
                        | "left"
                        | "made"
                        | "got"
                        | "laid"
                        | "rang"
                        | "told"
                        | "took"
                )
        });
        let nobody = matches!(s[0], "nobody" | "none" | "neither")
            || (s[0] == "no" && s.len() > 2)
            || (s[0] == "not" && after.iter().take(2).any(|w| matches!(*w, "one" | "a" | "single")));
        let there = s.windows(3).any(|w| {
            w[0] == "there" && AUXILIARIES.contains(&w[1]) && matches!(w[2], "no" | "not" | "never" | "nothing" | "'t")
        }) || s
            .windows(4)
            .any(|w| matches!(w, ["there", "had" | "has", "been", "no"]));
        let never = s.windows(2).any(|w| {
            w[1] == "never"
                && matches!(
                    w[0],
                    "i" | "we" | "he" | "she" | "they" | "it" | "had" | "have" | "has" | "'ve" | "'d" | "was" | "were"
                )
        });
        let false_claim = s.windows(2).any(|w| {
            matches!(w[0], "is" | "are" | "was" | "were" | "'s" | "be")
                && matches!(
                    w[1],
                    "false" | "untrue" | "baseless" | "unfounded" | "nonsense" | "fabricated" | "groundless"
                )
        }) || s
            .windows(3)
            .any(|w| matches!(w, [_, "not", "true"] | [_, "a", "lie"] | ["just", "not", "so"]));
        let speaker = matches!(
            s[0],
            "we" | "i" | "he" | "she" | "it" | "they" | "his" | "her" | "its" | "our" | "my"
        );
        let was_not = s.iter().take(5).zip(s.iter().skip(1)).any(|(a, b)| {
            matches!(*a, "was" | "were" | "did" | "had" | "wasn" | "weren" | "didn" | "hadn")
                && matches!(*b, "not" | "'t" | "nothing")
        });
        let owned_nothing = speaker
            && s.get(2)
                .is_some_and(|w| matches!(*w, "no" | "nothing" | "nobody" | "none"))
            && !matches!(s[1], "have" | "had" | "see" | "has");
        (nobody && verb) || there || never || false_claim || (speaker && was_not) || owned_nothing
    })
}

fn promises(cue: &[String], words: &[String]) -> bool {
    let committed = is(
        cue,
        &[
            "announced",
            "announces",
            "announcing",
            "assured",
            "assures",
            "assuring",
            "said",
            "says",
            "told",
            "added",
            "replied",
            "responded",
            "indicated",
            "signalled",
            "insisted",
            "posted",
            "stated",
            "informed",
            "offered",
            "swore",
            "repeated",
        ],
    );
    let firm = is(cue, &["assured", "assures", "announced", "announces", "swore"]);
    clauses(words).any(|s| {
        let will = s.windows(2).take(6).any(|w| {
            matches!(w[0], "we" | "i") && matches!(w[1], "will" | "'ll" | "shall")
                || (w[0] == "it" || w[0] == "he" || w[0] == "she" || w[0] == "they")
                    && (w[1] == "will" || w[1] == "would")
        });
        let negative = s.iter().take(6).any(|w| NEGATIONS.contains(w));
        let general = firm && s.iter().take(8).any(|w| matches!(*w, "will" | "would"));
        ((will && committed) || general) && !negative
    })
}

fn predicts(cue: &[String], words: &[String]) -> bool {
    if !is(
        cue,
        &[
            "said",
            "says",
            "say",
            "saying",
            "warned",
            "estimates",
            "estimate",
            "estimated",
            "noted",
            "stated",
            "sees",
            "see",
            "puts",
            "announced",
            "responded",
        ],
    ) {
        return false;
    }
    clauses(words).next().is_some_and(|s| {
        let will = s.iter().take(7).position(|w| matches!(*w, "will" | "'ll" | "won"));
        will.is_some_and(|at| at > 0 && !matches!(s[at - 1], "i" | "we"))
            || s.windows(3).take(6).any(|w| {
                matches!(
                    w,
                    [_, "likely", "to"]
                        | ["is" | "are", "going", "to"]
                        | ["is" | "are", "set", "to"]
                        | ["may" | "could", "be", _]
                )
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use phrase::split;

    fn read(cue: &str, content: &str) -> Stance {
        let (cue, content) = (split(cue), split(content));
        of_cue(&cue, &[], &[&content]).unwrap_or_else(|| of_content(&cue, &[&content], false))
    }

    #[test]
    fn the_cue_decides_where_it_has_a_stance() {
        assert_eq!(read("denied", "that a valve was open"), Stance::Denies);
        assert_eq!(read("brushed aside", "the figure"), Stance::Rejects);
        assert_eq!(read("laid the blame", "on the pilot"), Stance::Blames);
        assert_eq!(read("would neither confirm nor deny", "the transfer"), Stance::Declines);
        assert_eq!(read("does not deny", "the signature"), Stance::Confirms);
        assert_eq!(read("didn't return", "a call"), Stance::Declines);
    }

    #[test]
    fn the_complement_decides_for_cues_that_do_several_things() {
        assert_eq!(read("asked", "whether the dam had been checked"), Stance::Asks);
        assert_eq!(read("asked", "for the log"), Stance::Demands);
        assert_eq!(read("called", "for an inquiry"), Stance::Demands);
        assert_eq!(read("called", "the claim a lie"), Stance::Rejects);
        assert_eq!(read("told", "to leave the hall"), Stance::Demands);
    }

    #[test]
    fn a_neutral_cue_takes_the_stance_of_its_words() {
        assert_eq!(read("said", "no warning was given"), Stance::Denies);
        assert_eq!(read("said", "the minister must resign"), Stance::Demands);
        assert_eq!(read("said", "we will publish the log"), Stance::Promises);
        assert_eq!(read("said", "the bridge was closed at noon"), Stance::Asserts);
        assert_eq!(read(":", "And the gate?"), Stance::Asks);
    }
}
