"""A stated gain that no reading of "from A to B" yields, be it points, relative to the old value, or to its error.

Caught: Our reranker raises accuracy on ToyQA from 71.4% to 78.9%, a gain of 9.1%.
Caught: It lifts accuracy on ToyQA from 71.4% to 78.9% (+9.1%).
Allowed: Our reranker raises accuracy on ToyQA from 71.4% to 78.9%, a gain of 7.5%.
Allowed: Our reranker raises accuracy on ToyQA from 71.4% to 78.9%, a gain of 10.5%.
Allowed: Our reranker raises accuracy on ToyQA from 71.4% to 78.9%, a gain of 26.2%.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks import _gains
from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import TRUNCATED, finding, not_applicable, stated
from leaderboard.checks._intervals import number
from leaderboard.checks._links import Movement, movements
from leaderboard.models import Finding, Level

LEVEL: Level = "error"
TITLE = "from A to B against the stated gain"

CHECK = "from_to_gain"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Recompute the gain of every "from A to B" that the text ties to one by a strict link."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for movement in movements(record.text, claims):
                found = _judge(record, movement)
                if found is not None:
                    yield found


def _judge(record: Record, movement: Movement) -> Finding | None:
    """The outcome for one movement, or None where the text states no gain at all."""
    if movement.gain is None:
        if not movement.reason:
            return None
        return not_applicable(record, CHECK, LEVEL, [movement.old, movement.new], movement.reason)
    group = [movement.old, movement.new, movement.gain]
    old, new, gain = (number(claim, record.text) for claim in group)
    if old is None or new is None or gain is None or _gains.opposed(old, new):
        return not_applicable(record, CHECK, LEVEL, group, "a number is a range, in words or an open bound")
    words = record.sentence(movement.gain)
    found = _gains.readings(old, new, gain, words)
    numbers = [old, new, gain]
    if any(one.meets for one in found):
        if not _gains.meets(found, _gains.permitted(movement.basis, gain.claim.unit)):
            return not_applicable(record, CHECK, LEVEL, group, "the kind of gain is compared by absolute_vs_relative")
        close = any(one.meets for one in _gains.readings(old, new, gain, words, "nearest"))
        message = f"{gain.claim.number} agrees with the step from {old.claim.number} to {new.claim.number}."
        remark = "" if close else TRUNCATED
        return finding(record, CHECK, LEVEL, "pass", message, group, numbers=numbers, computed=found, reason=remark)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"The stated gain of {gain.claim.number} does not meet the step from {old.claim.number} to {new.claim.number} "
        f"under any reading ({_gains.listing(found)}).",
        group,
        numbers=numbers,
        computed=found,
        formula=f"{_gains.formula(old, new, gain)}; stated {stated(gain)} (robust)",
        assumptions=[f"the gain belongs to the two values (link rule {movement.rule})"],
        alternatives=["the gain is measured on other data or against another system"],
        verify=_gains.verify(old, new),
    )
