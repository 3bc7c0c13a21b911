"""Annotations and claims that are easy to make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leaderboard.evaluation import Annotation, Placed
from leaderboard.models import Claim, Paper


@pytest.fixture(scope="session")
def annotate() -> Callable[..., Placed]:
    """`annotate(abstract, number, **fields)`: an own, exact accuracy on OddRead in percent, where the number stands."""

    def make(abstract: str, number: str, **changes: Any) -> Placed:
        start = abstract.index(number)
        fields: dict[str, Any] = {
            "number": number,
            "kind": "score",
            "value": float(number.rstrip("%xB")),
            "unit": "percent" if number.endswith("%") else "none",
            "metric": "accuracy",
            "benchmarks": ("OddRead",),
            "subject": "Foo",
            "quote": number,
        }
        return Placed(start, start + len(number), Annotation(**{**fields, **changes}))

    return make


@pytest.fixture(scope="session")
def claim(make_claim: Callable[..., Claim]) -> Callable[..., Claim]:
    """`claim(abstract, number, **fields)`: a claim that agrees with `annotate` of the same number."""

    def make(abstract: str, number: str, **changes: Any) -> Claim:
        return make_claim(Paper(changes.get("paper_id", "p1"), "", abstract), number, **changes)

    return make
