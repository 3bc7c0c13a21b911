"""Small worlds whose numbers are true by construction, printed as papers print them, and ways to plant an error.

A world is an old and a new score and the gain between them, each rounded half up, half to even or cut off to its own
number of decimals, and rendered through templates whose claims are linked by hand: `{A}`, `{B}` and `{G}` stand for the
numbers. No check may raise an error or a warning on a world as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from leaderboard.models import Claim, Paper

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
"""The ways papers cut their numbers."""

BARE = ("points", "relative", "error")
"""What a bare percentage may mean."""

TEMPLATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("It raises accuracy on ToyQA from {A}% to {B}% (+{G}%).", BARE),
    ("It raises accuracy on ToyQA from {A}% to {B}%, a gain of {G}%.", BARE),
    ("It raises accuracy on ToyQA from {A}% to {B}%, a {G}% improvement.", BARE),
    ("Accuracy on ToyQA grows from {A}% to {B}%, representing a gain of {G}%.", BARE),
    ("Accuracy on ToyQA grows from {A}% to {B}%, achieving an improvement of {G}%.", BARE),
    ("Accuracy on ToyQA grows from {A}% to {B}%, i.e., a gain of {G}%.", BARE),
    ("The filter improves accuracy by {G}% (from {A}% to {B}%).", BARE),
    ("We see a gain of {G}% in accuracy (from {A}% to {B}%) on ToyQA.", BARE),
    ("We see a {G}% improvement in accuracy (from {A}% to {B}%) on ToyQA.", BARE),
    ("It raises accuracy on ToyQA from {A}\\% to {B}\\% (+{G}\\%).", BARE),
    ("It raises accuracy on ToyQA from {A}% to {B}%, a gain of {G} points.", ("points",)),
    ("It raises accuracy on ToyQA from {A}% to {B}% (+{G} points).", ("points",)),
    ("It raises accuracy on ToyQA from {A}% to {B}%, an absolute gain of {G}%.", ("points",)),
    ("It raises accuracy on ToyQA by {G} percentage points (from {A}% to {B}%).", ("points",)),
    ("It raises BLEU on ToyQA from {A} to {B} (+{G}).", ("points",)),
    ("It raises F1 on ToyTags from {A} to {B}, a gain of {G} points.", ("points",)),
    ("It raises accuracy on ToyQA from {A}% to {B}%, a relative gain of {G}%.", ("relative", "error")),
    ("It raises accuracy on ToyQA from {A}% to {B}% (a {G}% relative improvement).", ("relative", "error")),
    ("The relative gain is {G}% in accuracy (from {A}% to {B}%).", ("relative", "error")),
    ("It reaches an accuracy of {B}% (+{G}%) on ToyQA.", BARE),
    ("It reaches an accuracy of {B}% (+{G} points) on ToyQA.", ("points",)),
    ("It reaches {B}% (+{G}%) over the {A}% of the base model on ToyQA.", BARE),
    ("It reaches {B}% (+{G}%) compared to the {A}% of the base model on ToyQA.", BARE),
    ("It reaches {B} (+{G}) versus the {A} of the base model on ToyTags.", ("points",)),
    (
        "It reaches {B}% accuracy on ToyQA, a {G}% relative gain over the baseline accuracy of {A}%.",
        ("relative", "error"),
    ),
    ("It reaches {B}% accuracy on ToyQA, an improvement of {G}% over the baseline accuracy of {A}%.", BARE),
    ("Accuracy on ToyQA is {A}% before tuning and {B}% after it.", ("points",)),
)
"""Sentences, each with the meanings that its gain may have."""


@dataclass(frozen=True)
class World:
    """True values, and how each number is printed: decimals and rounding for old, new and gain."""

    old: Decimal
    new: Decimal
    decimals: tuple[int, int, int]
    roundings: tuple[str, str, str]

    def gain(self, meaning: str) -> Decimal:
        """The true gain under one meaning."""
        if meaning == "points":
            return self.new - self.old
        if meaning == "relative":
            return (self.new - self.old) / self.old * 100
        return (self.new - self.old) / (100 - self.old) * 100

    def printed(self, meaning: str) -> dict[str, str]:
        """The three numbers as a paper prints them."""
        values = (self.old, self.new, self.gain(meaning))
        shown = (
            f"{value.quantize(Decimal(1).scaleb(-places), rounding=rounding):f}"
            for value, places, rounding in zip(values, self.decimals, self.roundings, strict=True)
        )
        return dict(zip("ABG", shown, strict=True))


def renderings(world: World, name: str) -> Iterator[tuple[Paper, tuple[Claim, ...]]]:
    """The world through every template under every meaning that fits it."""
    for place, (template, meanings) in enumerate(TEMPLATES):
        for meaning in meanings:
            yield render(template, world.printed(meaning), f"{name}-{place}-{meaning}")


def render(template: str, numbers: Mapping[str, str], name: str) -> tuple[Paper, tuple[Claim, ...]]:
    """A template with its numbers filled in, and the claims on them."""
    text, spans = "", []
    for part in re.split(r"(\{[ABG]\}(?:\\?%| points| percentage points)?)", template):
        shown = re.fullmatch(r"\{([ABG])\}(.*)", part)
        if shown:
            letter = shown[1]
            sign = text[-1] if letter == "G" and text.endswith(("+", "-")) else ""
            printed = f"{sign}{numbers[letter]}{shown[2]}"
            text = text.removesuffix(sign) if sign else text
            spans.append((letter, len(text), printed))
            text += printed
        else:
            text += part
    paper = Paper(name, "An Invented Paper", text)
    metric = next(metric for metric in ("BLEU", "F1", "accuracy", "accuracy") if metric in text or metric == "accuracy")
    return paper, tuple(_claim(paper, metric, *span, numbers) for span in spans)


def _claim(  # noqa: PLR0917
    paper: Paper, metric: str, letter: str, start: int, printed: str, numbers: Mapping[str, str]
) -> Claim:
    gain = letter == "G"
    benchmarks = tuple(name for name in ("ToyQA", "ToyTags") if name in paper.abstract)
    unit = "percent" if "%" in printed else "points" if "point" in printed else "none"
    return Claim(
        paper_id=paper.id,
        start=start,
        end=start + len(printed),
        number=printed,
        kind="change" if gain else "score",
        value=float(numbers[letter]),
        value_high=None,
        unit=unit,
        half_width=None,
        metric=metric,
        metric_mention=metric if metric in paper.abstract else None,
        metric_inferred=metric not in paper.abstract,
        benchmarks=benchmarks,
        benchmark_mentions=benchmarks,
        subject=None,
        role="baseline" if letter == "A" else "own",
        baseline=None,
        direction=("down" if printed.startswith("-") else "up") if gain else None,
        bound="exact",
        setting=(),
        sentence_start=0,
        sentence_end=len(paper.abstract),
        rule="invented",
        confidence=1.0,
    )


def spoiled(printed: str, digits: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Ways to get a printed number wrong, by name: two digits swapped, one digit changed, a factor of ten."""
    places = [i for i, c in enumerate(printed) if c.isdigit()]
    if len(places) > 1:
        i, j = places[0], places[1]
        swapped = list(printed)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        yield "digits swapped", "".join(swapped)
    first = places[0]
    yield "one digit", f"{printed[:first]}{(int(printed[first]) + digits[0]) % 10}{printed[first + 1 :]}"
    yield "ten times", f"{Decimal(printed) * 10:f}"
