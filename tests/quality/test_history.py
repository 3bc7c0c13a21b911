"""The quality of reading does not fall behind what was last recorded in benchmarks/quality.csv."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import figures, quality
from leaderboard.commands.evaluate import measure

DROP = 0.005
"""By how much a figure may fall: half a point."""


@pytest.mark.parametrize("name", ["seed", "open"])
def test_claims_and_boards_are_as_good_as_recorded(name: str, shared: Path) -> None:
    recorded = figures.last(quality.HISTORY)
    if (name, "claim.f1") not in recorded:
        pytest.skip("no figures are recorded in benchmarks/quality.csv; `make quality` records them")
    gold = shared / "gold"
    levels = measure(gold / f"{name}-claims.jsonl", [str(gold / f"{name}-abstracts.jsonl")]).levels
    now = {level: levels[level].counts.f1 for level in ("claim", "board")}
    fallen = {level: f1 for level, f1 in now.items() if f1 < recorded[name, f"{level}.f1"] - DROP}
    assert not fallen, f"below the last recorded figures of {name}"


def test_the_history_is_in_order() -> None:
    rows = figures.read(quality.HISTORY)
    assert [row.date for row in rows] == sorted(row.date for row in rows)
    assert {row.set for row in rows} <= set(quality.SETS)
    assert all(0 <= float(row.value) <= 1 for row in rows)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one set of one abstract with one claim, as easy as can be, and one that is no claim."""
    abstract = "We train FrobNet. FrobNet reaches 84.2% accuracy on ImageNet."
    claim = (
        '{"number": "84.2%", "kind": "score", "value": 84.2, "unit": "percent", "metric": "accuracy", '
        '"benchmarks": ["ImageNet"], "quote": "reaches 84.2% accuracy"}'
    )
    (tmp_path / "seed-claims.jsonl").write_text(f'{{"id": "p", "claims": [{claim}]}}\n', encoding="utf-8")
    text = f'{{"id": "p", "title": "FrobNet", "abstract": "{abstract}"}}\n'
    (tmp_path / "seed-abstracts.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_figures(gold: Path) -> None:
    found = quality.figures(gold, "seed")
    assert (found["found.f1"], found["claim.f1"], found["board.precision"]) == (1.0, 1.0, 1.0)
    assert 0 < found["calibration_error"] < 1
    assert set(quality.SHOWN.values()) <= set(found)


def test_figures_are_added_and_the_last_one_counts(tmp_path: Path) -> None:
    path = tmp_path / "quality.csv"
    assert quality.summary(path) == "No figures are recorded yet.\n"
    first = {("seed", "claim.f1"): 0.5, ("seed", "board.f1"): 0.25, ("open", "claim.f1"): 0.1}
    figures.append(path, first, "2025-01-01", "abc", ".4f")
    figures.append(path, {("seed", "claim.f1"): 0.60004}, "2025-01-02", "def+", ".4f")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "date,commit,set,figure,value",
        "2025-01-01,abc,seed,claim.f1,0.5000",
        "2025-01-01,abc,seed,board.f1,0.2500",
        "2025-01-01,abc,open,claim.f1,0.1000",
        "2025-01-02,def+,seed,claim.f1,0.6000",
    ]
    assert figures.last(path) == {
        ("seed", "claim.f1"): 0.6,
        ("seed", "board.f1"): 0.25,
        ("open", "claim.f1"): 0.1,
    }
    assert quality.summary(path).splitlines() == [
        "| set | found F1 | kind F1 | claim F1 | board F1 | calibration error | measured |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| seed |  |  | 0.600 | 0.250 |  | 2025-01-02 |",
        "| open |  |  | 0.100 |  |  | 2025-01-01 |",
    ]


def test_what_cross_validation_gave_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    assert quality.held_back(path) == ""
    old = {("7 abstracts, 2 folds", "found"): 0.1}
    new = {("9 abstracts, 3 folds", level): 0.5 for level in ("found", "kind", "claim", "board")}
    new["9 abstracts, 3 folds", "expected calibration error"] = 0.02
    new["9 abstracts, 3 folds", "rows at 0.9 or more"] = 40
    new["9 abstracts, 3 folds", "precision of rows at 0.9 or more"] = 0.975
    figures.append(path, old, "2026-01-01", "aaaaaaa")
    figures.append(path, new, "2026-01-02", "bbbbbbb")
    assert quality.held_back(path) == (
        "Cross-validated by paper (9 abstracts, 3 folds, 2026-01-02): found 0.500, kind 0.500, claim 0.500, "
        "board 0.500; expected calibration error 0.020; of 40 rows of boards with a confidence of 0.9 or more "
        "97.5% are right.\n"
    )


def test_sure_rows_are_right_nineteen_times_in_twenty_and_confidence_is_calibrated() -> None:
    values = {figure: value for (_, figure), value in figures.last(quality.TRAINING).items()}
    assert values["precision of rows at 0.9 or more"] >= 0.95
    assert values["expected calibration error"] <= 0.05
