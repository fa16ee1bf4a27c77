//! What comes out of reading a report: the form `sayso.reading/1`. A reading holds the text it was made from, so that it can be checked alone.

use serde::{Deserialize, Serialize};

use crate::report::Report;
use crate::span::ByteSpan;

/// The form's name and version.
pub const SCHEMA: &str = "sayso.reading/1";

/// A report's statements, with the text they were found in.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("He said no deal was made.")?)?;
/// let json = serde_json::to_string(&reading).unwrap();
/// let again: sayso::Reading = serde_json::from_str(&json).unwrap();
/// assert_eq!(again, reading);
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// [`SCHEMA`].
    pub schema: String,
    /// The report.
    pub report: ReportRecord,
    /// Its statements, in the order of their cues.
    pub statements: Vec<Statement>,
}

/// A report as a reading keeps it.
///
/// ```
/// let report = sayso::Report::new("x")?.with_id("a.txt");
/// let record = sayso::ReportRecord::from(&report);
/// assert_eq!((record.id.as_deref(), record.text.as_str()), (Some("a.txt"), "x"));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportRecord {
    /// Its name: a path, an address, or null.
    pub id: Option<String>,
    /// The day it was published, `YYYY-MM-DD`, or null.
    pub published: Option<String>,
    /// The encoding it was converted from; left out when it was UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The whole text; offsets count its UTF-8 bytes.
    pub text: String,
    /// SHA-256 of the text, lower-case hexadecimal.
    pub sha256: String,
}

impl From<&Report> for ReportRecord {
    fn from(report: &Report) -> Self {
        Self {
            id: report.id().map(str::to_owned),
            published: report.published().map(str::to_owned),
            encoding: report.encoding().map(str::to_owned),
            text: report.text().to_owned(),
            sha256: report.sha256(),
        }
    }
}

/// Bytes `start..end` of the report's text, and that text.
///
/// ```
/// let report = sayso::Report::new("No, he said.")?;
/// let span = sayso::Span::new(&report, report.span(0..2)?);
/// assert_eq!((span.start, span.end, span.text.as_str()), (0, 2, "No"));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Exactly those bytes.
    pub text: String,
}

impl Span {
    /// The text of a report at a span of it.
    ///
    /// # Panics
    /// When the span is another report's and does not fit this text.
    pub fn new(report: &Report, span: ByteSpan) -> Self {
        Self {
            start: span.start(),
            end: span.end(),
            text: report.slice(span).to_owned(),
        }
    }
}

/// A speaker's words as a report gives them.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("According to the court, both firms knew.")?)?;
/// let statement = &reading.statements[0];
/// assert_eq!((statement.id.as_str(), statement.kind), ("s1", sayso::Kind::Indirect));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its name within the reading: "s1", "s2", …
    pub id: String,
    /// The words that name who is attributed, or null where the text names nobody.
    pub source: Option<Span>,
    /// The words that attribute, or null where the text leaves them out.
    pub cue: Option<Span>,
    /// What is attributed: one span per stretch and paragraph.
    pub content: Vec<Span>,
    /// How much of it is quoted.
    pub kind: Kind,
    /// The statement in whose content this one lies.
    pub nested_in: Option<String>,
    /// The tagger's probability of cue and content, 0 to 1, in thousandths.
    pub confidence: f64,
}

/// How a statement is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Only quoted matter, or a transcript's turn.
    Direct,
    /// Nothing quoted.
    Indirect,
    /// Part quoted.
    Mixed,
}

impl Kind {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Kind::Mixed.name(), "mixed");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Indirect => "indirect",
            Kind::Mixed => "mixed",
        }
    }
}
