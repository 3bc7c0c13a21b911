"""Words of papers cannot become markup, links or formulas."""

from __future__ import annotations

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import safe


@pytest.mark.parametrize(
    "address", ["https://arxiv.org/abs/1234.5678", "http://example.org:8080/a?b=c#d", "HTTPS://EXAMPLE.ORG"]
)
def test_plain_links_pass(address: str) -> None:
    assert safe.url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        3,
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:pass@example.org",
        "https://user@example.org",
        "https://exa mple.org",
        "https://example.org/\nx",
        "https://example.org/\u202ex",
        "https://example.org\\@evil.example",
        "https://example.org:99999",
        "https://[::1",
        " https://example.org",
        "https://example.org/" + "x" * 2000,
        'https://example.org/"x',
        "https://example.org/<x>",
    ],
)
def test_other_links_do_not(address: object) -> None:
    assert safe.url(address) is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "\nx", "  =1", "\u00a0=1", *"＝＋－＠"])
def test_formulas_are_neutralised(text: str) -> None:
    assert safe.cell(text) == "'" + text


@pytest.mark.parametrize("value", ["GPT-4", "91.2%", "", -1.5, 0, None, True])
def test_other_cells_stay(value: object) -> None:
    assert safe.cell(value) == value


def test_missing_values_are_empty() -> None:
    assert safe.to_csv(["a", "b", "c"], [(None, math.nan, -1.5)]) == b"a,b,c\r\n,,-1.5\r\n"


@given(st.lists(st.tuples(st.text(), st.floats(allow_nan=False)), max_size=5))
def test_csv_comes_back(rows: list[tuple[str, float]]) -> None:
    data = safe.to_csv(["text", "number"], rows).decode()
    back = list(csv.reader(io.StringIO(data, newline="")))
    expected = [[str(safe.cell(text.encode("utf-8", "replace").decode())), str(number)] for text, number in rows]
    assert back[1:] == expected


def test_headings_are_escaped_and_cut() -> None:
    assert safe.heading("<b>&\u202e", 3) == "<h3>&lt;b&gt;&amp; </h3>"
    assert len(safe.plain("x" * 10_000)) == 300
