"""A decrease by more than 100% of a quantity that cannot be negative.

Caught: Our cache cuts latency by 140%.
Caught: Our sampler needs 150% less memory.
Allowed: Our attack reduces the reward by 201%.
Allowed: Our cache cuts latency by 40%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import HUNDRED, ZERO, Interval, limited, number
from leaderboard.checks._links import clause_around, movements
from leaderboard.models import Claim, Finding, Level, Metric

LEVEL: Level = "error"
TITLE = "decrease over 100%"

CHECK = "decrease_over_100"

NEVER_NEGATIVE = re.compile(
    r"\b(?:latency|latencies|times?|runtime|memory|storage|parameters?|costs?|errors?|perplexity|steps?|flops|computations?|compute|"
    r"energy|power|tokens?|data|samples?|labels?|annotations?|size|footprint|bandwidth|traffic|overhead|carbon|emissions?|wer|cer|"
    r"fid|hallucinations?|calls?|queries|duration|delay|computing|comparisons|iterations|episodes|mistakes|number\s+of|"
    r"multiplications|operations|macs|bytes|bit-?rate|bd-rate|consumption|requirements|communication|mse|rmse|mae|ece|fpr95|"
    r"collisions?|violations?|failures|length)\b",
    re.IGNORECASE,
)
"""Quantities that are zero at least."""

MAY_BE_NEGATIVE = re.compile(
    r"\b(?:rewards?|returns?|likelihoods?|log|profits?|correlations?|scores?|performance|gap|gaps|regret|elo|utility|advantage|"
    r"loss|losses|improv\w*|elbo|bias|factor|speed|faster|slower|increas\w*|more|higher|than\s+that\s+of|"
    r"outperform\w*|surpass\w*|exceed\w*|beat\w*)\b",
    re.IGNORECASE,
)
"""Quantities that can fall below zero, and words that turn the direction round."""

FALLS = re.compile(
    r"\b(?:reduc\w*|decreas\w*|cut|cuts|cutting|lower\w*|fewer|less|drop\w*|fall\w*|sav(?:e|es|ed|ing|ings)|shrink\w*|"
    r"shorten\w*|small\w*|declin\w*|diminish\w*|alleviat\w*|minimi[sz]\w*)\b",
    re.IGNORECASE,
)
"""Words of decrease, one of which must stand in the clause."""


FEWER = re.compile(r"^\s*(?:fewer|less)\b", re.IGNORECASE)
"""What follows a decrease of something that is counted or measured from zero ("680% fewer calls")."""

CUT_BEHIND = re.compile(
    r"^(?:\s+(?:relative|absolute|average|mean|total|overall))*\s+(?P<what>(?:[\w-]+\s+){0,3}?)"
    r"(?:reductions?|decreases?|savings?|cuts?)\b(?:\s+(?:in|of)\s+(?P<more>(?:[\w-]+\s*){1,4}))?",
    re.IGNORECASE,
)
"""A noun of decrease right behind a number, with the quantity before or behind it ("400% FLOPs reduction")."""

BOUND_WORDS = (
    r"(?:(?:up\s+to|as\s+much\s+as|more\s+than|at\s+least|over|about|around|nearly|almost|an\s+average\s+of|"
    r"[~≈])\s*)*"
)
"""Words of a bound or of a measure before a number."""

CUT_BEFORE = re.compile(
    r"\b(?:reduc|decreas|lower|cut|shrink|shorten|diminish|sav)(?:s|es|ed|e|ing|ting)?\s+(?P<what>(?:[\w-]+\s+){0,6})by\s+"
    rf"{BOUND_WORDS}$",
    re.IGNORECASE,
)
"""A verb of decrease and its object right before a number ("reduces the BD-rate by 440%")."""

LISTED = re.compile(
    r"(?:[0-9][0-9.,]*\s*\\?%\s*(?:(?:on|in|for|over)\s+(?:[\w-]+\s*){1,3})?(?:,\s*and|,|and)\s*)+$", re.IGNORECASE
)
"""The percentages of a list before its next one, each with what it is on; what they are of stands before the first."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every decrease in percent with 100."""
    for record in corpus.records.values():
        for claim in record.claims:
            if claim.kind == "change" and claim.direction == "down" and claim.unit == "percent":
                yield _judge(record, claim, corpus.metric(claim))


def _judge(record: Record, claim: Claim, metric: Metric | None) -> Finding:
    """The outcome for one decrease. A bound does not matter: "up to 140%" still claims 140."""
    shown = number(claim, record.text, "exact")
    if shown is None:
        return not_applicable(record, CHECK, LEVEL, [claim], "the number is a range or in words")
    rest = Interval(HUNDRED, HUNDRED).minus(shown.robust)
    # Zero itself is none of the values that may be left: nothing takes no time at all.
    whole = [replace(limited("left of the old value", rest, Interval(ZERO, HUNDRED)), meets=rest.high > 0)]
    if shown.robust.low < HUNDRED:
        message = f"A decrease by {claim.number} leaves something."
        return finding(record, CHECK, LEVEL, "pass", message, [claim], numbers=[shown], computed=whole)
    words = _words(record.text, claim)
    tied = _tied(record.text, claim)
    subject = tied or f"{words} {claim.metric_mention or ''}"
    counted = FEWER.match(record.text[claim.end : claim.end + 20]) or NEVER_NEGATIVE.search(subject)
    if MAY_BE_NEGATIVE.search(subject) or not (counted or _from_zero(claim, metric)):
        return not_applicable(record, CHECK, LEVEL, [claim], "the quantity may be negative or is unknown")
    if not tied and not FALLS.search(words):
        return not_applicable(record, CHECK, LEVEL, [claim], "no word of decrease in the clause")
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"A decrease by {claim.number} is not attainable for a quantity that cannot be negative: 100% is all of it."
        + _true_figure(record, claim),
        [claim],
        numbers=[shown],
        computed=whole,
        formula=f"100% - {shown.value:f}% = {HUNDRED - shown.value:f}% of the old value would be left, {rest.text()} "
        f"with {stated(shown)} (robust); more than 0% must be",
        assumptions=["the decrease is measured against the old value"],
        alternatives=["the figure is the old value relative to the new one, or a factor"],
        verify=python(f"100 - {shown.value:f}"),
    )


def _from_zero(claim: Claim, metric: Metric | None) -> bool:
    """Whether the registry knows that the metric which the abstract names is never below zero."""
    return metric is not None and not claim.metric_inferred and metric.low == 0


def _tied(text: str, claim: Claim) -> str:
    """What is cut by this number, where nothing stands between number, word of decrease and quantity; else nothing."""
    behind = CUT_BEHIND.match(text[claim.end : min(claim.sentence_end, claim.end + 80)])
    before = CUT_BEFORE.search(text[max(claim.sentence_start, claim.start - 100) : claim.start])
    parts = [*(behind.groups() if behind else ()), before["what"] if before else None]
    return " ".join(part.strip() for part in parts if part)


def _words(text: str, claim: Claim) -> str:
    """The words of the clause around a number; around a whole list of percentages where it is one of them."""
    before = LISTED.search(text, max(claim.sentence_start, claim.start - 60), claim.start)
    if before is None:
        return clause_around(text, claim)
    head = clause_around(text, replace(claim, start=before.start(), end=before.start()))
    return f"{head} {clause_around(text, claim)}"


def _true_figure(record: Record, claim: Claim) -> str:
    """What the decrease comes to where the text ties old and new value to it."""
    group = [other for other in record.claims if other.sentence_start == claim.sentence_start]
    for movement in movements(record.text, group):
        if movement.gain is claim and movement.old.value > 0:
            share = 100 * (movement.old.value - movement.new.value) / movement.old.value
            return f" From {movement.old.number} to {movement.new.number} it falls by {share:.1f}%."
    return ""
