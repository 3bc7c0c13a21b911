"""Streamlit's own scripts, handed out at once, and asked for before a page turns out to need them.

A page of Streamlit first loads what every page needs, then hears from the server what is on it, and only then asks for
what draws controls: thirty files, each of which Streamlit reads in steps that take turns with the script
that is drawing the page. Here the page names those files in its head, so that they come while it starts, and a file is
read and sent in one step. Nothing depends on that: what is not found goes on to Streamlit, and where its files are
called otherwise one day, nothing is named and the page loads as it does by itself.

The page has also what is ours: in its head the script for tables and what stills all that would move, at its end our
style sheet, below Streamlit's own so that it wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from streamlit import file_util

from dashboard import colours, look
from dashboard.plots import style

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TABLES: Final[tuple[str, ...]] = ("Html", "Button", "TextInput", "ButtonGroup", "Pagination", "DownloadButton")
"""The scripts of what stands on the first page: a file's name up to its first dot."""

CHOICES: Final[tuple[str, ...]] = (*TABLES, "Selectbox")
"""The scripts of pages with lists to choose from."""

MANY: Final[tuple[str, ...]] = (*CHOICES, "Multiselect")
"""The scripts of pages with lists of which several entries can be chosen."""

SCRIPTS_OF: Final = {
    **dict.fromkeys(("", "leaderboard", "claim", "about"), TABLES),
    **dict.fromkeys(("benchmark", "coverage"), CHOICES),
}
"""The scripts of pages by the name in the address; any other is taken to have all of them."""

SCRIPTS: Final = "/static/js/"
OURS: Final = "/tables.js"
"""The one script of our own, a file: no word of a paper and nothing that a reader typed is ever part of a script."""

FOR_GOOD: Final = "public, immutable, max-age=31536000"
"""How long a browser may keep a file: its name holds a hash of what is in it."""

_IMPORTED: Final = re.compile(r"""(?:from|import)\s*["']\./([^"']+\.js)["']""")


class Assets:
    """ASGI middleware that answers for Streamlit's files and its first page, and passes everything else on."""

    def __init__(self, app: ASGIApp, folder: Path | None = None) -> None:
        """Wrap `app`; `folder` is where Streamlit's files lie."""
        self.app = app
        root = folder or Path(file_util.get_static_dir())
        self.files = {f"/{path.relative_to(root).as_posix()}": path for path in root.rglob("*") if path.is_file()}
        scripts = {address.removeprefix(SCRIPTS): path for address, path in self.files.items() if SCRIPTS in address}
        page = self.files.get("/index.html")
        self.page = page.read_text(encoding="utf-8") if page else ""
        self.files[OURS] = Path(__file__).with_name(OURS.removeprefix("/"))
        ours = f'<style>{look.STILL}</style><script src=".{OURS}"></script>'
        self.heads = {roots: ours + early(self.page, scripts, roots) for roots in (TABLES, CHOICES, MANY)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a plain request for one of the files or for the page."""
        plain = scope["type"] == "http" and scope["method"] == "GET" and not scope.get("root_path")
        path = str(scope.get("path", ""))
        if plain and path == OURS:
            await _answer(send, self.files[path].read_bytes(), path, "no-cache")
        elif plain and path.startswith("/static/") and path in self.files and not _has(scope, b"range"):
            await _answer(send, self.files[path].read_bytes(), path, FOR_GOOD)
        elif plain and path == "/" and self.page:
            view = parse_qs(bytes(scope.get("query_string", b"")).decode("latin-1")).get("view", [""])[-1]
            head = self.heads[SCRIPTS_OF.get(view, MANY)]
            page = self.page.replace("</head>", f"{head}</head>", 1)
            body = page.replace("</body>", f"<style>{colours.SHEET}{look.CSS}{style.CSS}</style></body>", 1).encode()
            await _answer(send, body, "index.html", "no-cache")
        else:
            await self.app(scope, receive, send)


def early(page: str, scripts: Mapping[str, Path], roots: Iterable[str]) -> str:
    """Links that let a browser load the scripts whose names begin with `roots` early, and all that those import.

    What `page` names already is left out. An import follows what needs it, so that the first is not kept waiting.
    """
    found: dict[str, None] = {}
    begun = {name.partition(".")[0]: name for name in scripts}
    waiting = [begun[root] for root in reversed(list(roots)) if root in begun]
    while waiting:
        name = waiting.pop()
        if name in found or name not in scripts or f"{SCRIPTS}{name}" in page:
            continue
        found[name] = None
        waiting += reversed(_IMPORTED.findall(scripts[name].read_text(encoding="utf-8")))
    return "".join(f'<link rel="modulepreload" crossorigin href=".{SCRIPTS}{name}">' for name in found)


async def _answer(send: Send, body: bytes, name: str, keep: str) -> None:
    """Send a whole file with its type, and say how long it may be kept."""
    kind = guess_type(name)[0] or "application/octet-stream"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    headers = {"content-type": kind, "content-length": str(len(body)), "cache-control": keep}
    given = [(key.encode(), value.encode()) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": given})
    await send({"type": "http.response.body", "body": body})


def _has(scope: Scope, name: bytes) -> bool:
    """Whether a request carries a header."""
    return any(key == name for key, _ in scope.get("headers", ()))
