"""Clean-up that keeps every offset, and sentences."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.parsing.text import LONGEST, clean, sentences

REMAINS = [
    (r"It reaches 90.6\% accuracy.", "It reaches 90.6 % accuracy."),
    (r"It is $2.3\times$ faster.", "It is  2.3     x  faster."),
    (r"It is $2.3 \times$ faster.", "It is  2.3      x  faster."),
    (r"A \textgreater 13B model", "A            > 13B model"),
    (r"We use $\sim$10% of it", "We use     ~ 10% of it"),
    (r"It takes $\leq$ 5 hours", "It takes     ≤  5 hours"),
    (r"\textbf{84.5} points", "        84.5  points"),
    (r"a loss of 4.5\,\% here", "a loss of 4.5   % here"),
    ("It is 129times faster.", "It is 129times faster."),
    ("a change of −2.5 points", "a change of -2.5 points"),
    ("between 3–5 points", "between 3-5 points"),
    ("a 3× gain", "a 3x gain"),
    ("87.2\u2009% of it", "87.2 % of it"),
    ("16\u00a0GB of\tmemory\nhere", "16 GB of memory here"),
    ("accuracy of <b>84.5%</b> here", "accuracy of    84.5%     here"),
    ("p &lt; 0.05 &amp; more", "p <    0.05 &     more"),
    ("（90.6％）", "(90.6%)"),
    ("We use **ToyBench** here", "We use   ToyBench   here"),
    ("on ToyWorld~2.0, see Table~3, 40%~80%", "on ToyWorld 2.0, see Table 3, 40%~80%"),
    (r"an error of 2.5$^\circ$", "an error of 2.5 ^    ° "),
    ("82 ± ± 4 points", "82   ± 4 points"),
    ("the ‘best’ “one”", "the 'best' \"one\""),
    ("plain text stays as it is: 84.5%.", "plain text stays as it is: 84.5%."),
]


@pytest.mark.parametrize(("printed", "plain"), REMAINS, ids=[printed for printed, _ in REMAINS])
def test_remains_become_plain_and_keep_their_length(printed: str, plain: str) -> None:
    assert clean(printed) == plain
    assert len(plain) == len(printed)


def test_prices_are_not_mathematics() -> None:
    text = "It costs $10 per run, where others pay $25 per run."
    assert clean(text) == text


def test_one_dollar_sign_alone_stays() -> None:
    assert clean("It costs $10 in all.") == "It costs $10 in all."


@given(st.text() | st.text(alphabet="\\${}<>&;%±x.,~ times0123456789a\u2009−×İß"))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(clean(text)) == len(text)


@given(st.text(alphabet="\\${}<>&%±x., tes015"))
def test_digits_survive(text: str) -> None:
    assert [c for c in clean(text) if c.isdigit()] == [c for c in text if c.isdigit()]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(clean(text))]


SENTENCES = [
    ["One network is trained.", "It reaches 84.5% accuracy.", "It is fast."],
    ["It rises to 84.5 points.", "We release the code."],
    ["We beat others, e.g. ToyNet and PlayNet, by 3.1 points.", "It is fast."],
    ["We follow Smith et al. in all respects vs. the rest.", "It works."],
    ["Does it work?", "It does!", "We show why."],
    ["The accuracy of J. Smith is 84.5%.", "It is high."],
    ["We test (see Fig. 2) it all.", "It works."],
    ["It wins on GSM8K.", "It is fast."],
    ["It wins on ARC-C.", "It is fast."],
]


@pytest.mark.parametrize("parts", SENTENCES, ids=lambda parts: parts[0])
def test_sentences(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts
    assert split("  " + "\n".join(parts) + " ") == parts


def test_a_stop_that_lost_its_blank_ends_a_sentence() -> None:
    assert split("It reaches 84.5%.We release it.") == ["It reaches 84.5%.", "We release it."]


def test_a_stop_before_a_small_letter_ends_none() -> None:
    assert split("It is approx. half as large.") == ["It is approx. half as large."]
    assert split("The text ends without a stop") == ["The text ends without a stop"]


def test_no_text_has_no_sentence() -> None:
    assert sentences("") == []
    assert sentences("   ") == []


def test_what_is_no_prose_is_cut() -> None:
    row = "word " * (2 * LONGEST // 5)
    spans = sentences(row)
    assert len(spans) > 1
    assert all(end - start <= LONGEST for start, end in spans)
    assert " ".join(row[start:end] for start, end in spans).split() == row.split()
    assert all(end - start <= LONGEST for start, end in sentences("x" * (3 * LONGEST)))


@given(st.text(alphabet="aB. !?)\n5") | st.text())
def test_sentences_keep_all_words_in_order(text: str) -> None:
    plain = clean(text)
    spans = sentences(plain)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert "".join("".join(plain[a:b] for a, b in spans).split()) == "".join(plain.split())
