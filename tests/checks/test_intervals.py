"""Printed numbers and their intervals."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.checks._intervals import INFINITY, Interval, Printed, number, printed, short
from leaderboard.models import Paper
from tests.checks.check_cases import claim

finite = st.decimals(min_value=-1000, max_value=1000, places=3)


def read(text: str, number_: str, **fields: Any) -> Any:
    paper = Paper("p", "", text)
    return number(claim(paper, {"number": number_, **fields}), text)


def ends(interval: Interval) -> tuple[float, float]:
    return float(interval.low), float(interval.high)


@pytest.mark.parametrize(
    ("shown", "fields", "robust"),
    [
        ("77.5%", {}, (77.4, 77.6)),
        ("7B", {"value": 7e9, "unit": "parameters", "kind": "size"}, (6e9, 8e9)),
        ("2000 h", {"value": 2000, "unit": "hours", "kind": "size"}, (1000, 3000)),
        ("1,300", {"value": 1300, "unit": "examples", "kind": "size"}, (1200, 1400)),
        ("100%", {}, (99, 101)),
        ("100", {"unit": "points"}, (99, 101)),
        ("-0.5", {}, (-0.6, -0.4)),
        ("-2.5%", {"kind": "change"}, (2.4, 2.6)),
        (".5", {"value": 0.5}, (0.4, 0.6)),
        ("74.25\\%", {"value": 74.25, "unit": "percent"}, (74.24, 74.26)),
    ],
)
def test_robust_interval(shown: str, fields: dict[str, Any], robust: tuple[float, float]) -> None:
    assert ends(read(f"It has {shown} now.", shown, **fields).robust) == pytest.approx(robust)


def test_nearest_is_half_as_wide() -> None:
    assert ends(read("It has 77.5%.", "77.5%").nearest) == pytest.approx((77.45, 77.55))


@pytest.mark.parametrize(
    ("text", "bound", "interval"),
    [
        ("It has about 50.0% now.", "exact", (47.5, 52.5)),
        ("It has 50.0% now.", "about", (47.5, 52.5)),
        ("It has over 50.0% now.", "exact", (49.9, float("inf"))),
        ("It has at least 50.0% now.", "at_least", (49.9, float("inf"))),
        ("It has up to 50.0% now.", "exact", (float("-inf"), 50.1)),
        ("It has nearly 50.0% now.", "exact", (47.5, 50.1)),
        ("It has an average of 50.0% now.", "average", (49.9, 50.1)),
        ("It beats the 50.0% of it.", "exact", (49.9, 50.1)),
    ],
)
def test_bounds(text: str, bound: str, interval: tuple[float, float]) -> None:
    assert ends(read(text, "50.0%", bound=bound).robust) == pytest.approx(interval)


@pytest.mark.parametrize(
    ("shown", "fields"),
    [
        ("half", {"value": 50, "unit": "percent"}),
        ("1% to 3%", {"value": 1, "value_high": 3}),
        ("12", {"value": 45}),
    ],
)
def test_not_a_printed_number(shown: str, fields: dict[str, Any]) -> None:
    assert printed(claim(Paper("p", "", f"It has {shown}."), {"number": shown, **fields})) is None


@given(a=finite, b=finite, c=finite, d=finite)
def test_arithmetic_holds_every_pair_of_points(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    left, right = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert left.minus(right).low <= a - d <= left.minus(right).high
    assert left.plus(right).low <= b + c <= left.plus(right).high
    assert left.size().low <= abs(a) <= left.size().high
    if left.low >= 0 and right.low > 0:
        quotient = left.over(right)
        assert quotient.low <= a / c * (1 + Decimal("1e-20"))
        assert a / c <= quotient.high * (1 + Decimal("1e-20"))
    assert left.meets(right) == right.meets(left)
    assert Interval(a, a).inside(left)


@given(
    value=st.decimals(min_value=0, max_value=1000, places=5),
    places=st.integers(0, 3),
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP]),
)
def test_the_true_value_is_in_the_robust_interval(value: Decimal, places: int, rounding: str) -> None:
    unit = Decimal(1).scaleb(-places)
    shown = Printed(value.quantize(unit, rounding=rounding), unit)
    assert Interval(value, value).inside(shown.interval("robust"))
    if rounding in {ROUND_HALF_UP, ROUND_HALF_EVEN}:
        assert Interval(value, value).inside(shown.interval("nearest"))


def test_open_ends_stay_open() -> None:
    above = Interval(Decimal(3), INFINITY)
    assert ends(above.minus(Interval(Decimal(1), Decimal(2)))) == (1, float("inf"))
    assert ends(Interval(Decimal(1), Decimal(2)).over(above)) == pytest.approx((0, 2 / 3))
    assert ends(above.minus(above)) == (float("-inf"), float("inf"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7.5000", "7.5"),
        ("440000000", "440e6"),
        ("1234567", "1.235e6"),
        ("0.00123456", "0.001235"),
        ("0", "0"),
        ("-3", "-3"),
    ],
)
def test_numbers_for_people(value: str, text: str) -> None:
    assert short(Decimal(value)) == text
