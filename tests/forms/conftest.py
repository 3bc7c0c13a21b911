"""Fixtures of the tests of the forms: a report as the checks of this program would make it, of invented papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leaderboard.checks import Precision, Report
from leaderboard.models import Finding, Operand, Paper, Reading

TEXT = "Owl is new. On ToyQA, Owl improves accuracy\nfrom 77.5% to 83.9%, a gain of 7.4 points. It is fast."
QUOTE = TEXT[12 : TEXT.index(" It is fast")]


def operand(printed: str, half: float, paper: str = "2406.01234v2", text: str = TEXT, unit: str = "percent") -> Operand:
    start = text.index(printed)
    value = float(printed.split("%", maxsplit=1)[0].split(maxsplit=1)[0])
    return Operand(paper, start, start + len(printed), printed, value, value - half, value + half, unit)


def make(**changes: Any) -> Finding:
    fields: dict[str, Any] = {
        "check": "from_to_gain",
        "level": "error",
        "state": "fail",
        "origin": "paper",
        "paper_id": "2406.01234v2",
        "message": "The stated gain of 7.4 points does not meet the step from 77.5% to 83.9% under any reading.",
        "operands": (operand("77.5%", 0.1), operand("83.9%", 0.1), operand("7.4 points", 0.1, unit="points")),
        "computed": (
            Reading("points", 6.2, 6.6, meets=False, stated=(7.3, 7.5)),
            Reading("relative to old", 7.99, 8.53, meets=False, stated=(7.3, 7.5)),
        ),
        "fingerprint": "4145aa2dfaa821f1",
        "quote": QUOTE,
        "url": "https://arxiv.org/abs/2406.01234v2",
        "formula": "|83.9 - 77.5| = 6.4; stated 7.4 points -> [7.3, 7.5] (robust)",
        "assumptions": ("the gain belongs to the two values (link rule L3)",),
        "alternatives": ("our reading of the sentence is mistaken", "the gain is measured on other data"),
        "verify": 'python -c "print(83.9 - 77.5)"',
        "cell": "accuracy|ToyQA|",
    }
    return Finding(**(fields | changes))


@pytest.fixture
def finding() -> Any:
    """`finding(**changes)`: an error of the check from_to_gain, with these fields changed."""
    return make


@pytest.fixture
def report() -> Report:
    """One finding in every state, the first from the papers, the second probably ours."""
    late = Operand("p2", 3, 8, "64.8%", 64.8, 64.7, 64.9, "percent")
    findings = (
        make(),
        make(
            check="metric_range", origin="pipeline", level="warning", paper_id="p2", url=None, quote="At 64.8% it is.",
            message="64.8% is not attainable.", operands=(late,), computed=(), fingerprint="b" * 16,
        ),
        make(check="direction", state="review", reason="the metric is inferred", fingerprint="c" * 16),
        make(state="suppressed", suppressed_by="Checked (Ada, 2026-01-02)", fingerprint="d" * 16),
        make(check="metric_range", state="pass", message="It is inside.", alternatives=(), fingerprint="e" * 16),
        make(check="metric_range", state="not-applicable", reason="the unit differs", fingerprint="f" * 16),
    )  # fmt: skip
    papers = (
        Paper(
            "2406.01234v2",
            "An Invented Paper",
            TEXT,
            date="2024-06",
            source="my papers/a.tex",
            record=1,
            line=10,
            column=3,
        ),
        Paper("p2", "Another", "At 64.8% it is.", source="b.jsonl", record=4),
    )
    return Report(
        findings,
        papers=2,
        claims=9,
        checks=("direction", "from_to_gain", "metric_range"),
        recomputed=4,
        outside=3,
        sources={paper.id: paper for paper in papers},
        claim_ids={("2406.01234v2", 75, 85, "7.4 points"): "0123456789abcdef"},
        precision={"from_to_gain": Precision(47, 50, 2, "2026-11")},
    )


HOSTILE = "\x1b[31m<script>alert(1)</script> [x](javascript:y) `code` | $(rm) \u202e=cmd\n# head ]]> &amp;"


@pytest.fixture
def hostile(report: Report) -> Report:
    """A report whose every text that comes from a paper attacks."""
    number = Operand(HOSTILE, 0, 1, HOSTILE, 1.0, float("-inf"), float("inf"), HOSTILE)
    second = Operand(HOSTILE, 3, 4, HOSTILE, 1.0, 0.5, 1.5, HOSTILE)
    first = make(
        quote=HOSTILE, paper_id=HOSTILE, url=HOSTILE, message=HOSTILE, operands=(number, second), formula=HOSTILE,
        computed=(Reading(HOSTILE, 1.0, 2.0, meets=False, stated=(3.0, float("inf"))),), suppressed_by=HOSTILE,
        cell=HOSTILE, reason=HOSTILE,
    )  # fmt: skip
    paper = Paper(HOSTILE, HOSTILE, HOSTILE, url=HOSTILE, source=HOSTILE, line=3)
    return replace(report, findings=(first,), sources={HOSTILE: paper})
