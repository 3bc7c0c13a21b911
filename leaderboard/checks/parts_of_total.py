"""A stated number of items that its parts, such as training, validation and test, do not add up to.

Caught: ToyMaze holds 793 videos, including 561 for training, 75 for validation and 175 for testing.
Allowed: ToyMaze holds 793 videos, including 561 for training, 67 for validation and 165 for testing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, fingerprint, not_applicable, plain, python
from leaderboard.checks._intervals import Interval, reading, short
from leaderboard.models import Finding, Level, Operand

LEVEL: Level = "warning"
TITLE = "parts of a total"

CHECK = "parts_of_total"

WORDS = {
    word: place
    for place, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
"""Numbers in words."""

ITEMS = (
    rf"(?<![\w.,/-])\$?(?P<n>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+|{'|'.join(WORDS)})\$?(?![\w.,/+-]*[0-9%×+-])"
    r"(?!\s*(?:%|\\|(?:[x×kMBmsghDTV]|[cmk]m|[km]g|ms|[kKMG]?Hz|fps|px|GB|MB|TB|dB|degrees?|seconds?|minutes?|hours?|days?|"
    r"weeks?|months?|years?|hundred|thousand|million|billion)\b))"
)
"""A whole number of items, written out, of no measure."""

TOTAL = re.compile(
    rf"{ITEMS}\s+(?:(?!(?:at|in|on|of|with|from|for|by|to|over|across|per|and|or|under|using|that|which)\b)[A-Za-z][\w-]*\s+){{0,4}}"
    r"(?!(?:parts|subsets|splits|sets|groups|folds|portions|pieces|sizes)\b)(?P<noun>[A-Za-z][\w-]*s)\b"
    r"(?:\s*,)?\s*(?:(?:(?:which|that)\s+)?(?:are\s+|is\s+)?(?:including|includes?|contain(?:s|ing)?|compris(?:es|ing|e)|"
    r"consist(?:s|ing)?\s+of|composed\s+of|(?:randomly\s+)?(?:split|divided|partitioned)\s+into)\s+|"
    rf"(?P<bracket>\()|:\s+)\s*(?=\$?[0-9]|(?:{'|'.join(WORDS)})\b)",
    re.IGNORECASE,
)
"""A number of items, and right behind it the word, bracket or colon that its parts follow."""

PART = re.compile(rf"{ITEMS}\s+(?P<words>[A-Za-z-]+(?:\s+(?!and\b)[A-Za-z-]+){{0,5}})", re.IGNORECASE)
"""One part: its number and the words up to the next mark."""

NEXT = re.compile(r"\s*(?:,\s*(?:and\s+)?|;\s*(?:and\s+)?)|\s+and\s+")
"""What stands between two parts."""

REACH = 300
"""The most characters from a total to the end of its parts."""

NEAR = Decimal("0.01")
"""How near the sum of parts of the same things comes to the total, as a share of it, if they are meant to be all of it.

Parts that are not the whole ("1,000 images contain 300 sharp and 40 blurred images") rarely come so near by chance.
"""

KIND_WORDS = 3
"""The most words of a part in brackets that names its kind only."""

ENDS = re.compile(r"\s*(?:[.);]|,\s+(?!and\b|as\s+well\b|plus\b)[a-z]|$)")
"""What may follow the last part."""

SPLITS = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in ("train|training", "validation|validating|dev|development", "test|testing|evaluation|evaluating")
)
"""Splits of a data set, whose parts may be counted by another noun than the whole ("videos" for "sequences")."""

KINDS: Sequence[Sequence[re.Pattern[str]]] = tuple(
    tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in family)
    for family in (
        ("male|males|men|boys", "female|females|women|girls"),
        ("positive|positives", "negative|negatives"),
        ("benign", "malignant"),
    )
)
"""Families of kinds that exclude each other and are all there is."""

ROUGH = re.compile(
    r"(?:\b(?:over|above|than|least|most|about|around|approximately|nearly|almost|roughly|some|circa|to|of\s+the|another|additional)\s+"
    r"(?:an?\s+|the\s+)?|[~≈∼<>]\s*)$",
    re.IGNORECASE,
)
"""Words right before a number that make it no count of the whole."""

MORE = re.compile(
    r"\b(?:remain\w*|rest|other|others|unlabel\w*|held|hidden|extra|additional\w*|overlap\w*|each|per|respectively)\b",
    re.IGNORECASE,
)
"""Words of a sentence in which the parts are not the whole, or not one each."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of items where it stands in an abstract, with its robust interval."""

    start: int
    end: int
    printed: str
    interval: Interval

    def operand(self, paper_id: str) -> Operand:
        """The record that a finding keeps of it."""
        ends = (float(self.interval.low), float(self.interval.high))
        return Operand(paper_id, self.start, self.end, self.printed, float(self.value), *ends, "none")

    @property
    def value(self) -> Decimal:
        """The number itself."""
        return Decimal(WORDS.get(self.printed.lower()) or self.printed.replace(",", ""))


def find(corpus: Corpus) -> Iterator[Finding]:
    """Add up the parts of every total that names them right behind it."""
    for record in corpus.records.values():
        for match in TOTAL.finditer(record.text):
            total = _count(match)
            parts, end = _parts(record.text, match)
            if len(parts) > 1 and all(one.value < total.value for one in parts):
                yield _judge(record, total, parts, record.text[match.start() : end])


def _parts(text: str, total: re.Match[str]) -> tuple[Sequence[Count], int]:
    """The parts listed behind a total, and where they end; none unless they are surely the whole and apart."""
    start = total.end()
    shown = re.sub(r"\([^()]*\)", lambda inside: " " * len(inside.group()), text[start : start + REACH])
    found: list[Count] = []
    words: list[str] = []
    place = 0
    while part := PART.match(shown, place):
        found.append(_count(part, start))
        words.append(part["words"])
        place = part.end()
        between = NEXT.match(shown, place)
        if between is None:
            break
        place = between.end()
    closed = shown[place : place + 1] == ")" if total["bracket"] else ENDS.match(shown, place) is not None
    alike = _of_one_noun(total["noun"], words)
    sure = _of_one_family(words, SPLITS) or (
        alike
        and (
            total["bracket"]
            or any(_of_one_family(words, f) for f in KINDS)
            or (_ends_in(total["noun"], words) and _near(found, _count(total)))
        )
    )
    return (found, start + place) if closed and sure else ((), start)


def _ends_in(noun: str, words: Sequence[str]) -> bool:
    """Whether the last part alone names the things counted, as in "40 sharp and 60 blurred images"."""
    last = [one.split()[-1].lower() for one in words]
    return last[-1:] == [noun.lower()] and not any(one.endswith("s") for one in last[:-1])


def _near(parts: Sequence[Count], total: Count) -> bool:
    """Whether the parts come so near to the total that they must be meant to be all of it."""
    return abs(sum((one.value for one in parts), Decimal(0)) - total.value) <= NEAR * total.value


def _of_one_family(words: Sequence[str], family: Sequence[re.Pattern[str]]) -> bool:
    """Whether the parts are kinds of a family, each once, its first and last among them."""
    kinds = [[place for place, kind in enumerate(family) if kind.search(one)] for one in words]
    once = all(len(one) == 1 for one in kinds) and len({one[0] for one in kinds}) == len(kinds)
    return once and {0, len(family) - 1} <= {one[0] for one in kinds}


def _of_one_noun(noun: str, words: Sequence[str]) -> bool:
    """Whether each part says what kind of the same things it counts: no other plural is named."""
    last = [one.split()[-1].lower() for one in words]
    named = {
        one for one in last if one.endswith("s") and not any(kind.search(one) for kinds in KINDS for kind in kinds)
    }
    return all(len(one.split()) <= KIND_WORDS for one in words) and named <= {noun.lower()}


def _count(match: re.Match[str], shift: int = 0) -> Count:
    """A matched number; from 100 on, zeros at its end may stand for rounded digits, all others are counted."""
    digits = str(WORDS.get(match["n"].lower()) or match["n"].replace(",", ""))
    zeros = len(digits) - len(digits.rstrip("0")) if len(digits) > 2 else 0
    unit = Decimal(10) ** zeros if zeros else Decimal(0)
    start, end = match.span("n")
    return Count(start + shift, end + shift, match["n"], Interval(Decimal(digits) - unit, Decimal(digits) + unit))


def _judge(record: Record, total: Count, parts: Sequence[Count], words: str) -> Finding:
    """The outcome for one total; no claim is needed, so the counts themselves are the operands."""
    group = (total, *parts)
    operands = [one.operand(record.paper.id) for one in group]
    name = fingerprint(CHECK, record.paper.id, operands, words)
    if MORE.search(words) or any(ROUGH.search(record.text[max(0, one.start - 25) : one.start]) for one in group):
        made = not_applicable(record, CHECK, LEVEL, (), "a count is rough, or the parts may not be the whole")
        return replace(made, operands=tuple(operands), quote=words, fingerprint=name)
    whole = parts[0].interval
    for one in parts[1:]:
        whole = whole.plus(one.interval)
    computed = [reading("sum of the parts", whole, total.interval)]
    same = computed[0].meets
    terms = " + ".join(plain(*(one.value for one in parts)))
    added = short(sum((one.value for one in parts), Decimal(0)))
    made = finding(
        record,
        CHECK,
        LEVEL,
        "pass" if same else "fail",
        f"The {len(parts)} parts add up to {total.printed}."
        if same
        else f"The parts add up to {added}, which differs from the stated {total.printed}.",
        (),
        more=operands,
        computed=computed,
        formula="" if same else f"{terms} = {added}; stated {total.printed}",
        assumptions=() if same else ["the parts do not overlap, and together they are the whole"],
        alternatives=["a part that is not named, or items that are in two of them"],
        verify="" if same else python(terms),
    )
    return replace(made, quote=words, fingerprint=name)
