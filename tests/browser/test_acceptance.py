"""The dashboard in a real browser: what a reader sees, clicks, downloads and shares."""

from __future__ import annotations

import csv
import io
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

MAZES = {"view": "benchmark", "bench": "Mazes-10"}
Visit = Callable[..., Any]


@pytest.fixture
def visitor(visit: Visit, server: Any) -> Any:
    return visit(server.address)


def claims(folder: Path, benchmark: str, lane: str = "unstated") -> list[tuple[Any, ...]]:
    """What DuckDB itself says of a board: claim id, model, score, in order."""
    query = """SELECT claim_id, model, score, rank, title FROM board_rows JOIN boards USING (board_id)
        WHERE kind = 'score' AND benchmark = ? AND lane = ?
        ORDER BY rank NULLS LAST, date, claim_id"""
    with duckdb.connect(str(folder / "leaderboard.duckdb"), read_only=True) as connection:
        return connection.execute(query, [benchmark, lane]).fetchall()


def test_cold_start_shows_the_boards(visitor: Any) -> None:
    started = time.monotonic()
    visitor.open().heading("5 boards from 245 claims")
    assert time.monotonic() - started < 15
    assert visitor.page.locator("h1").inner_text() == "Claims leaderboard"
    assert "not verified" in visitor.page.locator(".masthead").inner_text()
    assert [row["Benchmark"] for row in visitor.rows()][:2] == ["Crowd-230", "Mazes-10"]
    assert visitor.page.get_by_test_id("stException").count() == 0
    assert visitor.errors == []


def test_a_board_shows_the_ranks_of_the_file_in_order_with_ties(visitor: Any, server: Any) -> None:
    visitor.open(**MAZES).heading("Mazes-10")
    rows = visitor.rows()
    expected = claims(server.folder, "Mazes-10")
    assert [row["Model"] for row in rows] == [model for _, model, *_ in expected]
    assert [row["Rank"] for row in rows][:5] == ["1", "2", "2", "4", "5"]
    assert [row["Tie"] for row in rows][:4] == ["", "=", "=", ""]
    assert [row["As printed"] for row in rows][-1] == "over 90%"


def test_lower_is_better_ranks_the_smallest_first_and_its_frontier_falls(visitor: Any) -> None:
    visitor.open(view="benchmark", bench="LangBank").heading("LangBank")
    assert [row["Model"] for row in visitor.rows()] == ["Quill-9B", "Quill-2B", "Reed", "Quill-1B"]
    assert "lower is better" in visitor.page.locator("p.note").first.inner_text()
    chart = visitor.page.get_by_test_id("stVegaLiteChart").first
    line = chart.locator("g.mark-line path").first
    line.wait_for(state="attached")
    first, last = line.evaluate("p => [0, p.getTotalLength()].map(at => p.getPointAtLength(at).y)")
    assert last > first  # on the screen down is more


def test_choosing_a_benchmark_updates_address_table_and_chart(visitor: Any, server: Any) -> None:
    visitor.open(view="benchmark").heading("Crowd-230")
    visitor.page.get_by_role("combobox", name="Benchmark").click()
    visitor.page.get_by_role("option", name="LangBank").click()
    visitor.heading("LangBank")
    assert visitor.query() == {"view": "benchmark", "bench": "LangBank"}
    assert [row["Model"] for row in visitor.rows()] == [model for _, model, *_ in claims(server.folder, "LangBank")]
    marks = visitor.page.get_by_test_id("stVegaLiteChart").first.locator("path[aria-roledescription=point]")
    visitor.waits_for(lambda: marks.count() == 4)


def test_an_address_opens_the_same_page_elsewhere(visit: Visit, server: Any) -> None:
    claim = claims(server.folder, "Mazes-10")[1][0]
    pages = [visit(server.address).open(**MAZES, minconf="0.5", claim=claim).heading("Mazes-10") for _ in range(2)]
    seen = [(page.rows(), page.page.locator(".card").inner_text(), page.query()) for page in pages]
    assert seen[0] == seen[1]
    assert "Theseus" in seen[0][1]


def test_back_and_forward_take_one_press_each(visitor: Any, server: Any) -> None:
    visitor.open().heading("5 boards")
    box = visitor.page.get_by_role("searchbox", name="Search")
    box.fill("mazes")
    box.press("Enter")
    visitor.heading("2 boards")
    visitor.click_row(0).heading("Mazes-10")
    assert visitor.query()["view"] == "benchmark"
    visitor.rows()
    visitor.click_row(1)
    visitor.page.locator(".card").wait_for()
    ids = [claim for claim, *_ in claims(server.folder, "Mazes-10")]
    assert visitor.query()["claim"] == ids[1]
    visitor.page.go_back()
    visitor.waits_for(lambda: visitor.page.locator(".card").count() == 0)
    visitor.heading("Mazes-10")
    assert "claim" not in visitor.query()
    visitor.page.go_back()
    visitor.heading("2 boards")
    assert visitor.query() == {"q": "mazes"}
    assert visitor.page.get_by_role("searchbox", name="Search").input_value() == "mazes"
    visitor.page.go_forward()
    visitor.heading("Mazes-10")
    visitor.page.go_forward()
    visitor.page.locator(".card").wait_for()
    assert visitor.query()["claim"] == ids[1]


def test_a_filter_never_changes_which_claim_is_open(visitor: Any, server: Any) -> None:
    visitor.open(**MAZES).heading("Mazes-10")
    visitor.click_row(3)
    visitor.page.locator(".card").wait_for()
    assert "Minos-7B" in visitor.page.locator(".card").inner_text()
    box = visitor.page.get_by_role("searchbox", name="Search")
    box.fill("icarus")
    box.press("Enter")
    visitor.waits_for(lambda: [row["Model"] for row in visitor.rows()] == ["Icarus"])
    assert visitor.query()["claim"] == claims(server.folder, "Mazes-10")[3][0]
    assert "Minos-7B" in visitor.page.locator(".card").inner_text()


def test_marker_cell_and_keyboard_open_the_claim(visitor: Any, server: Any) -> None:
    ids = [claim for claim, *_ in claims(server.folder, "Mazes-10")]
    visitor.open(**MAZES).heading("Mazes-10")
    visitor.click_row(0, x=300)
    visitor.waits_for(lambda: visitor.query().get("claim") == ids[0])
    visitor.page.get_by_role("button", name="Close").click()
    visitor.waits_for(lambda: "claim" not in visitor.query())
    visitor.settle().table().locator("canvas").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Shift+Space"):
        visitor.page.keyboard.press(key)
    visitor.waits_for(lambda: visitor.query().get("claim") in ids)
    opened = visitor.query()["claim"]
    visitor.page.locator(".card").wait_for()
    assert claims(server.folder, "Mazes-10")[ids.index(opened)][1] in visitor.page.locator(".card").inner_text()


@pytest.mark.parametrize("view", ["claim", "benchmark"])
def test_the_marked_abstract_is_the_abstract_to_the_letter(
    visitor: Any, server: Any, invented: ModuleType, view: str
) -> None:
    with duckdb.connect(str(server.folder / "leaderboard.duckdb"), read_only=True) as connection:
        query = """SELECT c.claim_id, c.start, c."end", p.abstract FROM claims c JOIN papers p USING (paper_id)
            WHERE c.subject = ?"""
        claim, start, end, abstract = connection.execute(query, [invented.PWN]).fetchall()[0]
    visitor.open(view=view, bench="Mazes-10", claim=claim)
    text = visitor.page.locator("p.abstract")
    text.wait_for()
    assert text.evaluate("e => e.textContent") == abstract
    assert text.locator("mark.number").all_inner_texts() == [abstract[start:end]]
    assert visitor.page.locator("p.legend mark").count() >= 2


def test_hostile_words_do_nothing_in_any_view(visitor: Any, server: Any, invented: ModuleType) -> None:
    hostile = claims(server.folder, invented.PWN)
    assert len(hostile) == 3
    pages: list[dict[str, str]] = [
        {},
        {"view": "benchmark", "bench": invented.PWN},
        {"view": "sanity"},
        {"q": invented.PWN},
        *({"view": "claim", "claim": claim} for claim, *_ in hostile),
    ]
    for params in pages:
        visitor.open(**params).settle()
        assert visitor.page.evaluate("window.__pwn === undefined")
        assert visitor.page.locator("img[src*=evil], a[href*=evil], a[href^=javascript]").count() == 0
        assert visitor.page.get_by_test_id("stException").count() == 0
        assert not visitor.wide()
    assert visitor.leaks == []
    visitor.page.get_by_role("button", name="Leaderboard", exact=True).click()
    visitor.heading("5 boards")


def test_the_source_opens_in_a_new_tab_and_only_if_it_is_plain(visitor: Any, server: Any, invented: ModuleType) -> None:
    visitor.open(view="claim", claim=claims(server.folder, "Mazes-10")[0][0])
    link = visitor.page.get_by_role("link", name="Read the abstract at its source")
    link.wait_for()
    assert link.get_attribute("href") == "https://papers.example/0"
    assert link.get_attribute("target") == "_blank"
    for claim, *_ in claims(server.folder, invented.PWN)[:2]:
        visitor.open(view="claim", claim=claim)
        visitor.page.get_by_text("no link to the source").wait_for()
        assert visitor.page.get_by_role("link", name="Read the abstract at its source").count() == 0


def test_the_download_is_the_filtered_table_made_safe(visitor: Any, server: Any, invented: ModuleType) -> None:
    visitor.open(view="benchmark", bench=invented.PWN)
    visitor.rows()
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name="Download 3 rows as CSV").click()
    data = Path(waiting.value.path()).read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    expected = claims(server.folder, invented.PWN)
    assert [row["claim_id"] for row in rows] == [claim for claim, *_ in expected]
    assert [float(row["score"]) for row in rows] == [61.0, 60.0, 59.0]
    assert rows[0]["model"] == "'" + invented.FORMULA
    assert [row["title"] for row in rows][1:] == ["'+1+1", "'@SUM(1)"]
    assert waiting.value.suggested_filename == "board-c0ffee12c0ff.csv"
    visitor.open(**MAZES, minconf="0.5")
    visitor.page.get_by_role("button", name="Download 5 rows as CSV").wait_for()


def test_a_point_of_the_chart_opens_its_claim(visitor: Any, server: Any) -> None:
    visitor.open(view="benchmark", bench="LangBank").heading("LangBank")
    visitor.page.get_by_text("Showing 4 of 4 claims").first.wait_for()
    marks = visitor.page.get_by_test_id("stVegaLiteChart").first.locator("path[aria-roledescription=point]")
    visitor.waits_for(lambda: marks.count() == 4)
    labels = [mark.get_attribute("aria-label") for mark in marks.all()]
    reed = next(n for n, label in enumerate(labels) if "Reed" in label)
    assert "14.0" in labels[reed]
    box = marks.nth(reed).bounding_box()
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    claim = next(claim for claim, model, *_ in claims(server.folder, "LangBank") if model == "Reed")
    visitor.waits_for(lambda: visitor.query().get("claim") == claim)


def test_nothing_found_is_explained_and_undone_by_one_click(visitor: Any) -> None:
    visitor.open(q="zzz").heading("0 boards")
    visitor.page.get_by_text("No boards pass these filters: search “zzz”.").wait_for()
    visitor.page.get_by_role("button", name="Clear the filters").click()
    visitor.heading("5 boards")
    assert visitor.query() == {}


@pytest.mark.parametrize(
    "params",
    [
        {"view": "nope"},
        {"view": "claim", "claim": "nope"},
        {"view": "benchmark", "bench": "nope"},
        {"page": "-1"},
        {"page": "1e9", "minconf": "nan"},
        {"q": "x" * 10_000},
    ],
)
def test_an_address_that_makes_no_sense_leads_somewhere_sane(visitor: Any, params: dict[str, str]) -> None:
    visitor.open(**params).settle()
    assert visitor.page.get_by_test_id("stException").count() == 0
    assert visitor.page.locator("h2").count() >= 1 or visitor.page.get_by_test_id("stAlert").count() == 1


def test_every_answer_carries_the_security_headers(server: Any) -> None:
    for path in ("/", "/_stcore/health"):
        with urllib.request.urlopen(server.address + path, timeout=5) as answer:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_findings_lead_to_their_claims(visitor: Any, server: Any) -> None:
    visitor.open(view="sanity", level="warning").heading("2 findings, 0 more for review")
    assert visitor.rows()[0]["Check"] == "gain against baseline"
    visitor.click_row(0)
    visitor.page.locator(".finding.warning").wait_for()
    assert visitor.query()["claim"] == next(
        c for c, model, *_ in claims(server.folder, "Mazes-10") if model == "Theseus"
    )


@pytest.mark.parametrize("params", [{}, MAZES, {"view": "sanity"}, {"view": "coverage"}, {"view": "about"}])
def test_a_phone_shows_every_view_without_sideways_scrolling(visit: Visit, server: Any, params: dict[str, str]) -> None:
    visitor = visit(server.address, viewport={"width": 390, "height": 844}, is_mobile=True)
    visitor.open(**params).settle()
    if params.get("view") not in {"about", "coverage"}:
        assert visitor.rows()
    assert not visitor.wide()


def test_a_replaced_build_is_shown_and_a_missing_or_broken_one_explained(
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
