"""Step 3, own names: what the paper calls the system or the data set that it introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaderboard.parsing.shapes import COMMON
from leaderboard.registry import key

_TITLE_NAME = re.compile(r"^\s*(?P<name>[^:]{2,40}?)\s*(?::|\s-\s|\s--\s)\s*\S")

_PROPOSE = re.compile(
    r"""\b(?:propos\w+|present\w*|introduc\w+|develop\w*|design\w*|releas\w+|build|built|describ\w+|dub\w*|nam\w+|call\w*
          |term\w+|denot\w+|coin\w*|contribut\w+|construct\w*|creat\w+|train\w*|offer\w*|provid\w+|curat\w+|collect\w*
          |unveil\w*|devis\w+|formulat\w+|establish\w*|explor\w*)\s+
        (?:(?:it|them|this|the|a|an|our|as|new|novel|simple|two|method|model|framework|approach|system|architecture
             |algorithm|named|called|dubbed|termed|namely|,|:|"|'|\(|of|to\ be)\s*)*
        (?P<name>[A-Za-z0-9$][A-Za-z0-9]*(?:[-_+.@^*][A-Za-z0-9*]+)*[+*]?(?:\s[A-Z0-9][A-Za-z0-9+-]*){0,3})""",
    re.VERBOSE,
)

_ABBREVIATED = re.compile(r"\((?P<name>[A-Za-z0-9]*[A-Z][A-Za-z0-9]*(?:[-_+*][A-Za-z0-9]+)*[+*]?)\)")

_ABOUT_US = re.compile(r"\b(?:we|this paper|this work|this article|this report|our)\b", re.IGNORECASE)

_DATA = (
    r"(?:data[\s-]?sets?|benchmarks?|corpus|test[\s-]?suite|test[\s-]?bed|challenge set"
    r"|evaluation suite|collection|shared task|database|challenge|competition|test set)"
)

_INTRODUCES_DATA = re.compile(
    r"^[\s,)(:-]*(?:\.\s(?:This|It|The)\s)?(?:the\s+first|a|an|the|our|is a|is the first|,)?[\s,]*"
    rf"(?:(?!(?:of|on|for|from|with|that|which|to|using|by|in|and)\b)[A-Za-z0-9-]+[\s,]+){{0,8}}?{_DATA}\b",
    re.IGNORECASE,
)

_DATA_BEFORE = re.compile(
    rf"\b(?:first|new|novel|benchmark|evaluation|our|the|diverse)\s{_DATA},?\s['\"(]?$|\b{_DATA}\s\($", re.IGNORECASE
)
"""Words right before a name that make it a data set: "we introduce the first benchmark X"."""

_DATA_NAME = re.compile(r"(?:[Bb]ench(?:mark)?|Eval|Corpus|Dataset)(?:[-_ ]?[A-Z0-9][A-Za-z0-9.]*)?$")
"""A name that says that it is a data set: ToyBench, ToyBench-Pro."""


_DATA_CALLED = re.compile(
    r"\b(?:data[\s-]?sets?|benchmarks?|corpus|corpora|test[\s-]?suite|test[\s-]set|database|collection)\b"
    r"(?:\s[\w-]+,?){0,14}?,?\s\(?(?:called|named|dubbed|termed|namely|coined)\s(?:the\s|as\s)?[\"']?$"
)
"""Words before a name that make it the name of a data set: "a dataset collected from forums called"."""


def _introduces(text: str, end: int) -> bool:
    """Whether the words behind a name say that it is a data set: "ToyBench, a new benchmark"."""
    return _INTRODUCES_DATA.match(text[end : end + 120]) is not None


_SPELLED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Z]\d|-[A-Z]|[A-Z][a-z]+[+*]")
"""What makes a word look like a name by itself."""
_SHORT_TITLE = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")
_PLAIN_NAME = re.compile(r"[A-Z][a-z]{2,}$")
_MORE_OF_NAME = re.compile(r"[\s-][A-Z]")
_NAMING = re.compile(r"(?:named?|called?|dubbed|termed|introduc\w+|propos\w+|present\w*)\s+\W?$")
_CALLS = re.compile(r"(?:dub|nam|call|term|coin)")
_OURS = re.compile(r"\b(?:we|this paper|this work|propos\w+|present|introduc\w+|novel|our)\b[^.]*$", re.IGNORECASE)
_DATA_IN_TITLE = re.compile(r"(?:data[\s-]?set|benchmark|corpus)", re.IGNORECASE)
_MIXED_CASE = re.compile(r"[a-z0-9]+-?[A-Z]")

_OPENERS = COMMON - set("Deep Neural Graph Point Text Video Image Object Scene Human Large Mean".split())
"""Common words that open no name of a system."""
_BEHIND = 120
"""Characters behind a name that may say what it is."""

Named = tuple[str, str, bool]
"""A name, the words behind it, and whether what stands before it says that it is a data set's."""


def systems_of(title: str, text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """What the paper calls its system, most likely first, and the folded names of data sets that it introduces."""
    title = " ".join(title[:400].split())
    systems: dict[str, str] = {}
    introduced: set[str] = set()
    for printed, behind, of_data in (*_in_title(title), *_proposed(text), *_abbreviated(text)):
        name = printed.strip(" ,.:;\"'()$*")
        if of_data:
            introduced.add(key(printed))
        if _may_name_a_system(name):
            systems.setdefault(key(name), name)
            if _introduces(behind, 0) or _DATA_NAME.search(name):
                introduced.add(key(name))
    for k, name in systems.items():
        at = text.find(name)
        if at >= 0 and (_DATA_BEFORE.search(text, max(0, at - 60), at) or _introduces(text, at + len(name))):
            introduced.add(k)
    uses = {k: _whole(name, text) for k, name in systems.items()}
    in_title = {k for k, name in systems.items() if _whole(name, title)}
    order = sorted(systems, key=lambda k: (k in introduced, k not in in_title, -min(uses[k], 3)))
    return tuple(systems[k] for k in order), frozenset(introduced)


def _whole(name: str, text: str) -> int:
    """How often a text holds a name that is no part of a longer one: no "ToyNet" in "ToyNet-XL"."""
    found, at = 0, text.find(name)
    while at >= 0:
        end = at + len(name)
        before, behind = text[at - 1 : at], text[end : end + 2]
        found += not (before.isalnum() or behind[:1].isalnum() or (behind[:1] in "-_+" and behind[1:].isalnum()))
        at = text.find(name, end)
    return found


def _may_name_a_system(name: str) -> bool:
    """Whether a name has a capital where names have one, is no common word, and opens with none."""
    return (
        0 < len(name) <= 40
        and (name[0].isupper() or _MIXED_CASE.match(name) is not None)
        and name not in COMMON
        and any("A" <= c <= "Z" for c in name)
        and name.split(maxsplit=1)[0] not in _OPENERS
    )


def _in_title(title: str) -> Iterator[Named]:
    """The name before the colon of the title: "FooNet: Sorting Towels"."""
    match = _TITLE_NAME.match(title)
    if match is None:
        return
    name, behind = match["name"], title[match.end() - 1 :]
    words = len(name.split())
    if words == 1 or (words <= 3 and _SHORT_TITLE.search(name)):
        yield name, behind, _DATA_IN_TITLE.search(behind) is not None


def _proposed(text: str) -> Iterator[Named]:
    """The names behind "we propose" and the like, and behind "called"."""
    for match in _PROPOSE.finditer(text):
        name, start = match["name"], match.start("name")
        if not any("A" <= c <= "Z" for c in name) or not _SPELLED.search(name):
            name = name.split()[0]
            if (
                not _PLAIN_NAME.match(name)
                or _MORE_OF_NAME.match(text, start + len(name))
                or not _NAMING.search(text[max(0, start - 20) : start])
            ):
                continue
        if not (_ABOUT_US.search(text[max(0, match.start() - 80) : match.start()]) or _CALLS.match(match[0])):
            continue
        words = name.split()
        while len(words) > 1 and not re.match(r"[A-Z0-9]", words[-1]):
            words.pop()
        called = _DATA_CALLED.search(text, max(0, start - 90), start) is not None
        yield " ".join(words), text[match.end() : match.end() + _BEHIND], called


def _abbreviated(text: str) -> Iterator[Named]:
    """The abbreviations in brackets behind the words of ours that they stand for: "our Frob Owl Net (FON)"."""
    for match in _ABBREVIATED.finditer(text):
        name = match["name"]
        left = text[max(0, match.start() - _BEHIND) : match.start()]
        letters = [c.lower() for c in name if c.isalpha()]
        expansion = re.findall(r"[A-Za-z]+", left.replace("-", " "))[-(len(letters) + 3) :]
        spelled = sum(1 for word in expansion if word[:1].lower() in letters)
        if len(letters) >= 2 and spelled >= max(2, len(letters) - 1) and _OURS.search(left):
            yield name, text[match.end() : match.end() + _BEHIND], False
