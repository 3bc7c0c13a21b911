"""Step 3, own names: what the paper calls the system or the data set that it introduces."""

from __future__ import annotations

import re

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


def systems_of(title: str, text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """What the paper calls its system, most likely first, and the folded names of data sets that it introduces."""
    systems: dict[str, str] = {}
    introduced: set[str] = set()

    def add(name: str, after: str) -> None:
        name = name.strip(" ,.:;\"'()$*")
        if name and not name[0].isupper() and not re.match(r"[a-z0-9]+-?[A-Z]", name):
            return
        if (
            not name
            or len(name) > 40
            or name in COMMON
            or not re.search(r"[A-Z]", name)
            or name.split()[0]
            in COMMON
            - {
                "Deep",
                "Neural",
                "Graph",
                "Point",
                "Text",
                "Video",
                "Image",
                "Object",
                "Scene",
                "Human",
                "Large",
                "Mean",
            }
        ):
            return
        systems.setdefault(key(name), name)
        if _introduces(after, 0) or _DATA_NAME.search(name):
            introduced.add(key(name))

    title = " ".join(title[:400].split())
    if match := _TITLE_NAME.match(title):
        name = match["name"]
        if len(name.split()) <= 3 and (len(name.split()) == 1 or re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", name)):
            add(name, title[match.end() - 1 :])
            if re.search(r"(?:data[\s-]?set|benchmark|corpus)", title[match.end() - 1 :], re.IGNORECASE):
                introduced.add(key(name))
    for match in _PROPOSE.finditer(text):
        name = match["name"]
        if not re.search(r"[A-Z]", name) or not re.search(r"[a-z][A-Z]|[A-Z]{2}|[A-Z]\d|-[A-Z]|[A-Z][a-z]+[+*]", name):
            name = name.split()[0]
            following = text[match.start("name") + len(name) : match.start("name") + len(name) + 2]
            if (
                not re.match(r"[A-Z][a-z]{2,}$", name)
                or re.match(r"[\s-][A-Z]", following)
                or not re.search(
                    r"(?:named?|called?|dubbed|termed|introduc\w+|propos\w+|present\w*)\s+\W?$",
                    text[max(0, match.start("name") - 20) : match.start("name")],
                )
            ):
                continue
        context = text[max(0, match.start() - 80) : match.start()]
        if _ABOUT_US.search(context) or re.match(r"(?:dub|nam|call|term|coin)", match[0]):
            words = name.split()
            while len(words) > 1 and not re.search(r"[A-Z0-9]", words[-1][:1]):
                words.pop()
            add(" ".join(words), text[match.end() : match.end() + 120])
            if _DATA_CALLED.search(text, max(0, match.start("name") - 90), match.start("name")):
                introduced.add(key(" ".join(words)))
    for match in _ABBREVIATED.finditer(text):
        name = match["name"]
        left = text[max(0, match.start() - 120) : match.start()]
        letters = [c.lower() for c in name if c.isalpha()]
        expansion = re.findall(r"[A-Za-z]+", left.replace("-", " "))[-(len(letters) + 3) :]
        spelled = sum(1 for w in expansion if w[:1].lower() in letters)
        if (
            len(letters) >= 2
            and spelled >= max(2, len(letters) - 1)
            and re.search(
                r"\b(?:we|this paper|this work|propos\w+|present|introduc\w+|novel|our)\b[^.]*$", left, re.IGNORECASE
            )
        ):
            add(name, text[match.end() : match.end() + 120])
    for k, name in systems.items():
        at = text.find(name)
        if at >= 0 and (_DATA_BEFORE.search(text, max(0, at - 60), at) or _introduces(text, at + len(name))):
            introduced.add(k)
    uses = {k: text.count(name) for k, name in systems.items()}
    in_title = {k for k, name in systems.items() if name in title}
    order = sorted(systems, key=lambda k: (k in introduced, k not in in_title, -min(uses[k], 3)))
    return tuple(systems[k] for k in order), frozenset(introduced)
