"""The marked abstract says what the abstract says, letter for letter, and marks the right words."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import evidence
from dashboard.evidence import Mark, marks


class Reader(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def parse(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=80)


@given(
    texts,
    st.integers(0, 90),
    st.integers(0, 90),
    st.lists(st.tuples(st.sampled_from(["metric", "subject"]), texts), max_size=4),
)
def test_the_only_tags_are_p_and_mark_and_the_text_is_the_abstract(
    abstract: str, start: int, end: int, words: list[tuple[str, str | None]]
) -> None:
    chosen = marks(abstract, (start, end), "", words)
    reader = parse(evidence.html(abstract, chosen))
    assert reader.tags <= {"p", "mark"}
    assert reader.text == abstract
    assert all(a.end <= b.start for a, b in pairwise(chosen))


def test_hostile_text_stays_text() -> None:
    hostile = "<script>x</script> &amp; <img src=x onerror=y> $x$ :red[z] 3"
    reader = parse(
        evidence.html(hostile, marks(hostile, (len(hostile) - 1, len(hostile)), "", [("subject", "<script>")]))
    )
    assert reader.tags == {"p", "mark"}
    assert reader.text == hostile


def test_words_are_looked_for_in_the_sentence_first() -> None:
    abstract = "Accuracy matters. FooNet has 5 on A and accuracy 81.0 there. Its accuracy is high."
    sentence = "FooNet has 5 on A and accuracy 81.0 there."
    start = abstract.index("81.0")
    found = marks(
        abstract, (start, start + 4), sentence, [("metric", "accuracy"), ("subject", "FooNet"), ("benchmark", "A")]
    )
    assert [(abstract[m.start : m.end], m.part) for m in found] == [
        ("FooNet", "subject"),
        ("A", "benchmark"),
        ("accuracy", "metric"),
        ("81.0", "number"),
    ]
    assert found[2].start == abstract.index("accuracy 81.0")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("BLEU", None), ("bleu points", (8, 19)), ("LEU", None), ("", None), (None, None), ("nowhere", None)],
)
def test_only_whole_words_count_and_the_number_wins(words: str | None, expected: tuple[int, int] | None) -> None:
    abstract = "has 2.5 BLEU points"
    found = marks(abstract, (4, 12), "", [("metric", words)])
    assert [m for m in found if m.part == "metric"] == (
        [Mark(*expected, "metric")] if expected and expected[0] >= 12 else []
    )


@pytest.mark.parametrize("span", [(-1, 2), (3, 3), (5, 2), (0, 99)])
def test_a_span_outside_the_abstract_marks_nothing(span: tuple[int, int]) -> None:
    assert marks("abc", span, "", [("metric", "abc")]) == ()


def test_the_legend_names_what_is_marked() -> None:
    assert evidence.legend([]) == ""
    assert (
        evidence.legend([Mark(0, 1, "number")])
        == '<p class="legend">Marked: <mark class="number">the number</mark></p>'
    )
