"""Charts over many boards: what their marks carry, and that nothing rests on colour alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import overviews


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
    assert [p["select"]["fields"] for p in spec["params"]] == [["claim_id"]]
    assert "N" * 60 not in str(spec)


def test_the_relative_scale_is_labelled_and_differs_by_dash_and_marker() -> None:
    frame = rows(when=pd.to_datetime(["2020-01-01", "2021-01-01"]), way=[0.0, 1.0], board=["p", "q"])
    spec = overviews.relative_steps(frame).to_dict()
    points, line = marks(spec, "point")[0], marks(spec, "line")[0]
    assert "normalised" in " ".join(points["encoding"]["y"]["title"])
    assert points["encoding"]["shape"]["field"] == line["encoding"]["strokeDash"]["field"] == "board"
    assert line["mark"]["interpolate"] == "step-after"


def test_six_boards_have_six_looks() -> None:
    looks = (overviews.SERIES, [str(dash) for dash in overviews.DASHES], overviews.MARKERS)
    assert [len(set(look)) for look in looks] == [6, 6, 6]


def test_whiskers_are_drawn_only_where_an_interval_is_known() -> None:
    frame = pd.DataFrame({"level": ["l"], "part": ["recall"], "value": [0.5], "low": [None], "high": [None]})
    spec = overviews.quality(frame).to_dict()
    assert marks(spec, "rule")[0]["transform"] == [{"filter": "isValid(datum.low)"}]


def test_charts_put_together_answer_to_no_clicks() -> None:
    chart = overviews.dots(rows(), axis="x")
    spec = overviews.together([("one", chart), ("two", chart)]).to_dict()
    assert len(spec["vconcat"]) == 2
    assert "params" not in str({k: v for k, v in spec.items() if k != "datasets"})
    assert chart.to_dict()["params"], "the chart on the page still does"
