"""A report as text, Markdown or JSON Lines. The only place of the checks that knows about output.

Everything that comes from a paper (quotes, printed numbers, names, addresses) is hostile here: control characters are
removed, and in Markdown every mark-up character is escaped.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from leaderboard.checks._findings import version
from leaderboard.checks._report import Report
from leaderboard.models import Finding, Level, Operand, Reading

SCHEMA_VERSION = 1
"""The version of the JSON Lines form; it grows when a field changes its meaning or goes away."""

WIDTH = 100
"""Characters in a line of text output."""

LONGEST_QUOTE = 400
"""Characters of a sentence that are shown; longer ones are cut around the numbers."""

COLOURS: dict[str, str] = {"error": "31;1", "warning": "33;1", "note": "36", "review": "35", "pass": "32"}
"""Terminal colours of levels and states, as ANSI codes."""

MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+.!|~$&:@=-])")
"""The characters that could mean something in Markdown or the HTML inside it."""


def render(
    report: Report,
    form: Literal["text", "markdown", "jsonl"] = "text",
    *,
    color: bool = False,
    all_states: bool = False,
) -> str:
    """A report for people or machines.

    Args:
        report: what a run of the checks found.
        form: "text" for a terminal, "markdown" for a page, "jsonl" for one finding per line.
        color: whether text gets ANSI colours.
        all_states: list passes and groups that could not be judged too, not only what differs or needs a look.

    Returns:
        the rendering, ending in a line feed; JSON Lines without a finding is the empty string.
    """
    findings = report.listed(all_states=all_states)
    if form == "jsonl":
        return "".join(json.dumps(_record(finding), ensure_ascii=False) + "\n" for finding in findings)
    if form == "markdown":
        return _markdown(report, findings)
    return _text(report, findings, color=color)


def header(report: Report) -> list[str]:
    """The counts of a report in a few lines: what was looked at, agrees, differs, could not be judged."""
    failed = ", ".join(f"{count} {level}" for level, count in report.failed.items())
    looked = (
        f"{_count(report.papers, 'paper')}, {_count(report.claims, 'claim')}, {_count(len(report.checks), 'check')}"
    )
    differ = f"{sum(report.failed.values())} differ ({failed})"
    groups = _count(report.checkable, "group")
    lines = [
        f"{looked}; {report.claims_checked} of the claims took part in a comparison",
        f"{groups} recomputed: {report.passed} agree, {differ}; {report.review} to review",
    ]
    reasons = report.not_applicable
    if reasons:
        lines.append(f"{_count(sum(reasons.values()), 'group')} not applicable:")
        lines += [f"  {count} {plain(reason)}" for reason, count in reasons.items()]
    return lines


def plain(text: str) -> str:
    """Text from a paper on one line: control, format and surrogate characters become spaces or vanish."""
    kept = (
        "" if unicodedata.category(c) in {"Cf", "Cs"} else " " if unicodedata.category(c)[0] in "CZ" else c
        for c in text
    )
    return " ".join("".join(kept).split())


def _text(report: Report, findings: Iterable[Finding], *, color: bool) -> str:
    """The report for a terminal: counts, then findings that are the papers', then those that are probably ours."""
    lines = header(report)
    shown = tuple(findings)
    for title, group in (
        ("", [finding for finding in shown if finding.origin == "paper"]),
        ("Probably our own extraction:", [finding for finding in shown if finding.origin == "pipeline"]),
    ):
        if group and title:
            lines += ["", title]
        for finding in group:
            lines += ["", *_block(finding, color=color)]
    return "\n".join(lines) + "\n"


def _block(finding: Finding, *, color: bool) -> Iterator[str]:
    """One finding, in the fixed order of its parts."""
    word = _word(finding)
    left = f"{_painted(word, COLOURS.get(word, '0')) if color else word}  {finding.check.replace('_', '-')}"
    yield f"{left}   paper {plain(finding.paper_id)}   [fingerprint {finding.fingerprint}]"
    yield from _wrapped("", plain(finding.message))
    for label, body in _parts(finding):
        yield from _wrapped(label, plain(body))


def _parts(finding: Finding) -> Iterator[tuple[str, str]]:
    """The labelled parts of a finding, the empty ones left out."""
    if finding.quote:
        yield "Evidence", f'"{_excerpt(finding)}"'
    places = ", ".join(f"{operand.start}-{operand.end}" for operand in finding.operands)
    address = f"   {finding.url}" if finding.url else ""
    if places:
        yield "", f"abstract, characters {places}{address}"
    if finding.formula:
        yield "Arithmetic", finding.formula
    if finding.computed:
        yield "Readings", " | ".join(f"{r.name} {_span(r)}: {'meets' if r.meets else 'no'}" for r in finding.computed)
    if finding.assumptions:
        yield "Assumes", "; ".join(finding.assumptions)
    if finding.alternatives:
        yield "Also possible", "; ".join(finding.alternatives)
    if finding.reason:
        yield "Remark", finding.reason
    if finding.verify:
        yield "Verify", finding.verify


def _markdown(report: Report, findings: Iterable[Finding]) -> str:
    """The report as a page: a section for each check that has something to show."""
    lines = ["# Sanity report", "", *(f"- {escaped(line.strip())}" for line in header(report))]
    check = None
    for finding in sorted(findings, key=lambda finding: finding.origin):
        section = f"{finding.check.replace('_', ' ')}" + (
            " (probably our own extraction)" if finding.origin == "pipeline" else ""
        )
        if section != check:
            check = section
            lines += ["", f"## {escaped(section)}"]
        lines += [
            "",
            f"**{_word(finding)}** {escaped(plain(finding.paper_id))}: {escaped(plain(finding.message))}",
            "",
        ]
        lines += [
            f"- {escaped(f'{label}: ' if label else '')}{escaped(plain(body))}" for label, body in _parts(finding)
        ]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return MARKUP.sub(r"\\\1", text)


def _record(finding: Finding) -> dict[str, object]:
    """One finding for machines: numbers as printed strings beside floats, open ends as null."""
    return {
        "schema_version": SCHEMA_VERSION,
        "check": finding.check,
        "level": finding.level,
        "state": finding.state,
        "origin": finding.origin,
        "paper_id": finding.paper_id,
        "paper": {
            "id": finding.paper_id,
            "version": version(finding.url) or version(finding.paper_id),
            "url": finding.url,
        },
        "message": finding.message,
        "quote": finding.quote,
        "operands": [_operand(operand) for operand in finding.operands],
        "formula": finding.formula,
        "computed": [
            {"reading": r.name, "low": _finite(r.low), "high": _finite(r.high), "meets": r.meets}
            for r in finding.computed
        ],
        "assumptions": list(finding.assumptions),
        "alternatives": list(finding.alternatives),
        "reason": finding.reason,
        "verify": finding.verify,
        "suppressed_by": None,
        "fingerprint": finding.fingerprint,
    }


def _operand(operand: Operand) -> dict[str, object]:
    """One operand for machines."""
    return {
        "paper_id": operand.paper_id,
        "start": operand.start,
        "end": operand.end,
        "printed": operand.printed,
        "value": operand.value,
        "low": _finite(operand.low),
        "high": _finite(operand.high),
        "unit": operand.unit,
    }


def _finite(value: float) -> float | None:
    """The number, or None where JSON has none for it."""
    return value if math.isfinite(value) else None


def _word(finding: Finding) -> Level | str:
    """What a finding is called: its level where numbers differ, else its state."""
    return finding.level if finding.state == "fail" else finding.state


def _painted(word: str, code: str) -> str:
    """A word in a terminal colour."""
    return f"\x1b[{code}m{word}\x1b[0m"


def _span(reading: Reading) -> str:
    """The computed interval in a few digits."""
    low = "..." if math.isinf(reading.low) else f"{reading.low:.4g}"
    high = "..." if math.isinf(reading.high) else f"{reading.high:.4g}"
    return f"[{low}, {high}]"


def _excerpt(finding: Finding) -> str:
    """The quoted sentence, cut to the stretch around the first number where it is very long."""
    quote = finding.quote
    if len(quote) <= LONGEST_QUOTE:
        return quote
    place = quote.find(finding.operands[0].printed) if finding.operands else 0
    start = max(0, place - LONGEST_QUOTE // 2)
    stretch = quote[start : start + LONGEST_QUOTE]
    return f"{'...' if start else ''}{stretch}{'...' if start + LONGEST_QUOTE < len(quote) else ''}"


def _wrapped(label: str, body: str) -> list[str]:
    """A labelled part in lines of at most `WIDTH` characters, the label in a column of its own."""
    indent = "  " if not label and not body.startswith("abstract, characters") else " " * 13
    first = f"  {label:<11}" if label and len(label) < 11 else f"  {label}  " if label else indent
    return textwrap.wrap(
        body, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]


def _count(number: int, noun: str) -> str:
    """A number with its noun: "1 paper", "2 papers"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
