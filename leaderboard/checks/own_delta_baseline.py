"""A score with its gain in brackets that does not lead back to the stated baseline.

Caught: Our tuner reaches 81.8% (+5.9%) over the 74.9% of the base model on ToyQA.
Allowed: Our tuner reaches 81.8% (+5.9%) over the 75.9% of the base model on ToyQA.
Allowed: Our tuner reaches 80.0% (+25.0%) over the 64.0% of the base model on ToyQA.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks._baselines import judge
from leaderboard.checks._corpus import Corpus
from leaderboard.checks._links import bracketed
from leaderboard.models import Finding, Level

LEVEL: Level = "error"
TITLE = "own (+gain) against the stated baseline"

CHECK = "own_delta_baseline"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Recompute the gain of every "own (+gain) over baseline"."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for group in bracketed(record.text, claims):
                if group.base is not None:
                    yield judge(CHECK, LEVEL, record, group, corpus)
