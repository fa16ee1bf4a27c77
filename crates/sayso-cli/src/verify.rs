//! `sayso verify`: readings against their own text and hash.

use std::io::Read;
use std::path::Path;

use sayso::verify::verify;
use serde_json::Value;

use crate::arguments::VerifyOptions;
use crate::{report_error, write_out};

pub(crate) fn run(options: &VerifyOptions) -> Result<bool, String> {
    let mut all_well = true;
    for path in &options.files {
        match check(path) {
            Ok((readings, spans, faults)) => {
                for fault in &faults {
                    report_error(&format!("{}: {fault}", path.display()));
                }
                all_well &= faults.is_empty();
                if faults.is_empty() {
                    let s = |n: usize| if n == 1 { "" } else { "s" };
                    write_out(
                        format!(
                            "{}: {readings} reading{}, {spans} span{}, every one in its text\n",
                            path.display(),
                            s(readings),
                            s(spans)
                        )
                        .as_bytes(),
                    )?;
                }
            }
            Err(message) => {
                report_error(&format!("{}: {message}", path.display()));
                all_well = false;
            }
        }
    }
    Ok(all_well)
}

/// How many readings and spans were checked, and what is wrong.
fn check(path: &Path) -> Result<(usize, usize, Vec<String>), String> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| format!("cannot read: {e}"))?;
    } else {
        bytes = std::fs::read(path).map_err(|e| format!("cannot read: {e}"))?;
    }
    let mut readings: Vec<Value> = Vec::new();
    for value in serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>() {
        match value.map_err(|e| format!("not JSON: {e}"))? {
            Value::Array(many) => readings.extend(many),
            one => readings.push(one),
        }
    }
    if readings.is_empty() {
        return Err("holds no reading".into());
    }
    let (mut spans, mut faults) = (0, Vec::new());
    for (i, reading) in readings.iter().enumerate() {
        let place = if readings.len() > 1 {
            format!("reading {}: ", i + 1)
        } else {
            String::new()
        };
        match verify(reading) {
            Ok(outcome) => {
                spans += outcome.spans;
                faults.extend(outcome.faults.into_iter().map(|f| format!("{place}{f}")));
            }
            Err(e) => faults.push(format!("{place}{e}")),
        }
    }
    Ok((readings.len(), spans, faults))
}
