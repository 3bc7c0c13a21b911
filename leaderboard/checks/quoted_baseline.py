"""A baseline quoted with another value than its own paper gives.

Caught: 2021: We propose Owl. Owl has 77.5% accuracy on ToySent. || 2022: The rival Owl has 75.7% accuracy on ToySent.
Allowed: 2021: We propose Owl. Owl has 77.5% accuracy on ToySent. || 2022: Re-run, Owl has 76.8% accuracy on ToySent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leaderboard.checks._corpus import Cell, Corpus, Entry, days
from leaderboard.checks._findings import difference, finding, not_applicable, stated, subtract
from leaderboard.checks._intervals import PLAIN_NUMBER, Number, number, reading
from leaderboard.models import Finding, Level
from leaderboard.registry import key

LEVEL: Level = "warning"
TITLE = "baseline as quoted"

CHECK = "quoted_baseline"

OWN_RUN = re.compile(
    r"\bre-?(?:implement|produc|run|ran|train|evaluat|test|implementation)\w*|\bour\s+(?:run|implementation|version|evaluation)\b|"
    r"\b(?:under|in)\s+(?:our|the\s+same)\s+(?:settings?|setup|budget|protocol|conditions?)|\bwhen\s+(?:trained|tested|run)\b",
    re.IGNORECASE,
)
"""Words that say that a baseline was run again, so that its value need not be the published one."""

DIGITS_FOR_SWAP, DIGITS_FOR_SLIP = 3, 4
"""The fewest digits of both numbers for a swap of neighbours, or one digit changed, to be more than chance.

Two values of one system are often close to each other and differ in one digit only.
"""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every baseline that names its system with what the paper that proposes the system says of it."""
    for cell, entries in corpus.cells.items():
        quoted = [entry for entry in entries if entry.claim.role == "baseline" and entry.claim.subject]
        if not quoted or len(quoted) == len(entries):
            continue
        own: dict[str, dict[str, list[Entry]]] = {}
        for entry in entries:
            if entry.claim.role == "own" and entry.claim.subject and entry.record.proposes(entry.claim.subject):
                papers = own.setdefault(key(entry.claim.subject), {})
                papers.setdefault(entry.record.paper.id, []).append(entry)
        for entry in quoted:
            papers = own.get(key(entry.claim.subject or ""), {})
            if entry.record.paper.id in papers or not papers:
                continue
            if len(papers) > 1:
                reason = "several papers propose a system of this name"
                yield not_applicable(entry.record, CHECK, LEVEL, [entry.claim], reason)
            else:
                yield _judge(cell, entry, next(iter(papers.values())))


def _judge(cell: Cell, quoted: Entry, sources: Sequence[Entry]) -> Finding:
    """The outcome for one baseline and the own scores of the system it names."""
    record, claim = quoted.record, quoted.claim
    if OWN_RUN.search(record.sentence(claim)):
        return not_applicable(record, CHECK, LEVEL, [claim], "the baseline may have been run again")
    source = sources[0]
    if not _later(quoted, source):
        return not_applicable(record, CHECK, LEVEL, [claim], "the quoting paper is not the later one")
    shown, theirs = number(claim, record.text), number(source.claim, source.record.text)
    if shown is None or theirs is None or {shown.bound, theirs.bound} != {"exact"}:
        return not_applicable(record, CHECK, LEVEL, [claim], "a number is in words or bounded")
    found = [reading("own paper", theirs.robust, shown.robust)]
    more = [theirs.operand()]
    if any(quoted.apart(one) <= 0 for one in sources):
        message = f"{claim.number} is what the paper of {claim.subject} gives."
        return finding(record, CHECK, "note", "pass", message, [claim], numbers=[shown], more=more, computed=found)
    if len(sources) > 1:
        return not_applicable(record, CHECK, LEVEL, [claim], "the system's own paper gives several values")
    slip = slipped(shown, theirs)
    level: Level = "warning" if slip else "note"
    how = f"; {slip}" if slip else ""
    return finding(
        record,
        CHECK,
        level,
        "fail",
        f"Hint: {claim.number} for {claim.subject}, {cell.words}, differs from the {source.claim.number} that this "
        f"table holds from its own paper {source.record.paper.id}{how}.",
        [claim],
        numbers=[shown],
        more=more,
        computed=found,
        formula=f"{difference(shown, theirs)}; {stated(shown)}, own paper {stated(theirs)} (robust)",
        assumptions=[f"both papers mean one version of {claim.subject} and one test"],
        alternatives=["the baseline was run again, or under another setting"],
        verify=subtract(shown, theirs),
    )


def slipped(one: Number, other: Number) -> str:
    """How a slip of the keyboard leads from one number to the other, or nothing."""
    left, right = _digits(one), _digits(other)
    plain_left, plain_right = left.replace(".", ""), right.replace(".", "")
    if len(plain_left) >= DIGITS_FOR_SWAP and plain_left == plain_right and left != right:
        return "the digits are the same and the decimal point is in another place"
    if len(left) != len(right) or left.find(".") != right.find("."):
        return ""
    places = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(places) == 2 and len(plain_left) >= DIGITS_FOR_SWAP:
        i, j = places
        if (
            left[i] == right[j]
            and left[j] == right[i]
            and "." not in {left[i], left[j]}
            and not left[i + 1 : j].strip(".")
        ):
            return "two neighbouring digits are swapped"
    return "one digit is another" if len(places) == 1 and len(plain_left) >= DIGITS_FOR_SLIP else ""


def _digits(shown: Number) -> str:
    """The printed digits of a number."""
    match = next(m for m in PLAIN_NUMBER.finditer(shown.claim.number) if m.group())
    return match.group().replace(",", "")


def _later(quoted: Entry, source: Entry) -> bool:
    """Whether the quoting paper is not surely the earlier one."""
    ours, theirs = days(quoted.record.paper.date), days(source.record.paper.date)
    return ours is None or theirs is None or ours[1] >= theirs[0]
