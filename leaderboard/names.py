"""Which words for a system are a name, and which only point at one within their own paper.

"Our method" is a good answer to what a number is about, and no name: on a board it would join what has nothing in
common. The claims table keeps the words as they stand in the abstract; boards leave such a system unnamed.
"""

from __future__ import annotations

import re
from typing import Final

POINTERS: Final = frozenset({"this", "these", "that", "those", "our", "ours", "its", "their", "we", "it"})
"""First words that point at a system of the paper at hand."""

ARTICLES: Final = frozenset({"a", "an", "the"})

KINDS: Final = frozenset(
    "agent algorithm approach architecture baseline classifier framework method methodology model network paper "
    "pipeline proposal solution strategy study system technique work".split()
)
"""What a system may be called without being named; with an article, or alone, these are no names."""

STANDING: Final = frozenset({"state of the art", "state-of-the-art", "sota", "previous work", "prior work"})
"""Whole expressions for whatever was best before."""

_REPORT = re.compile(r"\b(?:technical|tech\.?|system|research) report$", re.IGNORECASE)
_PROPER = re.compile(r"[A-Z0-9]")


def system_name(words: str | None) -> str | None:
    """`words` if they name a system, None where they only point at one ("our method") or name a report on it.

    Words that point and hold a name beside it ("our FooNet model") are kept whole: what of them is the name is not
    decided here.
    """
    parts = (words or "").split()
    if not parts or _REPORT.search(words or ""):
        return None
    first, rest = parts[0].lower(), parts[1:]
    lower = " ".join(parts).lower()
    if lower in STANDING or (len(parts) == 1 and _is_kind(lower)):
        return None
    if _PROPER.search(" ".join(rest)):
        return words
    if first in POINTERS or (first in ARTICLES and rest and _is_kind(rest[-1].lower())):
        return None
    return words


def _is_kind(word: str) -> bool:
    """Whether a lower-case word, singular or plural, is one of `KINDS` or a pointer standing alone."""
    return word in KINDS or word.removesuffix("s") in KINDS or word in POINTERS
