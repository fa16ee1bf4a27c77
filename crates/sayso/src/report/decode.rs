//! Bytes to text: strict UTF-8 unless a byte-order mark or the caller says otherwise, never a silent replacement character.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// A text, and the encoding it was converted from when that was not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; for UTF-8 exactly the bytes that were given.
    pub text: String,
    /// WHATWG name of the encoding it was converted from, `None` for UTF-8.
    pub encoding: Option<&'static str>,
}

/// Converts bytes to text.
///
/// `encoding` is a WHATWG label ("utf-8", "windows-1252", "utf-16le", …), "auto" to detect it, or `None`: UTF-8, or UTF-16 where a
/// byte-order mark says so.
///
/// # Errors
/// [`Error::NotUtf8`] with the first byte that does not fit, [`Error::NotInEncoding`], [`Error::UnknownEncoding`], or [`Error::Binary`] for
/// what is no text: a known file signature, or bytes that are neither UTF-8 nor, by their control characters, anything else.
///
/// ```
/// use sayso::report::decode;
/// assert_eq!(decode("Müller".as_bytes(), None)?.text, "Müller");
/// assert_eq!(decode(b"\xff\xfeh\0i\0", None)?.text, "hi");
/// assert_eq!(decode(b"\x93Non\x94, dit-elle \xe0 la presse.", Some("auto"))?.encoding, Some("windows-1252"));
/// assert!(decode(b"%PDF-1.7\n%\xe2\xe3", None).is_err());
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded> {
    if let Some(what) = signature(bytes) {
        return Err(Error::Binary { what: what.to_owned() });
    }
    match encoding {
        None => match bytes {
            [0xff, 0xfe, ..] => convert(&bytes[2..], UTF_16LE),
            [0xfe, 0xff, ..] => convert(&bytes[2..], UTF_16BE),
            _ => utf8(bytes),
        },
        Some(label) if label.eq_ignore_ascii_case("auto") => detect(bytes),
        Some(label) => match Encoding::for_label(label.as_bytes()) {
            None => Err(Error::UnknownEncoding {
                label: label.to_owned(),
            }),
            Some(e) if e == UTF_8 => utf8(bytes),
            Some(e) => convert(bytes, e),
        },
    }
}

/// File formats that people hand to a reader of text by mistake.
fn signature(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 9] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "a ZIP archive, or a Word or OpenDocument file"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"\x7fELF", "an ELF program"),
        (b"\x1f\x8b", "gzip"),
        (b"\xd0\xcf\x11\xe0", "an old Word file"),
        (b"SQLite format 3\0", "an SQLite database"),
    ];
    SIGNATURES
        .iter()
        .find(|(s, _)| bytes.starts_with(s))
        .map(|(_, what)| *what)
}

fn utf8(bytes: &[u8]) -> Result<Decoded> {
    match std::str::from_utf8(bytes) {
        Ok(text) if looks_like_utf16(bytes).is_none() => Ok(Decoded {
            text: text.to_owned(),
            encoding: None,
        }),
        Ok(_) => Err(Error::Binary {
            what: "every second byte is NUL: UTF-16 without its mark, name utf-16le or utf-16be".to_owned(),
        }),
        Err(e) => {
            let controls = bytes
                .iter()
                .filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c))
                .count();
            if controls * 20 > bytes.len() && looks_like_utf16(bytes).is_none() {
                let byte = crate::error::grouped(e.valid_up_to());
                return Err(Error::Binary {
                    what: format!(
                        "{} control characters; not UTF-8 at byte {byte}",
                        crate::error::grouped(controls)
                    ),
                });
            }
            Err(Error::NotUtf8 { byte: e.valid_up_to() })
        }
    }
}

/// Mostly NULs at odd (little-endian) or even (big-endian) places.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let half = sample.len() / 2;
    if half >= 4 && nuls(1) * 10 > half * 8 && nuls(0) * 10 < half {
        Some(UTF_16LE)
    } else if half >= 4 && nuls(0) * 10 > half * 8 && nuls(1) * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn detect(bytes: &[u8]) -> Result<Decoded> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes {
        return decode(bytes, None);
    }
    if let Some(encoding) = looks_like_utf16(bytes) {
        return convert(bytes, encoding);
    }
    match utf8(bytes) {
        Err(Error::NotUtf8 { .. }) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            convert(bytes, detector.guess(None, Utf8Detection::Deny))
        }
        other => other,
    }
}

fn convert(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        return Err(Error::NotInEncoding {
            encoding: encoding.name(),
        });
    }
    Ok(Decoded {
        text: text.into_owned(),
        encoding: Some(encoding.name()),
    })
}
