//! Readings for people: a block for each statement, nested ones indented under the one they lie in.

use std::fmt::Write;

use crate::reading::{Reading, Statement};

/// The escape sequences around the parts of a statement; empty ones for plain text.
///
/// ```
/// assert_eq!(sayso::render::Palette::PLAIN.reset, "");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Before the report's name.
    pub heading: &'static str,
    /// Before a source.
    pub source: &'static str,
    /// Before a cue.
    pub cue: &'static str,
    /// Before ids, offsets and kinds.
    pub faint: &'static str,
    /// After each.
    pub reset: &'static str,
}

impl Palette {
    /// No colour.
    pub const PLAIN: Palette = Palette {
        heading: "",
        source: "",
        cue: "",
        faint: "",
        reset: "",
    };
    /// Bold, cyan, yellow and dim.
    pub const COLOUR: Palette = Palette {
        heading: "\x1b[1m",
        source: "\x1b[1;36m",
        cue: "\x1b[33m",
        faint: "\x1b[2m",
        reset: "\x1b[0m",
    };
}

/// A reading as text.
///
/// ```
/// use sayso::render::{Palette, text};
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("“No,” Ruiz said.")?.with_id("a.txt"))?;
/// assert_eq!(text(&reading, Palette::PLAIN), "a.txt: 1 statement\n\ns1  Ruiz · said · direct · bytes 0–9\n    “No,”\n");
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn text(reading: &Reading, palette: Palette) -> String {
    let Palette {
        heading,
        source,
        cue,
        faint,
        reset,
    } = palette;
    let mut out = String::new();
    let n = reading.statements.len();
    let name = reading.report.id.as_deref().unwrap_or("report");
    let _ = writeln!(
        out,
        "{heading}{}{reset}: {n} statement{}",
        visible(name),
        if n == 1 { "" } else { "s" }
    );
    let width = reading.statements.iter().map(|s| s.id.len()).max().unwrap_or(0) + 2;
    for s in &reading.statements {
        let indent = "    ".repeat(depth(reading, s));
        let who = s.source.as_ref().map_or("(no source)".to_owned(), |s| visible(&s.text));
        let how = s.cue.as_ref().map_or("(no cue)".to_owned(), |s| visible(&s.text));
        let place = s
            .content
            .iter()
            .map(|c| format!("{}–{}", c.start, c.end))
            .collect::<Vec<_>>()
            .join(", ");
        let nested = s.nested_in.as_ref().map_or(String::new(), |p| format!(" · in {p}"));
        let _ = writeln!(
            out,
            "\n{indent}{faint}{:width$}{reset}{source}{who}{reset} · {cue}{how}{reset} · {faint}{}{nested} · bytes {place}{reset}",
            s.id,
            s.kind.name()
        );
        for piece in &s.content {
            let _ = writeln!(out, "{indent}{:width$}{}", "", visible(&piece.text));
        }
    }
    out
}

fn depth(reading: &Reading, statement: &Statement) -> usize {
    let mut depth = 0;
    let mut at = statement;
    while let Some(parent) = at
        .nested_in
        .as_ref()
        .and_then(|p| reading.statements.iter().find(|s| s.id == *p))
    {
        depth += 1;
        at = parent;
        if depth > 8 {
            break;
        }
    }
    depth
}

/// Control characters and the marks that turn the direction of writing, which could make a terminal show what is not there, as escapes.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c if c.is_control() => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c => out.push(c),
        }
    }
    out
}
