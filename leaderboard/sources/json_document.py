"""JSON: a list of objects, an object that holds such a list, or one object per paper, under the usual field names.

The document is held in memory (about three times its size), so more than a few hundred MB are better given as JSON
Lines. Where it is damaged or cut off, the objects that can be read are read, and each damage is set aside. The record
number is the place in the list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import ABSTRACT_FIELDS, fold, paper_or_rejection, rejection
from leaderboard.sources._whole import whole

LARGEST = 1 << 30
"""Characters of the largest document that is read."""

LIST_FIELDS = ("papers", "results", "data", "records", "items", "entries", "works", "articles", "notes", "abstracts")
"""Where services put the list of records, in the order in which they are looked for."""

_LIST_OF_OBJECTS = re.compile(r"\[\s*(?=\{)")
_NEXT_OBJECT = re.compile(r"\}[\s,]*(?=\{)")
_BETWEEN = re.compile(r"[\s,]*")


def sniff(head: str, name: str) -> float:
    """Sure of a bracket before an object, or of a brace before a quoted field name; else by the file's name."""
    text = head.lstrip()
    hint = 0.05 if name.endswith(".json") else 0.0
    if re.match(r"\[\s*(?:\{|\])", text):
        return 0.85 + hint
    if re.match(r"\{\s*(?:\"[^\"\n]*\"\s*:|\})", text):
        return 0.7 + hint
    return 0.3 if hint and text else 0.0  # more than plain text is: what is wrong with it is said then


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Load the document and walk its records."""
    text = whole(lines, source, LARGEST, what="a JSON document", remedy="give it as JSON Lines")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from _salvaged(text, source)
        return
    for number, record in enumerate(_records(document), start=1):
        if isinstance(record, Mapping):
            yield paper_or_rejection(record, source, number)
        else:
            yield rejection(source, number, "not a JSON object with fields", json.dumps(record)[:400])


def _records(document: object) -> list[object]:
    """The list of records in a document, wherever it is."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return [document]
    if any(fold(name) in ABSTRACT_FIELDS and isinstance(value, str) for name, value in document.items()):
        return [document]
    by_name = {fold(name): value for name, value in document.items()}
    lists = [by_name.get(name) for name in LIST_FIELDS] + list(document.values())
    found = next(
        (value for value in lists if isinstance(value, list) and any(isinstance(r, Mapping) for r in value)), None
    )
    if found is not None:
        return found
    inner = [value for value in document.values() if isinstance(value, Mapping)]
    if len(inner) > 1 and len(inner) == len(document):  # records by id
        return [{"id": name, **value} for name, value in document.items()]
    return [document]


def _salvaged(text: str, source: str) -> Iterator[Paper | Rejection]:
    """The objects of a document that is damaged, cut off, or several documents in a row."""
    decoder = json.JSONDecoder()
    opening = _LIST_OF_OBJECTS.search(text)
    place = opening.end() if opening else max(text.find("{"), 0)
    number = 0
    while place < len(text) and text[place] != "]":
        number += 1
        try:
            record, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            after = _NEXT_OBJECT.search(text, max(place + 1, getattr(error, "pos", 0)))
            why = (
                "JSON nested too deeply"
                if isinstance(error, RecursionError)
                else f"not valid JSON ({_first_line(error)})"
            )
            reason = why if after else f"{why}; the document may be cut off"
            yield rejection(source, number, reason, text[place : place + 400])
            if after is None:
                return
            place = after.end()
            continue
        if isinstance(record, dict):
            yield paper_or_rejection(record, source, number)
        else:
            yield rejection(source, number, "not a JSON object with fields", text[max(place - 100, 0) : place])
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
