"""Frames to charts: pure functions that know neither Streamlit nor the claims table.

Columns have fixed names and words of papers are data, never part of a formula. Every mark carries the claim it stands
for, and a chart shows at most 500 marks (`sample`), the frontier first. Colours follow Okabe and Ito, safe for
colour-blind eyes, and each comes with a shape of its own.
"""

from __future__ import annotations

import hashlib
import math
from typing import Final

import pandas as pd

from dashboard import vega
from dashboard.vega import Channel, Chart, channel

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

INK: Final = "#1b1f24"
"""Colour of numbers on pale tiles."""

NUMBER: Final = {"fontSize": 11, "aria": False}
"""Look of the numbers on tiles and above bars; screen readers get them from the marks themselves."""

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


def over_time(frame: pd.DataFrame, *, higher_is_better: bool | None, axis: str, height: int = 340) -> Chart:
    """Score against date: a point for each line, and the best so far as a step line in the metric's direction.

    `axis` names the score with its unit. Only points of the frontier are labelled and opaque. Without a known better
    direction there is no line.
    """
    known = dated(frame)
    ahead = frontier(known, higher_is_better=higher_is_better) if higher_is_better is not None else known.head(0)
    shown = sample(known, ahead)
    across = channel("when:T", title=None, axis={"tickCount": 6})
    layers = [_points(shown, ahead, across, axis), *_bounds(shown, "when:T")]
    if len(ahead):
        last = pd.DataFrame({"when": [shown["when"].max()], "score": [ahead["score"].iloc[-1]]})
        steps = pd.concat([ahead[["when", "score"]], last], ignore_index=True)
        layers = [_steps(steps, "when:T"), *layers, *_labels(ahead, shown, "when:T", up=higher_is_better is True)]
    return vega.layered(layers, height)


def size_against_score(frame: pd.DataFrame, *, higher_is_better: bool | None, axis: str, height: int = 340) -> Chart:
    """Score against the number of parameters on a log scale, for the lines whose size is stated."""
    known = sized(frame)
    best = pareto(known, higher_is_better=higher_is_better) if higher_is_better is not None else known.head(0)
    shown = sample(known, best)
    field = "subject_parameters:Q"
    across = channel(
        field,
        title="parameters (log scale)",
        scale={"type": "log", "nice": False, "padding": 24},
        axis={"labelExpr": BILLIONS, "tickCount": 5, "grid": False},
    )
    layers = [_points(shown, best, across, axis), *_bounds(shown, field)]
    if len(best):
        steps = _steps(best[["subject_parameters", "score"]], field)
        layers = [steps, *layers, *_labels(best, shown, field, up=higher_is_better is True)]
    return vega.layered(layers, height)


def pareto(frame: pd.DataFrame, *, higher_is_better: bool) -> pd.DataFrame:
    """The lines that no smaller or equally large model beats, in order of size."""
    ordered = frame.assign(when=frame["subject_parameters"])
    return frontier(ordered, higher_is_better=higher_is_better).drop(columns="when")


def checks(frame: pd.DataFrame) -> Chart:
    """Findings per check as bars, stacked by level. Columns: check_name, level, findings."""
    bars = vega.unit(
        frame,
        "bar",
        {"cursor": "pointer"},
        x=channel("findings:Q", title="findings", axis={"tickMinStep": 1, "format": "d"}),
        y=channel("check_name:N", title=None, sort="-x", axis={"labelLimit": 260}),
        color=channel(
            "level:N",
            scale={"domain": list(LEVELS), "range": list(LEVEL_COLOURS)},
            legend={"orient": "top", "title": None},
        ),
        tooltip=vega.tips("check_name:N", "level:N", "findings:Q", check_name="check"),
    )
    return vega.sized(vega.choosing(bars, PICKED, "check_name", "level"), 130 + 28 * frame["check_name"].nunique())


def counts_by_year(frame: pd.DataFrame) -> Chart:
    """Claims by year and kind as a heat map with the numbers in it. Columns: year, kind, claims."""
    x = channel("year:O", title=None, axis={"labelAngle": 0})
    y = channel("kind:N", title=None, sort=list(KINDS))
    colour = channel("claims:Q", scale={"scheme": "blues", "type": "sqrt"}, legend=None)
    tooltip = vega.tips("year:O", "kind:N", "claims:Q")
    tiles = vega.unit(frame, "rect", {"cursor": "pointer"}, x=x, y=y, color=colour, tooltip=tooltip)
    ink = vega.either(f"datum.claims > {frame['claims'].max() / 3}", "white", INK)
    numbers = vega.unit(frame, "text", NUMBER, x=x, y=y, text=channel("claims:Q"), color=ink)
    return vega.layered([vega.choosing(tiles, PICKED, "year", "kind"), numbers], 200)


def shares(frame: pd.DataFrame) -> Chart:
    """Shares between 0 and 1 as bars, in the given order. Columns: part, share."""
    bars = vega.unit(
        frame,
        "bar",
        {"color": COLOURS[0]},
        x=channel("share:Q", title=None, scale={"domain": [0, 1]}, axis={"format": "%"}),
        y=channel("part:N", title=None, sort=None, axis={"labelLimit": 260}),
        tooltip=[channel("part:N"), channel("share:Q", format=".1%")],
    )
    return vega.sized(bars, 40 + 28 * len(frame))


def histogram(frame: pd.DataFrame) -> Chart:
    """Claims by confidence in steps of 0.1. Columns: confidence (lower end of the step), claims."""
    bars = vega.unit(
        frame.assign(upto=frame["confidence"] + 0.1),
        "bar",
        {"color": COLOURS[0]},
        x=channel("confidence:Q", bin="binned", title="confidence", scale={"domain": [0, 1]}),
        x2={"field": "upto"},
        y=channel("claims:Q", title="claims"),
        tooltip=[channel("confidence:Q", title="from", format=".1f"), channel("claims:Q", title="claims")],
    )
    return vega.sized(bars, 220)


def _points(shown: pd.DataFrame, ahead: pd.DataFrame, across: Channel, axis: str) -> Chart:
    """The layer of points: colour and shape by role, faded off the frontier, selectable by claim."""
    texts = {name: shown[name].map(_short) for name in ("model", "title", "printed", "date")}
    numbers = shown[["claim_id", "score", "role"] + [c for c in ("when", "subject_parameters") if c in shown]]
    marks = numbers.assign(
        **texts,
        front=shown["claim_id"].isin(set(ahead["claim_id"])),
        bounded=shown["bound"].isin(list(BOUND_SIGNS)),
    )
    by_role = {"title": None, "legend": {"orient": "top", "title": None, "symbolOpacity": 1}}
    colours = channel("role:N", scale={"domain": list(ROLES), "range": list(COLOURS)}, **by_role)
    points = vega.unit(
        marks,
        "point",
        {"size": 75, "strokeWidth": 2, "cursor": "pointer"},
        x=across,
        y=channel("score:Q", title=axis, scale={"zero": False, "nice": True, "padding": 12}),
        stroke=colours,
        fill=colours,
        shape=channel("role:N", scale={"domain": list(ROLES), "range": list(SHAPES)}, **by_role),
        fillOpacity=vega.either("datum.bounded", 0, 1),
        opacity=vega.either("datum.front", 1.0, FADED),
        tooltip=vega.tips(*(f"{name}:N" for name in ("model", "printed", "date", "role", "title"))),
    )
    return vega.choosing(points, PICKED, "claim_id")


def _steps(best: pd.DataFrame, across: str) -> Chart:
    """The best so far as a line that rises or falls where a claim beats all before it."""
    look = {"interpolate": "step-after", "color": LINE, "strokeWidth": 2, "aria": False}
    return vega.unit(best, "line", look, x=channel(across), y=channel("score:Q"))


def _bounds(shown: pd.DataFrame, across: str) -> list[Chart]:
    """The sign of a bound beside points for which only a bound is stated, where it covers no other sign."""
    bounded = shown[shown["bound"].isin(list(BOUND_SIGNS))]
    if bounded.empty:
        return []
    field = across.partition(":")[0]
    data = bounded.assign(sign=bounded["bound"].map(BOUND_SIGNS))[["sign", "score", field]]
    right, up = _share(_even(data[field]), _even(shown[field])), _share(data["score"], shown["score"])
    data = data[_apart(right, up, pd.Series(2, index=data.index))]
    look = {"align": "left", "baseline": "middle", "dx": 9, "fontSize": 13, "aria": False}
    places = {"x": channel(across), "y": channel("score:Q")}
    return [vega.unit(data, "text", look, **places, text=channel("sign:N"), color=vega.fixed(COLOURS[2]))]


def _labels(ahead: pd.DataFrame, shown: pd.DataFrame, across: str, *, up: bool) -> list[Chart]:
    """Names of the frontier's models beside their points: of the last eight those that cover no other.

    Those in the left third of the chart of `shown` are written to the right of their points, the others to the left.
    """
    field = across.partition(":")[0]
    named = ahead.tail(8)
    data = named.assign(label=named["model"].map(lambda m: _short(m, 22)))[["label", "score", field]]
    place = _share(_even(data[field]), _even(shown[field]))
    early = place < 0.35
    kept = _apart(
        place, _share(data["score"], shown["score"]), data["label"].str.len().where(early, -data["label"].str.len())
    )
    layers = []
    for part, align, shift in ((data[kept & early], "left", 9), (data[kept & ~early], "right", -9)):
        look = {"align": align, "dx": shift, "dy": -9 if up else 12, "fontSize": 11, "limit": 150, "aria": False}
        encoding = {"x": channel(across), "y": channel("score:Q"), "text": channel("label:N")}
        layers.append(vega.unit(part, "text", look, **encoding, color=vega.fixed(LINE)))
    return layers


def _even(values: pd.Series) -> pd.Series:
    """Dates and sizes as numbers in which equal steps are equal steps on the screen."""
    return values.astype("int64") if values.dtype.kind == "M" else values.map(math.log)


def _share(values: pd.Series, among: pd.Series) -> pd.Series:
    """Where values lie between the least (0) and the greatest (1) of those that the axis holds."""
    low, high = among.min(), among.max()
    shares: pd.Series = (values - low) / ((high - low) or 1)
    return shares


LETTER: Final = 0.017
"""Width of a letter of a label as a share of a small chart."""


def _apart(places: pd.Series, heights: pd.Series, letters: pd.Series) -> pd.Series:
    """Which points may carry a label so that none covers another: the best ones first.

    `places` and `heights` are shares of the axes; `letters` counts those to the right of the point, negative where they
    stand to its left.
    """
    ends = places + letters * LETTER
    spans = list(zip(places.where(letters > 0, ends), ends.where(letters > 0, places), heights, strict=True))
    taken: list[tuple[float, float, float]] = []
    kept = []
    for left, right, height in reversed(spans):
        free = all(left > end or right < start or abs(height - level) > 0.1 for start, end, level in taken)
        kept.append(free)
        if free:
            taken.append((left, right, height))
    return pd.Series(kept[::-1], index=places.index, dtype=bool)


def _short(text: object, longest: int = LONGEST_LABEL) -> str:
    words = text if isinstance(text, str) else ""
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _month(texts: pd.Series) -> pd.Series:
    months = texts.str.slice(5, 7)
    return months.where(months.str.len() == 2, "01")
