"""Which records are the same paper, and that nothing is lost on the way."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.merge import merge
from leaderboard.models import Paper, Rejection

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "merge" / "identities.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_same_paper(case: dict[str, Any], order: int, make_paper: Callable[..., Paper]) -> None:
    records = [make_paper("One.", **case["first"]), make_paper("Two.", **case["second"])][::order]
    merged = merge(records)
    assert len(merged.papers) == (1 if case["same"] else 2)
    assert merged.papers[0].abstract == records[0].abstract
    if case["same"]:
        kept = merged.papers[0].id
        assert [(v.id, v.abstract) for v in merged.versions[kept]] == [(kept, records[1].abstract)]


def test_two_papers_under_one_id_are_both_kept(make_paper: Callable[..., Paper]) -> None:
    titles = ["Counting Sheep with Wolves", "On the Colour of Numbers", "Numbers that Nobody Counts"]
    merged = merge([make_paper(title, id="7", title=title, record=n) for n, title in enumerate(titles, 1)])
    assert [paper.id for paper in merged.papers] == ["7", "7#2", "7#3"]
    assert [paper.title for paper in merged.papers] == titles
    assert [(note.record, note.paper_id) for note in merged.rejections] == [(2, "7#2"), (3, "7#3")]
    assert "kept as '7#2'" in merged.rejections[0].reason


def test_one_id_with_one_text_is_one_paper(make_paper: Callable[..., Paper]) -> None:
    merged = merge([make_paper("Same.", id="7", title="A"), make_paper("Same.", id="7", title="B")])
    assert [len(merged.papers), len(merged.versions["7"]), len(merged.rejections)] == [1, 1, 0]


def test_a_version_keeps_the_address_that_its_id_names(make_paper: Callable[..., Paper]) -> None:
    first, second = (make_paper("Foo.", id=f"2101.00001v{number}") for number in (1, 2))
    addressed = make_paper("Foo.", id="2101.00001v3", url="https://example.org/v3")
    found = merge([first, second, addressed])
    assert [one.id for one in found.versions["2101.00001v1"]] == ["2101.00001v1"] * 2
    assert [one.url for one in found.versions["2101.00001v1"]] == [
        "https://arxiv.org/abs/2101.00001v2",
        "https://example.org/v3",
    ]


def test_an_id_made_free_by_a_suffix_may_come_again(make_paper: Callable[..., Paper]) -> None:
    ids = ["7", "7#2", "7"]
    merged = merge([make_paper(f"Text {n}", id=one, title=f"Title number {n}") for n, one in enumerate(ids)])
    assert [paper.id for paper in merged.papers] == ["7", "7#2", "7#3"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "2101.00001"]), st.sampled_from(["", "x" * 30, "y" * 30])), max_size=8
    )
)
def test_every_record_is_a_paper_or_a_version(pairs: list[tuple[str, str]]) -> None:
    refused = Rejection("source", "f", 9, None, "no abstract")
    merged = merge([*(Paper(i, t, f"Text {n}") for n, (i, t) in enumerate(pairs)), refused])
    assert len(merged.papers) + sum(map(len, merged.versions.values())) == len(pairs)
    assert len({paper.id for paper in merged.papers}) == len(merged.papers)
    assert refused in merged.rejections
