"""Annotations are validated, and every complaint says where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaderboard.errors import BadDataFile, UnreadableSource
from leaderboard.evaluation import place, read

GOOD = {"number": "84%", "kind": "score", "value": 84.0, "unit": "percent", "quote": "reaches 84% on"}


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_defaults_and_order(tmp_path: Path) -> None:
    found = read(write(tmp_path / "g.jsonl", {"id": "b", "claims": [GOOD]}, {"id": "a", "claims": [], "title": "x"}))
    assert list(found) == ["b", "a"]
    (one,) = found["b"]
    assert (one.benchmarks, one.role, one.bound, one.metric, one.value_high) == ((), "own", "exact", None, None)


def test_numbers_are_found_by_their_quote(tmp_path: Path) -> None:
    text = "From 84% of all, Foo reaches 84% on OddRead."
    found = place(read(write(tmp_path / "g.jsonl", {"id": "p", "claims": [GOOD]})), {"p": text}, tmp_path)
    assert [(one.start, one.end) for one in found["p"]] == [(29, 32)]
    assert text[29:32] == "84%"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"claims": []}, "line 2: id: Field required"),
        ({"id": "p", "claims": [{**GOOD, "kind": "level"}]}, "line 2: claims.0.kind: Input should be 'score'"),
        ({"id": "p", "claims": [{**GOOD, "benchmark": "X"}]}, "line 2: claims.0.benchmark: Extra inputs"),
        ({"id": "p", "claims": [{k: v for k, v in GOOD.items() if k != "quote"}]}, "claims.0.quote: Field required"),
        ({"id": "first", "claims": []}, "line 2: id: 'first' is annotated twice"),
        ([1], "line 2: : Input should be a valid dictionary"),
    ],
)
def test_what_does_not_validate(line: object, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadDataFile) as caught:
        read(write(tmp_path / "g.jsonl", {"id": "first", "claims": []}, line))
    assert message in str(caught.value)


def test_a_line_that_is_not_json(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text('{"id": \n', encoding="utf-8")
    with pytest.raises(BadDataFile, match="line 1: is not JSON"):
        read(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "no such file"), (b"\n \n", "holds no annotations"), (b"\xff\xfe", "is not UTF-8")],
)
def test_a_file_without_annotations(content: bytes | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableSource) as caught:
        read(path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("change", "abstracts", "message"),
    [
        ({}, {"q": ""}, "'p': is annotated, but not among the abstracts"),
        ({}, {"p": "Foo gets 84% here."}, "'p': claims.0.quote: 'reaches 84% on' is not in the abstract"),
        ({"number": "85%"}, {"p": "Foo reaches 84% on it."}, "'p': claims.0.quote: does not hold '85%'"),
    ],
)
def test_what_is_not_where_it_should_be(
    change: dict[str, str], abstracts: dict[str, str], message: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "g.jsonl", {"id": "p", "claims": [{**GOOD, **change}]})
    with pytest.raises(BadDataFile) as caught:
        place(read(path), abstracts, path)
    assert message in str(caught.value)
