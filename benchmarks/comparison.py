"""Rules alone, fitted weights alone, and both, on abstracts that the weights were not fitted to.

usage: comparison.py GOLD_FOLDER SET [SET ...] [--folds 3] [--record comparison.csv]

*Rules alone* takes the first rule that fires for the kind, and the name that is joined most tightly to the number for
metric and benchmark: weights set by hand, nothing fitted. *Fitted alone* fits the words around a number without the
rules and without the structure of lists and joints. *Both* is what is shipped. Fitted ones are cross-validated by
paper, so that every abstract is read with weights that never saw it.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import crf
from benchmarks.train import PENALTY, as_record, examples, figures, fold_of, labelled, scorer
from leaderboard.parsing import kinds
from leaderboard.parsing.claims import claims_of
from leaderboard.parsing.rules import RULES
from leaderboard.parsing.weights import PARTS, Weights
from leaderboard.registry import load

STRUCTURE = ("rule=", "pat=", "tight=", "par=", "best=", "behind=", "list=", "child|", "moved|", "grp:", "group|")
"""How the features begin that come from rules and from the structure of a sentence."""

SOURCES = "M M+ B+ inside implied unit default back data name noun subj".split()
"""Where the options of a metric come from, the surest first; all others are phrases."""


def by_rules() -> Weights:
    """Weights set by hand: the kind that the first rule names, the name that is joined most tightly."""
    kind = {f"{rule.kind}|rule={rule.id}": 4.0 for rule in RULES} | {"none|rule=-": 4.0}
    metric = {
        f"best={rank}|{place}|{source}": 9.0 - rank - 0.3 * SOURCES.index(source) - (place == "other")
        for rank in range(7)
        for place in ("first", "other")
        for source in SOURCES
    }
    benchmark = {f"best={rank}|{tied}": 4.0 - rank for rank in range(4) for tied in (1, 2, 3)}
    benchmark |= {"none": 0.5, "none|size": 9.0}
    words = {f"{way}|l1={way}": 3.0 for way in ("up", "down")} | {"up|kind=change": 0.5, "up|kind=ratio": 0.5}
    return Weights(kind, metric, benchmark, words, {"own|kind=" + k: 1.0 for k in kinds.KINDS}, {})


def _plain(example: crf.Example) -> crf.Example:
    """An example without the features of rules and structure."""

    def kept(features: crf.Features) -> crf.Features:
        return [f for f in features if not f.partition("|")[2].startswith(STRUCTURE) and not f.startswith(STRUCTURE)]

    return crf.Example(
        [[kept(option) for option in options] for options in example.unary],
        [None if table is None else [[kept(cell) for cell in row] for row in table] for table in example.pairs],
        example.right,
    )


def _fit(chains: dict[str, list[crf.Example]], change: Callable[[crf.Example], crf.Example]) -> Weights:
    """Weights fitted to the examples once changed."""
    return Weights(*(crf.fit([change(e) for e in chains[part]], penalty=PENALTY[part]) for part in PARTS), {})


def _one_fold(job: tuple[Path, list[str], int, int]) -> dict[str, dict[str, list[dict]]]:
    """The claims that each way of reading finds in one fold."""
    folder, sets, fold, folds = job
    judge = scorer(folder)
    items = [i for name in sets for i in labelled(folder, name, judge)]
    chains = examples([i for i in items if fold_of(i, folds) != fold], judge)
    registry = load()
    ways = {"rules": by_rules(), "fitted": _fit(chains, _plain), "both": _fit(chains, lambda e: e)}
    return {
        way: {
            i.paper.id: [as_record(c) for c in claims_of(i.document, i.paper, registry, weights)]
            for i in items
            if fold_of(i, folds) == fold and i.document is not None
        }
        for way, weights in ways.items()
    }


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    judge = scorer(folder)
    items = [i for name in arguments.sets for i in labelled(folder, name, judge)]
    read: dict[str, dict[str, list[dict]]] = {}
    with Pool(2) as pool:
        jobs = [(folder, arguments.sets, fold, arguments.folds) for fold in range(arguments.folds)]
        for part in pool.imap(_one_fold, jobs):
            for way, claims in part.items():
                read.setdefault(way, {}).update(claims)
    names = " ".join(Path(name).name for name in arguments.sets)
    rows = []
    for way, claims in read.items():
        found = figures(items, claims, judge)
        rows.append({"sets": names, "way": way, "abstracts": len(items)} | {k: f"{v:.3f}" for k, v in found.items()})
        print(way.ljust(7), " ".join(f"{k} {v:.3f}" for k, v in found.items()))
    if arguments.record:
        with arguments.record.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
