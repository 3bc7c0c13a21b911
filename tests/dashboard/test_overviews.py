"""Charts over many boards: what their marks carry, and that nothing rests on colour alone."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from altair.vegalite.v6.schema import core

from dashboard import drawings, overviews, vega


def rows(**more: Any) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "claim_id": ["a", "b"],
        "model": ["X", "N" * 999],
        "score": [1.0, 2.0],
        "shown": ["1", "2"],
        "printed": ["1", "2"],
        "role": ["own", "baseline"],
        "bound": ["exact", "up_to"],
        "date": ["2020", "2021"],
        "title": ["T", "T"],
    }
    return pd.DataFrame(columns | more)


def marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_dots_carry_their_claims_and_shapes() -> None:
    spec = overviews.dots(rows(), axis="accuracy").to_dict()
    points = marks(spec, "point")[0]
    assert points["encoding"]["shape"]["field"] == points["encoding"]["fill"]["field"] == "role"
    assert points["encoding"]["x"]["scale"]["zero"] is False
    assert "N" * 60 not in str(spec)


def test_the_relative_scale_is_labelled_and_differs_by_dash_and_marker() -> None:
    frame = rows(when=pd.to_datetime(["2020-01-01", "2021-01-01"]), way=[0.0, 1.0], board=["p", "q"])
    spec = overviews.relative_steps(frame).to_dict()
    points, line = marks(spec, "point")[0], marks(spec, "line")[0]
    assert "normalised" in " ".join(points["encoding"]["y"]["title"])
    assert points["encoding"]["shape"]["field"] == line["encoding"]["strokeDash"]["field"] == "board"
    assert line["mark"]["interpolate"] == "step-after"


def test_eight_systems_have_eight_looks() -> None:
    looks = (drawings.SERIES, [str(dash) for dash in drawings.DASHES], drawings.MARKERS)
    assert [len(set(look)) for look in looks] == [8, 8, 8]


def test_whiskers_are_drawn_only_where_an_interval_is_known() -> None:
    columns = {"level": ["l", "m"], "part": ["recall", "recall"], "value": [0.5, 0.6]}
    frame = pd.DataFrame({**columns, "low": [None, 0.4], "high": [None, 0.7]})
    spec = overviews.quality(frame).to_dict()
    assert [row["level"] for row in spec["datasets"][marks(spec, "rule")[0]["data"]["name"]]] == ["m"]
    assert len(spec["datasets"][marks(spec, "point")[0]["data"]["name"]]) == 2


def test_charts_put_together_keep_their_data_apart() -> None:
    chart = overviews.dots(rows(), axis="x")
    both = vega.together([("one", chart), ("two", overviews.dots(rows(), axis="y"))])
    assert len(both.to_dict()["vconcat"]) == 2
    assert len(both.frames) == 2, "their data do not meet"
    parts = [str(part) for part in both.to_dict()["vconcat"]]
    assert [[name in part for name in both.frames] for part in parts] == [[True, False], [False, True]]


FIELDS = pd.DataFrame({"field": ["metric"], "kind": ["score"], "share": [0.5], "missing": [1], "total": [2]})
QUALITY = pd.DataFrame({"level": ["l"], "part": ["recall"], "value": [0.5], "low": [0.4], "high": [0.6]})
PAPERS = pd.DataFrame({"year": ["2020"], "papers": [4], "known": [3]})
RECORDS = pd.DataFrame({"year": ["2020"], "records": [1], "boards": [1]})
MOVES = rows(when=pd.to_datetime(["2020-01-01", "2021-01-01"]), way=[0.0, 1.0], board=["p", "q"])
DRAWN = {
    "dots": lambda: overviews.dots(rows(), axis="x"),
    "slopes": lambda: overviews.slopes(rows(board=["p", "p"], place=[1.0, float("nan")])),
    "relative_steps": lambda: overviews.relative_steps(MOVES),
    "records": lambda: overviews.records(RECORDS),
    "gains": lambda: overviews.gains(pd.DataFrame({"step": ["0–1"], "claims": [2]}), unit="points"),
    "papers_by_year": lambda: overviews.papers_by_year(PAPERS),
    "missing": lambda: overviews.missing(FIELDS),
    "quality": lambda: overviews.quality(QUALITY),
    "together": lambda: vega.together([("one", overviews.records(RECORDS))]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_is_valid_vega_lite(name: str) -> None:
    core.Root.validate(DRAWN[name]().to_dict())


def test_places_are_drawn_from_the_top_and_a_missing_one_breaks_the_line() -> None:
    frame = rows(model=["X", "Y"], board=["p", "p"], place=[1.0, float("nan")])
    spec = overviews.slopes(frame).to_dict()
    low, high = marks(spec, "line")[0]["encoding"]["y"]["scale"]["domain"]
    assert low > high
    drawn = {kind: spec["datasets"][marks(spec, kind)[0]["data"]["name"]] for kind in ("line", "point")}
    assert [row["place"] for row in drawn["line"]] == [1.0, None]
    assert [row["model"] for row in drawn["point"]] == ["X"]
