"""One named system with far apart scores on one benchmark in different papers.

Caught: We propose Owl. Owl has 42.1% accuracy on ToySent. || As a baseline, Owl has 54.6% accuracy on ToySent.
Allowed: We propose Owl. Owl has 42.1% accuracy on ToySent. || As a baseline, Owl has 42.2% accuracy on ToySent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from math import sqrt

from leaderboard.checks._corpus import Cell, Corpus, Entry
from leaderboard.checks._findings import bare, finding, not_applicable, plain, python
from leaderboard.checks._intervals import number
from leaderboard.checks._items import sizes
from leaderboard.models import Finding, Level, Operand
from leaderboard.registry import key

LEVEL: Level = "note"
TITLE = "spread in one cell"

CHECK = "same_cell_spread"
BRIEF = True

PLAIN_SUBJECT = re.compile(r"^[\w.@/+-]+(?: [\w.@/+-]+){0,3}$")
PROPER = re.compile(r"[A-Z]|[0-9]")
COMMON = re.compile(
    r"\b(?:baselines?|models?|methods?|approach(?:es)?|ours?|systems?|networks?|teacher|student|human\w*|with|without|plus|and|or|"
    r"transformers?|LLMs?|VLMs?|MLLMs?|CNNs?|SNNs?|GNNs?|BERT-based|SVM|state-of-the-art|SOTA|LSTM|RNN|GAN|ViTs?|LoRA)\b(?!-\w)",
    re.IGNORECASE,
)
"""A subject names one system if it is a few words with a capital or digit, and none for a kind of system."""

DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
"""The digits of a printed number."""

MOST = 12
"""The most values that a message shows."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the scores that different papers give for one named system in one cell."""
    for cell, entries in corpus.cells.items():
        systems: dict[str, list[Entry]] = {}
        for entry in entries:
            subject = entry.claim.subject
            if subject is not None and _proper(subject):
                systems.setdefault(key(subject), []).append(entry)
        for group in systems.values():
            bests = _bests(group, up=corpus.registry.metrics[cell.metric].direction != "down")
            if len(bests) > 1 and _known(corpus, bests):
                yield _judge(corpus, cell, bests)


def _judge(corpus: Corpus, cell: Cell, group: Sequence[Entry]) -> Finding:
    """The outcome for one system in one cell."""
    order = sorted(group, key=lambda entry: (entry.score, entry.record.paper.id, entry.claim.start))
    low, high = order[0], order[-1]
    noise = _noise(corpus, low, high)
    subject = low.claim.subject
    claims = [low.claim]
    more = [_operand(entry) for entry in order[1:]]
    if _given(low, high) or _given(high, low):
        return not_applicable(low.record, CHECK, LEVEL, claims, "one paper gives both values, as before and after")
    if high.apart(low) <= noise:
        message = f"The {len(group)} scores of one system agree."
        return finding(low.record, CHECK, LEVEL, "pass", message, claims, more=more)
    title = "" if cell.setting else "; reported under settings not stated"
    shown = [f"{entry.claim.number} ({entry.record.paper.id})" for entry in order[:MOST]]
    values = ", ".join(shown) + (", ..." if len(order) > MOST else "")
    ends = plain(Decimal(str(low.score)), Decimal(str(high.score)))
    return finding(
        low.record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: this table holds {low.claim.number} to {high.claim.number} for {subject}, {cell.words}, from "
        f"{len(group)} papers{title}: {values}.",
        claims,
        more=more,
        formula=f"{ends[1]} - {ends[0]} = {high.score - low.score:.4g}; rounding and twice the standard error of a "
        f"difference explain {noise + 2 * (low.half + high.half):.3g}",
        assumptions=[f"all papers mean one system by the name {subject}", "its scores are of one test"],
        alternatives=[
            "the papers ran it at other sizes or under other settings",
            "the name stands for several systems",
        ],
        verify=python(f"{ends[1]} - {ends[0]}"),
    )


def _given(one: Entry, other: Entry) -> bool:
    """Whether the number of one paper also stands in the sentence that gives the other paper's."""
    digits = DIGITS.search(one.claim.number)
    shown = re.escape(digits.group()) if digits else ""
    sentence = other.record.sentence(other.claim)
    own = other.claim.start - other.claim.sentence_start
    rest = sentence[:own] + " " * len(other.claim.number) + sentence[own + len(other.claim.number) :]
    return bool(shown) and re.search(rf"(?<![\d.,]){shown}(?![\d]|[.,]\d)", rest) is not None


def _bests(group: Sequence[Entry], *, up: bool) -> list[Entry]:
    """One score for each paper, its best: the others are often of the system before the paper's own change."""
    found: dict[str, Entry] = {}
    for entry in group:
        best = found.setdefault(entry.record.paper.id, entry)
        if entry.score != best.score and (entry.score > best.score) == up:
            found[entry.record.paper.id] = entry
    return list(found.values())


def _known(corpus: Corpus, group: Sequence[Entry]) -> bool:
    """Whether the subject is a model that the registry knows, or a system that one of the papers proposes."""
    subject = group[0].claim.subject or ""
    return corpus.registry.model(subject) is not None or any(entry.record.proposes(subject) for entry in group)


def _noise(corpus: Corpus, low: Entry, high: Entry) -> float:
    """Twice the standard error of a difference of two scores, on the canonical scale; 0 where N is not known.

    2 * sqrt(2 p (1 - p) / N), with p their mean and N the smallest test that the registry knows.
    """
    known, metric = sizes(corpus, low.claim), corpus.metric(low.claim)
    if not known or metric is None or metric.high is None:
        return 0.0
    share = min(1.0, max(0.0, (low.score + high.score) / 2 / metric.high))
    return 2 * sqrt(2 * share * (1 - share) / known[0]) * metric.high


def _operand(entry: Entry) -> Operand:
    """A score of any paper as an operand."""
    claim = entry.claim
    shown = number(claim, entry.record.text)
    return bare(claim) if shown is None else shown.operand()


@lru_cache(maxsize=1 << 16)
def _proper(subject: str) -> bool:
    """Whether a subject names one system."""
    return bool(PLAIN_SUBJECT.match(subject) and PROPER.search(subject) and not COMMON.search(subject))
