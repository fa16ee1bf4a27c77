//! The binary, driven from outside: every kind of input people hand it, right or wrong, and what it answers.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn sayso(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("sayso runs")
}

fn piped(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sayso runs");
    child.stdin.take().expect("stdin").write_all(input).expect("written");
    child.wait_with_output().expect("sayso ends")
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).expect("written");
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

const REPORT: &str = "“We never agreed to this,” Mayor Ana Ruiz said on Monday.\n";

/// The error, exactly, of reading one bad file.
fn refused(bytes: &[u8]) -> String {
    let dir = folder();
    write(dir.path(), "a.txt", bytes);
    let output = sayso(dir.path(), &["read", "a.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    err(&output)
}

#[test]
fn text_is_plain_when_piped_and_coloured_when_asked() {
    let dir = folder();
    write(dir.path(), "a.txt", REPORT);
    let plain = sayso(dir.path(), &["read", "a.txt"]);
    assert_eq!(plain.status.code(), Some(0));
    assert_eq!(
        out(&plain),
        "a.txt: 1 statement\n\ns1  Mayor Ana Ruiz · said · direct · bytes 0–30\n    Ana Ruiz, denies\n    “We never agreed to this,”\n"
    );
    let coloured = sayso(dir.path(), &["read", "a.txt", "--color", "always"]);
    assert!(out(&coloured).contains("\x1b[1;36mMayor Ana Ruiz\x1b[0m"));
}

#[test]
fn a_reading_is_json_that_verifies_and_an_altered_one_does_not() {
    let dir = folder();
    write(dir.path(), "a.txt", REPORT);
    let output = sayso(
        dir.path(),
        &["read", "a.txt", "--format", "json", "--published", "2026-01-07"],
    );
    let reading: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(reading["schema"], "sayso.reading/1");
    assert_eq!(reading["report"]["published"], "2026-01-07");
    write(dir.path(), "r.json", &output.stdout);
    let checked = sayso(dir.path(), &["verify", "r.json"]);
    assert_eq!(
        (checked.status.code(), out(&checked).as_str()),
        (Some(0), "r.json: 1 reading, 5 spans, every one in its text\n")
    );
    write(
        dir.path(),
        "r.json",
        out(&output).replace("\"start\": 0", "\"start\": 1"),
    );
    let checked = sayso(dir.path(), &["verify", "r.json"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(
        err(&checked).contains("statements[0].content[0]: bytes 1..30 are not a piece of the text"),
        "{}",
        err(&checked)
    );
    write(dir.path(), "r.json", out(&output).replace("Monday.", "Friday."));
    assert!(err(&sayso(dir.path(), &["verify", "r.json"])).contains("report.sha256 is not the hash"));
}

#[test]
fn several_files_come_in_order_and_one_bad_one_does_not_stop_the_others() {
    let dir = folder();
    write(dir.path(), "a.txt", REPORT);
    write(dir.path(), "bad.txt", b"caf\xe9");
    write(dir.path(), "c.txt", "The ministry denied it.");
    let output = sayso(
        dir.path(),
        &["read", "a.txt", "bad.txt", "none.txt", "c.txt", "--format", "json"],
    );
    assert_eq!(output.status.code(), Some(1));
    let readings: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("an array");
    let ids: Vec<&str> = readings.iter().filter_map(|r| r["report"]["id"].as_str()).collect();
    assert_eq!(ids, ["a.txt", "c.txt"]);
    assert!(
        err(&output).contains("bad.txt is not UTF-8 at byte 3"),
        "{}",
        err(&output)
    );
    assert!(err(&output).contains("cannot read none.txt"), "{}", err(&output));
    let csv = sayso(dir.path(), &["read", "a.txt", "c.txt", "--format", "csv"]);
    assert_eq!(out(&csv).lines().filter(|l| l.starts_with("report,")).count(), 1);
    let lines = sayso(dir.path(), &["read", "a.txt", "c.txt", "--format", "jsonl"]);
    write(dir.path(), "r.jsonl", &lines.stdout);
    assert!(out(&sayso(dir.path(), &["verify", "r.jsonl"])).starts_with("r.jsonl: 2 readings"));
}

#[test]
fn what_is_no_text_is_refused_by_name_and_place() {
    assert_eq!(refused(b""), "error: a.txt: empty: there is no text to read\n");
    assert_eq!(refused(b" \n\t\n"), "error: a.txt: empty: there is no text to read\n");
    assert_eq!(
        refused(b"\xef\xbb\xbf"),
        "error: a.txt: empty: there is no text to read\n"
    );
    let late = [b"a ".repeat(602), b"\xff said".to_vec()].concat();
    assert_eq!(
        refused(&late),
        "error: a.txt is not UTF-8 at byte 1,204; convert it, or pass --encoding (auto detects it)\n"
    );
    assert!(refused(b"%PDF-1.7\n\xe2\xe3").contains("looks like a binary file (PDF)"));
    assert!(refused(&[0, 1, 2, 3, 255, 254, 0, 7].repeat(50)).contains("looks like a binary file"));
    assert!(refused(b"h\0e\0 \0s\0a\0i\0d\0 \0n\0o\0").contains("utf-16le"));
}

#[test]
fn a_folder_is_refused_by_name() {
    let dir = folder();
    std::fs::create_dir(dir.path().join("sub")).expect("made");
    let output = sayso(dir.path(), &["read", "sub"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("cannot read sub"), "{}", err(&output));
}

#[test]
fn other_encodings_are_converted_when_named_detected_or_marked() {
    let dir = folder();
    let text = "«C’est faux», a dit José Müller. He said “no”.";
    let (latin, _, _) = (b"\xabC'est faux\xbb, said Jos\xe9 M\xfcller.".to_vec(), (), ());
    write(dir.path(), "latin.txt", latin);
    let utf16: Vec<u8> = [0xfe_u8, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    write(dir.path(), "utf16.txt", utf16);
    let named = sayso(
        dir.path(),
        &["read", "latin.txt", "--encoding", "windows-1252", "--format", "json"],
    );
    assert!(out(&named).contains("José Müller") && out(&named).contains("\"encoding\": \"windows-1252\""));
    let detected = sayso(
        dir.path(),
        &["read", "latin.txt", "--encoding", "auto", "--format", "json"],
    );
    assert!(out(&detected).contains("José Müller"));
    let marked = sayso(dir.path(), &["read", "utf16.txt", "--format", "json"]);
    assert!(out(&marked).contains("José Müller") && out(&marked).contains("\"encoding\": \"UTF-16BE\""));
    let unknown = sayso(dir.path(), &["read", "latin.txt", "--encoding", "klingon"]);
    assert!(err(&unknown).contains("unknown encoding \"klingon\""));
}

#[test]
fn standard_input_is_a_report() {
    let dir = folder();
    let output = piped(dir.path(), &["read", "-", "--format", "csv"], REPORT.as_bytes());
    assert!(
        out(&output).contains("-,,s1,Ana Ruiz,named,,Mayor Ana Ruiz,said"),
        "{}",
        out(&output)
    );
    let lines = piped(dir.path(), &["read", "-", "--format", "jsonl"], REPORT.as_bytes());
    assert_eq!(
        piped(dir.path(), &["verify", "-"], &lines.stdout).status.code(),
        Some(0)
    );
}

#[test]
fn a_folder_for_output_gets_a_file_for_each_report() {
    let dir = folder();
    write(dir.path(), "a.txt", REPORT);
    write(dir.path(), "b.txt", REPORT);
    let output = sayso(
        dir.path(),
        &["read", "a.txt", "b.txt", "--format", "html", "--output", "pages"],
    );
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), ""));
    for name in ["pages/a.html", "pages/b.html"] {
        assert!(
            std::fs::read_to_string(dir.path().join(name))
                .expect("a page")
                .starts_with("<!DOCTYPE html>")
        );
    }
    sayso(dir.path(), &["read", "a.txt", "--format", "brat", "-o", "pages"]);
    assert!(
        std::fs::read_to_string(dir.path().join("pages/a.ann"))
            .expect("standoff")
            .contains("Attribution:T")
    );
    std::fs::create_dir(dir.path().join("other")).expect("made");
    write(dir.path(), "other/a.txt", REPORT);
    let clash = sayso(
        dir.path(),
        &["read", "a.txt", "other/a.txt", "-f", "json", "-o", "pages"],
    );
    assert_eq!(clash.status.code(), Some(1));
    assert!(err(&clash).contains("would both be written to"));
    let several = sayso(dir.path(), &["read", "a.txt", "b.txt", "--format", "html"]);
    assert!(err(&several).contains("--output"));
}

#[test]
fn wrong_usage_exits_with_two_and_a_wrong_date_is_told_once() {
    let dir = folder();
    write(dir.path(), "a.txt", REPORT);
    assert_eq!(sayso(dir.path(), &["read"]).status.code(), Some(2));
    assert_eq!(
        sayso(dir.path(), &["read", "a.txt", "--format", "xls"]).status.code(),
        Some(2)
    );
    let date = sayso(dir.path(), &["read", "a.txt", "a.txt", "--published", "2026-13-01"]);
    assert_eq!(date.status.code(), Some(1));
    assert_eq!(
        err(&date),
        "error: --published: \"2026-13-01\" is no date; give YYYY-MM-DD\n"
    );
}

#[test]
fn eval_scores_its_own_predictions_the_same_when_read_back() {
    let dir = folder();
    let gold = format!(
        "{}\n",
        serde_json::json!({"doc": "a", "text": REPORT, "attributions": [{"cue": [[43, 47]], "source": [[28, 42]], "content": [[0, 26]]}]})
    );
    write(dir.path(), "gold.jsonl", gold);
    let first = sayso(dir.path(), &["eval", "gold.jsonl", "--json", "--write", "p.jsonl"]);
    assert_eq!(first.status.code(), Some(0), "{}", err(&first));
    let again = sayso(
        dir.path(),
        &["eval", "gold.jsonl", "--json", "--predictions", "p.jsonl"],
    );
    assert_eq!(out(&first), out(&again));
    let scores: serde_json::Value = serde_json::from_slice(&first.stdout).expect("JSON");
    assert_eq!(scores["all"]["content exact"][2], 1.0);
    assert!(out(&sayso(dir.path(), &["eval", "gold.jsonl"])).contains("  strict "));
}

#[test]
fn help_has_examples_and_shells_get_completions() {
    let dir = folder();
    assert!(out(&sayso(dir.path(), &["read", "--help"])).contains("sayso read reports/*.txt --format csv"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&sayso(dir.path(), &["completions", shell])).contains("sayso"));
    }
}
