"""A stated average that is not the mean of the scores listed beside it.

Caught: Owl scores 68.0%, 70.0% and 72.0% on ToyQA, ToySent and ToyMaze, averaging 73.1%.
Allowed: Owl scores 68.0%, 70.0% and 72.0% on ToyQA, ToySent and ToyMaze, averaging 70.0%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, plain, python, stated
from leaderboard.checks._intervals import Interval, Number, number, reading
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "warning"
TITLE = "mean of a list"

CHECK = "mean_of_list"

NEXT = re.compile(
    r"^[\s)%\\$}]*(?:(?:accuracy|points?|F1|BLEU)\s*)?(?:(?:on|for|in)\s+(?:the\s+)?[\w@+ -]{1,30})?"
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)[$~]*$",
    re.IGNORECASE,
)
"""What may stand between two scores of one list."""

THEN_MEAN = re.compile(
    r"^[\s)%\\$}]*(?:(?:points?|accuracy|F1|BLEU)\s*)?(?:(?:on|for)\s+[\w@+, -]{1,80}?)?(?:\s*,?\s*respectively)?"
    r"\s*[,(;]?\s*"
    r"(?:(?:with|for|giving|yielding|i\.e\.,?)\s+)?(?:averaging|(?:an?\s+|the\s+)?(?:average|mean)"
    r"(?:\s+(?:accuracy|score|F1|BLEU))?(?:\s+of|\s+is|\s*[:=])?)\s*[$~]*$",
    re.IGNORECASE,
)
"""What stands between the last score of a list and the mean of the list."""

MEAN_THEN = re.compile(
    r"\b(?:averag(?:es|ed|ing)|(?:average|mean)(?:\s+(?:accuracy|score|F1|BLEU))?\s+of)\s+[$~]*$", re.IGNORECASE
)
"""What stands before a mean that its list follows in brackets."""

OPENS = re.compile(r"^[\s%\\$}]*(?:accuracy|points?|F1|BLEU)?\s*\((?:[\w@+-]+\s*[:=]?\s*)?[$~]*$", re.IGNORECASE)
"""What stands between such a mean and the first score of its list."""

OTHER_MEAN = re.compile(
    r"\b(?:overall|weighted|micro|median|geometric|harmonic|pooled|including|such\s+as|e\.g\.|for\s+example|among|up\s+to|"
    r"best|top|from|compared|versus|vs|than|over\s+(?:previous|prior|baselines?|the\s+baseline))\b",
    re.IGNORECASE,
)
"""Words under which the mean is another one, or the list not the whole of what it is of, or of several systems."""

COUNT = re.compile(
    r"\b(?P<n>[0-9]+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all|many|several|various|other|more)\s+"
    r"(?:[a-z-]+\s+){0,2}(?:benchmarks|datasets|data\s+sets|tasks|languages|domains|settings|subsets|splits|folds|seeds|runs)\b",
    re.IGNORECASE,
)
"""A stated count of what the mean is over."""

WORDS = {
    word: place
    for place, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every average with the mean of the scores that stand in a list right before or behind it."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for place, mean in enumerate(claims):
                listed = _listed(record, claims, place)
                if listed:
                    yield _judge(record, listed, mean, claims)


def _listed(record: Record, claims: Sequence[Claim], place: int) -> Sequence[Claim]:
    """The scores whose mean a claim may be: a list right before it, or in brackets right behind it."""
    text, mean = record.text, claims[place]
    if mean.kind != "score":
        return ()
    if place > 1 and THEN_MEAN.match(between(text, claims[place - 1], mean)):
        first = place - 1
        while first > 0 and NEXT.match(between(text, claims[first - 1], claims[first])):
            first -= 1
        return claims[first:place] if place - first > 1 else ()
    after = claims[place + 1 :]
    if len(after) > 1 and MEAN_THEN.search(text[mean.sentence_start : mean.start]):
        if not OPENS.match(between(text, mean, after[0])):
            return ()
        last = 1
        while last < len(after) and NEXT.match(between(text, after[last - 1], after[last])):
            last += 1
        return after[:last] if last > 1 and ")" in text[after[last - 1].end : mean.sentence_end] else ()
    return ()


def _judge(record: Record, listed: Sequence[Claim], mean: Claim, claims: Sequence[Claim]) -> Finding:
    """The outcome for one list and its mean."""
    group = [*listed, mean]
    reason = _unfit(record, listed, mean, claims)
    if reason:
        return not_applicable(record, CHECK, LEVEL, group, reason)
    numbers = [number(claim, record.text) for claim in group]
    known = [n for n in numbers if n is not None and n.bound in {"exact", "about", "average"}]
    if len(known) < len(group):
        return not_applicable(record, CHECK, LEVEL, group, "a number is a range, in words or bounded")
    *items, m = known
    computed = _mean(items)
    found = [reading("mean of the list", computed, m.robust)]
    if found[0].meets:
        message = f"{mean.number} is the mean of the {len(items)} scores."
        return finding(record, CHECK, LEVEL, "pass", message, group, numbers=known, computed=found)
    total = " + ".join(plain(*(n.value for n in items)))
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"The stated average of {mean.number} differs from the mean of the {len(items)} scores listed, "
        f"{float(computed.low):.4g} to {float(computed.high):.4g}.",
        group,
        numbers=known,
        computed=found,
        formula=f"({total}) / {len(items)} = {float(sum(n.value for n in items) / len(items)):.4g}; stated {stated(m)} "
        "(robust)",
        assumptions=["the average is of the scores listed, each with the same weight"],
        alternatives=["the average is over more than is listed", "the average is weighted"],
        verify=python(f"({total}) / {len(items)}"),
    )


def _mean(items: Sequence[Number]) -> Interval:
    """The interval of the mean under robust rounding."""
    total = items[0].robust
    for item in items[1:]:
        total = total.plus(item.robust)
    return Interval(total.low / len(items), total.high / len(items))


def _unfit(record: Record, listed: Sequence[Claim], mean: Claim, claims: Sequence[Claim]) -> str:
    """Why the mean may be of something else, or nothing."""
    if OTHER_MEAN.search(record.sentence(mean)):
        return "the average may be another mean or of more than is listed"
    if any(claim.kind != "score" for claim in listed) or len({claim.unit for claim in (*listed, mean)}) > 1:
        return "the numbers are not all scores of one unit"
    if len({claim.metric for claim in (*listed, mean)} - {None}) > 1:
        return "the numbers are not of one metric"
    if sum(claim.kind == "score" for claim in claims) > len(listed) + 1:
        return "the sentence gives further scores"
    counts = {match["n"].lower() for match in COUNT.finditer(record.sentence(mean))}
    sizes = {WORDS.get(word) or (int(word) if word.isdecimal() else None) for word in counts}
    return "the average is over another number of things than is listed" if sizes - {len(listed)} else ""
