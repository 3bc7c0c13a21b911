"""Reads what machine-learning papers claim and turns it into tables that people can rank, check and cite.

    >>> import leaderboard
    >>> leaderboard.extract("FooNet reaches 84.2% accuracy on ImageNet.")[0].value
    84.2

What is heavy (DuckDB, pandas) is imported on first use only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leaderboard.explanation import Explanation
    from leaderboard.forms import Card as Card  # what `finding_card` returns, for annotations
    from leaderboard.forms import Placed as Placed
    from leaderboard.models import Claim

__all__ = ["connect", "explain", "extract", "finding_card", "load_registry", "system_name"]
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


def system_name(words: str | None) -> str | None:
    """Return `words` if they name a system, None where they only point at one, as "our method" does."""
    from leaderboard.names import system_name as decide  # noqa: PLC0415 - start-up time

    return decide(words)


def finding_card(
    finding: Mapping[str, Any], operands: Iterable[Mapping[str, Any]], papers: Iterable[Mapping[str, Any]]
) -> Card:
    """Return what there is to show of one finding of a build: sentence, intervals drawn, sums, measured precision.

    `finding` is a row of the table `findings`, `operands` its rows of `finding_operands`, `papers` the rows of `papers`
    in which those stand.
    """
    from leaderboard import checks, forms, table  # noqa: PLC0415
    from leaderboard.models import Paper  # noqa: PLC0415

    numbers = [table.operand(row) for row in operands]
    known = {row["paper_id"]: Paper(row["paper_id"], row["title"], row["abstract"], row["url"]) for row in papers}
    return forms.lone_card(table.finding(finding, numbers), known, checks.measured(), checks.seeded())


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute has no one type
    """Import the heavy names on first use."""
    if name == "connect":
        from leaderboard.table import connect  # noqa: PLC0415

        return connect
    if name == "load_registry":
        from leaderboard.registry import load  # noqa: PLC0415

        return load
    raise AttributeError(name)
