"""Step 3: the names in a text: benchmarks, metrics, models, and the system that the paper proposes.

What the registry knows wins over what only looks like a name; an abbreviation behind its long form is the same name,
and the system that a paper introduces is never its benchmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from leaderboard.parsing.gazetteer import Gazetteer, Mention
from leaderboard.parsing.shapes import evidence, shapes
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
        _alone(text, _with_resolution(text, _with_task(text, _with_year(text, _as_data(text, m), book)), book))
        for m in book.find(text, lower)
        if not _verb(text, m)
    ]
    own = {key(s) for s in systems}
    mentions: list[Mention] = []
    for mention in [*known, *shapes(text, known)]:
        if key(mention.text) in own and mention.kind in {"shape", "model"} and key(mention.text) not in introduced:
            mentions.append(Mention(mention.start, mention.end, mention.text, "model", mention.text, sure=True))
            continue
        if mention.kind in {"benchmark", "shape"} and not mention.evidence:
            mentions.append(replace(mention, evidence=evidence(text, mention)))
        else:
            mentions.append(mention)
    mentions.sort(key=lambda m: m.start)
    whole = [_with_year_before(text, m) for m in _merged(text, mentions)]
    settled = tuple(_abbreviations(text, _editions(text, whole, book)))
    measured = {
        key(m.text)
        for m in settled
        if m.kind == "benchmark" or (m.kind == "shape" and m.evidence in {"on", "noun", "noun-before"})
    }
    return Names(settled, systems, introduced, introduced | measured)


_EVENT = re.compile(
    r"(?:.*\s)?(?:[Cc]hallenge|Competition|Track|[Ss]hared [Tt]ask|Benchmark|Data[Ss]et|Corpus|Database|Treebank)"
    r"(?:\s?\d{1,4})?$"
)
"""A name that ends in what it is."""

_DATA_NOUN_AFTER = re.compile(
    r"\s(?:data[\s-]?sets?|benchmarks?|corpus|corpora|treebanks?|test[\s-]?sets?|challenge)\b"
)

_LANGUAGES = re.compile(r"[A-Z][a-z]+-(?:to-)?[A-Z][a-z]+|[A-Z][a-z]-?(?:>|→)?[A-Z][a-z]")
_TRANSLATION = re.compile(r"(?:WMT|IWSLT|FLORES|NIST|NC)[\s'-]?\d*", re.IGNORECASE)


_YEAR_BEFORE = re.compile(r"(?<![\w.-])20[012]\d\s$")


def _with_year_before(text: str, mention: Mention) -> Mention:
    """An event with the year before it: "2023 Towel Folding Challenge"."""
    if mention.kind != "shape" or not _EVENT.match(mention.text):
        return mention
    year = _YEAR_BEFORE.search(text, max(0, mention.start - 6), mention.start)
    if year is None:
        return mention
    printed = text[year.start() : mention.end]
    return replace(mention, start=year.start(), text=printed, name=printed)


def _merged(text: str, mentions: list[Mention]) -> list[Mention]:
    """Make one name of two that stand side by side: "CUP 2021 Toy Sorting Challenge", "ToySet Cats dataset".

    Also a year of machine translation with its languages, where the registry does not know the two as one.
    """
    merged: list[Mention] = []
    for b in mentions:
        a = merged[-1] if merged else None
        if (
            a is not None
            and a.kind in {"benchmark", "shape"}
            and b.kind in {"shape", "benchmark"}
            and text[a.end : b.start] == " "
            and not (b.kind == "benchmark" and b.sure)
            and (
                _EVENT.match(b.text) is not None
                or (_DATA_NOUN_AFTER.match(text, b.end) is not None and not b.text.islower())
                or (_LANGUAGES.fullmatch(b.text) is not None and _TRANSLATION.fullmatch(a.text) is not None)
            )
        ):
            whole = text[a.start : b.end]
            merged[-1] = Mention(a.start, b.end, whole, "shape", whole, sure=False, evidence=a.evidence or b.evidence)
        else:
            merged.append(b)
    return merged


_ENDS_IN_EDITION = re.compile(r"(?P<base>.*[\s-]v?)(?P<edition>20\d\d|\d\.\d)$")
_ANOTHER = re.compile(r"(?:\s?/\s?|\sand\s|\s&\s)(?P<edition>20\d\d|\d\.\d)(?!\d|\.\d|\s?%)")


def _editions(text: str, mentions: list[Mention], book: Gazetteer) -> list[Mention]:
    """Add the second of two editions that share their name: "ToySet 2016/2017", "ToySet 2.0 and 2.1"."""
    found: list[Mention] = []
    starts = {m.start for m in mentions}
    for m in mentions:
        found.append(m)
        ending = _ENDS_IN_EDITION.match(m.name) if m.kind == "benchmark" else None
        another = _ANOTHER.match(text, m.end) if ending else None
        while ending is not None and another is not None and another.start("edition") not in starts:
            name = f"{ending['base']}{another['edition']}"
            start, end = another.span("edition")
            found.append(replace(m, start=start, end=end, text=text[start:end], name=book.canonical(name) or name))
            another = _ANOTHER.match(text, end)
    return found


_NUMBER_AFTER = re.compile(r"\s(?:an? |about |around |only |up to |over |just |as \w+ as |[~$+])*\d")


def _verb(text: str, mention: Mention) -> bool:
    """Whether "scores" is what somebody does ("our model scores 91%") and names no metric."""
    return mention.text == "scores" and not mention.sure and _NUMBER_AFTER.match(text, mention.end) is not None


_TASK = re.compile(r"[\s,:-]{1,3}[Tt]ask[\s-]?([0-9]{1,2})(?![0-9.])")


def _with_task(text: str, mention: Mention) -> Mention:
    """A shared task with the number of its task: another data set for every number."""
    if (
        mention.kind not in {"benchmark", "shape"}
        or "Task" in mention.name
        or not (task := _TASK.match(text, mention.end))
    ):
        return mention
    end = task.end()
    return replace(mention, end=end, text=text[mention.start : end], name=f"{mention.name} Task {task[1]}")


_RESOLUTION = re.compile(r"[\s-]{1,2}\(?(?P<side>32|64|128|256|512)\s{0,8}[x*]\s{0,2}(?P=side)(?!\d)")


_SERIES = re.compile(
    r"(?:SMM4H|SemEval|WNUT|GENIA|Genia|ILSVRC|BraTS|VisDrone(?: Challenge)?|NTIRE|BioASQ|HASOC|OffensEval"
    r"|ASVspoof|DCASE|CHiME|CROHME|CLEF|TREC|BOP)$"
)
"""Contests that are held year after year, each time on other data."""
_YEAR = re.compile(r"[\s-](?P<year>20[012]\d)(?![\d-])")


def _with_year(text: str, mention: Mention, book: Gazetteer) -> Mention:
    """A contest with its year: another data set every time."""
    year = _YEAR.match(text, mention.end) if mention.kind == "benchmark" and _SERIES.match(mention.text) else None
    if year is None:
        return mention
    printed = text[mention.start : year.end()]
    name = book.canonical(printed) or f"{mention.text} {year['year']}"
    return replace(mention, end=year.end(), text=printed, name=name)


_SIDE = re.compile(r"(?:32|64|128|256|512)$")
_SIZED = re.compile(r"\s\d{1,4}[kK](?=[,.;:)]|\s(?:and|or|with|by|for|using|data|bench|test|val)|$)")


def _with_resolution(text: str, mention: Mention, book: Gazetteer) -> Mention:
    """A data set with the size of its images, where that is another one to the registry: "ToySet 256x256".

    A size in thousands is part of the name, too: "ToySet 164K".
    """
    if mention.kind == "benchmark" and (sized := _SIZED.match(text, mention.end)):
        printed = text[mention.start : sized.end()]
        return replace(mention, end=sized.end(), text=printed, name=f"{mention.name}{sized[0]}")
    side = _SIDE.search(mention.text)
    if (
        mention.kind == "benchmark"
        and side
        and (other := re.compile(rf"\s{{0,8}}[x*]\s{{0,2}}{side[0]}(?!\d)").match(text, mention.end))
    ):
        return replace(mention, end=other.end(), text=text[mention.start : other.end()])
    if mention.kind != "benchmark" or not (size := _RESOLUTION.match(text, mention.end)):
        return mention
    name = f"{mention.name}-{size['side']}"
    if not book.canonical(name):
        return mention
    return replace(mention, end=size.end(), text=text[mention.start : size.end()], name=name)


def _as_data(text: str, mention: Mention) -> Mention:
    """The name of a model or a metric right before "data set" is that of a data set ("the Owl test set")."""
    if mention.kind in {"benchmark", "shape"} or not _data_after(text, mention):
        return mention
    return replace(mention, kind="shape", name=mention.text, sure=False, evidence="noun")


def _data_after(text: str, mention: Mention) -> bool:
    """Whether a name stands before "data set", alone or as one of two."""
    return (
        mention.text[:1].isupper()
        and " " not in mention.text
        and (mention.kind == "model" or not mention.sure)
        and _DATA_SET.match(text, mention.end) is not None
        and _TITLED.search(text, max(0, mention.start - 30), mention.start) is not None
    )


_DATA_SET = re.compile(
    r"(?:\s(?:and|or)\s[A-Z][\w-]*)?\s(?:data[\s-]?sets?|benchmarks?|corpus|test[\s-]?sets?)\b(?!\s(?:scores?|results?))"
)
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

_METRIC_AFTER = re.compile(r"\s(?:scores?|metrics?|values?)\b")

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
