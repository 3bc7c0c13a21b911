"""Queries over many boards on the invented build: who meets where, how boards moved, what gains are claimed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pandas as pd
import pytest

from dashboard import lines, store
from dashboard.state import State
from dashboard.store import Build


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    opened = store.open_build(folder)
    yield opened
    opened.close()


def test_models_come_by_the_number_of_their_boards(build: Build) -> None:
    found = lines.models(build, "score")
    assert list(found["model"])[:2] == ["Ariadne-70B", "Minos-7B"]
    assert list(found["boards"])[:3] == [2, 2, 1]
    assert list(lines.models(build, "change")["model"]) == ["Ariadne-70B"]


def test_a_first_look_shows_those_who_meet_most_often(build: Build) -> None:
    assert lines.meetings(build, "score")[:2] == ["Ariadne-70B", "Minos-7B"]
    assert lines.meetings(build, "ratio") == []


@pytest.mark.parametrize(
    ("pairs", "names"),
    [([("A", "B"), ("A", "C"), ("D", "E")], ["A", "B", "C"]), ([("A", "B"), ("C", "D"), ("A", "E")], list("ABCD"))],
)
def test_nobody_is_chosen_for_a_first_look_without_one_to_meet(
    build: Build, monkeypatch: pytest.MonkeyPatch, pairs: list[tuple[str, str]], names: list[str]
) -> None:
    monkeypatch.setattr(Build, "fact", lambda *_: pd.DataFrame(pairs, columns=["one", "other"]))
    assert lines.meetings(build, "score") == names


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (
            State(),
            [("5-shot", "Ariadne-70B"), ("5-shot", "Minos-7B"), ("unstated", "Ariadne-70B"), ("unstated", "Minos-7B")],
        ),
        (State(role="own"), [("5-shot", "Ariadne-70B"), ("5-shot", "Minos-7B"), ("unstated", "Ariadne-70B")]),
        (State(since="2024"), [("5-shot", "Ariadne-70B"), ("unstated", "Ariadne-70B")]),
        (State(kind="change"), [("unstated", "Ariadne-70B")]),
        (State(flags="only"), []),
    ],
)
def test_claims_of_models_pass_the_filters(build: Build, state: State, found: list[tuple[str, str]]) -> None:
    from dataclasses import replace

    rows = lines.claims_of_models(build, replace(state, model=("Ariadne-70B", "Minos-7B")))
    assert sorted(zip(rows["lane"], rows["model"], strict=True)) == found
    assert set(rows["benchmark"]) <= {"Mazes-10"}


def test_boards_to_follow_have_moved(build: Build) -> None:
    found = lines.boards_to_follow(build, "score")
    steps = dict(zip(found["benchmark"] + " " + found["lane"], found["steps"], strict=True))
    assert steps["Mazes-10 unstated"] == 4
    assert steps["LangBank unstated"] == 3
    assert list(found["steps"]) == sorted(found["steps"], reverse=True)
    assert set(lines.boards_with_sizes(build, "score")["benchmark"]) >= {"Mazes-10", "LangBank"}


def test_rows_of_boards_are_of_those_boards(build: Build) -> None:
    board = str(lines.boards_to_follow(build, "score").set_index("benchmark").loc["LangBank", "board_id"])
    assert set(lines.rows_of_boards(build, (board,), State())["model"]) == {"Quill-1B", "Quill-2B", "Reed", "Quill-9B"}
    assert lines.rows_of_boards(build, ("nope",), State()).empty


def test_records_beat_what_stood_before(build: Build) -> None:
    found = lines.records(build, State())
    mazes = found[(found["benchmark"] == "Mazes-10") & (found["lane"] == "unstated")]
    assert list(zip(mazes["printed"], mazes["previous"], strict=True)) == [
        ("91.2%", "88%"),
        ("88%", "79.4%"),
        ("79.4%", "75.5%"),
    ]
    bank = found[found["benchmark"] == "LangBank"]
    assert list(zip(bank["printed"], bank["previous"], strict=True)) == [("8.75", "12.1"), ("12.1", "18.3")]
    years = lines.records_by_year(build, State())
    assert int(years["records"].sum()) == len(found)
    assert lines.records_by_year(build, State(since="2030")).empty


def test_gains_are_changes_for_the_better(build: Build) -> None:
    found = lines.gains(build, State())
    assert list(zip(found["printed"], found["gain"], found["unit"], strict=True)) == [("+3.2 points", 3.2, "points")]
    assert lines.gains_by_size(build, State()).to_dict("records") == [{"unit": "points", "low": 2.0, "claims": 1}]
    assert lines.gains_in_all(build, State()).to_dict("records") == [{"unit": "points", "claims": 1, "middle": 3.2}]
    assert lines.gains(build, State(minconf=0.95)).empty
    assert len(lines.gains(build, State(step="2-points"))) == 1
    for other in ("1-points", "5-points", "2-percent"):
        assert lines.gains(build, State(step=other)).empty


def test_a_change_for_the_worse_is_no_gain(tmp_path: Path, invented: ModuleType) -> None:
    with duckdb.connect(str(invented.write(tmp_path))) as connection:
        connection.execute("UPDATE claims SET direction = 'down' WHERE kind = 'change'")
    opened = store.open_build(tmp_path)
    assert lines.gains(opened, State()).empty
    opened.close()


def test_charts_of_several_boards_get_a_share_of_the_marks_each(build: Build) -> None:
    ids = tuple(lines.boards_to_follow(build, "score")["board_id"])
    found = lines.marks_of_boards(build, ids, State(), "time", 40)
    assert found["board_id"].value_counts().max() == 40 // len(ids)
    assert list(dict.fromkeys(found["board_id"])) == list(ids)
    steps = lines.rows_of_boards(build, ids, State())
    assert set(steps.loc[steps["is_frontier"] & (steps["benchmark"] == "Mazes-10"), "claim_id"]) <= set(
        found["claim_id"]
    )
    assert lines.marks_of_boards(build, ids, State(since="2030"), "time", 40).empty
