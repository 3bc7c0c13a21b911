"""Frames to charts: pure functions that know neither Streamlit nor the claims table.

Columns have fixed names and words of papers are data, never part of a formula. Every mark carries the claim it stands
for, and a chart shows at most 500 marks (`sample`), the frontier first. Colours follow Okabe and Ito, safe for
colour-blind eyes, and each comes with a shape of its own.
"""

from __future__ import annotations

import hashlib
import math
from typing import Final, Literal

import altair as alt
import pandas as pd

MOST_MARKS: Final = 500
PICKED: Final = "picked"
"""Name of the selection that tells which claim was clicked."""

ROLES: Final = ("own", "baseline", "other")
COLOURS: Final = ("#1F86C9", "#D55E00", "#8A8A8A")
SHAPES: Final = ("circle", "square", "triangle-up")
KINDS: Final = ("score", "change", "ratio", "size")
LEVELS: Final = ("error", "warning", "note")
LEVEL_COLOURS: Final = ("#D55E00", "#E69F00", "#56B4E9")
LINE: Final = "#009E73"
LONGEST_LABEL: Final = 40
BILLIONS: Final = "replace(format(datum.value, '~s'), 'G', 'B')"
"""Numbers of parameters as people write them, 7B and not 7G."""

FADED: Final = 0.45
"""Opacity of points that something beats."""

BOUND_SIGNS: Final = {"at_least": "≥", "up_to": "≤"}
"""What stands beside a hollow point: only a bound of the number is stated."""


def dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The lines that have a score and a date, with `when` (the first day of the year or month that is stated)."""
    if frame.empty:
        return frame.assign(when=pd.Series(dtype="datetime64[ns]"))
    texts = frame["date"].fillna("").astype(str)
    full = texts.where(texts.str.len() >= 7, texts + "-01").where(
        texts.str.len() >= 10, texts.str.slice(0, 4) + "-" + _month(texts) + "-01"
    )
    when = pd.to_datetime(full, format="%Y-%m-%d", errors="coerce")
    return frame.assign(when=when)[when.notna() & frame["score"].notna()]


def sized(frame: pd.DataFrame) -> pd.DataFrame:
    """The lines that have a score and state how many parameters the model has."""
    return frame[frame["score"].notna() & (frame["subject_parameters"] > 0)]


def frontier(frame: pd.DataFrame, *, higher_is_better: bool) -> pd.DataFrame:
    """The lines that beat everything before them, in order of date; of one day only the best counts.

    `frame` has `when` and `score`; lines whose `bound` is "at_least" or "up_to" never make a frontier.
    """
    exact = frame[~frame["bound"].isin(["at_least", "up_to"])]
    ordered = exact.sort_values(["when", "score"], ascending=[True, not higher_is_better], kind="stable")
    best = ordered["score"].cummax() if higher_is_better else ordered["score"].cummin()
    before = best.shift()
    ahead = before.isna() | ((ordered["score"] > before) if higher_is_better else (ordered["score"] < before))
    return ordered[ahead]


def sample(frame: pd.DataFrame, ahead: pd.DataFrame, most: int = MOST_MARKS) -> pd.DataFrame:
    """At most `most` lines: those of `ahead` first, then by a hash of the claim, which is the same every time."""
    if len(frame) <= most:
        return frame
    lots = [hashlib.sha256(str(claim).encode()).hexdigest() for claim in frame["claim_id"]]
    first = frame["claim_id"].isin(set(ahead["claim_id"]))
    order = frame.assign(first=first, lot=lots).sort_values(["first", "lot"], ascending=[False, True])
    return frame.loc[order.index[:most]]


def over_time(frame: pd.DataFrame, *, higher_is_better: bool | None, axis: str, height: int = 340) -> alt.LayerChart:
    """Score against date: a point for each line, and the best so far as a step line in the metric's direction.

    `axis` names the score with its unit. Only points of the frontier are labelled and opaque. Without a known better
    direction there is no line.
    """
    known = dated(frame)
    ahead = frontier(known, higher_is_better=higher_is_better) if higher_is_better is not None else known.head(0)
    shown = sample(known, ahead)
    points = _points(shown, ahead, alt.X("when:T", title=None, axis=alt.Axis(tickCount=6)), axis)
    layers: list[alt.Chart] = [points, *_bounds(shown, "when:T")]
    if len(ahead):
        last = pd.DataFrame({"when": [shown["when"].max()], "score": [ahead["score"].iloc[-1]]})
        steps = pd.concat([ahead[["when", "score"]], last], ignore_index=True)
        line = alt.Chart(steps).mark_line(interpolate="step-after", color=LINE, strokeWidth=2, aria=False)
        line_layer: alt.Chart = line.encode(x="when:T", y="score:Q")
        layers = [line_layer, *layers, *_labels(ahead, "when:T", up=higher_is_better is True)]
    return _layered(layers, height)


def size_against_score(
    frame: pd.DataFrame, *, higher_is_better: bool | None, axis: str, height: int = 340
) -> alt.LayerChart:
    """Score against the number of parameters on a log scale, for the lines whose size is stated."""
    known = sized(frame)
    best = pareto(known, higher_is_better=higher_is_better) if higher_is_better is not None else known.head(0)
    shown = sample(known, best)
    scale = alt.Scale(type="log", nice=False, padding=24)
    ticks = alt.Axis(labelExpr=BILLIONS, tickCount=5, grid=False)
    across = alt.X("subject_parameters:Q", title="parameters (log scale)", scale=scale, axis=ticks)
    layers: list[alt.Chart] = [_points(shown, best, across, axis), *_bounds(shown, "subject_parameters:Q")]
    if len(best):
        line = alt.Chart(best[["subject_parameters", "score"]]).mark_line(
            interpolate="step-after", color=LINE, strokeWidth=2, aria=False
        )
        layers = [
            line.encode(x="subject_parameters:Q", y="score:Q"),
            *layers,
            *_labels(best, "subject_parameters:Q", up=higher_is_better is True),
        ]
    return _layered(layers, height)


def pareto(frame: pd.DataFrame, *, higher_is_better: bool) -> pd.DataFrame:
    """The lines that no smaller or equally large model beats, in order of size."""
    ordered = frame.assign(when=frame["subject_parameters"])
    return frontier(ordered, higher_is_better=higher_is_better).drop(columns="when")


def checks(frame: pd.DataFrame) -> alt.Chart:
    """Findings per check as bars, stacked by level. Columns: check_name, level, findings."""
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("findings:Q", title="findings", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("check_name:N", title=None, sort="-x", axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "level:N",
                scale=alt.Scale(domain=list(LEVELS), range=list(LEVEL_COLOURS)),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[alt.Tooltip("check_name:N", title="check"), "level:N", "findings:Q"],
        )
        .properties(height=130 + 28 * frame["check_name"].nunique())
    )
    return chart


def counts_by_year(frame: pd.DataFrame) -> alt.LayerChart:
    """Claims by year and kind as a heat map with the numbers in it. Columns: year, kind, claims."""
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("kind:N", title=None, sort=list(KINDS)),
    )
    colour = alt.Color("claims:Q", scale=alt.Scale(scheme="blues", type="sqrt"), legend=None)
    dark = alt.condition(f"datum.claims > {frame['claims'].max() / 3}", alt.value("white"), alt.value("#1b1f24"))
    tiles = base.mark_rect(cursor="pointer").encode(color=colour, tooltip=["year:O", "kind:N", "claims:Q"])
    numbers = base.mark_text(fontSize=11, aria=False).encode(text="claims:Q", color=dark)
    chart: alt.LayerChart = alt.layer(choosing(tiles, "year", "kind"), numbers).properties(height=200)  # type: ignore[assignment] # no facets
    return chart


def shares(frame: pd.DataFrame) -> alt.Chart:
    """Shares between 0 and 1 as bars, in the given order. Columns: part, share."""
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(color=COLOURS[0])
        .encode(
            x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            y=alt.Y("part:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
            tooltip=["part:N", alt.Tooltip("share:Q", format=".1%")],
        )
        .properties(height=40 + 28 * len(frame))
    )
    return chart


def histogram(frame: pd.DataFrame) -> alt.Chart:
    """Claims by confidence in steps of 0.1. Columns: confidence (lower end of the step), claims."""
    data = frame.assign(upto=frame["confidence"] + 0.1)
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(color=COLOURS[0])
        .encode(
            x=alt.X("confidence:Q", bin="binned", title="confidence", scale=alt.Scale(domain=[0, 1])),
            x2="upto:Q",
            y=alt.Y("claims:Q", title="claims"),
            tooltip=[alt.Tooltip("confidence:Q", title="from", format=".1f"), "claims:Q"],
        )
        .properties(height=220)
    )
    return chart


def choosing(bars: alt.Chart, *fields: str) -> alt.Chart:
    """The marks with a selection that tells the values of `fields` of the one that was clicked."""
    chart: alt.Chart = bars.add_params(alt.selection_point(name=PICKED, fields=list(fields), empty=False))
    return chart


def _layered(layers: list[alt.Chart], height: int) -> alt.LayerChart:
    chart: alt.LayerChart = alt.layer(*layers).properties(height=height)  # type: ignore[assignment] # it never makes facets
    return chart


def _points(shown: pd.DataFrame, ahead: pd.DataFrame, across: alt.X, axis: str) -> alt.Chart:
    """The layer of points: colour and shape by role, faded off the frontier, selectable by claim."""
    texts = {name: shown[name].map(_short) for name in ("model", "title", "printed", "date")}
    numbers = shown[["claim_id", "score", "role"] + [c for c in ("when", "subject_parameters") if c in shown]]
    marks = numbers.assign(
        **texts,
        front=shown["claim_id"].isin(set(ahead["claim_id"])),
        bounded=shown["bound"].isin(list(BOUND_SIGNS)),
    )
    picked = alt.selection_point(name=PICKED, fields=["claim_id"], empty=False)
    scale = alt.Scale(zero=False, nice=True, padding=12)
    colours = alt.Scale(domain=list(ROLES), range=list(COLOURS))
    legend = alt.Legend(orient="top", title=None, symbolOpacity=1)
    shade = alt.condition("datum.front", alt.value(1.0), alt.value(FADED))
    chart: alt.Chart = (
        alt.Chart(marks)
        .mark_point(size=75, strokeWidth=2, cursor="pointer")
        .encode(
            x=across,
            y=alt.Y("score:Q", title=axis, scale=scale),
            stroke=alt.Stroke("role:N", title=None, scale=colours, legend=legend),
            fill=alt.Fill("role:N", title=None, scale=colours, legend=legend),
            shape=alt.Shape(
                "role:N", title=None, scale=alt.Scale(domain=list(ROLES), range=list(SHAPES)), legend=legend
            ),
            fillOpacity=alt.condition("datum.bounded", alt.value(0), alt.value(1)),
            opacity=shade,
            tooltip=[alt.Tooltip(f"{name}:N", title=name) for name in ("model", "printed", "date", "role", "title")],
        )
        .add_params(picked)
    )
    return chart


def _bounds(shown: pd.DataFrame, across: str) -> list[alt.Chart]:
    """The sign of a bound beside each point for which only a bound is stated."""
    bounded = shown[shown["bound"].isin(list(BOUND_SIGNS))]
    if bounded.empty:
        return []
    data = bounded.assign(sign=bounded["bound"].map(BOUND_SIGNS))[["sign", "score", across.partition(":")[0]]]
    mark = alt.Chart(data).mark_text(align="left", dx=8, fontSize=13, fontWeight="bold", aria=False)
    signs: alt.Chart = mark.encode(x=across, y="score:Q", text="sign:N", color=alt.value(COLOURS[2]))
    return [signs]


def _labels(ahead: pd.DataFrame, across: str, *, up: bool) -> list[alt.Chart]:
    """Names of the frontier's models beside their points: the last eight, so that they stay readable.

    Those at the left edge are written to the right of their points, the others to the left.
    """
    field = across.partition(":")[0]
    named = ahead.tail(8)
    data = named.assign(label=named["model"].map(lambda m: _short(m, 22)))[["label", "score", field]]
    places = data[field].astype("int64") if field == "when" else data[field].map(math.log)
    span = places.max() - places.min()
    kept = _apart(places, data["score"])
    data, places = data[kept], places[kept]
    early = (places - places.min()) < 0.3 * span if span else pd.Series(data=True, index=data.index)
    layers = []
    sides: tuple[tuple[pd.DataFrame, Literal["left", "right"], int], ...] = (
        (data[early], "left", 9),
        (data[~early], "right", -9),
    )
    for part, align, shift in sides:
        mark = alt.Chart(part).mark_text(align=align, dx=shift, dy=-9 if up else 12, fontSize=11, limit=150, aria=False)
        layers.append(mark.encode(x=across, y="score:Q", text="label:N", color=alt.value(LINE)))
    return layers


def _apart(places: pd.Series, scores: pd.Series) -> list[bool]:
    """Which points may carry a label so that none covers another: the best ones first.

    Two labels meet where their points are closer than a fifth of the width and a tenth of the height of all of them.
    """
    wide, high = (places.max() - places.min()) or 1, (scores.max() - scores.min()) or 1
    taken: list[tuple[float, float]] = []
    for place, score in reversed(list(zip(places, scores, strict=True))):
        if all(abs(place - p) > 0.2 * wide or abs(score - s) > 0.1 * high for p, s in taken):
            taken.append((place, score))
    return [pair in taken for pair in zip(places, scores, strict=True)]


def _short(text: object, longest: int = LONGEST_LABEL) -> str:
    words = text if isinstance(text, str) else ""
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _month(texts: pd.Series) -> pd.Series:
    months = texts.str.slice(5, 7)
    return months.where(months.str.len() == 2, "01")


def picks(chart: alt.TopLevelMixin) -> bool:
    """Whether marks of the chart, or of a layer of it, can be picked.

    Asked of its parts, since writing it out is slow.
    """
    params = getattr(chart, "params", None)
    own = isinstance(params, list) and any(getattr(one, "name", None) == PICKED for one in params)
    layers = getattr(chart, "layer", None)
    return own or (isinstance(layers, list) and any(picks(one) for one in layers))
