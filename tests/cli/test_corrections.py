"""Corrections on the command line: `build`, `check` and `explain` apply them, and say which change nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ABSTRACT = "On GSM8K, Owl improves accuracy from 77.5% to 83.9%, a gain of 7.4 points."
FIX = """
[[fix]]
paper = "p1"
number = "7.4 points"
set = { value = 6.4 }
reason = "a <b>slip</b> of | the\\u001b[31m pen"
by = "A. Reader"
"""
IDLE = '[[drop]]\npaper = "p9"\nnumber = "1%"\nreason = "gone"\n'
SAID = "corrections.toml: drop 1 changes nothing: no paper of this build is called 'p9'; remove the entry, or"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text(json.dumps({"id": "p1", "title": "Owl: an invented bird", "abstract": ABSTRACT}))
    return path


@pytest.fixture
def corrected(papers: Path) -> Path:
    """The papers with corrections beside them, one of which changes nothing."""
    (papers.parent / "corrections.toml").write_text(FIX + IDLE)
    return papers


def test_build_tells_what_it_corrected_and_what_not(command: Run, corrected: Path, tmp_path: Path) -> None:
    status, out, err = command("build", corrected, "--out", tmp_path / "out")
    assert (status, err) == (0, "")
    assert f"Corrections: 1 claim changed or dropped; each change is in {tmp_path / 'out' / 'corrections.csv'}" in out
    assert SAID in out
    report = (tmp_path / "out" / "report.md").read_text()
    assert "**Corrected:** value: 7.4 -\\> 6.4 (fix 1: a \\<b\\>slip\\</b\\> of \\| the\ufffd\\[31m pen)" in report
    assert "| p1 | 7.4 points | value: 7.4 -\\> 6.4 |" in report
    assert "(A. Reader)" in report


def test_build_without_corrections_does_not_speak_of_them(command: Run, papers: Path, tmp_path: Path) -> None:
    _, out, _ = command("build", papers, "--out", tmp_path / "out")
    assert "Corrections" not in out
    assert "Corrections" not in (tmp_path / "out" / "report.md").read_text()


def test_many_idle_entries_are_counted(command: Run, papers: Path, tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(IDLE * 12)
    _, out, _ = command("build", papers, "--out", tmp_path / "out")
    assert out.count("changes nothing") == 10
    assert "\n... and 2 more\n" in out


def test_check_sums_what_was_corrected(command: Run, papers: Path, tmp_path: Path) -> None:
    assert command("check", papers)[0] == 1
    (tmp_path / "mine.toml").write_text(FIX + IDLE)
    status, out, err = command("check", papers, "--corrections", tmp_path / "mine.toml")
    assert status == 0
    assert "0 differ" in out
    assert f"leaderboard: {tmp_path / 'mine.toml'}: drop 1 changes nothing" in err


def test_explain_shows_the_reading_and_its_correction(command: Run, corrected: Path) -> None:
    _, out, _ = command("explain", corrected)
    assert "  value       7.4 points" in out
    (line,) = [line for line in out.splitlines() if line.startswith("  corrected")]
    assert line.split() == "corrected value: 6.4 fix 1: a <b>slip</b> of | the\ufffd[31m pen".split()
    _, page, _ = command("explain", corrected, "--format", "html")
    assert "a &lt;b&gt;slip&lt;/b&gt; of | the\ufffd[31m pen" in page
    _, record, _ = command("explain", corrected, "--format", "json")
    claims = json.loads(record)["claims"]
    assert [[one["corrected"] for one in claim["corrections"]] for claim in claims] == [[], [], ["6.4"]]
    assert claims[2]["value"] == 7.4


def test_explain_shows_the_corrections_of_a_build(command: Run, corrected: Path, tmp_path: Path) -> None:
    command("build", corrected, "--out", tmp_path / "out")
    _, out, _ = command("explain", "p1", "--build", tmp_path / "out")
    assert "corrected   value: 6.4" in out


def test_explain_says_what_is_dropped_and_what_cannot_be_corrected(command: Run, papers: Path, tmp_path: Path) -> None:
    entry = '[[{}]]\npaper = "p1"\nnumber = "83.9%"\nreason = "r"\n'
    (tmp_path / "corrections.toml").write_text(entry.format("drop") + entry.format("fix") + "set.value = 1")
    _, out, _ = command("explain", papers)
    assert "corrected      no claim: it is dropped" in out
    assert "not corrected  drop 1 drops this claim; remove one of the two" in out


@pytest.mark.parametrize("name", ["build", "check", "explain"])
def test_a_bad_file_is_one_line_with_file_entry_and_remedy(
    command: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corrections.toml").write_text('[[drop]]\npaper = "p1"\nreason = "r"')
    status, out, err = command(name, papers.name)
    assert (status, out) == (2, "")
    assert err == "leaderboard: corrections.toml: drop 1: lacks number: add number = ...\n"
