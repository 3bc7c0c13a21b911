"""Cases as data: a text, its claims by hand, and what a check makes of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaderboard.models import Claim, Paper

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "checks"


@dataclass(frozen=True)
class Case:
    """One case of a check: one record, several records of one paper, or (`apart`) several papers.

    `shown` is how the case stands in a docstring: texts joined by " || ", the dates of papers before their texts.
    """

    check: str
    name: str
    texts: tuple[str, ...]
    claims: tuple[tuple[Mapping[str, Any], ...], ...]
    papers: tuple[Mapping[str, Any], ...]
    expect: str
    level: str | None
    origin: str
    reason: str | None
    message: str | None
    parser: bool
    also: tuple[str, ...]
    apart: bool
    shown: str


PAPER_FIELDS = ("url", "date", "title", "id")
"""What a case may say of a paper."""


def cases() -> list[Case]:
    """All cases of all checks, from `tests/cases/checks/<check>.toml`."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            records = entry.get("records") or entry.get("papers") or filled(entry)
            apart = "papers" in entry or "values" in entry
            found.append(
                Case(
                    path.stem,
                    entry["name"],
                    tuple(record["text"] for record in records),
                    tuple(tuple(record["claims"]) for record in records),
                    tuple({k: record[k] for k in PAPER_FIELDS if k in record} for record in records),
                    entry["expect"],
                    entry.get("level"),
                    entry.get("origin", "paper"),
                    entry.get("reason"),
                    entry.get("message"),
                    entry.get("parser", True),
                    tuple(entry.get("also", ())),
                    apart,
                    shown(entry, records),
                )
            )
    return found


def filled(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records of a case without a list of them: its text once, or once for each of its `values` in place of {}."""
    if "values" not in entry:
        return [entry]
    texts = [entry["text"].replace("{}", value) for value in entry["values"]]
    claims = [
        [{**claim, "number": claim["number"].replace("{}", value)} for claim in entry["claims"]]
        for value in entry["values"]
    ]
    dates = entry.get("dates", [None] * len(texts))
    return [
        {"text": text, "claims": group} | ({"date": date} if date else {})
        for text, group, date in zip(texts, claims, dates, strict=True)
    ]


def shown(entry: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> str:
    """A case as a line of documentation."""
    if "values" in entry:
        return str(entry["text"].replace("{}", f"{{{', '.join(entry['values'])}}}"))
    dated = "papers" in entry
    return " || ".join(
        f"{record['date']}: {record['text']}" if dated and "date" in record else record["text"] for record in records
    )


def examples(doc: str) -> list[tuple[str, str]]:
    """The examples in a check's docstring: "Caught" or "Allowed", and the text."""
    return re.findall(r"^(Caught|Allowed): (.*)$", doc, re.MULTILINE)


def claim(paper: Paper, fields: Mapping[str, Any]) -> Claim:
    """A claim by hand: what is not given is read off the printed number, as the definition of a claim says."""
    printed = str(fields["number"])
    quote = str(fields.get("quote", printed))
    assert paper.abstract.count(quote) == 1, f"{quote!r} is not unique in {paper.abstract!r}"
    start = paper.abstract.index(quote) + quote.index(printed)
    ends = [m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])", paper.abstract)]
    digits = re.search(r"[\d.,]*\d", printed)
    value = float(digits.group().replace(",", "")) if digits else 0.0
    unit = next((u for sign, u in (("%", "percent"), ("point", "points"), ("x", "x")) if sign in printed), "none")
    metric = fields.get("metric")
    benchmarks = tuple(fields.get("benchmarks", ()))
    defaults: dict[str, Any] = {
        "kind": "score",
        "value": -value if printed.startswith("-") else value,
        "value_high": None,
        "unit": unit,
        "half_width": 0.5 * 10.0 ** -len(digits.group().partition(".")[2]) if digits else None,
        "metric": metric,
        "metric_mention": metric if metric and metric.casefold() in paper.abstract.casefold() else None,
        "metric_inferred": False,
        "benchmark_mentions": benchmarks,
        "subject": None,
        "role": "own",
        "baseline": None,
        "direction": None,
        "bound": "exact",
        "rule": "by hand",
        "confidence": 1.0,
    }
    given = {key: value for key, value in fields.items() if key != "quote"}
    given |= {"benchmarks": benchmarks, "setting": tuple(fields.get("setting", ()))}
    place = {
        "paper_id": paper.id,
        "start": start,
        "end": start + len(printed),
        "sentence_start": max([0, *(end for end in ends if end <= start)]),
        "sentence_end": min([len(paper.abstract), *(end for end in ends if end > start)]),
    }
    return Claim(**{**defaults, **given, **place})
