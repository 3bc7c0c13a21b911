"""A build of any size from invented papers: the input of `dashboard_scale.py` and of the browser tests of speed.

    python benchmarks/large_build.py FOLDER [CLAIMS]      (default: 1,000,000)

Papers and claims are drawn with a fixed seed, so that the same number of claims gives the same build. They pass the
program's own ranking and table writing; only the parser is left out, since nothing here depends on how claims are
found. Benchmarks have sizes as in real collections: a few with tens of thousands of claims, thousands with a handful.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from leaderboard import rank, registry, table  # noqa: E402
from leaderboard.models import Finding, Operand, Paper, Reading, Result, Snapshot  # noqa: E402

SEED = 20_240_501
CLAIMS_PER_PAPER = 2.5
"""About what abstracts that report numbers hold."""

FINDINGS_PER_CLAIM = 0.03
"""Share of claims that take part in a finding."""

MOST_BENCHMARKS = 4_000
METRICS: tuple[tuple[str, str, float, float], ...] = (
    ("accuracy", "percent", 30.0, 99.0),
    ("F1", "percent", 30.0, 97.0),
    ("BLEU", "none", 8.0, 45.0),
    ("perplexity", "none", 3.0, 60.0),
    ("word error rate", "percent", 1.5, 30.0),
)
"""Metrics by name with the unit and range of their invented values; the last two are better when lower."""

LANES = (None, None, None, "5-shot", "zero-shot", "validation")
CHECKS = ("metric_range", "from_to_gain", "percent_over_baseline", "own_delta_baseline", "complement", "direction")
LEVELS: tuple[Literal["error", "warning", "note"], ...] = ("error", "warning", "warning", "note")
SYLLABLES = (
    "ar bel cor dun el fir gal hes il jor kan lum mor nes ol pra quin ros sal tem ul vor wil xan yor zed".split()
)
FILLER = (
    "Earlier work left open how far the idea carries when the input grows long and the labels are few. "
    "The design keeps one small memory and reads it twice, once for the plan and once for the answer. "
    "An ablation over depth and width shows which of the parts matter, and which only cost time. "
)


def name(number: int) -> str:
    """An invented name for a number, different for every number."""
    parts = []
    left = number
    while left or len(parts) < 2:
        left, at = divmod(left, len(SYLLABLES))
        parts.append(SYLLABLES[at])
    return "".join(parts).capitalize()


def papers_and_results(claims: int) -> Iterator[tuple[Paper, list[Result]]]:
    """Invented papers with their claims, `claims` in all."""
    lots = random.Random(SEED)  # noqa: S311 - not for secrets
    benchmarks = max(8, min(MOST_BENCHMARKS, claims // 50))
    weights = list(accumulate(1 / (place + 2) for place in range(benchmarks)))
    made = number = 0
    while made < claims:
        count = min(claims - made, lots.choice((1, 1, 2, 2, 3, 3, 4, 4)))
        year = 2012 + int(13 * lots.random() ** 0.6)
        date = f"{year}-{lots.randrange(1, 13):02d}-{lots.randrange(1, 29):02d}"
        system = f"{name(lots.randrange(claims // 3 + 10))}-{lots.choice((1, 3, 7, 13, 34, 70))}B"
        paper_id = f"invented:{number:07d}"
        title = f"{system}: a small memory for long plans, part {number}"
        url = f"https://papers.example/{number}"
        text = f"We present {system}, a reader with a small memory. {FILLER}"
        results = []
        for place in range(count):
            at = lots.choices(range(benchmarks), cum_weights=weights)[0]
            metric, unit, low, high = METRICS[(at + (lots.random() < 0.15)) % len(METRICS)]
            value = round(low + (high - low) * lots.betavariate(2 + (year - 2012) / 4, 3), 1)
            number_text = f"{value}%" if unit == "percent" else str(value)
            benchmark = f"{name(at)}Bench"
            before = "It reaches " if place == 0 else "It also reaches "
            sentence = f"{before}{number_text} {metric} on {benchmark}, with one pass over the input. "
            opening = len(text)
            start = opening + len(before)
            text += sentence
            role: Literal["own", "baseline", "other"] = lots.choice(("own", "own", "own", "baseline", "other"))
            results.append(
                Result(
                    claim_id=hashlib.sha256(f"{paper_id}{start}".encode()).hexdigest()[:16],
                    benchmark=benchmark,
                    benchmark_mention=benchmark,
                    metric=metric,
                    metric_mention=metric,
                    metric_inferred=False,
                    kind="score",
                    value=value,
                    value_high=None,
                    unit=unit,
                    printed=number_text,
                    half_width=0.05,
                    score=value,
                    higher_is_better=metric not in {"perplexity", "word error rate"},
                    subject=system if role == "own" else f"{name(lots.randrange(500))}-{lots.choice((1, 7, 13))}B",
                    subject_parameters=float(system.rpartition("-")[2][:-1]) * 1e9 if role == "own" else None,
                    role=role,
                    baseline=None,
                    direction=None,
                    bound=lots.choice(("exact",) * 19 + ("at_least",)),
                    setting=lots.choice(LANES),
                    paper_id=paper_id,
                    title=title,
                    url=url,
                    date=date,
                    sentence=sentence.strip(),
                    start=start,
                    end=start + len(number_text),
                    rule="level.on",
                    confidence=round(lots.betavariate(8, 2), 2),
                )
            )
        made += count
        yield Paper(paper_id, title, text + FILLER, url, date, "invented.jsonl", number + 1), results
        number += 1


def findings(results: list[Result]) -> Iterator[Finding]:
    """Invented findings about a fixed share of the claims, each with two numbers."""
    lots = random.Random(SEED + 1)  # noqa: S311 - as above
    for at in sorted(lots.sample(range(len(results)), int(len(results) * FINDINGS_PER_CLAIM))):
        one, other = results[at], results[at - 1]
        check = lots.choice(CHECKS)
        yield Finding(
            check=check,
            level=lots.choice(LEVELS),
            state=lots.choice(("fail", "fail", "review")),
            origin="paper",
            paper_id=one.paper_id,
            message=f"{one.printed} is stated, but the numbers beside it give another value.",
            operands=tuple(
                Operand(r.paper_id, r.start, r.end, r.printed, r.value, r.value - 0.05, r.value + 0.05, r.unit)
                for r in (one, other)
            ),
            computed=(Reading("absolute", 0.1, 0.2, meets=False),),
            fingerprint=hashlib.sha256(f"{check}{one.claim_id}".encode()).hexdigest()[:16],
            quote=one.sentence,
            url=one.url,
            formula=f"{one.printed} − {other.printed}",
        )


def write(folder: Path, claims: int = 1_000_000) -> Path:
    """Write a build with so many claims into `folder` and return the database's path."""
    folder.mkdir(parents=True, exist_ok=True)
    papers: list[Paper] = []
    results: list[Result] = []
    for paper, found in papers_and_results(claims):
        papers.append(paper)
        results += found
    boards = rank.boards(results, registry.load())
    digest = hashlib.sha256(f"{SEED} {claims}".encode()).hexdigest()
    parts = (tuple(papers), tuple(results), boards, tuple(findings(results)), ())
    path = folder / table.FILE
    table.write(Snapshot("0.1.0", digest, *parts), path)
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000))
