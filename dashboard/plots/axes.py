"""Axes: stretches of numbers, days or sizes with a few round ticks, and where on them a value stands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dashboard import look
from dashboard.plots import marks

INSIDE: Final = 3.0
"""Per cent of the width and height that are kept free at each end, so that no point is cut."""

MOST_TICKS: Final = 6
"""Ticks of an axis at most: what a phone has room for."""

MONTHS: Final = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600)
"""Months between the ticks of an axis of time."""

MANY: Final = 1e5
"""Scores from here on are written in few letters."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers from `low` to `high`, where along it words stand (`ticks`), and the room at its ends."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    inside: float = INSIDE

    def place(self, value: float) -> float:
        """Where a value stands, in per cent of the stretch with the room at its ends."""
        return self.inside + (100 - 2 * self.inside) * (value - self.low) / (self.high - self.low)

    def from_above(self, value: float) -> str:
        """Where a value stands on an axis that points up, as a place from above."""
        return f"{100 - self.place(value):.2f}%"


def level(low: float, high: float, inside: float = INSIDE) -> Axis:
    """An axis of numbers; its ticks are multiples of 1, 2 or 5 times a power of ten."""
    if math.isclose(low, high):
        low, high = low - (abs(low) * 0.05 or 0.5), high + (abs(high) * 0.05 or 0.5)
    rough = (high - low) / MOST_TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(scale * times for times in (1, 2, 5, 10) if scale * times >= rough)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    ticks = [at * step for at in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    return Axis(low, high, tuple((at, _score(at, digits)) for at in ticks), inside)


def shares() -> Axis:
    """The axis from nothing to all, in per cent."""
    return Axis(0.0, 1.0, tuple((at / 5, f"{at * 20}%") for at in range(6)))


def counts(most: float) -> Axis:
    """An axis of whole numbers from zero on, without room at its ends."""
    ticks = level(0.0, max(most, 1.0)).ticks
    whole = tuple((at, f"{int(at):,}" if at < MANY else look.compact(at)) for at, _ in ticks if at == int(at))
    return Axis(0.0, max(most, 1.0), whole, inside=0.0)


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


def _month(number: int) -> datetime:
    """The first day of a month, counted from the beginning of our era."""
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _score(value: float, digits: int) -> str:
    """A tick of an axis of scores in words."""
    return look.compact(value) if abs(value) >= MANY else f"{value:,.{digits}f}".replace("-", "−")


def levels(axis: Axis) -> str:
    """The lines and words of an axis that points up; who cannot see them hears the numbers of the marks."""
    places = [(axis.from_above(at), words) for at, words in axis.ticks]
    lines = [f'<i class="grid" style="top:{place}"></i>' for place, _ in places]
    return "".join([*lines, *(marks.label(words, "tick", f"top:{place}") for place, words in places)])


def below(axis: Axis) -> str:
    """The words of an axis that points right, below the field."""
    return "".join(marks.label(words, "date", f"left:{axis.place(at):.2f}%") for at, words in axis.ticks)


def rules(axis: Axis) -> str:
    """The lines of an axis that points right."""
    return "".join(f'<i class="rule" style="left:{axis.place(at):.2f}%"></i>' for at, _ in axis.ticks)
