"""The phrases that a number may belong to, and the numbers whose phrases it may share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leaderboard.parsing import links
from leaderboard.parsing.document import Document
from leaderboard.parsing.heads import heads, in_terms_of, listed
from leaderboard.parsing.metric_sources import kin
from leaderboard.parsing.structure import frame
from leaderboard.registry import load

Apart = Callable[[str], Document]


def phrases(document: Document, number: int) -> set[tuple[str, str]]:
    """The phrases of a number with the pattern that found each."""
    s, i = document.places[number]
    sentence = document.tokens[s]
    return {(source, document.text[sentence[a].start : sentence[b - 1].end]) for source, (a, b) in heads(sentence, i)}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It lowers the severity of all collisions by 17%.", ("owner", "severity")),
        ("It cuts the average reply length of Llama-2-7B by 31%.", ("owner", "reply length")),
        ("It lowers drift in visual odometry by 90%.", ("owner", "drift")),
        ("The surface completeness is improved by 7.9%.", ("subj", "surface completeness")),
        ("The bending can be suppressed to 2 mm.", ("subj", "bending")),
        ("It lowers the collision rate by 26%.", ("pre-by", "collision rate")),
    ],
)
def test_a_phrase_before_the_number(take_apart: Apart, text: str, phrase: tuple[str, str]) -> None:
    assert phrase in phrases(take_apart(text), 0)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It needs only half the number of warm-up rounds.", ("after-the", "warm-up rounds")),
        ("It needs three times the planning effort.", ("after-the", "planning effort")),
        ("It brings a 12.5% improvement in Overlap Quality.", ("gain-in", "Overlap Quality")),
        ("It brings a 2.1% improvement in KRXU.", ("gain-in", "KRXU")),
        ("It needs 40% fewer labelled frames.", ("comp-of", "labelled frames")),
        ("It has a 99% stamp verification rate across all towns.", ("after", "stamp verification rate")),
    ],
)
def test_a_phrase_behind_the_number(take_apart: Apart, text: str, phrase: tuple[str, str]) -> None:
    assert phrase in phrases(take_apart(text), 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It gains 7.1% in terms of the drift rate.", ["drift rate"]),
        ("It gains 4% and 5%, as measured by KRXU and grip force.", ["KRXU", "grip force"]),
        ("With respect to (drift, grip force), it gains 4% and 5%.", ["drift", "grip force"]),
        ("In terms of drift, grip force and KRXU, it gains 4%.", ["drift", "grip force", "KRXU"]),
        ("It gains 7.1% in terms.", []),
    ],
)
def test_the_words_in_which_a_sentence_measures(take_apart: Apart, text: str, words: list[str]) -> None:
    document = take_apart(text)
    sentence = document.tokens[0]
    span = in_terms_of(sentence)
    spans = listed(sentence, span) if span else []
    assert [document.text[sentence[a].start : sentence[b - 1].end] for a, b in spans] == words


def test_a_list_of_phrases_is_that_of_any_of_them(take_apart: Apart) -> None:
    document = take_apart("It cuts the drift, grip force, and rework rate by 4%, 5% and 6%.")
    sentence = document.tokens[0]
    whole = listed(sentence, (3, 4))
    assert [document.text[sentence[a].start : sentence[b - 1].end] for a, b in whole] == [
        "drift",
        "grip force",
        "rework rate",
    ]
    assert all(listed(sentence, span) == whole for span in whole)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It cuts the drift, grip force, and rework rate by 4%, 5% and 6%.", ["drift", "grip force", "rework rate"]),
        ("A gain in drift and grip force of 4% and 5% is seen.", ["drift", "grip force"]),
    ],
)
def test_phrases_and_numbers_of_two_lists_go_together(take_apart: Apart, text: str, names: list[str]) -> None:
    document = take_apart(text)
    numbers = list(range(len(document.quantities)))
    shapes = links.frames(document, numbers)
    chain = links.metric_chain(document, numbers, dict.fromkeys(numbers, "change"), shapes, load())
    found = [[o.name for o in options if o.source == "aligned"] for options in chain.options]
    assert found == [[name] for name in names]


def test_who_beats_somebody_is_no_metric(take_apart: Apart) -> None:
    assert all(source != "subj" for source, _ in phrases(take_apart("The planner outperformed it by 26%."), 0))


def test_numbers_that_share_their_phrases(take_apart: Apart) -> None:
    document = take_apart("Errors fall by 3%, 8% (9%) and 12%, and delays from 4 s to 3 s.")
    sentence = document.tokens[0]
    places = [i for _, i in document.places]
    lists = frame(sentence, places)

    def related(number: int) -> set[tuple[str, str]]:
        return {(how, sentence[other].text) for how, other in kin(lists, places[number])}

    assert related(0) == {("last", "12%"), ("next", "8%")}
    assert related(2) >= {("bracket", "8%")}
    assert ("first", "3%") in related(3)
    assert ("moves", "3 s") in related(4)
    assert ("moved", "4 s") in related(5)
