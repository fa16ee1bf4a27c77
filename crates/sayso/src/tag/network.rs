//! The network, run by `rten`: wordpieces and features in, scores of tokens out; then, for chosen cue tokens, labels of every token.
//!
//! One window is one run on one thread, so that the order of additions, and with it the last bit of every score, is always the same.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use half::f16;
use rten::{Model, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{NdTensor, Tensor};

use crate::error::{Error, Result};
use crate::segment::Segmented;

use super::window::Window;
use super::wordpiece::Pieces;
use super::{Guide, network_error};

const WIDTH: usize = 384;
/// Columns of an embedding that share a scale.
const GROUP: usize = 32;
/// Ids of [CLS] and [SEP] in `vocab.txt`, whose first lines are [UNK], [CLS], [SEP].
const CLS: u32 = 1;
const SEP: u32 = 2;

/// From so many windows on, a report is shared among threads; shorter ones are faster on one, many at a time.
const MANY_WINDOWS: usize = 8;

thread_local! {
    /// The pool that this thread is the only one of.
    static CURRENT: RefCell<Option<Arc<ThreadPool>>> = const { RefCell::new(None) };
}

/// Label classes of a token as seen from a cue.
pub(super) const LABELS: usize = 4;

/// What the network says of a window.
pub(super) struct Scores {
    tokens: Value,
    projected: Value,
    /// For each token of the window: logits of no cue, cue, source of an attribution without cue; source of any, content of any.
    pub(super) cues: NdTensor<f32, 2>,
}

/// What the network did and how long it took, summed over threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeSpent {
    /// In the encoder.
    pub encoder: Duration,
    /// In labelling tokens for each cue.
    pub labels: Duration,
    /// Wordpieces read, those that windows repeat among them.
    pub wordpieces: u64,
}

pub(super) struct Network {
    encoder: Model,
    encoder_inputs: [NodeId; 7],
    encoder_outputs: [NodeId; 3],
    pairs: Model,
    pairs_inputs: [NodeId; 5],
    pairs_outputs: [NodeId; 1],
    /// Four-bit levels, two a byte, `WIDTH / 2` bytes a wordpiece.
    levels: &'static [u8],
    /// Half-float scales, `WIDTH / GROUP` a wordpiece.
    scales: &'static [u8],
    /// Pools of one thread each that nobody works in at the moment.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
    encoder_nanos: AtomicU64,
    labels_nanos: AtomicU64,
    wordpieces: AtomicU64,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network")
            .field("parameters", &self.encoder.total_params())
            .finish_non_exhaustive()
    }
}

fn nodes<const N: usize>(model: &Model, names: [&str; N]) -> Result<[NodeId; N]> {
    let found: Vec<NodeId> = names
        .iter()
        .map(|n| model.node_id(n))
        .collect::<std::result::Result<_, _>>()
        .map_err(|e| Error::Model(e.to_string()))?;
    found
        .try_into()
        .map_err(|_| Error::Model("wrong number of nodes".into()))
}

impl Network {
    pub(super) fn new() -> Result<Self> {
        let load = |bytes| {
            let mut options = rten::ModelOptions::with_all_ops();
            options.prepack_weights(true);
            options
                .load_static_slice(bytes)
                .map_err(|e| Error::Model(e.to_string()))
        };
        let encoder = load(include_bytes!("../../../../models/tagger/network.onnx"))?;
        let pairs = load(include_bytes!("../../../../models/tagger/pairs.onnx"))?;
        let table: &'static [u8] = include_bytes!("../../../../models/tagger/embeddings.bin");
        let row = WIDTH / 2 + WIDTH / GROUP * 2;
        if !table.len().is_multiple_of(row) {
            return Err(Error::Model(format!(
                "embeddings.bin has {} bytes, no multiple of {row}",
                table.len()
            )));
        }
        let (levels, scales) = table.split_at(table.len() / row * (WIDTH / 2));
        Ok(Self {
            encoder_inputs: nodes(
                &encoder,
                ["embedded", "position", "shape", "quotation", "start", "guide", "first"],
            )?,
            encoder_outputs: nodes(&encoder, ["tokens", "cues", "projected"])?,
            pairs_inputs: nodes(&pairs, ["tokens", "projected", "anchors", "distance", "paragraph"])?,
            pairs_outputs: nodes(&pairs, ["labels"])?,
            encoder,
            pairs,
            levels,
            scales,
            pools: Mutex::new(Vec::new()),
            encoder_nanos: AtomicU64::new(0),
            labels_nanos: AtomicU64::new(0),
            wordpieces: AtomicU64::new(0),
        })
    }

    /// Does `work` for each of `count` windows, shared among threads, and gives the results in order.
    ///
    /// Each thread works inside a pool of one thread, from which the runtime then never leaves. Threads of the caller's rayon pool are not used: one that
    /// waits for another pool takes up further windows meanwhile, one inside the other, and memory would grow with the report.
    pub(super) fn on_threads<T: Send>(&self, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let threads = if count < MANY_WINDOWS {
            1
        } else {
            rayon::current_num_threads().min(count)
        };
        let next = AtomicUsize::new(0);
        let claim = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|i| *i < count);
        let mut out: Vec<(usize, T)> = std::thread::scope(|scope| {
            let run = || {
                let pool = self.take_pool();
                let done: Vec<(usize, T)> = pool.run(|| {
                    CURRENT.set(Some(pool.clone()));
                    let done = std::iter::from_fn(claim).map(|i| (i, work(i))).collect();
                    CURRENT.set(None);
                    done
                });
                self.give_back(pool);
                done
            };
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
            handles
                .into_iter()
                .flat_map(|h| h.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        out.sort_unstable_by_key(|(i, _)| *i);
        out.into_iter().map(|(_, t)| t).collect()
    }

    fn take_pool(&self) -> Arc<ThreadPool> {
        let free = self.pools.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)))
    }

    fn give_back(&self, pool: Arc<ThreadPool>) {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
    }

    /// Runs one graph on the thread that [`on_threads`](Self::on_threads) gave, and adds what it took to `nanos`.
    fn run_graph<const N: usize>(
        &self,
        graph: &Model,
        inputs: Vec<(NodeId, ValueOrView<'_>)>,
        outputs: [NodeId; N],
        nanos: &AtomicU64,
    ) -> Result<[Value; N]> {
        let options = RunOptions::default().with_thread_pool(CURRENT.with_borrow(Clone::clone));
        let began = Instant::now();
        let values = graph.run_n(inputs, outputs, Some(options)).map_err(network_error);
        nanos.fetch_add(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
        values
    }

    /// Appends the embedding of a wordpiece.
    fn embed(&self, id: u32, out: &mut Vec<f32>) {
        let id = id as usize;
        let levels = &self.levels[id * WIDTH / 2..(id + 1) * WIDTH / 2];
        let scales = &self.scales[id * WIDTH / GROUP * 2..(id + 1) * WIDTH / GROUP * 2];
        for (pair, group) in scales.chunks_exact(2).zip(levels.chunks_exact(GROUP / 2)) {
            let scale = f16::from_le_bytes([pair[0], pair[1]]).to_f32();
            for byte in group {
                out.push((f32::from(byte & 15) - 8.0) * scale);
                out.push((f32::from(byte >> 4) - 8.0) * scale);
            }
        }
    }

    /// Reads a window.
    pub(super) fn run(&self, segmented: &Segmented, pieces: &Pieces, window: &Window, guide: Guide) -> Result<Scores> {
        let length = pieces.count(window.start..window.end) + 2;
        let mut embedded = Vec::with_capacity(length * WIDTH);
        let mut features: [Vec<i32>; 3] = std::array::from_fn(|_| Vec::with_capacity(length));
        let mut first = Vec::with_capacity(window.end - window.start);
        self.embed(CLS, &mut embedded);
        features.iter_mut().for_each(|f| f.push(0));
        for i in window.start..window.end {
            first.push(features[0].len() as i32);
            let paragraph_start = segmented.paragraphs[segmented.paragraph_of(i)].start() == i;
            let of_token = [
                segmented.tokens[i].shape as i32,
                segmented.states[i] as i32,
                i32::from(paragraph_start),
            ];
            for id in pieces.of(i) {
                self.embed(*id, &mut embedded);
                features.iter_mut().zip(of_token).for_each(|(f, v)| f.push(v));
            }
        }
        self.embed(SEP, &mut embedded);
        features.iter_mut().for_each(|f| f.push(0));
        let [shape, quotation, start] = features.map(|f| Tensor::from_data(&[length], f));
        let guide = match guide {
            Guide::PolNear => 0,
            Guide::Sayso => 1,
        };
        let [e, p, sh, q, st, g, f] = self.encoder_inputs;
        let inputs = vec![
            (e, Tensor::from_data(&[length, WIDTH], embedded).into()),
            (
                p,
                Tensor::from_data(&[length], (0..length as i32).collect::<Vec<_>>()).into(),
            ),
            (sh, shape.into()),
            (q, quotation.into()),
            (st, start.into()),
            (g, Tensor::from_data(&[1], vec![guide]).into()),
            (f, Tensor::from_data(&[first.len()], first).into()),
        ];
        let [tokens, cues, projected] =
            self.run_graph(&self.encoder, inputs, self.encoder_outputs, &self.encoder_nanos)?;
        let cues: NdTensor<f32, 2> = cues.try_into().map_err(network_error)?;
        self.wordpieces.fetch_add(length as u64, Ordering::Relaxed);
        Ok(Scores {
            tokens,
            projected,
            cues,
        })
    }

    /// For each anchor (a token of the window), logits of every token of the window: none, cue, source, content.
    pub(super) fn labels(
        &self,
        segmented: &Segmented,
        window: &Window,
        scores: &Scores,
        anchors: &[usize],
    ) -> Result<NdTensor<f32, 3>> {
        let size = window.end - window.start;
        let shape = [anchors.len(), size];
        let paragraphs: Vec<usize> = (window.start..window.end).map(|i| segmented.paragraph_of(i)).collect();
        let mut distances = Vec::with_capacity(shape[0] * shape[1]);
        let mut buckets = Vec::with_capacity(shape[0] * shape[1]);
        for a in anchors {
            for i in 0..size {
                distances.push(distance_bucket(i as i32 - (a - window.start) as i32));
                buckets.push(paragraph_bucket(
                    paragraphs[i] as i64 - paragraphs[a - window.start] as i64,
                ));
            }
        }
        let [t, p, a, d, g] = self.pairs_inputs;
        let anchors: Vec<i32> = anchors.iter().map(|a| (a - window.start) as i32).collect();
        let inputs = vec![
            (t, (&scores.tokens).into()),
            (p, (&scores.projected).into()),
            (a, Tensor::from_data(&[anchors.len()], anchors).into()),
            (d, Tensor::from_data(&shape, distances).into()),
            (g, Tensor::from_data(&shape, buckets).into()),
        ];
        let [labels] = self.run_graph(&self.pairs, inputs, self.pairs_outputs, &self.labels_nanos)?;
        let labels: NdTensor<f32, 3> = labels.try_into().map_err(network_error)?;
        Ok(labels)
    }

    pub(super) fn time_spent(&self) -> TimeSpent {
        TimeSpent {
            encoder: Duration::from_nanos(self.encoder_nanos.load(Ordering::Relaxed)),
            labels: Duration::from_nanos(self.labels_nanos.load(Ordering::Relaxed)),
            wordpieces: self.wordpieces.load(Ordering::Relaxed),
        }
    }
}

/// Signed distance in tokens to one of 32 buckets: exact up to 7, then two to an octave up to 15.
fn distance_bucket(distance: i32) -> i32 {
    let a = distance.abs();
    let k = if a < 8 {
        a
    } else {
        (8 + (f64::from(a) / 8.0).log2().mul_add(2.0, 0.0).floor() as i32).min(15)
    };
    if distance >= 0 { k } else { 16 + k }
}

/// How many paragraphs later than the cue a token stands: 0 same, 1 next, 2 later, 3 the one before, 4 earlier.
fn paragraph_bucket(delta: i64) -> i32 {
    match delta {
        0 => 0,
        1 => 1,
        -1 => 3,
        d if d > 1 => 2,
        _ => 4,
    }
}
