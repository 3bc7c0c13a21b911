"""What an abstract presents, and how a sentence points at its data set."""

from __future__ import annotations

import pytest

from leaderboard.parsing import scenes
from leaderboard.parsing.document import Document, document
from leaderboard.parsing.gazetteer import gazetteer
from leaderboard.registry import load


def read(text: str, title: str = "On Towels") -> Document:
    found = document(title, text, gazetteer(load()))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("title", "text", "subject"),
    [
        ("On Towels", "We introduce FroodBench, a benchmark. The best model reaches 41%.", "data"),
        ("On Towels", "We propose FroodNet, a model. It reaches 41% on ImageNet.", "system"),
        ("On Towels", "We introduce FroodBench, a benchmark. We propose FroodNet, too. It reaches 41%.", "both"),
        ("On Towels", "Some models reach 41% on ImageNet.", "nothing"),
        ("FroodTeam at SemEval-2020 Task 7", "Our system reaches 41%.", "contest"),
        ("A Submission to the Shared Task on Towels", "Our system reaches 41%.", "contest"),
    ],
)
def test_what_an_abstract_presents(title: str, text: str, subject: str) -> None:
    assert scenes.about(read(text, title)) == subject


@pytest.mark.parametrize(
    ("sentence", "this"),
    [
        ("The best model reaches 41% on this new benchmark.", "this-benchmark"),
        ("Our dataset is hard: GPT-4 reaches 41%.", "our-dataset"),
        ("GPT-4 reaches 41% there.", ""),
    ],
)
def test_how_a_sentence_points_at_a_data_set(sentence: str, this: str) -> None:
    found = read(f"We introduce FroodBench. {sentence}")
    view = scenes.scene(found, 1, {}, "data")
    assert view.this == this
    assert view.others is ("GPT-4" in sentence)
