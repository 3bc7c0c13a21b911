"""Step 2: every number of a text with its sign, scale, unit, range, bound words and printed precision.

The pass is digit first: one compiled pattern finds runs of digits, and what stands before and after is looked at from
there. Number words are looked for only where a rarer stem occurs. What is part of a name (CIFAR-10, GPT-4, top-1), a
citation, a list mark, an image size or a setting (5-shot, 4-bit) is dropped here; the rest are candidates.
"""

from __future__ import annotations

from leaderboard.parsing.number_words import with_words
from leaderboard.parsing.numerals import DIGITS, number
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.ranges import bounded, merged, with_shared_bounds, with_shared_units


def quantities(text: str, lower: str, names: list[tuple[int, int]]) -> list[Quantity]:
    """Return the numbers of clean `text` that may be claims, in order, ranges merged.

    `lower` is the text in lower case, of the same length; `names` are the spans of benchmark, metric and
    system names, sorted: digits inside them belong to the name.
    """
    found: list[Quantity] = []
    position, following = 0, iter([*names, (len(text) + 1, len(text) + 1)])
    name = next(following)
    for match in DIGITS.finditer(text):
        start = match.start()
        if start < position:
            continue
        while name[1] <= start:
            name = next(following)
        if name[0] <= start:
            position = name[1]
            continue
        joined = bool(found) and found[-1].end > start - 4 and text[found[-1].end : start].strip("- ") == ""
        listed = bool(found) and found[-1].end == start - 1 and text[start - 1] == "/" and found[-1].unit != "none"
        quantity = number(text, start, match.group(), joined=joined, listed=listed)
        if quantity is not None:
            position = quantity.end
            found.append(quantity)
    found = with_words(text, lower, found, names)
    return with_shared_bounds(text, [bounded(text, q) for q in with_shared_units(text, merged(text, found))])
