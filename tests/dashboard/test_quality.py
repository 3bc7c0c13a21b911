"""What the build covers and lacks, and the figures that may come with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import quality, store
from dashboard.store import Build

HISTORY = """date,commit,set,figure,value
2026-01-01,a,one,claim.precision,0.5
2026-02-02,b,one,claim.precision,0.75
2026-02-02,b,one,claim.precision.low,0.7
2026-02-02,b,one,claim.precision.high,0.8
2026-02-02,b,one,claim.recall,0.6
2026-02-02,b,two,found.recall,0.9
2026-02-02,b,two,claim.f1,0.9
2026-02-02,b,two,claim.recall,not a number
"""


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    opened = store.open_build(folder)
    yield opened
    opened.close()


def test_papers_are_counted_by_year(build: Build) -> None:
    years = quality.papers_by_year(build)
    assert int(years["papers"].sum()) == int(years["known"].sum()) == 246


def test_what_claims_lack_is_counted_by_kind(build: Build) -> None:
    lacking = quality.missing(build).set_index(["field", "kind"])
    assert (lacking.loc[("setting", "score"), "missing"], lacking.loc[("setting", "score"), "total"]) == (243, 245)
    assert lacking.loc[("subject_parameters", "score"), "missing"] == 1
    assert lacking.loc[("baseline", "change"), "share"] == 1.0
    assert ("score", "change") not in lacking.index
    assert ("baseline", "score") not in lacking.index


def test_names_and_metrics_come_most_used_first(build: Build) -> None:
    names = quality.benchmark_names(build)
    assert names.iloc[0].to_list() == ["Crowd-230", 230, 230]
    assert list(names["papers"]) == sorted(names["papers"], reverse=True)
    metrics = quality.metrics(build)
    assert {(m, bool(h)) for m, h in zip(metrics["metric"], metrics["higher_is_better"], strict=True)} >= {
        ("accuracy", True),
        ("perplexity", False),
    }


def test_the_latest_figures_with_their_intervals_count(tmp_path: Path) -> None:
    (tmp_path / quality.HISTORY).write_text(HISTORY)
    path = quality.recorded(tmp_path)
    assert path == tmp_path / quality.HISTORY
    found = quality.figures(path).set_index(["set", "part"])
    claim = found.loc[("one", "precision")]
    assert (claim["value"], claim["low"], claim["high"], claim["date"]) == (0.75, 0.7, 0.8, "2026-02-02")
    assert found.loc[("one", "recall"), "low"] != found.loc[("one", "recall"), "low"], "no interval was recorded"
    assert found.loc[("two", "recall"), "value"] == 0.9
    assert len(found) == 3


def test_without_figures_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "CHECKOUT", tmp_path)
    assert quality.recorded(tmp_path) is None
