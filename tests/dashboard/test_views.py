"""Every page as Streamlit draws it, without a browser: right content, no exception whatever the address or the file."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import dictionary, frame, lines, look, quality, reports, store, views
from dashboard.state import State, read, write
from dashboard.views import coverage
from leaderboard import table

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
Draw = Callable[..., AppTest]


@pytest.fixture
def draw(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draw the page at an address: `draw(view="sanity", q="x")`, with the parts of these keys `opened`."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    monkeypatch.setenv("LEADERBOARD_DIR", str(folder))

    def drawn(where: Path | None = None, opened: Sequence[str] = (), **params: str | list[str]) -> AppTest:
        if where:
            monkeypatch.setenv("LEADERBOARD_DIR", str(where))
        test = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in params.items():
            test.query_params[name] = value
        for key in opened:
            test.session_state[key] = True
        test.run()
        assert [e.value for e in test.exception] == []
        return test

    return drawn


def html(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


class Grids(HTMLParser):
    """Tables of a page as lists of rows: the words of each cell, of a link out of the dashboard its address."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.grids: list[list[list[str]]] = []
        self.inside = self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        given = dict(attrs)
        if tag == "table" and given.get("role") == "grid":
            self.inside = True
            self.grids.append([])
        elif self.inside and tag == "tr":
            self.grids[-1].append([])
        elif self.inside and tag in {"th", "td"}:
            self.grids[-1][-1].append("")
        elif self.inside and given.get("target") == "_blank":
            self.grids[-1][-1][-1] = str(given["href"])
            self.silent = True

    def handle_endtag(self, tag: str) -> None:
        """End a table, or a link whose address stands for it."""
        self.inside &= tag != "table"
        self.silent &= tag != "a"

    def handle_data(self, data: str) -> None:
        """Words of a cell."""
        if self.inside and not self.silent:
            self.grids[-1][-1][-1] += data


def tables(test: AppTest) -> list[pd.DataFrame]:
    """The tables of a page."""
    reader = Grids()
    for element in test.get("html"):
        reader.feed(str(element.proto.body))
    return [pd.DataFrame(rows, columns=head) for head, *rows in reader.grids]


def claim_of(folder: Path, model: str) -> str:
    with duckdb.connect(
        str(folder / store.FILE), read_only=True, config={"enable_external_access": "false"}
    ) as connection:
        row = connection.execute(
            "SELECT claim_id FROM board_rows WHERE model = ? ORDER BY rank LIMIT 1", [model]
        ).fetchone()
    assert row
    return str(row[0])


def test_the_set_of_pages_is_open_and_each_has_its_parts() -> None:
    pages = views.pages()
    assert list(pages) == [
        "leaderboard",
        "benchmark",
        "claim",
        "compare",
        "trends",
        "sanity",
        "coverage",
        "about",
    ]
    for page in pages.values():
        assert page.TITLE
        assert page.__doc__
        assert isinstance(page.ORDER, int)
        assert isinstance(page.IN_MENU, bool)
        assert callable(page.render)


def test_the_leaderboard_has_one_row_per_board(draw: Draw) -> None:
    test = draw()
    assert "5 boards from 245 claims" in html(test)
    assert "not verified" in html(test)
    table = tables(test)[0]
    assert list(table["Benchmark"])[:2] == ["Crowd-230", "Mazes-10"]
    bank = table[table["Benchmark"] == "LangBank"].iloc[0]
    assert (bank["Metric"], bank["Best"], bank["Model"]) == ("perplexity ↓", "8.75", "Quill-9B")
    assert bank["Gain"] == "−3.35", "from 12.1"
    hostile = table[table["Benchmark"].str.startswith("<script>")].iloc[0]
    assert hostile["Source"] == ""


def test_a_board_is_ranked_with_ties_and_bounds(draw: Draw) -> None:
    test = draw(view="benchmark", bench="Mazes-10")
    table = tables(test)[0]
    assert list(table["Rank"]) == ["1", "2", "2", "4", "5", ""]
    assert list(table["Tie"]) == ["", "=", "=", "", "", ""]
    assert list(table["As printed"]) == ["91.2%", "88%", "88.0%", "79.4%", "75.5%", "over 90%"]
    assert table["Note"].iloc[-1] == "a lower bound, not ranked"
    assert "<span class='badge'>↑ higher is better</span> accuracy in percent · no condition stated" in html(test)
    assert "· 6 claims from 6 papers" in html(test)


def test_lower_is_better_puts_the_smallest_first(draw: Draw) -> None:
    test = draw(view="benchmark", bench="LangBank")
    assert list(tables(test)[0]["Score"]) == ["8.75", "12.10", "14.00", "18.30"]
    assert html(test).count('class="plot"') == 1


def test_score_against_size_is_drawn_when_it_is_asked_for(draw: Draw) -> None:
    shut = draw(view="benchmark", bench="LangBank")
    (label,) = [fold.proto.label for fold in shut.get("expander") if "model size" in fold.proto.label]
    assert label == "Score against model size (4 claims state it)"
    test = draw(opened=["folded-size"], view="benchmark", bench="LangBank")
    assert html(test).count('class="plot"') == 2
    assert "number of parameters; the line is the best at each size; perplexity" in html(test)


def test_lanes_can_be_switched_and_seen_together(draw: Draw) -> None:
    assert len(tables(draw(view="benchmark", bench="Mazes-10", lane="5-shot"))[0]) == 2
    both = tables(draw(view="benchmark", bench="Mazes-10", lane="*"))[0]
    assert sorted(set(both["Conditions"])) == ["", "5-shot"]


def test_a_long_board_comes_in_pages(draw: Draw) -> None:
    assert len(tables(draw(view="benchmark", bench="Crowd-230"))[0]) == 100
    second = tables(draw(view="benchmark", bench="Crowd-230", page="2"))[0]
    assert int(second["Rank"].iloc[0]) == 101
    assert len(tables(draw(view="benchmark", bench="Crowd-230", page="999"))[0]) == 30


def test_other_kinds_are_offered_where_a_board_is_missing(draw: Draw) -> None:
    test = draw(view="benchmark", bench="LangBank", kind="change")
    assert [b.label for b in test.button if b.label.startswith("Show its")] == ["Show its scores"]
    test.button(key="kind-score").click().run()
    assert len(tables(test)[0]) == 4


@pytest.mark.parametrize("view", ["benchmark", "claim"])
def test_a_claim_shows_its_words_and_findings(draw: Draw, folder: Path, view: str) -> None:
    test = draw(view=view, bench="Mazes-10", claim=claim_of(folder, "Theseus"))
    shown = html(test)
    assert '<mark class="number" title="the number">88%</mark>' in shown
    assert '<mark class="metric" title="metric">accuracy</mark>' in shown
    assert '<mark class="subject" title="system">Theseus</mark>' in shown
    assert "warning: gain against baseline" in shown
    assert "at a price of $5 &amp; &lt;less&gt;. So *good*." in shown


def test_hostile_words_are_escaped_everywhere(draw: Draw, folder: Path, invented: ModuleType) -> None:
    claim = claim_of(folder, invented.PWN)
    for params in (
        {"view": "claim"},
        {"view": "benchmark", "bench": invented.PWN},
        {"view": "sanity"},
        {"view": "coverage"},
        {"q": invented.PWN},
    ):
        test = draw(**params, claim=claim)
        assert "<script" not in html(test)
        assert "<img" not in html(test)
        for kind in (
            "markdown",
            "caption",
            "info",
            "warning",
            "error",
            "metric",
            "title",
            "header",
            "subheader",
            "table",
        ):
            assert all("evil.example" not in str(element) for element in test.get(kind)), kind


def test_the_sanity_page_counts_and_filters(draw: Draw) -> None:
    assert "2 findings, 0 more for review" in html(draw(view="sanity"))
    test = draw(view="sanity", level="warning")
    assert any(text.value.startswith("Showing 1.") for text in test.text)
    assert list(tables(test)[0]["Check"]) == ["gain against baseline"]


@pytest.mark.parametrize(
    "params", [{"q": "zzz"}, {"view": "sanity", "q": "zzz"}, {"view": "benchmark", "bench": "Mazes-10", "q": "zzz"}]
)
def test_an_empty_table_says_why_and_offers_the_way_out(draw: Draw, params: dict[str, str]) -> None:
    test = draw(**params)
    assert any("these filters: search “zzz”" in text.value for text in test.text)
    test.button(key="clear").click().run()
    assert len(tables(test)) == 1


@pytest.mark.parametrize(
    "params",
    [
        {"view": "nope"},
        {"view": "claim"},
        {"view": "claim", "claim": "nope"},
        {"view": "benchmark", "claim": "nope"},
        {"view": "benchmark", "bench": "nope"},
        {"view": "benchmark", "metric": "nope", "lane": "nope", "unit": "nope"},
        {"view": "sanity", "check": "nope"},
        {"view": "compare", "model": "nope"},
        {"view": "compare", "kind": "ratio"},
        {"view": "compare", "claim": "nope"},
        {"view": "trends", "boards": "nope"},
        {"view": "trends", "chart": "size", "kind": "ratio"},
        {"view": "trends", "chart": "nope", "scale": "nope", "claim": "nope"},
        {"view": "coverage", "claim": "nope"},
        {"page": "-1"},
        {"page": "1000000000"},
        {"q": "x" * 10_000},
        {"q": "\x00'\";--%_"},
        {"view": "about"},
        {"kind": "size"},
    ],
)
def test_no_address_breaks_a_page(draw: Draw, params: dict[str, str]) -> None:
    assert draw(**params).get("html")


def test_the_coverage_page_counts_what_is_known(draw: Draw, folder: Path) -> None:
    test = draw(view="coverage")
    assert "What this build covers" in html(test)
    build = store.open_build(folder)
    parts = reports.coverage(build).set_index("part")
    assert (parts.loc["papers with a claim", "known"], parts.loc["papers with a claim", "total"]) == (246, 246)
    assert parts.loc["claims on a board", "share"] == 1.0
    assert reports.claims_by_year(build)["claims"].sum() == 246
    assert dict(reports.claims_by_confidence(build).to_numpy().tolist()) == {0.4: 1.0, 0.9: 245.0}


def test_findings_for_review_are_kept_apart(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    invented.write(tmp_path)
    with duckdb.connect(str(tmp_path / store.FILE)) as connection:
        for table in ("findings", "finding_lines", "check_counts"):
            connection.execute(f"UPDATE {table} SET state = 'review'")  # noqa: S608 - our own names
    test = draw(where=tmp_path, view="sanity")
    assert "0 findings, 2 more for review" in html(test)
    test.button(key="review").click().run()
    assert list(tables(test)[0]["State"]) == ["review", "review"]
    assert "for review: gain against baseline" in html(draw(view="claim", claim=claim_of(tmp_path, "Theseus")))


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (State(bench="Mazes-10"), "Leaderboard – Claims leaderboard"),
        (State(view="benchmark", bench="Mazes-10", metric="accuracy"), "Mazes-10 · accuracy – Claims leaderboard"),
        (State(view="benchmark"), "Benchmark – Claims leaderboard"),
    ],
)
def test_the_window_is_called_by_what_it_shows(state: State, title: str) -> None:
    assert frame.window_title(state, views.pages()) == title


def test_titles_and_quotes_are_shown_without_tex(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    invented.write(tmp_path)
    printed, seen = "$\\textbf{Way}^2$ out: 5\\% and $6", "Way² out: 5% and $6"
    with duckdb.connect(str(tmp_path / store.FILE)) as connection:
        for table in ("papers", "board_rows", "claims", "finding_lines"):
            connection.execute(f"UPDATE {table} SET title = ?", [printed])  # noqa: S608 - our own names
        connection.execute("UPDATE finding_lines SET quote = ?", [printed])
    found = tables(draw(where=tmp_path, view="sanity"))[0]
    assert (set(found["Quote"]), set(found["Paper"])) == ({seen}, {seen})
    assert set(tables(draw(where=tmp_path, view="benchmark", bench="LangBank"))[0]["Paper"]) == {seen}
    assert f"<h3>{seen}</h3>" in html(draw(view="claim", claim=claim_of(tmp_path, "Theseus")))


def test_findings_are_shown_with_sentence_intervals_and_counts(draw: Draw) -> None:
    page = html(draw(view="sanity"))
    assert "0 errors" not in page
    assert "1 error<" in page
    assert "1 warning<" in page
    assert "outside every check" in page
    assert '<mark class="operand">' in page
    assert '<i class="no" style="left: ' in page
    assert '<i class="stated" style="left: ' in page
    assert "not measured" in page
    assert "<script" not in page


def test_findings_by_origin(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    assert any(text.value.startswith("Showing 2.") for text in draw(view="sanity", origin="paper").text)
    assert any("origin pipeline" in text.value for text in draw(view="sanity", origin="pipeline").text)
    invented.write(tmp_path)
    with duckdb.connect(str(tmp_path / store.FILE)) as connection:
        connection.execute("UPDATE finding_lines SET origin = 'pipeline' WHERE level = 'error'")
    test = draw(where=tmp_path, view="sanity", origin="pipeline")
    assert any(text.value.startswith("Showing 1.") for text in test.text)
    assert "probably our own reading" in html(test)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_build_is_explained(draw: Draw, tmp_path: Path, invented: ModuleType, share: float) -> None:
    file = invented.write(tmp_path)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    for view in ("leaderboard", "benchmark", "sanity"):
        test = draw(where=tmp_path, view=view)
        assert any("leaderboard build" in code.value for code in test.code) or len(tables(test)) == 1


def test_the_search_writes_the_address(draw: Draw) -> None:
    test = draw()
    test.text_input[0].set_value("langbank").run()
    assert test.query_params["q"] in ("langbank", ["langbank"])
    assert "1 board from 4 claims" in html(test)


def test_without_a_usable_build_the_page_says_what_to_do(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    def page() -> str:
        test = draw(where=tmp_path)
        assert any("leaderboard build" in code.value for code in test.code)
        words = html(test) + " ".join(text.value for text in test.text)
        assert store.FILE in words
        assert str(tmp_path) not in words
        return words

    assert "There is no build to show yet" in page()
    (tmp_path / store.FILE).write_bytes(b"x" * 5000)
    assert "The build cannot be read" in page()
    invented.write(tmp_path)
    with duckdb.connect(str(tmp_path / store.FILE)) as connection:
        connection.execute("DROP TABLE board_rows")
    assert "lacks what this version needs" in page()


def without_langbank(invented: ModuleType, folder: Path) -> Path:
    """A build like the invented one, short of one board, ready to be put in its place."""
    folder.mkdir()
    file: Path = invented.write(folder)
    with duckdb.connect(str(file)) as connection:
        connection.execute("DELETE FROM leaders WHERE benchmark = 'LangBank'")
        connection.execute("DELETE FROM boards WHERE benchmark = 'LangBank'")
        connection.execute("DELETE FROM board_rows WHERE board_no NOT IN (SELECT board_no FROM boards)")
        connection.execute("UPDATE meta SET value = 'feedbeef' WHERE key = 'snapshot'")
    return file


def test_a_replaced_build_is_offered_and_then_shown(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    invented.write(tmp_path)
    early, late = draw(where=tmp_path), draw(where=tmp_path)
    assert "5 boards" in html(early)
    assert not [button for button in early.button if button.key == "adopt"]
    without_langbank(invented, tmp_path / "other").replace(tmp_path / store.FILE)
    early.run()
    assert "5 boards" in html(early), "an open session keeps the build that it began with"
    assert any("snapshot feedbeef" in text.value for text in early.text)
    assert "4 boards" in html(draw(where=tmp_path)), "a new session begins with the newest"
    early.button(key="adopt").click().run()
    assert "4 boards" in html(early)
    assert not [button for button in early.button if button.key == "adopt"]
    late.query_params["view"] = "benchmark"
    late.query_params["bench"] = "LangBank"
    late.run()
    assert len(tables(late)[0]) == 4, "the old build is whole for those who still read it"


def test_a_new_build_that_cannot_be_read_is_not_offered(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    file = invented.write(tmp_path)
    test = draw(where=tmp_path)
    file.unlink()
    test.run()
    assert "5 boards" in html(test)
    file.write_bytes(b"half a file" * 500)
    test.run()
    assert "5 boards" in html(test)
    assert not [button for button in test.button if button.key == "adopt"]


def test_the_address_survives_the_round_through_a_page(draw: Draw) -> None:
    state = State(view="benchmark", bench="Mazes-10", minconf=0.5)
    params: dict[str, Any] = {name: str(value) for name, value in write(state).items()}
    test = draw(**params)
    assert dict(test.query_params) == params


def buttons(test: AppTest) -> set[str]:
    return {str(button.proto.label) for button in test.get("download_button")}


def test_systems_are_compared_board_by_board(draw: Draw) -> None:
    test = draw(opened=["more-compare"], view="compare", model=["Ariadne-70B", "Minos-7B"])
    assert "2 systems on 2 boards" in html(test)
    table = tables(test)[0]
    assert table[["Benchmark", "Conditions", "1. Ariadne-70B", "2. Minos-7B"]].to_numpy().tolist() == [
        ["Mazes-10", "5-shot", "93.0% ★", "81.0%"],
        ["Mazes-10", "", "91.2% ★", "79.4% ■"],
    ]
    assert "<h4>Mazes-10 · accuracy · 5-shot</h4>" in html(test)
    assert {"Save as SVG", "Save as PNG", "The whole table, without filters (zip)"} <= buttons(test)


def test_what_is_not_claimed_is_blank(draw: Draw) -> None:
    test = draw(view="compare", model=["Ariadne-70B", "Quill-9B"], rows="all")
    table = tables(test)[0]
    assert sorted(map(tuple, table[["Benchmark", "1. Ariadne-70B", "2. Quill-9B"]].to_numpy().tolist())) == [
        ("LangBank", "", "8.75"),
        ("Mazes-10", "91.2%", ""),
        ("Mazes-10", "93.0%", ""),
    ]
    assert "★" not in str(table.to_numpy().tolist()), "alone on a board nobody leads"


def test_systems_that_never_meet_are_told_so(draw: Draw) -> None:
    test = draw(view="compare", model=["Ariadne-70B", "Quill-9B"])
    assert any("meet on no board" in text.value for text in test.text)
    test.button(key="all-boards").click().run()
    assert len(tables(test)[0]) == 3


def test_a_cell_leads_to_its_own_claim_and_a_blank_one_nowhere(draw: Draw, folder: Path) -> None:
    shown = html(draw(view="compare", model=["Ariadne-70B", "Quill-9B"], rows="all"))
    claim = claim_of(folder, "Quill-9B")
    assert f"&amp;claim={claim}&amp;model=Ariadne-70B&amp;model=Quill-9B" in shown
    assert len(re.findall(r'<a href="[?]view=compare', shown)) == 3, "three values, and no link in the blank cells"


def test_the_comparison_opens_a_claim_beside_it(draw: Draw, folder: Path) -> None:
    test = draw(view="compare", claim=claim_of(folder, "Minos-7B"))
    assert '<mark class="subject" title="system">Minos-7B</mark>' in html(test)
    assert "systems on" in html(test)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "The best claims over time"),
        ({"scale": "relative"}, "Normalised: 0% is the first dated claim of a board"),
        ({"chart": "size"}, "no system of the same or a smaller size beats (Pareto)"),
        ({"chart": "records"}, "times a best claim was beaten"),
        ({"chart": "gains"}, "1 claimed gain<"),
    ],
)
def test_trends_draw_what_is_asked_for(draw: Draw, params: dict[str, str], words: str) -> None:
    test = draw(view="trends", **params)
    assert words in html(test)
    assert 'class="plot' in html(test)
    assert {"Save as SVG", "Save as PNG"} <= buttons(test)
    nothing = draw(view="trends", **params, **{"from": "2030"})
    assert any("these filters: from 2030" in text.value for text in nothing.text)


def test_boards_are_followed_by_their_ids(draw: Draw, folder: Path) -> None:
    found = lines.boards_to_follow(store.open_build(folder), "score").set_index("benchmark")
    test = draw(view="trends", boards=str(found.loc["LangBank", "board_id"]))
    assert "<h4>LangBank · perplexity</h4>" in html(test)
    assert "Crowd-230" not in html(test)
    assert html(test).count('class="plot"') == 1


def test_a_step_of_the_records_opens_its_claim(draw: Draw, folder: Path) -> None:
    test = draw(view="trends", chart="records", claim=claim_of(folder, "Theseus"))
    assert '<mark class="number" title="the number">88%</mark>' in html(test)


def test_coverage_lists_the_claims_of_a_year_and_kind(draw: Draw, folder: Path) -> None:
    build = store.open_build(folder)
    query = "SELECT year, kind, claims FROM year_counts WHERE year <> 'undated' ORDER BY claims LIMIT 1"
    year, kind, number = build.frame(query).iloc[0]
    test = draw(view="coverage", kind=str(kind), **{"from": str(year), "to": str(year)})
    assert f"<h3>{number:,} {look.KINDS[kind].lower()} of {year}</h3>" in html(test)
    assert len(tables(test)[0]) == number
    assert "Click a tile" in html(draw(view="coverage"))


@pytest.mark.parametrize(
    ("listed", "condition", "heading"),
    [
        ("lacks-benchmark", "benchmark IS NULL AND kind = 'score'", "scores that lack: benchmark"),
        ("lacks-setting", "setting IS NULL AND kind = 'score'", "scores that lack: conditions"),
        ("has-board", "claim_id IN (SELECT claim_id FROM board_rows)", "claims on a board"),
        ("has-date", "date IS NOT NULL", "claims of papers with a date"),
        ("sure-0.4", "confidence BETWEEN 0.4 AND 0.4999", "claims with a confidence from 0.4 to 0.5"),
        ("undated", "date IS NULL AND kind = 'score'", "scores of papers without a date"),
    ],
)
def test_coverage_lists_what_a_tile_or_bar_counts(
    draw: Draw, folder: Path, listed: str, condition: str, heading: str
) -> None:
    number = store.open_build(folder).frame(f"SELECT count(*) AS n FROM claims WHERE {condition}")["n"].iloc[0]  # noqa: S608 - our own conditions
    test = draw(view="coverage", listed=listed)
    assert f"<h3>{number:,} {heading}</h3>" in html(test)
    found = [table for table in tables(test) if "System" in table]
    assert [len(table) for table in found] == [min(number, store.PAGE_ROWS)]


def test_a_click_in_coverage_lists_and_a_second_one_closes() -> None:
    plain = State(view="coverage")
    score = {"kind": "score"}
    for opens, mark, address in (
        (coverage._lacking, {"field": "size of the system", **score}, {"listed": "lacks-subject_parameters"}),
        (coverage._having, {"part": "claims on a board"}, {"listed": "has-board"}),
        (coverage._sure, {"confidence": 0.8}, {"listed": "sure-0.8"}),
        (lambda state, _: coverage._year(state, "2024", "score"), {}, {"since": "2024", "until": "2024"}),
        (lambda state, _: coverage._year(state, "undated", "score"), {}, {"listed": "undated"}),
    ):
        target = opens(plain, mark)
        assert target == replace(plain, **address)
        assert quality.group(target)
        assert read({name: [value] for name, value in write(target).items()}, ["coverage"]) == target
        assert opens(target, mark) == plain
    assert coverage._year(plain, "2024", "nonsense") is None
    assert coverage._lacking(plain, {"field": "nonsense", **score}) is None
    assert coverage._having(plain, {"part": "nonsense"}) is None
    assert coverage._sure(plain, {}) is None
    other = coverage._lacking(replace(plain, listed="lacks-metric"), {"field": "metric", "kind": "size"})
    assert other == replace(plain, listed="lacks-metric", kind="size")


def test_coverage_says_what_is_lacking_and_unknown(draw: Draw) -> None:
    test = draw(view="coverage")
    shown = html(test)
    assert "246 of 246 papers (100%) hold at least one claim" in shown
    assert "What claims lack" in shown
    names = next(table for table in tables(test) if "Name" in table)
    assert set(names["Name"]) >= {"Crowd-230", "Mazes-10", "LangBank"}


def test_coverage_without_recorded_figures_says_so(draw: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "CHECKOUT", tmp_path)
    assert any("No figures came with this build" in text.value for text in draw(view="coverage").text)


def test_about_explains_fields_directions_and_addresses(draw: Draw) -> None:
    test = draw(view="about")
    assert "Where others are still ahead" in html(test)
    shown = tables(test)
    directions = next(t for t in shown if "Better" in t).set_index("Metric")
    assert directions.loc["perplexity", "Better"] == "lower is better"
    assert set(next(t for t in shown if "Meaning" in t)["Field"]) == set(dictionary.FIELDS)
    assert dict(next(t for t in shown if "Old name" in t)[["Old name", "Name now"]].to_numpy())["pareto"] == "trends"
    assert "c0ffee12" * 8 in html(test)
    assert "@misc{claims-leaderboard-c0ffee12c0ff" in html(test)


def test_what_is_folded_away_is_drawn_once_it_is_opened(draw: Draw) -> None:
    shut = draw()
    assert not shut.code
    assert not shut.selectbox
    assert "All claims of the build (zip)" not in buttons(shut)
    test = draw(opened=["folded-foot", "folded-filters-leaderboard", "more-boards"])
    assert any("@misc{claims-leaderboard-c0ffee12c0ff" in code.value for code in test.code)
    assert "All claims of the build (zip)" in buttons(test)
    test.selectbox(key="choose-minconf").set_value("0.5").run()
    assert test.query_params["minconf"] == "0.5"
    assert draw(minconf="0.5").selectbox(key="choose-minconf").value == "0.5", "filters in use are seen"


def test_a_claim_says_why_it_was_read_so_and_how_to_report_it(draw: Draw, folder: Path) -> None:
    claim = claim_of(folder, "Daedalus")
    test = draw(opened=[f"folded-report-{claim}"], view="claim", claim=claim)
    assert "Why it was read so" in html(test)
    assert "<td>score</td>" in html(test)
    report = next(code.value for code in test.code if code.value.startswith("Parsing error"))
    assert "printed: 88.0%" in report
    assert "snapshot c0ffee12c0ff" in report
    assert "maze runner" not in report, "the words of the abstract stay where they are"


def test_a_number_that_is_no_longer_read_is_said_to_be_so(draw: Draw, folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(store, "reasons", lambda *_: ())
    assert "another version made the build" in html(draw(view="claim", claim=claim_of(folder, "Daedalus")))


def test_a_corrected_line_is_marked_on_its_board_and_explained_beside_it(draw: Draw, folder: Path) -> None:
    test = draw(view="benchmark", bench="Mazes-10", claim=claim_of(folder, "Daedalus"))
    marks = dict(zip(tables(test)[0]["Model"], tables(test)[0]["Corrected"], strict=True))
    assert marks.pop("Daedalus") == "✎ subject: Daedalus? -> Daedalus (fix 1: a slip)"
    assert set(marks.values()) == {""}
    shown = html(test)
    assert "<h3>✎ Corrected</h3>" in shown
    cells = ("Daedalus?", "Daedalus", "a slip", "fix 1 in in/corrections.toml (A. Reader, 2026-11-25)")
    assert "<th scope='row'>system</th>" + "".join(f"<td>{cell}</td>" for cell in cells) in shown
    assert "<th scope='row'>no effect</th><td></td><td>fix 1 changes the same field</td><td>twice</td>" in shown


def test_a_corrected_value_carries_the_pen_wherever_it_is_listed(draw: Draw, folder: Path) -> None:
    boards = tables(draw(**{"from": "2024", "to": "2024-03"}))[0].set_index("Benchmark")
    assert boards["Best"]["Mazes-10"] == "88.0% ✎"
    matrix = tables(draw(view="compare", model=["Daedalus", "Minos-7B"], rows="all"))[0]
    assert sorted(value for value in matrix["1. Daedalus"] if value) == ["88.0% ★ ✎"]
    assert "✎" not in "".join(matrix["2. Minos-7B"])
    listed = tables(draw(view="coverage", **{"from": "2024", "to": "2024"}))[0]
    assert {value for value in listed["As printed"] if "✎" in value} == {"88.0% ✎", "59% ✎"}
    around = tables(draw(view="claim", claim=claim_of(folder, "Theseus")))[0]
    assert [value for value in around["Value"] if "✎" in value] == ["88.0% ✎"]


def test_corrected_records_and_gains_carry_the_pen(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    with duckdb.connect(str(invented.write(tmp_path))) as build:
        for name in ("claims", "board_rows"):
            build.execute(f"UPDATE {name} SET corrected = 'a slip' WHERE printed IN ('93.0%', '+3.2 points')")  # noqa: S608 - two names of our own
    records = tables(draw(tmp_path, view="trends", chart="records"))[0]
    assert [value for value in records["As printed"] if "✎" in value] == ["93.0% ✎"]
    gains = tables(draw(tmp_path, view="trends", chart="gains"))[0]
    assert gains["As printed"].tolist() == ["+3.2 points ✎"]


def test_a_board_and_a_claim_without_corrections_do_not_speak_of_them(draw: Draw, folder: Path) -> None:
    test = draw(view="benchmark", bench="LangBank", claim=claim_of(folder, "Reed"))
    assert "Corrected" not in tables(test)[0]
    assert "Corrected" not in html(test)


def test_coverage_lists_corrections_those_without_effect_first(draw: Draw, folder: Path) -> None:
    test = draw(view="coverage")
    (table,) = [one for one in tables(test) if "What changed" in one]
    assert list(table["What changed"])[:3] == [
        "nothing: no paper of this build is called 'x'; remove it",
        "nothing: fix 1 changes the same field",
        "system: Daedalus? → Daedalus",
    ]
    assert list(table["As printed"])[:3] == ["", "88.0%", "88.0%"]
    assert table["Paper"].iloc[2] == "Daedalus: finding the way out (1)"
    assert "Corrections (2 claims)" in html(test)
    assert "2 entries of the file change nothing" in html(test)


def test_a_build_without_corrections_has_no_list_of_them(draw: Draw, folder: Path, tmp_path: Path) -> None:
    table.write(replace(table.load(folder), corrections=()), tmp_path / store.FILE)
    assert "Corrections" not in html(draw(tmp_path, view="coverage"))


def test_a_claim_tells_what_is_known_of_its_benchmark_and_metric(
    draw: Draw, folder: Path, invented: ModuleType
) -> None:
    def known(model: str) -> str:
        claim = claim_of(folder, model)
        return html(draw(opened=[f"folded-known-{claim}"], view="claim", claim=claim))

    shown = known("Theseus")
    assert "No registry of this installation holds the benchmark “Mazes-10”; it stays as printed." in shown
    assert "<th scope='row'>Metric</th><td>accuracy</td>" in shown
    assert "<th scope='row'>Better</th><td>higher is better</td>" in shown
    assert "holds the benchmark “&lt;script&gt;" in known(invented.PWN)


def test_a_board_can_be_asked_to_rest_on_several_papers(draw: Draw) -> None:
    test = draw(papers="3")
    papers = [int(number) for number in tables(test)[0]["Papers"]]
    assert papers
    assert min(papers) >= 3
    assert len(papers) < len(tables(draw())[0])
    assert test.selectbox(key="choose-papers").value == "3", "a filter in use is seen"
    assert min(map(int, tables(draw(papers="3", minconf="0.1"))[0]["Papers"])) >= 3
    assert any("at least 900 papers" in text.value for text in draw(papers="900").text)


def test_pinned_systems_stay_on_top_of_their_board(draw: Draw) -> None:
    plain = tables(draw(view="benchmark", bench="Mazes-10"))[0]
    pinned = tables(draw(view="benchmark", bench="Mazes-10", model=["Minos-7B"]))[0]
    assert plain["Model"].iloc[0] != "Minos-7B"
    assert pinned["Model"].iloc[0] == "📌 Minos-7B"
    assert pinned["Rank"].iloc[0] == plain[plain["Model"] == "Minos-7B"]["Rank"].iloc[0], "its rank stays"
    assert sorted(pinned["Rank"]) == sorted(plain["Rank"])


def test_marks_of_a_chart_open_from_a_list(draw: Draw) -> None:
    key = frame.chart_key("time", State(view="benchmark", bench="Mazes-10"))
    test = draw(opened=[f"list-{key}"], view="benchmark", bench="Mazes-10")
    marks = test.selectbox(key=f"listed-{key}")
    (number,) = [n for n, words in enumerate(marks.options) if words.startswith("Theseus: ")][:1]
    marks.select_index(number).run()
    assert "<h3>Abstract</h3>" in html(test)
    assert '<div class="who">Theseus</div>' in html(test)


def test_claims_with_a_finding_stand_apart_on_their_boards(draw: Draw) -> None:
    test = draw(opened=["folded-strips"], view="sanity")
    assert "one with a finding a diamond above" in html(test)
    assert 'class="flagged' in html(test)
    assert 'class="plain' in html(test)


def late(test: AppTest, act: Callable[[], AppTest]) -> AppTest:
    """Do something, and then let the browser say once more what it said with it: as if the answer had not come yet."""
    said, address = test._tree.get_widget_states(), dict(test.query_params)
    act()
    test.query_params.clear()
    test.query_params.update(address)
    return test._run(said)


@pytest.mark.parametrize("lane", ["", "5-shot"])
def test_what_a_browser_says_too_late_is_no_choice(draw: Draw, lane: str) -> None:
    test = draw(view="benchmark", bench="Mazes-10", **({"lane": lane} if lane else {}))
    before = dict(test.query_params)
    late(test, test.selectbox(key="choose-bench").select("LangBank").run)
    assert test.query_params == before, "neither metric nor lane of the old board is taken for the reader's wish"


def test_a_choice_made_before_the_last_answer_came_keeps_the_one_before_it(draw: Draw) -> None:
    test = draw(opened=["folded-filters-benchmark"], view="benchmark", bench="Mazes-10")
    before = dict(test.query_params)
    test.selectbox(key="choose-bench").select("LangBank").run()
    test.query_params.clear()
    test.query_params.update(before)
    test.selectbox(key="choose-minconf").select("0.5").run()
    assert test.query_params == {"view": "benchmark", "bench": "LangBank", "minconf": "0.5"}


def test_boards_can_be_narrowed_by_benchmark_and_metric_and_say_so(draw: Draw) -> None:
    test = draw(bench="Mazes-10")
    assert set(tables(test)[0]["Benchmark"]) == {"Mazes-10"}
    assert test.selectbox(key="choose-bench").value == "Mazes-10", "a filter in use is seen"
    test.selectbox(key="choose-metric").select("accuracy").run()
    assert test.query_params == {"bench": "Mazes-10", "metric": "accuracy"}
    nothing = draw(bench="Mazes-10", metric="perplexity")
    assert any("None of 5 boards passes these filters: benchmark Mazes-10" in text.value for text in nothing.text)
    nothing.button(key="relax-Of any benchmark").click().run()
    assert nothing.query_params == {"metric": "perplexity"}
    assert set(tables(nothing)[0]["Benchmark"]) == {"LangBank"}


def test_the_menu_leads_to_all_boards_again(draw: Draw) -> None:
    test = draw(view="benchmark", bench="Mazes-10", metric="accuracy", minconf="0.5")
    test.button(key="menu-leaderboard").click().run()
    assert test.query_params == {"minconf": "0.5"}


def test_findings_can_be_narrowed_to_a_benchmark(draw: Draw) -> None:
    assert "Mazes-10" in draw(view="sanity").selectbox(key="choose-bench").options
    test = draw(view="sanity", bench="Mazes-10")
    shown = next(text.value for text in test.text if text.value.startswith("Showing"))
    assert shown.startswith("Showing 1.")
    assert any("None of 2 findings" in text.value for text in draw(view="sanity", bench="LangBank").text)


@pytest.mark.parametrize(
    ("address", "said", "way_out"),
    [
        ({"kind": "ratio"}, "No system with a name is on a board of this build for ratios.", []),
        ({"model": "Daedalus"}, "One system meets nobody: choose another one, too.", ["Show all its boards"]),
        ({"model": ["Daedalus", "Reed"]}, "These systems meet on no board of this kind.", ["Show all their boards"]),
        ({"kind": "change", "model": "Reed"}, "These systems have no changes on a board of this build.", []),
        (
            {"model": ["Minos-7B", "Reed"], "from": "2030"},
            "No scores of these systems pass these filters: from 2030.",
            [],
        ),
    ],
)
def test_a_comparison_of_nothing_says_why(
    draw: Draw, address: dict[str, str | list[str]], said: str, way_out: list[str]
) -> None:
    test = draw(view="compare", **address)
    assert [text.value for text in test.text] == [said]
    assert [button.label for button in test.button if button.key == "all-boards"] == way_out


def test_a_benchmark_is_found_in_any_letter_case(draw: Draw) -> None:
    assert "<h2>Mazes-10</h2>" in html(draw(view="benchmark", bench="mazes-10"))


def test_a_board_without_dates_says_that_nothing_is_drawn(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    invented.write(tmp_path)
    with duckdb.connect(str(tmp_path / store.FILE)) as connection:
        for table in ("papers", "board_rows", "claims"):
            connection.execute(f"UPDATE {table} SET date = ''")  # noqa: S608 - our own names
    page = html(draw(where=tmp_path, view="benchmark", bench="LangBank"))
    assert "Nothing to draw: 0 of 4 claims have a date and a score." in page
    assert "no date" in [text.value for text in draw(view="claim", claim=claim_of(tmp_path, "Reed")).text]


def test_changes_say_what_they_are_compared_with(draw: Draw, tmp_path: Path, invented: ModuleType) -> None:
    with duckdb.connect(str(invented.write(tmp_path))) as build:
        build.execute("UPDATE claims SET baseline = 'the older one' WHERE kind = 'change'")
    boards = tables(draw(tmp_path, kind="change"))[0]
    test = draw(tmp_path, view="benchmark", kind="change", bench=str(boards["Benchmark"].iloc[0]))
    assert set(tables(test)[0]["Compared with"]) == {"the older one"}
    assert "Compared with" not in tables(draw(view="benchmark", bench="Mazes-10"))[0]


def test_a_board_can_be_narrowed_to_models_of_a_size(draw: Draw, folder: Path) -> None:
    with duckdb.connect(str(folder / store.FILE), read_only=True, config={"enable_external_access": "false"}) as build:
        query = """SELECT model FROM board_rows JOIN boards USING (board_no)
            WHERE boards.benchmark = 'Mazes-10' AND boards.lane = 'unstated' AND subject_parameters {} ORDER BY place"""
        small = [model for (model,) in build.execute(query.format(">= 1e9 AND subject_parameters < 1e10")).fetchall()]
        unstated = [model for (model,) in build.execute(query.format("IS NULL")).fetchall()]
    assert small
    assert unstated
    test = draw(view="benchmark", bench="Mazes-10", size="1b-10b")
    assert list(tables(test)[0]["Model"]) == small
    assert test.selectbox(key="choose-size").value == "1b-10b", "a filter in use is seen"
    assert list(tables(draw(view="benchmark", bench="Mazes-10", size="unstated"))[0]["Model"]) == unstated
    none = draw(view="benchmark", bench="Mazes-10", size="under-1b")
    assert any("models of size under 1b" in text.value for text in none.text)
    claims = [sum(map(int, tables(page)[0]["Claims"])) for page in (draw(size="1b-10b"), draw())]
    assert 0 < claims[0] < claims[1]
    assert draw(view="trends", chart="records", size="1b-10b").get("html")
    assert draw(view="trends", chart="gains", size="1b-10b").get("html")


def test_several_checks_are_listed_together(draw: Draw) -> None:
    names = ["gain_against_baseline", "metric_range"]
    test = draw(view="sanity", check=names)
    assert sorted(set(tables(test)[0]["Check"])) == ["gain against baseline", "metric range"]
    assert test.multiselect(key="many-check").value == names
    test.multiselect(key="many-check").set_value(names[:1]).run()
    assert test.query_params["check"] in (names[0], names[:1])


def test_coverage_can_be_narrowed_to_years(draw: Draw, folder: Path) -> None:
    build = store.open_build(folder)
    query = "SELECT count(*) AS n FROM papers WHERE left(date, 4) BETWEEN '2023' AND '2024'"
    number = int(build.frame(query)["n"].iloc[0])
    assert 0 < number < 246
    years = {"from": "2023", "to": "2024"}
    assert f"{number} of {number} papers (100%) hold at least one claim" in html(draw(view="coverage", **years))
    none = draw(view="coverage", **{"from": "1901", "to": "1902"})
    assert any("No paper is of these years" in text.value for text in none.text)


def test_the_head_says_which_build_this_is_and_when_it_was_written(draw: Draw, folder: Path) -> None:
    written = store.open_build(folder).written
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", written)
    assert f"Snapshot c0ffee12c0ff, written {written}" in html(draw())


@pytest.mark.parametrize("params", [{"view": "claim"}, {"view": "claim", "claim": "nobodys"}])
def test_an_address_of_no_claim_offers_a_search_of_all_boards(draw: Draw, params: dict[str, str]) -> None:
    test = draw(**params)
    (box,) = [box for box in test.text_input if box.label == "Search all boards"]
    box.set_value(" mazes ").run()
    assert test.query_params["q"] == "mazes"
    assert "view" not in test.query_params, "the leaderboard is the first view"


@pytest.mark.parametrize("name", ["Maze-10", "mazes 10", "Mazes-10 <b>"])
def test_an_unknown_benchmark_leads_to_those_of_a_like_name(draw: Draw, name: str) -> None:
    found = html(draw(view="benchmark", bench=name))
    assert 'Did you mean <a href="?view=benchmark&amp;bench=Mazes-10">Mazes-10</a>' in found
    assert "<b>" not in found
    assert "Did you mean" not in html(draw(view="benchmark", bench="Zebra"))


def test_an_unknown_benchmark_offers_a_search_for_its_name(draw: Draw) -> None:
    test = draw(view="benchmark", bench="Maze")
    (box,) = [box for box in test.text_input if box.label == "Search all boards"]
    assert box.value == "Maze"
    test.button(key="search-boards-go").click().run()
    assert test.query_params["q"] == "Maze"
    assert "bench" not in test.query_params
