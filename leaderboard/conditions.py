"""Conditions under which a number was measured: how sentences state them, and what they are called.

The vocabulary is `data/conditions.toml`. `stated` gives each number of a sentence the conditions that stand with it,
`lane` puts those that the names of benchmark and metric do not already say into the name of a lane.

A condition belongs to the number whose stretch of the sentence it stands in. Between two numbers the stretches meet at
the last comma or conjunction; numbers that stand in a plain list share theirs, unless as many conditions of one group
stand in a list, too: then each number has its own ("72% and 80% in the 1-shot and 5-shot settings, respectively"). A
list of conditions that answers to no list of numbers holds as a whole. What opens the sentence before its first number
holds for all its numbers, unless the sentence sets one system against another, and never for a number that states
another condition of the same group.
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

_WORDED_LIST = re.compile(
    r"(?:\s+[^\s,;/&()]+){0,3}\s*(?:[,;/&]|\b(?:and|or)\b)\s*(?:(?:and|or)\s+)?(?:[^\s,;/&()]+\s+){0,3}", re.IGNORECASE
)
"""What stands between two members of a list with words of their own ("5-way 1-shot and 5-way 5-shot")."""

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
"""What says that the members of two lists answer to each other."""

_BESIDE = re.compile(r"[\s(]*(?:(?!on\b)[^\s,;:()]+\s+){0,6}(?:on\s+(?:(?:both|the)\s+){0,2})?[\s(]*", re.IGNORECASE)
"""What stands between a list of numbers and one of conditions that answer to each other without a word that says so."""

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
    runs = _runs(sentence, spans, found)
    turn = _in_turn(sentence, spans, place, found, runs)
    answered = {m.group.id for m in turn}
    left, right = _stretch(sentence, spans, place)
    chosen = {m: _distance(m, mine) for m in found if left <= m.start and m.end <= right and not _holds(m, mine)}
    chosen = {m: far for m, far in chosen.items() if m.group.id not in answered} | dict.fromkeys(turn, 0)
    first = spans[0][0]
    opening = _OPENING.match(sentence[:first])
    reach = opening.end() if opening else 0
    if not _CONTRAST.search(sentence):
        reach = first
    here = {m.group.id for m in chosen}
    for mention in found:
        if mention.end <= reach and mention.group.id not in here and mention not in chosen:
            chosen[mention] = _distance(mention, mine)
    return _canonical(chosen, runs)


def _members(
    sentence: str, spans: Sequence[tuple[int, int]], between: re.Pattern[str], barriers: Iterable[tuple[int, int]] = ()
) -> list[range]:
    """The places of the spans, list by list; no span of `barriers` stands inside a list."""
    walls = [start for start, _ in barriers]
    starts = [0] if spans else []
    for place in range(1, len(spans)):
        end, start = spans[place - 1][1], spans[place][0]
        if not between.fullmatch(sentence[end:start]) or any(end <= wall < start for wall in walls):
            starts.append(place)
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(spans)], strict=True)]


def _runs(sentence: str, spans: Sequence[tuple[int, int]], found: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """The lists of two or more different conditions of one group, with no number among them."""
    runs = []
    for group in dict.fromkeys(mention.group.id for mention in found):
        mine = [mention for mention in found if mention.group.id == group]
        for places in _members(sentence, [(m.start, m.end) for m in mine], _WORDED_LIST, spans):
            run = tuple(mine[place] for place in places)
            if len({mention.name for mention in run}) > 1:
                runs.append(run)
    return runs


def _in_turn(
    sentence: str,
    spans: Sequence[tuple[int, int]],
    place: int,
    found: Sequence[Mention],
    runs: Sequence[tuple[Mention, ...]],
) -> tuple[Mention, ...]:
    """The conditions that a number has by its turn: it stands in a list, and they in lists as long as that.

    Where nothing says that the lists answer to each other, they do if they stand side by side.
    """
    said = _RESPECTIVELY.search(sentence) is not None
    walls = [(mention.start, mention.end) for mention in found]
    mine = next(members for members in _members(sentence, spans, _LIST, walls) if place in members)
    if said and len(mine) == 1:
        mine = next(members for members in _members(sentence, spans, _WORDED_LIST, walls) if place in members)
    start, end = spans[mine[0]][0], spans[mine[-1]][1]
    nearest: dict[str, tuple[int, Mention]] = {}
    for run in runs:
        if len(run) != len(mine):
            continue
        gap = sentence[end : run[0].start] if run[0].start >= end else sentence[run[-1].end : start]
        if not said and not _BESIDE.fullmatch(gap):
            continue
        turn = run[place - mine[0]]
        if turn.group.id not in nearest or len(gap) < nearest[turn.group.id][0]:
            nearest[turn.group.id] = (len(gap), turn)
    return tuple(turn for _, turn in nearest.values())


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


def _canonical(chosen: dict[Mention, int], runs: Sequence[tuple[Mention, ...]]) -> tuple[str, ...]:
    """Names of conditions, sorted; of an exclusive group the nearest, with the rest of its list if that holds whole."""
    names: set[str] = set()
    by_group: dict[str, list[Mention]] = {}
    for mention in chosen:
        if mention.group.exclusive:
            by_group.setdefault(mention.group.id, []).append(mention)
        else:
            names.add(mention.name)
    for group in by_group.values():
        specific = [m for m in group if not _superfluous(m.name, group)]
        nearest = min(specific, key=lambda m: (chosen[m], m.start))
        whole = next((run for run in runs if nearest in run and chosen.keys() >= set(run)), (nearest,))
        names.add(" and ".join(sorted({m.name for m in whole})))
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
