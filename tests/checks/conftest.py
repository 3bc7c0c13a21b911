"""Fixtures of the tests of the checks: a registry of their own, and the way from a text to its report."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leaderboard.checks import Corpus, Report, run
from leaderboard.models import Claim, Paper
from leaderboard.registry import Registry, load
from tests.checks.check_cases import ROOT, claim


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The registry of `tests/checks/known`, in the real units."""
    folder = tmp_path_factory.mktemp("known") / "data"
    shutil.copytree(Path(__file__).parent / "known", folder)
    shutil.copy(ROOT / "data" / "units.txt", folder)
    return load(folder)


@pytest.fixture(scope="session")
def by_hand(known: Registry) -> Callable[..., Report]:
    """`by_hand(texts, claims, papers=(), only=())`: the report on one paper; further records are versions of it."""

    def check(
        texts: Sequence[str],
        claims: Sequence[Sequence[Mapping[str, Any]]],
        papers: Sequence[Mapping[str, Any]] = (),
        only: Sequence[str] = (),
        **more: Any,
    ) -> Report:
        records = _records(texts, papers)
        found = [[claim(paper, fields) for fields in group] for paper, group in zip(records, claims, strict=True)]
        return _run(records, found, known, only, **more)

    return check


@pytest.fixture(scope="session")
def by_parser(known: Registry) -> Callable[..., Report]:
    """`by_parser(texts, papers=(), only=())`: the same with the claims that the parser reads."""

    from leaderboard import parsing

    def check(
        texts: Sequence[str], papers: Sequence[Mapping[str, Any]] = (), only: Sequence[str] = (), **more: Any
    ) -> Report:
        records = _records(texts, papers)
        return _run(records, [parsing.read(paper, known) for paper in records], known, only, **more)

    return check


def _records(texts: Sequence[str], papers: Sequence[Mapping[str, Any]]) -> list[Paper]:
    defaults = {"id": "p1", "title": "An Invented Paper", "source": "papers.jsonl"}
    fields = papers or [{} for _ in texts]
    return [
        Paper(**{**defaults, "abstract": text, "record": place, **more})
        for place, (text, more) in enumerate(zip(texts, fields, strict=True), start=1)
    ]


def _run(
    records: Sequence[Paper],
    claims: Sequence[Sequence[Claim]],
    known: Registry,
    only: Sequence[str],
    enable: Sequence[str] = (),
    *,
    apart: bool = False,
) -> Report:
    if apart:
        papers = [replace(paper, id=f"p{place}") for place, paper in enumerate(records, start=1)]
        found = [
            replace(claim, paper_id=paper.id) for paper, group in zip(papers, claims, strict=True) for claim in group
        ]
        return run(Corpus.build(papers, found, known), only=only, enable=enable)
    versions = {"p1": list(zip(records[1:], claims[1:], strict=True))} if len(records) > 1 else {}
    return run(Corpus.build(records[:1], claims[0], known, versions), only=only, enable=enable)
