"""Conditions under which a number was measured: how sentences state them, and what they are called.

The vocabulary is `data/conditions.toml`. `mentions` finds the conditions that a text states (`parsing.scope` says which
number has which), `lane` puts those that the names of benchmark and metric do not already say into the name of a lane.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from leaderboard.errors import BadDataFile
from leaderboard.knowledge import tables
from leaderboard.units import data_folder

UNSTATED = "unstated"
"""The lane of results that state no condition; it is never assumed equal to any other lane."""

IN_FIGURES = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "eight": "8",
    "ten": "10",
    "sixteen": "16",
}
"""Numbers that conditions have in words."""

ORDINARY = frozenset(
    "easy medium moderate hard hardest small large open closed constrained unconstrained"
    " seen unseen clean other dev std standard challenge".split()
)
"""Words that vary in a condition and are written in lower case."""


PER_TOKEN = re.compile(r"per (?P<short>char|word|token|byte)(?:acter)?")
"""What the unit of a metric says as well: "per character" of bits/char."""

LISTED = re.compile(r"(?:\s*[,/&]\s*(?:and\s+)?|\s+and\s+)(?P<n>\d|[A-E]|I{1,3})\b(?!\.?\d|\s?%)")
"""The next number or letter of a list ("Task 1, 2 and 3")."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A way to state a condition: its canonical name (with fields of the pattern in braces), how and where it stands.

    `title` is "no" for sentences alone, "only" for titles alone, "also" for both; `more` says that other values of its
    last field may follow in a list, `worded` that one of the words of its group is part of it.
    """

    name: str
    written: re.Pattern[str]
    title: str = "no"
    more: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of one sort; of an exclusive group a number has at most one."""

    id: str
    exclusive: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A condition where it stands in a text; without a name it is words that look like one and are none."""

    group: Group
    name: str
    start: int
    end: int


def vocabulary(folder: Path | None = None) -> tuple[Group, ...]:
    """The groups of `conditions.toml` in a folder (the project's own by default), in its order.

    Raises `BadDataFile` naming the group and the field.
    """
    return tuple(_group(folder, name) for name, _ in _signs(folder))


@functools.cache
def _tables(folder: Path | None) -> tuple[Path, dict[str, Any]]:
    """The file of conditions of a folder, and what it says."""
    path = (folder or data_folder()) / "conditions.toml"
    return path, tables(path)


@functools.cache
def _signs(folder: Path | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups by name, each with the signs without which a sentence is not searched for it."""
    path, groups = _tables(folder)
    for name, table in groups.items():
        if not isinstance(table, dict):
            raise BadDataFile(path, name, "is not a table")
    return tuple((name, tuple(table.get("signs", ()))) for name, table in groups.items())


@functools.cache
def _finder(folder: Path | None) -> tuple[AhoCorasick, tuple[tuple[tuple[str, bool], ...], ...]]:
    """All signs and words in one automaton, and whose each is: the group, and whether it is one of its words.

    One pass over a sentence tells which groups it may have to be searched for: hundreds of plain searches would be
    what costs most.
    """
    owners: dict[str, list[tuple[str, bool]]] = {}
    for name, table in _tables(folder)[1].items():
        for field, worded in (("signs", False), ("words", True)):
            for text in table.get(field, ()):
                owners.setdefault(text.lower() if worded else text, []).append((name, worded))
    return AhoCorasick(list(owners)), tuple(map(tuple, owners.values()))


@functools.cache
def _group(folder: Path | None, name: str) -> Group:
    """One validated group; its patterns are compiled when a sentence is first searched for it."""
    path, groups = _tables(folder)
    table = groups[name]
    known = {"exclusive", "signs", "words", "conditions"}
    if not table.get("conditions") or set(table) - known:
        raise BadDataFile(path, name, f"is not a table with the fields {', '.join(sorted(known))}")
    words = "|".join(re.escape(word) for word in sorted(table.get("words", ()), key=lambda word: (-len(word), word)))
    found = []
    for place, entry in enumerate(table["conditions"], start=1):
        try:
            text = entry["written"].replace("{word}", f"(?P<word>{words})").replace("{other}", f"(?P<other>{words})")
            pattern = re.compile(text, re.IGNORECASE)
            _name(entry["name"], dict.fromkeys(pattern.groupindex, "1"))
            where, more = _where(entry.get("title", "no")), bool(entry.get("more"))
            found.append(Condition(entry["name"], pattern, where, more, "{word}" in entry["written"]))
        except (re.error, KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            problem = f"needs a name and a pattern that holds its fields ({error})"
            raise BadDataFile(path, f"{name}.conditions, number {place}", problem) from None
    return Group(name, bool(table.get("exclusive", True)), tuple(found))


def _where(title: str) -> str:
    """The field of that name, which has three values; raises `ValueError` for any other."""
    if title not in {"no", "only", "also"}:
        raise ValueError(f"title is {title!r}, not no, only or also")
    return title


def _name(template: str, fields: dict[str, str | None]) -> str:
    """The name with its fields filled in; of `n` and `m` one may stand for the other, and words become figures."""
    given = {key: _spelled(value) for key, value in fields.items() if value}
    if "{m}" not in template and "n" not in given and "m" in given:
        given["n"] = given["m"]
    if "n" in given and "{m}" in template and "m" not in given:
        given["m"] = given["n"]
    return template.format(**given)


def _spelled(value: str) -> str:
    """One spelling of a varying part: numbers in figures, "Hard" as "hard", "int8" as "INT8", "22k" as "22K"."""
    low = value.lower().replace("\\", "").replace(" %", "%")
    if re.fullmatch(r"\d{1,3},\d{3}|\d{1,3}k", low):
        return low.replace(",", "").replace("k", "000")
    if low in IN_FIGURES:
        return IN_FIGURES[low]
    if low in ORDINARY:
        return low
    if low.endswith("%"):
        return low
    return value.upper() if re.fullmatch(r"[a-z]+\d", value) else re.sub(r"(?<=\d)k$", "K", value)


def mentions(text: str, folder: Path | None = None, *, title: bool = False) -> tuple[Mention, ...]:
    """Every condition that a text states, in its order; of two that overlap that which stands first in the file."""
    return tuple(mention for mention in words(text, folder, title=title) if mention.name)


def _listed(condition: Condition, match: re.Match[str]) -> Iterator[tuple[dict[str, str | None], tuple[int, int]]]:
    """The fields and the span of a condition, then of those that follow in its list."""
    yield match.groupdict(), match.span()
    end = match.end()
    while condition.more and (following := LISTED.match(match.string, end)):
        end = following.end()
        yield {**match.groupdict(), "n": following["n"]}, following.span("n")


@functools.lru_cache(maxsize=4096)
def words(text: str, folder: Path | None = None, *, title: bool = False) -> tuple[Mention, ...]:
    """The conditions of a sentence, or of a `title`, with the words that only look like one."""
    elsewhere = "no" if title else "only"
    found: list[Mention] = []
    groups = _signs(folder)
    finder, owners = _finder(folder)
    low = text.lower().encode(errors="replace").decode()  # the automaton takes no half of a character pair
    stands = {owner for place, _, _ in finder.find_matches_as_indexes(low, overlapping=True) for owner in owners[place]}
    for name, signs in groups:
        if signs and (name, False) not in stands:
            continue
        group = _group(folder, name)
        worded = (name, True) in stands  # trying dozens of words at every place is dear, and most sentences hold none
        taken: list[tuple[int, int]] = []
        for condition in group.conditions:
            if condition.worded and not worded:
                continue
            for match in condition.written.finditer(text) if condition.title != elsewhere else ():
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                for fields, (start, end) in _listed(condition, match):
                    taken.append((start, end))
                    found.append(Mention(group, _name(condition.name, fields) if condition.name else "", start, end))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.name)))


def lane(setting: str | None, benchmark: str | None, metric: str | None) -> str:
    """The lane of a result: its conditions joined by "; " without those that its names already say.

    "pass@1" says nothing new of the metric pass@1, nor "test-clean" of a benchmark that is called so.
    """
    said = f" {benchmark or ''} {metric or ''} ".casefold()
    kept = [name for name in (setting or "").split("; ") if name and not _said(name.casefold(), said)]
    return "; ".join(kept) or UNSTATED


def _said(name: str, said: str) -> bool:
    """Whether names hold a condition: whole ("test-clean"), a square resolution by its side, "per byte" by "/byte"."""
    square = re.fullmatch(r"(\d+)x\1", name)
    words = [name, square[1]] if square else [name]
    token = PER_TOKEN.fullmatch(name)
    if token and f"/{token['short']}" in said:
        return True
    return any(re.search(rf"(?<![\w@]){re.escape(word)}(?!\w)", said) for word in words)
