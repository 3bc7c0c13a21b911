"""Small worlds for the checks that compare other things than a gain: each true by construction, each with its slip.

A sum is a sentence with places for numbers, the claims on them, a way to draw true values, and the place whose number a
planted error spoils. Scores on tests of known size are drawn as counts of right answers, so that they are attainable;
these tests are real ones, which the project's own registry knows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from leaderboard.models import Claim, Paper
from tests.checks.check_worlds import ROUNDINGS

Values = dict[str, Decimal]

MOST_DRAWS = 300
"""Worlds that are drawn for one planted error before it is given up."""

SCALES = {"B": 9, "M": 6, "billion": 9, "million": 6}
"""Words of magnitude in the templates, as powers of ten."""


@dataclass(frozen=True)
class Sum:
    """One sentence and what is true of its numbers.

    `fields` holds, by letter, what the claim on that number is; `most` and `least` how many decimals are printed;
    `half_item` is half of what one item of the test is worth; `spoil` the letter of the number that a planted error
    changes; `slips` the errors that can make a contradiction, and `wrong` whether one does, by the numbers as printed
    (None: nearly always). An error that is no wrong number is planted by writing another sum `instead` of this one.
    """

    check: str
    template: str
    draw: Callable[[random.Random], Values]
    fields: Mapping[str, Mapping[str, Any]]
    spoil: str
    slips: tuple[str, ...]
    most: int = 2
    least: int = 0
    half_item: str = "0"
    wrong: Callable[[Values], bool] | None = None
    instead: Mapping[str, Sum] = field(default_factory=dict)


def decimal(dice: random.Random, low: float, high: float) -> Decimal:
    """A value with four decimals between two bounds."""
    return Decimal(dice.randint(int(low * 10_000), int(high * 10_000))) / 10_000


def listed(dice: random.Random) -> Values:
    """Three scores and their mean."""
    a, b, c = (decimal(dice, 40, 90) for _ in "abc")
    return {"A": a, "B": b, "C": c, "M": (a + b + c) / 3}


def pair(dice: random.Random) -> Values:
    """Two scores and their mean."""
    a, b = decimal(dice, 40, 90), decimal(dice, 40, 90)
    return {"A": a, "B": b, "M": (a + b) / 2}


def natural(dice: random.Random) -> Values:
    """A loss in nats and its perplexity."""
    loss = decimal(dice, 1.5, 4.5)
    return {"L": loss, "P": loss.exp()}


def binary(dice: random.Random) -> Values:
    """A loss in bits and its perplexity."""
    loss = decimal(dice, 2, 6)
    return {"L": loss, "P": Decimal(2) ** loss}


def whole(dice: random.Random) -> Values:
    """An accuracy and the error that is the rest."""
    accuracy = decimal(dice, 60, 99)
    return {"A": accuracy, "E": 100 - accuracy}


def mixture(dice: random.Random) -> Values:
    """Sensitivity and specificity, and an accuracy as their mean with the share of positives as weight."""
    sensitivity, specificity, share = decimal(dice, 70, 90), decimal(dice, 70, 90), decimal(dice, 0, 1)
    return {"R": sensitivity, "S": specificity, "A": share * sensitivity + (1 - share) * specificity}


def harmonic(dice: random.Random) -> Values:
    """Precision, recall and their harmonic mean."""
    precision, recall = decimal(dice, 50, 90), decimal(dice, 50, 90)
    return {"P": precision, "R": recall, "F": 2 * precision * recall / (precision + recall)}


def saving(dice: random.Random) -> Values:
    """A factor of speed and the share of time that it saves."""
    factor = decimal(dice, 1.5, 8)
    return {"K": factor, "S": 100 - 100 / factor}


def quicker(dice: random.Random) -> Values:
    """A factor of speed and the share by which it is faster."""
    factor = decimal(dice, 1.3, 4)
    return {"K": factor, "S": 100 * factor - 100}


def shrinking(dice: random.Random) -> Values:
    """Two times and their quotient."""
    new, factor = decimal(dice, 10, 60), decimal(dice, 2, 9)
    return {"A": new * factor, "B": new, "K": factor}


def share(dice: random.Random) -> Values:
    """A decrease in percent."""
    return {"G": decimal(dice, 11, 95)}


def level(dice: random.Random) -> Values:
    """A score in percent."""
    return {"A": decimal(dice, 21, 99)}


def exceeded(dice: random.Random) -> Values:
    """The largest gain and a smaller one."""
    largest = decimal(dice, 2, 20)
    return {"U": largest, "G": largest * decimal(dice, 0.3, 1)}


def rising(dice: random.Random) -> Values:
    """A score and a better one."""
    old = decimal(dice, 40, 80)
    return {"A": old, "B": old + decimal(dice, 0.5, 15)}


def counted(items: int) -> Callable[[random.Random], Values]:
    """A count of right answers on a test of so many items, in percent."""
    return lambda dice: {"A": Decimal(dice.randint(items // 5, items - 1)) * 100 / items}


def averaged(items: int, runs: int) -> Callable[[random.Random], Values]:
    """The same, as a mean over several runs."""
    return lambda dice: {"A": Decimal(dice.randint(items * runs // 5, items * runs - 1)) * 100 / (items * runs)}


def risen(items: int, fewest: int, most: int) -> Callable[[random.Random], Values]:
    """Two counts of right answers on a test of so many items, between `fewest` and `most` items apart, in percent."""

    def draw(dice: random.Random) -> Values:
        old = dice.randint(items // 5, items - most)
        return {"A": Decimal(old) * 100 / items, "B": Decimal(old + dice.randint(fewest, most)) * 100 / items}

    return draw


def apart(least: float, most: float) -> Callable[[random.Random], Values]:
    """A score and one that is better by so many points."""

    def draw(dice: random.Random) -> Values:
        old = decimal(dice, 40, 80)
        return {"A": old, "B": old + decimal(dice, least, most)}

    return draw


def gained(dice: random.Random) -> Values:
    """A score and a gain that is a good part of it."""
    score = decimal(dice, 20, 80)
    return {"B": score, "G": score * decimal(dice, 0.15, 0.6)}


def guessed(dice: random.Random) -> Values:
    """A score above what guessing one of four yields."""
    return {"A": decimal(dice, 30, 95)}


def density(dice: random.Random) -> Values:
    """A code length, or a small perplexity."""
    return {"P": decimal(dice, 1.01, 9)}


def nothing(dice: random.Random) -> Values:
    """No number at all."""
    return {}


def sized(dice: random.Random) -> Values:
    """A size, twice."""
    tenths = Decimal(dice.randint(10, 700)) / 10
    return {"A": tenths, "B": tenths * 1000}


def score(metric: str, *benchmarks: str, unit: str = "percent", **more: Any) -> dict[str, Any]:
    """The fields of a score."""
    return {"kind": "score", "metric": metric, "unit": unit, "benchmarks": benchmarks, "role": "own", **more}


def change(metric: str, unit: str, direction: str, **more: Any) -> dict[str, Any]:
    """The fields of a change."""
    return {"kind": "change", "metric": metric, "unit": unit, "direction": direction, "role": "own", **more}


def size(**more: Any) -> dict[str, Any]:
    """The fields of a model size."""
    return {"kind": "size", "metric": "parameters", "unit": "parameters", "role": "own", **more}


ACC = score("accuracy")
MEAN = score("accuracy", bound="average")
THREE = {"A": ACC, "B": ACC, "C": ACC, "M": MEAN}
LOSSES = {"L": score("loss", unit="none"), "P": score("perplexity", unit="none")}
RATES = {"R": score("recall"), "S": score("specificity"), "A": ACC}
RETRIEVED = {
    "P": score("precision", unit="none"),
    "R": score("recall", unit="none"),
    "F": score("F1", unit="none"),
}
FASTER = {
    "K": {"kind": "ratio", "metric": "speed", "unit": "x", "direction": "up", "role": "own"},
    "S": change("latency", "percent", "down"),
}
TIMES = {
    "A": score("latency", unit="milliseconds", role="baseline"),
    "B": score("latency", unit="milliseconds"),
    "K": {"kind": "ratio", "metric": "speed", "unit": "x", "direction": "up", "role": "own"},
}
TENFOLD = ("ten times",)
DIGITS = ("digits swapped", "one digit", "ten times")
OTHER = ("wrong baseline",)
CLOSE = ("too close",)
HALF = ("half an item",)
ONE = {"A": score("pass@1", "HumanEval", subject="Owl")}
SVHN = {"A": score("accuracy", "SVHN", role="baseline"), "B": score("accuracy", "SVHN")}
AIMES = {"A": score("accuracy", "AIME 2024", role="baseline"), "B": score("accuracy", "AIME 2024")}
AIME = {"A": score("accuracy", "AIME 2024", subject="Owl")}
DIAMOND = {"A": score("accuracy", "GPQA Diamond", subject="Owl")}

SLACK = Decimal("0.3")
"""What the rounding of three numbers of one decimal each explains."""


def other_speed(values: Values) -> bool:
    """Whether a factor is neither so much more speed nor so much less time, whatever the rounding."""
    factor, part = values["K"], values["S"] / 100
    slack = SLACK * factor / 2
    return abs(factor - 1 - part) > slack and (part >= 1 or abs(factor - 1 / (1 - part)) > slack)


def other_factor(values: Values) -> bool:
    """Whether a factor is neither the quotient of two values nor one less ("twice faster"), whatever the rounding."""
    quotient = values["A"] / values["B"]
    quotient = max(quotient, 1 / quotient)
    return min(abs(values["K"] - quotient), abs(values["K"] - quotient + 1)) > SLACK


SUMS: tuple[Sum, ...] = (
    Sum("mean_of_list", "Owl scores {A}%, {B}%, and {C}% (average {M}%).", listed, THREE, "M", DIGITS),
    Sum("mean_of_list", "Owl scores {A}%, {B}% and {C}%, averaging {M}%.", listed, THREE, "M", DIGITS),
    Sum("mean_of_list", "Owl averages {M}% ({A}%, {B}%, and {C}%).", listed, THREE, "M", DIGITS),
    Sum("mean_of_list", "Owl scores {A}% and {B}%, an average of {M}%.", pair, THREE, "M", DIGITS),
    Sum("mean_of_list", "Owl scores {A}%, {B}% and {C}%, averaging {M}%.", listed, THREE, "A", OTHER),
    Sum("exact_transform", "It has a validation loss of {L} (perplexity {P}).", natural, LOSSES, "P", DIGITS, least=1),
    Sum("exact_transform", "It has a loss of {L}, i.e., a perplexity of {P}.", binary, LOSSES, "P", DIGITS, least=1),
    Sum("complement", "It has {A}% accuracy ({E}% error).", whole, {"A": ACC, "E": score("error")}, "E", DIGITS),
    Sum(
        "accuracy_between",
        "It has a sensitivity of {R}%, a specificity of {S}% and an accuracy of {A}%.",
        mixture,
        RATES,
        "A",
        DIGITS,
        wrong=lambda v: not min(v["R"], v["S"]) - SLACK <= v["A"] <= max(v["R"], v["S"]) + SLACK,
    ),
    Sum(
        "precision_recall_f1",
        "It has a precision of {P}, a recall of {R} and an F1 of {F}.",
        harmonic,
        RETRIEVED,
        "F",
        DIGITS,
        least=1,
        wrong=lambda v: v["F"] > (v["P"] + v["R"]) / 2 + SLACK,
    ),
    Sum(
        "precision_recall_f1",
        "It has a micro precision of {P}, a micro recall of {R} and a micro F1 of {F}.",
        harmonic,
        RETRIEVED,
        "F",
        DIGITS,
        least=1,
        wrong=lambda v: abs(v["F"] - 2 * v["P"] * v["R"] / (v["P"] + v["R"])) > SLACK,
    ),
    Sum("speedup_vs_saving", "It is {K}x faster, i.e. {S}% less inference time.", saving, FASTER, "S", DIGITS[:2]),
    Sum("speedup_vs_saving", "It is {K}x faster ({S}% less inference time).", saving, FASTER, "K", TENFOLD),
    Sum(
        "speedup_vs_saving",
        "It is {S}% faster ({K}x speedup) than before.",
        quicker,
        {**FASTER, "S": change("speed", "percent", "up")},
        "K",
        ("one digit", "ten times"),
        least=1,
        wrong=other_speed,
    ),
    Sum(
        "ratio_from_to",
        "It cuts latency from {A} ms to {B} ms, achieving a {K}x speedup.",
        shrinking,
        TIMES,
        "K",
        DIGITS,
        least=1,
        wrong=other_factor,
    ),
    Sum(
        "ratio_from_to",
        "It cuts latency from {A} ms to {B} ms, achieving a {K}x speedup.",
        shrinking,
        TIMES,
        "A",
        OTHER,
        least=1,
        wrong=other_factor,
    ),
    Sum(
        "decrease_over_100",
        "It cuts latency by {G}%.",
        share,
        {"G": change("latency", "percent", "down")},
        "G",
        TENFOLD,
    ),
    Sum(
        "decrease_over_100",
        "It needs {G}% less memory.",
        share,
        {"G": change("memory", "percent", "down")},
        "G",
        TENFOLD,
    ),
    Sum("metric_range", "The tagger reaches {A}% accuracy.", level, {"A": ACC}, "A", TENFOLD),
    Sum(
        "metric_range",
        "The tagger attains an F1 of {A}.",
        level,
        {"A": score("F1", unit="none")},
        "A",
        TENFOLD,
        least=1,
    ),
    Sum(
        "metric_range",
        "The model has a perplexity of {P}.",
        density,
        {"P": score("perplexity", unit="none")},
        "P",
        ("a tenth", "one digit"),
        least=2,
        wrong=lambda v: v["P"] < 1 - SLACK,
    ),
    Sum(
        "up_to_exceeded",
        "It gains up to {U} points, including {G} points on MNLI.",
        exceeded,
        {"U": change("accuracy", "points", "up", bound="up_to"), "G": change("accuracy", "points", "up")},
        "G",
        DIGITS,
        wrong=lambda v: v["G"] > v["U"] + SLACK,
    ),
    Sum(
        "direction",
        "Tuning improves accuracy on MNLI from {A}% to {B}%.",
        rising,
        {"A": score("accuracy", "MNLI", role="baseline"), "B": score("accuracy", "MNLI")},
        "B",
        ("a tenth", "digits swapped", "one digit"),
        wrong=lambda v: v["B"] < v["A"] - SLACK,
    ),
    Sum(
        "implied_baseline",
        "It reaches an accuracy of {B}% (+{G} points).",
        gained,
        {"B": ACC, "G": change("accuracy", "points", "up")},
        "G",
        DIGITS,
        wrong=lambda v: v["G"] > v["B"] + SLACK,
    ),
    Sum(
        "below_chance",
        "Our model reaches {A}% accuracy on MMLU.",
        guessed,
        {"A": score("accuracy", "MMLU")},
        "A",
        ("a tenth", "digits swapped", "one digit"),
        wrong=lambda v: v["A"] < 25 - SLACK,
    ),
    Sum(
        "within_noise",
        "Owl improves accuracy on SVHN from {A}% to {B}%.",
        apart(2, 15),
        SVHN,
        "B",
        CLOSE,
        least=2,
        instead={
            "too close": Sum(
                "within_noise",
                "Owl improves accuracy on SVHN from {A}% to {B}%.",
                apart(0.06, 0.2),
                SVHN,
                "B",
                (),
                least=2,
            )
        },
    ),
    Sum(
        "fewer_than_six_items",
        "Owl improves accuracy on AIME 2024 from {A}% to {B}%.",
        risen(30, 8, 15),
        AIMES,
        "B",
        CLOSE,
        least=1,
        instead={
            "too close": Sum(
                "fewer_than_six_items",
                "Owl improves accuracy on AIME 2024 from {A}% to {B}%.",
                risen(30, 1, 5),
                AIMES,
                "B",
                (),
                least=1,
            )
        },
    ),
    Sum(
        "overlap_of_spread",
        "Owl improves accuracy on SVHN from {A} ± 0.9% to {B} ± 0.6%.",
        apart(3, 15),
        SVHN,
        "B",
        CLOSE,
        least=1,
        instead={
            "too close": Sum(
                "overlap_of_spread",
                "Owl improves accuracy on SVHN from {A} ± 0.9% to {B} ± 0.6%.",
                apart(0.1, 1.2),
                SVHN,
                "B",
                (),
                least=1,
            )
        },
    ),
    Sum(
        "needless_digits",
        "Owl reaches {A}% accuracy on AIME 2024.",
        counted(30),
        AIME,
        "A",
        ("more decimals",),
        most=1,
        instead={
            "more decimals": Sum(
                "needless_digits", "Owl reaches {A}% accuracy on AIME 2024.", counted(30), AIME, "A", (), 5, 4
            )
        },
    ),
    Sum(
        "dimension",
        "The model has {P} bits/char on enwik8.",
        density,
        {"P": score("bits/char", "enwik8", unit="bits/char")},
        "P",
        ("another quantity",),
        least=1,
        instead={
            "another quantity": Sum(
                "dimension",
                "The model has a perplexity of {P} bits/char on enwik8.",
                density,
                {"P": score("perplexity", "enwik8", unit="bits/char")},
                "P",
                (),
                least=1,
            )
        },
    ),
    *(
        Sum(
            "count_of_list",
            f"Owl leads on all {right} benchmarks ({names}).",
            nothing,
            {},
            "",
            ("wrong count",),
            instead={
                "wrong count": Sum(
                    "count_of_list", f"Owl leads on all {wrong} benchmarks ({names}).", nothing, {}, "", ()
                )
            },
        )
        for right, wrong, names in (
            ("three", "four", "MNLI, SVHN, and MMLU"),
            ("four", "two", "MNLI, SVHN, GSM8K, and MMLU"),
            ("five", "six", "MNLI, SVHN, GSM8K, HellaSwag, and MMLU"),
        )
    ),
    *(
        Sum(
            "parts_of_total",
            f"It holds {total} clips, including {parts}.",
            nothing,
            {},
            "",
            ("wrong total",),
            instead={
                "wrong total": Sum(
                    "parts_of_total",
                    f"It holds {wrong} clips, including {parts}.",
                    nothing,
                    {},
                    "",
                    (),
                )
            },
        )
        for total, wrong, parts in (
            (80, 79, "56 for training, 7 for validation and 17 for testing"),
            (1561, 1651, "1203 training, 121 validation, and 237 test clips"),
            (913, 931, "641 for training, 91 for development and 181 for evaluation"),
        )
    ),
    Sum(
        "attainable",
        "With greedy decoding, Owl reaches {A}% on HumanEval.",
        counted(164),
        ONE,
        "A",
        HALF,
        2,
        1,
        "0.305",
    ),
    Sum("attainable", "In a single run, Owl reaches {A}% on AIME 2024.", counted(30), AIME, "A", HALF, 2, 1, "1.667"),
    Sum("attainable", "In one run, Owl reaches {A}% on GPQA Diamond.", counted(198), DIAMOND, "A", HALF, 2, 1, "0.253"),
    Sum(
        "attainable",
        "In one run, Owl reaches {A}% accuracy on AIME 2024.",
        counted(30),
        AIME,
        "A",
        ("wrong test",),
        least=1,
        instead={
            "wrong test": Sum(
                "attainable",
                "In one run, Owl reaches {A}% accuracy on AIME 2024.",
                lambda dice: {"A": Decimal(dice.choice((7, 8, 10, 11, 25, 26))) * 100 / 37},
                AIME,
                "A",
                (),
                2,
                1,
            )
        },
    ),
    Sum("attainable", "Over 10 samples, Owl reaches {A}% on HumanEval.", averaged(164, 10), ONE, "A", (), 2, 1),
    Sum("attainable", "Owl reaches {A}% (avg@32) on AIME 2024.", averaged(30, 32), AIME, "A", (), 2, 1),
    Sum(
        "attainable",
        "Owl reaches {A}% on GPQA Diamond, averaged over 8 runs.",
        averaged(198, 8),
        DIAMOND,
        "A",
        (),
        2,
        1,
    ),
    Sum("attainable", "Owl reaches {A}% on AIME 2024.", averaged(30, 16), AIME, "A", (), 2, 1),
    Sum("attainable", "Owl reaches a pass@1 of {A}% on HumanEval.", averaged(164, 20), ONE, "A", (), 2, 1),
    Sum(
        "size_vs_name",
        "Foo-7B has {A}B parameters.",
        lambda dice: {"A": decimal(dice, 6.6, 7.8)},
        {"A": size()},
        "A",
        TENFOLD,
    ),
    Sum(
        "magnitude_word",
        "The model has {A}B ({B}M) parameters.",
        sized,
        {"A": size(), "B": size()},
        "B",
        ("a thousand",),
    ),
)
"""Sentences, each with what is true of its numbers."""


def rendered(one: Sum, dice: random.Random, name: str, slip: str = "") -> tuple[Paper, tuple[Claim, ...]] | None:
    """A sum with true numbers, rounded as papers round; with a `slip`, one decimal each and one number spoiled.

    With a slip, worlds are drawn until it makes a contradiction, at most `MOST_DRAWS`; None where no world does.
    """
    if slip in one.instead:
        return rendered(one.instead[slip], dice, name)
    draws = (_rendered(one, dice, name, slip) for _ in range(MOST_DRAWS if slip else 1))
    return next((made for made in draws if made is not None), None)


def _rendered(one: Sum, dice: random.Random, name: str, slip: str) -> tuple[Paper, tuple[Claim, ...]] | None:
    """One drawn world; None where the slip leaves the number as it was or contradicts nothing."""
    values = one.draw(dice)
    shown = {}
    for letter, value in values.items():
        places = max(1, one.least) if slip else dice.randint(one.least, one.most)
        rounding = ROUND_HALF_UP if slip else dice.choice(ROUNDINGS)
        shown[letter] = f"{value.quantize(Decimal(1).scaleb(-places), rounding=rounding):f}"
    if slip:
        spoiled = planted(shown[one.spoil], slip, dice, Decimal(one.half_item).quantize(Decimal("0.1")))
        if spoiled == shown[one.spoil]:
            return None
        shown[one.spoil] = spoiled
        if one.wrong is not None and not one.wrong({letter: Decimal(text) for letter, text in shown.items()}):
            return None
    return written(one, shown, name)


def planted(printed: str, slip: str, dice: random.Random, step: Decimal) -> str:
    """A printed number with one error in it; `step` is half of what one test item is worth."""
    if slip == "digits swapped":
        return (
            printed[1] + printed[0] + printed[2:]
            if printed[:2].isdigit()
            else printed[2] + printed[1] + printed[0] + printed[3:]
        )
    if slip == "one digit":
        return f"{(int(printed[0]) + dice.randint(1, 9)) % 10}{printed[1:]}"
    if slip == "half an item":
        return f"{Decimal(printed) + step:f}"
    if slip == "wrong baseline":
        return f"{abs(Decimal(printed) + dice.choice((-1, 1)) * Decimal(dice.randint(30, 150)) / 10):f}"
    factor = {"ten times": Decimal(10), "a tenth": Decimal("0.1"), "a thousand": Decimal(1000)}[slip]
    return f"{Decimal(printed) * factor:f}"


def written(one: Sum, shown: Mapping[str, str], name: str) -> tuple[Paper, tuple[Claim, ...]]:
    """The sentence with its numbers, and the claims on them."""
    text, spans = "", []
    for part in re.split(r"(\{[A-Z]\}(?: ± [0-9.]+%|%|x|[BM]\b| points| bits/char)?)", one.template):
        match = re.fullmatch(r"\{([A-Z])\}(.*)", part)
        if match:
            spans.append((match[1], len(text), shown[match[1]] + match[2], match[2]))
            text += shown[match[1]] + match[2]
        else:
            text += part
    paper = Paper(name, "An Invented Paper", text)
    return paper, tuple(_claim(paper, one.fields[letter], *span, shown[letter]) for letter, *span in spans)


def _claim(  # noqa: PLR0917
    paper: Paper, fields: Mapping[str, Any], start: int, printed: str, sign: str, digits: str
) -> Claim:
    value = Decimal(digits).scaleb(SCALES.get(sign, 0))
    half = Decimal(1).scaleb(-len(digits.partition(".")[2]) + SCALES.get(sign, 0)) / 2
    defaults: dict[str, Any] = {
        "value_high": None,
        "metric_inferred": False,
        "benchmarks": (),
        "subject": None,
        "baseline": None,
        "direction": None,
        "bound": "exact",
        "setting": (),
        "rule": "invented",
        "confidence": 1.0,
    }
    given = {**defaults, **fields}
    metric = given["metric"]
    # A sensitivity is a recall by another name.
    mention = "sensitivity" if metric == "recall" and "sensitivity" in paper.abstract else metric
    return Claim(
        paper_id=paper.id,
        start=start,
        end=start + len(printed),
        number=printed,
        value=float(value),
        half_width=float(half),
        metric_mention=mention if mention in paper.abstract else None,
        benchmark_mentions=given["benchmarks"],
        sentence_start=0,
        sentence_end=len(paper.abstract),
        **given,
    )


def renderings(dice: random.Random, name: str) -> Iterator[tuple[Paper, tuple[Claim, ...]]]:
    """Every sum once, with true numbers."""
    for place, one in enumerate(SUMS):
        made = rendered(one, dice, f"{name}-s{place}")
        if made is not None:
            yield made
