"""A score below what guessing yields on a test whose answers are equally frequent.

Caught: Our model reaches 21.4% accuracy on ToyChoice.
Allowed: After unlearning, our model reaches 21.4% accuracy on ToyChoice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from leaderboard.checks._corpus import SURE, Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import INFINITY, Interval, limited, number
from leaderboard.checks._items import OPEN, whole
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "note"
TITLE = "below chance"

CHECK = "below_chance"

MEANT = re.compile(
    r"\b(?:unlearn\w*|forg[eo]t\w*|adversar\w*|attack\w*|poison\w*|jailbreak\w*|perturb\w*|corrupt\w*|shift\w*|"
    r"collaps\w*|drop\w*|degrad\w*|fail\w*|chance|random\w*|worst|below|only|merely|just|low(?:er)?|noisy|hard(?:est)?|"
    r"wmdp|robust\w*|erro(?:r|rs)|gap|consisten\w*|all\s+(?:questions|options)|normali[sz]ed|contrast\w*|groups?|pairs?|"
    r"backdoor\w*|counterfactual\w*|shuffl\w*|circular\w*|open-?ended|generat\w*)\b",
    re.IGNORECASE,
)
"""Words of papers in which a score below chance is meant or no surprise, or of ways to score below which chance is."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every own accuracy on a test of known chance level with that level."""
    for record in corpus.records.values():
        for claim in record.claims:
            if claim.kind != "score" or claim.role != "own" or len(claim.benchmarks) != 1 or claim.confidence < SURE:
                continue
            known = corpus.registry.benchmarks.get(claim.benchmarks[0])
            metric = corpus.metric(claim)
            if known is None or known.chance_level is None or metric is None or metric.name != known.metric:
                continue
            if metric.counts_items and metric.direction == "up":
                yield _judge(record, claim, corpus, known.chance_level)


def _judge(record: Record, claim: Claim, corpus: Corpus, percent: float) -> Finding:
    """The outcome for one score."""
    shown = number(claim, record.text)
    metric = corpus.metric(claim)
    top = whole(shown, metric) if shown is not None and metric is not None else None
    if shown is None or top is None or shown.bound != "exact":
        return not_applicable(record, CHECK, LEVEL, [claim], OPEN)
    level = Decimal(str(percent)) * top / 100
    found = [limited("value", shown.robust, Interval(level, INFINITY))]
    if found[0].meets:
        message = f"{claim.number} is not below chance."
        return finding(record, CHECK, LEVEL, "pass", message, [claim], numbers=[shown], computed=found)
    if MEANT.search(record.text) or MEANT.search(record.paper.title):
        return not_applicable(record, CHECK, LEVEL, [claim], "a score below chance may be meant")
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: {claim.number} on {claim.benchmarks[0]} differs from what guessing yields, {level.normalize():f}, "
        "by being below it.",
        [claim],
        numbers=[shown],
        computed=found,
        formula=f"{shown.value:f} + {shown.printed.unit:f} = {shown.robust.high:f} < {level.normalize():f}, which is "
        f"chance; stated {stated(shown)} (robust)",
        assumptions=["every question was scored with all its options"],
        alternatives=["the number is of another metric or another test", "answers were left open or scored in groups"],
        verify=python(f"{shown.robust.high:f} < {level.normalize():f}"),
    )
