"""Charts as HTML: axes with round ticks, marks that are links in the right places and say what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, colours, overviews
from dashboard.plots import axes, bars, marks, paths, rows, scores, style, tiles

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


def claim(row: Mapping[str, Any]) -> str:
    return f"?claim={row['claim_id']}"


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
    return Elements(scores.plot(chart, "Score over time", claim, across="when", axis="accuracy", up=up))


def at(element: dict[str, str], side: str) -> float:
    return float(re.search(rf"{side}:([0-9.-]+)%", element["style"])[1])  # type: ignore[index] # it is there, or the test fails


def test_every_point_leads_to_its_claim_in_order_of_time() -> None:
    points = drawn(LINES).points
    assert [point["href"] for point in points] == [f"?claim=c{n}" for n in range(5)]
    places = [at(point, "left") for point in points]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (axes.INSIDE, 100 - axes.INSIDE)
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
    assert ends[-1] == pytest.approx(100 - axes.INSIDE)


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
    assert at(line, "top") == axes.INSIDE


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
    html = scores.plot(chart, "By size", claim, across="subject_parameters", axis="accuracy", up=True)
    places = [at(point, "left") for point in Elements(html).points]
    gaps = [right - left for left, right in pairwise(places)]
    assert gaps == pytest.approx([gaps[0]] * 4, abs=0.02)
    assert ">100M</span>" in html
    assert ">1T</span>" in html


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_an_axis_of_numbers_has_a_few_round_ticks(low: float, span: float) -> None:
    axis = axes.level(low, low + span)
    places = [value for value, _ in axis.ticks]
    assert 2 <= len(places) <= axes.MOST_TICKS + 1
    assert all(axes.INSIDE - 0.1 <= axis.place(value) <= 100.1 - axes.INSIDE for value in places)


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
    assert [words for _, words in axes.level(low, high).ticks] == ticks


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
    assert [words for _, words in axes.times(*days).ticks] == ticks


@given(st.dates(), st.integers(0, 60_000))
def test_an_axis_of_time_has_a_few_ticks_within_it(first: Any, days: int) -> None:
    low = datetime(max(first.year, 1971), first.month, min(first.day, 28), tzinfo=UTC)
    if low.year + days // 365 > 9990:
        return
    axis = axes.times(low, low + timedelta(days=days))
    assert 1 <= len(axis.ticks) <= axes.MOST_TICKS
    assert all(0 <= axis.place(value) <= 100 for value, _ in axis.ticks)


@given(st.floats(1e3, 1e14), st.floats(1, 1e6))
def test_an_axis_of_sizes_has_a_few_ticks_within_it(low: float, factor: float) -> None:
    axis = axes.sizes(low, low * factor)
    assert 1 <= len(axis.ticks) <= axes.MOST_TICKS
    assert all(axes.INSIDE - 0.1 <= axis.place(value) <= 100.1 - axes.INSIDE for value, _ in axis.ticks)


def elements(html: str) -> Elements:
    """The elements of a plot, of which exactly one mark is a stop of the tab key, where any is a link."""
    found = Elements(html)
    stops = [point for point in found.points if point["tabindex"] == "0"]
    assert stops == found.points[:1]
    assert all(point["aria-label"] for point in found.points)
    return found


HOSTILE = '"><script>x</script>-->'


def board(**more: Any) -> pd.DataFrame:
    """Two systems on one board."""
    columns: dict[str, Any] = {
        "claim_id": ["a", "b"],
        "model": ["X", "Y"],
        "score": [50.0, 70.0],
        "shown": ["50", "70%"],
        "printed": ["50", "70%"],
        "role": ["own", "other"],
        "bound": ["exact", "up_to"],
        "date": ["2020", "2021"],
        "title": ["T", "T"],
    }
    return pd.DataFrame(columns | more)


def test_systems_on_a_board_stand_in_rows_of_their_own() -> None:
    found = elements(rows.dots(overviews.dots(board(), axis="accuracy"), "Claims", claim, axis="accuracy"))
    first, second = found.points
    assert [first["href"], second["href"]] == ["?claim=a", "?claim=b"]
    assert at(first, "left") < at(second, "left")
    assert [at(first, "top"), at(second, "top")] == [25, 75]
    assert first["aria-label"] == "X: 50, 2020, own result\nT"
    assert {"other", "hollow"} <= set(second["class"].split())


def test_claims_with_a_finding_stand_above_the_others() -> None:
    strip = charts.strip(board().assign(flag=[True, None]), axis="accuracy")
    found = elements(rows.strip(strip, "Claims", claim, axis="accuracy"))
    (flagged,), (plain,) = found.of("flagged"), found.of("plain")
    assert (flagged["href"], plain["href"]) == ("?claim=a", "?claim=b")
    assert at(flagged, "top") < at(plain, "top")


def test_precision_and_recall_have_lines_and_whiskers_where_an_interval_is_known() -> None:
    figures = {"level": ["l", "l"], "part": ["precision", "recall"], "value": [0.9, 0.6]}
    chart = overviews.quality(pd.DataFrame({**figures, "low": [None, 0.4], "high": [None, 0.7]}))
    found = elements(rows.quality(chart, "Figures", lambda _: ""))
    signs = [attrs for tag, attrs in found.found if tag == "b"]
    assert [sign["aria-label"] for sign in signs] == ["l: precision 90.0%", "l: recall 60.0%, 40.0% to 70.0%"]
    assert at(signs[0], "top") < at(signs[1], "top")
    (whisker,) = found.of("whisker")
    assert at(whisker, "left") < at(signs[1], "left") < at(whisker, "left") + at(whisker, "width")


def placed(*places: tuple[str, str, float]) -> Elements:
    columns = list(zip(*places, strict=True))
    frame = pd.DataFrame({"model": columns[0], "board": columns[1], "place": columns[2], "printed": "1"})
    frame = frame.assign(claim_id=[f"c{n}" for n in range(len(frame))])
    return elements(paths.slopes(overviews.slopes(frame), "Places", claim))


def test_lines_through_places_rise_and_fall_and_a_gap_breaks_them() -> None:
    gap = float("nan")
    found = placed(("X", "p", 1), ("X", "q", 2), ("X", "r", 1), ("Y", "p", 2), ("Y", "q", 1), ("Y", "r", gap))
    assert [point["aria-label"] for point in found.points][:2] == ["X: place 1 on p, 1", "X: place 2 on q, 1"]
    lines = [(line["class"], at(line, "left"), at(line, "width")) for line in found.of("slope")]
    assert [looks for looks, _, _ in lines] == ["slope fall s0", "slope rise s0", "slope rise s1"]
    assert len(found.points) == 5
    assert at(found.points[0], "top") < at(found.points[1], "top")


def test_two_systems_of_one_place_stand_side_by_side() -> None:
    found = placed(("X", "p", 1), ("Y", "p", 1), ("X", "q", 1), ("Y", "q", 2))
    assert [point["style"].count("+ 0px") for point in found.points] == [1, 1, 0, 1]


def test_boards_on_one_scale_go_from_their_first_to_their_best() -> None:
    when = pd.to_datetime(["2020-01-01", "2021-01-01", "2020-06-01", "2020-09-01"])
    moves = pd.DataFrame({"claim_id": list("abcd"), "when": when, "way": [0.0, 1.0, 0.0, 1.0], "board": list("ppqq")})
    chart = overviews.relative_steps(moves.assign(model="X", printed="1", date="2020"))
    found = elements(paths.relative_steps(chart, "Moves", claim))
    tops = [at(point, "top") for point in found.points]
    assert tops == [100 - axes.INSIDE, axes.INSIDE] * 2
    assert [step["class"].split()[-1] for step in found.of("step")] == ["s0", "s0", "s1", "s1"]
    assert at(found.of("step")[-1], "left") + at(found.of("step")[-1], "width") == pytest.approx(100 - axes.INSIDE)


def share(element: dict[str, str]) -> float:
    return float(element["style"].partition("--share:")[2])


def test_bars_are_as_long_as_their_shares() -> None:
    chart = charts.shares(pd.DataFrame({"part": ["papers", "claims"], "share": [0.5, 1.0]}))
    found = elements(bars.shares(chart, "Known", lambda row: f"?part={row['part']}"))
    assert [row["href"] for row in found.of("row")] == ["?part=papers", "?part=claims"]
    assert [share(bar) for bar in found.of("bar")] == [0.5, 1.0]


def test_findings_per_check_are_parted_by_level_the_check_with_most_first() -> None:
    counts = {"check_name": ["a", "b", "b"], "level": ["note", "note", "error"], "findings": [1, 2, 6]}
    html = bars.checks(charts.checks(pd.DataFrame(counts)), "Findings", lambda row: f"?{row['check_name']}")
    found = elements(html)
    assert [bar["aria-label"] for bar in found.of("bar")] == ["b: 6 errors", "b: 2 notes", "a: 1 note"]
    assert [share(bar) for bar in found.of("bar")] == [0.75, 0.25, 0.125]
    assert ">6 errors, 2 notes</span>" in html


def test_columns_are_as_high_as_their_numbers() -> None:
    years = pd.DataFrame({"year": ["2020", "2021", "undated"], "papers": [40, 20, 0], "known": [30, 20, 0]})
    html = bars.papers_by_year(overviews.papers_by_year(years), "Papers", lambda row: f"?year={row['year']}")
    found = elements(html)
    heights = [at(bar, "height") for bar in found.of("bar")]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.02)
    assert heights[2] == 0
    assert [at(full, "height") for full in found.of("full")][:2] == [75, 100]
    assert found.of("column")[0]["aria-label"] == "2020: 40 papers, 30 with a claim"
    assert "nan" not in html


def test_of_many_columns_only_some_have_their_names_below() -> None:
    frame = pd.DataFrame({"year": [str(year) for year in range(1990, 2025)], "records": 1, "boards": 1})
    found = elements(bars.records(overviews.records(frame), "Records", lambda row: f"?{row['year']}"))
    assert len(found.of("date")) - len(found.of("minor")) <= bars.MOST_NAMES


def test_tiles_stand_in_lines_of_years_and_a_missing_one_is_blank() -> None:
    counts = {"year": ["2020", "2021", "2021"], "kind": ["score", "score", "size"], "claims": [4, 100, 1]}
    html = tiles.counts_by_year(charts.counts_by_year(pd.DataFrame(counts)), "Claims", lambda row: f"?{row['year']}")
    found = elements(html)
    cells = [name for name, attrs in found.found if name == "i" and not attrs] + found.of("tile") + found.of("head")
    assert len(cells) == 9
    depths = [float(re.search(r"--depth:(\d+)%", tile["style"])[1]) for tile in found.of("tile")]  # type: ignore[index] # it is there, or the test fails
    assert depths == [11, tiles.DARKEST, 6]
    assert found.of("tile")[1]["aria-label"] == "2021, scores: 100 claims"


def test_a_tile_says_how_many_lack_a_field() -> None:
    lacking = {"field": ["metric"], "kind": ["score"], "share": [0.25], "missing": [1], "total": [4]}
    found = elements(tiles.missing(overviews.missing(pd.DataFrame(lacking)), "Lacking", lambda _: "?"))
    assert found.of("tile")[0]["aria-label"] == "metric, scores: 1 of 4 lack it, 25.0%"


@pytest.mark.parametrize(
    "html",
    [
        rows.dots(overviews.dots(board(model=HOSTILE, shown=HOSTILE, title=HOSTILE), axis="x"), "w", claim, axis="x"),
        rows.strip(charts.strip(board(model=HOSTILE, printed=HOSTILE, flag=True), axis="x"), "w", claim, axis=HOSTILE),
        bars.gains(
            overviews.gains(pd.DataFrame({"step": ["0–1"], "claims": [2]}), unit=HOSTILE), HOSTILE, str, unit=HOSTILE
        ),
        marks.mark("?" + HOSTILE, HOSTILE),
    ],
)
def test_hostile_words_stay_words_in_every_plot(html: str) -> None:
    found = Elements(html)
    assert {tag for tag, _ in found.found} <= {"div", "span", "i", "a", "b"}
    assert not any("-->" in label or "</" in label for _, a in found.found if (label := a.get("aria-label")))


def test_every_system_or_board_has_a_colour_a_marker_and_a_dash_of_its_own() -> None:
    for number in range(8):
        assert f".s{number} {{ --ink: var(--series-{number});" in style.CSS
        assert f".m{number} {{" in style.CSS
        assert f".slope.s{number} {{" in style.CSS


def test_every_colour_that_the_style_sheet_uses_is_defined() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)[,)]", style.CSS))
    own = {"ink", "share", "room", "depth", "across", "lines", "on", "off"}
    assert used - own <= set(colours.PAIRS)


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


MARKS = [*colours.SERIES, *charts.ROLES, *charts.LEVELS, "best"]


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("name", MARKS)
def test_marks_stand_out_from_the_page_in_both_themes(name: str, theme: int) -> None:
    light, dark = sorted((luminance(colours.PAIRS[one][theme]) for one in (name, "page")), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3
