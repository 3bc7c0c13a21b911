"""The outcomes of checks, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaderboard.models import Finding, Level, State

LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""The levels of findings, gravest first."""

_STATES: tuple[State, ...] = ("pass", "fail", "review", "not-applicable", "suppressed")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one check had each outcome; `failed` counts every level."""

    check: str
    passed: int
    failed: int
    review: int
    not_applicable: int
    suppressed: int


def tallies(findings: Sequence[Finding], checks: Iterable[str] | None = None) -> tuple[Tally, ...]:
    """The outcomes of `checks` in that order, or of every check that has a finding, by name."""
    count = Counter((finding.check, finding.state) for finding in findings)
    names = sorted({finding.check for finding in findings}) if checks is None else checks
    return tuple(Tally(check, *(count[check, state] for state in _STATES)) for check in names)
