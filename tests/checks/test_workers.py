"""A second process makes the same findings, and is not missed where it fails."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from benchmarks.check_scale import ACROSS, invented
from leaderboard import checks
from leaderboard.checks import Corpus, _workers
from leaderboard.models import Finding
from leaderboard.plugins import discover
from leaderboard.registry import load

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
"""The threads of the tests are not this program's."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    papers, claims = [], []
    known = load()
    for paper, found in invented(2000, known, 2):
        papers.append(paper)
        claims += found
    return Corpus.build(papers, claims, known)


@pytest.fixture
def willing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second process be worth it, however few claims there are and whatever threads the tests have."""
    monkeypatch.setattr(_workers, "MANY", 0)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def check(find: Callable[[Corpus], Iterator[object]]) -> ModuleType:
    """A check that finds what it is told to."""
    made = ModuleType("made")
    made.find = find  # type: ignore[attr-defined]
    return made


def test_the_findings_are_those_of_one_process(corpus: Corpus, willing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    two = checks.run(corpus)
    monkeypatch.setattr(_workers, "MANY", corpus.claim_count + 1)
    one = checks.run(corpus)
    assert two.findings == one.findings
    assert {finding.check for finding in one.findings} >= set(ACROSS) - {"duplicate_ingest"}
    known = discover(checks)
    by_two = _workers._by_two(corpus, [known[name] for name in ACROSS])
    assert {place: len(found) for place, found in by_two.items()} == {
        place: sum(1 for _ in known[name].find(corpus)) for place, name in enumerate(ACROSS)
    }


def test_both_processes_work_at_once(corpus: Corpus, willing: None) -> None:
    """Each of two checks waits for the other to begin."""
    left, right = os.pipe(), os.pipe()

    def meets(mine: tuple[int, int], other: tuple[int, int]) -> Callable[[Corpus], Iterator[object]]:
        def find(_: Corpus) -> Iterator[object]:
            os.write(mine[1], b"x")
            os.read(other[0], 1)
            yield os.getpid()

        return find

    first, second = _workers.found(corpus, [check(meets(left, right)), check(meets(right, left))])
    assert first == os.getpid() != second  # type: ignore[comparison-overlap]


def test_a_process_that_dies_is_not_missed(corpus: Corpus, willing: None) -> None:
    here = os.getpid()
    ready, done = os.pipe()

    def waits(_: Corpus) -> Iterator[object]:
        yield os.read(ready, 1)

    def dies(_: Corpus) -> Iterator[object]:
        if os.getpid() != here:
            os.write(done, b"x")
            os._exit(9)
        yield "found"

    assert list(_workers.found(corpus, [check(waits), check(dies)])) == [b"x", "found"]


@pytest.mark.parametrize(("claims", "cores", "threads"), [(10**9, 2, 1), (0, 1, 1), (0, 2, 2)])
def test_a_second_process_is_for_many_claims_and_no_threads(
    claims: int, cores: int, threads: int, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_workers, "MANY", claims)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    pids: list[Finding] = list(_workers.found(corpus, [check(lambda _: iter([os.getpid()]))] * 2))
    assert pids == [os.getpid()] * 2
