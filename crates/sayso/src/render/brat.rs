//! A reading as brat standoff (<https://brat.nlplab.org/standoff.html>): text-bound annotations `Source`, `Cue`, `Content`, joined by an event
//! `Attribution` whose trigger is the cue, or the content where there is no cue. Offsets are code points; an interrupted span has its
//! pieces joined by `;`. A nested statement is a relation `Nested`.

use std::fmt::Write;

use crate::evaluate::CodePoints;
use crate::reading::{Reading, Span};

/// A reading as the `.ann` file beside its text.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("“No,” Ruiz said.")?)?;
/// let ann = sayso::render::brat(&reading);
/// assert_eq!(ann, "T1\tSource 6 10\tRuiz\nT2\tCue 11 15\tsaid\nT3\tContent 0 5\t“No,”\nT4\tAttribution 11 15\tsaid\nE1\tAttribution:T4 Cue:T2 Source:T1 Content:T3\n");
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn brat(reading: &Reading) -> String {
    let points = CodePoints::new(&reading.report.text);
    let mut out = String::new();
    let mut t = 0;
    let mut bound = |out: &mut String, kind: &str, spans: &[&Span]| {
        t += 1;
        let at = spans
            .iter()
            .map(|s| format!("{} {}", points.of(s.start), points.of(s.end)))
            .collect::<Vec<_>>()
            .join(";");
        let text = spans.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "T{t}\t{kind} {at}\t{text}");
        t
    };
    for (i, s) in reading.statements.iter().enumerate() {
        let source = s.source.as_ref().map(|x| bound(&mut out, "Source", &[x]));
        let cue = s.cue.as_ref().map(|x| bound(&mut out, "Cue", &[x]));
        let pieces: Vec<&Span> = s.content.iter().collect();
        let content = bound(&mut out, "Content", &pieces);
        let trigger = match &s.cue {
            Some(x) => bound(&mut out, "Attribution", &[x]),
            None => bound(&mut out, "Attribution", &pieces),
        };
        let _ = write!(out, "E{}\tAttribution:T{trigger}", i + 1);
        for (role, t) in [("Cue", cue), ("Source", source)] {
            if let Some(t) = t {
                let _ = write!(out, " {role}:T{t}");
            }
        }
        let _ = writeln!(out, " Content:T{content}");
    }
    let mut r = 0;
    for (i, s) in reading.statements.iter().enumerate() {
        if let Some(p) = s
            .nested_in
            .as_ref()
            .and_then(|p| reading.statements.iter().position(|s| s.id == *p))
        {
            r += 1;
            let _ = writeln!(out, "R{r}\tNested Arg1:E{} Arg2:E{}", i + 1, p + 1);
        }
    }
    out
}
