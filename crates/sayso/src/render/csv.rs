//! Readings as CSV (RFC 4180): one statement a row; pieces of an interrupted content joined by " … ", their byte ranges by ";".

use crate::reading::{Reading, Span};

/// Readings as CSV with a header line.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("“No,” Ruiz said.")?.with_id("a.txt"))?;
/// let csv = sayso::render::csv(&[reading]);
/// assert!(csv.lines().nth(1).unwrap().starts_with("a.txt,,s1,Ruiz,named,,Ruiz,said,\"“No,”\",direct,denies,,,,,"));
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
            "speaker",
            "naming",
            "on_behalf_of",
            "source",
            "cue",
            "content",
            "kind",
            "stance",
            "channel",
            "channel_name",
            "date",
            "nested_in",
            "confidence",
            "source_bytes",
            "cue_bytes",
            "content_bytes",
        ]);
    }
    for r in readings {
        let entity = |id: &Option<String>| id.as_ref().and_then(|id| r.entities.iter().find(|e| e.id == *id));
        for s in &r.statements {
            let text = |s: &Option<Span>| s.as_ref().map_or(String::new(), |s| s.text.clone());
            let _ = writer.write_record([
                r.report.id.clone().unwrap_or_default(),
                r.report.published.clone().unwrap_or_default(),
                s.id.clone(),
                entity(&s.speaker).map_or(String::new(), |e| e.name.clone()),
                entity(&s.speaker).map_or(String::new(), |e| e.naming.name().to_owned()),
                entity(&s.on_behalf_of).map_or(String::new(), |e| e.name.clone()),
                text(&s.source),
                text(&s.cue),
                s.content
                    .iter()
                    .map(|c| c.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" … "),
                s.kind.name().to_owned(),
                s.stance.name().to_owned(),
                s.channel.as_ref().map_or(String::new(), |c| c.kind.name().to_owned()),
                s.channel.as_ref().and_then(|c| c.name.clone()).unwrap_or_default(),
                s.date.as_ref().map_or(String::new(), |d| d.value.clone()),
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
