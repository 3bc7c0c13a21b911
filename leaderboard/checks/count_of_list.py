"""A stated number of benchmarks, or of aspects and the like, that is not the number of those listed with it.

Caught: Owl leads on all three benchmarks (ToyQA, ToySent, ToyMaze, ToyTags).
Allowed: Owl leads on all three benchmarks (ToyQA, ToySent, and ToyMaze).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, fingerprint, python
from leaderboard.models import Finding, Level, Operand

LEVEL: Level = "note"
TITLE = "count of a list"

CHECK = "count_of_list"
ON = False

COUNT = re.compile(
    r"(?<![\w.,/$-])(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-9]|20)\s+(?:(?!in\b|and\b|of\b|with\b|from\b|on\b|two\b|three\b|four\b)[a-z-]+\s+){0,3}"
    r"(?:data\s+sets|corpora|criteria|[a-z]+s)\s*"
    r"(?:\((?:i\.e\.,?|namely)?\s*(?P<inside>[^()]{5,300})\)|(?::|,\s*namely,?)\s*(?P<behind>[^.:;()]{5,300})\.(?:\s|$))",
    re.IGNORECASE,
)
"""A count of things, and right behind it a list of them that is closed by a bracket or a full stop."""

OPEN = re.compile(
    r"\b(?:including|such\s+as|e\.g|for\s+example|etc|among|like|et\s+al|each|with|where|which|from|both|or|on|for|in|one|two|three|four|five|respectively|"
    r"as\s+well|plus|to|of|by|the|an?|is|are|that|we|how|what|its|their|not|while|versus|vs|covering|spanning)\b|[0-9]\s*%|[&/;]",
    re.IGNORECASE,
)
"""Words of a list that is not the whole, or not a mere list."""

WITHIN = re.compile(
    r"\b(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){1,4}(?:in|of|from|across|over|with|for)\s+$"
)
"""Another count right before: the list may be of that."""

NAME = re.compile(r"^(?=[^\s,]*[A-Z])[^\s,]+(?:\s+[^\s,]+){0,3}$")
"""One thing in a list: a few words, with a capital in the first."""

KIND = re.compile(r"^[a-z-]+(?:\s+[a-z-]+)?$")
"""One kind in a list: a word or two."""

CLOSING = re.compile(r"^(?:(?!\band\b).)*,\s+and\s+(?:(?!\band\b)[^,])+$", re.DOTALL)
"""A list that a comma and its only "and" close: kinds are counted only where the list says that it ends."""

COUNTS = {
    word: place
    for place, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}


def find(corpus: Corpus) -> Iterator[Finding]:
    """Count the names in every closed list that follows its number."""
    for record in corpus.records.values():
        for match in COUNT.finditer(record.text):
            listed = (match["inside"] or match["behind"]).strip()
            names = [name for name in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", listed) if name]
            # Without a comma between more than two names, the source has lost them.
            if WITHIN.search(record.text[max(0, match.start() - 60) : match.start()]):
                continue
            ends = CLOSING.search(listed) is not None
            named = all(map(NAME.match, names)) or (ends and all(map(KIND.match, names)))
            if len(names) > 1 and "," in listed and not OPEN.search(listed) and named:
                fewest = len([name for name in re.split(r"\s*,\s*", re.sub(r"(?<!,)\s+and\s+", " + ", listed)) if name])
                yield from _judge(record, match, fewest, names, ends=ends)


def _judge(record: Record, match: re.Match[str], fewest: int, names: Sequence[str], *, ends: bool) -> Iterator[Finding]:
    """The outcome for one number and its list; no claim is involved, so the words themselves are the operand.

    An "and" without a comma may part two names or stand inside one, so that the list has `fewest` names or more. Fewer
    than are said, without an "and" that `ends` the list, may be some of them: then there is none.
    """
    most = len(names)
    said = COUNTS.get(match["count"].lower()) or int(match["count"])
    if most < said and not ends:
        return
    start, end = match.span("count")
    operand = Operand(record.paper.id, start, end, match["count"], said, said, said, "none")
    same = fewest <= said <= most
    made = finding(
        record,
        CHECK,
        LEVEL,
        "pass" if same else "fail",
        f"{said} are listed." if same else f"The text says {match['count']} and lists {most}: the two differ.",
        (),
        more=[operand],
        formula="" if same else f"{most} names - {said} = {most - said}; {match['count']} = {said}",
        assumptions=() if same else ["the list is meant to be whole, and its commas part the names"],
        alternatives=["one name holds a comma or the word 'and'"],
        verify="" if same else python(f"len({[_harmless(name) for name in names]}) - {said}"),
    )
    name = fingerprint(CHECK, record.paper.id, [operand], match.group())
    yield replace(made, quote=match.group(), fingerprint=name)


def _harmless(name: str) -> str:
    """A name from a text with the letters, digits and signs that mean nothing to a shell."""
    return re.sub(r"[^A-Za-z0-9 .+-]", "", name)
