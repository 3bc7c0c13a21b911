"""Words from papers do nothing in any view, and nothing leaves the machine: acceptance checks 10 and 17."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

Visit = Callable[..., Any]


def test_10_hostile_words_do_nothing(visitor: Any, server: Any, invented: ModuleType, view: str) -> None:
    """Scripts, pictures, links and formulas of papers are words in every view, and the page stays usable."""
    hostile = server.claims(invented.PWN)
    assert len(hostile) == 3
    for claim, model, *_ in hostile:
        visitor.open(view=view, bench=invented.PWN, metric="accuracy", claim=claim, model=model[:200], q="")
        assert visitor.sound()
        assert not visitor.wide()
    assert visitor.leaks == []
    visitor.press("Leaderboard").heading("boards from").rows()


def test_10_a_search_for_hostile_words_does_nothing(visitor: Any, invented: ModuleType, view: str) -> None:
    """What stands in the address is words, too."""
    visitor.open(view=view, q=invented.PWN, bench=invented.PWN[:200], claim=invented.PWN, check=invented.PWN)
    assert visitor.sound()
    assert visitor.leaks == []


def test_10_a_name_of_ten_thousand_letters_keeps_its_place(
    visit: Visit, serve: Any, tmp_path: Path, invented: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name without end is cut where it is shown and breaks no page."""
    endless = "Endless" + "x" * 10_000
    plain = invented.entries
    extra = invented.Entry(endless, "accuracy", "unstated", endless, "50%", 50.0, "2024-01", 1e9, title=endless)
    monkeypatch.setattr(invented, "entries", lambda: [extra, *plain()])
    invented.write(tmp_path)
    process, address = serve(tmp_path)
    try:
        visitor = visit(address).open(q="endless").heading("1 board from 1 claim")
        visitor.click_row(0)
        visitor.page.get_by_text("Showing 1 of 1 claims").first.wait_for()
        visitor.click_row(0)
        visitor.page.locator(".card").wait_for()
        assert visitor.sound()
        assert not visitor.wide()
    finally:
        process.terminate()
        process.wait(10)


def test_17_every_answer_carries_the_security_headers(server: Any) -> None:
    """Nothing is loaded from elsewhere, guessed, framed, or told where the reader came from."""
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/nowhere"):
        with urllib.request.urlopen(server.address + path, timeout=5) as answer:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "no-referrer"
            policy = answer.headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "http" not in policy
            assert "eval" not in policy
            assert "ws" not in policy, "the socket is of this server, which Chromium takes for the same origin"


def test_17_no_request_leaves_the_machine(visit: Visit, server: Any, view: str) -> None:
    """A view asks this server only, from the first byte on; the telemetry host is never asked."""
    visitor = visit(server.address)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.on("websocket", lambda socket: asked.append(socket.url))
    visitor.open(view=view, bench="Mazes-10", claim=server.claims("Mazes-10")[0][0])
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert len(asked) > 20
    assert visitor.leaks == []


def test_17_only_this_machine_is_served(server: Any) -> None:
    """The port is open at 127.0.0.1 and at no other address of the machine."""
    port = int(urlsplit(server.address).port or 0)
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    if Path("/proc/net/tcp6").exists():
        lines += Path("/proc/net/tcp6").read_text(encoding="ascii").splitlines()[1:]
    listening = {line.split()[1] for line in lines if line.split()[3] == "0A"}
    assert {address for address in listening if address.endswith(f":{port:04X}")} == {f"0100007F:{port:04X}"}
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
