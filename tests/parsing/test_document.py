"""An abstract taken apart: tokens, places, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.parsing.document import TABLE, Document, document
from leaderboard.parsing.gazetteer import Gazetteer

Apart = Callable[..., Document]


@pytest.mark.parametrize("text", ["", " ", "We study towels.", "We use a 5-shot prompt on CIFAR-10 in 2021 [1, 38]."])
def test_a_text_without_a_number_is_no_document(book: Gazetteer, text: str) -> None:
    assert document("A Title with 84.5%", text, book) is None


def test_tokens_fold_numbers_and_names(take_apart: Apart) -> None:
    text = "ResNet-50 has 84.5% accuracy, i.e. 3x more, on ImageNet and FroodBench."
    found = take_apart(text)
    tagged = [(t.tag, t.text) for t in found.tokens[0] if t.tag not in "wp"]
    assert tagged == [
        ("S", "ResNet-50"),
        ("Q", "84.5%"),
        ("M", "accuracy"),
        ("Q", "3x"),
        ("B", "ImageNet"),
        ("N", "FroodBench"),
    ]
    assert all(text[t.start : t.end] == t.text for t in found.tokens[0])
    assert [t.low for t in found.tokens[0][:4]] == ["<S>", "has", "<Q>", "<M>"]


def test_digits_that_are_no_candidate_stay_digits(take_apart: Apart) -> None:
    found = take_apart("In 2021 it had 84.5% there.")
    assert [(t.tag, t.text) for t in found.tokens[0] if t.tag in "dQ"] == [("d", "2021"), ("Q", "84.5%")]


def test_places_lead_from_numbers_to_tokens(take_apart: Apart) -> None:
    found = take_apart("We train it. It has 84.5% and 3x there. No number here. It has 7B parameters.")
    assert len(found.places) == len(found.quantities) == 3
    for q, (s, i) in enumerate(found.places):
        token = found.tokens[s][i]
        assert (token.tag, token.ref) == ("Q", q)
        assert (token.start, token.end) == (found.quantities[q].start, found.quantities[q].end)
        assert found.sentences[s][0] <= token.start < found.sentences[s][1]
    assert [bool(line) for line in found.tokens] == [False, True, False, True]


def test_a_table_is_left_alone(take_apart: Apart, book: Gazetteer) -> None:
    row = "It lists " + ", ".join(f"{n}.5%" for n in range(TABLE + 1)) + " in all."
    found = take_apart(f"{row} It has 84.5% there.")
    assert [q.value for q in found.quantities] == [84.5]
    short = "It lists " + ", ".join(f"{n}.5%" for n in range(TABLE)) + " in all."
    assert len(take_apart(short).quantities) == TABLE


def test_names_are_found_in_order(take_apart: Apart) -> None:
    found = take_apart("On COCO and ImageNet it has 84.5% accuracy.")
    assert list(found.mention_starts) == sorted(found.mention_starts)
    assert [m.text for m in found.names.mentions] == ["COCO", "ImageNet", "accuracy"]


@given(
    st.lists(
        st.sampled_from(["It has 84.5% there.", "On ImageNet", "(3x)", "5-shot", "from 1.5 to 2.5.", "\\%$", "7B"])
    )
)
def test_every_number_has_its_place(book: Gazetteer, parts: list[str]) -> None:
    found = document("", " ".join(parts), book)
    if found is None:
        return
    assert len(found.places) == len(found.quantities)
    assert [found.tokens[s][i].ref for s, i in found.places] == list(range(len(found.quantities)))
