"""`leaderboard check` as a linter: what it reads, what it prints where, how it ends."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from leaderboard.checks import Report
from leaderboard.commands import check
from leaderboard.forms import names
from leaderboard.models import Finding, Level, State

Run = Callable[..., tuple[int, str, str]]

WELL = "On GSM8K, Owl improves accuracy from 77.5% to 83.9%, a gain of 6.4 points."
ILL = "On GSM8K, Owl improves accuracy from 77.5% to 83.9%, a gain of 7.4 points."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the command runs, empty at first."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ill(folder: Path) -> Path:
    """An abstract with one error."""
    path = folder / "abstract.txt"
    path.write_text(ILL, encoding="utf-8")
    return path


def fingerprint(out: str) -> str:
    return str(json.loads(out.splitlines()[0])["fingerprint"])


@pytest.fixture
def found(command: Run, ill: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`found(levels, *options)`: the command where the checks fail at these levels, pass once and doubt once."""

    def finding(level: Level, state: State, number: int) -> Finding:
        return Finding("metric_range", level, state, "paper", "p1", "It differs.", (), (), f"{number:016x}")

    def checked(levels: tuple[Level, ...], *options: str) -> tuple[int, str, str]:
        made = [finding("error", "pass", 100), finding("error", "review", 101)]
        made += [finding(level, "fail", number) for number, level in enumerate(levels)]
        monkeypatch.setattr(check.checks, "run", lambda *_, **__: Report(tuple(made), 1, 1, ("metric_range",)))
        return command("check", ill, *options)

    return checked


@pytest.mark.parametrize(
    ("levels", "options", "status"),
    [
        ((), ("--fail-on", "note"), 0),
        (("error",), (), 1),
        (("error",), ("--fail-on", "error"), 1),
        (("warning",), (), 0),
        (("warning",), ("--fail-on", "warning"), 1),
        (("note",), ("--fail-on", "warning"), 0),
        (("note", "error"), ("--fail-on", "note"), 1),
        (("error",), ("--fail-on", "never"), 0),
        (("error",), ("--exit-zero",), 0),
        (("error",), ("--format", "sarif"), 0),
        (("error",), ("--format", "sarif", "--fail-on", "error"), 1),
        (("error",), ("--format", "junit"), 1),
    ],
)
def test_status(levels: tuple[Level, ...], options: tuple[str, ...], status: int, found: Run) -> None:
    assert found(levels, *options)[0] == status


@pytest.mark.parametrize("form", names())
def test_every_form_is_printed_and_programs_get_the_counts_aside(form: str, command: Run, ill: Path) -> None:
    status, out, err = command("check", ill, "--format", form, "--fail-on", "error")
    assert status == 1
    assert "4145aa2dfaa821f1" in out
    assert ("1 paper, 3 claims" in err) == (form in check.MACHINE)
    target = ill.with_name("report")
    assert command("check", ill, "--format", form, "--output", target)[1] == ""
    assert target.read_text(encoding="utf-8") == out


def test_standard_input(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WELL.encode())))
    status, out, err = command("check", "-")
    assert (status, err) == (0, "")
    assert " agree, 0 differ (0 error" in out


def test_a_document_is_placed_by_line(command: Run, folder: Path) -> None:
    text = (
        "\\documentclass{article}\n\\begin{document}\n\\begin{abstract}\n"
        + ILL.replace("%", "\\%")
        + "\n\\end{abstract}"
    )
    (folder / "main.tex").write_text(text, encoding="utf-8")
    status, out, _ = command("check", "main.tex")
    assert status == 1
    assert "; main.tex:4" in out


def test_a_bibliography_is_placed_by_line(command: Run, folder: Path) -> None:
    text = (
        "@misc{a, title={A}, abstract={Nothing.}}\n\n@misc{owl,\n title={B},\n abstract={"
        + ILL.replace("%", "\\%")
        + "}\n}\n"
    )
    (folder / "my.bib").write_text(text, encoding="utf-8")
    status, out, _ = command("check", "my.bib")
    assert status == 1
    assert "paper owl" in out
    assert "; my.bib:5" in out


def test_files_without_an_abstract_fail_only_if_they_may_not(command: Run, folder: Path) -> None:
    (folder / "intro.tex").write_text("\\section{Introduction} It is 140\\%.", encoding="utf-8")
    status, _, err = command("check", "intro.tex")
    assert status == 2
    assert "intro.tex: record 1: no abstract" in err
    status, out, err = command("check", "intro.tex", "--allow-empty")
    assert (status, out, err) == (0, "", "leaderboard: no abstract in intro.tex\n")
    (folder / "main.tex").write_text(
        "\\begin{abstract}" + ILL.replace("%", "\\%") + "\\end{abstract}", encoding="utf-8"
    )
    assert command("check", "intro.tex", "main.tex", "--allow-empty")[0] == 1


def test_a_baseline(command: Run, ill: Path, folder: Path) -> None:
    command("check", ill, "--format", "jsonl", "--output", "old.jsonl")
    status, out, _ = command("check", ill, "--baseline", "old.jsonl", "--fail-on", "note")
    assert status == 0
    assert "1 of those that differ already in the baseline" in out
    ill.write_text(ILL.replace("83.9", "83.8"), encoding="utf-8")
    assert command("check", ill, "--baseline", "old.jsonl")[0] == 1


def test_an_allow_list(command: Run, ill: Path, folder: Path) -> None:
    name = fingerprint(command("check", ill, "--format", "jsonl")[1])
    entry = f'[[allow]]\nfingerprint = "{name}"\nreason = "rounded twice"\nby = "Ada"\ndate = 2026-01-02\n'
    allowed = folder / "sanity-allow.toml"
    allowed.write_text(entry, encoding="utf-8")
    status, out, err = command("check", ill)
    assert (status, err) == (0, "")
    assert "0 to review, 1 suppressed" in out
    assert (
        json.loads(command("check", ill, "--format", "jsonl")[1])["suppressed_by"] == "rounded twice (Ada, 2026-01-02)"
    )
    allowed.rename(folder / "other.toml")
    assert command("check", ill)[0] == 1
    (folder / "other.toml").write_text(entry + "expires = 2026-01-03\n", encoding="utf-8")
    status, _, err = command("check", ill, "--allow-list", "other.toml")
    assert status == 1
    assert f"leaderboard: other.toml: entry 1 ({name}) expired on 2026-01-03; renew or remove it\n" in err


def test_an_allow_list_of_a_build(command: Run, ill: Path, folder: Path) -> None:
    name = fingerprint(command("check", ill, "--format", "jsonl")[1])
    entry = '[[allow]]\nfingerprint = "{}"\nreason = "rounded twice"\nby = "Ada"\ndate = 2026-01-02\n'
    (folder / "other.toml").write_text(entry.format(name) + entry.format("0" * 16), encoding="utf-8")
    status, out, err = command("build", ill, "--allow-list", "other.toml", "--out", "made")
    assert (status, "Findings: 0 errors, 0 warnings, 0 notes; 1 more suppressed by the allow-list" in out) == (0, True)
    assert f"leaderboard: other.toml: entry 2 ({'0' * 16}) fits no finding; remove it\n" in err
    assert "| from_to_gain | 0 | 0 | 0 | 0 | 1 |" in (folder / "made" / "report.md").read_text(
        encoding="utf-8"
    ).replace("\\", "")
    assert "Findings: 1 error" in command("build", ill, "--out", "made")[1]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--allow-list", "none.toml"), "none.toml: allow-list: no such file or directory; check its name"),
        (("--baseline", "abstract.txt"), "abstract.txt: line 1: is no finding; make the file with --format jsonl"),
        (("--output", "no/where"), "no/where: cannot be written (no such file or directory)"),
        (("--format", "pdf"), "invalid choice: 'pdf'"),
        (("--fail-on", "all"), "invalid choice: 'all'"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(
    options: tuple[str, ...], problem: str, command: Run, ill: Path
) -> None:
    status, out, err = command("check", ill.name, *options)
    assert (status, out) == (2, "")
    assert problem in err
    assert err.count("\n") == 1


def test_colour_follows_the_terminal_and_the_wish(command: Run, ill: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in command("check", ill)[1]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b[31;1merror" in command("check", ill)[1]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in command("check", ill)[1]
