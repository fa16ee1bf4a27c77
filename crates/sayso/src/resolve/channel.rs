//! Where a statement was made. Comes in: the attributions of a report and their speakers; goes out: for each the channel that the text states beside its
//! cue or in its source, or that it states for the same speaker in the same or the paragraph before. It never guesses: nothing stated is no channel.

use std::sync::LazyLock;

use super::context::Context;
use super::entity::Resolved;
use super::stance::phrase::{self, Phrases};
use crate::lexicon;
use crate::reading::{Channel, ChannelKind, Kind};
use crate::segment::Shape;
use crate::span::TokenSpan;

const FILE: &str = include_str!("../../lexicons/channels.tsv");
static NOUNS: LazyLock<Phrases> = LazyLock::new(|| Phrases::only(FILE, " noun"));
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::only(FILE, " phrase"));
static CUES: LazyLock<Phrases> = LazyLock::new(|| Phrases::only(FILE, " cue"));
static PLATFORMS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lexicons/platforms.txt")).collect());

/// The channel of each attribution.
pub(super) fn channels(context: &Context<'_>, resolved: &Resolved) -> Vec<Option<Channel>> {
    let words = phrase::lowered(context);
    let turns = transcript(context, &words);
    let stated: Vec<Option<Channel>> = (0..context.attributions.len())
        .map(|i| stated(context, &words, i).or_else(|| turns.clone().filter(|_| is_turn(context, i))))
        .collect();
    inherit(context, resolved, &words, stated)
}

fn kind_named(name: &str) -> ChannelKind {
    match name {
        "social_post" => ChannelKind::SocialPost,
        "statement" => ChannelKind::Statement,
        "press_conference" => ChannelKind::PressConference,
        "interview" => ChannelKind::Interview,
        "filing" => ChannelKind::Filing,
        "report" => ChannelKind::Report,
        "broadcast" => ChannelKind::Broadcast,
        "letter" => ChannelKind::Letter,
        "speech" => ChannelKind::Speech,
        _ => ChannelKind::Other,
    }
}

fn channel(context: &Context<'_>, kind: ChannelKind, name: Option<String>, span: TokenSpan) -> Option<Channel> {
    Some(Channel {
        kind,
        name,
        span: Some(context.span(span)),
        inherited: false,
    })
}

/// A turn of a transcript: the cue is the mark after the speaker's name.
fn is_turn(context: &Context<'_>, attribution: usize) -> bool {
    let cue = context.attributions[attribution].cue;
    context.kinds[attribution] == Kind::Direct && cue.is_some_and(|c| context.text(c) == ":")
}

/// The channel of a transcript's turns, from its opening lines; none where the report is no transcript.
fn transcript(context: &Context<'_>, words: &[String]) -> Option<Channel> {
    let turns = (0..context.attributions.len())
        .filter(|i| is_turn(context, *i))
        .take(4)
        .count();
    let end = context
        .segmented
        .paragraphs
        .get(..context.segmented.paragraphs.len().min(5))?
        .last()?
        .end();
    if turns < 4 {
        return None;
    }
    let (at, kind) = PLACES
        .iter()
        .find_map(|(kind, any)| (0..end).find(|i| any.contains(&words[*i].as_str())).map(|i| (i, *kind)))?;
    let name = named_nearby(context, words, kind, 0..end, at);
    channel(context, kind, name, TokenSpan::new(at, at + 1))
}

/// Words in a transcript's opening that say what it is one of.
const PLACES: &[(ChannelKind, &[&str])] = &[
    (
        ChannelKind::PressConference,
        &["briefing", "conference", "reporters", "questioner", "gaggle", "presser"],
    ),
    (
        ChannelKind::Broadcast,
        &[
            "radio",
            "television",
            "broadcast",
            "airs",
            "aired",
            "programme",
            "podcast",
            "listeners",
            "fm",
            "jingle",
            "phone-in",
        ],
    ),
    (
        ChannelKind::Interview,
        &["interview", "q", "interviewed", "interviewer"],
    ),
    (
        ChannelKind::Filing,
        &["deposition", "cross", "witness", "testimony", "trial"],
    ),
    (
        ChannelKind::Speech,
        &[
            "hearing",
            "debate",
            "meeting",
            "session",
            "parliament",
            "council",
            "committee",
            "hustings",
            "assembly",
        ],
    ),
];

/// The tokens beside the cue that may say where: its sentence without contents, and up to its neighbours with other sources.
fn frame(context: &Context<'_>, attribution: usize) -> Vec<usize> {
    let a = &context.attributions[attribution];
    let anchor = a.cue.or(a.source).map_or(context.anchor(attribution), TokenSpan::start);
    let sentence = context.sentence_of(anchor);
    let (mut low, mut high) = (sentence.start(), sentence.end());
    let first = a.source.map_or(anchor, |s| s.start().min(anchor));
    let mut hidden = vec![false; sentence.len()];
    let mut hide = |span: TokenSpan| {
        for i in span.range().filter(|i| sentence.range().contains(i)) {
            hidden[i - sentence.start()] = true;
        }
    };
    a.content.iter().copied().for_each(&mut hide);
    if let Some(parent) = context.parents[attribution]
        && let Some(piece) = context.attributions[parent]
            .content
            .iter()
            .find(|c| c.range().contains(&anchor))
    {
        (low, high) = (low.max(piece.start()), high.min(piece.end()));
    }
    for other in attribution.saturating_sub(6)..(attribution + 7).min(context.attributions.len()) {
        let b = &context.attributions[other];
        if other == attribution || context.parents[attribution] == Some(other) {
            continue;
        }
        b.content
            .iter()
            .filter(|c| !c.range().contains(&anchor))
            .copied()
            .for_each(&mut hide);
        if context.parents[other].is_none() && b.source != a.source {
            let ends = b.cue.iter().chain(&b.source).filter(|s| sentence.contains(**s));
            for s in ends {
                if s.end() <= first {
                    low = low.max(s.end());
                } else if s.start() > anchor {
                    high = high.min(s.start());
                }
            }
        }
    }
    (low..high).filter(|i| !hidden[i - sentence.start()]).collect()
}

fn stated(context: &Context<'_>, words: &[String], attribution: usize) -> Option<Channel> {
    let a = &context.attributions[attribution];
    if let Some((kind, span)) = a.source.and_then(|s| document(words, s)) {
        let name = if kind == ChannelKind::SocialPost {
            platform(context, a.source?.range())
        } else {
            None
        };
        return channel(context, kind, name, span);
    }
    let frame = frame(context, attribution);
    let anchor = a.cue.map_or(context.anchor(attribution), TokenSpan::start);
    let mut best: Option<(usize, usize, Channel)> = None;
    let mut offer = |rank: usize, at: usize, found: Option<Channel>| {
        let distance = at.abs_diff(anchor);
        if let Some(found) = found.filter(|_| best.as_ref().is_none_or(|(r, d, _)| (rank, distance) < (*r, *d))) {
            best = Some((rank, distance, found));
        }
    };
    for run in frame.chunk_by(|x, y| x + 1 == *y) {
        let (from, to) = (run[0], run[run.len() - 1] + 1);
        for i in from..to {
            let in_source = a.source.is_some_and(|s| s.range().contains(&i));
            if in_source && !a.source.is_some_and(|s| s.range().any(|j| j < i && words[j] == ",")) {
                continue;
            }
            offer(0, i, outlet(context, words, i, to));
            offer(0, i, on_platform(context, words, i, to));
            let inner = context.parents[attribution].is_some();
            let to_us = inner && words[i..to].get(1).is_some_and(|w| matches!(w.as_str(), "me" | "us"));
            if let Some((length, kind)) = PHRASES.at(&words[i..to]).filter(|_| !to_us) {
                let name = named_nearby(context, words, kind_named(kind), from..to, i);
                let rank = usize::from(kind != "other");
                offer(
                    rank,
                    i,
                    channel(context, kind_named(kind), name, TokenSpan::new(i, i + length)),
                );
            } else if let Some((length, kind)) = NOUNS.at(&words[i..to]).filter(|_| after_preposition(words, from, i)) {
                // "radio traffic", "letter writer": the head of the phrase counts
                if words
                    .get(i + length)
                    .filter(|_| i + length < to)
                    .is_some_and(|w| NOUNS.at(std::slice::from_ref(w)).is_some())
                {
                    continue;
                }
                let name = named_nearby(context, words, kind_named(kind), from..to, i);
                let rank = if words[i + length - 1] == "call" { 0 } else { 2 };
                offer(
                    rank,
                    i,
                    channel(context, kind_named(kind), name, TokenSpan::new(i, i + length)),
                );
            }
        }
    }
    if let Some((_, _, found)) = best {
        return Some(found);
    }
    let cue = a.cue?;
    let (_, kind) = CUES.at(&words[cue.range()])?;
    let name = if kind == "social_post" {
        platform(context, frame.first().copied()?..frame.last()? + 1)
    } else {
        None
    };
    channel(context, kind_named(kind), name, cue)
}

/// A source that is a document: its head noun says of which kind.
fn document(words: &[String], source: TokenSpan) -> Option<(ChannelKind, TokenSpan)> {
    let stop = [
        "of",
        "by",
        "from",
        "which",
        "that",
        "who",
        "in",
        "on",
        "for",
        "to",
        "at",
        "into",
        "with",
        "dated",
        ",",
        "(",
        "filed",
        "issued",
        "released",
        "published",
        "prepared",
        "seen",
        "obtained",
        "compiled",
        "kept",
        "sent",
        "signed",
        "posted",
        "about",
        "between",
        "written",
        "drafted",
        "made",
        "put",
        "unsealed",
        "lodged",
        "carried",
    ];
    let end = source
        .range()
        .find(|i| *i > source.start() && stop.contains(&words[*i].as_str()))
        .unwrap_or(source.end());
    let start = end.saturating_sub(4).max(source.start());
    (start..end).find_map(|i| {
        let (length, kind) = NOUNS.at(&words[i..end])?;
        let place = matches!(kind, "speech" | "broadcast" | "press_conference" | "interview");
        let person = matches!(
            words[i].as_str(),
            "page"
                | "church"
                | "congress"
                | "senate"
                | "followers"
                | "court"
                | "tribunal"
                | "stand"
                | "journal"
                | "website"
        );
        (i + length == end && !place && !person).then(|| (kind_named(kind), TokenSpan::new(i, end)))
    })
}

/// "in a letter", "on the state radio", "from his resignation speech": a preposition shortly before, with nothing between that closes the phrase.
fn after_preposition(words: &[String], from: usize, at: usize) -> bool {
    for i in (from.max(at.saturating_sub(7))..at).rev() {
        match words[i].as_str() {
            "in" | "at" | "on" | "during" | "via" | "through" | "per" | "by" | "under" | "to" | "from" => return true,
            "after" | "before" | "about" | "of" | "for" | "with" | "into" | "against" | "over" | "who" | "which"
            | "that" | "and" | "," | ":" | ";" | "said" | "says" | "than" | "since" => return false,
            _ => {}
        }
    }
    false
}

const RECIPIENT_CUES: &[&str] = &[
    "told",
    "tells",
    "telling",
    "tell",
    "assured",
    "informed",
    "admitted",
    "confided",
    "speaking",
    "spoke",
    "interview",
    "interviewed",
    "interviews",
    "confirmed",
    "answers",
    "reply",
    "phone",
    "call",
    "said",
    "correspondent",
    "contacted",
    "reached",
    "asked",
    "quoted",
    "communicated",
    "complained",
    "confessed",
    "answered",
];
const STATIONS: &[&str] = &[
    "radio",
    "tv",
    "television",
    "fm",
    "bbc",
    "cnn",
    "itv",
    "nbc",
    "abc",
    "cbs",
    "pbs",
    "npr",
    "msnbc",
    "cbc",
    "ctv",
    "rte",
    "rté",
    "channel",
    "broadcasting",
    "broadcaster",
    "kanal",
    "sky",
    "fox",
    "al",
    "breakfast",
    "show",
    "podcast",
    "dw",
    "nhk",
    "zdf",
    "ard",
    "rai",
    "tf1",
    "network",
    "morning",
    "tonight",
    "today",
    "newshour",
    "newsnight",
    "c",
];
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "lady",
    "lord",
    "president",
    "senator",
    "sen",
    "judge",
    "justice",
    "minister",
    "mayor",
    "prof",
    "professor",
    "col",
    "gen",
    "capt",
    "sgt",
    "parliament",
    "congress",
    "mps",
    "members",
    "house",
    "senate",
    "council",
    "police",
    "commons",
    "prime",
    "sheriff",
    "captain",
    "colonel",
    "general",
    "pope",
    "king",
    "queen",
    "chancellor",
    "secretary",
    "conference",
    "god",
    "commissioner",
];

/// "told the Harbour Post", "speaking on Radio Delta": a capitalised name to which or on which somebody spoke.
fn outlet(context: &Context<'_>, words: &[String], at: usize, to: usize) -> Option<Channel> {
    if let Some(found) = audience(context, words, at, to) {
        return Some(found);
    }
    let first = match words[at].as_str() {
        w if RECIPIENT_CUES.contains(&w) => {
            let skip = (at + 1..to)
                .filter(|j| !capital(context, *j) || words[*j] == "the")
                .zip(at + 1..to)
                .take_while(|(j, k)| j == k)
                .map(|(j, _)| &words[j])
                .take_while(|w| {
                    matches!(
                        w.as_str(),
                        "to" | "with"
                            | "by"
                            | "the"
                            | "broadcaster"
                            | "station"
                            | "radio"
                            | "television"
                            | "channel"
                            | "paper"
                            | "newspaper"
                            | "daily"
                            | "weekly"
                            | "agency"
                            | "magazine"
                            | "news"
                            | "site"
                            | "website"
                            | "tabloid"
                            | "of"
                            | "local"
                            | "in"
                            | "an"
                            | "interview"
                            | "told"
                            | "state"
                            | "when"
                            | "correspondent"
                            | "our"
                    )
                })
                .count();
            let needs_link = !matches!(
                w,
                "told" | "tells" | "telling" | "tell" | "assured" | "informed" | "answered"
            );
            if needs_link
                && !words[at + 1..at + 1 + skip]
                    .iter()
                    .any(|w| matches!(w.as_str(), "to" | "with" | "by" | "of"))
            {
                return None;
            }
            at + 1 + skip
        }
        "on" | "to" => at + 1 + usize::from(words.get(at + 1).is_some_and(|w| w == "the")),
        _ => return None,
    };
    let mut end = first;
    while end < to
        && (capital(context, end)
            || (end > first
                && matches!(words[end].as_str(), "&" | "of" | "-")
                && end + 1 < to
                && capital(context, end + 1))
            || (end > first && end < first + 4 && words[end].chars().all(|c| c.is_ascii_digit())))
    {
        end += 1;
    }
    if end == first || end - first > 5 || TITLES.contains(&words[first].as_str()) {
        return None;
    }
    let span = TokenSpan::new(first, end);
    let spoken_of = words[at + 1..first].iter().any(|w| {
        matches!(
            w.as_str(),
            "broadcaster" | "station" | "radio" | "television" | "channel"
        )
    });
    let station = spoken_of
        || words[first..end]
            .iter()
            .any(|w| STATIONS.contains(&w.as_str()) || w.ends_with("tv") || w.ends_with("kanal"))
        || words[end..to].iter().take(4).any(|w| {
            matches!(
                w.as_str(),
                "radio" | "television" | "show" | "programme" | "podcast" | "channel" | "bulletin" | "breakfast"
            )
        });
    let preposition = matches!(words[at].as_str(), "on" | "to");
    let day = |w: &str| w.ends_with("day") || super::date::is_month(w);
    if preposition && (!station || words[at] == "to")
        || words[first..end].iter().any(|w| day(w))
        || PLATFORMS.contains(&context.text(span))
    {
        return None;
    }
    let article = first > 0 && matches!(context.word(first - 1), "The" | "the") && !station;
    let named = if article { TokenSpan::new(first - 1, end) } else { span };
    let called = words[end..to]
        .iter()
        .take(6)
        .any(|w| matches!(w.as_str(), "phone" | "telephone" | "e" | "email"));
    let kind = if station && !called {
        ChannelKind::Broadcast
    } else {
        ChannelKind::Interview
    };
    channel(context, kind, Some(context.text(named).to_owned()), named)
}

fn capital(context: &Context<'_>, token: usize) -> bool {
    matches!(
        context.segmented.tokens[token].shape,
        Shape::Capitalised | Shape::Upper | Shape::Mixed
    )
}

const PRESS: &[&str] = &[
    "reporters",
    "journalists",
    "newsmen",
    "newspersons",
    "newspeople",
    "press",
    "media",
    "pressmen",
    "mediapersons",
    "correspondents",
    "photographers",
];
const GATHERING: &[&str] = &[
    "parliament",
    "lawmakers",
    "mps",
    "deputies",
    "members",
    "senators",
    "crowd",
    "supporters",
    "mourners",
    "delegates",
    "shareholders",
    "worshippers",
    "councillors",
    "committee",
    "commissioners",
    "legislators",
    "audience",
    "senate",
    "meeting",
    "peers",
    "commons",
    "worshipers",
    "assembly",
    "villagers",
    "churchgoers",
];
const COURT: &[&str] = &[
    "jurors",
    "jury",
    "court",
    "judge",
    "inquest",
    "tribunal",
    "inquiry",
    "magistrate",
    "judges",
    "bench",
    "coroner",
    "commission",
];

/// "told local reporters", "told a packed meeting": to whom somebody spoke.
fn audience(context: &Context<'_>, words: &[String], at: usize, to: usize) -> Option<Channel> {
    if !matches!(
        words[at].as_str(),
        "told"
            | "tells"
            | "telling"
            | "assured"
            | "assuring"
            | "informed"
            | "cautioned"
            | "reminded"
            | "warned"
            | "before"
            | "briefed"
            | "joked"
    ) {
        return None;
    }
    let object = at
        + 1
        + words[at + 1..to].iter().take(5).position(|w| {
            PRESS.contains(&w.as_str())
                || GATHERING.contains(&w.as_str())
                || COURT.contains(&w.as_str())
                || matches!(
                    w.as_str(),
                    "listeners"
                        | "viewers"
                        | "analysts"
                        | ","
                        | "that"
                        | "he"
                        | "she"
                        | "it"
                        | "they"
                        | "to"
                        | "in"
                        | "on"
                        | "about"
                        | "of"
                        | "'s"
                        | "who"
                )
        })?;
    let word = words[object].as_str();
    let kind = match word {
        _ if PRESS.contains(&word)
            && words
                .get(object + 1)
                .is_none_or(|w| w != "officer" && w != "office" && w != "secretary") =>
        {
            ChannelKind::PressConference
        }
        _ if words[at] == "before" => return None,
        _ if GATHERING.contains(&word) => ChannelKind::Speech,
        _ if COURT.contains(&word) => ChannelKind::Filing,
        "listeners" | "viewers" => ChannelKind::Broadcast,
        "analysts" => ChannelKind::Other,
        _ => return None,
    };
    channel(context, kind, None, TokenSpan::new(at, object + 1))
}

/// "wrote on X", "in a Facebook post".
fn on_platform(context: &Context<'_>, words: &[String], at: usize, to: usize) -> Option<Channel> {
    if !matches!(
        words[at].as_str(),
        "on" | "to" | "via" | "a" | "his" | "her" | "its" | "their" | "in" | "the" | "through" | "under" | "also"
    ) {
        return None;
    }
    let (name, length) = platform_at(context, at + 1, to)?;
    let posted = matches!(words[at].as_str(), "on" | "via" | "also")
        || words[at + 1 + length..to].iter().take(3).any(|w| {
            matches!(
                w.as_str(),
                "post"
                    | "account"
                    | "page"
                    | "channel"
                    | "message"
                    | "followers"
                    | "video"
                    | "story"
                    | "thread"
                    | "feed"
                    | "live"
            )
        });
    if !posted {
        return None;
    }
    channel(
        context,
        ChannelKind::SocialPost,
        Some(name),
        TokenSpan::new(at + 1, at + 1 + length),
    )
}

fn platform_at(context: &Context<'_>, at: usize, to: usize) -> Option<(String, usize)> {
    (1..=2).rev().filter(|n| at + n <= to).find_map(|n| {
        let text = context.text(TokenSpan::new(at, at + n));
        PLATFORMS.contains(&text).then(|| (text.to_owned(), n))
    })
}

fn platform(context: &Context<'_>, range: std::ops::Range<usize>) -> Option<String> {
    range
        .clone()
        .find_map(|i| platform_at(context, i, range.end))
        .map(|(name, _)| name)
}

/// The platform or station named beside the words that state the channel.
fn named_nearby(
    context: &Context<'_>,
    words: &[String],
    kind: ChannelKind,
    run: std::ops::Range<usize>,
    at: usize,
) -> Option<String> {
    match kind {
        ChannelKind::SocialPost => platform(context, run),
        ChannelKind::Broadcast => {
            let near = run.start.max(at.saturating_sub(6))..run.end.min(at + 8);
            near.clone().find_map(|i| {
                let end = (i..near.end).take_while(|j| capital(context, *j)).last()? + 1;
                let span = TokenSpan::new(i, end);
                let station = words[i..end]
                    .iter()
                    .any(|w| STATIONS.contains(&w.as_str()) || w.ends_with("tv"));
                station.then(|| context.text(span).to_owned())
            })
        }
        _ => None,
    }
}

/// Who speaks, as far as it can be told here: the resolved speaker, else the words of the source.
#[derive(PartialEq, Clone)]
enum Speaker {
    Entity(usize),
    Words(String),
}

fn inherit(
    context: &Context<'_>,
    resolved: &Resolved,
    words: &[String],
    mut stated: Vec<Option<Channel>>,
) -> Vec<Option<Channel>> {
    let mut order: Vec<usize> = (0..stated.len()).collect();
    order.sort_by_key(|i| context.anchor(*i));
    let mut recent: Vec<(Speaker, usize, Channel)> = Vec::new();
    let mut last: Option<Speaker> = None;
    for i in order {
        let paragraph = context.paragraph_of(context.anchor(i));
        let source = context.attributions[i].source;
        let pronoun = source
            .is_some_and(|s| s.len() == 1 && matches!(words[s.start()].as_str(), "he" | "she" | "they" | "it" | "who"));
        let speaker = match (resolved.speakers[i], source) {
            (Some(entity), _) => Some(Speaker::Entity(entity)),
            (None, Some(s)) if !pronoun => Some(Speaker::Words(words[s.range()].join(" "))),
            _ => last.clone(),
        };
        recent.retain(|(_, p, _)| p + 1 >= paragraph);
        if context.parents[i].is_none() {
            last.clone_from(&speaker);
        }
        let Some(speaker) = speaker else { continue };
        match &stated[i] {
            Some(found) => {
                recent.retain(|(s, _, _)| *s != speaker);
                recent.push((speaker, paragraph, found.clone()));
            }
            None if context.parents[i].is_none() => {
                if let Some((_, _, found)) = recent.iter().find(|(s, _, _)| *s == speaker) {
                    stated[i] = Some(Channel {
                        inherited: true,
                        ..found.clone()
                    });
                }
            }
            None => {}
        }
    }
    stated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::segment::segment;
    use crate::tag::Attribution;

    fn read(text: &str, source: &str, cue: &str, content: &str) -> Option<Channel> {
        let report = Report::new(text).ok()?;
        let segmented = segment(&report);
        let find = |part: &str| {
            let at = text.find(part).unwrap_or(0);
            let first = segmented.tokens.partition_point(|t| t.span.start() < at);
            TokenSpan::new(
                first,
                segmented.tokens.partition_point(|t| t.span.end() <= at + part.len()),
            )
        };
        let a = Attribution {
            cue: Some(find(cue)),
            source: Some(find(source)),
            content: vec![find(content)],
            confidence: 1.0,
        };
        let attributions = [a];
        let context = Context::new(&report, &segmented, &attributions);
        stated(&context, &phrase::lowered(&context), 0)
    }

    #[test]
    fn the_words_beside_the_cue_name_the_channel() {
        let found = read("Ms Oyo told reporters the dam held.", "Ms Oyo", "told", "the dam held");
        assert_eq!(found.map(|c| c.kind), Some(ChannelKind::PressConference));
        let found = read(
            "Ms Oyo wrote on Bluesky the dam held.",
            "Ms Oyo",
            "wrote",
            "the dam held",
        );
        assert_eq!(
            found.map(|c| (c.kind, c.name)),
            Some((ChannelKind::SocialPost, Some("Bluesky".to_owned())))
        );
        let found = read(
            "Ms Oyo told Radio Delta the dam held.",
            "Ms Oyo",
            "told",
            "the dam held",
        );
        assert_eq!(
            found.map(|c| (c.kind, c.name)),
            Some((ChannelKind::Broadcast, Some("Radio Delta".to_owned())))
        );
    }

    #[test]
    fn a_document_that_speaks_is_its_own_channel() {
        let found = read(
            "The affidavit alleges that he knew.",
            "The affidavit",
            "alleges",
            "that he knew",
        );
        assert_eq!(found.map(|c| c.kind), Some(ChannelKind::Filing));
    }

    #[test]
    fn words_of_the_content_state_no_channel() {
        assert_eq!(
            read(
                "Ms Oyo said she sent a letter in June.",
                "Ms Oyo",
                "said",
                "she sent a letter in June"
            ),
            None
        );
    }
}
