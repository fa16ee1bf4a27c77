//! Positions in a report: bytes and tokens, kept apart by type.
//!
//! A [`ByteSpan`] counts bytes of the report's UTF-8 text and is made only by code that has that text in hand, so it always lies on
//! character boundaries; a [`TokenSpan`] counts tokens. Neither converts into the other without the report's [`Segmented`](crate::segment::Segmented) form.

use std::ops::Range;

/// A half-open range of bytes of a report's text, on character boundaries.
///
/// ```
/// let report = sayso::Report::new("“Stay,” she said.")?;
/// let span = report.span(0..11)?;
/// assert_eq!(report.slice(span), "“Stay,”");
/// assert!(report.span(0..1).is_err()); // inside the first mark
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSpan {
    start: u32,
    end: u32,
}

impl ByteSpan {
    /// The caller has checked that both ends are character boundaries of the text and that `start <= end`.
    pub(crate) fn trusted(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies inside, ends included.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A half-open range of a report's tokens.
///
/// ```
/// let report = sayso::Report::new("He said so.")?;
/// let segmented = sayso::segment::segment(&report);
/// assert_eq!(segmented.sentences[0].len(), 4); // He, said, so, and the stop
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenSpan {
    start: u32,
    end: u32,
}

impl TokenSpan {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// Index of the first token.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Index after the last token.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in tokens.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The indices of its tokens.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies inside, ends included.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a token.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}
