"""Lists, brackets, movements, and how names and numbers are joined."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaderboard.parsing.document import Document
from leaderboard.parsing.kinds import connector, cue
from leaderboard.parsing.structure import Frame, frame, list_ends, pattern, tightness
from leaderboard.parsing.tokens import Token

Apart = Callable[[str], Document]


def line(take_apart: Apart, text: str) -> tuple[list[Token], Frame]:
    """The tokens of a sentence and its lists, all numbers counting."""
    document = take_apart(text)
    sentence = document.tokens[0]
    return sentence, frame(sentence, [i for _, i in document.places])


def words(sentence: list[Token], runs: tuple[tuple[int, ...], ...]) -> list[list[str]]:
    return [[sentence[i].text for i in run] for run in runs]


def pairs(sentence: list[Token], relation: dict[int, int]) -> dict[str, str]:
    return {sentence[i].text: sentence[j].text for i, j in relation.items()}


def test_two_lists_of_equal_length_with_brackets(take_apart: Apart) -> None:
    text = "The accuracy is 81.8% (+5.9%), 34.7% (+5.8%), and 76.4% on ImageNet, CIFAR-10, and COCO, respectively."
    sentence, lists = line(take_apart, text)
    assert words(sentence, lists.runs) == [["81.8%", "34.7%", "76.4%"]]
    assert words(sentence, lists.names) == [["ImageNet", "CIFAR-10", "COCO"]]
    assert words(sentence, lists.metrics) == [["accuracy"]]
    assert pairs(sentence, lists.parent) == {"+5.9%": "81.8%", "+5.8%": "34.7%"}
    assert [lists.run[i] for i in lists.runs[0]] == [(0, 0), (0, 1), (0, 2)]
    assert lists.respectively


def test_no_respectively(take_apart: Apart) -> None:
    assert not line(take_apart, "It has 17.6 and 21.7 BLEU.")[1].respectively


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("It has 17.6 and 21.7 BLEU.", [["17.6", "21.7"]]),
        ("It has 17.6/21.7/30.2 BLEU.", [["17.6", "21.7", "30.2"]]),
        ("It has 17.6, 21.7 and 30.2 BLEU.", [["17.6", "21.7", "30.2"]]),
        ("It has 17.6 BLEU and, later on, 21.7 BLEU.", [["17.6"], ["21.7"]]),
        ("It has 84.5% on ImageNet and 51.2% on COCO.", [["84.5%"], ["51.2%"]]),
        ("It has 84.5% (of all) and 51.2% there.", [["84.5%", "51.2%"]]),
    ],
)
def test_lists_of_numbers(take_apart: Apart, text: str, runs: list[list[str]]) -> None:
    sentence, lists = line(take_apart, text)
    assert words(sentence, lists.runs) == runs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It has 84.5% on ImageNet and COCO.", [["ImageNet", "COCO"]]),
        ("It has 84.5% on ImageNet, COCO and FroodBench.", [["ImageNet", "COCO", "FroodBench"]]),
        ("It has 84.5% on ImageNet (84.5%), COCO (51.2), and SQuAD (90.1).", [["ImageNet", "COCO", "SQuAD"]]),
        ("It has 84.5% on ImageNet and 51.2% on COCO.", [["ImageNet"], ["COCO"]]),
        ("It has 84.5% on ImageNet with COCO.", [["ImageNet"], ["COCO"]]),
    ],
)
def test_lists_of_names_never_cross_a_number(take_apart: Apart, text: str, names: list[list[str]]) -> None:
    sentence, lists = line(take_apart, text)
    assert words(sentence, lists.names) == names


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("It rises from 77.5% to 83.9% on ImageNet.", {"83.9%": "77.5%"}),
        ("It rises from 77.5% on ImageNet to 83.9% there.", {"83.9%": "77.5%"}),
        ("It rises from 77.5% to 83.9% and from 60.2% to 61.4%.", {"83.9%": "77.5%", "61.4%": "60.2%"}),
        ("It rises (77.5% -> 83.9%) there.", {"83.9%": "77.5%"}),
        ("It has 77.5% and 83.9% there.", {}),
        ("It has 77.5%, compared to 83.9% there.", {}),
    ],
)
def test_movements(take_apart: Apart, text: str, partner: dict[str, str]) -> None:
    sentence, lists = line(take_apart, text)
    assert pairs(sentence, lists.partner) == partner
    ends = {number for run in words(sentence, lists.runs) for number in run}
    assert not ends & set(partner.values()), "what was left behind stands in no list"


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("It has 84.5% (+2.1%) there.", {"+2.1%": "84.5%"}),
        ("It has 95.1 (94.2 for the other) there.", {"94.2": "95.1"}),
        ("It has 84.5% (85.1% and 86.2% later) there.", {"85.1%": "84.5%", "86.2%": "84.5%"}),
        ("It has 84.5% there, as all of us know (see the 12 pages).", {}),
        ("On ImageNet (84.5%) and COCO (51.2%) it wins.", {}),
    ],
)
def test_bracketed_children(take_apart: Apart, text: str, parent: dict[str, str]) -> None:
    sentence, lists = line(take_apart, text)
    assert pairs(sentence, lists.parent) == parent


def test_only_the_numbers_that_count_are_listed(take_apart: Apart) -> None:
    document = take_apart("It has 17.6, 21.7 and 30.2 BLEU.")
    sentence = document.tokens[0]
    numbers = [i for _, i in document.places]
    assert words(sentence, frame(sentence, numbers[1:]).runs) == [["21.7", "30.2"]]
    assert frame(sentence, []).runs == ()


@pytest.mark.parametrize(
    ("text", "name", "how", "close"),
    [
        ("There is 84.5% accuracy.", "accuracy", "R ", "R0"),
        ("The accuracy of 84.5% is high.", "accuracy", "L of", "Ltight"),
        ("The accuracy is about 84.5% there.", "accuracy", "L is", "Ltight"),
        ("The accuracy on the test set reaches 84.5% there.", "accuracy", "L on w RCH", "Lnear"),
        ("It has 84.5% on ImageNet.", "ImageNet", "R on", "Ron"),
        ("It has 84.5% on the popular ImageNet.", "ImageNet", "R on", "Ron"),
        ("On ImageNet and with care, it has 84.5% there.", "ImageNet", "L and with w , w", "Lfar"),
        ("It has 84.5% or 85.1% on ImageNet.", "ImageNet", "R or <Q> on", "RnearQ"),
        ("It gains in accuracy by 3.1% there.", "accuracy", "L by", "Lby"),
        ("It has a 3.1% improvement in accuracy.", "accuracy", "R GAIN in", "RGAIN+"),
        ("ImageNet (84.5%) is hard.", "ImageNet", "L ", "L0"),
        ("The accuracy rises from 77.5% to 83.9% there.", "accuracy", "L CHG from", "Lnear"),
    ],
)
def test_how_a_name_and_a_number_are_joined(take_apart: Apart, text: str, name: str, how: str, close: str) -> None:
    document = take_apart(text)
    sentence = document.tokens[0]
    i = document.places[0][1]
    j = next(k for k, token in enumerate(sentence) if token.text == name)
    assert pattern(sentence, i, j, cue) == how
    assert tightness(how) == close


def test_a_long_way_keeps_its_ends(take_apart: Apart) -> None:
    text = "On ImageNet, and then, with care, by many, for all, it has 84.5% there."
    document = take_apart(text)
    how = pattern(document.tokens[0], document.places[0][1], 1, cue)
    assert how.startswith("L ")
    assert ".." in how.split()
    assert len(how.split()) == 6


def test_what_joins_two_numbers(take_apart: Apart) -> None:
    document = take_apart("It has 17.6 and 21.7 BLEU, while the older one with the same data had 30.2 BLEU.")
    sentence = document.tokens[0]
    a, b, c = (i for _, i in document.places)
    assert connector(sentence, a, b) == "and"
    assert connector(sentence, b, c) == "~, while with"


@pytest.mark.parametrize(
    ("text", "number", "ends"),
    [
        ("It is by 5.1%, 6.2% and 18.3% smaller.", "6.2%", ("by", "smaller")),
        ("It is by 5.1%, 6.2% and 18.3% smaller.", "18.3%", ("by", "smaller")),
        ("It has 84.5% accuracy.", "84.5%", ("has", "<M>")),
    ],
)
def test_what_stands_around_a_list_is_said_of_all(
    take_apart: Apart, text: str, number: str, ends: tuple[str, str]
) -> None:
    sentence, _ = line(take_apart, text)
    at = next(i for i, t in enumerate(sentence) if t.text == number)
    before, behind = list_ends(sentence, at)
    assert (sentence[before].low, sentence[behind].low) == ends


def test_a_list_ends_behind_its_and(take_apart: Apart) -> None:
    text = "On ImageNet and CIFAR-10, COCO aside, it gains 3% and 4%; on ImageNet, CIFAR-10 and COCO it gains 5%."
    sentence, lists = line(take_apart, text)
    assert words(sentence, lists.names) == [["ImageNet", "CIFAR-10"], ["COCO"], ["ImageNet", "CIFAR-10", "COCO"]]
