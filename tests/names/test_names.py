"""Words for a system that are a name, and words that only point at one."""

from __future__ import annotations

import pytest

from leaderboard.names import system_name


@pytest.mark.parametrize(
    "words",
    [
        *("this work", "This work", "our method", "Our best model", "ours", "the proposed approach", "these models"),
        *("baseline", "the baseline", "Models", "a two-stage framework", "state of the art", "we", "its agents"),
        *("FooNet Technical Report", "Foo-3 technical report", "", None),
    ],
)
def test_words_that_point_are_no_name(words: str | None) -> None:
    assert system_name(words) is None


@pytest.mark.parametrize(
    "words",
    [
        *("FooNet", "GPT-0", "our FooNet model", "the Foo network", "human performance", "ResNet-50", "The Pile"),
        *("linear probe", "ThisNet", "a100", "Reporter"),
    ],
)
def test_names_stay_as_they_are(words: str) -> None:
    assert system_name(words) == words
