"""Annotated abstracts of real papers: an error or a warning on one of them is nearly always ours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from leaderboard.checks import Corpus, run
from leaderboard.models import Claim, Paper
from leaderboard.registry import Registry, load

SETS = ("seed", "open")
"""The sets that have been read; the others stay unread."""


def first(names: str | None) -> str | None:
    return names.split("|")[0] if names else None


def gold_claim(paper: Paper, fields: dict[str, Any], known: Registry, stops: list[int]) -> Claim | None:
    """An annotation as a claim: the first of alternative names, the metric's canonical name where it is known."""
    quote = paper.abstract.find(fields["quote"])
    start = paper.abstract.find(fields["number"], max(quote, 0))
    if quote < 0 or start < 0:
        return None
    names = (fields["metric"] or "").split("|")
    metric = next((entry.name for entry in map(known.metric, names) if entry), first(fields["metric"]))
    benchmarks = tuple(name.split("|")[0] for name in fields["benchmarks"])
    return Claim(
        paper_id=paper.id,
        start=start,
        end=start + len(fields["number"]),
        half_width=None,
        metric=metric,
        metric_mention=next((name for name in names if name and name.casefold() in paper.abstract.casefold()), None),
        metric_inferred=False,
        benchmarks=benchmarks,
        benchmark_mentions=benchmarks,
        subject=first(fields["subject"]),
        baseline=first(fields["baseline"]),
        setting=(),
        sentence_start=max(stop for stop in stops if stop <= start),
        sentence_end=min(stop for stop in stops if stop > start),
        rule="gold",
        confidence=1.0,
        **{key: fields[key] for key in ("number", "kind", "value", "value_high", "unit", "role", "direction", "bound")},
    )


def gold(folder: Path, known: Registry) -> tuple[list[Paper], list[Claim]]:
    papers, claims = [], []
    for name in SETS:
        lines = (folder / f"{name}-claims.jsonl").read_text(encoding="utf-8").splitlines()
        annotations = {entry["id"]: entry["claims"] for entry in map(json.loads, lines)}
        for line in (folder / f"{name}-abstracts.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            paper = Paper(entry["id"], entry["title"], entry["abstract"])
            stops = [m.end() for m in re.finditer(r"[.!?](?=\s+[A-Z(])", paper.abstract)]
            stops = [0, *stops, len(paper.abstract)]
            papers.append(paper)
            made = (gold_claim(paper, fields, known, stops) for fields in annotations.get(paper.id, []))
            claims += [one for one in made if one is not None]
    return papers, claims


def test_no_error_and_no_warning_on_annotated_abstracts(shared: Path) -> None:
    known = load()
    papers, claims = gold(shared / "gold", known)
    assert len(claims) > 1400
    report = run(Corpus.build(papers, claims, known))
    assert report.checkable > 400
    alarms = [(f.check, f.paper_id, f.message) for f in report.findings if f.state == "fail" and f.level != "note"]
    assert alarms == []
