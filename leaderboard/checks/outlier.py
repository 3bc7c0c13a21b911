"""A score far outside all others of its benchmark and metric.

Caught: Paper on tagging: it reaches {9.71, 95.2, 95.9, 96.3, 96.8, 97.0, 97.1, 97.5, 97.9}% accuracy on ToySent.
Allowed: Paper on tagging: it reaches {94.1, 95.2, 95.9, 96.3, 96.8, 97.0, 97.1, 97.5, 97.9}% accuracy on ToySent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest, nsmallest
from math import log
from statistics import median

from leaderboard.checks._corpus import Cell, Corpus, Entry, days
from leaderboard.checks._findings import finding, python
from leaderboard.models import Finding, Level, Metric

LEVEL: Level = "note"
TITLE = "outlier in a cell"

CHECK = "outlier"

CLAIMS, PAPERS = 8, 5
"""The fewest claims, and papers they come from, that show where the scores of a cell are."""

FAR = 3.5
"""The modified z-score beyond which a value is an outlier.

Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993).
"""

NORMAL = 0.6745
"""The median absolute deviation of a normal variable, in standard deviations."""

LOGARITHMIC = 5
"""An unbounded metric is compared on a logarithmic scale if its largest score is so many times its smallest."""

NEAR = 1.75
"""The modified z-score within which a value that a slip explains must be."""

EDGE = 0.005
"""The share at either end of a bounded scale within which all scores count as equal, so that the logit stays finite."""

RECENT = 365
"""The days at the end of a cell's time in which a good score is progress, not an outlier."""

FACTORS = ((0.1, "a tenth"), (10.0, "ten times"), (0.01, "a hundredth"), (100.0, "a hundred times"))
"""Slips of the decimal point that would explain an outlier."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every score with the median of its cell, in units of the median absolute deviation."""
    for cell, entries in corpus.cells.items():
        if len(entries) >= CLAIMS and len({entry.record.paper.id for entry in entries}) >= PAPERS:
            yield from _judge(cell, entries, corpus.registry.metrics[cell.metric])


def _judge(cell: Cell, entries: Sequence[Entry], metric: Metric) -> Iterator[Finding]:
    """A finding for each outlier of a cell; if there is none, one pass."""
    scale, place_of = _scale(metric, entries)
    places = [place_of(entry.score) for entry in entries]
    middle = median(places)
    alone: Callable[[Entry, float], bool] | None = None
    spreads = {above: _spread(places, middle, above=above) for above in (False, True)}
    scores = [entry.score for entry in entries]
    papers = len({entry.record.paper.id for entry in entries})
    any_far = False
    latest = max((span[1] for entry in entries if (span := days(entry.record.paper.date))), default=None)
    for entry, place in zip(entries, places, strict=True):
        spread = spreads[place > middle]
        z = NORMAL * (place - middle) / spread if spread else 0.0
        if abs(z) <= FAR:
            continue
        span = days(entry.record.paper.date)
        recent = span is not None and latest is not None and (latest - span[1]).days < RECENT
        good = metric.direction is not None and (z > 0) == (metric.direction == "up")
        slips = [
            words
            for factor, words in FACTORS
            if spread and abs(NORMAL * (place_of(entry.score * factor) - middle) / spread) <= NEAR
        ]
        # Most cells hold no score so far off that the ends of the others matter.
        alone = alone or _isolation(entries, places)
        # A score far on the good side is progress, or an easier setting, unless a slip would explain it; one far on the
        # other side may be of a small, an old or another kind of system, unless it stands all by itself.
        if (recent or not slips) if good else not (slips or alone(entry, place)):
            continue
        any_far = True
        term = f"{NORMAL} * ({place:.6g} - {middle:.6g}) / {spread:.6g}"
        slip = f"; {slips[0]} it would be among them" if slips else ""
        yield finding(
            entry.record,
            CHECK,
            LEVEL,
            "fail",
            f"Hint: {entry.claim.number} differs from the other {len(entries) - 1} scores that this table holds for "
            f"{cell.words} (median {median(scores):.4g}){slip}.",
            [entry.claim],
            origin="pipeline",
            formula=f"{scale}: {place:.4g}, its median {middle:.4g}, its median deviation {spread:.4g}, of "
            f"{len(entries)} scores of {papers} papers; modified z {term} = {z:.1f}; {FAR} is the limit",
            assumptions=["all scores of the cell are of one test under similar conditions"],
            alternatives=["the score is of another benchmark, metric, split or setting"],
            verify=python(term),
        )
    if not any_far:
        first = entries[0]
        message = f"None of the {len(entries)} scores of {cell.words} is far from the others."
        yield finding(first.record, CHECK, LEVEL, "pass", message, [first.claim], origin="pipeline")


def _isolation(entries: Sequence[Entry], places: Sequence[float]) -> Callable[[Entry, float], bool]:
    """Whether a score is farther from those of other papers than these are from each other."""
    lows: dict[str, float] = {}
    highs: dict[str, float] = {}
    for entry, place in zip(entries, places, strict=True):
        paper = entry.record.paper.id
        lows[paper] = min(place, lows.get(paper, place))
        highs[paper] = max(place, highs.get(paper, place))
    # The outermost two papers on either side tell the ends of all others, whichever paper is left out.
    low = nsmallest(2, lows, key=lows.__getitem__)
    high = nlargest(2, highs, key=highs.__getitem__)

    def alone(entry: Entry, place: float) -> bool:
        paper = entry.record.paper.id
        least, most = lows[low[low[0] == paper]], highs[high[high[0] == paper]]
        return max(least - place, place - most) > most - least

    return alone


def _spread(places: Sequence[float], middle: float, *, above: bool) -> float:
    """The median deviation of all scores, or of those on one side of the median if that is more.

    So a skewed cell is no row of outliers.
    """
    deviations = [abs(place - middle) for place in places]
    side = [abs(place - middle) for place in places if (place >= middle if above else place <= middle)]
    return max(median(deviations), median(side))


def _scale(metric: Metric, entries: Sequence[Entry]) -> tuple[str, Callable[[float], float]]:
    """The scale of the comparison with its name.

    Log odds where the metric is bounded, a logarithm where scores run over magnitudes, else the score.
    """
    low, high = metric.low, metric.high
    if low is not None and high is not None and high > low:
        width = high - low

        def logit(score: float) -> float:
            share = min(1 - EDGE, max(EDGE, (score - low) / width))
            return log(share / (1 - share))

        return "log odds of the score", logit
    scores = [entry.score for entry in entries]
    least = min(scores)
    if least > 0 and max(scores) > LOGARITHMIC * least:
        return "logarithm of the score", lambda score: log(score) if score > 0 else log(least)
    return "score", float
