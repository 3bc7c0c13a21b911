"""Everybody can use it: by keyboard, by screen reader, in light and dark, on a phone: acceptance check 19."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Visit = Callable[..., Any]
FULL = {"bench": "Mazes-10", "metric": "accuracy"}


def address(server: Any, view: str) -> dict[str, str]:
    """The address of a view with something to show."""
    claim = server.claims("Mazes-10")[2][0]
    return {"view": view, **FULL, **({"claim": claim} if view in {"claim", "benchmark"} else {})}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_19_no_serious_barrier(visit: Visit, server: Any, view: str, scheme: str) -> None:
    """axe-core finds nothing serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    visitor = visit(server.address, color_scheme=scheme)
    visitor.open(**address(server, view)).heading("")
    found = Axe().run(visitor.page).response
    assert len(found["passes"]) > 10
    serious = [
        (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []


def test_19_every_table_and_chart_has_a_name(visitor: Any, server: Any, view: str) -> None:
    """A screen reader can say what a table or a chart shows."""
    visitor.open(**address(server, view)).heading("")
    tables = visitor.page.locator("[role=grid]").evaluate_all("all => all.map(e => e.getAttribute('aria-label') ?? '')")
    pictures = visitor.page.locator(".plot").evaluate_all("all => all.map(e => e.getAttribute('aria-label') ?? '')")
    assert all(len(name) > 8 for name in tables + pictures), (tables, pictures)
    assert len(set(tables)) == len(tables)
    assert len(set(pictures)) == len(pictures)
    assert visitor.page.locator(".sheet, [data-testid=stDataFrame]").count() == len(tables)
    if view in {"leaderboard", "benchmark", "sanity"}:
        assert tables


def test_19_a_phone_shows_a_view_without_sideways_scrolling(visit: Visit, server: Any, view: str) -> None:
    """At 390 pixels nothing sticks out at the right, and the table can be reached."""
    visitor = visit(server.address, viewport={"width": 390, "height": 844}, is_mobile=True)
    visitor.open(**{**address(server, view), "claim": ""} if view == "benchmark" else address(server, view)).heading("")
    assert not visitor.wide()
    if view in {"leaderboard", "benchmark", "sanity"}:
        assert visitor.rows()
        table = visitor.page.locator(".sheet").first
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391


def test_a_phone_shows_the_table_first_and_all_choices_on_a_tap(visit: Visit, server: Any) -> None:
    """Choices fill no screen there: a line opens them, and they stay open while the reader chooses."""
    visitor = visit(server.address, viewport={"width": 390, "height": 844}, is_mobile=True)
    page = visitor.open(view="benchmark", **FULL).heading("Mazes-10").page
    metric, lane = page.get_by_label("Metric", exact=True), page.get_by_label("Conditions (lane)")
    assert not metric.is_visible()
    assert visitor.table().bounding_box()["y"] < 600
    page.locator("details.choices summary").click()
    metric.wait_for()
    with visitor.rerun():
        page.locator("label", has_text="Changes").or_(page.get_by_role("radio", name="Changes")).first.click()
    visitor.waits_for(lambda: visitor.query().get("kind") == "change")
    assert lane.is_visible()
    visitor.open(view="benchmark", **FULL, role="own").heading("Mazes-10")
    assert lane.is_visible()


def test_a_window_of_1280_pixels_shows_whole_tables(visit: Visit, server: Any, view: str) -> None:
    """No table has to be scrolled sideways there, unless a claim is open beside it."""
    visitor = visit(server.address, viewport={"width": 1280, "height": 900})
    visitor.open(**{**address(server, view), "claim": "", "chart": "records"}).heading("")
    read = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText.slice(0, 90))"
    assert visitor.page.locator(".sheet").evaluate_all(read) == []


def test_19_the_keyboard_is_enough(visitor: Any, server: Any) -> None:
    """From the first page to a claim's words and back without a mouse."""
    page = visitor.open().heading("5 boards").page
    tab_to(visitor, "Search")
    page.keyboard.type("mazes")
    with visitor.rerun():
        page.keyboard.press("Enter")
    visitor.heading("2 boards")
    visitor.still().rows()
    visitor.table().locator("td[tabindex='0']").focus()
    for key in ("ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
    visitor.heading("Mazes-10")
    visitor.still().rows()
    visitor.table().locator("td[tabindex='0']").focus()
    for key in ("ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
    page.locator(".card").wait_for()
    visitor.settle()
    lanes = [*server.claims("Mazes-10"), *server.claims("Mazes-10", "5-shot")]
    assert visitor.query()["claim"] in [claim for claim, *_ in lanes]
    tab_to(visitor, "Close")
    with visitor.rerun():
        page.keyboard.press("Enter")
    visitor.waits_for(lambda: "claim" not in visitor.query())
    tab_to(visitor, "Sanity", "Shift+Tab")
    with visitor.rerun():
        page.keyboard.press("Enter")
    visitor.heading("findings")


def tab_to(visitor: Any, name: str, key: str = "Tab") -> None:
    """Press a key until the control of this name has the focus; fail after a whole round."""
    read = """(e => ['BUTTON', 'INPUT', 'A', 'SUMMARY'].includes(e.tagName) ?
        e.getAttribute('aria-label') || e.innerText || '' : '')(document.activeElement)"""
    for _ in range(150):
        visitor.page.keyboard.press(key)
        if name in visitor.page.evaluate(read).replace("\n", " ").split():
            return
    pytest.fail(f"{key} never reaches {name}")
