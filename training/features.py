"""Text to tokens, features, windows and targets, as the program makes them (`crates/sayso/src/segment`, `crates/sayso/src/tag`).

A token is a run of word characters, an apostrophe with the letters after it ("He|'s"), or one other visible character.
The features of a token are its shape, its place in a quotation, and whether it opens a paragraph. `training/fixtures.py` writes them for the
program's tests; change one side and the other's test fails. Only the quotation marks are matched more simply here: a British quotation ends at
a plural possessive ("the officers' account") and never runs over paragraphs, which the program gets right.
"""

import glob
import json
import os
import random
import re

import numpy as np

TOKEN = re.compile(r"(?<=\w)['’](?=\w)\w+|\w+|[^\w\s]")
OPENERS = {"“": "”", "«": "»", "‘": "’", "„": "“"}
MAX_PIECES = 320  # wordpieces in a window, [CLS] and [SEP] not counted
MAX_PIECES_OF_TOKEN = 12
POLNEAR, SAYSO = 0, 1  # the annotation guide that is meant
NONE, CUE, SOURCE, CONTENT = 0, 1, 2, 3
ROLES = {"cue": CUE, "source": SOURCE, "content": CONTENT}


def shape(word):
    """0 no letter or digit, 1 lower, 2 Capitalised, 3 UPPER, 4 mixed, 5 with a digit."""
    if not any(c.isalnum() for c in word):
        return 0
    if any(c.isnumeric() for c in word):
        return 5
    letters = [c for c in word if c.isalpha()]
    if all(not c.isupper() for c in letters):
        return 1
    if all(c.isupper() for c in letters) and len(letters) > 1:
        return 3
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 2
    return 4


def quotation_states(words, spans, text, starts):
    """0 outside, 1 inside, 2 an opening mark, 3 a closing mark; nothing is carried over the end of a paragraph."""
    n = len(words)
    state = np.zeros(n, dtype=np.int64)
    stack = []
    for i, w in enumerate(words):
        if starts[i]:
            stack.clear()
        b, e = spans[i]
        before = text[b - 1] if b else " "
        after = text[e] if e < len(text) else " "
        close = False
        open_ = None
        if w in ('"', "'"):
            if stack and stack[-1] == w and (w == '"' or (not before.isspace() and not after.isalnum())):
                close = True
            elif w == '"':
                open_ = '"'
            elif (not before.isalnum()) and not after.isspace() and not stack.count("'"):
                # a straight single mark opens only where some later one in the paragraph can close it
                j = i + 1
                while j < n and not starts[j]:
                    if words[j] == "'" and not text[spans[j][0] - 1].isspace() and not text[spans[j][1] : spans[j][1] + 1].isalnum():
                        open_ = "'"
                        break
                    j += 1
        elif stack and w == stack[-1] and not (w == "’" and after.isalnum()):
            close = True
        elif w in OPENERS:
            open_ = OPENERS[w]
        if close:
            stack.pop()
            state[i] = 3
        elif open_:
            stack.append(open_)
            state[i] = 2
        else:
            state[i] = 1 if stack else 0
    return state


class Document:
    """A text with its tokens, features and the units (paragraphs, long ones cut) that windows are made of."""

    def __init__(self, name, text, tokenizer, guide):
        self.name, self.text, self.guide = name, text, guide
        self.spans = [m.span() for m in TOKEN.finditer(text)]
        self.words = [text[b:e] for b, e in self.spans]
        self.pieces = [tokenizer(w) for w in self.words]
        n = self.n = len(self.words)
        self.shape = np.array([shape(w) for w in self.words], dtype=np.int64)
        self.start = np.zeros(n, dtype=np.int64)
        self.paragraph = np.zeros(n, dtype=np.int64)
        p = 0
        for i in range(n):
            if i == 0 or "\n" in text[self.spans[i - 1][1] : self.spans[i][0]]:
                self.start[i] = 1
                p += 1
            self.paragraph[i] = p
        self.quotation = quotation_states(self.words, self.spans, text, self.start)
        self.units = self._units()
        self.attributions = []

    def _units(self):
        """[begin, end, pieces]: paragraphs; one longer than a window is cut after a sentence's end, or anywhere."""
        units, b = [], 0
        lens = [len(p) for p in self.pieces]
        for i in range(1, self.n + 1):
            if i < self.n and not self.start[i]:
                continue
            c, total, last = b, 0, None
            for k in range(b, i):
                if total + lens[k] > MAX_PIECES:
                    cut = last if last else k
                    units.append((c, cut, sum(lens[c:cut])))
                    c, last = cut, None
                    total = sum(lens[c:k])
                total += lens[k]
                if k > c and self.words[k] in '.!?”"’' and k + 1 < i:
                    last = k + 1
            if c < i:
                units.append((c, i, sum(lens[c:i])))
            b = i
        return units

    def add_gold(self, attributions):
        """attributions: [{"cue": [[b, e]…], "source": …, "content": …}] in code points -> token lists by role, with an anchor class."""
        starts = [b for b, _ in self.spans]
        for a in attributions:
            roles = {}
            for r in ROLES:
                got = set()
                for sb, se in a.get(r) or []:
                    i = max(0, int(np.searchsorted(starts, sb, side="right")) - 1)
                    while i < self.n and self.spans[i][0] < se:
                        if self.spans[i][1] > sb:
                            got.add(i)
                        i += 1
                roles[r] = sorted(got)
            if not roles["content"]:
                continue
            if roles["cue"]:
                anchors, kind = roles["cue"], 1
            else:
                anchors, kind = (roles["source"] or roles["content"])[:1], 2
            self.attributions.append((roles, anchors, kind))


def training_windows(doc, rng):
    """Windows of whole units without overlap; the first is of random length, so that seams move from epoch to epoch."""
    out, budget, b, e, total = [], rng.randint(96, MAX_PIECES), None, None, 0
    for u, v, length in doc.units:
        if b is not None and total + length > budget:
            out.append((b, e, total))
            b, total, budget = None, 0, rng.randint(200, MAX_PIECES)
        if b is None:
            b = u
        e, total = v, total + length
    if b is not None:
        out.append((b, e, total))
    return out


def reading_windows(doc, overlap=72):
    """Overlapping windows of whole units, and for each unit the window in which it has most context."""
    units, windows, i = doc.units, [], 0
    while i < len(units):
        j, total = i, 0
        while j < len(units) and total + units[j][2] <= MAX_PIECES:
            total += units[j][2]
            j += 1
        windows.append((i, j, total))
        if j >= len(units):
            break
        k, c = j, 0
        while k - 1 > i and c + units[k - 1][2] <= overlap:
            k -= 1
            c += units[k][2]
        i = k
    best = [None] * len(units)
    for w, (i, j, total) in enumerate(windows):
        before = 0
        for k in range(i, j):
            left = 10**6 if i == 0 else before
            before += units[k][2]
            right = 10**6 if j == len(units) else total - before
            if best[k] is None or min(left, right) > best[k][0]:
                best[k] = (min(left, right), w)
    return [(units[i][0], units[j - 1][1], t) for i, j, t in windows], [b[1] for b in best]


def wordpieces(path):
    """A cached function from a token to its wordpiece ids."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    cache = {}

    def pieces(word):
        if word not in cache:
            cache[word] = (tokenizer.encode(word, add_special_tokens=False).ids or [100])[:MAX_PIECES_OF_TOKEN]
        return cache[word]

    return pieces


def polnear(path):
    """[(name, text, attributions)] of a PolNeAR file."""
    return [(d["doc"], d["text"], d["attributions"]) for d in map(json.loads, open(path, encoding="utf-8"))]


def corpus(folder):
    """[(name, text, attributions)] of a folder in the corpus's form, nested statements included."""
    out = []
    for f in sorted(glob.glob(os.path.join(folder, "*.gold.json"))):
        gold = json.load(open(f, encoding="utf-8"))
        text = open(f.replace(".gold.json", ".txt"), newline="", encoding="utf-8").read()
        raw = text.encode()
        at = lambda s: [len(raw[: s["start"]].decode()), len(raw[: s["end"]].decode())]
        rows = [
            {
                "cue": [at(s["cue"])] if s["cue"] else [],
                "source": [at(s["source"])] if s["source"] else [],
                "content": [at(c) for c in s["content"]],
            }
            for s in gold["statements"]
        ]
        out.append((gold["doc"], text, rows))
    return out


def restyle(text, rng):
    """The same text, character for character, with its quotation marks in another house style."""
    style = rng.choice(["straight", "curly", "british", "british straight"])
    out, inside = [], False
    for i, c in enumerate(text):
        if c == "\n":
            inside = False
        if c in '"“”':
            opening = c == "“" or (c == '"' and not inside)
            inside = opening
            c = {"straight": '""', "curly": "“”", "british": "‘’", "british straight": "''"}[style][0 if opening else 1]
        elif c in "'’" and i and text[i - 1].isalnum():
            c = "'" if "straight" in style else "’"
        out.append(c)
    return "".join(out)


def load(shared, tokenizer, restyled=0.0, seed=0):
    """The training and choosing documents: {"polnear": …, "corpus": …, "polnear dev": …, "corpus dev": …}."""
    rng, sets = random.Random(seed), {}
    for name, rows, guide in (
        ("polnear", lambda: polnear(f"{shared}/data/polnear/train.jsonl"), POLNEAR),
        ("polnear dev", lambda: polnear(f"{shared}/data/polnear/dev.jsonl"), POLNEAR),
        ("corpus", lambda: corpus(f"{shared}/corpus/train"), SAYSO),
        ("corpus dev", lambda: corpus(f"{shared}/corpus/dev"), SAYSO),
    ):
        sets[name] = []
        for doc, text, gold in rows():
            if name == "polnear" and rng.random() < restyled:
                text = restyle(text, rng)
            x = Document(doc, text, tokenizer, guide)
            x.add_gold(gold)
            sets[name].append(x)
    return sets
