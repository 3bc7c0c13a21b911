"""Which checks a run of the command includes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def abstract(tmp_path: Path) -> Path:
    """One abstract with a list that is longer than its count, and an accuracy out of range."""
    path = tmp_path / "abstract.txt"
    text = "Our tagger reaches 104.2% accuracy. It leads on all three benchmarks (ToyQA, ToySent, ToyMaze, ToyTags)."
    path.write_text(text, encoding="utf-8")
    return path


def caught(command: Command, *arguments: object) -> set[str]:
    _, out, _ = command("check", *arguments, "--format", "jsonl")
    return {line["check_id"] for line in map(json.loads, out.splitlines()) if line["state"] == "fail"}


def test_a_check_that_is_off_runs_where_it_is_asked_for(command: Command, abstract: Path) -> None:
    assert caught(command, abstract) == {"metric_range"}
    assert caught(command, abstract, "--enable", "count_of_list") == {"metric_range", "count_of_list"}
    assert caught(command, abstract, "--enable", "all") == {"metric_range", "count_of_list"}


def test_only_what_is_selected_runs(command: Command, abstract: Path) -> None:
    assert caught(command, abstract, "--select", "metric_range", "--select", "complement") == {"metric_range"}
    assert caught(command, abstract, "--select", "count_of_list") == {"count_of_list"}


@pytest.mark.parametrize("option", ["--select", "--enable"])
def test_an_unknown_check_is_one_line(option: str, command: Command, abstract: Path) -> None:
    status, _, err = command("check", abstract, option, "metric_rage")
    assert status == 2
    assert "metric_range" in err
    assert len(err.splitlines()) == 1


def test_a_build_takes_the_same_options(command: Command, abstract: Path, tmp_path: Path) -> None:
    status, out, _ = command("build", abstract, "--out", tmp_path / "out", "--enable", "all")
    assert status == 0
    assert "1 error, 0 warnings, 1 note" in out
    status, out, _ = command("build", abstract, "--out", tmp_path / "out", "--select", "complement")
    assert "0 errors, 0 warnings, 0 notes" in out
