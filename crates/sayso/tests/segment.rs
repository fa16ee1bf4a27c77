//! Segmentation of any text at all: spans in bounds, on character boundaries, in order; nothing lost.

use proptest::prelude::*;
use sayso::Report;
use sayso::segment::{Segmented, segment};

/// Text of the characters that make trouble: marks, apostrophes, spaces and line ends of all kinds, wide, combining and invisible characters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,6}",
        2 => "[ \t]{1,2}",
        1 => "(\n|\r\n|\n\n|\r)",
        3 => "[\"'“”‘’«»„‹›`「」]{1,3}",
        2 => "[.,;:!?…—–()-]",
        1 => "['’](s|em|re|90s)",
        1 => "[0-9]{1,4}",
        1 => "[\u{0}\u{200b}\u{202e}\u{feff}\u{301}é漢🙂\u{1f468}\u{200d}\u{1f469}]",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..120).prop_map(|v| v.concat())
}

fn check(report: &Report, s: &Segmented) {
    let text = report.text();
    let mut end = 0;
    for t in &s.tokens {
        assert!(t.span.start() >= end && !t.span.is_empty(), "in order");
        assert!(text.get(t.span.range()).is_some(), "on character boundaries");
        let between = &text[end..t.span.start()];
        assert!(
            between
                .chars()
                .all(|c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)),
            "lost: {between:?}"
        );
        end = t.span.end();
    }
    assert!(
        text[end..]
            .chars()
            .all(|c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)),
        "lost at the end"
    );
    for spans in [&s.paragraphs, &s.sentences] {
        let mut at = 0;
        for x in spans {
            assert_eq!(x.start(), at, "without gap");
            assert!(!x.is_empty());
            at = x.end();
        }
        assert_eq!(at, s.tokens.len(), "to the end");
    }
    for x in &s.sentences {
        assert_eq!(
            s.paragraph_of(x.start()),
            s.paragraph_of(x.end() - 1),
            "a sentence lies in one paragraph"
        );
    }
    assert_eq!(s.states.len(), s.tokens.len());
    let mut last = 0;
    for q in &s.quotations {
        assert!(q.span.start() >= last && q.span.end() <= s.tokens.len(), "in order");
        last = q.span.start();
        assert!(q.opening >= 1 && q.opening + q.closing <= q.span.len());
        assert_eq!(
            s.paragraph_of(q.span.start()),
            s.paragraph_of(q.span.end() - 1),
            "a piece lies in one paragraph"
        );
        if q.goes_on {
            assert!(q.closing == 0 && s.paragraphs[s.paragraph_of(q.span.start())].end() == q.span.end());
        }
    }
    // closed quotations nest, and never cross
    let mut open: Vec<usize> = Vec::new();
    for q in s.quotations.iter().filter(|q| q.closed) {
        while open.last().is_some_and(|e| *e <= q.span.start()) {
            open.pop();
        }
        if let Some(e) = open.last() {
            assert!(q.span.end() <= *e, "quotations cross");
        }
        open.push(q.span.end());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_segmented_without_loss(text in text()) {
        if let Ok(report) = Report::new(text) {
            check(&report, &segment(&report));
        }
    }

    #[test]
    fn a_fault_in_one_paragraph_leaves_the_quotations_of_the_others(text in "[a-z\"“”‘’' ,.]{0,60}") {
        let after = "“Enough,” she said.";
        let report = Report::new(format!("{text}\nThen nothing.\n{after}")).expect("text");
        let s = segment(&report);
        let last = s.quotations.last().expect("a quotation");
        prop_assert_eq!(report.slice(s.bytes(last.span)), "“Enough,”");
        prop_assert!(last.closed && !last.continues);
    }
}
