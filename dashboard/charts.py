"""Frames to charts: pure functions that know neither Streamlit nor the claims table.

Columns have fixed names and words of papers are data, never part of a formula. Every mark carries the claim it stands
for, and a chart shows at most 300 marks (`sample`), the frontier first. Colours follow Okabe and Ito, safe for
colour-blind eyes, and each comes with a shape of its own.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from dashboard import vega
from dashboard.vega import DATA, Chart

MOST_MARKS: Final = 300
"""Each mark is an element of the page that a screen reader can tell; more take a browser longer than a reader waits."""
PICKED: Final = "picked"
"""Name of the selection that tells which claim was clicked."""

ROLES: Final = ("own", "baseline", "other")
COLOURS: Final = ("#1F86C9", "#D55E00", "#8A8A8A")
SHAPES: Final = ("circle", "square", "triangle-up")
KINDS: Final = ("score", "change", "ratio", "size")
LEVELS: Final = ("error", "warning", "note")
LEVEL_COLOURS: Final = ("#D55E00", "#E69F00", "#56B4E9")
LINE: Final = "#009E73"
STANDS: Final = ("no finding", "finding")
"""Where a strip puts claims: without and with a finding."""

LONGEST_LABEL: Final = 40
BILLIONS: Final = "replace(format(datum.value, '~s'), 'G', 'B')"
"""Numbers of parameters as people write them, 7B and not 7G."""

INK: Final = "#1b1f24"
"""Colour of numbers on pale tiles."""

NUMBER: Final[dict[str, Any]] = {"fontSize": 11, "aria": False}
"""Look of the numbers on tiles and above bars; screen readers get them from the marks themselves."""

FADED: Final = 0.45
"""Opacity of points that something beats."""

BEST: Final = "best"
LIMIT: Final = "limit"
RINGS: Final = "rings"
SIGNS: Final = "signs"
EARLY: Final = "names-early"
LATE: Final = "names-late"
"""Names of the data beside the claims: the step line, the metric's limit, rings around claims with a finding, signs of
bounds, labels right and left."""

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


def over_time(
    frame: pd.DataFrame,
    *,
    higher_is_better: bool | None,
    axis: str,
    height: int = 340,
    limit: float | None = None,
    pinned: Collection[str] = (),
    key: bool = True,
) -> Chart:
    """Score against date: a point for each line, and the best so far as a step line in the metric's direction.

    `axis` names the score with its unit. Only points of the frontier are labelled; they and those of `pinned` models
    are opaque. `limit` is the best value that there can be: a line with its words, where the claims come near it.
    Without `key` what the marks are is said elsewhere. Without a known better direction there is no line.
    """
    known = dated(frame)
    ahead = frontier(known, higher_is_better=higher_is_better) if higher_is_better is not None else known.head(0)
    shown = sample(known, ahead)
    frames = _marks(shown, ahead, "when", pinned)
    if limit is not None and near(shown["score"], limit):
        words = pd.DataFrame({"score": [limit], "label": [f"no more than {limit:g} is possible"]})
        if higher_is_better is False:
            words = words.assign(label=f"no less than {limit:g} is possible")
        frames = {LIMIT: words, **frames}
    if len(ahead):
        last = pd.DataFrame({"when": [shown["when"].max()], "score": [ahead["score"].iloc[-1]]})
        steps = pd.concat([ahead[["when", "score"]], last], ignore_index=True)
        frames = {BEST: steps, **frames, **_names(ahead, shown, "when")}
    return Chart(_scores("when:T", axis, height, tuple(frames), up=higher_is_better is True, key=key), frames)


def near(scores: pd.Series, limit: float) -> bool:
    """Whether claims come so near a limit that it can be drawn without pressing them together: by their own span."""
    low, high = scores.min(), scores.max()
    gap = min(abs(limit - low), abs(limit - high))
    return bool(low != high and gap <= high - low and (limit >= high or limit <= low))


def size_against_score(
    frame: pd.DataFrame, *, higher_is_better: bool | None, axis: str, height: int = 340, key: bool = True
) -> Chart:
    """Score against the number of parameters on a log scale, for the lines whose size is stated."""
    known = sized(frame)
    best = pareto(known, higher_is_better=higher_is_better) if higher_is_better is not None else known.head(0)
    shown = sample(known, best)
    frames = _marks(shown, best, "subject_parameters")
    if len(best):
        steps = best[["subject_parameters", "score"]]
        frames = {BEST: steps, **frames, **_names(best, shown, "subject_parameters")}
    shape = _scores("subject_parameters:Q", axis, height, tuple(frames), up=higher_is_better is True, key=key)
    return Chart(shape, frames)


def pareto(frame: pd.DataFrame, *, higher_is_better: bool) -> pd.DataFrame:
    """The lines that no smaller or equally large model beats, in order of size."""
    ordered = frame.assign(when=frame["subject_parameters"])
    return frontier(ordered, higher_is_better=higher_is_better).drop(columns="when")


def checks(frame: pd.DataFrame) -> Chart:
    """Findings per check as bars, stacked by level. Columns: check_name, level, findings."""
    return Chart(_checks(130 + 28 * frame["check_name"].nunique()), {DATA: frame})


@vega.template
def _checks(height: int) -> alt.Chart:
    bars: alt.Chart = (
        vega.named()
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X("findings:Q", title="findings", axis=alt.Axis(tickMinStep=1, format=",d")),
            y=alt.Y("check_name:N", title=None, sort="-x", axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "level:N",
                scale=alt.Scale(domain=list(LEVELS), range=list(LEVEL_COLOURS)),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=vega.tips(alt.Tooltip("check_name:N", title="check"), "level:N", "findings:Q"),
        )
        .properties(height=height)
    )
    return vega.choosing(bars, PICKED, "check_name", "level")


def strip(frame: pd.DataFrame, *, axis: str) -> Chart:
    """The scores of one board on a line, those with a finding apart: claim_id, model, printed, score, flag."""
    texts = {name: frame[name].map(_short) for name in ("model", "printed")}
    finding = frame["flag"].map({True: STANDS[1]}).fillna(STANDS[0])
    return Chart(_strip(axis), {DATA: frame[["claim_id", "score"]].assign(**texts, finding=finding)})


@vega.template
def _strip(axis: str) -> alt.Chart:
    shapes = alt.Scale(domain=list(STANDS), range=["circle", "diamond"])
    colours = alt.Scale(domain=list(STANDS), range=[COLOURS[2], LEVEL_COLOURS[0]])
    points: alt.Chart = (
        vega.named()
        .mark_point(size=70, strokeWidth=2, cursor="pointer")
        .encode(
            x=alt.X("score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=12)),
            y=alt.Y("finding:N", title=None, sort=list(STANDS[::-1])),
            shape=alt.Shape("finding:N", scale=shapes, legend=None),
            color=alt.Color("finding:N", scale=colours, legend=None),
            tooltip=vega.tips("model:N", "printed:N", "finding:N"),
        )
        .properties(height=110)
    )
    return vega.choosing(points, PICKED, "claim_id")


def counts_by_year(frame: pd.DataFrame) -> Chart:
    """Claims by year and kind as a heat map with the numbers in it. Columns: year, kind, claims."""
    return Chart(_counts_by_year(float(frame["claims"].max()) / 3), {DATA: frame})


@vega.template
def _counts_by_year(dark: float) -> alt.LayerChart | alt.FacetChart:
    """`dark` is the number of claims above which a tile is so dark that its number is white."""
    base = vega.named().encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("kind:N", title=None, sort=list(KINDS)),
    )
    colour = alt.Color("claims:Q", scale=alt.Scale(scheme="blues", type="sqrt"), legend=None)
    tiles = base.mark_rect(cursor="pointer").encode(color=colour, tooltip=vega.tips("year:O", "kind:N", "claims:Q"))
    ink = alt.ColorValue(INK).condition(test=f"datum.claims > {dark}", value="white")
    numbers = base.mark_text(**NUMBER).encode(text=alt.Text("claims:Q", format=","), color=ink)
    return alt.layer(vega.choosing(tiles, PICKED, "year", "kind"), numbers).properties(height=200)


def shares(frame: pd.DataFrame) -> Chart:
    """Shares between 0 and 1 as bars, in the given order. Columns: part, share."""
    return Chart(_shares(40 + 28 * len(frame)), {DATA: frame})


@vega.template
def _shares(height: int) -> alt.Chart:
    chart: alt.Chart = (
        vega.named()
        .mark_bar(color=COLOURS[0], cursor="pointer")
        .encode(
            x=alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            y=alt.Y("part:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
            tooltip=vega.tips("part:N", alt.Tooltip("share:Q", format=".1%")),
        )
        .properties(height=height)
    )
    return vega.choosing(chart, PICKED, "part")


def histogram(frame: pd.DataFrame) -> Chart:
    """Claims by confidence in steps of 0.1. Columns: confidence (lower end of the step), claims."""
    return Chart(_histogram(), {DATA: frame.assign(upto=frame["confidence"] + 0.1)})


@vega.template
def _histogram() -> alt.Chart:
    chart: alt.Chart = (
        vega.named()
        .mark_bar(color=COLOURS[0], cursor="pointer")
        .encode(
            x=alt.X("confidence:Q", bin="binned", title="confidence", scale=alt.Scale(domain=[0, 1])),
            x2=alt.X2("upto:Q"),
            y=alt.Y("claims:Q", title="claims"),
            tooltip=vega.tips(alt.Tooltip("confidence:Q", title="from", format=".1f"), "claims:Q"),
        )
        .properties(height=220)
    )
    return vega.choosing(chart, PICKED, "confidence")


@vega.template
def _scores(
    across: str, axis: str, height: int, parts: tuple[str, ...], *, up: bool, key: bool
) -> alt.LayerChart | alt.FacetChart:
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
    """The layer of points: colour and shape by role, faded off the frontier, selectable by claim."""
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
    colours = alt.Scale(domain=list(ROLES), range=list(COLOURS))
    shapes = alt.Scale(domain=list(ROLES), range=list(SHAPES))
    legend = alt.Legend(orient="top", title=None, symbolOpacity=1) if key else None
    points: alt.Chart = (
        vega.named()
        .mark_point(size=75, strokeWidth=2, cursor="pointer")
        .encode(
            x=x,
            y=alt.Y("score:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=12)),
            stroke=alt.Stroke("role:N", title=None, scale=colours, legend=legend),
            fill=alt.Fill("role:N", title=None, scale=colours, legend=legend),
            shape=alt.Shape("role:N", title=None, scale=shapes, legend=legend),
            fillOpacity=alt.FillOpacityValue(1).condition(test="datum.bounded", value=0),
            opacity=alt.OpacityValue(FADED).condition(test="datum.front", value=1.0),
            tooltip=vega.tips("model:N", "printed:N", "date:N", "role:N", "finding:N", "title:N"),
        )
    )
    return vega.choosing(points, PICKED, "claim_id")


def _rings(across: str) -> alt.Chart:
    """A diamond around each claim with a finding."""
    mark = vega.named(RINGS).mark_point(shape="diamond", size=330, strokeWidth=1.6, color=COLOURS[1], aria=False)
    rings: alt.Chart = mark.encode(x=alt.X(across), y=alt.Y("score:Q"))
    return rings


def _steps(across: str) -> alt.Chart:
    """The best so far as a line that rises or falls where a claim beats all before it."""
    line = vega.named(BEST).mark_line(interpolate="step-after", color=LINE, strokeWidth=2, aria=False)
    steps: alt.Chart = line.encode(x=alt.X(across), y=alt.Y("score:Q"))
    return steps


def _signs(across: str) -> alt.Chart:
    """The sign of a bound beside its point."""
    mark = vega.named(SIGNS).mark_text(align="left", baseline="middle", dx=9, fontSize=13, aria=False)
    signs: alt.Chart = mark.encode(
        x=alt.X(across), y=alt.Y("score:Q"), text=alt.Text("sign:N"), color=alt.ColorValue(COLOURS[2])
    )
    return signs


def _labels(data: str, across: str, align: Literal["left", "right"], *, up: bool) -> alt.Chart:
    """Names beside their points, beginning or ending there."""
    dx, dy = 9 if align == "left" else -9, -9 if up else 12
    mark = vega.named(data).mark_text(align=align, dx=dx, dy=dy, fontSize=11, limit=150, aria=False)
    labels: alt.Chart = mark.encode(
        x=alt.X(across), y=alt.Y("score:Q"), text=alt.Text("label:N"), color=alt.ColorValue(LINE)
    )
    return labels


def _limit() -> list[alt.Chart]:
    """A dashed line at the best value that there can be, and its words at the left end."""
    base = vega.named(LIMIT).encode(y=alt.Y("score:Q"))
    rule: alt.Chart = base.mark_rule(strokeDash=[5, 4], color=COLOURS[2], aria=False)
    mark = base.mark_text(align="left", baseline="bottom", x=4, dy=-3, fontSize=11, aria=False)
    words: alt.Chart = mark.encode(text=alt.Text("label:N"), color=alt.ColorValue(COLOURS[2]))
    return [rule, words]


def _marks(
    shown: pd.DataFrame, ahead: pd.DataFrame, across: str, pinned: Collection[str] = ()
) -> dict[str, pd.DataFrame]:
    """What the points say, and the signs of bounds beside them where one covers no other."""
    texts = {name: shown[name].map(_short) for name in ("model", "title", "printed", "date")}
    numbers = shown[["claim_id", "score", "role"] + [c for c in ("when", "subject_parameters") if c in shown]]
    bounded = shown["bound"].isin(list(BOUND_SIGNS))
    front = shown["claim_id"].isin(set(ahead["claim_id"])) | shown["model"].isin(list(pinned))
    flagged = (shown["flag"] if "flag" in shown else pd.Series(index=shown.index, dtype=object)).map(str) == "True"
    marks = numbers.assign(**texts, front=front, bounded=bounded, finding=flagged.map({True: "yes", False: "none"}))
    rings = {RINGS: shown.loc[flagged, ["score", across]]} if flagged.any() else {}
    if not bounded.any():
        return {**rings, DATA: marks}
    signs = shown[bounded].assign(sign=shown["bound"].map(BOUND_SIGNS))[["sign", "score", across]]
    right, up = _share(_even(signs[across]), _even(shown[across])), _share(signs["score"], shown["score"])
    return {**rings, DATA: marks, SIGNS: signs[_apart(right, up, pd.Series(2, index=signs.index))]}


def _names(ahead: pd.DataFrame, shown: pd.DataFrame, across: str) -> dict[str, pd.DataFrame]:
    """Names of the frontier's models: of the last eight those that cover no other and that no step crosses.

    They are written to the left of their points, where the line of the best never comes; where the chart of `shown` has
    no room there, to the right, if the next step is far enough away.
    """
    named = ahead.tail(8)
    data = named.assign(label=named["model"].map(lambda m: _short(m, 22)))[["label", "score", across]]
    place = _share(_even(data[across]), _even(shown[across]))
    wide = data["label"].str.len() * LETTER
    early = place < wide
    free = ~early | (place + wide < place.shift(-1).fillna(math.inf))
    data, place, early, wide = data[free], place[free], early[free], wide[free]
    letters = data["label"].str.len()
    kept = _apart(place, _share(data["score"], shown["score"]), letters.where(early, -letters))
    return {EARLY: data[kept & early], LATE: data[kept & ~early]}


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
