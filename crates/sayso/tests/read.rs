//! Reading whole reports: cases with snapshots, long reports and their seams, threads, and every format of one reading.

use std::sync::LazyLock;

use sayso::render::{Palette, text};
use sayso::{Engine, Reading, Report};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the model loads"));

fn read(text: &str) -> Reading {
    ENGINE.read(&Report::new(text).expect("text")).expect("a reading")
}

fn folder(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Adding a case is adding a file to `tests/cases`.
#[test]
fn cases_read_as_their_snapshots_say() {
    insta::glob!("cases/*.txt", |path| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let report = Report::open(path, None).expect("a case").with_id(name);
        insta::assert_snapshot!(text(&ENGINE.read(&report).expect("a reading"), Palette::PLAIN));
    });
}

#[test]
fn examples_read_as_their_snapshots_say() {
    for name in ["harbor-bridge", "colliery-fire", "ferry-flash", "council-interview"] {
        let report = Report::open(folder(&format!("../../examples/{name}.txt")), None).expect("an example");
        let reading = ENGINE
            .read(&report.with_id(format!("examples/{name}.txt")))
            .expect("a reading");
        insta::assert_snapshot!(name, text(&reading, Palette::PLAIN));
    }
}

#[test]
fn no_statement_is_lost_or_doubled_at_a_seam() {
    // sentences of different length, so that seams fall everywhere
    let names = [
        "Ana Ruiz",
        "the ministry",
        "Chief Inspector Noor Haddad",
        "a police officer",
        "Dr. Lee",
    ];
    let tails = [
        "",
        " in the north of the city",
        ", where the river had risen for three days and the pumps had failed one after another",
    ];
    let mut report = String::new();
    let n = 90;
    for i in 0..n {
        report += &format!(
            "{} said on Monday that {} houses had been damaged{}.\n\n",
            names[i % names.len()],
            100 + i,
            tails[i % tails.len()]
        );
    }
    let reading = read(&report);
    let numbers: Vec<usize> = reading
        .statements
        .iter()
        .filter_map(|s| s.content[0].text.split(' ').find_map(|w| w.parse().ok()))
        .collect();
    assert_eq!(numbers, (100..100 + n).collect::<Vec<_>>());
}

#[test]
fn the_result_is_the_same_on_any_number_of_threads() {
    let text: String = ["harbor-bridge", "colliery-fire", "ferry-flash", "council-interview"]
        .iter()
        .map(|n| std::fs::read_to_string(folder(&format!("../../examples/{n}.txt"))).expect("an example") + "\n\n")
        .collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        pool.install(|| serde_json::to_string(&read(&text)).expect("JSON"))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(5));
}

#[test]
fn a_statement_inside_another_names_its_parent() {
    let reading = read("The mayor said the company had admitted that the tank was never inspected.");
    let inner = reading
        .statements
        .iter()
        .find(|s| s.cue.as_ref().is_some_and(|c| c.text == "admitted"))
        .expect("the inner one");
    let parent = reading
        .statements
        .iter()
        .find(|s| Some(&s.id) == inner.nested_in.as_ref())
        .expect("its parent");
    assert_eq!(parent.cue.as_ref().map(|c| c.text.as_str()), Some("said"));
}

#[test]
fn line_ends_and_marks_of_other_systems_change_nothing() {
    let unix = read("“We were never told,” Ruiz said.\n\nThe ministry denied that.");
    let other = read("\u{feff}“We were never told,” Ruiz said.\r\n\r\nThe ministry denied that.");
    let contents = |r: &Reading| {
        r.statements
            .iter()
            .flat_map(|s| &s.content)
            .map(|c| c.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(contents(&unix), contents(&other));
}

#[test]
fn narration_alone_gives_no_statement() {
    let reading = read("Rain fell on the square. The crowd walked to the bridge and waited for the boats.");
    assert_eq!(reading.statements, []);
}

#[test]
fn hostile_texts_give_readings_that_verify() {
    let texts = [
        "\0\0 he said \0 no".to_owned(),
        "\u{202e}said he ,“on”\u{202c} and she denied it".to_owned(),
        "🙂🙂 said the 👨‍👩‍👧 that “it 🙂 works”".to_owned(),
        "“".repeat(10_000) + "he said" + &"”".repeat(10_000),
        "'a' ".repeat(3000),
        "x".repeat(50_000) + " said no.",
        "he\u{200b} said\u{200d} no\u{feff} way".to_owned(),
    ];
    for t in texts {
        let reading = serde_json::to_value(read(&t)).expect("JSON");
        let outcome = sayso::verify::verify(&reading).expect("a reading");
        assert_eq!(outcome.faults, Vec::<String>::new());
    }
}

#[test]
fn every_format_of_a_reading_holds_its_words() {
    let reading = read("“We <never> agreed,” Ruiz said. The ministry, she added, had “lied”.");
    assert_eq!(reading.statements.len(), 2);
    let csv = sayso::render::csv(std::slice::from_ref(&reading));
    assert_eq!(csv.lines().count(), 3);
    let page = sayso::render::html(&reading);
    assert!(page.contains("We &lt;never&gt; agreed") && !page.contains("<never>"));
    assert_eq!(page.matches("<mark").count(), page.matches("</mark>").count());
    for s in &reading.statements {
        assert!(page.contains(&format!("href=\"#{}\"", s.id)) && page.contains(&format!("id=\"{}\"", s.id)));
    }
    let brat = sayso::render::brat(&reading);
    assert_eq!(brat.lines().filter(|l| l.starts_with('E')).count(), 2);
    for line in brat.lines().filter(|l| l.starts_with('T')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let chars: Vec<char> = reading.report.text.chars().collect();
        let (_, ranges) = fields[1].split_once(' ').expect("offsets");
        let there: Vec<String> = ranges
            .split(';')
            .map(|r| {
                let (b, e) = r.split_once(' ').expect("two");
                chars[b.parse().expect("number")..e.parse().expect("number")]
                    .iter()
                    .collect()
            })
            .collect();
        assert_eq!(there.join(" "), fields[2]);
    }
}
