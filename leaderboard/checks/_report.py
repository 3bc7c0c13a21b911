"""One run of the checks: every finding, and the counts that say what they are worth."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import ModuleType

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import fingerprint
from leaderboard.checks._precision import FEWEST, Precision, measured, proven, seeded
from leaderboard.checks._workers import found
from leaderboard.errors import UnknownName
from leaderboard.models import Finding, Level, Paper
from leaderboard.normalise import results
from leaderboard.outcomes import LEVELS, Tally, tallies
from leaderboard.plugins import discover

EVERY = "all"
"""The word that stands for every check that is off unless asked for."""

LISTED = ("fail", "review")
"""The states that a report lists unless asked for all."""

Place = tuple[str, int, int]
"""Where a number stands: paper, first character, the one behind its last."""

Shown = tuple[str, int, int, str]
"""The same with the number as printed: another record of a paper may have another number in one place."""

HELD = f"held at warning: fewer than {FEWEST} judged findings, or too few of them right"
"""The remark on a finding that differs as an error does, of a check that has not shown yet how often it is right."""

UNDATED = ""
"""What stands for the date of a paper without one: it sorts behind the dated ones."""


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a run in all states, sorted, with the number of papers and claims that were looked at.

    `checks` are the names of the checks that ran, sorted, `brief` those of them that get one line for a finding.
    `recomputed` is the number of claims in a group that could be judged, `outside` the number of those that no check
    saw in any group, judged or not. `claim_ids` names the row of the claims table by its number and where that stands
    (the first row where a claim is on several benchmarks), `sources` holds the papers by id, `precision` what is
    measured of the checks, `seeded` the same on planted errors. `baseline` holds the fingerprints of an older report
    whose findings no longer count, None where there is none.
    """

    findings: tuple[Finding, ...]
    papers: int
    claims: int
    checks: tuple[str, ...]
    recomputed: int = 0
    outside: int = 0
    claim_ids: Mapping[Shown, str] = field(default_factory=dict)
    brief: frozenset[str] = frozenset()
    sources: Mapping[str, Paper] = field(default_factory=dict)
    precision: Mapping[str, Precision] = field(default_factory=dict)
    seeded: Mapping[str, Precision] = field(default_factory=dict)
    baseline: frozenset[str] | None = None

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
    def suppressed(self) -> int:
        """The number of groups whose finding an allow-list suppresses."""
        return sum(finding.state == "suppressed" for finding in self.findings)

    @property
    def unchanged(self) -> int:
        """The number of groups whose numbers differ as they already did in the baseline."""
        return sum(finding.state == "fail" and self.is_known(finding) for finding in self.findings)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The outcomes of every check that ran, by name."""
        return tallies(self.findings, self.checks)

    def is_known(self, finding: Finding) -> bool:
        """Whether the finding already stood in the baseline."""
        return self.baseline is not None and finding.fingerprint in self.baseline

    def counted(self, least: str) -> tuple[Finding, ...]:
        """The new findings at or above a level, those that make a run fail; none for the level "never"."""
        levels = () if least == "never" else LEVELS[: [*LEVELS].index(least) + 1]  # type: ignore[arg-type]
        return tuple(
            one for one in self.findings if one.state == "fail" and one.level in levels and not self.is_known(one)
        )

    def listed(self, *, all_states: bool = False) -> tuple[Finding, ...]:
        """The findings to show, those that differ or need a look and are new, or those in every state.

        Failures come first, by level, then the checks with the better measured precision (those that are not measured
        last), then the newest papers.
        """
        shown = [one for one in self.findings if all_states or (one.state in LISTED and not self.is_known(one))]
        shown.sort(key=self._date, reverse=True)
        shown.sort(key=lambda one: (_ORDER[one.state], LEVELS.index(one.level), -self._floor(one.check)))
        return tuple(shown)

    def _date(self, finding: Finding) -> str:
        paper = self.sources.get(finding.paper_id)
        return (paper.date if paper else None) or UNDATED

    def _floor(self, check: str) -> float:
        one = self.precision.get(check)
        return one.interval[0] if one else -1.0


def run(corpus: Corpus, *, only: Sequence[str] = (), enable: Sequence[str] = ()) -> Report:
    """Run the checks that are on, or only those named, on a corpus.

    Args:
        corpus: papers with their claims, see `Corpus.build`.
        only: names of checks (their file names, such as "metric_range"); empty for all that are on.
        enable: names of checks that are off unless asked for, to run as well; "all" for every one.

    Returns:
        the findings in all states: failures first, by level, then by check, paper and place. Time is linear in the
        claims.

    Raises:
        UnknownName: a name in `only` or `enable` that no check has.
    """
    known = discover(importlib.import_module("leaderboard.checks"))
    more = set(known) if EVERY in enable else set(enable)
    for name in (*only, *sorted(more)):
        if name not in known:
            raise UnknownName("check", name, get_close_matches(name, known, 3))
    chosen = sorted(set(only) | more if only else {name for name in known if is_on(known[name])} | more)
    labelled, planted = measured(), seeded()
    held = {name for name in chosen if not proven(labelled.get(name), planted.get(name))}
    findings = [
        _held(finding) if finding.check in held else finding for finding in found(corpus, [known[n] for n in chosen])
    ]
    claims = {(one.paper_id, one.start, one.end) for record in corpus.records.values() for one in record.claims}
    judged = [finding for finding in findings if finding.state in {"pass", "fail"}]
    return Report(
        findings=tuple(_distinct(sorted(findings, key=_order))),
        papers=len(corpus.records),
        claims=corpus.claim_count,
        checks=tuple(chosen),
        recomputed=len(claims & _places(judged)),
        outside=len(claims - _places(findings)),
        claim_ids=_ClaimIds(corpus),
        brief=frozenset(name for name in chosen if getattr(known[name], "BRIEF", False)),
        sources=_Papers(corpus.records),
        precision=labelled,
        seeded=planted,
    )


def _held(finding: Finding) -> Finding:
    """A finding of a check that may not call it an error yet: at most a warning, with a remark that says so."""
    if finding.level != "error":
        return finding
    remark = "; ".join(filter(None, (finding.reason, HELD))) if finding.state == "fail" else finding.reason
    return replace(finding, level="warning", reason=remark)


def _places(findings: Iterable[Finding]) -> set[Place]:
    """Where the numbers of these findings stand."""
    return {(one.paper_id, one.start, one.end) for finding in findings for one in finding.operands}


def gravest(check: ModuleType) -> Level:
    """The gravest level that findings of a check have: its `LEVEL`, an error only where it has shown to be right."""
    level: Level = check.LEVEL
    name = check.__name__.rpartition(".")[2]
    held = level == "error" and not proven(measured().get(name), seeded().get(name))
    return "warning" if held else level


def is_on(check: ModuleType) -> bool:
    """Whether a check runs unless asked not to; one that is off sets `ON` so."""
    return bool(getattr(check, "ON", True))


class _Papers(Mapping[str, Paper]):
    """The papers of a corpus by id, without a copy of the table."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records = records

    def __getitem__(self, paper_id: str) -> Paper:
        return self._records[paper_id].paper

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


class _ClaimIds(Mapping[Shown, str]):
    """The rows of the claims table by place, named when they are asked for: most never are."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def __getitem__(self, shown: Shown) -> str:
        record = self._corpus.records[shown[0]]
        claim = next((one for one in record.claims if (one.start, one.end, one.number) == shown[1:]), None)
        rows = results(claim, record.paper, self._corpus.registry) if claim is not None else ()
        if not isinstance(rows, tuple) or not rows:
            raise KeyError(shown)
        return rows[0].claim_id

    def __iter__(self) -> Iterator[Shown]:
        every = ((r.paper.id, one.start, one.end, one.number) for r in self._corpus.in_order() for one in r.claims)
        return (shown for shown in every if shown in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


_ORDER = {"fail": 0, "review": 1, "suppressed": 2, "pass": 3, "not-applicable": 4}
"""The order of states in a list for people."""


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
