"""Streamlit's files: which are answered for, and which a page names early."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dashboard import assets

PAGE = '<head><link href="./static/js/index.A1.js"></head><body>'
SCRIPTS = {
    "index.A1.js": "",
    "TextInput.B2.js": 'import{a}from"./grid.C3.js";import"./index.A1.js";export{a}',
    "grid.C3.js": 'import{b}from"./TextInput.B2.js";',
    "Multiselect.D4.js": "",
    "other.E5.js": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder like Streamlit's, with a page, scripts, and a secret beside it."""
    scripts = tmp_path / "files" / "static" / "js"
    scripts.mkdir(parents=True)
    for name, text in SCRIPTS.items():
        (scripts / name).write_text(text, encoding="utf-8")
    (tmp_path / "files" / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("hidden", encoding="utf-8")
    return tmp_path / "files"


def ask(folder: Path, path: str, *, query: str = "", method: str = "GET", **headers: str) -> tuple[int, str, str]:
    """Status, kind and body of an answer; 404 stands for what is passed on."""
    sent: list[Any] = []

    async def beyond(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": given}
    asked = assets.Assets(beyond, folder)(scope, None, send)  # type: ignore[arg-type] # nothing is received
    with ThreadPoolExecutor(1) as apart:  # the thread of the tests may have a loop of its own, where a browser runs
        apart.submit(asyncio.run, asked).result()
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = sent[1]["body"]
    assert int(answered.get("content-length", len(body))) == len(body)
    return sent[0]["status"], answered.get("content-type", ""), body.decode()


def test_a_script_is_sent_whole_with_its_type(folder: Path) -> None:
    """As a script, since the browser is told to guess nothing."""
    status, kind, body = ask(folder, "/static/js/grid.C3.js")
    assert (status, body) == (200, SCRIPTS["grid.C3.js"])
    assert "javascript" in kind


@pytest.mark.parametrize(
    "path", ["/static/../../secret.txt", "/static/js/../../../secret.txt", "//secret.txt", "/static/none.js", "/index"]
)
def test_what_does_not_lie_there_is_passed_on(folder: Path, path: str) -> None:
    """Only names that were found in the folder are answered for."""
    assert ask(folder, path)[0] == 404


def test_other_requests_are_passed_on(folder: Path) -> None:
    """Parts of files, and anything but reading, are for Streamlit."""
    assert ask(folder, "/static/js/grid.C3.js", range="bytes=0-1")[0] == 404
    assert ask(folder, "/static/js/grid.C3.js", method="HEAD")[0] == 404
    assert ask(folder, "/", method="POST")[0] == 404


@pytest.mark.parametrize(
    ("query", "lists"), [("", False), ("view=about", False), ("view=coverage", False), ("view=sanity", True)]
)
def test_the_page_names_what_its_view_needs(folder: Path, query: str, lists: bool) -> None:
    """Tables everywhere, lists where there are some; with what they import, once, and not what it names already."""
    body = ask(folder, "/", query=query)[2]
    named = [name for name in SCRIPTS if f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' in body]
    assert named == ["TextInput.B2.js", "grid.C3.js", *(["Multiselect.D4.js"] if lists else [])]
    assert body.count("TextInput.B2.js") == 1
    assert body.index("index.A1.js") < body.index("TextInput.B2.js") < body.index("</head>")


def test_the_scripts_of_the_installed_streamlit_are_found() -> None:
    """Where names change, pages load more slowly: that is to be seen here."""
    found = assets.Assets(None)  # type: ignore[arg-type] # nothing is passed on
    for root in assets.MANY:
        assert f"/{root}." in found.heads[assets.MANY], root
    assert "Multiselect." not in found.heads[assets.TABLES]


def test_the_page_names_the_script_for_tables_and_it_is_sent_as_a_file(folder: Path) -> None:
    status, kind, body = ask(folder, "/tables.js")
    assert status == 200
    assert kind.startswith("text/javascript")
    assert body == (Path(assets.__file__).parent / "tables.js").read_text(encoding="utf-8")
    assert '<script src="./tables.js"></script>' in ask(folder, "/")[2]
    assert ask(folder, "/tables.py")[0] == 404
