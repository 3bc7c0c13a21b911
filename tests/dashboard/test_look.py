"""Words for values: systems without a name, ranks in doubt, numbers without the marks of TeX."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import look


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("FooNet", "own", "On Foo", "2024-05"), "FooNet"),
        ((None, "own", "FooNet: A Study of Foo", "2024-05"), "unnamed · FooNet, 2024"),
        ((float("nan"), "baseline", "On Foo", None), "unnamed baseline · On Foo"),
        ((None, "other", "", None), "unnamed system"),
        (
            (None, "own", "A Long Title that Goes On and On for Ever", ""),
            "unnamed · A Long Title that Goes On and On…",
        ),
    ],
)
def test_a_system_without_a_name_refers_to_its_paper(given: tuple[object, ...], shown: str) -> None:
    assert look.system(*given) == shown


def test_ranks_in_doubt_are_a_range() -> None:
    held = pd.Series([2, 5, None], dtype="Int64")
    assert [look.ranks(low, high) for low, high in zip(held, held + 2, strict=True)] == ["2–4", "5–7", ""]
    assert look.ranks(3, 3) == ""
    assert not look.ranks(float("nan"), 4)


@pytest.mark.parametrize(
    ("number", "shown"), [(r"88\%", "88%"), (r"68$\%", "68%"), ("$55.2$", "55.2"), ("$1,000", "$1,000"), ("9.5", "9.5")]
)
def test_numbers_lose_the_marks_of_tex(number: str, shown: str) -> None:
    assert look.printed(number, "exact") == shown


def test_numbers_of_things_have_their_plural_and_their_commas() -> None:
    assert look.counted(1, "boards") == "1 board"
    assert look.counted(0, "boards") == "0 boards"
    assert look.counted(1905, "boards") == "1,905 boards"


@pytest.mark.parametrize(
    ("metric", "unit", "shown"),
    [
        ("accuracy", "percent", "accuracy (percent)"),
        ("perplexity", "none", "perplexity"),
        ("tokens", "tokens", "tokens"),
        ("training FLOPs", "flops", "training FLOPs"),
        ("", "points", "value (points)"),
        (None, "", "value"),
    ],
)
def test_an_axis_says_its_unit_where_the_metric_does_not(metric: str | None, unit: str, shown: str) -> None:
    assert look.axis(metric, unit) == shown


def test_what_tex_prints_is_shown_as_it_would_look() -> None:
    assert look.printed(r"120.63 \pm 21.40", "exact") == "120.63 ± 21.40"
    assert look.printed(r"33.5\%", "exact") == "33.5%"


def test_a_cell_has_a_system_in_few_letters() -> None:
    title = "Finding the way out of every maze that there is"
    assert look.listed(None, "own", title) == "unnamed · Finding the way out of…"
    assert look.listed("Theseus", "own", title) == "Theseus"
