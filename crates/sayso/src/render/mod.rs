//! The last step: readings to text, JSON, JSON Lines, CSV, brat standoff and HTML. Each format is a pure function of readings; none adds a word
//! of the report that is not in a span.

mod brat;
mod csv;
mod html;
mod text;

use std::fmt;
use std::str::FromStr;

use crate::reading::Reading;

pub use brat::brat;
pub use csv::csv;
pub use html::html;
pub use text::{Palette, text};

/// An output format.
///
/// ```
/// use sayso::render::Format;
/// assert_eq!("csv".parse::<Format>(), Ok(Format::Csv));
/// assert!("xls".parse::<Format>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, in a terminal.
    Text,
    /// One reading, or an array of several.
    Json,
    /// One reading a line.
    Jsonl,
    /// One statement a row.
    Csv,
    /// Standoff annotation of one report, offsets in code points.
    Brat,
    /// A page that stands alone.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 6] = [
        Format::Text,
        Format::Json,
        Format::Jsonl,
        Format::Csv,
        Format::Brat,
        Format::Html,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Brat => "brat",
            Format::Html => "html",
        }
    }

    /// The ending of a file in it, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Text => "statements.txt",
            Format::Brat => "ann",
            other => other.name(),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|f| f.name() == s)
            .ok_or_else(|| format!("{s:?} is no format; one of {}", names()))
    }
}

/// A reading as JSON, indented.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("He said no.")?)?;
/// assert!(sayso::render::json(&reading).starts_with("{\n  \"schema\": \"sayso.reading/1\""));
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn json(reading: &Reading) -> String {
    serde_json::to_string_pretty(reading).unwrap_or_default()
}

/// A reading as one line of JSON, without the line's end.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("He said no.\nShe left.")?)?;
/// assert!(!sayso::render::jsonl(&reading).contains('\n'));
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn jsonl(reading: &Reading) -> String {
    serde_json::to_string(reading).unwrap_or_default()
}
