//! Scores of attributions against gold ones, with the numbers of the reference scorer (`score.py`, Python): the same reduction of spans to
//! words, the same pairing, the same counts.
//!
//! Before comparison a span is reduced to its words (maximal runs of letters, digits and underscores, apostrophes inside), so quotation marks,
//! commas and stops never matter; a leading "that" of a content is dropped; a cue of marks alone (a colon) is its place. Gold and
//! predicted attributions are paired one to one, best overlap of content and cue first.

mod score;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::report::Report;
use crate::span::TokenSpan;
use crate::tag::Guide;

pub use score::{Measures, Score, score};

/// A document with attributions, as a line of a gold or prediction file: `{"doc", "text", "attributions": [{"cue": [[b, e]…], "source", "content"}]}`,
/// half-open code points; other fields are ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its name.
    pub doc: String,
    /// Its text; predictions may leave it out.
    #[serde(default)]
    pub text: String,
    /// Its attributions.
    pub attributions: Vec<Marked>,
}

/// An attribution in code points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Pieces of the cue.
    #[serde(default)]
    pub cue: Vec<[usize; 2]>,
    /// Pieces of the source.
    #[serde(default)]
    pub source: Vec<[usize; 2]>,
    /// Pieces of the content.
    #[serde(default)]
    pub content: Vec<[usize; 2]>,
}

/// Scores on all attributions, and apart on those whose content holds double quotation marks and those whose does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// On all.
    pub all: Measures,
    /// Where the content holds a double quotation mark.
    #[serde(rename = "with quotation marks")]
    pub quoted: Measures,
    /// Where it does not.
    #[serde(rename = "without")]
    pub unquoted: Measures,
}

/// Reads a gold or prediction file, one JSON object a line.
///
/// # Errors
/// [`Error::Read`], or [`Error::Gold`] with the line.
///
/// ```
/// let error = sayso::evaluate::load("no/such.jsonl".as_ref()).unwrap_err();
/// assert!(error.to_string().contains("no/such.jsonl"));
/// ```
pub fn load(path: &Path) -> Result<Vec<Document>> {
    let file = std::fs::read_to_string(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    let mut out = Vec::new();
    for (i, line) in file.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let document = serde_json::from_str::<Document>(line).map_err(|e| Error::Gold {
            path: path.to_owned(),
            line: i + 1,
            message: e.to_string(),
        })?;
        out.push(document);
    }
    if out.is_empty() {
        return Err(Error::Gold {
            path: path.to_owned(),
            line: 1,
            message: "no documents; expected one JSON object a line".into(),
        });
    }
    Ok(out)
}

/// What the engine finds in a document, in code points.
///
/// # Errors
/// As [`Engine::read`].
///
/// ```
/// use sayso::{Engine, Guide, evaluate};
/// let found = evaluate::predict(&Engine::new()?, "d", "He said “né à Paris” twice.", Guide::PolNear)?;
/// assert_eq!(found.attributions[0].cue, [[3, 7]]);
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn predict(engine: &Engine, doc: &str, text: &str, guide: Guide) -> Result<Document> {
    let mut attributions = Vec::new();
    if let Ok(report) = Report::new(text) {
        let (segmented, found) = engine.attributions(&report, guide)?;
        let points = CodePoints::new(text);
        let at = |s: &TokenSpan| {
            let b = segmented.bytes(*s);
            [points.of(b.start()), points.of(b.end())]
        };
        for a in found {
            attributions.push(Marked {
                cue: a.cue.iter().map(at).collect(),
                source: a.source.iter().map(at).collect(),
                content: a.content.iter().map(at).collect(),
            });
        }
    }
    Ok(Document {
        doc: doc.to_owned(),
        text: String::new(),
        attributions,
    })
}

/// Scores predictions, by document name, against gold.
///
/// ```
/// use sayso::evaluate::{Document, Marked, scores};
/// let gold = [Document { doc: "d".into(), text: "He said no.".into(), attributions: vec![Marked { cue: vec![[3, 7]], source: vec![[0, 2]], content: vec![[8, 10]] }] }];
/// assert_eq!(scores(&gold, &gold).all["strict"].f1, 1.0);
/// ```
pub fn scores(gold: &[Document], predicted: &[Document]) -> Scores {
    let by_name: BTreeMap<&str, &[Marked]> = predicted
        .iter()
        .map(|d| (d.doc.as_str(), d.attributions.as_slice()))
        .collect();
    let has_marks = |d: &Document, a: &Marked| {
        let chars: Vec<char> = d.text.chars().collect();
        a.content.iter().any(|[b, e]| {
            chars[(*b).min(chars.len())..(*e).min(chars.len())]
                .iter()
                .any(|c| matches!(c, '"' | '“' | '”'))
        })
    };
    Scores {
        all: score(gold, &by_name, |_, _| true),
        quoted: score(gold, &by_name, has_marks),
        unquoted: score(gold, &by_name, |d, a| !has_marks(d, a)),
    }
}

/// Byte offsets to code points, for offsets asked in any order.
pub(crate) struct CodePoints {
    /// The code points before every 256th byte.
    before: Vec<usize>,
    text: Vec<u8>,
}

impl CodePoints {
    pub(crate) fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() / 256 + 1);
        let mut n = 0;
        for (i, b) in text.bytes().enumerate() {
            if i.is_multiple_of(256) {
                before.push(n);
            }
            n += usize::from((b as i8) >= -0x40);
        }
        if text.len().is_multiple_of(256) {
            before.push(n);
        }
        Self {
            before,
            text: text.as_bytes().to_vec(),
        }
    }

    /// How many code points begin before this byte.
    pub(crate) fn of(&self, byte: usize) -> usize {
        let block = byte / 256;
        self.before[block]
            + self.text[block * 256..byte]
                .iter()
                .filter(|b| (**b as i8) >= -0x40)
                .count()
    }
}
