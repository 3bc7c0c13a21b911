"""Frames to charts over many boards at once: comparisons, trends, coverage. As pure as `charts`, and in its look."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from dashboard.charts import COLOURS, KINDS, PICKED, ROLES, SHAPES, choosing

SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#56B4E9")
"""Colours of up to six boards, from Okabe and Ito; the yellow is darkened so that a line of it can be seen."""

DASHES: Final = ([1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [14, 4])
MARKERS: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
LONGEST_LABEL: Final = 34
QUIET: Final = "#8A8A8A"


def dots(frame: pd.DataFrame, *, axis: str) -> alt.LayerChart:
    """One board's claims of some models: a row for each model, the score across, the printed number beside it.

    Columns: claim_id, model, score, printed, role, bound, date, title. Each board has an axis of its own.
    """
    data = frame.assign(
        name=frame["model"].map(short),
        shown=frame["shown"].map(lambda text: short(text, 24)),
        bounded=frame["bound"].isin(["up_to", "at_least"]),
        paper=frame["title"].map(short),
    )[["claim_id", "name", "score", "shown", "role", "bounded", "date", "paper"]]
    across = alt.X(
        "score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=30), axis=alt.Axis(tickCount=4)
    )
    down = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=150, grid=True))
    base = alt.Chart(data).encode(x=across, y=down)
    colours = alt.Scale(domain=list(ROLES), range=list(COLOURS))
    shapes = alt.Scale(domain=list(ROLES), range=list(SHAPES))
    points = (
        base.mark_point(size=80, strokeWidth=2, opacity=1, cursor="pointer")
        .encode(
            stroke=alt.Stroke("role:N", scale=colours, legend=None),
            fill=alt.Fill("role:N", scale=colours, legend=None),
            shape=alt.Shape("role:N", scale=shapes, legend=None),
            fillOpacity=alt.condition("datum.bounded", alt.value(0), alt.value(1)),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("name", "shown", "role", "date", "paper")],
        )
        .add_params(alt.selection_point(name=PICKED, fields=["claim_id"], empty=False))
    )
    numbers = base.mark_text(dy=-11, fontSize=11, aria=False).encode(text="shown:N", color=alt.value(QUIET))
    height = 84 + 34 * data["name"].nunique()
    chart: alt.LayerChart = alt.layer(points, numbers).properties(height=height)  # type: ignore[assignment] # no facets
    return chart


def relative_steps(frame: pd.DataFrame) -> alt.LayerChart:
    """The frontiers of up to six boards on one scale without a unit: columns when, way (0 to 1), board, claim_id.

    Each board has a colour, a dash and a marker of its own.
    """
    names = list(dict.fromkeys(frame["board"]))
    texts = {name: frame[name].map(short) for name in ("model", "printed", "date")}
    data = frame[["claim_id", "when", "way", "board"]].assign(**texts)
    last = data["when"].max()
    ends = data.sort_values("when").groupby("board", as_index=False).tail(1).assign(when=last)
    down = alt.Y(
        "way:Q",
        title=["share of the way from the board's first", "to its best claim (normalised, no scores)"],
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )
    scale = alt.Scale(domain=names, range=list(SERIES[: len(names)]))
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=420, symbolSize=120, symbolStrokeWidth=0)
    across = alt.X("when:T", title=None, axis=alt.Axis(tickCount=6))
    colour = alt.Color("board:N", scale=scale, legend=legend)
    dash = alt.StrokeDash("board:N", scale=alt.Scale(domain=names, range=[list(d) for d in DASHES[: len(names)]]))
    lines = alt.Chart(pd.concat([data, ends], ignore_index=True)).mark_line(
        interpolate="step-after", strokeWidth=2.2, aria=False
    )
    points = (
        alt.Chart(data)
        .mark_point(filled=True, size=70, cursor="pointer", opacity=1)
        .encode(
            x=across,
            y=down,
            color=colour,
            shape=alt.Shape("board:N", scale=alt.Scale(domain=names, range=list(MARKERS[: len(names)])), legend=legend),
            tooltip=["board:N", "model:N", "printed:N", "date:N", alt.Tooltip("way:Q", format=".0%")],
        )
        .add_params(alt.selection_point(name=PICKED, fields=["claim_id"], empty=False))
    )
    drawn = lines.encode(x=across, y=down, color=colour, strokeDash=dash.legend(None))
    chart: alt.LayerChart = alt.layer(drawn, points).properties(height=380)  # type: ignore[assignment] # no facets
    return chart


def records(frame: pd.DataFrame) -> alt.LayerChart:
    """How often a best claim was beaten, year by year. Columns: year, records, boards."""
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("records:Q", title="best claims beaten", axis=alt.Axis(tickMinStep=1, format="d")),
    )
    bars = base.mark_bar(color=COLOURS[0], cursor="pointer").encode(
        tooltip=["year:O", alt.Tooltip("records:Q", title="best claims beaten"), alt.Tooltip("boards:Q")]
    )
    numbers = base.mark_text(dy=-7, fontSize=11, aria=False).encode(text="records:Q", color=alt.value(QUIET))
    chart: alt.LayerChart = alt.layer(choosing(bars, "year"), numbers).properties(height=260)  # type: ignore[assignment] # no facets
    return chart


def gains(frame: pd.DataFrame, *, unit: str) -> alt.LayerChart:
    """Claimed gains of one unit by size, in steps that are named below the bars. Columns: step, claims."""
    base = alt.Chart(frame).encode(
        x=alt.X("step:O", title=f"claimed gain in {unit}", sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=False)),
        y=alt.Y("claims:Q", title="claims", axis=alt.Axis(tickMinStep=1, format="d")),
    )
    bars = base.mark_bar(color=COLOURS[0], cursor="pointer").encode(
        tooltip=[alt.Tooltip("step:O", title=unit), "claims:Q"]
    )
    numbers = base.mark_text(dy=-7, fontSize=11, aria=False).encode(text="claims:Q", color=alt.value(QUIET))
    chart: alt.LayerChart = alt.layer(choosing(bars, "step"), numbers).properties(height=260)  # type: ignore[assignment] # no facets
    return chart


def papers_by_year(frame: pd.DataFrame) -> alt.LayerChart:
    """Papers of each year, those with a claim in full colour. Columns: year, papers, known (those with a claim)."""
    data = frame.assign(share=frame["known"] / frame["papers"])
    base = alt.Chart(data).encode(x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)))
    tips = ["year:O", "papers:Q", alt.Tooltip("known:Q", title="with a claim"), alt.Tooltip("share:Q", format=".0%")]
    everyone = base.mark_bar(color="#C9D3DC").encode(y=alt.Y("papers:Q", title="papers"), tooltip=tips)
    known = base.mark_bar(color=COLOURS[0]).encode(y="known:Q", tooltip=tips)
    share = base.mark_text(dy=-7, fontSize=11, aria=False).encode(
        y="papers:Q", text=alt.Text("share:Q", format=".0%"), color=alt.value(QUIET)
    )
    chart: alt.LayerChart = alt.layer(everyone, known, share).properties(height=240)  # type: ignore[assignment] # no facets
    return chart


def missing(frame: pd.DataFrame) -> alt.LayerChart:
    """Share of claims that lack a field, by field and kind. Columns: field, kind, share (0 to 1), missing, total."""
    base = alt.Chart(frame).encode(
        x=alt.X("kind:N", title=None, sort=list(KINDS), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("field:N", title=None, sort=None, axis=alt.Axis(labelLimit=200)),
    )
    colour = alt.Color("share:Q", scale=alt.Scale(scheme="oranges", domain=[0, 1]), legend=None)
    tips = ["field:N", "kind:N", alt.Tooltip("share:Q", title="lack it", format=".1%"), "missing:Q", "total:Q"]
    tiles = base.mark_rect().encode(color=colour, tooltip=tips)
    ink = alt.condition("datum.share > 0.6", alt.value("white"), alt.value("#1b1f24"))
    numbers = base.mark_text(fontSize=11, aria=False).encode(text=alt.Text("share:Q", format=".0%"), color=ink)
    height = 40 + 26 * frame["field"].nunique()
    chart: alt.LayerChart = alt.layer(tiles, numbers).properties(height=height)  # type: ignore[assignment] # no facets
    return chart


def quality(frame: pd.DataFrame) -> alt.LayerChart:
    """Precision and recall with their intervals. Columns: level, part, value, low, high (shares; the ends may lack)."""
    base = alt.Chart(frame).encode(
        y=alt.Y("level:N", title=None, sort=None, axis=alt.Axis(labelLimit=220)), yOffset=alt.YOffset("part:N")
    )
    colour = alt.Color(
        "part:N",
        title=None,
        scale=alt.Scale(domain=["precision", "recall"], range=list(COLOURS[:2])),
        legend=alt.Legend(orient="top"),
    )
    across = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    tips = ["level:N", "part:N", *(alt.Tooltip(f"{name}:Q", format=".1%") for name in ("value", "low", "high"))]
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=across,
        color=colour,
        shape=alt.Shape("part:N", title=None, scale=alt.Scale(domain=["precision", "recall"], range=list(SHAPES[:2]))),
        tooltip=tips,
    )
    whiskers = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=2.5, aria=False)
    drawn = whiskers.encode(x="low:Q", x2="high:Q", color=colour)
    height = 40 + 44 * frame["level"].nunique()
    chart: alt.LayerChart = alt.layer(drawn, points).properties(height=height)  # type: ignore[assignment] # no facets
    return chart


def together(parts: list[tuple[str, alt.LayerChart]]) -> alt.VConcatChart:
    """Several titled charts below each other, for one picture of all of them."""
    return alt.vconcat(*(_still(chart).properties(title=title, width=640) for title, chart in parts))


def _still(chart: alt.LayerChart) -> alt.LayerChart:
    """The chart without what answers to clicks: a picture has none, and two charts may not share its name."""
    made: alt.LayerChart = chart.copy(deep=True)
    made.params = alt.Undefined
    for layer in made.layer:
        layer.params = alt.Undefined
    return made


def short(text: object, longest: int = LONGEST_LABEL) -> str:
    """A text cut for an axis or a tooltip; empty where there is none."""
    words = text if isinstance(text, str) else ""
    return words if len(words) <= longest else words[: longest - 1] + "…"
