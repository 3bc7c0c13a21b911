"""`rank` finds boards by every name of their benchmark: the registry's, those of corrections, and the papers' own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from leaderboard import registry, table

Run = Callable[..., tuple[int, str, str]]

ABSTRACTS = {
    "p1": "We propose Foo. Foo reaches an accuracy of 84.2% on GSM8K.",
    "p2": "We propose Quux. Quux reaches an accuracy of 61.0% on the OddRead benchmark.",
    "p4": "We propose Grue. Grue reaches an accuracy of 79.0% on SchoolSums.",
    "p5": "We propose Plop. Plop reaches an AP of 41.2 on COCO.",
    "p6": "We propose Splat. Splat reaches an mAP of 43.7 on COCO.",
    "p3": "We propose Blip. Blip reaches an accuracy of 59.0% on the Odd-Reading-X benchmark.",
}
CORRECTIONS = """
[[merge]]
kind = "benchmark"
names = ["Odd-Reading-X"]
into = "OddRead"
reason = "it is called so, too"
[[alias]]
kind = "benchmark"
of = "GSM8K"
alias = "SchoolSums"
reason = "what the group calls it"
"""


@pytest.fixture
def build(command: Run, tmp_path: Path) -> Path:
    """A build of one benchmark of the registry and one that corrections have put together of two names."""
    lines = [json.dumps({"id": name, "title": f"On {name}", "abstract": text}) for name, text in ABSTRACTS.items()]
    (tmp_path / "papers.jsonl").write_text("\n".join(lines))
    (tmp_path / "corrections.toml").write_text(CORRECTIONS)
    assert command("build", tmp_path / "papers.jsonl", "--out", tmp_path / "out")[0] == 0
    return tmp_path / "out"


def test_every_alias_of_the_registry_finds_the_boards(command: Run, build: Path) -> None:
    entry = registry.load().benchmarks["GSM8K"]
    assert entry.aliases
    expected = command("rank", entry.name, "--in", build)
    assert expected[0] == 0
    for alias in entry.aliases:
        assert command("rank", alias, "--in", build) == expected, alias


@pytest.mark.parametrize("name", ["OddRead", "odd read", "Odd-Reading-X", "odd reading x"])
def test_names_of_the_papers_find_the_boards(name: str, command: Run, build: Path) -> None:
    status, out, err = command("rank", name, "--in", build)
    assert (status, err) == (0, "")
    assert "Quux" in out
    assert "Blip" in out


def test_an_alias_of_the_corrections_finds_the_boards(command: Run, build: Path) -> None:
    expected = command("rank", "GSM8K", "--in", build)
    assert "Grue" in expected[1]
    assert command("rank", "School Sums", "--in", build) == expected


@pytest.mark.parametrize("metric", ["AP", "mAP", "mean average precision"])
def test_metrics_that_say_the_same_on_a_benchmark_are_one_board(metric: str, command: Run, build: Path) -> None:
    _, out, _ = command("rank", "COCO", "--metric", metric, "--in", build)
    assert out.startswith("COCO: mAP")
    assert "Plop" in out
    assert "Splat" in out


def test_a_name_that_nothing_has_is_told(command: Run, build: Path) -> None:
    status, _, err = command("rank", "EvenRead", "--in", build)
    assert status == 2
    assert "EvenRead" in err
    assert {board.benchmark for board in table.load(build).boards} == {"GSM8K", "OddRead", "COCO"}
