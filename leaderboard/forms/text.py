"""Text for a terminal, coloured there and plain in a pipe: the counts, then each finding in its fixed order."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from leaderboard.checks import Report
from leaderboard.forms._parts import Options, header, parts, plain, title, word
from leaderboard.models import Finding

WIDTH = 100
"""Characters in a line."""

COLUMN = 13
"""Where the bodies of the labelled parts begin."""

COLOURS: dict[str, str] = {
    "error": "31;1", "warning": "33;1", "note": "36", "review": "35", "pass": "32", "suppressed": "2",
}  # fmt: skip
"""Terminal colours of levels and states, as ANSI codes."""

DIM = "2"
"""The ANSI code of labels."""


def render(report: Report, options: Options) -> str:
    """The counts, then findings that are the papers', then those that are probably ours."""
    lines = header(report)
    shown = report.listed(all_states=options.all_states)
    for heading, origin in (("", "paper"), ("Probably our own extraction:", "pipeline")):
        group = [finding for finding in shown if finding.origin == origin]
        if group and heading:
            lines += ["", heading]
        for finding in group:
            lines += ["", *_block(finding, report, color=options.color)]
    return "\n".join(lines) + "\n"


def _block(finding: Finding, report: Report, *, color: bool) -> Iterator[str]:
    """One finding, in the fixed order of its parts."""
    name = word(finding)
    if finding.check in report.brief:
        yield from _line(finding, color=color)
        return
    left = f"{_painted(name, COLOURS.get(name, '0')) if color else name}  {title(finding)}"
    yield f"{left}   paper {plain(finding.paper_id)}   [fingerprint {finding.fingerprint}]"
    yield from textwrap.wrap(plain(finding.message), WIDTH, initial_indent="  ", subsequent_indent="  ")
    for label, body in parts(finding, report):
        yield from _labelled(label, plain(body), color=color)


def _line(finding: Finding, *, color: bool) -> Iterator[str]:
    """One finding of a check that is told briefly."""
    name = word(finding)
    told = f"{name}  {title(finding)}   {plain(finding.message)}   [fingerprint {finding.fingerprint}]"
    lines = textwrap.wrap(told, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    if color:
        lines[0] = lines[0].replace(name, _painted(name, COLOURS.get(name, "0")), 1)
    yield from lines


def _labelled(label: str, body: str, *, color: bool) -> Iterator[str]:
    """A labelled part in lines of at most `WIDTH` characters, the label in a column of its own."""
    first = f"  {label}".ljust(COLUMN)
    first = first if len(first) == COLUMN else f"{first}  "
    lines = textwrap.wrap(
        body,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * COLUMN,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
    if color and label:
        lines[0] = lines[0].replace(label, _painted(label, DIM), 1)
    yield from lines


def _painted(text: str, code: str) -> str:
    """Text in a terminal colour."""
    return f"\x1b[{code}m{text}\x1b[0m"
