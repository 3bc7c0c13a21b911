"""Pictures of charts: made without a browser or a request, with title and source in them."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from dashboard import drawings, overviews, pictures, vega

FRAME = pd.DataFrame({"year": ["2020", "2021"], "records": [1, 2], "boards": [1, 1]})


def test_a_picture_has_title_source_and_size() -> None:
    drawn = pictures.svg(overviews.records(FRAME), "Records & <more>", "snapshot abc").decode()
    assert drawn.startswith("<svg")
    assert "Records &amp; &lt;more>" in drawn or "Records &amp; &lt;more&gt;" in drawn
    assert "snapshot abc" in drawn
    assert pictures.png(overviews.records(FRAME), "T", "S").startswith(b"\x89PNG")


def test_several_charts_make_one_picture() -> None:
    parts = [("first", overviews.records(FRAME)), ("second", overviews.records(FRAME))]
    drawn = pictures.svg(vega.together(parts), "Both", "S").decode()
    assert "first" in drawn
    assert "second" in drawn


def test_a_picture_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fetching = alt.Chart("http://127.0.0.1:9/data.csv").mark_point().encode(x=alt.X("a:Q"))
    monkeypatch.setitem(drawings.SHAPES, "fetching", lambda: fetching)
    chart = vega.Chart("fetching", {}, {})
    with pytest.raises(ValueError, match=r"(?i)access|denied|not allowed|fail"):
        pictures.svg(chart, "T", "S")
