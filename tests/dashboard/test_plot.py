"""Plots of scores: axes with round ticks, points that are links in the right places, words escaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, plot

ROUND = re.compile(r"[125]0*")


def frame(lines: list[tuple[str, float]], **more: Any) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "claim_id": [f"c{n}" for n in range(len(lines))],
        "date": [date for date, _ in lines],
        "score": pd.Series([score for _, score in lines], dtype="float64"),
        "model": [f"M{n}" for n in range(len(lines))],
        "title": "T",
        "printed": "1",
        "role": "own",
        "bound": "exact",
        "flag": False,
        "subject_parameters": [1e9 * (n + 1) for n in range(len(lines))],
    }
    return pd.DataFrame(columns | more)


LINES = [("2020", 5.0), ("2021-03", 4.0), ("2021-03-09", 7.0), ("2022", 7.0), ("2023-01", 9.0)]


class Elements(HTMLParser):
    """The elements of a plot: name, attributes, text so far."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, looks: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.found if looks in attrs.get("class", "").split()]

    @property
    def points(self) -> list[dict[str, str]]:
        return [attrs for tag, attrs in self.found if tag == "a"]


def drawn(lines: list[tuple[str, float]], *, up: bool = True, limit: float | None = None, **more: Any) -> Elements:
    chart = charts.over_time(frame(lines, **more), higher_is_better=up, axis="accuracy", limit=limit)
    html = plot.plot(chart, "when", words="Score over time", axis="accuracy", way=lambda c: f"?claim={c}", up=up)
    return Elements(html)


def at(element: dict[str, str], side: str) -> float:
    return float(re.search(rf"{side}:([0-9.-]+)%", element["style"])[1])  # type: ignore[index] # it is there, or the test fails


def test_every_point_leads_to_its_claim_in_order_of_time() -> None:
    points = drawn(LINES).points
    assert [point["href"] for point in points] == [f"?claim=c{n}" for n in range(5)]
    places = [at(point, "left") for point in points]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (plot.INSIDE, 100 - plot.INSIDE)
    assert [point["tabindex"] for point in points] == ["0", "-1", "-1", "-1", "-1"]


def test_better_scores_stand_higher() -> None:
    points = drawn(LINES).points
    by_score = sorted(points, key=lambda point: -at(point, "top"))
    assert by_score[0]["href"] == "?claim=c1"
    assert by_score[-1]["href"] == "?claim=c4"


@pytest.mark.parametrize(("up", "ahead", "way"), [(True, ["c0", "c2", "c4"], "up"), (False, ["c0", "c1"], "down")])
def test_the_line_goes_through_the_points_of_the_best(up: bool, ahead: list[str], way: str) -> None:
    found = drawn(LINES, up=up)
    front = [point["href"].removeprefix("?claim=") for point in found.of("front")]
    assert front == ahead
    steps = found.of("step")
    assert [at(step, "left") for step in steps[: len(ahead)]] == pytest.approx(
        [at(point, "left") for point in found.of("front")][: len(steps)]
    )
    assert all(way in step["class"].split() for step in steps if at(step, "height"))
    ends = [at(step, "left") + at(step, "width") for step in steps]
    assert ends[-1] == pytest.approx(100 - plot.INSIDE)


def test_bounds_are_hollow_with_their_sign_and_claims_with_a_finding_are_ringed() -> None:
    found = drawn(
        LINES, bound=["exact", "at_least", "exact", "exact", "exact"], flag=[False, False, False, True, False]
    )
    assert [point["href"] for point in found.of("hollow")] == ["?claim=c1"]
    (ringed,) = found.of("ring")
    assert ringed["href"] == "?claim=c3"
    assert "with a finding" in ringed["aria-label"]


def test_a_point_says_what_its_claim_says() -> None:
    point = drawn([("2020", 1.0), ("2021", 2.0)], role=["own", "baseline"]).points[1]
    assert point["aria-label"] == "M1: 1, 2021, quoted baseline\nT"


def test_a_limit_that_the_claims_come_near_has_a_line() -> None:
    (line,) = drawn([("2020", 60.0), ("2021", 99.0)], limit=100.0).of("limit")
    assert at(line, "top") == plot.INSIDE


def test_words_of_papers_are_escaped() -> None:
    hostile = '"><script>x</script>'
    found = drawn(LINES, model=hostile, title=hostile, printed=hostile)
    assert {tag for tag, _ in found.found} == {"div", "span", "i", "a"}
    assert all(hostile in point["aria-label"].replace("\u2060", "") for point in found.points)
    assert not any("</" in point["aria-label"] for point in found.points)  # Streamlit's sanitizer would drop it


def test_sizes_stand_on_a_log_scale() -> None:
    chart = charts.size_against_score(
        frame(LINES, subject_parameters=[1e8, 1e9, 1e10, 1e11, 1e12]), higher_is_better=True, axis="accuracy"
    )
    html = plot.plot(chart, "subject_parameters", words="By size", axis="accuracy", way=str, up=True)
    places = [at(point, "left") for point in Elements(html).points]
    gaps = [right - left for left, right in pairwise(places)]
    assert gaps == pytest.approx([gaps[0]] * 4, abs=0.02)
    assert ">100M</span>" in html
    assert ">1T</span>" in html


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_an_axis_of_numbers_has_a_few_round_ticks(low: float, span: float) -> None:
    axis = plot.level(low, low + span)
    places = [value for value, _ in axis.ticks]
    assert 2 <= len(places) <= plot.MOST_TICKS + 1
    assert all(plot.INSIDE - 0.1 <= axis.place(value) <= 100.1 - plot.INSIDE for value in places)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (34.0, 99.0, ["40", "60", "80"]),
        (0.912, 0.951, ["0.92", "0.93", "0.94", "0.95"]),
        (7.0, 7.0, ["6.8", "7.0", "7.2"]),
        (-3.0, 12.0, ["0", "5", "10"]),
        (0.0, 3e6, ["0", "500K", "1M", "1.5M", "2M", "2.5M", "3M"]),
    ],
)
def test_ticks_of_scores_are_round(low: float, high: float, ticks: list[str]) -> None:
    assert [words for _, words in plot.level(low, high).ticks] == ticks


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("2012-03-04", "2024-12-15", ["2014", "2016", "2018", "2020", "2022", "2024"]),
        ("2020-01-01", "2024-01-01", ["2020", "2021", "2022", "2023", "2024"]),
        ("2023-02-03", "2023-06-09", ["2023-03", "2023-04", "2023-05", "2023-06"]),
        ("2023-02-03", "2023-02-20", ["2023-02-03", "2023-02-20"]),
        ("2023-02-03", "2023-02-03", ["2023-02"]),
    ],
)
def test_ticks_of_time_are_beginnings(low: str, high: str, ticks: list[str]) -> None:
    days = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (low, high)]
    assert [words for _, words in plot.times(*days).ticks] == ticks


@given(st.dates(), st.integers(0, 60_000))
def test_an_axis_of_time_has_a_few_ticks_within_it(first: Any, days: int) -> None:
    low = datetime(max(first.year, 1971), first.month, min(first.day, 28), tzinfo=UTC)
    if low.year + days // 365 > 9990:
        return
    axis = plot.times(low, low + timedelta(days=days))
    assert 1 <= len(axis.ticks) <= plot.MOST_TICKS
    assert all(0 <= axis.place(value) <= 100 for value, _ in axis.ticks)


@given(st.floats(1e3, 1e14), st.floats(1, 1e6))
def test_an_axis_of_sizes_has_a_few_ticks_within_it(low: float, factor: float) -> None:
    axis = plot.sizes(low, low * factor)
    assert 1 <= len(axis.ticks) <= plot.MOST_TICKS
    assert all(plot.INSIDE - 0.1 <= axis.place(value) <= 100.1 - plot.INSIDE for value, _ in axis.ticks)
