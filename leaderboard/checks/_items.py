"""Scores as k right of N items: how many items a test holds, and what says that a score is not one count over them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._intervals import HUNDRED, Number, number
from leaderboard.checks._pairs import Pair
from leaderboard.models import Claim, Metric

REPEATED = re.compile(
    r"±|\+/-|\\pm|\b(?:avg|mean|average|maj|majority|cons|best|pass|acc)(?:@|\s?at\s)(?!1\b)[0-9kn]"
    r"|\b(?:seeds?|runs|trials|rollouts?|samplings?|temperature|vot(?:es?|ing)|self-consistency|ensembl\w*|folds?|"
    r"cross-?validat\w*|standard\s+(?:deviation|error)|bootstrap\w*|best-of-\w+|repeat\w*|repetitions?|monte\s+carlo|"
    r"test-time\s+(?:scaling|compute)|(?:[0-9]+|multiple|several|many)\s+(?:samples|generations|attempts|times))\b",
    re.IGNORECASE,
)
"""Words of an abstract that say or suggest that its scores are means over several runs or samples."""

AVERAGED = re.compile(
    r"\b(?:averag\w*|mean|median|macro|weighted|balanced|overall|aggregate\w*|normali[sz]ed|adjusted|across|per-class|"
    r"class-wise|expected|estimat\w*|respectively)\b",
    re.IGNORECASE,
)
"""Words of a sentence that make its scores means over tasks, classes or languages."""

PART = re.compile(
    r"\b(?:subsets?|mini|lite|subsampl\w*|sampled|decontaminat\w*|filtered|portion|fraction\s+of|held-?out|zero-?out|splits?|"
    r"categor(?:y|ies)|subjects?|domains?|languages?|multilingual|cross-?lingual|translat\w*|variants?|perturb\w*|modified|"
    r"adversarial\w*|attack\w*|corrupt\w*|noisy|robust\w*|shift\w*|unlearn\w*|out-of-distribution|ood|few-?shot|"
    r"hard(?:er|est)?|easy|seen|unseen|novel|base-to-\w+|open-?world|questions?\s+(?:that|where|with)|revised|corrected|"
    r"extended|version)\b",
    re.IGNORECASE,
)
"""Words of a sentence that say or suggest that only a part of the test, or another test, was scored."""

ONE_RUN = re.compile(
    r"\b(?:greedy|greedily|(?:a\s+|one\s+|in\s+a\s+)single\s+run|one\s+run|single[\s-]run|deterministic(?:ally)?|"
    r"(?:zero\s+temperature|temperature\s+(?:of\s+)?(?:0|zero))(?![.\d]))\b",
    re.IGNORECASE,
)
"""Words that say that each item was answered once."""

ONE_ANSWER = frozenset({"pass@1"})
"""Metrics that are a count over the items if each is answered once, and an estimate otherwise."""


def sizes(corpus: Corpus, claim: Claim) -> tuple[int, ...]:
    """How many items the test of a claim may hold, by every version and split that the registry knows; sorted.

    Empty where that is not known, or where the score is not a count over items.
    """
    metric = corpus.metric(claim)
    if metric is None or len(claim.benchmarks) != 1 or not (metric.counts_items or metric.name in ONE_ANSWER):
        return ()
    known = corpus.registry.benchmarks.get(claim.benchmarks[0])
    if known is None or not known.countable:
        return ()
    return tuple(sorted({entry.items for entry in known.test_items}))


def not_one_count(record: Record, claims: Iterable[Claim], *, listed: bool = False) -> str:
    """Why scores may be no single count over the items of one test, or nothing.

    `listed` says that a list matched by "respectively" is none: each of its numbers is of its own test.
    """
    claims = tuple(claims)
    if REPEATED.search(record.text):
        return "the scores may be means over several runs or samples"
    sentence = record.sentence(claims[0])
    if AVERAGED.search(sentence.replace("respectively", "") if listed else sentence):
        return "the scores may be means over tasks or classes"
    for claim in claims:
        for name in (*claim.benchmark_mentions, *claim.benchmarks):
            sentence = sentence.replace(name, " ")
    return "another or a part of the test may be scored" if PART.search(sentence) else ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Two scores of one test that are counts over its items; `top` is the score of all items right."""

    old: Number
    new: Number
    top: Decimal


def counts(record: Record, pair: Pair, corpus: Corpus) -> Counts | None:
    """Two compared scores with the value that stands for all items right, or None where a number leaves that open."""
    metric = corpus.metric(pair.new)
    old, new = number(pair.old, record.text), number(pair.new, record.text)
    if old is None or new is None or metric is None or {old.bound, new.bound} != {"exact"}:
        return None
    top = whole(new, metric)
    return Counts(old, new, top) if top is not None and top == whole(old, metric) else None


OPEN = "a number is a range, in words, bounded or of unsure scale"
"""Why numbers may not be read as counts."""

FEWEST_ITEMS = 6
"""McNemar's exact test, two-sided: if all k changed items favour one system, p is 2 * 0.5 ** k, 0.0625 for five."""


def whole(shown: Number, metric: Metric) -> Decimal | None:
    """The value that stands for all items right, on the scale of the printed number: 100 or 1; None if unsure."""
    if shown.claim.unit in {"percent", "points"}:
        return HUNDRED
    if shown.claim.unit != "none" or shown.value == 1:
        return None
    if shown.value > 1:
        return HUNDRED if "percent" in metric.scales else None
    return Decimal(1) if "fraction" in metric.scales and metric.direction == "up" and shown.value > 0 else None
