"""A table whose scores are of different splits, averages, shots or data.

Caught: Owl has an exact match of 88.1 on the ToyRead dev set. || Emu has an exact match of 86 on the ToyRead test set.
Allowed: Owl has an exact match of 88.1 on the ToyRead dev set. || Emu has an exact match of 86 on the ToyRead dev set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from leaderboard.checks._corpus import Corpus, Entry
from leaderboard.checks._findings import bare, finding, python
from leaderboard.models import Finding, Level

LEVEL: Level = "note"
TITLE = "mixed conditions"

CHECK = "mixed_ranking"

STRATA: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "splits": (
        ("dev", re.compile(r"\b(?:dev|development|validation|val)(?:[\s-]+(?:sets?|splits?|data))\b", re.IGNORECASE)),
        ("test", re.compile(r"\btest(?:ing)?(?:[\s-]+(?:sets?|splits?|data))\b", re.IGNORECASE)),
    ),
    "averages": (
        ("micro", re.compile(r"\bmicro\b", re.IGNORECASE)),
        ("macro", re.compile(r"\bmacro\b", re.IGNORECASE)),
    ),
    "numbers of shots": (
        ("zero-shot", re.compile(r"\b(?:zero|0)[\s-]shot\b", re.IGNORECASE)),
        ("few-shot", re.compile(r"\b(?:few|[1-9][0-9]*|one|two|four|five|eight|ten)[\s-]shots?\b", re.IGNORECASE)),
    ),
    "kinds of training data": (
        (
            "with extra data",
            re.compile(r"\bwith\s+(?:extra|external|additional)\s+(?:training\s+)?data\b", re.IGNORECASE),
        ),
        (
            "without extra data",
            re.compile(
                r"\b(?:without|no)\s+(?:any\s+)?(?:extra|external|additional)\s+(?:training\s+)?data\b", re.IGNORECASE
            ),
        ),
    ),
}
"""What changes the meaning of a score, and the words that say so."""

SIGNS = {
    "splits": ("dev", "val", "test"),
    "averages": ("micro", "macro"),
    "numbers of shots": ("shot",),
    "kinds of training data": ("data",),
}
"""What a sentence must hold in lower case to be searched for the words: most hold none."""

SIGN = re.compile("|".join(sorted({sign for signs in SIGNS.values() for sign in signs})))


def find(corpus: Corpus) -> Iterator[Finding]:
    """List the conditions under which the scores of each benchmark and metric were reached, by their sentences."""
    tables: dict[tuple[str, str], list[Entry]] = {}
    for cell, entries in corpus.cells.items():
        tables.setdefault((cell.benchmark, cell.metric), []).extend(entries)
    for (benchmark, metric), entries in tables.items():
        if len({entry.record.paper.id for entry in entries}) > 1:
            yield from _judge(f"{metric} on {benchmark}", entries)


def _judge(cell: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """One finding for a table: what it mixes, or a pass."""
    mixed: list[str] = []
    sums: list[str] = []
    totals: list[int] = []
    every = ((entry, entry.record.sentence(entry.claim)) for entry in entries)
    sentences = [(entry, sentence, low) for entry, sentence in every if SIGN.search(low := sentence.lower())]
    witness: list[Entry] = []
    for dimension, strata in STRATA.items():
        papers: Counter[str] = Counter()
        seen: set[tuple[str, str]] = set()
        for entry, sentence, low in sentences:
            if not any(sign in low for sign in SIGNS[dimension]):
                continue
            # A sentence that names several conditions does not say which of them its scores are of.
            stated = [name for name, words in strata if words.search(sentence)]
            if len(stated) == 1 and (stated[0], entry.record.paper.id) not in seen:
                seen.add((stated[0], entry.record.paper.id))
                papers[stated[0]] += 1
                witness.append(entry)
        if len(papers) > 1:
            counts = ", ".join(f"{name} {count}" for name, count in sorted(papers.items()))
            mixed.append(f"{dimension} ({counts})")
            sums.append(" + ".join(str(count) for _, count in sorted(papers.items())))
            totals.append(papers.total())
    first, *others = witness or entries[:1]
    if not mixed:
        message = f"The {len(entries)} scores of {cell} state no conditions that differ."
        yield finding(first.record, CHECK, LEVEL, "pass", message, [first.claim])
        return
    papers_seen = len({entry.record.paper.id for entry in entries})
    more = [bare(entry.claim) for entry in others]
    yield finding(
        first.record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: this table holds scores of {cell} from {papers_seen} papers that differ in their {' and '.join(mixed)};"
        " compare within one condition.",
        [first.claim],
        more=more,
        formula="papers by what they state: "
        + "; ".join(f"{what}, {term} = {total}" for what, term, total in zip(mixed, sums, totals, strict=True)),
        assumptions=["a condition in the sentence of a score is the score's"],
        alternatives=["the condition belongs to another number of the sentence"],
        verify=python(*sums),
    )
