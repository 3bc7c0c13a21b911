"""Findings made from a check's arithmetic, and the numbers of a claim in words that a message may use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from leaderboard.checks._corpus import Record
from leaderboard.checks._intervals import Interval, Number, exact, short
from leaderboard.models import Claim, Finding, Level, Operand, Origin, Reading, State

MISREAD = "our reading of the sentence is mistaken"
"""The first alternative of every finding: the extraction may be at fault."""

TRUNCATED = "holds only if a number was cut off instead of rounded"
"""The remark on a pass that holds under robust rounding only."""

VERSION = re.compile(r"(?i)(?<=\d)v(?P<number>[0-9]{1,3})$")
"""A version suffix of an arXiv id or address."""


def _readable(words: str) -> str:
    """Our own words, with the numbers that they repeat as LaTeX prints them: a percent sign has no backslash."""
    return words.replace("\\%", "%")


def finding(  # noqa: PLR0917 - the first six are given in every call, in this order
    record: Record,
    check: str,
    level: Level,
    state: State,
    message: str,
    claims: Sequence[Claim],
    *,
    numbers: Sequence[Number] = (),
    more: Sequence[Operand] = (),
    computed: Sequence[Reading] = (),
    origin: Origin = "paper",
    formula: str = "",
    assumptions: Iterable[str] = (),
    alternatives: Iterable[str] = (),
    verify: str = "",
    reason: str = "",
) -> Finding:
    """A finding on `claims` of one abstract; the first claim's sentence is quoted.

    `numbers` are the claims with intervals (where there are any), `more` operands from other records.
    """
    operands = tuple(n.operand() for n in numbers) or tuple(bare(claim) for claim in claims)
    operands += tuple(more)
    where = cell(claims[0]) if claims else ""
    return Finding(
        check=check,
        level=level,
        state=state,
        origin=origin,
        paper_id=record.paper.id,
        message=_readable(message),
        operands=operands,
        computed=tuple(computed),
        fingerprint=fingerprint(check, record.paper.id, operands, where),
        quote=record.sentence(claims[0]) if claims else "",
        url=record.paper.url,
        formula=_readable(formula),
        assumptions=tuple(assumptions),
        alternatives=(MISREAD, *alternatives) if state in {"fail", "review"} else (),
        verify=verify,
        reason=reason,
        cell=where,
    )


def not_applicable(record: Record, check: str, level: Level, claims: Sequence[Claim], reason: str) -> Finding:
    """A group that the check saw and could not judge, and why."""
    return finding(record, check, level, "not-applicable", "Not compared.", claims, reason=reason)


def fingerprint(check: str, paper_id: str, operands: Sequence[Operand], where: str, ordinal: int = 0) -> str:
    """A stable name of a finding: the same after re-ingestion, another when a number changes.

    Made of the check, the paper without its version, the printed numbers in sorted order and the cell; `ordinal` tells
    further findings apart that agree in all of these.
    """
    parts = [check, unversioned(paper_id), *sorted(operand.printed for operand in operands), where]
    if ordinal:
        parts.append(str(ordinal))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def unversioned(paper_id: str) -> str:
    """A paper's id without a trailing version such as "v2"."""
    return VERSION.sub("", paper_id)


def version(name: str | None) -> int | None:
    """The version that an id or address names at its end, or None."""
    match = VERSION.search(name or "")
    return int(match["number"]) if match else None


def cell(claim: Claim) -> str:
    """What a claim measures, on what, under which stated conditions: its place in the table, as one string."""
    return "|".join((claim.metric or "", ",".join(claim.benchmarks), ";".join(claim.setting)))


def named(claim: Claim) -> str:
    """The claim's metric for a sentence, or "value"."""
    return claim.metric or "value"


def stated(number: Number) -> str:
    """The number as printed with its robust interval: "9.1% -> [9, 9.2]"."""
    return f"{number.claim.number} -> {number.robust.text()}"


def difference(left: Number, right: Number) -> str:
    """The difference of two printed numbers as a sum: "81.0 - 83.1 = -2.1"."""
    a, b, rest = plain(left.value, right.value, left.value - right.value)
    return f"{a} - {b} = {rest}"


def python(*sums: str) -> str:
    """A line for a shell that recomputes these sums; they are made of numbers and our own words only."""
    return f'python -c "print({", ".join(sums)})"'


def subtract(left: Number, right: Number) -> str:
    """The line that recomputes a difference of two printed numbers."""
    a, b = plain(left.value, right.value)
    return python(f"{a} - {b}")


def plain(*values: Decimal) -> tuple[str, ...]:
    """Decimals as they stand in a sum, for a message and for the line of Python that recomputes it."""
    return tuple(map(exact, values))


def shown(interval: Interval) -> str:
    """An interval in words: "7.5 (7.3 to 7.7)" for its middle and its ends."""
    if interval.low.is_infinite() or interval.high.is_infinite():
        return interval.text()
    return f"{short((interval.low + interval.high) / 2)} ({short(interval.low)} to {short(interval.high)})"


def bare(claim: Claim) -> Operand:
    """An operand without an interval of its own."""
    high = claim.value if claim.value_high is None else claim.value_high
    place = (claim.paper_id, claim.start, claim.end, claim.number)
    return Operand(*place, claim.value, claim.value, high, claim.unit, claim.bound)
