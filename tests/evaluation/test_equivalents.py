"""Which spellings count as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaderboard.errors import BadDataFile
from leaderboard.evaluation import equivalents
from leaderboard.evaluation.equivalents import same_data_sets, same_system

SAME = equivalents.load()


@pytest.mark.parametrize(
    ("wanted", "given", "kind", "same"),
    [
        ("examples", "images", "size", True),
        ("samples", "examples", "size", True),
        ("percent", "%", "change", True),
        ("percent", "points", "change", False),
        ("percent|points", "points", "change", True),
        ("none", "points", "score", True),
        ("points", None, "score", True),
        ("none", "points", "change", False),
        (None, "none", "ratio", True),
        ("|", "none", "ratio", True),
        ("topics", "Topics", "size", True),
        ("topics", "tokens", "size", False),
    ],
)
def test_units(wanted: str | None, given: str | None, kind: str, same: bool) -> None:
    assert SAME.same_unit(wanted, given, kind) is same


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("accuracy", "top-1 accuracy", True),
        ("F1", "macro-F1", True),
        ("ROUGE-1|R1", "r1", True),
        ("latency", "speed", True),
        ("perplexity", "accuracy", False),
        ("accuracy", "balanced accuracy", True),  # one name within the other
        ("EM", "embedding distance", False),  # too short to be within another
        ("accuracy", None, False),
        ("accuracy", "", False),
        (None, "accuracy", True),
        (None, None, True),
        ("frobs|oddity rate", "Oddity-Rate", True),
        ("frobs", "gribs", False),
    ],
)
def test_metrics(wanted: str | None, given: str | None, same: bool) -> None:
    assert SAME.same_metric(wanted, given) is same


@pytest.mark.parametrize(
    ("wanted", "names", "mentions", "same"),
    [
        ((), (), (), True),
        ((), ("OddRead",), ("OddRead",), False),
        (("OddRead",), (), (), False),
        (("OddRead",), ("Odd-Read",), ("something else",), True),
        (("Odd Reads",), ("OddRead",), ("the Odd Reads dataset",), True),
        (("OddRead test set",), ("OddRead",), ("OddRead",), True),
        (("OddRead|ORD",), ("ORD",), ("ORD",), True),
        (("A1", "B2"), ("B2", "A1"), ("B2", "A1"), True),
        (("A1", "B2"), ("A1",), ("A1",), False),
        (("A1", "A1"), ("A1", "B2"), ("A1", "B2"), False),
        (("Tasks",), ("tasks",), ("tasks",), True),  # nothing but a generic word: then it counts
        (("A1",), (), ("A1",), True),
    ],
)
def test_data_sets(wanted: tuple[str, ...], names: tuple[str, ...], mentions: tuple[str, ...], same: bool) -> None:
    assert same_data_sets(wanted, names, mentions) is same


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("Foo", "Foo-7B", True),
        ("Foo large model", "Foo", True),
        ("Foo|Bar", "bar", True),
        ("Foo", "Bar", False),
        ("Foo", None, False),
        ("Foo", "…", False),
        (None, None, True),
    ],
)
def test_systems(wanted: str | None, given: str | None, same: bool) -> None:
    assert same_system(wanted, given) is same


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("units = [", "file: is not TOML"),
        ("metrics = []", "units: is not a list of groups of names"),
        ("units = [[]]", "units: is not a list of groups of names"),
        ('units = [["a", "b"], ["c", "B"]]', "units: 'B' stands in two groups"),
        ('units = []\nmetrics = [["a b"], ["A-B"]]', "metrics: 'A-B' stands in two groups"),
    ],
)
def test_a_file_that_makes_no_sense(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "equivalents.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        equivalents.load(path)
    assert message in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="does not exist"):
        equivalents.load(tmp_path / "equivalents.toml")
