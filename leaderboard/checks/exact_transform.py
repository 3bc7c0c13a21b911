"""A perplexity that is not the exponential of the loss said to be the same.

Caught: The model has a validation loss of 2.30 (perplexity 14.2).
Allowed: The model has a validation loss of 2.30 (perplexity 10.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, stated
from leaderboard.checks._intervals import Interval, Number, number, reading
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "perplexity against loss"

CHECK = "exact_transform"

LOSS = re.compile(
    r"\b(?:loss|cross-?entropy|nll|negative\s+log-?likelihood|bits[\s-]per[\s-](?:byte|character|token|word)|bpb|bpc|entropy)\b",
    re.IGNORECASE,
)
"""Metrics whose exponential is a perplexity."""

SAID_LOSS = re.compile(r"\b(?:loss|cross-?entropy|nll)\s*(?:of|is|=|:)?\s*[$~]*$", re.IGNORECASE)
"""The word for a loss right before its number, which counts more than the metric read: the bracket names another."""

SAME = re.compile(
    r"^[\s$}\\]*(?:(?:nats?|bits?)(?:\s*(?:/|per)\s*\w+)?\s*)?(?:,?\s*\(\s*|,\s*)(?:(?:i\.e\.,?|or|corresponding\s+to|equivalent\s+to|"
    r"equivalently)\s+)?(?:(?:an?|the)\s+)?(?:(?P<kind>[a-z]+)(?:-level|\s+level)?\s+)?(?:perplexity|ppl)(?:\s+of)?\s*[:=]?\s*[$~]*$",
    re.IGNORECASE,
)
"""What stands between a loss and its perplexity: a bracket or a comma, and the word."""

REVERSED = re.compile(
    r"^[\s$}\\]*(?:,?\s*\(\s*|,\s*)(?:(?:i\.e\.,?|or|corresponding\s+to|equivalent\s+to)\s+)?(?:(?:an?|the)\s+)?"
    r"(?:(?P<kind>[a-z]+)(?:-level|\s+level)?\s+)?(?:loss|cross-?entropy|nll)(?:\s+of)?\s*[:=]?\s*[$~]*$",
    re.IGNORECASE,
)
"""The same the other way round."""

PER = re.compile(r"\b(?:word|byte|char(?:acter)?|subword|token|bpe|pixel|dim(?:ension)?)s?\b", re.IGNORECASE)
"""What a loss or a perplexity is per."""

OTHER = re.compile(
    r"\b(?:averag\w*|mean|respectively|training|auxiliary|contrastive|mse|total|reward|regression|from|distill\w*|masked)\b",
    re.IGNORECASE,
)
"""Words under which loss and perplexity need not be of the same tokens."""

MOST = Decimal(20)
"""A loss above this is no mean per token: e ** 20 is beyond any vocabulary."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every loss with the perplexity in apposition to it."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for left, right in pairwise(claims):
                if left.kind != "score" or right.kind != "score":
                    continue
                gap = between(record.text, left, right)
                if _is_loss(record, left) and right.metric == "perplexity" and SAME.match(gap):
                    yield _judge(record, left, right)
                elif left.metric == "perplexity" and _is_loss(record, right) and REVERSED.match(gap):
                    yield _judge(record, right, left)


def _is_loss(record: Record, claim: Claim) -> bool:
    """Whether a number is a loss, by its metric or by the word before it."""
    before = record.text[max(0, claim.start - 30) : claim.start]
    return LOSS.search(claim.metric or "") is not None or SAID_LOSS.search(before) is not None


def _judge(record: Record, loss: Claim, perplexity: Claim) -> Finding:
    """The outcome for one loss and one perplexity."""
    pair = sorted((loss, perplexity), key=lambda claim: claim.start)
    a, p = number(loss, record.text), number(perplexity, record.text)
    if a is None or p is None or {a.bound, p.bound} - {"exact", "about"} or not 0 < a.value <= MOST:
        return not_applicable(record, CHECK, LEVEL, pair, "a number is a range, in words, bounded or no loss per token")
    words = record.text[pair[0].sentence_start : pair[0].sentence_end]
    if OTHER.search(words) or len({per.lower() for per in PER.findall(words)}) > 1:
        return not_applicable(record, CHECK, LEVEL, pair, "loss and perplexity may be of different tokens")
    found = [reading(name, _power(base, a.robust), p.robust) for name, base in _bases(loss, record.text)]
    if any(one.meets for one in found):
        message = f"Perplexity {perplexity.number} is the exponential of {loss.number}."
        return finding(record, CHECK, LEVEL, "pass", message, pair, numbers=_ordered(a, p), computed=found)
    values = ", ".join(f"{one.name} {one.low:.4g} to {one.high:.4g}" for one in found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"A perplexity of {perplexity.number} does not meet the exponential of the loss of {loss.number} ({values}).",
        pair,
        numbers=_ordered(a, p),
        computed=found,
        formula=f"e ** {a.value:f} = {float(a.value.exp()):.4g}; 2 ** {a.value:f} = {float(2**a.value):.4g}; "
        f"stated {stated(p)} (robust)",
        assumptions=["loss and perplexity are of the same tokens of the same text"],
        alternatives=["the loss has further terms", "one is per token and the other per word or byte"],
        verify=f'python -c "import math; print(math.exp({a.value:f}), 2 ** {a.value:f})"',
    )


def _bases(loss: Claim, text: str) -> list[tuple[str, Decimal]]:
    """The bases of the logarithm that the unit or the words permit: both unless one is stated."""
    words = f"{loss.metric} {loss.unit} {text[loss.end : loss.end + 12]}".casefold()
    natural, binary = ("exp(loss)", Decimal(1).exp()), ("2 ** loss", Decimal(2))
    if "bit" in words or "bpb" in words or "bpc" in words:
        return [binary]
    return [natural] if "nat" in words else [natural, binary]


def _power(base: Decimal, interval: Interval) -> Interval:
    """`base` to the power of every number of an interval."""
    return Interval(base**interval.low, base**interval.high)


def _ordered(*numbers: Number) -> list[Number]:
    """The numbers in the order of the text."""
    return sorted(numbers, key=lambda one: one.claim.start)
