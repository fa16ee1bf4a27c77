//! Reads files over and over on one thread and prints, as JSON, words a second (load time apart), where the time went, and peak memory.
//!
//! `cargo run --release --example speed -- SECONDS FILE…`; `benches/compare.py` runs it beside spaCy.

use std::time::{Duration, Instant};

use sayso::{Engine, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: f64 = arguments.next().ok_or("usage: speed SECONDS FILE…")?.parse()?;
    let reports: Vec<Report> = arguments.map(|f| Report::open(f, None)).collect::<Result<_, _>>()?;
    let words: usize = reports.iter().map(|r| r.text().split_whitespace().count()).sum();
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global()?;
    let began = Instant::now();
    let engine = Engine::new()?;
    let load = began.elapsed();
    reports.iter().try_for_each(|r| engine.read(r).map(|_| ()))?; // warm
    let before = engine.time_spent();
    let cpu = cpu_seconds();
    let (mut rounds, began) = (0, Instant::now());
    while began.elapsed() < Duration::from_secs_f64(seconds) {
        reports.iter().try_for_each(|r| engine.read(r).map(|_| ()))?;
        rounds += 1;
    }
    let took = began.elapsed().as_secs_f64();
    let spent = engine.time_spent();
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak_kb = peak
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .map_or("null".to_owned(), |v| v.trim().trim_end_matches(" kB").to_owned());
    let pieces = (spent.wordpieces - before.wordpieces) as f64;
    let out = serde_json::json!({
        "words_per_cpu_second": words as f64 * f64::from(rounds) / (cpu_seconds() - cpu),
        "words_per_second": words as f64 * f64::from(rounds) / took,
        "wordpieces_per_word": pieces / (words as f64 * f64::from(rounds)),
        "encoder_share": (spent.encoder - before.encoder).as_secs_f64() / took,
        "labels_share": (spent.labels - before.labels).as_secs_f64() / took,
        "wordpieces_per_encoder_second": pieces / (spent.encoder - before.encoder).as_secs_f64(),
        "load_seconds": load.as_secs_f64(),
        "peak_memory_mb": peak_kb.parse::<f64>().map(|kb| kb / 1024.0).ok(),
    });
    std::io::Write::write_all(&mut std::io::stdout(), format!("{out}\n").as_bytes())?;
    Ok(())
}

/// Processor time of all threads of this process so far, in seconds (Linux; clock ticks of a hundredth).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}
