"""An accuracy outside the span between the sensitivity and the specificity beside it.

Caught: The classifier has a sensitivity of 91%, a specificity of 88% and an accuracy of 94%.
Allowed: The classifier has a sensitivity of 91%, a specificity of 88% and an accuracy of 89%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import Interval, number, reading
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "accuracy, sensitivity and specificity"

CHECK = "accuracy_between"

NAMES = ("sensitivity", "specificity", "accuracy")
"""The three metrics by canonical name."""

SAME = {"recall": "sensitivity"}
"""Another name of one of them."""

AVERAGED = re.compile(
    r"\b(?:mean|average[ds]?|averaging|folds?|cross-?validat\w*|class(?:es)?|macro|weighted|balanced|multi-?class|respectively|versus|vs|"
    r"than|compared|from)\b",
    re.IGNORECASE,
)
"""Words of averages over folds or classes, under which the bound does not hold, and of several systems."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the accuracy of every sentence that gives all three once, and no other score."""
    for record in corpus.records.values():
        for claims in record.sentences():
            scores = [claim for claim in claims if claim.kind == "score"]
            if sorted(map(_name, scores)) == sorted(NAMES):
                yield _judge(record, sorted(scores, key=lambda claim: NAMES.index(_name(claim))))


def _name(claim: Claim) -> str:
    """Which of the three a score is, or another metric."""
    return SAME.get(claim.metric or "", claim.metric or "")


def _judge(record: Record, claims: Sequence[Claim]) -> Finding:
    """The outcome for one triple, in the order of `NAMES`."""
    sensitivity, specificity, accuracy = (number(claim, record.text) for claim in claims)
    if sensitivity is None or specificity is None or accuracy is None or any(c.bound != "exact" for c in claims):
        return not_applicable(record, CHECK, LEVEL, claims, "a number is a range, in words or bounded")
    if len({(claim.unit, claim.benchmarks, claim.setting, claim.subject) for claim in claims}) > 1:
        return not_applicable(record, CHECK, LEVEL, claims, "the three are not of one system, test set and scale")
    if AVERAGED.search(record.sentence(claims[0])):
        return not_applicable(record, CHECK, LEVEL, claims, "the numbers may be averages or of several systems")
    numbers = [sensitivity, specificity, accuracy]
    low = min(sensitivity.robust.low, specificity.robust.low)
    high = max(sensitivity.robust.high, specificity.robust.high)
    found = [reading("between", Interval(low, high), accuracy.robust)]
    names = f"sensitivity {claims[0].number} and specificity {claims[1].number}"
    if found[0].meets:
        message = f"Accuracy {claims[2].number} is attainable with {names}."
        return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=numbers, computed=found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Accuracy {claims[2].number} is not attainable with {names}: for two classes it is between them.",
        claims,
        numbers=numbers,
        computed=found,
        formula=f"{low:f} <= {accuracy.value:f} <= {high:f} does not hold; {stated(sensitivity)}, "
        f"{stated(specificity)}, {stated(accuracy)} (robust)",
        assumptions=["there are two classes", "all three are of one system on one test set, without averaging"],
        alternatives=["the numbers are means over folds or classes"],
        verify=python(f"{low:f} <= {accuracy.value:f} <= {high:f}"),
    )
