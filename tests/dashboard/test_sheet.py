"""Tables as HTML: their own tags whatever a cell holds, links where they lead, numbers that can be sorted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import sheet
from dashboard.sheet import Column

TAGS = {"div", "table", "thead", "tbody", "tr", "th", "td", "a", "i"}


class Reader(HTMLParser):
    """Tags, attributes and words of a piece of HTML."""

    def __init__(self, text: str) -> None:
        """Read it."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words.append(data)


def cells(text: str) -> list[str]:
    return re.findall(r"<td[^>]*>.*?</td>", text)


@given(st.lists(st.text(), min_size=1, max_size=4), st.text(max_size=40))
def test_no_text_makes_a_tag_or_an_attribute(texts: list[str], name: str) -> None:
    """Only the tags of tables, with the attributes that we write, and a link only to where we say."""
    data = pd.DataFrame({"A": texts, "B": texts})
    made = sheet.table(
        data, {"B": Column(label=name, kind="link", help=name)}, alt=name, rows=["?view=about"] * len(texts)
    )
    read = Reader(made)
    assert {tag for tag, _ in read.tags} <= TAGS
    allowed = {
        "class",
        "style",
        "role",
        "aria-label",
        "data-row",
        "tabindex",
        "scope",
        "title",
        "href",
        "target",
        "rel",
    }
    assert {key for _, given in read.tags for key in given} <= allowed
    links = [given["href"] for tag, given in read.tags if tag == "a" and "target" not in given]
    assert links == ["?view=about"] * len(texts)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=80))
def test_a_cell_says_its_text_to_the_letter(text: str) -> None:
    assert "".join(Reader(sheet.table(pd.DataFrame({"A": [text]}), {}, alt="a table")).words) == f"A{text}"


def test_cells_lead_where_their_column_or_else_their_row_does() -> None:
    """Columns that share their addresses follow the first of them; the first free or pinned column has the row's."""
    words = ["?claim=1", None]
    data = pd.DataFrame({"Rank": [1, 2], "Model": ["x", "y"], "Best": ["3", ""], "Date": ["a", "b"]})
    made = sheet.table(
        data,
        {"Model": Column(pinned=True), "Rank": Column(kind="number")},
        alt="boards",
        rows=["?bench=one", "?bench=two"],
        cells={"Best": words, "Date": words},
    )
    one, two = cells(made)[:4], cells(made)[4:]
    assert 'data-row="1"' in made
    assert "<a" not in one[0] + one[3] + two[2]
    assert '<a href="?bench=one" tabindex="-1">x</a>' in one[1]
    assert '<a href="?claim=1" tabindex="-1">3</a>' in one[2]
    assert 'data-as="2"' in one[3]
    assert "data-as" not in one[0]


def test_a_table_without_ways_has_none() -> None:
    made = sheet.table(pd.DataFrame({"A": ["x"]}), {}, alt="facts")
    assert "<a" not in made
    assert "data-row" not in made
    assert 'class="sheet"' in made


def test_numbers_keep_what_they_are_sorted_by() -> None:
    data = pd.DataFrame({"Size": [7e9, None], "Score": [50.0, 100.0]})
    columns = {
        "Size": Column(kind="number", words=lambda n: f"{n / 1e9:g}B"),
        "Score": Column(kind="bar", words="{:.1f}".format, low=0.0, high=200.0),
    }
    one, two, three, four = cells(sheet.table(data, columns, alt="sizes"))
    assert one.endswith(' data-v="7000000000">7B</td>')
    assert two.endswith('data-v="50" style="--share: 0.250">50.0</td>')
    assert three == '<td class="right"></td>'
    assert "--share: 0.500" in four


def test_a_bar_never_leaves_its_cell() -> None:
    bar = {"A": Column(kind="bar", low=10.0, high=20.0)}
    shares = re.findall(r"--share: ([\d.]+)", sheet.table(pd.DataFrame({"A": [0.0, 99.0]}), bar, alt="bars"))
    assert shares == ["0.000", "1.000"]
    flat = {"A": Column(kind="bar", low=5.0, high=5.0)}
    assert "--share: 0.000" in sheet.table(pd.DataFrame({"A": [5.0]}), flat, alt="bars")


def test_a_trend_tells_its_ends_in_words_and_one_number_is_none() -> None:
    made = cells(sheet.table(pd.DataFrame({"T": [[1.0, 3.5], [2.0], None]}), {"T": Column(kind="trend")}, alt="trends"))
    assert 'aria-label="from 1 to 3.5 in 2 steps"' in made[0]
    assert "polygon(0 100%,0% 90%,50% 90%,50% 15%,100% 15%,100% 100%)" in made[0]
    assert made[1:] == ['<td class="trend"></td>'] * 2


def test_only_plain_links_lead_out() -> None:
    data = pd.DataFrame({"Source": ["https://papers.example/1", "javascript:alert(1)", None]})
    made = cells(sheet.table(data, {"Source": Column(kind="link")}, alt="sources"))
    assert 'href="https://papers.example/1" target="_blank" rel="noopener noreferrer nofollow"' in made[0]
    assert made[1:] == ["<td></td>"] * 2


@pytest.mark.parametrize(("text", "told"), [("short", False), ("a title far too long for its column", True)])
def test_what_may_not_fit_is_told_in_full(text: str, told: bool) -> None:
    assert (
        "title=" in cells(sheet.table(pd.DataFrame({"A": [text]}), {"A": Column(width=80)}, alt="titles"))[0]
    ) is told


def test_a_table_without_lines_is_a_head() -> None:
    made = sheet.table(pd.DataFrame({"A": []}), {}, alt="nothing")
    assert "<tbody></tbody>" in made
