"""JSON Lines: one JSON object on each line, with a title and an abstract under their usual names.

Usual names are `id`, `title`, `abstract` (or `summary`, `description`), `url` (or `link`, `pdf_url`) and `date` (or
`published`, `year`), in any case. A line that is not a JSON object is set aside. The record number is the line number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import paper_or_rejection, rejection


def sniff(head: str, name: str) -> float:
    """Sure when most lines start an object and one of them is an object by itself."""
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    if not lines:
        return 0.0
    started = sum(line.startswith('{"') or line == "{}" for line in lines)
    hint = 0.05 if name.endswith((".jsonl", ".ndjson", ".json-lines")) else 0.0
    if started * 2 < len(lines):
        return 0.3 if hint else 0.0  # more than plain text is: what is wrong with it is said then
    whole = sum(isinstance(_parsed(line), dict) for line in lines)
    if whole and (started > 1 or not _wraps_list(lines[0])):
        return 0.9 + hint
    # The first record may be longer than the head, or be the broken one.
    return 0.5 + hint if not _wraps_list(lines[0]) else hint


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Read the records line by line; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield rejection(source, number, _why(error, cut=not line.endswith("\n")), line)
            continue
        if isinstance(record, dict):
            yield paper_or_rejection(record, source, number)
        else:
            yield rejection(source, number, "not a JSON object with fields; write one record as {...} on a line", line)


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _wraps_list(line: str) -> bool:
    """Whether the line starts a document that holds its records in a list: `{"papers": [{`."""
    before, bracket, after = line.partition("[")
    return bool(bracket) and before.count(":") == 1 and before.count('"') == 2 and after.lstrip().startswith("{")


def _why(error: ValueError | RecursionError, *, cut: bool) -> str:
    """What is wrong with a line, in one sentence."""
    if isinstance(error, RecursionError):
        return "JSON nested too deeply"
    place = f" ({error.msg} at column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
    return f"the last line is cut off{place}" if cut else f"not valid JSON{place}"
