"""Step 3, known names: one Aho-Corasick pass finds what the registry knows of benchmarks, metrics and models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import ahocorasick_rs

from leaderboard.models import Benchmark, Metric, Model
from leaderboard.registry import Registry, derived, key, load

MentionKind = Literal["benchmark", "metric", "model", "shape"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.

    `kind` is what it names ("shape": it looks like a name, no registry holds it); `name` is the canonical name, or
    the words as printed; `sure` is false for a name that needs evidence nearby (a contextual alias, or a shape).
    `evidence` says what around it speaks for a benchmark: "noun" (followed by "data set"), "on" (preceded by "on"),
    "list", "".
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    name: str
    sure: bool
    evidence: str = ""


Spelled = tuple[str, tuple[tuple[str, MentionKind, str, bool, tuple[str, ...]], ...]]
"""A lower-case spelling, and what it may mean: alias, kind, canonical name, whether it needs no evidence nearby, signs.

Signs are the words of a text that speak for one of several benchmarks that share a name; other names have none.
"""


class Gazetteer:
    """The registry's names in one automaton, with the spellings that differ in hyphens and blanks only."""

    def __init__(self, spelled: Sequence[Spelled]) -> None:
        """Compile the automaton for these spellings."""
        self._entries = spelled
        self._automaton = ahocorasick_rs.AhoCorasick(
            [spelling for spelling, _ in spelled], matchkind=ahocorasick_rs.MatchKind.Standard
        )

    def canonical(self, printed: str) -> str:
        """The canonical name of the benchmark that is printed so, "" where there is none."""
        found = self.find(printed, printed.lower())
        return found[0].name if len(found) == 1 and found[0].text == printed and found[0].kind == "benchmark" else ""

    def find(self, text: str, lower: str) -> list[Mention]:
        """The registry names in clean `text` (`lower` is its lower case, of the same length).

        Whole words only, left to right.
        """
        size = len(text)
        whole = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True)
            if not (start and (lower[start - 1].isalnum() or lower[start - 1] in "_@"))
            and (
                end == size
                or not lower[end].isalnum()
                or (text[end] == "s" and (end + 1 == size or not lower[end + 1].isalnum()))
            )
        ]
        whole.sort()
        found: list[Mention] = []
        position = 0
        for start, minus_end, index in whole:
            if start >= position and (mention := self._fitting(text, lower, (start, -minus_end), index)) is not None:
                found.append(mention)
                position = mention.end
        return found

    def _fitting(self, text: str, lower: str, span: tuple[int, int], index: int) -> Mention | None:
        """The first entry of a spelling whose case and surroundings fit, or None.

        Of benchmarks that share the name it is the one with the most signs in the text, none where no one has most.
        """
        start, end = span
        printed = text[start:end]
        hyphened = start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()
        compound = (
            text[end : end + 1] == "-"
            and text[end + 1 : end + 2].isalnum()
            and _OF_A_NAME.match(text, end + 1) is not None
        ) or text.startswith("++", end)
        sharing = [sum(sign in lower for sign in row[4]) for row in self._entries[index][1] if row[4]]
        for alias, kind, name, sure, signs in self._entries[index][1]:
            told = sum(sign in lower for sign in signs)
            if signs and (not told or sharing.count(max(sharing)) > 1 or told < max(sharing)):
                continue
            if kind == "metric":
                if len(alias) <= 4 and not _short_fits(printed, alias):
                    continue
                if _CAMEL.search(printed) and printed != alias:
                    continue
                if not sure and (compound or (hyphened and _NAMED_BEFORE.search(text, max(0, start - 16), start))):
                    continue  # "HD" of the data set "Toy-HD"
            elif hyphened or (compound and kind == "benchmark") or not _case_fits(printed, alias, kind, sure=sure):
                continue
            return Mention(start, end, printed, kind, name, sure)
        return None


_NAMED_BEFORE = re.compile(r"(?<![\w-])[A-Z][\w]*-$")
_CAMEL = re.compile(r"[a-z][A-Z]")
_CAPITALISED = re.compile(r"[A-Z][a-z]+")
_OF_A_NAME = re.compile(r"[A-Z0-9]|v\d|[a-z]{1,3}[A-Z]")
"""What behind a hyphen makes another name: another word of it, or a version."""


def spelled(registry: Registry) -> list[Spelled]:
    """Every spelling of the names and aliases of a registry, with what it may mean."""
    entries: dict[str, list[tuple[str, MentionKind, str, bool, tuple[str, ...]]]] = {}
    tables: tuple[tuple[MentionKind, Iterable[Benchmark | Metric | Model]], ...] = (
        ("benchmark", registry.benchmarks.values()),
        ("metric", registry.metrics.values()),
        ("model", registry.models.values()),
    )
    for kind, table in tables:
        for entry in table:
            contextual = {key(a) for a in entry.contextual_aliases}
            for alias in (entry.name, *entry.aliases, *entry.contextual_aliases):
                sure = not contextual or key(alias) not in contextual
                for spelling in _spellings(alias):
                    rows = entries.setdefault(spelling, [])
                    if not rows or all(row[1] != kind for row in rows):
                        rows.append((alias, kind, entry.name, sure, ()))
    for benchmark in registry.benchmarks.values():
        for one in benchmark.shared:
            if key(one.name) in registry.shared:
                for spelling in _spellings(one.name):
                    entries.setdefault(spelling, []).append((one.name, "benchmark", benchmark.name, False, one.signs))
    return [(spelling, tuple(rows)) for spelling, rows in entries.items() if len(spelling) > 1]


def _spellings(alias: str) -> set[str]:
    """Lower-case spellings of an alias.

    Hyphens for blanks, blanks for hyphens, and neither between a word and its digits.
    """
    low = alias.lower()
    forms = {low}
    if "-" in low or " " in low:
        forms |= {low.replace("-", " "), low.replace(" ", "-")}
        joined = _BEFORE_DIGITS.sub("", low)
        if len(joined) > 3:
            forms.add(joined)
    if version := _VERSIONED.fullmatch(low):
        forms |= {f"{version['base']}{join}v{version['number']}" for join in ("", " ", "-")}
    if len(low) > 3 and (parts := _WORD_AND_DIGITS.fullmatch(low)):
        forms |= {join.join(part for part in parts.groups() if part) for join in "- "}
    if low != alias and len(words := _CAMEL_BORDER.split(alias)) == 2 and all(len(w) > 3 for w in words):
        forms |= {" ".join(words).lower(), "-".join(words).lower()}
    return forms


_VERSIONED = re.compile(r"(?P<base>.*[a-z])[\s-]?v(?P<number>\d(?:\.\d)?)")
_BEFORE_DIGITS = re.compile(r"(?<=[a-z])[- ](?=\d)")
_WORD_AND_DIGITS = re.compile(r"([a-z]+)(\d+(?:\.\d+[a-z]?)?)|(\d+)([a-z]{4,})")
_CAMEL_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _short_fits(printed: str, alias: str) -> bool:
    """Whether the printed case may be that of a short name of a metric: "map" and "Map" are words, mAP a metric."""
    if alias.isupper():
        return printed.isupper()
    return alias.islower() or printed == alias or not (printed.islower() or _CAPITALISED.fullmatch(printed))


def _case_fits(printed: str, alias: str, kind: MentionKind, *, sure: bool) -> bool:
    """Whether the printed case may be that name.

    A needy name must stand as the registry writes it, others may be all lower case if long.
    """
    if printed == alias:
        return True
    squashed, wanted = re.sub(r"[- ]", "", printed), re.sub(r"[- ]", "", alias)
    if squashed == wanted:
        return True
    if not sure or len(wanted) <= 4:
        return False
    if squashed.islower() and squashed.isalpha() and wanted.lower() != wanted and (len(wanted) < 8 or kind == "model"):
        return False
    return squashed.lower() == wanted.lower()


@lru_cache(maxsize=4)
def gazetteer(registry: Registry) -> Gazetteer:
    """The compiled names of a registry; compiling costs some 30 ms, so it is kept."""
    if registry is load():
        return Gazetteer(derived("spellings", __file__, lambda: spelled(registry)))
    return Gazetteer(spelled(registry))
