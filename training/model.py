"""The tagger: a MiniLM encoder with three features and the guide added after its first layer, a cue head on tokens, and a head that labels
every token for one cue at a time (cue, source, content or none), so that attributions may share words and lie inside each other.

Dozat and Manning's deep biaffine attention and PropBank-style labelling of one predicate at a time are the nearest published relatives.
"""

import math
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
FEATURE, PAIR = 16, 96
DISTANCES, PARAGRAPHS = 32, 5


def bucket(distance):
    """Signed distance in tokens -> one of 32 buckets: exact up to 7, then two to an octave up to 15."""
    a = np.abs(distance)
    k = np.where(a < 8, a, np.minimum(15, 8 + np.floor(np.log2(np.maximum(a, 1) / 8.0) * 2).astype(np.int64)))
    return np.where(distance >= 0, k, 16 + k)


def four_bits(table, group=32):
    """The table rounded to 15 levels in groups of 32 columns: (rounded table, levels in -7..7, scales). Scale chosen by least squares."""
    rows, width = table.shape
    x = table.reshape(rows, width // group, group)
    peak = x.abs().amax(-1, keepdim=True).clamp(min=1e-8)
    best, error = None, None
    for shrink in (1.0, 0.9, 0.8, 0.7):
        scale = (peak * shrink / 7).half().float()
        q = (x / scale).round().clamp(-7, 7)
        e = ((q * scale - x) ** 2).sum(-1, keepdim=True)
        if best is None:
            best, error = (q, scale), e
        else:
            better = e < error
            best = (torch.where(better, q, best[0]), torch.where(better, scale, best[1]))
            error = torch.where(better, e, error)
    q, scale = best
    return (q * scale).reshape(rows, width), q.reshape(rows, width), scale.squeeze(-1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, h, bias, drop=0.0):
        b, n, _ = h.shape
        q, k, v = self.qkv(h).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if bias is None and not self.training:  # written out: this is what is exported
            p = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS), -1)
            a = p @ v
        else:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        a = self.out(a.transpose(1, 2).reshape(b, n, WIDTH))
        h = self.norm1(h + F.dropout(a, drop, self.training))
        f = self.down(F.gelu(self.up(h)))
        return self.norm2(h + F.dropout(f, drop, self.training))


class Tagger(nn.Module):
    def __init__(self, drop=0.15):
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Parameter(torch.zeros(512, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        sizes = (6, 4, 2, 2)  # shape, quotation, paragraph start, guide
        self.inner = nn.ModuleList([nn.Embedding(s, WIDTH) for s in sizes])
        self.outer = nn.ModuleList([nn.Embedding(s, FEATURE) for s in sizes])
        for e in self.inner:
            nn.init.zeros_(e.weight)
        for e in self.outer:
            nn.init.normal_(e.weight, std=0.3)
        d = WIDTH + len(sizes) * FEATURE
        self.drop = drop
        self.cue = nn.Sequential(nn.Linear(d, 256), nn.GELU(), nn.Dropout(drop), nn.Linear(256, 5))
        self.token = nn.Linear(d, 2 * PAIR)
        self.anchor = nn.Linear(d, 2 * PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.paragraph = nn.Embedding(PARAGRAPHS, PAIR)
        self.mix1 = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.mix2 = nn.Conv1d(PAIR, PAIR, 3, padding=2, dilation=2)
        self.label = nn.Linear(PAIR, 4)
        for e in (self.distance, self.paragraph):
            nn.init.normal_(e.weight, std=0.1)

    def start_from(self, folder):
        """Takes all-MiniLM-L6-v2's weights; the word embeddings are rounded to four bits at once, so that training sees what is shipped."""
        from safetensors.torch import load_file

        w = load_file(os.path.join(folder, "model.safetensors"))
        get = lambda name: w[name] if name in w else w["bert." + name]
        self.words.weight.data = four_bits(get("embeddings.word_embeddings.weight"))[0]
        self.positions.data = get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0]
        copy = lambda m, name: (m.weight.data.copy_(get(name + ".weight")), m.bias.data.copy_(get(name + ".bias")))
        copy(self.norm, "embeddings.LayerNorm")
        for i, l in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                qkv = torch.cat([get(f"{p}attention.self.{x}.{part}") for x in ("query", "key", "value")])
                getattr(l.qkv, part).data.copy_(qkv)
            copy(l.out, p + "attention.output.dense")
            copy(l.norm1, p + "attention.output.LayerNorm")
            copy(l.up, p + "intermediate.dense")
            copy(l.down, p + "output.dense")
            copy(l.norm2, p + "output.LayerNorm")

    def frozen(self):
        return [self.words, self.norm, self.layers[0]]

    def encode(self, embedded, features, bias, first):
        """embedded [B, L, 384] word embeddings; features four [B, L] or [B, 1]; first [B, M] -> tokens [B, M, 448]."""
        h = self.norm(embedded + self.positions[: embedded.shape[1]])
        h = self.layers[0](h, bias)
        h = h + sum(e(f) for e, f in zip(self.inner, features))
        for l in self.layers[1:]:
            h = l(h, bias, 0.05)
        h = h.gather(1, first.unsqueeze(-1).expand(-1, -1, WIDTH))
        outer = [e(f).expand(-1, features[0].shape[1], -1).gather(1, first.unsqueeze(-1).expand(-1, -1, FEATURE)) for e, f in zip(self.outer, features)]
        return torch.cat([h] + outer, -1)

    def pairs(self, token, anchor, distance, paragraph):
        """token [A, M, 192], anchor [A, 192], distance and paragraph [A, M] -> logits [A, M, 4]."""
        t, tm = token.split(PAIR, -1)
        a, am = anchor.unsqueeze(1).split(PAIR, -1)
        z = F.gelu(t + a + tm * am + self.distance(distance) + self.paragraph(paragraph))
        y = z.transpose(1, 2)
        y = y + F.gelu(self.mix1(y))
        y = y + F.gelu(self.mix2(y))
        return self.label(y.transpose(1, 2))

    def forward(self, b):
        with torch.no_grad():
            e = self.words(b["ids"])
        x = self.encode(e, b["features"], b["bias"], b["first"])
        x = F.dropout(x, self.drop, self.training)
        return x, self.cue(x), self.token(x)


def paragraph_bucket(delta):
    """How many paragraphs later than the cue a token stands: 0 same, 1 next, 2 later, 3 the one before, 4 earlier."""
    return np.where(delta == 0, 0, np.where(delta == 1, 1, np.where(delta > 1, 2, np.where(delta == -1, 3, 4))))


def collate(windows):
    """[(document, begin, end)] -> a padded batch; position 0 is [CLS]."""
    lengths = [2 + sum(len(p) for p in x.pieces[b:e]) for x, b, e in windows]
    B, L, M = len(windows), max(lengths), max(e - b for _, b, e in windows)
    ids = np.zeros((B, L), dtype=np.int64)
    feats = np.zeros((3, B, L), dtype=np.int64)
    guide = np.zeros((B, 1), dtype=np.int64)
    first = np.zeros((B, M), dtype=np.int64)
    mask = np.zeros((B, L), dtype=bool)
    valid = np.zeros((B, M), dtype=bool)
    for k, (x, b, e) in enumerate(windows):
        flat, owner, at = [101], [], []
        for i in range(b, e):
            at.append(len(flat))
            flat += x.pieces[i]
            owner += [i] * len(x.pieces[i])
        flat.append(102)
        n = len(flat)
        ids[k, :n] = flat
        mask[k, :n] = True
        for j, f in enumerate((x.shape, x.quotation, x.start)):
            feats[j, k, 1 : n - 1] = f[owner]
        guide[k] = x.guide
        first[k, : e - b] = at
        valid[k, : e - b] = True
    bias = None
    if not mask.all():
        bias = torch.zeros(B, 1, 1, L).masked_fill(torch.from_numpy(~mask)[:, None, None, :], -1e9)
    return dict(ids=torch.from_numpy(ids), features=[torch.from_numpy(f) for f in feats] + [torch.from_numpy(guide)], first=torch.from_numpy(first),
                bias=bias, valid=torch.from_numpy(valid))


def geometry(x, b, e, anchor):
    """Distance and paragraph buckets of the window's tokens as seen from an anchor."""
    at = np.arange(b, e)
    return bucket(at - anchor), paragraph_bucket(x.paragraph[b:e] - x.paragraph[anchor])


def loss(model, windows, batch, rng):
    """Cue loss on every token; label loss for each attribution from one of its cue tokens, and for a few near misses, which own no words."""
    x, cue, token = model(batch)
    M = batch["first"].shape[1]
    B = len(windows)
    anchor_class = np.full((B, M), -100, dtype=np.int64)
    member = np.zeros((B, M, 2), dtype=np.float32)
    rows, anchors, labels, distances, paragraphs, weights = [], [], [], [], [], []

    def add(k, doc, b, e, anchor, lab, weight):
        d, p = geometry(doc, b, e, anchor)
        pad = M - (e - b)
        rows.append(k)
        anchors.append(anchor - b)
        labels.append(np.pad(lab, (0, pad), constant_values=-100))
        distances.append(np.pad(d, (0, pad)))
        paragraphs.append(np.pad(p, (0, pad)))
        weights.append(weight)

    p_cue = torch.softmax(cue[..., :3].detach(), -1)[..., 1].numpy()
    for k, (doc, b, e) in enumerate(windows):
        anchor_class[k, : e - b] = 0
        for roles, anchor_tokens, kind in doc.attributions:
            inside = [i for i in anchor_tokens if b <= i < e]
            for r, j in (("source", 0), ("content", 1)):
                for i in roles[r]:
                    if b <= i < e:
                        member[k, i - b, j] = 1
            if not inside:
                continue
            for i in inside:
                anchor_class[k, i - b] = kind
            lab = np.zeros(e - b, dtype=np.int64)
            for r, value in (("content", CONTENT), ("source", SOURCE), ("cue", CUE)):
                for i in roles[r]:
                    if b <= i < e:
                        lab[i - b] = value
            add(k, doc, b, e, inside[rng.randrange(len(inside))], lab, 1.0)
        near = [i for i in np.argsort(-p_cue[k, : e - b])[:12] if p_cue[k, i] > 0.08 and anchor_class[k, i] == 0]
        for i in near[:3]:
            add(k, doc, b, e, b + int(i), np.zeros(e - b, dtype=np.int64), 0.5)
    valid = batch["valid"]
    cue_loss = F.cross_entropy(cue[..., :3].flatten(0, 1), torch.from_numpy(anchor_class).flatten(), ignore_index=-100)
    member_loss = F.binary_cross_entropy_with_logits(cue[..., 3:][valid], torch.from_numpy(member)[valid])
    if rows:
        rows = torch.tensor(rows)
        a = model.anchor(x[rows, torch.tensor(anchors)])
        out = model.pairs(token[rows], a, torch.from_numpy(np.stack(distances)), torch.from_numpy(np.stack(paragraphs)))
        ce = F.cross_entropy(out.flatten(0, 1), torch.from_numpy(np.stack(labels)).flatten(), ignore_index=-100, reduction="none").view(len(rows), M)
        w = torch.tensor(weights)
        label_loss = (ce.sum(1) * w).sum() / w.sum() / 20
    else:
        label_loss = cue_loss * 0
    return cue_loss, label_loss, member_loss


from features import CONTENT, CUE, SOURCE  # noqa: E402  (the label values)
