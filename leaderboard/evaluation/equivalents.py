"""Which spellings of a unit, a metric, a data set or a system mean the same when claims meet annotations.

An annotation may offer alternatives with "|"; one that fits is enough. The groups of spellings are data
(`data/equivalents.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leaderboard.errors import BadDataFile
from leaderboard.registry import data_folder

FILE = "equivalents.toml"
"""The file under `data/` that holds the groups."""

ALTERNATIVE = "|"
"""What stands between the names that an annotation accepts."""

CONTAINED = 3
"""Letters and digits that a metric's name needs before a longer name may be taken for it with a word more."""

GENERIC = re.compile(
    r"\b(?:the|an?|data ?sets?|benchmarks?|leaderboards?|suite|collections?|corpus|corpora|tasks?"
    r"|test ?set|test|dev|validation)\b",
    re.IGNORECASE,
)
"""Words that say that a name is a data set, or which split of it; they do not count in its name."""


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Spellings by group: the name of its group for a unit, the number of its group for a metric."""

    units: Mapping[str, str]
    metrics: Mapping[str, int]

    def unit(self, name: str | None) -> str:
        """A unit's name in the definition of a claim; an unknown one in lower case."""
        folded = (name or "none").lower()
        return self.units.get(folded, folded)

    def same_unit(self, wanted: str | None, given: str | None, kind: str) -> bool:
        """Whether a unit is one that the annotation accepts; a bare score may be in points."""
        unit = self.unit(given)
        bare = {"none", "points"} if kind == "score" else set()
        return any(
            self.unit(one) == unit or {self.unit(one), unit} <= bare
            for one in alternatives(wanted or "none") or ["none"]
        )

    def same_metric(self, wanted: str | None, given: str | None) -> bool:
        """Whether a metric is one that the annotation accepts: equal, of one group, or one name within the other.

        Where the annotation names no metric, any is accepted.
        """
        if wanted is None:
            return True
        if not given:
            return False
        name = letters(given)
        return any(self._one_metric(letters(one), name) for one in alternatives(wanted))

    def _one_metric(self, a: str, b: str) -> bool:
        if a == b or (b in self.metrics and self.metrics[b] == self.metrics.get(a)):
            return True
        shorter, longer = sorted((b, a), key=len)
        return len(shorter) >= CONTAINED and shorter in longer


def alternatives(text: str) -> list[str]:
    """The names that an annotation accepts, without empty ones."""
    return [name for part in text.split(ALTERNATIVE) if (name := part.strip())]


def letters(text: str) -> str:
    """A name in lower case without anything but ASCII letters, digits and "+"."""
    return re.sub(r"[^a-z0-9+]", "", text.lower())


def data_set(text: str) -> str:
    """The letters of a data set's name without generic words, unless it consists of them."""
    return letters(GENERIC.sub(" ", text)) or letters(text)


def same_data_sets(wanted: Sequence[str], names: Sequence[str], mentions: Sequence[str]) -> bool:
    """Whether a claim names exactly the data sets of the annotation, in any order.

    Each of them may match by its canonical name (`names`) or by the words of the abstract (`mentions`, in the order of
    the names).
    """
    left = [
        {data_set(row[place]) for row in (names, mentions) if place < len(row) and row[place]}
        for place in range(max(len(names), len(mentions)))
    ]
    if len(left) != len(wanted):
        return False
    for name in wanted:
        accepted = {data_set(one) for one in alternatives(name)}
        place = next((place for place, spellings in enumerate(left) if spellings & accepted), None)
        if place is None:
            return False
        del left[place]
    return True


def same_system(wanted: str | None, given: str | None) -> bool:
    """Whether a system is one that the annotation accepts: the words of one name are among those of the other.

    Where the annotation names no system, any is accepted.
    """
    if wanted is None:
        return True
    words = _words(given or "")
    return bool(words) and any(words <= accepted or accepted <= words for accepted in map(_words, alternatives(wanted)))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", name.lower()))


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> Equivalents:
    """Read the groups (by default those under `data/`); raises `BadDataFile` where they do not make sense."""
    file = path or data_folder() / FILE
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadDataFile(file, "file", "does not exist") from None
    except ValueError as error:
        raise BadDataFile(file, "file", f"is not TOML: {error}") from None
    units: dict[str, str] = {}
    metrics: dict[str, int] = {}
    for group in _groups(file, data, "units"):
        for name in group:
            if units.setdefault(name.lower(), group[0]) != group[0]:
                raise BadDataFile(file, "units", f"{name!r} stands in two groups")
    for number, group in enumerate(_groups(file, data, "metrics")):
        for name in group:
            if metrics.setdefault(letters(name), number) != number:
                raise BadDataFile(file, "metrics", f"{name!r} stands in two groups")
    return Equivalents(units, metrics)


def _groups(file: Path, data: Mapping[str, object], field: str) -> list[list[str]]:
    groups = data.get(field)
    if not isinstance(groups, list) or not all(
        isinstance(group, list) and group and all(isinstance(name, str) for name in group) for group in groups
    ):
        raise BadDataFile(file, field, "is not a list of groups of names")
    return groups
