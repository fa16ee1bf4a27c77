//! Lexicons: text files in `lexicons/`, one entry a line, `#` opening a comment, built into the library.

/// The entries of a lexicon file, in order.
pub(crate) fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
}
