"""Models beside boards, and boards on one scale: what leads, what is blank, what is left out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import arrange


def lines(*rows: tuple[str, str, float | None], **more: Any) -> pd.DataFrame:
    """Lines of boards from (board, model, score)."""
    columns: dict[str, Any] = {
        "claim_id": [f"c{n}" for n in range(len(rows))],
        "board_id": [board for board, _, _ in rows],
        "model": [model for _, model, _ in rows],
        "score": pd.Series([score for _, _, score in rows], dtype="float64"),
        "bound": "exact",
        "higher_is_better": True,
        "benchmark": [f"bench {board}" for board, _, _ in rows],
        "metric": "accuracy",
        "lane": "unstated",
        "date": "2024",
    }
    return pd.DataFrame(columns | more)


def test_each_model_has_its_best_claim_on_each_board() -> None:
    best = arrange.best_claims(lines(("a", "X", 1.0), ("a", "X", 3.0), ("a", "Y", 2.0), ("b", "X", 0.5)))
    assert list(zip(best["board_id"], best["model"], best["score"], strict=True)) == [
        ("a", "X", 3.0),
        ("a", "Y", 2.0),
        ("b", "X", 0.5),
    ]


def test_lower_may_be_better_and_an_exact_claim_goes_before_a_bound() -> None:
    falling = lines(("a", "X", 9.0), ("a", "X", 4.0), higher_is_better=False)
    assert list(arrange.best_claims(falling)["score"]) == [4.0]
    bounded = lines(("a", "X", 9.0), ("a", "X", 4.0), bound=["at_least", "exact"])
    assert list(arrange.best_claims(bounded)["score"]) == [4.0]


@pytest.mark.parametrize(("higher", "leads"), [(True, {"c1", "c2"}), (False, {"c0"}), (None, set())])
def test_who_leads_depends_on_the_direction_and_equals_lead_together(higher: bool | None, leads: set[str]) -> None:
    best = lines(("a", "X", 1.0), ("a", "Y", 3.0), ("a", "Z", 3.0), ("a", "W", 9.0), bound=["exact"] * 3 + ["up_to"])
    assert arrange.leaders(best.assign(higher_is_better=higher)) == leads


def test_alone_nobody_leads() -> None:
    assert arrange.leaders(lines(("a", "X", 1.0), ("b", "Y", 3.0))) == set()


def test_boards_come_by_how_many_meet_there() -> None:
    best = lines(("a", "X", 1.0), ("b", "X", 1.0), ("b", "Y", 1.0))
    assert arrange.board_order(best, shared=False) == ["b", "a"]
    assert arrange.board_order(best, shared=True) == ["b"]
    assert arrange.board_order(best.head(0), shared=False) == []


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(2015, 2020), st.floats(-1e6, 1e6)), max_size=25),
    st.booleans(),
)
def test_the_relative_scale_runs_from_nought_to_one(rows: list[tuple[str, int, float]], higher: bool) -> None:
    frame = lines(*((board, "M", score) for board, _, score in rows), higher_is_better=higher)
    steps = arrange.relative(frame.assign(date=[str(year) for _, year, _ in rows]))
    for _, board in steps.groupby("board_id"):
        assert len(board) > 1
        assert (board["way"].iloc[0], board["way"].iloc[-1]) == (0.0, 1.0)
        assert board["way"].is_monotonic_increasing


def test_a_board_that_never_moved_is_left_out() -> None:
    frame = lines(("a", "X", 5.0), ("a", "Y", 4.0), date=["2020", "2021"])
    assert arrange.relative(frame).empty
    assert "way" in arrange.relative(frame)


def test_places_count_from_the_best_ties_share_and_gaps_stay() -> None:
    best = lines(("a", "X", 1.0), ("a", "Y", 3.0), ("a", "Z", 3.0), ("b", "X", 5.0), ("b", "Y", 4.0), ("c", "X", 1.0))
    placed = arrange.places(best, ["b", "c", "a"])
    assert list(dict.fromkeys(placed["board_id"])) == ["b", "a"], "nobody is ahead where one stands alone"
    found = {
        (board, model): place
        for board, model, place in zip(placed["board_id"], placed["model"], placed["place"], strict=True)
    }
    assert (found["a", "X"], found["a", "Y"], found["a", "Z"], found["b", "X"]) == (3, 1, 1, 1)
    assert found["b", "Z"] != found["b", "Z"], "not claimed is no place"
    falling = arrange.places(best.assign(higher_is_better=False), ["a"])
    assert dict(zip(falling["model"], falling["place"], strict=True)) == {"X": 1, "Y": 2, "Z": 2}
    assert arrange.places(best.assign(higher_is_better=None), ["a", "b"]).empty
