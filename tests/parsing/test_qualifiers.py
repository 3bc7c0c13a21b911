"""Directions, owners, rivals and stated conditions of a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaderboard.parsing.document import Document
from leaderboard.parsing.qualifiers import baseline, direction_features, role_features, setting, subject
from leaderboard.parsing.structure import frame

Apart = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "rival"),
    [
        ("It is 3.1% better than ResNet-50 there.", "ResNet-50"),
        ("It gains 3.1% over LLaMA-2 there.", "LLaMA-2"),
        ("Compared with ResNet-50, it gains 3.1% there.", "ResNet-50"),
        ("It outperforms ResNet-50 by 3.1% there.", "ResNet-50"),
        ("It is 3.1% behind the full model.", "full model"),
        ("It is 3x faster than the previous method on ImageNet.", "previous method"),
        ("It gains 3.1% there.", None),
        ("It has 70.2 there (+3.1% over prior work) and wins.", "prior work"),
        ("It gains 3.1% over linear probing and 2.1% over tuning.", "linear probing"),
        ("It is 3x faster than earlier planners while using less memory.", "earlier planners"),
        ("It is 3x faster than earlier planners and reduces their cost.", "earlier planners"),
        ("It is 3x faster than plain planners and sorters.", "plain planners and sorters"),
        ("It beats the earlier planners by up to 3.1% there.", "earlier planners"),
        ("It is 3x stiffer than that of the towel.", "that of the towel"),
    ],
)
def test_what_a_change_is_set_against(take_apart: Apart, text: str, rival: str | None) -> None:
    assert baseline(take_apart(text), 0) == rival


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("It has 84.5% in the 5-shot setting.", ("5-shot",)),
        ("It has 84.5% with five shots.", ("5-shot",)),
        ("It has 84.5% in few-shot learning.", ("few-shot",)),
        ("It has 84.5% in the few-shot (5-shot) setting.", ("5-shot",)),
        ("It has 84.5% zero-shot accuracy.", ("zero-shot",)),
        ("It has 84.5% after fine-tuning.", ("fine-tuned",)),
        ("It has 84.5% on the dev set.", ("dev split",)),
        ("It has 84.5% on the validation set.", ("validation split",)),
        ("It has 84.5% with an ensemble of 4-bit networks.", ("4-bit", "ensemble")),
        ("It has 84.5% at 256x256 pixels.", ("256x256",)),
        ("It has 84.5% on test-clean.", ("test-clean",)),
        ("It has 84.5% in a linear probe.", ("linear probe",)),
        ("It has 84.5% with 1% of the labels.", ("1% labels",)),
        ("It has 84.5% there.", ()),
    ],
)
def test_stated_conditions_in_one_spelling(take_apart: Apart, text: str, conditions: tuple[str, ...]) -> None:
    assert setting(take_apart(text), 0, [0], ()) == conditions


def test_a_condition_belongs_to_the_clause_of_its_number(take_apart: Apart) -> None:
    document = take_apart("It has 84.5% on the dev set, and 83.1% there.")
    assert [setting(document, q, range(2), ()) for q in range(2)] == [("dev split",), ()]
    document = take_apart("It has 84.5% there. On the dev set it has 83.1% in all.")
    assert [setting(document, q, range(2), ()) for q in range(2)] == [(), ("dev split",)]


@pytest.mark.parametrize(
    ("title", "text", "owner"),
    [
        ("", "We propose PlayNet. PlayNet has 84.5% there.", "PlayNet"),
        ("PlayNet: Networks at Play", "It has 84.5% there.", "PlayNet"),
        ("", "We propose PlayNet, a network. Our method has 84.5% there.", "PlayNet"),
        ("", "Our method has 84.5% there.", "Our method"),
        ("", "The new trick has 84.5% there.", None),
        ("", "ToyNet reaches 84.5% there.", "ToyNet"),
        ("", "We propose PlayNet. The larger PlayNet-XL reaches 84.5% there.", "PlayNet-XL"),
        ("", "We introduce FroodBench, a benchmark. It has 84.5% there.", None),
        ("", "Our method has a novel mean average precision (mAP) of 84.5% there.", "Our method"),
        ("COMET: Towels at Play", "COMET has 84.5% there.", "COMET"),
        ("OwlSplat-XL: Owls", "We extend our Owl Splat (OwlSplat). OwlSplat-XL is fast. It has 84.5%.", "OwlSplat-XL"),
    ],
)
def test_whose_number_it_is_of_our_own(take_apart: Apart, title: str, text: str, owner: str | None) -> None:
    assert subject(take_apart(text, title), 0, "own", "score") == owner


def test_the_owner_of_a_rival_number_is_the_rival(take_apart: Apart) -> None:
    document = take_apart("We propose PlayNet. PlayNet has 84.5%, while ResNet-50 has 81.2% there.")
    assert subject(document, 1, "baseline", "score") == "ResNet-50"
    assert subject(document, 0, "own", "score") == "PlayNet"


def features(take_apart: Apart, text: str) -> set[str]:
    return set(direction_features(take_apart(text), 0, "change", "accuracy", "up"))


def test_words_of_change_on_both_sides_speak_for_the_direction(take_apart: Apart) -> None:
    up = features(take_apart, "It improves the accuracy by 3.1% there.")
    down = features(take_apart, "It loses 3.1% accuracy there.")
    assert {"l1=up", "way=up", "metric=accuracy"} <= up
    assert "l1=down" in down
    assert "l1=up" not in down
    assert "r1=up|n" in features(take_apart, "It is 3.1% better there.")
    assert "r1=down|n" in features(take_apart, "It is 3.1% worse there.")
    assert "both=up|down|up" in features(take_apart, "It improves with 3.1% fewer steps there.")


def test_a_word_of_change_beyond_the_next_number_says_nothing_after_one_before_it(take_apart: Apart) -> None:
    found = features(take_apart, "It is 3.1% better and 5.2% smaller there.")
    assert "r1=up|n" in found
    assert not any(name.startswith("r2=") for name in found)


def test_signs_of_the_owner(take_apart: Apart) -> None:
    def found(text: str, q: int) -> set[str]:
        document = take_apart(text)
        s, _i = document.places[q]
        lists = frame(document.tokens[s], [j for t, j in document.places if t == s])
        return set(role_features(document, q, "score", lists))

    text = "We propose PlayNet. PlayNet has 84.5% there, compared with 81.2% for ResNet-50."
    assert "Lown|n|score" in found(text, 0)
    assert any(name.startswith("Lw=compared") for name in found(text, 1))
    assert "moved=True|score" in found("The accuracy rises from 77.5% to 83.9% there.", 0)
    assert "moved=False|score" in found("The accuracy rises from 77.5% to 83.9% there.", 1)
