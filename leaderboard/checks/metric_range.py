"""A score that is outside the range its metric allows, such as an accuracy above 100%.

Caught: Our tagger reaches 104.2% accuracy on ToyTags.
Caught: The parser attains an F1 of 108.7 on ToyTags.
Allowed: Our recogniser has a WER of 112% on the noisy split of ToySpeech.
Allowed: The small model reaches 104.2% of the accuracy of its teacher on ToyTags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import INFINITY, Interval, Number, limited, number, permitted, short
from leaderboard.checks._links import movements
from leaderboard.models import Claim, Finding, Level, Metric, Reading

LEVEL: Level = "error"
TITLE = "value out of range"

CHECK = "metric_range"

SHARE_OF = re.compile(r"^\s*(?:\)\s*)?(?:of|relative\s+to)\b(?!\s+the\s+time)", re.IGNORECASE)
"""What follows a share of another value ("104% of the accuracy of its teacher")."""

OTHER_UNIT = re.compile(
    r"^\s*(?:(?:k|m|cm|mm|km|ms|s|h|fps|hz|db)[23]?\b|(?:tokens|samples|images|seconds|hours|steps|examples|classes|epochs)\b)",
    re.IGNORECASE,
)
"""What follows a length, a rate or a count, which no metric's range bounds."""

SAYS_SO = re.compile(
    r"^\s*(?:(?:scores?|values?|rates?|levels?)\s+)?(?:(?:of|is|at|to|reaches|becomes)\s+|[:=]\s*)(?:only\s+|about\s+|over\s+)?$",
    re.IGNORECASE,
)
"""The only words that may stand between a metric and its bare number ("an F1 score of 108.7")."""

CLAUSE_MARK = re.compile(r"[.;:,]|\s(?:and|while|but|whereas)\s")
"""Where one clause ends and the next begins."""

COMPARED = re.compile(
    r"\b(?:increas\w*|improv\w*|gain\w*|boost\w*|rais\w*|grow\w*|growth|relative\w*|faster|higher|more|better|than|over|"
    r"reduc\w*|speed\w*|compar\w*|normali[sz]\w*|human\w*|baselines?|teacher|original|recover\w*|retain\w*|outperform\w*|"
    r"extra|additional\w*|changes?|drops?)\b",
    re.IGNORECASE,
)
"""Words by a percentage that may make it a change, or a share of another value, after all."""

CHANGED = re.compile(
    r"\b(?:relative\w*|gains?|gain(?:ed|ing)|improv\w*|increas\w*|boost\w*|rais\w*|rises?|rising|grow\w*|reduc\w*|drops?|falls?|"
    r"changes?|differences?|higher|lower|more|better|faster)\b",
    re.IGNORECASE,
)
"""Words in the clause of a percentage that make it a change, unless it is what something changes to."""

AROUND = 60
"""The characters on either side of a number in which such a word is looked for."""

REACH = 40
"""The most characters between a number and the word of its metric for the link to be beyond doubt."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every score of a known metric with the range of that metric."""
    for record in corpus.records.values():
        for claim in record.claims:
            metric = corpus.metric(claim)
            if claim.kind != "score" or metric is None:
                continue
            span = permitted(metric)
            if span.low == -INFINITY and span.high == INFINITY:
                continue
            yield _judge(record, claim, metric, span)


def _judge(record: Record, claim: Claim, metric: Metric, span: Interval) -> Finding:
    """The outcome for one score."""
    shares = {"percent", "fraction"} & set(metric.scales)
    if claim.unit not in ({"percent", "points", "none"} if shares else {"none", metric.unit}):
        return not_applicable(record, CHECK, LEVEL, [claim], "the number's unit is not the metric's")
    after = record.text[claim.end : claim.end + 30]
    if SHARE_OF.match(after):
        return not_applicable(record, CHECK, LEVEL, [claim], "the number is a share of another value")
    shown = number(claim, record.text)
    if shown is None:
        return not_applicable(record, CHECK, LEVEL, [claim], "the number is a range or in words")
    if shown.robust.meets(span):
        message = f"{claim.number} is in the range of {metric.name}."
        return finding(record, CHECK, LEVEL, "pass", message, [claim], numbers=[shown], computed=[_range(span, shown)])
    sure = _beyond_doubt(record, claim, after)
    likely = sure or _stated(record, claim) or _on_benchmark(record, claim)
    return finding(
        record,
        CHECK,
        LEVEL if sure or not likely else "warning",
        "fail" if likely else "review",
        f"{claim.number} is not attainable: {metric.name} runs {_limits(span)}.",
        [claim],
        numbers=[shown],
        computed=[_range(span, shown)],
        origin="paper" if likely else "pipeline",
        formula=f"{_bounds_test(span, shown)} does not hold; stated {stated(shown)} (robust)",
        assumptions=[f"the number is a level of {metric.name}, not a change or a share of another value"],
        alternatives=["the number is a relative figure whose reference stands elsewhere"],
        verify=python(f"{_bounds_test(span, shown)}"),
        reason="" if likely else "the metric does not stand next to the number",
    )


def _range(span: Interval, shown: Number) -> Reading:
    """The number against the range of its metric."""
    return limited("value", shown.robust, span)


def _beyond_doubt(record: Record, claim: Claim, after: str) -> bool:
    """Whether the metric stands in the clause of the number, and nothing says that the number is of another kind.

    A bare number must stand right behind its metric; a percentage may stand on either side.
    """
    if (
        claim.metric_inferred
        or not claim.metric_mention
        or claim.number.startswith(("+", "-", "−"))
        or OTHER_UNIT.match(after)
    ):
        return False
    sentence = record.sentence(claim).casefold()
    place, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    before, behind = sentence[max(0, place - 120) : place], sentence[end : end + 120]
    mention = claim.metric_mention.casefold()
    left = before.rfind(mention)
    gaps = [before[left + len(mention) :]] if left >= 0 else []
    right = behind.find(mention)
    gaps += [behind[:right]] if right >= 0 else []
    if claim.unit == "percent" and not re.search(r"\bto\s+$", before) and CHANGED.search(_clause(before, behind)):
        return False
    if claim.unit == "none":
        return left >= 0 and SAYS_SO.match(gaps[0]) is not None
    return any(len(gap) <= REACH and not CLAUSE_MARK.search(gap) and not re.search(r"\d", gap) for gap in gaps)


def _clause(before: str, behind: str) -> str:
    """The words on either side of a number up to the marks of its clause."""
    return f"{CLAUSE_MARK.split(before)[-1]} {CLAUSE_MARK.split(behind)[0]}"


def _stated(record: Record, claim: Claim) -> bool:
    """Whether a percentage is a level by its sentence, which names the metric, as in a list of scores."""
    sentence = record.sentence(claim)
    if claim.unit != "percent" or claim.metric_inferred or claim.number.startswith(("+", "-", "−")):
        return False
    if not claim.metric_mention or claim.metric_mention.casefold() not in sentence.casefold():
        return False
    place, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    return COMPARED.search(f"{sentence[max(0, place - AROUND) : place]} {sentence[end : end + AROUND]}") is None


def _on_benchmark(record: Record, claim: Claim) -> bool:
    """Whether a percentage without the word for its metric is a level on a benchmark that its sentence names.

    As an end of "from A to B", or where no word makes it a change or a share of another value.
    """
    sentence = record.sentence(claim)
    named = any(mention in sentence for mention in claim.benchmark_mentions)
    if claim.unit != "percent" or not named or claim.number.startswith(("+", "-", "−")):
        return False
    group = [other for other in record.claims if other.sentence_start == claim.sentence_start]
    if any(claim in {move.old, move.new} for move in movements(record.text, group)):
        return True
    place, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    return COMPARED.search(f"{sentence[max(0, place - AROUND) : place]} {sentence[end : end + AROUND]}") is None


def _limits(span: Interval) -> str:
    """The range in words."""
    if span.low == -INFINITY:
        return f"up to {short(span.high)}"
    return f"from {short(span.low)}" if span.high == INFINITY else f"from {short(span.low)} to {short(span.high)}"


def _bounds_test(span: Interval, shown: Number) -> str:
    """A comparison in Python that says whether the number is in the range."""
    parts = ([f"{short(span.low)} <= "] if span.low != -INFINITY else []) + [f"{shown.value:f}"]
    return "".join(parts + ([f" <= {short(span.high)}"] if span.high != INFINITY else []))
