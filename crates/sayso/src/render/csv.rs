//! Readings as CSV (RFC 4180): one statement a row; pieces of an interrupted content joined by " … ", their byte ranges by ";".

use crate::reading::{Reading, Span};

/// Readings as CSV with a header line.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("“No,” Ruiz said.")?.with_id("a.txt"))?;
/// let csv = sayso::render::csv(&[reading]);
/// assert!(csv.lines().nth(1).unwrap().starts_with("a.txt,,s1,Ruiz,said,\"“No,”\",direct,,"));
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn csv(readings: &[Reading]) -> String {
    rows(readings, true)
}

pub(crate) fn rows(readings: &[Reading], header: bool) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let range = |s: &Span| format!("{}-{}", s.start, s.end);
    // writing to memory cannot fail, and every row has the same length
    if header {
        let _ = writer.write_record([
            "report",
            "published",
            "id",
            "source",
            "cue",
            "content",
            "kind",
            "nested_in",
            "confidence",
            "source_bytes",
            "cue_bytes",
            "content_bytes",
        ]);
    }
    for r in readings {
        for s in &r.statements {
            let text = |s: &Option<Span>| s.as_ref().map_or(String::new(), |s| s.text.clone());
            let _ = writer.write_record([
                r.report.id.clone().unwrap_or_default(),
                r.report.published.clone().unwrap_or_default(),
                s.id.clone(),
                text(&s.source),
                text(&s.cue),
                s.content
                    .iter()
                    .map(|c| c.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" … "),
                s.kind.name().to_owned(),
                s.nested_in.clone().unwrap_or_default(),
                s.confidence.to_string(),
                s.source.as_ref().map_or(String::new(), range),
                s.cue.as_ref().map_or(String::new(), range),
                s.content.iter().map(range).collect::<Vec<_>>().join(";"),
            ]);
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
