"""A gain called relative that is the difference in points, or called absolute that is the relative difference.

Caught: Distillation lifts accuracy from 74.0% to 81.8% on ToyQA, achieving a relative improvement of 7.8%.
Caught: Distillation lifts accuracy on ToyQA from 74.0% to 81.8%, a gain of 10.5 percentage points.
Allowed: Distillation lifts accuracy on ToyQA from 48.0% to 54.0%, a relative gain of 12.5%.
Allowed: Distillation lifts accuracy on ToyQA from 74.0% to 81.8%, a gain of 7.8%.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks import _gains
from leaderboard.checks._baselines import unfit
from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, stated
from leaderboard.checks._intervals import number
from leaderboard.checks._links import Movement, bracketed, movements, over_baseline
from leaderboard.models import Finding, Level

LEVEL: Level = "warning"
TITLE = "absolute against relative"

CHECK = "absolute_vs_relative"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare what the text calls a gain with what the two values make of it; a bare percentage is never judged."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for movement in movements(record.text, claims):
                if movement.gain is not None and movement.basis is not None:
                    yield from _judge(record, movement)
            for group in (*bracketed(record.text, claims), *over_baseline(record.text, claims)):
                if group.base is not None and group.basis is not None and not unfit(record, group, corpus):
                    yield from _judge(record, Movement(group.base, group.own, group.gain, None, group.basis))


def _judge(record: Record, movement: Movement) -> Iterator[Finding]:
    """The outcome for one movement; nothing where no reading fits at all, which `from_to_gain` reports."""
    assert movement.gain is not None
    group = [movement.old, movement.new, movement.gain]
    # In "a relative gain of 30% over 35.0", "over" compares and is no lower bound.
    bound = movement.old.bound if movement.old.start > movement.new.start else None
    old = number(movement.old, record.text, "exact" if bound == "at_least" else bound)
    new, gain = number(movement.new, record.text), number(movement.gain, record.text)
    if old is None or new is None or gain is None or _gains.opposed(old, new):
        yield not_applicable(record, CHECK, LEVEL, group, "a number is a range, in words or an open bound")
        return
    found = _gains.readings(old, new, gain, record.sentence(movement.gain))
    said, other = (
        (_gains.RELATIVE, _gains.ABSOLUTE) if movement.basis == "relative" else (_gains.ABSOLUTE, _gains.RELATIVE)
    )
    kept = tuple(one for one in found if one.name in said | other)
    numbers = [old, new, gain]
    # Points say by their unit what "absolute" says in a word, which may not stand in the text at all.
    word = "in points" if gain.claim.unit == "points" else f'"{movement.basis}"'
    if _gains.meets(kept, said):
        message = f"{gain.claim.number} is a gain of the kind that the text says ({word})."
        yield finding(record, CHECK, LEVEL, "pass", message, group, numbers=numbers, computed=kept)
    elif _gains.meets(kept, other):
        true = "in points" if movement.basis == "relative" else "in relative terms"
        yield finding(
            record,
            CHECK,
            LEVEL,
            "fail",
            f"The text calls {gain.claim.number} a gain {word}; it is the difference between {old.claim.number} "
            f"and {new.claim.number} {true} ({_gains.listing(kept)}).",
            group,
            numbers=numbers,
            computed=kept,
            formula=f"{_gains.formula(old, new, gain)}; stated {stated(gain)} (robust)",
            assumptions=[f"the gain {word} is {gain.claim.number} ({_rule(movement)})"],
            alternatives=["the word is meant in a wider sense than the arithmetic one"],
            verify=_gains.verify(old, new),
        )


def _rule(movement: Movement) -> str:
    """How the gain is tied to the two values."""
    return f"link rule {movement.rule}" if movement.rule else "tied to the baseline that follows it"
