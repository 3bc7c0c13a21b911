"""HTML for people: one page that needs nothing else, the numbers marked in their sentence, the intervals drawn."""

from __future__ import annotations

from leaderboard import __version__
from leaderboard.checks import Report
from leaderboard.forms import _parts
from leaderboard.forms._card import card
from leaderboard.forms._parts import Options
from leaderboard.outcomes import LEVELS
from leaderboard.pages import page

TEMPLATE = "_page.html"
"""The template, beside this module."""

MOST = 2_000
"""Findings on a page; a browser becomes slow above. The page says how many more there are."""


def render(report: Report, options: Options) -> str:
    """The report as a page. Every text of a paper is escaped; links go to http and https addresses only."""
    shown = report.listed(all_states=options.all_states)
    blocks = [
        (card(finding, report), report.is_known(finding), finding.check in report.brief) for finding in shown[:MOST]
    ]
    sections = [
        (heading, [block for block in blocks if block[0].origin == origin])
        for heading, origin in (("In the papers", "paper"), ("Probably our own extraction", "pipeline"))
    ]
    lines = _parts.header(report)
    return page(
        __package__,
        TEMPLATE,
        {"plain": _parts.plain},
        report=report,
        version=__version__,
        header=[line for line in lines if not line.startswith(" ")],
        reasons=[line.strip() for line in lines if line.startswith(" ")],
        sections=[section for section in sections if section[1]],
        more=max(0, len(shown) - MOST),
        rows=[(tally, _parts.brief_precision(tally.check, report)) for tally in report.tallies],
        bar=_bar(report),
    )


def _bar(report: Report) -> list[tuple[str, str, int]]:
    """Outcome, its class and its number of groups, for the bar at the top of the page; empty ones are left out."""
    failed = report.failed
    outcomes = [
        ("agree", "pass", report.passed),
        *((level if failed[level] == 1 else f"{level}s", level, failed[level]) for level in LEVELS),
        ("to review", "review", report.review),
        ("suppressed", "suppressed", report.suppressed),
        ("not applicable", "na", sum(report.not_applicable.values())),
    ]
    return [outcome for outcome in outcomes if outcome[2]]
