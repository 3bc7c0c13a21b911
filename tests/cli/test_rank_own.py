"""`rank --own`: quoted baselines are left out and the others ranked anew; and `rank` marks what was corrected."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ABSTRACTS = {
    "p1": "We propose Foo. Foo reaches an accuracy of 84.2% on GSM8K, while Bar reaches an accuracy of 86.5% on GSM8K.",
    "p2": "We propose Quux. Quux reaches an accuracy of 81.0% on GSM8K.",
    "p3": "We propose Blip. In the zero-shot setting, Blip reaches an accuracy of 79.0% on GSM8K.",
    "p4": "All methods are worse than Bar, a baseline with an accuracy of 80.0% on MATH.",
}
FIX = """
[[fix]]
paper = "p1"
number = "86.5%"
set = { role = "baseline", subject = "Bar" }
reason = "it is quoted"
[[fix]]
paper = "p4"
number = "80.0%"
set = { role = "baseline", metric_mention = "an accuracy", benchmarks = ["MATH"], metric = "accuracy" }
reason = "it is quoted"
"""


@pytest.fixture
def build(command: Run, tmp_path: Path) -> Path:
    """A build with two own results and one quoted on one board, one own on another lane, one quoted elsewhere."""
    lines = [json.dumps({"id": name, "title": f"On {name}", "abstract": text}) for name, text in ABSTRACTS.items()]
    (tmp_path / "papers.jsonl").write_text("\n".join(lines))
    (tmp_path / "corrections.toml").write_text(FIX)
    assert command("build", tmp_path / "papers.jsonl", "--out", tmp_path / "out")[0] == 0
    return tmp_path / "out"


def ranked(out: str) -> list[tuple[str, str]]:
    """Rank and model of each line."""
    cells = [line.split() for line in out.splitlines() if line.startswith("   ")]
    return [(rank, next(word for word in words if word.isalpha())) for rank, *words in cells]


def test_all_results_are_ranked_unless_told_otherwise(command: Run, build: Path) -> None:
    _, out, _ = command("rank", "GSM8K", "--in", build)
    assert ranked(out) == [("1", "Bar"), ("2", "Foo"), ("3", "Quux"), ("1", "Blip")]
    assert "86.5% ✎" in out
    assert out.count("✎ corrected by hand; corrections.csv of the build says what was read") == 1


def test_own_results_are_ranked_among_themselves(command: Run, build: Path) -> None:
    _, out, _ = command("rank", "GSM8K", "--own", "--in", build)
    assert out.startswith("Own results only, ranked among themselves")
    assert ranked(out) == [("1", "Foo"), ("2", "Quux"), ("1", "Blip")]
    assert "✎" not in out


def test_own_results_of_all_lanes_can_be_merged(command: Run, build: Path) -> None:
    _, out, _ = command("rank", "GSM8K", "--own", "--merged", "--in", build)
    assert ranked(out) == [("1", "Foo"), ("2", "Quux"), ("3", "Blip")]


def test_a_board_of_quoted_results_only_is_refused(command: Run, build: Path) -> None:
    assert command("rank", "MATH", "--in", build)[0] == 0
    status, out, err = command("rank", "MATH", "--own", "--in", build)
    assert (status, out) == (2, "")
    assert err == "leaderboard: these boards hold no own results, only quoted ones; leave out --own\n"
