"""A value said to improve, rise or fall that moves the other way, or a gain whose sign does.

Caught: Tuning improves accuracy on ToyQA from 83.1% to 81.0%.
Caught: The cache reduces latency from 20 ms to 35 ms.
Caught: Tuning raises accuracy from 71.4% to 78.9% (-7.5%) on ToyQA.
Caught: Owl has 81.0% accuracy on ToyQA and outperforms Emu (83.1%).
Allowed: Tuning improves perplexity on ToySent from 24.1 to 20.3.
Allowed: The cache reduces latency from 35 ms to 20 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import difference, finding, not_applicable, stated, subtract
from leaderboard.checks._intervals import number, reading
from leaderboard.checks._links import Movement, bracketed, movements, names_quantity, same_unit
from leaderboard.models import Claim, Finding, Level

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

NEGATED = re.compile(
    r"\b(?:not|no|never|nor|without|while|despite|although|whereas|but|except|fails?|almost)\b", re.IGNORECASE
)
"""Words between two values that may turn a verb of victory round."""

SURPASSED = re.compile(
    r"\b(?:outperform|surpass|exceed|beat)(?:s|es|ed|ing)?\s+(?:the\s+)?(?:[\w.@/+-]+\s+){1,4}\(\s*[$]?$", re.IGNORECASE
)
"""A verb of victory, a few words for the loser and the bracket that its value stands in."""

CLOSED = re.compile(r"\s*[$]?\)\s*(?:[.;,]|and\b|$)")
"""What ends such a bracket and leaves the value where it is: no benchmark of its own follows."""

SIGN = re.compile(r"[(\\${ ]*(?P<sign>[+\u2212-])")
"""The sign of a printed gain; a longer dash is none."""

REACH = 70
"""The most characters between the verb and the first value."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the two values of every "from A to B" with the verb that governs it, and with the sign of their gain."""
    for record in corpus.records.values():
        for claims in record.sentences():
            yield from _surpassed(record, claims, corpus)
            for movement in movements(record.text, claims):
                yield from _judge(record, movement, corpus)
                if movement.gain is not None:
                    yield from _signed(record, movement.old, movement.new, movement.gain, corpus)
            for group in bracketed(record.text, claims):
                if group.base is not None and not names_quantity(record.text, group):
                    yield from _signed(record, group.base, group.own, group.gain, corpus)


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
        formula=f"{difference(new, old)}; {stated(old)}, {stated(new)} (robust)",
        assumptions=[f'"{verb.group()}" governs the two values'],
        alternatives=["the two values stand in the opposite order", "the verb belongs to another quantity"],
        verify=subtract(new, old),
    )


def _surpassed(record: Record, claims: Sequence[Claim], corpus: Corpus) -> Iterator[Finding]:
    """The outcome for "own ..., outperforms Y (b)" with no other score in the sentence; nothing for other sentences."""
    scores = [claim for claim in claims if claim.kind == "score"]
    if len(scores) != 2 or scores[0].role != "own" or scores[1].role == "own":
        return
    own, rival = scores
    before = record.text[own.end : rival.start]
    verb = SURPASSED.search(before)
    if verb is None or not CLOSED.match(record.text, rival.end):
        return
    metric = corpus.metric(own)
    cells = {(claim.metric, claim.benchmarks, claim.setting) for claim in scores}
    a, b = number(own, record.text), number(rival, record.text)
    if NEGATED.search(before) or metric is None or metric.direction is None or len(cells) > 1 or not same_unit(*scores):
        yield not_applicable(record, CHECK, LEVEL, scores, "other words may turn the direction round")
        return
    if a is None or b is None or {a.bound, b.bound} != {"exact"}:
        yield not_applicable(record, CHECK, LEVEL, scores, "the better direction is unknown or a value is bounded")
        return
    up = metric.direction == "up"
    opposite = a.robust.high < b.robust.low if up else a.robust.low > b.robust.high
    computed = [reading("own value", a.robust, b.robust)]
    if not opposite:
        message = f"{own.number} is no worse than {rival.number}, as the verb says."
        yield finding(record, CHECK, LEVEL, "pass", message, scores, numbers=[a, b], computed=computed)
        return
    word = verb.group().split()[0]
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f'The text says "{word}" of {own.number}; {rival.number} in brackets is the {"higher" if up else "lower"} '
        f"{metric.name}: the direction differs.",
        scores,
        numbers=[a, b],
        computed=computed,
        formula=f"{difference(a, b)}; {stated(a)}, {stated(b)} (robust)",
        assumptions=["the number in brackets is the value of the system before it, on the same test"],
        alternatives=["the number in brackets is of another metric, test or system"],
        verify=subtract(a, b),
    )


def _signed(record: Record, old: Claim, new: Claim, gain: Claim, corpus: Corpus) -> Iterator[Finding]:
    """The outcome for the sign of a gain; nothing where none is printed.

    Only where higher is better: of an error, "+" may stand for better as well as for higher.
    """
    match = SIGN.match(gain.number)
    metric = corpus.metric(new)
    if match is None or metric is None or metric.direction != "up":
        return
    claims = sorted((old, new, gain), key=lambda claim: claim.start)
    a, b, g = (number(claim, record.text, "exact") for claim in (old, new, gain))
    if a is None or b is None or g is None or not same_unit(old, new) or {old.bound, new.bound} != {"exact"}:
        yield not_applicable(record, CHECK, LEVEL, claims, "a number is a range, in words or bounded")
        return
    up = match["sign"] == "+"
    opposite = b.robust.high < a.robust.low if up else b.robust.low > a.robust.high
    computed = [reading("new value", b.robust, a.robust)]
    if not opposite:
        message = f"The sign of {gain.number} is that of the step from {old.number} to {new.number}."
        yield finding(record, CHECK, LEVEL, "pass", message, claims, numbers=[a, b, g], computed=computed)
        return
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"The sign of {gain.number} differs from that of the step from {old.number} to {new.number}.",
        claims,
        numbers=[a, b, g],
        computed=computed,
        formula=f"{difference(b, a)}; {stated(a)}, {stated(b)} (robust)",
        assumptions=["the signed number is the change from the one value to the other"],
        alternatives=["the two values stand in the opposite order", "the sign is a dash"],
        verify=subtract(b, a),
    )


def _better(movement: Movement, corpus: Corpus, words: str) -> Literal["up", "down"] | None:
    """The better direction of the metric of both values, if it is known and named between verb and values."""
    metric = corpus.metric(movement.new)
    mention = movement.new.metric_mention
    named = mention is not None and mention.casefold() in words.casefold()
    return metric.direction if metric is not None and named and movement.old.metric == movement.new.metric else None
