"""A run and its renderings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leaderboard.checks import Corpus, Report, render, run
from leaderboard.errors import UnknownName
from leaderboard.models import Finding, Operand
from leaderboard.registry import Registry

ACCURACY = {"metric": "accuracy"}
TEXT = "Our tagger reaches 104.2% accuracy on ToyTags. Its rival reaches 71.3% accuracy. Our cache cuts latency by 40%."
CLAIMS = (
    {"number": "104.2%", **ACCURACY},
    {"number": "71.3%", **ACCURACY},
    {"number": "40%", "kind": "change", "direction": "down", "metric": "latency"},
)


@pytest.fixture
def mixed(by_hand: Callable[..., Report]) -> Report:
    """A report with a failure and two passes."""
    return by_hand([TEXT], [CLAIMS])


def test_counts(mixed: Report) -> None:
    assert (mixed.papers, mixed.claims, mixed.checkable, mixed.passed, mixed.review) == (1, 3, 3, 2, 0)
    assert mixed.failed == {"error": 1, "warning": 0, "note": 0}
    assert mixed.claims_checked == 3
    assert [finding.state for finding in mixed.findings] == ["fail", "pass", "pass"]


def test_reasons_are_counted(by_hand: Callable[..., Report]) -> None:
    text = "Our tagger has an accuracy of 240 ms on ToyTags. The small one reaches 104.2% of its accuracy."
    found = by_hand(
        [text], [[{"number": "240 ms", "unit": "milliseconds", **ACCURACY}, {"number": "104.2%", **ACCURACY}]]
    )
    assert found.not_applicable == {
        "the number is a share of another value": 1,
        "the number's unit is not the metric's": 1,
    }
    assert "2 groups not applicable" in render(found)


def test_only_some_checks(by_hand: Callable[..., Report]) -> None:
    found = by_hand([TEXT], [CLAIMS], only=["decrease_over_100"])
    assert found.checks == ("decrease_over_100",)
    assert {finding.check for finding in found.findings} == {"decrease_over_100"}


def test_unknown_check_is_answered_with_a_hint(known: Registry) -> None:
    with pytest.raises(UnknownName, match=r"Unknown check 'metric_rang'\. Did you mean 'metric_range'"):
        run(Corpus.build([], [], known), only=["metric_rang"])


def test_text_lists_what_differs_with_its_parts(mixed: Report) -> None:
    text = render(mixed, "text")
    assert text.count("metric-range") == 1
    parts = ["104.2% is not attainable", "Evidence", "characters 19-25", "Arithmetic", "Readings", "Assumes", "Verify"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "our reading of the sentence is mistaken" in text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "\x1b" not in text
    assert "\x1b[31;1merror\x1b[0m" in render(mixed, "text", color=True)
    assert render(mixed, all_states=True).count("\npass") == 2


def test_the_line_that_verifies_runs(mixed: Report) -> None:
    verify = mixed.findings[0].verify
    code = re.fullmatch(r'python -c "print\((.*)\)"', verify)
    assert code
    assert re.fullmatch(r"[0-9.<>= ]+", code[1])
    assert eval(code[1]) is False  # noqa: S307


def test_json_lines_keep_the_contract(mixed: Report) -> None:
    lines = [json.loads(line) for line in render(mixed, "jsonl").splitlines()]
    assert len(lines) == 1
    record = lines[0]
    needed = {"check", "level", "state", "origin", "paper_id", "message", "operands", "computed", "fingerprint"}
    assert needed <= set(record)
    assert (record["check"], record["level"], record["state"]) == ("metric_range", "error", "fail")
    operand = record["operands"][0]
    assert TEXT[operand["start"] : operand["end"]] == operand["printed"] == "104.2%"
    assert operand["paper_id"] == "p1"
    assert len(render(mixed, "jsonl", all_states=True).splitlines()) == 3


def test_open_ends_are_null_in_json(by_hand: Callable[..., Report]) -> None:
    found = by_hand(["Our recogniser has a WER of 112% on ToySpeech."], [[{"number": "112%", "metric": "WER"}]])
    record = json.loads(render(found, "jsonl", all_states=True))
    assert record["computed"] == [{"reading": "range", "low": 0.0, "high": None, "meets": True}]


def test_nothing_found_is_no_line(by_hand: Callable[..., Report]) -> None:
    assert render(by_hand(["Nothing here."], [[]]), "jsonl") == ""
    assert "0 groups recomputed" in render(by_hand(["Nothing here."], [[]]))


HOSTILE = "\x1b[31m<script>alert(1)</script> [x](javascript:y) `code` | $(rm) \u202e=cmd\n# head"


def hostile(report: Report) -> Report:
    first = replace(report.findings[0], quote=HOSTILE, paper_id=HOSTILE, url=HOSTILE, message=HOSTILE)
    operand = Operand(HOSTILE, 0, 1, HOSTILE, 1.0, float("-inf"), float("inf"), "none")
    return replace(report, findings=(replace(first, operands=(operand,)),))


def test_text_of_papers_controls_no_terminal_and_no_page(mixed: Report) -> None:
    report = hostile(mixed)
    text = render(report, "text")
    assert "\x1b" not in text
    assert "\u202e" not in text
    page = render(report, "markdown")
    assert "<script" not in page.replace("\\<", "")
    assert "\n# head" not in page
    assert "[x](" not in page
    assert "`" not in page.replace("\\`", "")
    assert json.loads(render(report, "jsonl"))["quote"] == HOSTILE


def test_probably_ours_is_a_section_of_its_own(by_hand: Callable[..., Report]) -> None:
    claims = [{"number": "104.2%", **ACCURACY, "metric_inferred": True}]
    found = by_hand(["Our tagger reaches 104.2% on ToyTags."], [claims])
    assert "Probably our own extraction:" in render(found)
    assert "probably our own extraction" in render(found, "markdown").replace("\\", "")


def only(report: Report) -> Finding:
    (finding,) = (finding for finding in report.findings if finding.state == "fail")
    return finding


def test_a_fingerprint_survives_and_changes(by_hand: Callable[..., Report]) -> None:
    def of(text: str, number: str, **more: Any) -> str:
        return only(by_hand([text], [[{"number": number, **ACCURACY}]], **more)).fingerprint

    first = of("Our tagger reaches 104.2% accuracy on ToyTags.", "104.2%")
    assert first == of("Dear reader, our tagger reaches 104.2% accuracy on ToyTags.", "104.2%")
    assert first != of("Our tagger reaches 104.3% accuracy on ToyTags.", "104.3%")
    assert re.fullmatch(r"[0-9a-f]{16}", first)


def test_fingerprints_are_distinct(by_hand: Callable[..., Report]) -> None:
    text = "Our tagger reaches 71.3% accuracy here. Our tagger reaches 71.3% accuracy there."
    claims = [{"number": "71.3%", "quote": f"71.3% accuracy {where}", **ACCURACY} for where in ("here", "there")]
    found = by_hand([text], [claims]).findings
    assert len({finding.fingerprint for finding in found}) == len(found) == 2
