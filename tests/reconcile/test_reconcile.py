"""The scale of bare numbers, settled or doubted by the other rows of their board."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaderboard.models import Claim, Paper, Rejection, Result
from leaderboard.normalise import results
from leaderboard.reconcile import reconcile
from leaderboard.registry import Registry

Rows = Callable[..., tuple[Result, ...]]


@pytest.fixture
def rows(invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]) -> Rows:
    """`rows(metric, "paper: number", ...)`: results on OddRead as the boards leave them."""

    def make(metric: str, *printed: str) -> tuple[Result, ...]:
        found: list[Result] = []
        for one in printed:
            name, _, number = one.partition(": ")
            paper = make_paper(f"It is {number}.", id=name)
            made = results(make_claim(paper, number, metric=metric), paper, invented)
            assert not isinstance(made, Rejection)
            found += made
        return reconcile(found, invented)

    return make


def test_a_bare_number_among_small_percentages(rows: Rows) -> None:
    found = rows("error rate", "a: 0.8", "b: 1.2%", "c: 2.5%", "d: 3.0%")[0]
    assert (found.score, found.printed_scale) == (0.8, "percent")
    assert "like the other rows" in (found.scale_note or "")


def test_a_bare_fraction_among_large_percentages(rows: Rows) -> None:
    found = rows("error rate", "a: 0.28", "b: 21%", "c: 30%", "d: 42%")[0]
    assert (found.value, found.score, found.printed_scale) == (0.28, 28.0, "fraction")


def test_a_bare_one_among_high_scores_is_the_whole(rows: Rows) -> None:
    found = rows("accuracy", "a: 1", "b: 91%", "c: 95%", "d: 99%")[0]
    assert (found.score, found.printed_scale) == (100.0, "fraction")


def test_the_same_paper_decides_first(rows: Rows) -> None:
    found = rows("error rate", "a: 0.8", "a: 1.9", "b: 70%", "c: 80%", "d: 90%")[0]
    assert (found.score, found.printed_scale) == (0.8, "percent")


def test_too_few_rows_decide_nothing(rows: Rows) -> None:
    found = rows("error rate", "a: 0.28", "b: 21%", "c: 30%")[0]
    assert found.score is None
    assert "may be a percentage or a fraction" in (found.scale_note or "")


def test_an_odd_row_is_flagged_and_keeps_its_value(rows: Rows) -> None:
    found = rows("puzzlement", "a: 1.9", "b: 150", "c: 180", "d: 240")[0]
    assert (found.value, found.score) == (1.9, None)
    assert (found.scale_note or "").startswith("an odd scale: 1.9 looks like a fraction")


def test_a_row_that_is_merely_small_is_not_odd(rows: Rows) -> None:
    assert rows("puzzlement", "a: 12", "b: 15", "c: 18", "d: 24")[0].score == 12.0
