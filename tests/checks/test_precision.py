"""The precision that findings show is counted from verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.precision import BadVerdict, counted, document, read
from leaderboard.checks._precision import measured


def line(**changes: object) -> str:
    fields: dict[str, object] = {
        "check": "from_to_gain", "level": "error", "paper": "p1", "offsets": [[3, 8]], "verdict": "right",
        "reason": "the step is 6.4",
    }  # fmt: skip
    return json.dumps(fields | changes)


def test_counts_reach_the_findings(tmp_path: Path) -> None:
    lines = [
        line(),
        line(paper="p2"),
        line(paper="p3", verdict="wrong"),
        line(paper="p4", verdict="undecidable"),
        line(paper="p5", level="review", verdict="wrong"),
        line(check="direction", verdict="undecidable"),
    ]
    (tmp_path / "set-1.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "check-precision.json"
    out.write_text(document(counted(read(tmp_path))), encoding="utf-8")
    found = measured(out)
    assert set(found) == {"from_to_gain"}, "a check without a decided verdict is not measured"
    one = found["from_to_gain"]
    assert (one.right, one.decided, one.undecidable, one.source) == (2, 3, 1, "set-1")
    assert one.interval == pytest.approx((0.2077, 0.9385), abs=1e-4)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is no verdict"),
        ("[]", "is no verdict"),
        (line(offsets=[[1]]), "is no verdict"),
        (line(verdict="fine"), "'fine' is no verdict"),
        (line(level="grave"), "'grave' is no level"),
        (line(check="no_such"), "no check 'no_such'"),
        (line(reason=""), "reason of 1 to"),
        (f"{line()}\n{line(verdict='wrong')}", "judges the same finding as a.jsonl, line 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(BadVerdict, match=problem) as caught:
        list(read(tmp_path))
    assert "a.jsonl, line" in str(caught.value)
