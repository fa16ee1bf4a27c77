//! What can go wrong, each said with the place and with what would be accepted.

use std::path::PathBuf;

/// Everything the library can fail with.
///
/// ```
/// let error = sayso::report::decode(b"caf\xe9", None).unwrap_err();
/// assert_eq!(error.to_string(), "not UTF-8 at byte 3; convert it, or name its encoding (auto detects it)");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be opened or read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text holds nothing but white space, or no byte at all.
    #[error("empty: there is no text to read")]
    Empty,
    /// More than 4 GiB of text, which byte spans cannot address.
    #[error("{bytes} bytes of text; at most {max} can be addressed, split it", max = u32::MAX)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Bytes that are no UTF-8, with no other encoding named.
    #[error("not UTF-8 at byte {}; convert it, or name its encoding (auto detects it)", grouped(*byte))]
    NotUtf8 {
        /// The first byte that does not fit.
        byte: usize,
    },
    /// Bytes that the named encoding cannot hold.
    #[error("not valid {encoding}; name another encoding, or auto to detect it")]
    NotInEncoding {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// No such encoding.
    #[error("unknown encoding {label:?}; use a WHATWG label such as utf-8, windows-1252, utf-16le, or auto")]
    UnknownEncoding {
        /// What was asked for.
        label: String,
    },
    /// The bytes are no text in any encoding we know.
    #[error("looks like a binary file ({what}), not a text")]
    Binary {
        /// What gave it away.
        what: String,
    },
    /// A date that is no calendar day.
    #[error("{value:?} is no date; give YYYY-MM-DD")]
    Date {
        /// What was given.
        value: String,
    },
    /// A range that is not within the text or cuts a character.
    #[error("bytes {start}..{end} are not a piece of the text ({len} bytes), or cut a character")]
    Span {
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
        /// Length of the text.
        len: usize,
    },
    /// The weights could not be loaded.
    #[error("cannot load the model: {0}")]
    Model(String),
    /// The network failed while running.
    #[error("the network failed: {0}")]
    Network(String),
    /// A gold or prediction file that is not in the form it should have.
    #[error("{path}, line {line}: {message}")]
    Gold {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A reading that is no JSON of the form `sayso.reading/1`.
    #[error("not a reading: {0}")]
    Reading(String),
}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

/// 1204 -> "1,204".
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}
