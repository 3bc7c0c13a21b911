"""The file of fitted weights: its tables, its validation, and that every choice has some."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.errors import BadDataFile
from leaderboard.parsing import weights as fitted
from leaderboard.parsing.chain import row_scores, score
from leaderboard.parsing.kinds import KINDS
from leaderboard.parsing.weights import EMPTY, PARTS, tabulate
from leaderboard.registry import data_folder

NAMES = st.sampled_from(["f", "g=1", "g=1|x", "h|"])
OPTIONS = ("up", "down", "none>score")


def test_tabulate_sorts_weights_by_feature_and_option() -> None:
    weights = {"up|f": 1.0, "down|f": -1.0, "down|g=1|x": 0.5, "sideways|f": 9.0, "f": 9.0}
    assert tabulate(weights, ("up", "down")) == {"f": [1.0, -1.0], "g=1|x": [0.0, 0.5]}
    assert tabulate({}, ("up", "down")) == {}


@given(
    st.dictionaries(st.tuples(st.sampled_from(OPTIONS), NAMES), st.integers(-8, 8).map(float)),
    st.lists(NAMES, max_size=6),
)
def test_a_table_gives_the_sums_of_the_flat_weights(weights: dict[tuple[str, str], float], features: list[str]) -> None:
    flat = {f"{option}|{feature}": weight for (option, feature), weight in weights.items()}
    rows = row_scores(features, tabulate(flat, OPTIONS), len(OPTIONS))
    assert rows == [score([f"{option}|{feature}" for feature in features], flat) for option in OPTIONS]


def test_without_weights_every_choice_is_a_tie() -> None:
    assert row_scores(["u=percent"], EMPTY.kind_table, len(KINDS)) == [0.0] * len(KINDS)
    assert EMPTY.kind_pair_table == EMPTY.direction_table == EMPTY.role_table == {}


def test_the_shipped_weights_serve_every_choice() -> None:
    weights = fitted.load()
    assert weights is fitted.load(), "read once"
    for part in PARTS:
        values = getattr(weights, part).values()
        assert values, part
        assert all(math.isfinite(v) for v in values), part
    size = len(KINDS)
    assert {len(row) for row in weights.kind_table.values()} == {size}
    assert {len(row) for row in weights.kind_pair_table.values()} == {size * size}
    assert {len(row) for row in weights.direction_table.values()} == {2}
    assert {len(row) for row in weights.role_table.values()} == {3}


@pytest.fixture
def shipped() -> dict[str, object]:
    """The shipped file, to be damaged."""
    data: dict[str, object] = json.loads((data_folder() / "weights.json").read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("part", [*PARTS, "calibration"])
def test_a_file_without_a_part_is_refused(tmp_path: Path, shipped: dict[str, object], part: str) -> None:
    file = tmp_path / "weights.json"
    del shipped[part]
    file.write_text(json.dumps(shipped), encoding="utf-8")
    with pytest.raises(BadDataFile, match=part):
        fitted.load(file)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"kind": 3}', '"text"'])
def test_what_is_no_weights_file_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "weights.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadDataFile, match="not a weights file"):
        fitted.load(file)


def test_a_weight_that_is_no_number_is_refused(tmp_path: Path, shipped: dict[str, object]) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps({**shipped, "role": {"own|x": "much"}}), encoding="utf-8")
    with pytest.raises(BadDataFile):
        fitted.load(file)


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="make train"):
        fitted.load(tmp_path / "weights.json")


def test_the_shipped_file_is_readable() -> None:
    lines = (data_folder() / "weights.json").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) < 400, "one weight a line, so that a change can be read"
