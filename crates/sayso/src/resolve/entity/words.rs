//! What the lexicons say of a word: a role, a body, a document, a group, a title, a first name. Comes in: one word in lower case. Goes out:
//! its class. It never looks at the text around.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::lexicon::entries;

/// What a name's gender is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

type Table = LazyLock<HashMap<&'static str, &'static str>>;

fn table(file: &'static str) -> HashMap<&'static str, &'static str> {
    entries(file)
        .filter_map(|line| line.split_once('\t'))
        .fold(HashMap::new(), |mut map, (word, tag)| {
            map.entry(word).or_insert(tag);
            map
        })
}

static FIRST_NAMES: Table = LazyLock::new(|| table(include_str!("../../../lexicons/first_names.tsv")));
static TITLES: Table = LazyLock::new(|| table(include_str!("../../../lexicons/titles.tsv")));
static ROLES: Table = LazyLock::new(|| table(include_str!("../../../lexicons/roles.tsv")));
static BODIES: Table = LazyLock::new(|| table(include_str!("../../../lexicons/bodies.tsv")));
static DOCUMENTS: Table = LazyLock::new(|| table(include_str!("../../../lexicons/documents.tsv")));
static GROUPS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../../lexicons/groups.txt")).collect());
static NOT_NAMES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../../lexicons/not_names.txt")).collect());

fn gender(tag: Option<&&'static str>) -> Option<Gender> {
    match tag {
        Some(&"m") => Some(Gender::Man),
        Some(&"f") => Some(Gender::Woman),
        _ => None,
    }
}

pub(super) fn first_name(word: &str) -> Option<Gender> {
    gender(FIRST_NAMES.get(word))
}

pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains_key(word)
}

pub(super) fn title(word: &str) -> Option<Gender> {
    gender(TITLES.get(word))
}

pub(super) fn is_role(word: &str) -> bool {
    ROLES.contains_key(word)
}

pub(super) fn role(word: &str) -> Option<Gender> {
    gender(ROLES.get(word))
}

/// The kind of body that a noun names: "state", "firm", "union", ….
pub(super) fn body(word: &str) -> Option<&'static str> {
    BODIES.get(word).copied()
}

/// "vehicle" for a document that speaks for its issuer, "record" for one that speaks for itself.
pub(super) fn document(word: &str) -> Option<&'static str> {
    DOCUMENTS.get(word).copied()
}

pub(super) fn is_group(word: &str) -> bool {
    GROUPS.contains(word)
}

/// Words printed with a capital that open a sentence or name a day, not a person or body.
pub(super) fn never_name(word: &str) -> bool {
    NOT_NAMES.contains(word)
}

/// Whether a role speaks for somebody else: spokespersons, counsel.
pub(super) fn speaks_for(word: &str) -> bool {
    word.starts_with("spokes")
        || matches!(
            word,
            "lawyer"
                | "attorney"
                | "counsel"
                | "solicitor"
                | "barrister"
                | "publicist"
                | "representative"
                | "press"
                | "aide"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicons_know_roles_bodies_and_names() {
        assert_eq!(role("spokeswoman"), Some(Gender::Woman));
        assert_eq!(body("ministry"), Some("state"));
        assert_eq!(document("statement"), Some("vehicle"));
        assert_eq!(first_name("margaret"), Some(Gender::Woman));
        assert!(is_role("mayor") && is_group("residents") && never_name("monday"));
    }
}
