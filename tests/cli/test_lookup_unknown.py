"""`leaderboard lookup --unknown`: what no registry holds, ready to be added."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leaderboard.commands.lookup import unknown
from leaderboard.models import Claim, Paper, Result, Snapshot
from leaderboard.normalise import paper_results
from leaderboard.registry import Registry, load
from leaderboard.table import FILE, write

Run = Callable[..., tuple[int, str, str]]
TEXT = "Foo reaches 84.0% and 71.5% there, and 3.5x more."


@pytest.fixture
def rows(make_claim: Callable[..., Claim], invented: Registry) -> list[Result]:
    """Rows of three papers: known names, an unknown benchmark in three spellings, hostile and foreign ones."""

    def of(paper: str, number: str, benchmark: str, metric: str) -> list[Result]:
        record = Paper(paper, "T", TEXT)
        claim = make_claim(record, number, benchmarks=(benchmark,), benchmark_mentions=(benchmark,), metric=metric)
        return list(paper_results([claim], record, invented)[0])

    return [
        *of("p1", "84.0%", "OddRead", "accuracy"),
        *of("p1", "71.5%", "GrobBench", "accuracy"),
        *of("p2", "84.0%", "grob-bench", "frob rate"),
        *of("p3", "84.0%", "GrobBench", "accuracy"),
        *of("p1", "3.5x", 'A "quoted" \\ name]', "oddness"),
        *of("p1", "3.5x", "Damaged\x1b\nname", "oddness"),
        *of("p1", "84.0%", "Ünü", "accuracy"),
        *of("p1", "84.0%", "読", "accuracy"),
        *of("p1", "84.0%", "Odd.Read", "accuracy"),
    ]


def test_most_papers_first_with_the_usual_metric(rows: list[Result], invented: Registry) -> None:
    lines = list(unknown(rows, invented))
    assert lines[:3] == [
        "# 5 benchmarks in no registry, for data/benchmarks-*.toml",
        "[unsorted]",
        'grobbench = {name = "GrobBench", metric = "accuracy"}  # 3 papers, 3 claims',
    ]
    assert "# 2 metrics in no registry, for data/metrics.toml" in lines
    assert "[frob-rate]  # 1 paper, 1 claim" in lines
    assert not any("OddRead" in line for line in lines)


def test_order_of_the_rows_changes_nothing(rows: list[Result], invented: Registry) -> None:
    assert list(unknown(rows[::-1], invented)) == list(unknown(rows, invented))


def test_what_is_printed_can_be_added(rows: list[Result], invented: Registry, tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(root / "tests" / "invented", folder)
    shutil.copy(root / "data" / "units.txt", folder)
    benchmarks, metrics = "\n".join(unknown(rows, invented)).split("\n\n", 1)
    (folder / "benchmarks-new.toml").write_text(benchmarks, encoding="utf-8")
    with (folder / "metrics.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n" + metrics)
    known = load(folder)
    for name in ("GrobBench", "Ünü", "読", "Odd.Read"):
        assert known.benchmark(name)
    assert known.metric("frob rate")
    left = [line for line in unknown(rows, known) if not line.startswith(("#", "["))]
    assert left == [""]


def test_nothing_unknown(rows: list[Result], invented: Registry) -> None:
    text = "\n".join(unknown(rows[:1], invented))
    assert tomllib.loads(text) == {"unsorted": {}}
    assert list(unknown([replace(rows[0], benchmark=None, metric=None)], invented)) == text.split("\n")


def test_of_a_build(command: Run, make_snapshot: Callable[..., Snapshot], tmp_path: Path) -> None:
    write(make_snapshot([Paper("p1", "Foo", "It is 84.0%.")]), tmp_path / FILE)
    status, out, _ = command("lookup", "--unknown", tmp_path)
    assert status == 0
    assert 'oddread = {name = "OddRead", metric = "accuracy"}  # 1 paper, 1 claim' in out.splitlines()


@pytest.mark.parametrize("arguments", [(), ("GSM8K", "--unknown", "out")])
def test_a_name_or_a_build(arguments: tuple[str, ...], command: Run) -> None:
    assert command("lookup", *arguments) == (2, "", "leaderboard: give a NAME, or a build with --unknown DIR\n")
