"""Boards: what is compared with what, ranks, ties, tiers and the frontier, told on invented results."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaderboard.models import Board, Claim, Paper, Rejection, Result
from leaderboard.normalise import results
from leaderboard.rank import MERGED, boards, merged, ranked
from leaderboard.registry import Registry

Make = Callable[..., Result]


@pytest.fixture(scope="session")
def make(invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]) -> Make:
    """`make(number, **fields)`: the result of a claim; `paper` and `date` go to its paper, by default its own."""

    place = count()

    def result(number: str, **changes: Any) -> Result:
        name = changes.pop("paper", None) or f"paper of {changes.get('subject', 'Foo')}"
        # A place of its own in the paper, so that several results of one paper are several claims.
        paper = make_paper(
            f"{' ' * next(place)}It is {number}.", id=name, title=f"On {name}", date=changes.pop("date", None)
        )
        digits = len(number.rstrip("%xB").partition(".")[2])
        made = results(make_claim(paper, number, **{"half_width": 0.5 * 10**-digits, **changes}), paper, invented)
        assert not isinstance(made, Rejection)
        return made[0]

    return result


def lines(board: Board) -> list[tuple[int | None, str | None]]:
    return [(row.rank, row.model) for row in board.rows]


def test_competition_ranks_and_ties_from_printed_precision(make: Make, invented: Registry) -> None:
    # 77 is [76.5, 77.5) and overlaps the best of its group; 76.4 does not, nor does 76.49 overlap 77.
    rows = [make(n, subject=n) for n in ("76.4", "77", "77.2", "90.1", "60.0")]
    (board,) = boards(rows, invented)
    assert lines(board) == [(1, "90.1"), (2, "77.2"), (2, "77"), (4, "76.4"), (5, "60.0")]
    assert [row.tie for row in board.rows] == [False, True, True, False, False]


def test_a_version_is_a_lane_beside_the_bare_name_and_both_are_seen_merged(make: Make, invented: Registry) -> None:
    names = {"A": "OddRead", "B": "Odd Read", "C": "OddRead 2", "D": "OddRead-2"}
    named = [
        make("71", subject=subject, benchmarks=(name,), benchmark_mentions=(name,), setting=("5-shot",))
        for subject, name in names.items()
    ]
    assert [row.setting for row in named] == ["5-shot", "5-shot", "5-shot; version 2", "5-shot; version 2"]
    assert {row.benchmark for row in named} == {"OddRead"}
    found = {board.lane: len(board.rows) for board in boards(named, invented)}
    assert found == {"5-shot": 2, "5-shot; version 2": 2}
    (whole,) = merged(named, invented)
    assert (whole.lane, len(whole.rows)) == (MERGED, 4)


def test_conditions_put_right_by_hand_are_complete(make: Make) -> None:
    named = {"benchmarks": ("OddRead",), "benchmark_mentions": ("OddRead 2",)}
    assert make("71", subject="A", **named, corrected="value: 7 -> 71 (fix 1: a slip)").setting == "version 2"
    assert make("71", subject="A", **named, corrected="setting: 5-shot -> none (fix 1: no)").setting is None
    words = "value: 7 -> 71 (fix 1: a slip); setting: none -> 5-shot (fix 2: so it is)"
    assert make("71", subject="A", **named, setting=("5-shot",), corrected=words).setting == "5-shot"


def test_touching_intervals_are_no_tie(make: Make, invented: Registry) -> None:
    (board,) = boards([make("77.4", subject="A"), make("77.5", subject="B"), make("77.5", subject="C")], invented)
    assert lines(board) == [(1, "B"), (1, "C"), (3, "A")]


def test_a_chain_of_overlaps_is_cut_at_the_best_of_each_group(make: Make, invented: Registry) -> None:
    # 78.1 [78.05, 78.15) meets 78 [77.5, 78.5); 77.6 meets 78 but not 78.1, the best of the group.
    (board,) = boards([make(n, subject=n) for n in ("77.6", "78", "78.1")], invented)
    assert lines(board) == [(1, "78.1"), (1, "78"), (3, "77.6")]


def test_the_smallest_is_first_where_lower_is_better(make: Make, invented: Registry) -> None:
    names: dict[str, Any] = {"metric": "puzzlement", "benchmarks": ("WikiMurk",)}
    (board,) = boards([make(n, subject=n, **names) for n in ("18.3", "9.7", "21.0")], invented)
    assert (board.higher_is_better, lines(board)) == (False, [(1, "9.7"), (2, "18.3"), (3, "21.0")])


def test_fractions_and_percentages_meet_on_one_board(make: Make, invented: Registry) -> None:
    (board,) = boards([make("0.913", subject="A"), make("91.2%", subject="B"), make("90.0", subject="C")], invented)
    assert [(row.rank, row.model, row.score) for row in board.rows] == [(1, "A", 91.3), (2, "B", 91.2), (3, "C", 90.0)]
    assert board.unit == "percent"


def test_every_lane_kind_unit_and_benchmark_has_its_own_board(make: Make, invented: Registry) -> None:
    rows = [
        make("80.1"),
        make("80.2", setting=("5-shot",)),
        make("80.3", benchmarks=("EvenRead",)),
        make("80.4", metric="kappa"),
        make("5.1", kind="change", unit="points", direction="up"),
        make("5.2", kind="change", unit="percent", direction="up"),
        make("5.3x", kind="ratio", unit="x", direction="up", metric="speed"),
        make("7B", kind="size", unit="parameters", metric="parameters", value=7e9),
    ]
    made = boards(rows, invented)
    assert [ranked(board) for board in made] == [1] * 7 + [0]
    keys = {(b.kind, b.benchmark, b.metric, b.lane, b.unit) for b in made}
    assert len(keys) == len({b.board_id for b in made}) == 8
    assert ("score", "OddRead", "accuracy", "unstated", "percent") in keys
    assert ("score", "OddRead", "accuracy", "5-shot", "percent") in keys


def test_without_benchmark_only_sizes_are_compared(make: Make, invented: Registry) -> None:
    nowhere: dict[str, Any] = {"benchmarks": (), "benchmark_mentions": ()}
    size = make("7B", kind="size", unit="parameters", metric="parameters", value=7e9, **nowhere)
    (board,) = boards([make("80.1", **nowhere), make("2x", kind="ratio", unit="x", **nowhere), size], invented)
    assert (board.kind, board.benchmark, board.higher_is_better) == ("size", None, None)
    assert board.rows[0].note == "not ranked: no better direction is known for this metric"


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"bound": "at_least"}, "a lower bound, not ranked"),
        ({"bound": "up_to"}, "an upper bound, not ranked"),
        ({"value_high": 99.0}, "a range, not ranked"),
        ({"value": 1.0}, "not ranked: a bare 1 may be 1% or the whole"),
        ({"value": 104.2}, "not ranked: outside the range of accuracy"),
        ({"unit": "seconds"}, "not ranked: printed in seconds, and accuracy is measured in percent"),
    ],
)
def test_what_cannot_be_ranked_is_shown_last_with_its_reason(
    changes: dict[str, Any], note: str, make: Make, invented: Registry
) -> None:
    (board,) = boards([make("98.5", subject="Bar", **changes), make("60.0")], invented)
    assert lines(board) == [(1, "Foo"), (None, "Bar")]
    assert board.rows[1].note.startswith(note)
    assert board.rows[0].note == ""


def test_results_of_an_unknown_metric_are_listed_unranked(make: Make, invented: Registry) -> None:
    (board,) = boards([make("98.5", metric="grooviness"), make("60.0", metric="grooviness", subject="Bar")], invented)
    assert [row.rank for row in board.rows] == [None, None]
    assert "not in the registry" in board.rows[0].note


def test_changes_without_a_metric_are_listed_unranked(make: Make, invented: Registry) -> None:
    (board,) = boards([make("5.1", kind="change", unit="points", direction="up", metric=None)], invented)
    assert (board.metric, board.rows[0].rank) == (None, None)
    assert board.rows[0].note == "not ranked: the abstract names no metric"


def test_a_model_has_one_line_per_paper_its_best_own_one(make: Make, invented: Registry) -> None:
    rows = [
        make("80.1", paper="P"),
        make("82.5", paper="P"),
        make("90.0", paper="P", role="baseline"),
        make("81.0", paper="Q"),
        make("99.0", paper="P", bound="up_to"),
    ]
    (board,) = boards(rows, invented)
    assert [(row.rank, row.paper_id, row.printed, row.role) for row in board.rows] == [
        (1, "P", "82.5", "own"),
        (2, "Q", "81.0", "own"),
    ]


def test_without_a_name_the_proposal_and_its_baseline_are_two_systems(make: Make, invented: Registry) -> None:
    rows = [make("80.1", paper="P", subject=None), make("70.0", paper="P", subject=None, role="baseline")]
    (board,) = boards(rows, invented)
    assert [(row.rank, row.role) for row in board.rows] == [(1, "own"), (2, "baseline")]


@pytest.mark.parametrize(
    ("changes", "tiers"),
    [
        # Two standard errors of 90% on the smallest split of 400 items are 3.0 points.
        ({}, [True, True, False]),
        # On the dev split of 10,000 items they are 0.6.
        ({"setting": ("dev split",)}, [True, False, False]),
        ({"benchmarks": ("EvenRead",)}, [None, None, None]),
        ({"benchmarks": ("Elsewhere",)}, [None, None, None]),
        ({"metric": "overlap"}, [None, None, None]),
    ],
)
def test_tier(changes: dict[str, Any], tiers: list[bool | None], make: Make, invented: Registry) -> None:
    (board,) = boards([make(n, subject=n, **changes) for n in ("90.0", "87.5", "86.0")], invented)
    assert [row.tier for row in board.rows] == tiers


def test_frontier_is_the_best_so_far_by_date(make: Make, invented: Registry) -> None:
    dated = {
        "80.0": "2022",
        "79.0": "2022-06",
        "85.0": "2023-01-15",
        "84.0": "2023-01-15",
        "85.5": "2022-12",
        "86.0": None,
    }
    (board,) = boards([make(n, subject=n, date=date) for n, date in dated.items()], invented)
    assert {row.printed for row in board.rows if row.is_frontier} == {"80.0", "85.5"}
    assert board.rows[0].printed == "86.0"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(data=st.data())
def test_ranks_are_competition_ranks_whatever_the_order_of_input(
    data: st.DataObject, make: Make, invented: Registry
) -> None:
    numbers = data.draw(st.lists(st.decimals(2, 99, places=1), min_size=1, max_size=12))
    rows = [make(str(n), subject=f"S{place}") for place, n in enumerate(numbers)]
    (board,) = boards(rows, invented)
    assert boards(data.draw(st.permutations(rows)), invented) == (board,)
    places = [row.rank for row in board.rows]
    assert places[0] == 1
    for number, (before, place) in enumerate(pairwise(places), start=2):
        assert place in {before, number}
    scores = [row.score if row.score is not None else math.nan for row in board.rows]
    assert scores == sorted(scores, reverse=True)
    assert [row.tie for row in board.rows] == [places.count(place) > 1 for place in places]


def test_possible_ranks_follow_printed_precision(make: Make, invented: Registry) -> None:
    rows = [make(n, subject=n, benchmarks=("EvenRead",)) for n in ("90.1", "78.1", "78", "77.6", "60.0")]
    (board,) = boards(rows, invented)
    # 78 is [77.5, 78.5) and meets both 78.1 and 77.6, which do not meet each other.
    assert [(row.model, row.rank, row.rank_low, row.rank_high) for row in board.rows] == [
        ("90.1", 1, 1, 1),
        ("78.1", 2, 2, 3),
        ("78", 2, 2, 4),
        ("77.6", 4, 3, 4),
        ("60.0", 5, 5, 5),
    ]


def test_possible_ranks_are_wider_where_items_are_few(make: Make, invented: Registry) -> None:
    # On 400 items two standard errors of the difference of 90.0% and 86.0% are 4.6 points, of 90.0% and 80.0% 5.0.
    (board,) = boards([make(n, subject=n) for n in ("90.0", "86.0", "80.0")], invented)
    assert [(row.rank_low, row.rank_high) for row in board.rows] == [(1, 2), (1, 2), (3, 3)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(numbers=st.lists(st.decimals(2, 99, places=1), min_size=1, max_size=12))
def test_possible_ranks_hold_the_rank_and_agree_with_the_formula(
    numbers: list[Any], make: Make, invented: Registry
) -> None:
    (board,) = boards([make(str(n), subject=f"S{place}") for place, n in enumerate(numbers)], invented)

    def surely_above(one: float, other: float) -> bool:
        p, q = one / 100, other / 100
        return one - other >= 0.1 - 1e-9 and (p - q) ** 2 * 400 > 4 * (p * (1 - p) + q * (1 - q))

    scores = [row.score or 0.0 for row in board.rows]
    for row in board.rows:
        assert (row.rank_low or 0) <= (row.rank or 0) <= (row.rank_high or 0)
        low = 1 + sum(surely_above(score, row.score or 0.0) for score in scores)
        high = len(scores) - sum(surely_above(row.score or 0.0, score) for score in scores)
        assert (row.rank_low, row.rank_high) == (low, high)


def test_merged_lanes_say_so_and_keep_their_own(make: Make, invented: Registry) -> None:
    rows = [make("80.1", subject="A"), make("90.2", subject="B", setting=("5-shot",)), make("7.0", metric="kappa")]
    (board,) = merged(rows, invented)
    assert (board.lane, board.benchmark, board.metric) == (MERGED, "OddRead", "accuracy")
    assert [(row.rank, row.model, row.lane) for row in board.rows] == [(1, "B", "5-shot"), (2, "A", "unstated")]
    assert board.board_id not in {one.board_id for one in boards(rows, invented)}


def test_all_claims_behind_a_line_are_its_sources(make: Make, invented: Registry) -> None:
    rows = [make("80.1", paper="P", subject="Foo-7B"), make("82.5", paper="P", subject="Foo 7B")]
    (board,) = boards(rows, invented)
    assert [(row.printed, row.sources) for row in board.rows] == [("82.5", (rows[1].claim_id, rows[0].claim_id))]
