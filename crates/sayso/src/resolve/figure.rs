//! The quantities that a report gives. Comes in: its tokens; goes out: counts, sums, ages, times, distances and shares in digits or words, with bound, unit
//! and what is counted, each under the innermost statement that holds it. Dates, years, ordinals and addresses are none, and nothing is converted.

use super::context::Context;
use super::stance::phrase;
use crate::reading::{Bound, Figure};
use crate::span::TokenSpan;

/// The figures of a report, in order.
pub(super) fn figures(context: &Context<'_>) -> Vec<Figure> {
    let words = phrase::lowered(context);
    let headline = context.segmented.paragraphs.first().map_or(0, |p| p.end());
    let holders = context.holders();
    let mut out = Vec::new();
    let mut i = headline;
    while i < words.len() {
        let sentence = context.sentence_of(i);
        let glued = |a: usize| {
            a + 1 < words.len()
                && context.segmented.tokens[a].span.end() == context.segmented.tokens[a + 1].span.start()
        };
        let Some(number) = number(&words, i, sentence.end(), &glued) else {
            i += 1;
            continue;
        };
        let end = number.end;
        if let Some(read) = measure(&words, i, number, sentence, &glued) {
            out.push(Figure {
                statement: holders[i].map(|s| format!("s{}", s + 1)),
                quantity: read.quantity,
                value: read.value,
                unit: read.unit,
                bound: read.bound,
                span: context.span(read.span),
            });
            i = read.span.end().max(end);
        } else {
            i = end.max(i + 1);
        }
    }
    out
}

struct Number {
    value: f64,
    end: usize,
    digits: bool,
}

fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let at = |list: &[&str]| list.iter().position(|w| *w == word).and_then(|n| u8::try_from(n).ok());
    at(&WORDS)
        .map(f64::from)
        .or_else(|| at(&TENS).map(|n| f64::from(n + 2) * 10.0))
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(1e2),
        "thousand" | "k" => Some(1e3),
        "lakh" => Some(1e5),
        "million" | "mn" | "m" => Some(1e6),
        "crore" => Some(1e7),
        "billion" | "bn" => Some(1e9),
        "trillion" | "tn" => Some(1e12),
        "dozen" => Some(12.0),
        _ => None,
    }
}

/// A number in digits ("1,400", "2.5", "£6m") or words ("twenty-two", "two hundred") that begins at a token.
fn number(words: &[String], i: usize, high: usize, glued: &impl Fn(usize) -> bool) -> Option<Number> {
    let at = |n: usize| {
        words
            .get(n)
            .filter(|_| n < high)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let word = at(i);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let mut end = i + 1;
    let mut value;
    let in_digits = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    if in_digits {
        let suffix = &word[digits.len()..];
        if matches!(suffix, "st" | "nd" | "rd" | "th" | "s") || digits.len() > 12 {
            return None;
        }
        let mut written = digits.to_owned();
        let mut rest = suffix;
        while rest.is_empty() && matches!(at(end), "," | "." | "·") && glued(end - 1) && glued(end) {
            let group = at(end + 1);
            let only: &str = group.trim_end_matches(|c: char| c.is_ascii_lowercase());
            if only.is_empty()
                || !only.chars().all(|c| c.is_ascii_digit())
                || (at(end) == "," && only.len() != 3)
                || (at(end) != "," && written.contains('.'))
            {
                break;
            }
            if at(end) != "," {
                written.push('.');
            }
            written.push_str(only);
            rest = &words[end + 1][only.len()..];
            end += 2;
        }
        value = written.parse().ok()?;
        if let Some(by) = scale(rest).filter(|_| rest != "m" || i > 0 && money(at(i.saturating_sub(1))).is_some()) {
            value *= by;
        }
    } else if let Some(first) = small(word) {
        value = first;
        if at(end) == "-" && glued(i) && first >= 20.0 && small(at(end + 1)).is_some_and(|n| n < 10.0) {
            value += small(at(end + 1)).unwrap_or_default();
            end += 2;
        }
        if let Some(tenth) = small(at(end + 1)).filter(|_| at(end) == "point") {
            value += tenth / 10.0;
            end += 2;
        }
        if at(end) == "and" && at(end + 1) == "a" && at(end + 2) == "half" {
            value += 0.5;
            end += 3;
        }
    } else {
        let article = matches!(word, "a" | "an");
        let by = scale(at(end)).filter(|_| {
            article
                && matches!(
                    at(end),
                    "hundred" | "thousand" | "million" | "dozen" | "billion" | "lakh" | "crore"
                )
        });
        let part = match if article { at(end) } else { word } {
            "half" => Some(0.5),
            "third" if article => Some(0.33),
            "quarter" if article => Some(0.25),
            "fifth" if article => Some(0.2),
            "tenth" if article => Some(0.1),
            _ => None,
        };
        return match (by, part) {
            (Some(by), _) => Some(Number {
                value: by,
                end: end + 1,
                digits: false,
            }),
            (_, Some(part)) => Some(Number {
                value: part,
                end: end + usize::from(article),
                digits: false,
            }),
            _ if word == "both" => Some(Number {
                value: 2.0,
                end,
                digits: false,
            }),
            _ if word == "twice" => Some(Number {
                value: 2.0,
                end,
                digits: false,
            }),
            _ => None,
        };
    }
    // "two hundred and twelve", "2.4 billion"
    while let Some(by) = scale(at(end)).filter(|_| at(end).len() > 1 || glued(end - 1)) {
        if at(end) == "m" || at(end) == "k" {
            break;
        }
        value *= by;
        end += 1;
        let and = usize::from(at(end) == "and");
        if let Some(more) = small(at(end + and)).filter(|_| !in_digits && by >= 100.0) {
            let mut more_end = end + and + 1;
            let mut add = more;
            if at(more_end) == "-" && more >= 20.0 {
                add += small(at(more_end + 1)).unwrap_or_default();
                more_end += 2;
            }
            if scale(at(more_end)).is_none() {
                value += add;
                end = more_end;
            }
        }
    }
    Some(Number {
        value,
        end,
        digits: in_digits,
    })
}

fn money(sign: &str) -> Option<&'static str> {
    match sign {
        "$" => Some("USD"),
        "€" => Some("EUR"),
        "£" => Some("GBP"),
        "¥" => Some("JPY"),
        "₹" | "rs" => Some("INR"),
        "₦" => Some("NGN"),
        "kr" => Some("SEK"),
        _ => None,
    }
}

/// The unit's name of a word after a number.
fn unit(word: &str) -> Option<&'static str> {
    Some(match word {
        "%" | "percent" | "pc" => "percent",
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
        "m" | "metre" | "metres" | "meter" | "meters" => "m",
        "cm" | "centimetres" | "centimeters" => "cm",
        "mm" | "millimetre" | "millimetres" | "millimeters" => "mm",
        "mile" | "miles" => "mi",
        "mph" => "mph",
        "foot" | "feet" | "ft" => "ft",
        "inch" | "inches" => "in",
        "yards" | "yard" => "yd",
        "hour" | "hours" => "h",
        "minute" | "minutes" => "min",
        "second" | "seconds" => "s",
        "day" | "days" => "d",
        "week" | "weeks" => "week",
        "month" | "months" => "month",
        "year" | "years" => "year",
        "tonne" | "tonnes" | "ton" | "tons" => "t",
        "kg" | "kilograms" | "kilos" | "kilo" => "kg",
        "litres" | "litre" | "liters" => "l",
        "barrels" | "barrel" => "bbl",
        "gallons" => "gal",
        "acres" => "acre",
        "hectares" => "ha",
        "degrees" => "deg",
        "dollars" | "dollar" => "USD",
        "euros" | "euro" => "EUR",
        "pounds" => "GBP",
        "rupees" => "INR",
        "yen" => "JPY",
        "megawatts" | "mw" => "MW",
        "terabytes" | "terabyte" | "tb" => "TB",
        "gigabytes" | "gb" => "GB",
        "knots" => "kn",
        _ => return None,
    })
}

struct Read {
    value: f64,
    unit: Option<String>,
    bound: Bound,
    quantity: String,
    span: TokenSpan,
}

fn measure(
    words: &[String],
    i: usize,
    number: Number,
    sentence: TokenSpan,
    glued: &impl Fn(usize) -> bool,
) -> Option<Read> {
    let at = |n: usize| {
        words
            .get(n)
            .filter(|_| n < sentence.end())
            .map(String::as_str)
            .unwrap_or_default()
    };
    let before = |n: usize| {
        if i >= sentence.start() + n {
            words[i - n].as_str()
        } else {
            ""
        }
    };
    let Number {
        mut value,
        mut end,
        digits,
    } = number;
    if digits && clock_like(words, i, &mut value, &mut end, sentence.end(), glued) {
        let (bound, start) = bound(words, i, sentence.start());
        return Some(Read {
            value,
            unit: Some("o'clock".to_owned()),
            bound,
            quantity: "time of day".to_owned(),
            span: TokenSpan::new(start, end),
        });
    }
    let sign = money(before(1));
    let month = |w: &str| w.len() > 2 && super::date::is_month(w);
    let year = digits
        && value.fract() == 0.0
        && (1800.0..2200.0).contains(&value)
        && sign.is_none()
        && words[i].len() == 4
        && end == i + 1
        && unit(at(end)).is_none();
    let day = digits && value <= 31.0 && (month(at(end)) || month(before(1)) || (before(1) == "." && month(before(2))));
    let label = matches!(
        before(1),
        "item"
            | "page"
            | "no"
            | "section"
            | "article"
            | "chapter"
            | "annex"
            | "paragraph"
            | "route"
            | "highway"
            | "line"
            | "flight"
            | "room"
            | "gate"
            | "unit"
            | "exhibit"
            | "order"
            | "appendix"
            | "table"
            | "figure"
            | "channel"
            | "platform"
            | "phase"
            | "law"
            | "rule"
            | "berth"
            | "act"
            | "part"
            | "#"
            | "and/or"
    ) || (before(1) == "." && matches!(before(2), "no" | "p" | "art"))
        || (before(1) == "-" && digits && i > sentence.start() && glued(i - 1))
        || (digits
            && at(end) == "-"
            && end < words.len()
            && glued(end - 1)
            && at(end + 1).chars().all(|c| c.is_ascii_digit())
            && words[i].len() == 3);
    let indefinite = words[i] == "one"
        && (before(1) == "no"
            || matches!(
                at(end),
                "of" | "another"
                    | ","
                    | "."
                    | "who"
                    | "that"
                    | "day"
                    | "to"
                    | "in"
                    | "thing"
                    | "is"
                    | "was"
                    | "more"
                    | "side"
                    | "and"
                    | "or"
                    | "with"
                    | "can"
                    | "at"
                    | "another's"
                    | "'s"
            )
            || matches!(
                before(1),
                "this" | "that" | "the" | "any" | "every" | "which" | "some" | "another" | "each" | "only"
            ));
    let vague = words[i] == "both" && !at(end).chars().all(char::is_alphabetic);
    let listed = digits && i == sentence.start() && matches!(at(end), "." | ")");
    if year || day || label || indefinite || vague || listed || at(end) == "st" {
        return None;
    }
    let mut measured = sign.map(str::to_owned);
    let mut count = String::new();
    let mut after = end;
    if sign.is_none() {
        let hyphen = usize::from(at(after) == "-" && glued(after - 1));
        let suffix = words[end - 1].trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(found) = unit(at(after + hyphen)).or_else(|| {
            if at(after) == "per" && at(after + 1) == "cent" {
                Some("percent")
            } else {
                None
            }
        }) {
            measured = Some(found.to_owned());
            end = after + hyphen + 1 + usize::from(at(after) == "per");
            after = end;
        } else if let Some(found) = unit(suffix).filter(|_| digits && !suffix.is_empty()) {
            measured = Some(found.to_owned());
        }
    }
    for word in words
        .iter()
        .take((after + 4).min(sentence.end()))
        .skip(after)
        .map(String::as_str)
    {
        if !word.chars().all(|c| c.is_alphanumeric() || c == '-')
            || matches!(
                word,
                "in" | "at"
                    | "on"
                    | "by"
                    | "to"
                    | "from"
                    | "and"
                    | "or"
                    | "was"
                    | "were"
                    | "is"
                    | "are"
                    | "that"
                    | "who"
                    | "which"
                    | "had"
                    | "have"
                    | "has"
                    | "for"
                    | "after"
                    | "before"
                    | "with"
                    | "when"
                    | "as"
                    | "the"
                    | "but"
            )
        {
            break;
        }
        if word == "of" && count.is_empty() {
            continue;
        }
        if !count.is_empty() {
            count.push(' ');
        }
        count.push_str(word);
    }
    if count.is_empty() {
        count = measured.clone().unwrap_or_else(|| "number".to_owned());
    }
    let first = if sign.is_some() { i - 1 } else { i };
    let (bound, start) = bound(words, first, sentence.start());
    Some(Read {
        value,
        unit: measured,
        bound,
        quantity: count,
        span: TokenSpan::new(start, end),
    })
}

/// "9.52 p.m.", "21:34", "6pm": reads on into the value, in hours of the day.
fn clock_like(
    words: &[String],
    i: usize,
    value: &mut f64,
    end: &mut usize,
    high: usize,
    glued: &impl Fn(usize) -> bool,
) -> bool {
    let at = |n: usize| {
        words
            .get(n)
            .filter(|_| n < high)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let digits: String = words[i].chars().take_while(char::is_ascii_digit).collect();
    let (Ok(hour), true) = (digits.parse::<u32>(), digits.len() <= 2) else {
        return false;
    };
    let mut next = i + 1;
    let mut minutes = None;
    let mut suffix = words[i][digits.len()..].to_owned();
    if suffix.is_empty() && matches!(at(next), ":" | ".") && glued(i) && glued(next) {
        let tail = at(next + 1);
        let number: String = tail.chars().take_while(char::is_ascii_digit).collect();
        if number.len() == 2 {
            minutes = number.parse::<u32>().ok().filter(|m| *m < 60);
            suffix = tail[2..].to_owned();
            next += 2;
        }
    }
    let colon = minutes.is_some() && at(i + 1) == ":";
    if suffix.is_empty() && matches!(at(next), "a" | "p") && at(next + 1) == "." && at(next + 2) == "m" {
        suffix = format!("{}m", at(next));
        next += 3;
        next += usize::from(at(next) == "." && next + 1 < high);
    } else if suffix.is_empty() && matches!(at(next), "am" | "pm") {
        suffix = at(next).to_owned();
        next += 1;
    }
    let half = matches!(suffix.as_str(), "am" | "pm");
    if hour > 24 || !(half || (colon && suffix.is_empty())) {
        return false;
    }
    let hour = match suffix.as_str() {
        "pm" if hour < 12 => hour + 12,
        "am" if hour == 12 => 0,
        _ => hour,
    };
    let hours = f64::from(hour) + f64::from(minutes.unwrap_or(0)) / 60.0;
    *value = (hours * 100.0).round() / 100.0;
    *end = next;
    true
}

/// The bound that the words before a number set, and where they begin.
fn bound(words: &[String], i: usize, low: usize) -> (Bound, usize) {
    const BOUNDS: &[(&[&str], Bound)] = &[
        (&["no", "fewer", "than"], Bound::AtLeast),
        (&["no", "less", "than"], Bound::AtLeast),
        (&["not", "less", "than"], Bound::AtLeast),
        (&["as", "many", "as"], Bound::AtMost),
        (&["as", "much", "as"], Bound::AtMost),
        (&["no", "more", "than"], Bound::AtMost),
        (&["not", "more", "than"], Bound::AtMost),
        (&["at", "least"], Bound::AtLeast),
        (&["more", "than"], Bound::AtLeast),
        (&["upwards", "of"], Bound::AtLeast),
        (&["upward", "of"], Bound::AtLeast),
        (&["at", "most"], Bound::AtMost),
        (&["less", "than"], Bound::AtMost),
        (&["fewer", "than"], Bound::AtMost),
        (&["up", "to"], Bound::AtMost),
        (&["just", "under"], Bound::AtMost),
        (&["just", "over"], Bound::AtLeast),
        (&["over"], Bound::AtLeast),
        (&["exceeding"], Bound::AtLeast),
        (&["minimum"], Bound::AtLeast),
        (&["under"], Bound::AtMost),
        (&["within"], Bound::AtMost),
        (&["below"], Bound::AtMost),
        (&["above"], Bound::AtLeast),
        (&["maximum"], Bound::AtMost),
        (&["close", "to"], Bound::About),
        (&["in", "the", "region", "of"], Bound::About),
        (&["an", "estimated"], Bound::About),
        (&["about"], Bound::About),
        (&["around"], Bound::About),
        (&["some"], Bound::About),
        (&["roughly"], Bound::About),
        (&["approximately"], Bound::About),
        (&["nearly"], Bound::About),
        (&["almost"], Bound::About),
        (&["estimated"], Bound::About),
        (&["perhaps"], Bound::About),
        (&["circa"], Bound::About),
    ];
    for (phrase, bound) in BOUNDS {
        if i >= low + phrase.len() && words[i - phrase.len()..i].iter().zip(*phrase).all(|(a, b)| a == b) {
            return (*bound, i - phrase.len());
        }
    }
    (Bound::Exactly, i)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, Option<String>, Bound)> {
        let Ok(report) = crate::report::Report::new(format!("x\n{text}")) else {
            return Vec::new();
        };
        let segmented = crate::segment::segment(&report);
        figures(&Context::new(&report, &segmented, &[]))
            .into_iter()
            .map(|f| (f.value, f.unit, f.bound))
            .collect()
    }

    #[test]
    fn digits_and_words_are_read_with_their_bounds() {
        assert_eq!(read("At least 1,400 people came."), [(1400.0, None, Bound::AtLeast)]);
        assert_eq!(read("About twenty-two miners left."), [(22.0, None, Bound::About)]);
        assert_eq!(
            read("They paid $2.4 billion."),
            [(2.4e9, Some("USD".to_owned()), Bound::Exactly)]
        );
        assert_eq!(
            read("It fell 8.1 per cent."),
            [(8.1, Some("percent".to_owned()), Bound::Exactly)]
        );
    }

    #[test]
    fn times_count_in_hours_of_the_day() {
        assert_eq!(
            read("He left at 6.12pm."),
            [(18.2, Some("o'clock".to_owned()), Bound::Exactly)]
        );
        assert_eq!(
            read("He left at 8 p.m. that day."),
            [(20.0, Some("o'clock".to_owned()), Bound::Exactly)]
        );
    }

    #[test]
    fn years_days_and_pronouns_are_no_figures() {
        assert_eq!(read("No one came on 14 March 2031 or in 1999."), []);
    }
}
