//! Any bytes: decoded or refused; a text is segmented without loss, and its quotations lie in order within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso::Report;

fuzz_target!(|bytes: &[u8]| {
    for encoding in [None, Some("auto")] {
        let Ok(report) = Report::from_bytes(bytes, encoding) else { continue };
        let s = sayso::segment::segment(&report);
        let mut end = 0;
        for t in &s.tokens {
            assert!(t.span.start() >= end && !t.span.is_empty());
            assert!(report.text()[end..t.span.start()].chars().all(|c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)));
            end = t.span.end();
        }
        for spans in [&s.paragraphs, &s.sentences] {
            assert_eq!(spans.iter().map(|x| x.len()).sum::<usize>(), s.tokens.len());
        }
        for q in &s.quotations {
            report.slice(s.bytes(q.span));
            assert!(q.opening + q.closing <= q.span.len());
        }
    }
});
