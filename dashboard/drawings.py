"""What a chart looks like as a picture: one function of Altair for each shape of chart, whose data only have names.

Only who saves a chart waits for Altair (25 MB, half a second): the page draws the same frames by itself (`plots`). The
tests hold every chart against the schema of Vega-Lite. Colours are those of the light theme, since a picture is white.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, ParamSpec

import altair as alt

from dashboard import colours
from dashboard.charts import BEST, EARLY, KINDS, LATE, LEVELS, LIMIT, LINES, RINGS, ROLES, SIGNS, STANDS
from dashboard.vega import DATA, PART

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.vega import Chart

P = ParamSpec("P")

COLOURS: Final = tuple(colours.light(role) for role in ROLES)
SIGNS_OF_ROLES: Final = ("circle", "square", "triangle-up")
LEVEL_COLOURS: Final = tuple(colours.light(level) for level in LEVELS)
LINE: Final = colours.light("best")
QUIET: Final = colours.light("quiet")
INK: Final = colours.light("ink-of-page")
"""Colour of numbers on pale tiles."""

SERIES: Final = tuple(map(colours.light, colours.SERIES))
DASHES: Final = ([1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [14, 4], [1, 3], [12, 3, 4, 3])
MARKERS: Final = (
    *("circle", "square", "triangle-up", "diamond", "cross", "triangle-down"),
    *("triangle-left", "triangle-right"),
)
"""How up to eight systems or boards are told apart."""

BILLIONS: Final = "replace(format(datum.value, '~s'), 'G', 'B')"
"""Numbers of parameters as people write them, 7B and not 7G."""

NUMBER: Final[dict[str, Any]] = {"fontSize": 11, "aria": False}
"""Look of the numbers on tiles and above bars."""

FADED: Final = 0.45
"""Opacity of points that something beats."""

Layered = alt.LayerChart | alt.FacetChart
"""What `alt.layer` says that it makes; it makes facets only of facets."""


SHAPES: Final[dict[str, Callable[..., alt.TopLevelMixin]]] = {}
"""The shapes of charts by name."""


def specification(chart: Chart) -> dict[str, Any]:
    """The chart as Vega-Lite has it, with its data in it."""
    datasets = {name: json.loads(_json(frame)) for name, frame in chart.frames.items()}
    return {"$schema": alt.SCHEMA_URL, **_drawn(chart), "datasets": datasets}


def _drawn(chart: Chart) -> dict[str, Any]:
    """The chart without its data; of several charts, each with the names of its data made different."""
    if chart.shape == "together":
        parts = enumerate(chart.arguments["parts"])
        return {"vconcat": [{"title": t, "width": PART, **_renamed(_drawn(c), f"-{n}")} for n, (t, c) in parts]}
    made = SHAPES[chart.shape](**chart.arguments).to_dict(validate=False)
    return {name: part for name, part in made.items() if name not in {"$schema", "config"}}


def _renamed(spec: Mapping[str, Any], ending: str) -> dict[str, Any]:
    """The specification with an `ending` to the names of its data."""
    made = dict(spec)
    if "data" in made:
        made["data"] = {"name": made["data"]["name"] + ending}
    if "layer" in made:
        made["layer"] = [_renamed(layer, ending) for layer in made["layer"]]
    return made


def _json(frame: pd.DataFrame) -> str:
    """The rows of a frame as JSON has them."""
    return str(frame.to_json(orient="records", date_format="iso", double_precision=15))


def _shape(draw: Callable[P, alt.TopLevelMixin]) -> Callable[P, alt.TopLevelMixin]:
    """Make a function the drawing of the charts whose shape has its name."""
    SHAPES[draw.__name__.removeprefix("_")] = draw
    return draw


@_shape
def _checks(height: int) -> alt.Chart:
    bars: alt.Chart = (
        named()
        .mark_bar()
        .encode(
            x=alt.X("findings:Q", title="findings", axis=alt.Axis(tickMinStep=1, format=",d")),
            y=alt.Y("check_name:N", title=None, sort="-x", axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "level:N",
                scale=alt.Scale(domain=list(LEVELS), range=list(LEVEL_COLOURS)),
                legend=alt.Legend(orient="top", title=None),
            ),
        )
        .properties(height=height)
    )
    return bars


@_shape
def _strip(axis: str) -> alt.Chart:
    shapes = alt.Scale(domain=list(STANDS), range=["circle", "diamond"])
    inks = alt.Scale(domain=list(STANDS), range=[COLOURS[2], LEVEL_COLOURS[0]])
    points: alt.Chart = (
        named()
        .mark_point(size=70, strokeWidth=2)
        .encode(
            x=alt.X("score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=12)),
            y=alt.Y("finding:N", title=None, sort=list(STANDS[::-1])),
            shape=alt.Shape("finding:N", scale=shapes, legend=None),
            color=alt.Color("finding:N", scale=inks, legend=None),
        )
        .properties(height=110)
    )
    return points


@_shape
def _counts_by_year(dark: float) -> Layered:
    """`dark` is the number of claims above which a tile is so dark that its number is white."""
    base = named().encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("kind:N", title=None, sort=list(KINDS)),
    )
    colour = alt.Color("claims:Q", scale=alt.Scale(scheme="blues", type="sqrt"), legend=None)
    tiles = base.mark_rect().encode(color=colour)
    ink = alt.ColorValue(INK).condition(test=f"datum.claims > {dark}", value="white")
    numbers = base.mark_text(**NUMBER).encode(text=alt.Text("claims:Q", format=","), color=ink)
    return alt.layer(tiles, numbers).properties(height=200)


@_shape
def _shares(height: int) -> alt.Chart:
    chart: alt.Chart = (
        named()
        .mark_bar(color=COLOURS[0])
        .encode(
            x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            y=alt.Y("part:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
        )
        .properties(height=height)
    )
    return chart


@_shape
def _histogram() -> alt.Chart:
    chart: alt.Chart = (
        named()
        .mark_bar(color=COLOURS[0])
        .encode(
            x=alt.X("confidence:Q", bin="binned", title="confidence", scale=alt.Scale(domain=[0, 1])),
            x2=alt.X2("upto:Q"),
            y=alt.Y("claims:Q", title="claims"),
        )
        .properties(height=220)
    )
    return chart


@_shape
def _scores(across: str, axis: str, height: int, parts: tuple[str, ...], *, up: bool, key: bool) -> Layered:
    """Scores over what `across` says; `parts` are the data that there are, the lowest layer first.

    With `up` names stand above the line of the best, else below it; without `key` nothing says what the marks are.
    """
    drawn: dict[str, Callable[[], list[alt.Chart]]] = {
        LIMIT: _limit,
        BEST: lambda: [_steps(across)],
        RINGS: lambda: [_rings(across)],
        DATA: lambda: [_points(across, axis, key=key)],
        SIGNS: lambda: [_signs(across)],
        EARLY: lambda: [_labels(EARLY, across, "left", up=up)],
        LATE: lambda: [_labels(LATE, across, "right", up=up)],
    }
    layers = [layer for part in parts for layer in drawn[part]()]
    return alt.layer(*layers).properties(height=height)


def _points(across: str, axis: str, *, key: bool) -> alt.Chart:
    """The layer of points: colour and shape by role, faded off the frontier."""
    x = (
        alt.X(across, title=None, axis=alt.Axis(tickCount=6))
        if across.endswith(":T")
        else alt.X(
            across,
            title="parameters (log scale)",
            scale=alt.Scale(type="log", nice=False, padding=24),
            axis=alt.Axis(labelExpr=BILLIONS, tickCount=5, grid=False),
        )
    )
    inks = alt.Scale(domain=list(ROLES), range=list(COLOURS))
    shapes = alt.Scale(domain=list(ROLES), range=list(SIGNS_OF_ROLES))
    legend = alt.Legend(orient="top", title=None, symbolOpacity=1) if key else None
    points: alt.Chart = (
        named()
        .mark_point(size=75, strokeWidth=2)
        .encode(
            x=x,
            y=alt.Y("score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=12)),
            stroke=alt.Stroke("role:N", title=None, scale=inks, legend=legend),
            fill=alt.Fill("role:N", title=None, scale=inks, legend=legend),
            shape=alt.Shape("role:N", title=None, scale=shapes, legend=legend),
            fillOpacity=alt.FillOpacityValue(1).condition(test="datum.bounded", value=0),
            opacity=alt.OpacityValue(FADED).condition(test="datum.front", value=1.0),
        )
    )
    return points


def _rings(across: str) -> alt.Chart:
    """A diamond around each claim with a finding."""
    mark = named(RINGS).mark_point(shape="diamond", size=330, strokeWidth=1.6, color=COLOURS[1], aria=False)
    rings: alt.Chart = mark.encode(x=alt.X(across), y=alt.Y("score:Q"))
    return rings


def _steps(across: str) -> alt.Chart:
    """The best so far as a line that rises or falls where a claim beats all before it."""
    line = named(BEST).mark_line(interpolate="step-after", color=LINE, strokeWidth=2, aria=False)
    steps: alt.Chart = line.encode(x=alt.X(across), y=alt.Y("score:Q"))
    return steps


def _signs(across: str) -> alt.Chart:
    """The sign of a bound beside its point."""
    mark = named(SIGNS).mark_text(align="left", baseline="middle", dx=9, fontSize=13, aria=False)
    signs: alt.Chart = mark.encode(
        x=alt.X(across), y=alt.Y("score:Q"), text=alt.Text("sign:N"), color=alt.ColorValue(COLOURS[2])
    )
    return signs


def _labels(data: str, across: str, align: Literal["left", "right"], *, up: bool) -> alt.Chart:
    """Names beside their points, beginning or ending there."""
    dx, dy = 9 if align == "left" else -9, -9 if up else 12
    mark = named(data).mark_text(align=align, dx=dx, dy=dy, fontSize=11, limit=150, aria=False)
    labels: alt.Chart = mark.encode(
        x=alt.X(across), y=alt.Y("score:Q"), text=alt.Text("label:N"), color=alt.ColorValue(LINE)
    )
    return labels


def _limit() -> list[alt.Chart]:
    """A dashed line at the best value that there can be, and its words at the left end."""
    base = named(LIMIT).encode(y=alt.Y("score:Q"))
    rule: alt.Chart = base.mark_rule(strokeDash=[5, 4], color=COLOURS[2], aria=False)
    mark = base.mark_text(align="left", baseline="bottom", x=4, dy=-3, fontSize=11, aria=False)
    words: alt.Chart = mark.encode(text=alt.Text("label:N"), color=alt.ColorValue(COLOURS[2]))
    return [rule, words]


@_shape
def _dots(axis: str, height: int) -> Layered:
    across = alt.X(
        "score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=30), axis=alt.Axis(tickCount=4)
    )
    down = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=150, grid=True))
    base = named().encode(x=across, y=down)
    inks = alt.Scale(domain=list(ROLES), range=list(COLOURS))
    shapes = alt.Scale(domain=list(ROLES), range=list(SIGNS_OF_ROLES))
    points = base.mark_point(size=80, strokeWidth=2, opacity=1).encode(
        stroke=alt.Stroke("role:N", scale=inks, legend=None),
        fill=alt.Fill("role:N", scale=inks, legend=None),
        shape=alt.Shape("role:N", scale=shapes, legend=None),
        fillOpacity=alt.FillOpacityValue(1).condition(test="datum.bounded", value=0),
    )
    numbers = base.mark_text(dy=-11, **NUMBER).encode(text=alt.Text("shown:N"), color=alt.ColorValue(QUIET))
    return alt.layer(points, numbers).properties(height=height)


@_shape
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
    line = named(LINES).mark_line(strokeWidth=2.2, aria=False).encode(x=x, y=y, color=colour, strokeDash=dash)
    placed = named().encode(x=x, y=y)
    points = placed.mark_point(filled=True, size=90, opacity=1).encode(
        color=colour,
        shape=alt.Shape("model:N", scale=_looks(models, MARKERS), legend=legend),
    )
    numbers = placed.mark_text(dy=-11, **NUMBER).encode(text=alt.Text("printed:N"), color=alt.ColorValue(QUIET))
    return alt.layer(line, points, numbers).properties(height=150 + 34 * last)


@_shape
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
    mark = named(LINES).mark_line(interpolate="step-after", strokeWidth=2.2, aria=False)
    line = mark.encode(x=x, y=y, color=colour, strokeDash=dash)
    points = (
        named()
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x=x,
            y=y,
            color=colour,
            shape=alt.Shape("board:N", scale=_looks(boards, MARKERS), legend=legend),
        )
    )
    return alt.layer(line, points).properties(height=380)


def _looks(names: tuple[str, ...], looks: Sequence[Any]) -> alt.Scale:
    """A look of its own for each of `names`, of which there are no more than `looks`."""
    return alt.Scale(domain=list(names), range=list(looks[: len(names)]))


@_shape
def _records() -> Layered:
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("records:Q", title="best claims beaten", axis=alt.Axis(tickMinStep=1, format=",d"))
    return _bars(x, y, "records:Q")


@_shape
def _gains(unit: str) -> Layered:
    x = alt.X("step:O", title=f"claimed gain in {unit}", sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=False))
    y = alt.Y("claims:Q", title="claims", axis=alt.Axis(tickMinStep=1, format=",d"))
    return _bars(x, y, "claims:Q")


def _bars(x: alt.X, y: alt.Y, text: str) -> Layered:
    """Bars with their numbers above them."""
    base = named().encode(x=x, y=y)
    bars = base.mark_bar(color=COLOURS[0])
    numbers = base.mark_text(dy=-7, **NUMBER).encode(text=alt.Text(text, format=","), color=alt.ColorValue(QUIET))
    return alt.layer(bars, numbers).properties(height=260)


@_shape
def _papers_by_year() -> Layered:
    base = named().encode(x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)))
    papers = alt.Y("papers:Q", title="papers")
    everyone = base.mark_bar(color=colours.light("pale")).encode(y=papers)
    known = base.mark_bar(color=COLOURS[0]).encode(y=alt.Y("known:Q"))
    numbers = base.mark_text(dy=-7, **NUMBER).encode(
        y=papers, text=alt.Text("share:Q", format=".0%"), color=alt.ColorValue(QUIET)
    )
    return alt.layer(everyone, known, numbers).properties(height=240)


@_shape
def _missing(height: int) -> Layered:
    base = named().encode(
        x=alt.X("kind:N", title=None, sort=list(KINDS), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("field:N", title=None, sort=None, axis=alt.Axis(labelLimit=200)),
    )
    colour = alt.Color("share:Q", scale=alt.Scale(scheme="oranges", domain=[0, 1]), legend=None)
    tiles = base.mark_rect().encode(color=colour)
    ink = alt.ColorValue(INK).condition(test="datum.share > 0.6", value="white")
    numbers = base.mark_text(**NUMBER).encode(text=alt.Text("share:Q", format=".0%"), color=ink)
    return alt.layer(tiles, numbers).properties(height=height)


@_shape
def _quality(height: int) -> Layered:
    places = {
        "y": alt.Y("level:N", title=None, sort=None, axis=alt.Axis(labelLimit=220)),
        "yOffset": alt.YOffset("part:N"),
    }
    parts = ("precision", "recall")
    colour = alt.Color("part:N", title=None, scale=_looks(parts, COLOURS), legend=alt.Legend(orient="top"))
    across: dict[str, Any] = {"title": None, "scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    whiskers = (
        named(LINES)
        .mark_rule(strokeWidth=2.5, aria=False)
        .encode(x=alt.X("low:Q", **across), x2=alt.X2("high:Q"), color=colour, **places)
    )
    points = (
        named()
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            x=alt.X("value:Q", **across),
            color=colour,
            shape=alt.Shape("part:N", title=None, scale=_looks(parts, SIGNS_OF_ROLES)),
            **places,
        )
    )
    return alt.layer(whiskers, points).properties(height=height)


def named(name: str = DATA) -> alt.Chart:
    """The start of a chart or a layer whose data are called `name`."""
    return alt.Chart(alt.NamedData(name))
