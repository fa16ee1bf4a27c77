//! A reading as a page that stands alone: the report with every statement marked, beside it the statements by speaker; each leads to the other.
//! No script or style from elsewhere; without scripts the links still work.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::reading::Reading;

/// A reading as an HTML page.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("“<No>,” Ruiz said.")?)?;
/// let page = sayso::render::html(&reading);
/// assert!(page.starts_with("<!DOCTYPE html>") && page.contains("“&lt;No&gt;,”"));
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn html(reading: &Reading) -> String {
    let name = reading.report.id.as_deref().unwrap_or("report");
    let n = reading.statements.len();
    let published = reading
        .report
        .published
        .as_ref()
        .map_or(String::new(), |d| format!(" · published {}", escape(d)));
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}: who said what</title>\n<style>\n{css}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{n} statement{s}{published} · <kbd>j</kbd> and <kbd>k</kbd> go from one to the next</p>\n</header>\n<main>\n<article>\n",
        title = escape(name),
        css = include_str!("page.css"),
        s = if n == 1 { "" } else { "s" },
    );
    article(reading, &mut out);
    out.push_str("</article>\n<nav aria-label=\"Statements by speaker\">\n");
    list(reading, &mut out);
    let _ = write!(
        out,
        "</nav>\n</main>\n<footer>Made by sayso. SHA-256 of the text: {}</footer>\n<script>\n{}</script>\n</body>\n</html>\n",
        reading.report.sha256,
        include_str!("page.js")
    );
    out
}

/// What a span of the article is marked as.
#[derive(Clone, Copy)]
struct Marked<'a> {
    start: usize,
    end: usize,
    role: &'static str,
    id: &'a str,
    first: bool,
}

/// The text in paragraphs, cut wherever a span begins or ends, each cut wrapped in the marks that hold it, contents outside, sources and cues in.
fn article(reading: &Reading, out: &mut String) {
    let text = &reading.report.text;
    let mut marks: Vec<Marked<'_>> = Vec::new();
    for s in &reading.statements {
        for (i, c) in s.content.iter().enumerate() {
            marks.push(Marked {
                start: c.start,
                end: c.end,
                role: "content",
                id: &s.id,
                first: i == 0,
            });
        }
        for (role, span) in [("source", &s.source), ("cue", &s.cue)] {
            if let Some(x) = span {
                marks.push(Marked {
                    start: x.start,
                    end: x.end,
                    role,
                    id: &s.id,
                    first: false,
                });
            }
        }
    }
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    let mut cuts: BTreeMap<usize, ()> = BTreeMap::new();
    for m in &marks {
        cuts.insert(m.start, ());
        cuts.insert(m.end, ());
    }
    let mut next = 0;
    let mut active: Vec<Marked<'_>> = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let end = offset + line.len();
        let body = line.trim_end_matches(['\n', '\r']);
        if body.trim().is_empty() {
            offset = end;
            continue;
        }
        out.push_str("<p>");
        let stop = offset + body.len();
        let mut at = offset;
        let mut bounds: Vec<usize> = cuts.range(offset + 1..stop).map(|(k, ())| *k).collect();
        bounds.push(stop);
        for b in bounds {
            while next < marks.len() && marks[next].start <= at {
                active.push(marks[next]);
                next += 1;
            }
            active.retain(|m| m.end > at);
            piece(&text[at..b], at, &active, out);
            at = b;
        }
        out.push_str("</p>\n");
        offset = end;
    }
}

fn piece(text: &str, at: usize, active: &[Marked<'_>], out: &mut String) {
    let contents: Vec<&Marked<'_>> = active.iter().filter(|m| m.role == "content").collect();
    let roles: Vec<&Marked<'_>> = active.iter().filter(|m| m.role != "content").collect();
    let ids = |of: &[&Marked<'_>]| of.iter().map(|m| m.id).collect::<Vec<_>>().join(" ");
    for m in &contents {
        let anchor = if m.first && m.start == at {
            format!(" id=\"{}\"", m.id)
        } else {
            String::new()
        };
        let _ = write!(out, "<mark data-s=\"{}\"{anchor}>", m.id);
    }
    match roles.last() {
        Some(m) => {
            let _ = write!(
                out,
                "<span class=\"{}\" data-s=\"{}\">{}</span>",
                m.role,
                ids(&roles),
                escape(text)
            );
        }
        None => out.push_str(&escape(text)),
    }
    out.push_str(&"</mark>".repeat(contents.len()));
}

/// The statements, grouped by speaker in the order in which those first speak; then how they stand to each other, evidence, and what is withheld.
fn list(reading: &Reading, out: &mut String) {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut place: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for (i, s) in reading.statements.iter().enumerate() {
        let at = *place.entry(s.speaker.as_deref()).or_insert_with(|| {
            let entity = s
                .speaker
                .as_ref()
                .and_then(|id| reading.entities.iter().find(|e| e.id == *id));
            let heading = entity.map_or("No speaker named".to_owned(), |e| {
                let roles = if e.roles.is_empty() {
                    String::new()
                } else {
                    format!("<small>, {}</small>", escape(&e.roles.join("; ")))
                };
                format!("{}{roles}", escape(&e.name))
            });
            groups.push((heading, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(i);
    }
    let link = |id: &str| format!("<a class=\"i\" href=\"#{id}\">{id}</a>");
    for (heading, statements) in groups {
        let _ = writeln!(out, "<h2>{heading}</h2>\n<ol>");
        for i in statements {
            let s = &reading.statements[i];
            let content = s
                .content
                .iter()
                .map(|c| c.text.as_str())
                .collect::<Vec<_>>()
                .join(" … ");
            let cue = s
                .cue
                .as_ref()
                .map_or(String::new(), |c| format!("{} · ", escape(&c.text)));
            let mut facts = format!("{} · {}", s.stance.name(), s.kind.name());
            if let Some(c) = &s.channel {
                let _ = write!(facts, " · {}", c.kind.name().replace('_', " "));
                if let Some(n) = &c.name {
                    let _ = write!(facts, " ({})", escape(n));
                }
            }
            if let Some(d) = &s.date {
                let _ = write!(facts, " · {}", escape(&d.value));
            }
            let (class, nested) = match &s.nested_in {
                Some(p) => (" class=\"nested\"", format!(" · in {}", escape(p))),
                None => ("", String::new()),
            };
            let _ = writeln!(
                out,
                "<li{class}><a href=\"#{id}\" data-id=\"{id}\"><small>{id} · {cue}{facts}{nested}</small><br>{content}</a></li>",
                id = s.id,
                content = escape(&content)
            );
        }
        out.push_str("</ol>\n");
    }
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "<h2>{title}</h2>\n<ul>");
            lines.iter().for_each(|l| {
                let _ = writeln!(out, "<li>{l}</li>");
            });
            out.push_str("</ul>\n");
        }
    };
    let relation = |r: &crate::reading::Relation| {
        let words = r
            .words
            .as_ref()
            .map_or(String::new(), |w| format!(" <small>({})</small>", escape(&w.text)));
        format!(
            "{} {} {}{words}",
            link(&r.from),
            r.kind.name().replace('_', " "),
            link(&r.to)
        )
    };
    section(
        "How they stand to each other",
        reading.relations.iter().map(relation).collect(),
    );
    let evidence = reading
        .evidence
        .iter()
        .map(|v| format!("{}: {}", v.kind.name(), escape(&v.mention.text)));
    section("Evidence", evidence.collect());
    section(
        "Undisclosed",
        reading.undisclosed.iter().map(|u| escape(&u.span.text)).collect(),
    );
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // not allowed in HTML even as a reference: shown as its picture
            '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' => {
                out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'))
            }
            '\u{7f}' => out.push('\u{2421}'),
            // the marks that turn the direction of writing could make a page show what is not there
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(out, "<span class=\"k\">[U+{:04X}]</span>", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}
