"""Every way to read a gain between an old and a new value; a contradiction must hold under all of them.

points             |B - A|, called the difference where the values are no shares or bare numbers
relative to old    |B - A| / A, in percent
relative to error  the share of the error (max - value) that is gone, in percent
from fractions     100 |B - A|, for values between 0 and 1
as speed           A / B - 1, in percent: "50% faster" for a time that falls from 3 to 2
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from leaderboard.checks._findings import plain, python
from leaderboard.checks._intervals import HUNDRED, Interval, Number, Width, reading, short
from leaderboard.checks._links import Basis
from leaderboard.models import Reading

Name = Literal["points", "difference", "relative to old", "relative to error", "from fractions", "as speed"]

ABSOLUTE: frozenset[Name] = frozenset({"points", "difference", "from fractions"})
"""Readings that a gain in points may have."""

RELATIVE: frozenset[Name] = frozenset({"relative to old", "relative to error", "as speed"})
"""Readings that a gain called relative may have."""

SPEED = frozenset({"speed", "throughput", "frame rate", "inference speed", "training speed"})
"""Metrics whose gain may be stated for a time that falls."""

FASTER = ("faster", "speed", "accelerat", "quicker")
"""Words near a gain that say the same."""


def readings(old: Number, new: Number, gain: Number, words: str = "", width: Width = "robust") -> tuple[Reading, ...]:
    """The ways to read the gain, each with the interval it computes; which of them count is for `permitted` to say.

    A bare number is never read as a percentage. `words` is the text around the gain.
    """
    a, b, stated = old.at(width), new.at(width), gain.at(width).size()
    shares = {old.claim.unit, new.claim.unit} <= {"percent", "points", "none"}
    computed: dict[Name, Interval] = {"points" if shares else "difference": b.minus(a).size()}
    fractions = _fractions((old, new))
    if fractions:
        computed["from fractions"] = b.minus(a).size().times(HUNDRED)
    if gain.claim.unit in {"percent", "points"}:
        computed["relative to old"] = relative(a, b)
    if gain.claim.unit == "percent":
        top = Decimal(1) if fractions else HUNDRED
        if max(old.value, new.value) <= top and _share(old, new):
            computed["relative to error"] = relative(_error(a, top), _error(b, top))
        if gain.claim.metric in SPEED or any(word in words.casefold() for word in FASTER):
            computed["as speed"] = relative(b, a)
    return tuple(reading(name, interval, stated) for name, interval in computed.items())


def relative(old: Interval, new: Interval) -> Interval:
    """|new - old| / old in percent, for values that are not negative."""
    return new.over(old).minus(Interval(Decimal(1), Decimal(1))).times(HUNDRED).size()


def permitted(basis: Basis | None, unit: str) -> frozenset[str]:
    """The readings that the words and the unit of a gain permit: all of them for a bare percentage."""
    if basis == "absolute" or unit != "percent":
        return ABSOLUTE
    return RELATIVE if basis == "relative" else ABSOLUTE | RELATIVE


def meets(found: Sequence[Reading], names: frozenset[str]) -> bool:
    """Whether any of the readings named meets the stated gain."""
    return any(one.meets for one in found if one.name in names)


def opposed(old: Number, new: Number) -> bool:
    """Whether open bounds on both values leave nothing to compare."""
    loose = {"at_least", "up_to"}
    return old.bound in loose and new.bound in loose


def formula(old: Number, new: Number, gain: Number) -> str:
    """The sums behind the readings in points, relative to the old value and to its error, with the printed numbers."""
    step = abs(new.value - old.value)
    a, b, rest = plain(old.value, new.value, step)
    sums = [f"|{b} - {a}| = {rest}"]
    if gain.claim.unit in {"percent", "points"} and old.value:
        sums.append(f"|{b} - {a}| / {a} = {step / old.value * 100:.1f}%")
    top = Decimal(1) if _fractions((old, new)) else HUNDRED
    if gain.claim.unit == "percent" and _share(old, new) and max(old.value, new.value) <= top and old.value < top:
        sums.append(f"|{b} - {a}| / ({top:f} - {a}) = {step / (top - old.value) * 100:.1f}%")
    return "; ".join(sums)


def verify(old: Number, new: Number) -> str:
    """A line that recomputes both sums."""
    a, b = plain(old.value, new.value)
    return python(f"{b} - {a}", f"({b} - {a}) / {a} * 100") if old.value else python(f"{b} - {a}")


def listing(found: Sequence[Reading]) -> str:
    """The computed intervals in one phrase: "points 7.3 to 7.7, relative to old 10.2 to 10.8"."""
    return ", ".join(f"{one.name} {short(Decimal(one.low))} to {short(Decimal(one.high))}" for one in found)


def _fractions(numbers: Sequence[Number]) -> bool:
    """Whether all are bare numbers between 0 and 1."""
    return all(n.claim.unit == "none" and 0 <= n.value <= 1 for n in numbers)


def _share(old: Number, new: Number) -> bool:
    """Whether both may be shares of a whole, so that the rest is an error."""
    return {old.claim.unit, new.claim.unit} <= {"percent", "none", "points"}


def _error(value: Interval, top: Decimal) -> Interval:
    """What is missing to the top of the scale."""
    return Interval(top, top).minus(value)
