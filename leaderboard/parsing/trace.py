"""The steps of reading with what they chose on the way: every name and number of an abstract, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leaderboard.models import Claim, Paper
from leaderboard.parsing import weights as fitted
from leaderboard.parsing.claims import decide, written
from leaderboard.parsing.document import TABLE, Document, document
from leaderboard.parsing.gazetteer import Mention, gazetteer
from leaderboard.parsing.names import names
from leaderboard.parsing.rules import Rule
from leaderboard.parsing.text import clean, lowered, sentences
from leaderboard.parsing.vocabulary import LABELS
from leaderboard.parsing.weights import Weights
from leaderboard.registry import Registry, load


@dataclass(frozen=True, slots=True)
class Link:
    """What a claimed number was bound to: canonical names (empty: to nothing), how probable, and the words for it.

    `start` and `end` span the words in the abstract; both are -1 where there are none. `source` says how a metric was
    found ("M": named; see `metric_sources`), "" for benchmarks.
    """

    names: tuple[str, ...]
    probability: float
    start: int
    end: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was considered: its kind ("none": no claim) with its probability, and the rule that fired, if any.

    `metric`, `benchmarks` and `claim` are there for claims only. A `condition` would be a score, but says under which
    condition others were measured.
    """

    start: int
    end: int
    kind: str
    probability: float
    rule: Rule | None
    metric: Link | None = None
    benchmarks: Link | None = None
    claim: Claim | None = None
    condition: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Digits that were never considered, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Trace:
    """All names, considered numbers and other digits of an abstract, each in the order of the text."""

    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    asides: tuple[Aside, ...]


_LABEL = rf"\b(?i:{'|'.join(sorted(LABELS, key=len, reverse=True))})\.?[\s~]*$"

SHAPES: tuple[tuple[str, str, str], ...] = (
    (r"[A-Za-z][\w.-]*[-_@^#/.']?$", r"", "it is joined to the word before it, as in a name"),
    (r"[0-9]\s?[x*^×]\s?$", r"", "it is one side of a size, or an exponent"),
    (r"", r"\s?[x*^×]\s?[0-9]", "it is one side of a size, or an exponent"),
    (r"", r"(?:st|nd|rd|th)\b", "it is a rank or a place in an order"),
    (r"", r"-?[A-Za-z]|-\s[A-Za-z]", "it is joined to the word after it, as in a setting or a name"),
    (r"\[[0-9,;\s-]*$", r"[0-9,;\s-]*\]", "it is a citation mark"),
    (r"(?:^|[\s(\[])[(\[]?$", r"[)\]]", "it is the mark of an item in a list"),
    (r"[0-9]/$", r"", "it is part of a fraction"),
    (r"", r"/[0-9]", "it is part of a fraction"),
    (_LABEL, r"", "it is a label"),
    (r"[0-9][-–.,]$", r"", "it is part of a longer number or of a date"),
    (r"", r"[-–.,][0-9]", "it is part of a longer number or of a date"),
)
"""What digits that are no quantity look like: patterns before and after them, and the reason; the first that fits."""

YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
"""Digits that are a year."""

OTHER = "it has no form in which results are printed"
"""The reason for digits that look like nothing in `SHAPES`."""

NEAR = 24
"""Characters on either side of digits that are looked at."""

_SHAPES = tuple((re.compile(left), re.compile(right), reason) for left, right, reason in SHAPES)


def trace(paper: Paper, registry: Registry | None = None, weights: Weights | None = None) -> Trace:
    """Read an abstract as `claims.read` does, and return every choice on the way; never raises, whatever the text."""
    registry = registry or load()
    parsed = document(paper.title, paper.abstract, gazetteer(registry))
    if parsed is None:
        text = clean(paper.abstract)
        mentions = names(paper.title, text, lowered(text), gazetteer(registry)).mentions
        return Trace(mentions, (), tuple(_asides(text, mentions, ())))
    numbers = tuple(_numbers(parsed, paper, registry, weights or fitted.load()))
    spans = [(number.start, number.end) for number in numbers]
    return Trace(parsed.names.mentions, numbers, tuple(_asides(parsed.text, parsed.names.mentions, spans)))


def _numbers(parsed: Document, paper: Paper, registry: Registry, weights: Weights) -> Iterator[Number]:
    """What was decided of every quantity."""
    reading = decide(parsed, registry, weights)
    claims = written(reading, parsed, paper, registry, weights)
    made = {decision.q: (decision, claim) for decision, claim in zip(reading.decisions, claims, strict=True)}
    for q, quantity in enumerate(parsed.quantities):
        start, end, kind, sure, rule = quantity.start, quantity.end, reading.kinds[q], reading.sure[q], reading.rules[q]
        if q not in made:
            yield Number(start, end, kind, sure, rule, condition=q in reading.conditions)
            continue
        one, claim = made[q]
        named = (one.metric.name,) if one.metric.name else ()
        metric = Link(named, one.metric_sure, *one.metric.position, one.metric.source)
        benchmarks = Link(one.benchmark.names, one.benchmark_sure, *one.benchmark.position)
        yield Number(start, end, kind, sure, rule, metric, benchmarks, claim)


def _asides(text: str, mentions: Sequence[Mention], considered: Sequence[tuple[int, int]]) -> Iterator[Aside]:
    """The digits of clean `text` outside the spans of `considered` numbers, with the reason."""
    taken = bytearray(len(text))
    for start, end in considered:
        taken[start:end] = b"\x01" * (end - start)
    owner: dict[int, Mention] = {place: mention for mention in mentions for place in range(mention.start, mention.end)}
    crowded = bytearray(len(text))
    for start, end in sentences(text):
        if sum(1 for _ in re.finditer(r"\d[\d,.]*", text[start:end])) > TABLE:
            crowded[start:end] = b"\x01" * (end - start)
    for match in re.finditer(r"\d+(?:[.,]\d+)*", text):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        if name := owner.get(start) or owner.get(end - 1):
            yield Aside(start, end, f"it is part of the name {name.text!r}")
        elif crowded[start]:
            yield Aside(start, end, f"its sentence holds more than {TABLE} numbers: it is a table")
        else:
            yield Aside(start, end, _look(text, start, end))


def _look(text: str, start: int, end: int) -> str:
    """Why digits are no quantity, by what they look like."""
    left, right = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    for before, after, reason in _SHAPES:
        if before.search(left) and after.match(right):
            return reason
    return "it is a year" if YEAR.fullmatch(text, start, end) else OTHER
