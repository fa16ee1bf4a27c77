//! Any bytes, read to the end: every format is made, and the reading verifies.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayso::render::{self, Palette};
use sayso::{Engine, Report};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the model loads"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(report) = Report::from_bytes(bytes, None) else { return };
    let reading = ENGINE.read(&report).expect("a reading");
    let outcome = sayso::verify::verify(&serde_json::to_value(&reading).expect("JSON")).expect("a reading");
    assert!(outcome.faults.is_empty(), "{:?}", outcome.faults);
    render::text(&reading, Palette::COLOUR);
    render::html(&reading);
    render::brat(&reading);
    render::csv(std::slice::from_ref(&reading));
});
