"""Every number of an abstract is explained, and what is explained is what was read."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.explanation import Explanation, as_record, explain, render
from leaderboard.models import Paper
from leaderboard.parsing import read
from leaderboard.registry import load

ABSTRACT = (
    "We propose FrobNet (1), a ResNet-50 trained since 2021 on 256 x 256 crops [3, 14]. FrobNet reaches 84.2% top-1 "
    "accuracy on ImageNet in a 5-shot setting, is 3x faster than before, ranks 1st on 8 tasks, and gets 95.1 "
    "on CIFAR-10."
)
PAPERS = [
    Paper("p", "FrobNet: an invented network", ABSTRACT),
    Paper("q", "", "No number stands here."),
    Paper("r", "", "In 1999 the [2] list (3) of CIFAR-10."),
    Paper(
        "s", "", "Costs fall by half, from $2.5 to 1.25 dollars; 10\\% less, ½ and ten million samples on GrobBench."
    ),
    Paper("t", "A table", " ".join(f"{n}.5" for n in range(60)) + "."),
    Paper("u", "", ""),
]


def explained(paper: Paper) -> Explanation:
    return explain(paper, load())


@pytest.fixture(scope="module")
def one() -> Explanation:
    return explained(PAPERS[0])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_it_explains_what_was_read(paper: Paper) -> None:
    found = explained(paper)
    assert tuple(each.claim for each in found.claims) == read(paper, load())
    for each in found.claims:
        metric, benchmarks = each.number.metric, each.number.benchmarks
        assert metric is not None
        assert benchmarks is not None
        assert each.claim.metric == (metric.names[0] if metric.names else None)
        assert each.claim.benchmarks == benchmarks.names


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_no_digit_is_left_out(paper: Paper) -> None:
    found = explained(paper)
    assert "".join(part.text for part in found.parts) == paper.abstract
    spans = [(each.claim.start, each.claim.end) for each in found.claims]
    spans += [(other.start, other.end) for other in found.others]
    for digit in re.finditer(r"\d", paper.abstract):
        assert any(start <= digit.start() < end for start, end in spans), paper.abstract[digit.start() - 5 :][:10]


@given(st.text(alphabet=st.sampled_from("ab F1-%.,x3é²٣ (/[]$\\{}\nonG½"), max_size=120))
def test_any_text_can_be_explained(text: str) -> None:
    found = explained(Paper("p", text[:30], text))
    assert "".join(part.text for part in found.parts) == text
    json.dumps(as_record(found))
    for other in found.others:
        assert text[other.start : other.end] == other.text


def test_parts_are_marked_by_what_they_are(one: Explanation) -> None:
    marked = {(part.text, part.mark) for part in one.parts if part.mark}
    assert {
        ("FrobNet", "system"),
        ("ResNet-50", "system"),
        ("84.2%", "claim"),
        ("top-1 accuracy", "metric"),
        ("ImageNet", "benchmark"),
        ("2021", "number"),
    } <= marked


def test_labels_lead_from_numbers_to_tables_and_reasons(one: Explanation) -> None:
    labels = [part.label for part in one.parts if part.label]
    assert len(set(labels)) == len(labels)
    assert {label for label in labels if label.isdigit()} == {each.label for each in one.claims}
    assert [label for label in labels if not label.isdigit()] == [other.label for other in one.others if other.label]


def test_a_claim_has_its_rule_and_its_links(one: Explanation) -> None:
    (claim,) = [each for each in one.claims if each.claim.number == "84.2%"]
    lines = {line.field: line for line in claim.lines}
    assert lines["value"].value == "84.2 percent"
    assert (lines["metric"].value, lines["metric"].evidence) == ("accuracy", "named: “top-1 accuracy”")
    assert (lines["benchmarks"].value, lines["benchmarks"].evidence) == ("ImageNet", "named: “ImageNet”")
    assert lines["rule"].value == claim.claim.rule
    assert lines["rule"].evidence.endswith(".")
    assert 0.5 < (lines["kind"].probability or 0) <= 1


def test_a_name_that_no_registry_holds_says_so() -> None:
    found = explained(Paper("p", "", "Our model reaches 67.3% accuracy on the GrobBench benchmark."))
    (claim,) = found.claims
    assert [line.value for line in claim.lines if line.field == "benchmarks"] == ["GrobBench (in no registry)"]
    assert ("GrobBench", "benchmark") in {(part.text, part.mark) for part in found.parts}


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("It was trained on ResNet-50 features.", "50", "it is part of the name 'ResNet-50'"),
        ("We use it since 2021.", "2021", "it is a year"),
        ("It takes crops of 256 x 192 pixels.", "192", "it is one side of a size, or an exponent"),
        ("As shown before [3, 14].", "14", "it is a citation mark"),
        ("We (1) look and (2) see.", "2", "it is the mark of an item in a list"),
        ("It works in a 5-shot setting.", "5", "it is joined to the word after it, as in a setting or a name"),
        ("It ranks 1st.", "1", "it is a rank or a place in an order"),
        ("It is best on 4/9 of them.", "9", "it is part of a fraction"),
        ("See Section 3.", "3", "it is a label"),
        (PAPERS[4].abstract, "31.5", "its sentence holds more than 50 numbers: it is a table"),
    ],
)
def test_numbers_set_aside_have_a_reason(text: str, number: str, reason: str) -> None:
    found = [other.reason for other in explained(Paper("p", "", text)).others if other.text == number]
    assert found == [f"Set aside: {reason}."]


def test_a_number_that_was_weighed_has_its_probability() -> None:
    found = explained(Paper("p", "", "We study 14 datasets and 9 tasks of reading."))
    assert not found.claims
    assert [other.text for other in found.others] == ["14", "9"]
    assert all((other.probability or 0) > 0.5 for other in found.others)
    assert all(other.reason.startswith("The words around it speak for no claim") for other in found.others)


def test_a_number_of_a_condition_says_so() -> None:
    text = "With 10% labeled data FrobNet reaches 84.2% accuracy on ImageNet."
    found = explained(Paper("v", "", text))
    assert [one.claim.number for one in found.claims] == ["84.2%"]
    (other,) = found.others
    assert (other.text, other.probability) == ("10%", None)
    assert other.reason == "It tells under which condition other numbers were measured."


def test_a_claim_below_the_confidence_asked_for(one: Explanation) -> None:
    found = explain(one.paper, load(), min_confidence=1.0)
    assert not found.claims
    reasons = [other.reason for other in found.others if other.text == "84.2%"]
    assert reasons == [f"A score, but its confidence, {one.claims[0].claim.confidence:.2f}, is below 1."]


def test_the_record_can_be_read_back(one: Explanation) -> None:
    record = json.loads(json.dumps(as_record(one)))
    assert (record["paper_id"], record["abstract"]) == ("p", ABSTRACT)
    claim = record["claims"][0]
    assert ABSTRACT[claim["start"] : claim["end"]] == claim["number"] == "84.2%"
    link = claim["links"]["benchmarks"]
    assert ABSTRACT[link["start"] : link["end"]] == "ImageNet"
    assert claim["rule_sentence"]
    for other in record["others"]:
        assert ABSTRACT[other["start"] : other["end"]] == other["number"]
    assert {"start": 11, "end": 18, "text": "FrobNet", "kind": "model", "name": "FrobNet"} in record["mentions"]


def test_the_page_escapes_and_asks_for_nothing() -> None:
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">\x1b[31m\u202e'
    paper = Paper(
        "p", attack, f"{attack} reaches 84.2% accuracy on <b>ImageNet</b> & 12% {attack}", "javascript:alert(1)"
    )
    page = render([explained(paper)])
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"[\x1b\u202e]|https?://", page)
    assert render([explained(paper)]) == page


def test_the_page_links_to_the_paper_and_within() -> None:
    paper = Paper("p", "Title", ABSTRACT, "https://example.org/p?a=1&b=2")
    page = render([explained(paper), explained(PAPERS[1])])
    assert 'href="https://example.org/p?a=1&amp;b=2"' in page
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets
    assert "No number of this abstract was taken for a claim." in page
