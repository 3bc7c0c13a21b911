"""Markdown for an issue, a wiki or a pull request: the counts, a table of the checks, a section per check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from leaderboard.checks import Report
from leaderboard.forms._parts import (
    Options,
    brief_precision,
    header,
    pieces,
    places,
    plain,
    reasoning,
    web_address,
    word,
)
from leaderboard.models import Finding

MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+.!|~$&:@=-])")
"""The characters that could mean something in Markdown or the HTML inside it."""


def render(report: Report, options: Options) -> str:
    """The report as a page."""
    lines = ["# Sanity report", "", *map(_point, header(report)), ""]
    lines += _table(report)
    shown = sorted(report.listed(all_states=options.all_states), key=lambda finding: finding.origin)
    for section, group in groupby(shown, key=_section):
        lines += ["", f"## {escaped(section)}"]
        for finding in group:
            lines += _item(finding, report)
    return "\n".join(lines) + "\n"


def _point(line: str) -> str:
    """A line of the header as a point of a list, one below another where it is indented."""
    return f"{'  ' if line.startswith(' ') else ''}- {escaped(line.strip())}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return MARKUP.sub(r"\\\1", text)


def _section(finding: Finding) -> str:
    """The heading that a finding stands under."""
    ours = " (probably our own extraction)" if finding.origin == "pipeline" else ""
    return f"{finding.check.replace('_', ' ')}{ours}"


def _table(report: Report) -> Iterator[str]:
    """What each check did, and how far it is to be trusted."""
    rows = [one for one in report.tallies if one.passed + one.failed + one.review + one.not_applicable + one.suppressed]
    if not rows:
        return
    yield "| check | agree | differ | review | not applicable | suppressed | measured precision |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for one in rows:
        numbers = (one.passed, one.failed, one.review, one.not_applicable, one.suppressed)
        told = escaped(brief_precision(one.check, report))
        yield f"| {escaped(one.check)} | {' | '.join(map(str, numbers))} | {told} |"


def _item(finding: Finding, report: Report) -> Iterator[str]:
    """One finding: its message, the sentence with its numbers in bold, and the other parts as a list."""
    if finding.check in report.brief:
        yield ""
        yield f"**{word(finding)}** {escaped(plain(finding.message))} Fingerprint {finding.fingerprint}"
        return
    yield ""
    yield f"**{word(finding)}** {escaped(plain(finding.paper_id))}: {escaped(plain(finding.message))}"
    yield ""
    if finding.quote:
        yield f"> {''.join(_piece(piece.text, bold=piece.operand) for piece in pieces(finding, report))}"
        yield ""
    address = web_address(finding.url)
    for place in places(finding, report):
        yield f"- {escaped(plain(place))}"
    if address:
        yield f"- [abstract]({address.replace('(', '%28').replace(')', '%29')})"
    for label, body in reasoning(finding, report):
        yield f"- {escaped(label)}: {escaped(plain(body))}"
    yield f"- Fingerprint: {finding.fingerprint}"


def _piece(text: str, *, bold: bool) -> str:
    """A stretch of the sentence on one line, its outer spaces kept, in bold if it is a number that took part."""
    shown = escaped(plain(text))
    if bold:
        return f"**{shown}**" if shown else ""
    return f"{' ' if text[:1].isspace() else ''}{shown}{' ' if text[-1:].isspace() and shown else ''}"
