"""Step 3: the names in a text: benchmarks, metrics, models, and the system that the paper proposes.

What the registry knows wins over what only looks like a name; an abbreviation behind its long form is the same name,
and the system that a paper introduces is never its benchmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from leaderboard.parsing import editions
from leaderboard.parsing.gazetteer import Gazetteer, Mention
from leaderboard.parsing.shapes import DATA, evidence, shapes
from leaderboard.parsing.systems import systems_of
from leaderboard.registry import key


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one abstract.

    Mentions in order, the proposed systems, the data sets that the paper introduces, and the folded names that the
    abstract measures on: no system, even where the paper introduces them.
    """

    mentions: tuple[Mention, ...]
    systems: tuple[str, ...]
    introduced: frozenset[str]
    data_sets: frozenset[str]


def names(title: str, text: str, lower: str, book: Gazetteer) -> Names:
    """Find the names in clean `text`; the title tells what the paper calls its system.

    `lower` is the text in lower case, of the same length; `book` is the compiled registry.
    Mentions never overlap; a registry name wins over a shape.
    """
    systems, introduced = systems_of(title, text)
    known = [
        editions.whole(text, _alone(text, _as_data(text, m)), book)
        for m in book.find(text, lower)
        if not (_verb(text, m) or _one_of_many(text, m))
    ]
    own = {key(s) for s in systems}
    mentions: list[Mention] = []
    shaped = [*known, *shapes(text, known)]
    for mention in [*shaped, *_presented(text, [s for s in systems if key(s) in introduced], shaped)]:
        if key(mention.text) in own and mention.kind in {"shape", "model"} and key(mention.text) not in introduced:
            mentions.append(Mention(mention.start, mention.end, mention.text, "model", mention.text, sure=True))
            continue
        if mention.kind in {"benchmark", "shape"} and not mention.evidence:
            mentions.append(replace(mention, evidence=evidence(text, mention)))
        else:
            mentions.append(mention)
    mentions.sort(key=lambda m: m.start)
    settled = tuple(_abbreviations(text, editions.settled(text, mentions, book)))
    measured = {
        key(m.text)
        for m in settled
        if m.kind == "benchmark" or (m.kind == "shape" and m.evidence in {"on", "noun", "noun-before"})
    }
    return Names(settled, systems, introduced, introduced | measured)


def _presented(text: str, names: Sequence[str], found: Sequence[Mention]) -> Iterator[Mention]:
    """The plain words among the names of the paper's own data sets, which only the paper makes names: "Towels"."""
    own = {name for name in names if name.isalpha()} - {m.text for m in found}
    for match in _WORD.finditer(text) if own else ():
        start, end = match.span()
        if match[0] in own and all(m.end <= start or end <= m.start for m in found):
            yield Mention(start, end, match[0], "shape", match[0], sure=False)


_WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-])")

_NUMBER_AFTER = re.compile(r"\s(?:an? |about |around |only |up to |over |just |as \w+ as |[~$+])*\d")


def _verb(text: str, mention: Mention) -> bool:
    """Whether "scores" is what somebody does ("our model scores 91%", "Toy Owls score 91%") and names no metric."""
    if mention.sure or _NUMBER_AFTER.match(text, mention.end) is None:
        return False
    left = max(0, mention.start - 30)
    return mention.text == "scores" or (
        mention.text == "score" and _PLURAL_BEFORE.search(text, left, mention.start) is not None
    )


def _one_of_many(text: str, mention: Mention) -> bool:
    """Whether an article makes a needy name that of a kind of thing ("than a CNN") and no data set's."""
    if mention.sure or mention.kind != "benchmark":
        return False
    return (
        _ARTICLE.search(text, max(0, mention.start - 12), mention.start) is not None
        and _DATA_SET.match(text, mention.end) is None
    )


_ARTICLE = re.compile(r"(?<![\w-])an? (?:simple |plain |deep )?$")

_PLURAL_BEFORE = re.compile(r"(?<![\w-])[A-Z][a-z]+s $")


def _as_data(text: str, mention: Mention) -> Mention:
    """The name of a model or a metric before "data set", alone, as one of two, or behind it is that of a data set."""
    if (
        not (mention.kind == "model" or (mention.kind == "metric" and not mention.sure))
        or not mention.text[:1].isupper()
        or " " in mention.text
    ):
        return mention
    left = max(0, mention.start - 30)
    if _DATA_SET.match(text, mention.end) is not None and _TITLED.search(text, left, mention.start) is not None:
        return replace(mention, kind="shape", name=mention.text, sure=False, evidence="noun")
    if mention.kind == "model" and _DATA_SET_BEFORE.search(text, left, mention.start) is not None:
        return replace(mention, kind="shape", name=mention.text, sure=False, evidence="noun-before")
    return mention


_DATA_SET_BEFORE = re.compile(rf"\b(?:{DATA}) (?:called |named )?$")
"""Words before a name that make it a data set, whatever model bears it."""


_DATA_SET = re.compile(rf"(?:\s(?:and|or)\s[A-Z][\w-]*)?\s(?:{DATA})\b(?!\s(?:scores?|results?))")
_TITLED = re.compile(r"\b(?:on|the|and|or|in|for|from|of)\s(?:[a-z]+ly\s)?(?:[a-z-]+\s)?$")

_AVERAGED = re.compile(r" and (?:average )?(?:recall|F1|accuracy)")


def _alone(text: str, mention: Mention) -> Mention:
    """In "an average precision and recall of", the average is of both, and average precision is not meant."""
    if mention.name != "AP" or mention.text.lower() != "average precision" or not _AVERAGED.match(text, mention.end):
        return mention
    start = mention.start + len("average ")
    return replace(mention, start=start, text=text[start : mention.end], name="precision")


_LISTED = re.compile(r"\s*(?:,|/|,?\s*(?:and|or|&))\s*")

METRIC_LOOK = re.compile(r"[A-Za-z]{1,3}[A-Z][A-Za-z0-9-]{0,6}|[A-Z]{2,6}(?:-[A-Z0-9]+)?")
"""What an abbreviation of a metric may look like, in a list with a metric."""

_METRIC_AFTER = re.compile(
    r"\s(?:(?<![a-z]s\s)score|score(?!\s*[\d$~<>≥≤])|metrics?|values?"
    r"|scores(?!\s*[\d$~<>≥≤]|\s(?:only|just|up|above|below|over|at|about|around|an?|the|no)\b))\b"
)
"""What follows the name of a metric; "Owl-7B scores 62%" and "Toy Owls score 62%" tell of systems."""

_METRIC_WORDS = re.compile(
    (
        r"(?:rate|score|error|accuracy|precision|recall|distance|similarity|index|metrics?|ratio"
        r"|coefficient|loss|deviation|return|drawdown|consistency|probability|factor|length"
        r"|measure)s?$"
    ),
    re.IGNORECASE,
)
"""The last word of a phrase that spells a metric out."""


def _abbreviations(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Give "Long Name (ABBR)" one name, and make a metric of an abbreviation whose phrase ends in a metric word."""
    metrics: set[str] = set()
    same: dict[str, Mention] = {}
    for before, m in zip([None, *mentions], mentions, strict=False):
        if m.kind == "shape" and text[m.start - 1 : m.start] == "(" and text[m.end : m.end + 1] == ")":
            phrase = re.search(r"([A-Za-z-]+)\s\($", text[max(0, m.start - 24) : m.start])
            if phrase and _METRIC_WORDS.search(phrase[1]) and re.fullmatch(r"[A-Za-z0-9@-]{2,8}", m.text):
                metrics.add(m.text)
            elif before is not None and before.kind in {"benchmark", "shape"} and text[before.end : m.start] == " (":
                same[m.text] = before
    for a, b in pairwise(mentions):
        if {a.kind, b.kind} == {"metric", "shape"} and _LISTED.fullmatch(text, a.end, b.start):
            shape = a if a.kind == "shape" else b
            if shape.evidence not in {"noun", "on", "task"} and METRIC_LOOK.fullmatch(shape.text):
                metrics.add(shape.text)
    metrics |= {m.text for m in mentions if m.kind == "shape" and (_METRIC_AFTER.match(text, m.end) or "@" in m.text)}
    for m in mentions:
        if m.kind == "shape" and m.text in metrics:
            yield Mention(m.start, m.end, m.text, "metric", m.text, sure=True)
        elif m.kind == "shape" and m.text in same:
            long = same[m.text]
            yield Mention(m.start, m.end, m.text, long.kind, long.name, long.sure, m.evidence or long.evidence)
        else:
            yield m
