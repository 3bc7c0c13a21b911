"""The harness of the browser tests: Debian's Chromium, one server per module on a free port, no way out of the machine.

Everything that depends on Streamlit's markup stands here. A page waits for what it looks for, never for a time alone:
while a script runs, the page holds the old elements beside the new ones, so what follows a click waits for the end of
the run that the click starts (`Visitor.rerun`), and what is compared is read again until it agrees (`Visitor.sees`).
"""

from __future__ import annotations

import importlib.util
import os
import pkgutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browser import chromium
from tests.browser.chromium import Server

ROOT = Path(__file__).resolve().parents[2]
VIEWS = tuple(
    sorted(m.name for m in pkgutil.iter_modules([str(ROOT / "dashboard" / "views")]) if not m.name.startswith("_"))
)
"""Every page there is, by its file name: what is dropped into the folder is tested like the others."""

PATIENCE = 120
"""Seconds until a page that does not show what it should is a failure: a machine may be slow, which is no fault."""

DRAWN = """() => {
    const all = what => [...document.querySelectorAll(`[data-testid=${what}]`)].filter(e => e.offsetParent);
    return all('stSkeleton').length === 0;
}"""
"""Whether nothing that can be seen stands for what is still to come."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, where there is no browser; keep the tests of one server in one worker of xdist."""
    missing = ""
    if not chromium.CHROMIUM.exists():
        missing = f"{chromium.CHROMIUM} is absent (apt-get install chromium)"
    elif importlib.util.find_spec("playwright") is None:
        missing = "playwright is absent (pip install claims-leaderboard[browser])"
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `view` runs for every page there is."""
    if "view" in metafunc.fixturenames and "view" not in str(
        [mark.args[:1] for mark in metafunc.definition.iter_markers("parametrize")]
    ):
        metafunc.parametrize("view", VIEWS)


def start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the dashboard on a free port and wait until it is healthy."""
    number = chromium.free_port()
    environment = {**os.environ, "LEADERBOARD_DIR": str(folder)}
    environment.pop("PYTHONPATH", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "asgi.py"), "--server.port", str(number)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    chromium.wait_until_healthy(process, f"http://127.0.0.1:{number}")
    return process, f"http://127.0.0.1:{number}"


@dataclass
class Visitor:
    """One browser window on one dashboard: the only place that knows Streamlit's markup."""

    page: Any
    address: str
    leaks: list[str]
    errors: list[str] = field(default_factory=list)
    runs: int = 0
    """How often the server has said that it ran the page's script to its end."""

    def listen(self, socket: Any) -> None:
        """Count the runs of which the server tells through a socket of the page."""
        socket.on("framereceived", self._count)

    def _count(self, frame: bytes | str) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            ended = message.WhichOneof("type") == "script_finished"
            self.runs += ended and message.script_finished == ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY

    def open(self, **params: str | list[str]) -> Visitor:
        """Go to the page with these parameters and wait until it is drawn."""
        with self.rerun():
            self.page.goto(f"{self.address}/?{urlencode(params, doseq=True)}")
            self.page.locator(".masthead h1, .stHtml h2").first.wait_for()
        return self

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Do what makes the page's script run, then wait until it has run and its page is drawn."""
        before = self.runs
        yield
        self.waits_for(lambda: self.runs > before)
        self.settle()

    def settle(self) -> Visitor:
        """Wait until the script has run, and tables and charts are drawn."""
        chromium.settle(self.page, PATIENCE * 1000)
        self.page.wait_for_function(DRAWN)
        return self

    def heading(self, text: str) -> Visitor:
        """Wait for a heading that contains `text`."""
        self.page.locator("h2", has_text=text).first.wait_for()
        return self.settle()

    def query(self) -> dict[str, str]:
        """The parameters in the address bar."""
        pairs: dict[str, str] = self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
        return pairs

    def waits_for(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until the condition holds, or fail."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            self.page.wait_for_timeout(60)

    def sees(self, read: Callable[[], Any], expected: object) -> None:
        """Wait until what is read from the page is what is expected, or fail and show both."""
        deadline = time.monotonic() + PATIENCE
        while (found := read()) != expected and time.monotonic() < deadline:
            self.page.wait_for_timeout(60)
        assert found == expected

    def press(self, name: str) -> Visitor:
        """Click the button of this name, and wait for the page that follows."""
        self.still()
        with self.rerun():
            self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def still(self) -> Visitor:
        """Wait until no run of the page's script has ended for a while: a run replaces what was about to be clicked."""
        before = -1
        while before < self.runs:
            before = self.runs
            self.settle()
            self.page.wait_for_timeout(250)
        return self

    def searches(self, words: str) -> Visitor:
        """Type words into the search box and wait for the page that follows."""
        box = self.page.get_by_role("searchbox", name="Search")
        box.fill(words)
        with self.rerun():
            box.press("Enter")
        return self

    def back(self) -> Visitor:
        """Press Back once and wait for the page that follows."""
        with self.rerun():
            self.page.go_back()
        return self

    def forward(self) -> Visitor:
        """Press Forward once and wait for the page that follows."""
        with self.rerun():
            self.page.go_forward()
        return self

    def note(self) -> str:
        """The first note of the page."""
        return str(self.page.locator("p.note").first.inner_text())

    def table(self, index: int = 0) -> Any:
        """The table at `index`, with at least one row drawn."""
        table = self.page.locator(".sheet table").nth(index)
        table.locator("tbody tr").first.wait_for(state="attached")
        return table

    def rows(self, index: int = 0) -> list[dict[str, str]]:
        """The rows of a table: of each cell its words, of a link out of the dashboard its address."""
        read = """t => { const h = [...t.tHead.rows[0].cells].map(e => e.textContent);
            return [...t.tBodies[0].rows].map(r => [...r.cells].map((c, i) => [h[i],
                c.querySelector('a[target]')?.href ?? c.textContent]))}"""
        found: list[list[list[str]]] = self.table(index).evaluate(read)
        return [dict(row) for row in found]

    def column(self, name: str, most: int | None = None) -> list[str]:
        """What the first rows of the first table say in a column, empty for rows that do not show it."""
        return [row.get(name, "") for row in self.rows()[:most]]

    def click_row(self, row: int, index: int = 0, column: str = "") -> Visitor:
        """Click a row of a table, or its cell in a column, and wait for what it opens."""
        self.still()
        table = self.table(index)
        heads = table.locator("thead th").all_inner_texts()
        cell = table.locator("tbody tr").nth(row).locator("td").nth(heads.index(column) if column else 0)
        with self.rerun():
            cell.click()
        return self

    def marks(self, name: str, words: str = "") -> Any:
        """The marks of the chart whose accessible name begins with `name`: those whose words hold `words`."""
        held = f'[aria-label*="{words}"]' if words else ""
        return self.page.locator(f'.plot[aria-label^="{name}"] a{held}')

    def points(self, index: int = 0) -> Any:
        """The points of a plot of scores, each a link."""
        return self.page.locator(".plot").nth(index).locator("a")

    def middle(self, mark: Any) -> tuple[float, float]:
        """Where the middle of a mark of a chart is on the screen, once it has come to rest."""
        mark.scroll_into_view_if_needed()
        places: list[Any] = []
        self.waits_for(lambda: places.append(mark.bounding_box()) or (len(places) > 2 and places[-1] == places[-3]))
        box = places[-1]
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def click_mark(self, mark: Any) -> Visitor:
        """Click a mark of a chart and wait for what it opens."""
        where = self.middle(mark)
        with self.rerun():
            self.page.mouse.click(*where)
        return self

    def sound(self) -> bool:
        """Whether the page is drawn without an exception and without anything of a paper having run."""
        assert self.page.get_by_test_id("stException").count() == 0
        for _ in range(3):  # what a page has drawn may start something that takes effect in a later turn
            self.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            assert self.page.evaluate("window.__pwn === undefined")
        evil = "img[src*=evil], a[href*=evil]:not([href^='?']), a[href^=javascript], [src^=javascript]"
        assert self.page.locator(evil).count() == 0
        return True

    def wide(self) -> bool:
        """Whether something sticks out at the right of the page."""
        wide: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
        return wide


def _module(path: Path) -> ModuleType:
    """A module of the repository that is in no package, loaded once."""
    if path.stem not in sys.modules:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec
        assert spec.loader
        sys.modules[path.stem] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[path.stem])
    return sys.modules[path.stem]


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """The module with the invented claims."""
    return _module(ROOT / "tests" / "dashboard" / "invented.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = chromium.launch(driver)
        yield opened
        opened.close()


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Finds a free port."""
    return chromium.free_port


@pytest.fixture
def healthy() -> Callable[..., None]:
    """Waits until a server answers."""
    return chromium.wait_until_healthy


@pytest.fixture
def serve() -> Callable[[Path], tuple[subprocess.Popen[bytes], str]]:
    """Start a dashboard on a folder of the test's own; the test ends the process."""
    return start


def _serving(folder: Path) -> Iterator[Server]:
    process, address = start(folder)
    yield Server(address, folder, process)
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, invented: ModuleType) -> Iterator[Server]:
    """A dashboard on the invented build."""
    folder = tmp_path_factory.mktemp("served")
    invented.write(folder)
    yield from _serving(folder)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard on a generated build of 20,000 claims, ranked by the program's own ranking."""
    folder = tmp_path_factory.mktemp("large")
    _module(ROOT / "benchmarks" / "large_build.py").write(folder, 20_000)
    yield from _serving(folder)


@pytest.fixture(scope="session")
def leaks() -> Iterator[list[str]]:
    """Every request of the whole suite that would have left this machine; there must be none."""
    asked: list[str] = []
    yield asked
    assert asked == []


@pytest.fixture(scope="session")
def windows(browser: Any, leaks: list[str]) -> Iterator[Callable[..., Any]]:
    """Contexts of the browser, one for all windows of the same options: what the first has loaded the others keep."""
    opened: dict[str, Any] = {}

    def watch(request: Any) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            leaks.append(request.url)

    def context(**options: Any) -> Any:
        key = repr(sorted(options.items()))
        if key not in opened:
            opened[key] = browser.new_context(**options)
            opened[key].on("request", watch)
        return opened[key]

    yield context
    for one in opened.values():
        one.close()


@pytest.fixture
def visit(windows: Callable[..., Any], leaks: list[str]) -> Iterator[Callable[..., Visitor]]:
    """Open windows: `visit(address, **options of the browser context)`; none keeps what another has stored."""
    pages = []

    def opened(address: str, **options: Any) -> Visitor:
        options.setdefault("viewport", {"width": 1400, "height": 1000})
        page = windows(**options).new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE * 1000)
        visitor = Visitor(page, address, leaks)
        page.on("websocket", visitor.listen)
        page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        page.on("console", lambda m: visitor.errors.append(m.text) if m.type == "error" else None)
        return visitor

    yield opened
    for page in pages:
        if not page.is_closed():
            page.evaluate("location.protocol.startsWith('http') && localStorage.clear()")
            page.close()


@pytest.fixture
def visitor(visit: Callable[..., Visitor], server: Server) -> Visitor:
    """A window on the invented build."""
    return visit(server.address)
