"""`leaderboard explain`: files, standard input and papers of a build, as text, JSON and HTML."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from leaderboard.models import Paper, Snapshot
from leaderboard.table import FILE, write

Run = Callable[..., tuple[int, str, str]]
ABSTRACT = "FrobNet reaches 84.2% accuracy on ImageNet with 8 heads."


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    records = [
        {"id": "p1", "title": "FrobNet: an invented network", "abstract": ABSTRACT},
        {"id": "p2", "title": "Nothing to Read Here", "abstract": ""},
        {"id": "p3", "title": "Words \x1b[31mOnly", "abstract": "No number\x07 stands here."},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_plain_text_in_a_pipe(command: Run, papers: Path) -> None:
    status, out, err = command("explain", papers)
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "FrobNet: an invented network"
    assert "[claim 1: 84.2%] [metric: accuracy] on [benchmark: ImageNet]" in lines[2]
    assert "1. 84.2%" in lines
    assert "Numbers that are no claims" in lines
    assert lines[-3:] == ["Words [31mOnly", "", "No number\ufffd stands here."]
    assert "\x1b" not in out
    assert err.startswith("leaderboard: 1 record(s) set aside")


def test_colours_on_a_terminal(command: Run, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    _, out, _ = command("explain", papers)
    assert "\x1b[1;30;43m84.2%\x1b[0m" in out
    assert "No number\ufffd stands here." in out
    assert "[claim" not in out


def test_markup_of_an_abstract_is_text(command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text("It [bold]reaches[/] 84.2% :smile: [/nonsense] on ImageNet.", encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    status, out, _ = command("explain", tmp_path / "x.txt")
    assert status == 0
    assert "[bold]reaches[/]" in out
    assert ":smile:" in out


def test_json_is_one_object_per_line(command: Run, papers: Path) -> None:
    _, out, _ = command("explain", papers, "--format", "json")
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["paper_id"] for record in records] == ["p1", "p3"]
    assert [claim["number"] for claim in records[0]["claims"]] == ["84.2%"]


def test_html(command: Run, papers: Path) -> None:
    _, out, _ = command("explain", papers, "--format", "html")
    assert out.startswith("<!DOCTYPE html>")
    assert out.endswith("</html>\n")
    assert '<mark class="benchmark" title="benchmark">ImageNet</mark>' in out


def test_standard_input(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(ABSTRACT.encode()), isatty=lambda: False))
    status, out, _ = command("explain", "-", "--format", "json")
    assert status == 0
    assert json.loads(out)["claims"][0]["number"] == "84.2%"


def test_confidence(command: Run, papers: Path) -> None:
    _, out, _ = command("explain", papers, "--format", "json", "--min-confidence", "1")
    record = json.loads(out.splitlines()[0])
    assert record["claims"] == []
    assert "is below 1." in record["others"][0]["reason"]


@pytest.fixture
def built(make_snapshot: Callable[..., Snapshot], tmp_path: Path) -> Path:
    folder = tmp_path / "build"
    folder.mkdir()
    write(make_snapshot([Paper("p1", "FrobNet", ABSTRACT), Paper("p2", "Other", "It is 3.1%.")]), folder / FILE)
    return folder


def test_a_paper_of_a_build(command: Run, built: Path) -> None:
    status, out, _ = command("explain", "p2", "--build", built, "--format", "json")
    assert status == 0
    assert json.loads(out)["abstract"] == "It is 3.1%."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("p9", "--build", "{built}"), "Unknown paper of this build 'p9'."),
        (("p1", "--build", "nowhere"), "nowhere: holds no build"),
        (("p1",), "p1: no such file or folder"),
    ],
)
def test_errors_are_one_line(arguments: tuple[str, ...], message: str, command: Run, built: Path) -> None:
    status, out, err = command("explain", *(argument.format(built=built) for argument in arguments))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
