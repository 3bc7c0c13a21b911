"""Joint choice along a chain against the sum over all chains, and the tables of weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.parsing import links
from leaderboard.parsing.chain import decode, row_scores, score
from leaderboard.parsing.metrics import Option

Unary = list[list[float]]
Pairs = list[list[list[float]]]

SCORES = st.integers(-40, 40).map(lambda n: n / 8)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Unary, Pairs]:
    """Up to five places with up to three options each; some pairs of places have no say in each other."""
    unary = draw(st.lists(st.lists(SCORES, min_size=1, max_size=3), min_size=1, max_size=5))

    def table(height: int, width: int) -> st.SearchStrategy[list[list[float]]]:
        row = st.lists(SCORES, min_size=width, max_size=width)
        return st.just([]) | st.lists(row, min_size=height, max_size=height)

    pairs = [draw(table(len(a), len(b))) for a, b in pairwise(unary)]
    return unary, pairs


def total(choice: Sequence[int], unary: Unary, pairs: Pairs) -> float:
    """The score of one chain, from the definition."""
    own = sum(row[option] for row, option in zip(unary, choice, strict=True))
    joint = sum(t[a][b] for t, (a, b) in zip(pairs, pairwise(choice), strict=True) if t)
    return own + joint


@given(chains())
def test_the_choice_is_the_best_of_all_chains(chain: tuple[Unary, Pairs]) -> None:
    unary, pairs = chain
    choice, _ = decode(unary, pairs)
    everything = product(*(range(len(row)) for row in unary))
    assert math.isclose(total(choice, unary, pairs), max(total(c, unary, pairs) for c in everything), abs_tol=1e-9)


@given(chains())
def test_the_probabilities_are_those_of_all_chains(chain: tuple[Unary, Pairs]) -> None:
    unary, pairs = chain
    _, marginals = decode(unary, pairs)
    everything = {c: math.exp(total(c, unary, pairs)) for c in product(*(range(len(row)) for row in unary))}
    whole = sum(everything.values())
    assert [len(row) for row in marginals] == [len(row) for row in unary]
    for place, row in enumerate(marginals):
        assert math.isclose(sum(row), 1.0, rel_tol=1e-9)
        for option, probability in enumerate(row):
            share = sum(weight for c, weight in everything.items() if c[place] == option) / whole
            assert math.isclose(probability, share, rel_tol=1e-9, abs_tol=1e-12)


@given(chains(), SCORES)
def test_a_constant_changes_nothing(chain: tuple[Unary, Pairs], constant: float) -> None:
    unary, pairs = chain
    choice, marginals = decode(unary, pairs)
    shifted = [[v + constant for v in row] for row in unary]
    again, marginals_again = decode(shifted, pairs)
    assert math.isclose(total(choice, unary, pairs), total(again, unary, pairs), abs_tol=1e-9)
    for row, other in zip(marginals, marginals_again, strict=True):
        assert row == pytest.approx(other, abs=1e-9)


def test_neighbours_have_a_say() -> None:
    unary = [[2.0, 0.0], [0.0, 1.0]]
    assert decode(unary, [[]])[0] == [0, 1]
    assert decode(unary, [[[5.0, 0.0], [0.0, 0.0]]])[0] == [0, 0]


def test_no_place_has_no_choice() -> None:
    assert decode([], []) == ([], [])


def test_a_long_chain_of_large_scores_stays_finite() -> None:
    choice, marginals = decode([[0.0, 500.0]] * 300, [[[800.0, 0.0], [0.0, 800.0]]] * 299)
    assert choice == [1] * 300
    assert all(math.isfinite(p) and -1e-9 <= p <= 1 + 1e-9 for row in marginals for p in row)


def test_score_adds_up_what_has_a_weight() -> None:
    assert score(["a", "b", "unknown", "a"], {"a": 1.5, "b": -0.5}) == 2.5
    assert score([], {"a": 1.5}) == 0.0


def test_row_scores_add_up_rows() -> None:
    table = {"a": [1.0, 0.0, -1.0], "b": [0.5, 0.5, 0.5]}
    assert row_scores(["a", "b", "unknown"], table, 3) == [1.5, 0.5, -0.5]
    assert row_scores(["unknown"], table, 3) == [0.0, 0.0, 0.0]
    assert row_scores([], table, 2) == [0.0, 0.0]


def test_options_that_say_the_same_share_their_probability() -> None:
    def option(name: str | None, source: str) -> Option:
        return Option(name, None, (-1, -1), source, (f"src={source}",))

    options = [option("recall", "M"), option("accuracy", "M"), option("accuracy", "default"), option(None, "none")]
    even = links.LinkChain([options], lambda *_: ())
    best, sure = links.choose(even, {"src=M": 1.0, "src=default": 1.0})
    total = 3 * math.e + 1
    assert (best, sure) == ([0], [pytest.approx(math.e / total)])
    best, sure = links.choose(even, {"src=M": 1.0, "src=default": 1.5})
    assert best == [2]
    assert sure == [pytest.approx((math.e + math.exp(1.5)) / (2 * math.e + math.exp(1.5) + 1))]
