"""Arithmetic on claims: an open set of checks, one module each.

A check is a module with a `LEVEL` (the gravest its findings can be), a `TITLE` of a few words, and
`find(corpus) -> Iterator[Finding]`. The first line of its docstring says in a sentence what it compares; the lines that
start with *Caught* and *Allowed* are examples, and its tests. Nothing here accuses: a finding says what differs,
shows the sum, and names our own misreading as the first other explanation. A check
whose `ON` is not true runs only where it is asked for; each finding of one whose `BRIEF` is true gets one line in a
report for people.
"""

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import unversioned, version
from leaderboard.checks._precision import Precision, measured, seeded
from leaderboard.checks._report import Report, is_on, run

__all__ = ["Corpus", "Precision", "Record", "Report", "is_on", "measured", "run", "seeded", "unversioned", "version"]
