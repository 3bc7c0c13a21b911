"""One run of the checks: every finding, and the counts that say what they are worth."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from leaderboard.checks._corpus import Corpus
from leaderboard.checks._findings import fingerprint
from leaderboard.errors import UnknownName
from leaderboard.models import Finding, Level
from leaderboard.plugins import discover

LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""The levels of findings, gravest first."""

LISTED = ("fail", "review")
"""The states that a report lists unless asked for all."""


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a run in all states, sorted, with the number of papers and claims that were looked at.

    `checks` are the names of the checks that ran, sorted.
    """

    findings: tuple[Finding, ...]
    papers: int
    claims: int
    checks: tuple[str, ...]

    @property
    def passed(self) -> int:
        """The number of groups whose numbers agree."""
        return sum(finding.state == "pass" for finding in self.findings)

    @property
    def failed(self) -> dict[Level, int]:
        """The number of groups whose numbers differ, by level, gravest first."""
        count = Counter(finding.level for finding in self.findings if finding.state == "fail")
        return {level: count[level] for level in LEVELS}

    @property
    def review(self) -> int:
        """The number of groups that a person should look at: most likely ours is the mistake."""
        return sum(finding.state == "review" for finding in self.findings)

    @property
    def checkable(self) -> int:
        """The number of groups that could be judged: passed and failed."""
        return self.passed + sum(self.failed.values())

    @property
    def not_applicable(self) -> dict[str, int]:
        """The number of groups that could not be judged, by reason, the most frequent first."""
        count = Counter(finding.reason for finding in self.findings if finding.state == "not-applicable")
        return dict(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def claims_checked(self) -> int:
        """The number of distinct numbers that took part in a group that could be judged."""
        spans = {
            (operand.paper_id, operand.start, operand.end)
            for finding in self.findings
            if finding.state in {"pass", "fail"}
            for operand in finding.operands
        }
        return len(spans)

    def listed(self, *, all_states: bool = False) -> tuple[Finding, ...]:
        """The findings to show: those that differ or need a look, or those in every state."""
        return tuple(finding for finding in self.findings if all_states or finding.state in LISTED)


def run(corpus: Corpus, *, only: Sequence[str] = ()) -> Report:
    """Run every check, or only those named, on a corpus.

    Args:
        corpus: papers with their claims, see `Corpus.build`.
        only: names of checks (their file names, such as "metric_range"); empty for all.

    Returns:
        the findings in all states: failures first, by level, then by check, paper and place. Time is linear in the
        claims.

    Raises:
        UnknownName: a name in `only` that no check has.
    """
    known = discover(importlib.import_module("leaderboard.checks"))
    for name in only:
        if name not in known:
            raise UnknownName("check", name, get_close_matches(name, known, 3))
    chosen = sorted(set(only) or known)
    findings = [finding for name in chosen for finding in known[name].find(corpus)]
    return Report(
        tuple(_distinct(sorted(findings, key=_order))), len(corpus.records), corpus.claim_count, tuple(chosen)
    )


def _order(finding: Finding) -> tuple[bool, int, str, str, tuple[tuple[str, int, int], ...]]:
    """What findings are sorted by."""
    places = tuple((operand.paper_id, operand.start, operand.end) for operand in finding.operands)
    return (finding.state != "fail", LEVELS.index(finding.level), finding.check, finding.paper_id, places)


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with fingerprints that tell apart even those that agree in check, paper, numbers and cell."""
    seen: Counter[str] = Counter()
    for finding in findings:
        ordinal = seen[finding.fingerprint]
        seen[finding.fingerprint] += 1
        if ordinal == 0:
            yield finding
        else:
            name = fingerprint(finding.check, finding.paper_id, finding.operands, finding.fingerprint, ordinal)
            yield replace(finding, fingerprint=name)
