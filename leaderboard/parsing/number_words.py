"""Step 2, numbers in words: "three times", "half", "ten million", "an order of magnitude"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick, Implementation

from leaderboard.parsing.numerals import counted_noun
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.vocabulary import FRACTIONS, MEASURES, NUMBER_WORDS, SCALES

_NW = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))

_STEMS = (
    "fold times illion half halv doubl tripl twice quadrupl thrice magnitude third quarter thousand hundred"
    " minute hour day second percent point fifth tenth sixth eighth"
).split()
"""Pieces of every number in words; where none stands there is none."""
_STEM = AhoCorasick(_STEMS, implementation=Implementation.DFA)

_REACH = 32
"""How far before its stem a number in words starts ("an order of magnitude"), and how far behind it ends."""


def stems(lower: str) -> list[int]:
    """Where in the lower-case text a number in words may be, sorted."""
    return sorted(start for _, start, _ in _STEM.find_matches_as_indexes(lower, overlapping=True))


def _windows(lower: str) -> Iterator[tuple[int, int]]:
    """The stretches around the stems, from blank to blank, joined where they touch: none is looked at twice."""
    start = end = -1
    for position in stems(lower):
        low = lower.rfind(" ", 0, max(0, position - _REACH)) + 1
        if end < 0:
            start = low
        elif low > end:
            yield start, end
            start = low
        end = _blank(lower, position + _REACH)
    if end >= 0:
        yield start, end


def _blank(lower: str, position: int) -> int:
    """The first blank from `position` on, or the end."""
    found = lower.find(" ", position)
    return found if found >= 0 else len(lower)


_NUMBER_WORD = re.compile(
    rf"""
    \b(?:
      (?P<orders>(?:(?P<ordern>an?|one|two|three|four|five|several)\s+)?orders?[\s-]of[\s-]magnitude)
    | (?P<multiple>(?P<multn>{_NW})(?:\s+times\b|[\s-]?folds?\b))
    | (?P<scaled>(?P<scalen>{_NW})\s+(?P<scale>hundred|thousand|million|billion|trillion))\b
    | (?P<measured>(?P<measn>one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|single)\s+
        (?P<meas>minutes?|hours?|days?|seconds?|percent|percentage\ points?|points?))\b
    | (?P<double>(?:more\ than\ )?doubl(?:es|ed|ing|e)|doubling)\b
    | (?P<triple>tripl(?:es|ed|ing|e))\b
    | (?P<quadruple>quadrupl(?:es|ed|ing|e))\b
    | (?P<halve>halv(?:es|ed|ing|e))\b
    | (?P<twice>twice|thrice)\b
    | (?P<half>half)\b
    | (?P<third>(?:one|a|two)[\s-](?:thirds?|quarters?|fifth|tenth|sixth|eighth|hundredth)|quarter)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


_BY = re.compile(r"\bby (?:a |about |nearly |almost |over |more than |roughly )?$")
"""Words before a share that is a difference: "by half"."""


def with_words(text: str, lower: str, found: list[Quantity], names: list[tuple[int, int]]) -> list[Quantity]:
    """Add numbers in words ("three times", "half", "ten million") to those in digits.

    `lower` is `text` in lower case, of the same length.
    """
    result = list(found)
    taken = sorted([(q.start, q.end) for q in found] + names)
    starts = [s for s, _ in taken]
    for match in (m for low, high in _windows(lower) for m in _NUMBER_WORD.finditer(text, low, high)):
        start, end = match.span()
        near = bisect_left(starts, end)
        if any(start < e for _, e in taken[max(0, near - 3) : near]):
            continue
        value, unit, noun, noun_end = 1.0, "x", "", 0
        if match["orders"]:
            if not match["ordern"] and match[0].lower().startswith("orders"):
                continue
            value = 10.0 ** NUMBER_WORDS.get((match["ordern"] or "one").lower(), 1)
        elif match["multiple"]:
            value = float(NUMBER_WORDS[match["multn"].lower()])
            if value == 1 and "fold" not in match[0]:
                continue
        elif match["scaled"]:
            value = NUMBER_WORDS[match["scalen"].lower()] * SCALES[match["scale"].lower()]
            noun, noun_end, unit = counted_noun(text, end, "none")
        elif match["measured"]:
            value = float(NUMBER_WORDS[match["measn"].lower()])
            word = match["meas"].lower()
            unit = "percent" if word == "percent" else "points" if "point" in word else MEASURES[word][0]
        elif match["double"]:
            value = 2.0
            start = lower.index("doubl", start)
            if re.match(
                r"\s*-?(?:blind|descent|check|q|dqn|machine|precision|stranded|edged|layer|side)",
                text[end : end + 12],
                re.IGNORECASE,
            ):
                continue
        elif match["triple"]:
            value = 3.0
            if match[0].lower() == "triple" or (
                match[0].lower() == "triples" and not re.match(r"\s(?:the|its|our|their)\b", text[end : end + 7])
            ):
                continue
        elif match["quadruple"]:
            value = 4.0
        elif match["halve"]:
            value = 0.5
        elif match["twice"]:
            value = 3.0 if match[0].lower() == "thrice" else 2.0
        elif match["half"]:
            value = 0.5
            if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
                continue
        else:
            words = re.split(r"[\s-]", match[0].lower())
            part = words[-1].rstrip("s")
            value = FRACTIONS.get(part, 0.5) * (2 if words[0] == "two" else 1)
        if value < 1 and unit == "x" and _BY.search(lower, max(0, start - 12), start):
            value, unit = round(100 * value, 2), "percent"
        result.append(Quantity(start, end, value, None, unit, None, "word", noun=noun, noun_end=noun_end))
    return sorted(result, key=lambda q: q.start)
