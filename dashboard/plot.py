"""Scores over time or over size as HTML: points that are links, drawn by the browser itself.

A chart that a library draws in the browser costs a page as much as everything else on it together. A board's chart is
points, a line of steps and two axes, which need no script: it stands there with its page, follows the width of the
window, and each of its points is a link that opens in a new tab, is reached by keyboard (`tables.js`) and is read out.
It shows the very frames of the chart by Altair (`charts`) that is saved as a picture. Every text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from dashboard import charts, look
from dashboard.safe import attribute, escape, plain
from dashboard.tex import readable
from dashboard.vega import DATA

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.vega import Chart

Across = Literal["when", "subject_parameters"]
"""What scores are drawn against: the column of the frames."""

INSIDE: Final = 3.0
"""Per cent of the width and height that are kept free at each end, so that no point is cut."""

SIDES: Final = (35, 65)
"""Per cent of the width between which what a point says stands in the middle below it, else to the side with room."""

MOST_TICKS: Final = 6
"""Ticks of an axis at most: what a phone has room for."""

MONTHS: Final = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600)
"""Months between the ticks of an axis of time."""

MANY: Final = 1e5
"""Scores from here on are written in few letters."""

ROLES: Final = dict(zip(charts.ROLES, ("own result", "quoted baseline", "other"), strict=True))
"""What the shapes of marks stand for, in words."""

CSS: Final = """
.plot { margin: .2rem 1rem 0 0; font-size: .8rem; color: light-dark(#4a5160, #b9bfca); }
.plot .top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.2rem; margin-bottom: .5rem; }
.plot .key { display: flex; gap: 1rem; }
.plot .field { position: relative; margin: 0 0 1.7rem 3.4rem; border-left: 1px solid light-dark(#d4d9e0, #3b424d);
  border-bottom: 1px solid light-dark(#d4d9e0, #3b424d); }
.plot .field > * { position: absolute; }
.plot .tick { right: 100%; transform: translateY(-50%); padding-right: .5rem; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.plot .grid { left: 0; right: 0; border-top: 1px solid light-dark(#eceff3, #2b2e34); }
.plot .date { top: 100%; transform: translateX(-50%); padding-top: .3rem; white-space: nowrap; }
.plot .step { border: 0 solid light-dark(#00795a, #2cc79b); }
.plot .up { border-width: 0 2px 2px 0; } .plot .down { border-width: 2px 2px 0 0; }
.plot .limit { left: 0; right: 0; border-top: 1.5px dashed light-dark(#737a86, #8d95a3); }
.plot .limit span { position: absolute; left: 4px; bottom: 2px; }
.plot .name { color: light-dark(#00694d, #2cc79b); max-width: 150px; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; pointer-events: none; }
.plot .early { padding-left: 9px; } .plot .late { padding-right: 9px; }
.plot .above { transform: translateY(-1.35rem); } .plot .below { transform: translateY(.25rem); }
.plot a { margin: -5px 0 0 -5px; }
.plot a, .plot .key i { width: 10px; height: 10px; box-sizing: border-box; opacity: .5;
  --ink: light-dark(#1f86c9, #56b4e9); background: var(--ink); border: 2px solid var(--ink); border-radius: 50%;
  color: inherit; text-decoration: none; line-height: 6px; text-indent: 11px; white-space: nowrap; }
.plot a::before { content: ""; position: absolute; inset: -6px; }
.plot .key i { display: inline-block; opacity: 1; margin-right: .4rem; }
.plot a.baseline, .plot .key i.baseline { --ink: light-dark(#d55e00, #f08a3c); border-radius: 0; }
.plot a.other, .plot .key i.other { --ink: light-dark(#737a86, #a3abb8); border-radius: 0;
  clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.plot a.hollow { background: none; clip-path: none; }
.plot a.front { opacity: 1; z-index: 1; }
.plot a.ring { clip-path: none; }
.plot a.ring::before { inset: -5px; border: 1.6px solid light-dark(#d55e00, #f08a3c); transform: rotate(45deg); }
.plot a:hover, .plot a:focus-visible { opacity: 1; z-index: 3; clip-path: none; outline: none;
  box-shadow: 0 0 0 3px light-dark(#ffffff, #191816), 0 0 0 5px light-dark(#0067a0, #63b8ea); }
.plot a:hover::after, .plot a:focus-visible::after { content: attr(aria-label); position: absolute; top: 14px;
  left: 8px; width: max-content; max-width: min(17rem, 55vw); padding: .4rem .6rem; border-radius: 6px;
  white-space: pre-line; text-indent: 0; line-height: 1.4; pointer-events: none;
  color: light-dark(#1b1f24, #f2f4f7);
  background: light-dark(#ffffff, #25262a); border: 1px solid light-dark(#d4d9e0, #4c5563);
  box-shadow: 0 2px 8px rgb(0 0 0 / .18); }
.plot a.right:hover::after, .plot a.right:focus-visible::after { left: auto; right: 8px; }
.plot a.middle:hover::after, .plot a.middle:focus-visible::after { left: 50%;
  transform: translateX(-50%); }
.plot a.low:hover::after, .plot a.low:focus-visible::after { top: auto; bottom: 14px; }
"""
"""The look of plots, part of the style sheet."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers from `low` to `high`, and where along it words stand (`ticks`)."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def place(self, value: float) -> float:
        """Where a value stands, in per cent of the stretch with the room at its ends."""
        return INSIDE + (100 - 2 * INSIDE) * (value - self.low) / (self.high - self.low)


def plot(
    chart: Chart,
    across: Across,
    *,
    words: str,
    axis: str,
    way: Callable[[str], str],
    up: bool,
    height: int = 340,
    key: bool = True,
) -> str:
    """A chart of scores as HTML, `height` pixels high without its axis.

    `words` say what it shows, `axis` names the score with its unit, `way` tells where the point of a claim leads
    (an address within the dashboard). With `up` higher is better. `key` says what the marks are.
    """
    marks, best = chart.frames[DATA], chart.frames.get(charts.BEST)
    limit = chart.frames.get(charts.LIMIT)
    scores = [*marks["score"], *(limit["score"] if limit is not None else ())]
    down = level(min(scores), max(scores))
    along = _along(marks, across)
    parts = [*_scale(down, along)]
    if limit is not None:
        (score, label), *_ = limit[["score", "label"]].itertuples(index=False, name=None)
        parts.append(f'<div class="limit" style="top:{_down(down, score)}"><span>{escape(plain(label))}</span></div>')
    if best is not None:
        steps = [
            (along.place(x), 100 - down.place(y)) for x, y in zip(_numbers(best, across), best["score"], strict=True)
        ]
        parts += map(_step, steps, steps[1:])
    parts += _points(chart, across, along, down, way)
    for name, end in ((charts.EARLY, "early"), (charts.LATE, "late")):
        if name in chart.frames:
            parts += _names(chart.frames[name], across, along, down, f"{end} {'above' if up else 'below'}")
    span = f"{axis} from {down.ticks[0][1]} to {down.ticks[-1][1]}, {along.ticks[0][1]} to {along.ticks[-1][1]}"
    return (
        f'<div class="plot" role="group" aria-label="{attribute(plain(f"{words}; {span}"))}">'
        f'<div class="top" aria-hidden="true"><span>{escape(plain(axis))}</span>{_key(marks) if key else ""}</div>'
        f'<div class="field" style="height:{height}px">{"".join(parts)}</div></div>'
    )


def level(low: float, high: float) -> Axis:
    """An axis of numbers; its ticks are multiples of 1, 2 or 5 times a power of ten."""
    if math.isclose(low, high):
        low, high = low - (abs(low) * 0.05 or 0.5), high + (abs(high) * 0.05 or 0.5)
    rough = (high - low) / MOST_TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(scale * times for times in (1, 2, 5, 10) if scale * times >= rough)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    ticks = [at * step for at in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    return Axis(low, high, tuple((at, _score(at, digits)) for at in ticks))


def times(low: datetime, high: datetime) -> Axis:
    """An axis of days, as seconds since 1970, with ticks at the first day of months or years."""
    if low == high:
        return Axis(low.timestamp() - 1, high.timestamp() + 1, ((low.timestamp(), f"{low:%Y-%m}"),))
    first, last = low.year * 12 + low.month - 1, high.year * 12 + high.month - 1
    step = next((n for n in MONTHS if (last // n) - -(-first // n) < MOST_TICKS), MONTHS[-1])
    months = [month for month in range(-(-first // step) * step, last + 1, step) if _month(month) >= low]
    ticks = [(_month(m).timestamp(), str(m // 12) if step % 12 == 0 else f"{_month(m):%Y-%m}") for m in months]
    if len(ticks) < 2:
        ticks = [(day.timestamp(), f"{day:%Y-%m-%d}") for day in (low, high)]
    return Axis(low.timestamp(), high.timestamp(), tuple(ticks))


def sizes(low: float, high: float) -> Axis:
    """An axis of logarithms of numbers of parameters, with ticks at 1, 2 and 5 times a power of ten."""
    if math.isclose(low, high):
        low, high = low / 2, high * 2
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for times_of in ((1, 2, 5), (1, 3), (1,)):
        values = [times * 10.0**power for power in powers for times in times_of]
        found = [value for value in values if low <= value <= high]
        if len(found) <= MOST_TICKS:
            break
    thinned = found[:: -(-len(found) // MOST_TICKS)] if len(found) > 1 else [low, high]
    return Axis(math.log10(low), math.log10(high), tuple((math.log10(one), look.size(one)) for one in thinned))


def _along(marks: pd.DataFrame, across: Across) -> Axis:
    """The axis across, for these marks."""
    column = marks[across]
    if across == "when":
        first, last = (day.to_pydatetime().replace(tzinfo=UTC) for day in (column.min(), column.max()))
        return times(first, last)
    return sizes(float(column.min()), float(column.max()))


def _numbers(frame: pd.DataFrame, across: Across) -> list[float]:
    """The values across, as the axis has them."""
    if across == "when":
        return [day.to_pydatetime().replace(tzinfo=UTC).timestamp() for day in frame[across]]
    return [math.log10(size) for size in frame[across]]


def _month(number: int) -> datetime:
    """The first day of a month, counted from the beginning of our era."""
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _score(value: float, digits: int) -> str:
    """A tick of an axis of scores in words."""
    return look.compact(value) if abs(value) >= MANY else f"{value:,.{digits}f}".replace("-", "−")


def _down(axis: Axis, score: float) -> str:
    """Where a score stands, from above."""
    return f"{100 - axis.place(score):.2f}%"


def _scale(down: Axis, along: Axis) -> list[str]:
    """The grid with the words of both axes; a reader who cannot see them hears the numbers of the points."""
    lines = [f'<i class="grid" style="top:{_down(down, at)}"></i>' for at, _ in down.ticks]
    scores = [
        f'<span class="tick" aria-hidden="true" style="top:{_down(down, at)}">{words}</span>'
        for at, words in down.ticks
    ]
    dates = [
        f'<span class="date" aria-hidden="true" style="left:{along.place(at):.2f}%">{words}</span>'
        for at, words in along.ticks
    ]
    return [*lines, *scores, *dates]


def _step(here: tuple[float, float], there: tuple[float, float]) -> str:
    """One step of the best so far: on to the next claim that beats it, and there up or down to it."""
    (left, top), (right, end) = here, there
    way = "up" if end < top else "down"
    return (
        f'<i class="step {way}" style="left:{left:.2f}%;width:{right - left:.2f}%;'
        f'top:{min(top, end):.2f}%;height:{abs(top - end):.2f}%"></i>'
    )


def _points(chart: Chart, across: Across, along: Axis, down: Axis, way: Callable[[str], str]) -> list[str]:
    """The points as links, in order of what they are drawn over; the first is where the tab key leads."""
    marks = chart.frames[DATA].sort_values([across, "score"], kind="stable")
    signs = dict(chart.frames[charts.SIGNS]["sign"]) if charts.SIGNS in chart.frames else {}
    drawn = []
    columns = ("claim_id", "score", "role", "front", "bounded", "finding")
    told = map(_told, *(marks[name] for name in ("model", "printed", "date", "role", "finding", "title")))
    rows = zip(marks.index, _numbers(marks, across), told, *(marks[name] for name in columns), strict=True)
    for number, (index, x, words, claim, score, role, front, bounded, finding) in enumerate(rows):
        left, top = along.place(x), 100 - down.place(score)
        looks = {
            role if role in ROLES else "other": True,
            "front": front,
            "hollow": bounded,
            "ring": finding == "yes",
            "middle": SIDES[0] <= left <= SIDES[1],
            "right": left > SIDES[1],
            "low": top > 60,
        }
        drawn.append(
            f'<a href="{escape(way(claim))}" class="{" ".join(name for name, so in looks.items() if so)}" '
            f'style="left:{left:.2f}%;top:{top:.2f}%" tabindex="{-1 if number else 0}" '
            f'aria-label="{attribute(words)}">{signs.get(index, "")}</a>'
        )
    return drawn


def _told(model: str, printed: str, date: str, role: str, finding: str, title: str) -> str:  # noqa: PLR0917 - a row
    """What a point says of its claim when it is pointed at or read out."""
    facts = [printed, date, ROLES.get(role, ROLES["other"]), "with a finding" if finding == "yes" else ""]
    first = f"{model or 'unnamed system'}: {', '.join(fact for fact in facts if fact)}"
    return "\n".join(plain(line) for line in (first, readable(title)) if line)


def _names(frame: pd.DataFrame, across: Across, along: Axis, down: Axis, looks: str) -> list[str]:
    """Names beside the points of the best."""
    edge, early = ("left", True) if looks.startswith("early") else ("right", False)
    return [
        f'<span class="name {looks}" aria-hidden="true" style="{edge}:{at if early else 100 - at:.2f}%;'
        f'top:{_down(down, score)}">{escape(plain(label))}</span>'
        for at, score, label in zip(
            map(along.place, _numbers(frame, across)), frame["score"], frame["label"], strict=True
        )
    ]


def _key(marks: pd.DataFrame) -> str:
    """What the shapes of the marks that there are stand for."""
    present = set(marks["role"])
    shown = [f'<span><i class="{role}"></i>{words}</span>' for role, words in ROLES.items() if role in present]
    return f'<span class="key">{"".join(shown)}</span>'
