"""Two scores of one quantity that the text sets against each other: before and after, or own and rival.

"from A to B" and "B versus A", with nothing between the two that brings in another system, number or condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leaderboard.checks._corpus import SURE, Record
from leaderboard.checks._links import between, movements, same_unit
from leaderboard.models import Claim

VERSUS = re.compile(
    r"^[\s)%\\$}]*(?P<left>(?:[\w@+-]+[ ]+){0,5}?(?:[\w@+-]+(?=,))?),?\s*\(?"
    r"(?:vs\.?|versus|over|against|compared\s+(?:to|with|against))"
    r"\s+(?P<right>(?:[\w@+'’-]+[ ]+){0,5})[$~({]*$",
    re.IGNORECASE,
)
"""What may stand between two scores that are compared."""

OTHER = re.compile(
    r"\b(?:and|but|while|whereas|which|that|improv\w*|gains?|increase\w*|reduc\w*|only|average\w*|mean)\b",
    re.IGNORECASE,
)
"""Words between two scores that may make them scores of different things."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scores of one metric on the same benchmarks under the same stated conditions; `old` is the rival's."""

    old: Claim
    new: Claim


def pairs(record: Record) -> Iterator[Pair]:
    """Every pair of scores that the sentences of an abstract compare."""
    for claims in record.sentences():
        scores = [claim for claim in claims if claim.kind == "score"]
        found = [Pair(move.old, move.new) for move in movements(record.text, claims)]
        found += [
            Pair(right, left)
            for left, right in pairwise(claims)
            if left.role == "own" and right.role == "baseline" and _versus(record.text, left, right)
        ]
        yield from (pair for pair in found if pair.old in scores and pair.new in scores and _alike(pair))


def rivals(pair: Pair) -> Sequence[Claim]:
    """The two claims in the order of the text."""
    return sorted((pair.old, pair.new), key=lambda claim: claim.start)


def _versus(text: str, left: Claim, right: Claim) -> bool:
    """Whether the words between two claims compare them and nothing else."""
    match = VERSUS.match(between(text, left, right))
    return match is not None and not OTHER.search(f"{match['left']} {match['right']}")


def _alike(pair: Pair) -> bool:
    """Whether both are surely scores of one thing."""
    old, new = pair.old, pair.new
    same = (old.metric, old.benchmarks, old.setting) == (new.metric, new.benchmarks, new.setting)
    return same and new.metric is not None and same_unit(old, new) and min(old.confidence, new.confidence) >= SURE
