"""Dates as people write them, turned into `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

from __future__ import annotations

import datetime as dt
import re

MONTHS: tuple[str, ...] = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of the months' English names, January first."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Years outside are taken for something else than the date of a paper."""

_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
_NUMERIC = re.compile(
    r"""
    (?P<year>\d{4}) (?: (?!\.0+$) (?P<mark>[-/.]) (?P<month>\d{1,2}) (?: (?P=mark) (?P<day>\d{1,2}) )? )?
    (?: \.0+ )?                 # a year that went through a spreadsheet: 2024.0
    (?: [t\s] \d{1,2}:\d{2} .* )?   # a time of day is left out
    """,
    re.VERBOSE,
)
_DAY_FIRST = re.compile(rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})[\s~]+{_MONTH},?\s+(?P<year>\d{{4}})\b.*")
_MONTH_FIRST = re.compile(rf"{_MONTH}(?:[\s~]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,)?[\s~,]*(?P<year>\d{{4}})")


def canonical_date(printed: str) -> str | None:
    """Turn a printed date into `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where it is none, impossible or ambiguous.

    "03/04/2024" is ambiguous (March or April), so it is None.
    """
    text = printed.strip().lower()
    for pattern in (_NUMERIC, _DAY_FIRST, _MONTH_FIRST):
        match = pattern.fullmatch(text)
        if match:
            part = match.groupdict()
            name = part.get("name")
            month = str(MONTHS.index(name) + 1) if name else part.get("month")
            return _checked(int(part["year"]), int(month) if month else None, int(part["day"]) if part["day"] else None)
    return None


def month_number(printed: str) -> int | None:
    """The month (1 to 12) that a BibTeX `month` field means: a number, a name or an abbreviation; None if neither."""
    text = printed.strip().lower()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    named = re.search("|".join(MONTHS), text)
    return MONTHS.index(named.group()) + 1 if named else None


def arxiv_month(identifier: str) -> str | None:
    """The month of first submission that a new-style arXiv id states: "2410.09918" is "2024-10"; None for other ids."""
    match = re.match(r"(?P<year>\d{2})(?P<month>\d{2})\.\d{4,5}", identifier)
    return _checked(2000 + int(match["year"]), int(match["month"]), None) if match else None


def _checked(year: int, month: int | None, day: int | None) -> str | None:
    """The canonical spelling, or None for a day that no calendar has."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"
