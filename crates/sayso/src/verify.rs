//! Checks of a reading against itself: its text against its hash, every span against the text, every reference to an id. A reading that fails
//! was altered, or is a bug of ours.

use std::collections::HashSet;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::reading::SCHEMA;
use crate::report::sha256;

/// What a check found.
///
/// ```
/// let outcome = sayso::verify::Outcome::default();
/// assert!(outcome.faults.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many spans were compared with the text.
    pub spans: usize,
    /// What is wrong, each with its place in the JSON.
    pub faults: Vec<String>,
}

/// Checks a reading in its JSON form. Any object with `start`, `end` and `text` is a span, wherever it stands.
///
/// # Errors
/// [`Error::Reading`] when this is no reading at all, so that there is nothing to check.
///
/// ```
/// let report = sayso::Report::new("He said no deal was made.")?;
/// let mut reading = serde_json::to_value(sayso::Engine::new()?.read(&report)?).unwrap();
/// assert!(sayso::verify::verify(&reading)?.faults.is_empty());
/// reading["statements"][0]["content"][0]["text"] = "a deal was made".into();
/// assert_eq!(sayso::verify::verify(&reading)?.faults.len(), 1);
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn verify(reading: &Value) -> Result<Outcome> {
    if reading["schema"] != SCHEMA {
        return Err(Error::Reading(format!(
            "\"schema\" is {}, not \"{SCHEMA}\"",
            reading["schema"]
        )));
    }
    let text = reading["report"]["text"]
        .as_str()
        .ok_or_else(|| Error::Reading("report.text is missing".into()))?;
    let statements = reading["statements"]
        .as_array()
        .ok_or_else(|| Error::Reading("statements is missing".into()))?;
    let mut outcome = Outcome::default();
    if reading["report"]["sha256"].as_str() != Some(sha256(text).as_str()) {
        outcome
            .faults
            .push("report.sha256 is not the hash of report.text".into());
    }
    let mut ids = HashSet::new();
    for (i, s) in statements.iter().enumerate() {
        let Some(id) = s["id"].as_str() else {
            outcome.faults.push(format!("statements[{i}] has no id"));
            continue;
        };
        if !ids.insert(id) {
            outcome.faults.push(format!("statements[{i}].id {id:?} is used twice"));
        }
        if s["content"].as_array().is_none_or(Vec::is_empty) {
            outcome.faults.push(format!("statements[{i}] has no content"));
        }
    }
    for (i, s) in statements.iter().enumerate() {
        if let Some(parent) = s["nested_in"].as_str()
            && (!ids.contains(parent) || s["id"] == parent)
        {
            outcome.faults.push(format!(
                "statements[{i}].nested_in names {parent:?}, which is no other statement"
            ));
        }
    }
    walk(reading, "", text, &mut outcome);
    Ok(outcome)
}

fn walk(value: &Value, place: &str, text: &str, outcome: &mut Outcome) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(said)) = (fields.get("start"), fields.get("end"), fields.get("text")) {
                outcome.spans += 1;
                let range = start.as_u64().zip(end.as_u64()).map(|(s, e)| s as usize..e as usize);
                match range.and_then(|r| text.get(r)) {
                    None => outcome
                        .faults
                        .push(format!("{place}: bytes {start}..{end} are not a piece of the text")),
                    Some(there) if Some(there) != said.as_str() => {
                        outcome
                            .faults
                            .push(format!("{place}: bytes {start}..{end} are {there:?}, not {said}"));
                    }
                    Some("") => outcome.faults.push(format!("{place}: the span is empty")),
                    Some(_) => {}
                }
            }
            for (key, v) in fields {
                walk(
                    v,
                    &if place.is_empty() {
                        key.clone()
                    } else {
                        format!("{place}.{key}")
                    },
                    text,
                    outcome,
                );
            }
        }
        Value::Array(items) => {
            for (i, v) in items.iter().enumerate() {
                walk(v, &format!("{place}[{i}]"), text, outcome);
            }
        }
        _ => {}
    }
}
