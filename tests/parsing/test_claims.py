"""The hard cases of reading, as data in `tests/cases/parsing`: each a clear-cut text with all its claims."""

from __future__ import annotations

from dataclasses import fields

import pytest

import leaderboard
from leaderboard.models import Claim
from tests.parsing.claim_cases import Case, agrees, cases, differences

ALL = cases()
FIELDS = {field.name for field in fields(Claim)}
HARD = {
    "open_metrics",
    "carried_context",
    "from_to",
    "gain_against_score",
    "latex",
    "metric_after_number",
    "multiples",
    "number_words",
    "owners",
    "ranges_and_bounds",
    "respectively",
    "settings",
    "shares",
    "silent_lists",
    "sizes",
    "unknown_names",
}
"""The hard cases, each a file."""


def name(case: Case) -> str:
    return f"{case.group}: {case.name}"


@pytest.mark.parametrize("case", [case for case in ALL if case.known_gap is None], ids=name)
def test_read_as_a_careful_reader_does(case: Case) -> None:
    assert differences(case, leaderboard.extract(case.text, case.title)) == []


@pytest.mark.parametrize("case", [case for case in ALL if case.known_gap is not None], ids=name)
def test_known_gap_is_still_one(case: Case) -> None:
    wrong = differences(case, leaderboard.extract(case.text, case.title))
    assert wrong, f"the gap {case.known_gap!r} is closed: take known_gap out of the case"


def test_every_hard_case_has_its_file() -> None:
    assert {case.group for case in ALL} == HARD


def test_gaps_are_few_and_say_why() -> None:
    gaps = [case.known_gap for case in ALL if case.known_gap is not None]
    assert all(len(gap.split()) > 3 for gap in gaps)
    assert 6 * len(gaps) < len(ALL), "more than one case in six is a gap: these are no longer exceptions"


def test_cases_are_well_formed() -> None:
    assert len(ALL) >= 60
    assert len({name(case) for case in ALL}) == len(ALL)
    assert len({case.text for case in ALL}) == len(ALL)
    for case in ALL:
        position = 0
        for claim in case.claims:
            assert claim.keys() <= FIELDS, name(case)
            position = case.text.index(claim["number"], position) + len(claim["number"])


def test_agreement_is_strict() -> None:
    assert agrees("F1|macro F1", "F1")
    assert not agrees("F1|macro F1", "F1|macro F1")
    assert not agrees("F1", None)
    assert agrees(["SQuAD|SQuAD 1.1"], ("SQuAD",))
    assert not agrees([], ("SQuAD",))
    assert not agrees(["SQuAD"], ())
    assert agrees(7e9, 7000000000.0)
    assert not agrees(7, None)
    assert agrees(True, True)
    assert not agrees(True, False)
