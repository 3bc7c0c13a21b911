"""An abstract with the words of one claim marked in it.

The number's place is known to the character. Where the metric, the benchmark, the system and the baseline stand is
looked for by their printed words: the nearest place to the number, in its own sentence first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

PARTS: Final = {
    "number": "the number",
    "metric": "metric",
    "benchmark": "benchmark",
    "subject": "system",
    "baseline": "compared with",
    "operand": "other number of a finding",
}
"""What can be marked, most important first, and its name in the legend."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the abstract, `abstract[start:end]`, and what it is: a key of `PARTS`."""

    start: int
    end: int
    part: str


def nearest(
    abstract: str, words: str | None, start: int, end: int, sentence: tuple[int, int]
) -> tuple[int, int] | None:
    """Where `words` stand in `abstract` closest to `abstract[start:end]`, the number's sentence before all others.

    Looks for the words as they are, then without regard to case, and only where no letter or digit touches them.
    Returns None if they are nowhere.
    """
    if not words:
        return None
    lowered = abstract.lower()
    folded = lowered if len(lowered) == len(abstract) else abstract
    for text, sought in ((abstract, words), (folded, words.lower())):
        places = [(at, at + len(sought)) for at in _places(text, sought) if _stands_alone(text, at, at + len(sought))]
        if places:
            return min(places, key=lambda p: (not (sentence[0] <= p[0] < sentence[1]), _distance(p, (start, end)), p))
    return None


def marks(
    abstract: str, number: tuple[int, int], sentence: str, words: Iterable[tuple[str, str | None]]
) -> tuple[Mark, ...]:
    """The marks of one claim in order of place, none overlapping; the number wins, then the order of `words`.

    `number` is the number's span, `sentence` the text of its sentence, `words` pairs of a part and its printed words.
    A span outside the abstract gives no mark.
    """
    start, end = number
    if not 0 <= start < end <= len(abstract):
        return ()
    at = abstract.rfind(sentence, 0, start + len(sentence)) if sentence else -1
    bounds = (at, at + len(sentence)) if 0 <= at <= start < at + len(sentence) else (0, len(abstract))
    chosen = [Mark(start, end, "number")]
    for part, printed in words:
        place = nearest(abstract, printed, start, end, bounds)
        if place:
            chosen = add(chosen, Mark(*place, part))
    return tuple(sorted(chosen, key=lambda m: m.start))


def add(chosen: Iterable[Mark], mark: Mark) -> list[Mark]:
    """`chosen` with `mark`, unless it would overlap one of them."""
    kept = list(chosen)
    return kept if any(mark.start < m.end and m.start < mark.end for m in kept) else [*kept, mark]


def html(abstract: str, chosen: Iterable[Mark]) -> str:
    """The abstract as one HTML paragraph in which only the marks are tags; its text content equals the abstract."""
    pieces, at = [], 0
    for mark in sorted(chosen, key=lambda m: m.start):
        pieces += [
            escape(abstract[at : mark.start]),
            f'<mark class="{escape(mark.part)}" title="{escape(PARTS.get(mark.part, mark.part))}">',
            escape(abstract[mark.start : mark.end]),
            "</mark>",
        ]
        at = mark.end
    return f'<p class="abstract">{"".join(pieces)}{escape(abstract[at:])}</p>'


def legend(chosen: Iterable[Mark]) -> str:
    """The parts that are marked, each in its own look, as one HTML paragraph."""
    present = {mark.part for mark in chosen}
    shown = [f'<mark class="{part}">{escape(name)}</mark>' for part, name in PARTS.items() if part in present]
    return f'<p class="legend">Marked: {" ".join(shown)}</p>' if shown else ""


def _places(text: str, words: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _distance(place: tuple[int, int], number: tuple[int, int]) -> int:
    return max(place[0] - number[1], number[0] - place[1], 0)
