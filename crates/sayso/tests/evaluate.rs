//! The scorer gives the numbers of the reference scorer. `tests/score` holds invented reports with gold, predictions that are wrong in every way
//! the measures tell apart, and what the reference made of them.

use std::path::Path;

use sayso::evaluate::{load, scores};
use serde_json::Value;

#[test]
fn scores_equal_those_of_the_reference_to_the_last_bit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/score");
    let gold = load(&folder.join("gold.jsonl")).expect("gold");
    let predicted = load(&folder.join("predicted.jsonl")).expect("predictions");
    let ours = serde_json::to_value(scores(&gold, &predicted)).expect("JSON");
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).expect("file")).expect("JSON");
    assert_eq!(ours, expected);
}

#[test]
fn a_line_that_is_no_document_is_named() {
    let file = std::env::temp_dir().join(format!("sayso-gold-{}.jsonl", std::process::id()));
    std::fs::write(
        &file,
        "{\"doc\": \"a\", \"text\": \"x\", \"attributions\": []}\n{\"doc\": 1}\n",
    )
    .expect("written");
    let message = load(&file).expect_err("line 2 is wrong").to_string();
    std::fs::remove_file(&file).expect("removed");
    assert!(message.contains("line 2"), "{message}");
}
