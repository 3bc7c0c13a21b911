"""Findings that somebody has looked at: an allow-list with reasons, and the findings of an older report.

An allow-list is a TOML file of tables `[[allow]]`. Each names one finding, by its `fingerprint` or by `check`, `paper`
(the id, with or without its version) and `cell` together, and says `reason`, `by` and `date`; `expires`, `evidence` (an
address) and `author_response` are optional. There is no entry for a whole paper or a whole check. What it covers is
suppressed: it stays in the report and is counted, but makes no run fail.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leaderboard import knowledge
from leaderboard.checks import Report, unversioned
from leaderboard.errors import BadDataFile
from leaderboard.models import Finding

DEFAULT = "sanity-allow.toml"
"""The allow-list that is read if it is in the folder where the command runs."""

PLACE = ("check", "paper", "cell")
"""What names a finding where it is not named by its fingerprint."""

REQUIRED = ("reason", "by", "date")
OPTIONAL = ("expires", "evidence", "author_response")

ALLOWABLE = ("fail", "review")
"""The states of findings that an entry can suppress."""

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding that is allowed: what names it, and who says why since when. `number` is its place in the file."""

    number: int
    fingerprint: str
    place: tuple[str, str, str] | None
    reason: str
    by: str
    date: dt.date
    expires: dt.date | None
    evidence: str
    author_response: str

    @property
    def name(self) -> str:
        """How a message refers to the entry."""
        return f"entry {self.number} ({self.fingerprint or ', '.join(self.place or ())})"

    @property
    def words(self) -> str:
        """Who allowed the finding, when and why, on one line."""
        more = "".join(
            f"; {label} {value}"
            for label, value in (("evidence", self.evidence), ("response", self.author_response))
            if value
        )
        until = f", until {self.expires}" if self.expires else ""
        return f"{self.reason} ({self.by}, {self.date}{until}{more})"


@dataclass(frozen=True, slots=True)
class AllowList:
    """The entries of one file, in its order."""

    path: str
    entries: tuple[Entry, ...]


def read_allow_list(path: Path) -> AllowList:
    """Read and validate an allow-list.

    Raises:
        BadDataFile: it cannot be read, is no TOML, or an entry lacks what it needs, holds what no entry has, or names
            the same finding as another; the message names the entry.
    """
    content = knowledge.given(path, "allow-list")
    if extra := sorted(set(content) - {"allow"}):
        raise BadDataFile(path, extra[0], "is unknown here; entries stand under [[allow]]")
    tables = content.get("allow", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadDataFile(path, "allow", "must be tables [[allow]]")
    entries = tuple(_entry(path, number, table) for number, table in enumerate(tables, start=1))
    names: dict[object, Entry] = {}
    for entry in entries:
        other = names.setdefault(entry.fingerprint or entry.place, entry)
        if other is not entry:
            raise BadDataFile(path, f"entry {entry.number}", f"names the same finding as entry {other.number}")
    return AllowList(str(path), entries)


def against(
    report: Report, allowed: AllowList | None, baseline: frozenset[str] | None, today: dt.date
) -> tuple[Report, tuple[str, ...]]:
    """Suppress what the allow-list covers on this day, and note what the baseline knew.

    An entry holds up to and including the day on which it expires.

    Returns:
        the report, and a remark for each entry that has expired or that fits no finding.
    """
    report = replace(report, baseline=baseline)
    if allowed is None:
        return report, ()
    valid = [entry for entry in allowed.entries if entry.expires is None or today <= entry.expires]
    by_fingerprint = {entry.fingerprint: entry for entry in valid if entry.fingerprint}
    by_place = {entry.place: entry for entry in valid if entry.place}
    used: set[int] = set()

    def judged(finding: Finding) -> Finding:
        if finding.state not in ALLOWABLE:
            return finding
        entry = by_fingerprint.get(finding.fingerprint) or by_place.get(
            (finding.check, unversioned(finding.paper_id), finding.cell)
        )
        if entry is None:
            return finding
        used.add(entry.number)
        return replace(finding, state="suppressed", suppressed_by=entry.words)

    findings = tuple(judged(finding) for finding in report.findings)
    remarks = []
    for entry in allowed.entries:
        if entry not in valid:
            remarks.append(f"{allowed.path}: {entry.name} expired on {entry.expires}; renew or remove it")
        elif entry.number not in used:
            remarks.append(f"{allowed.path}: {entry.name} fits no finding; remove it")
    return replace(report, findings=findings), tuple(remarks)


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of the findings in an older report in JSON Lines.

    Raises:
        BadDataFile: the file cannot be read, or a line is no finding of such a report; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadDataFile(path, "baseline", f"{(error.strerror or str(error)).lower()}; check its name") from error
    except UnicodeDecodeError as error:
        raise BadDataFile(path, "baseline", "is not UTF-8 text; make it with --format jsonl") from error
    return frozenset(_fingerprints(path, lines))


def _fingerprints(path: Path, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            state, name = record["state"], record["fingerprint"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadDataFile(path, f"line {number}", "is no finding; make the file with --format jsonl") from error
        if state in {*ALLOWABLE, "suppressed"}:
            yield str(name)


def _entry(path: Path, number: int, table: Mapping[str, object]) -> Entry:
    where = f"entry {number}"
    if extra := sorted(set(table) - {"fingerprint", *PLACE, *REQUIRED, *OPTIONAL}):
        known = ", ".join(("fingerprint", *PLACE, *REQUIRED, *OPTIONAL))
        raise BadDataFile(path, where, f"has the unknown field {extra[0]!r}; there are {known}")
    fingerprint = _text(path, where, table, "fingerprint")
    named = [name for name in PLACE if name in table]
    if bool(fingerprint) == bool(named) or (named and len(named) < len(PLACE)):
        raise BadDataFile(path, where, "must name one finding: by fingerprint, or by check, paper and cell together")
    if fingerprint and not _FINGERPRINT.fullmatch(fingerprint):
        raise BadDataFile(path, where, f"has the fingerprint {fingerprint!r}; it is 16 hexadecimal digits")
    for name in REQUIRED:
        if not table.get(name):
            raise BadDataFile(path, where, f"lacks {name}; an entry says reason, by and date")
    check, paper, cell = (_text(path, where, table, name) for name in PLACE)
    if named and not (check and paper):
        raise BadDataFile(path, where, "has an empty check or paper")
    date = _date(path, where, table, "date")
    return Entry(
        number,
        fingerprint,
        (check.replace("-", "_"), unversioned(paper), cell) if named else None,
        _text(path, where, table, "reason"),
        _text(path, where, table, "by"),
        date or dt.date.min,
        _date(path, where, table, "expires"),
        _text(path, where, table, "evidence"),
        _text(path, where, table, "author_response"),
    )


def _text(path: Path, where: str, table: Mapping[str, object], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise BadDataFile(path, where, f"{name} must be text in quotes")
    return value.strip()


def _date(path: Path, where: str, table: Mapping[str, object], name: str) -> dt.date | None:
    value = table.get(name)
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise BadDataFile(path, where, f"{name} is {value!r}; it is a date such as 2026-11-25") from error
