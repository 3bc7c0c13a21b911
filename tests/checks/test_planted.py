"""Planted errors: every check has a kind of them and finds most; the figures are recorded and shown."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks import check_scale, consistent_worlds, figures, planted_errors
from leaderboard import checks
from leaderboard.plugins import discover
from leaderboard.registry import load

LEAST = 0.85
"""The least share that a check must find of the errors planted for it."""

WORLDS = 12
"""Worlds for each kind of error."""


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, tuple[int, int]]]:
    return planted_errors.shares(planted_errors.measured(WORLDS, 3, load(), parser=False))


def test_every_check_has_planted_errors_and_finds_them(found: dict[str, dict[str, tuple[int, int]]]) -> None:
    assert set(found) == set(discover(checks))
    hits = {check: sum(hit for hit, _ in kinds.values()) for check, kinds in found.items()}
    sown = {check: sum(all_ for _, all_ in kinds.values()) for check, kinds in found.items()}
    assert min(sown.values()) >= WORLDS // 2
    assert {check: hits[check] / sown[check] for check in sown if hits[check] < LEAST * sown[check]} == {}


def test_true_papers_beside_others_raise_no_alarm() -> None:
    """What is planted is the error, not the rest: without it, the check finds nothing."""
    known, clean = load(), 0
    for plant in planted_errors.plants(random.Random(4)):  # noqa: S311 - not for secrets
        papers = plant.groups[:-1]
        claims = [claim for _, group in papers for claim in group]
        report = checks.run(checks.Corpus.build([paper for paper, _ in papers], claims, known), only=[plant.check])
        assert not [one.message for one in report.findings if one.state == "fail"]
        clean += len(papers) > 1
    assert clean > 5


def test_figures_are_added_and_the_last_ones_shown(tmp_path: Path) -> None:
    assert planted_errors.summary(tmp_path) == "No figures are recorded yet.\n"
    old = {"one digit found": 1, "one digit planted": 9}
    new = {"one digit found": 1500, "one digit planted": 2000, "a tenth found": 5, "a tenth planted": 5}
    for values in (old, new):
        figures.record("planted_errors", {("direction", name): value for name, value in values.items()}, tmp_path)
    head, *rows = (tmp_path / "planted_errors.csv").read_text(encoding="utf-8").splitlines()
    assert head == "date,commit,set,figure,value"
    assert rows[2].split(",")[2:] == ["direction", "one digit found", "1500"]
    assert planted_errors.summary(tmp_path).splitlines()[2:] == [
        "| `direction` | 1,505 of 2,005, 75% | one digit 75%, a tenth 100% |"
    ]


def test_figures_of_worlds_and_of_scale_in_words(tmp_path: Path) -> None:
    assert consistent_worlds.summary(tmp_path) == check_scale.summary(tmp_path) == "No figures are recorded yet.\n"
    seen = {"renderings": 4000, "compared": 3950, "templates": 40, "alarms": 1}
    figures.record(
        "consistent_worlds", {("claims of the parser", name): value for name, value in seen.items()}, tmp_path
    )
    figures.record("check_scale", {("5000 claims", "seconds in all"): 2.4}, tmp_path)
    assert consistent_worlds.summary(tmp_path) == (
        "- claims of the parser: 1 alarms on 4,000 true abstracts of 40 templates, 3,950 of them compared\n"
    )
    line = "- the checks across papers on 5000 claims: 2 seconds of one core"
    assert check_scale.summary(tmp_path) == f"{line}\n"
    figures.record("check_scale", {("5000 claims", "times the yardstick"): 25.3}, tmp_path)
    more = ", 25 times what decoding as many small JSON records takes"
    assert check_scale.summary(tmp_path) == f"{line}{more}\n"
    figures.record("check_scale", {("5000 claims", check_scale.BUSIER): 1.6}, tmp_path)
    assert check_scale.summary(tmp_path) == f"{line}{more}; in two processes 2 seconds of the busier one\n"
