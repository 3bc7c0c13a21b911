"""The words of a sentence with numbers and names folded into single tokens: what the rules and the links look at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.quantity import Quantity

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-'_/.@+][A-Za-z0-9]+)*\+?|[0-9]+(?:[.,][0-9]+)*[A-Za-z]*|[^\sA-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, a number or a name.

    `tag` is "w" (word), "p" (sign), "d" (digits that are no candidate), "Q" (quantity), "B" (benchmark), "M"
    (metric), "S" (model or system) or "N" (a name by shape); `low` is the lower-case text, or the tag in angle
    brackets for Q, B, M, S and N. `ref` indexes the abstract's quantities or mentions.
    """

    text: str
    low: str
    start: int
    end: int
    tag: str
    ref: int = -1


_TAGS = {"benchmark": "B", "metric": "M", "model": "S", "shape": "N"}


def tokens(
    text: str, start: int, end: int, found: list[Quantity], first: int, mentions: tuple[Mention, ...], near: range
) -> list[Token]:
    """The tokens of `text[start:end]`; quantities win over mentions where the two overlap.

    `found` are the quantities in that stretch, numbered from `first`; `near` are the indices of the mentions in it.
    """
    pieces: list[tuple[int, int, str, int]] = [(q.start, q.end, "Q", first + i) for i, q in enumerate(found)]
    spans = [(q.start, q.end) for q in found]
    for i in near:
        m = mentions[i]
        if not any(s < m.end and m.start < e for s, e in spans):
            pieces.append((m.start, m.end, _TAGS[m.kind], i))
    pieces.sort()
    result: list[Token] = []
    position = start
    for piece_start, piece_end, tag, ref in pieces:
        if piece_start < position:
            continue
        _words(text, position, piece_start, result)
        result.append(Token(text[piece_start:piece_end], f"<{tag}>", piece_start, piece_end, tag, ref))
        position = piece_end
    _words(text, position, end, result)
    return result


def _words(text: str, start: int, end: int, result: list[Token]) -> None:
    """Append the plain tokens of `text[start:end]`."""
    for match in WORD.finditer(text, start, end):
        word = match[0]
        tag = "w" if word[0].isalpha() else "d" if word[0].isdigit() else "p"
        result.append(Token(word, word.lower(), match.start(), match.end(), tag))
