"""A stated model size that differs from the size in the model's name.

Caught: We release Foo-13B, a 7-billion-parameter model.
Allowed: Our model Foo-7B has 6.7B parameters.
Allowed: Foo-8x7B has 47B parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import Interval, exact, limited, number, short
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "warning"
TITLE = "size against the size in the name"

CHECK = "size_vs_name"

NAME = re.compile(
    r"""
    (?<! [\w.+-] )
    (?P<name> [A-Za-z][\w.+/-]*? [-_\ ]? (?<! [\d.] ) (?P<size> [0-9]+ (?:\.[0-9]+)? ) \s? (?P<scale> [MBT] ) )
    (?: - [A-Za-z][\w.]* )*
    (?! \w )
    """,
    re.VERBOSE,
)
"""A model's name with its size in it: Foo-13B, Bar-1.5B-Instruct."""

ARTICLES = frozenset("a an the our this that these each one".split())
"""Words that may begin a sentence with a capital and name nothing."""

EXPERTS = re.compile(r"[0-9]+x[0-9]|A[0-9.]+[BM]\b|MoE", re.IGNORECASE)
"""Names of mixtures of experts, whose total and active sizes are both right."""

LINK = re.compile(
    r"^(?:\s*\(\s*|\s*,\s*(?:an?|our|the|which\s+is\s+an?|which\s+has|with)\s+|\s+(?:has|have|contains|comprises|is\s+an?|with)\s+)"
    r"(?:about\s+|around\s+|approximately\s+|roughly\s+|only\s+|just\s+|~\s*|a\s+total\s+of\s+|total\s+of\s+)*$",
    re.IGNORECASE,
)
"""The only words that may stand between a name and its size."""

OTHER_SIZE = re.compile(
    r"\b(?:active|activated|trainable|tunable|adapters?|embedding|non-embedding|effective|additional|extra|expert|experts|"
    r"learnable|compressed|pruned|draft|subset|distil\w*|lora|total)\b",
    re.IGNORECASE,
)
"""Words that say that another size than the name's is meant."""

CLOSE = Interval(Decimal("0.7"), Decimal("1.4"))
"""Stated size over the size in the name: what rounding and naming habits explain (some 2B names stand for 2.5B)."""

SCALES = {"M": Decimal(10) ** 6, "B": Decimal(10) ** 9, "T": Decimal(10) ** 12}
"""The letters of sizes."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every parameter count that stands right behind a name with the size in that name."""
    for record in corpus.records.values():
        for claim in record.claims:
            if claim.kind == "size" and claim.unit == "parameters":
                yield from _judge(record, claim)


def _judge(record: Record, claim: Claim) -> Iterator[Finding]:
    """The outcome for one size, if a name with a size stands right before it."""
    before = record.text[max(0, claim.sentence_start, claim.start - 100) : claim.start]
    names = [match for match in NAME.finditer(before) if _proper(match["name"])]
    if not names or not LINK.match(before[names[-1].end() :]):
        return
    name = names[-1]
    around = f"{before[name.end() :]} {record.text[claim.end : claim.end + 40]}"
    if EXPERTS.search(name.group()) or OTHER_SIZE.search(around):
        yield not_applicable(record, CHECK, LEVEL, [claim], "another size than the name's may be meant")
        return
    shown = number(claim, record.text)
    if shown is None:
        yield not_applicable(record, CHECK, LEVEL, [claim], "the size is a range or in words")
        return
    size = Decimal(name["size"]) * SCALES[name["scale"]]
    share = shown.robust.over(Interval(size, size))
    found = [limited("stated over named", share, CLOSE)]
    if share.meets(CLOSE):
        message = f"{claim.number} is close to the size in the name {name['name']}."
        yield finding(record, CHECK, LEVEL, "pass", message, [claim], numbers=[shown], computed=found)
        return
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: the stated size of {claim.number} differs from the {name['size']}{name['scale']} in the name "
        f"{name['name']}: {short(share.low)} to {short(share.high)} of it.",
        [claim],
        numbers=[shown],
        computed=found,
        formula=f"{exact(shown.value)} / {exact(size)} = {short(shown.value / size)}; names are met from "
        f"{CLOSE.low} to {CLOSE.high}; stated {stated(shown)} (robust)",
        assumptions=[f"the size is that of {name['name']}, counted in full"],
        alternatives=["the size is that of a part or of another model"],
        verify=python(f"{exact(shown.value)} / {exact(size)}"),
    )


def _proper(name: str) -> bool:
    """Whether the word before a size that stands apart names something: "Foo 7B", and neither "a 7B" nor "has 7B"."""
    head, space, _ = name.rpartition(" ")
    return not space or (head[:1].isupper() and head.casefold() not in ARTICLES)
