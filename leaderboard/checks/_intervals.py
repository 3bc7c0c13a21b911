"""Intervals that the printed precision of a number allows, and the arithmetic on them.

A number is taken from its printed string, as a `Decimal`: `77.5` was printed to one decimal, so its unit u is 0.1. Two
intervals belong to it: *nearest*, x - u/2 to x + u/2 (both ends closed, so that half-up and half-even both fit), and
*robust*, x - u to x + u (the number may also have been truncated). A finding of level error or warning must hold under
*robust*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from leaderboard.models import Bound, Claim, Metric, Operand, Reading

INFINITY = Decimal("Infinity")
ZERO = Decimal(0)
HUNDRED = Decimal(100)

Width = Literal["nearest", "robust"]

PLAIN_NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?P<fraction>\.[0-9]+)?")
"""The digits of a printed number: a whole part, perhaps with thousands separators, and a decimal part."""

SHARES = frozenset({"percent", "points"})
"""Units whose integers are never taken for rounded to tens or hundreds: 100% is not 100 +- 100."""

NEARLY = re.compile(
    r"\b(?:nearly|almost|just\s+under|just\s+below|close\s+to)\s+(?:an?\s+|the\s+)?[$~\\]*$", re.IGNORECASE
)
"""Words that say that the printed number was rounded up by a little."""

LOOSE = re.compile(
    r"(?:\b(?:about|around|approximately|approx\.|roughly|some|circa)\s+(?:an?\s+|the\s+)?|[~≈∼]\s*|\\sim\s*|\\approx\s*)[$({+]*$",
    re.IGNORECASE,
)
AT_LEAST = re.compile(
    r"(?:\b(?:over|above|more\s+than|at\s+least|greater\s+than|exceeding|beyond|better\s+than|upwards\s+of)\s+(?:an?\s+)?"
    r"|[>≥]\s*)[$({+]*$",
    re.IGNORECASE,
)
UP_TO = re.compile(
    r"(?:\b(?:up\s+to|at\s+most|as\s+much\s+as|as\s+high\s+as|less\s+than|under|below|within|no\s+more\s+than|only\s+up\s+to)\s+"
    r"(?:an?\s+|the\s+)?|[<≤]\s*)[$({+]*$",
    re.IGNORECASE,
)
"""Bound words right before a number, a second look at what the parser says: a missed bound must not become an alarm."""

ABOUT_SHARE = Decimal("0.05")
"""How far "about" reaches on either side, as a share of the number, if that is more than a unit of the last digit."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of real numbers; an end may be infinite."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def inside(self, other: Interval) -> bool:
        """Whether every number of this one is in the other."""
        return other.low <= self.low and self.high <= other.high

    def minus(self, other: Interval) -> Interval:
        """All differences of a number of this and a number of the other."""
        return Interval(_difference(self.low, other.high, -INFINITY), _difference(self.high, other.low, INFINITY))

    def plus(self, other: Interval) -> Interval:
        """All sums of a number of this and a number of the other."""
        return self.minus(Interval(-other.high, -other.low))

    def times(self, factor: Decimal | int) -> Interval:
        """Every number multiplied by `factor`, which is not zero."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval:
        """All quotients of two intervals of non-negative numbers; parts below zero are cut off first."""
        low, high = max(self.low, ZERO), max(self.high, ZERO)
        bottom, top = max(other.low, ZERO), max(other.high, ZERO)
        least = ZERO if top in {INFINITY, ZERO} else low / top
        most = INFINITY if bottom == 0 or high == INFINITY else high / bottom
        return Interval(least, most)

    def size(self) -> Interval:
        """The absolute values."""
        if self.low >= 0:
            return self
        if self.high <= 0:
            return Interval(-self.high, -self.low)
        return Interval(ZERO, max(-self.low, self.high))

    def text(self) -> str:
        """Both ends with few digits, as "[7.4, 7.6]"; an infinite end is left open."""
        return f"[{short(self.low)}, {short(self.high)}]"


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed, on the scale of the claim's value: the number, and one unit of its last digit."""

    value: Decimal
    unit: Decimal

    def interval(self, width: Width, bound: Bound = "exact", *, nearly: bool = False) -> Interval:
        """The interval of the chosen width, opened or widened as the bound word says."""
        reach = self.unit if width == "robust" else self.unit / 2
        low, high = self.value - reach, self.value + reach
        if nearly:
            low = min(low, self.value * (1 - ABOUT_SHARE))
        if bound == "about":
            wide = max(self.unit, abs(self.value) * ABOUT_SHARE)
            low, high = min(low, self.value - wide), max(high, self.value + wide)
        elif bound == "at_least":
            high = INFINITY
        elif bound == "up_to":
            low = -INFINITY
        return Interval(low, high)


@dataclass(frozen=True, slots=True)
class Number:
    """A claim's number ready for arithmetic: as printed, and both intervals."""

    claim: Claim
    printed: Printed
    bound: Bound
    nearest: Interval
    robust: Interval

    @property
    def value(self) -> Decimal:
        """The number itself, with its scale word applied and without its sign where that only says the direction."""
        return self.printed.value

    def at(self, width: Width) -> Interval:
        """The interval of the given width."""
        return self.nearest if width == "nearest" else self.robust

    def operand(self) -> Operand:
        """The record that a finding keeps of this number, with the robust interval."""
        claim = self.claim
        low, high = self.robust.low, self.robust.high
        place = (claim.paper_id, claim.start, claim.end, claim.number)
        return Operand(*place, float(self.value), float(low), float(high), claim.unit, self.bound)


def printed(claim: Claim) -> Printed | None:
    """The printed number of a claim, or None for a range, a number in words, or digits that disagree with the value.

    The last digit's unit of a count or ratio that ends in z zeros from 100 on is ten to the z: "2000 h" may be 1,500 to
    2,499.
    A sign is dropped from changes (it repeats the direction) and kept in scores.
    """
    if claim.value_high is not None:
        return None
    match = next((m for m in PLAIN_NUMBER.finditer(claim.number) if m.group()), None)
    if match is None:
        return None
    digits = match.group().replace(",", "")
    shown = Decimal(digits)
    unit = Decimal(1).scaleb(-len((match["fraction"] or ".")[1:]))
    if unit == 1 and shown >= 100 and claim.unit not in SHARES:
        unit = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    scale = _scale(shown, claim.value)
    if scale is None:
        return None
    if claim.kind == "score" and re.match(r"\s*[-\u2212]", claim.number[: match.start()]):
        shown = -shown
    return Printed(shown * scale, unit * scale)


def number(claim: Claim, text: str, bound: Bound | None = None) -> Number | None:
    """A claim's number with its intervals, or None where `printed` has none.

    `text` is the abstract; the words right before the number are read again for a bound that the claim does not carry.
    A `bound` given here holds instead of both ("+5.9 over 75.9" compares; there, "over" is no bound).
    """
    shown = printed(claim)
    if shown is None:
        return None
    before = text[max(0, claim.start - 30) : claim.start] if bound is None else ""
    kept: Bound = bound or claim.bound
    if kept in {"exact", "average"}:
        kept = next((b for b, words in _BOUND_WORDS if words.search(before)), kept)
    nearly = NEARLY.search(before) is not None
    return Number(
        claim,
        shown,
        kept,
        shown.interval("nearest", kept, nearly=nearly),
        shown.interval("robust", kept, nearly=nearly),
    )


def permitted(metric: Metric) -> Interval:
    """The widest range that any printed scale of a metric allows, in the numbers as they are printed."""
    low = -INFINITY if metric.low is None else Decimal(str(metric.low))
    high = INFINITY if metric.high is None else Decimal(str(metric.high))
    if "percent" in metric.scales and high <= 1:
        low, high = low * 100, high * 100
    return Interval(low, high)


def reading(name: str, computed: Interval, stated: Interval) -> Reading:
    """One reading of a relation: its name, the interval computed, and whether it meets the stated one."""
    against = (float(stated.low), float(stated.high))
    return Reading(name, float(computed.low), float(computed.high), computed.meets(stated), against)


def limited(name: str, computed: Interval, allowed: Interval) -> Reading:
    """One reading that is set against a range that is no printed number's: its name, the interval, the range."""
    limits = (float(allowed.low), float(allowed.high))
    return Reading(name, float(computed.low), float(computed.high), computed.meets(allowed), allowed=limits)


MILLION = Decimal(1_000_000)


def exact(value: Decimal) -> str:
    """A number as people and Python write it, all its digits and few zeros: 77.5, 1300, 40e9."""
    if abs(value) < MILLION or value.is_infinite():
        return f"{value:f}"
    exponent = value.adjusted() // 3 * 3
    return f"{value.scaleb(-exponent).normalize():f}e{exponent}"


def short(value: Decimal) -> str:
    """A number for people: four significant digits at least, no trailing zeros, from a million on as 40e9."""
    if value.is_infinite():
        return "unbounded"
    if abs(value) >= MILLION:
        return exact(Decimal(f"{value:.3e}"))
    places = max(0, 3 - value.adjusted()) if value else 0
    rounded = round(value, min(places, 6))
    plain = f"{rounded:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


_BOUND_WORDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (("about", LOOSE), ("at_least", AT_LEAST), ("up_to", UP_TO))


def _difference(left: Decimal, right: Decimal, open_end: Decimal) -> Decimal:
    """`left` - `right`, or `open_end` where either is infinite."""
    return open_end if left.is_infinite() or right.is_infinite() else left - right


def _scale(shown: Decimal, value: float) -> Decimal | None:
    """The power of ten between the printed digits and the value (a scale word), or None if there is none."""
    if shown == 0:
        return Decimal(1) if value == 0 else None
    ratio = abs(value) / float(shown)
    for exponent in (0, 3, 6, 9, 12, 15, 2, -2):
        if abs(ratio / 10.0**exponent - 1) < 1e-6:
            return Decimal(1).scaleb(exponent)
    return None
