"""What holds of any text: reading never raises, spans are those of the text, and the work is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leaderboard
from leaderboard.models import Claim, Paper
from leaderboard.parsing import read
from leaderboard.parsing.document import document
from leaderboard.parsing.gazetteer import gazetteer
from leaderboard.parsing.weights import EMPTY
from leaderboard.registry import load
from tests.parsing.claim_cases import cases

PIECES = [
    *(
        "We propose",
        "ToyNet",
        ",",
        ".",
        ". ",
        "our model",
        "(",
        ")",
        "[",
        "]",
        "respectively",
        "and",
        "from",
        "to",
        "vs.",
    ),
    *("by", "of", "on", "ImageNet", "GSM8K", "accuracy", "F1", "BLEU", "improves", "reaches", "than", "BERT", "vs."),
    *("84.5%", "3x", "2--3x", "+5.9%", "−2", "1,234", ".85", "82 ± 4 %", "$10", "7B", "100M - 6B", "4-bit", "[1, 38]"),
    *("half", "ten million", "three times", "an order of magnitude", "30 x 30", "average", "parameters", "GPU hours"),
    *(
        "\\%",
        "$2\\times$",
        "\\textbf{",
        "}",
        "$",
        "\\",
        "{",
        "<b>",
        "&lt;",
        "\u2009",
        "\n",
        "@",
        "^",
        "_",
        "~",
        "×",
        "İ",
    ),
]
"""What abstracts are made of, and what is left of their sources."""

ODD = st.characters(exclude_categories=())  # surrogates and control characters too
REMAINS = st.sampled_from([*PIECES, " ", "\ud800", "\x00"]) | st.text(ODD, max_size=6)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=8, max_size=60).map(" ".join),
    st.lists(st.sampled_from([*PIECES, " ", "\ud800", "\x00"]) | st.text(ODD, max_size=6), min_size=8, max_size=40).map(
        "".join
    ),
    st.text(ODD, max_size=200),
)

SENTENCES = [case.text for case in cases()]

HOSTILE = {
    "digits that never end": "It reaches " + "9" * 400 + "% accuracy on ImageNet.",
    "decimals that never end": "It reaches 0." + "1" * 4000 + "% accuracy on ImageNet.",
    "a scale behind many digits": "It has " + "9" * 305 + "B parameters.",
    "a range without end": "It is " + "9" * 400 + "x-" + "9" * 500 + "x faster.",
    "a stop before a decimal": "Since version .85.3 it reaches 84.5% accuracy on ImageNet.",
    "lone surrogates": "\ud800 reaches 84.5% accuracy on ImageNet \udfff",
    "control characters": "\x00 It\x1b[31m reaches\x07 84.5%\x7f accuracy\x85 on ImageNet.",
    "letters that grow in lower case": "İİİ reaches 84.5% accuracy on ImageNet.",
    "digits of other scripts": "It reaches ٣٤% and ८४% accuracy, ² and ½ and 84.5% in all.",
    "right to left": "\u202e84.5%\u202c accuracy on ImageNet \u200f3x",
    "open mathematics": "It is $2.3 faster, \\textbf{84.5%} and \\frac{1}{ of {{{ it by 5%.",
    "backslashes": "\\" * 999 + "5% better",
    "dollar signs": "$" * 999 + "5% better",
    "brackets": "(" * 999 + "84.5%" + ")" * 500,
    "square brackets": "[" * 999 + "1" + "]" * 999 + " 84.5%",
    "commas": "1,000," * 500,
    "one word": "a" * 5000 + "5%",
    "no end of a sentence": "reaches 84.5% and " * 500,
    "full stops": "." * 5000 + "5%",
    "names only": "ImageNet " * 500 + "84.5%",
    "capitals": "A " * 2000 + "84.5%",
    "ranges": "from 1 to " * 500,
    "HTML": "<b>" * 500 + "84.5%" + "</b>" * 500 + "&lt;" * 500,
}


def well_formed(text: str, claims: Sequence[Claim]) -> None:
    """Assert what holds of all claims of a text."""
    for claim in claims:
        assert text[claim.start : claim.end] == claim.number
        assert claim.number.strip()
        assert 0 <= claim.sentence_start <= claim.start < claim.end <= claim.sentence_end <= len(text)
        assert 0.0 <= claim.confidence <= 1.0
        assert claim.value_high is None or claim.value < claim.value_high
        assert (claim.direction is None) == (claim.kind in {"score", "size"}), "a direction is that of a change"
        assert claim.baseline is None or claim.kind in {"change", "ratio"}
        assert len(claim.benchmarks) == len(claim.benchmark_mentions)
        assert list(claim.setting) == sorted(set(claim.setting))
        assert not (claim.metric_inferred and claim.metric is None)
    assert all(a.end <= b.start for a, b in pairwise(claims)), "claims stand in order and apart"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str) -> None:
    text = HOSTILE[name]
    well_formed(text, leaderboard.extract(text, text[:200]))


@settings(max_examples=300)
@given(TEXTS, st.text(ODD, max_size=30) | st.just("ToyNet: Networks at Play"))
def test_any_text(text: str, title: str) -> None:
    claims = leaderboard.extract(text, title)
    well_formed(text, claims)
    assert leaderboard.extract(text, title) == claims


@settings(max_examples=60)
@given(TEXTS)
def test_any_text_without_weights(text: str) -> None:
    well_formed(text, read(Paper("", "", text), None, EMPTY))


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_texts_of_whole_sentences(parts: list[str]) -> None:
    text = " ".join(parts)
    claims = leaderboard.extract(text)
    well_formed(text, claims)
    assert leaderboard.extract(text, "") == claims


@pytest.mark.parametrize("times", [2, 8])
def test_work_grows_with_the_text(times: int) -> None:
    """Twice the sentences, twice the candidates and tokens: nothing is looked at that does not stand there."""
    book = gazetteer(load())
    text = " ".join(SENTENCES[:40]) + " The code is public. "
    once, more = document("", text, book), document("", text * times, book)
    assert once is not None
    assert more is not None
    assert len(more.quantities) == times * len(once.quantities)
    assert len(more.sentences) == times * len(once.sentences)
    assert len(more.names.mentions) <= times * len(once.names.mentions) + times
    assert sum(map(len, more.tokens)) <= times * (sum(map(len, once.tokens)) + 1)


def test_no_choice_has_more_options_than_names_nearby() -> None:
    """A long text does not give its numbers more and more options, so decoding stays linear."""
    from leaderboard.parsing import links

    registry = load()
    text = " ".join(SENTENCES) + " "

    def most(times: int) -> tuple[int, int]:
        parsed = document("", text * times, gazetteer(registry))
        assert parsed is not None
        claimed = list(range(len(parsed.quantities)))
        kinds = dict.fromkeys(claimed, "score")
        shapes = links.frames(parsed, claimed)
        metrics = links.metric_chain(parsed, claimed, kinds, shapes, registry)
        where = links.benchmark_chain(parsed, claimed, kinds, dict.fromkeys(claimed), shapes, registry)
        return max(map(len, metrics.options)), max(map(len, where.options))

    once, twice = most(1), most(2)
    assert twice[0] <= once[0] + 5
    assert twice[1] <= once[1] + 5


def test_a_number_in_a_title_is_no_claim() -> None:
    assert leaderboard.extract("We study towels.", "ToyNet: 84.5% accuracy on ImageNet") == ()
