"""A value said to improve, rise or fall that moves the other way.

Caught: Tuning improves accuracy on ToyQA from 83.1% to 81.0%.
Caught: The cache reduces latency from 20 ms to 35 ms.
Allowed: Tuning improves perplexity on ToySent from 24.1 to 20.3.
Allowed: The cache reduces latency from 35 ms to 20 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, stated
from leaderboard.checks._intervals import number, reading
from leaderboard.checks._links import Movement, movements, same_unit
from leaderboard.models import Finding, Level

LEVEL: Level = "warning"
TITLE = "direction of a change"

CHECK = "direction"

VERB = re.compile(
    r"\b(?:(?P<better>improv(?:e|es|ed|ing)|boost(?:s|ed|ing)?|enhanc(?:e|es|ed|ing))"
    r"|(?P<up>increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|rises?|grows?)"
    r"|(?P<down>decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)|drops|dropped|falls?|fell|cuts|cutting|declin(?:e|es|ed)))\b",
    re.IGNORECASE,
)
"""Verbs of improvement, whose direction is the metric's, and verbs that say up or down themselves."""

TURNED = re.compile(
    r"\b(?:not|no|never|nor|without|while|despite|although|whereas|but|loss|gap|drop|degrad\w*|neg\w*|log|than|instead|to)\b|[,;:()]",
    re.IGNORECASE,
)
"""Words between verb and values that turn the meaning round or bring in another quantity."""

REACH = 70
"""The most characters between the verb and the first value."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the two values of every "from A to B" with the verb that governs it."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for movement in movements(record.text, claims):
                yield from _judge(record, movement, corpus)


def _judge(record: Record, movement: Movement, corpus: Corpus) -> Iterator[Finding]:
    """The outcome for one movement; nothing where no verb governs it."""
    pair = [movement.old, movement.new]
    before = record.text[max(movement.old.sentence_start, movement.old.start - REACH) : movement.old.start]
    verbs = list(VERB.finditer(before))
    if not verbs:
        return
    verb = verbs[-1]
    if TURNED.search(before[verb.end() :]) or re.search(r"\b(?:not|never|no|without)\b", before[: verb.start()][-15:]):
        yield not_applicable(record, CHECK, LEVEL, pair, "other words may turn the direction round")
        return
    wanted = verb.lastgroup if verb.lastgroup != "better" else _better(movement, corpus, before[verb.end() :])
    old, new = (number(claim, record.text) for claim in pair)
    if wanted is None or old is None or new is None or not same_unit(*pair) or {old.bound, new.bound} != {"exact"}:
        yield not_applicable(record, CHECK, LEVEL, pair, "the better direction is unknown or a value is bounded")
        return
    opposite = new.robust.high < old.robust.low if wanted == "up" else new.robust.low > old.robust.high
    computed = [reading("new value", new.robust, old.robust)]
    if not opposite:
        message = f"The step from {old.claim.number} to {new.claim.number} goes the way that the verb says."
        yield finding(record, CHECK, LEVEL, "pass", message, pair, numbers=[old, new], computed=computed)
        return
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f'The text says "{verb.group()}" of {movement.new.metric or "a value"}; the step from {old.claim.number} to '
        f"{new.claim.number} goes {'down' if wanted == 'up' else 'up'}: the direction differs.",
        pair,
        numbers=[old, new],
        computed=computed,
        formula=f"{stated(old)}; {stated(new)} (robust)",
        assumptions=[f'"{verb.group()}" governs the two values'],
        alternatives=["the two values stand in the opposite order", "the verb belongs to another quantity"],
        verify=f'python -c "print({new.value:f} - {old.value:f})"',
    )


def _better(movement: Movement, corpus: Corpus, words: str) -> Literal["up", "down"] | None:
    """The better direction of the metric of both values, if it is known and named between verb and values."""
    metric = corpus.metric(movement.new)
    mention = movement.new.metric_mention
    named = mention is not None and mention.casefold() in words.casefold()
    return metric.direction if metric is not None and named and movement.old.metric == movement.new.metric else None
