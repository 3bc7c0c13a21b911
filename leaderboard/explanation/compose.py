"""An abstract and what was made of it, in parts that a page or a terminal only has to lay out."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_lowercase
from typing import Any, Literal

from leaderboard.models import Claim, Correction, Paper
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.trace import Aside, Link, Number, Trace, trace
from leaderboard.registry import Registry, key

Mark = Literal["", "claim", "number", "metric", "benchmark", "system", "name"]
"""What a part of an abstract is: plain text, a claim, another number, or a name ("name": of something unknown)."""

UNFITTED = "No rule fired; the words around it were weighed."
"""What stands for the sentence of a rule where none fired."""

CONDITION = "It tells under which condition other numbers were measured."
"""The reason for a number that would be a score elsewhere."""

NAMED, SAID_WITH = "named: {words}", "the words that it goes with: {words}"

SOURCES = {
    "M": NAMED,
    "M+": NAMED,
    "B+": NAMED,
    "inside": NAMED,
    "back": "named in an earlier sentence: {words}",
    "implied": "implied by {words}",
    "default": "the usual metric of {words}",
    "unit": "implied by the unit of {words}",
    "scale": "implied by the scale of {words}",
    "noun": "what is counted: {words}",
}
"""How a metric was found, in words; any other source is a phrase that the number goes with."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the abstract; `label` leads from a number to its table or its reason."""

    text: str
    mark: Mark = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a claim: its value, how probable the choice was (null: not weighed), and what it rests on."""

    field: str
    value: str
    probability: float | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim as it was read, with its fields in words, and as the records they come from.

    `corrections` are what a corrections file changed of it, or could not change; they stand among the lines, too.
    """

    label: str
    claim: Claim
    number: Number
    lines: tuple[Line, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """A number that is no claim, and why; `label` is empty where it is not marked by itself (a number in a name)."""

    label: str
    start: int
    end: int
    text: str
    probability: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An abstract in parts whose texts joined are the abstract, its claims, and its other numbers."""

    paper: Paper
    parts: tuple[Part, ...]
    claims: tuple[Explained, ...]
    others: tuple[Other, ...]
    mentions: tuple[Mention, ...]


def explain(
    paper: Paper, registry: Registry, min_confidence: float = 0.0, changes: Iterable[Correction] = ()
) -> Explanation:
    """Read an abstract and explain every number of it; claims less sure than `min_confidence` count as none.

    `changes` are corrections of this paper: each is shown with the claim that it is for, which stays as it was read.
    """
    found = trace(paper, registry)
    by_span: dict[tuple[int | None, int | None], list[Correction]] = {}
    for change in changes:
        by_span.setdefault((change.start, change.end), []).append(change)
    claims: list[Explained] = []
    others: list[Other] = []
    spans: list[tuple[int, int, Mark, str]] = []
    labels = _letters()
    names = sorted((mention.start, mention.end) for mention in found.mentions)
    everything: list[Number | Aside] = [*found.numbers, *found.asides]
    for number in sorted(everything, key=lambda one: one.start):
        if isinstance(number, Aside):
            label = "" if _inside(number.start, names) else next(labels)
            text = paper.abstract[number.start : number.end]
            others.append(Other(label, number.start, number.end, text, None, f"Set aside: {number.reason}."))
        elif number.claim is not None and number.claim.confidence >= min_confidence:
            label = str(len(claims) + 1)
            mine = tuple(by_span.get((number.claim.start, number.claim.end), ()))
            lines = (*_lines(paper, number, number.claim, registry), *map(_correction, mine))
            claims.append(Explained(label, number.claim, number, lines, mine))
        else:
            label = next(labels)
            others.append(_considered(paper, number, label, min_confidence))
        if label:
            spans.append((number.start, number.end, "claim" if label.isdigit() else "number", label))
    spans += _named(found, claims)
    return Explanation(paper, tuple(_parts(paper.abstract, spans)), tuple(claims), tuple(others), found.mentions)


def _letters() -> Iterator[str]:
    """The labels a, b, ... z, a2, b2, ..."""
    for turn in count(1):
        for letter in ascii_lowercase:
            yield letter if turn == 1 else f"{letter}{turn}"


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the sorted spans."""
    before = bisect_right(spans, (place, 1 << 62)) - 1
    return before >= 0 and place < spans[before][1]


def _named(found: Trace, claims: Sequence[Explained]) -> Iterator[tuple[int, int, Mark, str]]:
    """The names of the abstract with what they are; a name by shape on which something was measured is a benchmark."""
    measured = {key(mention) for one in claims for mention in one.claim.benchmark_mentions}
    marks: dict[str, Mark] = {"metric": "metric", "benchmark": "benchmark", "model": "system", "shape": "name"}
    for mention in found.mentions:
        unknown = mention.kind == "shape" and key(mention.text) in measured
        yield mention.start, mention.end, "benchmark" if unknown else marks[mention.kind], ""


def _parts(text: str, spans: Sequence[tuple[int, int, Mark, str]]) -> Iterator[Part]:
    """Cut the text at the spans; where two overlap the earlier one of the list (a number) wins."""
    owner = [-1] * len(text)
    for index, (start, end, _, _) in enumerate(spans):
        for place in range(start, min(end, len(text))):
            if owner[place] < 0:
                owner[place] = index
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or owner[place] != owner[start]:
            index = owner[start]
            yield Part(text[start:place], *(spans[index][2:] if index >= 0 else ()))
            start = place


def _considered(paper: Paper, number: Number, label: str, min_confidence: float) -> Other:
    """The reason for a number that was weighed and is no claim."""
    text, rule = paper.abstract[number.start : number.end], number.rule
    if number.claim is not None:
        sure = f"its confidence, {number.claim.confidence:.2f}, is below {min_confidence:g}"
        return Other(label, number.start, number.end, text, number.probability, f"A {number.kind}, but {sure}.")
    if number.condition:
        return Other(label, number.start, number.end, text, None, CONDITION)
    against = f", although a rule speaks for a {rule.kind}: {rule.sentence}" if rule else "; no rule fired."
    reason = f"The words around it speak for no claim{against}"
    return Other(label, number.start, number.end, text, number.probability, reason)


def _lines(paper: Paper, number: Number, claim: Claim, registry: Registry) -> Iterator[Line]:
    """The fields of a claim in words; those that say nothing are left out."""
    rule = number.rule
    overruled = (
        f" It speaks for a {rule.kind}; the words around it outweighed it." if rule and rule.kind != claim.kind else ""
    )
    yield Line("kind", claim.kind, number.probability)
    high = "" if claim.value_high is None else f" to {claim.value_high:,.12g}"
    yield Line("value", f"{claim.value:,.12g}{high} {'' if claim.unit == 'none' else claim.unit}".rstrip())
    yield _linked(
        "metric", (claim.metric,) if claim.metric else (), number.metric, paper=paper, claim=claim, registry=registry
    )
    yield _linked("benchmarks", claim.benchmarks, number.benchmarks, paper=paper, claim=claim, registry=registry)
    for field, value in (
        ("system", claim.subject),
        ("role", claim.role),
        ("compared with", claim.baseline),
        ("direction", claim.direction),
        ("bound", None if claim.bound == "exact" else claim.bound.replace("_", " ")),
        ("conditions", "; ".join(claim.setting)),
    ):
        if value:
            yield Line(field, value)
    yield Line("rule", claim.rule, None, (rule.sentence if rule else UNFITTED) + overruled)
    yield Line("confidence", f"{claim.confidence:.2f}")


def _correction(change: Correction) -> Line:
    """What became of a field by a correction, and why; or that an entry changes nothing, and why."""
    because = f"{change.entry}: {change.reason}"
    if change.problem:
        return Line("not corrected", change.problem, None, because)
    if change.field == "claim":
        return Line("corrected", "no claim: it is dropped", None, because)
    return Line("corrected", f"{change.field}: {change.corrected or 'none'}", None, because)


def _linked(
    field: str, names: Sequence[str], link: Link | None, *, paper: Paper, claim: Claim, registry: Registry
) -> Line:
    """What a claim was bound to, and the words for it."""
    known = registry.metric if field == "metric" else registry.benchmark
    shown = ", ".join(name if known(name) else f"{name} (in no registry)" for name in names) or "none"
    if link is None:
        return Line(field, shown)
    evidence = ""
    if 0 <= link.start < link.end:
        words = f"“{paper.abstract[link.start : link.end]}”"
        if field == "metric":
            evidence = SOURCES.get(link.source, SAID_WITH).format_map({"words": words})
        else:
            here = claim.sentence_start <= link.start < claim.sentence_end
            evidence = f"named {'' if here else 'in another sentence'}".rstrip() + f": {words}"
    return Line(field, shown, link.probability, evidence)


def as_record(one: Explanation) -> dict[str, Any]:
    """An explanation as JSON can hold it; probabilities are rounded to four places, spans are those of the abstract."""
    return {
        "paper_id": one.paper.id,
        "title": one.paper.title,
        "abstract": one.paper.abstract,
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "kind": "unknown" if m.kind == "shape" else m.kind,
                "name": m.name,
            }
            for m in one.mentions
        ],
        "claims": [
            {
                **dataclasses.asdict(explained.claim),
                "rule_sentence": explained.number.rule.sentence if explained.number.rule else UNFITTED,
                "kind_probability": round(explained.number.probability, 4),
                "links": {"metric": _link(explained.number.metric), "benchmarks": _link(explained.number.benchmarks)},
                "corrections": [dataclasses.asdict(change) for change in explained.corrections],
            }
            for explained in one.claims
        ],
        "others": [
            {
                "start": other.start,
                "end": other.end,
                "number": other.text,
                "probability": None if other.probability is None else round(other.probability, 4),
                "reason": other.reason,
            }
            for other in one.others
        ],
    }


def _link(link: Link | None) -> dict[str, Any] | None:
    if link is None:
        return None
    return {**dataclasses.asdict(link), "probability": round(link.probability, 4)}
