"""An abstract taken apart: clean text, sentences, names, numbers and the tokens of every sentence that holds a number."""

from __future__ import annotations

from dataclasses import dataclass

from leaderboard.parsing.names import Gazetteer, Names, names
from leaderboard.parsing.quantities import Quantity, quantities
from leaderboard.parsing.text import clean, sentences
from leaderboard.parsing.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Document:
    """What the later steps read.

    `sentences` are spans of `text`; `tokens[s]` are the tokens of sentence `s` (empty where it holds no number);
    `places[i]` gives sentence and token index of quantity `i`. `low_title` is the title in lower case.
    """

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    names: Names
    quantities: tuple[Quantity, ...]
    tokens: tuple[list[Token], ...]
    places: tuple[tuple[int, int], ...]


def document(title: str, abstract: str, book: Gazetteer) -> Document | None:
    """Take an abstract apart, or return None where it holds no number that may be a claim."""
    text = clean(abstract)
    named = names(title, text, book)
    spans = [(m.start, m.end) for m in named.mentions if any(c.isdigit() for c in m.text)]
    found = quantities(text, spans)
    if not found:
        return None
    cut = sentences(text)
    per_sentence: list[list[Token]] = []
    places: list[tuple[int, int]] = []
    following = 0
    kept: list[Quantity] = []
    for s, (start, end) in enumerate(cut):
        inside = False
        while following < len(found) and found[following].start < end:
            inside = True
            following += 1
        if not inside:
            per_sentence.append([])
            continue
        line = tokens(text, start, end, found, named.mentions)
        per_sentence.append(line)
        for i, token in enumerate(line):
            if token.tag == "Q":
                places.append((s, i))
                kept.append(found[token.ref])
    order = {id(q): i for i, q in enumerate(kept)}
    if len(kept) != len(found):  # a number across a sentence border belongs to no token
        found = [q for q in found if id(q) in order]
    per_sentence = [
        [t if t.tag != "Q" else Token(t.text, t.low, t.start, t.end, "Q", _index(places, s, i)) for i, t in enumerate(line)]
        for s, line in enumerate(per_sentence)
    ]
    return Document(title, text, tuple(cut), named, tuple(kept), tuple(per_sentence), tuple(places))


def _index(places: list[tuple[int, int]], sentence: int, token: int) -> int:
    """The number of the quantity at that token."""
    return places.index((sentence, token))
