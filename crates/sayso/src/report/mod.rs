//! The first step: bytes to a [`Report`]. After this point its text never changes, and every offset counts its bytes.
//!
//! Nothing is cleaned: a byte-order mark, NULs, carriage returns and zero-width characters stay where they are, so that offsets are those of
//! the file. Only a text in another encoding is converted, and the report then says from which.

mod decode;

pub use decode::{Decoded, decode};

use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::span::ByteSpan;

/// One text with what is known of it.
///
/// ```
/// let report = sayso::Report::new("The mayor said no.")?.with_published("2026-01-07")?.with_id("a.txt");
/// assert_eq!(report.published(), Some("2026-01-07"));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    id: Option<String>,
    published: Option<String>,
    encoding: Option<&'static str>,
    text: String,
}

impl Report {
    /// A report of this text.
    ///
    /// # Errors
    /// [`Error::Empty`] when it holds only white space, [`Error::TooLong`] above 4 GiB.
    ///
    /// ```
    /// assert!(sayso::Report::new(" \n").is_err());
    /// ```
    pub fn new(text: impl Into<String>) -> Result<Self> {
        let text = text.into();
        if text
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
            .is_empty()
        {
            return Err(Error::Empty);
        }
        if text.len() > u32::MAX as usize {
            return Err(Error::TooLong { bytes: text.len() });
        }
        Ok(Self {
            id: None,
            published: None,
            encoding: None,
            text,
        })
    }

    /// A report of these bytes; see [`decode`] for what `encoding` may be.
    ///
    /// # Errors
    /// As [`decode`] and [`Report::new`].
    ///
    /// ```
    /// let report = sayso::Report::from_bytes(b"caf\xe9 said", Some("windows-1252"))?;
    /// assert_eq!(report.text(), "café said");
    /// assert_eq!(report.encoding(), Some("windows-1252"));
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn from_bytes(bytes: &[u8], encoding: Option<&str>) -> Result<Self> {
        let Decoded { text, encoding } = decode(bytes, encoding)?;
        let mut report = Self::new(text)?;
        report.encoding = encoding;
        Ok(report)
    }

    /// Reads a file; its path becomes the report's id.
    ///
    /// # Errors
    /// [`Error::Read`] when the system cannot, else as [`Report::from_bytes`].
    ///
    /// ```
    /// let error = sayso::Report::open("no/such/file.txt", None).unwrap_err();
    /// assert!(error.to_string().starts_with("cannot read no/such/file.txt"));
    /// ```
    pub fn open(path: impl AsRef<Path>, encoding: Option<&str>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|source| Error::Read {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self::from_bytes(&bytes, encoding)?.with_id(path.display().to_string()))
    }

    /// The same report under this name.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same report, published on this day (`YYYY-MM-DD`).
    ///
    /// # Errors
    /// [`Error::Date`] when that is no calendar day.
    ///
    /// ```
    /// assert!(sayso::Report::new("x")?.with_published("2026-02-30").is_err());
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn with_published(mut self, day: &str) -> Result<Self> {
        if !is_calendar_day(day) {
            return Err(Error::Date { value: day.to_owned() });
        }
        self.published = Some(day.to_owned());
        Ok(self)
    }

    /// Its name: a path, an address, or nothing.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The day it was published, `YYYY-MM-DD`.
    pub fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// The encoding it was converted from, when it was not UTF-8.
    pub fn encoding(&self) -> Option<&str> {
        self.encoding
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the text, in lower-case hexadecimal.
    ///
    /// ```
    /// let report = sayso::Report::new("abc")?;
    /// assert!(report.sha256().starts_with("ba7816bf"));
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn sha256(&self) -> String {
        sha256(&self.text)
    }

    /// A span of these bytes.
    ///
    /// # Errors
    /// [`Error::Span`] when the range leaves the text or cuts a character.
    pub fn span(&self, range: Range<usize>) -> Result<ByteSpan> {
        match self.text.get(range.clone()) {
            Some(_) => Ok(ByteSpan::trusted(range.start, range.end)),
            None => Err(Error::Span {
                start: range.start,
                end: range.end,
                len: self.text.len(),
            }),
        }
    }

    /// The text of a span of this report.
    ///
    /// # Panics
    /// When the span is another report's and does not fit this text.
    pub fn slice(&self, span: ByteSpan) -> &str {
        &self.text[span.range()]
    }
}

/// SHA-256 of a text, in lower-case hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Whether this is `YYYY-MM-DD` and a day of the Gregorian calendar.
fn is_calendar_day(day: &str) -> bool {
    let b = day.as_bytes();
    if b.len() != 10
        || b[4] != b'-'
        || b[7] != b'-'
        || !b
            .iter()
            .enumerate()
            .all(|(i, c)| i == 4 || i == 7 || c.is_ascii_digit())
    {
        return false;
    }
    let number = |r: Range<usize>| day[r].parse::<u32>().unwrap_or(0);
    let (year, month, date) = (number(0..4), number(5..7), number(8..10));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&date)
}
