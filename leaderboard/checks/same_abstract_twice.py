"""One system, benchmark and metric with two different values in one abstract.

Caught: We propose ToyNet. ToyNet has 92.1% accuracy on ToySent. Again, ToyNet has 91.2% accuracy on ToySent.
Allowed: We propose ToyNet. ToyNet has 92.1% accuracy on ToySent. A small ToyNet has 91.2% accuracy on ToySent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import difference, finding, not_applicable, stated, subtract
from leaderboard.checks._intervals import number, reading
from leaderboard.checks._links import movements
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "warning"
TITLE = "same cell twice in one abstract"

CHECK = "same_abstract_twice"

MODIFIER_WORDS = (
    "large base small tiny medium big mini nano huge xl xxl lite pro with without only just zero one few "
    "single ensembles? dev development val validation test train training fine-?tun\\w* linear frozen "
    "pre-?train\\w* supervised unsupervised semi self seen unseen domain noisy clean robust\\w* attack\\w* "
    "private public hard easy average\\w* mean best baseline previous\\w* original respectively using under "
    "when after before than versus vs compared outperform\\w* surpass\\w* exceed\\w* over top shots? label\\w* "
    "augment\\w* distil\\w* quanti[sz]\\w* prun\\w* half full subset split variants? versions? further even "
    "additional\\w* combin\\w* plus if while whereas but although alone retriev\\w* oracle human\\w* "
    "rerank\\w* per each both settings? backbone initiali[sz]\\w* english micro macro for from against"
)
MODIFIER = re.compile(
    rf"\b(?:{'|'.join(MODIFIER_WORDS.split())})\b|\bw/"
    r"|\b[0-9]+(?:\.[0-9]+)?\s?[KMBT]\b|[0-9]+\s?(?:%|-shot|shots?)|[+@]",
    re.IGNORECASE,
)
"""Words around a score that may tell it from another of the same cell: sizes, shots, splits, conditions, rivals."""

NAME = re.compile(r"\b(?:[A-Z][\w-]*|[a-z]+[A-Z0-9][\w-]*)")
"""A word with a capital or a digit: a backbone, another data set, another system."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Group the scores of an abstract by cell and compare those that different sentences state."""
    for record in corpus.records.values():
        cells: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in record.claims:
            if (
                claim.kind == "score"
                and claim.metric is not None
                and len(claim.benchmarks) == 1
                and claim.bound == "exact"
            ):
                key = (claim.subject, claim.role, claim.benchmarks, claim.metric, claim.unit, claim.setting)
                cells[key].append(claim)
        for claims in cells.values():
            if len({claim.sentence_start for claim in claims}) > 1:
                yield _judge(record, claims)


def _judge(record: Record, claims: list[Claim]) -> Finding:
    """The outcome for one cell that several sentences fill."""
    olds = {id(move.old) for group in record.sentences() for move in movements(record.text, group)}
    numbers = [number(claim, record.text) for claim in claims if id(claim) not in olds]
    known = [n for n in numbers if n is not None and n.bound == "exact"]
    apart = [
        (a, b)
        for a, b in combinations(known, 2)
        if a.claim.sentence_start != b.claim.sentence_start and not a.robust.meets(b.robust)
    ]
    if not apart:
        return finding(record, CHECK, LEVEL, "pass", "The values of one cell agree.", claims, numbers=known)
    left, right = apart[0]
    pair = [left.claim, right.claim]
    reason = _doubt(record, left.claim, right.claim)
    if reason:
        return not_applicable(record, CHECK, LEVEL, pair, reason)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: the abstract gives {left.claim.number} and {right.claim.number} for {left.claim.metric} of "
        f"{left.claim.subject} on {left.claim.benchmarks[0]}; the two differ.",
        pair,
        numbers=[left, right],
        computed=[reading("second value", right.robust, left.robust)],
        formula=f"{difference(left, right)}; {stated(left)}, {stated(right)} (robust)",
        assumptions=["both numbers are of one system under one setting"],
        alternatives=["the two are of different settings that the sentences do not name"],
        verify=subtract(left, right),
    )


def _doubt(record: Record, left: Claim, right: Claim) -> str:
    """Why the two values may be of different cells after all, or nothing."""
    if left.subject is None:
        return "the system is not named"
    if left.metric_inferred or right.metric_inferred:
        return "the metric is not named"
    if _crowded(record, left) or _crowded(record, right):
        return "the sentence gives several values"
    if not (_named(record, left) and _named(record, right)):
        return "system or benchmark does not stand in the sentence"
    return "other words may tell the values apart" if _modifiers(record, left) != _modifiers(record, right) else ""


def _crowded(record: Record, claim: Claim) -> bool:
    """Whether the sentence gives another score, which the link may have meant."""
    return sum(other.sentence_start == claim.sentence_start and other.kind == "score" for other in record.claims) > 1


def _named(record: Record, claim: Claim) -> bool:
    """Whether the claim's sentence itself names its system and its benchmark."""
    sentence = record.sentence(claim).casefold()
    mentions = claim.benchmark_mentions or claim.benchmarks
    return (claim.subject or "").casefold() in sentence and any(name.casefold() in sentence for name in mentions)


def _modifiers(record: Record, claim: Claim) -> frozenset[str]:
    """The words of the sentence that may set its number apart, its own digits and names left out."""
    sentence = record.sentence(claim)
    for name in sorted({claim.number, claim.subject or "", *claim.benchmarks, *claim.benchmark_mentions}, key=len)[
        ::-1
    ]:
        if name:
            sentence = sentence.replace(name, " ")
    words = {match.group().casefold() for match in MODIFIER.finditer(sentence)}
    _, _, rest = sentence.strip().partition(" ")  # the first word has a capital in any case
    return frozenset(words | set(NAME.findall(rest)))
