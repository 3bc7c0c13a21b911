"""Corrections that people write beside their papers: what was read wrong, put right after parsing, each with a reason.

A corrections file is TOML, tables `[[fix]]`, `[[drop]]`, `[[split]]`, `[[merge]]` and `[[alias]]`. `wanted` finds and
reads the files of a run, `entries` says what each holds and validates it; `planning` lays
the entries beside the registry, `applying` applies them. Nothing
is lost: what the parser read stays beside what it became, and an entry that changes nothing is reported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from leaderboard.corrections.wanted import DEFAULT, NONE, Corrections, beside, files, read

if TYPE_CHECKING:
    from leaderboard.corrections.applying import Corrected, correct, idle
    from leaderboard.corrections.planning import Plan, plan

__all__ = ["DEFAULT", "NONE", "Corrected", "Corrections", "Plan", "beside", "correct", "files", "idle", "plan", "read"]

_LATER = {"Corrected": "applying", "correct": "applying", "idle": "applying", "Plan": "planning", "plan": "planning"}
"""What is imported on first use, by its module: most runs have no corrections, and their validation is heavy."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute has no one type
    """Import what only runs with corrections use."""
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
