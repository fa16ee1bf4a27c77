"""Writes a trained checkpoint as what the program carries: models/tagger/{network.onnx, pairs.onnx, embeddings.bin, vocab.txt}.

    python training/export.py --checkpoint /tmp/sayso-training/final.pt --encoder MiniLM_FOLDER --out models/tagger

Matrices are int8 with a scale for each output column and a DequantizeLinear that the runtime folds when it loads; the word embeddings are
four bits in groups of 32 with a half-float scale, as they were while training; wordpieces outside Latin script are dropped.
"""

import argparse
import json
import os
import re

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from features import MAX_PIECES
from model import HEADS, LAYERS, PAIR, WIDTH, Tagger, four_bits

ap = argparse.ArgumentParser()
ap.add_argument("--checkpoint", required=True)
ap.add_argument("--encoder", required=True)
ap.add_argument("--out", required=True)
ap.add_argument("--float", action="store_true", help="keep the matrices in f32, to measure what rounding costs")
a = ap.parse_args()
os.makedirs(a.out, exist_ok=True)
model = Tagger()
model.load_state_dict(torch.load(a.checkpoint, weights_only=False, map_location="cpu")["model"])
model.eval()
W = {k: v.float().numpy() for k, v in model.state_dict().items()}
LATIN = re.compile(r"(##)?[\x21-\x7e\u00a0-\u024f\u2010-\u2044\u20a0-\u20bf]+")


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.n = [], [], 0

    def const(self, value):
        self.n += 1
        name = f"c{self.n}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def matrix(self, value, axis=1):
        """A weight as int8 with a scale for each index of `axis`."""
        if a.float or value.size < 4096:
            return self.const(value.astype(np.float32))
        rest = tuple(i for i in range(value.ndim) if i != axis)
        scale = (np.abs(value).max(rest) / 127).clip(1e-9).astype(np.float32)
        shape = [1] * value.ndim
        shape[axis] = -1
        q = np.round(value / scale.reshape(shape)).clip(-127, 127).astype(np.int8)
        return self.op("DequantizeLinear", self.const(q), self.const(scale), self.const(np.zeros(scale.shape, np.int8)), axis=axis)

    def op(self, kind, *inputs, outputs=1, name=None, **attributes):
        self.n += 1
        names = [name or f"t{self.n}"] if outputs == 1 else [f"t{self.n}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x, weight, bias, name=None):
        return self.op("Add", self.op("MatMul", x, self.matrix(weight.T)), self.const(bias), name=name)

    def norm(self, x, prefix):
        return self.op("LayerNormalization", x, self.const(W[prefix + ".weight"]), self.const(W[prefix + ".bias"]), axis=-1, epsilon=1e-12)

    def save(self, path, inputs, outputs):
        value = lambda x: helper.make_tensor_value_info(x[0], x[1], x[2])
        graph = helper.make_graph(self.nodes, "tagger", list(map(value, inputs)), list(map(value, outputs)), self.constants)
        m = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="sayso")
        onnx.checker.check_model(m)
        onnx.save(m, path)


def shape(g, *dims):
    return g.const(np.array(dims, np.int64))


g = Graph()
h = g.norm(g.op("Add", "embedded", g.op("Gather", g.matrix(W["positions"][: MAX_PIECES + 2], 0), "position")), "norm")
ids = ("shape", "quotation", "start", "guide")
split, heads_shape, flat = g.const(np.array([WIDTH] * 3, np.int64)), shape(g, -1, HEADS, WIDTH // HEADS), shape(g, -1, WIDTH)
for i in range(LAYERS):
    p = f"layers.{i}."
    w, b = W[p + "qkv.weight"].copy(), W[p + "qkv.bias"].copy()
    w[:WIDTH] /= np.sqrt(WIDTH // HEADS)
    b[:WIDTH] /= np.sqrt(WIDTH // HEADS)
    q, k, v = g.op("Split", g.linear(h, w, b), split, outputs=3, axis=-1)
    by_head = lambda t, perm: g.op("Transpose", g.op("Reshape", t, heads_shape), perm=perm)
    s = g.op("Softmax", g.op("MatMul", by_head(q, [1, 0, 2]), by_head(k, [1, 2, 0])), axis=-1)
    m = g.op("Reshape", g.op("Transpose", g.op("MatMul", s, by_head(v, [1, 0, 2])), perm=[1, 0, 2]), flat)
    h = g.norm(g.op("Add", h, g.linear(m, W[p + "out.weight"], W[p + "out.bias"])), p + "norm1")
    f = g.op("Gelu", g.linear(h, W[p + "up.weight"], W[p + "up.bias"]))
    h = g.norm(g.op("Add", h, g.linear(f, W[p + "down.weight"], W[p + "down.bias"])), p + "norm2")
    if i == 0:
        for j, name in enumerate(ids):
            h = g.op("Add", h, g.op("Gather", g.const(W[f"inner.{j}.weight"]), name))
h = g.op("Gather", h, "first")
zero = g.op("Mul", "first", g.const(np.array(0, np.int32)))
outer = []
for j, name in enumerate(ids):
    outer.append(g.op("Gather", g.const(W[f"outer.{j}.weight"]), g.op("Gather", name, "first" if j < 3 else zero)))
x = g.op("Concat", h, *outer, axis=-1, name="tokens")
c = g.op("Gelu", g.linear(x, W["cue.0.weight"], W["cue.0.bias"]))
g.linear(c, W["cue.3.weight"], W["cue.3.bias"], name="cues")
g.linear(x, W["token.weight"], W["token.bias"], name="projected")
I, R = TensorProto.INT32, TensorProto.FLOAT
D = WIDTH + 4 * 16
g.save(os.path.join(a.out, "network.onnx"),
       [("embedded", R, ["l", WIDTH]), ("position", I, ["l"]), ("shape", I, ["l"]), ("quotation", I, ["l"]), ("start", I, ["l"]), ("guide", I, [1]), ("first", I, ["m"])],
       [("tokens", R, ["m", D]), ("cues", R, ["m", 5]), ("projected", R, ["m", 2 * PAIR])])

g = Graph()
two = g.const(np.array([PAIR] * 2, np.int64))
t, tm = g.op("Split", "projected", two, outputs=2, axis=-1)
anchor = g.linear(g.op("Gather", "tokens", "anchors"), W["anchor.weight"], W["anchor.bias"])
one = g.const(np.array([1], np.int64))
an, am = g.op("Split", g.op("Unsqueeze", anchor, one), two, outputs=2, axis=-1)
z = g.op("Add", g.op("Add", t, an), g.op("Mul", tm, am))
z = g.op("Add", g.op("Add", z, g.op("Gather", g.const(W["distance.weight"]), "distance")), g.op("Gather", g.const(W["paragraph.weight"]), "paragraph"))
y = g.op("Transpose", g.op("Gelu", z), perm=[0, 2, 1])
for name, k, pad, dil in (("mix1", 5, 2, 1), ("mix2", 3, 2, 2)):
    conv = g.op("Conv", y, g.matrix(W[name + ".weight"], 0), g.const(W[name + ".bias"]), kernel_shape=[k], pads=[pad, pad], dilations=[dil], strides=[1])
    y = g.op("Add", y, g.op("Gelu", conv))
g.linear(g.op("Transpose", y, perm=[0, 2, 1]), W["label.weight"], W["label.bias"], name="labels")
g.save(os.path.join(a.out, "pairs.onnx"),
       [("tokens", R, ["m", D]), ("projected", R, ["m", 2 * PAIR]), ("anchors", I, ["a"]), ("distance", I, ["a", "m"]), ("paragraph", I, ["a", "m"])],
       [("labels", R, ["a", "m", 4])])

vocabulary = json.load(open(os.path.join(a.encoder, "tokenizer.json"), encoding="utf-8"))["model"]["vocab"]
words = [w for w, _ in sorted(vocabulary.items(), key=lambda x: x[1]) if w in ("[UNK]", "[CLS]", "[SEP]") or (LATIN.fullmatch(w) and not w.startswith("[unused"))]
table = torch.from_numpy(W["words.weight"][[vocabulary[w] for w in words]])
rounded, levels, scales = four_bits(table)
print("rounding again moves the table by", float((rounded - table).abs().max()))
nibbles = (levels.numpy().astype(np.int16) + 8).astype(np.uint8)
with open(os.path.join(a.out, "embeddings.bin"), "wb") as f:
    f.write((nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).tobytes())
    f.write(scales.half().numpy().astype("<f2").tobytes())
open(os.path.join(a.out, "vocab.txt"), "w", encoding="utf-8").write("\n".join(words) + "\n")
for f in sorted(os.listdir(a.out)):
    print(f, os.path.getsize(os.path.join(a.out, f)))
