"""Arithmetic on claims: an open set of checks, one module each.

A check is a module with a `LEVEL` (the gravest its findings can be), a `TITLE` of a few words, and
`find(corpus) -> Iterator[Finding]`. The first line of its docstring says in a sentence what it compares; the lines that
start with *Caught* and *Allowed* are examples, and its tests. Nothing here accuses: a finding says what differs,
shows the sum, and names our own misreading as the first other explanation. Findings
are errors only where the check has shown how often it is right, on labelled findings or on planted errors (`proven`);
until then they are warnings. A check whose `ON` is not true runs only where it is asked for; each finding of one whose
`BRIEF` is true gets one line in a report for people.
"""

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import unversioned, version
from leaderboard.checks._precision import FEWEST, Precision, measured, proven, seeded
from leaderboard.checks._report import Report, gravest, is_on, run

__all__ = [
    "FEWEST",
    "Corpus",
    "Precision",
    "Record",
    "Report",
    "gravest",
    "is_on",
    "measured",
    "proven",
    "run",
    "seeded",
    "unversioned",
    "version",
]
