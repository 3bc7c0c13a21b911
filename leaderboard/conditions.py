"""Conditions under which a number was measured: how sentences state them, and what they are called.

The vocabulary is `data/conditions.toml`. `stated` gives each number of a sentence the conditions that stand with it,
`lane` puts those that the names of benchmark and metric do not already say into the name of a lane.

A condition belongs to the number whose stretch of the sentence it stands in. Between two numbers the stretches meet at
the last comma or conjunction; numbers that stand in a plain list share theirs. What opens the sentence before its first
number holds for all its numbers, unless the sentence sets one system against another, and never for a number that
states another condition of the same group.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

SPECIAL = {"few-shot": re.compile(r"^[1-9]\d*-shot$")}
"""General conditions and what makes them superfluous where it is stated as well."""

_CUT = re.compile(
    r"[,;]|\b(?:and|or|while|whereas|but|versus|vs|compared|than|over|against|from|to|respectively)\b", re.IGNORECASE
)
"""Where the stretch of one number ends and that of the next begins; the last one between them counts."""

_LIST = re.compile(r"[\s,;/&]*(?:and|or|to|/)?[\s,;]*", re.IGNORECASE)
"""What stands between two numbers of a plain list ("80.1% and 85.2%")."""

_OPENING = re.compile(r"\s*(?:in|under|with|without|for|on|using|at|when|within|among)\b[^,]*,", re.IGNORECASE)
"""A phrase that opens a sentence and holds for all of it: "In the zero-shot setting, "."""

_CONTRAST = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|compared|versus|vs|than|while|whereas|against|from|over|baselines?"
    r"|without|both|respectively|only|but)\b",
    re.IGNORECASE,
)
"""Words of a sentence that sets numbers of different systems or conditions against each other."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A way to state a condition: its canonical name (with fields of the pattern in braces) and how it is written."""

    name: str
    written: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of one sort; of an exclusive group a number has at most one."""

    id: str
    exclusive: bool
    signs: tuple[str, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A condition where it stands in a text."""

    group: Group
    name: str
    start: int
    end: int


@functools.cache
def vocabulary(folder: Path | None = None) -> tuple[Group, ...]:
    """The groups of `conditions.toml` in a folder (the project's own by default), in its order.

    Raises `BadDataFile` naming the group and the field.
    """
    path = (folder or data_folder()) / "conditions.toml"
    return tuple(_group(path, name, table) for name, table in tables(path).items())


def _group(path: Path, name: str, table: Any) -> Group:  # noqa: ANN401 - what stands in a file
    """One validated group."""
    known = {"exclusive", "signs", "words", "conditions"}
    if not isinstance(table, dict) or not table.get("conditions") or set(table) - known:
        raise BadDataFile(path, name, f"is not a table with the fields {', '.join(sorted(known))}")
    words = "|".join(re.escape(word) for word in sorted(table.get("words", ()), key=lambda word: (-len(word), word)))
    found = []
    for place, entry in enumerate(table["conditions"], start=1):
        try:
            text = entry["written"].replace("{word}", f"(?P<word>{words})").replace("{other}", f"(?P<other>{words})")
            pattern = re.compile(text, re.IGNORECASE)
            _name(entry["name"], dict.fromkeys(pattern.groupindex, "1"))
            found.append(Condition(entry["name"], pattern))
        except (re.error, KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
            problem = f"needs a name and a pattern that holds its fields ({error})"
            raise BadDataFile(path, f"{name}.conditions, number {place}", problem) from None
    return Group(name, bool(table.get("exclusive", True)), tuple(table.get("signs", ())), tuple(found))


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
    low = value.lower()
    if low in IN_FIGURES:
        return IN_FIGURES[low]
    if low in ORDINARY:
        return low
    return value.upper() if re.fullmatch(r"[a-z]+\d", value) else re.sub(r"(?<=\d)k$", "K", value)


@functools.lru_cache(maxsize=4096)
def mentions(text: str, folder: Path | None = None) -> tuple[Mention, ...]:
    """Every condition that a text states, in its order; of two that overlap that which stands first in the file."""
    low = text.lower()
    found: list[Mention] = []
    for group in vocabulary(folder):
        if group.signs and not any(sign in low for sign in group.signs):
            continue
        taken: list[tuple[int, int]] = []
        for condition in group.conditions:
            for match in condition.written.finditer(text):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                if condition.name:
                    found.append(Mention(group, _name(condition.name, match.groupdict()), *match.span()))
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.name)))


def stated(
    sentence: str, numbers: Sequence[tuple[int, int]], which: int, folder: Path | None = None
) -> tuple[str, ...]:
    """The conditions of one number of a sentence, canonical and sorted.

    Args:
        sentence: the sentence.
        numbers: the spans of its numbers, in order.
        which: the place of the number in `numbers`.
        folder: the folder of the vocabulary, the project's own by default.
    """
    found = mentions(sentence, folder)
    if not found:
        return ()
    mine = numbers[which]
    spans = [span for span in numbers if span == mine or not any(m.start <= span[0] < m.end for m in found)]
    place = spans.index(mine)
    left, right = _stretch(sentence, spans, place)
    chosen = {m: _distance(m, mine) for m in found if left <= m.start and m.end <= right and not _holds(m, mine)}
    first = spans[0][0]
    opening = _OPENING.match(sentence[:first])
    reach = opening.end() if opening else 0
    if not _CONTRAST.search(sentence):
        reach = first
    here = {m.group.id for m in chosen}
    for mention in found:
        if mention.end <= reach and mention.group.id not in here and mention not in chosen:
            chosen[mention] = _distance(mention, mine)
    return _canonical(chosen)


def _holds(mention: Mention, span: tuple[int, int]) -> bool:
    """Whether a number is part of the words of a condition."""
    return mention.start <= span[0] < mention.end


def _stretch(sentence: str, spans: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    """Start and end of the stretch of the sentence that belongs to a number."""
    first = last = place
    while first > 0 and _LIST.fullmatch(sentence[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and _LIST.fullmatch(sentence[spans[last][1] : spans[last + 1][0]]):
        last += 1
    left = _border(sentence, spans[first - 1][1], spans[first][0]) if first else 0
    right = _border(sentence, spans[last][1], spans[last + 1][0]) if last + 1 < len(spans) else len(sentence)
    return left, right


def _border(sentence: str, start: int, end: int) -> int:
    """Where, between two numbers, the stretch of the first ends."""
    cuts = [start + match.start() for match in _CUT.finditer(sentence[start:end])]
    return cuts[-1] if cuts else end


def _distance(mention: Mention, span: tuple[int, int]) -> int:
    """Characters between a condition and a number."""
    return max(mention.start - span[1], span[0] - mention.end, 0)


def _canonical(chosen: dict[Mention, int]) -> tuple[str, ...]:
    """Names of conditions, sorted; of an exclusive group the nearest."""
    names: set[str] = set()
    by_group: dict[str, list[Mention]] = {}
    for mention in chosen:
        if mention.group.exclusive:
            by_group.setdefault(mention.group.id, []).append(mention)
        else:
            names.add(mention.name)
    for group in by_group.values():
        specific = [m for m in group if not _superfluous(m.name, group)]
        names.add(min(specific, key=lambda m: (chosen[m], m.start)).name)
    return tuple(sorted(names))


def _superfluous(name: str, group: Iterable[Mention]) -> bool:
    """Whether a general condition stands beside one that says more ("few-shot" beside "5-shot")."""
    special = SPECIAL.get(name)
    return special is not None and any(special.match(mention.name) for mention in group)


def lane(setting: str | None, benchmark: str | None, metric: str | None) -> str:
    """The lane of a result: its conditions joined by "; " without those that its names already say.

    "pass@1" says nothing new of the metric pass@1, nor "test-clean" of a benchmark that is called so.
    """
    said = f" {benchmark or ''} {metric or ''} ".casefold()
    kept = [name for name in (setting or "").split("; ") if name and not _said(name.casefold(), said)]
    return "; ".join(kept) or UNSTATED


def _said(name: str, said: str) -> bool:
    """Whether names hold a condition: whole ("test-clean") or, for a square resolution, one of its sides."""
    square = re.fullmatch(r"(\d+)x\1", name)
    words = [name, square[1]] if square else [name]
    return any(re.search(rf"(?<![\w@]){re.escape(word)}(?!\w)", said) for word in words)
