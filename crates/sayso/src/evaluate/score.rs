//! The measures: exact and token match by role, and whole attributions strictly and softly. See the module above for what is compared.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::ser::SerializeTuple;

use crate::segment::is_word_character;

use super::{Document, Marked};

/// Precision, recall, F1 (0 to 1), and how many gold items there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Right among those given.
    pub precision: f64,
    /// Found among the gold ones.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// How many gold items.
    pub gold: usize,
}

impl Serialize for Score {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut t = serializer.serialize_tuple(4)?;
        t.serialize_element(&self.precision)?;
        t.serialize_element(&self.recall)?;
        t.serialize_element(&self.f1)?;
        t.serialize_element(&self.gold)?;
        t.end()
    }
}

/// The measures by name: "cue exact", "cue token", the same of source and content, "strict", "soft".
pub type Measures = BTreeMap<&'static str, Score>;

const ROLES: [&str; 3] = ["cue", "source", "content"];
const EXACT: [&str; 3] = ["cue exact", "source exact", "content exact"];
const TOKEN: [&str; 3] = ["cue token", "source token", "content token"];

/// An attribution's roles as sets of words; a cue of marks alone is minus its place, less one.
type Reduced = [BTreeSet<i64>; 3];

#[derive(Default)]
struct Count {
    right: usize,
    given: usize,
    gold: usize,
}

impl Count {
    fn score(&self) -> Score {
        let ratio = |n: usize| if n == 0 { 0.0 } else { self.right as f64 / n as f64 };
        let (precision, recall) = (ratio(self.given), ratio(self.gold));
        let f1 = if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        };
        Score {
            precision,
            recall,
            f1,
            gold: self.gold,
        }
    }
}

/// Scores predictions by document name against gold, counting only attributions that `keep` keeps.
///
/// ```
/// use sayso::evaluate::{Document, score};
/// let gold = [Document { doc: "d".into(), text: "x".into(), attributions: vec![] }];
/// assert_eq!(score(&gold, &Default::default(), |_, _| true)["soft"].gold, 0);
/// ```
pub fn score(
    gold: &[Document],
    predicted: &BTreeMap<&str, &[Marked]>,
    keep: impl Fn(&Document, &Marked) -> bool,
) -> Measures {
    let mut exact: [Count; 3] = Default::default();
    let mut token: [Count; 3] = Default::default();
    let (mut strict, mut soft) = (Count::default(), Count::default());
    for d in gold {
        let chars: Vec<char> = d.text.chars().collect();
        let words = words(&chars);
        let none: &[Marked] = &[];
        let given = predicted.get(d.doc.as_str()).copied().unwrap_or(none);
        let reduce_all = |a: &[Marked]| a.iter().map(|a| reduce(a, &words, &chars)).collect::<Vec<Reduced>>();
        let (g, p) = (reduce_all(&d.attributions), reduce_all(given));
        let (matched, used) = pair(&g, &p);
        let kept: Vec<usize> = (0..g.len()).filter(|i| keep(d, &d.attributions[*i])).collect();
        let kept_given: BTreeSet<usize> = (0..p.len())
            .filter(|j| {
                if used.contains(j) {
                    kept.iter().any(|i| matched[*i] == Some(*j))
                } else {
                    keep(d, &given[*j])
                }
            })
            .collect();
        for c in [&mut strict, &mut soft] {
            c.given += kept_given.len();
            c.gold += kept.len();
        }
        for r in 0..ROLES.len() {
            exact[r].given += kept_given.iter().filter(|j| !p[**j][r].is_empty()).count();
            exact[r].gold += kept.iter().filter(|i| !g[**i][r].is_empty()).count();
            let union = |of: &[Reduced], which: &mut dyn Iterator<Item = usize>| {
                which.flat_map(|i| of[i][r].iter().copied()).collect::<BTreeSet<i64>>()
            };
            let (gt, pt) = (
                union(&g, &mut kept.iter().copied()),
                union(&p, &mut kept_given.iter().copied()),
            );
            token[r].right += gt.intersection(&pt).count();
            token[r].given += pt.len();
            token[r].gold += gt.len();
        }
        for (i, j) in kept.iter().filter_map(|i| matched[*i].map(|j| (*i, j))) {
            let (g, p) = (&g[i], &p[j]);
            for r in 0..ROLES.len() {
                exact[r].right += usize::from(!g[r].is_empty() && g[r] == p[r]);
            }
            strict.right += usize::from(g == p);
            let sources = g[1].intersection(&p[1]).next().is_some() || (g[1].is_empty() && p[1].is_empty());
            soft.right += usize::from(jaccard(&g[2], &p[2]) >= 0.5 && sources);
        }
    }
    let mut out = Measures::new();
    for r in 0..ROLES.len() {
        out.insert(EXACT[r], exact[r].score());
        out.insert(TOKEN[r], token[r].score());
    }
    out.insert("strict", strict.score());
    out.insert("soft", soft.score());
    out
}

fn jaccard(a: &BTreeSet<i64>, b: &BTreeSet<i64>) -> f64 {
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// One to one, best overlap first; ties go to the later of both, as in the reference.
fn pair(gold: &[Reduced], given: &[Reduced]) -> (Vec<Option<usize>>, BTreeSet<usize>) {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in given.iter().enumerate() {
            let (cue, source, content) = (jaccard(&g[0], &p[0]), jaccard(&g[1], &p[1]), jaccard(&g[2], &p[2]));
            if content + cue > 0.0 {
                pairs.push((content + cue + 0.1 * source, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let mut matched = vec![None; gold.len()];
    let mut used = BTreeSet::new();
    for (_, i, j) in pairs {
        if matched[i].is_none() && !used.contains(&j) {
            matched[i] = Some(j);
            used.insert(j);
        }
    }
    (matched, used)
}

/// The words of a text, in code points: `\w+(?:['’]\w+)*`.
fn words(chars: &[char]) -> Vec<[usize; 2]> {
    let mut out = Vec::new();
    let word = |i: usize| chars.get(i).is_some_and(|c| is_word_character(*c));
    let mut i = 0;
    while i < chars.len() {
        if !word(i) {
            i += 1;
            continue;
        }
        let start = i;
        while word(i) || (matches!(chars.get(i), Some('\'' | '’')) && word(i + 1)) {
            i += 1;
        }
        out.push([start, i]);
    }
    out
}

fn reduce(a: &Marked, words: &[[usize; 2]], chars: &[char]) -> Reduced {
    let of = |spans: &[[usize; 2]]| -> BTreeSet<i64> {
        let mut out = BTreeSet::new();
        for [start, end] in spans {
            let from = words.partition_point(|w| w[1] <= *start);
            out.extend(
                words[from..]
                    .iter()
                    .take_while(|w| w[0] < *end)
                    .enumerate()
                    .map(|(k, _)| (from + k) as i64),
            );
        }
        out
    };
    let mut cue = of(&a.cue);
    if cue.is_empty() && !a.cue.is_empty() {
        cue.insert(-1 - a.cue[0][0] as i64);
    }
    let mut content = of(&a.content);
    if content.len() > 1
        && let Some(first) = content.first().copied()
    {
        let [b, e] = words[first as usize];
        if chars[b..e].iter().collect::<String>().eq_ignore_ascii_case("that") {
            content.remove(&first);
        }
    }
    [cue, of(&a.source), content]
}
