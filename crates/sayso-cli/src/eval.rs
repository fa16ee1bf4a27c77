//! `sayso eval`: scores of what sayso finds, or of another reader's output, against gold.

use rayon::prelude::*;
use sayso::evaluate::{self, Document, Measures};
use sayso::{Engine, Guide};

use crate::arguments::{EvalOptions, GuideName};
use crate::write_out;

/// The order in which the measures are printed.
const MEASURES: [&str; 8] = [
    "cue exact",
    "cue token",
    "source exact",
    "source token",
    "content exact",
    "content token",
    "strict",
    "soft",
];

pub(crate) fn run(options: &EvalOptions) -> Result<bool, String> {
    let gold = evaluate::load(&options.gold).map_err(|e| e.to_string())?;
    if let Some(d) = gold.iter().find(|d| d.text.is_empty() && !d.attributions.is_empty()) {
        return Err(format!(
            "{}: document {:?} has attributions but no text",
            options.gold.display(),
            d.doc
        ));
    }
    let predicted = match &options.predictions {
        Some(path) => evaluate::load(path).map_err(|e| e.to_string())?,
        None => predict(&gold, options.guide)?,
    };
    if let Some(path) = &options.write {
        let lines: String = predicted
            .iter()
            .map(|d| serde_json::to_string(d).unwrap_or_default() + "\n")
            .collect();
        std::fs::write(path, lines).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    }
    let scores = evaluate::scores(&gold, &predicted);
    if options.json {
        write_out((serde_json::to_string(&scores).unwrap_or_default() + "\n").as_bytes())?;
        return Ok(true);
    }
    let mut out = String::new();
    for (name, measures) in [
        ("all", &scores.all),
        ("with quotation marks", &scores.quoted),
        ("without", &scores.unquoted),
    ] {
        out += &table(name, measures);
    }
    write_out(out.as_bytes())?;
    Ok(true)
}

fn predict(gold: &[Document], guide: GuideName) -> Result<Vec<Document>, String> {
    let guide = match guide {
        GuideName::Polnear => Guide::PolNear,
        GuideName::Sayso => Guide::Sayso,
    };
    let engine = Engine::new().map_err(|e| e.to_string())?;
    let read: Result<Vec<Document>, sayso::Error> = gold
        .par_iter()
        .map(|d| evaluate::predict(&engine, &d.doc, &d.text, guide))
        .collect();
    read.map_err(|e| e.to_string())
}

fn table(name: &str, measures: &Measures) -> String {
    let mut out = format!("{name}:\n");
    for m in MEASURES {
        if let Some(s) = measures.get(m) {
            out += &format!(
                "  {m:14} P {:5.1}  R {:5.1}  F1 {:5.1}  (gold {})\n",
                100.0 * s.precision,
                100.0 * s.recall,
                100.0 * s.f1,
                s.gold
            );
        }
    }
    out
}
