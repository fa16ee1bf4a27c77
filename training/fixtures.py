"""Writes what features.py makes of the examples, for the test that the program makes the same: crates/sayso/tests/features.json.

    python training/fixtures.py --encoder MiniLM_FOLDER > crates/sayso/tests/features.json
"""

import argparse
import glob
import json
import os

from tokenizers import Tokenizer

import features

ap = argparse.ArgumentParser()
ap.add_argument("--encoder", required=True)
a = ap.parse_args()
path = os.path.join(a.encoder, "tokenizer.json")
names, split = Tokenizer.from_file(path), features.wordpieces(path)
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples")
out = {}
for f in sorted(glob.glob(os.path.join(here, "*.txt"))):
    x = features.Document(f, open(f, encoding="utf-8", newline="").read(), split, features.SAYSO)
    out[os.path.basename(f)] = {
        "words": x.words,
        "shape": x.shape.tolist(),
        "quotation": x.quotation.tolist(),
        "start": x.start.tolist(),
        "pieces": [" ".join(names.id_to_token(i) for i in p) for p in x.pieces],
        "units": [u[:2] for u in x.units],
    }
print(json.dumps(out, ensure_ascii=False))
