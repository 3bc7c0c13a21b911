"""Every export on a build whose texts try to be something else: a formula, HTML, Markdown, a link that runs."""

from __future__ import annotations

import csv
import html.parser
import json
import re
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard import exports
from leaderboard.exports import (
    _cells,
    _report,
    claims_csv,
    claims_parquet,
    leaderboard_csv,
    rejected_jsonl,
    report_html,
    report_md,
)
from leaderboard.models import TABLE_COLUMNS, Paper, Rejection, Snapshot
from leaderboard.plugins import discover

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXTS = {"paper_id", "title", "printed", "sentence", "subject", "evidence", "model", "url", "note"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_format_is_found_and_explains_itself() -> None:
    formats = discover(exports)
    assert {module.FILE for module in formats.values()} == {
        "leaderboard.csv",
        "claims.csv",
        "claims.parquet",
        "corrections.csv",
        "report.md",
        "report.html",
        "merged.csv",
        "rejected.jsonl",
    }
    assert all(module.__doc__ and module.write.__doc__ for module in formats.values())


@pytest.mark.parametrize("name", discover(exports))
def test_same_snapshot_same_bytes(name: str, hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    module = discover(exports)[name]
    for path in (tmp_path / "a", tmp_path / "b"):
        module.write(hostile_snapshot, path)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("name", discover(exports))
def test_an_empty_build_has_every_file(name: str, make_snapshot: Callable[..., Snapshot], tmp_path: Path) -> None:
    module = discover(exports)[name]
    module.write(make_snapshot([]), tmp_path / module.FILE)
    assert (tmp_path / module.FILE).is_file()


@pytest.mark.parametrize("module", [leaderboard_csv, claims_csv], ids=["boards", "claims"])
def test_no_cell_runs_as_a_formula(module: object, hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    module.write(hostile_snapshot, path)  # type: ignore[attr-defined]
    assert b"\r\n" not in path.read_bytes().replace(b"@x\r\n-y", b"")
    for row in rows(path):
        for name, cell in row.items():
            assert name not in TEXTS or not cell.lstrip(" ").startswith(DANGEROUS), (name, cell)


def test_leaderboard_csv(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    leaderboard_csv.write(hostile_snapshot, tmp_path / "x.csv")
    first, second = rows(tmp_path / "x.csv")
    assert tuple(first) == leaderboard_csv.COLUMNS
    assert (first["rank"], first["tie"], first["tier"], first["score"]) == ("1", "false", "true", "84")
    assert (second["benchmark"], second["metric"], second["lane"]) == ("OddRead", "accuracy", "unstated")
    assert (second["printed"], second["evidence"]) == ("83.2%", "Foo reaches 83.2% here.")
    assert (second["title"], second["url"]) == ("'+SUM(A1)", "https://example.org/a?b=1&c=2")


def test_claims_csv_and_parquet_hold_the_same(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    claims_csv.write(hostile_snapshot, tmp_path / "x.csv")
    claims_parquet.write(hostile_snapshot, tmp_path / "x.parquet")
    raw = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert raw == [asdict(result) for result in hostile_snapshot.results]
    assert [list(row.values()) for row in rows(tmp_path / "x.csv")] == [
        [_cells.cell(row[name]) for name in TABLE_COLUMNS] for row in raw
    ]


def test_rejected_jsonl(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    rejected_jsonl.write(hostile_snapshot, tmp_path / "x")
    (line,) = (tmp_path / "x").read_text(encoding="utf-8").splitlines()
    assert Rejection(**json.loads(line)) == hostile_snapshot.rejections[0]
    assert list(json.loads(line)) == [field.name for field in fields(Rejection)]


@given(st.text())
def test_a_neutral_cell_keeps_its_text_and_starts_harmless(text: str) -> None:
    cell = _cells.neutral(text)
    assert cell in {text, "'" + text}
    assert not cell.lstrip().startswith(DANGEROUS)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (-2.5, "-2.5"),
        (84.0, "84"),
        (7e9, "7000000000"),
        (1e300, "1e+300"),
    ],
)
def test_values_that_are_no_text(value: object, cell: str) -> None:
    assert _cells.cell(value) == cell


class Page(html.parser.HTMLParser):
    """Collects the tags, the addresses and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.marked: list[str] = []
        self.handlers: list[str] = []
        self.ids: list[str] = []
        self.shown = ""
        self._mark = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self._mark = tag == "mark"

    def handle_data(self, data: str) -> None:
        self.shown += data
        if self._mark:
            self.marked.append(data)
            self._mark = False


def test_report_html_shows_hostile_text_and_acts_on_none(hostile_snapshot: Snapshot) -> None:
    text = report_html.render(hostile_snapshot)
    page = Page(text)
    assert not page.tags & {"script", "img", "iframe", "object", "link", "base", "form", "b"}
    assert page.handlers == []
    assert {a for a in page.addresses if not a.startswith("#")} == {"https://example.org/a?b=1&c=2"}
    assert {a[1:] for a in page.addresses if a.startswith("#")} <= set(page.ids)
    assert "<img src=x onerror=alert(1)>" in page.shown
    assert "<script>alert(1)</script>" in page.shown
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_report_html_marks_every_number_in_its_words(hostile_snapshot: Snapshot) -> None:
    page = Page(report_html.render(hostile_snapshot))
    assert page.marked == ["84.0%", "83.2%"]
    assert "Foo reaches 83.2% here." in page.shown


def test_report_html_asks_for_nothing(hostile_snapshot: Snapshot) -> None:
    text = report_html.render(hostile_snapshot)
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


def test_report_md_shows_hostile_text_and_acts_on_none(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    report_md.write(hostile_snapshot, tmp_path / "x.md")
    text = (tmp_path / "x.md").read_text(encoding="utf-8")
    bare = re.sub(r"\\.", "", text)
    assert "<img" not in bare
    assert "![" not in bare
    assert re.findall(r"\]\(<([^>]*)>\)", bare) == ["https://example.org/a?b=1&c=2"]
    assert "javascript:" not in "".join(re.findall(r"\]\(.*?\)", bare))
    assert "Foo reaches **83.2%** here." in text
    assert "\x1b" not in text
    # No text of a paper breaks out of its table row.
    grids = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in grids)


@given(st.text())
def test_escaped_markdown_is_one_line_without_live_marks(text: str) -> None:
    shown = report_md.escape(text)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"[`*_\[\]<>|~$&!#]", re.sub(r"\\.", "", shown))
    assert not re.match(r"\s*([-+=]|\d+[.)])(\s|$)", shown)


@pytest.mark.parametrize(
    ("abstract", "before", "after"),
    [
        ("Foo reaches 84.0% here.", "Foo reaches ", " here."),
        ("x " * 200 + "reaches 84.0% " + "y " * 200, "… " + "x " * 75 + "reaches ", " " + "y " * 79 + " …"),
    ],
    ids=["short", "long"],
)
def test_words_around_a_number(
    abstract: str, before: str, after: str, make_snapshot: Callable[..., Snapshot], make_paper: Callable[..., Paper]
) -> None:
    (result,) = make_snapshot([make_paper(abstract)]).results
    words = _report.around(result, abstract)
    assert words.number == "84.0%"
    assert words.before.split() == before.split()
    assert words.after.split() == after.split()
    assert len(words.before) <= _report.CONTEXT + 2


def test_a_sentence_that_stands_twice_marks_the_right_number(
    make_snapshot: Callable[..., Snapshot], make_paper: Callable[..., Paper]
) -> None:
    sentence = "It is 84.0%."
    abstract = f"{sentence} {sentence}"
    (result, *_) = make_snapshot([make_paper(abstract)]).results
    second = replace(result, sentence=sentence, start=abstract.rindex("84"), end=abstract.rindex("84") + 5)
    first = replace(result, sentence=sentence)
    for one in (first, second):
        assert _report.around(one, abstract) == _report.Evidence("It is ", "84.0%", ".")


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://user:secret@example.org/", False),
        ("https://example.org/\n", False),
        ('https://example.org/"onload=', False),
        ("https://", False),
        ("http://[", False),
        ("//example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_pass(url: str | None, usable: bool) -> None:
    assert _report.web_address(url) == (url if usable else None)


@pytest.mark.parametrize(
    "case",
    [
        ("score", "percent", "84.2%", 84.2, "exact", "84.2%"),
        ("score", "percent", "0.842", 84.2, "exact", "0.842 = 84.2%"),
        ("score", "percent", "1,084.50", 1084.5, "exact", "1,084.50"),
        ("score", "percent", "90%", 90.0, "at_least", "≥ 90%"),
        ("score", "percent", "90%", 90.0, "up_to", "≤ 90%"),
        ("score", "percent", "ninety", None, "about", "~ ninety"),
        ("change", "points", "2 points", -2.0, "exact", "-2 points"),
        ("change", "points", "2 points", 2.0, "exact", "+2 points"),
        ("change", "percent", "+2%", 2.0, "exact", "+2%"),
        ("change", "percent", "\u22122%", -2.0, "exact", "\u22122%"),
        ("ratio", "x", "16x", 0.0625, "exact", "16x = 0.0625x"),
        ("ratio", "x", "two-fold", 2.0, "exact", "two-fold = 2x"),
        ("ratio", "x", "2x", 2.0, "exact", "2x"),
        ("size", "parameters", "7B", 7e9, "about", "~ 7B"),
    ],
)
def test_figure(case: tuple[Any, ...], hostile_snapshot: Snapshot) -> None:
    kind, unit, printed, score, bound, shown = case
    board = replace(hostile_snapshot.boards[0], kind=kind, unit=unit)
    assert _report.figure(replace(board.rows[0], printed=printed, score=score, bound=bound), board) == shown
