"""Classes of words that are used alike: what the fitted features say of words that no annotated abstract holds.

The classes are data (`data/word-classes.json`, made by `benchmarks/word_classes.py`): some four hundred fine ones, and
sixty coarse ones for features that look at several words at once.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from leaderboard import knowledge
from leaderboard.registry import data_folder

Classes = dict[str, str]
"""The class of every word, by word."""


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> tuple[Classes, Classes]:
    """Read the fine and the coarse classes (those under `data/` by default); `BadDataFile` where they do not read."""
    file = path or data_folder() / "word-classes.json"
    return knowledge.made(file, "file of word classes", "benchmarks/word_classes.py", _classes)


def _classes(data: Any) -> tuple[Classes, Classes]:  # noqa: ANN401 - what stands in a file
    fine = {word: f"f{n}" for n, members in enumerate(data["fine"]) for word in members.split()}
    coarse = {word: f"c{n}" for n, members in enumerate(data["coarse"]) for word in members.split()}
    return fine, coarse


def fine(word: str) -> str:
    """The fine class of a lower-case word; signs and tags of names stand for themselves, other words are unknown."""
    return load()[0].get(word) or _itself(word)


def coarse(word: str) -> str:
    """The coarse class of a lower-case word; signs and tags of names stand for themselves, other words are unknown."""
    return load()[1].get(word) or _itself(word)


def _itself(word: str) -> str:
    return "?" if word[:1].isalpha() else word
