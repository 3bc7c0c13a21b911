"""An abstract taken apart: clean text, sentences, names, numbers, and the tokens of sentences with a number."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from leaderboard.parsing.gazetteer import Gazetteer
from leaderboard.parsing.names import Names, names
from leaderboard.parsing.quantities import quantities
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.text import clean, lowered, sentences
from leaderboard.parsing.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Document:
    """What the later steps read.

    `sentences` are spans of `text`; `tokens[s]` are the tokens of sentence `s` (empty where it holds no number);
    `places[i]` gives sentence and token index of quantity `i`; `mention_starts` are the offsets of the names, sorted.
    """

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    names: Names
    quantities: tuple[Quantity, ...]
    tokens: tuple[list[Token], ...]
    places: tuple[tuple[int, int], ...]
    mention_starts: tuple[int, ...]


TABLE = 50
"""A sentence with more numbers is no prose but a table: its numbers are left alone, and work stays linear."""


def document(title: str, abstract: str, book: Gazetteer) -> Document | None:
    """Take an abstract apart, or return None where it holds no number that may be a claim."""
    text = clean(abstract)
    lower = lowered(text)
    found = quantities(text, lower, [])
    if not found:
        return None  # most abstracts end here: names are looked for only where there is a number
    named = names(title, text, lower, book)
    spans = [(m.start, m.end) for m in named.mentions if any(c.isdigit() for c in m.text)]
    if spans:
        found = quantities(text, lower, spans)
    if not found:
        return None
    cut = sentences(text)
    per_sentence: list[list[Token]] = []
    places: list[tuple[int, int]] = []
    kept: list[Quantity] = []
    mention_starts = [m.start for m in named.mentions]
    following = 0
    for s, (start, end) in enumerate(cut):
        first = following
        while following < len(found) and found[following].start < end:
            following += 1
        inside = [q for q in found[first:following] if q.start >= start]
        if not inside or len(inside) > TABLE:
            per_sentence.append([])
            continue
        near = range(bisect_left(mention_starts, start), bisect_left(mention_starts, end))
        line = tokens(text, start, end, inside, len(kept), named.mentions, near)
        per_sentence.append(line)
        places += [(s, i) for i, token in enumerate(line) if token.tag == "Q"]
        kept += inside
    return Document(
        title, text, tuple(cut), named, tuple(kept), tuple(per_sentence), tuple(places), tuple(mention_starts)
    )
