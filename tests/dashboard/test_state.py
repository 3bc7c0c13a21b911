"""The address: what is written is read again, and nothing that stands in it can do harm."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import state as state_module
from dashboard import views
from dashboard.state import (
    CHARTS,
    FLAGS,
    KINDS,
    LEVELS,
    MEETINGS,
    NARROWED,
    OLD_NAMES,
    OLD_VIEWS,
    ORDERS,
    ROLES,
    SCALES,
    State,
    link,
    read,
    write,
)

VIEWS = ("leaderboard", "benchmark", "claim", "sanity")
words = st.text(max_size=300)


def parameters(state: State) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in write(state).items()}


@given(
    st.dictionaries(
        st.one_of(words, st.sampled_from(sorted(write(State(view="x", page=2))))), st.lists(words, max_size=12)
    )
)
def test_any_address_is_read_and_reading_is_stable(params: dict[str, list[str]]) -> None:
    state = read(params, VIEWS)
    assert read(parameters(state), VIEWS) == state
    assert state.view in VIEWS
    assert state.page >= 1


@given(
    st.builds(
        State,
        view=st.sampled_from(VIEWS),
        kind=st.sampled_from(KINDS),
        bench=st.sampled_from(["", "GSM8K", "a & b", "="]),
        q=st.sampled_from(["", "x y", "%"]),
        since=st.sampled_from(["", "2020", "2020-02"]),
        minconf=st.sampled_from([0.0, 0.5, 0.85]),
        flags=st.sampled_from(FLAGS),
        role=st.sampled_from(ROLES),
        order=st.sampled_from(ORDERS),
        level=st.sampled_from(LEVELS),
        model=st.sampled_from([(), ("a", "b")]),
        rows=st.sampled_from(MEETINGS),
        boards=st.sampled_from([(), ("1", "2")]),
        chart=st.sampled_from(CHARTS),
        scale=st.sampled_from(SCALES),
        page=st.integers(1, 9),
    )
)
def test_what_is_written_is_read_again(state: State) -> None:
    assert read(parameters(state), VIEWS) == state


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"view": ["nope"]}, State()),
        ({"page": ["-3"]}, State()),
        ({"page": ["1e9"]}, State(page=100_000)),
        ({"page": ["nan"], "minconf": ["nan"]}, State()),
        ({"minconf": ["7"]}, State(minconf=1.0)),
        ({"from": ["2020-13"], "to": ["2021-02-03"]}, State(until="2021-02-03")),
        ({"q": ["x" * 10_000]}, State(q="x" * 200)),
        ({"q": ["a\x00b\u202ec"]}, State(q="abc")),
        ({"B": ["GSM8K"]}, State(bench="GSM8K")),
        ({"search": ["old"]}, State(q="old")),
        ({"model": ["m"] * 3 + [str(n) for n in range(20)]}, State(model=("m", "0", "1", "2", "3", "4", "5", "6"))),
        ({"boards": [str(n) for n in range(9)]}, State(boards=("0", "1", "2", "3", "4", "5"))),
        ({"scale": ["RELATIVE"], "chart": ["nope"], "rows": ["all"]}, State(scale="relative", rows="all")),
        ({"unknown": ["1"], "view": []}, State()),
        ({"step": ["0.5-Points"]}, State(step="0.5-points")),
        ({"step": ["5-apples"]}, State()),
    ],
)
def test_values_that_make_no_sense_fall_back(params: dict[str, list[str]], expected: State) -> None:
    assert read(params, VIEWS) == expected


def test_defaults_are_left_out_of_the_address() -> None:
    assert link(State()) == "?"
    assert link(State(view="benchmark", bench="A&B", page=2)) == "?view=benchmark&bench=A%26B&page=2"


def test_a_board_keeps_the_filters_and_drops_the_search() -> None:
    state = State(q="x", minconf=0.5, claim="c", page=3, listed="undated", step="5-percent").board(
        "B", "accuracy", "5-shot", "percent", "score"
    )
    expected: dict[str, Any] = {
        "view": "benchmark",
        "bench": "B",
        "metric": "accuracy",
        "lane": "5-shot",
        "unit": "percent",
    }
    assert state == State(minconf=0.5, **expected)


def test_filters_are_named_in_words_and_can_be_cleared() -> None:
    state = State(view="sanity", q="x", minconf=0.5, flags="clean", level="error", bench="B")
    named = ("search “x”", "benchmark B", "confidence ≥ 0.5", "claims without a finding", "level error")
    assert state.filters == named
    assert state.without_filters() == State(view="sanity")
    assert [len(less.filters) for _, less in state.relaxed] == [4, 4, 4, 4, 4]
    assert replace(state, view="benchmark").without_filters().bench == "B", "there it is no filter"
    assert State().filters == ()


def test_old_links_are_kept_alive() -> None:
    names = set(write(State(view="x", page=2))) | set(_all_names())
    assert set(OLD_NAMES.values()) <= names
    assert not set(OLD_NAMES) & names
    assert set(OLD_VIEWS.values()) <= set(views.pages())
    assert not set(OLD_VIEWS) & set(views.pages())
    assert read({"view": ["Board"], "b": ["GSM8K"]}, VIEWS) == State(view="benchmark", bench="GSM8K")


def test_the_grammar_names_every_parameter() -> None:
    described = {
        line.split()[0].rstrip(",") for line in str(state_module.__doc__).splitlines() if line.startswith("    ")
    }
    assert _all_names() <= described | {"to"}


def _all_names() -> set[str]:
    full = State(*(f"{field.name}!" for field in fields(State)))
    return set(write(replace(full, minconf=0.5, model=("a",), boards=("b",), page=2)))


def test_nobody_comes_to_the_list_of_boards_or_findings_with_one_board_in_mind() -> None:
    board = State(view="benchmark", bench="B", metric="accuracy", lane="5-shot", unit="percent", minconf=0.5)
    for view in NARROWED:
        assert board.visit(view) == State(view=view, minconf=0.5)
    assert board.visit("compare").bench == "B"
    assert State(bench="B").visit("benchmark").bench == "B"
