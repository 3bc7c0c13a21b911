"""A percentage over a baseline that the score and the stated baseline do not yield.

Caught: It reaches 42.0% accuracy on ToyQA, a 30% relative gain over the baseline accuracy of 35.0%.
Allowed: It reaches 42.0% accuracy on ToyQA, a 20% relative gain over the baseline accuracy of 35.0%.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks._baselines import judge
from leaderboard.checks._corpus import Corpus
from leaderboard.checks._links import over_baseline
from leaderboard.models import Finding, Level

LEVEL: Level = "error"
TITLE = "percentage over the baseline"

CHECK = "percent_over_baseline"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Recompute the gain of every sentence "own, a gain of p% over baseline" without any further number."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for group in over_baseline(record.text, claims):
                yield judge(CHECK, LEVEL, record, group, corpus)
