"""Every form in which papers print numbers, what is no quantity, ranges, shared units and bounds."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.parsing.number_words import stems
from leaderboard.parsing.quantities import quantities
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.text import clean, lowered


def read(text: str) -> list[Quantity]:
    return apart(clean(text), [])


def apart(text: str, names: list[tuple[int, int]]) -> list[Quantity]:
    return quantities(text, lowered(text), names)


def one(text: str) -> tuple[str, Quantity]:
    """The only quantity of a text and its words there."""
    found = read(text)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return text[found[0].start : found[0].end], found[0]


FORMS: list[tuple[str, str, float, str]] = [
    ("It reaches 84.5% accuracy.", "84.5%", 84.5, "percent"),
    ("It reaches 84.5 percent.", "84.5 percent", 84.5, "percent"),
    (r"It reaches 90.6\% accuracy.", r"90.6\%", 90.6, "percent"),
    ("It gains +5.9% over it.", "+5.9%", 5.9, "percent"),
    ("It gains 3.2 percentage points.", "3.2 percentage points", 3.2, "points"),
    ("It gains 3.2 points.", "3.2 points", 3.2, "points"),
    ("It gains 3.2% points.", "3.2% points", 3.2, "points"),
    ("It gains 2 pp in all.", "2 pp", 2, "points"),
    ("It gains 0.6 BLEU points.", "0.6 BLEU points", 0.6, "points"),
    ("It gains 20+ points.", "20+ points", 20, "points"),
    ("It moves by −2.5 points.", "−2.5 points", 2.5, "points"),
    ("It is 3x faster.", "3x", 3, "x"),
    ("It is 3X faster.", "3X", 3, "x"),
    ("It is 3× faster.", "3×", 3, "x"),
    ("It is 3-fold faster.", "3-fold", 3, "x"),
    ("It is 2.3 times faster.", "2.3 times", 2.3, "x"),
    ("It is 129times faster.", "129times", 129, "x"),
    (r"It is $2.3\times$ faster.", r"2.3\times", 2.3, "x"),
    ("It is three times faster.", "three times", 3, "x"),
    ("It is twofold faster.", "twofold", 2, "x"),
    ("It is twice as fast.", "twice", 2, "x"),
    ("It doubles the speed.", "doubles", 2, "x"),
    ("It is an order of magnitude faster.", "an order of magnitude", 10, "x"),
    ("It is two orders of magnitude faster.", "two orders of magnitude", 100, "x"),
    ("It needs half the memory.", "half", 0.5, "x"),
    ("It cuts memory by half.", "half", 50, "percent"),
    ("It halves the cost.", "halves", 0.5, "x"),
    ("It cuts the cost by two-thirds.", "two-thirds", 66.67, "percent"),
    ("It cuts the cost by a quarter.", "a quarter", 25, "percent"),
    ("It is 2 orders of magnitude faster.", "2 orders of magnitude", 100, "x"),
    ("It sees 2.5 Billion steps.", "2.5 Billion", 2.5e9, "none"),
    ("A 150m parameter model is used.", "150m", 150e6, "parameters"),
    ("It gains 4.1 accuracy points.", "4.1 accuracy points", 4.1, "points"),
    ("It runs at 200 Hz alone.", "200 Hz", 200, "Hz"),
    ("It crawls at 2.2 mm/s there.", "2.2 mm/s", 2.2, "mm/s"),
    ("The error is 9.5 mmHg here.", "9.5 mmHg", 9.5, "mmHg"),
    (r"The error is 25.7$^\circ$ here.", r"25.7$^\circ", 25.7, "degrees"),
    (r"The error is 5.1{\deg} here.", r"5.1{\deg", 5.1, "degrees"),
    ("We hold 80-instance sets.", "80", 80, "examples"),
    ("It runs with a speed-up of x1.4 there.", "x1.4", 1.4, "x"),
    ("It runs with a speed-up of ×2.5 there.", "×2.5", 2.5, "x"),
    ("It draws even up to x60+ higher images.", "x60+", 60, "x"),
    ("It needs only 1/3 evaluation time.", "1/3", 1 / 3, "x"),
    ("It sees 1/5 of the training data.", "1/5", 0.2, "x"),
    ("It sees 1/20th of the data.", "1/20th", 0.05, "x"),
    ("It rose to 0.400@Seen there.", "0.400", 0.4, "none"),
    ("It uses one third of the data.", "one third", 1 / 3, "x"),
    ("It uses two-thirds of the data.", "two-thirds", 2 / 3, "x"),
    ("It uses a quarter of the steps.", "a quarter", 0.25, "x"),
    ("A correlation of .85 is seen.", ".85", 0.85, "none"),
    ("A perplexity of 18.3 is seen.", "18.3", 18.3, "none"),
    ("The set holds 1,234 samples.", "1,234", 1234, "examples"),
    ("The set holds 1, 234 samples.", "1, 234", 1234, "examples"),
    ("The set holds 1,234,567 images.", "1,234,567", 1234567, "examples"),
    ("The set holds 12K pairs.", "12K", 12000, "examples"),
    ("It uses ten million pairs.", "ten million", 1e7, "examples"),
    ("It has 1.5 million pairs.", "1.5 million", 1.5e6, "examples"),
    ("It sees 300B tokens.", "300B", 3e11, "tokens"),
    ("It has 22.4B parameters.", "22.4B", 2.24e10, "parameters"),
    ("A 7B model is used.", "7B", 7e9, "parameters"),
    ("A 13-billion-parameter model.", "13-billion", 1.3e10, "parameters"),
    (r"A \textgreater 13B model is used.", "13B", 1.3e10, "parameters"),
    ("It costs $10 per run.", "$10", 10, "dollars"),
    ("It costs $1.5 million in all.", "$1.5 million", 1.5e6, "dollars"),
    ("Training takes 64 GPU hours.", "64 GPU hours", 64, "gpu-hours"),
    ("Training takes 64 GPU-hours.", "64 GPU-hours", 64, "gpu-hours"),
    ("Training takes 12 GPU-days.", "12 GPU-days", 12, "gpu-days"),
    ("It takes 35 ms.", "35 ms", 35, "milliseconds"),
    ("It takes 35ms.", "35ms", 35, "milliseconds"),
    ("It takes 2.5 s.", "2.5 s", 2.5, "seconds"),
    ("It takes 5 minutes.", "5 minutes", 5, "minutes"),
    ("It takes three minutes.", "three minutes", 3, "minutes"),
    ("It runs at 30 FPS.", "30 FPS", 30, "fps"),
    ("It runs at 30 frames per second.", "30 frames per second", 30, "fps"),
    ("It needs 16 GB of memory.", "16 GB", 1.6e10, "bytes"),
    ("It needs 4.1 GFLOPs.", "4.1 GFLOPs", 4.1e9, "flops"),
    ("It gets 3.28 bits/dim.", "3.28 bits/dim", 3.28, "bits/dim"),
    ("It gets 30.1 dB.", "30.1 dB", 30.1, "dB"),
    ("It reaches 82 ± 4 % accuracy.", "82 ± 4 %", 82, "percent"),
    ("It reaches 82.1 ± 0.4% accuracy.", "82.1 ± 0.4%", 82.1, "percent"),
    ("It reaches 82.1 +/- 0.4% accuracy.", "82.1 +/- 0.4%", 82.1, "percent"),
]


@pytest.mark.parametrize(("text", "printed", "value", "unit"), FORMS, ids=[form[0] for form in FORMS])
def test_forms(text: str, printed: str, value: float, unit: str) -> None:
    words, quantity = one(text)
    assert words == printed
    assert math.isclose(quantity.value, value, rel_tol=1e-12)
    assert quantity.unit == unit
    assert quantity.high is None


RANGES: list[tuple[str, str, float, float, str]] = [
    ("It is 2--3x faster.", "2--3x", 2, 3, "x"),
    ("It is 2-3x faster.", "2-3x", 2, 3, "x"),
    ("It is 2–3× faster.", "2–3×", 2, 3, "x"),
    ("It is 1.2x-2.1x faster.", "1.2x-2.1x", 1.2, 2.1, "x"),
    ("It is 2 to 4 times faster.", "2 to 4 times", 2, 4, "x"),
    ("It is between 2 and 4 times faster.", "2 and 4 times", 2, 4, "x"),
    ("Gains of 40% ~ 80% are seen.", "40% ~ 80%", 40, 80, "percent"),
    ("Gains of 40%-80% are seen.", "40%-80%", 40, 80, "percent"),
    ("Gains of 40-80% are seen.", "40-80%", 40, 80, "percent"),
    ("It rises by between 3% and 5%.", "3% and 5%", 3, 5, "percent"),
    ("Model sizes (100M - 6B) are used.", "100M - 6B", 1e8, 6e9, "parameters"),
    ("Models from 1.3B to 7B are used.", "1.3B to 7B", 1.3e9, 7e9, "parameters"),
    ("Models ranging from 95M to 330M parameters", "95M to 330M", 9.5e7, 3.3e8, "parameters"),
    ("Models of 700M up to 4B are used.", "700M up to 4B", 7e8, 4e9, "parameters"),
    ("Models of 70 million to over 2 billion parameters", "70 million to over 2 billion", 7e7, 2e9, "parameters"),
    ("It is 2 to up to 10 times faster.", "2 to up to 10 times", 2, 10, "x"),
    ("It needs 1-2 orders of magnitude less.", "1-2 orders of magnitude", 10, 100, "x"),
    ("Its accuracy varied widely, from 71% to 80% in all.", "71% to 80%", 71, 80, "percent"),
    ("It uses 9.8% ... 11.6% of it.", "9.8% ... 11.6%", 9.8, 11.6, "percent"),
    ("It saves 20% 35% of the cost.", "20% 35%", 20, 35, "percent"),
    ("It cuts the cost by 10 30% on it.", "10 30%", 10, 30, "percent"),
    ("It is 2.3 17.4x faster.", "2.3 17.4x", 2.3, 17.4, "x"),
    ("It has a small size (12 16M).", "12 16M", 12e6, 16e6, "parameters"),
]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It rises from 45% and 58% to 60% and 71% there.", ["45%", "58%", "60%", "71%"]),
        ("In Setup 3 85% of them are found.", ["3", "85%"]),
        ("It finds 85% 12% of the time.", ["85%", "12%"]),
    ],
)
def test_two_numbers_are_no_range(text: str, printed: list[str]) -> None:
    assert [text[q.start : q.end] for q in read(text)] == printed


@pytest.mark.parametrize(("text", "printed", "low", "high", "unit"), RANGES, ids=[form[0] for form in RANGES])
def test_ranges_are_one_number(text: str, printed: str, low: float, high: float, unit: str) -> None:
    words, quantity = one(text)
    assert (words, quantity.value, quantity.high, quantity.unit) == (printed, low, high, unit)
    assert quantity.form == "range"


def test_a_slash_joins_numbers_with_units() -> None:
    text = "It has 4.5x/2.7x the throughput and gains 12%/22.5% (81.7% v.s.19.4%)."
    assert [(text[q.start : q.end], q.unit) for q in read(text)] == [
        ("4.5x", "x"),
        ("2.7x", "x"),
        ("12%", "percent"),
        ("22.5%", "percent"),
        ("81.7%", "percent"),
        ("19.4%", "percent"),
    ]


def test_the_start_of_a_movement_has_the_percent_sign_of_its_end() -> None:
    assert [(q.value, q.unit) for q in read("The error rose from 3 to 24% there.")] == [(3, "percent"), (24, "percent")]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The accuracy rises from 77.5% to 83.9%.", ["77.5%", "83.9%"]),
        ("It lowers perplexity from 9.64 to 7.23.", ["9.64", "7.23"]),
        ("It obtains 17.6 and 21.7 BLEU.", ["17.6", "21.7"]),
        ("It falls from 80% to 40%.", ["80%", "40%"]),
        ("It gains 1.3, 1.5 and 0.6 points.", ["1.3", "1.5", "0.6 points"]),
    ],
)
def test_movements_and_lists_are_several_numbers(text: str, printed: list[str]) -> None:
    found = read(text)
    assert [text[q.start : q.end] for q in found] == printed
    assert all(q.high is None for q in found)


SILENT = [
    "We train on CIFAR-10 and CIFAR-100.",
    "It beats GPT-4 and GPT-3.5.",
    "It uses ResNet-50, MATH500 and Mixtral 8x7B.",
    "It is measured by R@10, Recall@5 and mAP@0.5.",
    "It is best in top-1 and top-5.",
    "Its F1 is high.",
    "Mazes of 30 x 30 cells are solved.",
    "Images of 256x256 pixels are made.",
    "Images of 256×256 pixels are made.",
    "We use a 5-shot prompt.",
    "We quantise to 4-bit weights.",
    "A 12-layer network with 768-dimensional states",
    "A 10-fold cross-validation is done.",
    "As shown in [1, 38] and [4].",
    "There are two parts: (1) one, and (2) the other.",
    "In 2021 it was proposed.",
    "See Section 3 and Figure 2.",
    "It won the 1st place and the 2nd.",
    "A 3D scene is seen.",
    "It takes O(n^2) in all, or 10^6 steps.",
    "Task 2 of the challenge is solved.",
    "It is tested on seven datasets.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert [text[q.start : q.end] for q in read(text)] == []


HARD_FORMS: list[tuple[str, list[str], str]] = [
    (r"Images of $256 \times 256$ pixels are made.", [], "the sign of a size may stand more than one blank away"),
    (r"It gains 4.5\,\% here.", [r"4.5\,\%"], "the percent sign may stand three blanks away"),
    ("It triples the throughput.", ["triples"], "the verb, not the noun of knowledge graphs"),
    ("It has 7 B parameters.", ["7 B"], "a letter of scale may stand one blank away"),
    ("It was held on 2023-05-12.", [], "a date is no range"),
    ("It won 4/9 tasks.", [], "a count of things studied is no quantity"),
    ("We name them x2 and y3.", [], "a variable with an index is no multiple"),
    ("It sings a 1/3 octave lower.", [], "a fraction of nothing that a system spends is no share"),
    ("It reaches 82.1% (±0.4) of it.", ["82.1%"], "a spread in brackets behind the sign is no number of its own"),
]
"""Texts, the numbers that a reader finds there, and what makes them hard."""


@pytest.mark.parametrize(("text", "printed", "why"), HARD_FORMS, ids=[form[0] for form in HARD_FORMS])
def test_hard_forms(text: str, printed: list[str], why: str) -> None:
    found = [text[q.start : q.end] for q in read(text)]
    assert found == printed, why


def test_digits_inside_names_belong_to_the_name() -> None:
    text = "On FooSet 2 the accuracy is 84.5 in all."
    start = text.index("FooSet 2")
    assert len(apart(text, [])) == 2
    assert [text[q.start : q.end] for q in apart(text, [(start, start + len("FooSet 2"))])] == ["84.5"]


def test_words_inside_names_belong_to_the_name() -> None:
    text = "It runs on Half Moon data."
    assert [q.value for q in apart(text.lower(), [])] == [0.5]
    start = text.index("Half Moon")
    assert apart(text.lower(), [(start, start + len("Half Moon"))]) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("It is 3x faster.", "exact"),
        ("It is up to 3x faster.", "up_to"),
        ("It is as much as 3x faster.", "up_to"),
        ("It is at most 3x slower.", "up_to"),
        ("It loses less than 1% of it.", "up_to"),
        (r"It loses $\leq$ 1% of it.", "up_to"),
        ("It is within 2% of it.", "up_to"),
        ("It takes over 90% of it.", "at_least"),
        ("It takes at least 5 hours.", "at_least"),
        ("It runs at >100 FPS.", "at_least"),
        (r"A \textgreater 13B model is used.", "at_least"),
        ("It gains 20+ points.", "at_least"),
        ("It uses approximately 300M parameters.", "about"),
        ("It takes ~3 hours.", "about"),
        ("It takes around 3 hours.", "about"),
        ("It gets 45.2 on average.", "average"),
        ("It gets an average of 45.2.", "average"),
        ("It gains up to 3.1% on average.", "up_to"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    words, quantity = one(text)
    assert quantity.bound == bound
    assert not set(words) & set("<>~≤≥"), "signs of a bound are no part of the number"


def test_a_list_shares_the_unit_behind_its_last_number() -> None:
    assert [q.unit for q in read("It runs at 124 and 78 FPS.")] == ["fps", "fps"]
    assert [q.unit for q in read("It gains 1.3, 1.5 and 0.6 points.")] == ["points"] * 3
    assert [(q.value, q.unit) for q in read("Models of 7 and 13 billion parameters")] == [
        (7e9, "parameters"),
        (1.3e10, "parameters"),
    ]


def test_a_list_does_not_share_a_percent_sign_or_what_is_far() -> None:
    assert [q.unit for q in read("It obtains 12.5 and gains 78%.")] == ["none", "percent"]
    assert [q.unit for q in read("It obtains 12.5 there, but it runs at 78 FPS.")] == ["none", "fps"]


@pytest.mark.parametrize(
    ("text", "half_width"),
    [
        ("It reaches 84% of it.", 0.5),
        ("It reaches 84.5% of it.", 0.05),
        ("It reaches 84.50% of it.", 0.005),
        ("It has 22.4B parameters.", 5e7),
        ("It has 7B parameters.", 5e8),
    ],
)
def test_printed_precision(text: str, half_width: float) -> None:
    assert math.isclose(one(text)[1].half_width or 0.0, half_width)


def test_words_have_no_printed_precision() -> None:
    assert one("It is three times faster.")[1].half_width is None


def test_the_counted_noun() -> None:
    quantity = one("The set holds 1,234 labelled images of birds.")[1]
    assert (quantity.noun, quantity.unit) == ("labelled images", "examples")
    quantity = one("It covers 853 agentic gadgets in all.")[1]
    assert (quantity.noun, quantity.unit) == ("agentic gadgets", "none")


def test_sign_and_scale_are_kept_as_printed() -> None:
    assert one("It gains +5.9% over it.")[1].sign == "+"
    assert one("It moves by -2.5 points.")[1].sign == "-"
    assert one("It has 22.4B parameters.")[1].scale == "B"
    assert one("It gains 0.6 BLEU points.")[1].word == "BLEU"


@pytest.mark.parametrize("form", [form for form in FORMS if not any(c.isdigit() for c in form[1])], ids=lambda f: f[1])
def test_a_stem_announces_every_number_in_words(form: tuple[str, str, float, str]) -> None:
    assert stems(form[1].lower())


@pytest.mark.parametrize("gap", range(1, 90))
def test_no_number_in_words_is_found_twice(gap: int) -> None:
    text = f"half {'x' * gap} half of it"
    assert [text[q.start : q.end] for q in read(text)] == ["half", "half"]


@given(
    whole=st.integers(0, 9999), decimals=st.integers(0, 3), unit=st.sampled_from(["%", " percent", "x", " points", ""])
)
def test_what_is_printed_is_read(whole: int, decimals: int, unit: str) -> None:
    value = whole / 10**decimals
    printed = f"{value:.{decimals}f}"
    text = f"A value of {printed}{unit} is seen."
    found = read(text)
    if not found:  # a year, without a unit
        assert unit == ""
        assert 1950 <= value < 2050
        return
    assert text[found[0].start : found[0].end] == printed + unit
    assert found[0].value == float(printed)
    assert found[0].half_width == pytest.approx(0.5 * 10**-decimals)


@given(st.text(alphabet="0123456789.,-+%x~±()[] BMKtimesfold$^/") | st.text())
def test_quantities_stand_in_order_and_apart(text: str) -> None:
    found = read(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(math.isfinite(q.value) for q in found)
    assert all(q.high is None or q.value < q.high for q in found)
