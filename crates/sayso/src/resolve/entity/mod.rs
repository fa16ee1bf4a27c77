//! Who speaks. Comes in: the attributions of a report. Goes out: the persons, bodies, groups and documents that they are attributed to, each once,
//! and for every attribution its speaker and the body spoken for. It names nobody whom the text does not name.

mod names;
mod phrase;
mod store;
mod words;

use std::collections::HashMap;

use super::context::Context;
use crate::reading::{Affiliation, Entity, EntityKind, Naming};
use crate::segment::Shape;
use crate::span::TokenSpan;
use names::Name;
use phrase::Phrase;
use store::{Referent, Store};
use words::Gender;

/// Who speaks.
pub(super) struct Resolved {
    /// The entities, in the order of their first mention; `e1` is the first.
    pub(super) entities: Vec<Entity>,
    /// For each attribution the index of its speaker.
    pub(super) speakers: Vec<Option<usize>>,
    /// For each attribution the index of the body its speaker speaks for.
    pub(super) on_behalf_of: Vec<Option<usize>>,
}

/// Resolves the sources of a report.
pub(super) fn resolve(context: &Context<'_>) -> Resolved {
    let mut resolver = Resolver::new(context);
    let mut speakers = vec![None; context.attributions.len()];
    let mut order: Vec<usize> = (0..context.attributions.len()).collect();
    // a parent before its children, so that "I" inside a quotation finds who is quoted
    order.sort_by_key(|i| (root_anchor(context, *i), depth(context, *i), context.anchor(*i)));
    for i in order {
        speakers[i] = resolver.speaker(i, &speakers);
        if let Some(s) = speakers[i] {
            let at = context.attributions[i]
                .source
                .map_or(context.anchor(i), TokenSpan::start);
            resolver.said.push(Said {
                referent: s,
                at,
                nested: context.parents[i].is_some(),
            });
        }
    }
    resolver.finish(&speakers)
}

fn root_anchor(context: &Context<'_>, i: usize) -> usize {
    let mut at = i;
    for _ in 0..8 {
        match context.parents[at] {
            Some(p) => at = p,
            None => break,
        }
    }
    context.anchor(at)
}

fn depth(context: &Context<'_>, i: usize) -> usize {
    std::iter::successors(context.parents[i], |p| context.parents[*p])
        .take(8)
        .count()
}

/// A statement already resolved.
struct Said {
    referent: usize,
    at: usize,
    nested: bool,
}

struct Resolver<'a> {
    context: &'a Context<'a>,
    store: Store,
    /// Every name in the text, in order: its first token, whom it names.
    seen: Vec<(usize, usize)>,
    said: Vec<Said>,
    by_span: HashMap<TokenSpan, usize>,
}

impl<'a> Resolver<'a> {
    /// Reads all names of the text, so that a full name helps wherever it stands.
    fn new(context: &'a Context<'a>) -> Self {
        let mut resolver = Self {
            context,
            store: Store::default(),
            seen: Vec::new(),
            said: Vec::new(),
            by_span: HashMap::new(),
        };
        let mut found: Vec<Name> = Vec::new();
        let spoken: std::collections::HashSet<usize> = (0..context.attributions.len())
            .map(|i| context.paragraph_of(context.anchor(i)))
            .collect();
        for sentence in &context.segmented.sentences {
            let paragraph = context.paragraph_of(sentence.start());
            if !spoken.contains(&paragraph) && is_heading(context, context.segmented.paragraphs[paragraph]) {
                continue;
            }
            found.extend(names::between(context, sentence.start(), sentence.end()));
        }
        let firm: std::collections::HashSet<String> = found
            .iter()
            .filter(|n| !n.doubtful)
            .flat_map(|n| n.name.range())
            .map(|i| context.lower(i))
            .collect();
        found.retain(|n| !n.doubtful || firm.contains(&context.lower(n.name.start())));
        // full names first, so that a surname with "Ms" finds the right one of two
        let (full, short): (Vec<Name>, Vec<Name>) = found.into_iter().partition(|n| n.name.len() > 1);
        for name in &full {
            resolver.see(name);
        }
        resolver.learn_genders(&full);
        for name in &short {
            resolver.see(name);
        }
        resolver.seen.sort_unstable();
        for referent in &mut resolver.store.referents {
            referent.mentions.sort_by_key(|m| m.start());
        }
        resolver
    }

    fn see(&mut self, name: &Name) {
        let context = self.context;
        let (at, end) = (name.whole.start(), name.whole.end());
        let count = context.segmented.tokens.len();
        let mut heads: Vec<(String, TokenSpan)> = Vec::new();
        // "camp coordinator Zilda Apoena", "the mayor, Delphine Okonjo"
        let sentence = context.sentence_of(at);
        let comma = at > sentence.start() && context.word(at - 1) == ",";
        let before_end = if comma { at - 1 } else { at };
        let mut from = before_end;
        while from > sentence.start()
            && before_end - from < 9
            && context.segmented.tokens[from - 1].shape != Shape::Mark
            && (comma || context.segmented.tokens[from - 1].shape == Shape::Lower)
        {
            from -= 1;
            if phrase::is_determiner(&context.lower(from)) {
                break;
            }
        }
        if from < before_end {
            let last = context.lower(before_end - 1);
            if !comma && words::is_role(&last) && !phrase::is_determiner(&last) {
                let begin = (from..before_end)
                    .rev()
                    .take_while(|i| {
                        context.segmented.tokens[*i].shape == Shape::Lower && !is_function(&context.lower(*i))
                    })
                    .last()
                    .unwrap_or(before_end - 1);
                heads.push((last, TokenSpan::new(begin, before_end)));
            } else if comma && phrase::is_determiner(&context.lower(from)) {
                let head = (from..before_end)
                    .take_while(|i| !matches!(context.word(*i), "of" | "for" | "at" | "in" | "who"))
                    .filter(|i| words::is_role(&context.lower(*i)) || words::body(&context.lower(*i)).is_some())
                    .last();
                if let Some(h) = head.filter(|_| from + 1 < before_end) {
                    heads.push((context.lower(h), TokenSpan::new(from + 1, before_end)));
                }
            }
        }
        // "Ragna Thorsdal, the chief executive,"
        let mut kind = name.kind;
        if end + 1 < count && context.word(end) == "," && end + 1 < sentence.end() {
            let next = context.lower(end + 1);
            if next == "who"
                || next == "whose"
                || context.segmented.tokens[end + 1].shape == Shape::Digit
                    && end + 2 < count
                    && context.word(end + 2) == ","
            {
                kind = kind.or(Some(EntityKind::Person));
            }
            let begin = end + 1 + usize::from(phrase::is_determiner(&next));
            let stop = (begin..sentence.end().min(begin + 12))
                .find(|i| matches!(context.word(*i), "," | "." | "who" | "which"))
                .unwrap_or(begin);
            let stop_head = (begin..stop).find(|i| is_function(&context.lower(*i))).unwrap_or(stop);
            if stop > begin && stop_head > begin && context.word(stop) != "." {
                let head = (begin..stop_head)
                    .rev()
                    .find(|i| words::is_role(&context.lower(*i)) || words::body(&context.lower(*i)).is_some());
                if let Some(h) =
                    head.filter(|h| h + 1 == stop_head && (!names::capital(context, begin) || begin > end + 1))
                {
                    heads.push((context.lower(h), TokenSpan::new(begin, stop)));
                }
            }
        }
        for (head, _) in &heads {
            if words::is_role(head) && words::body(head).is_none() {
                kind = kind.or(Some(EntityKind::Person));
            } else if words::body(head).is_some() && !words::is_role(head) {
                kind = kind.or(Some(EntityKind::Organisation));
            }
        }
        let index = self.store.named(context, name, kind);
        for (head, span) in heads {
            let body = words::body(&head).is_some() && !words::is_role(&head);
            if self.store.referents[index].is_person() == body {
                continue;
            }
            let gender = words::role(&head);
            self.store.describe(index, &head);
            let role = context.text(span).to_owned();
            let referent = &mut self.store.referents[index];
            referent.gender = referent.gender.or(gender);
            if !body {
                referent.add_role(&role);
            }
        }
        self.store.referents[index].mentions.push(name.whole);
        self.seen.push((at, index));
    }

    /// A person named alone in a sentence before "his" or "she" is a man or a woman.
    fn learn_genders(&mut self, found: &[Name]) {
        for (k, (at, index)) in self.seen.iter().enumerate() {
            let r = &self.store.referents[*index];
            if r.gender.is_some() || r.kind == Some(EntityKind::Organisation) {
                continue;
            }
            let sentence = self.context.sentence_of(*at);
            let stop = self.seen.get(k + 1).map_or(sentence.end(), |n| n.0.min(sentence.end()));
            let from = found.get(k).map_or(at + 1, |n| n.whole.end());
            let gender = (from..stop.min(from + 20)).find_map(|i| match self.context.lower(i).as_str() {
                "he" | "his" | "him" | "himself" => Some(Gender::Man),
                "she" | "her" | "hers" | "herself" => Some(Gender::Woman),
                _ => None,
            });
            self.store.referents[*index].gender = gender;
        }
    }

    fn speaker(&mut self, i: usize, speakers: &[Option<usize>]) -> Option<usize> {
        let context = self.context;
        let parent = context.parents[i];
        let Some(source) = context.attributions[i].source else {
            return parent
                .and_then(|p| speakers[p])
                .or_else(|| self.continued(context.anchor(i)));
        };
        if let Some(known) = self.by_span.get(&source) {
            return Some(*known);
        }
        let phrase = phrase::parse(context, source);
        let found = match &phrase.pronoun {
            Some(pronoun) => self.pronoun(pronoun, source.start(), parent.and_then(|p| speakers[p])),
            None => Some(self.noun(&phrase, source, i)),
        };
        if let Some(index) = found {
            self.by_span.insert(source, index);
            let anonymous = phrase.pronoun.is_none() && self.store.referents[index].naming != Naming::Named
                || has_star(context, source);
            if anonymous && is_anonymous(context, source, context.anchor(i)) {
                self.store.referents[index].naming = Naming::Anonymous;
            }
            self.store.referents[index].mentions.push(source);
        }
        found
    }

    /// Who spoke last, in this paragraph or the one before.
    fn continued(&self, at: usize) -> Option<usize> {
        let paragraph = self.context.paragraph_of(at);
        let last = self
            .said
            .iter()
            .rev()
            .take(6)
            .find(|s| !s.nested)
            .or_else(|| self.said.last())?;
        (paragraph.saturating_sub(self.context.paragraph_of(last.at)) <= 2).then_some(last.referent)
    }

    /// Mentions before a token, latest first: position, referent, whether as a speaker.
    fn before(&self, at: usize) -> Vec<(usize, usize, bool)> {
        let known = self.seen.partition_point(|(p, _)| *p < at);
        let mut out: Vec<(usize, usize, bool)> = self.seen[known.saturating_sub(24)..known]
            .iter()
            .map(|(p, r)| (*p, *r, false))
            .collect();
        out.extend(
            self.said
                .iter()
                .rev()
                .take(12)
                .filter(|s| s.at < at)
                .map(|s| (s.at, s.referent, true)),
        );
        out.sort_by_key(|m| std::cmp::Reverse((m.0, m.2)));
        out
    }

    fn pronoun(&mut self, pronoun: &str, at: usize, parent: Option<usize>) -> Option<usize> {
        let context = self.context;
        let gender = match pronoun {
            "he" | "him" | "his" | "himself" => Some(Gender::Man),
            "she" | "her" | "herself" => Some(Gender::Woman),
            "i" | "we" | "me" | "us" | "my" | "our" | "you" => {
                if pronoun == "you" {
                    return None;
                }
                return parent.or_else(|| self.quoted_speaker(at)).or_else(|| self.reporter(at));
            }
            _ => None,
        };
        if matches!(pronoun, "who" | "which" | "that" | "whom" | "whose") {
            return self.before(at).first().map(|m| m.1).or(parent);
        }
        let sentence_index = |token: usize| context.segmented.sentences.partition_point(|s| s.end() <= token);
        let here = sentence_index(at);
        let quoted = |token: usize| {
            context.segmented.quotations[..context
                .segmented
                .quotations
                .partition_point(|q| q.span.start() <= token)]
                .iter()
                .rev()
                .take(3)
                .any(|q| q.span.end() > token)
        };
        let inside = quoted(at);
        let mut best: Option<(f64, usize)> = None;
        for (position, index, spoke) in self.before(at) {
            let r = &self.store.referents[index];
            let fits = match (pronoun, gender) {
                (_, Some(g)) => {
                    r.gender.is_none_or(|x| x == g) && !r.plural && matches!(r.kind, Some(EntityKind::Person) | None)
                }
                ("it" | "its", _) => {
                    matches!(
                        r.kind,
                        Some(EntityKind::Organisation | EntityKind::Document | EntityKind::Media)
                    ) || r.kind.is_none() && (spoke || r.words.len() > 1 && r.gender.is_none())
                }
                _ => r.plural || !r.is_person() || r.naming != Naming::Named,
            };
            if !fits {
                continue;
            }
            let distance = here.saturating_sub(sentence_index(position)) as f64;
            let mut score =
                -1.5 * distance.min(12.0) - (context.paragraph_of(at) - context.paragraph_of(position)).min(4) as f64;
            score += if spoke { 2.0 } else { 0.0 };
            score += if gender.is_some() && r.gender == gender {
                2.0
            } else {
                0.0
            };
            score += if gender.is_some() && r.kind.is_none() {
                -2.0
            } else {
                0.0
            };
            score += if !matches!(pronoun, "it" | "its") && gender.is_none() && r.plural {
                2.0
            } else {
                0.0
            };
            score += if matches!(pronoun, "it" | "its") && r.kind.is_none() {
                -1.5
            } else {
                0.0
            };
            let begins = context.sentence_of(position).start();
            score += if position - begins <= 3 { 1.5 } else { 0.0 };
            score -= if !inside && !spoke && quoted(position) {
                2.5
            } else {
                0.0
            };
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, index));
            }
        }
        let found = best.map(|b| b.1);
        if let (Some(index), Some(g)) = (found, gender) {
            let r = &mut self.store.referents[index];
            r.gender = r.gender.or(Some(g));
            r.kind = r.kind.or(Some(EntityKind::Person));
        }
        found.or_else(|| {
            let printed = context.word(at).to_owned();
            Some(self.unnamed(
                &printed,
                if gender.is_some() {
                    EntityKind::Person
                } else {
                    EntityKind::Group
                },
                gender,
                &[],
            ))
        })
    }

    /// Whose words the token stands in, where it is quoted but lies in no found content.
    fn quoted_speaker(&self, at: usize) -> Option<usize> {
        let paragraph = self.context.paragraph_of(at);
        self.said
            .iter()
            .rev()
            .find(|s| !s.nested && self.context.paragraph_of(s.at) == paragraph)
            .map(|s| s.referent)
    }

    fn reporter(&mut self, at: usize) -> Option<usize> {
        let printed = self.context.word(at).to_owned();
        Some(self.unnamed(&printed, EntityKind::Person, None, &[]))
    }

    fn unnamed(&mut self, name: &str, kind: EntityKind, gender: Option<Gender>, heads: &[String]) -> usize {
        self.store.add(Referent {
            name: name.to_owned(),
            words: Vec::new(),
            kind: Some(kind),
            gender,
            naming: Naming::Unnamed,
            roles: Vec::new(),
            heads: heads.to_vec(),
            affiliation: None,
            on_behalf: None,
            mentions: Vec::new(),
            plural: kind == EntityKind::Group,
        })
    }

    fn noun(&mut self, phrase: &Phrase, source: TokenSpan, attribution: usize) -> usize {
        let context = self.context;
        if let Some(mut name) = phrase.name.clone() {
            let cue = context.attributions[attribution].cue;
            let role_head = phrase.head.as_deref().filter(|h| words::is_role(h));
            let body_head = phrase
                .head
                .as_deref()
                .filter(|h| words::body(h).is_some() && !words::is_role(h));
            let mut kind = phrase.kind;
            if role_head.is_some()
                || cue.is_some_and(|c| context.word(c.start()) == ":") && name.name.len() > 1 && name.kind.is_none()
            {
                kind = Some(EntityKind::Person);
            } else if body_head.is_some() {
                kind = kind.or(Some(EntityKind::Organisation));
            }
            name.gender = name.gender.or(role_head.and_then(words::role));
            if kind == Some(EntityKind::Person) && name.kind == Some(EntityKind::Organisation) && role_head.is_none() {
                kind = None;
            }
            let index = self.store.named(context, &name, kind);
            for role in &phrase.roles {
                let words = context.text(*role).trim_end_matches([',', ' ']).to_owned();
                if role.len() <= 10 && self.store.referents[index].is_person() {
                    self.store.referents[index].add_role(&words);
                }
            }
            if let Some(head) = &phrase.head {
                self.store.describe(index, head);
            }
            if self.store.referents[index].affiliation.is_none()
                && self.store.referents[index].is_person()
                && role_head.is_some()
            {
                self.affiliate(index, phrase, source);
            }
            return index;
        }
        let head = phrase.head.clone().unwrap_or_else(|| context.lower(source.end() - 1));
        let printed = context.text(phrase.core).to_owned();
        if phrase.complement.is_none() && phrase.core.len() == 1 && matches!(printed.as_str(), "Q" | "A") {
            return self.interview(&printed, source.start());
        }
        // a document that speaks for whoever issued it
        if words::document(&head) == Some("vehicle")
            && let Some(index) = self.issuer(phrase, source)
        {
            return index;
        }
        if !phrase.indefinite
            && let Some(index) = self.earlier(phrase, &head, source.start())
        {
            return index;
        }
        let kind = if words::is_group(&head) || matches!(head.as_str(), "people" | "both") {
            EntityKind::Group
        } else if words::is_role(&head) && words::body(&head).is_none() || phrase.kind == Some(EntityKind::Person) {
            EntityKind::Person
        } else if words::body(&head).is_some() {
            if words::body(&head) == Some("media") {
                EntityKind::Media
            } else {
                EntityKind::Organisation
            }
        } else if words::document(&head).is_some() {
            EntityKind::Document
        } else if head.ends_with('s') && !head.ends_with("ss") {
            EntityKind::Group
        } else if names::capital(context, phrase.core.start()) && phrase.definite {
            EntityKind::Organisation
        } else {
            EntityKind::Person
        };
        let printed = if source.start() == context.sentence_of(source.start()).start() {
            lower_first(context, phrase.core.start(), &printed)
        } else {
            printed
        };
        let index = self.unnamed(&printed, kind, words::role(&head), std::slice::from_ref(&head));
        let generic = phrase.details.is_empty() && phrase.owner.is_none() && phrase.complement.is_none();
        let official = matches!(
            head.as_str(),
            "police"
                | "army"
                | "navy"
                | "government"
                | "ministry"
                | "office"
                | "department"
                | "service"
                | "inspectorate"
                | "guard"
                | "prosecution"
                | "state"
        );
        let capitals = phrase
            .core
            .range()
            .any(|t| names::capital(context, t) && t > context.sentence_of(t).start());
        if matches!(kind, EntityKind::Organisation) && !phrase.indefinite && (!generic || official)
            || matches!(
                kind,
                EntityKind::Organisation | EntityKind::Document | EntityKind::Media
            ) && capitals
        {
            self.store.referents[index].naming = Naming::Named;
        }
        if kind == EntityKind::Person {
            let role = phrase
                .core
                .range()
                .position(|t| context.lower(t) == head)
                .map_or(head.clone(), |n| {
                    let from = phrase.core.start()
                        + usize::from(
                            phrase.indefinite
                                && phrase.core.len() > 1
                                && matches!(context.lower(phrase.core.start()).as_str(), "one" | "another"),
                        );
                    context
                        .text(TokenSpan::new(
                            from.min(phrase.core.start() + n),
                            phrase.core.start() + n + 1,
                        ))
                        .to_owned()
                });
            self.store.referents[index].add_role(&role);
            self.affiliate(index, phrase, source);
        }
        index
    }

    /// "Q:" is whoever asks, "A:" the person named last before the first of them.
    fn interview(&mut self, letter: &str, at: usize) -> usize {
        if letter == "A"
            && let Some(found) = self
                .before(at)
                .iter()
                .find(|m| self.store.referents[m.1].is_person() && self.store.referents[m.1].naming == Naming::Named)
        {
            return found.1;
        }
        let head = format!("{letter}:");
        if let Some(index) = self.store.described(&head).first() {
            return *index;
        }
        self.unnamed(letter, EntityKind::Person, None, &[head])
    }

    /// Whoever the text gives as the one who wrote a document.
    fn issuer(&mut self, phrase: &Phrase, source: TokenSpan) -> Option<usize> {
        if let Some(owner) = phrase.owner {
            if owner.len() == 1 && phrase::is_determiner(&self.context.lower(owner.start())) {
                return self.pronoun(&self.context.lower(owner.start()), owner.start(), None);
            }
            return self.body(owner);
        }
        if let Some(complement) = phrase.complement {
            let word = self.context.lower(complement.start() - 1);
            if matches!(word.as_str(), "from" | "by" | "of") {
                return self.body(complement);
            }
        }
        if let Some(modifier) = phrase.modifier {
            return self.body(modifier);
        }
        if phrase.indefinite {
            return None;
        }
        let paragraph = self.context.paragraph_of(source.start());
        self.said
            .iter()
            .rev()
            .take(4)
            .find(|s| !s.nested && paragraph.saturating_sub(self.context.paragraph_of(s.at)) <= 2)
            .map(|s| s.referent)
    }

    /// The referent of an owner or complement: a name in it, or an earlier noun.
    fn body(&mut self, span: TokenSpan) -> Option<usize> {
        let context = self.context;
        let inner = phrase::parse(context, span);
        if let Some(pronoun) = &inner.pronoun {
            return self.pronoun(pronoun, span.start(), None);
        }
        if let Some(name) = &inner.name {
            let kind = name.kind.or(inner.kind);
            return Some(self.store.named(context, name, kind));
        }
        let head = inner.head.clone()?;
        if !inner.indefinite
            && let Some(index) = self.earlier(&inner, &head, span.start())
        {
            return Some(index);
        }
        let kind = if words::is_role(&head) && words::body(&head).is_none() {
            EntityKind::Person
        } else if words::is_group(&head) {
            EntityKind::Group
        } else {
            EntityKind::Organisation
        };
        let printed = context.text(inner.core).to_owned();
        let index = self.unnamed(&printed, kind, words::role(&head), &[head]);
        self.store.referents[index].mentions.push(span);
        Some(index)
    }

    /// The referent of a definite noun: by the nouns that describe it, then, for "the company", the body mentioned last.
    fn earlier(&mut self, phrase: &Phrase, head: &str, at: usize) -> Option<usize> {
        let context = self.context;
        let specific: Vec<&String> = phrase.details.iter().filter(|d| d.len() > 3).collect();
        let office = matches!(
            head,
            "office" | "headquarters" | "spokesman" | "spokeswoman" | "spokesperson"
        );
        if phrase.owner.is_some() && (office || words::body(head).is_some()) {
            return None;
        }
        let described: Vec<usize> = self.store.described(head).iter().rev().take(16).copied().collect();
        let plural = words::is_group(head) && !words::is_role(head);
        let score = |index: usize, store: &Store| {
            let r = &store.referents[index];
            let before = r.mentions.iter().rev().find(|m| m.start() < at).map(|m| m.start());
            let text = format!("{} {} {}", r.roles.join(" "), r.heads.join(" "), r.name).to_lowercase();
            let matched = specific.iter().filter(|d| text.contains(d.as_str())).count();
            let missed = specific.len() - matched;
            (matched as i64 * 2 - missed as i64 * 2, before.map_or(-1, |b| b as i64))
        };
        let best = described
            .iter()
            .copied()
            .filter(|i| self.store.referents[*i].plural == plural || plural)
            .max_by_key(|i| score(*i, &self.store));
        if let Some(index) = best.filter(|i| score(*i, &self.store).0 >= -1 || specific.is_empty()) {
            return Some(index);
        }
        let generic_person = matches!(
            head,
            "man"
                | "woman"
                | "officer"
                | "official"
                | "chief"
                | "leader"
                | "boss"
                | "executive"
                | "politician"
                | "teacher"
                | "lawmaker"
        );
        let class = words::body(head);
        let generic_body = matches!(
            head,
            "company"
                | "firm"
                | "group"
                | "agency"
                | "department"
                | "organisation"
                | "organization"
                | "body"
                | "regulator"
                | "watchdog"
                | "union"
                | "charity"
                | "airline"
                | "bank"
                | "maker"
                | "operator"
                | "developer"
                | "carrier"
                | "retailer"
                | "manufacturer"
                | "bureau"
                | "service"
                | "board"
                | "authority"
                | "commission"
                | "council"
                | "office"
                | "force"
                | "movement"
                | "party"
                | "club"
                | "business"
                | "foundation"
                | "trust"
                | "federation"
                | "institute"
                | "hospital"
                | "university"
                | "college"
                | "school"
                | "newspaper"
                | "paper"
                | "site"
                | "broadcaster"
                | "producer"
        );
        if generic_body && phrase.owner.is_none() && phrase.modifier.is_none() {
            let firm_like = class == Some("firm") || head == "group";
            let found = self.before(at).into_iter().find(|(_, index, _)| {
                let r = &self.store.referents[*index];
                let kinds: Vec<&'static str> = r.words.iter().chain(&r.heads).filter_map(|w| words::body(w)).collect();
                match r.kind {
                    Some(EntityKind::Organisation) => {
                        kinds.is_empty() && (firm_like || r.words.len() == 1)
                            || class.is_some_and(|c| kinds.contains(&c))
                    }
                    _ => false,
                }
            });
            let found = found.or_else(|| {
                self.before(at).into_iter().find(|(_, index, _)| {
                    let r = &self.store.referents[*index];
                    firm_like && r.kind.is_none() && r.gender.is_none() && r.words.len() == 1 && r.mentions.len() > 2
                })
            });
            if let Some((_, index, _)) = found.filter(|_| specific.len() <= 1) {
                self.store.describe(index, head);
                return Some(index);
            }
        }
        if generic_person && specific.is_empty() && phrase.complement.is_none() && phrase.owner.is_none() {
            let gender = words::role(head);
            let paragraph = context.paragraph_of(at);
            return self
                .said
                .iter()
                .rev()
                .take(4)
                .find(|s| {
                    let r = &self.store.referents[s.referent];
                    r.is_person()
                        && !(gender.is_some() && r.gender.is_some() && r.gender != gender)
                        && paragraph.saturating_sub(context.paragraph_of(s.at)) <= 2
                })
                .map(|s| s.referent);
        }
        None
    }

    /// Notes the body that a person belongs to, and for spokespersons that they speak for it.
    fn affiliate(&mut self, index: usize, phrase: &Phrase, source: TokenSpan) {
        let context = self.context;
        let spokes = phrase.head.as_deref().is_some_and(words::speaks_for);
        let kin = phrase.head.as_deref().is_some_and(|h| {
            matches!(
                h,
                "wife"
                    | "husband"
                    | "mother"
                    | "father"
                    | "son"
                    | "daughter"
                    | "sister"
                    | "brother"
                    | "friend"
                    | "cousin"
                    | "uncle"
                    | "aunt"
                    | "widow"
                    | "man"
                    | "woman"
                    | "colleague"
                    | "resident"
                    | "owner"
            )
        });
        if kin {
            return;
        }
        let of = phrase.complement.or(phrase.owner).or(phrase.modifier);
        let body = match of {
            Some(span) => self.body(span),
            None if spokes && phrase.name.is_none() => self
                .before(source.start())
                .into_iter()
                .find(|m| matches!(self.store.referents[m.1].kind, Some(EntityKind::Organisation)))
                .map(|m| m.1),
            None => None,
        };
        let Some(body) = body.filter(|b| *b != index) else {
            return;
        };
        let name = self.store.referents[body].name.clone();
        let person = self.store.referents[body].is_person();
        if !person || spokes {
            self.store.referents[index].affiliation = Some((Some(body), name));
        }
        if spokes {
            self.store.referents[index].on_behalf = Some(body);
        }
        let _ = context;
    }

    fn finish(self, speakers: &[Option<usize>]) -> Resolved {
        let referents = &self.store.referents;
        let mut kept = vec![false; referents.len()];
        for s in speakers.iter().flatten() {
            kept[*s] = true;
            for body in referents[*s]
                .on_behalf
                .iter()
                .chain(referents[*s].affiliation.iter().filter_map(|a| a.0.as_ref()))
            {
                kept[*body] = true;
            }
        }
        let mut order: Vec<usize> = (0..referents.len()).filter(|i| kept[*i]).collect();
        let first = |i: usize| {
            referents[i]
                .mentions
                .iter()
                .map(|m| m.start())
                .min()
                .unwrap_or(usize::MAX)
        };
        order.sort_by_key(|i| (first(*i), *i));
        let place: HashMap<usize, usize> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let id = |old: usize| place.get(&old).map(|n| format!("e{}", n + 1));
        let entities = order
            .iter()
            .map(|old| {
                let r = &referents[*old];
                let mut mentions = r.mentions.clone();
                mentions.sort_by_key(|m| (m.start(), std::cmp::Reverse(m.end())));
                mentions.dedup_by(|b, a| a.contains(*b));
                Entity {
                    id: id(*old).unwrap_or_default(),
                    name: r.name.clone(),
                    kind: r.kind.unwrap_or(if r.words.len() == 2 || r.words.len() == 3 {
                        EntityKind::Person
                    } else {
                        EntityKind::Organisation
                    }),
                    naming: r.naming,
                    roles: r.roles.clone(),
                    affiliations: r
                        .affiliation
                        .iter()
                        .map(|(entity, name)| Affiliation {
                            entity: entity.and_then(id),
                            name: name.clone(),
                        })
                        .collect(),
                    mentions: mentions.into_iter().map(|m| self.context.span(m)).collect(),
                }
            })
            .collect();
        Resolved {
            entities,
            speakers: speakers
                .iter()
                .map(|s| s.and_then(|old| place.get(&old).copied()))
                .collect(),
            on_behalf_of: speakers
                .iter()
                .map(|s| {
                    s.and_then(|old| referents[old].on_behalf)
                        .and_then(|old| place.get(&old).copied())
                })
                .collect(),
        }
    }
}

/// A paragraph that ends without a stop: a headline, a byline, a cross-head.
fn is_heading(context: &Context<'_>, paragraph: TokenSpan) -> bool {
    context.segmented.tokens[paragraph.end() - 1].shape != Shape::Mark && paragraph.len() < 40
}

fn is_function(word: &str) -> bool {
    phrase::is_determiner(word)
        || matches!(
            word,
            "of" | "for"
                | "at"
                | "in"
                | "on"
                | "with"
                | "from"
                | "to"
                | "and"
                | "but"
                | "as"
                | "by"
                | "said"
                | "told"
                | "was"
                | "is"
                | "who"
                | "that"
        )
}

/// The first letter of a common noun that opens its sentence made small.
fn lower_first(context: &Context<'_>, first: usize, printed: &str) -> String {
    if context.segmented.tokens[first].shape != Shape::Capitalised || !context.word(first).is_ascii() {
        return printed.to_owned();
    }
    let word = context.lower(first);
    let common = words::is_group(&word)
        || words::is_role(&word)
        || words::body(&word).is_some()
        || words::document(&word).is_some()
        || words::never_name(&word);
    if !common && ["i", "an", "ish", "ese", "ic"].iter().any(|e| word.ends_with(e)) {
        return printed.to_owned();
    }
    let (head, tail) = printed.split_at(1);
    head.to_lowercase() + tail
}

fn has_star(context: &Context<'_>, source: TokenSpan) -> bool {
    source.end() < context.segmented.tokens.len()
        && (context.word(source.end()) == "*" || context.word(source.end() - 1) == "*")
}

/// Whether the source or its sentence says that a name is kept back on request.
fn is_anonymous(context: &Context<'_>, source: TokenSpan, anchor: usize) -> bool {
    if has_star(context, source) {
        return true;
    }
    let sentence = context.sentence_of(anchor);
    let mut text = context
        .text(TokenSpan::new(
            sentence.start().min(source.start()),
            sentence.end().max(source.end()),
        ))
        .to_lowercase();
    if sentence.end() < context.segmented.tokens.len() {
        let next = context.sentence_of(sentence.end());
        let following = context.text(next).to_lowercase();
        if [
            "he ",
            "she ",
            "they ",
            "the source",
            "the official",
            "the person",
            "the officer",
            "it ",
        ]
        .iter()
        .any(|p| following.starts_with(p))
        {
            text.push(' ');
            text.push_str(&following);
        }
    }
    [
        "anonym",
        "not be named",
        "not to be named",
        "not being named",
        "not be identified",
        "not to be identified",
        "not be used",
        "not naming",
        "is not being identified",
        "withhold",
        "not want to be named",
        "not want to be identified",
        "not want her name",
        "not want his name",
        "not want their name",
        "not her name",
        "not his name",
        "without their name",
        "without her name",
        "without his name",
        "keep his name",
        "keep her name",
        "name be withheld",
        "names be withheld",
        "name withheld",
        "off the record",
        "name out of",
        "not be published",
        "her name not",
        "his name not",
        "not his real name",
        "not her real name",
        "refused to give his name",
        "refused to give her name",
        "would not give his name",
        "would not give her name",
        "would give only",
        "give his name",
        "give her name",
        "give their name",
        "give a name",
        "name has been changed",
        "spoke on condition",
        "give his name",
        "give her name",
        "give their name",
        "give a name",
        "name has been changed",
        "names have been changed",
        "fear of reprisal",
        "spoke on condition",
    ]
    .iter()
    .any(|p| text.contains(p))
}

#[cfg(test)]
mod tests;
