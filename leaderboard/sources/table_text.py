"""CSV and TSV: a table with a first line that names its columns, one of them the abstract.

Commas, tabs, semicolons and bars are recognised as separators; fields may be quoted and hold line breaks. The columns
have the usual names, as in JSON Lines. A row with too many or too few fields is set aside. The record number is the row
below the names.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from leaderboard.errors import UnreadableSource
from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import ABSTRACT_FIELDS, TITLE_FIELDS, fold, paper_or_rejection, rejection

SEPARATORS = (",", "\t", ";", "|")
"""What may stand between fields, the likeliest first."""

LARGEST_FIELD = 1 << 26
"""Characters of the largest field; the standard library's own limit would refuse an abstract of 1 MB."""

LINES_PER_ROW = 2000
"""A quoted field that runs over more lines than this is taken for a quotation mark that was never closed."""


def sniff(head: str, name: str) -> float:
    """Sure when the first line names a column for the abstract, and is not the start of a JSON document."""
    first = head.lstrip("\r\n").partition("\n")[0]
    if first.lstrip().startswith(("{", "[")):
        return 0.0
    separator = _separator(first)
    if separator is not None:
        return 0.9
    return 0.3 if name.endswith((".csv", ".tsv")) and any(mark in first for mark in SEPARATORS) else 0.0


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Read the table row by row.

    Raises:
        UnreadableSource: no column is named like an abstract.
    """
    csv.field_size_limit(LARGEST_FIELD)
    rest = iter(lines)
    first = next((line for line in rest if line.strip()), "")
    separator = _separator(first)
    if separator is None:
        remedy = "name the columns in the first line, for example id,title,abstract,url,date"
        raise UnreadableSource(source, "no column of the table is named abstract or summary", remedy)
    names = _split([first], separator)[0]
    for number, row in enumerate(_rows(rest, separator), start=1):
        if isinstance(row, str):
            yield rejection(source, number, "a quotation mark that is never closed, or stray text after one", row)
        elif len(row) != len(names):
            reason = f"{len(row)} fields where the first line names {len(names)}; quote fields that hold a separator"
            yield rejection(source, number, reason, separator.join(row)[:400])
        else:
            yield paper_or_rejection(dict(zip(names, row, strict=True)), source, number)


def _separator(first: str) -> str | None:
    """The separator with which the first line names an abstract, and a title or anything else beside it."""
    for mark in SEPARATORS:
        try:
            names = [fold(name) for name in _split([first], mark)[0]] if first.strip() else []
        except csv.Error:
            continue
        # One column alone must be called "abstract": a text may start with the word "Summary" or "Description".
        if ABSTRACT_FIELDS[0] in names or (
            len(names) > 1 and {*names} & {*ABSTRACT_FIELDS} and {*names} & {*TITLE_FIELDS, "id"}
        ):
            return mark
    return None


def _split(lines: list[str], separator: str) -> list[list[str]]:
    """The rows that these lines hold."""
    return [row for row in csv.reader(lines, delimiter=separator, strict=True) if row]


def _rows(lines: Iterator[str], separator: str) -> Iterator[list[str] | str]:
    """The rows of the table; a line that starts no readable row comes as it stands, and the next is tried after it."""
    waiting: deque[str] = deque()
    while True:
        group: list[str] = []
        quotes = 0
        while len(group) < LINES_PER_ROW:
            line = waiting.popleft() if waiting else next(lines, None)
            if line is None:
                break
            group.append(line)
            quotes += line.count('"')
            if quotes % 2 == 0:
                break
        if not group:
            return
        try:
            yield from _split(group, separator)
        except csv.Error:
            yield group[0]
            waiting.extendleft(reversed(group[1:]))
