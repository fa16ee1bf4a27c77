//! The day of an utterance. Comes in: the attributions of a report and the day it was published; goes out: the day of each, where a weekday, a date or
//! "two days later" beside the cue fixes it. It never takes the day of what is told for the day of the telling, and never guesses one.

use super::context::Context;
use super::stance::phrase;
use crate::reading::Day;
use crate::span::TokenSpan;

/// Days since 1 March 0000 of the Gregorian calendar, and back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Date(i64);

impl Date {
    fn new(year: i64, month: i64, day: i64) -> Self {
        let y = year - i64::from(month <= 2);
        let (era, m) = (y.div_euclid(400), (month + 9) % 12);
        let of_era = y.rem_euclid(400);
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day - 1)
    }

    fn parse(day: &str) -> Option<Self> {
        let mut parts = day.splitn(3, '-').map(str::parse);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => Some(Self::new(y, m, d)),
            _ => None,
        }
    }

    fn civil(self) -> (i64, i64, i64) {
        let (era, of_era) = (self.0.div_euclid(146_097), self.0.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let m = (5 * of_year + 2) / 153;
        let month = if m < 10 { m + 3 } else { m - 9 };
        (
            year + era * 400 + i64::from(month <= 2),
            month,
            of_year - (153 * m + 2) / 5 + 1,
        )
    }

    /// 0 for Monday.
    fn weekday(self) -> i64 {
        (self.0 + 2).rem_euclid(7)
    }

    fn text(self) -> String {
        let (y, m, d) = self.civil();
        format!("{y:04}-{m:02}-{d:02}")
    }
}

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const SHORT_WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(word: &str) -> Option<i64> {
    let at = MONTHS
        .iter()
        .position(|m| *m == word || (word.len() >= 3 && word != "mar" && m.starts_with(word) && word.len() <= 4))?;
    i64::try_from(at + 1).ok()
}

/// Whether a word in lower case is a month's name or its abbreviation.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

fn ordinal(word: &str) -> Option<i64> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let rest = &word[digits.len()..];
    if !matches!(rest, "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

/// The day of each attribution's utterance.
pub(super) fn days(context: &Context<'_>) -> Vec<Option<Day>> {
    let Some(published) = context.report.published().and_then(Date::parse) else {
        return vec![None; context.attributions.len()];
    };
    let words = phrase::lowered(context);
    let mut out: Vec<Option<Day>> = (0..context.attributions.len())
        .map(|i| day(context, &words, published, i))
        .collect();
    let opening = context
        .segmented
        .paragraphs
        .get(..context.segmented.paragraphs.len().min(4))
        .and_then(|p| p.last())
        .map_or(0, |p| p.end());
    let turns: Vec<bool> = context
        .attributions
        .iter()
        .map(|a| a.cue.is_some_and(|c| context.text(c) == ":"))
        .collect();
    if turns.iter().filter(|t| **t).count() >= 4 {
        // a transcript's turns are of the day that its opening lines give
        let given = (0..opening).find_map(|i| expression(&words, i, 0, opening, published));
        if let Some((span, date)) = given {
            let day = Day {
                value: date.text(),
                span: Some(context.span(span)),
            };
            for (i, turn) in turns.iter().enumerate() {
                if *turn && out[i].is_none() {
                    out[i] = Some(day.clone());
                }
            }
        }
    }
    follow(context, &words, &mut out);
    out
}

/// A statement that follows in the same paragraph by the same source, or by a pronoun, keeps the day.
fn follow(context: &Context<'_>, words: &[String], out: &mut [Option<Day>]) {
    let mut before: Option<(usize, usize)> = None; // paragraph, attribution
    for i in 0..out.len() {
        if context.parents[i].is_some() {
            continue;
        }
        let paragraph = context.paragraph_of(context.anchor(i));
        let a = &context.attributions[i];
        if let Some((_, earlier)) = before.filter(|(p, _)| *p == paragraph || *p + 1 == paragraph) {
            let other = context.attributions[earlier].source;
            let pronoun = a
                .source
                .is_none_or(|s| s.len() == 1 && matches!(words[s.start()].as_str(), "he" | "she" | "they" | "it"));
            let same = a.source.is_some()
                && (a.source == other
                    || other.is_some_and(|o| a.source.is_some_and(|s| words[s.range()] == words[o.range()])));
            let last = |s: TokenSpan| {
                words[s.range()]
                    .iter()
                    .take_while(|w| !matches!(w.as_str(), "," | "of" | "who"))
                    .last()
                    .cloned()
            };
            let same = same || other.is_some_and(|o| a.source.is_some_and(|s| last(s) == last(o)));
            let past = a
                .cue
                .is_some_and(|c| words[c.range()].iter().all(|w| !w.ends_with('s') || w.ends_with("ss")));
            if out[i].is_none() && (same || pronoun) && past {
                out[i] = out[earlier].clone();
            }
        }
        before = Some((paragraph, i));
    }
}

fn day(context: &Context<'_>, words: &[String], published: Date, attribution: usize) -> Option<Day> {
    let a = &context.attributions[attribution];
    let cue = a.cue?;
    let sentence = context.sentence_of(cue.start());
    let mut low = sentence.start();
    let mut high = sentence.end();
    if let Some(parent) = context.parents[attribution] {
        let piece = context.attributions[parent].content.iter().find(|c| c.contains(cue))?;
        (low, high) = (low.max(piece.start()), high.min(piece.end()));
    }
    let inside = |i: usize| {
        let hidden = |n: usize| {
            context.attributions[n]
                .content
                .iter()
                .any(|c| c.range().contains(&i) && !c.contains(cue))
        };
        let window = attribution.saturating_sub(4)..(attribution + 5).min(context.attributions.len());
        window.into_iter().any(hidden)
    };
    let found = (low..high)
        .filter(|i| !inside(*i))
        .filter_map(|i| {
            expression(words, i, low, high, published).map(|(span, date)| (distance(words, span, cue), span, date))
        })
        .filter(|(d, _, _)| *d <= 14)
        .min_by_key(|(d, span, _)| (*d, span.start()));
    let (_, span, date) = found?;
    Some(Day {
        value: date.text(),
        span: Some(context.span(span)),
    })
}

const VEHICLES: &[&str] = &[
    "letter",
    "letters",
    "statement",
    "note",
    "report",
    "post",
    "item",
    "release",
    "communiqué",
    "briefing",
    "conference",
    "bulletin",
    "e",
    "email",
    "mail",
    "circular",
    "memo",
    "speech",
    "interview",
    "article",
    "filing",
    "ruling",
    "judgment",
    "affidavit",
    "leaflet",
    "tweet",
    "address",
    "message",
    "story",
    "notice",
    "testimony",
];

/// How far from the cue: words between, marks that end a clause counting more.
fn distance(words: &[String], span: TokenSpan, cue: TokenSpan) -> usize {
    let between = if span.start() >= cue.end() {
        cue.end()..span.start()
    } else {
        span.end()..cue.start().max(span.end())
    };
    let after_noun = span.start() > 0
        && matches!(
            words[span.start() - 1].as_str(),
            "of" | "since" | "until" | "by" | "before" | "after" | "from" | "till" | "for"
        );
    // "in a letter of 9 June": the day of the letter is that of its words
    let vehicle =
        span.start() > 1 && words[span.start() - 1] == "of" && VEHICLES.contains(&words[span.start() - 2].as_str());
    let after_noun = after_noun && !vehicle;
    let possessive = words.get(span.end()).is_some_and(|w| w == "'s");
    between
        .map(|i| {
            if matches!(
                words[i].as_str(),
                ";" | "but" | "who" | "which" | "after" | "when" | "—" | "–" | "that"
            ) {
                8
            } else {
                1
            }
        })
        .sum::<usize>()
        + if after_noun { 20 } else { 0 }
        + if possessive { 20 } else { 0 }
}

/// An expression of a day that begins at a token.
fn expression(words: &[String], i: usize, low: usize, high: usize, published: Date) -> Option<(TokenSpan, Date)> {
    let word = words[i].as_str();
    let next = |n: usize| {
        words
            .get(i + n)
            .filter(|_| i + n < high)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let previous = if i > low { words[i - 1].as_str() } else { "" };
    let span = |n: usize| TokenSpan::new(i, i + n);
    match word {
        "today" | "tonight" => return Some((span(1), published)),
        "yesterday" => return Some((span(1), Date(published.0 - 1))),
        "this" if matches!(next(1), "morning" | "afternoon" | "evening") => return Some((span(2), published)),
        "last" if next(1) == "night" => return Some((span(2), Date(published.0 - 1))),
        "earlier" if next(1) == "today" => return Some((span(2), published)),
        _ => {}
    }
    if let Some(weekday) = weekday(word) {
        if let Some(exact) = calendar(words, i + 1, high, published).filter(|(s, _)| s.start() == i + 1) {
            return Some((TokenSpan::new(i, exact.0.end()), exact.1));
        }
        if matches!(previous, "next" | "until" | "every" | "each" | "for") {
            return None;
        }
        let mut back = (published.weekday() - weekday).rem_euclid(7);
        if previous == "last" && back == 0 {
            back = 7;
        }
        return Some((span(1), Date(published.0 - back)));
    }
    calendar(words, i, high, published)
}

fn weekday(word: &str) -> Option<i64> {
    let at = WEEKDAYS.iter().position(|w| *w == word).or_else(|| {
        SHORT_WEEKDAYS
            .iter()
            .position(|w| *w == word && !matches!(word, "sat" | "sun" | "wed"))
    })?;
    i64::try_from(at).ok()
}

/// "14 March", "March 14, 2031", "Oct. 30": the nearest such day not after the report's.
fn calendar(words: &[String], i: usize, high: usize, published: Date) -> Option<(TokenSpan, Date)> {
    let i = if words.get(i).is_some_and(|w| w == ",") {
        i + 1
    } else {
        i
    };
    let at = |n: usize| {
        words
            .get(n)
            .filter(|_| n < high)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let year = |n: usize| {
        at(n)
            .parse::<i64>()
            .ok()
            .filter(|y| (1900..2200).contains(y) && at(n).len() == 4)
    };
    let (day, month, mut end) = match (ordinal(at(i)), month(at(i + 1)), month(at(i))) {
        (Some(day), Some(month), _) => (day, month, i + 2),
        (_, _, Some(month)) => {
            let skip = usize::from(at(i + 1) == ".");
            (ordinal(at(i + 1 + skip))?, month, i + 2 + skip)
        }
        _ => return None,
    };
    let stop = usize::from(matches!(at(end), "," | "."));
    let given = year(end + stop);
    if given.is_some() {
        end += stop + 1;
    }
    let this_year = published.civil().0;
    let mut date = Date::new(given.unwrap_or(this_year), month, day);
    if given.is_none() && date.0 > published.0 + 1 {
        date = Date::new(this_year - 1, month, day);
    }
    (date <= published).then(|| (TokenSpan::new(i, end), date))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        let words = phrase::split(&text.to_lowercase());
        let published = Date::parse("2031-03-06")?; // a Thursday
        (0..words.len())
            .find_map(|i| expression(&words, i, 0, words.len(), published))
            .map(|(_, d)| d.text())
    }

    #[test]
    fn days_are_counted_back_from_the_reports_own() {
        assert_eq!(found("said on Tuesday").as_deref(), Some("2031-03-04"));
        assert_eq!(found("said Thursday").as_deref(), Some("2031-03-06"));
        assert_eq!(found("said yesterday").as_deref(), Some("2031-03-05"));
        assert_eq!(found("a note of 10 February 2030").as_deref(), Some("2030-02-10"));
        assert_eq!(found("on Dec. 30 they said").as_deref(), Some("2030-12-30"));
        assert_eq!(found("said next week"), None);
    }

    #[test]
    fn the_calendar_goes_there_and_back() {
        for day in ["2000-02-29", "2031-01-01", "1999-12-31", "2024-03-01"] {
            assert_eq!(Date::parse(day).map(Date::text).as_deref(), Some(day));
        }
        assert_eq!(Date::new(2031, 3, 6).weekday(), 3);
    }
}
