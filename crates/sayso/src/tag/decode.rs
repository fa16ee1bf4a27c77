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

/// A token may anchor an attribution from this probability; what its labels say then decides. Chosen on PolNeAR dev and corpus dev.
const CANDIDATE: f32 = 0.3;
/// The same for the first word of a source whose cue is left out.
const CUELESS: f32 = 0.5;
/// Price, in nats, of a change of label between neighbours.
const CHANGE: f32 = 0.7;
/// An attribution is given from this mean probability of its cue and its content.
const ACCEPTED: f32 = 0.42;

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
    Ok(anchors.iter().enumerate().filter_map(|(k, a)| attribution(window, a, labels.slice([k]))).collect())
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
                    None => run = Some(Anchor { token: i, probability: p[1], has_cue: true }),
                }
            } else if p[2] >= CUELESS {
                out.push(Anchor { token: i, probability: p[2], has_cue: false });
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
    let probabilities: Vec<[f32; LABELS]> = (0..size).map(|i| softmax(std::array::from_fn(|l| logits[[i, l]]))).collect();
    let score = |i: usize, l: usize| -> f32 {
        let forced = if anchor.has_cue { i == at && l != CUE } else { l == CUE };
        if forced { -1e4 } else { probabilities[i][l].max(1e-6).ln() }
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
    let source = runs(SOURCE).into_iter().max_by(|a, b| weight(a).total_cmp(&weight(b)));
    let content: Vec<(usize, usize)> = runs(CONTENT);
    if content.is_empty() {
        return None;
    }
    let tokens: Vec<usize> = content.iter().flat_map(|r| r.0..r.1).collect();
    let sure = tokens.iter().map(|i| probabilities[*i][CONTENT]).sum::<f32>() / tokens.len() as f32;
    let confidence = (anchor.probability * sure).sqrt();
    (confidence >= ACCEPTED).then(|| Attribution { cue: cue.map(span), source: source.map(span), content: content.into_iter().map(span).collect(), confidence })
}

/// The best sequence of labels.
fn viterbi(size: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut best: [f32; LABELS] = std::array::from_fn(|l| score(0, l));
    let mut back: Vec<[u8; LABELS]> = vec![[0; LABELS]; size];
    for i in 1..size {
        // every change costs the same, so the best change comes from the best label
        let top = (0..LABELS).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(NONE);
        let changed = best[top] - CHANGE;
        let mut next = [0.0; LABELS];
        for l in 0..LABELS {
            let (from, value) = if best[l] >= changed { (l, best[l]) } else { (top, changed) };
            back[i][l] = from as u8;
            next[l] = value + score(i, l);
        }
        best = next;
    }
    let mut label = (0..LABELS).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(NONE);
    let mut out = vec![NONE; size];
    for i in (0..size).rev() {
        out[i] = label;
        label = back[i][label] as usize;
    }
    out
}
