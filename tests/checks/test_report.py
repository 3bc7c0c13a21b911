"""A run and its renderings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from leaderboard.checks import Corpus, Report, run
from leaderboard.errors import UnknownName
from leaderboard.gather import gather
from leaderboard.models import Finding, Paper
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
    assert mixed.recomputed == 3
    assert [finding.state for finding in mixed.findings] == ["fail", "pass", "pass"]
    assert (mixed.suppressed, mixed.unchanged, mixed.outside) == (0, 0, 0)
    done = {one.check: (one.passed, one.failed) for one in mixed.tallies if one.passed + one.failed}
    assert done == {"decrease_over_100": (1, 0), "metric_range": (1, 1)}


def test_claims_that_no_check_sees_are_counted(by_hand: Callable[..., Report]) -> None:
    text = "Our tagger reaches 71.3% accuracy. It was trained on 300 hours."
    found = by_hand([text], [[{"number": "71.3%", **ACCURACY}, {"number": "300 hours", "kind": "size"}]])
    assert (found.claims, found.recomputed, found.outside) == (2, 1, 1)


def test_a_finding_keeps_what_it_was_set_against(mixed: Report) -> None:
    (one,) = mixed.findings[0].computed
    assert (one.low, one.high) == (mixed.findings[0].operands[0].low, mixed.findings[0].operands[0].high)
    assert (one.stated, one.allowed) == (None, (0.0, 100.0))
    assert mixed.findings[0].cell == "accuracy||"
    assert dict(mixed.sources)["p1"].abstract == TEXT


def test_an_operand_names_its_row_of_the_claims_table(known: Registry) -> None:
    text = "Our tagger improves accuracy on ToyQA from 71.4% to 78.9%, a gain of 9.1%."
    gathered = gather([Paper("p1", "An Invented Paper", text, source="a.jsonl", record=1)], known)
    made = run(gathered.corpus)
    finding = next(one for one in made.findings if one.state == "fail")
    rows = {(row.start, row.end): row.claim_id for row in reversed(gathered.results)}
    named = [made.claim_ids[one.paper_id, one.start, one.end, one.printed] for one in finding.operands]
    assert named == [rows[one.start, one.end] for one in finding.operands]
    assert set(made.claim_ids.values()) == set(rows.values())
    assert len(made.claim_ids) == len(rows)
    assert ("p1", 0, 3, "Our") not in made.claim_ids


def test_reasons_are_counted(by_hand: Callable[..., Report]) -> None:
    text = "Our tagger has an accuracy of 240 ms on ToyTags. The small one reaches 104.2% of its accuracy."
    found = by_hand(
        [text], [[{"number": "240 ms", "unit": "milliseconds", **ACCURACY}, {"number": "104.2%", **ACCURACY}]]
    )
    assert found.not_applicable == {
        "the number is a share of another value": 1,
        "the number's unit is not the metric's": 1,
    }


def test_only_some_checks(by_hand: Callable[..., Report]) -> None:
    found = by_hand([TEXT], [CLAIMS], only=["decrease_over_100"])
    assert found.checks == ("decrease_over_100",)
    assert {finding.check for finding in found.findings} == {"decrease_over_100"}


def test_unknown_check_is_answered_with_a_hint(known: Registry) -> None:
    with pytest.raises(UnknownName, match=r"Unknown check 'metric_rang'\. Did you mean 'metric_range'"):
        run(Corpus.build([], [], known), only=["metric_rang"])


def test_the_line_that_verifies_runs(mixed: Report) -> None:
    verify = mixed.findings[0].verify
    code = re.fullmatch(r'python -c "print\((.*)\)"', verify)
    assert code
    assert re.fullmatch(r"[0-9.<>= ]+", code[1])
    assert eval(code[1]) is False  # noqa: S307


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


def test_our_own_words_print_a_percent_sign_without_its_backslash(by_parser: Callable[..., Report]) -> None:
    text = r"Our method improves accuracy from 71.4\% to 78.9\%, a gain of 9.1\%."
    (found,) = (one for one in by_parser([text]).findings if one.state == "fail")
    assert "9.1% does not meet the step from 71.4% to 78.9%" in found.message
    assert "\\" not in found.formula
    assert [operand.printed for operand in found.operands] == [r"71.4\%", r"78.9\%", r"9.1\%"]
