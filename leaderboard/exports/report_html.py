"""The report for people as one HTML file that needs nothing else: no script, no font, no picture, no request."""

from __future__ import annotations

from pathlib import Path

from leaderboard.exports import _report
from leaderboard.models import Snapshot
from leaderboard.outcomes import LEVELS
from leaderboard.pages import page

FILE = "report.html"
"""Name of the file in the folder of a build."""

TEMPLATE = "_report.html"
"""The template, beside this module."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the report of a snapshot to `path`."""
    path.write_text(render(snapshot), encoding="utf-8", errors="backslashreplace", newline="\n")


def render(snapshot: Snapshot) -> str:
    """The report as a page. Every text of a paper is escaped; links go to http and https addresses only."""
    return page(__package__, TEMPLATE, _report.FILTERS, report=_report.compose(snapshot), levels=LEVELS)
