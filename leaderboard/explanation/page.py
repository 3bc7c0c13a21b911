"""Explanations as one HTML page that needs nothing else: no script, no font, no picture, no request."""

from __future__ import annotations

from collections.abc import Sequence

from leaderboard.explanation.compose import Explanation
from leaderboard.exports import _report
from leaderboard.pages import page

TEMPLATE = "_page.html"
"""The template, beside this module."""


def render(explanations: Sequence[Explanation]) -> str:
    """The page. Every text of a paper is escaped; links go to http and https addresses only."""
    return page(__package__, TEMPLATE, _report.FILTERS, explanations=explanations)
