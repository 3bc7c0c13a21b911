"""The dashboard in a real browser: what a reader sees, clicks, downloads and shares.

The acceptance checks 1 to 9, 11 to 16, 18 and the sanity half of 20; the others are beside this file: `test_safety.py`
(10, 17), `test_reach.py` (19) and `test_scale.py` (20).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard import charts
from leaderboard import rank, registry, table
from tests.browser import chromium

MAZES = {"view": "benchmark", "bench": "Mazes-10"}
Visit = Callable[..., Any]


def test_01_cold_start(visit: Visit, serve: Any, tmp_path: Path, invented: ModuleType) -> None:
    """Healthy after 5 s of a processor; heading, count and a row of the grid; nothing in the console, no exception."""
    invented.write(tmp_path)
    process, address = serve(tmp_path)
    try:
        assert chromium.processor_seconds(process.pid) < 5
        visitor = visit(address).open().heading("5 boards from 245 claims")
        assert visitor.page.locator("h1").inner_text() == "Claims leaderboard"
        assert "not verified" in visitor.page.locator(".masthead").inner_text()
        visitor.sees(lambda: visitor.column("Benchmark", 2), ["Crowd-230", "Mazes-10"])
        assert visitor.page.get_by_test_id("stException").count() == 0
        assert visitor.errors == []
    finally:
        process.terminate()
        process.wait(10)


def test_02_the_first_rows_are_those_of_the_ranking(visit: Visit, large: Any) -> None:
    """The first rows of the grid are what the pure ranking makes of the same claims; ties share their rank."""
    snapshot = table.load(large.folder)
    ranked = rank.boards(snapshot.results, registry.load())
    board = next(b for b in ranked if b.lane == "5-shot" and len({r.rank for r in b.rows[:10]}) < 10)
    rows = sorted((r for r in board.rows if r.rank), key=lambda r: (r.rank, -r.score, r.date, r.claim_id))[:10]
    visitor = visit(large.address)
    visitor.open(view="benchmark", bench=board.benchmark, metric=board.metric, lane=board.lane)
    visitor.heading(board.benchmark)
    visitor.sees(lambda: visitor.column("Rank", 10), [str(row.rank) for row in rows])
    visitor.sees(lambda: visitor.column("Model", 10), [row.model for row in rows])
    visitor.sees(lambda: visitor.column("Tie", 10), ["=" if row.tie else "" for row in rows])
    assert any(row.tie for row in rows)


def test_02_bounds_come_last_and_without_a_rank(visitor: Any, server: Any) -> None:
    """A claim that is only a bound is shown, not ranked."""
    visitor.open(**MAZES).heading("Mazes-10")
    visitor.sees(lambda: visitor.column("Model"), [model for _, model, *_ in server.claims("Mazes-10")])
    visitor.sees(lambda: visitor.column("Rank", 5), ["1", "2", "2", "4", "5"])
    visitor.sees(lambda: visitor.column("Tie", 4), ["", "=", "=", ""])
    visitor.sees(lambda: visitor.column("As printed")[-1], "over 90%")


def test_03_lower_is_better_ranks_the_smallest_first_and_its_frontier_falls(visitor: Any) -> None:
    visitor.open(view="benchmark", bench="LangBank").heading("LangBank")
    visitor.sees(lambda: visitor.column("Model"), ["Quill-9B", "Quill-2B", "Reed", "Quill-1B"])
    assert "lower is better" in visitor.note()
    steps = visitor.page.locator(".plot .step")
    steps.first.wait_for(state="attached")
    tops = steps.evaluate_all("all => all.map(e => [e.className, e.getBoundingClientRect().top])")
    assert {looks for looks, _ in tops[:-1]} == {"step down best"}
    assert [top for _, top in tops] == sorted(top for _, top in tops)  # on the screen down is more
    assert tops[-1][1] > tops[0][1]


def test_04_choosing_a_benchmark_updates_address_count_table_and_chart(visitor: Any, server: Any) -> None:
    visitor.open(view="benchmark").heading("Crowd-230").still()
    visitor.page.get_by_role("combobox", name="Benchmark").click()
    with visitor.rerun():
        visitor.page.get_by_role("option", name="LangBank").click()
    visitor.heading("LangBank")
    visitor.sees(visitor.query, {"view": "benchmark", "bench": "LangBank"})
    visitor.sees(lambda: visitor.column("Model"), [model for _, model, *_ in server.claims("LangBank")])
    visitor.waits_for(lambda: visitor.points().count() == 4)
    ((claims, papers),) = server.ask(
        """SELECT count(*), count(DISTINCT paper_id) FROM board_rows JOIN boards USING (board_id)
        WHERE kind = 'score' AND benchmark = 'LangBank'"""
    )
    assert f"{claims} claims from {papers} papers" in visitor.note()


def test_05_an_address_opens_the_same_page_elsewhere(visit: Visit, server: Any) -> None:
    """What one reader clicked together, another sees under the same address: count, rows, open claim."""
    one = visit(server.address).open(**MAZES, minconf="0.5").heading("Mazes-10")
    one.click_row(1)
    one.page.locator(".card").wait_for()
    other = visit(server.address).open(**one.query()).heading("Mazes-10")
    other.page.locator(".card").wait_for()

    def seen(visitor: Any) -> tuple[object, ...]:
        return visitor.note(), visitor.rows(), visitor.page.locator(".card").inner_text(), visitor.query()

    one.waits_for(lambda: len(one.rows()) == 5)
    other.sees(lambda: seen(other), seen(one))
    assert "5 claims" in other.note()
    assert other.query()["claim"] == server.claims("Mazes-10")[1][0]


def test_06_back_and_forward_take_one_press_each(visitor: Any, server: Any) -> None:
    visitor.open().heading("5 boards")
    visitor.searches("mazes").heading("2 boards")
    visitor.click_row(0).heading("Mazes-10")
    assert visitor.query()["view"] == "benchmark"
    visitor.rows()
    visitor.click_row(1)
    visitor.page.locator(".card").wait_for()
    ids = [claim for claim, *_ in server.claims("Mazes-10")]
    assert visitor.query()["claim"] == ids[1]
    visitor.back()
    visitor.waits_for(lambda: visitor.page.locator(".card").count() == 0)
    visitor.heading("Mazes-10")
    assert "claim" not in visitor.query()
    visitor.back().heading("2 boards")
    assert visitor.query() == {"q": "mazes"}
    visitor.sees(lambda: visitor.page.get_by_role("searchbox", name="Search").input_value(), "mazes")
    visitor.forward().heading("Mazes-10")
    visitor.forward()
    visitor.page.locator(".card").wait_for()
    assert visitor.query()["claim"] == ids[1]


def test_07_a_filter_never_changes_which_claim_is_open(visitor: Any, server: Any) -> None:
    visitor.open(**MAZES).heading("Mazes-10")
    visitor.click_row(3)
    visitor.page.locator(".card").wait_for()
    assert "Minos-7B" in visitor.page.locator(".card").inner_text()
    visitor.searches("icarus")
    visitor.sees(lambda: visitor.column("Model"), ["Icarus"])
    assert visitor.query()["claim"] == server.claims("Mazes-10")[3][0]
    assert "Minos-7B" in visitor.page.locator(".card").inner_text()


def test_08_a_cell_and_the_keyboard_open_the_claim(visitor: Any, server: Any) -> None:
    """A click on any cell of a row, Enter, and Shift with the space bar; arrow keys alone open nothing."""
    ids = [claim for claim, *_ in server.claims("Mazes-10")]
    visitor.open(**MAZES).heading("Mazes-10")
    for number, column in enumerate(("Rank", "Model", "Date")):
        visitor.click_row(number, column=column)
        visitor.waits_for(lambda number=number: visitor.query().get("claim") == ids[number])
        visitor.press("Close")
        visitor.waits_for(lambda: "claim" not in visitor.query())
    for number, opening in ((1, "Enter"), (2, "Shift+Space")):
        visitor.still()
        visitor.table().locator("td[tabindex='0']").focus()
        for _ in range(number):
            visitor.page.keyboard.press("ArrowDown")
        runs = visitor.runs
        visitor.still()
        assert visitor.runs == runs, "moving asks the server nothing"
        assert "claim" not in visitor.query(), "moving opens nothing"
        row = int(visitor.page.evaluate("document.activeElement.parentElement.sectionRowIndex"))
        assert row == number
        with visitor.rerun():
            visitor.page.keyboard.press(opening)
        visitor.waits_for(lambda row=row: visitor.query().get("claim") == ids[row])
        visitor.page.locator(".card", has_text=server.claims("Mazes-10")[row][1]).wait_for()
        visitor.press("Close")
        visitor.waits_for(lambda: "claim" not in visitor.query())


def test_08_a_row_opens_in_a_tab_of_its_own(visitor: Any, server: Any) -> None:
    """A row is a link: with the control key it opens beside the page, which stays as it is."""
    visitor.open(**MAZES).heading("Mazes-10")
    visitor.rows()
    with visitor.page.context.expect_page() as opened:
        visitor.page.get_by_role("link", name="Minos-7B", exact=True).click(modifiers=["Control"])
    other = opened.value
    other.locator(".card", has_text="Minos-7B").wait_for()
    assert f"claim={server.claims('Mazes-10')[3][0]}" in other.url
    other.close()
    assert "claim" not in visitor.query()


def test_08_a_click_on_a_heading_sorts_the_rows_and_back(visitor: Any) -> None:
    visitor.open(**MAZES).heading("Mazes-10")
    ranks = visitor.column("Rank")
    head = visitor.table().locator("th", has_text="Date")
    head.click()
    dates = visitor.column("Date")
    assert dates == sorted(dates)
    assert head.get_attribute("aria-sort") == "ascending"
    head.click()
    assert visitor.column("Date") == sorted(dates, reverse=True)
    visitor.table().locator("th", has_text="Rank").click()
    assert visitor.column("Rank") == ranks, "what has no rank stays last"


@pytest.mark.parametrize("view", ["claim", "benchmark"])
def test_09_the_marked_abstract_is_the_abstract_to_the_letter(
    visitor: Any, server: Any, invented: ModuleType, view: str
) -> None:
    query = """SELECT c.claim_id, c.start, c."end", p.abstract FROM claims c JOIN papers p USING (paper_id)
        WHERE c.subject = ?"""
    ((claim, start, end, abstract),) = server.ask(query, invented.PWN)
    assert all(part in abstract for part in ("$", "<", "*", ":red[", "![", "\n"))
    visitor.open(view=view, bench="Mazes-10", claim=claim)
    text = visitor.page.locator("p.abstract")
    text.wait_for()
    assert text.evaluate("e => e.textContent") == abstract
    assert text.locator("mark.number").all_inner_texts() == [abstract[start:end]]
    assert visitor.page.locator("p.legend mark").count() >= 2


def test_11_the_source_opens_in_a_new_tab_and_only_if_it_is_plain(
    visitor: Any, server: Any, invented: ModuleType
) -> None:
    """A click opens the exact address in a new tab; an address that is not plain http(s) gives no link anywhere."""
    asked = []
    answer = "<title>the source</title>"
    context = visitor.page.context
    context.route("https://papers.example/**", lambda r: (asked.append(r.request.url), r.fulfill(body=answer)))
    visitor.open(view="claim", claim=server.claims("Mazes-10")[0][0])
    link = visitor.page.get_by_role("link", name="Read the abstract at its source")
    link.wait_for()
    with context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == asked[0] == "https://papers.example/0"
    opened.value.close()
    context.unroute("https://papers.example/**")
    assert set(visitor.leaks) == {asked[0]}
    visitor.leaks.clear()  # the one address that a reader has asked for
    assert "view=claim" in visitor.page.url
    hostile = server.claims(invented.PWN)
    for claim, *_ in hostile[:2]:
        visitor.open(view="claim", claim=claim)
        visitor.page.get_by_text("no link to the source").wait_for()
        assert visitor.page.get_by_role("link", name="Read the abstract at its source").count() == 0
    visitor.open(view="benchmark", bench=invented.PWN)
    visitor.waits_for(lambda: len(visitor.column("Source")) == 3 and all("Source" in row for row in visitor.rows()))
    sources = visitor.column("Source")
    assert [source.startswith("https://papers.example/") for source in sources] == [False, False, True]
    assert not any(word in source for source in sources for word in ("javascript", "evil"))


def test_12_the_download_is_the_filtered_table_made_safe(visitor: Any, server: Any, invented: ModuleType) -> None:
    visitor.open(view="benchmark", bench=invented.PWN)
    visitor.rows()
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name="Download 3 rows as CSV").click()
    data = Path(waiting.value.path()).read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    expected = server.claims(invented.PWN)
    assert [row["claim_id"] for row in rows] == [claim for claim, *_ in expected]
    assert [float(row["score"]) for row in rows] == [61.0, 60.0, 59.0]
    assert rows[0]["model"] == "'" + invented.FORMULA
    assert [row["title"] for row in rows][1:] == ["'+1+1", "'@SUM(1)"]
    assert waiting.value.suggested_filename == "board-c0ffee12c0ff.csv"
    visitor.open(**MAZES, minconf="0.5")
    visitor.page.get_by_role("button", name="Download 5 rows as CSV").wait_for()


def test_13_a_point_of_the_chart_is_a_row_and_opens_its_claim(visitor: Any, server: Any) -> None:
    """As many marks as the text says; a mark's words are its row's; a click opens its claim."""
    visitor.open(view="benchmark", bench="LangBank").heading("LangBank")
    visitor.page.get_by_text("Showing 4 of 4 claims").first.wait_for()
    marks = visitor.points()
    visitor.waits_for(lambda: marks.count() == 4)
    labels = [mark.get_attribute("aria-label") for mark in marks.all()]
    reed = next(n for n, label in enumerate(labels) if "Reed" in label)
    visitor.waits_for(lambda: "Reed" in visitor.column("Model"))
    row = next(row for row in visitor.rows() if row["Model"] == "Reed")
    assert "14.0" in labels[reed]
    assert row["As printed"] == "14.0"
    assert row["Role"] in labels[reed]
    visitor.click_mark(marks.nth(reed))
    claim = next(claim for claim, model, *_ in server.claims("LangBank") if model == "Reed")
    visitor.waits_for(lambda: visitor.query().get("claim") == claim)


def test_13_a_tooltip_shows_words_and_nothing_else(visitor: Any, invented: ModuleType) -> None:
    """Markup in a model's name is text in the tooltip, too."""
    visitor.open(view="benchmark", bench=invented.PWN)
    marks = visitor.points()
    visitor.waits_for(lambda: marks.count() == 3)
    labels = [mark.get_attribute("aria-label") for mark in marks.all()]
    hostile = next(number for number, label in enumerate(labels) if "<script>" in label)
    mark = marks.nth(hostile)
    told = "e => { const s = getComputedStyle(e, '::after'); return s.position === 'absolute' ? s.content : ''; }"
    assert mark.evaluate(told) == ""
    visitor.page.mouse.move(*visitor.middle(mark), steps=3)
    visitor.waits_for(lambda: "<script>" in mark.evaluate(told))
    assert marks.locator("*").count() == 0
    assert visitor.sound()


def test_13_a_plot_is_one_stop_of_the_tab_key_and_its_points_are_reached_by_arrows(visitor: Any) -> None:
    """The arrow keys go through the points in order of time, Enter opens the claim of one."""
    visitor.open(view="benchmark", bench="LangBank").heading("LangBank").still()
    points = visitor.points()
    visitor.waits_for(lambda: points.count() == 4)
    assert visitor.page.locator(".plot a[tabindex='0']").count() == 1
    here = "() => [...document.querySelectorAll('.plot a')].indexOf(document.activeElement)"
    points.first.focus()
    for key, number in (
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", 3),
        ("ArrowRight", 3),
        ("Home", 0),
    ):
        visitor.page.keyboard.press(key)
        assert visitor.page.evaluate(here) == number, key
    assert visitor.page.locator(".plot a[tabindex='0']").count() == 1
    with visitor.rerun():
        visitor.page.keyboard.press("Enter")
    visitor.waits_for(lambda: "claim" in visitor.query())


def test_13_a_long_board_shows_a_sample_and_says_so(visit: Visit, large: Any) -> None:
    """Of more than 300 claims the chart shows 300, and the text says of how many."""
    ((bench, claims, dated),) = large.ask(
        """SELECT benchmark, n_rows, (SELECT count(*) FROM board_rows r WHERE r.board_no = b.board_no AND score IS NOT
        NULL AND date IS NOT NULL) FROM boards b WHERE lane = 'unstated' ORDER BY n_rows DESC LIMIT 1"""
    )
    assert dated > 300
    visitor = visit(large.address).open(view="benchmark", bench=bench, lane="unstated").heading(bench)
    visitor.page.get_by_text(f"Showing 300 of {claims:,} claims; {dated:,} have a date and a score").wait_for()
    visitor.waits_for(lambda: visitor.points().count() == 300)


def test_14_the_frontier_of_the_chart_is_that_of_the_pure_function(visit: Visit, large: Any) -> None:
    """The points drawn in full are those that the pure function finds among all claims of the board."""
    ((board, bench),) = large.ask(
        "SELECT board_no, benchmark FROM boards WHERE lane = 'unstated' ORDER BY n_rows DESC LIMIT 1"
    )
    names = ("claim_id", "model", "score", "date", "bound")
    rows = large.ask(f"SELECT {', '.join(names)} FROM board_rows WHERE board_no = ? ORDER BY place", board)  # noqa: S608 - our own names
    frame = charts.dated(pd.DataFrame(rows, columns=list(names)))
    expected = charts.frontier(frame, higher_is_better=True)
    visitor = visit(large.address).open(view="benchmark", bench=bench, lane="unstated").heading(bench)
    visitor.waits_for(lambda: visitor.points().count() == 300)
    drawn = visitor.page.locator(".plot a.front").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert len(drawn) == len(expected) > 3
    assert all(any(model in label for label in drawn) for model in expected["model"])


def test_15_nothing_found_is_explained_and_undone_by_one_click(visitor: Any) -> None:
    visitor.open(q="zzz").heading("0 boards")
    visitor.page.get_by_text("None of 5 boards passes these filters: search “zzz”.").wait_for()
    visitor.press("Clear the filters").heading("5 boards")
    assert visitor.query() == {}


@pytest.mark.parametrize(
    "params",
    [
        {"view": "nope"},
        {"view": "claim", "claim": "nope"},
        {"view": "benchmark", "bench": "nope"},
        {"page": "-1"},
        {"view": "benchmark", "bench": "Mazes-10", "page": "-7", "n": "1e9"},
        {"page": "1e9", "minconf": "nan"},
        {"q": "x" * 10_000},
    ],
)
def test_16_an_address_that_makes_no_sense_leads_somewhere_sane(visitor: Any, params: dict[str, str]) -> None:
    visitor.open(**params).settle()
    assert visitor.page.get_by_test_id("stException").count() == 0
    assert visitor.page.locator("h2").count() >= 1 or visitor.page.get_by_test_id("stAlert").count() == 1


def test_20_the_findings_lead_to_their_claims(visitor: Any, server: Any) -> None:
    visitor.open(view="sanity", level="warning").heading("2 findings, 0 more for review")
    visitor.sees(lambda: visitor.column("Check", 1), ["gain against baseline"])
    visitor.click_row(0)
    visitor.page.locator("p.abstract mark.number").wait_for()
    visitor.page.locator(".finding.warning", has_text="gain against baseline").wait_for()
    assert visitor.query()["claim"] == next(c for c, model, *_ in server.claims("Mazes-10") if model == "Theseus")


def test_18_a_missing_truncated_or_foreign_build_is_explained_and_a_good_one_shown(
    visit: Visit, serve: Any, tmp_path: Path, invented: ModuleType
) -> None:
    process, address = serve(tmp_path)
    try:
        visitor = visit(address)

        def explained(words: str) -> None:
            visitor.open().heading(words)
            visitor.page.get_by_text("leaderboard build").first.wait_for()
            assert visitor.page.get_by_test_id("stException").count() == 0
            body = visitor.page.locator("body").inner_text()
            assert str(tmp_path) not in body
            assert "Traceback" not in body
            assert "leaderboard.duckdb" in body

        explained("There is no build to show yet")
        (tmp_path / "leaderboard.duckdb").write_bytes(b"no database" * 999)
        explained("The build cannot be read")
        whole = invented.write(tmp_path).read_bytes()
        (tmp_path / "leaderboard.duckdb").write_bytes(whole[: len(whole) // 3])
        explained("The build")
        (tmp_path / "leaderboard.duckdb").unlink()
        invented.write(tmp_path)
        visitor.open().heading("5 boards")
        (tmp_path / "next").mkdir()
        with duckdb.connect(str(invented.write(tmp_path / "next"))) as connection:
            connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")
        (tmp_path / "next" / "leaderboard.duckdb").replace(tmp_path / "leaderboard.duckdb")
        explained("The build was made by another version")
    finally:
        process.terminate()
        process.wait(10)
