"""The report for people as one HTML file that needs nothing else: no script, no font, no picture, no request."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from leaderboard.exports import _report
from leaderboard.models import Snapshot

FILE = "report.html"
"""Name of the file in the folder of a build."""

TEMPLATE = "_report.html"
"""The template, beside this module."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the report of a snapshot to `path`."""
    path.write_text(render(snapshot), encoding="utf-8", errors="backslashreplace", newline="\n")


def render(snapshot: Snapshot) -> str:
    """The report as a page. Every text of a paper is escaped; links go to http and https addresses only."""
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
    return environment.from_string(source).render(report=_report.compose(snapshot), levels=_report.LEVELS)
