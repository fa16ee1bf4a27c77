//! Quotation marks, matched exactly: straight and curly double, single beside apostrophes, guillemets and low marks, nested, over paragraphs.
//!
//! The rules, in this order. A mark pairs only within its paragraph. Double marks pair first, by form and by the space around them; an
//! opening mark that stands where another of its form is still open shows that the earlier one lost its partner. Single marks pair next, among
//! those that lie in the same double quotation: an apostrophe never opens, and a closing candidate that may be a plural possessive
//! ("officers' account") yields to a later one before the next opening. An opening mark without partner runs to the end of its paragraph; when the
//! next paragraph opens with the same mark, the two are pieces of one quotation, else it is `closed: false` and nothing relies on it. So a
//! stray or missing mark costs its own paragraph at most. One pass, linear in the text.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::token::{Token, is_space, is_word_character};
use crate::span::TokenSpan;

static ELISIONS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| crate::lexicon::entries(include_str!("../../lexicons/elisions.txt")).collect());

/// How far down a stack of open marks a closing mark looks for its partner: deeper nesting is no prose, and this keeps the time linear.
const REACH: usize = 16;

/// One quotation, or one paragraph's piece of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, marks included.
    pub span: TokenSpan,
    /// Tokens of the opening mark (two for ``).
    pub opening: usize,
    /// Tokens of the closing mark; 0 where a later paragraph closes it, or nothing does.
    pub closing: usize,
    /// Its marks are in order: it is closed here, or goes on in the next paragraph.
    pub closed: bool,
    /// It goes on in the next quotation of the list that `continues`.
    pub goes_on: bool,
    /// It continues the piece in the paragraph before.
    pub continues: bool,
    /// How many quotations it lies in.
    pub depth: u32,
}

impl Quotation {
    /// The tokens between the marks.
    pub fn inner(&self) -> TokenSpan {
        TokenSpan::new(self.span.start() + self.opening, self.span.end() - self.closing)
    }
}

/// A token's place in a quotation; the numbers are the tagger's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum QuotationState {
    /// In none.
    Outside = 0,
    /// In one.
    Inside = 1,
    /// An opening mark.
    Opening = 2,
    /// A closing mark.
    Closing = 3,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// `"`, and the curly ones, which copy desks mix.
    Double,
    /// « and », ‹ and ›
    Guillemet,
    /// 「 and 」, 『 and 』
    Corner,
    /// `'`, ‘ and ’
    Single,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    token: usize,
    tokens: usize,
    form: Form,
    /// The glyph, to tell whether the next paragraph opens with the same.
    glyph: char,
    can_open: bool,
    can_close: bool,
    /// Its form or the space around it leave no doubt that it opens.
    must_open: bool,
    /// A closing single mark that may be a plural possessive's apostrophe.
    possessive: bool,
}

/// All quotations of a text, in the order of their opening marks.
pub(super) fn quotations(text: &str, tokens: &[Token], paragraphs: &[TokenSpan]) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut opener_before: Option<(usize, char)> = None; // an unclosed quotation that reaches the end of the paragraph before
    for (n, p) in paragraphs.iter().enumerate() {
        let marks = marks(text, tokens, *p);
        let next_glyph = paragraphs.get(n + 1).and_then(|q| glyph_at(text, tokens, q.start()));
        let begin = out.len();
        let unclosed = pair_paragraph(&marks, *p, next_glyph, &mut out, begin);
        out[begin..].sort_by_key(|q| (q.span.start(), std::cmp::Reverse(q.span.end())));
        set_depths(&mut out[begin..]);
        if let Some((index, glyph)) = opener_before
            && let Some(first) = out[begin..].first_mut()
            && first.span.start() == p.start()
            && marks.first().is_some_and(|m| m.glyph == glyph)
        {
            first.continues = true;
            out[index].goes_on = true;
            out[index].closed = true;
        }
        opener_before = None;
        // the outermost unclosed mark, when it reaches the paragraph's end, no quotation that it began in ends before it does, and the next
        // paragraph opens with the same
        if let Some(mark) = unclosed
            && next_glyph == Some(mark.glyph)
            && !out[begin..]
                .iter()
                .any(|q| q.closed && q.span.range().contains(&mark.token) && q.span.end() < p.end())
            && let Some(index) =
                (begin..out.len()).find(|i| out[*i].span.start() == mark.token && out[*i].span.end() == p.end())
        {
            opener_before = Some((index, mark.glyph));
        }
    }
    out
}

/// Pairs the marks of a paragraph, pushes the quotations, and returns the first mark whose quotation runs to the paragraph's end.
fn pair_paragraph(
    marks: &[Mark],
    p: TokenSpan,
    next_glyph: Option<char>,
    out: &mut Vec<Quotation>,
    begin: usize,
) -> Option<Mark> {
    let mut unclosed: Option<Mark> = None;
    let mut lost = |open: &Mark, end: usize, out: &mut Vec<Quotation>| {
        out.push(Quotation {
            span: TokenSpan::new(open.token, end),
            opening: open.tokens,
            closing: 0,
            closed: false,
            goes_on: false,
            continues: false,
            depth: 0,
        });
        if end == p.end() && unclosed.is_none_or(|u| open.token < u.token) {
            unclosed = Some(*open);
        }
    };
    let closed = |open: &Mark, close: &Mark| Quotation {
        span: TokenSpan::new(open.token, close.token + close.tokens),
        opening: open.tokens,
        closing: close.tokens,
        closed: true,
        goes_on: false,
        continues: false,
        depth: 0,
    };

    // doubles
    let mut stack: Vec<Mark> = Vec::new();
    for m in marks.iter().filter(|m| m.form != Form::Single) {
        let partner = stack
            .iter()
            .rev()
            .take(REACH)
            .position(|o| o.form == m.form)
            .map(|back| stack.len() - 1 - back);
        match partner {
            Some(at) if m.can_close && !m.must_open => {
                for o in stack.drain(at + 1..) {
                    lost(&o, m.token, out);
                }
                if let Some(o) = stack.pop() {
                    out.push(closed(&o, m));
                }
            }
            Some(at) if m.can_open && m.glyph == '"' => {
                // the same straight mark cannot nest in itself: the earlier one lost its partner
                for o in stack.drain(at..) {
                    lost(&o, m.token, out);
                }
                stack.push(*m);
            }
            _ if m.can_open => stack.push(*m),
            _ => {}
        }
    }
    // one that is never closed ends where the next of its glyph opens
    for o in &stack {
        let later = marks.partition_point(|m| m.token <= o.token);
        let next = marks[later..].iter().find(|m| m.glyph == o.glyph && m.can_open);
        lost(o, next.map_or(p.end(), |m| m.token), out);
    }

    // singles, region by region: those that lie in the same double quotation
    out[begin..].sort_by_key(|q| (q.span.start(), std::cmp::Reverse(q.span.end())));
    let mut regions: Vec<(usize, Vec<Mark>)> = vec![(p.end(), Vec::new())];
    let mut done: Vec<Vec<Mark>> = Vec::new();
    let mut doubles = out[begin..].iter().filter(|q| q.closed).peekable();
    for m in marks.iter().filter(|m| m.form == Form::Single) {
        loop {
            // leave the regions that end before this mark, enter those that open before it, in order
            let next = doubles.peek().map(|q| (q.span.start(), q.span.end()));
            let top = regions.last().map_or(p.end(), |r| r.0);
            match next {
                Some((start, end)) if start < m.token && start < top => {
                    doubles.next();
                    if end > m.token {
                        regions.push((end, Vec::new()));
                    }
                }
                _ if top <= m.token && regions.len() > 1 => {
                    if let Some((_, group)) = regions.pop() {
                        done.push(group);
                    }
                }
                _ => break,
            }
        }
        if let Some((_, group)) = regions.last_mut() {
            group.push(*m);
        }
    }
    done.extend(regions.into_iter().map(|r| r.1));
    for group in done {
        pair_singles(&group, p, next_glyph, |open, close| match close {
            Some(c) => out.push(closed(open, c)),
            None => lost(open, p.end(), out),
        });
    }
    unclosed
}

/// Pairs the single marks of one region; an opening mark without partner is handed on with `None` when nothing but a quotation can explain it.
fn pair_singles(group: &[Mark], p: TokenSpan, next_glyph: Option<char>, mut emit: impl FnMut(&Mark, Option<&Mark>)) {
    let n = group.len();
    // from the right: the next sure closing mark, the next possible one, and the next sure opening, at or after each place
    let mut sure = vec![n; n + 1];
    let mut possible = vec![n; n + 1];
    let mut opening = vec![n; n + 1];
    for i in (0..n).rev() {
        let m = &group[i];
        let closes = m.can_close && !m.must_open;
        sure[i] = if closes && !m.possessive { i } else { sure[i + 1] };
        possible[i] = if closes { i } else { possible[i + 1] };
        opening[i] = if m.must_open { i } else { opening[i + 1] };
    }
    let mut i = 0;
    while i < n {
        let m = &group[i];
        if !m.can_open {
            i += 1;
            continue;
        }
        let limit = opening[i + 1];
        let close = [sure[i + 1], possible[i + 1]].into_iter().find(|c| *c < limit);
        match close {
            Some(c) => {
                emit(m, Some(&group[c]));
                i = c + 1;
            }
            None => {
                // it opens the paragraph, or is curly, or the next paragraph opens with its like: a quotation that goes on, or lost its end
                let goes_on = m.must_open && next_glyph == Some(m.glyph);
                if limit == n && (m.token == p.start() || m.glyph == '‘' || goes_on) {
                    emit(m, None);
                }
                i += 1;
            }
        }
    }
}

fn set_depths(quotations: &mut [Quotation]) {
    let mut ends: Vec<usize> = Vec::new();
    for q in quotations {
        while ends.last().is_some_and(|e| *e <= q.span.start()) {
            ends.pop();
        }
        q.depth = ends.len() as u32;
        ends.push(q.span.end());
    }
}

/// For each token its place; where quotations nest, a mark of any of them is a mark.
pub(super) fn states(tokens: usize, quotations: &[Quotation]) -> Vec<QuotationState> {
    let mut change = vec![0i32; tokens + 1];
    let mut out = vec![QuotationState::Outside; tokens];
    for q in quotations {
        change[q.span.start()] += 1;
        change[q.span.end()] -= 1;
    }
    let mut depth = 0;
    for (state, change) in out.iter_mut().zip(&change) {
        depth += change;
        if depth > 0 {
            *state = QuotationState::Inside;
        }
    }
    for q in quotations {
        out[q.span.start()..q.span.start() + q.opening].fill(QuotationState::Opening);
        out[q.span.end() - q.closing..q.span.end()].fill(QuotationState::Closing);
    }
    out
}

fn glyph_at(text: &str, tokens: &[Token], i: usize) -> Option<char> {
    text[tokens[i].span.range()].chars().next()
}

fn marks(text: &str, tokens: &[Token], p: TokenSpan) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut i = p.start();
    while i < p.end() {
        let span = tokens[i].span;
        let (mut form, glyph) = match &text[span.range()] {
            "\"" => (Form::Double, '"'),
            "“" => (Form::Double, '“'),
            "”" => (Form::Double, '”'),
            "„" => (Form::Double, '„'),
            "‟" => (Form::Double, '“'),
            "«" | "‹" => (Form::Guillemet, '«'),
            "»" | "›" => (Form::Guillemet, '»'),
            "「" | "『" => (Form::Corner, '「'),
            "」" | "』" => (Form::Corner, '」'),
            "'" => (Form::Single, '\''),
            "‘" | "‛" => (Form::Single, '‘'),
            "’" => (Form::Single, '’'),
            "`" => (Form::Single, '`'),
            _ => {
                i += 1;
                continue;
            }
        };
        let mut count = 1;
        // `` and '' of wire copy, only as a pair of characters side by side
        if matches!(glyph, '\'' | '`')
            && i + 1 < p.end()
            && tokens[i + 1].span.start() == span.end()
            && text[tokens[i + 1].span.range()].starts_with(glyph)
            && tokens[i + 1].span.len() == 1
        {
            form = Form::Double;
            count = 2;
        }
        let end = tokens[i + count - 1].span.end();
        let before = text[..span.start()].chars().next_back();
        let after = text[end..].chars().next();
        let space_before = before.is_none_or(is_space);
        let space_after = after.is_none_or(is_space);
        let word_before = before.is_some_and(is_word_character);
        let word_after = after.is_some_and(is_word_character);
        let starts = i == p.start();
        let ends = i + count == p.end();
        let next_word = if word_after && i + count < p.end() {
            &text[tokens[i + count].span.range()]
        } else {
            ""
        };
        let elided = || {
            ELISIONS.contains(next_word.to_lowercase().as_str())
                || next_word.trim_end_matches('s').bytes().all(|b| b.is_ascii_digit()) && !next_word.is_empty()
        };
        let mut mark = Mark {
            token: i,
            tokens: count,
            form,
            glyph,
            can_open: false,
            can_close: false,
            must_open: false,
            possessive: false,
        };
        match (form, glyph) {
            (Form::Double, '"' | '\'') => {
                let ends_a_word = word_before && !word_after;
                mark.can_open = starts || !(ends || ends_a_word || (space_after && !space_before));
                let begins_a_word = space_before && !space_after && !ends;
                mark.can_close = !(starts || begins_a_word);
                mark.must_open = space_before && word_after && !ends;
            }
            (Form::Double, '„' | '`') => (mark.can_open, mark.must_open) = (true, true),
            // “ closes after „, and a ” that stands before a word opens (Swedish)
            (Form::Double, '“') => {
                mark.can_open = true;
                mark.can_close = !space_before && !word_after && !starts && has_low(&out);
                mark.must_open = !mark.can_close;
            }
            (Form::Double, _) => {
                mark.can_close = true;
                mark.can_open = space_before && word_after;
            }
            (Form::Guillemet | Form::Corner, g) => {
                let opens = matches!(g, '«' | '「');
                // reversed marks (»so«) are told by the space around them
                let reversed = form == Form::Guillemet
                    && if opens {
                        word_before && !word_after
                    } else {
                        (space_before || starts) && word_after
                    };
                mark.can_open = opens != reversed;
                mark.can_close = opens == reversed;
                mark.must_open = mark.can_open;
            }
            (Form::Single, '‘') => {
                mark.can_open = !word_before && (starts || !elided());
                mark.must_open = mark.can_open;
            }
            (Form::Single, _) => {
                mark.can_open = glyph != '’' && !word_before && !space_after && !ends && !elided();
                mark.can_close = !space_before && !word_after && !starts;
                mark.must_open = mark.can_open && (space_before || starts) && word_after;
                let plural = word_before && before.is_some_and(|c| matches!(c, 's' | 'S' | 'z' | 'x'));
                mark.possessive = plural
                    && space_after
                    && text[end..]
                        .trim_start_matches([' ', '\u{a0}'])
                        .starts_with(is_word_character);
            }
        }
        out.push(mark);
        i += count;
    }
    out
}

fn has_low(marks: &[Mark]) -> bool {
    marks.iter().rev().take(REACH).any(|m| m.glyph == '„')
}

#[cfg(test)]
mod tests {
    use crate::{Report, segment::segment};

    /// The quotations of a text, an unclosed one followed by "…", one that goes on by "+".
    fn found(text: &str) -> Vec<String> {
        let report = Report::new(text).expect("text");
        let s = segment(&report);
        s.quotations
            .iter()
            .map(|q| {
                format!(
                    "{}{}",
                    report.slice(s.bytes(q.span)),
                    if q.goes_on {
                        "+"
                    } else if q.closed {
                        ""
                    } else {
                        "…"
                    }
                )
            })
            .collect()
    }

    #[test]
    fn straight_and_curly_doubles_pair() {
        assert_eq!(found("\"No,\" he said. \"Never.\""), ["\"No,\"", "\"Never.\""]);
        assert_eq!(found("He said “no”, then “never”."), ["“no”", "“never”"]);
        assert_eq!(found("He said “no\" again."), ["“no\""]);
    }

    #[test]
    fn british_singles_stand_beside_apostrophes() {
        assert_eq!(
            found("'The officers' account isn't right,' she said of '90s rules."),
            ["'The officers' account isn't right,'"]
        );
        assert_eq!(
            found("The 'experts' said the boys' fault was 'never' proven."),
            ["'experts'", "'never'"]
        );
        assert_eq!(
            found("‘It’s the miners’ money,’ he said. ‘Give ’em time.’"),
            ["‘It’s the miners’ money,’", "‘Give ’em time.’"]
        );
        assert_eq!(
            found("The officers' account and the drivers' account differ."),
            Vec::<String>::new()
        );
        assert_eq!(found("rock 'n' roll in the '80s"), Vec::<String>::new());
    }

    #[test]
    fn nested_pairs_keep_their_order() {
        assert_eq!(
            found("“He told me ‘no’ twice,” she said."),
            ["“He told me ‘no’ twice,”", "‘no’"]
        );
        assert_eq!(
            found("'He told me \"no\" twice,' she said."),
            ["'He told me \"no\" twice,'", "\"no\""]
        );
        assert_eq!(
            found("\"The 'garbage' story,\" he said."),
            ["\"The 'garbage' story,\"", "'garbage'"]
        );
    }

    #[test]
    fn guillemets_low_marks_and_wire_marks_pair() {
        assert_eq!(found("« Non », dit-il. «Jamais.»"), ["« Non »", "«Jamais.»"]);
        assert_eq!(found("»Nein«, sagte er. „Nie“, sagte sie."), ["»Nein«", "„Nie“"]);
        assert_eq!(found("``No,'' he said."), ["``No,''"]);
    }

    #[test]
    fn a_quotation_runs_over_paragraphs_that_each_open_with_the_mark() {
        assert_eq!(
            found("\"One.\n\n\"Two.\n\n\"Three,\" he said."),
            ["\"One.+", "\"Two.+", "\"Three,\""]
        );
        assert_eq!(found("‘One.\n‘Two,’ he said."), ["‘One.+", "‘Two,’"]);
        assert_eq!(
            found("'One,' he said. 'Two.\n'Three,' he said."),
            ["'One,'", "'Two.+", "'Three,'"]
        );
    }

    #[test]
    fn a_missing_mark_costs_its_own_paragraph_at_most() {
        assert_eq!(
            found("\"We go, he said.\nShe left. \"Fine,\" she said."),
            ["\"We go, he said.…", "\"Fine,\""]
        );
        assert_eq!(
            found("\"We go, he said. \"Now,\" he added."),
            ["\"We go, he said.…", "\"Now,\""]
        );
        assert_eq!(
            found("“We go, he said. “Now,” he added."),
            ["“We go, he said.…", "“Now,”"]
        );
    }

    #[test]
    fn a_stray_closing_mark_and_inches_pair_with_nothing() {
        assert_eq!(found("We go,\" he said. \"Fine,\" she said."), ["\"Fine,\""]);
        assert_eq!(found("He is 6'2\" tall, \"very tall\"."), ["\"very tall\""]);
    }

    #[test]
    fn ten_thousand_nested_marks_take_no_time() {
        let count = |text: String| segment(&Report::new(text).expect("text")).quotations.len();
        assert_eq!(count(format!("{}no{}", "“".repeat(10_000), "”".repeat(10_000))), 10_000);
        assert!(count("'a ".repeat(100_000)) <= 1);
        assert!(count("“« ".repeat(50_000) + &"” ".repeat(50_000)) <= 100_000);
    }
}
