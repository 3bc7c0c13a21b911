"""Sort the words of many abstracts into classes of words used alike, and write `data/word-classes.json`.

usage: word_classes.py ABSTRACTS.jsonl[.gz] [--least 15]

A word is described by the words one and two places before and after it (positive pointwise mutual information,
reduced to 120 dimensions by a singular value decomposition) and sorted by k-means, once into few classes and once into
many. The fitted features of the parser then say something of words that no annotated abstract holds. Deterministic for
one version of scikit-learn; the abstracts themselves are read and forgotten.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import KMeans
from sklearn.utils.extmath import randomized_svd

from leaderboard.parsing.tokens import WORD

PLACES = (-2, -1, 1, 2)
CONTEXTS = 5000
SMOOTHING = 0.75
"""The exponent that keeps rare contexts from ruling (Levy, Goldberg and Dagan 2015, section 3.1)."""
DIMENSIONS = 120
SIZES = {"coarse": 64, "fine": 400}


def words(path: Path) -> list[list[str]]:
    """The lower-case tokens of every abstract of a JSON Lines file, each number one token."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [
            ["^", *("#" if t[0].isdigit() else t.lower() for t in WORD.findall(json.loads(line)["abstract"]))]
            for line in file
        ]


def vectors(texts: list[list[str]], least: int) -> tuple[list[str], np.ndarray]:
    """The words that occur at least `least` times, most frequent first, and a vector of length one for each."""
    counts = Counter(word for text in texts for word in text)
    vocabulary = sorted((w for w, n in counts.items() if n >= least and w[0].isalpha()), key=lambda w: (-counts[w], w))
    place = {word: i for i, word in enumerate(vocabulary)}
    context = {word: i for i, (word, _) in enumerate(counts.most_common(CONTEXTS))}
    rows, columns = [], []
    for text in texts:
        beside = [context.get(word, -1) for word in text]
        for i, word in enumerate(text):
            row = place.get(word, -1)
            if row < 0:
                continue
            for k, step in enumerate(PLACES):
                if 0 <= i + step < len(text) and beside[i + step] >= 0:
                    rows.append(row)
                    columns.append(k * CONTEXTS + beside[i + step])
    seen = sp.csr_matrix(
        (np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(vocabulary), len(PLACES) * CONTEXTS)
    )
    seen.sum_duplicates()
    of_word = np.asarray(seen.sum(1)).ravel()
    of_context = np.asarray(seen.sum(0)).ravel() ** SMOOTHING
    of_context /= of_context.sum()
    cells = seen.tocoo()
    information = np.log(np.maximum(cells.data / (of_word[cells.row] * of_context[cells.col]), 1e-9))
    kept = information > 0
    matrix = sp.csr_matrix((information[kept], (cells.row[kept], cells.col[kept])), shape=cells.shape)
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, random_state=0, n_iter=4)
    found = left * np.sqrt(strength)
    return vocabulary, found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--least", type=int, default=15)
    arguments = parser.parse_args()
    texts = words(arguments.abstracts)
    vocabulary, described = vectors(texts, arguments.least)
    body: dict[str, object] = {
        "about": f"Classes of words used alike in {len(texts)} abstracts; made by benchmarks/word_classes.py."
    }
    for name, size in SIZES.items():
        labels = KMeans(size, n_init=1, random_state=0, max_iter=60).fit(described).labels_
        members: list[list[str]] = [[] for _ in range(size)]
        for word, label in zip(vocabulary, labels, strict=True):
            members[label].append(word)
        body[name] = [" ".join(sorted(group)) for group in members]
    target = Path(__file__).resolve().parents[1] / "data" / "word-classes.json"
    target.write_text(json.dumps(body, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {target.name}: {len(vocabulary)} words")


if __name__ == "__main__":
    main()
