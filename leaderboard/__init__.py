"""Reads what machine-learning papers claim and turns it into tables that people can rank, check and cite.

    >>> import leaderboard
    >>> leaderboard.extract("FooNet reaches 84.2% accuracy on ImageNet.")[0].value
    84.2

What is heavy (DuckDB, pandas) is imported on first use only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaderboard.explanation import Explanation
    from leaderboard.models import Claim

__all__ = ["connect", "explain", "extract", "load_registry"]
__version__ = "0.1.0"


def extract(abstract: str, title: str = "") -> tuple[Claim, ...]:
    """Return the claims of one abstract; `title` helps to name the system. Never raises, whatever the text."""
    from leaderboard.models import Paper  # noqa: PLC0415 - start-up time
    from leaderboard.parsing import read  # noqa: PLC0415

    return read(Paper(id="", title=title, abstract=abstract))


def explain(abstract: str, title: str = "") -> Explanation:
    """Return an abstract with every number of it explained: the claims with their reasons, and why others are none."""
    from leaderboard.explanation import explain as compose  # noqa: PLC0415
    from leaderboard.models import Paper  # noqa: PLC0415
    from leaderboard.registry import load  # noqa: PLC0415

    return compose(Paper(id="", title=title, abstract=abstract), load())


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute has no one type
    """Import the heavy names on first use."""
    if name == "connect":
        from leaderboard.table import connect  # noqa: PLC0415

        return connect
    if name == "load_registry":
        from leaderboard.registry import load  # noqa: PLC0415

        return load
    raise AttributeError(name)
