"""Every rule speaks for its examples and not for its counter-examples; the cases are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable

import pytest

from leaderboard.parsing.document import Document
from leaderboard.parsing.kinds import KINDS
from leaderboard.parsing.rules import RULES, Rule, fires, window
from tests.parsing.claim_cases import RULES as FILE

CASES: dict[str, dict[str, list[str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
IDS = {rule.id for rule in RULES}


def sentences(part: str) -> list[tuple[str, str]]:
    return [(rule, text) for rule, case in CASES.items() for text in case[part]]


def speaks(document: Document, marked: str) -> Rule | None:
    """The rule that fires on the number in «quotes»."""
    start = marked.index("«")
    number = marked[start + 1 : marked.index("»")]
    q = next(i for i, quantity in enumerate(document.quantities) if quantity.start == start)
    quantity, (s, i) = document.quantities[q], document.places[q]
    assert quantity.end == start + len(number), document.text[quantity.start : quantity.end]
    return fires(quantity, *window(document.tokens[s], i))


@pytest.mark.parametrize(("rule", "text"), sentences("fires"))
def test_rule_fires(take_apart: Callable[[str], Document], rule: str, text: str) -> None:
    found = speaks(take_apart(re.sub("[«»]", "", text)), text)
    assert found is not None
    assert found.id == rule


@pytest.mark.parametrize(("rule", "text"), sentences("silent"))
def test_rule_is_silent(take_apart: Callable[[str], Document], rule: str, text: str) -> None:
    found = speaks(take_apart(re.sub("[«»]", "", text)), text)
    assert found is None or found.id != rule


def test_every_rule_has_cases_of_both_kinds_and_every_case_a_rule() -> None:
    assert CASES.keys() == IDS
    assert all(case["fires"] and case["silent"] for case in CASES.values())


def test_rules_are_described() -> None:
    assert len(IDS) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.id)
        assert rule.kind in KINDS
        assert rule.kind != "none"
        assert rule.sentence[0].isupper()
        assert rule.sentence.endswith(".")
        assert rule.left or rule.right or rule.units or rule.holds, "a rule that looks at nothing fires on everything"


def test_the_window_shows_names_and_numbers_as_classes(take_apart: Callable[[str], Document]) -> None:
    document = take_apart("The F1 of FooBar falls from 20.5 to 18.3 on ImageNet.")
    s, i = document.places[1]
    left, right = window(document.tokens[s], i)
    assert left == "the <M> of <N> falls from <Q> to "
    assert right == "on <B> . "


def test_a_number_among_other_words_has_no_rule(take_apart: Callable[[str], Document]) -> None:
    assert speaks(take_apart("The answer 42.5 stands here."), "The answer «42.5» stands here.") is None
