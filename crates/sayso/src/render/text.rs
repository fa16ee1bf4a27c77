//! Readings for people: a block for each statement (the words of source and cue; who that is, the stance and the channel; the content), nested ones
//! indented under the one they lie in; then evidence, relations, and what is withheld.

use std::fmt::Write;

use crate::reading::{Entity, Reading, Statement};

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
/// assert_eq!(
///     text(&reading, Palette::PLAIN),
///     "a.txt: 1 statement\n\ns1  Ruiz · said · direct · bytes 0–9\n    Ruiz, denies\n    “No,”\n"
/// );
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
        let _ = writeln!(
            out,
            "{indent}{:width$}{faint}{}{reset}",
            "",
            visible(&resolved(reading, s))
        );
        for piece in &s.content {
            let _ = writeln!(out, "{indent}{:width$}{}", "", visible(&piece.text));
        }
    }
    let name_of = |id: &str| entity(reading, id).map_or(id.to_owned(), |e| visible(&e.name));
    section(
        &mut out,
        palette,
        "Relations",
        reading.relations.iter().map(|r| {
            let words = r
                .words
                .as_ref()
                .map_or(String::new(), |w| format!(" ({})", visible(&w.text)));
            format!("{} {} {}{words}", r.from, r.kind.name().replace('_', " "), r.to)
        }),
    );
    section(
        &mut out,
        palette,
        "Evidence",
        reading.evidence.iter().map(|v| {
            let on = if v.bears_on.is_empty() {
                String::new()
            } else {
                format!(", {} {}", v.direction.name(), v.bears_on.join(", "))
            };
            format!(
                "{} {}: {}, cited by {}{on}",
                v.id,
                v.kind.name(),
                visible(&v.mention.text),
                name_of(&v.asserted_by)
            )
        }),
    );
    section(
        &mut out,
        palette,
        "Undisclosed",
        reading.undisclosed.iter().map(|u| visible(&u.span.text)),
    );
    out
}

fn section(out: &mut String, palette: Palette, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(out, "\n{}{title}{}", palette.heading, palette.reset);
        lines.for_each(|l| {
            let _ = writeln!(out, "  {l}");
        });
    }
}

fn entity<'a>(reading: &'a Reading, id: &str) -> Option<&'a Entity> {
    reading.entities.iter().find(|e| e.id == id)
}

/// Who speaks, for whom, with which stance, where and when.
pub(super) fn resolved(reading: &Reading, s: &Statement) -> String {
    let name = |id: &Option<String>| id.as_ref().and_then(|id| entity(reading, id)).map(|e| e.name.clone());
    let mut out = name(&s.speaker).unwrap_or_else(|| "speaker unknown".to_owned());
    if let Some(body) = name(&s.on_behalf_of) {
        let _ = write!(out, " for {body}");
    }
    let _ = write!(out, ", {}", s.stance.name());
    if let Some(c) = &s.channel {
        let _ = write!(out, ", {}", c.kind.name().replace('_', " "));
        if let Some(n) = &c.name {
            let _ = write!(out, " ({n})");
        }
    }
    if let Some(d) = &s.date {
        let _ = write!(out, ", {}", d.value);
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
