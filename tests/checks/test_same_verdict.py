"""What does not change the meaning of a sentence does not change what the checks make of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from leaderboard.checks import Report
from tests.checks.check_cases import Case, cases

JUDGED = [case for case in cases() if len(case.texts) == 1 and case.expect in {"fail", "pass"}]
"""Abstracts by themselves that are judged."""

REWRITTEN: dict[str, Callable[[str], str]] = {
    "a percent sign of LaTeX": lambda text: re.sub(r"(?<=\d)%", r"\\%", text),
    "a thin space before the sign": lambda text: re.sub(r"(?<=\d)%", "\u2009%", text),
    "a minus of Unicode": lambda text: re.sub(r"(?<![\w-])-(?=\d)", "\u2212", text),
}
"""Other ways to print the same."""

UNRELATED = ("We filmed 512 clips for it. {}", "{} The film club has 19 members.")
"""Places for a number that has nothing to do with the others."""


def verdicts(report: Report, check: str) -> list[tuple[str, str, tuple[float, ...]]]:
    """State, level and numbers of what a check judged."""
    return sorted(
        (one.state, one.level, tuple(operand.value for operand in one.operands))
        for one in report.findings
        if one.check == check and one.state in {"fail", "pass"}
    )


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: f"{case.check}: {case.name}")
def test_another_print_is_judged_alike(case: Case, by_hand: Callable[..., Report]) -> None:
    def judged(rewrite: Callable[[str], str], frame: str = "{}") -> list[tuple[str, str, tuple[float, ...]]]:
        claims = [
            {**claim, **{key: rewrite(claim[key]) for key in ("number", "quote") if key in claim}}
            for claim in case.claims[0]
        ]
        text = frame.replace("{}", rewrite(case.texts[0]))
        return verdicts(by_hand([text], [claims], case.papers, enable=[case.check]), case.check)

    plain = judged(str)
    assert plain
    for name, rewrite in REWRITTEN.items():
        assert judged(rewrite) == plain, name
    for frame in UNRELATED:
        assert judged(str, frame) == plain, frame


def test_a_sign_in_braces_is_a_sign(by_parser: Callable[..., Report]) -> None:
    text = "It raises accuracy on ToyQA from 71.4\\% to 78.9\\% ({+}9.1\\%)."
    assert [state for state, _, _ in verdicts(by_parser([text]), "from_to_gain")] == ["fail"]


@pytest.mark.parametrize(
    ("check", "one", "other"),
    [
        (
            "from_to_gain",
            "It raises accuracy on ToyQA from 71.4% to 78.9%, a gain of 9.1%.",
            "On ToyQA, it raises accuracy from 71.4% to 78.9%, a gain of 9.1%.",
        ),
        (
            "decrease_over_100",
            "Our cache cuts latency by 140% in all our runs.",
            "In all our runs, our cache cuts latency by 140%.",
        ),
        (
            "complement",
            "The parser has 96.8% accuracy (4.2% error) on ToyTags.",
            "On ToyTags, the parser has 96.8% accuracy (4.2% error).",
        ),
    ],
)
def test_another_order_of_clauses_is_judged_alike(
    check: str, one: str, other: str, by_parser: Callable[..., Report]
) -> None:
    first, second = (verdicts(by_parser([text]), check) for text in (one, other))
    assert [state for state, _, _ in first] == ["fail"]
    assert first == second
