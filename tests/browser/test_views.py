"""What only a browser shows of the views: cells and marks that open claims, files that are saved, a build replaced."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def saved(visitor: Any, label: str) -> tuple[str, bytes]:
    """Press a download button; the name and the content of the file that is saved."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=label).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.fixture
def visitor(visit: Callable[..., Any], server: Any) -> Any:
    """One window on the dashboard of the invented build."""
    return visit(server.address)


def test_a_value_of_the_comparison_opens_its_words_and_back_closes_them(visitor: Any) -> None:
    visitor.open(view="compare", model=["Ariadne-70B", "Minos-7B"]).heading("2 systems on 2 boards")
    visitor.sees(lambda: visitor.column("1. Ariadne-70B", 1), ["93.0% ★"])
    visitor.sees(lambda: visitor.column("2. Minos-7B", 1), ["81.0%"])
    visitor.click_row(0, column="2. Minos-7B")
    visitor.page.locator("p.abstract mark.number", has_text="81.0%").wait_for()
    assert visitor.query()["view"] == "compare"
    visitor.back()
    visitor.waits_for(lambda: "claim" not in visitor.query())
    visitor.waits_for(lambda: visitor.page.locator("mark.number").count() == 0)
    visitor.heading("2 systems on 2 boards")


def test_a_best_value_on_the_first_page_opens_its_words(visitor: Any) -> None:
    visitor.open().heading("5 boards")
    visitor.waits_for(lambda: "Best" in visitor.rows()[0])
    visitor.click_row(0, column="Best")
    visitor.waits_for(lambda: visitor.query().get("view") == "benchmark")
    visitor.page.locator("p.abstract mark.number", has_text="57.25%").wait_for()


def test_tables_and_charts_can_be_saved_with_their_source(visitor: Any) -> None:
    visitor.open(view="benchmark", bench="LangBank").heading("LangBank")
    visitor.points().first.wait_for()
    name, data = saved(visitor, "Save as SVG")
    assert name == "time-c0ffee12c0ff.svg"
    assert data.startswith(b"<svg")
    assert b"snapshot c0ffee12c0ff" in data
    assert saved(visitor, "Save as PNG")[1].startswith(b"\x89PNG")
    visitor.page.get_by_role("button", name="More downloads").click()
    name, data = saved(visitor, "What I see: 4 rows (zip)")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert set(archive.namelist()) == {"CITATION.txt", "DICTIONARY.csv", "board.csv"}
        assert "bench=LangBank" in archive.read("CITATION.txt").decode()
        assert archive.read("board.csv").decode().count("\r\n") == 5
    assert visitor.leaks == []


def test_a_step_of_a_trend_opens_its_claim(visitor: Any) -> None:
    visitor.open(view="trends", scale="relative").heading("The best claims over time")
    marks = visitor.marks("Best claims of several boards")
    visitor.waits_for(lambda: marks.count() > 3)
    visitor.click_mark(marks.nth(1))
    visitor.waits_for(lambda: "claim" in visitor.query())
    visitor.page.locator("p.abstract mark.number").wait_for()


def test_a_bar_of_the_sanity_report_chooses_its_findings_and_once_more_all(visitor: Any, server: Any) -> None:
    visitor.open(view="sanity", show="all").heading("findings")
    check, level = server.ask("SELECT check_name, level FROM findings ORDER BY check_name LIMIT 1")[0]
    visitor.click_mark(visitor.marks("Findings per check", check.replace("_", " ")).first)
    visitor.sees(lambda: visitor.query().get("check"), check)
    assert visitor.query().get("level") == level
    visitor.sees(lambda: set(visitor.column("Check")), {check.replace("_", " ")})
    visitor.click_mark(visitor.marks("Findings per check").first)
    visitor.waits_for(lambda: "check" not in visitor.query())


def test_bars_and_tiles_of_the_coverage_list_the_claims_that_they_count(visitor: Any, server: Any) -> None:
    visitor.open(view="coverage").heading("What this build covers")
    for chart, words, listed, condition in (
        ("Papers by year", "2024", {"from": "2024", "to": "2024"}, "date LIKE '2024%' AND kind = 'score'"),
        ("Share of claims that lack", "size of the system, scores", {"listed": "lacks-subject_parameters"}, ""),
        ("Shares of papers and claims", "on a board", {"listed": "has-board"}, "true"),
        ("Number of claims by confidence", "confidence 0.4", {"listed": "sure-0.4"}, "confidence < 0.5"),
    ):
        marks = visitor.marks(chart, words)
        marks.first.wait_for()
        visitor.click_mark(marks.first)
        visitor.waits_for(lambda listed=listed: listed.items() <= visitor.query().items())
        if condition:
            ((number,),) = server.ask(f"SELECT count(*) FROM claims WHERE {condition}")  # noqa: S608 - our own conditions
            visitor.page.locator("h3", has_text=f"{number} ").first.wait_for()
    assert "from" not in visitor.query()
    ((claim,),) = server.ask("SELECT claim_id FROM claims WHERE confidence < 0.5")
    visitor.click_row(0)
    visitor.page.locator("p.abstract mark.number").wait_for()
    assert visitor.query()["claim"] == claim


def test_bars_of_the_trends_list_their_year_and_their_step(visitor: Any, server: Any) -> None:
    visitor.open(view="trends", chart="records").heading("times a best claim was beaten")
    bars = visitor.marks("How often a best claim")
    year = str(bars.last.get_attribute("aria-label"))[:4]
    visitor.click_mark(bars.last)
    visitor.waits_for(lambda: visitor.query().get("from") == year == visitor.query().get("to"))
    visitor.sees(lambda: {date[:4] for date in visitor.column("Date")}, {year})
    visitor.open(view="trends", chart="gains").heading("claimed gain")
    visitor.click_mark(visitor.marks("Claimed gains in points", "2–5").first)
    visitor.waits_for(lambda: visitor.query().get("step") == "2-points")
    visitor.sees(lambda: visitor.column("As printed"), ["+3.2 points"])


def test_a_place_among_the_compared_opens_its_claim(visitor: Any) -> None:
    visitor.open(view="compare", model=["Ariadne-70B", "Minos-7B"]).heading("2 systems on 2 boards")
    points = visitor.marks("Place of each system")
    visitor.waits_for(lambda: points.count() == 4)
    visitor.click_mark(visitor.marks("Place of each system", "Minos-7B").first)
    visitor.page.locator("p.abstract mark.number").wait_for()
    assert "Minos-7B" in visitor.page.locator(".card").inner_text()


def test_an_open_page_is_offered_the_new_build_and_another_is_left_in_peace(
    visit: Callable[..., Any], serve: Any, tmp_path: Path, invented: ModuleType
) -> None:
    invented.write(tmp_path)
    process, address = serve(tmp_path)
    try:
        reader, other = visit(address), visit(address)
        reader.open(minconf="0.5").heading("5 boards")
        other.open().heading("5 boards")
        (tmp_path / "next").mkdir()
        file = invented.write(tmp_path / "next")
        with duckdb.connect(str(file)) as connection:
            connection.execute("UPDATE meta SET value = 'feedbeef' WHERE key = 'snapshot'")
        file.replace(tmp_path / "leaderboard.duckdb")
        offer = reader.page.get_by_role("button", name="Show the new build")
        offer.wait_for()
        assert "c0ffee12c0ff" in reader.page.locator(".snapshot").inner_text()
        with reader.rerun():
            offer.click()
        reader.page.locator(".snapshot", has_text="feedbeef").wait_for()
        assert reader.query() == {"minconf": "0.5"}, "the address stays"
        other.press("Benchmark").heading("Crowd-230")
        assert "c0ffee12c0ff" in other.page.locator(".snapshot").inner_text()
        assert other.rows()
    finally:
        process.terminate()
        process.wait(10)


def test_a_corrected_line_has_a_pen_and_its_panel_what_was_read(visitor: Any) -> None:
    visitor.open(view="benchmark", bench="Mazes-10").heading("Mazes-10")
    models = visitor.column("Model")
    assert [bool(mark) for mark in visitor.column("Corrected")] == [model == "Daedalus" for model in models]
    assert visitor.column("Corrected")[models.index("Daedalus")].startswith("✎ subject: Daedalus? -> Daedalus")
    visitor.click_row(models.index("Daedalus"))
    visitor.page.locator("h3", has_text="✎ Corrected").wait_for()
    read = visitor.page.locator("table.reasons", has_text="as it was read").locator("tbody tr").first
    assert read.locator("td").all_inner_texts()[:3] == ["Daedalus?", "Daedalus", "a slip"]
    visitor.page.get_by_text("Was it read wrong?").click()
    visitor.page.get_by_text("Or put it right yourself").wait_for()
