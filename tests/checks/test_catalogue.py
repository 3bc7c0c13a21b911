"""The examples of the catalogue, as a user would meet them: the whole parser, the real registry, a report in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from leaderboard import checks, forms
from leaderboard.checks import Report, run
from leaderboard.gather import gather
from leaderboard.models import Paper
from leaderboard.plugins import discover
from leaderboard.registry import Registry, load
from tests.checks.check_cases import ROOT

FOLDER = ROOT / "tests" / "cases" / "catalogue"

IDS = (
    *(f"R0{number}" for number in range(1, 6)),
    *(f"A{number:02}" for number in range(1, 14)),
    *(f"X0{number}" for number in range(1, 10)),
    *("G01", "S01", "S02", "S03", "S04", "U01", "U02", "U03"),
)
"""Every row of the catalogue by its id there."""


@dataclass(frozen=True)
class Example:
    """The texts of one example, a paper each, and whether the check must find that something differs."""

    id: str
    check: str
    texts: tuple[str, ...]
    papers: tuple[dict[str, Any], ...]
    caught: bool
    level: str | None

    def __str__(self) -> str:
        return f"{self.id} {'+' if self.caught else '-'} {self.texts[-1]}"


def examples() -> Iterator[Example]:
    """All examples of `tests/cases/catalogue`."""
    for path in sorted(FOLDER.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["example"]:
            for kind in ("caught", "allowed"):
                texts = tuple(entry.get(kind, ()))
                if texts:
                    papers = tuple(_paper(entry, place) for place in range(len(texts)))
                    yield Example(entry["id"], entry["check"], texts, papers, kind == "caught", entry.get("level"))


def _paper(entry: dict[str, Any], place: int) -> dict[str, Any]:
    """What is said of one paper besides its text; papers with one id have one title."""
    ids, dates = entry.get("ids"), entry.get("dates")
    name = ids[place] if ids else f"p{place + 1}"
    title = "An Invented Paper" if ids else f"Invented Paper {place + 1}"
    return {"id": name, "title": title, "date": dates[place] if dates else None}


ALL = list(examples())


@pytest.fixture(scope="module")
def real() -> Registry:
    """The registry of the project, with every name that it knows."""
    return load()


def report(texts: Sequence[str], papers: Sequence[dict[str, Any]], known: Registry, check: str) -> Report:
    """What all checks that are on, and `check`, find in these papers."""
    records = [
        Paper(abstract=text, source="papers.jsonl", record=place, **paper)
        for place, (text, paper) in enumerate(zip(texts, papers, strict=True), start=1)
    ]
    return run(gather(records, known).corpus, enable=[check])


@pytest.mark.parametrize("example", ALL, ids=str)
def test_an_example_through_parser_and_report(example: Example, real: Registry) -> None:
    made = report(example.texts, example.papers, real, example.check)
    failed = [one for one in made.findings if one.state == "fail" and one.check == example.check]
    seen = [(one.check, one.state, one.reason, one.message) for one in made.findings]
    assert bool(failed) == example.caught, seen
    graver = [one.check for one in made.findings if one.state == "fail" and one.level != "note"]
    assert set(graver) <= {example.check}, seen
    told = forms.render(made)
    assert (f"{example.check.replace('_', '-')} " in told) == example.caught, told
    if example.id[0] in "SX":
        assert all(one.message.startswith("Hint: ") for one in failed)
    if example.level:
        assert {one.level for one in failed} == {example.level}


def test_every_row_of_the_catalogue_has_both_kinds_of_example() -> None:
    for kind in (True, False):
        assert {one.id for one in ALL if one.caught is kind} == set(IDS)
    assert {one.check for one in ALL} <= set(discover(checks))
