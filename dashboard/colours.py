"""Every colour of marks: by name, for the light theme and for the dark one.

They follow Okabe and Ito, whose colours stay apart for colour-blind eyes, and stand out from the page by at least three
to one. The page gets them as properties of its style sheet (`SHEET`); pictures, which are white, take the light ones.
"""

from __future__ import annotations

from typing import Final

PAIRS: Final = {
    "own": ("#1f86c9", "#56b4e9"),
    "baseline": ("#d55e00", "#f08a3c"),
    "other": ("#737a86", "#a3abb8"),
    "error": ("#d55e00", "#e8711a"),
    "warning": ("#c98500", "#e69f00"),
    "note": ("#1f86c9", "#56b4e9"),
    "best": ("#00795a", "#2cc79b"),
    "pale": ("#c9d3dc", "#47505c"),
    "series-0": ("#0072b2", "#63b8ea"),
    "series-1": ("#d55e00", "#f08a3c"),
    "series-2": ("#00876a", "#2cc79b"),
    "series-3": ("#c2649a", "#e59fc7"),
    "series-4": ("#8a6d00", "#d9b93b"),
    "series-5": ("#3292cc", "#a5d8f5"),
    "series-6": ("#737a86", "#a3abb8"),
    "series-7": ("#7b3fa0", "#d3a4ef"),
    "ink-of-page": ("#1b1f24", "#f2f4f7"),
    "quiet": ("#4a5160", "#b9bfca"),
    "rule": ("#d4d9e0", "#3b424d"),
    "grid": ("#eceff3", "#2b2e34"),
    "page": ("#ffffff", "#191816"),
    "raised": ("#ffffff", "#25262a"),
    "focus": ("#0067a0", "#63b8ea"),
}
"""Colours by what they stand for: in the light theme, in the dark theme."""

SERIES: Final = tuple(name for name in PAIRS if name.startswith("series-"))
"""The names of the colours for lines and points of up to eight systems or boards."""

SHEET: Final = f":root {{ {' '.join(f'--{name}: light-dark({a}, {b});' for name, (a, b) in PAIRS.items())} }}\n"
"""The colours as properties for a style sheet: `var(--own)`."""


def light(name: str) -> str:
    """A colour of the light theme."""
    return PAIRS[name][0]
