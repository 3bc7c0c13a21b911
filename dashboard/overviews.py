"""Frames to charts over many boards at once: comparisons, trends, coverage. As pure as `charts`, and in its look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from dashboard import vega
from dashboard.charts import COLOURS, INK, KINDS, NUMBER, PICKED, ROLES, SHAPES
from dashboard.tex import readable
from dashboard.vega import DATA, Chart

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
LINES: Final = "lines"
"""What the data of lines are called, where they differ from those of the points on them."""

Layered = alt.LayerChart | alt.FacetChart
"""What `alt.layer` says that it makes; it makes facets only of facets."""


def dots(frame: pd.DataFrame, *, axis: str) -> Chart:
    """One board's claims of some models: a row for each model, the score across, the printed number beside it.

    Columns: claim_id, model, score, printed, role, bound, date, title. Each board has an axis of its own.
    """
    data = frame.assign(
        name=frame["model"].map(short),
        shown=frame["shown"].map(lambda text: short(text, 24)),
        bounded=frame["bound"].isin(["up_to", "at_least"]),
        paper=frame["title"].fillna("").map(readable).map(short),
    )[["claim_id", "name", "score", "shown", "role", "bounded", "date", "paper"]]
    return Chart(_dots(axis, 84 + 34 * data["name"].nunique()), {DATA: data})


@vega.template
def _dots(axis: str, height: int) -> Layered:
    across = alt.X(
        "score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=30), axis=alt.Axis(tickCount=4)
    )
    down = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=150, grid=True))
    base = vega.named().encode(x=across, y=down)
    colours = alt.Scale(domain=list(ROLES), range=list(COLOURS))
    shapes = alt.Scale(domain=list(ROLES), range=list(SHAPES))
    points = base.mark_point(size=80, strokeWidth=2, opacity=1, cursor="pointer").encode(
        stroke=alt.Stroke("role:N", scale=colours, legend=None),
        fill=alt.Fill("role:N", scale=colours, legend=None),
        shape=alt.Shape("role:N", scale=shapes, legend=None),
        fillOpacity=alt.FillOpacityValue(1).condition(test="datum.bounded", value=0),
        tooltip=vega.tips("name:N", "shown:N", "role:N", "date:N", "paper:N"),
    )
    numbers = base.mark_text(dy=-11, **NUMBER).encode(text=alt.Text("shown:N"), color=alt.ColorValue(QUIET))
    return alt.layer(vega.choosing(points, PICKED, "claim_id"), numbers).properties(height=height)


def slopes(frame: pd.DataFrame) -> Chart:
    """Who is ahead of whom, board by board: a line for each model through its places, the first on top.

    Columns: claim_id, model, board (its name, in the order in which boards are drawn), place (NaN breaks the line),
    printed. Places have no unit, so boards of different metrics may stand side by side; scores may not.
    """
    models, boards = dict.fromkeys(frame["model"]), dict.fromkeys(frame["board"])
    data = frame[["claim_id", "place", "printed", "board"]].assign(model=frame["model"].map(short))
    shape = _slopes(tuple(short(name) for name in models), tuple(boards), int(data["place"].max()))
    return Chart(shape, {LINES: data, DATA: data[data["place"].notna()]})


@vega.template
def _slopes(models: tuple[str, ...], boards: tuple[str, ...], last: int) -> Layered:
    x = alt.X(
        "board:N",
        title=None,
        sort=list(boards),
        axis=alt.Axis(labelAngle=0, labelLimit=150),
        scale=alt.Scale(padding=0.3),
    )
    y = alt.Y(
        "place:Q",
        title="place among these systems",
        scale=alt.Scale(domain=[last + 0.3, 0.7], zero=False, nice=False),
        axis=alt.Axis(values=list(range(1, last + 1)), format="d", grid=False),
    )
    legend = alt.Legend(orient="top", title=None, columns=2, labelLimit=230, symbolStrokeWidth=0)
    colour = alt.Color("model:N", scale=_looks(models, SERIES), legend=legend)
    dash = alt.StrokeDash("model:N", scale=_looks(models, DASHES), legend=None)
    line = vega.named(LINES).mark_line(strokeWidth=2.2, aria=False).encode(x=x, y=y, color=colour, strokeDash=dash)
    placed = vega.named().encode(x=x, y=y)
    points = placed.mark_point(filled=True, size=90, cursor="pointer", opacity=1).encode(
        color=colour,
        shape=alt.Shape("model:N", scale=_looks(models, MARKERS), legend=legend),
        tooltip=vega.tips("model:N", "board:N", "place:Q", "printed:N"),
    )
    numbers = placed.mark_text(dy=-11, **NUMBER).encode(text=alt.Text("printed:N"), color=alt.ColorValue(QUIET))
    return alt.layer(line, vega.choosing(points, PICKED, "claim_id"), numbers).properties(height=150 + 34 * last)


def relative_steps(frame: pd.DataFrame) -> Chart:
    """The frontiers of up to six boards on one scale without a unit: columns when, way (0 to 1), board, claim_id.

    Each board has a colour, a dash and a marker of its own.
    """
    texts = {name: frame[name].map(short) for name in ("model", "printed", "date")}
    data = frame[["claim_id", "when", "way", "board"]].assign(**texts)
    last = data["when"].max()
    ends = data.sort_values("when").groupby("board", as_index=False).tail(1).assign(when=last)
    lines = pd.concat([data, ends], ignore_index=True)
    return Chart(_relative_steps(tuple(dict.fromkeys(frame["board"]))), {LINES: lines, DATA: data})


@vega.template
def _relative_steps(boards: tuple[str, ...]) -> Layered:
    x = alt.X("when:T", title=None, axis=alt.Axis(tickCount=6))
    y = alt.Y(
        "way:Q",
        title=["share of the way from the board's first", "to its best claim (normalised, no scores)"],
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=420, symbolSize=120, symbolStrokeWidth=0)
    colour = alt.Color("board:N", scale=_looks(boards, SERIES), legend=legend)
    dash = alt.StrokeDash("board:N", scale=_looks(boards, DASHES), legend=None)
    mark = vega.named(LINES).mark_line(interpolate="step-after", strokeWidth=2.2, aria=False)
    line = mark.encode(x=x, y=y, color=colour, strokeDash=dash)
    points = (
        vega.named()
        .mark_point(filled=True, size=70, cursor="pointer", opacity=1)
        .encode(
            x=x,
            y=y,
            color=colour,
            shape=alt.Shape("board:N", scale=_looks(boards, MARKERS), legend=legend),
            tooltip=vega.tips("board:N", "model:N", "printed:N", "date:N", alt.Tooltip("way:Q", format=".0%")),
        )
    )
    return alt.layer(line, vega.choosing(points, PICKED, "claim_id")).properties(height=380)


def _looks(names: tuple[str, ...], looks: Sequence[Any]) -> alt.Scale:
    """A look of its own for each of `names`, of which there are no more than `looks`."""
    return alt.Scale(domain=list(names), range=list(looks[: len(names)]))


def records(frame: pd.DataFrame) -> Chart:
    """How often a best claim was beaten, year by year. Columns: year, records, boards."""
    return Chart(_records(), {DATA: frame})


@vega.template
def _records() -> Layered:
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("records:Q", title="best claims beaten", axis=alt.Axis(tickMinStep=1, format=",d"))
    tooltip = vega.tips("year:O", alt.Tooltip("records:Q", title="best claims beaten"), "boards:Q")
    return _bars("year", x, y, "records:Q", tooltip)


def gains(frame: pd.DataFrame, *, unit: str) -> Chart:
    """Claimed gains of one unit by size, in steps that are named below the bars. Columns: step, claims."""
    return Chart(_gains(unit), {DATA: frame})


@vega.template
def _gains(unit: str) -> Layered:
    x = alt.X("step:O", title=f"claimed gain in {unit}", sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=False))
    y = alt.Y("claims:Q", title="claims", axis=alt.Axis(tickMinStep=1, format=",d"))
    return _bars("step", x, y, "claims:Q", vega.tips(alt.Tooltip("step:O", title=unit), "claims:Q"))


def _bars(field: str, x: alt.X, y: alt.Y, text: str, tooltip: list[alt.Tooltip]) -> Layered:
    """Bars that can be picked by their `field`, with their numbers above them."""
    base = vega.named().encode(x=x, y=y)
    bars = base.mark_bar(color=COLOURS[0], cursor="pointer").encode(tooltip=tooltip)
    numbers = base.mark_text(dy=-7, **NUMBER).encode(text=alt.Text(text, format=","), color=alt.ColorValue(QUIET))
    return alt.layer(vega.choosing(bars, PICKED, field), numbers).properties(height=260)


def papers_by_year(frame: pd.DataFrame) -> Chart:
    """Papers of each year, those with a claim in full colour. Columns: year, papers, known (those with a claim)."""
    return Chart(_papers_by_year(), {DATA: frame.assign(share=frame["known"] / frame["papers"])})


@vega.template
def _papers_by_year() -> Layered:
    base = vega.named().encode(x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)))
    papers = alt.Y("papers:Q", title="papers")
    share = alt.Tooltip("share:Q", format=".0%")
    tooltip = vega.tips("year:O", "papers:Q", alt.Tooltip("known:Q", title="with a claim"), share)
    everyone = base.mark_bar(color="#C9D3DC", cursor="pointer").encode(y=papers, tooltip=tooltip)
    known = base.mark_bar(color=COLOURS[0], cursor="pointer").encode(y=alt.Y("known:Q"), tooltip=tooltip)
    numbers = base.mark_text(dy=-7, **NUMBER).encode(
        y=papers, text=alt.Text("share:Q", format=".0%"), color=alt.ColorValue(QUIET)
    )
    return alt.layer(vega.choosing(everyone, PICKED, "year"), known, numbers).properties(height=240)


def missing(frame: pd.DataFrame) -> Chart:
    """Share of claims that lack a field, by field and kind. Columns: field, kind, share (0 to 1), missing, total."""
    return Chart(_missing(40 + 26 * frame["field"].nunique()), {DATA: frame})


@vega.template
def _missing(height: int) -> Layered:
    base = vega.named().encode(
        x=alt.X("kind:N", title=None, sort=list(KINDS), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("field:N", title=None, sort=None, axis=alt.Axis(labelLimit=200)),
    )
    colour = alt.Color("share:Q", scale=alt.Scale(scheme="oranges", domain=[0, 1]), legend=None)
    share = alt.Tooltip("share:Q", title="lack it", format=".1%")
    tiles = base.mark_rect(cursor="pointer").encode(
        color=colour, tooltip=vega.tips("field:N", "kind:N", share, "missing:Q", "total:Q")
    )
    ink = alt.ColorValue(INK).condition(test="datum.share > 0.6", value="white")
    numbers = base.mark_text(**NUMBER).encode(text=alt.Text("share:Q", format=".0%"), color=ink)
    return alt.layer(vega.choosing(tiles, PICKED, "field", "kind"), numbers).properties(height=height)


def quality(frame: pd.DataFrame) -> Chart:
    """Precision and recall with their intervals. Columns: level, part, value, low, high (shares; the ends may lack)."""
    return Chart(_quality(40 + 44 * frame["level"].nunique()), {LINES: frame[frame["low"].notna()], DATA: frame})


@vega.template
def _quality(height: int) -> Layered:
    places = {
        "y": alt.Y("level:N", title=None, sort=None, axis=alt.Axis(labelLimit=220)),
        "yOffset": alt.YOffset("part:N"),
    }
    parts = ("precision", "recall")
    colour = alt.Color("part:N", title=None, scale=_looks(parts, COLOURS), legend=alt.Legend(orient="top"))
    across: dict[str, Any] = {"title": None, "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    whiskers = (
        vega.named(LINES)
        .mark_rule(strokeWidth=2.5, aria=False)
        .encode(x=alt.X("low:Q", **across), x2=alt.X2("high:Q"), color=colour, **places)
    )
    shares = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("value", "low", "high")]
    points = (
        vega.named()
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            x=alt.X("value:Q", **across),
            color=colour,
            shape=alt.Shape("part:N", title=None, scale=_looks(parts, SHAPES)),
            tooltip=vega.tips("level:N", "part:N", *shares),
            **places,
        )
    )
    return alt.layer(whiskers, points).properties(height=height)


def short(text: object, longest: int = LONGEST_LABEL) -> str:
    """A text cut for an axis or a tooltip; empty where there is none."""
    words = text if isinstance(text, str) else ""
    return words if len(words) <= longest else words[: longest - 1] + "…"
