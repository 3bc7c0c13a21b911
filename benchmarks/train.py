"""Fit the parser's weights on annotated abstracts, cross-validate them by paper, and write `data/weights.json`.

usage: train.py GOLD_FOLDER SET [SET ...] [--folds 5] [--dry] [--predictions FILE] [--record]

`GOLD_FOLDER` holds `SET-abstracts.jsonl` and `SET-claims.jsonl`; a SET with a slash in it is a path of its own (your
own annotations). Cross-validation reads every paper with weights that were fitted without it; its claims are scored
like any reader's, and calibrate the confidence; how well that is calibrated is told with a calibration that knew none
of the fold either. `--dry` writes no weights; `--predictions` keeps the cross-validated claims, `--record` adds their
figures to `training.csv`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
from dataclasses import dataclass, replace
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import crf
from benchmarks import figures as recorded
from benchmarks.quality import SURE
from leaderboard.evaluation import calibration_error, reliability
from leaderboard.models import Claim, Paper
from leaderboard.parsing import kinds, links, qualifiers
from leaderboard.parsing.claims import claims_of, decide
from leaderboard.parsing.document import Document, document
from leaderboard.parsing.gazetteer import gazetteer
from leaderboard.parsing.weights import PARTS, Weights
from leaderboard.registry import load

PENALTY = {"kind": 8.0, "metric": 5.0, "benchmark": 10.0, "direction": 2.0, "role": 6.0}
"""The L2 penalty of each part, chosen by cross-validation."""


CHECKED = 2
"""How often an abstract of `GOLD_FOLDER` counts in the fit: its annotations were cross-checked, your own were not."""

UNNAMED = frozenset({"none", "unit", "default"})
"""Where the abstract names no metric, the right choice is none, or what the unit or the benchmark implies."""


@dataclass(frozen=True)
class Labelled:
    """An annotated abstract taken apart; `label[q]` is the annotated claim of quantity `q`, or None.

    It counts `times` in the fit.
    """

    paper: Paper
    gold: list[dict]
    document: Document | None
    label: list[dict | None]
    times: int


def scorer(folder: Path) -> ModuleType:
    """The official scorer, imported as a module: what counts as right is defined there."""
    spec = importlib.util.spec_from_file_location("score_claims", folder.parent / "tools" / "score_claims.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(path: str) -> list[dict]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").split("\n") if line]


def labelled(folder: Path, name: str, judge: ModuleType) -> list[Labelled]:
    """Read one annotated set and pair its claims with the numbers that the parser sees."""
    registry = load()
    result = []
    start = name if "/" in name else str(folder / name)
    papers = {r["id"]: r for r in _rows(f"{start}-abstracts.jsonl")}
    for row in _rows(f"{start}-claims.jsonl"):
        record = papers[row["id"]]
        paper = Paper(id=row["id"], title=record.get("title", ""), abstract=record["abstract"])
        parsed = document(paper.title, paper.abstract, gazetteer(registry))
        for claim in row["claims"]:
            claim["span"] = judge.locate(claim, paper.abstract)
        label: list[dict | None] = []
        if parsed is not None:
            seen = [{"span": (q.start, q.end), "q": i} for i, q in enumerate(parsed.quantities)]
            label = [None] * len(seen)
            for g, p in judge.pair(row["claims"], seen):
                label[p["q"]] = g
        result.append(Labelled(paper, row["claims"], parsed, label, 1 if "/" in name else CHECKED))
    return result


def examples(items: list[Labelled], judge: ModuleType) -> dict[str, list[crf.Example]]:
    """The training chains of every part, each as often as its abstract counts."""
    found: dict[str, list[crf.Example]] = {part: [] for part in PARTS}
    for times in sorted({item.times for item in items}):
        counted = _chains([item for item in items if item.times == times], judge)
        for part in PARTS:
            found[part] += counted[part] * times
    return found


def _chains(items: list[Labelled], judge: ModuleType) -> dict[str, list[crf.Example]]:
    """The training chains of every part, each once."""
    registry = load()
    found: dict[str, list[crf.Example]] = {part: [] for part in PARTS}
    for item in items:
        parsed = item.document
        if parsed is None:
            continue
        chain = links.kind_chain(parsed)
        right = [{kinds.KINDS.index(g["kind"] if g else "none")} for g in item.label]
        found["kind"].append(
            crf.Example(
                [[[f"{k}|{n}" for n in f] for k in kinds.KINDS] for f in chain.features],
                [[[[f"{a}>{b}|{n}" for n in f] for b in kinds.KINDS] for a in kinds.KINDS] for f in chain.pairs],
                right,
            )
        )
        claimed = [q for q, g in enumerate(item.label) if g]
        if not claimed:
            continue
        gold = {q: item.label[q] for q in claimed}
        kind_of = {q: g["kind"] for q, g in gold.items()}
        shapes = links.frames(parsed, claimed)
        metrics = links.metric_chain(parsed, claimed, kind_of, shapes, registry)
        fits = [
            {
                k
                for k, o in enumerate(os)
                if (o.source in UNNAMED if gold[q]["metric"] is None else judge.same_metric(gold[q]["metric"], o.name))
            }
            or None
            for q, os in zip(claimed, metrics.options, strict=True)
        ]
        found["metric"].append(crf.Example([[o.features for o in os] for os in metrics.options], metrics.pairs(), fits))
        named = {q: g["metric"].split("|")[0] if g["metric"] else None for q, g in gold.items()}
        where = links.benchmark_chain(parsed, claimed, kind_of, named, shapes, registry)
        hits = [
            {k for k, o in enumerate(os) if judge.same_names(gold[q]["benchmarks"], list(o.names), list(o.mentions))}
            or None
            for q, os in zip(claimed, where.options, strict=True)
        ]
        found["benchmark"].append(crf.Example([[o.features for o in os] for os in where.options], where.pairs(), hits))
        for q, g in gold.items():
            if g["kind"] in {"change", "ratio"} and g["direction"]:
                entry = registry.metric(named[q]) if named[q] else None
                described = qualifiers.direction_features(
                    parsed, q, g["kind"], entry.name if entry else named[q], entry.direction if entry else None
                )
                found["direction"].append(_single(described, qualifiers.DIRECTIONS, g["direction"]))
            described = qualifiers.role_features(parsed, q, g["kind"], shapes[parsed.places[q][0]])
            found["role"].append(_single(described, qualifiers.ROLES, g["role"]))
    return found


def _single(features: list[str], options: tuple[str, ...], right: str) -> crf.Example:
    """A chain of one place with fixed options."""
    return crf.Example([[[f"{o}|{f}" for f in features] for o in options]], [], [{options.index(right)}])


def fitted(items: list[Labelled], judge: ModuleType) -> Weights:
    """Fit all parts; the calibration is left as it is."""
    found = examples(items, judge)
    return Weights(*(crf.fit(found[part], penalty=PENALTY[part]) for part in PARTS), {})


def fold_of(item: Labelled, folds: int) -> int:
    """The fold of a paper: by its id, so that it never changes."""
    return int(hashlib.sha256(item.paper.id.encode()).hexdigest(), 16) % folds


def as_record(claim: Claim) -> dict:
    """A claim as the scorer reads it."""
    return {
        "paper_id": claim.paper_id,
        "start": claim.start,
        "end": claim.end,
        "span": (claim.start, claim.end),
        "kind": claim.kind,
        "value": claim.value,
        "value_high": claim.value_high,
        "unit": claim.unit,
        "metric": claim.metric,
        "benchmarks": list(claim.benchmarks),
        "benchmark_mentions": list(claim.benchmark_mentions),
        "subject": claim.subject,
        "role": claim.role,
        "baseline": claim.baseline,
        "direction": claim.direction,
        "bound": claim.bound,
        "confidence": claim.confidence,
        "rule": claim.rule,
    }


@dataclass(frozen=True)
class Guess:
    """A predicted claim: its fold, the signs of how sure it is, and whether it was right.

    `row` is whether it makes a row of a board, and then whether that row is right; None where it makes none.
    """

    fold: int
    signs: dict[str, float]
    right: bool
    row: bool | None


def judged(
    items: list[Labelled],
    predictions: dict[str, list[dict]],
    signs: dict[str, list[dict]],
    judge: ModuleType,
    folds: int,
) -> list[Guess]:
    """Every predicted claim with its signs and whether it was right."""
    result = []
    for item in items:
        predicted = predictions.get(item.paper.id, [])
        verdict = {id(p): (judge.judge(g, p), g["kind"]) for g, p in judge.pair(item.gold, predicted)}
        for p, sign in zip(predicted, signs.get(item.paper.id, []), strict=True):
            v, kind = verdict.get(id(p), ({}, None))
            row = kind == "score" and v["value"] and v["metric"] and v["benchmarks"]
            on_board = p["kind"] == "score" and p["benchmarks"]
            result.append(Guess(fold_of(item, folds), sign, v.get("claim", False), bool(row) if on_board else None))
    return result


def calibrate(guesses: list[Guess], penalty: float = 4.0) -> dict[str, float]:
    """The weights of the signs: logistic regression of rightness, with an L2 penalty."""
    names = sorted({name for guess in guesses for name in guess.signs})
    x = np.array([[guess.signs.get(name, 0.0) for name in names] for guess in guesses])
    y = np.array([float(guess.right) for guess in guesses])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        chance = 1.0 / (1.0 + np.exp(-z))
        value = float(np.sum(np.logaddexp(0, z) - y * z)) + 0.5 * penalty * float(w @ w)
        return value, x.T @ (chance - y) + penalty * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {name: round(float(w), 3) for name, w in zip(names, found, strict=True)}


def calibration_figures(guesses: list[Guess]) -> dict[str, float]:
    """How well the confidence is calibrated, each fold read with the calibration of the others.

    The expected calibration error; and of the rows of boards that are at least `SURE`, how many there are and which
    share is right.
    """
    given: list[tuple[float, Guess]] = []
    for fold in sorted({guess.fold for guess in guesses}):
        weights = Weights({}, {}, {}, {}, {}, calibrate([guess for guess in guesses if guess.fold != fold]))
        given += [(weights.confidence(guess.signs), guess) for guess in guesses if guess.fold == fold]
    error = calibration_error(tuple(reliability([(confidence, guess.right) for confidence, guess in given])))
    rows = [guess.row for confidence, guess in given if guess.row is not None and confidence >= SURE]
    told = {"expected calibration error": error}
    if rows:
        told |= {f"rows at {SURE} or more": len(rows), f"precision of rows at {SURE} or more": sum(rows) / len(rows)}
    return told


def figures(items: list[Labelled], predictions: dict[str, list[dict]], judge: ModuleType) -> dict[str, float]:
    """F1 of found, kind, claim and board, as the scorer defines them."""
    total = dict.fromkeys(("gold", "pred", "found", "kind", "claim", "gold_board", "pred_board", "board"), 0)
    for item in items:
        predicted = predictions.get(item.paper.id, [])
        pairs = judge.pair(item.gold, predicted)
        total["gold"] += len(item.gold)
        total["pred"] += len(predicted)
        total["gold_board"] += judge.board_rows(item.gold, "benchmarks")
        total["pred_board"] += judge.board_rows(predicted, "benchmarks")
        total["found"] += len(pairs)
        for g, p in pairs:
            v = judge.judge(g, p)
            total["kind"] += v["kind"]
            total["claim"] += v["claim"]
            if g["kind"] == p["kind"] == "score" and g["benchmarks"] and v["value"] and v["metric"] and v["benchmarks"]:
                total["board"] += len(g["benchmarks"])
    f1 = {k: judge.prf(total[k], total["pred"], total["gold"])[2] for k in ("found", "kind", "claim")}
    return {**f1, "board": judge.prf(total["board"], total["pred_board"], total["gold_board"])[2]}


def _one_fold(job: tuple[Path, list[str], int, int]) -> tuple[dict[str, list[dict]], dict[str, list[dict]]]:
    """Fit without one fold and read it: claims and their signs by paper."""
    folder, sets, fold, folds = job
    judge = scorer(folder)
    items = [i for name in sets for i in labelled(folder, name, judge)]
    weights = fitted([i for i in items if fold_of(i, folds) != fold], judge)
    registry = load()
    predictions, signs = {}, {}
    for item in items:
        if fold_of(item, folds) == fold and item.document is not None:
            signs[item.paper.id] = [d.signs for d in decide(item.document, registry, weights).decisions]
            predictions[item.paper.id] = [as_record(c) for c in claims_of(item.document, item.paper, registry, weights)]
    return predictions, signs


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--dry", action="store_true")
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--record", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    judge = scorer(folder)
    items = [i for name in arguments.sets for i in labelled(folder, name, judge)]
    predictions: dict[str, list[dict]] = {}
    signs: dict[str, list[dict]] = {}
    with Pool(2) as pool:
        for part in pool.imap(
            _one_fold, [(folder, arguments.sets, k, arguments.folds) for k in range(arguments.folds)]
        ):
            predictions.update(part[0])
            signs.update(part[1])
    guesses = judged(items, predictions, signs, judge, arguments.folds)
    found = {**figures(items, predictions, judge), **calibration_figures(guesses)}
    print(
        f"cross-validated ({len(items)} abstracts):", ", ".join(f"{name} {value:.4g}" for name, value in found.items())
    )
    if arguments.record:
        what = f"{len(items)} abstracts, {arguments.folds} folds"
        recorded.record("training", {(what, name): value for name, value in found.items()}, form=".4g")
    calibration = calibrate(guesses)
    if arguments.predictions:
        arguments.predictions.write_text(
            "".join(json.dumps(p) + "\n" for ps in predictions.values() for p in ps), encoding="utf-8"
        )
    if arguments.dry:
        return
    weights = replace(fitted(items, judge), calibration=calibration)
    target = Path(__file__).resolve().parents[1] / "data" / "weights.json"
    names = " ".join(Path(s).name for s in arguments.sets)
    body = {
        "about": (f"Fitted by benchmarks/train.py on {names}; weights of named features, see leaderboard/parsing."),
        "calibration": calibration,
        **{part: getattr(weights, part) for part in PARTS},
    }
    target.write_text(json.dumps(body, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {target.name}: {sum(len(getattr(weights, part)) for part in PARTS)} weights")


if __name__ == "__main__":
    main()
