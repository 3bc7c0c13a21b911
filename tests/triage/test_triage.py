"""The allow-list and the baseline: what they cover, what they say, what they refuse."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from leaderboard import triage
from leaderboard.checks import Report
from leaderboard.errors import BadDataFile
from leaderboard.forms import render
from leaderboard.models import Finding, State

TODAY = dt.date(2026, 11, 25)
WHY = 'reason = "the table in the text has the sum"\nby = "Ada"\ndate = 2026-11-01\n'


def finding(fingerprint: str, state: State = "fail", paper: str = "2401.00001v2") -> Finding:
    return Finding(
        "from_to_gain", "error", state, "paper", paper, "It differs.", (), (), fingerprint, cell="accuracy|ToyQA|"
    )


def report(*findings: Finding) -> Report:
    return Report(findings, papers=1, claims=3, checks=("from_to_gain",))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "sanity-allow.toml"


def allow(path: Path, *entries: str) -> triage.AllowList:
    path.write_text("\n".join(f"[[allow]]\n{entry}" for entry in entries), encoding="utf-8")
    return triage.read_allow_list(path)


def test_a_fingerprint_suppresses_one_finding(listed: Path) -> None:
    allowed = allow(listed, f'fingerprint = "{"a" * 16}"\n{WHY}')
    told, remarks = triage.against(report(finding("a" * 16), finding("b" * 16)), allowed, None, TODAY)
    assert [one.state for one in told.findings] == ["suppressed", "fail"]
    assert told.findings[0].suppressed_by == "the table in the text has the sum (Ada, 2026-11-01)"
    assert remarks == ()
    assert (told.suppressed, told.failed["error"], len(told.counted("error"))) == (1, 1, 1)
    assert '"state": "suppressed"' in render(told, "jsonl")


@pytest.mark.parametrize(("state", "kept"), [("pass", "pass"), ("review", "suppressed"), ("not-applicable",) * 2])
def test_only_what_fails_or_is_doubted_is_suppressed(state: State, kept: str, listed: Path) -> None:
    allowed = allow(listed, f'fingerprint = "{"a" * 16}"\n{WHY}')
    told, _ = triage.against(report(finding("a" * 16, state)), allowed, None, TODAY)
    assert told.findings[0].state == kept


@pytest.mark.parametrize("paper", ["2401.00001", "2401.00001v1", "2401.00001v2"])
@pytest.mark.parametrize("check", ["from_to_gain", "from-to-gain"])
def test_check_paper_and_cell_name_a_finding_in_every_version(paper: str, check: str, listed: Path) -> None:
    place = f'check = "{check}"\npaper = "{paper}"\ncell = "accuracy|ToyQA|"\n'
    told, _ = triage.against(report(finding("a" * 16)), allow(listed, place + WHY), None, TODAY)
    assert told.suppressed == 1
    other = place.replace("ToyQA", "ToyTags")
    told, _ = triage.against(report(finding("a" * 16)), allow(listed, other + WHY), None, TODAY)
    assert told.suppressed == 0


def test_unused_and_expired_entries_are_reported(listed: Path) -> None:
    allowed = allow(
        listed,
        f'fingerprint = "{"a" * 16}"\n{WHY}expires = 2026-11-24\n',
        f'fingerprint = "{"b" * 16}"\n{WHY}expires = 2026-11-25\n',
        f'fingerprint = "{"c" * 16}"\n{WHY}',
    )
    told, remarks = triage.against(report(finding("a" * 16), finding("b" * 16)), allowed, None, TODAY)
    assert [one.state for one in told.findings] == ["fail", "suppressed"]
    assert remarks == (
        f"{listed}: entry 1 ({'a' * 16}) expired on 2026-11-24; renew or remove it",
        f"{listed}: entry 3 ({'c' * 16}) fits no finding; remove it",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[allow", "is not TOML"),
        ("[allow]\nx = 1", r"must be tables \[\[allow\]\]"),
        ("ignore = 1", "ignore: is unknown here"),
        (f"[[allow]]\n{WHY}", "entry 1: must name one finding"),
        (f'[[allow]]\npaper = "x"\n{WHY}', "by check, paper and cell together"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\npaper = "x"\n{WHY}', "must name one finding"),
        (f'[[allow]]\nfingerprint = "*"\n{WHY}', "16 hexadecimal digits"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\nby = "Ada"\ndate = 2026-01-01', "lacks reason"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\nreason = "x"\ndate = 2026-01-01', "lacks by"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\nreason = "x"\nby = "Ada"', "lacks date"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\n{WHY}expires = "soon"', "expires is 'soon'; it is a date"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\n{WHY}until = 2026-01-01', "unknown field 'until'"),
        (f"[[allow]]\nfingerprint = 12\n{WHY}", "fingerprint must be text"),
        (f'[[allow]]\nfingerprint = "{"a" * 16}"\n{WHY}\n[[allow]]\nfingerprint = "{"a" * 16}"\n{WHY}', "as entry 1"),
        (f'[[allow]]\ncheck = ""\npaper = ""\ncell = ""\n{WHY}', "empty check or paper"),
    ],
)
def test_a_file_that_says_too_little_is_refused(text: str, problem: str, listed: Path) -> None:
    listed.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile, match=problem) as caught:
        triage.read_allow_list(listed)
    assert str(listed) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_dates_may_be_written_as_text(listed: Path) -> None:
    allowed = allow(
        listed, f'fingerprint = "{"a" * 16}"\nreason = "x"\nby = "Ada"\ndate = "2026-11-01"\nevidence = "e"\n'
    )
    assert allowed.entries[0].words == "x (Ada, 2026-11-01; evidence e)"


def test_only_what_is_new_counts_against_a_baseline(tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text(render(report(finding("a" * 16), finding("c" * 16, "pass")), "jsonl", all_states=True))
    baseline = triage.read_baseline(old)
    assert baseline == {"a" * 16}
    told, _ = triage.against(report(finding("a" * 16), finding("b" * 16)), None, baseline, TODAY)
    assert [one.fingerprint for one in told.counted("note")] == ["b" * 16]
    assert told.unchanged == 1


def test_a_suppressed_finding_stays_in_the_baseline(tmp_path: Path, listed: Path) -> None:
    told, _ = triage.against(
        report(finding("a" * 16)), allow(listed, f'fingerprint = "{"a" * 16}"\n{WHY}'), None, TODAY
    )
    (tmp_path / "old.jsonl").write_text(render(told, "jsonl"))
    assert triage.read_baseline(tmp_path / "old.jsonl") == {"a" * 16}


def test_a_report_of_an_older_form_serves_as_a_baseline(tmp_path: Path) -> None:
    """What names a finding is the same in every version of the form; the other fields had other names in the third."""
    line = f'{{"schema_version": 3, "check": "direction", "state": "fail", "fingerprint": "{"a" * 16}"}}'
    (tmp_path / "old.jsonl").write_text(f"{line}\n")
    assert triage.read_baseline(tmp_path / "old.jsonl") == {"a" * 16}


@pytest.mark.parametrize("text", ["no json", "[1]", '{"state": "fail"}', "7"])
def test_a_baseline_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text(f"\n{text}\n")
    with pytest.raises(BadDataFile, match="line 2: is no finding; make the file with --format jsonl"):
        triage.read_baseline(tmp_path / "old.jsonl")


def test_a_baseline_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="no such file"):
        triage.read_baseline(tmp_path / "none.jsonl")
