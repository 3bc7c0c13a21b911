"""The dashboard on a build of a million claims, measured in a real browser beside a bare page in the same run.

    python benchmarks/dashboard_scale.py [--claims N] [--folder DIR] [--write]

Makes the build (`large_build.py`; kept in --folder, so that the next run finds it), serves it with `leaderboard
dashboard`, opens it in Debian's Chromium, and compares each figure with its budget. Seconds of a page are those between
asking for it and standing still, in a new window, and count only as the difference to a page that says hello, in
seconds and as a multiple of that page. Machines differ, so the multiple is judged: the budgets in seconds were set
where hello takes 1.5. Beside them stands what Streamlit itself takes for a bare table, and for a bare table with a
chart: no page of ours can cost less than what it is made of. Pages are opened several times, so that what a server
keeps of a page that was asked for before is part of the figures; queries are measured without it. With --write the
figures replace `dashboard_scale.csv`. Exit status 1 if a budget is broken. Needs the extra `browser`.
"""

from __future__ import annotations

import argparse
import csv
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
for place in (str(ROOT), str(HERE)):
    if place not in sys.path:
        sys.path.insert(0, place)

import duckdb  # noqa: E402
import large_build  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402

from dashboard import charts, ranking, store, views, watch  # noqa: E402
from tests.browser import chromium  # noqa: E402

FIGURES: Final = HERE / "dashboard_scale.csv"
REPETITIONS: Final = 5
SESSIONS: Final = 8
PATIENCE: Final = 60_000
"""Milliseconds that a page may take before the benchmark gives up."""
USUAL: Final = 1.5
"""Seconds of the bare page where the budgets were set; a budget of 1.0 s beyond it is 0.67 of it."""

HELLO: Final = "import streamlit as st\nst.title('hello')\n"
PLAIN: Final = """
import altair as alt
import pandas as pd
import streamlit as st

st.html("<h2>plain</h2>")
st.dataframe(pd.DataFrame({f"c{c}": [f"w{c * r}" for r in range(200)] for c in range(10)}), height=562)
if st.query_params.get("view") == "chart":
    points = pd.DataFrame({"x": range(300), "y": [x * 7 % 100 for x in range(300)]})
    st.altair_chart(alt.Chart(points).mark_point().encode(x="x", y="y"))
"""
"""A page with a table of 200 rows as Streamlit draws it, and with a chart of 300 marks, if the address asks for one."""

Params = dict[str, str]
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement with its unit and budget (None: only reported)."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    judged: bool = True

    @property
    def broken(self) -> bool:
        """Whether a budget that is judged is exceeded."""
        return self.judged and self.budget is not None and self.value > self.budget


@contextmanager
def served(command: Sequence[str], folder: Path, **environment: str) -> Iterator[tuple[int, str]]:
    """A server started with `command` and a free port at its end: its process number and address."""
    port = chromium.free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *command, str(port)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        chromium.wait_until_healthy(process, address)
        yield process.pid, address
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def window(browser: Any, address: str, params: Params, ready: Sequence[str]) -> Iterator[tuple[Any, float, list[int]]]:
    """A new window at an address: the page, the seconds until it stood still, and the sizes of what the server sent."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    sizes: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: sizes.append(len(data))))
    start = time.perf_counter()
    page.goto(f"{address}/?{urlencode(params)}")
    for selector in ready:
        page.locator(selector).first.wait_for(state="attached", timeout=60_000)
    chromium.settle(page, PATIENCE)
    yield page, time.perf_counter() - start, sizes
    context.close()


def beyond(browser: Any, hello: str, address: str, params: Params, ready: Sequence[str]) -> tuple[list[Pair], float]:
    """Seconds of a bare page and of a page, in pairs, and the most that the server sent for the page (megabytes).

    Several pairs of visits, one to each, since other work on the machine comes and goes.
    """
    pairs, megabytes = [], []
    for _ in range(REPETITIONS):
        with window(browser, hello, {}, ["h1"]) as (_, bare, _):
            pass
        with window(browser, address, params, ready) as (_, took, sizes):
            pairs.append((bare, took))
            megabytes.append(sum(sizes) / 1e6)
    return pairs, max(megabytes)


def compared(name: str, pairs: Sequence[Pair], budget: float) -> Iterator[Figure]:
    """How much longer than a bare page a page takes: in seconds, and in bare pages; medians of the pairs."""
    seconds = statistics.median(took - bare for bare, took in pairs)
    yield Figure(f"{name} beyond hello", seconds, "s", budget, judged=False)
    ratio = statistics.median((took - bare) / bare for bare, took in pairs)
    yield Figure(f"{name} beyond hello", ratio, "hellos", round(budget / USUAL, 2))


def memory(process: int) -> float:
    """Resident memory of a process in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


TABLE: Final = ("h2", "[data-testid=stDataFrame] canvas tbody tr, .sheet tbody tr")
VEGA: Final = "[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas"
READY: Final = {
    "leaderboard": TABLE,
    "benchmark": (*TABLE, ".plot a"),
    "compare": (*TABLE, ".plot.paths a", ".plot.rows a"),
    "trends": ("h2", ".plot a"),
    "sanity": (*TABLE, ".plot.bars a"),
    "coverage": ("h2", ".plot.bars a", ".plot .tiles a", ".plot.upright a", ".plot.rows b"),
}
"""What must stand on a view before it counts as settled: its table, a mark of each of its charts."""


def addresses(folder: Path) -> dict[str, Params]:
    """An address for every view, on the board with most claims where a view shows one."""
    with duckdb.connect(str(folder / store.FILE), read_only=True) as connection:
        query = "SELECT benchmark, metric, lane, board_no FROM boards ORDER BY n_rows DESC LIMIT 1"
        bench, metric, lane, number = connection.execute(query).fetchone() or ()
        query = "SELECT claim_id FROM board_rows WHERE board_no = ? AND place = 100"
        (claim,) = connection.execute(query, [number]).fetchone() or ()
    board = {"bench": bench, "metric": metric, "lane": lane}
    return {
        name: {"view": name, **(board if name in {"benchmark", "compare", "trends"} else {})}
        | ({"claim": claim} if name == "claim" else {})
        for name in views.pages()
    }


def in_browser(browser: Any, folder: Path) -> Iterator[Figure]:
    """What a reader waits for, what is sent, and how much memory the server takes."""
    with tempfile.TemporaryDirectory() as bare:
        for name, script in (("hello.py", HELLO), ("plain.py", PLAIN)):
            (Path(bare) / name).write_text(script, encoding="utf-8")
        flags = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"]
        flags += ["--server.address", "127.0.0.1", "--server.port"]
        with served(["streamlit", "run", "hello.py", *flags], Path(bare)) as (_, hello):
            with served(["streamlit", "run", "plain.py", *flags], Path(bare)) as (_, plain):
                for name, params, ready in (
                    ("table", {}, TABLE),
                    ("table and chart", {"view": "chart"}, (*TABLE, VEGA)),
                ):
                    pairs, _ = beyond(browser, hello, plain, params, ready)
                    ratio = statistics.median((took - bare_page) / bare_page for bare_page, took in pairs)
                    yield Figure(f"Streamlit's bare {name} beyond hello", ratio, "hellos")
            yield from beside(browser, hello, folder)


def beside(browser: Any, hello: str, folder: Path) -> Iterator[Figure]:
    """The figures of the dashboard beside those of the bare page at the address `hello`."""
    command = ["leaderboard", "dashboard", str(folder), "--port"]
    firsts = []
    for _ in range(REPETITIONS):
        with window(browser, hello, {}, ["h1"]) as (_, bare, _):
            pass
        with served(command, folder) as (_, address), window(browser, address, {}, TABLE) as (_, took, _):
            firsts.append((bare, took))
    yield Figure("hello page", statistics.median(bare for bare, _ in firsts), "s")
    yield from compared("first visitor", firsts, 2.0)
    with served(command, folder) as (process, address):
        pages = addresses(folder)
        for name, params in pages.items():
            pairs, sent = beyond(browser, hello, address, params, READY.get(name, ("h2",)))
            yield from compared(f"view {name}", pairs, 1.0 if name == "leaderboard" else 1.3)
            yield Figure(f"view {name} sent", sent, "MB", 0.5)
        for name, words in (("leaderboard", ("arbel", "kanar")), ("benchmark", ("kan", "bel"))):
            with window(browser, address, pages[name], TABLE) as (page, _, _):
                yield Figure(f"filter change in {name}", filtered(page, words), "s", 1.0)
        yield from together(browser, address, folder, process)


def filtered(page: Any, words: Sequence[str]) -> float:
    """Seconds from a search to the new count, the median over several searches."""
    seconds = []
    for turn in range(REPETITIONS):
        counted = "() => [...document.querySelectorAll('h2, p.note')].map(e => e.textContent).join('|')"
        before = page.evaluate(counted)
        box = page.get_by_role("searchbox", name="Search")
        box.fill(words[turn % 2])
        start = time.perf_counter()
        box.press("Enter")
        page.wait_for_function(f"before => ({counted})() !== before", arg=before, timeout=20_000)
        seconds.append(time.perf_counter() - start)
        chromium.settle(page, PATIENCE)
    return statistics.median(seconds)


def together(browser: Any, address: str, folder: Path, process: int) -> Iterator[Figure]:
    """Several readers at once, each with a board of its own: whether each sees its own, and the memory it takes."""
    with duckdb.connect(str(folder / store.FILE), read_only=True) as connection:
        query = "SELECT benchmark FROM benchmark_facets WHERE kind = 'score' ORDER BY papers DESC LIMIT ?"
        benchmarks = [name for (name,) in connection.execute(query, [SESSIONS]).fetchall()]
    start = time.perf_counter()
    opened = []
    for bench in benchmarks:
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        page = context.new_page()
        page.goto(f"{address}/?{urlencode({'view': 'benchmark', 'bench': bench})}", wait_until="commit")
        opened.append((context, page))
    for _, page in opened:
        page.locator(READY["benchmark"][-1]).first.wait_for(state="attached", timeout=60_000)
        chromium.settle(page, PATIENCE)
    yield Figure(f"{SESSIONS} sessions opened at once, all settled", time.perf_counter() - start, "s")
    headings = [page.locator("h2").first.inner_text() for _, page in opened]
    strangers = sum(heading != bench for heading, bench in zip(headings, benchmarks, strict=True))
    yield Figure(f"of {SESSIONS} sessions, those that show another's board", strangers, "sessions", 0)
    yield Figure(f"memory with {SESSIONS} sessions", memory(process), "MB", 400 + 2 * SESSIONS)
    for context, _ in opened:
        context.close()


def in_database(folder: Path) -> Iterator[Figure]:
    """The slowest query that any view makes, and the queries of the largest board; medians of several runs."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    os.environ["LEADERBOARD_DIR"] = str(folder)
    took: dict[str, list[float]] = defaultdict(list)
    plain = store.Build.frame

    def timed(build: store.Build, query: str, parameters: Sequence[object] = ()) -> Any:
        start = time.perf_counter()
        answer = plain(build, query, parameters)
        took[f"{' '.join(query.split())} {list(parameters)}"].append(time.perf_counter() - start)
        return answer

    pages = addresses(folder)
    board, first = pages["benchmark"], pages["leaderboard"]
    asked = [
        *pages.values(),
        *({**first, **more} for more in ({"q": "arbel"}, {"minconf": "0.8"}, {"flags": "clean", "order": "newest"})),
        *({**board, **more} for more in ({"q": "kan"}, {"minconf": "0.8"}, {"lane": "*"}, {"page": "100"})),
        {"view": "sanity", "q": "arb"},
    ]
    store.Build.frame = timed  # type: ignore[method-assign] # for the time of this measurement
    try:
        for _ in range(REPETITIONS):
            for params in asked:
                test = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
                for name, value in params.items():
                    test.query_params[name] = value
                watch.newest().kept.clear()
                test.run()
                if test.exception:
                    raise SystemExit(f"{params}: {test.exception[0].value}")
    finally:
        store.Build.frame = plain  # type: ignore[method-assign] # as above
    medians = sorted(((statistics.median(seconds), query) for query, seconds in took.items()), reverse=True)
    for seconds, query in medians[:5]:
        print(f"  {seconds * 1000:6.0f} ms  {query[:160]}", file=sys.stderr)
    yield Figure(f"slowest of {len(medians)} queries of all views", medians[0][0] * 1000, "ms", 250)
    yield from of_a_lane(folder, board)


def of_a_lane(folder: Path, board: Params) -> Iterator[Figure]:
    """The queries that draw the largest board."""
    from dashboard.state import read  # noqa: PLC0415 - only here

    build = store.open_build(folder)
    state = read({name: [value] for name, value in board.items()}, tuple(views.pages()))
    chosen, _, _ = ranking.chosen_boards(ranking.lanes(build, "score", state.bench), state)
    ids = list(chosen["board_id"])
    steps: dict[str, Callable[[], object]] = {
        "first page of": lambda: ranking.rows(build, ids, state, most=store.PAGE_ROWS),
        "count of": lambda: ranking.totals(build, ids, state),
        "marks over time of": lambda: ranking.marks(build, ids, state, "time", charts.MOST_MARKS),
    }
    yield Figure("claims on the largest board", ranking.totals(build, ids, state).claims, "claims")
    for name, step in steps.items():
        seconds = []
        for _ in range(REPETITIONS):
            build.kept.clear()
            start = time.perf_counter()
            step()
            seconds.append(time.perf_counter() - start)
        yield Figure(f"{name} the largest board", statistics.median(seconds) * 1000, "ms", 50)
    build.close()


def measure(folder: Path) -> list[Figure]:
    """All figures, printed as they come."""
    figures = []
    with sync_playwright() as driver:
        browser = chromium.launch(driver)
        for figure in in_browser(browser, folder):
            figures.append(figure)
            show(figure)
        browser.close()
    for figure in in_database(folder):
        figures.append(figure)
        show(figure)
    return figures


def show(figure: Figure) -> None:
    """Print one figure as a line."""
    verdict = "  BROKEN" if figure.broken else "" if figure.judged else "  (not judged)"
    budget = "" if figure.budget is None else f"  budget {figure.budget:g}{verdict}"
    print(f"{figure.name:<55}{figure.value:>12,.2f} {figure.unit}{budget}", flush=True)


def main() -> int:
    """Measure, and say whether every budget holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the build is kept; default: a temporary folder")
    parser.add_argument("--write", action="store_true", help=f"replace {FIGURES.name}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        if not (folder / store.FILE).is_file():
            large_build.write(folder, options.claims)
        figures = [
            Figure("claims in the build", options.claims, "claims"),
            Figure("size of the build", (folder / store.FILE).stat().st_size / 1e6, "MB"),
            *measure(folder),
        ]
    if options.write:
        with FIGURES.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("figure", "value", "unit", "budget"))
            writer.writerows((f.name, f"{f.value:.3g}", f.unit, "" if f.budget is None else f.budget) for f in figures)
    return int(any(figure.broken for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
