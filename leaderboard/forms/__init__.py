"""Forms of a sanity report: an open set, one module per form.

A form is a module with `render(report, options) -> str`; the first line of its docstring is its documentation. All are
made of one list of findings, in one order, by the same words (`_parts`). JSON Lines is the master form: it alone is
read back, as a baseline.
"""

from __future__ import annotations

import importlib
import pkgutil

from leaderboard.checks import Report
from leaderboard.forms._card import Card, Part, lone_card
from leaderboard.forms._parts import Options, Piece, header
from leaderboard.forms._strips import Placed

__all__ = ["Card", "Options", "Part", "Piece", "Placed", "header", "lone_card", "names", "render"]


def names() -> tuple[str, ...]:
    """The names of the forms, without importing them."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")))


def render(report: Report, form: str = "text", *, color: bool = False, all_states: bool = False) -> str:
    """A report for people or machines.

    Args:
        report: what a run of the checks found.
        form: one of `names()`, such as "text" for a terminal or "sarif" for a code host.
        color: whether text gets ANSI colours.
        all_states: list passes, suppressed groups and those that could not be judged too, not only what differs or
            needs a look. Every form counts them all in any case.

    Returns:
        the rendering, ending in a line feed; JSON Lines without a finding is the empty string.
    """
    module = importlib.import_module(f"{__name__}.{form}")
    text: str = module.render(report, Options(color=color, all_states=all_states))
    return text
