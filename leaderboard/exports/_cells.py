"""CSV as spreadsheets read it: UTF-8, LF, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

FORMULA = re.compile(r"\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n]")
"""How a text starts that a spreadsheet runs as a formula (the wide signs too), or that hides one behind white space."""


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows under a header; lines end in LF, texts are neutralised, numbers and flags are plain."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([cell(value) for value in row])


def cell(value: object) -> str:
    """One value as it stands in a CSV file: nothing for null, `true` or `false`, numbers in full, texts neutralised."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    return neutral(str(value))


def neutral(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text
