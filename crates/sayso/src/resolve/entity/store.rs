//! The persons and bodies of a report while it is read. Comes in: names and descriptions. Goes out: which earlier one each is, or a new one. It
//! joins two only by their words, never by a guess at the world.

use std::collections::HashMap;

use super::super::context::Context;
use super::names::Name;
use super::words::{self, Gender};
use crate::reading::{EntityKind, Naming};
use crate::span::TokenSpan;

/// Whom or what the text speaks of.
#[derive(Clone, Debug)]
pub(super) struct Referent {
    pub(super) name: String,
    /// The name's words, lower case; empty where it has none.
    pub(super) words: Vec<String>,
    pub(super) kind: Option<EntityKind>,
    pub(super) gender: Option<Gender>,
    pub(super) naming: Naming,
    pub(super) roles: Vec<String>,
    /// Nouns that describe it: "mayor", "company".
    pub(super) heads: Vec<String>,
    /// The body it belongs to: its index, where it is one, and its name.
    pub(super) affiliation: Option<(Option<usize>, String)>,
    pub(super) on_behalf: Option<usize>,
    pub(super) mentions: Vec<TokenSpan>,
    pub(super) plural: bool,
}

impl Referent {
    pub(super) fn add_head(&mut self, head: &str) {
        if !self.heads.iter().any(|h| h == head) {
            self.heads.push(head.to_owned());
        }
    }

    pub(super) fn add_role(&mut self, role: &str) {
        if !role.is_empty() && !self.roles.iter().any(|r| r.eq_ignore_ascii_case(role)) {
            self.roles.push(role.to_owned());
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.kind == Some(EntityKind::Person)
    }
}

/// All of them, with where each is mentioned.
#[derive(Default)]
pub(super) struct Store {
    pub(super) referents: Vec<Referent>,
    by_word: HashMap<String, Vec<usize>>,
    by_head: HashMap<String, Vec<usize>>,
}

/// The words of a name that identify it.
fn key_words(context: &Context<'_>, span: TokenSpan) -> Vec<String> {
    span.range()
        .map(|i| context.lower(i))
        .filter(|w| {
            w.chars().any(char::is_alphanumeric) && !matches!(w.as_str(), "the" | "of" | "for" | "and" | "'s" | "’s")
        })
        .collect()
}

/// Whether all words of one name stand in the other; an initial stands for any name that it opens.
fn subset(small: &[String], large: &[String]) -> bool {
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    small
        .iter()
        .all(|w| large.iter().any(|l| l == w || initial(w, l) || initial(l, w)))
}

fn letters(words: &[String]) -> usize {
    words.iter().map(String::len).sum()
}

impl Store {
    pub(super) fn add(&mut self, referent: Referent) -> usize {
        let index = self.referents.len();
        for word in &referent.words {
            self.by_word.entry(word.clone()).or_default().push(index);
        }
        for head in &referent.heads {
            self.by_head.entry(head.clone()).or_default().push(index);
        }
        self.referents.push(referent);
        index
    }

    /// Notes that a noun describes a referent.
    pub(super) fn describe(&mut self, index: usize, head: &str) {
        if !self.referents[index].heads.iter().any(|h| h == head) {
            self.referents[index].add_head(head);
            self.by_head.entry(head.to_owned()).or_default().push(index);
        }
    }

    /// Those that a noun describes, oldest first.
    pub(super) fn described(&self, head: &str) -> &[usize] {
        self.by_head.get(head).map_or(&[], Vec::as_slice)
    }

    /// Those whose name holds a word, oldest first.
    pub(super) fn with_word(&self, word: &str) -> &[usize] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    /// The referent of a name: an earlier one that it can be, or a new one.
    pub(super) fn named(&mut self, context: &Context<'_>, name: &Name, kind: Option<EntityKind>) -> usize {
        let words = key_words(context, name.name);
        let kind = kind.or(name.kind);
        let found = self.find(&words, kind, name.gender, name.name.start());
        let printed = context.text(name.name).trim_end_matches(['\'', '’']).to_owned();
        let index = match found {
            Some(index) => {
                let longer = letters(&words) > letters(&self.referents[index].words)
                    && words.len() >= self.referents[index].words.len();
                let mixed = words.len() == self.referents[index].words.len()
                    && self.referents[index].name.chars().filter(|c| c.is_lowercase()).count()
                        < printed.chars().filter(|c| c.is_lowercase()).count();
                if longer && !subset(&words, &[self.referents[index].words[0].clone()]) || mixed {
                    for word in &words {
                        if !self.referents[index].words.contains(word) {
                            self.by_word.entry(word.clone()).or_default().push(index);
                        }
                    }
                    self.referents[index].name = printed;
                    self.referents[index].words = words;
                }
                index
            }
            None => self.add(Referent {
                name: printed,
                words,
                kind,
                gender: name.gender,
                naming: Naming::Named,
                roles: Vec::new(),
                heads: Vec::new(),
                affiliation: None,
                on_behalf: None,
                mentions: Vec::new(),
                plural: false,
            }),
        };
        let referent = &mut self.referents[index];
        referent.kind = referent.kind.or(kind);
        referent.gender = referent.gender.or(name.gender);
        if let Some(role) = name.role {
            let role_words = context.text(role).to_owned();
            let head = context.lower(role.end() - 1);
            self.referents[index].add_role(&role_words);
            self.describe(index, &head);
        }
        if let Some(acronym) = name.acronym {
            self.by_word.entry(context.lower(acronym)).or_default().push(index);
        }
        if self.referents[index].kind == Some(EntityKind::Organisation) {
            let head = self.referents[index]
                .words
                .iter()
                .rev()
                .find(|w| words::body(w).is_some())
                .cloned();
            if let Some(head) = head {
                self.describe(index, &head);
            }
        }
        index
    }

    fn find(&self, name: &[String], kind: Option<EntityKind>, gender: Option<Gender>, at: usize) -> Option<usize> {
        let last = name.last()?;
        let agrees = |r: &Referent| {
            r.kind.is_none_or(|k| kind.is_none_or(|other| other == k))
                && r.gender.is_none_or(|g| gender.is_none_or(|other| other == g))
                && !r.plural
        };
        let tried = self.with_word(last).iter().chain(self.with_word(&name[0]));
        let mut best: Option<(usize, usize)> = None;
        for index in tried.rev().take(24) {
            let r = &self.referents[*index];
            if !agrees(r) || r.words.is_empty() {
                continue;
            }
            let person = r.is_person() || kind == Some(EntityKind::Person);
            let score = if r.words == name {
                3
            } else if name.len() < r.words.len()
                && subset(name, &r.words)
                && (!person || name.last() == r.words.last() || name.len() == 1 && name[0] == r.words[0])
            {
                2
            } else if r.words.len() < name.len() && subset(&r.words, name) && (!person || r.words.last() == Some(last))
                || (name.len() == 1 && !r.words.contains(last))
            {
                1
            } else {
                continue;
            };
            let known = usize::from(gender.is_some() && r.gender == gender) * 5_000_000;
            let recency = r
                .mentions
                .iter()
                .rev()
                .map(|m| m.start())
                .find(|s| *s <= at)
                .unwrap_or(0);
            let rank = score * 10_000_000 + known + recency;
            if best.is_none_or(|(b, _)| rank > b) {
                best = Some((rank, *index));
            }
        }
        best.map(|(_, index)| index)
    }
}
