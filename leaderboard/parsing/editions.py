"""Step 3, what belongs to the name of a data set: its year, task, edition, size, and the rest of a name beside it.

Every version is another data set: "ToyCup 2023", "ToyCup Task 2", "ToySet 164K" and "ToySet 256x256" are apart.
"""

from __future__ import annotations

import re
from dataclasses import replace

from leaderboard.parsing.gazetteer import Gazetteer, Mention
from leaderboard.parsing.shapes import DATA

_SERIES = re.compile(
    r"(?:SMM4H|SemEval|WNUT|GENIA|Genia|ILSVRC|BraTS|VisDrone(?: Challenge)?|NTIRE|BioASQ|HASOC|OffensEval"
    r"|ASVspoof|DCASE|CHiME|CROHME|CLEF|TREC|BOP)$"
)
"""Contests that are held year after year, each time on other data."""
_YEAR = re.compile(r"[\s-](?P<year>20[012]\d)(?![\d-])")
_TASK = re.compile(r"[\s,:-]{1,3}[Tt]ask[\s-]?([0-9]{1,2})(?![0-9.])")
_SIZED = re.compile(r"\s\d{1,4}[kK](?=[,.;:)]|\s(?:and|or|with|by|for|using|data|bench|test|val)|$)")
_SIDE = r"(?P<side>32|64|128|256|512)"
_RESOLUTION = re.compile(rf"[\s-]{{1,2}}\(?{_SIDE}\s{{0,8}}[x*]\s{{0,2}}(?P=side)(?!\d)")
_SIDE_LAST = re.compile(rf"{_SIDE}$")
_OTHER_SIDE = re.compile(rf"\s{{0,8}}[x*]\s{{0,2}}{_SIDE}(?!\d)")


def whole(text: str, mention: Mention, book: Gazetteer) -> Mention:
    """A known or marked name of a data set with what belongs to it behind it; any other mention as it is."""
    if mention.kind == "benchmark":
        mention = _with_year(text, mention, book)
    if mention.kind in {"benchmark", "shape"}:
        mention = _with_task(text, mention)
    return _with_size(text, mention, book) if mention.kind == "benchmark" else mention


def _longer(text: str, mention: Mention, end: int, name: str) -> Mention:
    """The mention up to another `end`, under another name."""
    return replace(mention, end=end, text=text[mention.start : end], name=name)


def _with_year(text: str, mention: Mention, book: Gazetteer) -> Mention:
    """A contest with its year: another data set every time."""
    year = _YEAR.match(text, mention.end) if _SERIES.match(mention.text) else None
    if year is None:
        return mention
    name = book.canonical(text[mention.start : year.end()]) or f"{mention.text} {year['year']}"
    return _longer(text, mention, year.end(), name)


def _with_task(text: str, mention: Mention) -> Mention:
    """A shared task with the number of its task: another data set for every number."""
    task = _TASK.match(text, mention.end) if "Task" not in mention.name else None
    return _longer(text, mention, task.end(), f"{mention.name} Task {task[1]}") if task else mention


def _with_size(text: str, mention: Mention, book: Gazetteer) -> Mention:
    """A data set with its size in thousands ("ToySet 164K"), or with the size of its images.

    The latter is another data set only where the registry knows it ("ToySet 256x256").
    """
    if sized := _SIZED.match(text, mention.end):
        return _longer(text, mention, sized.end(), f"{mention.name}{sized[0]}")
    side, other = _SIDE_LAST.search(mention.text), _OTHER_SIDE.match(text, mention.end)
    if side and other and side["side"] == other["side"]:
        return _longer(text, mention, other.end(), mention.name)
    if (size := _RESOLUTION.match(text, mention.end)) and book.canonical(name := f"{mention.name}-{size['side']}"):
        return _longer(text, mention, size.end(), name)
    return mention


_EVENT = re.compile(
    r"(?:.*\s)?(?:[Cc]hallenge|Competition|Track|[Ss]hared [Tt]ask|Benchmark|Data[Ss]et|Corpus|Database|Treebank)"
    r"(?:\s?\d{1,4})?$"
)
"""A name that ends in what it is."""
_DATA_AFTER = re.compile(rf"\s(?:{DATA}|corpora|treebanks?|challenge)\b")
_YEAR_BEFORE = re.compile(r"(?<![\w.-])20[012]\d\s$")
_LANGUAGES = re.compile(r"[A-Z][a-z]+-(?:to-)?[A-Z][a-z]+|[A-Z][a-z]-?(?:>|→)?[A-Z][a-z]")
_TRANSLATION = re.compile(r"(?:WMT|IWSLT|FLORES|NIST|NC)[\s'-]?\d*", re.IGNORECASE)
_ENDS_IN_EDITION = re.compile(r"(?P<base>.*[\s-]v?)(?P<edition>20\d\d|\d\.\d)$")
_ANOTHER = re.compile(r"(?:\s?/\s?|\sand\s|\s&\s)(?P<edition>20\d\d|\d\.\d)(?!\d|\.\d|\s?%)")


def settled(text: str, mentions: list[Mention], book: Gazetteer) -> list[Mention]:
    """The names of a text, in order: what stands side by side is one, and editions that share a name are several."""
    return _editions(text, [_with_year_before(text, m) for m in _merged(text, mentions)], book)


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
                or (_DATA_AFTER.match(text, b.end) is not None and not b.text.islower())
                or (_LANGUAGES.fullmatch(b.text) is not None and _TRANSLATION.fullmatch(a.text) is not None)
            )
        ):
            both = text[a.start : b.end]
            merged[-1] = Mention(a.start, b.end, both, "shape", both, sure=False, evidence=a.evidence or b.evidence)
        else:
            merged.append(b)
    return merged


def _with_year_before(text: str, mention: Mention) -> Mention:
    """An event with the year before it: "2023 Towel Folding Challenge"."""
    if mention.kind != "shape" or not _EVENT.match(mention.text):
        return mention
    year = _YEAR_BEFORE.search(text, max(0, mention.start - 6), mention.start)
    if year is None:
        return mention
    printed = text[year.start() : mention.end]
    return replace(mention, start=year.start(), text=printed, name=printed)


def _editions(text: str, mentions: list[Mention], book: Gazetteer) -> list[Mention]:
    """Add the further editions that share a name: "ToySet 2016/2017", "ToySet 2.0 and 2.1"."""
    found: list[Mention] = []
    starts = {m.start for m in mentions}
    for m in mentions:
        found.append(m)
        if sibling := _sibling(text, m, book):
            found.append(sibling)
        ending = _ENDS_IN_EDITION.match(m.name) if m.kind == "benchmark" else None
        another = _ANOTHER.match(text, m.end) if ending else None
        while ending is not None and another is not None and another.start("edition") not in starts:
            name = f"{ending['base']}{another['edition']}"
            start, end = another.span("edition")
            found.append(replace(m, start=start, end=end, text=text[start:end], name=book.canonical(name) or name))
            another = _ANOTHER.match(text, end)
    return found


_NUMBERED = re.compile(r"(?P<base>[A-Za-z'-]+?-?'?)\d{1,3}[kK]?")
_OTHER_NUMBER = re.compile(r"\s?/\s?[-']?(?P<number>\d{1,3}[kK]?)(?![\w%/]|[.,]\d)")


def _sibling(text: str, mention: Mention, book: Gazetteer) -> Mention | None:
    """The data set that shares all but its number with the one before it ("ToySet-10/100"), where it is known."""
    named = _NUMBERED.fullmatch(mention.text) if mention.kind == "benchmark" else None
    other = _OTHER_NUMBER.match(text, mention.end) if named else None
    if named is None or other is None:
        return None
    start, end = other.span("number")
    name = book.canonical(named["base"] + other["number"])
    return replace(mention, start=start, end=end, text=text[start:end], name=name) if name else None
