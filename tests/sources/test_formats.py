"""Every input format against its cases: tests/cases/sources/*.toml."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

import pytest

from leaderboard import sources
from leaderboard.models import Paper, Rejection
from leaderboard.sources._inputs import head

CASES = Path(__file__).parent.parent / "cases" / "sources"
NAMES = sorted(path.stem for path in CASES.glob("*.toml"))


def given(case: dict, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Lay the case's input down and return its name on the command line."""
    data = case["content"].encode()
    if case["file"] == "-":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return "-"
    path = folder / case["file"]
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    source = given(case, tmp_path, monkeypatch)
    recognised = sources._recognise(head(source), source)
    assert recognised.__name__ == f"leaderboard.sources.{case['format']}"
    records = list(sources.read([source]))
    papers = [record for record in records if isinstance(record, Paper)]
    rejected = [record for record in records if isinstance(record, Rejection)]
    expected = case.get("papers", [])
    assert [paper.record for paper in papers] == [paper["record"] for paper in expected]
    for paper, wanted in zip(papers, expected, strict=True):
        for field, value in wanted.items():
            assert getattr(paper, field) == value, field
        if "id" in wanted and "abstract" in wanted:  # the case states the whole record
            assert (paper.url, paper.date) == (wanted.get("url"), wanted.get("date"))
        assert paper.source == source
    reasons = case.get("rejected", [])
    assert [one.record for one in rejected] == [one["record"] for one in reasons]
    for one, wanted in zip(rejected, reasons, strict=True):
        assert wanted["reason"] in one.reason
        assert one.paper_id == wanted.get("paper_id")
        assert (one.stage, one.source) == ("source", source)
        assert len(one.text) <= 200


def test_every_format_has_a_case_and_a_docstring() -> None:
    covered = {tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["format"] for name in NAMES}
    assert covered == set(sources.formats())
    for name, module in sources.formats().items():
        first, _, rest = (module.__doc__ or "").partition("\n")
        assert first.endswith("."), name
        assert ": " in first, name
        assert rest.strip(), name


@pytest.mark.parametrize("name", NAMES)
def test_the_named_format_reads_what_is_recognised(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    source = given(case, tmp_path, monkeypatch)
    spoken = case["format"].replace("_", "-")
    assert list(sources.read([source], format=spoken)) == list(sources.read([source]))
