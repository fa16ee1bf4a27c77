//! Scores to attributions. A cue is a run of tokens that the network takes for one; its best token is the anchor, from which every token of
//! the window is labelled; the best sequence of labels (Viterbi, with a price on each change) gives cue, source and content.

use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use crate::error::Result;
use crate::segment::Segmented;
use crate::span::TokenSpan;

use super::Attribution;
use super::network::{LABELS, Scores};
use super::window::Window;

const NONE: usize = 0;
const CUE: usize = 1;
const SOURCE: usize = 2;
const CONTENT: usize = 3;
/// None, in a gap of the content that holds neither cue nor source; the network does not tell it from `NONE`.
const GAP: usize = 4;
const STATES: usize = 5;

// The numbers below were chosen on PolNeAR dev and corpus dev together.

/// A token may anchor an attribution from this probability; what its labels say then decides.
const CANDIDATE: f32 = 0.3;
/// The same for the first word of a source whose cue is left out.
const CUELESS: f32 = 0.5;
/// Prices, in nats, of a change of label between neighbours: into or out of a source, a cue, a content.
const CHANGE_SOURCE: f32 = 0.4;
const CHANGE_CUE: f32 = 0.5;
const CHANGE_CONTENT: f32 = 1.5;
/// Price of taking content up again after a gap that holds neither cue nor source: rare in print, and mostly a fault of the scores.
const RESUME: f32 = 4.0;
/// Where no source was found, the likeliest token is one from this probability.
const SOURCE_AT_LEAST: f32 = 0.15;
/// An attribution is given from this mean (geometric) of the probabilities of its cue and its content.
const ACCEPTED: f32 = 0.62;

struct Anchor {
    token: usize,
    probability: f32,
    has_cue: bool,
}

/// The attributions whose anchors this window decides.
pub(super) fn attributions(
    segmented: &Segmented,
    window: &Window,
    scores: &Scores,
    labels: impl Fn(&[usize]) -> Result<NdTensor<f32, 3>>,
) -> Result<Vec<Attribution>> {
    let anchors = anchors(segmented, window, scores);
    if anchors.is_empty() {
        return Ok(Vec::new());
    }
    let labels = labels(&anchors.iter().map(|a| a.token).collect::<Vec<_>>())?;
    Ok(anchors
        .iter()
        .enumerate()
        .filter_map(|(k, a)| attribution(window, a, labels.slice([k])))
        .collect())
}

fn anchors(segmented: &Segmented, window: &Window, scores: &Scores) -> Vec<Anchor> {
    let mut out: Vec<Anchor> = Vec::new();
    for range in &window.decides {
        let mut run: Option<Anchor> = None;
        for i in range.clone() {
            let at = i - window.start;
            let logits = [scores.cues[[at, 0]], scores.cues[[at, 1]], scores.cues[[at, 2]]];
            let p = softmax(logits);
            let new_paragraph = segmented.paragraphs[segmented.paragraph_of(i)].start() == i;
            if p[1] < CANDIDATE || new_paragraph {
                out.extend(run.take());
            }
            if p[1] >= CANDIDATE {
                match &mut run {
                    Some(a) if p[1] > a.probability => (a.token, a.probability) = (i, p[1]),
                    Some(_) => {}
                    None => {
                        run = Some(Anchor {
                            token: i,
                            probability: p[1],
                            has_cue: true,
                        })
                    }
                }
            } else if p[2] >= CUELESS {
                out.push(Anchor {
                    token: i,
                    probability: p[2],
                    has_cue: false,
                });
            }
        }
        out.extend(run);
    }
    out
}

fn softmax<const N: usize>(logits: [f32; N]) -> [f32; N] {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exp = logits.map(|x| (x - max).exp());
    let sum: f32 = exp.iter().sum();
    exp.map(|x| x / sum)
}

fn attribution(window: &Window, anchor: &Anchor, logits: NdTensorView<'_, f32, 2>) -> Option<Attribution> {
    let size = logits.size(0);
    let at = anchor.token - window.start;
    let probabilities: Vec<[f32; LABELS]> = (0..size)
        .map(|i| softmax(std::array::from_fn(|l| logits[[i, l]])))
        .collect();
    let score = |i: usize, l: usize| -> f32 {
        let forced = if anchor.has_cue { i == at && l != CUE } else { l == CUE };
        if forced {
            -1e4
        } else {
            probabilities[i][l].max(1e-6).ln()
        }
    };
    let labels = viterbi(size, score);
    let runs = |label: usize| {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for (i, l) in labels.iter().enumerate() {
            if *l == label {
                match out.last_mut() {
                    Some(r) if r.1 == i => r.1 = i + 1,
                    _ => out.push((i, i + 1)),
                }
            }
        }
        out
    };
    let span = |(b, e): (usize, usize)| TokenSpan::new(window.start + b, window.start + e);
    let cue = runs(CUE).into_iter().find(|r| r.0 <= at && at < r.1);
    let weight = |r: &(usize, usize)| (r.0..r.1).map(|i| probabilities[i][SOURCE]).sum::<f32>();
    let source = runs(SOURCE)
        .into_iter()
        .max_by(|a, b| weight(a).total_cmp(&weight(b)))
        .or_else(|| likeliest_source(&probabilities, &labels));
    let content: Vec<(usize, usize)> = runs(CONTENT);
    if content.is_empty() {
        return None;
    }
    let tokens: Vec<usize> = content.iter().flat_map(|r| r.0..r.1).collect();
    let sure = tokens.iter().map(|i| probabilities[*i][CONTENT]).sum::<f32>() / tokens.len() as f32;
    let confidence = (anchor.probability * sure).sqrt();
    (confidence >= ACCEPTED).then(|| Attribution {
        cue: cue.map(span),
        source: source.map(span),
        content: content.into_iter().map(span).collect(),
        confidence,
    })
}

/// The run of tokens around the likeliest source token that could each be one.
fn likeliest_source(probabilities: &[[f32; LABELS]], labels: &[usize]) -> Option<(usize, usize)> {
    let could = |i: usize| probabilities[i][SOURCE] > SOURCE_AT_LEAST && matches!(labels[i], NONE | GAP);
    let best = (0..labels.len()).max_by(|a, b| probabilities[*a][SOURCE].total_cmp(&probabilities[*b][SOURCE]))?;
    if !could(best) {
        return None;
    }
    let start = (0..best).rev().take_while(|i| could(*i)).last().unwrap_or(best);
    let end = (best + 1..labels.len())
        .take_while(|i| could(*i))
        .last()
        .unwrap_or(best)
        + 1;
    Some((start, end))
}

/// Price of a change from one state to another; none where it is impossible.
fn price(from: usize, to: usize) -> Option<f32> {
    let own = |state: usize| match state {
        CUE => CHANGE_CUE,
        SOURCE => CHANGE_SOURCE,
        _ => CHANGE_CONTENT,
    };
    match (from, to) {
        (a, b) if a == b => Some(0.0),
        // after content comes a gap, until a cue or source is seen; before that there is none
        (CONTENT, NONE) | (NONE | CUE | SOURCE, GAP) | (GAP, NONE) => None,
        (GAP, CONTENT) => Some(RESUME),
        (NONE | GAP, other) | (other, NONE | GAP) => Some(own(other)),
        (a, b) => Some(own(a).min(own(b))),
    }
}

/// The best sequence of states, given the score of each label at each token.
fn viterbi(size: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let emission = |i: usize, state: usize| score(i, if state == GAP { NONE } else { state });
    let mut best: [f32; STATES] = std::array::from_fn(|s| if s == GAP { f32::NEG_INFINITY } else { emission(0, s) });
    let mut back: Vec<[u8; STATES]> = vec![[0; STATES]; size];
    for (i, back) in back.iter_mut().enumerate().skip(1) {
        let mut next = [f32::NEG_INFINITY; STATES];
        for to in 0..STATES {
            for (from, value) in best.iter().enumerate() {
                if let Some(price) = price(from, to)
                    && value - price > next[to]
                {
                    next[to] = value - price;
                    back[to] = from as u8;
                }
            }
            next[to] += emission(i, to);
        }
        best = next;
    }
    let mut state = (0..STATES).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(NONE);
    let mut out = vec![NONE; size];
    for i in (0..size).rev() {
        out[i] = state;
        state = back[i][state] as usize;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The states of a sentence whose labels are given by a letter each, n c s k, in lower case where the network is unsure.
    fn states(scores: &str) -> Vec<usize> {
        let chars: Vec<char> = scores.chars().collect();
        viterbi(chars.len(), |i, l| {
            let sure = chars[i].is_uppercase();
            let is = "ncsk".find(chars[i].to_ascii_lowercase()) == Some(l);
            match (is, sure) {
                (true, true) => -0.02,
                (true, false) => -0.6,
                (false, true) => -5.0,
                (false, false) if l == NONE || l == CONTENT => -1.5,
                (false, false) => -5.0,
            }
        })
    }

    #[test]
    fn one_unsure_word_does_not_interrupt_a_content() {
        assert_eq!(states("SCKKKnKKK"), [2, 1, 3, 3, 3, 3, 3, 3, 3]);
    }

    #[test]
    fn a_content_is_taken_up_again_after_its_own_cue() {
        assert_eq!(states("KKKKSCNNKKKK"), [3, 3, 3, 3, 2, 1, 0, 0, 3, 3, 3, 3]);
    }

    #[test]
    fn content_after_a_gap_without_cue_needs_strong_scores() {
        assert_eq!(states("SCKKKNNNNkk"), [2, 1, 3, 3, 3, 4, 4, 4, 4, 4, 4]);
        assert_eq!(states("SCKKKNNNNKKKK"), [2, 1, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3, 3]);
    }
}
