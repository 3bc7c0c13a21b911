"""Frames to charts: pure functions that know neither Streamlit nor the claims table.

Columns have fixed names and words of papers are data, never part of a formula. Every mark carries the claim it stands
for, and a chart shows at most 300 marks (`sample`), the frontier first.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from dashboard.vega import DATA, Chart

MOST_MARKS: Final = 300
"""Each mark is an element of the page that a screen reader can tell; more take a browser longer than a reader waits."""

ROLES: Final = ("own", "baseline", "other")
KINDS: Final = ("score", "change", "ratio", "size")
LEVELS: Final = ("error", "warning", "note")
STANDS: Final = ("no finding", "finding")
"""Where a strip puts claims: without and with a finding."""

LONGEST_LABEL: Final = 40
BEST: Final = "best"
LIMIT: Final = "limit"
LINES: Final = "lines"
RINGS: Final = "rings"
SIGNS: Final = "signs"
EARLY: Final = "names-early"
LATE: Final = "names-late"
"""Names of the data beside the claims: the step line, the metric's limit, rings around claims with a finding, signs of
bounds, labels right and left; lines, where they differ from the points on them."""

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
    return _scores("when:T", axis, height, frames, up=higher_is_better is True, key=key)


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
    return _scores("subject_parameters:Q", axis, height, frames, up=higher_is_better is True, key=key)


def _scores(across: str, axis: str, height: int, frames: Mapping[str, pd.DataFrame], *, up: bool, key: bool) -> Chart:
    """A chart of scores; its frames are layers, the lowest first."""
    shape = {"across": across, "axis": axis, "height": height, "parts": tuple(frames), "up": up, "key": key}
    return Chart("scores", shape, frames)


def pareto(frame: pd.DataFrame, *, higher_is_better: bool) -> pd.DataFrame:
    """The lines that no smaller or equally large model beats, in order of size."""
    ordered = frame.assign(when=frame["subject_parameters"])
    return frontier(ordered, higher_is_better=higher_is_better).drop(columns="when")


def checks(frame: pd.DataFrame) -> Chart:
    """Findings per check as bars, stacked by level. Columns: check_name, level, findings."""
    return Chart("checks", {"height": 130 + 28 * frame["check_name"].nunique()}, {DATA: frame})


def strip(frame: pd.DataFrame, *, axis: str) -> Chart:
    """The scores of one board on a line, those with a finding apart: claim_id, model, printed, score, flag."""
    texts = {name: frame[name].map(_short) for name in ("model", "printed")}
    finding = frame["flag"].map({True: STANDS[1]}).fillna(STANDS[0])
    return Chart("strip", {"axis": axis}, {DATA: frame[["claim_id", "score"]].assign(**texts, finding=finding)})


def counts_by_year(frame: pd.DataFrame) -> Chart:
    """Claims by year and kind as a heat map with the numbers in it. Columns: year, kind, claims."""
    return Chart("counts_by_year", {"dark": float(frame["claims"].max()) / 3}, {DATA: frame})


def shares(frame: pd.DataFrame) -> Chart:
    """Shares between 0 and 1 as bars, in the given order. Columns: part, share."""
    return Chart("shares", {"height": 40 + 28 * len(frame)}, {DATA: frame})


def histogram(frame: pd.DataFrame) -> Chart:
    """Claims by confidence in steps of 0.1. Columns: confidence (lower end of the step), claims."""
    return Chart("histogram", {}, {DATA: frame.assign(upto=frame["confidence"] + 0.1)})


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
