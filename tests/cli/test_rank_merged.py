"""`rank --merged`: lanes on one board, which says so; what has one lane stays as it is."""

from __future__ import annotations

from dataclasses import replace

from leaderboard.commands import _terminal
from leaderboard.commands.rank import over_all_lanes
from leaderboard.models import Board, Row


def line(model: str, lane: str) -> Row:
    where = {"paper_id": model, "title": f"On {model}", "url": None, "date": None, "evidence": "", "confidence": 0.9}
    claim = {"claim_id": model, "model": model, "score": 80.0, "printed": "80%", "role": "own", "bound": "exact"}
    return Row(rank=1, tie=False, tier=None, lane=lane, **claim, **where)


def board(benchmark: str, lane: str, *rows: Row) -> Board:
    return Board(f"{benchmark} {lane}", "score", benchmark, "accuracy", lane, "percent", True, rows)


def test_merged_boards_stand_for_those_that_they_merge() -> None:
    apart = (
        board("OddRead", "unstated", line("Foo", "unstated")),
        board("OddRead", "5-shot", line("Bar", "5-shot")),
        board("EvenRead", "unstated", line("Foo", "unstated")),
    )
    merged = board("OddRead", "all conditions merged", line("Foo", "unstated"), line("Bar", "5-shot"))
    assert over_all_lanes(apart, (merged,)) == (merged, apart[2])


def test_a_merged_board_says_so_and_names_the_conditions_of_each_line() -> None:
    one = board("OddRead", "all conditions merged", line("Foo", "unstated"), line("Bar", "5-shot"))
    shown = list(_terminal.board(one, 10))
    assert shown[0].startswith("OddRead: accuracy (all conditions merged)")
    assert "conditions" in shown[1]
    assert "unstated" in shown[2]
    assert "5-shot" in shown[3]


def test_the_ranks_that_a_line_may_have_stand_beside_its_rank() -> None:
    first = replace(line("Foo", "5-shot"), rank_low=1, rank_high=3)
    sure = replace(line("Bar", "5-shot"), rank=2, rank_low=2, rank_high=2)
    unranked = replace(line("Baz", "5-shot"), rank=None)
    shown = [text.split()[:3] for text in _terminal.board(board("OddRead", "5-shot", first, sure, unranked), 10)]
    assert shown[1:] == [["rank", "may", "be"], ["1", "1-3", "Foo"], ["2", "Bar", "80%"], ["-", "Baz", "80%"]]
    assert "may be" not in "\n".join(_terminal.board(board("OddRead", "5-shot", sure), 10))


def test_a_board_of_one_lane_has_no_such_column() -> None:
    assert "conditions" not in list(_terminal.board(board("OddRead", "5-shot", line("Bar", "5-shot")), 10))[1]
