"""Explanations as one HTML page that needs nothing else: no script, no font, no picture, no request."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from leaderboard.explanation.compose import Explanation
from leaderboard.exports import _report

TEMPLATE = "_page.html"
"""The template, beside this module."""


def render(explanations: Sequence[Explanation]) -> str:
    """The page. Every text of a paper is escaped; links go to http and https addresses only."""
    import jinja2  # noqa: PLC0415 - only who writes HTML pays for the library

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(visible=_report.visible, web=_report.web_address, count=_report.count)
    source = resources.files(__package__).joinpath(TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(source).render(explanations=explanations)
