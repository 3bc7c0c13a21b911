"""Frames to charts over many boards at once: comparisons, trends, coverage. As pure as `charts`, and in its look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard import vega
from dashboard.charts import COLOURS, INK, KINDS, NUMBER, PICKED, ROLES, SHAPES
from dashboard.vega import Chart, channel

SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#56B4E9", "#8A8A8A", "#7B3FA0")
"""Colours of up to six boards or eight systems, from Okabe and Ito; the yellow is darkened to be seen as a line."""

DASHES: Final = ([1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [14, 4], [1, 3], [12, 3, 4, 3])
MARKERS: Final = (
    *("circle", "square", "triangle-up", "diamond", "cross", "triangle-down"),
    *("triangle-left", "triangle-right"),
)
LONGEST_LABEL: Final = 34
PICTURE: Final = 640
"""Width of each chart in a picture of several."""

QUIET: Final = "#8A8A8A"


def dots(frame: pd.DataFrame, *, axis: str) -> Chart:
    """One board's claims of some models: a row for each model, the score across, the printed number beside it.

    Columns: claim_id, model, score, printed, role, bound, date, title. Each board has an axis of its own.
    """
    data = frame.assign(
        name=frame["model"].map(short),
        shown=frame["shown"].map(lambda text: short(text, 24)),
        bounded=frame["bound"].isin(["up_to", "at_least"]),
        paper=frame["title"].map(short),
    )[["claim_id", "name", "score", "shown", "role", "bounded", "date", "paper"]]
    scale = {"zero": False, "nice": True, "padding": 30}
    x = channel("score:Q", title=axis, scale=scale, axis={"tickCount": 4})
    y = channel("name:N", title=None, sort=None, axis={"labelLimit": 150, "grid": True})
    colours = channel("role:N", scale={"domain": list(ROLES), "range": list(COLOURS)}, legend=None)
    points = vega.unit(
        data,
        "point",
        {"size": 80, "strokeWidth": 2, "opacity": 1, "cursor": "pointer"},
        x=x,
        y=y,
        stroke=colours,
        fill=colours,
        shape=channel("role:N", scale={"domain": list(ROLES), "range": list(SHAPES)}, legend=None),
        fillOpacity=vega.either("datum.bounded", 0, 1),
        tooltip=vega.tips(*(f"{name}:N" for name in ("name", "shown", "role", "date", "paper"))),
    )
    look = {"dy": -11, **NUMBER}
    numbers = vega.unit(data, "text", look, x=x, y=y, text=channel("shown:N"), color=vega.fixed(QUIET))
    return vega.layered([vega.choosing(points, PICKED, "claim_id"), numbers], 84 + 34 * data["name"].nunique())


def slopes(frame: pd.DataFrame) -> Chart:
    """Who is ahead of whom, board by board: a line for each model through its places, the first on top.

    Columns: claim_id, model, board (its name, in the order in which boards are drawn), place (NaN breaks the line),
    printed. Places have no unit, so boards of different metrics may stand side by side; scores may not.
    """
    names, boards = list(dict.fromkeys(frame["model"])), list(dict.fromkeys(frame["board"]))
    shorts = [short(name) for name in names]
    data = frame[["claim_id", "place", "printed", "board"]].assign(model=frame["model"].map(short))
    last = int(data["place"].max())
    x = channel("board:N", title=None, sort=boards, axis={"labelAngle": 0, "labelLimit": 150}, scale={"padding": 0.3})
    y = channel(
        "place:Q",
        title="place among these systems",
        scale={"domain": [last + 0.3, 0.7], "zero": False, "nice": False},
        axis={"values": list(range(1, last + 1)), "format": "d", "grid": False},
    )
    legend = {"orient": "top", "title": None, "columns": 2, "labelLimit": 230, "symbolStrokeWidth": 0}

    def of_model(looks: Sequence[object], legend: dict[str, Any] | None) -> vega.Channel:
        return channel("model:N", scale={"domain": shorts, "range": list(looks[: len(names)])}, legend=legend)

    colour = of_model(SERIES, legend)
    line = vega.unit(
        data, "line", {"strokeWidth": 2.2, "aria": False}, x=x, y=y, color=colour, strokeDash=of_model(DASHES, None)
    )
    placed = data[data["place"].notna()]
    points = vega.unit(
        placed,
        "point",
        {"filled": True, "size": 90, "cursor": "pointer", "opacity": 1},
        x=x,
        y=y,
        color=colour,
        shape=of_model(MARKERS, legend),
        tooltip=vega.tips("model:N", "board:N", "place:Q", "printed:N"),
    )
    look = {"dy": -11, **NUMBER}
    numbers = vega.unit(placed, "text", look, x=x, y=y, text=channel("printed:N"), color=vega.fixed(QUIET))
    return vega.layered([line, vega.choosing(points, PICKED, "claim_id"), numbers], 150 + 34 * last)


def relative_steps(frame: pd.DataFrame) -> Chart:
    """The frontiers of up to six boards on one scale without a unit: columns when, way (0 to 1), board, claim_id.

    Each board has a colour, a dash and a marker of its own.
    """
    names = list(dict.fromkeys(frame["board"]))
    texts = {name: frame[name].map(short) for name in ("model", "printed", "date")}
    data = frame[["claim_id", "when", "way", "board"]].assign(**texts)
    last = data["when"].max()
    ends = data.sort_values("when").groupby("board", as_index=False).tail(1).assign(when=last)
    x = channel("when:T", title=None, axis={"tickCount": 6})
    y = channel(
        "way:Q",
        title=["share of the way from the board's first", "to its best claim (normalised, no scores)"],
        scale={"domain": [0, 1]},
        axis={"format": "%"},
    )
    legend = {
        "orient": "top",
        "title": None,
        "columns": 1,
        "labelLimit": 420,
        "symbolSize": 120,
        "symbolStrokeWidth": 0,
    }

    def of_board(looks: Sequence[object], legend: dict[str, Any] | None) -> vega.Channel:
        return channel("board:N", scale={"domain": names, "range": list(looks[: len(names)])}, legend=legend)

    colour = of_board(SERIES, legend)
    line = vega.unit(
        pd.concat([data, ends], ignore_index=True),
        "line",
        {"interpolate": "step-after", "strokeWidth": 2.2, "aria": False},
        x=x,
        y=y,
        color=colour,
        strokeDash=of_board(DASHES, None),
    )
    points = vega.unit(
        data,
        "point",
        {"filled": True, "size": 70, "cursor": "pointer", "opacity": 1},
        x=x,
        y=y,
        color=colour,
        shape=of_board(MARKERS, legend),
        tooltip=[*vega.tips("board:N", "model:N", "printed:N", "date:N"), channel("way:Q", format=".0%")],
    )
    return vega.layered([line, vega.choosing(points, PICKED, "claim_id")], 380)


def records(frame: pd.DataFrame) -> Chart:
    """How often a best claim was beaten, year by year. Columns: year, records, boards."""
    x = channel("year:O", title=None, axis={"labelAngle": 0, "labelOverlap": True})
    y = channel("records:Q", title="best claims beaten", axis={"tickMinStep": 1, "format": "d"})
    tooltip = vega.tips("year:O", "records:Q", "boards:Q", records="best claims beaten")
    return _bars(frame, "year", x, y, tooltip)


def gains(frame: pd.DataFrame, *, unit: str) -> Chart:
    """Claimed gains of one unit by size, in steps that are named below the bars. Columns: step, claims."""
    x = channel("step:O", title=f"claimed gain in {unit}", sort=None, axis={"labelAngle": 0, "labelOverlap": False})
    y = channel("claims:Q", title="claims", axis={"tickMinStep": 1, "format": "d"})
    return _bars(frame, "step", x, y, vega.tips("step:O", "claims:Q", step=unit))


def _bars(frame: pd.DataFrame, field: str, x: vega.Channel, y: vega.Channel, tooltip: list[vega.Channel]) -> Chart:
    """Bars that can be picked, with their numbers above them."""
    bars = vega.unit(frame, "bar", {"color": COLOURS[0], "cursor": "pointer"}, x=x, y=y, tooltip=tooltip)
    text = channel(f"{y['field']}:Q")
    numbers = vega.unit(frame, "text", {"dy": -7, **NUMBER}, x=x, y=y, text=text, color=vega.fixed(QUIET))
    return vega.layered([vega.choosing(bars, PICKED, field), numbers], 260)


def papers_by_year(frame: pd.DataFrame) -> Chart:
    """Papers of each year, those with a claim in full colour. Columns: year, papers, known (those with a claim)."""
    data = frame.assign(share=frame["known"] / frame["papers"])
    x = channel("year:O", title=None, axis={"labelAngle": 0, "labelOverlap": True})
    y = channel("papers:Q", title="papers")
    tooltip = [*vega.tips("year:O", "papers:Q", "known:Q", known="with a claim"), channel("share:Q", format=".0%")]
    share = channel("share:Q", format=".0%")
    layers = [
        vega.unit(data, "bar", {"color": "#C9D3DC"}, x=x, y=y, tooltip=tooltip),
        vega.unit(data, "bar", {"color": COLOURS[0]}, x=x, y=channel("known:Q"), tooltip=tooltip),
        vega.unit(data, "text", {"dy": -7, **NUMBER}, x=x, y=y, text=share, color=vega.fixed(QUIET)),
    ]
    return vega.layered(layers, 240)


def missing(frame: pd.DataFrame) -> Chart:
    """Share of claims that lack a field, by field and kind. Columns: field, kind, share (0 to 1), missing, total."""
    x = channel("kind:N", title=None, sort=list(KINDS), axis={"labelAngle": 0, "orient": "top"})
    y = channel("field:N", title=None, sort=None, axis={"labelLimit": 200})
    colour = channel("share:Q", scale={"scheme": "oranges", "domain": [0, 1]}, legend=None)
    share = channel("share:Q", title="lack it", format=".1%")
    tooltip = [*vega.tips("field:N", "kind:N"), share, *vega.tips("missing:Q", "total:Q")]
    tiles = vega.unit(frame, "rect", {}, x=x, y=y, color=colour, tooltip=tooltip)
    ink = vega.either("datum.share > 0.6", "white", INK)
    numbers = vega.unit(frame, "text", NUMBER, x=x, y=y, text=channel("share:Q", format=".0%"), color=ink)
    return vega.layered([tiles, numbers], 40 + 26 * frame["field"].nunique())


def quality(frame: pd.DataFrame) -> Chart:
    """Precision and recall with their intervals. Columns: level, part, value, low, high (shares; the ends may lack)."""
    places = {"y": channel("level:N", title=None, sort=None, axis={"labelLimit": 220}), "yOffset": channel("part:N")}
    parts = ["precision", "recall"]
    colour = channel(
        "part:N", title=None, scale={"domain": parts, "range": list(COLOURS[:2])}, legend={"orient": "top"}
    )
    across = {"title": None, "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    whiskers = vega.unit(
        frame[frame["low"].notna()],
        "rule",
        {"strokeWidth": 2.5, "aria": False},
        **places,
        x=channel("low:Q", **across),
        x2={"field": "high"},
        color=colour,
    )
    points = vega.unit(
        frame,
        "point",
        {"filled": True, "size": 80, "opacity": 1},
        **places,
        x=channel("value:Q", **across),
        color=colour,
        shape=channel("part:N", title=None, scale={"domain": parts, "range": list(SHAPES[:2])}),
        tooltip=[
            *vega.tips("level:N", "part:N"),
            *(channel(f"{name}:Q", format=".1%") for name in ("value", "low", "high")),
        ],
    )
    return vega.layered([whiskers, points], 40 + 44 * frame["level"].nunique())


def short(text: object, longest: int = LONGEST_LABEL) -> str:
    """A text cut for an axis or a tooltip; empty where there is none."""
    words = text if isinstance(text, str) else ""
    return words if len(words) <= longest else words[: longest - 1] + "…"
