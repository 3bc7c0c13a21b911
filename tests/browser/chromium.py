"""How a dashboard is served and its pages are waited for, for the browser tests and for the benchmark of scale."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

BROWSERS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = next((browser for browser in BROWSERS if browser.exists()), BROWSERS[-1])
"""Debian's Chromium: the one without windows where it is installed, since it does less work for the same pages."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
"""What a page of Streamlit is once its script has run."""


@dataclass
class Server:
    """A running dashboard."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    def claims(self, benchmark: str, lane: str = "unstated") -> list[tuple[Any, ...]]:
        """What DuckDB itself says of a board of scores: claim id, model, score, rank, title, in the order shown."""
        query = """SELECT claim_id, model, score, rank, title FROM board_rows JOIN boards USING (board_id)
            WHERE kind = 'score' AND benchmark = ? AND boards.lane = ?
            ORDER BY rank NULLS LAST, date, claim_id"""
        return self.ask(query, benchmark, lane)

    def ask(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The answer of DuckDB to a query on the build that is served."""
        with duckdb.connect(str(self.folder / "leaderboard.duckdb"), read_only=True) as connection:
            found: list[tuple[Any, ...]] = connection.execute(query, list(parameters)).fetchall()
            return found


def launch(driver: Any) -> Any:
    """Start the browser without a window, and without anything that asks the network by itself."""
    return driver.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=ARGUMENTS)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def wait_until_healthy(process: subprocess.Popen[bytes], address: str, seconds: float = 30.0) -> None:
    """Wait until a server answers; `TimeoutError`, and the end of its process, where it does not in `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    process.kill()
    message = f"no dashboard at {address} after {seconds:.0f} s"
    raise TimeoutError(message)


def processor_seconds(process: int) -> float:
    """Seconds that a process has kept processors busy: other than by the clock, little depends on who else is busy."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    ticks: int = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / ticks


def settle(page: Any, milliseconds: float = 20_000) -> None:
    """Wait until the page has been drawn and its script is done."""
    page.wait_for_timeout(160)
    page.locator(IDLE).wait_for(state="attached", timeout=milliseconds)
